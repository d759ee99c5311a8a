"""Asking the statistics services: figures of the World Bank and of UN Comtrade.

Whatever goes wrong, a service that is slow, busy or gone, or an answer to something else, is one
:class:`~dalil.errors.StepError` that names service, question and answer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.core import get_global

from dalil.errors import InputError
from dalil.reference.online.calling import CHANGED, LATER, Line

# UN Comtrade takes at most this many years in one question.
YEARS_AT_ONCE = 12
# The directions of trade, as UN Comtrade names them.
FLOWS = {"X": "export", "M": "import"}
# Each service's name and address.
ADDRESSES = {
    "World Bank": "https://api.worldbank.org",
    "UN Comtrade": "https://comtradeapi.un.org",
    "Eurostat": "https://ec.europa.eu",
}
# Totals: of all goods, customs procedures, ways of transport and second partners; UN Comtrade gives parts otherwise.
TOTALS: dict[str, str | int] = {"cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0, "partner2Code": 0}

# Above every figure there is, in any unit printed; what is larger is a slip or has no end.
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, order=True)
class Key:
    """What one figure of a measure is about."""

    area: str
    partner: str
    flow: str
    year: int


@dataclass(frozen=True)
class Series:
    """What a service gives: figures, what they are called, the unit they are in and the day they are of, if told."""

    figures: dict[Key, Decimal]
    title: str
    unit: str = ""
    published: str = ""


def world_bank(line: Line, indicator: str, areas: Sequence[str], years: range, *, signed: bool = False) -> Series:
    """Ask the World Bank for an indicator of countries, in the unit it prints.

    Source: World Bank, Indicators API, version 2.

    Parameters
    ----------
    line
        The line to the service.
    indicator, areas, years
        What is asked for.
    signed
        Whether figures may be below zero.

    Raises
    ------
    StepError
        No answer, or none that can be used; a country of which there is no figure at all.
    """
    told: dict[str, str] = {}

    def figures() -> Iterator[tuple[Key, object]]:
        for about, row in _pages(line, f"/v2/en/country/{';'.join(areas)}/indicator/{indicator}", years):
            if row["indicator"]["id"] != indicator:
                raise line.fault(f"figures of {row['indicator']['id']}", CHANGED)
            title, unit, day = row["indicator"].get("value"), row.get("unit"), about.get("lastupdated")
            told.update(title=str(title or indicator), unit=str(unit or ""), published=str(day or ""))
            # A year that is not there yet has a row without a value.
            if row["value"] is not None:
                yield Key(str(row["country"]["id"]), "", "", int(row["date"])), row["value"]

    wanted = {Key(area, "", "", year) for area in areas for year in years}
    return Series(collected(line, figures, wanted, signed=signed), **told)


def _pages(line: Line, path: str, years: range) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The rows of all pages of an answer, each with what is said of its page; a refusal is a list of messages."""
    date = f"{years[0]}:{years[-1]}"
    page = pages = 1
    while page <= pages:
        answer = line.get(path, {"date": date, "format": "json", "per_page": 1000, "page": page})
        if isinstance(answer, list) and len(answer) == 1 and "message" in answer[0]:
            said = "; ".join(f"{message['key']}: {message['value']}" for message in answer[0]["message"])
            raise line.fault(f'an answer that is no list of figures ("{said}")', CHANGED)
        about, rows = answer
        yield from ((about, row) for row in rows)
        page, pages = page + 1, int(about["pages"])


def comtrade(line: Line, area: str, partner: str, years: range) -> dict[Key, Decimal]:
    """Ask UN Comtrade for all goods one country exports to and imports from another, in US dollars.

    The preview that needs no key gives up to 500 rows an answer; these are two a year. Source: UN Comtrade, public
    preview API, version 1.

    Parameters
    ----------
    line
        The line to the service.
    area, partner, years
        What is asked for.

    Raises
    ------
    StepError
        No answer, or none that can be used; no figure at all.
    """
    parts = [years[first : first + YEARS_AT_ONCE] for first in range(0, len(years), YEARS_AT_ONCE)]

    def figures() -> Iterator[tuple[Key, object]]:
        for part in parts:
            for row in _preview(replace(line, asked=f"{line.asked} {part[0]} to {part[-1]}"), area, partner, part):
                reporter, other = alpha2(row["reporterCode"]), alpha2(row["partnerCode"])
                yield Key(reporter, other, FLOWS[row["flowCode"]], int(row["period"])), row["primaryValue"]

    return collected(line, figures, {Key(area, partner, flow, year) for flow in FLOWS.values() for year in years})


def _preview(line: Line, area: str, partner: str, years: range) -> list[dict[str, Any]]:
    asked = {"reporterCode": m49(area), "partnerCode": m49(partner), "flowCode": ",".join(FLOWS)}
    period = ",".join(map(str, years))
    answer = line.get("/public/v1/preview/C/A/HS", {**asked, "period": period, **TOTALS, "maxRecords": 500})
    if answer.get("error"):
        raise line.fault(f'it says "{answer["error"]}"', LATER)
    return list(answer["data"])


def alpha2(code: object) -> str:
    """Return the two letters of a country that is given by number (UN M49) or by three letters.

    Examples
    --------
    >>> alpha2(860), alpha2("KAZ")
    ('UZ', 'KZ')
    """
    name = f"{code:03}" if isinstance(code, int) else str(code)
    return str(get_global("territory_aliases").get(name, [name])[0])


def m49(area: str) -> str:
    """Return the number UN M49 gives to a country of two letters.

    Examples
    --------
    >>> m49("UZ"), m49("KZ")
    ('860', '398')
    """
    aliases = get_global("territory_aliases")
    return next(str(code) for code, areas in aliases.items() if list(areas) == [area] and code.isdecimal())


def collected(
    line: Line, figures: Callable[[], Iterable[tuple[Key, object]]], wanted: set[Key], *, signed: bool = False
) -> dict[Key, Decimal]:
    """Gather figures; each must be a number, asked for, and given once, and each country must have some."""
    found: dict[Key, Decimal] = {}
    try:
        given = list(figures())
    except InputError:
        raise  # what was asked for is not clear, which is no fault of the answer
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise line.fault(f"an answer of another shape ({type(error).__name__}: {error})", CHANGED) from None
    for key, value in given:
        if key not in wanted:
            raise line.fault(f"a figure for {named(key)}, which was not asked for", CHANGED)
        if key in found:
            raise line.fault(f"two figures for {named(key)}", CHANGED)
        found[key] = _number(line, key, value, -LARGEST if signed else Decimal(0))
    # A service that suddenly knows nothing of a country has not lost its people.
    silent = sorted({key.area for key in wanted} - {key.area for key in found})
    if silent:
        raise line.fault(f"an answer without any figure for {', '.join(silent)}", LATER)
    return found


def _number(line: Line, key: Key, value: object, least: Decimal) -> Decimal:
    try:
        number = Decimal(str(value)) if isinstance(value, (int, float, Decimal)) else None
    except InvalidOperation:
        number = None
    # True is a number to Python.
    if number is None or isinstance(value, bool) or not number.is_finite() or not least <= number < LARGEST:
        raise line.fault(f'"{value}" for {named(key)}, which is not a number a statistic can have', CHANGED)
    return number


def named(key: Key) -> str:
    """Name a figure for a message.

    Examples
    --------
    >>> named(Key("UZ", "KZ", "export", 2020))
    'export UZ–KZ 2020'
    """
    between = f"{key.area}–{key.partner}" if key.partner else key.area
    return " ".join(part for part in (key.flow, between, str(key.year)) if part)
