"""Lists the quantities of a file on standard output."""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from dalil.tables.row import cell_of, csv_of
from dalil.text.formats import stream_text
from dalil.text.grammar import grammar
from dalil.text.quantities import Quantity, read_stream

COLUMNS = [
    "start", "end", "text", "value", "low", "high", "unit", "kind", "comparator", "precision", "direction", "change",
    "base",
]  # fmt: skip


def list_quantities(file: str, language: str, form: Literal["jsonl", "csv"]) -> None:
    """Write a line for each quantity of a file; ``-`` is standard input, ``auto`` tells the language by paragraph.

    Raises
    ------
    InputError
        There is no grammar of that name, or the file is not one that can be read.
    """
    if language != "auto":
        grammar(language)
    if form == "csv":
        sys.stdout.write(csv_of([COLUMNS]))
    for quantity in read_stream(_pieces(file), language):
        if form == "csv":
            sys.stdout.write(csv_of([["" if v is None else cell_of(str(v)) for v in row(quantity).values()]]))
        else:
            sys.stdout.write(json.dumps(row(quantity), ensure_ascii=False) + "\n")


def row(quantity: Quantity) -> dict[str, str | int | None]:
    """Return a quantity as a row: places as numbers, all else as text; what is open or not there is ``None``.

    Examples
    --------
    >>> from dalil.text.quantities import read_quantities
    >>> [row(q)["value"] for q in read_quantities("2018-yilda 2 mlrd dollar", "uz")]
    ['2018', '2000000000']
    """
    numbers = {name: getattr(quantity, name) for name in ("value", "low", "high", "precision")}
    texts: dict[str, str | int | None] = {n: None if v is None else f"{v:f}" for n, v in numbers.items()}
    if quantity.iso:
        texts["value"] = quantity.iso
    return {name: texts[name] if name in texts else getattr(quantity, name) for name in COLUMNS}


def _pieces(file: str) -> Iterator[str]:
    """Yield the text of a file in pieces; what comes on standard input is kept in a file first, to be checked whole."""
    if file != "-":
        yield from stream_text(Path(file))
        return
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "standard input"
        with held.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield from stream_text(held)
