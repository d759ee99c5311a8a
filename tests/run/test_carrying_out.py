"""Carrying a plan out: a step runs where the content of what it uses changed, and whatever fails, nothing is lost."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from dalil.errors import StepError
from dalil.project import PARAMETERS, Project, Run, write_whole
from dalil.run.pipeline import Plan, carry_out
from dalil.run.steps import Inputs, Step


@dataclass
class Small:
    """A plan of two steps: one writes a table of the texts in a folder, the other a report of the table."""

    project: Project
    fails: Callable[[], None] = lambda: None
    record: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.project.root / PARAMETERS).touch()
        for name in ("a", "b"):
            write_whole(self.project.root / "in" / name, f"{name}1")

    def run(self, **options: bool) -> list[str]:
        """Carry it out; return the steps that were run."""
        run = Run(replace(self.project, making=True))
        table, report = run.processed / "claims.csv", run.report / "report.html"
        inputs = tuple(sorted((self.project.root / "in").iterdir()))
        noted, names = run.inputs / "table.json", {path.name: "" for path in inputs}

        def make_table() -> None:
            write_whole(table, " ".join(path.read_text(encoding="utf-8") for path in inputs))

        def make_report() -> None:
            self.fails()
            write_whole(report, f"Report of {table.read_text(encoding='utf-8')}")

        steps = [
            Step("table", (noted, *inputs), (table,), make_table, noted, lambda: {"uses": names}),
            Step("report", (table,), (report,), make_report),
        ]
        done = carry_out(Plan(self.project, "", Inputs((), ()), steps), workers=1, **options)
        return [name.removeprefix("/") for name in done]

    @property
    def report(self) -> str:
        """What readers find."""
        return (self.project.root / "report/report.html").read_text(encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """The plan, carried out once."""
    monkeypatch.chdir(tmp_path)
    plan = Small(Project(tmp_path))
    assert plan.run() == ["table", "report"]
    return plan


def test_nothing_runs_where_nothing_changed_but_times(small: Small) -> None:
    os.utime(small.project.root / "in/a")
    os.utime(small.project.root / "report/report.html")
    assert small.run() == []
    assert small.run(force=True) == ["table", "report"]


def test_a_change_is_seen_that_keeps_size_and_time(small: Small) -> None:
    changed = small.project.root / "in/a"
    before = changed.stat()
    changed.write_text("a2", encoding="utf-8")
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert small.run() == ["table", "report"]
    assert small.report == "Report of a2 b1"


def test_an_input_that_is_taken_away_is_seen(small: Small) -> None:
    (small.project.root / "in/b").unlink()
    assert small.run() == ["table", "report"]
    assert small.report == "Report of a1"


def test_what_was_changed_or_taken_away_by_hand_is_made_again(small: Small) -> None:
    (small.project.root / "report/report.html").write_text("mine", encoding="utf-8")
    assert small.run() == ["report"]
    (small.project.root / "data/processed/claims.csv").unlink()
    assert small.run() == ["table"]
    assert small.report == "Report of a1 b1"


def test_the_report_of_before_stays_where_a_step_fails_and_what_was_made_is_not_made_again(small: Small) -> None:
    (small.project.root / "in/a").write_text("a2", encoding="utf-8")

    def fail() -> None:
        raise StepError("no such thing")

    small.fails = fail
    for _ in range(2):
        with pytest.raises(StepError, match="no such thing"):
            small.run()
        assert small.report == "Report of a1 b1"
        assert (small.project.root / "data/processed/claims.csv").read_text(encoding="utf-8") == "a1 b1"
    small.fails = lambda: None
    assert small.run() == ["report"]
    assert small.report == "Report of a2 b1"


def test_a_full_disk_is_named_with_the_file(small: Small) -> None:
    def full() -> None:
        Path("/dev/full").write_text("1", encoding="utf-8")

    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    small.fails = full
    with pytest.raises(StepError, match=r"^\S+ cannot be written: No space left on device$"):
        small.run(force=True)
    assert small.report == "Report of a1 b1"


STATES: dict[str, tuple[str, bytes]] = {
    "no table of contents": ("pytask.lock", b"no lock\0"),
    "cut off": ("pytask.lock", b'lock-version = "1"\n[[task]]\nid = "/ta'),
    "empty": ("pytask.lock", b""),
    "of another version": ("pytask.lock", b'lock-version = "9"\n'),
    "a journal of another version": ("pytask.lock.journal", b'{"lock-version":"9","id":"/table","state":"0"}\n'),
    "no database": (".pytask/pytask.sqlite3", b"no database" * 100),
}


@pytest.mark.parametrize("state", STATES)
def test_a_state_that_cannot_be_read_is_made_anew_with_a_word(
    small: Small, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, content = STATES[state]
    (small.project.root / name).write_bytes(content)
    assert small.run() == ["table", "report"]
    assert "cannot be read" in capsys.readouterr().out
    assert small.run() == []


@pytest.mark.parametrize("name", ["pytask.lock", ".pytask"])
def test_so_is_a_folder_for_a_file_and_a_file_for_a_folder(small: Small, name: str) -> None:
    path = small.project.root / name
    if path.is_dir():
        shutil.rmtree(path)
        path.touch()
    else:
        path.unlink()
        path.mkdir()
    assert small.run() == ["table", "report"]
    assert small.run() == []
