"""Periods in ISO 8601 text: a day, a month, a year, or two of them with a stroke between."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from dalil.errors import InputError

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class Period:
    """A day, a month, a year, or all days from one to another; written back as it was written.

    Examples
    --------
    >>> period = Period.parse("2018-01/2018-02")
    >>> period.start, period.end, period.year
    (datetime.date(2018, 1, 1), datetime.date(2018, 2, 28), 2018)
    >>> str(period), Period.parse("2017-01/2017-12") == Period.parse("2017")
    ('2018-01/2018-02', True)
    """

    start: date
    end: date
    text: str = field(default="", compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period in ISO 8601.

        Raises
        ------
        InputError
            Not a period, or one that ends before it starts.
        """
        return cls(*bounds(text), text)

    def __str__(self) -> str:
        return self.text or "/".join(dict.fromkeys((self.start.isoformat(), self.end.isoformat())))

    @property
    def year(self) -> int:
        """The year it lies in or ends in."""
        return self.end.year

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.start == self.end


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
    first, stroke, last = period.partition("/")
    start, end = _days(first, period)[0], _days(last if stroke else first, period)[1]
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


def has_year(period: str) -> bool:
    """Tell whether a date or period says in which year: "--03-15" and "T14:30" do not.

    Examples
    --------
    >>> has_year("2018-03"), has_year("--03-15")
    (True, False)
    """
    return period[:4].isdecimal()


def is_whole_year(period: str) -> bool:
    """Tell whether a period is twelve months long, a calendar year or not.

    Examples
    --------
    >>> is_whole_year("2017"), is_whole_year("2016-07/2017-06"), is_whole_year("2018-01/2018-02")
    (True, True, False)
    """
    start, end = bounds(period)
    after = end + timedelta(days=1)
    return (after.year - start.year, after.month, after.day) == (1, start.month, start.day)


def is_calendar_year(period: str) -> bool:
    """Tell whether a period is one year from January to December, as yearly statistics count.

    Examples
    --------
    >>> is_calendar_year("2017"), is_calendar_year("2017-01/2017-12"), is_calendar_year("2016-07/2017-06")
    (True, True, False)
    """
    return is_whole_year(period) and bounds(period)[0].month == 1


def is_day(period: str) -> bool:
    """Tell whether a period is a single day.

    Examples
    --------
    >>> is_day("2018-01-01"), is_day("2018-01")
    (True, False)
    """
    start, end = bounds(period)
    return start == end


def is_year_before(base: str, period: str) -> bool:
    """Tell whether two periods are whole years, the second right after the first: growth between them is yearly.

    Examples
    --------
    >>> is_year_before("2016", "2017"), is_year_before("2010", "2017")
    (True, False)
    >>> is_year_before("2017-01/2017-02", "2018-01/2018-02")
    False
    """
    joined = bounds(period)[0] - bounds(base)[1] == timedelta(days=1)
    return joined and is_whole_year(base) and is_whole_year(period)


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
