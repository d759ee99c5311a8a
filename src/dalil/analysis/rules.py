"""Rules that hold an article against itself: what a rule is, and what it finds.

To add a rule, write a function that yields what it finds and declare its cases with :func:`rule`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dalil.claims.claims import Claims
from dalil.numbers.amounts import Amount
from dalil.text.article import Article

Verdict = Literal["agrees", "differs", "cannot-be-checked"]

# What a rule yields: the claims it is about, the case they are, what fills the words for the case, and, where numbers
# were compared, what the first claim was compared with.
Instance = tuple[tuple[str, ...], str, dict[str, str]] | tuple[tuple[str, ...], str, dict[str, str], Amount]


@dataclass(frozen=True)
class Finding:
    """What one rule says of some claims; ``case`` names the words for it, ``details`` fill them.

    ``worked_out`` is the number that the first claim was compared with; the fact that ``details`` name is it.
    """

    rule: str
    claims: tuple[str, ...]
    verdict: Verdict
    case: str
    details: dict[str, str] = field(default_factory=dict)
    worked_out: Amount | None = None


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the question it asks, and each case that it may come to with the verdict that goes with it.

    ``words`` names the messages for its cases, and ``compares`` says that it is numbers that it holds together.
    """

    name: str
    question: str
    cases: Mapping[str, Verdict]
    instances: Callable[[Claims, Article], Iterator[Instance]]
    words: str
    compares: bool

    def __call__(self, claims: Claims, article: Article) -> list[Finding]:
        """Apply the rule to every claim it fits."""
        return [self.finding(*instance) for instance in self.instances(claims, article)]

    def finding(
        self, claims: tuple[str, ...], case: str, details: dict[str, str], worked_out: Amount | None = None
    ) -> Finding:
        """Say that some claims are one of the rule's cases."""
        return Finding(self.name, claims, self.cases[case], case, details, worked_out)


RULES: dict[str, Rule] = {}


def rule(
    cases: Mapping[str, Verdict], *, words: str = "", compares: bool = False
) -> Callable[[Callable[[Claims, Article], Iterator[Instance]]], Rule]:
    """Make a function a rule, in its place after those before it; its docstring is the question it asks.

    Parameters
    ----------
    cases
        Every case that it may yield, with its verdict.
    words
        The rule whose words for the cases it has, where it has none of its own.
    compares
        Whether it is numbers that it holds together, and not periods, standings or marks.
    """

    def register(instances: Callable[[Claims, Article], Iterator[Instance]]) -> Rule:
        name = instances.__name__
        RULES[name] = Rule(name, (instances.__doc__ or "").strip(), cases, instances, words or name, compares)
        return RULES[name]

    return register
