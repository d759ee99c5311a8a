"""Expressions: named leaves, numbers and what is done to them; worked out, bounded and written from one tree."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from dalil.errors import DomainError
from dalil.numbers.intervals import Estimate, decimal_text
from dalil.numbers.roots import log_ratio, logarithm, root

# A claim, a figure of the record, a parameter, or what is counted or looked up in a table.
LeafKind = Literal["claim", "figure", "parameter", "table"]

# A range of numbers that may be endless, and a range of slopes.
Bounds = tuple[Any, Any]
_ANY: Bounds = (-math.inf, math.inf)
_UP: Bounds = (0, math.inf)
_DOWN: Bounds = (-math.inf, 0)

# How tightly the parts of a formula hold together, for its brackets.
_SUM, _PRODUCT, _POWER, _NAME = range(4)


class Expression:
    """A node of the tree; two trees are equal when they say the same."""

    @cached_property
    def leaves(self) -> "tuple[Leaf, ...]":
        """The distinct named leaves, in the order in which the formula names them."""
        return tuple(dict.fromkeys(self._leaves()))

    def _leaves(self) -> "Iterator[Leaf]":
        raise NotImplementedError

    def at(self, values: "Mapping[Leaf, Fraction]") -> Fraction | None:
        """Work the expression out for one value of each leaf; ``None`` is never."""
        raise NotImplementedError

    def bounds(self) -> Bounds:
        """Enclose every value it may take, from those of its parts."""
        raise NotImplementedError

    def slope(self, leaf: "Leaf") -> Bounds:
        """Enclose every slope it may have in a leaf; one sign says that it only rises or only falls."""
        raise NotImplementedError

    def is_linear_in(self, _: "Leaf") -> bool:
        """Tell whether it is a straight line in a leaf while all others stand still; what lacks the leaf is one."""
        return True

    def written(self, name: "Callable[[Leaf], str]") -> tuple[str, int]:
        """The formula with leaves written in some way, and how tightly its parts hold together."""
        raise NotImplementedError

    def json(self) -> Any:
        """The tree as data."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.written(lambda leaf: leaf.name)[0]

    @property
    def with_numbers(self) -> str:
        """The formula with the leaves' values put in."""
        return self.written(lambda leaf: decimal_text(leaf.estimate.value) or "?")[0]

    @property
    def shape(self) -> str:
        """The formula with its leaves numbered in the order in which it names them."""
        places = {leaf: f"{{{number}}}" for number, leaf in enumerate(self.leaves)}
        return self.written(lambda leaf: places[leaf])[0]


@dataclass(frozen=True)
class Leaf(Expression):
    """A named number that a formula starts from, with what it may stand for and the sources it is from.

    Parameters
    ----------
    kind
        Whether it is a claim, a figure of the record, a parameter, or counted or looked up in a table.
    name
        What it is called, or how it is counted.
    estimate
        Its value and interval.
    claims, sources
        The claims that a count is about, and the origins that a figure or a count rests on.
    """

    kind: LeafKind
    name: str
    estimate: Estimate
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def _leaves(self) -> Iterator["Leaf"]:
        yield self

    def at(self, values: Mapping["Leaf", Fraction]) -> Fraction | None:
        """Return the leaf's value."""
        return values[self]

    def bounds(self) -> Bounds:
        """Return the ends of its interval."""
        low, high = self.estimate.range.low, self.estimate.range.high
        return (-math.inf if low is None else low, math.inf if high is None else high)

    def slope(self, leaf: "Leaf") -> Bounds:
        """Return one in itself, nothing in others."""
        return (1, 1) if leaf == self else (0, 0)

    def written(self, name: Callable[["Leaf"], str]) -> tuple[str, int]:
        """Write its name."""
        return name(self), _NAME

    def json(self) -> Any:
        """Return its kind and name."""
        return {self.kind: self.name}


@dataclass(frozen=True)
class Number(Expression):
    """A plain number."""

    value: Fraction

    def _leaves(self) -> Iterator[Leaf]:
        yield from ()

    def at(self, _: Mapping[Leaf, Fraction]) -> Fraction | None:
        """Return the number."""
        return self.value

    def bounds(self) -> Bounds:
        """Return the number twice."""
        return (self.value, self.value)

    def slope(self, _: Leaf) -> Bounds:
        """Return nothing: it is the same whatever a leaf is."""
        return (0, 0)

    def written(self, _: Callable[[Leaf], str]) -> tuple[str, int]:
        """Write it as a decimal where it is one, else as a fraction."""
        text = decimal_text(self.value, 30)
        plain = Fraction(text) == self.value
        return (text, _NAME if self.value >= 0 else _SUM) if plain else (str(self.value), _PRODUCT)

    def json(self) -> Any:
        """Return the number as exact text."""
        return {"number": str(self.value)}


@dataclass(frozen=True)
class Operation(Expression):
    """Something done to other expressions: ``+``, ``-``, ``×``, ``/``, ``^``, ``ln`` and the functions of a target.

    Parameters
    ----------
    sign
        What is done.
    parts
        What it is done to, in order.
    """

    sign: str
    parts: tuple[Expression, ...]

    def _leaves(self) -> Iterator[Leaf]:
        for part in self.parts:
            yield from part.leaves

    def at(self, values: Mapping[Leaf, Fraction]) -> Fraction | None:
        """Work it out from its parts; what rests on never is never."""
        numbers = [part.at(values) for part in self.parts]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers):
            return None
        try:
            return _WORK_OUT[self.sign](*known)
        except DomainError as error:
            names = ", ".join(leaf.name for leaf in self.leaves)
            raise DomainError(f"{error} ({self}; look at {names})" if names else str(error)) from None

    def bounds(self) -> Bounds:
        """Enclose it from what encloses its parts."""
        return _BOUNDS[self.sign](*(part.bounds() for part in self.parts))

    def slope(self, leaf: Leaf) -> Bounds:
        """Enclose its slope by the chain rule."""
        total: Bounds = (0, 0)
        for part, outer in zip(self.parts, _SLOPES[self.sign](*(part.bounds() for part in self.parts)), strict=True):
            inner = part.slope(leaf)
            if inner != (0, 0):
                total = _plus(total, _times(outer, inner))
        return total

    def is_linear_in(self, leaf: Leaf) -> bool:
        """Tell whether it is a straight line in a leaf while all others stand still."""
        within = [leaf in part.leaves for part in self.parts]
        straight = all(part.is_linear_in(leaf) for part in self.parts)
        if self.sign in {"+", "-"}:
            return straight
        if self.sign == "×":
            return straight and not all(within)
        return not any(within) or (self.sign == "/" and straight and not within[1])

    def written(self, name: Callable[[Leaf], str]) -> tuple[str, int]:
        """Write it with the brackets it needs."""
        texts = [part.written(name) for part in self.parts]
        if self.sign == "periods":
            base, goal, growth = texts[0][0], _bracket(texts[1], _PRODUCT), _bracket(texts[2], _SUM)
            reached = goal if base == "1" else f"{goal} / {_bracket(texts[0], _POWER)}"
            return f"ln({reached}) / ln(1 + {growth})", _PRODUCT
        if self.sign in _TIGHT:
            tight = _TIGHT[self.sign]
            left = _bracket(texts[0], tight + (self.sign == "^"))
            right = _bracket(texts[1], tight + (self.sign in "-/^"))
            if self.sign == "^" and isinstance(self.parts[1], Number):
                exponent = self.parts[1].value
                right = str(exponent) if exponent.denominator == 1 else f"({exponent})"
            return (f"{left}^{right}" if self.sign == "^" else f"{left} {self.sign} {right}"), tight
        return f"{self.sign}({', '.join(text for text, _ in texts)})", _NAME

    def json(self) -> Any:
        """Return what is done and to what."""
        return {"op": self.sign, "args": [part.json() for part in self.parts]}


@dataclass(frozen=True)
class Named(Expression):
    """An expression that has a name as a fact; other formulas call it by that."""

    name: str
    inner: Expression

    def _leaves(self) -> Iterator[Leaf]:
        yield from self.inner.leaves

    def at(self, values: Mapping[Leaf, Fraction]) -> Fraction | None:
        """Work out what it names."""
        return self.inner.at(values)

    def bounds(self) -> Bounds:
        """Enclose what it names."""
        return self.inner.bounds()

    def slope(self, leaf: Leaf) -> Bounds:
        """Enclose the slope of what it names."""
        return self.inner.slope(leaf)

    def is_linear_in(self, leaf: Leaf) -> bool:
        """Tell it of what it names."""
        return self.inner.is_linear_in(leaf)

    def written(self, _: Callable[[Leaf], str]) -> tuple[str, int]:
        """Write its name."""
        return self.name, _NAME

    def json(self) -> Any:
        """Return its name and what it names."""
        return {"fact": self.name, "is": self.inner.json()}


def _bracket(text: tuple[str, int], tight: int) -> str:
    return text[0] if text[1] >= tight else f"({text[0]})"


def _divided(top: Fraction, bottom: Fraction) -> Fraction:
    if bottom <= 0:
        raise DomainError(f"it divides by {decimal_text(bottom, 6)}, and may only by what is above zero")
    return top / bottom


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if base <= 0:
        raise DomainError(f"a power of {decimal_text(base, 6)}; only what is above zero has one here")
    if exponent.denominator == 1:
        return base**exponent.numerator
    return root(base**exponent.numerator, exponent.denominator)


def _logarithm(value: Fraction) -> Fraction:
    if value <= 0:
        raise DomainError(f"the logarithm of {decimal_text(value, 6)}; only what is above zero has one")
    return logarithm(value)


def _periods(base: Fraction, goal: Fraction, growth: Fraction) -> Fraction | None:
    if growth <= -1:
        raise DomainError(f"growth of {float(growth):.0%} leaves nothing; it must be above -100%")
    if base <= 0 or goal <= 0:
        where = f"from {decimal_text(base, 6)}" if base <= 0 else f"to {decimal_text(goal, 6)}"
        raise DomainError(f"growth leads nowhere {where}; both must be above zero")
    if goal <= base:
        return Fraction(0)
    return log_ratio(goal / base, 1 + growth) if growth > 0 else None


_WORK_OUT: dict[str, Callable[..., Fraction | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "/": _divided,
    "^": _power,
    "ln": _logarithm,
    "ceiling": lambda a: Fraction(math.ceil(a)),
    "periods": _periods,
}
_TIGHT = {"+": _SUM, "-": _SUM, "×": _PRODUCT, "/": _PRODUCT, "^": _POWER}


def _plus(a: Bounds, b: Bounds) -> Bounds:
    return (a[0] + b[0], a[1] + b[1])


def _minus(a: Bounds, b: Bounds) -> Bounds:
    return (a[0] - b[1], a[1] - b[0])


def _product(a: Any, b: Any) -> Any:
    """A product in which nothing times anything, even endless, is nothing."""
    return 0 if a == 0 or b == 0 else a * b


def _times(a: Bounds, b: Bounds) -> Bounds:
    ends = [_product(x, y) for x in a for y in b]
    return (min(ends), max(ends))


def _inverse(a: Bounds) -> Bounds:
    if a[0] < 0:
        return _ANY
    return (0 if a[1] == math.inf else 1 / Fraction(a[1]), math.inf if a[0] == 0 else 1 / Fraction(a[0]))


def _over(a: Bounds, b: Bounds) -> Bounds:
    return _times(a, _inverse(b))


def _powers(a: Bounds, _: Bounds) -> Bounds:
    return _UP if a[0] >= 0 else _ANY


def _sign_of(a: Bounds, zero: Any = 0) -> Bounds:
    """Only whether something is above or below a number."""
    return _UP if a[0] >= zero else _DOWN if a[1] <= zero else _ANY


_BOUNDS: dict[str, Callable[..., Bounds]] = {
    "+": _plus,
    "-": _minus,
    "×": _times,
    "/": _over,
    "^": _powers,
    "ln": lambda a: _sign_of(a, 1),
    "ceiling": lambda a: (a[0], a[1] + 1),
    "periods": lambda *_: _UP,
}
_SLOPES: dict[str, Callable[..., tuple[Bounds, ...]]] = {
    "+": lambda *_: ((1, 1), (1, 1)),
    "-": lambda *_: ((1, 1), (-1, -1)),
    "×": lambda a, b: (b, a),
    "/": lambda a, b: (_inverse(b), _minus((0, 0), _over(a, _times(b, b)))),
    "^": lambda a, b: (_times(_sign_of(b), _powers(a, b)), _ANY),
    "ln": lambda a: (_inverse(a),),
    "ceiling": lambda _: (_UP,),
    "periods": lambda *_: (_DOWN, _UP, _DOWN),
}
