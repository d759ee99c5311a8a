"""Installed from a wheel, in a folder elsewhere: everything it needs is in it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from dalil.project import PACKAGE, resolve

pytestmark = pytest.mark.slow

TEXT = "Exports reached 2 billion dollars in 2017, up 31.2 percent from 2016. The target for 2020 is 5 billion dollars."


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sources without a connection."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(resolve(""))], check=True)
    (built,) = folder.glob("dalil-*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder, with the package installed beside it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    subprocess.run([*pip, str(folder / "installed"), str(wheel)], check=True)
    (folder / "mine").mkdir()
    return folder / "mine"


def dalil(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command, whose sources are nowhere else to be found."""
    installed = folder.parent / "installed"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_", "DALIL_"))}
    return subprocess.run(
        [sys.executable, str(installed / "bin" / "dalil"), *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_holds_every_file_of_the_package_and_the_notebooks(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    ours = {f"dalil/{path.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.rglob("*") if path.is_file()}
    ours |= {f"dalil/notebooks/{path.name}" for path in resolve("notebooks").glob("*.ipynb")}
    assert {name for name in ours - packed if "__pycache__" not in name} == set()
    assert not [name for name in packed if not name.startswith(("dalil/", "dalil-"))]


def test_it_knows_its_version_and_its_parameters(elsewhere: Path) -> None:
    assert dalil(elsewhere, "--version").stdout.startswith("dalil ")
    assert "scenario_rates" in dalil(elsewhere, "parameters").stdout


def test_it_reads_a_text(elsewhere: Path) -> None:
    (elsewhere / "my.txt").write_text(TEXT, encoding="utf-8")
    done = dalil(elsewhere, "read", "my.txt", "--language", "en")
    assert [json.loads(line)["value"] for line in done.stdout.splitlines()][:2] == ["2000000000", "2017"]


def test_as_it_says_outside_a_project_a_project_is_made_and_reported_on(elsewhere: Path) -> None:
    (elsewhere / "my.txt").write_text(TEXT, encoding="utf-8")
    refused = dalil(elsewhere, "report")
    assert refused.returncode == 2
    assert "dalil new my my.txt" in refused.stderr
    mine = elsewhere.with_name("my")
    assert "3 claims, 3 of them to review" in dalil(elsewhere, "new", "../my", "my.txt").stdout
    claims, parameters = mine / "data/raw/my.claims.yml", mine / "parameters.yml"
    reviewed = claims.read_text(encoding="utf-8").replace("measure: target", "measure: exports")
    claims.write_text(reviewed, encoding="utf-8")
    parameters.write_text(f"{parameters.read_text(encoding='utf-8')}figure_formats: [svg]\n", encoding="utf-8")
    done = dalil(mine, "report")
    assert done.returncode == 0, done.stderr
    assert "$2\u00a0billion" in (mine / "report/report.html").read_text(encoding="utf-8")
    assert len(PdfReader(mine / "report/report.pdf").pages) > 1
    assert "Nothing to do" in dalil(mine, "report").stdout


def test_a_notebook_of_ones_own_is_run_and_reported(elsewhere: Path) -> None:
    elsewhere = elsewhere.with_name("my")  # which the test before has made
    assert dalil(elsewhere, "notebook", "mine").stdout == "notebooks/50-mine.ipynb: change it, and make the report\n"
    done = dalil(elsewhere, "report")
    assert done.returncode == 0, done.stderr
    title = "How high do the targets reach?"
    pages = "".join(page.extract_text() for page in PdfReader(elsewhere / "report/report.pdf").pages)
    for text in ((elsewhere / "report/report.html").read_text(encoding="utf-8"), pages):
        assert "Further analyses" in text
        assert title.replace(" ", "") in text.replace(" ", "").replace("\n", "")
        assert "reach_2020" in text
        assert "How high the targets reach" in " ".join(text.split())
        assert "Each target as a share of the level" in " ".join(text.split())
    for name in ("json", "reach.csv", "reach.svg"):
        assert (elsewhere / f"data/processed/further/50-mine.{name}").stat().st_size > 0
    (elsewhere / "notebooks/50-mine.ipynb").unlink()
    assert dalil(elsewhere, "report").returncode == 0
    assert "Further analyses" not in (elsewhere / "report/report.html").read_text(encoding="utf-8")
    assert "reach_2020" not in (elsewhere / "data/processed/facts.json").read_text(encoding="utf-8")
    assert not list((elsewhere / "data/processed/further").iterdir())
