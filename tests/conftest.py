"""A copy of the project to build in, so that tests never touch the checkout's own report."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from dalil import project
from dalil.parameters import checked
from dalil.report.figures.drawing.context import FigureContext
from dalil.report.figures.drawing.figure import find
from dalil.report.prose.context import ReportContext

# What git would carry, without what tools and builds leave behind.
_LEFT_OUT = shutil.ignore_patterns(
    ".venv", ".git", ".*_cache", "__pycache__", "processed", "runs", ".dalil", ".pytask", "node_modules"
)


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

    def bytes_of(self, patterns: Sequence[str]) -> dict[str, bytes]:
        """Return the content of files, by name."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for pattern in patterns
            for path in sorted(self.root.glob(pattern))
            if path.is_file()
        }


def copy_project(to: Path) -> Project:
    """Copy the project to ``to``."""
    shutil.copytree(project.Project.find().root, to, ignore=_LEFT_OUT)
    pictures = [path for path in to.glob("figures/**/*") if path.suffix in {".svg", ".png", ".pdf"}]
    for made in (*to.glob("report/report.*"), *to.glob("report/preview.*"), *to.glob("pytask.lock*"), *pictures):
        made.unlink()
    shutil.rmtree(to / "report" / "notebooks", ignore_errors=True)
    return Project(to)


def project_in(folder: Path) -> project.Project:
    """Make an empty folder a project with the inputs of this one and no results."""
    here = project.Project.find()
    (folder / "data").mkdir()
    for name in (project.PARAMETERS, "data/raw", "data/reference", "examples", "tests"):
        (folder / name).symlink_to(here.path(name))
    return project.Project(folder)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy in which the default report has been made."""
    project = copy_project(tmp_path_factory.mktemp("built") / "project")
    project.run("make", "report")
    return project


@pytest.fixture(scope="session")
def built_all(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy in which the report has been made in every language; who uses it is of the xdist group "languages"."""
    project = copy_project(tmp_path_factory.mktemp("built-all") / "project")
    project.run("make", "report-all")
    return project


@pytest.fixture(scope="module")
def material(built: Project) -> ReportContext:
    """What the figures and the report read of the built project."""
    return ReportContext(checked({}), project.Project(built.root))


def picture(name: str, material: ReportContext) -> Figure:
    """Draw a figure in the style of the figures, and save nothing."""
    figure = find(name)
    return figure.picture(figure.rows(material), FigureContext(name, material))
