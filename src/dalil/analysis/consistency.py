"""Rules that hold an article against itself; none of them can say which of two numbers is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from dalil.analysis.results import open_targets
from dalil.claims.claims import Claim, Claims
from dalil.errors import DomainError
from dalil.numbers.growth import growth_rate, share
from dalil.numbers.intervals import Interval
from dalil.numbers.periods import bounds
from dalil.text.article import Article

Verdict = Literal["agrees", "differs", "cannot-be-checked"]
_Days = tuple[date, date]


@dataclass(frozen=True)
class Finding:
    """What one rule says of some claims; ``outcome`` names the words for it, ``details`` fill them."""

    rule: str
    claims: tuple[str, ...]
    verdict: Verdict
    outcome: str
    details: dict[str, str] = field(default_factory=dict)


def check(claims: Claims, article: Article) -> list[Finding]:
    """Apply every rule, then name the claims that none of them could check.

    Returns
    -------
    list[Finding]
        Every claim is in at least one finding.
    """
    findings = [finding for rule in RULES for finding in rule(claims, article)]
    return findings + stated_once(claims, findings)


def repeated_values_agree(claims: Claims, _: Article) -> list[Finding]:
    """A claim stated twice gives the same number both times."""
    findings = []
    for claim, first in _repeats(claims):
        pair = (first.id, claim.id)
        if _is_same(claim, first):
            findings.append(Finding("repeated_values_agree", pair, "agrees", "same-value"))
        elif claim.entry.reads == "nothing":
            findings.append(Finding("repeated_values_agree", pair, "differs", "number-lost"))
        elif _rounds_to(claim, first) or _rounds_to(first, claim):
            findings.append(Finding("repeated_values_agree", pair, "agrees", "same-within-rounding"))
        else:
            findings.append(Finding("repeated_values_agree", pair, "differs", "other-value"))
    return findings


def repeated_periods_agree(claims: Claims, _: Article) -> list[Finding]:
    """A claim stated twice is about the same period both times."""
    findings = []
    for claim, first in _repeats(claims):
        pair, details = (first.id, claim.id), {"before": first.entry.period, "after": claim.entry.period}
        if claim.entry.period == first.entry.period:
            findings.append(Finding("repeated_periods_agree", pair, "agrees", "same-period", details))
        else:
            outcome = "other-period" if claim.entry.period else "period-dropped"
            findings.append(Finding("repeated_periods_agree", pair, "differs", outcome, details))
    return findings


def repeated_status_agrees(claims: Claims, _: Article) -> list[Finding]:
    """A claim stated twice has the same standing both times: reported, agreed or aimed at."""
    findings = []
    for claim, first in _repeats(claims):
        pair = (first.id, claim.id)
        details: dict[str, str] = {"before": first.entry.status, "after": claim.entry.status}
        same = claim.entry.status == first.entry.status
        outcome = "same-status" if same else "other-status"
        findings.append(Finding("repeated_status_agrees", pair, "agrees" if same else "differs", outcome, details))
    return findings


def stated_and_derived_agree(claims: Claims, _: Article) -> list[Finding]:
    """A stated growth fits the two levels it lies between, and a part fits into its whole, within rounding."""
    findings = []
    for growth in _firsts(claims, "change"):
        if not growth.entry.base_period or growth.entry.unit != "ratio":
            continue
        later = _level(claims, growth, growth.entry.period)
        base = _level(claims, growth, growth.entry.base_period)
        levels = tuple(claim.id for claim in (base, later) if claim)
        if growth.estimate is None:
            finding = Finding("stated_and_derived_agree", (growth.id,), "cannot-be-checked", "growth-without-number")
        elif base is None or later is None:
            outcome = "base-not-stated" if later else "later-not-stated" if base else "levels-not-stated"
            details = {"base_period": growth.entry.base_period, "period": growth.entry.period}
            finding = Finding("stated_and_derived_agree", (growth.id, *levels), "cannot-be-checked", outcome, details)
        else:
            outcome, verdict = _growth_between(base, later, growth)
            finding = Finding("stated_and_derived_agree", (growth.id, *levels), verdict, outcome)
        findings.append(finding)
    for ratio in claims.ratios:
        if ratio.inside:
            outcome, verdict = _part_of_whole(claims[ratio.part], claims[ratio.whole])
            findings.append(Finding("stated_and_derived_agree", (ratio.part, ratio.whole), verdict, outcome))
    return findings


def listed_items_are_counted(claims: Claims, _: Article) -> list[Finding]:
    """A stated number of things equals the number of things listed."""
    findings = []
    for claim in claims:
        listed, ids = len(claim.entry.counts), (claim.id, *claim.entry.counts)
        if listed and claim.estimate is None:
            details = {"listed": str(listed)}
            findings.append(Finding("listed_items_are_counted", ids, "cannot-be-checked", "only-listed", details))
        elif listed:
            same = Fraction(listed) in claim.known.range
            details = {"listed": str(listed), "stated": str(claim.known.value)}
            outcome = "count-fits" if same else "count-does-not-fit"
            findings.append(Finding("listed_items_are_counted", ids, "agrees" if same else "differs", outcome, details))
        elif claim.entry.reads == "list":
            details = {"listed": str(claim.known.value)}
            findings.append(
                Finding("listed_items_are_counted", (claim.id,), "cannot-be-checked", "only-listed", details)
            )
    return findings


def percentages_say_of_what(claims: Claims, _: Article) -> list[Finding]:
    """A percentage says of what, for which period and against which."""
    findings = []
    for claim in _firsts(claims, "change"):
        verdict: Verdict = "cannot-be-checked"
        details: dict[str, str] = {}
        if claim.entry.leaves_open:
            details = {item: " ".join(options) for item, options in claim.entry.leaves_open.items()}
            outcome = "left-open"
        elif not (claim.entry.period and claim.entry.base_period):
            outcome = "no-base"
        else:
            details = {"period": claim.entry.period, "base_period": claim.entry.base_period}
            outcome, verdict = "complete", "agrees"
        findings.append(Finding("percentages_say_of_what", (claim.id,), verdict, outcome, details))
    return findings


def periods_are_in_order(claims: Claims, _: Article) -> list[Finding]:
    """A base comes before its period, a stage right after the one before it, the last one ends with the horizon."""
    findings = []
    for claim in claims:
        entry = claim.entry
        if entry.base_period and entry.period and not entry.repeats:
            fits = bounds(entry.base_period)[1] < bounds(entry.period)[0]
            findings.append(_order((claim.id,), fits, "base-before-period"))
        if entry.follows:
            findings.append(_held(claims[entry.follows], claim, "stages-join", _joins))
        if entry.ends_with:
            findings.append(_held(claim, claims[entry.ends_with], "ends-with-horizon", _ends_together))
    return findings


def levels_say_when(claims: Claims, _: Article) -> list[Finding]:
    """A number that changes with time says for when it holds."""
    return [
        Finding("levels_say_when", (claim.id,), "cannot-be-checked", "no-period")
        for claim in claims
        if claim.entry.kind in {"level", "count", "rank", "target"}
        and not claim.entry.period
        and not claim.entry.counts
    ]


def targets_have_a_start(claims: Claims, _: Article) -> list[Finding]:
    """A target has an earlier level to be counted from, and asks for no less than that."""
    return [
        Finding("targets_have_a_start", (claim.id,), "cannot-be-checked", outcome)
        for claim, outcome in open_targets(claims)
    ]


def citations_lead_somewhere(claims: Claims, article: Article) -> list[Finding]:
    """Citation marks stand in order and point to a list of references."""
    marks = [m.text.strip("[]") for m in claims.mentions if m.quantity.kind == "citation"]
    if not marks:
        return []
    details = {"marks": " ".join(marks)}
    findings = []
    if article.about.get("references") == "absent":
        cited = tuple(claim.id for claim in claims if claim.citation)
        findings.append(Finding("citations_lead_somewhere", cited, "cannot-be-checked", "no-list", details))
    in_order = [int(mark) for mark in marks] == sorted(int(mark) for mark in marks)
    verdict: Verdict = "agrees" if in_order else "differs"
    findings.append(
        Finding("citations_lead_somewhere", (), verdict, "in-order" if in_order else "out-of-order", details)
    )
    return findings


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
    found: dict[str, Verdict] = {}
    for finding in findings:
        for claim in finding.claims:
            found[claim] = max(found.get(claim, order[0]), finding.verdict, key=order.index)
    return found


def tally(findings: list[Finding]) -> dict[str, int]:
    """Count findings by verdict, and the claims that give no period."""
    verdicts = [finding.verdict for finding in findings]
    return {
        "findings": len(findings),
        "findings_agree": verdicts.count("agrees"),
        "findings_differ": verdicts.count("differs"),
        "findings_unchecked": verdicts.count("cannot-be-checked"),
        "claims_undated": sum(finding.rule == "levels_say_when" for finding in findings),
    }


RULES: tuple[Callable[[Claims, Article], list[Finding]], ...] = (
    repeated_values_agree,
    repeated_periods_agree,
    repeated_status_agrees,
    stated_and_derived_agree,
    listed_items_are_counted,
    percentages_say_of_what,
    periods_are_in_order,
    levels_say_when,
    targets_have_a_start,
    citations_lead_somewhere,
)


def _repeats(claims: Claims) -> list[tuple[Claim, Claim]]:
    """Pairs of a repetition and what it repeats."""
    return [(claim, claims[claim.entry.repeats]) for claim in claims if claim.entry.repeats]


def _firsts(claims: Claims, kind: str) -> list[Claim]:
    return [claim for claim in claims if claim.entry.kind == kind and not claim.entry.repeats]


def _level(claims: Claims, growth: Claim, period: str) -> Claim | None:
    """The level of the same measure, subject and period, if the article states its number."""
    wanted = (growth.entry.measure, growth.entry.subject, period)
    levels = _firsts(claims, "level")
    return next(
        (c for c in levels if c.estimate and (c.entry.measure, c.entry.subject, c.entry.period) == wanted), None
    )


def _is_same(one: Claim, other: Claim) -> bool:
    """Whether two claims state the same number or date, to however many digits."""
    values = [claim.estimate and claim.estimate.value for claim in (one, other)]
    return values[0] == values[1] and (one.iso, one.comparator) == (other.iso, other.comparator)


def _rounds_to(one: Claim, other: Claim) -> bool:
    """Whether a claim's number lies within what the other's printing allows; bounds are no rounding."""
    if one.estimate is None or other.estimate is None or not one.comparator == other.comparator == "=":
        return False
    return one.estimate.value is not None and one.estimate.value in other.estimate.range


def _growth_between(base: Claim, later: Claim, growth: Claim) -> tuple[str, Verdict]:
    """Hold a stated growth against the two levels it lies between."""
    try:
        derived = growth_rate.over(base.known, later.known)
    except DomainError:
        return "base-is-nothing", "cannot-be-checked"
    fits = derived.range.meets(growth.known.range)
    return ("growth-fits", "agrees") if fits else ("growth-does-not-fit", "differs")


def _part_of_whole(part: Claim, whole: Claim) -> tuple[str, Verdict]:
    """Hold a part against the whole it belongs to."""
    try:
        derived = share.over(part.known, whole.known)
    except DomainError:
        return "whole-is-nothing", "cannot-be-checked"
    fits = derived.range.meets(Interval(None, Fraction(1)))
    return ("part-fits", "agrees") if fits else ("part-exceeds-whole", "differs")


def _order(claims: tuple[str, ...], fits: bool, question: str) -> Finding:
    outcome = question if fits else f"not-{question}"
    return Finding("periods_are_in_order", claims, "agrees" if fits else "differs", outcome)


def _held(one: Claim, other: Claim, question: str, fits: Callable[[_Days, _Days], bool]) -> Finding:
    """Hold the periods of two claims against each other, where both give one."""
    ids = (one.id, other.id)
    if not (one.entry.period and other.entry.period):
        return Finding("periods_are_in_order", ids, "cannot-be-checked", "period-missing")
    return _order(ids, fits(bounds(one.entry.period), bounds(other.entry.period)), question)


def _joins(one: _Days, other: _Days) -> bool:
    return other[0] - one[1] == timedelta(days=1)


def _ends_together(one: _Days, other: _Days) -> bool:
    return one[1] == other[1]
