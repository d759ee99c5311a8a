"""Adding figures of a service to a table of one's own, each with its origin."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from babel import Locale

from dalil.errors import InputError, StepError, nearest
from dalil.project import shown, write_whole
from dalil.reference.online.calling import LATER, TIME_OUT, Line
from dalil.reference.online.eurostat import eurostat
from dalil.reference.online.services import ADDRESSES, FLOWS, Key, Series, alpha2, comtrade, world_bank
from dalil.reference.online.sources import ORIGINS
from dalil.reference.own import COLUMNS, delimiter_of, parse_own, rows_of, unit_of
from dalil.text.decoding import decode

# What the rows have besides the columns that every table of one's own has.
_BESIDES = ("kind", "licence", "accessed")
# What in the unit of a service, or in the title where it tells none, says in which unit figures are.
_UNITS = {
    r"^USD$|current US\$": "USD",
    "^percent|%": "percent",
    "^million euro": "million EUR",
    "^thousand persons": "thousand people",
    "^persons?$|^population, (total|female|male)$": "people",
}


@dataclass(frozen=True)
class Asked:
    """What is asked for: a series by service and code, countries, years, and how the rows are to be named."""

    series: str
    countries: str
    years: str
    partner: str = ""
    measure: str = ""
    subject: str = ""
    unit: str = ""


@dataclass(frozen=True)
class _Service:
    """A service: whose word its figures are, where a reader finds them, on what terms, and how it is asked."""

    name: str
    address: str
    licence: str
    ask: Callable[[Line, str, Sequence[str], str, range], Series]


def _of_comtrade(line: Line, code: str, areas: Sequence[str], partner: str, years: range) -> Series:
    found: dict[Key, Decimal] = {}
    for area in areas:
        found |= comtrade(line, area, partner, years)
    flows = {key: value for key, value in found.items() if key.flow == code}
    if not flows:
        raise line.fault(f"an answer without any {code}", LATER)
    return Series(flows, f"{code}s of goods, yearly", "USD")


def _of_eurostat(line: Line, code: str, areas: Sequence[str], _: str, years: range) -> Series:
    dataset, *chosen = code.split("/")
    return eurostat(line, dataset, dict(one.split("=", 1) for one in chosen), areas, years)


_SERVICES = {
    "worldbank": _Service(
        "World Bank", "https://data.worldbank.org/indicator/{code}", ORIGINS["world-bank-population"]["licence"],
        lambda line, code, areas, _, years: world_bank(line, code, areas, years, signed=True),
    ),
    "comtrade": _Service(
        "UN Comtrade", ORIGINS["un-comtrade"]["address"], ORIGINS["un-comtrade"]["licence"], _of_comtrade
    ),
    "eurostat": _Service(
        "Eurostat", "https://ec.europa.eu/eurostat/databrowser/view/{code}", "CC BY 4.0", _of_eurostat
    ),
}  # fmt: skip
_CODES = {
    "worldbank": (r"[A-Za-z0-9_.]+", "worldbank:SP.POP.TOTL"),
    "comtrade": ("|".join(FLOWS.values()), "comtrade:export"),
    "eurostat": (r"\w+(/\w+=\w+)*", "eurostat:demo_pjan/sex=T/age=TOTAL"),
}


def add(
    path: Path,
    asked: Asked,
    *,
    address: str = "",
    say: Callable[[str], None] = print,
    today: date | None = None,
    time_out: float = TIME_OUT,
) -> str:
    """Ask a service for a series, and add its figures to a table of one's own, all of them or none.

    Figures of the same thing and source that the table has already are replaced; notes and other rows stay as they are.

    Parameters
    ----------
    path
        The table; one that is not there is made.
    asked
        What is asked for.
    address
        Where to call the service instead of its own address.
    say
        Is told what takes time.
    today
        The day that is noted with the figures.
    time_out
        Seconds an answer may take.

    Returns
    -------
    str
        What was added, to be read.

    Raises
    ------
    InputError
        Something asked for is not understood, or the table cannot be read as it is.
    StepError
        There is no answer, or none that can be used. The table is as it was.
    """
    name, code, areas, partner, years = _understood(asked)
    text = decode(path, path.read_bytes()) if path.is_file() else ""
    parse_own(path, text)
    service = _SERVICES[name]
    say(f"{service.name}: {code} of {', '.join(areas)}, {years[0]} to {years[-1]} …")
    line = Line(service.name, asked.series, address or ADDRESSES[service.name], say, time_out)
    series = service.ask(line, code, areas, partner, years)
    rows = _rows(asked, service, code, series, today or date.today())
    _write(path, text, rows)
    missing = len(areas) * len(years) - len(rows)
    without = f", years without one: {missing}" if missing else ""
    told = f"{series.title}, in {rows[0]['unit']} ({service.licence})"
    return f"{shown(path)}: {told}; figures added: {len(rows)}{without}"


def _understood(asked: Asked) -> tuple[str, str, list[str], str, range]:
    """Take what is asked for apart, or refuse all of it that is not understood."""
    name, _, code = asked.series.partition(":")
    problems = []
    if name not in _CODES:
        problems.append(f'series "{asked.series}": {nearest(name, _CODES)}, each with : and a code')
    elif not re.fullmatch(_CODES[name][0], code):
        problems.append(f'series "{asked.series}": allowed: such as {_CODES[name][1]}')
    years = re.fullmatch(r"(\d{4})(?::(\d{4}))?", asked.years)
    first, last = (int(years[1]), int(years[2] or years[1])) if years else (0, -1)
    if not first <= last:
        problems.append(f'years "{asked.years}": allowed: 2020, or a first and a last one such as 1995:2024')
    known = Locale("en").territories
    areas = {given: alpha2(given.upper()) for given in (*asked.countries.split(","), asked.partner) if given}
    problems += [
        f'country "{given}": allowed: two or three letters such as KZ or KAZ'
        for given, area in areas.items()
        if len(area) != 2 or area not in known
    ]
    if not any(asked.countries.split(",")):
        problems.append("country: is missing")
    if name == "comtrade" and not asked.partner:
        problems.append("partner: is missing; trade is with a country")
    if asked.subject and "," in asked.countries:
        problems.append(f'subject "{asked.subject}": there are several countries; leave it out')
    try:
        unit_of(asked.unit or "item")
    except ValueError as error:
        problems.append(f"unit {error}")
    if problems:
        example = "dalil reference add worldbank:SP.POP.TOTL --country KAZ --years 1995:2024"
        raise InputError.of("what is asked for", problems, then=f"For example: {example}")
    partner = areas.pop(asked.partner, "") if asked.partner not in asked.countries.split(",") else ""
    return name, code, list(dict.fromkeys(areas.values())), partner, range(first, last + 1)


def _rows(asked: Asked, service: _Service, code: str, series: Series, today: date) -> list[dict[str, str]]:
    """The figures as rows of a table of one's own."""
    unit = asked.unit or _unit(series)
    if not unit:
        problem = f'"{series.title}" is in "{series.unit or "no unit that is told"}", which is not known here'
        raise InputError.of(
            f"{service.name}, {asked.series}", [problem], then="Say the unit: --unit, such as --unit people"
        )
    modelled = "model" in series.title.lower()
    title = series.title if code in series.title else f"{series.title} ({code})"
    return [
        {
            "measure": asked.measure or series.title,
            "subject": asked.subject or Locale("en").territories[key.area],
            "period": str(key.year),
            "value": f"{value:f}",
            "unit": unit,
            "source": f"{service.name}, {title}",
            "url": service.address.format(code=code.partition("/")[0]),
            "published": series.published if re.fullmatch(r"\d{4}-\d\d-\d\d", series.published) else "",
            "reliability": "medium" if modelled else "high",
            "kind": "model" if modelled else "statistics",
            "licence": service.licence,
            "accessed": today.isoformat(),
        }
        for key, value in sorted(series.figures.items())
    ]


def _unit(series: Series) -> str:
    """The unit of a series, as far as its service tells."""
    told = series.unit or series.title
    return next((unit for sign, unit in _UNITS.items() if re.search(sign, told, re.IGNORECASE)), "")


def _write(path: Path, text: str, rows: list[dict[str, str]]) -> None:
    """Write the table with some rows in the place of those that are of the same things, once it can be read so."""
    mark = delimiter_of(text) if text else ","
    there = rows_of(path, text)
    lines = re.split(r"\r\n?|\n", text.rstrip("\r\n")) if text.strip() else []  # as csv counts them
    columns = [name.strip() for name in there[0].cells] if there else [*COLUMNS]
    more = [name for name in _BESIDES if name not in columns]
    if not there:
        lines.append(mark.join([*columns, *more]))
    new = {_key(row) for row in rows}
    for row in reversed(there):
        if row is not there[0] and _key(dict(zip(columns, row.cells, strict=True))) in new:
            del lines[row.first - 1 : row.last]
        else:
            lines[row.last - 1] += "".join(f"{mark}{name if row is there[0] else ''}" for name in more)
    written = io.StringIO()
    writer = csv.DictWriter(written, [*columns, *more], restval="", delimiter=mark, lineterminator="\n")
    writer.writerows(rows)
    whole = "\n".join([*lines, written.getvalue()])
    try:
        parse_own(path, whole)
    except InputError as error:
        raise StepError(f"What was sent is whole, but with it the table could not be read:\n{error}") from None
    write_whole(path, whole)


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name].strip() for name in ("measure", "subject", "period", "source"))
