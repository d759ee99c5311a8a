"""Rows with types: what a field of each type is on disk, in one column or in several, always as text."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, get_args, get_origin, get_type_hints

from dalil.errors import InputError, nearest
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate, Interval, decimal_text
from dalil.numbers.periods import Period, has_year

# The unit of values that are dates.
DATE = "date"

# How a text begins that a spreadsheet would take for a formula and run, quoted or not; and the numbers among those.
_FORMULA = re.compile(r"(?s)'*[=+\-@\t\r\n＝＋－＠].")
_NUMBER = re.compile(r"[+-][\d\s.,%]*")

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
    def of(cls, *sources: object, **given: Any) -> Self:
        """Make a row of what has its fields by name, the last source counting, and of those that are given."""

        def taken(name: str) -> Any:
            return getattr(next((s for s in reversed(sources) if hasattr(s, name)), None), name)

        return cls(**{name: given[name] if name in given else taken(name) for name in _forms(cls)})

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
        written = [text for name, form in _forms(type(self)).items() for text in form.write(getattr(self, name))]
        return dict(zip(self.columns(), written, strict=True))


def value_texts(value: Value | Amount | None) -> list[str]:
    """Write a number or an amount with the ends of its interval, rounded outwards; or what is a date three times.

    Examples
    --------
    >>> value_texts(Estimate(Fraction(2), Interval(Fraction(1), None)))
    ['2', '1', '']
    """
    if value is None or isinstance(value, Period | str):
        return [str(value or "")] * 3
    ends = decimal_text(value.range.low, towards=math.floor), decimal_text(value.range.high, towards=math.ceil)
    return [decimal_text(value.value), *ends]


def cell_of(text: str) -> str:
    """Write a text as a cell: a spreadsheet runs none, since an apostrophe says that what follows is text.

    Examples
    --------
    >>> cell_of("=1+1"), cell_of("-5"), cell_of("5 t")
    ("'=1+1", '-5', '5 t')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def text_of(cell: str) -> str:
    """Read what :func:`cell_of` wrote."""
    return cell[1:] if cell.startswith("'") and cell_of(cell[1:]) == cell else cell


def csv_of(rows: Iterable[Iterable[str]]) -> str:
    """Write a table, its head first, as RFC 4180 has it but for the ends of its lines, which are ``\\n``.

    Python's own writer leaves a carriage return alone bare, after which other programs begin a new row.

    Examples
    --------
    >>> csv_of([["a", "b"], ["5, 6", "x"]])
    'a,b\\n"5, 6",x\\n'
    """
    return "".join(f"{','.join(map(_quoted, row))}\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[",\r\n]', cell) else cell


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


def _optional(form: _Form) -> _Form:
    """A type that may be missing, all its columns empty."""
    empty = [""] * len(form.columns(""))
    return form._replace(
        write=lambda value: empty if value is None else form.write(value),
        read=lambda texts: form.read(texts) if any(texts[: len(empty)]) else None,
    )


def _estimate_columns(name: str) -> list[str]:
    return ["value", "low", "high"] if name == "value" else [name, f"{name}_low", f"{name}_high"]


def _read_estimate(texts: list[str]) -> Estimate:
    value, low, high = (Fraction(text) if text else None for text in texts)
    return Estimate(value, Interval(low, high))


def _read_value(texts: list[str]) -> Value:
    """Read a number or, as the unit says, a date."""
    *written, unit = texts
    if unit != DATE:
        return _read_estimate(written)
    return Period.parse(written[0]) if has_year(written[0]) else written[0]


def _chosen(*allowed: str) -> Callable[[str], str]:
    """Refuse what is none of some names."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(nearest(text, allowed))
        return text

    return read


_ESTIMATE = _Form(_estimate_columns, value_texts, _read_estimate)
_VALUE = _Form(_estimate_columns, value_texts, _read_value, told_by=("unit",))
_PERIOD = _one(str, Period.parse)
_DAYS = _Form(
    lambda name: [f"{name}_start", f"{name}_end"],
    lambda period: [period.start.isoformat(), period.end.isoformat()],
    lambda texts: Period.parse("/".join(dict.fromkeys(texts))),
)
_FORMS: dict[Any, _Form] = {
    str: _one(cell_of, text_of),
    int: _one(str, int),
    bool: _one(lambda value: "yes" if value else "no", lambda text: _chosen("yes", "no")(text) == "yes"),
    Fraction: _one(decimal_text, Fraction),
    Estimate: _ESTIMATE,
    Estimate | None: _optional(_ESTIMATE),
    Value | None: _optional(_VALUE),
    Period: _PERIOD,
    Period | None: _optional(_PERIOD),
    Days: _optional(_DAYS),
    tuple[str, ...]: _one(" ".join, lambda text: tuple(text.split())),
    tuple[int, ...]: _one(lambda value: " ".join(map(str, value)), lambda text: tuple(map(int, text.split()))),
    dict[str, str]: _one(lambda value: json.dumps(value, ensure_ascii=False), json.loads),
}


def _forms_of(row: Any) -> dict[str, _Form]:
    hints = get_type_hints(row, include_extras=True)
    kinds = {field.name: hints[field.name] for field in fields(row)}
    return {
        name: _one(str, _chosen(*get_args(kind))) if get_origin(kind) is Literal else _FORMS[kind]
        for name, kind in kinds.items()
    }


# How each field of a row stands on disk.
_forms: Callable[[Any], dict[str, _Form]] = cache(_forms_of)
