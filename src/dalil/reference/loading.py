"""Reading the record: Data Packages of figures, refused as a whole where any of them cannot be trusted."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from dalil.claims.entries import PeriodField
from dalil.errors import InputError, nearest
from dalil.numbers.intervals import Estimate, as_printed, decimal, total
from dalil.numbers.periods import Period
from dalil.project import shown
from dalil.reference.record import Grouping, Observation, Origin, Reference, Statement, Status

DESCRIPTION = "datapackage.json"

# The units figures are printed in, each with the base unit it is read in and how many of that it holds.
UNITS = {
    "million USD": ("USD", Fraction(10**6)),
    "billion USD": ("USD", Fraction(10**9)),
    "million people": ("person", Fraction(10**6)),
    "person": ("person", Fraction(1)),
    "percent": ("ratio", Fraction(1, 100)),
    "index": ("index", Fraction(1)),
    "item": ("item", Fraction(1)),
    "rank": ("rank", Fraction(1)),
    "date": ("date", Fraction(1)),
}

_ORIGINS = "Say of each origin who made it, when, and on what terms."
# What a series says does not grow or shrink a hundredfold in a year; a slip of units (thousands for millions) does.
LARGEST_STEP = 100

R = TypeVar("R", bound=BaseModel)
# Names become places that links lead to.
_NAME = re.compile(r"\w[\w.-]*").fullmatch


def _number(value: object) -> object:
    try:
        return decimal(str(value))
    except ValueError:
        raise ValueError(f'"{value}" is not a number') from None


Number = Annotated[Fraction, BeforeValidator(_number)]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]


class _Row(BaseModel):
    """What rows of both kinds of table have."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    measure: str = Field(min_length=1)
    comparator: Comparator
    precision: Annotated[Number, Field(ge=0)]
    unit: str
    origin: str
    note: str

    @field_validator("unit")
    @classmethod
    def _is_unit(cls, value: str) -> str:
        if value not in UNITS:
            raise ValueError(f'"{value}": {nearest(value, UNITS)}')
        return value

    def _estimate(self, value: Fraction) -> Estimate:
        factor = UNITS[self.unit][1]
        return as_printed(value * factor, self.precision * factor, self.comparator, "half-unit")


class _ObservationRow(_Row):
    """A row of a table of series."""

    area: str = Field(pattern=r"^[A-Z]{2}$")
    partner: str = Field(pattern=r"^([A-Z]{2}|001)?$")
    flow: Literal["", "export", "import", "turnover"]
    year: Annotated[int, Field(ge=1800, le=2200)]
    value: Number
    basis: str
    status: Status

    def read(self) -> Observation:
        return Observation(
            self.measure, self.area, self.partner, self.flow, self.year, self.comparator, self._estimate(self.value),
            UNITS[self.unit][0], self.basis, self.status, self.origin, self.note,
        )  # fmt: skip


class _StatementRow(_Row):
    """A row of the table of statements."""

    kind: Literal["level", "change", "target", "count", "rank", "period", "date"]
    subject: str = Field(min_length=1)
    period: PeriodField
    base_period: PeriodField
    status: Literal["reported", "aimed"]
    value: str

    @field_validator("value")
    @classmethod
    def _is_value(cls, value: str, info: Any) -> str:
        if info.data.get("unit") == "date":
            return str(Period.validate(value))
        _number(value)
        return value

    def read(self) -> Statement:
        dated = self.unit == "date"
        return Statement(
            self.kind, self.measure, self.subject, self.period, self.base_period, self.status, self.comparator,
            None if dated else self._estimate(decimal(self.value)), Period.parse(self.value) if dated else None,
            UNITS[self.unit][0], self.origin, self.note,
        )  # fmt: skip


def read_reference(folder: Path) -> Reference:
    """Read a record: its ``datapackage.json`` and those of the folders in it, and each table they describe.

    Tables that are described and not there are named in the result, as is the description itself: what they would
    hold cannot be checked, and a report says so. A source of its own is a folder in the record.

    Parameters
    ----------
    folder
        The record.

    Raises
    ------
    InputError
        A figure without an origin, in no known unit or in another one than the rest of its measure, a hundred times
        the one of the year before; a year given twice; a turnover that is not exports plus imports; a table with
        other columns than described. All that is wrong in a file is named at once.
    """
    if not (folder / DESCRIPTION).exists():
        return Reference(absent={shown(folder / DESCRIPTION): ""})
    packages = {about: _described(about) for about in descriptions(folder)}
    rule = packages[folder / DESCRIPTION].get("reliability", {})
    origins: dict[str, Origin] = {}
    groupings: dict[str, Grouping] = {}
    for about, described in packages.items():
        problems = _added(origins, described.get("origins", {}), Origin, "origin")
        problems += _unlike(rule, described.get("origins", {}))
        problems += _added(groupings, described.get("groupings", {}), Grouping, "grouping")
        if problems:
            raise InputError.of(shown(about), problems, then=_ORIGINS)
    problems = [
        f'origin {name}: same_as "{origin.same_as}": {nearest(origin.same_as, origins)}'
        for name, origin in origins.items()
        if origin.same_as and origin.same_as not in origins
    ]
    if problems:
        raise InputError.of(shown(folder / DESCRIPTION), problems, then=_ORIGINS)
    observations: list[Observation] = []
    statements: list[Statement] = []
    absent: dict[str, str] = {}
    tables = [(about.parent, resource) for about, described in packages.items() for resource in described["resources"]]
    for place, resource in tables:
        path = place / resource["path"]
        if not path.is_file():
            if not resource.get("optional"):
                absent[shown(path)] = resource["title"]
            continue
        names = [field["name"] for field in resource["schema"]["fields"]]
        if "kind" in names:
            statements += [row.read() for _, row in _rows(path, names, _StatementRow, origins)]
        else:
            observations += _observations(path, names, origins)
    _check_units(observations, shown(folder))
    return Reference(origins, groupings, tuple(observations), tuple(statements), absent)


def descriptions(folder: Path) -> tuple[Path, ...]:
    """List where the tables of a record are described: in the record itself, and in each folder in it."""
    return (folder / DESCRIPTION, *sorted(folder.glob(f"*/{DESCRIPTION}")))


def files_of(folder: Path) -> tuple[Path, ...]:
    """List the files of a record that are there."""
    files = {path for about in descriptions(folder) for path in about.parent.glob("*")}
    return tuple(sorted(path for path in files if path.suffix in {".csv", ".json"}))


def _described(path: Path) -> dict[str, Any]:
    """Read the description of the tables."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # an escape can hide half a character
        for resource in data["resources"]:
            names = [field["name"] for field in resource["schema"]["fields"]]
            if not all(isinstance(text, str) for text in (resource["path"], resource["title"], *names)):
                raise TypeError("a path, title or field name is no text")
            if not (path.parent / resource["path"]).resolve().is_relative_to(path.parent.resolve()):
                raise ValueError(f'the path "{resource["path"]}" leads elsewhere')
        for part in ("origins", "groupings", "reliability"):
            if not isinstance(data.get(part, {}), dict):
                raise TypeError(f"{part} is no table of names")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        problem = f"not a Data Package with resources, paths, titles and fields: {error}"
        raise InputError.of(shown(path), [problem], then="Restore the file.") from None
    return dict(data)


def _added(found: dict[str, R], entries: dict[str, Any], model: type[R], what: str) -> list[str]:
    """Add the entries of one kind to those of other descriptions, and say what is wrong with them."""
    problems = [f"{what} {name}: another folder has one of that name" for name in entries if name in found]
    problems += [f"{what} {name!r}: its name is not of letters, digits, . - _" for name in entries if not _NAME(name)]
    for name, entry in entries.items():
        try:
            found[name] = model.model_validate(entry)
        except ValidationError as error:
            problems += [f"{what} {name}: {refusal(detail)}" for detail in error.errors()]
    return problems


def _unlike(rule: dict[str, Any], origins: dict[str, Any]) -> Iterator[str]:
    """Name origins that are not as reliable as the record says that all of their kind are."""
    for name, origin in origins.items():
        kind, given = (origin.get(key) if isinstance(origin, dict) else None for key in ("kind", "reliability"))
        wanted = rule.get(str(kind), {}).get("reliability", given)
        if given != wanted:
            yield f'origin {name}: reliability "{given}"; those of kind {kind} are {wanted}'


def _rows(path: Path, names: list[str], model: type[R], origins: dict[str, Origin]) -> list[tuple[int, R]]:
    """Read a table's rows, each with its line; every row that is wrong is named."""
    try:
        # Spreadsheets put a byte order mark before what they save as UTF-8.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError.of(shown(path), [f"not UTF-8 at byte {error.start}"], then="Save it as UTF-8.") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return _checked(path, names, reader, model, origins)
    except csv.Error as error:
        raise InputError.of(shown(path), [f"line {reader.line_num}: {error}"], then="Restore the file.") from None


def _checked(
    path: Path, names: list[str], reader: "csv.DictReader[str]", model: type[R], origins: dict[str, Origin]
) -> list[tuple[int, R]]:
    """Check the rows of a table as they are read."""
    if list(reader.fieldnames or []) != names:
        found = f"its columns are {', '.join(reader.fieldnames or ['none'])}"
        raise InputError.of(shown(path), [found, f"described are {', '.join(names)}"], then="Restore its first line.")
    rows: list[tuple[int, R]] = []
    problems: list[str] = []
    for row in reader:
        line = reader.line_num
        # More fields than columns are under None, and columns without a field have None.
        if None in row or None in row.values():
            count = len(names) + len(row.get(None) or ()) - sum(value is None for value in row.values())
            problems.append(f"line {line}: it has {count} fields; described are {len(names)}")
            continue
        try:
            rows.append((line, model.model_validate(row)))
        except ValidationError as error:
            problems += [f"line {line}: {refusal(detail)}" for detail in error.errors()]
        origin = row["origin"]
        if origin not in origins:
            wanted = f'"{origin}": {nearest(origin, origins)}' if origin else "none is given"
            problems.append(f"line {line}: origin: {wanted}")
    if problems:
        raise InputError.of(shown(path), problems, then="Each figure needs an origin, a unit and a number.")
    return rows


def _observations(path: Path, names: list[str], origins: dict[str, Origin]) -> list[Observation]:
    """Read a table of series and hold its rows against each other."""
    rows = [(line, row.read()) for line, row in _rows(path, names, _ObservationRow, origins)]
    problems = [*_twice(rows), *_wrong_turnovers(rows), *_wrong_steps(rows)]
    if problems:
        raise InputError.of(shown(path), problems, then="Compare the rows with their source.")
    return [one for _, one in rows]


def _twice(rows: list[tuple[int, Observation]]) -> Iterator[str]:
    """Name years that a series gives twice."""
    first: dict[tuple[object, ...], int] = {}
    for line, one in rows:
        key = (*_series(one), one.year)
        if key in first:
            yield f"line {line}: {_named(one)} in {one.year} stands in line {first[key]} already"
        first.setdefault(key, line)


def _wrong_turnovers(rows: list[tuple[int, Observation]]) -> Iterator[str]:
    """Name turnovers that are not exports plus imports, within rounding."""
    flows: dict[tuple[object, ...], dict[str, tuple[int, Observation]]] = defaultdict(dict)
    for line, one in rows:
        flows[one.measure, one.area, one.partner, one.origin, one.year][one.flow] = (line, one)
    for found in flows.values():
        if {"export", "import", "turnover"} <= set(found):
            line, turnover = found["turnover"]
            parts = total([found["export"][1].estimate, found["import"][1].estimate])
            if not turnover.estimate.range.meets(parts.range):
                given, made = (float(estimate.value or 0) for estimate in (turnover.estimate, parts))
                yield f"line {line}: turnover of {given:,.0f} {turnover.unit}; exports and imports make {made:,.0f}"


def _wrong_steps(rows: list[tuple[int, Observation]]) -> Iterator[str]:
    """Name years in which a series grows or shrinks as no series does."""
    series: dict[tuple[object, ...], list[tuple[int, Observation]]] = defaultdict(list)
    for line, one in rows:
        series[_series(one)].append((line, one))
    for listed in series.values():
        ordered = sorted(listed, key=lambda pair: pair[1].year)
        for (_, before), (line, after) in pairwise(ordered):
            first, second = before.estimate.value, after.estimate.value
            if first and second and not Fraction(1, LARGEST_STEP) < abs(second / first) < LARGEST_STEP:
                step = f"{float(first):,.0f} in {before.year} and {float(second):,.0f} in {after.year}"
                yield f"line {line}: {_named(after)} is {step} {after.unit}; is one of them in another unit?"


def _check_units(observations: list[Observation], where: str) -> None:
    """Refuse a measure that is given in two units."""
    units: dict[str, set[str]] = defaultdict(set)
    for one in observations:
        units[one.measure].add(one.unit)
    mixed = [f"{measure} is in {' and in '.join(sorted(found))}" for measure, found in units.items() if len(found) > 1]
    if mixed:
        raise InputError.of(where, mixed, then="Give each measure in one unit.")


def _series(one: Observation) -> tuple[object, ...]:
    return one.measure, one.area, one.partner, one.flow, one.origin


def _named(one: Observation) -> str:
    between = f"{one.area}–{one.partner}" if one.partner else one.area
    return " ".join(part for part in (one.measure, one.flow, between) if part)


# What a model refuses, where its own words are not clear.
_SAID = {"missing": "is missing", "extra_forbidden": "is not known", "model_type": "has no named parts"}


def refusal(detail: Any) -> str:
    """Put what a model refuses into one sentence."""
    where = ".".join(str(part) for part in detail["loc"]) or "entry"
    said = _SAID.get(detail["type"], str(detail["msg"]).removeprefix("Value error, "))
    found = detail["input"] if isinstance(detail["input"], str) else ""
    return f"{where}: {said}" + (f', found "{found}"' if found and found not in said else "")
