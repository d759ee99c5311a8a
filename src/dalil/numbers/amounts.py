"""Amounts: a value with its interval, its unit and the formula that it was worked out by.

Python's operators work on amounts, on amounts and plain numbers, and elementwise in the columns of a pandas frame.
"""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from numbers import Rational
from typing import Any

from dalil.errors import DomainError
from dalil.numbers import units
from dalil.numbers.expression import Expression, Leaf, LeafKind, Named, Number, Operation
from dalil.numbers.intervals import ROUNDED_TO, Estimate, Interval, exactly

# Signs whose results are rounded, so that their intervals are widened by what that may be.
_ROUNDED = {"ln", "periods"}


@dataclass(frozen=True, eq=True)
class Amount:
    """A number with its unit and the expression it is.

    Its interval holds whatever the expression comes to while each of its leaves is anywhere within its own: what
    occurs twice is one number. Where the expression only rises, only falls or is a straight line in
    each leaf, which is checked, the ends are exact; elsewhere they enclose the exact ones (Moore, *Interval
    Analysis*, 1966, ch. 4).

    Parameters
    ----------
    expression
        The formula.
    unit
        The unit of what it comes to.

    Examples
    --------
    >>> from dalil.numbers.intervals import as_printed
    >>> level = Amount.leaf("claim", "level", as_printed(Fraction(2), Fraction(1), "=", "half-unit"), "USD")
    >>> growth = Amount.leaf("claim", "growth", exactly("0.25"), "ratio")
    >>> before = level / (1 + growth)
    >>> str(before.expression), before.unit, before.value, before.range.high
    ('level / (1 + growth)', 'USD', Fraction(8, 5), Fraction(2, 1))
    >>> (level - level / (1 + growth)).range.low
    Fraction(3, 10)
    """

    expression: Expression
    unit: str

    @classmethod
    def leaf(
        cls,
        kind: LeafKind,
        name: str,
        estimate: Estimate,
        unit: str,
        *,
        claims: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> "Amount":
        """Make a named number that formulas start from.

        Parameters
        ----------
        kind, name, estimate, claims, sources
            As for :class:`Leaf`.
        unit
            Its unit.
        """
        return cls(Leaf(kind, name, estimate, claims, sources), unit)

    @classmethod
    def of(cls, number: Rational | int, unit: str = "") -> "Amount":
        """Make a plain number, with a unit if it has one.

        Examples
        --------
        >>> str(Amount.of(2017, "calendar_year").expression)
        '2017'
        """
        return cls(Number(Fraction(int(number.numerator), int(number.denominator))), unit)

    def named(self, name: str) -> "Amount":
        """Give the amount a name, by which formulas that use it call it.

        Parameters
        ----------
        name
            The name of a fact.
        """
        return Amount(Named(name, self.formula), self.unit)

    def in_unit(self, unit: str) -> "Amount":
        """Say what a number is a number of: an index, a year.

        Parameters
        ----------
        unit
            The unit.
        """
        return Amount(self.expression, unit)

    @property
    def formula(self) -> Expression:
        """What it was worked out by, without a name of its own."""
        return self.expression.inner if isinstance(self.expression, Named) else self.expression

    @cached_property
    def estimate(self) -> Estimate:
        """Its value and interval."""
        return _estimate(self.expression)

    @property
    def value(self) -> Fraction | None:
        """Its value; ``None`` is never, or no single value."""
        return self.estimate.value

    @property
    def range(self) -> Interval:
        """Its interval."""
        return self.estimate.range

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims it rests on."""
        rests_on = ((leaf.name,) if leaf.kind == "claim" else leaf.claims for leaf in self.expression.leaves)
        return tuple(dict.fromkeys(claim for claims in rests_on for claim in claims))

    @property
    def sources(self) -> tuple[str, ...]:
        """The origins of the figures it rests on."""
        return tuple(dict.fromkeys(source for leaf in self.expression.leaves for source in leaf.sources))

    @property
    def width(self) -> "Amount":
        """The distance between the ends of its interval, which must both be there.

        Raises
        ------
        DomainError
            One of them is missing.
        """
        if self.range.width is None:
            raise DomainError(f"{self.expression} has no end on one side, so it has no width")
        name = f"high({self.expression}) - low({self.expression})"
        unit = units.of_difference(self.unit, self.unit)
        return Amount.leaf("table", name, exactly(self.range.width), unit, claims=self.claims, sources=self.sources)

    def __add__(self, other: Any) -> "Amount":
        return _combine("+", self, other, units.of_sum)

    def __radd__(self, other: Any) -> "Amount":
        return _combine("+", other, self, units.of_sum)

    def __sub__(self, other: Any) -> "Amount":
        return _combine("-", self, other, units.of_difference)

    def __rsub__(self, other: Any) -> "Amount":
        return _combine("-", other, self, units.of_difference)

    def __mul__(self, other: Any) -> "Amount":
        return _combine("×", self, other, units.of_product)

    def __rmul__(self, other: Any) -> "Amount":
        return _combine("×", other, self, units.of_product)

    def __truediv__(self, other: Any) -> "Amount":
        return _combine("/", self, other, units.of_quotient)

    def __rtruediv__(self, other: Any) -> "Amount":
        return _combine("/", other, self, units.of_quotient)

    def __pow__(self, exponent: Any) -> "Amount":
        if not isinstance(exponent, Rational):
            return NotImplemented
        if exponent < 0:
            raise DomainError(f"a power of {exponent} is none that has a meaning here")
        if exponent != 1 and self.unit not in ("", units.RATIO):
            raise DomainError(f"only a ratio has powers here, not {self.unit}")
        return self if exponent == 1 else _combine("^", self, exponent, lambda unit, _: unit)


def is_above_zero(interval: Interval) -> bool:
    """Tell whether every number of an interval may be divided by: an end that is not there is not looked at.

    Parameters
    ----------
    interval
        The interval.

    Examples
    --------
    >>> is_above_zero(Interval(Fraction(0), Fraction(1))), is_above_zero(Interval(Fraction(0), None, low_open=True))
    (False, True)
    """
    low = interval.low
    return low is None or low > 0 or (low == 0 and interval.low_open)


def ln(amount: Amount) -> Amount:
    """Take the natural logarithm of a ratio.

    Parameters
    ----------
    amount
        The ratio.

    Examples
    --------
    >>> ln(Amount.of(1)).value
    Fraction(0, 1)
    """
    return Amount(Operation("ln", (amount.expression,)), units.RATIO)


def ceiling(amount: Amount) -> Amount:
    """Take the next whole number, or the amount itself where it is one.

    Parameters
    ----------
    amount
        A number of years.

    Examples
    --------
    >>> ceiling(Amount.of(Fraction(5, 2), "year")).value
    Fraction(3, 1)
    """
    return Amount(Operation("ceiling", (amount.expression,)), amount.unit)


def calendar_year(year: int) -> Amount:
    """Take a year as an amount, so that numbers of years can be added to it.

    Parameters
    ----------
    year
        The year.

    Examples
    --------
    >>> (calendar_year(2017) + Amount.of(3, "year")).value
    Fraction(2020, 1)
    """
    return Amount.of(year, units.CALENDAR_YEAR)


def years_until(level: Amount, goal: Amount, growth: Amount) -> Amount:
    """Work out the years until a level reaches a goal at steady growth: ``ln(goal / level) / ln(1 + growth)``.

    A level at or above the goal gives none. Below it, growth of zero or less gives a value of ``None``, never;
    where that holds at one end of the intervals only, that end has no bound.

    Parameters
    ----------
    level, goal
        Where it starts and what it is to reach, in one unit.
    growth
        Growth a year, a ratio.

    Raises
    ------
    DomainError
        Level and goal are in two units, the level is not above zero, or growth is -100 percent or less.

    Examples
    --------
    >>> years = years_until(Amount.of(1, "USD"), Amount.of(4, "USD"), Amount.of(1, "ratio"))
    >>> years.value, str(years.expression)
    (Fraction(2, 1), 'ln(4 / 1) / ln(1 + 1)')
    """
    units.of_difference(goal.unit, level.unit)
    parts = (level.expression, goal.expression, growth.expression)
    return Amount(Operation("periods", parts), units.YEAR)


def known(work_out: Callable[[], Amount]) -> Amount | None:
    """Work an amount out; nothing where the formula has no meaning within the intervals.

    Parameters
    ----------
    work_out
        What gives the amount.

    Examples
    --------
    >>> known(lambda: Amount.of(1) / Amount.of(0)) is None
    True
    """
    try:
        amount = work_out()
        amount.estimate  # noqa: B018
    except DomainError:
        return None
    return amount


def _combine(sign: str, left: Any, right: Any, unit: Callable[[str, str], str]) -> Amount:
    parts: list[Amount] = []
    for part in (left, right):
        if isinstance(part, Rational):
            part = Amount.of(part)
        if not isinstance(part, Amount):
            return NotImplemented  # type: ignore[no-any-return]
        parts.append(part)
    first, second = parts
    return Amount(Operation(sign, (first.expression, second.expression)), unit(first.unit, second.unit))


def _estimate(expression: Expression) -> Estimate:
    leaves = expression.leaves
    centre = {leaf: leaf.estimate.value for leaf in leaves if leaf.estimate.value is not None}
    value = expression.at(centre) if len(centre) == len(leaves) else None
    rounded = [leaf for leaf in leaves if leaf.estimate.range.width != 0]
    if not rounded:
        return Estimate(value, Interval(value, value))
    slopes = {leaf: expression.slope(leaf) for leaf in rounded}
    rising = {leaf: up > 0 for leaf, (down, up) in slopes.items() if not down < 0 < up}
    turning = [leaf for leaf in rounded if leaf not in rising]
    (low, low_open), (high, high_open) = (_end(expression, leaves, rising, turning, top) for top in (False, True))
    if not all(expression.is_linear_in(leaf) for leaf in turning):
        low, high = (None if math.isinf(end) else Fraction(end) for end in expression.bounds())
        return Estimate(value, Interval(low, high))
    slack = ROUNDED_TO if _is_rounded(expression) and low != high else 0
    # Nothing takes fewer years than none.
    floor = low if low == 0 and isinstance(expression, Operation) and expression.sign == "periods" else None
    ends = floor if low is None or floor is not None else low - slack, None if high is None else high + slack
    return Estimate(value, Interval(*ends, low_open, high_open))


def _end(
    expression: Expression, leaves: tuple[Leaf, ...], rising: dict[Leaf, bool], turning: list[Leaf], top: bool
) -> tuple[Fraction | None, bool]:
    """The least or the most that it comes to: at one end of each leaf, at either end of those whose direction turns.

    Nothing where a leaf has no end there; an end is open when no closed corner reaches it.
    """
    reached: dict[Fraction | None, bool] = {}
    for sides in itertools.product((False, True), repeat=len(turning)):
        highs = {**{leaf: up == top for leaf, up in rising.items()}, **dict(zip(turning, sides, strict=True))}
        end, is_open = _corner(expression, leaves, highs)
        reached[end] = reached.get(end, True) and is_open
    if None in reached:
        return None, False
    end = (max if top else min)(end for end in reached if end is not None)
    return end, reached[end]


def _corner(expression: Expression, leaves: tuple[Leaf, ...], highs: dict[Leaf, bool]) -> tuple[Fraction | None, bool]:
    """The value where each leaf is at its high or low end, and whether one of these ends is open."""
    values: dict[Leaf, Fraction] = {}
    is_open = False
    for leaf in leaves:
        interval, high = leaf.estimate.range, highs.get(leaf, True)
        end = interval.high if high else interval.low
        if end is None:
            return None, False
        is_open |= interval.high_open if high else interval.low_open
        values[leaf] = end
    try:
        return expression.at(values), is_open
    except DomainError:
        if not is_open:
            raise
        # The end is not reached, and has no bound.
        return None, False


def _is_rounded(expression: Expression) -> bool:
    if isinstance(expression, Named):
        return _is_rounded(expression.inner)
    # The next whole number is one, however its reason was rounded.
    if not isinstance(expression, Operation) or expression.sign == "ceiling":
        return False
    exponent = expression.parts[-1] if expression.sign == "^" else Number(Fraction(1))
    is_root = isinstance(exponent, Number) and exponent.value.denominator != 1
    return is_root or expression.sign in _ROUNDED or any(_is_rounded(part) for part in expression.parts)
