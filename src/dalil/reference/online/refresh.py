"""Comparing the record with its online sources, and taking over what they say now.

The figures of the World Bank replace those stored of it. UN Comtrade counts trade on another basis than the statistics
offices do, so it never replaces theirs: it is shown beside them and kept in a table of its own.
"""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import permutations
from pathlib import Path
from typing import Any

from dalil.errors import InputError, StepError
from dalil.project import shown, write_whole
from dalil.reference.loading import DESCRIPTION, files_of, read_reference
from dalil.reference.online.calling import TIME_OUT, Line
from dalil.reference.online.comparison import Comparison, comparison_lines
from dalil.reference.online.services import ADDRESSES, Key, comtrade, world_bank
from dalil.reference.online.sources import FETCHED, MEASURES, ORIGINS, Measure

KEPT = "Nothing was changed: the stored figures are as they were."

COMTRADE_TABLE = "trade-comtrade.csv"
# US dollars as the tables print them, to the dollar.
MILLION = Decimal(10) ** 6
DOLLAR = Decimal("0.000001")

Row = dict[str, str]


@dataclass
class Findings:
    """What was found: the comparisons, what each table would become, and what went wrong."""

    folder: Path
    comparisons: list[Comparison] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    faults: list[StepError] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The comparison to read."""
        return comparison_lines(self.comparisons)

    def check(self) -> None:
        """Raise what went wrong, all of it at once."""
        if self.faults:
            raise StepError("\n".join([*map(str, self.faults), KEPT]))


def compare(
    folder: Path,
    addresses: Mapping[str, str] | None = None,
    *,
    say: Callable[[str], None] = print,
    today: date | None = None,
    time_out: float = TIME_OUT,
) -> Findings:
    """Fetch what the record holds from where it is published, and hold both side by side; writes nothing.

    Parameters
    ----------
    folder
        The record.
    addresses
        Where to call a service instead of its own address: ``{"World Bank": "http://…", "UN Comtrade": "http://…"}``.
    say
        Is told what takes time.
    today
        The day that is noted with what is taken over, and the last year asked for.
    time_out
        Seconds an answer may take.

    Raises
    ------
    InputError
        The record cannot be read as it is. What goes wrong with one service stands in the result.
    """
    read_reference(folder)
    if not (folder / DESCRIPTION).exists():
        raise InputError.of(shown(folder), [f"there is no {DESCRIPTION}"], then="Restore data/reference.")
    day = today or date.today()
    found = Findings(folder)
    job = _Job(folder, day, found)

    def line(service: str, asked: str) -> Line:
        say(f"{service}: {asked} …")
        return Line(service, asked, {**ADDRESSES, **(addresses or {})}[service], say, time_out)

    def from_world_bank() -> None:
        for measure in MEASURES:
            areas, years = job.asked_of(measure)
            asked = f"{measure.name} of {len(areas)} countries from {years[0]} on ({measure.indicator})"
            job.add_measure(measure, world_bank(line("World Bank", asked), measure.indicator, areas, years).figures)

    def from_comtrade() -> None:
        figures: dict[Key, Decimal] = {}
        for area, partner in job.traders:
            asked = f"trade of {area} with {partner}"
            figures |= comtrade(line("UN Comtrade", asked), area, partner, job.trade_years())
        job.add_trade(figures)

    for ask in (from_world_bank, from_comtrade):
        try:
            ask()
        except StepError as error:
            found.faults.append(error)
    if not found.faults:
        job.describe()
        _try_out(found)
    return found


def take_over(found: Findings) -> list[str]:
    """Write what :func:`compare` found into the record, all of it or nothing; return what was done, to be read.

    Raises
    ------
    StepError
        Something went wrong before, or a file cannot be written; the record is as it was.
    """
    found.check()
    if not found.files:
        return ["Nothing to take over: the record holds what the services say."]
    before = {name: path.read_bytes() if (path := found.folder / name).exists() else None for name in found.files}
    try:
        for name, text in found.files.items():
            write_whole(found.folder / name, text)
    except OSError as error:
        for name, data in before.items():
            with suppress(OSError):
                _put_back(found.folder / name, data)
        raise StepError(f"{shown(found.folder)} cannot be written: {error.strerror}. {KEPT}") from None
    told = [f"Written: {shown(found.folder / name)}" for name in found.files]
    if COMTRADE_TABLE in found.files:
        told.append(f"{COMTRADE_TABLE} is for your own use: {ORIGINS['un-comtrade']['licence']}.")
    return told


class _Job:
    """The record as rows, and what becomes of them."""

    def __init__(self, folder: Path, today: date, found: Findings) -> None:
        self.folder = folder
        self.today = today
        self.found = found
        self.described: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8-sig"))
        self.made: dict[str, list[Row]] = {}
        self.taken: list[str] = []

    def asked_of(self, measure: Measure) -> tuple[list[str], range]:
        """The countries a measure is stored of, and the years from the first stored one on."""
        rows = [row for row in self._rows(measure.table) if _is_of(row, measure)]
        if not rows:
            raise InputError.of(
                shown(self.folder / measure.table), [f"no row has {measure.name}"], then="Restore the file."
            )
        first = min(int(row["year"]) for row in rows)
        return list(dict.fromkeys(row["area"] for row in rows)), range(first, self.today.year + 1)

    @cached_property
    def traders(self) -> list[tuple[str, str]]:
        """Each country whose own record of trade is there, with each other one."""
        return list(permutations(dict.fromkeys(row["area"] for row in self._reported), 2))

    def trade_years(self) -> range:
        """The years from the first of their official trade with each other on."""
        years = [int(row["year"]) for row in self._trade if row["origin"] != "un-comtrade"]
        if not years:
            raise InputError.of(
                shown(self.folder), ["no official trade of two countries"], then="Restore data/reference."
            )
        return range(min(years), self.today.year + 1)

    def add_measure(self, measure: Measure, figures: dict[Key, Decimal]) -> None:
        """Compare a measure, and put what was fetched in the place of what is stored."""
        rows = self._rows(measure.table)
        own = [row for row in rows if _is_of(row, measure)]
        for area in dict.fromkeys(row["area"] for row in own):
            stored = [row for row in own if row["area"] == area]
            fetched = {key.year: value for key, value in figures.items() if key.area == area}
            self.found.comparisons.append(_compared(f"{measure.name} {area}", stored, fetched))
        self._becomes(measure.table, _replaced(rows, measure, figures), measure.origin)

    def add_trade(self, figures: dict[Key, Decimal]) -> None:
        """Compare trade with each official origin there is of it, and make the table of what was fetched."""
        reporters = list(dict.fromkeys(area for area, _ in self.traders))
        wanted = sorted(figures, key=lambda key: (reporters.index(key.area), key.year, key.flow))
        for area, partner, flow in dict.fromkeys((key.area, key.partner, key.flow) for key in wanted):
            fetched = {
                key.year: figures[key] / MILLION
                for key in wanted
                if (key.area, key.partner, key.flow) == (area, partner, flow)
            }
            stored: dict[str, list[Row]] = {}
            for row in self._trade:
                if (row["area"], row["partner"], row["flow"]) == (area, partner, flow):
                    stored.setdefault(row["origin"], []).append(row)
            for rows in stored.values():
                self.found.comparisons.append(_compared(f"trade {flow} {area}–{partner}", rows, fetched))
        made = [
            {
                "measure": "trade", "area": key.area, "partner": key.partner, "flow": key.flow, "year": str(key.year),
                "comparator": "=", "value": f"{(figures[key] / MILLION).quantize(DOLLAR):f}", "precision": str(DOLLAR),
                "unit": "million USD", "basis": "goods", "status": "official", "origin": "un-comtrade", "note": "",
            }
            for key in wanted
        ]  # fmt: skip
        self._becomes(COMTRADE_TABLE, made, "un-comtrade")

    def describe(self) -> None:
        """Describe what is taken over: its origins, as of today, and the table that is not always there."""
        for name in self.taken:
            origin = self.described["origins"].setdefault(name, dict(ORIGINS[name]))
            origin |= {"date_accessed": self.today.isoformat(), **{part: ORIGINS[name][part] for part in FETCHED}}
        for name in {name for measure in MEASURES for name in measure.replaces} - self._used():
            self.described["origins"].pop(name, None)
        described = [resource["path"] for resource in self.described["resources"]]
        if COMTRADE_TABLE in self.found.files and COMTRADE_TABLE not in described:
            self.described["resources"].append(self._comtrade_resource())
        if self.found.files:
            text = json.dumps(self.described, indent=1, ensure_ascii=False) + "\n"
            # First, so that no table is ever there before its origin.
            self.found.files = {DESCRIPTION: text, **self.found.files}

    def _used(self) -> set[str]:
        """The origins of all rows, as the tables become."""
        tables = [resource["path"] for resource in self.described["resources"]]
        kept = [row for table in tables if table not in self.found.files for row in self._rows(table)]
        return {row["origin"] for row in [*kept, *(row for rows in self.made.values() for row in rows)]}

    def _comtrade_resource(self) -> dict[str, Any]:
        like = next(one for one in self.described["resources"] if "flow" in _names(one))
        return {
            **deepcopy(like),
            "name": COMTRADE_TABLE.removesuffix(".csv"),
            "path": COMTRADE_TABLE,
            "title": "Trade of the two countries with each other, as UN Comtrade has it",
            "description": "Yearly, goods alone; there only after make refresh-reference APPLY=1.",
            "optional": True,
        }

    @cached_property
    def _trade(self) -> list[Row]:
        """The official yearly exports and imports of the countries with each other."""
        return [row for row in self._reported if (row["area"], row["partner"]) in self.traders]

    @cached_property
    def _reported(self) -> list[Row]:
        """The official yearly exports and imports, in million US dollars."""
        tables = [one["path"] for one in self.described["resources"] if "flow" in _names(one)]
        return [
            row
            for table in tables
            for row in self._rows(table)
            if row["measure"] == "trade" and row["status"] == "official" and row["unit"] == "million USD"
            and row["flow"] in ("export", "import")
        ]  # fmt: skip

    def _rows(self, table: str) -> list[Row]:
        path = self.folder / table
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def _becomes(self, table: str, rows: list[Row], origin: str) -> None:
        """Note what a table becomes, unless it stays what it is."""
        written = io.StringIO()
        writer = csv.DictWriter(written, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path = self.folder / table
        if not path.exists() or path.read_text(encoding="utf-8-sig") != written.getvalue():
            self.found.files[table] = written.getvalue()
            self.made[table] = rows
            self.taken.append(origin)


def _is_of(row: Row, measure: Measure) -> bool:
    return row["measure"] == measure.name and row["origin"] in (measure.origin, *measure.replaces)


def _names(resource: dict[str, Any]) -> list[str]:
    return [one["name"] for one in resource["schema"]["fields"]]


def _compared(name: str, stored: list[Row], fetched: dict[int, Decimal]) -> Comparison:
    """Hold one series against what was fetched, as far as its figures are printed."""
    by_year = {int(row["year"]): row for row in stored}
    newest = by_year[max(by_year)]
    years = {
        year: (
            Decimal(row["value"]) if (row := by_year.get(year)) else None,
            _printed(fetched[year], row or newest) if year in fetched else None,
        )
        for year in sorted(by_year.keys() | fetched.keys())
    }
    return Comparison(name, newest["origin"], newest["unit"], years)


def _printed(value: Decimal, like: Row) -> Decimal:
    """Round a figure to the last digit another one is printed to."""
    return value.quantize(Decimal(like["precision"]))


def _replaced(rows: list[Row], measure: Measure, figures: dict[Key, Decimal]) -> list[Row]:
    """Put fetched figures in the place of a measure's own rows; the other rows stay as and where they are."""
    known = {(row["area"], int(row["year"])): row for row in rows if _is_of(row, measure)}
    new = {(key.area, key.year): value for key, value in figures.items()}
    made: list[Row] = []
    for row in rows:
        if not _is_of(row, measure):
            made.append(row)
        elif (value := new.pop((row["area"], int(row["year"])), None)) is not None:
            printed = _printed(value, row)
            same = Decimal(row["value"]) == printed
            made.append({**row, "value": row["value"] if same else f"{printed:f}", "origin": measure.origin})
    areas = list(dict.fromkeys(row["area"] for row in rows))
    measures = list(dict.fromkeys(row["measure"] for row in rows))

    def place(row: Row) -> tuple[int, int, int]:
        return int(row["year"]), areas.index(row["area"]), measures.index(row["measure"])

    for (area, year), value in sorted(new.items(), key=lambda item: (item[0][1], areas.index(item[0][0]))):
        like = known[area, max(known_year for known_area, known_year in known if known_area == area)]
        row = {**like, "year": str(year), "value": f"{_printed(value, like):f}", "origin": measure.origin, "note": ""}
        after = [index for index, other in enumerate(made) if place(other) < place(row)]
        made.insert(after[-1] + 1 if after else 0, row)
    return made


def _try_out(found: Findings) -> None:
    """Read a copy of the record with what was fetched in it; where it is refused, note why."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for path in files_of(found.folder):
            place = copy / path.relative_to(found.folder)
            place.parent.mkdir(exist_ok=True)
            shutil.copy(path, place)
        for table, text in found.files.items():
            (copy / table).write_text(text, encoding="utf-8", newline="\n")
        try:
            read_reference(copy)
        except InputError as error:
            said = str(error).replace(str(copy), shown(found.folder))
            service = "UN Comtrade" if COMTRADE_TABLE in said else "World Bank"
            problem = f"{service}: what it sent is whole, but with it the record could not be trusted:\n{said}"
            found.faults.append(StepError(problem))


def _put_back(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, data)
