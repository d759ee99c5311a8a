"""Amounts: a value with its interval, its unit and the formula that it was worked out by.

Python's operators work on amounts, on amounts and plain numbers, and elementwise in the columns of a pandas frame.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from numbers import Rational
from typing import Any

from dalil.errors import DomainError
from dalil.numbers import units
from dalil.numbers.evaluation import estimate_of
from dalil.numbers.expression import Expression, Leaf, LeafKind, Named, Number, Operation
from dalil.numbers.intervals import Estimate, Interval, decimal_text, exactly


@dataclass(frozen=True, repr=False)
class Amount:
    """A number with its unit and the expression it is.

    Its interval holds whatever the expression comes to while each of its leaves is anywhere within its own, and
    nothing else: what occurs twice is one number (see :func:`dalil.numbers.evaluation.estimate_of`).

    Parameters
    ----------
    expression
        The formula.
    unit
        The unit of what it comes to.

    Examples
    --------
    >>> from dalil.numbers import printed
    >>> level, growth = printed("2", "USD", name="level"), printed("0.25", "ratio", name="growth", rounding="exact")
    >>> level / (1 + growth)
    level / (1 + growth) = 1.6 USD [1.2, 2]
    >>> level - level / (1 + growth)
    level - level / (1 + growth) = 0.4 USD [0.3, 0.5]
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
        """Make a named number that formulas start from."""
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
        """Give the amount a name, by which formulas that use it call it."""
        return replace(self, expression=Named(name, self.formula))

    def in_unit(self, unit: str) -> "Amount":
        """Say what a number is a number of: an index, a year, money at the prices of some year.

        Examples
        --------
        >>> from dalil.numbers import printed
        >>> real = printed("2", "USD", name="real").in_unit("USD@2017")
        >>> real - printed("1", "USD", name="nominal")
        Traceback (most recent call last):
        dalil.errors.DomainError: USD@2017 and USD are two things and have no difference (real - nominal)
        """
        return replace(self, unit=unit)

    @property
    def formula(self) -> Expression:
        """What it was worked out by, without a name of its own."""
        return self.expression.inner if isinstance(self.expression, Named) else self.expression

    @cached_property
    def estimate(self) -> Estimate:
        """Its value and interval."""
        return estimate_of(self.expression)

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
    def low(self) -> "Amount":
        """The lower end of its interval, which must be there."""
        return self._end("low end", f"low({self.expression})", self.range.low, self.unit)

    @property
    def high(self) -> "Amount":
        """The upper end of its interval, which must be there."""
        return self._end("high end", f"high({self.expression})", self.range.high, self.unit)

    @property
    def width(self) -> "Amount":
        """The distance between the ends of its interval, which must both be there.

        Raises
        ------
        DomainError
            One of them is missing.
        """
        unit = units.of_difference(self.unit, self.unit)
        return self._end("width", f"high({self.expression}) - low({self.expression})", self.range.width, unit)

    def _end(self, what: str, leaf: str, end: Fraction | None, unit: str) -> "Amount":
        if end is None:
            raise DomainError(f"{self.expression} has no end on one side, so it has no {what}")
        return Amount.leaf("table", leaf, exactly(end), unit, claims=self.claims, sources=self.sources)

    def __repr__(self) -> str:
        try:
            value = decimal_text(self.value) or "never"
        except DomainError as error:
            return str(error)
        return f"{self.formula} = {value}{self.unit and f' {self.unit}'} {self.range}"

    def __neg__(self) -> "Amount":
        return -1 * self

    def __add__(self, other: Any) -> "Amount":
        return _combine("+", self, other, units.of_sum)

    def __radd__(self, other: Any) -> "Amount":
        # Python's sum starts from zero.
        return self if type(other) is int and other == 0 else _combine("+", other, self, units.of_sum)

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
        power = _number(exponent)
        if power is None:
            return NotImplemented
        if power < 0:
            raise DomainError(f"a power of {power} is none that has a meaning here")
        if power != 1 and self.unit not in ("", units.RATIO):
            raise DomainError(f"only a ratio has powers here, not {self.unit} ({self.expression})")
        return self if power == 1 else _combine("^", self, power, lambda unit, _: unit)


def is_above_zero(interval: Interval) -> bool:
    """Tell whether every number of an interval may be divided by: an end that is not there is not looked at.

    Examples
    --------
    >>> is_above_zero(Interval(Fraction(0), Fraction(1))), is_above_zero(Interval(Fraction(0), None, low_open=True))
    (False, True)
    """
    low = interval.low
    return low is None or low > 0 or (low == 0 and interval.low_open)


def ln(amount: Amount) -> Amount:
    """Take the natural logarithm of a ratio.

    Examples
    --------
    >>> ln(Amount.of(1)).value
    Fraction(0, 1)
    """
    return Amount(Operation("ln", (amount.expression,)), units.RATIO)


def ceiling(amount: Amount) -> Amount:
    """Take the next whole number, or the amount itself where it is one.

    Examples
    --------
    >>> ceiling(Amount.of(Fraction(5, 2), "year")).value
    Fraction(3, 1)
    """
    return Amount(Operation("ceiling", (amount.expression,)), amount.unit)


def calendar_year(year: int) -> Amount:
    """Take a year as an amount, so that numbers of years can be added to it.

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
    >>> from dalil.numbers import printed
    >>> years_until(printed("2", "USD", name="level", rounding="exact"), Amount.of(8, "USD"), Amount.of(1, "ratio"))
    ln(8 / level) / ln(1 + 1) = 2 year [2, 2]
    """
    units.of_difference(goal.unit, level.unit)
    parts = (level.expression, goal.expression, growth.expression)
    return Amount(Operation("periods", parts), units.YEAR)


def known(work_out: Callable[[], Amount]) -> Amount | None:
    """Work an amount out; nothing where the formula has no meaning within the intervals.

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
    first, second = (part if isinstance(part, Amount) else _plain(part) for part in (left, right))
    if first is None or second is None:
        return NotImplemented  # type: ignore[no-any-return]
    operation = Operation(sign, (first.expression, second.expression))
    try:
        return Amount(operation, unit(first.unit, second.unit))
    except DomainError as error:
        raise DomainError(f"{error} ({operation})") from None


def _plain(number: Any) -> Amount | None:
    value = _number(number)
    return None if value is None else Amount(Number(value), "")


def _number(number: Any) -> Fraction | None:
    """A plain number, exactly; nothing for what is none.

    Raises
    ------
    TypeError
        It is a float, which stands for another number than it says.
    """
    if isinstance(number, float):
        raise TypeError(f'{number} is a float, and not exact: write Decimal("{number}"), Fraction or a whole number')
    if isinstance(number, Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    return Fraction(number) if isinstance(number, Decimal) else None
