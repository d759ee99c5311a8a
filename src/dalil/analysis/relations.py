"""Relations between the numbers of an article: what each may be worked out from, and whether it comes to that.

Which numbers belong together is found from their units, subjects and periods, the names of their measures and the
sentences they stand in. Where several may be meant, they are said to agree where one of them does, and to differ only
where the number is the very thousandfold, say, of one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dalil.analysis.results import fact_word
from dalil.analysis.rules import Instance, Rule, Verdict, rule
from dalil.analysis.stated import Stated
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount, known
from dalil.numbers.expression import Expression, Leaf, Operation
from dalil.numbers.intervals import Estimate, as_printed, exactly, last_digit
from dalil.text.article import Article

# The cases that all relations come to. A slip of so many tens is a case of its own.
CASES: dict[str, Verdict] = {
    "fits": "agrees",
    "fits-rounded": "agrees",
    "slip": "differs",
    "points-for-percent": "differs",
    "does-not-fit": "differs",
    "between": "agrees",
    "not-between": "differs",
}
# The words for those cases in the messages.
WORDS = "relations"
# Numbers are written a thousandfold too large or too small, or a digit too long or too short. Only the former tells
# something where several may be meant, and nothing does of a number that is known to less than a part of itself.
_SLIPS = [Fraction(10) ** power for power in (3, -3, 6, -6, 9, -9, 1, -1, 2, -2)]
_THOUSANDS = 6
_VAGUE = Fraction(1, 5)


@dataclass(frozen=True)
class Relation:
    """A number, and the ways in which it may be worked out, of which it is ``sure`` to be one.

    ``or_points`` is what it would be if percent had been written for percentage points, or the other way round.
    """

    claim: Claim
    ways: Sequence[Amount]
    sure: bool = True
    or_points: Amount | None = None


def relation(find: Callable[[Stated], Iterator[Relation]]) -> Rule:
    """Make a rule of what finds relations; its docstring is the question it asks."""

    def instances(claims: Claims, article: Article) -> Iterator[Instance]:
        return judged(find.__name__, find(Stated(claims, article)))

    instances.__name__, instances.__doc__ = find.__name__, find.__doc__
    return rule(CASES, words=WORDS, compares=True)(instances)


def judged(name: str, relations: Iterable[Relation]) -> Iterator[Instance]:
    """Say which case each relation is; nothing of one that is not sure and that no way bears out."""
    seen: set[str] = set()
    for one in relations:
        found = _case(one)
        if found is None:
            continue
        case, way, factor = found
        claims = tuple(dict.fromkeys((one.claim.id, *way.claims)))
        fact = fact_word("_".join((name, *claims)))
        if fact not in seen:
            seen.add(fact)
            yield claims, case, {"fact": fact, **({"factor": str(factor)} if factor else {})}, way


def _case(one: Relation) -> tuple[str, Amount, Fraction | None] | None:
    ways = [way for way in one.ways if _is_known(way)]
    if len(ways) == 1 and ways[0].value is None:
        return "between" if _meets(one.claim, ways[0].estimate) else "not-between", ways[0], None
    fits = [way for way in ways if _meets(one.claim, way.estimate)]
    exact = [way for way in fits if way.value is not None and _meets(one.claim, exactly(way.value))]
    if fits:
        return ("fits", exact[0], None) if exact else ("fits-rounded", fits[0], None)
    if one.or_points and _is_known(one.or_points) and _meets(one.claim, one.or_points.estimate):
        return "points-for-percent", one.or_points, None
    slips = [
        (way, factor)
        for factor in _SLIPS
        for way in ways
        if _is_narrow(way.estimate) and _meets(one.claim, (factor * way).estimate)
    ]
    if slips and (one.sure or slips[0][1] in _SLIPS[:_THOUSANDS]):
        return "slip", *slips[0]
    if not one.sure or len(ways) != 1 or _may_meet(one.claim, ways[0]):
        return None
    return "does-not-fit", ways[0], None


def _may_meet(claim: Claim, way: Amount) -> bool:
    """Whether they go together if the zeros at the end of numbers such as 31 000 people were not counted."""
    stated = _roughly(Leaf("claim", claim.id, claim.known))
    assert isinstance(stated, Leaf)
    worked_out = known(lambda: replace(way, expression=_roughly(way.expression)))
    return worked_out is not None and worked_out.range.meets(stated.estimate.range)


def _roughly(expression: Expression) -> Expression:
    """The same formula of numbers that were counted out in full, each taken as printed to its last digit but zero."""
    if isinstance(expression, Operation):
        return replace(expression, parts=tuple(map(_roughly, expression.parts)))
    if not isinstance(expression, Leaf) or expression.estimate.value is None or expression.estimate.range.width != 1:
        return expression
    value = expression.estimate.value
    return replace(expression, estimate=as_printed(value, last_digit(value, Fraction(1)), "=", "half-unit"))


def _meets(claim: Claim, worked_out: Estimate) -> bool:
    """Whether a number may be the one stated; of a change that nobody has reviewed the size alone counts."""
    stated, is_size = claim.known.range, claim.entry.kind == "change" and not claim.entry.reviewed
    return worked_out.range.meets(stated) or (is_size and worked_out.negated().range.meets(stated))


def _is_known(way: Amount) -> bool:
    return known(lambda: way) is not None


def _is_narrow(estimate: Estimate) -> bool:
    value, width = estimate.value, estimate.range.width
    return value is not None and width is not None and width < _VAGUE * abs(value)
