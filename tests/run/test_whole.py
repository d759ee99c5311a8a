"""A run is one thing: readers find all of it or nothing of it, whatever ends the process that makes it."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import dalil.run.whole
from dalil.errors import StepError
from dalil.project import PARAMETERS, Project, Run, write_whole
from dalil.run.whole import whole

FILES = ("report/report.html", "report/report.pdf", "data/processed/claims.csv", "data/processed/facts/01-a.json")
NOTE = "report/report.INCOMPLETE.txt"


class Ended(BaseException):
    """Stands for whatever ends a process."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The default run of a project, as it is made."""
    (tmp_path / PARAMETERS).touch()
    monkeypatch.chdir(tmp_path)
    return Run(Project(tmp_path, making=True))


def make(run: Run, text: str, *files: str, more: tuple[str, ...] = ()) -> None:
    """Make some of the files of a run, all of them unless some are named."""
    with whole(run, [run.home / name for name in (*FILES, *more)]):
        for name in files or (*FILES, *more):
            write_whole(run.home / name, text)


def begin(run: Run, text: str, *files: str) -> None:
    """Make some of the files of a run, and end before all are made."""
    with whole(run, [run.home / name for name in (*FILES, *files)]):
        for name in files:
            write_whole(run.home / name, text)
        raise Ended


def seen(run: Run) -> dict[str, str]:
    """What readers find."""
    root = run.project.root
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("report", "data")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


def aside(run: Run) -> list[str]:
    """Files that are kept aside or are but half written."""
    return [
        path.name for path in (run.project.root / ".dalil").rglob("*") if path.is_file() and path.parent.name != "locks"
    ]


def test_all_is_there_and_nothing_is_left_aside(run: Run) -> None:
    make(run, "old")
    assert seen(run) == dict.fromkeys(FILES, "old")
    assert aside(run) == []


@pytest.mark.parametrize("done", range(len(FILES)))
def test_what_fails_before_its_end_changes_nothing_and_the_next_one_goes_on(run: Run, done: int) -> None:
    make(run, "old")
    with pytest.raises(Ended):
        begin(run, "new", *FILES[:done])
    assert seen(run) == dict.fromkeys(FILES, "old")
    with whole(run, [run.home / name for name in FILES]):
        assert [(run.home / name).read_text() for name in FILES] == ["new"] * done + ["old"] * (len(FILES) - done)
        write_whole(run.home / FILES[-1], "new")
    assert seen(run) == dict(zip(FILES, ["new"] * done + ["old"] * (3 - done) + ["new"], strict=True))


@pytest.mark.parametrize("moved", range(len(FILES)))
def test_what_ends_amid_the_replacing_says_so_and_the_next_one_completes_it(
    run: Run, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(run, "old", more=("data/processed/facts/50-gone.json",))
    put, count = dalil.run.whole._put, iter(range(100))

    def until(path: Path, to: Path) -> None:
        if ".dalil" not in to.parts and next(count) >= moved:
            raise Ended
        put(path, to)

    with monkeypatch.context() as patch:
        patch.setattr(dalil.run.whole, "_put", until)
        with pytest.raises(Ended):
            make(run, "new")
    found = seen(run)
    assert "interrupted" in found.pop(NOTE)
    assert list(found.values()).count("new") == moved
    # The next one may be of other settings, and fail: what was whole comes first.
    with pytest.raises(Ended):
        begin(run, "of other settings")
    assert seen(run) == dict.fromkeys(FILES, "new")


def test_a_file_that_readers_have_is_never_written_into(run: Run) -> None:
    make(run, "old")
    held = (run.project.root / FILES[0]).open(encoding="utf-8")
    with held:
        make(run, "new", FILES[0])
        assert held.read() == "old"
    assert seen(run)[FILES[0]] == "new"


def test_a_file_that_nothing_makes_stays_and_is_no_part_of_the_run(run: Run) -> None:
    write_whole(run.project.root / "data/processed/notes.csv", "mine")
    with whole(run, [run.home / name for name in FILES]):
        for name in FILES:
            write_whole(run.home / name, "new")
        assert [path.name for path in run.processed.glob("*.csv")] == ["claims.csv"]
    assert seen(run)["data/processed/notes.csv"] == "mine"


def test_what_a_notebook_of_ones_own_keeps_comes_along_and_goes_with_it(run: Run) -> None:
    further = "data/processed/further/50-mine.mine.csv"
    makes = [run.home / name for name in (*FILES, "report/notebooks/50-mine.ipynb")]
    with whole(run, makes):
        for path in (*makes, run.home / further):
            write_whole(path, "1")
    assert further in seen(run)
    with whole(run, makes):
        write_whole(makes[0], "2")
    assert further in seen(run)
    with whole(run, makes):
        (run.home / further).unlink()
    assert further not in seen(run)


def test_what_a_notebook_kept_goes_with_the_notebook(run: Run) -> None:
    further = "data/processed/further/50-mine.mine.csv"
    makes = [run.home / name for name in (*FILES, "report/notebooks/50-mine.ipynb")]
    with whole(run, makes):
        for path in (*makes, run.home / further):
            write_whole(path, "1")
    make(run, "2", FILES[0])
    assert further not in seen(run)


def test_what_was_half_made_for_another_edition_is_not_published_with_this_one(run: Run) -> None:
    with pytest.raises(Ended):
        begin(run, "of other settings", "report/report.ru.html")
    make(run, "new")
    assert "report/report.ru.html" not in seen(run)


@contextmanager
def elsewhere(run: Run, code: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that makes the run."""
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom dalil.project import *\nfrom dalil.run.whole import whole\n"
        f"run = Run(Project(Path({str(run.project.root)!r}), making=True))\n{code}"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


HOLDS = "with whole(run, []):\n    print('in', flush=True)\n    time.sleep(600)"


def test_the_second_of_two_waits_and_says_so(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    with elsewhere(run, HOLDS) as first:
        assert first.stdout
        assert first.stdout.readline() == "in\n"
        second = threading.Thread(target=make, args=(run, "new"))
        second.start()
        second.join(1)
        assert second.is_alive()
        assert "waiting" in capfd.readouterr().out
        # However it ends, it keeps nobody waiting.
        first.kill()
        second.join(60)
    assert seen(run) == dict.fromkeys(FILES, "new")


def test_runs_of_other_names_wait_for_nobody(run: Run) -> None:
    with elsewhere(run, HOLDS) as first:
        assert first.stdout
        assert first.stdout.readline() == "in\n"
        make(replace(run, name="later"), "new")
    assert (run.project.root / "report/runs/later" / FILES[0]).exists()


def test_a_temporary_file_that_a_killed_process_left_is_taken_away(run: Run) -> None:
    left = run.project.root / ".dalil/partial/.report.pdf.1234"
    write_whole(left, "half")
    os.utime(left, (0, 0))
    make(run, "new")
    assert aside(run) == []


def _no_folder(root: Path) -> None:
    (root / ".dalil").write_text("a file where a folder should be", encoding="utf-8")


def _no_place(root: Path) -> None:
    (root / "report").write_text("a file where a folder should be", encoding="utf-8")


@pytest.mark.parametrize("hinder", [_no_folder, _no_place])
def test_what_cannot_be_written_is_named(run: Run, hinder: Callable[[Path], None]) -> None:
    hinder(run.project.root)
    with pytest.raises(StepError, match=r"^(\.dalil/locks/run-|report/report\.INCOMPLETE\.txt) cannot be written: .+"):
        make(run, "new")


def test_files_are_as_open_as_the_user_has_them(run: Run) -> None:
    before = os.umask(0o027)
    try:
        write_whole(run.project.root / "mine.txt", "")
    finally:
        os.umask(before)
    if os.name == "posix":
        assert (run.project.root / "mine.txt").stat().st_mode & 0o777 == 0o640
