"""A copy of the project to build in, so that tests never touch the checkout's own report."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

import dalil.project
from dalil.parameters import checked
from dalil.report.prose.context import ReportContext

# As many made-up cases as a run between two edits has time for; CI tries more: --hypothesis-profile=thorough.
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=200, print_blob=True)
settings.load_profile("quick")

# What git would carry, without what tools and builds leave behind.
_LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", ".*_cache", "__pycache__", "processed", "runs", ".dalil", ".pytask", "node_modules"
)
# What the default run makes, which no other run may touch.
DEFAULT = ("report/report.*", "data/processed/**/*.*", "figures/*.*")
# A folder for what is built, to be used again while working on a test: DALIL_BUILT=/tmp/built pytest tests/report.
# Remove it when the code that builds has changed.
_KEPT = "DALIL_BUILT"
# How many seconds one worker waits for what another makes.
_PATIENCE = 1200


@dataclass(frozen=True)
class Project:
    """A copy of the project in a folder of its own."""

    root: Path

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command in the copy with this environment's programs."""
        programs = Path(sys.executable).parent
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MAKE", "COV_"))},
            "PYTHONPATH": str(self.root / "src"),
            "VIRTUAL_ENV": sys.prefix,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        }
        for name in ("SET", "PARAMS", "RUN", "ARTICLE", "CLAIMS", "MFLAGS"):
            environment.pop(name, None)
        done = subprocess.run(
            [str(word) for word in command],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            stdin=subprocess.DEVNULL,
        )
        if check:
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

    def dalil(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run ``python -m dalil`` in the copy."""
        return self.run(sys.executable, "-m", "dalil", *arguments, check=check)

    def report(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Make the report in the copy."""
        return self.dalil("report", *arguments, check=check)

    def copy(self, to: Path) -> "Project":
        """Copy it with all that was made and what is known of it, so that a run there goes on from here."""
        return Project(shutil.copytree(self.root, to, ignore=shutil.ignore_patterns(".pytask")))

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return size and time of last change of every file but those that Python keeps, by name."""
        return {
            path.relative_to(self.root).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
            for path in self.root.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    def bytes_of(self, patterns: Sequence[str]) -> dict[str, bytes]:
        """Return the content of files, by name."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for pattern in patterns
            for path in sorted(self.root.glob(pattern))
            if path.is_file()
        }


def copy_project(to: Path) -> Project:
    """Copy the project to ``to``, to be built there with figures as ``svg`` alone, unless told otherwise."""
    shutil.copytree(dalil.project.Project.find().root, to, ignore=_LEFT_OUT)
    pictures = [path for path in to.glob("figures/**/*") if path.suffix in {".svg", ".png", ".pdf"}]
    for made in (*to.glob("report/report.*"), *to.glob("report/preview.*"), *to.glob("pytask.lock*"), *pictures):
        made.unlink()
    shutil.rmtree(to / "report" / "notebooks", ignore_errors=True)
    parameters = to / "parameters.yml"
    text, changed = re.subn(r"(?m)^figure_formats:.*$", "figure_formats: [svg]", parameters.read_text(encoding="utf-8"))
    assert changed == 1
    parameters.write_text(text, encoding="utf-8")
    return Project(to)


def project_in(folder: Path) -> dalil.project.Project:
    """Make an empty folder a project with the inputs of this one and no results."""
    here = dalil.project.Project.find()
    (folder / "data").mkdir()
    for name in (dalil.project.PARAMETERS, "data/raw", "data/reference", "examples", "tests"):
        (folder / name).symlink_to(here.path(name))
    return dalil.project.Project(folder)


def once(folder: Path, make: Callable[[], None]) -> None:
    """Have the first of several processes make what goes into a folder, while the others wait for it."""
    done, failed = (folder.with_suffix(suffix) for suffix in (".done", ".failed"))
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        for _ in range(_PATIENCE):
            if done.exists() or failed.exists():
                break
            time.sleep(1)
        assert done.exists(), f"{folder.name} was not made; the worker that makes it says why."
        return
    try:
        make()
    except BaseException:
        failed.touch()
        raise
    done.touch()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a session share, or one that is kept from session to session (see ``_KEPT``)."""
    if kept := os.environ.get(_KEPT):
        return Path(kept).resolve()
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def built(shared: Path) -> Iterator[Project]:
    """The default report, made once for all tests, which only read it; tests that change something copy it first."""
    yield from _made(shared / "built", "report", copy_project)


@pytest.fixture(scope="session")
def built_all(shared: Path, built: Project) -> Iterator[Project]:
    """The report in every language, which goes on from the default one, once for all tests, which only read it."""
    yield from _made(shared / "built-all", "report-all", built.copy)


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of the built project to change: it goes on from there, so that only what a change concerns runs."""
    return built.copy(tmp_path / "project")


@pytest.fixture(scope="module")
def material(built: Project, tmp_path_factory: pytest.TempPathFactory) -> ReportContext:
    """What the figures and the report read of the built project; what they write goes elsewhere."""
    home = tmp_path_factory.mktemp("material") / "project"
    return ReportContext(checked({"figure_formats": ["svg"]}), dalil.project.Project(built.copy(home).root))


# Where each test makes reports or opens pages of its own, and what costs more to share than to wait for.
_SPREAD = ("tests/run/", "tests/browser/", "tests/test_one_place.py")
_WHOLE = ("tests/run/test_package.py", "tests/browser/test_validity.py")


class _Units(LoadScopeScheduling):  # type: ignore[misc]
    """What one worker runs in one go: the tests of a file, which share what is costly to read.

    What makes reports or opens pages is spread: a test, or all that have a parameter in common, at a time.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        if file in _WHOLE or not file.startswith(_SPREAD):
            return file
        return f"{file}[{parameter}" if (parameter := test.partition("[")[2]) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Spread the tests over the workers."""
    return _Units(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in an order in which no worker waits long.

    One that reads the report goes first and has it made; meanwhile the others run what needs none. Slow tests come
    before the rest that read it.
    """
    readers = {item.path for item in items if _reads_report(item)}
    first = next((item.path for item in items if _reads_report(item) and not _is_slow(item)), None)
    items.sort(key=lambda item: (item.path != first, item.path in readers, not _is_slow(item)))


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def _reads_report(item: pytest.Item) -> bool:
    return bool({"built", "built_all"} & set(getattr(item, "fixturenames", ())))


def _made(folder: Path, goal: str, copy: Callable[[Path], Project]) -> Iterator[Project]:
    """Make a goal in a copy of a project, and see to it that no test changes what was made."""

    def make() -> None:
        copy(folder / "project").run("make", goal)

    once(folder, make)
    project = Project(folder / "project")
    before = project.stamps()
    yield project
    assert project.stamps() == before, "A test changed what all share; it should have worked on a copy."
