"""Asking the statistics services: figures of the World Bank and of UN Comtrade, through those services' own clients.

Needs the packages of the extra ``refresh``. Whatever goes wrong, a service that is slow, busy or gone, or an answer
to something else, is one :class:`~dalil.errors.StepError` that names service, question and answer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from types import ModuleType, SimpleNamespace
from typing import Any

import comtradeapicall
import comtradeapicall.PreviewGet
import urllib3
import wbgapi
from babel.core import get_global

from dalil.errors import DalilError
from dalil.reference.online.calling import LATER, Line

# UN Comtrade takes at most this many years in one question.
YEARS_AT_ONCE = 12
# The directions of trade, as UN Comtrade names them.
FLOWS = {"X": "export", "M": "import"}
# Each service's name, and the address its client calls.
OFFICIAL = {"World Bank": "https://api.worldbank.org", "UN Comtrade": "https://comtradeapi.un.org"}

# Above every figure there is, in any unit printed; what is larger is a slip or has no end.
LARGEST = Decimal(10) ** 15

CHANGED = "The service may have changed; dalil would need to be changed with it."


@dataclass(frozen=True, order=True)
class Key:
    """What one figure of a measure is about."""

    area: str
    partner: str
    flow: str
    year: int


def world_bank(line: Line, indicator: str, areas: Sequence[str], years: range) -> dict[Key, Decimal]:
    """Ask the World Bank for an indicator of countries, in the unit it prints.

    Raises
    ------
    StepError
        No answer, or none that can be used; a country of which there is no figure at all.
    """
    path = f"country/{';'.join(areas)}/indicator/{indicator}"
    given = SimpleNamespace(get=line.get)
    with _lent(wbgapi, "requests", given):
        rows = _asked(line, lambda: list(wbgapi.fetch(path, {"date": f"{years[0]}:{years[-1]}"})))

    def figures() -> Iterator[tuple[Key, object]]:
        for row in rows:
            if row["indicator"]["id"] != indicator:
                raise line.fault(f"figures of {row['indicator']['id']}", CHANGED)
            # A year that is not there yet has a row without a value.
            if row["value"] is not None:
                yield Key(str(row["country"]["id"]), "", "", int(row["date"])), row["value"]

    return _collected(line, figures, {Key(area, "", "", year) for area in areas for year in years})


def comtrade(line: Line, area: str, partner: str, years: range) -> dict[Key, Decimal]:
    """Ask UN Comtrade for all goods one country exports to and imports from another, in US dollars.

    The preview that needs no key gives up to 500 rows an answer; these are two a year.

    Raises
    ------
    StepError
        No answer, or none that can be used; no figure at all.
    """
    keys = {Key(area, partner, flow, year) for flow in FLOWS.values() for year in years}
    rows: list[dict[str, Any]] = []
    for first in range(0, len(years), YEARS_AT_ONCE):
        some = years[first : first + YEARS_AT_ONCE]
        rows += _preview(replace(line, asked=f"{line.asked} {some[0]} to {some[-1]}"), area, partner, some)

    def figures() -> Iterator[tuple[Key, object]]:
        for row in rows:
            reporter, other = alpha2(row["reporterCode"]), alpha2(row["partnerCode"])
            yield Key(reporter, other, FLOWS[row["flowCode"]], int(row["period"])), row["primaryValue"]

    return _collected(line, figures, keys)


def _preview(line: Line, area: str, partner: str, years: range) -> list[dict[str, Any]]:
    """Ask for totals: of all goods (TOTAL), customs procedures (C00), ways of transport and second partners (0)."""

    def request(_: str, url: str, fields: dict[str, str | int], timeout: float) -> object:
        del timeout  # The client's own is two minutes and cannot be set.
        answer = line.get(url, fields)
        if isinstance(answer.parsed, dict) and answer.parsed.get("error"):
            raise line.fault(f'it says "{answer.parsed["error"]}"', LATER)
        return answer

    given = SimpleNamespace(PoolManager=lambda: SimpleNamespace(request=request), exceptions=urllib3.exceptions)
    with _lent(comtradeapicall.PreviewGet, "urllib3", given):
        frame = _asked(
            line,
            lambda: comtradeapicall.previewFinalData(
                typeCode="C", freqCode="A", clCode="HS", period=",".join(map(str, years)), cmdCode="TOTAL",
                reporterCode=m49(area), partnerCode=m49(partner), flowCode=",".join(FLOWS),
                partner2Code=0, customsCode="C00", motCode=0, maxRecords=500, format_output="JSON",
            ),
        )  # fmt: skip
    return list(_asked(line, lambda: frame.to_dict("records")))


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


@contextmanager
def _lent(client: ModuleType, name: str, instead: object) -> Iterator[None]:
    """Lend a client our own way to call out, for as long as it is asked.

    Left alone, one client waits for ever and the other for two minutes; the one gives no header of a refusal on, the
    other prints what is refused, gives nothing back, and waits as long as a service tells it to.
    """
    own = getattr(client, name)
    setattr(client, name, instead)
    try:
        yield
    finally:
        setattr(client, name, own)


def _asked(line: Line, ask: Callable[[], Any]) -> Any:
    """Let a client ask; an answer it cannot take apart is refused."""
    try:
        return ask()
    except DalilError:
        raise
    except wbgapi.APIError as error:
        raise line.fault(f'an answer that is no list of figures ("{error.msg}")', CHANGED) from None
    except Exception as error:  # What clients raise on an answer of another shape is theirs, and not described.
        raise line.fault(f"an answer of another shape ({type(error).__name__}: {error})", CHANGED) from None


def _collected(line: Line, figures: Callable[[], Iterable[tuple[Key, object]]], wanted: set[Key]) -> dict[Key, Decimal]:
    """Gather figures; each must be a number, asked for, and given once, and each country must have some."""
    found: dict[Key, Decimal] = {}
    for key, value in _asked(line, lambda: list(figures())):
        if key not in wanted:
            raise line.fault(f"a figure for {named(key)}, which was not asked for", CHANGED)
        if key in found:
            raise line.fault(f"two figures for {named(key)}", CHANGED)
        found[key] = _number(line, key, value)
    # A service that suddenly knows nothing of a country has not lost its people.
    silent = sorted({key.area for key in wanted} - {key.area for key in found})
    if silent:
        raise line.fault(f"an answer without any figure for {', '.join(silent)}", LATER)
    return found


def _number(line: Line, key: Key, value: object) -> Decimal:
    try:
        number = Decimal(str(value)) if isinstance(value, (int, float, Decimal)) else None
    except InvalidOperation:
        number = None
    # True is a number to Python, and so is what pandas has where there is none.
    if number is None or isinstance(value, bool) or not number.is_finite() or not 0 <= number < LARGEST:
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
