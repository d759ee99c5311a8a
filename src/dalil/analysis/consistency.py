"""Rules that hold an article against itself; none of them can say which of two numbers is wrong.

To add a rule, write a function that yields what it finds and declare its cases with :func:`rule`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from dalil.analysis.targets import open_targets
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import known
from dalil.numbers.intervals import Interval
from dalil.numbers.periods import Period
from dalil.text.article import Article

Verdict = Literal["agrees", "differs", "cannot-be-checked"]

# What a rule yields: the claims it is about, the case they are, and what fills the words for the case.
Instance = tuple[tuple[str, ...], str, dict[str, str]]


@dataclass(frozen=True)
class Finding:
    """What one rule says of some claims; ``case`` names the words for it, ``details`` fill them."""

    rule: str
    claims: tuple[str, ...]
    verdict: Verdict
    case: str
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the question it asks, and each case that it may come to with the verdict that goes with it."""

    name: str
    question: str
    cases: Mapping[str, Verdict]
    instances: Callable[[Claims, Article], Iterator[Instance]]

    def __call__(self, claims: Claims, article: Article) -> list[Finding]:
        """Apply the rule to every claim it fits."""
        return [self.finding(*instance) for instance in self.instances(claims, article)]

    def finding(self, claims: tuple[str, ...], case: str, details: dict[str, str]) -> Finding:
        """Say that some claims are one of the rule's cases."""
        return Finding(self.name, claims, self.cases[case], case, details)


RULES: dict[str, Rule] = {}


def rule(cases: Mapping[str, Verdict]) -> Callable[[Callable[[Claims, Article], Iterator[Instance]]], Rule]:
    """Make a function a rule, in its place after those before it; its docstring is the question it asks.

    Parameters
    ----------
    cases
        Every case that it may yield, with its verdict.
    """

    def register(instances: Callable[[Claims, Article], Iterator[Instance]]) -> Rule:
        name = instances.__name__
        RULES[name] = Rule(name, (instances.__doc__ or "").strip(), cases, instances)
        return RULES[name]

    return register


def check(claims: Claims, article: Article) -> list[Finding]:
    """Apply every rule, then name the claims that none of them could check.

    Returns
    -------
    list[Finding]
        Every claim is in at least one finding.
    """
    findings = [finding for rule in RULES.values() for finding in rule(claims, article)]
    return findings + stated_once(claims, findings)


@rule({"same-value": "agrees", "same-within-rounding": "agrees", "number-lost": "differs", "other-value": "differs"})
def repeated_values_agree(claims: Claims, _: Article) -> Iterator[Instance]:
    """A claim stated twice gives the same number both times."""
    for claim, first in _repeats(claims):
        if _is_same(claim, first):
            case = "same-value"
        elif claim.entry.reads == "nothing":
            case = "number-lost"
        elif _rounds_to(claim, first) or _rounds_to(first, claim):
            case = "same-within-rounding"
        else:
            case = "other-value"
        yield (first.id, claim.id), case, {}


@rule({"same-period": "agrees", "other-period": "differs", "period-dropped": "differs"})
def repeated_periods_agree(claims: Claims, _: Article) -> Iterator[Instance]:
    """A claim stated twice is about the same period both times."""
    for claim, first in _repeats(claims):
        if claim.entry.period == first.entry.period:
            case = "same-period"
        else:
            case = "other-period" if claim.entry.period else "period-dropped"
        yield (first.id, claim.id), case, {"before": _text(first.entry.period), "after": _text(claim.entry.period)}


@rule({"same-status": "agrees", "other-status": "differs"})
def repeated_status_agrees(claims: Claims, _: Article) -> Iterator[Instance]:
    """A claim stated twice has the same standing both times: reported, agreed or aimed at."""
    for claim, first in _repeats(claims):
        case = "same-status" if claim.entry.status == first.entry.status else "other-status"
        yield (first.id, claim.id), case, {"before": first.entry.status, "after": claim.entry.status}


@rule(
    {
        "growth-fits": "agrees",
        "growth-does-not-fit": "differs",
        "growth-without-number": "cannot-be-checked",
        "base-not-stated": "cannot-be-checked",
        "later-not-stated": "cannot-be-checked",
        "levels-not-stated": "cannot-be-checked",
        "base-is-nothing": "cannot-be-checked",
        "part-fits": "agrees",
        "part-exceeds-whole": "differs",
        "whole-is-nothing": "cannot-be-checked",
    }
)
def stated_and_derived_agree(claims: Claims, _: Article) -> Iterator[Instance]:
    """A stated growth fits the two levels it lies between, and a part fits into its whole, within rounding."""
    for growth in _firsts(claims, "change"):
        if growth.entry.base_period and growth.entry.unit == "ratio":
            later = _level(claims, growth, growth.entry.period)
            base = _level(claims, growth, growth.entry.base_period)
            levels = tuple(claim.id for claim in (base, later) if claim)
            if growth.estimate is None:
                yield (growth.id,), "growth-without-number", {}
            elif base is None or later is None:
                missing = "base-not-stated" if later else "later-not-stated" if base else "levels-not-stated"
                yield (growth.id, *levels), missing, dict(sorted(_periods(growth).items()))
            else:
                yield (growth.id, *levels), _growth_between(base, later, growth), {}
    for ratio in claims.ratios:
        if ratio.inside:
            yield (ratio.part, ratio.whole), _part_of_whole(claims[ratio.part], claims[ratio.whole]), {}


@rule({"count-fits": "agrees", "count-does-not-fit": "differs", "only-listed": "cannot-be-checked"})
def listed_items_are_counted(claims: Claims, _: Article) -> Iterator[Instance]:
    """A stated number of things equals the number of things listed."""
    for claim in claims:
        count, ids = len(claim.entry.counts), (claim.id, *claim.entry.counts)
        if count and claim.estimate is None:
            yield ids, "only-listed", {"listed": str(count)}
        elif count:
            case = "count-fits" if Fraction(count) in claim.known.range else "count-does-not-fit"
            yield ids, case, {"listed": str(count), "stated": str(claim.known.value)}
        elif claim.entry.reads == "list":
            yield ids, "only-listed", {"listed": str(claim.known.value)}


@rule({"complete": "agrees", "no-base": "cannot-be-checked", "left-open": "cannot-be-checked"})
def percentages_say_of_what(claims: Claims, _: Article) -> Iterator[Instance]:
    """A percentage says of what, for which period and against which."""
    for claim in _firsts(claims, "change"):
        if claim.entry.leaves_open:
            details = {item: " ".join(options) for item, options in claim.entry.leaves_open.items()}
            yield (claim.id,), "left-open", details
        elif not (claim.entry.period and claim.entry.base_period):
            yield (claim.id,), "no-base", {}
        else:
            yield (claim.id,), "complete", _periods(claim)


@rule(
    {
        "base-before-period": "agrees",
        "not-base-before-period": "differs",
        "stages-join": "agrees",
        "not-stages-join": "differs",
        "ends-with-horizon": "agrees",
        "not-ends-with-horizon": "differs",
        "period-missing": "cannot-be-checked",
    }
)
def periods_are_in_order(claims: Claims, _: Article) -> Iterator[Instance]:
    """A base comes before its period, a stage right after the one before it, the last one ends with the horizon."""
    for claim in claims:
        entry = claim.entry
        if entry.base_period and entry.period and not entry.repeats:
            yield (claim.id,), _order("base-before-period", entry.base_period.precedes(entry.period)), {}
        if entry.follows:
            before = claims[entry.follows]
            yield (before.id, claim.id), _held(before, claim, "stages-join", Period.joins), {}
        if entry.ends_with:
            horizon = claims[entry.ends_with]
            yield (claim.id, horizon.id), _held(claim, horizon, "ends-with-horizon", _ends_together), {}


@rule({"no-period": "cannot-be-checked"})
def levels_say_when(claims: Claims, _: Article) -> Iterator[Instance]:
    """A number that changes with time says for when it holds."""
    for claim in claims:
        entry = claim.entry
        changes = entry.kind in {"level", "count", "rank", "target"} or (entry.kind == "change" and entry.leaves_open)
        dated = entry.period or (entry.repeats and claims[entry.repeats].entry.period)
        if changes and not dated and not entry.counts:
            yield (claim.id,), "no-period", {}


@rule({"no-level": "cannot-be-checked", "lower": "cannot-be-checked"})
def targets_have_a_start(claims: Claims, _: Article) -> Iterator[Instance]:
    """A target has an earlier level to be counted from, and asks for no less than that."""
    for claim, case in open_targets(claims):
        yield (claim.id,), case, {}


@rule({"no-list": "cannot-be-checked", "in-order": "agrees", "out-of-order": "differs"})
def citations_lead_somewhere(claims: Claims, article: Article) -> Iterator[Instance]:
    """Citation marks stand in order and point to a list of references."""
    marks = [m.text.strip("[]") for m in claims.mentions if m.quantity.kind == "citation"]
    if not marks:
        return
    details = {"marks": " ".join(marks)}
    if article.about.references == "absent":
        yield tuple(claim.id for claim in claims if claim.citation), "no-list", details
    numbers = [int(mark) for mark in marks]
    yield (), "in-order" if numbers == sorted(numbers) else "out-of-order", details


def stated_once(claims: Claims, findings: list[Finding]) -> list[Finding]:
    """Name the claims that nothing else in the article bears on."""
    compared = {claim for finding in findings if finding.verdict != "cannot-be-checked" for claim in finding.claims}
    reasoned = {claim for finding in findings for claim in finding.claims if finding.rule != "citations_lead_somewhere"}
    return [
        Finding("stated_once", (claim.id,), "cannot-be-checked", "nothing-to-compare")
        for claim in claims
        if claim.id not in compared | reasoned
    ]


def standing(findings: list[Finding]) -> dict[str, Verdict]:
    """Say how each claim stands within the article: it differs if any finding does, then it agrees if any does.

    Examples
    --------
    >>> standing([Finding("a", ("x",), "agrees", ""), Finding("b", ("x",), "differs", "")])
    {'x': 'differs'}
    """
    order: tuple[Verdict, ...] = ("cannot-be-checked", "agrees", "differs")
    verdicts: dict[str, Verdict] = {}
    for finding in findings:
        for claim in finding.claims:
            verdicts[claim] = max(verdicts.get(claim, order[0]), finding.verdict, key=order.index)
    return verdicts


def _repeats(claims: Claims) -> list[tuple[Claim, Claim]]:
    """Pairs of a repetition and what it repeats."""
    return [(claim, claims[claim.entry.repeats]) for claim in claims if claim.entry.repeats]


def _firsts(claims: Claims, kind: str) -> list[Claim]:
    return [claim for claim in claims if claim.entry.kind == kind and not claim.entry.repeats]


def _text(period: Period | None) -> str:
    return "" if period is None else str(period)


def _periods(claim: Claim) -> dict[str, str]:
    return {"period": _text(claim.entry.period), "base_period": _text(claim.entry.base_period)}


def _level(claims: Claims, growth: Claim, period: Period | None) -> Claim | None:
    """The level of the same measure, subject and period, if the article states its number."""
    levels = _firsts(claims, "level")
    return next((c for c in levels if c.estimate and c.is_like(growth) and c.entry.period == period), None)


def _is_same(one: Claim, other: Claim) -> bool:
    """Whether two claims state the same number or date, to however many digits."""
    values = [claim.estimate and claim.estimate.value for claim in (one, other)]
    return values[0] == values[1] and (one.iso, one.comparator) == (other.iso, other.comparator)


def _rounds_to(one: Claim, other: Claim) -> bool:
    """Whether a claim's number lies within what the other's printing allows; bounds are no rounding."""
    if one.estimate is None or other.estimate is None or not one.comparator == other.comparator == "=":
        return False
    return one.estimate.value is not None and one.estimate.value in other.estimate.range


def _growth_between(base: Claim, later: Claim, growth: Claim) -> str:
    """Hold a stated growth against the two levels it lies between."""
    derived = known(lambda: later.amount / base.amount - 1)
    if derived is None:
        return "base-is-nothing"
    return "growth-fits" if derived.range.meets(growth.known.range) else "growth-does-not-fit"


def _part_of_whole(part: Claim, whole: Claim) -> str:
    """Hold a part against the whole it belongs to."""
    derived = known(lambda: part.amount / whole.amount)
    if derived is None:
        return "whole-is-nothing"
    return "part-fits" if derived.range.meets(Interval(None, Fraction(1))) else "part-exceeds-whole"


def _order(question: str, fits: bool) -> str:
    return question if fits else f"not-{question}"


def _held(claim: Claim, other: Claim, question: str, fits: Callable[[Period, Period], bool]) -> str:
    """Hold the periods of two claims against each other, where both give one."""
    if not (claim.entry.period and other.entry.period):
        return "period-missing"
    return _order(question, fits(claim.entry.period, other.entry.period))


def _ends_together(stage: Period, horizon: Period) -> bool:
    return stage.end == horizon.end
