"""Notebooks as files: found by their number, with what each declares about itself."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dalil.errors import InputError
from dalil.project import NOTEBOOKS, TEMPLATE_NOTEBOOK, Project, shown, write_whole
from dalil.tables.schema import tables_of

# The notebook that writes the report; all others run before it, those of a user's own from this number on.
REPORT = "90"
OWN = 50

_NAME = re.compile(r"(\d\d)-[\w-]+\.ipynb")
_PARAMETER = re.compile(r"^(\w+)\s*[:=]", re.MULTILINE)
_TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Notebook:
    """A notebook called ``NN-name.ipynb``."""

    path: Path

    @property
    def name(self) -> str:
        """Its name, ``NN-name``."""
        return self.path.stem

    @property
    def number(self) -> str:
        """The number that it is ordered by, ``NN``."""
        return self.path.name[:2]

    @cached_property
    def content(self) -> dict[str, Any]:
        """What matters of it: its cells with their sources and tags, and what it declares.

        Outputs, execution counts, and what an editor notes for itself are left out; so is the kernel's name.

        Raises
        ------
        InputError
            The file is no notebook.
        """
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            cells = [_cell(cell, number) for number, cell in enumerate(data["cells"], start=1)]
            declared = dict(data["metadata"].get("dalil", {}))
            declared |= {"needs": list(declared["needs"])} if "needs" in declared else {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            why = f"it cannot be read: {error.strerror}" if isinstance(error, OSError) else "it is no Jupyter notebook"
            raise InputError.of(shown(self.path), [why], then="Save it again, or take it away.") from None
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        metadata = {"dalil": declared, "kernelspec": kernel, "language_info": {"name": "python"}}
        return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}

    @property
    def digest(self) -> str:
        """The SHA-256 of what matters of it."""
        return hashlib.sha256(json.dumps(self.content, sort_keys=True).encode()).hexdigest()

    @property
    def code(self) -> str:
        """The sources of its code cells."""
        return "\n".join(cell["source"] for cell in self.content["cells"] if cell["cell_type"] == "code")

    @property
    def title(self) -> str:
        """Its first heading, or its name."""
        texts = "\n".join(cell["source"] for cell in self.content["cells"] if cell["cell_type"] == "markdown")
        heading = _TITLE.search(texts)
        return heading[1].strip() if heading else self.name

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names that its cell tagged ``parameters`` sets."""
        tagged = (cell["source"] for cell in self.content["cells"] if "parameters" in cell["metadata"].get("tags", []))
        return tuple(_PARAMETER.findall("\n".join(tagged)))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of the Data Package that the notebook of this number makes."""
        return tables_of(self.name)

    @property
    def is_own(self) -> bool:
        """Whether it is one of a user's own: the Data Package knows no table of its number."""
        return not self.tables and self.number != REPORT

    def needs(self, earlier: "list[Notebook]") -> "list[Notebook]":
        """Choose the notebooks that must run first: those it names, or without a word all that come before it.

        Raises
        ------
        InputError
            It names one that is not there.
        """
        named = self.content["metadata"]["dalil"].get("needs")
        if named is None:
            return earlier
        if missing := set(named) - {notebook.number for notebook in earlier}:
            problem = f"it needs {', '.join(sorted(missing))}: no notebook of that number comes before it"
            raise InputError.of(shown(self.path), [problem], then="Mend needs in its metadata.")
        return [notebook for notebook in earlier if notebook.number in named]


def notebooks_of(project: Project) -> list[Notebook]:
    """List the notebooks that make a project's report, in their order.

    Those of the package are taken, and those of the project besides, or in the place of one with the same number.

    Raises
    ------
    InputError
        Two notebooks of the project have one number, or one comes after the report.
    """
    found = {notebook.number: notebook for notebook in _in(NOTEBOOKS)}
    own = _in(project.notebooks)
    numbers = [notebook.number for notebook in own]
    problems = [
        f"{notebook.path.name}: another one has that number" for notebook in own if numbers.count(notebook.number) > 1
    ]
    problems += [
        f"{notebook.path.name}: the report, number {REPORT}, is the last one"
        for notebook in own
        if notebook.number > REPORT
    ]
    if problems:
        raise InputError.of(shown(project.notebooks), problems, then=f"Give each a number of its own below {REPORT}.")
    found |= {notebook.number: notebook for notebook in own}
    return [found[number] for number in sorted(found)]


def new_notebook(project: Project, name: str) -> Path:
    """Write a notebook of one's own to start from, under the next free number.

    Raises
    ------
    InputError
        The name cannot be used, or no number is left.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        problem = f'found "{name}"; allowed: small letters, digits and -, a letter first'
        raise InputError.of("the name of a notebook", [problem], then="make notebook NAME=mine")
    taken = {notebook.number for notebook in notebooks_of(project)}
    free = [number for number in map(str, range(OWN, int(REPORT))) if number not in taken]
    if not free:
        raise InputError.of(shown(project.notebooks), [f"{OWN} to {int(REPORT) - 1} are taken"], then="Take one away.")
    path = project.notebooks / f"{free[0]}-{name}.ipynb"
    template = TEMPLATE_NOTEBOOK.read_text(encoding="utf-8")
    write_whole(path, template.replace('\\"NAME\\"', f'\\"{path.stem}\\"'))
    return path


def _in(folder: Path) -> list[Notebook]:
    return [Notebook(path) for path in sorted(folder.glob("*.ipynb")) if _NAME.fullmatch(path.name)]


def _cell(cell: dict[str, Any], number: int) -> dict[str, Any]:
    """A cell without its outputs; those of old notebooks get a name."""
    kept = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id", f"cell-{number}"),
        "metadata": {key: cell["metadata"][key] for key in ("tags",) if cell["metadata"].get(key)},
        "source": "".join(cell["source"]),
    }
    return {**kept, "outputs": [], "execution_count": None} if kept["cell_type"] == "code" else kept
