"""Periods in ISO 8601 text: a day, a month, a quarter, a half-year, a year, or two of them with a stroke between."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from dalil.errors import InputError

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-([QH])([1-4]))?")
# How many months a quarter and a half-year have; ISO 8601 has no text for them, statistical offices write them so.
_MONTHS = {"Q": 3, "H": 6}
# An academic or a fiscal year as it is printed; which months it has only its country knows.
_SPLIT_YEAR = re.compile(r"(\d{4})/(\d{2})")


@dataclass(frozen=True, order=True)
class Period:
    """A day, a month, a year, or all days from one to another; written back as it was written.

    Two periods are equal when they hold the same days, however they are written.

    Examples
    --------
    >>> period = Period.parse("2018-01/2018-02")
    >>> period.start, period.end, period.year
    (datetime.date(2018, 1, 1), datetime.date(2018, 2, 28), 2018)
    >>> str(period), Period.parse("2017-01/2017-12") == Period.parse("2017")
    ('2018-01/2018-02', True)
    >>> Period.parse("2022-Q3") == Period.parse("2022-07/2022-09"), Period.parse("2022-H2").end
    (True, datetime.date(2022, 12, 31))
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
        if (split := _SPLIT_YEAR.fullmatch(text)) and int(split[2]) == (int(split[1]) + 1) % 100:
            after = int(split[1]) + 1
            problem = f"it does not say in which months it begins and ends; write them: {split[1]}-09/{after}-08"
            raise InputError.of(f'period "{text}"', [problem])
        first, stroke, last = text.partition("/")
        start, end = _days(first, text)[0], _days(last if stroke else first, text)[1]
        if end < start:
            raise InputError.of(f'period "{text}"', ["it ends before it starts"], then="Write start/end.")
        return cls(start, end, text)

    @classmethod
    def optional(cls, text: object) -> Self | None:
        """Read a period that may be left out, as a validator of pydantic reads it.

        Examples
        --------
        >>> Period.optional("") is None
        True
        """
        return None if text in ("", None) else cls.validate(text)

    @classmethod
    def validate(cls, text: object) -> Self:
        """Read a period as a validator of pydantic reads it; what is one already is left as it is.

        Raises
        ------
        ValueError
            As for :meth:`parse`, or not text.
        """
        if isinstance(text, cls):
            return text
        if not isinstance(text, str):
            raise ValueError("allowed: a valid string")
        try:
            return cls.parse(text)
        except InputError as error:
            raise ValueError("; ".join(error.problems)) from None

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

    @property
    def is_whole_year(self) -> bool:
        """Whether it is twelve months long, a calendar year or not.

        Examples
        --------
        >>> Period.parse("2016-07/2017-06").is_whole_year, Period.parse("2018-01/2018-02").is_whole_year
        (True, False)
        """
        if self.end == date.max:
            # No day comes after it.
            return self.start == date.max.replace(month=1, day=1)
        after = self.end + timedelta(days=1)
        return (after.year - self.start.year, after.month, after.day) == (1, self.start.month, self.start.day)

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is one year from January to December, as yearly statistics count.

        Examples
        --------
        >>> Period.parse("2017-01/2017-12").is_calendar_year, Period.parse("2016-07/2017-06").is_calendar_year
        (True, False)
        """
        return self.is_whole_year and self.start.month == 1

    def joins(self, other: "Period") -> bool:
        """Tell whether the other period starts on the day after this one ends.

        Examples
        --------
        >>> Period.parse("2021/2025").joins(Period.parse("2026/2030"))
        True
        """
        return other.start - self.end == timedelta(days=1)

    def is_year_before(self, other: "Period") -> bool:
        """Tell whether both are whole years, the other right after this one: growth between them is yearly.

        Examples
        --------
        >>> Period.parse("2016").is_year_before(Period.parse("2017"))
        True
        >>> Period.parse("2010").is_year_before(Period.parse("2017"))
        False
        """
        return self.joins(other) and self.is_whole_year and other.is_whole_year

    def precedes(self, other: "Period") -> bool:
        """Tell whether it ends before the other starts.

        Examples
        --------
        >>> Period.parse("2017").precedes(Period.parse("2017-06"))
        False
        """
        return self.end < other.start

    def within(self, other: "Period") -> bool:
        """Tell whether all its days lie in the other.

        Examples
        --------
        >>> Period.parse("2017-03-22").within(Period.parse("2017"))
        True
        """
        return other.start <= self.start and self.end <= other.end


def has_year(text: str) -> bool:
    """Tell whether the text of a date or period says in which year: "--03-15" and "T14:30" do not.

    Examples
    --------
    >>> has_year("2018-03"), has_year("--03-15")
    (True, False)
    """
    return text[:4].isdecimal()


def _days(part: str, period: str) -> tuple[date, date]:
    match = _PART.fullmatch(part)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(group) if group else None for group in match.groups()[:3])
        assert year is not None
        if match[4]:
            length = _MONTHS[match[4]]
            last = int(match[5]) * length
            return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        allowed = "allowed: 2017, 2017-03, 2017-03-22, 2017-Q1, 2017-H2, or two of them with / between"
        raise InputError.of(f'period "{period}"', [f'"{part}" is not ISO 8601; {allowed}']) from None
