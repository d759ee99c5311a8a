"""What may be done to numbers: how each operation works out, where it has a meaning, and by how much it is rounded."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from dalil.numbers.intervals import ROUNDED_TO, decimal_text
from dalil.numbers.roots import log_ratio, logarithm, root


@dataclass(frozen=True)
class Limit:
    """What a part of an operation must be above, and what to say of a number that is not."""

    place: int
    above: int
    message: str

    def said_of(self, number: Fraction) -> str:
        """Say what is wrong with a number that is not above the limit."""
        return self.message.format(number=decimal_text(number, 6), percent=decimal_text(100 * number, 6))


@dataclass(frozen=True)
class Kind:
    """A kind of operation, which only rises or only falls in each part while the others stand still.

    Parameters
    ----------
    work_out
        Gives the result from the parts; ``None`` is never.
    limits
        What its parts must be above.
    is_exact
        Whether a result is that of its parts, and not rounded.
    """

    work_out: Callable[..., Fraction | None]
    limits: tuple[Limit, ...] = ()
    is_exact: Callable[..., bool] = lambda *_: True

    def slack(self, result: Fraction, *parts: Fraction) -> Fraction:
        """By how much a result may be wrong."""
        return Fraction(0) if self.is_exact(result, *parts) else ROUNDED_TO


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    power = base**exponent.numerator
    return power if exponent.denominator == 1 else root(power, exponent.denominator)


def _periods(base: Fraction, goal: Fraction, growth: Fraction) -> Fraction | None:
    if goal <= base:
        return Fraction(0)
    return log_ratio(goal / base, 1 + growth) if growth > 0 else None


def _are_exact(periods: Fraction, base: Fraction, goal: Fraction, growth: Fraction) -> bool:
    return goal <= base or (periods.denominator == 1 and base * (1 + growth) ** periods.numerator == goal)


OPERATIONS = {
    "+": Kind(lambda a, b: a + b),
    "-": Kind(lambda a, b: a - b),
    "×": Kind(lambda a, b: a * b),
    "/": Kind(lambda a, b: a / b, (Limit(1, 0, "it divides by {number}, and may only by what is above zero"),)),
    "^": Kind(
        _power,
        (Limit(0, 0, "a power of {number}; only what is above zero has one here"),),
        lambda power, base, exponent: power**exponent.denominator == base**exponent.numerator,
    ),
    "ln": Kind(
        logarithm,
        (Limit(0, 0, "the logarithm of {number}; only what is above zero has one"),),
        lambda _, number: number == 1,
    ),
    "ceiling": Kind(lambda a: Fraction(math.ceil(a))),
    "periods": Kind(
        _periods,
        (
            Limit(2, -1, "growth of {percent}% leaves nothing; it must be above -100%"),
            Limit(0, 0, "growth leads nowhere from {number}; both must be above zero"),
            Limit(1, 0, "growth leads nowhere to {number}; both must be above zero"),
        ),
        _are_exact,
    ),
}
