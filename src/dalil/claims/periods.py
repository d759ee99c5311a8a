"""Periods in ISO 8601 text: a day, a month, a year, or two of them with a stroke between."""

import re
from calendar import monthrange
from datetime import date

from dalil.errors import InputError

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def bounds(period: str) -> tuple[date, date]:
    """Return the first and last day of a period.

    Raises
    ------
    InputError
        Not a period, or one that ends before it starts.

    Examples
    --------
    >>> bounds("2018-01/2018-02")
    (datetime.date(2018, 1, 1), datetime.date(2018, 2, 28))
    """
    first, _, last = period.partition("/")
    start, end = _days(first, period)[0], _days(last or first, period)[1]
    if end < start:
        raise InputError.of(f'period "{period}"', ["it ends before it starts"], then="Write start/end.")
    return start, end


def year_of(period: str) -> int:
    """Return the year a period lies in or ends in.

    Examples
    --------
    >>> year_of("2017-03-22/2017-03-23")
    2017
    """
    return bounds(period)[1].year


def _days(part: str, period: str) -> tuple[date, date]:
    match = _PART.fullmatch(part)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(group) if group else None for group in match.groups())
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        allowed = "allowed: 2017, 2017-03, 2017-03-22, or two of them with / between"
        raise InputError.of(f'period "{period}"', [f'"{part}" is not ISO 8601; {allowed}']) from None
