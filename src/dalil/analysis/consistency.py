"""Rules on what an article says of one thing in several places; none can say which of two statements is wrong."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from dalil.analysis import adding_up  # noqa: F401 - its rules are among those that are applied
from dalil.analysis.rules import RULES as RULES
from dalil.analysis.rules import Finding, Instance, Verdict, rule
from dalil.analysis.stated import Stated
from dalil.analysis.targets import open_targets
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import known
from dalil.numbers.intervals import Interval
from dalil.numbers.periods import Period
from dalil.text.article import Article

# Periods so many years apart are near, and numbers are about the same, or a thousandfold, up to these factors.
_YEARS, _ALIKE, _ABOUT = 3, Fraction(2, 3), 3


def check(claims: Claims, article: Article) -> list[Finding]:
    """Apply every rule, then name the claims that none of them could check.

    Returns
    -------
    list[Finding]
        Every claim is in at least one finding.
    """
    findings = [finding for rule in RULES.values() for finding in rule(claims, article)]
    return findings + stated_once(claims, findings)


@rule(
    {"same-value": "agrees", "same-within-rounding": "agrees", "number-lost": "differs", "other-value": "differs"},
    compares=True,
)
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
        standings: dict[str, str] = {"before": first.entry.status, "after": claim.entry.status}
        yield (first.id, claim.id), case, standings


@rule(
    {"same-value": "agrees", "same-within-rounding": "agrees", "other-value": "differs"},
    words="repeated_values_agree",
    compares=True,
)
def said_again_agrees(claims: Claims, article: Article) -> Iterator[Instance]:
    """A measure has one number for one period, wherever that is stated."""
    first: dict[tuple[object, ...], Claim] = {}
    for number in Stated(claims, article).numbers:
        claim, entry = number.claim, number.claim.entry
        about = entry.kind, entry.measure, entry.subject, entry.unit, entry.period, entry.base_period, entry.status
        before = first.setdefault(about, claim)
        if entry.period and before.sentence != claim.sentence and _may_be_said_again(before, claim):
            same, meets = _is_same(claim, before), claim.known.range.meets(before.known.range)
            yield (
                (before.id, claim.id),
                "same-value" if same else "same-within-rounding" if meets else "other-value",
                {},
            )


@rule({"thousandfold": "differs"}, compares=True)
def sizes_are_alike(claims: Claims, article: Article) -> Iterator[Instance]:
    """A measure is not about a thousandfold or a thousandth of what it is in a period near by."""
    levels = [n.claim for n in Stated(claims, article).levels if n.claim.entry.period and n.claim.entry.reviewed]
    for base, later in pairwise(sorted(levels, key=lambda c: (c.entry.measure, c.entry.subject, c.period))):
        near = later.period.year - base.period.year <= _YEARS and base.entry.unit == later.entry.unit
        if near and later.is_like(base) and _is_thousandfold(base.known.value, later.known.value):
            yield (base.id, later.id), "thousandfold", {}


@rule(
    {
        "growth-without-number": "cannot-be-checked",
        "base-not-stated": "cannot-be-checked",
        "later-not-stated": "cannot-be-checked",
        "levels-not-stated": "cannot-be-checked",
        "part-fits": "agrees",
        "part-exceeds-whole": "differs",
        "whole-is-nothing": "cannot-be-checked",
    },
    compares=True,
)
def stated_and_derived_agree(claims: Claims, _: Article) -> Iterator[Instance]:
    """A stated growth has the two levels it lies between, and a part fits into its whole, within rounding."""
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
    for ratio in claims.ratios:
        if ratio.inside:
            yield (ratio.part, ratio.whole), _part_of_whole(claims[ratio.part], claims[ratio.whole]), {}


@rule({"count-fits": "agrees", "count-does-not-fit": "differs", "only-listed": "cannot-be-checked"}, compares=True)
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


@rule({"no-level": "cannot-be-checked", "lower": "cannot-be-checked", "share": "cannot-be-checked"})
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


def _may_be_said_again(before: Claim, claim: Claim) -> bool:
    """Whether two numbers can be one; those that nobody has reviewed are about the same only where they are alike."""
    one, two = before.known.value, claim.known.value
    if not one or not two or not before.comparator == claim.comparator == "=":
        return False
    alike = _ALIKE <= one / two <= 1 / _ALIKE or _is_thousandfold(one, two)
    return (before.entry.reviewed and claim.entry.reviewed) or (alike and " " in claim.entry.measure)


def _is_thousandfold(one: Fraction | None, two: Fraction | None) -> bool:
    """Whether one number is about a thousand times another, or a million times."""
    if not one or not two:
        return False
    times = max(abs(one / two), abs(two / one))
    return any(thousands / _ABOUT <= times <= thousands * _ABOUT for thousands in (10**3, 10**6))


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
