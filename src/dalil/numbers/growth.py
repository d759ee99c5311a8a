"""Growth: rates by three formulas, implied bases, increments, doubling time, shares, index numbers, constant prices."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

from dalil.errors import DomainError
from dalil.numbers.intervals import ROUNDED_TO, monotone

# Digits carried inside roots and logarithms, well beyond ROUNDED_TO for results up to a million million.
_DIGITS = 60


@monotone("-+")
def growth_rate(base: Fraction, later: Fraction) -> Fraction:
    """Growth from ``base`` to ``later``: ``later / base - 1``, a ratio that belongs to the later period.

    Equal values give zero; a fall is negative, at most -1. Both are in one unit, at constant or both at
    current prices.

    Raises
    ------
    DomainError
        The base is not positive.

    Examples
    --------
    >>> growth_rate(Fraction(2), Fraction(3))
    Fraction(1, 2)
    """
    require_positive(base, "base")
    return later / base - 1


@monotone("-+", rounded=True)
def log_growth(base: Fraction, later: Fraction) -> Fraction:
    """Growth as the difference of logarithms: ``ln(later / base)``; equal steps up and down cancel out.

    Rounded to 30 decimals.

    Raises
    ------
    DomainError
        Base or later value not positive.

    Examples
    --------
    >>> float(log_growth(Fraction(1), Fraction(2)))
    0.6931471805599453
    """
    require_positive(base, "base")
    require_positive(later, "later value")
    with localcontext(prec=_DIGITS):
        return Fraction(round(Fraction(_log(later / base)) / ROUNDED_TO)) * ROUNDED_TO


@monotone("-+")
def midpoint_growth(base: Fraction, later: Fraction) -> Fraction:
    """Growth against the mean of both: ``2 * (later - base) / (later + base)``, between -2 and 2.

    Written as ``2 - 4 / (later / base + 1)`` so that each argument occurs once.

    Raises
    ------
    DomainError
        The base is not positive, or the later value below zero.

    Examples
    --------
    >>> midpoint_growth(Fraction(2), Fraction(3))
    Fraction(2, 5)
    """
    require_positive(base, "base")
    if later < 0:
        raise DomainError(f"the later value is {later}; it must not be below zero")
    return 2 - 4 / (later / base + 1)


@monotone("+-")
def implied_base(value: Fraction, growth: Fraction) -> Fraction:
    """The value one period earlier that ``growth`` implies: ``value / (1 + growth)``, in the value's unit.

    Raises
    ------
    DomainError
        Growth of -100 % or less.

    Examples
    --------
    >>> implied_base(Fraction(3), Fraction(1, 2))
    Fraction(2, 1)
    """
    require_growth(growth)
    return value / (1 + growth)


@monotone("++")
def increment(value: Fraction, growth: Fraction) -> Fraction:
    """The absolute change that led to ``value``: ``value - value / (1 + growth)``, in the value's unit.

    Written as ``value * (1 - 1 / (1 + growth))`` so that each argument occurs once. Zero growth gives
    zero, a fall a negative increment (for a value that is not negative).

    Raises
    ------
    DomainError
        Growth of -100 % or less.

    Examples
    --------
    >>> increment(Fraction(3), Fraction(1, 2))
    Fraction(1, 1)
    """
    require_growth(growth)
    return value * (1 - 1 / (1 + growth))


@monotone("-+", rounded=True)
def compound_growth_rate(base: Fraction, later: Fraction, periods: int) -> Fraction:
    """Steady growth a period that leads from ``base`` to ``later``: ``(later / base) ** (1 / periods) - 1``.

    The compound annual growth rate (CAGR) when a period is a year; a ratio. One period gives the plain
    growth rate, equal values give zero. Rounded to 30 decimals.

    Raises
    ------
    DomainError
        Base or later value not positive, or less than one period.

    Examples
    --------
    >>> compound_growth_rate(Fraction(1), Fraction(4), 2)
    Fraction(1, 1)
    """
    require_positive(base, "base")
    require_positive(later, "later value")
    if periods < 1:
        raise DomainError(f"growth needs at least one period, not {periods}")
    return _root(later / base, periods) - 1


@monotone("-", rounded=True)
def doubling_time(growth: Fraction) -> Fraction | None:
    """Periods until the value has doubled at steady ``growth``: ``ln 2 / ln(1 + growth)``.

    ``None`` (never) at zero or negative growth. Rounded to 30 decimals.

    Raises
    ------
    DomainError
        Growth of -100 % or less.

    Examples
    --------
    >>> doubling_time(Fraction(1))
    Fraction(1, 1)
    """
    require_growth(growth)
    return log_ratio(Fraction(2), 1 + growth) if growth > 0 else None


@monotone("+-")
def share(part: Fraction, whole: Fraction) -> Fraction:
    """``part`` as a ratio of ``whole``, both in one unit.

    Raises
    ------
    DomainError
        The whole is not positive.

    Examples
    --------
    >>> share(Fraction(1), Fraction(4))
    Fraction(1, 4)
    """
    require_positive(whole, "whole")
    return part / whole


@monotone("+")
def index_number(growth: Fraction) -> Fraction:
    """Index of the later period with the base period as 100: ``100 * (1 + growth)``.

    Examples
    --------
    >>> index_number(Fraction(1, 4))
    Fraction(125, 1)
    """
    return 100 * (1 + growth)


@monotone("++-")
def at_prices_of(value: Fraction, base_index: Fraction, index: Fraction) -> Fraction:
    """Put an amount of money at the prices of a base year: ``value * base_index / index``, in the value's unit.

    Parameters
    ----------
    base_index, index
        The price index in the base year, and in the year the amount is of.

    Raises
    ------
    DomainError
        An index is not positive.

    Examples
    --------
    >>> at_prices_of(Fraction(3), Fraction(100), Fraction(150))
    Fraction(2, 1)
    """
    require_positive(base_index, "price index of the base year")
    require_positive(index, "price index")
    return value * base_index / index


def whole_periods(periods: Fraction) -> int:
    """Full periods needed for a stretch of ``periods``: an exact hit is that period, not the next.

    Examples
    --------
    >>> whole_periods(Fraction(3)), whole_periods(Fraction(31, 10))
    (3, 4)
    """
    return math.ceil(periods)


def require_positive(value: Fraction, name: str) -> None:
    """Raise DomainError unless ``value`` is above zero; ``name`` says what it is."""
    if value <= 0:
        raise DomainError(f"the {name} is {value}; it must be above zero")


def require_growth(growth: Fraction) -> None:
    """Raise DomainError for growth of -100 % or less."""
    if growth <= -1:
        raise DomainError(f"growth of {float(growth):.0%} leaves nothing; it must be above -100%")


def _root(value: Fraction, degree: int) -> Fraction:
    """The ``degree``-th root of a positive fraction, cut off at ROUNDED_TO."""
    scale = ROUNDED_TO.denominator
    scaled = value * scale**degree
    whole = scaled.numerator // scaled.denominator
    # Newton's method on integers, from above.
    guess = 1 << -(-whole.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + whole // guess ** (degree - 1)) // degree
        if better >= guess:
            return Fraction(guess, scale)
        guess = better


def log_ratio(value: Fraction, base: Fraction) -> Fraction:
    """``ln(value) / ln(base)`` for positive fractions, rounded to ROUNDED_TO; exact powers come out exact."""
    with localcontext(prec=_DIGITS):
        divisor = _log(base)
        if not divisor:
            raise DomainError(f"growth of {float(base - 1):g} is too small to work out when a level is reached")
        ratio = _log(value) / divisor
    return Fraction(round(Fraction(ratio) / ROUNDED_TO)) * ROUNDED_TO


def _log(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).ln()
