"""The notebooks as committed: they ask, compute, draw and say what was found, and no result is typed by hand."""

import ast
import re
from collections import Counter
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
EVERY = sorted((ROOT / "notebooks").glob("*.ipynb"))
NOTEBOOKS = [path for path in EVERY if path.stem < "90"]
LONGEST_CELL, WIDEST_LINE = 15, 120
# What only starts and ends a notebook may be the same in all of them.
COMMON = {"session.close()", "plt.show()"}


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def code(path: Path) -> list[str]:
    return [cell.source for cell in cells(path, "code") if "parameters" not in cell.metadata.get("tags", [])]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_notebook_is_valid_and_committed_without_outputs(path: Path) -> None:
    nbformat.validate(nbformat.read(path, as_version=4))
    for cell in cells(path, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestNotebook:
    def test_it_begins_with_its_imports_and_imports_nothing_later(self, path: Path) -> None:
        first, *rest = code(path)
        assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(first).body)
        assert not any(isinstance(node, ast.Import | ast.ImportFrom) for c in rest for node in ast.walk(ast.parse(c)))

    def test_its_cells_are_short_and_no_line_is_too_wide(self, path: Path) -> None:
        for source in code(path):
            assert len(source.splitlines()) <= LONGEST_CELL
            assert max(map(len, source.splitlines())) <= WIDEST_LINE

    def test_its_headings_are_questions_that_end_in_an_answer(self, path: Path) -> None:
        headings = re.findall(r"^## (.*)$", "\n".join(cell.source for cell in cells(path, "markdown")), re.MULTILINE)
        assert len(headings) > 1
        assert all(heading.endswith("?") for heading in headings)
        assert any("session.say(" in source for source in code(path))

    def test_it_shows_its_formulas_computes_in_its_cells_and_draws(self, path: Path) -> None:
        assert any("$$" in cell.source for cell in cells(path, "markdown"))
        arithmetic = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
        trees = [node for source in code(path) for node in ast.walk(ast.parse(source))]
        assert any(isinstance(node, ast.BinOp) and isinstance(node.op, arithmetic) for node in trees)
        assert any("plt.show()" in source for source in code(path))

    def test_no_result_is_typed_by_hand(self, path: Path) -> None:
        for cell in cells(path, "markdown"):
            assert not re.search(r"\d", re.sub(r"\$\$.*?\$\$|`[^`]*`", "", cell.source, flags=re.DOTALL))
        for source in code(path):
            said = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _is_say(node)]
            texts = [arg.value for call in said for arg in ast.walk(call) if isinstance(arg, ast.Constant)]
            assert not any(re.search(r"\d", text) for text in texts if isinstance(text, str) and "{:" not in text)

    def test_it_knows_no_path(self, path: Path) -> None:
        for source in code(path):
            assert not re.search(r"open\((?!\")|Path\(|\.csv|\.json|data/|\.\./", source)

    def test_it_opens_a_session_of_its_own_name(self, path: Path) -> None:
        assert sum(f'Session.open("{path.stem}", locals())' in source for source in code(path)) == 1


def _is_say(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"say", "set_title"}


def test_no_cell_is_a_copy_of_another() -> None:
    sources = Counter(source for path in NOTEBOOKS for source in code(path) if source not in COMMON)
    assert [source for source, count in sources.items() if count > 1] == []
