"""The notebooks as committed: without outputs, thin, and declaring the parameters they use as the package does."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from dalil.parameters import notebook_line
from dalil.project import Project
from dalil.run.notebooks import Notebook

NOTEBOOKS = Project.find().notebooks

LONGEST_CELL = 15


def notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
class TestNotebook:
    def test_it_is_committed_without_outputs(self, path: Path) -> None:
        for cell in notebook(path).cells:
            assert cell.get("outputs", []) == []
            assert cell.get("execution_count") is None

    def test_it_is_valid_and_its_cells_have_steady_names(self, path: Path) -> None:
        nbformat.validate(notebook(path))
        ids = [cell.id for cell in notebook(path).cells]
        assert ids == [f"{path.stem[:2]}-{number:02d}" for number in range(1, len(ids) + 1)]

    def test_it_is_thin(self, path: Path) -> None:
        for cell in notebook(path).cells:
            if cell.cell_type == "code":
                assert len(cell.source.splitlines()) <= LONGEST_CELL
                assert not re.search(r"^\s*(def|class|for|while)\b|open\(|/", _code(cell.source), re.MULTILINE)

    def test_every_code_cell_follows_a_sentence(self, path: Path) -> None:
        cells = notebook(path).cells
        for before, cell in pairwise(cells):
            if cell.cell_type == "code":
                assert before.cell_type == "markdown"
                assert before.source.rstrip().endswith(".")

    def test_its_prose_holds_no_number(self, path: Path) -> None:
        for cell in notebook(path).cells:
            if cell.cell_type == "markdown":
                assert not re.search(r"\d", re.sub(r"`[^`]*`", "", cell.source))

    def test_its_parameters_are_declared_as_the_package_declares_them(self, path: Path) -> None:
        tagged = [cell for cell in notebook(path).cells if "parameters" in cell.metadata.get("tags", [])]
        assert len(tagged) == 1
        assert tagged[0].source.splitlines() == [notebook_line(name) for name in Notebook(path).parameters]


def _code(source: str) -> str:
    """Code without comments and parameter defaults."""
    return re.sub(r"#.*|^\w+: .*", "", source, flags=re.MULTILINE)
