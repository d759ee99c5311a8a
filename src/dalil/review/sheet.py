"""Claims in a spreadsheet and back: a row a claim, checked like a claims file; problems have their row and column."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from dalil.claims.entries import ClaimEntry
from dalil.errors import InputError, nearest
from dalil.project import shown, write_whole
from dalil.review.document import Document
from dalil.review.edits import set_fields
from dalil.review.state import sentences_of
from dalil.tables.row import cell_of, csv_of, text_of

# What a cell can hold of a claim: what is neither a list nor told by language.
FIELDS = tuple(name for name in ClaimEntry.model_fields if name not in {"counts", "leaves_open", "statement"})
# What is beside it to be read, and never taken back.
_SEEN = ("line", "sentence")
# The cells of a row; nothing stands for a formula, which is never worked out.
Cells = list[str | None]


def write_sheet(document: Document, path: Path) -> Iterator[str]:
    """Write the claims of a document to a spreadsheet, none of its cells a formula; say what was done.

    Raises
    ------
    InputError
        Its name ends in neither ``.xlsx`` nor ``.csv``.
    """
    rows = [[*_SEEN, *FIELDS]]
    article = document.article
    for entry, sentence in zip(document.written, sentences_of(document), strict=True):
        texts = (_text(entry.get(name, True if name == "reviewed" else "")) for name in FIELDS)
        said = " ".join(article.raw[sentence.start : sentence.end].split())
        cells = (str(article.line(sentence.start)), said, *texts)
        rows.append([ILLEGAL_CHARACTERS_RE.sub(" ", text) for text in cells])
    write_whole(path, _KINDS[_kind(path)][0](rows))
    yield f"{shown(path)}: {len(rows) - 1} claims; mend, save, and give it back with --import (make: IMPORT=…)"


def read_sheet(document: Document, path: Path) -> Iterator[str]:
    """Take over what a spreadsheet says of the claims of a document; say what was done.

    Rows are known by their ``id``; one that is new is a new claim, and a claim without a row stays as it is.

    Raises
    ------
    InputError
        With every problem and its row and column; nothing is then taken over.
    """
    columns, rows = _read(path)
    given = {row["id"]: (number, row) for number, row in rows}
    places = {name: partial(_place, number, columns) for name, (number, _) in given.items()}
    known = {str(entry["id"]) for entry in document.written}

    def edit(data: Any) -> None:
        for entry in data["claims"]:
            if entry["id"] in given:
                set_fields(entry, {key: _value(key, text) for key, text in given[entry["id"]][1].items()})
        data["claims"].extend(
            {key: _value(key, text) for key, text in row.items() if text}
            for name, (_, row) in given.items()
            if name not in known
        )

    try:
        document.change(edit, places)
    except InputError as error:
        raise InputError.of(shown(path), error.problems, then="Mend the spreadsheet; nothing was taken over.") from None
    yield f"{shown(document.path)}: {len(given)} claims taken from {shown(path)}"
    if missing := [name for name in known if name not in given]:
        yield f"{len(missing)} claims have no row there and stay as they are"


def _place(number: int, columns: list[str], key: object) -> str:
    column = f", column {get_column_letter(columns.index(str(key)) + 1)} ({key})" if key in columns else ""
    return f"row {number}{column}"


def _read(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Read the columns of a spreadsheet, and each row with its number."""
    if not path.is_file():
        raise InputError.of(shown(path), ["no such file"], then="Check the path.")
    head, *body = _KINDS[_kind(path)][1](path) or [[]]
    columns = [str(name).strip() for name in head]
    problems = [
        f"column {get_column_letter(place)}: {name!r} is not known; {nearest(name, FIELDS)}"
        for place, name in enumerate(columns, start=1)
        if name and name not in (*FIELDS, *_SEEN)
    ]
    if "id" not in columns:
        problems.append('row 1: no column "id", by which rows are known')
    rows: list[tuple[int, dict[str, str]]] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(body, start=2):
        formulas = [name for name, text in zip(columns, cells, strict=False) if text is None]
        problems += [f"{_place(number, columns, name)}: a formula; write what it comes to" for name in formulas]
        row = {name: text or "" for name, text in zip(columns, cells, strict=False)}
        if not any(row.values()):
            continue
        name = row.get("id", "")
        if not name or name in seen:
            said = f'id "{name}" is taken by row {seen[name]}' if name else "no id"
            problems.append(f"{_place(number, columns, 'id')}: {said}; write one")
        seen.setdefault(name, number)
        rows.append((number, {key: text for key, text in row.items() if key in FIELDS}))
    if problems:
        raise InputError.of(shown(path), problems, then="Mend the spreadsheet; nothing was taken over.")
    return columns, rows


def _text(value: object) -> str:
    """A cell as a claims file would have it."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value).strip()


def _value(key: str, text: str) -> object:
    """A field as a claims file has it."""
    flags = {"true": True, "false": False}
    if key == "reviewed":
        return flags.get(text.lower(), text)
    return int(text) if key == "weight" and text.isdecimal() else text


def _xlsx(rows: list[list[str]]) -> bytes:
    book = Workbook(write_only=False)
    sheet = book.active
    sheet.title, sheet.freeze_panes = "claims", "A2"
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place, text)
            # Text, whatever it begins with.
            cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
    sheet.column_dimensions["B"].width = 60
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _from_xlsx(path: Path) -> list[Cells]:
    try:
        sheet = load_workbook(path).worksheets[0]
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError):
        raise InputError.of(shown(path), ["it is no spreadsheet"], then="Save it as .xlsx.") from None
    return [[None if cell.data_type == "f" else _text(cell.value) for cell in row] for row in sheet.iter_rows()]


def _csv(rows: list[list[str]]) -> bytes:
    # Spreadsheets know UTF-8 by its mark.
    return csv_of([cell_of(text) for text in row] for row in rows).encode("utf-8-sig")


def _from_csv(path: Path) -> list[Cells]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError.of(shown(path), [f"not UTF-8 at byte {error.start}"], then="Save it as UTF-8.") from None
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [[None if cell.startswith("=") else text_of(cell.strip()) for cell in row] for row in rows]


def _kind(path: Path) -> str:
    if path.suffix.lower() not in _KINDS:
        raise InputError.of(shown(path), [f"allowed: {' and '.join(_KINDS)}"], then="Name such a file.")
    return path.suffix.lower()


# How a kind of spreadsheet is written and read.
_KINDS: dict[str, tuple[Callable[[list[list[str]]], bytes], Callable[[Path], list[Cells]]]] = {
    ".xlsx": (_xlsx, _from_xlsx),
    ".csv": (_csv, _from_csv),
}
