"""Figures of one's own: one table, each row with its source."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from dalil.claims.entries import PeriodField, known_units
from dalil.errors import InputError, nearest
from dalil.numbers.intervals import decimal
from dalil.numbers.periods import Period
from dalil.project import shown
from dalil.reference.loading import UNITS, refusal
from dalil.reference.record import Origin, OriginKind, Reliability
from dalil.text.decoding import decode
from dalil.text.grammar import languages
from dalil.text.quantities import read_quantities

COLUMNS = ("measure", "subject", "period", "value", "unit", "source", "url", "published", "reliability")
# What else may be said of a figure.
FURTHER = ("kind", "licence", "accessed", "note")
# What a source is taken to be where that is not said: the kind that is most often as reliable.
_KIND = {"high": "statistics", "medium": "press", "low": "unsourced"}
_NOT_STATED = "not stated"
_THEN = "Give each figure with a period, a number, a unit and a source; a line that begins with # is a note."


@cache
def unit_of(text: str) -> tuple[str, Fraction]:
    """Read a unit: by the name that claims have for it, or as an article would say it, with a scale or without.

    Returns
    -------
    tuple[str, Fraction]
        The base unit, and how many of it one is.

    Raises
    ------
    ValueError
        It is none.

    Examples
    --------
    >>> unit_of("t"), unit_of("thousand tonnes"), unit_of("тыс. человек"), unit_of("percent")
    (('t', Fraction(1, 1)), ('t', Fraction(1000, 1)), ('person', Fraction(1000, 1)), ('ratio', Fraction(1, 100)))
    """
    if text in UNITS:
        return UNITS[text]
    if text in known_units():
        return text, Fraction(1)
    said = f"1 {text}"
    for language in languages():
        found = read_quantities(said, language)
        if [one.text for one in found] == [said] and found[0].value:
            return found[0].unit, Fraction(found[0].value)
    close = nearest(text, {*UNITS, *known_units()})
    allowed = "allowed: item, or as an article says it: people, percent, thousand tonnes, million USD"
    raise ValueError(f'"{text}": {allowed if close.startswith("allowed") else close}')


def _day(text: object) -> object:
    """A day as spreadsheets in many languages write it, 14.05.2023, put into ISO 8601; anything else as it is."""
    return re.sub(r"\b(\d\d)\.(\d\d)\.(\d{4})\b", r"\3-\2-\1", text) if isinstance(text, str) else text


def _number(text: object) -> tuple[Fraction, Fraction]:
    """A number with the worth of its last printed digit; spaces between digits and a decimal comma are understood."""
    written = re.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "", str(text)).replace("\u2212", "-")
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}(,\d{3})+", written):
        raise ValueError(f'"{text}" has a comma that may part thousands or decimals; write 1240 or 1.240')
    written = written.replace(",", ".")
    try:
        value = decimal(written)
    except ValueError:
        raise ValueError(f'"{text}" is not a number; write digits alone, such as 1240 or 31.2') from None
    return value, Fraction(1, 10 ** len(written.partition(".")[2]))


class Figure(BaseModel):
    """A row of the table: one figure with its source."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    measure: str = Field(min_length=1)
    subject: str
    period: Annotated[Period, BeforeValidator(Period.validate), BeforeValidator(_day)]
    value: Annotated[tuple[Fraction, Fraction], BeforeValidator(_number)]
    unit: Annotated[tuple[str, Fraction], BeforeValidator(unit_of)]
    source: str = Field(pattern=r"\w")
    url: str = Field(pattern=r"^(https?://\S+)?$")
    published: Annotated[PeriodField, BeforeValidator(_day)]
    reliability: Reliability
    kind: OriginKind | None = None
    licence: str = ""
    accessed: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    note: str = ""

    def named(self) -> str:
        """What it is a figure of."""
        return " ".join(part for part in (self.measure, self.subject, str(self.period)) if part)

    def origin(self) -> Origin:
        """Where it is from."""
        day = str(self.published or "")
        return Origin(
            kind=self.kind or _KIND[self.reliability], producer=self.source, title=self.source,
            date_published=day or _NOT_STATED, date_accessed=self.accessed or _NOT_STATED,
            licence=self.licence or _NOT_STATED, citation=f"{self.source} ({day})." if day else f"{self.source}.",
            address=self.url or "-", reliability=self.reliability,
        )  # fmt: skip


@dataclass(frozen=True)
class Own:
    """Figures of one's own by the line that each stands on, and the file they are from."""

    path: Path
    figures: dict[int, Figure]


def read_own(path: Path) -> Own:
    """Read a table of one's own; one that is not there has no figures.

    Columns may be parted by commas, semicolons or tabs, as spreadsheets do.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        With every row that is wrong and its line: no number, no known unit, a period that is none, no source, a
        figure of one source given twice; or other columns than :data:`COLUMNS` and :data:`FURTHER`.
    """
    return parse_own(path, decode(path, path.read_bytes())) if path.is_file() else Own(path, {})


def parse_own(path: Path, text: str) -> Own:
    """Read the text of a table of one's own, as :func:`read_own` does."""
    rows = rows_of(path, text)
    if not rows:
        return Own(path, {})
    columns = [name.strip() for name in rows[0].cells]
    if problems := [*_wrong_columns(columns)]:
        raise InputError.of(f"{shown(path)}, line {rows[0].last}", problems, then=f"Begin with {','.join(COLUMNS)}")
    figures: dict[int, Figure] = {}
    problems = []
    for line, row in ((row.last, row.cells) for row in rows[1:]):
        if len(row) != len(columns):
            problems.append(f"line {line}: it has {len(row)} fields, and the first line {len(columns)}")
            continue
        try:
            figures[line] = Figure.model_validate(_given(dict(zip(columns, row, strict=True))))
        except ValidationError as error:
            said = [refusal(detail).replace("Input should be", "allowed:") for detail in error.errors()]
            problems += [f"line {line}: {one}" for one in said]
    problems += _twice(figures)
    if problems:
        raise InputError.of(shown(path), problems, then=_THEN)
    return Own(path, figures)


@dataclass(frozen=True)
class Line:
    """A row of the table as it stands there: its cells, its first and its last line."""

    cells: list[str]
    first: int
    last: int


def delimiter_of(text: str) -> str:
    """Tell what parts the columns: what the first line that is no note has most of."""
    head = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    return max(",;\t", key=head.count)


def rows_of(path: Path, text: str) -> list[Line]:
    """List the rows of the table, without notes and empty ones; the first has the names of the columns.

    Raises
    ------
    InputError
        It is no table.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    rows, before = [], 0
    try:
        for cells in reader:
            if "".join(cells).strip() and not cells[0].startswith("#"):
                rows.append(Line(cells, before + 1, reader.line_num))
            before = reader.line_num
    except csv.Error as error:
        raise InputError.of(shown(path), [f"line {reader.line_num}: {error}"], then=_THEN) from None
    return rows


def _wrong_columns(columns: list[str]) -> Iterator[str]:
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        yield f"columns that are missing: {', '.join(missing)}"
    for name in dict.fromkeys(columns):
        if name not in (*COLUMNS, *FURTHER):
            yield f'column "{name}": {nearest(name, (*COLUMNS, *FURTHER))}'
        if columns.count(name) > 1:
            yield f'column "{name}" is there {columns.count(name)} times'


def _given(row: dict[str, str]) -> dict[str, Any]:
    """The fields of a row, without spaces around them and those that may be left out and are."""
    fields = {name: " ".join(text.split()) for name, text in row.items()}
    return {name: text for name, text in fields.items() if text or name in COLUMNS}


def _twice(figures: dict[int, Figure]) -> Iterator[str]:
    first: dict[tuple[object, ...], int] = {}
    for line, one in figures.items():
        key = (folded(one.measure), folded(one.subject), one.period, one.unit[0], one.source)
        if key in first:
            yield f"line {line}: {one.named()} of {one.source} stands in line {first[key]} already"
        first.setdefault(key, line)


@cache
def folded(name: str) -> str:
    """A name without what does not matter in it: capitals, spaces, hyphens and underscores."""
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())
