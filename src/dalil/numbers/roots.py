"""Roots and logarithms of exact fractions, rounded to thirty decimals."""

from decimal import Decimal, localcontext
from fractions import Fraction

from dalil.errors import DomainError
from dalil.numbers.intervals import ROUNDED_TO

# Digits carried inside, well beyond ROUNDED_TO for results up to a million million.
_DIGITS = 60


def root(value: Fraction, degree: int) -> Fraction:
    """Take the root of a positive fraction, cut off at thirty decimals.

    Parameters
    ----------
    value
        What the root is of.
    degree
        2 for the square root, and so on.

    Examples
    --------
    >>> root(Fraction(9, 4), 2)
    Fraction(3, 2)
    """
    scale = ROUNDED_TO.denominator
    scaled = value * scale**degree
    whole = scaled.numerator // scaled.denominator
    # Newton's method on integers, from above.
    guess = 1 << -(-whole.bit_length() // degree)
    while guess and (better := ((degree - 1) * guess + whole // guess ** (degree - 1)) // degree) < guess:
        guess = better
    return Fraction(guess, scale)


def logarithm(value: Fraction) -> Fraction:
    """Take the natural logarithm of a positive fraction.

    Examples
    --------
    >>> float(logarithm(Fraction(2)))
    0.6931471805599453
    """
    with localcontext(prec=_DIGITS):
        return Fraction(round(Fraction(_ln(value)) / ROUNDED_TO)) * ROUNDED_TO


def log_ratio(value: Fraction, base: Fraction) -> Fraction:
    """Take ``ln(value) / ln(base)`` of positive fractions; exact powers come out exact.

    Raises
    ------
    DomainError
        The base is one, or too near to it.

    Examples
    --------
    >>> log_ratio(Fraction(8), Fraction(2))
    Fraction(3, 1)
    """
    with localcontext(prec=_DIGITS):
        divisor = _ln(base)
        if not divisor:
            raise DomainError(f"growth of {float(base - 1):g} is too small to work out when a level is reached")
        ratio = _ln(value) / divisor
    return Fraction(round(Fraction(ratio) / ROUNDED_TO)) * ROUNDED_TO


def _ln(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).ln()
