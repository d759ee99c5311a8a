"""Making the report: what runs again and when, what is refused, and that nothing built is lost."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Project, copy_project
from dalil.project import ENGINE
from dalil.report.figures import names
from dalil.run.command_line import main

OUTPUTS = ("report/report.*", "report/notebooks/*", "figures/*.svg", "figures/*.png", "data/processed/**/*.*")
REPORT = ("report/report.*",)


@pytest.fixture
def refused(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Runs a command in the copy, sees to it that it is refused, and returns what it says; quicker than the program."""

    def run(*arguments: str) -> str:
        monkeypatch.chdir(project.root)
        assert main(list(arguments)) == 2
        return capsys.readouterr().err

    return run


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_report_and_everything_it_is_made_from_are_there(built: Project) -> None:
    for name in ("report/report.html", "report/report.pdf", "data/processed/claims.csv", "data/processed/facts.json"):
        assert (built.root / name).stat().st_size > 0
    assert {path.stem for path in built.root.glob("figures/*.svg")} == {
        *names(),
        *(f"{name}-narrow" for name in names()),
    }


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes_in_ordinary_kernels_too(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENGINE, "standard")
    again = copy_project(tmp_path / "again")
    again.report()
    before, after = built.bytes_of(OUTPUTS), again.bytes_of(OUTPUTS)
    assert [name for name in before if before[name] != after.get(name)] == []


@pytest.mark.slow
def test_force_runs_every_step_and_figures_are_pictures_too_where_that_is_asked_for(project: Project) -> None:
    steps = set(re.findall(r'^id = "/(.*)"$', (project.root / "pytask.lock").read_text(encoding="utf-8"), re.MULTILINE))
    assert steps
    run = project.report("--force", "--set", "figure_formats=[png]").stdout
    assert {step for step in steps if step not in run} == set()
    assert {path.stem for path in project.root.glob("figures/*.png")} == set(names())


BAD_INPUTS = {
    "article missing": ("article.uz.txt", None, None, r"data/raw/article.uz.txt\n  - no such article"),
    "article empty": ("article.uz.txt", "", "", r"the article is empty"),
    "article changed": ("article.uz.txt", "283 mln", "284 mln", r"its SHA-256 is"),
    "claim not there": ("claims.yml", "anchor: top 1000 talikka", "anchor: top 100 talikka", 'claim "university_rank"'),
    "claim differs": ("claims.yml", 'value: "283000000"', 'value: "284000000"', "value is 284000000 in the file, 283"),
    "unknown unit": (
        "claims.yml",
        "unit: person",
        "unit: people",
        "line 64: population_cis: unit: 'people' is not known",
    ),
    "unknown kind": ("claims.yml", "kind: rank", "kind: ranking", "university_rank: kind: allowed"),
    "duplicate id": ("claims.yml", "id: visit_2018", "id: visit_2017", 'id "visit_2017" is taken by line'),
    "target too early": ("claims.yml", 'period: "2018"', 'period: "2016"', "2016"),
    "numeral nobody explained": (
        "claims.yml",
        "- {phrase: ikki yo‘nalish, reason: the-two-directions}",
        "",
        "line 294",
    ),
}


@pytest.mark.parametrize("case", BAD_INPUTS)
def test_bad_input_is_refused_in_one_message_and_leaves_the_report(
    project: Project, refused: Callable[..., str], case: str
) -> None:
    name, old, new, message = BAD_INPUTS[case]
    path, before = project.root / "data/raw" / name, project.bytes_of(OUTPUTS)
    if old is None:
        path.unlink()
    elif not old:
        path.write_text("", encoding="utf-8")
    else:
        replace(path, old, str(new))
    assert message.replace(r"\n", "\n") in refused("report")
    assert project.bytes_of(OUTPUTS) == before


BAD_PARAMETERS = {
    "unknown": (["--set", "roundng=exact"], 'did you mean "rounding"?'),
    "wrong type": (["--set", "scenario_rates=fast"], "scenario_rates: found 'fast'; allowed: 1 to 6 of"),
    "out of range": (["--set", "base_growth=-1"], "base_growth: found -1; allowed: stated, or above -1"),
    "twice": (["--set", "rounding=exact rounding=floor"], '"rounding" is given twice'),
    "too early": (["--set", "target_years=[2016,2020]"], "target_2018 falls due in 2016, its base year is 2017"),
    "no file": (["--params", "none.yml"], "none.yml\n  - no such file"),
}


@pytest.mark.parametrize("case", BAD_PARAMETERS)
def test_a_bad_parameter_is_refused_before_anything_runs(
    project: Project, refused: Callable[..., str], case: str
) -> None:
    arguments, message = BAD_PARAMETERS[case]
    before = project.bytes_of(OUTPUTS)
    assert message in refused("report", *arguments)
    assert project.bytes_of(OUTPUTS) == before


def test_the_program_itself_ends_with_that_code_and_that_message(project: Project) -> None:
    refused = project.report("--set", "rounding=exactly", check=False)
    assert refused.returncode == 2
    assert "rounding: found 'exactly'" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_notebook_that_raises_fails_the_run_and_leaves_the_report(project: Project) -> None:
    before = project.bytes_of(REPORT)
    _raise_in(project.root / NOTEBOOK)
    failed = project.report(check=False)
    assert failed.returncode == 1
    assert re.search(rf"{NOTEBOOK}, cell \d+: ValueError: no such thing", failed.stderr)
    assert project.bytes_of(REPORT) == before
    assert not list((project.root / "report/notebooks").glob(".*"))


@pytest.mark.slow
def test_a_notebook_that_is_mended_is_run_and_the_report_comes_back(project: Project) -> None:
    before = project.bytes_of(REPORT)
    notebook = project.root / NOTEBOOK
    whole = notebook.read_text(encoding="utf-8")
    _raise_in(notebook)
    # What has failed is not taken for done.
    assert [project.report(check=False).returncode for _ in range(2)] == [1, 1]
    notebook.write_text(whole.replace("# Sources and ratings", "# Ratings"), encoding="utf-8")
    assert Path(NOTEBOOK).stem in project.report().stdout
    # Page and PDF carry the notebooks, so they are other ones now; what they say is the same.
    text = project.bytes_of(("report/report.*md",))
    assert text == {name: content for name, content in before.items() if name.endswith(".md")}
    notebook.write_text(whole, encoding="utf-8")
    project.report()
    assert project.bytes_of(REPORT) == before


# The last one of the analysis.
NOTEBOOK = "notebooks/07-ratings.ipynb"


def _raise_in(notebook: Path) -> None:
    """Have the first cell of a notebook raise an error."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    first = next(cell for cell in content["cells"] if cell["cell_type"] == "code")
    first["source"] = 'raise ValueError("no such thing")'
    notebook.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.slow
def test_only_what_uses_a_changed_file_runs_again(project: Project) -> None:
    replace(project.root / "src/dalil/report/templates/page/style.css", "pre.output {", "pre.output  {")
    run = project.report().stdout
    assert "report.en.html" in run
    assert "figures en" not in run
    assert not re.search(r"^ +01-clean-claims ", run, re.MULTILINE)


def test_a_second_run_runs_nothing_wherever_the_project_is_and_whatever_an_editor_noted(project: Project) -> None:
    before = project.bytes_of(OUTPUTS)
    path = project.root / "notebooks/02-growth-rates.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["kernelspec"] = {"name": "mine", "display_name": "My Python", "language": "python"}
    for number, cell in enumerate(cell for cell in notebook["cells"] if cell["cell_type"] == "code"):
        cell["execution_count"] = number
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["something\n"]}]
        cell["metadata"]["jupyter"] = {"outputs_hidden": True}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert "Nothing to do" in project.report().stdout
    assert project.bytes_of(OUTPUTS) == before
