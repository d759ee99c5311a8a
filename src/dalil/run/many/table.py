"""Tables of many rows: CSV, written row by row, and Parquet beside it where DuckDB is installed."""

import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from dalil.run.many.store import Store
from dalil.tables.row import cell_of, csv_of


def write_long(
    store: Store, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[str] = ()
) -> list[str]:
    """Write a table that may be larger than what memory holds; return the places of its files.

    Parameters
    ----------
    store, name
        Where, and what it is called there.
    columns, rows
        Its head and its rows, as text.
    numbers
        The columns that Parquet has as numbers, to some fifteen digits; all others are text, as in CSV.
    """
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder) / f"{name}.csv"
        with csv.open("w", encoding="utf-8", newline="") as file:
            file.write(csv_of([columns]))
            file.writelines(csv_of([[cell_of(cell) for cell in row]]) for row in rows)
        files = [csv, *_parquet(csv, numbers)]
        for written in files:
            store.take(written.name, written)
    return [store.place(written.name) for written in files]


def _parquet(csv: Path, numbers: Collection[str]) -> list[Path]:
    """Write a table as Parquet, in bounded memory."""
    try:
        import duckdb
    except ImportError:
        return []
    to = csv.with_suffix(".parquet")
    with duckdb.connect() as database:
        # The columns are named by us; paths and cells are never a part of the statement.
        table = database.read_csv(str(csv), header=True, all_varchar=True, delimiter=",", quotechar='"', escapechar='"')
        # Joined to nothing, a text is no longer converted while it is read, where what is no number would be an error.
        numeric = ", ".join(f'TRY_CAST("{column}" || \'\' AS DOUBLE) AS "{column}"' for column in numbers)
        (table.project(f"* REPLACE ({numeric})") if numbers else table).write_parquet(str(to))
    return [to]
