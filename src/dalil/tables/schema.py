"""The tables on disk: their columns as the Data Package describes them, written and read one way."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from dalil.errors import InputError
from dalil.project import DATA_PACKAGE, shown, write_whole
from dalil.tables.row import Row

R = TypeVar("R", bound=Row)


@lru_cache
def package() -> dict[str, Any]:
    """Return the Data Package description (https://specs.frictionlessdata.io/data-package/)."""
    return dict(json.loads(DATA_PACKAGE.read_text(encoding="utf-8")))


def columns(table: str) -> list[str]:
    """Return the columns of a table, in order.

    Examples
    --------
    >>> columns("claims")[:3]
    ['claim_id', 'kind', 'measure']
    """
    return [field["name"] for field in _resource(table)["schema"]["fields"]]


def tables_of(notebook: str) -> tuple[str, ...]:
    """List the tables that the notebook of a number makes; a notebook that is a user's own makes none of them.

    Parameters
    ----------
    notebook
        Its name, which begins with the number.

    Examples
    --------
    >>> tables_of("02-growth-rates")
    ('growth',)
    """
    return tuple(r["name"] for r in package()["resources"] if r["notebook"][:2] == notebook[:2])


def write_table(folder: Path, table: str, rows: Iterable[Row | Mapping[str, object]]) -> pd.DataFrame:
    """Write rows as CSV with exactly the columns described, all as text; return them as a frame.

    Raises
    ------
    InputError
        A row has other columns than described.
    """
    names = columns(table)
    listed = [row.texts() if isinstance(row, Row) else dict(row) for row in rows]
    if wrong := [sorted(set(row) ^ set(names)) for row in listed if set(row) != set(names)]:
        raise InputError.of(f"table {table}", [f"columns missing or not described: {', '.join(wrong[0])}"])
    frame = pd.DataFrame(listed, columns=names, dtype=str)
    write_whole(folder / f"{table}.csv", frame.to_csv(index=False, lineterminator="\n"))
    return frame


def read_table(folder: Path, row: type[R]) -> list[R]:
    """Read the rows of a table.

    Parameters
    ----------
    folder
        Where the run keeps its tables.
    row
        The type of its rows, which names the table.

    Raises
    ------
    InputError
        It is not there, or not the table described.
    """
    path = folder / f"{row.table}.csv"
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise InputError.of(
            shown(path), ["not there yet"], then="Run make report, or the notebooks before this one."
        ) from None
    if list(frame.columns) != row.columns():
        raise InputError.of(shown(path), [f"its columns are {', '.join(frame.columns)}"], then="Run make report again.")
    return [row.of_texts({str(name): str(text) for name, text in texts.items()}) for texts in frame.to_dict("records")]


def _resource(table: str) -> dict[str, Any]:
    return next(dict(resource) for resource in package()["resources"] if resource["name"] == table)
