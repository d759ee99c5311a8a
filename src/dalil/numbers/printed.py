"""Numbers as they were printed, as amounts."""

from decimal import Decimal
from fractions import Fraction

from dalil.errors import DomainError
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Rounding, as_printed


def printed(
    text: str,
    unit: str = "",
    *,
    name: str,
    scale: int | Fraction = 1,
    comparator: str = "=",
    rounding: Rounding = "half-unit",
) -> Amount:
    """Take a number as it was printed, for all that it may stand for.

    Parameters
    ----------
    text
        The number as printed, in digits with a point; its last digit says how precise it is.
    unit
        Its unit.
    name
        What formulas call it: one name is one number, however often it occurs.
    scale
        What it is printed in: 10**9 for billions.
    comparator, rounding
        As for :func:`dalil.numbers.intervals.as_printed`.

    Raises
    ------
    DomainError
        The text is not a number.

    Examples
    --------
    >>> printed("2", "USD", name="trade", scale=10**9)
    trade = 2000000000 USD [1500000000, 2500000000]
    """
    try:
        number = Decimal(text)
        exponent = int(number.as_tuple().exponent)
    except (ArithmeticError, ValueError):
        raise DomainError(f'"{text}" is not a number in digits, such as 31.2') from None
    precision = Fraction(10) ** exponent * scale
    return Amount.leaf("claim", name, as_printed(Fraction(number) * scale, precision, comparator, rounding), unit)
