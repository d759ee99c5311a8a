"""The tables on disk: what the Data Package says of them, written and read one way."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from dalil.errors import InputError
from dalil.project import DATA_PACKAGE, shown, write_whole
from dalil.tables.row import Row, csv_of
from dalil.tables.rows import ROWS

R = TypeVar("R", bound=Row)


@lru_cache
def package() -> dict[str, Any]:
    """Return the Data Package description (https://specs.frictionlessdata.io/data-package/)."""
    return dict(json.loads(DATA_PACKAGE.read_text(encoding="utf-8")))


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


def write_table(folder: Path, table: str, rows: Iterable[Row]) -> None:
    """Write rows as CSV, all as text.

    Raises
    ------
    InputError
        A row is one of another table.
    """
    listed = list(rows)
    if other := {row.table for row in listed} - {table}:
        raise InputError.of(f"table {table}", [f"rows of the table {name}" for name in sorted(other)])
    write_whole(folder / f"{table}.csv", csv_of([ROWS[table].columns(), *(row.texts().values() for row in listed)]))


def read_table(folder: Path, row: type[R]) -> list[R]:
    """Read the rows of a table, which their type names.

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
