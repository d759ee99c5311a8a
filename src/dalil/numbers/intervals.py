"""Numbers known to the precision they were printed with, and formulas that carry that precision."""

import functools
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Generic, Literal, ParamSpec

from dalil.errors import DomainError

Rounding = Literal["half-unit", "exact", "floor", "ceiling"]
P = ParamSpec("P")

# Roots and logarithms are rounded to this; their intervals are widened by it on both sides.
ROUNDED_TO = Fraction(1, 10**30)


@dataclass(frozen=True)
class Interval:
    """A range of exact rational numbers; ``None`` is no bound, an open end is not itself included.

    Examples
    --------
    >>> Fraction(30) in Interval(Fraction(30), None, low_open=True)
    False
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
        reach = _last_digit(value, precision)
        nothing = 0 < value <= reach
        return Estimate(value, Interval(Fraction(0) if nothing else value - reach, value + reach, low_open=nothing))
    if not precision or rounding == "exact":
        return Estimate(value, Interval(value, value))
    if rounding == "floor":
        return Estimate(value, Interval(value, value + precision, high_open=True))
    if rounding == "ceiling":
        return Estimate(value, Interval(value - precision, value, low_open=True))
    return Estimate(value, Interval(value - precision / 2, value + precision / 2))


def _last_digit(value: Fraction, precision: Fraction) -> Fraction:
    """Return what the last digit of a printed number is worth that is no zero; of one counted, of its units."""
    worth = precision or Fraction(1)
    digits = value / worth
    while digits and digits.denominator == 1 and not digits.numerator % 10:
        digits, worth = digits / 10, worth * 10
    return worth


class Monotone(Generic[P]):
    """A formula that rises or falls steadily in each of its first arguments, the others held still.

    Called with fractions it gives the exact result; :meth:`over` takes estimates and gives an estimate,
    whose ends are the smallest and the largest of the formula's values at the corners. Each argument must
    stand for one quantity, so that no corner is impossible (Moore, *Interval Analysis*, 1966, ch. 4).
    Directions, for arguments in their usual range, serve where an interval has no end on one side.
    """

    def __init__(self, formula: Callable[P, Fraction | None], directions: str, rounded: bool) -> None:
        functools.update_wrapper(self, formula)
        self._formula = formula
        self._directions = directions
        self._rounded = rounded

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Fraction | None:
        """Work out the formula for exact numbers."""
        return self._formula(*args, **kwargs)

    def over(self, *estimates: Estimate, **exact: int) -> Estimate:
        """Carry estimates through the formula; ``exact`` holds the arguments known exactly (periods).

        Raises
        ------
        DomainError
            The formula has no meaning somewhere within the intervals.

        Examples
        --------
        >>> growth = Monotone(lambda base, later: later / base - 1, "-+", False)
        >>> growth.over(Estimate(Fraction(1), Interval(Fraction(1), None)), exactly(3)).range.high
        Fraction(2, 1)
        """
        if len(estimates) != len(self._directions):
            raise TypeError(f"{len(self._directions)} estimates needed, {len(estimates)} given")
        estimates = tuple(self._with_end(estimates, exact, place) for place in range(len(estimates)))
        if any(None in (e.range.low, e.range.high) for e in estimates):
            (low, low_open), (high, high_open) = (self._corner(estimates, exact, rising) for rising in "+-")
        else:
            (low, low_open), (high, high_open) = self._corners(estimates, exact)
        values = [e.value for e in estimates]
        value = self._formula(*values, **exact) if None not in values else None  # type: ignore[arg-type]
        slack = ROUNDED_TO if self._rounded and low != high else Fraction(0)
        ends = (None if low is None else low - slack, None if high is None else high + slack)
        return Estimate(value, Interval(*ends, low_open, high_open))

    def over_known(self, *estimates: Estimate, **exact: int) -> Estimate | None:
        """Carry estimates through as :meth:`over` does; nothing where the formula has no meaning within them.

        Examples
        --------
        >>> @monotone("+-")
        ... def share(part: Fraction, whole: Fraction) -> Fraction:
        ...     if whole <= 0:
        ...         raise DomainError("there is no whole")
        ...     return part / whole
        >>> share.over_known(exactly(3), exactly(0)) is None
        True
        """
        try:
            return self.over(*estimates, **exact)
        except DomainError:
            return None

    def _with_end(self, estimates: tuple[Estimate, ...], exact: dict[str, int], place: int) -> Estimate:
        """An estimate without the low end it does not reach itself, where the formula has no meaning there."""
        estimate = estimates[place]
        if not estimate.range.low_open or estimate.range.low is None:
            return estimate
        others = (e.range.low if e.range.high is None else e.range.high for e in estimates)
        try:
            self._formula(*(estimate.range.low if n == place else end for n, end in enumerate(others)), **exact)  # type: ignore[arg-type]
        except DomainError:
            return replace(estimate, range=replace(estimate.range, low=None, low_open=False))
        return estimate

    def _corners(
        self, estimates: tuple[Estimate, ...], exact: dict[str, int]
    ) -> tuple[tuple[Fraction | None, bool], tuple[Fraction | None, bool]]:
        """Evaluate at every corner; an end is open when no closed corner reaches it, ``None`` is beyond all."""
        sides = [{(e.range.low, e.range.low_open), (e.range.high, e.range.high_open)} for e in estimates]
        reached: dict[Fraction | None, bool] = {}
        for corner in itertools.product(*sides):
            result = self._formula(*(end for end, _ in corner), **exact)  # type: ignore[arg-type]
            reached[result] = reached.get(result, True) and any(is_open for _, is_open in corner)
        known = [result for result in reached if result is not None]
        if not known:
            return (None, False), (None, False)
        low, high = min(known), max(known)
        return (low, reached[low]), (None, False) if None in reached else (high, reached[high])

    def _corner(
        self, estimates: tuple[Estimate, ...], exact: dict[str, int], rising: str
    ) -> tuple[Fraction | None, bool]:
        """Evaluate at the ends that make the result smallest (``rising`` is ``+``) or largest (``-``)."""
        pairs = [
            (e.range.low, e.range.low_open) if direction == rising else (e.range.high, e.range.high_open)
            for e, direction in zip(estimates, self._directions, strict=True)
        ]
        if any(end is None for end, _ in pairs):
            return None, False
        return self._formula(*(end for end, _ in pairs), **exact), any(open_ for _, open_ in pairs)  # type: ignore[arg-type]


def monotone(
    directions: Literal["+", "-", "++", "+-", "-+", "--", "-+-", "++-"], *, rounded: bool = False
) -> Callable[[Callable[P, Fraction | None]], Monotone[P]]:
    """Declare how a formula moves: ``+`` rises, ``-`` falls, one sign an argument that may be an estimate.

    Examples
    --------
    >>> @monotone("-+")
    ... def growth(base: Fraction, later: Fraction) -> Fraction:
    ...     return later / base - 1
    >>> growth.over(as_printed(Fraction(2), Fraction(1), "=", "half-unit"), exactly(3)).range.low
    Fraction(1, 5)
    """
    return lambda formula: Monotone(formula, directions, rounded)


def decimal_text(value: Fraction | None, digits: int = 15, towards: Callable[[Fraction], int] = round) -> str:
    """Write a fraction as decimal text without an exponent, to ``digits`` significant digits at most.

    Parameters
    ----------
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
