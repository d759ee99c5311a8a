"""The rooms of the package: what is in one uses only those below it."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest

from dalil.project import PACKAGE

# From the ground up; what stands beside the rooms uses none but the first.
ROOMS = (
    "numbers",
    "text",
    "claims",
    "reference",
    "wording",
    "analysis",
    "tables",
    "report",
    "notebook",
    "review",
    "run",
)
REPORT = ("markup", "prose", "figures", "page", "export")


def modules(folder: Path, rooms: tuple[str, ...]) -> list[tuple[Path, str, tuple[str, ...]]]:
    """Every module of a folder's rooms, with its room and the names of those above."""
    return [
        (path, room, rooms[place + 1 :])
        for place, room in enumerate(rooms)
        for path in sorted((folder / room).rglob("*.py"))
    ]


def imported(path: Path) -> set[str]:
    """The modules that a module imports, also within functions and for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return found | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize(
    ("path", "above"),
    [
        *((path, tuple(f"dalil.{name}" for name in above)) for path, _, above in modules(PACKAGE, ROOMS)),
        *(
            (path, tuple(f"dalil.report.{name}" for name in above))
            for path, _, above in modules(PACKAGE / "report", REPORT)
        ),
        *(
            (path, tuple(f"dalil.{name}" for name in ROOMS[1:]))
            for path in sorted(PACKAGE.glob("*.py"))
            if path.stem != "__main__"
        ),
    ],
    ids=lambda value: value.relative_to(PACKAGE).as_posix() if isinstance(value, Path) else "",
)
def test_a_module_uses_only_its_own_room_and_those_below(path: Path, above: tuple[str, ...]) -> None:
    assert not [
        name for name in imported(path) if name.startswith(tuple(f"{room}." for room in above)) or name in above
    ]


def test_every_folder_of_the_package_is_a_room() -> None:
    for folder, rooms in ((PACKAGE, ROOMS), (PACKAGE / "report", REPORT)):
        assert {path.parent.name for path in folder.glob("*/__init__.py")} == set(rooms)


def test_no_modules_import_each_other_in_a_circle() -> None:
    files = {
        "dalil." + path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): path
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py"
    }
    uses = {name: imported(path) & set(files) for name, path in files.items()}
    standing = dict(uses)
    while free := [name for name, used in standing.items() if not used & set(standing)]:
        for name in free:
            del standing[name]
    assert not standing, list(pairwise(sorted(standing)))
