"""Expressions: named leaves, numbers and what is done to them; worked out and written from one tree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from dalil.errors import DomainError
from dalil.numbers.intervals import Estimate, decimal_text
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

    def at(self, values: "Mapping[Expression, Fraction]") -> Fraction | None:
        """Work the expression out for one value of each leaf, or of other parts; ``None`` is never."""
        return values[self] if self in values else self._at(values)

    def _at(self, values: "Mapping[Expression, Fraction]") -> Fraction | None:
        raise NotImplementedError

    def json(self) -> Any:
        """The tree as data."""
        raise NotImplementedError

    def written(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
        """Write the formula with names put in some way, and say how tightly its parts hold together."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.written(lambda named: named.name)[0]

    @property
    def shape(self) -> str:
        """The formula with its leaves numbered in the order in which it names them; a fact in it stays what it is."""
        places: dict[Expression, str] = {leaf: f"{{{number}}}" for number, leaf in enumerate(self.leaves)}
        return self.written(lambda named: places.get(named, named.name))[0]


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

    def written(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
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

    def _at(self, _: Mapping[Expression, Fraction]) -> Fraction:
        return self.value

    def written(self, _: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
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

    def _at(self, values: Mapping[Expression, Fraction]) -> Fraction | None:
        numbers = [number for part in self.parts if (number := part.at(values)) is not None]
        if len(numbers) < len(self.parts):
            # What rests on never is never.
            return None
        kind = OPERATIONS[self.sign]
        for limit in kind.limits:
            if numbers[limit.place] <= limit.above:
                raise self.refusal(limit, numbers[limit.place])
        try:
            return kind.work_out(*numbers)
        except DomainError as error:
            raise DomainError(f"{error} ({self})") from None

    def refusal(self, limit: Limit, number: Fraction) -> DomainError:
        """Say that a part is not above what it must be, and which leaves make it."""
        names = ", ".join(leaf.name for leaf in self.parts[limit.place].leaves)
        return DomainError(f"{limit.said_of(number)} ({self}{names and f'; look at {names}'})")

    def written(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
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

    __hash__ = Expression.__hash__

    name: str
    inner: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:  # type: ignore[override]
        """What it names."""
        return (self.inner,)

    def _at(self, values: Mapping[Expression, Fraction]) -> Fraction | None:
        return self.inner.at(values)

    def written(self, name: "Callable[[Leaf | Named], str]") -> tuple[str, int]:
        """Write its name."""
        return name(self), _NAME

    def json(self) -> Any:
        """Return its name and what it names."""
        return {"fact": self.name, "is": self.inner.json()}


def _bracket(text: tuple[str, int], tight: int) -> str:
    return text[0] if text[1] >= tight else f"({text[0]})"
