"""What code uses of this package: modules that it imports, those that they import, and the data that these read."""

import re
from functools import cache
from pathlib import Path

from dalil import project

_IMPORT = re.compile(r"^\s*(?:from (dalil[\w.]*) import (\([^)]*\)|.*)|import (dalil[\w.]*))", re.MULTILINE)
# A module that looks for its neighbours by itself uses all of them.
_LOOKS_AROUND = "iter_modules"


def used_by(code: str) -> set[Path]:
    """List the files of this package that code uses, directly and through others.

    Data is what the module ``project`` has a name for: who imports the name uses all that is there.

    Examples
    --------
    >>> sorted(path.name for path in used_by("from dalil.errors import InputError"))
    ['__init__.py', 'errors.py']
    >>> project.TOKENS in used_by("from dalil.project import TEMPLATES")
    True
    """
    used: set[Path] = set()
    waiting = _imported(code)
    while waiting:
        path = waiting.pop()
        if path not in used:
            used.add(path)
            waiting |= _imported_by(path)
    return used


@cache
def _imported_by(path: Path) -> frozenset[Path]:
    if path.suffix != ".py":
        return frozenset()
    source = path.read_text(encoding="utf-8")
    return frozenset({*_imported(source), *(path.parent.glob("*.py") if _LOOKS_AROUND in source else ())})


def _imported(code: str) -> set[Path]:
    """The files that the imports in code name; what is imported from a package may be a module of it."""
    files: set[Path] = set()
    for package, what, module in _IMPORT.findall(code):
        names = re.findall(r"\w+", what)
        for name in (package or module, *(f"{package}.{name}" for name in names)):
            files |= _module(name)
        if package == project.__name__:
            files |= {file for name in names for file in _data(name)}
    return files


@cache
def _module(name: str) -> frozenset[Path]:
    """The file of a module, and those of the packages that it is in."""
    parts = name.split(".")[1:]
    files = [project.PACKAGE.joinpath(*parts[:depth], "__init__.py") for depth in range(len(parts) + 1)]
    module = project.PACKAGE.joinpath(*parts).with_suffix(".py")
    return frozenset(file for file in (*files, module) if file.exists())


@cache
def _data(name: str) -> frozenset[Path]:
    """The files of a place that the module ``project`` names; of the whole package, none."""
    place = getattr(project, name, None)
    if not isinstance(place, Path) or place == project.PACKAGE:
        return frozenset()
    return frozenset({place} if place.is_file() else {path for path in place.rglob("*") if path.is_file()})
