"""Expressions: named leaves, numbers and what is done to them; worked out and written from one tree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from dalil.errors import DomainError
from dalil.numbers.intervals import ROUNDED_TO, Estimate, decimal_text
from dalil.numbers.operations import OPERATIONS, Limit

# A claim, a figure of the record, a parameter, or what is counted or looked up in a table.
LeafKind = Literal["claim", "figure", "parameter", "table"]

# How tightly the parts of a formula hold together, for its brackets.
_SUM, _PRODUCT, _POWER, _NAME = range(4)
_TIGHT = {"+": _SUM, "-": _SUM, "×": _PRODUCT, "/": _PRODUCT, "^": _POWER}


class Expression:
    """A node of the tree; two trees are equal when they say the same."""

    parts: "tuple[Expression, ...]" = ()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, field.name) for field in fields(self)))  # type: ignore[arg-type]

    @cached_property
    def leaves(self) -> "tuple[Leaf, ...]":
        """The distinct named leaves, in the order in which the formula names them."""
        return tuple(dict.fromkeys(leaf for part in self.parts for leaf in part.leaves))

    def at(self, values: "Mapping[Leaf, Fraction]") -> Fraction | None:
        """Work the expression out for one value of each leaf; ``None`` is never."""
        raise NotImplementedError

    def rounding(self, _: "Mapping[Leaf, Fraction]") -> Fraction:
        """By how much roots and logarithms in it, which are rounded, may put it wrong for one value of each leaf."""
        return Fraction(0)

    def json(self) -> Any:
        """The tree as data."""
        raise NotImplementedError

    def written(self, name: "Callable[[Leaf | Named], str]") -> str:
        """Write the formula with names put in some way.

        Parameters
        ----------
        name
            Says what to write for a leaf, and for an expression that has a name.
        """
        return self.bound(name)[0]

    def bound(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
        """Write the formula, and say how tightly its parts hold together."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.written(lambda named: named.name)

    @property
    def shape(self) -> Any:
        """The tree with each leaf the place at which the formula names it; a fact in it stays what it is."""
        return _shape(self, {leaf: place for place, leaf in enumerate(self.leaves)})


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

    __hash__ = Expression.__hash__

    kind: LeafKind
    name: str
    estimate: Estimate
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def leaves(self) -> tuple["Leaf", ...]:
        """Itself."""
        return (self,)

    def at(self, values: Mapping["Leaf", Fraction]) -> Fraction | None:
        """Return the leaf's value."""
        return values[self]

    def bound(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
        """Write its name."""
        return name(self), _NAME

    def json(self) -> Any:
        """Return its kind and name."""
        return {self.kind: self.name}


@dataclass(frozen=True)
class Number(Expression):
    """A plain number."""

    __hash__ = Expression.__hash__

    value: Fraction

    def at(self, _: Mapping[Leaf, Fraction]) -> Fraction | None:
        """Return the number."""
        return self.value

    def bound(self, _: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
        """Write it as a decimal where it is one, else as a fraction."""
        text = decimal_text(self.value, 30)
        plain = Fraction(text) == self.value
        return (text, _NAME if self.value >= 0 else _SUM) if plain else (str(self.value), _PRODUCT)

    def json(self) -> Any:
        """Return the number as exact text."""
        return {"number": str(self.value)}


@dataclass(frozen=True)
class Operation(Expression):
    """Something done to other expressions.

    Parameters
    ----------
    sign
        What is done, of :data:`dalil.numbers.operations.OPERATIONS`.
    parts
        What it is done to, in order.
    """

    __hash__ = Expression.__hash__

    sign: str
    parts: tuple[Expression, ...]

    def at(self, values: Mapping[Leaf, Fraction]) -> Fraction | None:
        """Work it out from its parts; what rests on never is never."""
        numbers = self._numbers(values)
        if numbers is None:
            return None
        kind = OPERATIONS[self.sign]
        for limit in kind.limits:
            if numbers[limit.place] <= limit.above:
                raise self.refusal(limit, numbers[limit.place])
        try:
            return kind.work_out(*numbers)
        except DomainError as error:
            raise DomainError(f"{error} ({self})") from None

    def rounding(self, values: Mapping[Leaf, Fraction]) -> Fraction:
        """Carry what its parts may be wrong by along its slopes, and add what it is rounded by itself."""
        numbers = self._numbers(values)
        if numbers is None:
            return Fraction(0)
        kind = OPERATIONS[self.sign]
        own = ROUNDED_TO if kind.is_rounded(*numbers) else Fraction(0)
        errors = [part.rounding(values) for part in self.parts]
        if not any(errors):
            return own
        carried = (abs(slope) * error for slope, error in zip(kind.slopes(*numbers), errors, strict=True))
        return sum(carried, own)

    def refusal(self, limit: Limit, number: Fraction) -> DomainError:
        """Say that a part is not above what it must be, and which leaves make it.

        Parameters
        ----------
        limit, number
            The limit, and what the part comes to.
        """
        names = ", ".join(leaf.name for leaf in self.parts[limit.place].leaves)
        return DomainError(f"{limit.said_of(number)} ({self}{names and f'; look at {names}'})")

    def bound(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
        """Write it with the brackets it needs."""
        texts = [part.bound(name) for part in self.parts]
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

    def _numbers(self, values: Mapping[Leaf, Fraction]) -> list[Fraction] | None:
        """What its parts come to; nothing where one of them is never."""
        numbers = [part.at(values) for part in self.parts]
        known = [number for number in numbers if number is not None]
        return known if len(known) == len(numbers) else None


@dataclass(frozen=True)
class Named(Expression):
    """An expression that has a name as a fact; other formulas call it by that."""

    __hash__ = Expression.__hash__

    name: str
    inner: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:  # type: ignore[override]
        """What it names."""
        return (self.inner,)

    def at(self, values: Mapping[Leaf, Fraction]) -> Fraction | None:
        """Work out what it names."""
        return self.inner.at(values)

    def rounding(self, values: Mapping[Leaf, Fraction]) -> Fraction:
        """Say it of what it names."""
        return self.inner.rounding(values)

    def bound(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
        """Write its name."""
        return name(self), _NAME

    def json(self) -> Any:
        """Return its name and what it names."""
        return {"fact": self.name, "is": self.inner.json()}


def _bracket(text: tuple[str, int], tight: int) -> str:
    return text[0] if text[1] >= tight else f"({text[0]})"


def _shape(expression: Expression, places: Mapping[Expression, int]) -> Any:
    if isinstance(expression, Operation):
        return (expression.sign, *(_shape(part, places) for part in expression.parts))
    return places.get(expression, expression)
