"""Whether an expression rises or falls in a leaf, found from its form as one sum of products over another.

Written so, what occurs twice is taken together before anything is bounded: ``2 * (b - a) / (b + a)`` has the slope
``4 * a / (b + a) ** 2`` in ``b``, whose sign is plain.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dalil.errors import DomainError
from dalil.numbers.expression import Expression, Leaf, Named, Number, Operation
from dalil.numbers.intervals import Interval
from dalil.numbers.operations import OPERATIONS

# A product of atoms, each as often as it occurs.
Product = tuple[Expression, ...]
# The ends of a range, which may be endless.
Ends = tuple[Any, Any]
# How often ranges are halved to tell the sign of a slope.
_HALVINGS = 8


@dataclass(frozen=True)
class Polynomial:
    """A sum of products of atoms: leaves, and what is neither a sum, a product nor a quotient, such as a root.

    Parameters
    ----------
    terms
        Each product with what it is multiplied by; none stands for nothing.
    """

    terms: Mapping[Product, Fraction]

    @classmethod
    def of(cls, number: Fraction) -> "Polynomial":
        """Make one of a plain number."""
        return cls({(): number} if number else {})

    def __add__(self, other: "Polynomial") -> "Polynomial":
        terms = dict(self.terms)
        for product, factor in other.terms.items():
            terms[product] = terms.get(product, Fraction(0)) + factor
        return Polynomial({product: factor for product, factor in terms.items() if factor})

    def __sub__(self, other: "Polynomial") -> "Polynomial":
        return self + other * Polynomial.of(Fraction(-1))

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        whole = Polynomial({})
        for left, first in self.terms.items():
            products = {tuple(sorted(left + right, key=hash)): first * second for right, second in other.terms.items()}
            whole += Polynomial(products)
        return whole

    @property
    def atoms(self) -> tuple[Expression, ...]:
        """The distinct atoms."""
        return tuple(dict.fromkeys(atom for product in self.terms for atom in product))

    def slope(self, atom: Expression) -> "Polynomial":
        """Differentiate by an atom.

        Parameters
        ----------
        atom
            The atom.
        """
        slope = Polynomial({})
        for product, factor in self.terms.items():
            if atom in product:
                place = product.index(atom)
                slope += Polynomial({product[:place] + product[place + 1 :]: factor * product.count(atom)})
        return slope

    def sign(self, ranges: Mapping[Expression, Ends], halvings: int = _HALVINGS) -> int | None:
        """Tell whether it is never below zero (1), never above (-1), nothing (0), or either (``None``).

        Parameters
        ----------
        ranges
            Where each atom may be.
        halvings
            How often the widest range may be halved to find out.
        """
        if not self.terms:
            return 0
        low, high = self._ends(ranges)
        if low >= 0 or high <= 0:
            return 1 if low >= 0 else -1
        widths = {atom: ranges[atom][1] - ranges[atom][0] for atom in self.atoms}
        finite = [atom for atom, width in widths.items() if 0 < width < math.inf]
        if not finite or not halvings:
            return None
        widest = max(finite, key=lambda atom: widths[atom])
        bottom, top = ranges[widest]
        middle = (bottom + top) / 2
        first = self.sign({**ranges, widest: (bottom, middle)}, halvings - 1)
        if first is None or first != self.sign({**ranges, widest: (middle, top)}, halvings - 1):
            return None
        return first

    def _ends(self, ranges: Mapping[Expression, Ends]) -> Ends:
        low: Any = Fraction(0)
        high: Any = Fraction(0)
        for product, factor in self.terms.items():
            ends: Ends = (factor, factor)
            for atom in product:
                corners = [_times(one, other) for one in ends for other in ranges[atom]]
                ends = (min(corners), max(corners))
            low, high = _plus(low, ends[0]), _plus(high, ends[1])
        return low, high


# One polynomial over another.
Quotient = tuple[Polynomial, Polynomial]


def directions(expression: Expression, range_of: Callable[[Expression], Interval]) -> dict[Leaf, int | None]:
    """Tell for each leaf with a range whether the expression rises (1), falls (-1) or stays (0) in it.

    ``None`` says that it does one of them throughout for any values of the other leaves, and which depends on those.

    Parameters
    ----------
    expression
        The expression, which has a meaning all over the ranges.
    range_of
        Where a leaf or another part may be.

    Raises
    ------
    DomainError
        It turns within the range of a leaf, or that cannot be told.
    """
    wide = [leaf for leaf in expression.leaves if range_of(leaf).width != 0]
    quotient = _quotient(expression, range_of) if wide else None
    return {leaf: _direction(expression, quotient, leaf, range_of) for leaf in wide if quotient}


def _direction(
    expression: Expression, quotient: Quotient, leaf: Leaf, range_of: Callable[[Expression], Interval]
) -> int | None:
    top, bottom = quotient
    atoms = dict.fromkeys((*top.atoms, *bottom.atoms))
    through = [atom for atom in atoms if leaf in atom.leaves]
    found: list[int | None] = []
    for atom in through:
        slope = top.slope(atom)
        if atom in bottom.atoms:
            slope = slope * bottom - top * bottom.slope(atom)
        sign = slope.sign({part: _ends(range_of(part)) for part in slope.atoms})
        if sign is None and atom in slope.atoms:
            raise _turns(expression, leaf)
        found.append(_joined(sign, _move(atom, leaf, range_of)))
    return _agreed(found, expression, leaf)


def _move(atom: Expression, leaf: Leaf, range_of: Callable[[Expression], Interval]) -> int | None:
    """Which way an atom goes with a leaf in it."""
    if not isinstance(atom, Operation):
        return 1
    moves = zip(OPERATIONS[atom.sign].moves, atom.parts, strict=True)
    found = [
        _joined(move, _direction(part, _quotient(part, range_of), leaf, range_of))
        for move, part in moves
        if leaf in part.leaves
    ]
    return _agreed(found, atom, leaf)


def _joined(outer: int | None, inner: int | None) -> int | None:
    if outer == 0 or inner == 0:
        return 0
    return None if outer is None or inner is None else outer * inner


def _agreed(found: list[int | None], expression: Expression, leaf: Leaf) -> int | None:
    """The one direction of an expression that a leaf moves in several ways."""
    signs = set(found) - {0}
    if len(signs) > 1 or (None in signs and len(found) > 1):
        raise _turns(expression, leaf)
    return signs.pop() if signs else 0


def _turns(expression: Expression, leaf: Leaf) -> DomainError:
    interval = leaf.estimate.range
    return DomainError(f"{expression} may turn where {leaf.name} is {interval}, so that its ends are not known")


def _quotient(expression: Expression, range_of: Callable[[Expression], Interval]) -> Quotient:
    """Write an expression as one polynomial over another, which is above zero."""
    one = Polynomial.of(Fraction(1))
    if isinstance(expression, Named):
        return _quotient(expression.inner, range_of)
    if isinstance(expression, Number):
        return Polynomial.of(expression.value), one
    if isinstance(expression, Leaf) and (value := range_of(expression).low) == range_of(expression).high:
        return (Polynomial.of(value), one) if value is not None else (Polynomial({(expression,): Fraction(1)}), one)
    if not isinstance(expression, Operation) or OPERATIONS[expression.sign].moves:
        return Polynomial({(expression,): Fraction(1)}), one
    (top, bottom), (over, under) = (_quotient(part, range_of) for part in expression.parts)
    if expression.sign == "×":
        return top * over, bottom * under
    if expression.sign == "/":
        return top * under, bottom * over
    if bottom != under:
        top, over, bottom = top * under, over * bottom, bottom * under
    return (top + over if expression.sign == "+" else top - over), bottom


def _ends(interval: Interval) -> Ends:
    low, high = interval.low, interval.high
    return (-math.inf if low is None else low, math.inf if high is None else high)


def _times(one: Any, other: Any) -> Any:
    """A product in which nothing times anything, even endless, is nothing; without rounding to a float."""
    if one == 0 or other == 0:
        return Fraction(0)
    if math.inf in (abs(one), abs(other)):
        return math.inf if (one > 0) == (other > 0) else -math.inf
    return one * other


def _plus(one: Any, other: Any) -> Any:
    """A sum without rounding to a float; both are low ends, or both high ones."""
    return one if abs(one) == math.inf else other if abs(other) == math.inf else one + other
