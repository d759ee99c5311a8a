"""Targets: projections towards them, gaps, and when they are reached."""

from fractions import Fraction

from dalil.errors import DomainError
from dalil.numbers.growth import log_ratio, require_growth, require_positive
from dalil.numbers.intervals import Estimate, Interval, monotone


@monotone("++")
def projection(value: Fraction, growth: Fraction, periods: int) -> Fraction:
    """Carry ``value`` forward at steady ``growth``: ``value * (1 + growth) ** periods``, in the value's unit.

    No period gives the value itself.

    Raises
    ------
    DomainError
        Growth of -100 % or less, or a target before its base year (negative periods).

    Examples
    --------
    >>> projection(Fraction(2), Fraction(1, 2), 2)
    Fraction(9, 2)
    """
    require_growth(growth)
    if periods < 0:
        raise DomainError(f"a target {-periods} periods before its base; it must not lie before it")
    return value * (1 + growth) ** periods


@monotone("+-")
def gap(projected: Fraction, target: Fraction) -> Fraction:
    """``projected - target`` in their common unit: negative is short of the target, zero an exact hit.

    Examples
    --------
    >>> gap(Fraction(2), Fraction(3))
    Fraction(-1, 1)
    """
    return projected - target


@monotone("+-")
def relative_gap(projected: Fraction, target: Fraction) -> Fraction:
    """The gap as a share of the target: ``projected / target - 1``, a ratio; negative is short.

    Raises
    ------
    DomainError
        The target is not positive.

    Examples
    --------
    >>> relative_gap(Fraction(2), Fraction(4))
    Fraction(-1, 2)
    """
    require_positive(target, "target")
    return projected / target - 1


@monotone("-+-", rounded=True)
def _periods_above(value: Fraction, target: Fraction, growth: Fraction) -> Fraction | None:
    """Periods from ``value`` up to ``target``; 0 where it is reached already, ``None`` for never."""
    if value >= target:
        return Fraction(0)
    require_positive(value, "value")
    return log_ratio(target / value, 1 + growth) if growth > 0 else None


def periods_to_target(value: Estimate, target: Estimate, growth: Estimate) -> Estimate:
    """Periods until ``value`` reaches ``target`` at steady ``growth``: ``ln(target / value) / ln(1 + growth)``.

    A value already at or above the target gives zero. Below it, growth of zero or less gives a value of
    ``None``: never; where that holds only at one end of the intervals, that end has no bound. Rounded to
    30 decimals.

    Raises
    ------
    DomainError
        Value or target not positive, or growth of -100 % or less.

    Examples
    --------
    >>> from dalil.numbers.intervals import exactly
    >>> periods_to_target(exactly(1), exactly(4), exactly(1)).value
    Fraction(2, 1)
    """
    for estimate, name in ((value, "value"), (target, "target")):
        low = estimate.range.low
        if low is not None and not (low == 0 and estimate.range.low_open):
            require_positive(low, name)
    if growth.range.low is not None:
        require_growth(growth.range.low)
    periods = _periods_above.over(value, target, growth)
    least = periods.range.low
    floor = Fraction(0) if least is not None and least < 0 else least
    return Estimate(periods.value, Interval(floor, periods.range.high, periods.range.low_open, periods.range.high_open))
