"""A table of the record that is not there: the report says what could not be checked, and is a report all the same."""

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from matplotlib import pyplot

from conftest import Project
from dalil import project as places
from dalil.parameters import checked
from dalil.project import PARAMETERS, STEP, resolve
from dalil.report.markup.html import Html
from dalil.run.drawing import draw_figures
from dalil.run.notebooks import REPORT, notebooks_of
from dalil.tables.facts import merge_facts

NOTEBOOKS = resolve("notebooks")
ANALYSIS = [book.name for book in notebooks_of(places.Project.find()) if book.number < REPORT]
FILES = sorted(path.name for path in (resolve("data/reference")).iterdir())

# What is no longer a fact without a table, and what the report then says.
LOST = {
    "trade-uz.csv": (["trade_2017_uz", "target_2018_shortfall_uz"], "$2 bn (Kazakhstan). Only in its source"),
    "trade-kz.csv": (["trade_2018_kz", "target_2020_shortfall_kz"], "$2.06 bn (Uzbekistan). Right"),
    "trade-press.csv": (["trade_2017_kz", "trade_growth_2017_kz_low"], "$2.06 bn (Uzbekistan). Right"),
    "population.csv": (["population_cis_sums"], "The sources we had speak only of related things. Adds up"),
    "employment.csv": (["employment_cis_sums"], "The part fits into the whole, as it must. Adds up"),
    "prices.csv": (["target_2018_shortfall_uz_real"], "could not be checked"),
    "statements.csv": ([], "Not found in the sources we had. Not found"),
    "datapackage.json": (["trade_2017_uz", "trade_2018_kz", "population_cis_sums"], "could not be checked"),
}


def run_cells(notebook: str) -> list[Any]:
    """Run a notebook's cells here, and return what each of them shows."""
    space: dict[str, Any] = {}
    shown = []
    for cell in nbformat.read(NOTEBOOKS / f"{notebook}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            body = ast.parse(cell.source).body
            last = body.pop() if isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), notebook, "exec"), space)
            if isinstance(last, ast.Expr):
                shown.append(eval(compile(ast.Expression(last.value), notebook, "eval"), space))
    pyplot.close("all")
    return shown


@pytest.fixture
def project(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of the built project in a folder of its own, which is taken for the project's."""
    for folder in ("raw", "reference", "processed"):
        shutil.copytree(built.root / "data" / folder, tmp_path / "data" / folder)
    shutil.copytree(built.root / "figures", tmp_path / "figures")
    shutil.copy(built.root / PARAMETERS, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(STEP, "test")
    return tmp_path


def report_on(project: Path, *, draw: bool = False) -> str:
    """Run the notebooks that use the record, and write the page; return its text without tags."""
    for notebook in (name for name in ANALYSIS if name > "04"):
        run_cells(notebook)
    parts = project / "data/processed/facts"
    merge_facts([parts / f"{notebook}.json" for notebook in ANALYSIS], project / "data/processed/facts.json")
    if draw:
        draw_figures(places.Project(project), checked({"figure_formats": ["svg"]}))
    markup = "\n".join(piece for piece in run_cells("90-report") if isinstance(piece, Html))
    return " ".join(re.sub(r"<script.*?</script>|<[^>]*>", " ", markup, flags=re.DOTALL).split())


def test_the_files_are_those_looked_at_here() -> None:
    assert set(FILES) == set(LOST)


# Of the others CI sees to it.
ALWAYS = {"trade-kz.csv", "statements.csv"}


@pytest.mark.parametrize(
    "missing", [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.slow) for name in FILES]
)
def test_a_report_without_one_file_says_what_could_not_be_checked(project: Path, missing: str) -> None:
    (project / "data/reference" / missing).unlink()
    text = report_on(project)
    lost, said = LOST[missing]
    facts = json.loads((project / "data/processed/facts.json").read_text(encoding="utf-8"))
    assert not set(lost) & set(facts)
    assert f"data/reference/{missing}" in text
    assert "what they hold could not be checked" in text
    assert said in text
    assert text.startswith("In short The article makes")
    assert "{" not in text


def test_a_report_without_any_of_them_says_so(project: Path) -> None:
    shutil.rmtree(project / "data/reference")
    text = report_on(project, draw=True)
    assert "data/reference/datapackage.json" in text
    assert "They were held only against one another, not against outside sources" in text
    assert "what they hold could not be checked" in text
