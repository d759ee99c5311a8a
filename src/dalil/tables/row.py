"""Rows with types: what a field of each type is on disk, in one column or in several, always as text."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, get_args, get_origin, get_type_hints

from dalil.errors import InputError, nearest
from dalil.numbers.intervals import Estimate, Interval, decimal_text
from dalil.numbers.periods import Period, has_year

# The unit of values that are dates.
DATE = "date"

# A number or, for what is a date, a period; a date without a year is neither and stays text.
Value = Estimate | Period | str

# A period that is written with its first and its last day, each in a column of its own.
Days = Annotated[Period | None, "days"]


class Row:
    """A row of a table; a kind of rows is a frozen dataclass whose fields, in order, are the table's columns.

    A field of type :class:`Estimate` takes three columns, its value and the ends of its interval, rounded outwards
    in the last digit kept: ``gap``, ``gap_low``, ``gap_high``, and for the field ``value`` the columns ``value``,
    ``low``, ``high``. :data:`Days` take two, ``period_start`` and ``period_end``. Lists are written with spaces,
    mappings as JSON, truth as yes or no.
    """

    table: ClassVar[str] = ""

    def __init_subclass__(cls, table: str = "") -> None:
        """Name the table that the rows are of."""
        cls.table = table

    @classmethod
    def columns(cls) -> list[str]:
        """The columns of the table, in order."""
        return [column for name, form in _forms(cls).items() for column in form.columns(name)]

    @classmethod
    def of_texts(cls, texts: Mapping[str, str]) -> Self:
        """Make a row from its texts.

        Raises
        ------
        InputError
            A text is not what its column holds.
        """
        values = {}
        for name, form in _forms(cls).items():
            written = [texts[column] for column in (*form.columns(name), *form.told_by)]
            try:
                values[name] = form.read(written)
            except (ValueError, InputError) as error:
                problem = f'column {name}: found "{" ".join(written)}"; {error}'
                raise InputError.of(f"table {cls.table}", [problem], then="Run make report again.") from None
        return cls(**values)

    def texts(self) -> dict[str, str]:
        """The row as it stands on disk, by column."""
        return {
            column: text
            for name, form in _forms(type(self)).items()
            for column, text in zip(form.columns(name), form.write(getattr(self, name)), strict=True)
        }

    @cached_property
    def _texts(self) -> dict[str, str]:
        return self.texts()

    def __getitem__(self, column: str) -> str:
        return self._texts[column]

    def keys(self) -> Iterable[str]:
        """The columns, so that a row can be taken for a mapping of texts."""
        return self._texts.keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def get(self, column: str, default: str = "") -> str:
        """The text of a column, or another where there is none of that name."""
        return self._texts.get(column, default)


class _Form(NamedTuple):
    """How a type stands on disk: the columns of a field of its name, its texts, and back.

    ``told_by`` are columns of other fields that reading looks at as well.
    """

    columns: Callable[[str], list[str]]
    write: Callable[[Any], list[str]]
    read: Callable[[list[str]], Any]
    told_by: tuple[str, ...] = ()


def _one(write: Callable[[Any], str], read: Callable[[str], Any]) -> _Form:
    """A type that takes one column."""
    return _Form(lambda name: [name], lambda value: [write(value)], lambda texts: read(texts[0]))


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def _write_estimate(estimate: Estimate | None) -> list[str]:
    if estimate is None:
        return ["", "", ""]
    low, high = estimate.range.low, estimate.range.high
    ends = decimal_text(low, towards=math.floor), decimal_text(high, towards=math.ceil)
    return [decimal_text(estimate.value), *ends]


def _read_estimate(texts: list[str]) -> Estimate:
    value, low, high = map(_number, texts)
    return Estimate(value, Interval(low, high))


def _estimate_columns(name: str) -> list[str]:
    return ["value", "low", "high"] if name == "value" else [name, f"{name}_low", f"{name}_high"]


def _read_value(texts: list[str]) -> Value | None:
    """Read a number or, as the unit says, a date; nothing where there is none."""
    *written, unit = texts
    if not any(written):
        return None
    if unit != DATE:
        return _read_estimate(written)
    return Period.parse(written[0]) if has_year(written[0]) else written[0]


def _write_value(value: Value | None) -> list[str]:
    return [str(value)] * 3 if isinstance(value, Period | str) else _write_estimate(value)


def _read_span(texts: list[str]) -> Period | None:
    return Period.parse("/".join(dict.fromkeys(texts))) if any(texts) else None


def _write_span(period: Period | None) -> list[str]:
    return ["", ""] if period is None else [period.start.isoformat(), period.end.isoformat()]


def _chosen(allowed: tuple[str, ...]) -> Callable[[str], str]:
    """Refuse what is none of some names."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(nearest(text, allowed))
        return text

    return read


def _truth(text: str) -> bool:
    return _chosen(("yes", "no"))(text) == "yes"


_FORMS: dict[Any, _Form] = {
    str: _one(str, str),
    int: _one(str, int),
    bool: _one(lambda value: "yes" if value else "no", _truth),
    Fraction: _one(decimal_text, Fraction),
    Estimate: _Form(_estimate_columns, _write_estimate, _read_estimate),
    Estimate | None: _Form(
        _estimate_columns, _write_estimate, lambda texts: _read_estimate(texts) if any(texts) else None
    ),
    Value | None: _Form(_estimate_columns, _write_value, _read_value, told_by=("unit",)),
    Period: _one(str, Period.parse),
    Period | None: _one(
        lambda value: "" if value is None else str(value), lambda text: Period.parse(text) if text else None
    ),
    tuple[str, ...]: _one(" ".join, lambda text: tuple(text.split())),
    tuple[int, ...]: _one(lambda value: " ".join(map(str, value)), lambda text: tuple(map(int, text.split()))),
    dict[str, str]: _one(lambda value: json.dumps(value, ensure_ascii=False), json.loads),
}

_DAYS = _Form(lambda name: [f"{name}_start", f"{name}_end"], _write_span, _read_span)


_KNOWN: dict[type[Row], dict[str, _Form]] = {}


def _forms(row: Any) -> dict[str, _Form]:
    """How each field of a row stands on disk."""
    if row not in _KNOWN:
        hints = get_type_hints(row, include_extras=True)
        _KNOWN[row] = {field.name: _form(hints[field.name]) for field in fields(row)}
    return _KNOWN[row]


def _form(kind: Any) -> _Form:
    if kind == Days:
        return _DAYS
    return _one(str, _chosen(get_args(kind))) if get_origin(kind) is Literal else _FORMS[kind]
