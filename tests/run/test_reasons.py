"""Why a step runs: what changed since it last ran, and that a step depends on what it uses alone."""

from pathlib import Path

import pytest

from conftest import project_in
from dalil.parameters import Parameters, read_parameters
from dalil.project import PARAMETERS, Project
from dalil.run import steps as run_steps
from dalil.run.pipeline import Plan, plan
from dalil.run.reasons import reasons_of
from dalil.run.unchanged import content
from dalil.wording import asking, messages
from dalil.wording.asking import asked_in, note_in
from dalil.wording.catalogue import Wording


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A run of this project's own article that has made nothing yet, in a project with parameters of its own."""
    project = project_in(tmp_path_factory.mktemp("planned"))
    text = (project.root / PARAMETERS).read_text(encoding="utf-8")
    (project.root / PARAMETERS).unlink()
    (project.root / PARAMETERS).write_text(text, encoding="utf-8")
    return plan(project, read_parameters(project.parameters))


@pytest.fixture
def ran(planned: Plan) -> Plan:
    """The same, noted as if it had run: files that are not there stand for any content."""
    project = planned.project
    files = {planned.project.seen(path) for step in planned.steps for path in step.makes}
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name, encoding="utf-8")
    for step in planned.steps:
        step.note()
    name = project.name
    tasks = [
        f'[[task]]\nid = "/{step.name}"\n[task.depends_on]\n'
        + "".join(f'"{name(path)}" = "{content(project.seen(path))}"\n' for path in dict.fromkeys(step.uses))
        + "[task.produces]\n"
        + "".join(f'"{name(path)}" = "{content(project.seen(path))}"\n' for path in step.makes)
        for step in planned.steps
    ]
    (project.root / "pytask.lock").write_text("\n".join(tasks), encoding="utf-8")
    return planned


def running(plan: Plan) -> dict[str, list[str]]:
    return {name: reasons for name, reasons in reasons_of(plan).items() if reasons}


def again(plan_before: Plan, **values: object) -> Plan:
    parameters = read_parameters(plan_before.project.parameters)
    return plan(plan_before.project, Parameters.model_validate(parameters.model_dump() | values))


def test_what_has_never_run_says_so(planned: Plan) -> None:
    (planned.project.root / "pytask.lock").unlink(missing_ok=True)
    assert {reasons[0] for reasons in reasons_of(planned).values()} == {"it has not run before"}


def test_nothing_runs_where_nothing_changed(ran: Plan) -> None:
    assert running(again(ran)) == {}


def test_an_output_that_was_changed_or_taken_away_is_named_and_so_is_who_waits_for_it(ran: Plan) -> None:
    (ran.project.root / "data/processed/claims.csv").unlink()
    (ran.project.root / "report/report.en.md").write_text("edited", encoding="utf-8")
    found = running(ran)
    assert found["01-clean-claims"] == ["data/processed/claims.csv is not there"]
    assert "01-clean-claims runs before it" in found["02-growth-rates"]
    assert found["report.en.md"][0] == "report/report.en.md was changed"


def test_a_parameter_runs_the_notebooks_that_declare_it_and_what_follows(ran: Plan) -> None:
    found = running(again(ran, deflator="gdp_deflator"))
    declaring = {name for name, reasons in found.items() if "parameters: deflator was changed" in reasons}
    assert declaring
    assert "01-clean-claims" not in found


def test_a_version_of_a_package_is_named(ran: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = run_steps._packages(ran.project.lock)
    monkeypatch.setattr(run_steps, "_packages", lambda _: installed | {"numpy": "1.0"})
    assert "packages: numpy was changed" in running(again(ran))["01-clean-claims"]


def said(step: str, project: Project) -> Path:
    return project.root / ".dalil/asked" / step


def test_a_message_runs_only_the_steps_that_asked_for_it(ran: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    notebooks = [step.name for step in ran.steps if step.name[0] == "0"]
    for name in notebooks:
        path = said(name, ran.project)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("kinds.rank\nstatuses.\nkinds.mine\n" if name == "01-clean-claims" else "", encoding="utf-8")
    for step in ran.steps:
        step.note()
    whole = messages.locale_messages("en")

    def changed(key: str, text: str = "another") -> set[str]:
        with monkeypatch.context() as other:
            other.setattr(run_steps, "locale_messages", lambda _: whole | {key: text})
            found = running(again(ran))
            return {
                name for name in notebooks if any(f"messages: en {key}" in reason for reason in found.get(name, ()))
            }

    assert changed("text.open.number") == set()
    # What it asked for, what it asked for in vain, and what comes to stand below what it listed.
    assert changed("kinds.rank") == changed("kinds.mine") == changed("statuses.another") == {"01-clean-claims"}
    assert changed("locale") == set(notebooks)
    for name in notebooks:
        said(name, ran.project).unlink()


def test_only_what_tells_the_report_depends_on_every_message(planned: Plan) -> None:
    files = {step.name: step.given().get("code", {}) for step in planned.steps}
    telling = {name for name, code in files.items() if any(file.endswith("messages.yml") for file in code)}
    told = {"90-report en", "report.en.html", "report.en.pdf", "report.en.md"}
    assert telling == told | {"claims.jsonld", "ro-crate-metadata.json"}


def test_a_process_notes_each_message_that_it_asks_for_and_those_from_before(tmp_path: Path) -> None:
    words = Wording("en")
    words.label("kinds", "there-is-no-such-kind")
    note_in(tmp_path / "asked" / "step")
    words.say("periods.month", month="May", year=2017)
    words.keys("statuses")
    try:
        found = asked_in(tmp_path / "asked" / "step", messages.locale_messages("en"))
        assert found["kinds.there-is-no-such-kind"] == ""
        assert {"periods.month", "locale", "statuses.agreed"} <= set(found)
        assert "text.open.number" in found or not words.has("text.open.number")
    finally:
        asking._noted.pop().close()
