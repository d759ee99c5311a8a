"""A notebook as executed: with the parameters it ran with, each shown once, and the same each time."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from dalil.project import PARAMETERS, Project
from dalil.report.export.page import PageExporter
from dalil.run.execution import execute
from dalil.run.notebooks import Notebook


def executed(folder: Path, defaults: str, values: dict[str, Any]) -> Path:
    """Run a notebook that declares parameters and shows one of them."""
    (folder / PARAMETERS).touch()
    declared = new_code_cell(defaults, metadata={"tags": ["parameters"]})
    source = folder / "51-mine.ipynb"
    nbformat.write(new_notebook(cells=[declared, new_code_cell("print(rounding.upper())")]), source)
    to = folder / "executed.ipynb"
    execute(Notebook(source), values, to, Project(folder))
    return to


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return executed(tmp_path_factory.mktemp("given"), 'rounding: str = "half-unit"', {"rounding": "exact"})


def test_the_copy_has_each_parameter_once_with_the_value_it_ran_with(copy: Path) -> None:
    cells = nbformat.read(copy, as_version=4).cells
    assert re.findall(r"rounding.*= (.*)", "\n".join(cell.source for cell in cells)) == ['"exact"']
    assert cells[-1].outputs[0].text == "EXACT\n"


def test_so_has_its_page(copy: Path) -> None:
    page, _ = PageExporter().from_filename(str(copy))
    assert "EXACT" in page
    assert unescape(page).count('"exact"') == 1
    assert "half-unit" not in page


def test_a_default_that_no_run_sets_stays_in_the_copy(tmp_path: Path) -> None:
    defaults = 'rounding: str = "half-unit"\nthreshold = 2'
    sources = [cell.source for cell in nbformat.read(executed(tmp_path, defaults, {"rounding": "exact"}), 4).cells]
    assert defaults in sources
    assert any('rounding = "exact"' in source for source in sources)
