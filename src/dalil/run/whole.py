"""A run is one thing: what it makes is kept aside until all of it is made, and then takes its place at once."""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dalil.errors import StepError
from dalil.project import Run, replacing, shown, write_whole

# Files of these folders belong to notebooks: they go when their notebook does.
_OF_NOTEBOOKS = ("facts", "further")
# Temporary files older than this, in seconds, belong to nobody: a file is written in moments.
_FORGOTTEN = 3600
# Seconds between two looks at a run that is being made elsewhere.
_MOMENT = 0.2

_HALF = """\
The files of this report are being replaced by those of another run. If this note stays, the replacing was
interrupted, and some files are of the old run and some of the new one: make the report again.
"""


@contextmanager
def whole(run: Run, makes: Iterable[Path]) -> Iterator[None]:
    """Make a run aside, one process at a time, and put all of it in place where nothing fails.

    What an interrupted process has made so far is there for the next one.

    Parameters
    ----------
    run
        The run that is being made.
    makes
        All that its steps make.

    Raises
    ------
    StepError
        Something cannot be written; what was there is still there.
    """
    with _alone(run):
        _clear_forgotten(run)
        if _note(run).exists():
            _put_in_place(run)
        _begin(run, set(makes))
        yield
        _put_in_place(run)


def _begin(run: Run, makes: set[Path]) -> None:
    """Start from what readers have; what is made replaces it and never changes it."""
    notebooks = {path.stem for path in makes if path.suffix == ".ipynb"}
    for path in _made(run):
        if path not in makes and not (_is_further(run, path) and _notebook_of(path) in notebooks):
            path.unlink()
    kept = [path for path in _further(run.published) if _notebook_of(path) in notebooks]
    further = [run.home / path.relative_to(run.published.home) for path in kept]
    for path in (*makes, *further):
        seen = run.project.seen(path)
        if path != seen and seen.is_file() and not path.exists():
            _put(seen, path)


def _put_in_place(run: Run) -> None:
    """Have readers find what was made; what was interrupted here is done again from its beginning."""
    made = {path: run.project.seen(path) for path in _made(run)}
    changed = {path: to for path, to in made.items() if not (to.exists() and path.samefile(to))}
    gone = [
        path
        for kind in _OF_NOTEBOOKS
        for path in (run.published.processed / kind).glob("*.*")
        if path not in made.values()
    ]
    if changed or gone:
        write_whole(_note(run), _HALF)
        for path in gone:
            path.unlink()
        for path, to in changed.items():
            _put(path, to)
        _note(run).unlink()
    shutil.rmtree(run.home, ignore_errors=True)


def _put(path: Path, to: Path) -> None:
    """Have the content of a file in another place too."""
    with replacing(to) as partial:
        try:
            os.link(path, partial)
        except OSError:
            shutil.copyfile(path, partial)
        partial.replace(to)


def _made(run: Run) -> list[Path]:
    return sorted(path for path in run.home.rglob("*") if path.is_file())


def _further(run: Run) -> list[Path]:
    """What notebooks of a user's own keep, whose names only they know."""
    return sorted((run.processed / "further").glob("*.*"))


def _notebook_of(path: Path) -> str:
    """The name of the notebook that keeps a file."""
    return path.name.partition(".")[0]


def _is_further(run: Run, path: Path) -> bool:
    return path.parent == run.processed / "further"


def _note(run: Run) -> Path:
    """What says, beside the report, that it is half replaced."""
    return run.published.report / "report.INCOMPLETE.txt"


def _clear_forgotten(run: Run) -> None:
    """Take away temporary files that processes have left which were ended."""
    for path in run.project.kept("partial", "").glob(".*"):
        if time.time() - path.stat().st_mtime > _FORGOTTEN:
            path.unlink(missing_ok=True)


@contextmanager
def _alone(run: Run) -> Iterator[None]:
    """Wait for another process that makes the same run; the lock goes with its process, however that ends."""
    path = run.project.kept("locks", run.home.name)
    with _opened(path) as file:
        if not _locked(file):
            print("Another process is making this run; waiting for it to end …", flush=True)  # noqa: T201
            while not _locked(file):
                time.sleep(_MOMENT)
        yield


def _opened(path: Path) -> IO[bytes]:
    """Open a file that is never replaced, so that all lock the same one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab")
    except OSError as error:
        raise StepError(f"{shown(path)} cannot be written: {error.strerror}") from error


def _locked(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
