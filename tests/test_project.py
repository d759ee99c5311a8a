"""A project is found from any of its folders; outside one, a command says how to make one."""

from pathlib import Path

import pytest

from dalil.errors import InputError
from dalil.project import BY_HAND, PARAMETERS, STEP, Project, Run, resolve, run_of, shown, write_whole
from dalil.run.command_line import main


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / PARAMETERS).write_text("article: my.txt\n", encoding="utf-8")
    (tmp_path / "data/raw").mkdir(parents=True)
    return Project(tmp_path)


def test_it_is_found_upwards(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root / "data/raw")
    assert Project.find() == project
    assert resolve("my.txt") == project.root / "my.txt"
    assert shown(project.root / "data/raw/my.txt") == "data/raw/my.txt"


def test_the_nearest_one_is_taken(project: Project) -> None:
    (project.root / "data" / PARAMETERS).touch()
    assert Project.find(project.root / "data/raw") == Project(project.root / "data")


def test_a_path_outside_stays_as_it_is(project: Project) -> None:
    assert project.path("/tmp/my.txt") == Path("/tmp/my.txt")
    assert project.name(Path("/tmp/my.txt")) == "/tmp/my.txt"


def test_outside_a_project_it_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"no parameters\.yml(?s:.*)dalil new my my\.txt(?s:.*)dalil report$"):
        Project.find()
    assert shown(Path("my.txt")) == "my.txt"


@pytest.mark.parametrize("command", [["report"], ["notebook", "mine"], ["refresh"]])
def test_a_command_that_needs_a_project_refuses_to_run_outside_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    assert "no project: no parameters.yml here or above" in capsys.readouterr().err


def test_claims_are_drafted_where_there_is_no_project_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.txt").write_text("It rose by 5 percent.", encoding="utf-8")
    assert main(["claims", "--article", "my.txt"]) == 0
    assert (tmp_path / "my.claims.yml").exists()
    assert capsys.readouterr().out.startswith("my.claims.yml: 1 claims to review\n")


def test_a_run_is_kept_in_its_project(project: Project) -> None:
    assert Run(project).processed == project.root / "data/processed"
    assert Run(project, "mine").processed == project.root / "report/runs/mine/data/processed"
    assert Run(project, language="ru").figures == project.root / "figures/ru"
    assert Run(project).told_in("ru") == Run(project, language="ru")


def test_a_notebook_run_by_hand_has_a_run_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(STEP, raising=False)
    assert [run_of(""), run_of("mine")] == [BY_HAND, "mine"]
    monkeypatch.setenv(STEP, "02-growth-rates")
    assert [run_of(""), run_of("mine")] == ["", "mine"]


def test_it_goes_on_from_what_the_default_run_made(project: Project) -> None:
    by_hand, default = Run(project, BY_HAND), Run(project)
    assert by_hand.kept("facts.json") == by_hand.processed / "facts.json"
    write_whole(default.processed / "facts.json", "{}")
    assert by_hand.kept("facts.json") == default.processed / "facts.json"
    write_whole(by_hand.processed / "facts.json", "{}")
    assert by_hand.kept("facts.json") == by_hand.processed / "facts.json"


def test_another_run_does_not(project: Project) -> None:
    write_whole(Run(project).processed / "facts.json", "{}")
    mine = Run(project, "mine")
    assert mine.kept("facts.json") == mine.processed / "facts.json"
