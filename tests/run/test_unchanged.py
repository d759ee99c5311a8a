"""Nothing to do: said at once, and only where everything is as it was when the run ended."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import project_in
from dalil.parameters import read_parameters
from dalil.project import NOTEBOOKS, PACKAGE, PARAMETERS, Project
from dalil.run.command_line import main
from dalil.run.pipeline import Plan, plan
from dalil.run.unchanged import Traces, keep

SAID = ["Nothing to do."]
INPUT, OUTPUT, SOURCE, MISSING = "in/claims.yml", "out/report.html", "code/text/tokens.py", "in/article.yml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose run has ended."""
    for name in (PARAMETERS, INPUT, OUTPUT, SOURCE, "code/words.yml", "packages/numbers-1.0.dist-info/METADATA"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("2 billion", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    found = Project.find()
    keep(found, ["report"], Traces([INPUT, MISSING, OUTPUT], ["code"]), SAID)
    return found


def test_it_is_said_where_nothing_changed_and_where_what_changed_does_not_matter(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "code/__pycache__").mkdir()
    (project.root / "code/__pycache__/tokens.pyc").touch()
    os.utime(project.root / INPUT)
    assert main(["report"]) == 0
    assert capsys.readouterr().out == "Nothing to do.\n"


def _edit(name: str) -> Callable[[Path], object]:
    """Change a byte of a file and nothing else that is known of it."""

    def edit(root: Path) -> None:
        before = (root / name).stat()
        (root / name).write_text("3 billion", encoding="utf-8")
        os.utime(root / name, ns=(before.st_atime_ns, before.st_mtime_ns))

    return edit


CHANGES: dict[str, Callable[[Path], object]] = {
    "an input, its time kept": _edit(INPUT),
    "an input taken away": lambda root: (root / INPUT).unlink(),
    "an input that was not there": lambda root: (root / MISSING).touch(),
    "an output, its time kept": _edit(OUTPUT),
    "an output taken away": lambda root: (root / OUTPUT).unlink(),
    "a source, its time kept": _edit(SOURCE),
    "a source taken away": lambda root: (root / SOURCE).unlink(),
    "a source added": lambda root: (root / "code/text/more.py").touch(),
    "a folder of sources added": lambda root: shutil.copytree(root / "code/text", root / "code/more"),
    "a source moved": lambda root: (root / SOURCE).rename(root / "code/tokens.py"),
    "all sources taken away": lambda root: shutil.rmtree(root / "code"),
    "a package of another version": lambda root: (root / "packages/numbers-1.0.dist-info").rename(
        root / "packages/numbers-1.1.dist-info"
    ),
    "a package taken away": lambda root: shutil.rmtree(root / "packages/numbers-1.0.dist-info"),
    "what was noted, cut off": lambda root: next(root.glob(".dalil/done/*")).write_text('{"files": ["a"'),
    "what was noted, by another program": lambda root: next(root.glob(".dalil/done/*")).write_text("[]"),
    "what was noted, taken away": lambda root: shutil.rmtree(root / ".dalil"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_seen(project: Project, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    CHANGES[change](project.root)
    assert goes_on(["report"], monkeypatch)


def test_another_command_another_folder_and_another_time_of_the_source_are_not_taken_for_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not goes_on(["report"], monkeypatch)
    assert goes_on(["report", "--all-languages"], monkeypatch)
    with monkeypatch.context() as elsewhere:
        elsewhere.chdir(project.root / "in")
        assert goes_on(["report"], monkeypatch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert goes_on(["report"], monkeypatch)


def test_a_project_that_is_moved_is_the_same_one(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = project.root.rename(tmp_path.with_name("moved"))
    monkeypatch.chdir(moved)
    monkeypatch.syspath_prepend(str(moved / "packages"))
    assert not goes_on(["report"], monkeypatch)


def goes_on(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Tell whether a command is carried out."""
    carried_out: list[list[str]] = []

    def run(given: list[str]) -> int:
        carried_out.append(given)
        return 0

    monkeypatch.setattr("dalil.run.commands.run", run)
    main(arguments)
    return carried_out == [arguments]


def test_it_imports_nothing_large(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys; from dalil.run.command_line import main; main(['report']); print(*sys.modules)"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    keep(project, ["report"], Traces([INPUT]), SAID)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=project.root)
    said, imported = told.stdout.splitlines()
    assert said == "Nothing to do."
    large = {"numpy", "pandas", "matplotlib", "pydantic", "yaml", "pytask", "babel", "papermill", "argparse"}
    assert large & set(imported.split()) == set()


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A run of this project's own article."""
    project = project_in(tmp_path_factory.mktemp("planned"))
    return plan(project, read_parameters(project.parameters))


def test_a_run_notes_all_that_its_steps_use_and_make(planned: Plan) -> None:
    used, whole = planned.traces(planned.project.parameters)
    name = planned.project.name
    every = {name(path) for step in planned.steps for path in (*step.uses, *step.makes)}
    assert every <= set(whole.files)
    assert {PARAMETERS, *map(name, planned.inputs.raw)} <= set(used.files)
    tables = name(planned.project.reference.resolve())
    assert {name(PACKAGE), name(NOTEBOOKS), "notebooks", tables} <= set(used.trees)
    # Nothing that a run makes may keep it from being noted.
    made = {name(path) for step in planned.steps for path in step.makes}
    assert not made & set(used.files)
