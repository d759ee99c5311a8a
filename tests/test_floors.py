"""The floors of the package: what is on one uses only those below it."""

import ast
from pathlib import Path

import pytest

from dalil.project import PACKAGE

FLOORS = ("text", "claims", "reference", "analysis", "report")


@pytest.mark.parametrize(
    "path",
    [path for floor in FLOORS for path in sorted((PACKAGE / floor).rglob("*.py"))],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_a_module_uses_only_its_own_floor_and_those_below(path: Path) -> None:
    floor = path.relative_to(PACKAGE).parts[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    floors = {parts[1] for name in used if (parts := name.split("."))[0] == "dalil" and len(parts) > 1}
    above = set(FLOORS[FLOORS.index(floor) + 1 :])
    assert not floors & above
