"""What may be done to numbers: how each operation works out, where it has a meaning, and which way it moves."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from dalil.numbers.intervals import decimal_text
from dalil.numbers.roots import log_ratio, logarithm, root

_NONE, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Limit:
    """What a part of an operation must be above for the operation to have a meaning.

    Parameters
    ----------
    place
        Which part it is.
    above
        The limit.
    message
        What to say of a number that is not above it.
    """

    place: int
    above: int
    message: str

    def said_of(self, number: Fraction) -> str:
        """Say what is wrong with a number that is not above the limit.

        Parameters
        ----------
        number
            The number.
        """
        return self.message.format(number=decimal_text(number, 6), percent=decimal_text(100 * number, 6))


@dataclass(frozen=True)
class Kind:
    """A kind of operation.

    Parameters
    ----------
    work_out
        Gives the result from the parts; ``None`` is never.
    slopes
        Gives the slope in each part at a point, by which an error in the part becomes one in the result.
    limits
        What its parts must be above.
    moves
        Whether it rises (1) or falls (-1) in each part, for what is no sum, product or quotient.
    is_rounded
        Whether the result for some parts is rounded.
    """

    work_out: Callable[..., Fraction | None]
    slopes: Callable[..., tuple[Fraction, ...]]
    limits: tuple[Limit, ...] = ()
    moves: tuple[int, ...] = ()
    is_rounded: Callable[..., bool] = lambda *_: False


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    power = base**exponent.numerator
    return power if exponent.denominator == 1 else root(power, exponent.denominator)


def _periods(base: Fraction, goal: Fraction, growth: Fraction) -> Fraction | None:
    if goal <= base:
        return Fraction(0)
    return log_ratio(goal / base, 1 + growth) if growth > 0 else None


def _slopes_of_periods(base: Fraction, goal: Fraction, growth: Fraction) -> tuple[Fraction, ...]:
    periods = _periods(base, goal, growth)
    if not periods:
        return (_NONE, _NONE, _NONE)
    steepness = logarithm(1 + growth)
    return (1 / (base * steepness), 1 / (goal * steepness), periods / ((1 + growth) * steepness))


OPERATIONS = {
    "+": Kind(lambda a, b: a + b, lambda *_: (_ONE, _ONE)),
    "-": Kind(lambda a, b: a - b, lambda *_: (_ONE, -_ONE)),
    "×": Kind(lambda a, b: a * b, lambda a, b: (b, a)),
    "/": Kind(
        lambda a, b: a / b,
        lambda a, b: (1 / b, a / b**2),
        limits=(Limit(1, 0, "it divides by {number}, and may only by what is above zero"),),
    ),
    "^": Kind(
        _power,
        lambda a, b: (b * _power(a, b) / a, _NONE),
        limits=(Limit(0, 0, "a power of {number}; only what is above zero has one here"),),
        moves=(1, 0),
        is_rounded=lambda _, exponent: exponent.denominator != 1,
    ),
    "ln": Kind(
        logarithm,
        lambda a: (1 / a,),
        limits=(Limit(0, 0, "the logarithm of {number}; only what is above zero has one"),),
        moves=(1,),
        is_rounded=lambda _: True,
    ),
    # The next whole number is one, however its reason was rounded.
    "ceiling": Kind(lambda a: Fraction(math.ceil(a)), lambda _: (_NONE,), moves=(1,)),
    "periods": Kind(
        _periods,
        _slopes_of_periods,
        limits=(
            Limit(2, -1, "growth of {percent}% leaves nothing; it must be above -100%"),
            Limit(0, 0, "growth leads nowhere from {number}; both must be above zero"),
            Limit(1, 0, "growth leads nowhere to {number}; both must be above zero"),
        ),
        moves=(-1, 1, -1),
        is_rounded=lambda base, goal, _: goal > base,
    ),
}
