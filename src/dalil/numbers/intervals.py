"""Numbers known to the precision they were printed with."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from dalil.errors import DomainError

Rounding = Literal["half-unit", "exact", "floor", "ceiling"]
# The ways of rounding in the order in which they are told.
ROUNDINGS: tuple[Rounding, ...] = ("half-unit", "floor", "ceiling", "exact")

# Roots and logarithms are rounded to this; their intervals are widened by it on both sides.
ROUNDED_TO = Fraction(1, 10**30)

_SMALLEST = Fraction(1, 10**100)
# No number that is read has more, however it is written; a few signs such as 1e999999999 would take hours to write out.
MOST_DIGITS = 2000
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Interval:
    """A range of exact rational numbers; ``None`` is no bound, an open end is not itself included.

    Examples
    --------
    >>> above = Interval(Fraction(30), None, low_open=True)
    >>> Fraction(30) in above, str(above)
    (False, '(30, ∞)')
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise DomainError(f"an interval runs upwards, not from {self.low} to {self.high}")

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or (value > self.low if self.low_open else value >= self.low)
        below = self.high is None or (value < self.high if self.high_open else value <= self.high)
        return above and below

    def __str__(self) -> str:
        low = "(" if self.low is None or self.low_open else "["
        high = ")" if self.high is None or self.high_open else "]"
        ends = decimal_text(self.low, 6, math.floor) or "-∞", decimal_text(self.high, 6, math.ceil) or "∞"
        return f"{low}{', '.join(ends)}{high}"

    @property
    def width(self) -> Fraction | None:
        """The distance between the ends, or ``None`` where one is missing."""
        return None if self.low is None or self.high is None else self.high - self.low

    def meets(self, other: "Interval") -> bool:
        """Tell whether some number lies in both.

        Examples
        --------
        >>> Interval(Fraction(1), Fraction(2)).meets(Interval(Fraction(2), None, low_open=True))
        False
        """
        return not (self._ends_before(other) or other._ends_before(self))

    def within(self, other: "Interval") -> bool:
        """Tell whether all its numbers lie in the other.

        Examples
        --------
        >>> inner, outer = Interval(Fraction(2), None, low_open=True), Interval(Fraction(2), None)
        >>> inner.within(outer), outer.within(inner)
        (True, False)
        """
        low, high = self.low, self.high
        above = other.low is None or (low is not None and (low in other or (self.low_open and low == other.low)))
        below = other.high is None or (high is not None and (high in other or (self.high_open and high == other.high)))
        return above and below

    def _ends_before(self, other: "Interval") -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))


@dataclass(frozen=True)
class Estimate:
    """A central value and the interval it stands for; a value of ``None`` means *never* or *no single value*."""

    value: Fraction | None
    range: Interval

    def negated(self) -> "Estimate":
        """Return the same amount with the other sign.

        Examples
        --------
        >>> as_printed(Fraction(3), Fraction(0), ">", "exact").negated().range
        Interval(low=None, high=Fraction(-3, 1), low_open=False, high_open=True)
        """
        low, high = (None if end is None else -end for end in (self.range.high, self.range.low))
        turned = Interval(low, high, self.range.high_open, self.range.low_open)
        return Estimate(None if self.value is None else -self.value, turned)


def exactly(value: Fraction | int | str) -> Estimate:
    """Make an estimate without any rounding.

    Examples
    --------
    >>> exactly("0.5").range.width
    Fraction(0, 1)
    """
    number = Fraction(value)
    return Estimate(number, Interval(number, number))


def decimal(text: str) -> Fraction:
    """Read a decimal number, of at most :data:`MOST_DIGITS` digits when it is written out.

    Raises
    ------
    ValueError
        It is none.

    Examples
    --------
    >>> decimal("-2.50"), decimal("1e3")
    (Fraction(-5, 2), Fraction(1000, 1))
    """
    exponent = text.lower().partition("e")[2]
    if not _DECIMAL.fullmatch(text):
        raise ValueError("is not a decimal number")
    if len(text) > MOST_DIGITS or abs(int(exponent or 0)) > MOST_DIGITS:
        raise ValueError(f"has more than {MOST_DIGITS} digits")
    return Fraction(text)


def total(estimates: Iterable[Estimate]) -> Estimate:
    """Add numbers in one unit up; the ends of their intervals add up with them.

    Examples
    --------
    >>> total([exactly(1), as_printed(Fraction(2), Fraction(1), "=", "half-unit")]).range
    Interval(low=Fraction(5, 2), high=Fraction(7, 2), low_open=False, high_open=False)
    """
    parts = list(estimates)
    values = [part.value for part in parts if part.value is not None]
    lows = [part.range.low for part in parts if part.range.low is not None]
    highs = [part.range.high for part in parts if part.range.high is not None]
    return Estimate(
        sum(values, Fraction(0)) if len(values) == len(parts) else None,
        Interval(
            sum(lows, Fraction(0)) if len(lows) == len(parts) else None,
            sum(highs, Fraction(0)) if len(highs) == len(parts) else None,
            len(lows) == len(parts) and any(part.range.low_open for part in parts),
            len(highs) == len(parts) and any(part.range.high_open for part in parts),
        ),
    )


def as_printed(value: Fraction, precision: Fraction, comparator: str, rounding: Rounding) -> Estimate:
    """Read a printed number as the interval of values it may stand for.

    Parameters
    ----------
    value, precision
        The number and the worth of its last printed digit, in one unit.
    comparator
        ``=``; ``>``, ``>=``, ``<``, ``<=`` for a bound; ``~`` for *about*, which is taken to reach the worth
        of the last digit that is no zero to either side, but not to nothing: *about 620,000* is 610,000 to 630,000.
    rounding
        How the writer is taken to have rounded: ``half-unit`` gives ``[x - d/2, x + d/2]``, ``floor`` (cut
        off) ``[x, x + d)``, ``ceiling`` (rounded up) ``(x - d, x]``, ``exact`` the number itself.

    Examples
    --------
    >>> as_printed(Fraction(2), Fraction(1), "=", "half-unit").range
    Interval(low=Fraction(3, 2), high=Fraction(5, 2), low_open=False, high_open=False)
    >>> as_printed(Fraction(30), Fraction(0), ">", "half-unit").range.high is None
    True
    """
    if comparator in (">", ">="):
        return Estimate(value, Interval(value, None, low_open=comparator == ">"))
    if comparator in ("<", "<="):
        return Estimate(value, Interval(None, value, high_open=comparator == "<"))
    if comparator == "~":
        reach = last_digit(value, precision)
        nothing = 0 < value <= reach
        return Estimate(value, Interval(Fraction(0) if nothing else value - reach, value + reach, low_open=nothing))
    if not precision or rounding == "exact":
        return Estimate(value, Interval(value, value))
    if rounding == "floor":
        return Estimate(value, Interval(value, value + precision, high_open=True))
    if rounding == "ceiling":
        return Estimate(value, Interval(value - precision, value, low_open=True))
    return Estimate(value, Interval(value - precision / 2, value + precision / 2))


def last_digit(value: Fraction, precision: Fraction = Fraction(0)) -> Fraction:
    """Return what the last digit of a printed number is worth that is no zero; of one counted, of its units.

    Examples
    --------
    >>> last_digit(Fraction(620_000)), last_digit(Fraction("0.062")), last_digit(Fraction(31000), Fraction(1))
    (Fraction(10000, 1), Fraction(1, 1000), Fraction(1000, 1))
    """
    worth = precision or Fraction(1)
    while not precision and (value / worth).denominator != 1 and worth > _SMALLEST:
        worth /= 10
    digits = value / worth
    while digits and digits.denominator == 1 and not digits.numerator % 10:
        digits, worth = digits / 10, worth * 10
    return worth


def decimal_text(value: Fraction | None, digits: int = 15, towards: Callable[[Fraction], int] = round) -> str:
    """Write a fraction as decimal text without an exponent, to ``digits`` significant digits at most.

    Parameters
    ----------
    value, digits
        The fraction, if there is one, and how many significant digits to keep.
    towards
        ``round``, or ``math.floor`` / ``math.ceil`` to keep an interval's end outside the true one.

    Examples
    --------
    >>> decimal_text(Fraction(1, 3), 4), decimal_text(Fraction(2000000000)), decimal_text(None)
    ('0.3333', '2000000000', '')
    """
    if value is None:
        return ""
    if value == 0:
        return "0"
    size = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    scale = 10 ** max(digits - size, 0)
    number = Decimal(towards(value * scale)) / scale
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
