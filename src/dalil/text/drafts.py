"""A quantity in the making, and the phrase that it is read from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dalil.text.grammar import Grammar, Unit
from dalil.text.numerals import Number
from dalil.text.tokens import Token

# The unit of what counts nothing.
NONE = Unit("", "")


@dataclass
class Draft:
    """A quantity in the making: the tokens it spans, its number as printed, its unit if one was said."""

    first: int = 0
    last: int = 0
    kind: str = ""
    number: Number | None = None
    low: Number | None = None
    unit: Unit | None = None
    iso: str = ""
    value: Decimal | None = None
    comparator: str = "="
    reason: str = ""
    counted: bool = False
    listed: bool = False
    to: bool = False
    direction: str = ""
    change: str = ""


@dataclass(frozen=True)
class Sentence:
    """A text's tokens, their roles as one string, and the grammar they were read with."""

    tokens: list[Token]
    roles: str
    words: Grammar


Match = re.Match[str]
Meaning = Callable[[Match, Sentence], Draft | None]


def optional(match: Match, name: str, of: Sentence) -> Token | None:
    """The token of a group, if the shape has that group and it stands there."""
    return of.tokens[match.start(name)] if match.groupdict().get(name) else None


def given(match: Match, name: str, of: Sentence) -> Token:
    """The token of a group that stands there."""
    return of.tokens[match.start(name)]


def worth(token: Token) -> Decimal:
    """The number that a token is worth."""
    value = token.value
    return value.value if isinstance(value, Number) else Decimal(value)


def lead_of(match: Match, of: Sentence) -> str:
    """Return the role of what stands before a phrase."""
    return of.roles[match.start() - 1] if match.start() else ""
