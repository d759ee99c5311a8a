"""Sources: each claim held against each source of the record that speaks of the same thing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dalil.analysis.series import ReportedSeries, breakdowns, is_of_years
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount, known
from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.numbers.periods import Period
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import SET_ASIDE, Observation, Reference, Reliability, Statement, weight

Spoken = Literal["agrees", "differs", "silent", "related"]
Found = Literal["level", "growth", "statement", "outcome", "series"]


@dataclass(frozen=True)
class SourceCheck:
    """What one source says of one claim.

    ``found`` says in what: a level, a growth worked out from two, a statement, the outcome of a target, or a series
    that has no figure. ``agrees`` is within the rounding of both; ``related`` is about the same thing but not
    comparable (another period, subject or unit, an expectation, an outcome), and weighs nothing; ``silent`` has no
    figure for it. ``origins`` are several where a growth is worked out from two; none where a country's statistics
    are not there. ``difference`` is source less claim; ``echoes`` the origin whose words are only carried; ``side``
    the country whose office or government says it; ``taken_from`` that the claim was likely taken from it.
    """

    claim: str
    origins: tuple[str, ...]
    found: Found
    verdict: Spoken
    period: Period | None
    unit: str
    status: str = "press"
    reporter: str = ""
    comparator: str = "="
    estimate: Estimate | None = None
    date: Period | None = None
    basis: str = ""
    difference: Estimate | None = None
    reliability: Reliability | Literal[""] = ""
    note: str = ""
    echoes: str = ""
    side: str = ""
    taken_from: bool = False


def check_sources(
    claims: Claims,
    reference: Reference,
    mappings: dict[str, SeriesMapping],
    found: Iterable[ReportedSeries],
    taken_from: Mapping[str, Collection[str]],
) -> list[SourceCheck]:
    """Hold every claim that states something against every series and statement that is about the same thing.

    A claim that states the number of another one again is left to that one.

    Parameters
    ----------
    claims, reference, mappings, found
        The article's claims, the record, what the measures are in it, and what countries report of them.
    taken_from
        For each claim the origins that it was likely taken from.
    """
    reported_series = {(h.measure, h.subject, h.reporter): h for h in found}
    checks: list[SourceCheck] = []
    for claim in claims:
        entry = claim.entry
        if claims.first_of(claim) is not claim or (claim.estimate is None and not claim.iso):
            continue
        mapping = mappings.get(entry.measure)
        for reporter in mapping.between if mapping and mapping.is_of(claim) else ():
            history = reported_series.get((entry.measure, entry.subject, reporter))
            checks += _of_series(claim, reference, history) if history else ()
            checks += _silence(claim, reporter, history)
        for statement in reference.statements:
            if statement.measure == entry.measure and _is_kindred(claim, statement):
                checks.append(_of_statement(claim, reference, statement))
        checks += _of_levels(claim, reference)
        checks += _of_events(claim, reference)
    return [replace(check, taken_from=_is_taken(check, taken_from.get(check.claim, ()))) for check in checks]


def _is_taken(check: SourceCheck, origins: Collection[str]) -> bool:
    """Whether a claim was taken from the one source of what is said, or from one whose words it carries."""
    return bool(check.origins) and {check.echoes or name for name in check.origins} <= set(origins)


def _of_series(claim: Claim, reference: Reference, history: ReportedSeries) -> Iterator[SourceCheck]:
    """Hold a level, a yearly growth or a target against what one country reports, or is printed for it."""
    year = claim.period.year if claim.entry.period else 0
    if claim.entry.kind == "change":
        if is_of_years(claim):
            yield from _of_growth(claim, reference, history)
        return
    figures = reference.series(history.series, history.reporter, history.partner, "turnover")
    for one in (series.figures[year] for series in figures if year in series.figures):
        if is_of_years(claim):
            told = _told(claim, reference, one, "level")
            is_used = one.unit == claim.entry.unit and one.status not in SET_ASIDE
            yield _compared(claim, told) if is_used else told
        elif claim.entry.kind == "target":
            told = _told(claim, reference, one, "outcome")
            short = _difference(one.estimate, claim) if one.unit == claim.entry.unit else None
            yield replace(told, difference=short)


def _of_growth(claim: Claim, reference: Reference, history: ReportedSeries) -> Iterator[SourceCheck]:
    """Hold a stated growth against the growth between a country's figures of its two years.

    What an origin prints of both flows and their growth gives it as well, and so do two figures that are set aside:
    those are told, and not compared.
    """
    before, year = claim.base_period.year, claim.period.year
    printed = reference.series(history.series, history.reporter, history.partner, "turnover")
    aside = [replace(history, figures=one.figures) for one in printed if one.status in SET_ASIDE]
    for series in (history, *aside):
        base, later = series.level(before), series.level(year)
        if base and later and (grown := _grown(base, later)):
            figures = [series.figures[before], series.figures[year]]
            worked_out = _worked_out(claim, reference, figures, grown)
            yield _compared(claim, worked_out) if series is history else worked_out
    for parts in breakdowns(reference, [history]):
        if (parts.base_year, parts.year) == (before, year) and (grown := _grown(parts.base, parts.turnover)):
            figures = [one for one in reference.observations if (one.origin, one.year) == (parts.origin, year)]
            yield _compared(claim, _worked_out(claim, reference, figures[:1], grown))


def _grown(base: Amount, later: Amount) -> Amount | None:
    return known(lambda: later / base - 1)


def _worked_out(claim: Claim, reference: Reference, figures: list[Observation], grown: Amount) -> SourceCheck:
    """A growth as what the sources of the figures say that it follows from."""
    told = [_told(claim, reference, one, "growth") for one in figures]
    return replace(
        told[-1],
        estimate=grown.estimate,
        unit="ratio",
        comparator="=",
        origins=tuple(dict.fromkeys(one.origin for one in reversed(figures))),
        status=" ".join(dict.fromkeys(one.status for one in figures)),
        reliability=min((one.reliability for one in told), key=weight),
        note="; ".join(dict.fromkeys(one.note for one in told if one.note)),
    )


def _silence(claim: Claim, reporter: str, history: ReportedSeries | None) -> Iterator[SourceCheck]:
    """Say that a country's statistics have no figure for a claim, or are not there at all."""
    if is_of_years(claim):
        official = history.official if history else {}
        wanted = {period.year for period in (claim.entry.period, claim.entry.base_period) if period}
        if not wanted <= set(official):
            origins = tuple(dict.fromkeys(one.origin for one in official.values()))
            yield SourceCheck(
                claim.id, origins, "series", "silent", claim.entry.period, claim.entry.unit, "official", reporter
            )


def _of_events(claim: Claim, reference: Reference) -> Iterator[SourceCheck]:
    """Hold a number of events against those that are reported with their days, once for each telling of them all."""
    period, entry = claim.entry.period, claim.entry
    if entry.kind != "count" or period is None or claim.estimate is None:
        return
    events: list[tuple[Period, list[str]]] = []
    for said in reference.statements:
        about = (said.measure, said.subject) == (entry.measure, entry.subject)
        reported = said.kind == "date" and said.status == "reported"
        if about and reported and said.date and said.date != period and said.date.within(period):
            same = next((names for day, names in events if _overlap(day, said.date)), None)
            if same is None:
                events.append((said.date, same := []))
            same.append(said.origin)
    for origins in zip(*(names for _, names in events), strict=False):
        reliable = [reference.origins[name].reliability_of("reported", "date") for name in origins]
        found = SourceCheck(
            claim.id, tuple(dict.fromkeys(origins)), "statement", "related", period, entry.unit,
            estimate=exactly(len(events)), reliability=min(reliable, key=weight),
        )  # fmt: skip
        yield _compared(claim, found)


def _of_levels(claim: Claim, reference: Reference) -> Iterator[SourceCheck]:
    """Hold a stated growth against what two levels of one source make, and a target against what its period brought."""
    entry = claim.entry
    if entry.kind not in {"change", "target"} or claim.estimate is None or not entry.period:
        return
    levels = [
        said
        for said in reference.statements
        if (said.measure, said.subject) == (entry.measure, entry.subject)
        and said.kind in {"level", "count"}
        and (said.status, said.comparator) == ("reported", "=")
    ]
    for said in (said for said in levels if said.period == entry.period):
        told = _of_statement(claim, reference, said)
        if entry.kind == "target" and said.unit == entry.unit and said.estimate and entry.period.is_calendar_year:
            yield replace(told, found="outcome", difference=_difference(said.estimate, claim))
        key = said.origin, entry.base_period, said.unit
        for base in (base for base in levels if (base.origin, base.period, base.unit) == key):
            if changed := _changed(_level(base), _level(said), entry.unit):
                yield _compared(claim, replace(told, found="growth", estimate=changed.estimate, unit=entry.unit))


def _level(said: Statement) -> Amount:
    assert said.estimate is not None
    return Amount.leaf("figure", f"{said.measure}({said.period})", said.estimate, said.unit, sources=(said.origin,))


def _changed(base: Amount, later: Amount, unit: str) -> Amount | None:
    """The growth of a level, or by how many percentage points a share changed; nothing in another unit."""
    if unit == "pp" and later.unit == "ratio":
        return 100 * (later - base)
    return _grown(base, later) if unit == "ratio" and later.unit != "ratio" else None


def _overlap(one: Period, other: Period) -> bool:
    return one.within(other) or other.within(one)


def _of_statement(claim: Claim, reference: Reference, said: Statement) -> SourceCheck:
    """Hold a claim against what was printed; a statement that is not comparable is related, no more."""
    origin = reference.origins[said.origin]
    told = SourceCheck(
        claim.id, (said.origin,), "statement", "related", said.period, said.unit, comparator=said.comparator,
        estimate=said.estimate, date=said.date, note=said.note,
        reliability=origin.reliability_of(said.status, said.kind), echoes=origin.same_as, side=origin.speaks_for,
    )  # fmt: skip
    comparable = (
        said.kind == claim.entry.kind
        and said.subject == claim.entry.subject
        and said.unit == claim.entry.unit
        and not (said.status == "aimed" and claim.entry.status == "reported")
        and not claim.entry.leaves_open
        and (claim.estimate is not None or claim.date is not None)
        and _is_same_period(claim, said)
    )
    if not comparable:
        return told
    if claim.estimate is not None:
        return _compared(claim, told)
    agrees = _lies_within(said.date, claim.date) if claim.entry.kind == "date" else said.date == claim.date
    return replace(told, verdict="agrees" if agrees else "differs")


def _told(claim: Claim, reference: Reference, one: Observation, found: Found) -> SourceCheck:
    """A figure of a series as what a source says, not yet compared."""
    origin = reference.origins[one.origin]
    return SourceCheck(
        claim.id, (one.origin,), found, "related", claim.entry.period, one.unit, one.status, one.area,
        one.comparator, one.estimate, basis=one.basis,
        reliability=origin.reliability_of(one.status), note=one.note, echoes=origin.same_as,
        side=one.area,
    )  # fmt: skip


def _compared(claim: Claim, told: SourceCheck) -> SourceCheck:
    """Compare a number with a claim's, each at the precision it was printed with.

    A claim that gives no period can be borne out by a figure of some period, and contradicted by none. A bound that
    only reaches into what the claim may stand for (*more than 280* beside *283*) settles nothing.
    """
    assert told.estimate is not None
    said, stated = told.estimate.range, _stated(claim)
    verdict: Spoken = "related"
    if not said.meets(stated):
        verdict = "differs" if claim.entry.period else "related"
    elif said.within(stated) or None not in (said.low, said.high):
        verdict = "agrees"
    return replace(told, verdict=verdict, difference=_difference(told.estimate, claim))


def _stated(claim: Claim) -> Interval:
    """What a printed number may stand for, in as many digits: below a power of ten numbers have one place more.

    *1 billion* is what rounds to it with one digit, 0.95 to 1.5, since 0.84 would have been printed as 0.8.
    """
    stated, value, digit = claim.known.range, claim.known.value, claim.precision
    if claim.comparator != "=" or not value or not digit or stated.low != value - digit / 2:
        return stated
    digits = value / digit
    while digits > 1:
        digits /= 10
    return replace(stated, low=value - digit / 20) if digits == 1 else stated


def _difference(estimate: Estimate, claim: Claim) -> Estimate:
    """Source less claim."""
    return (Amount.leaf("figure", "source", estimate, claim.entry.unit) - claim.amount).estimate


def _is_kindred(claim: Claim, said: Statement) -> bool:
    """Whether a statement is of the claim's kind; a date, period or target of another time is another one."""
    kinds = (said.kind, claim.entry.kind)
    if kinds == ("date", "period"):
        return True
    if claim.entry.kind in {"date", "period"} or (claim.entry.kind == "target" and said.period):
        return kinds[0] == kinds[1] and _is_same_period(claim, said)
    return kinds[0] == kinds[1]


def _is_same_period(claim: Claim, said: Statement) -> bool:
    """Whether a statement is for the claim's period and base; a claim without a period is compared with any."""
    entry = claim.entry
    if not entry.period:
        return True
    if not said.period or said.period != entry.period:
        # A day that lies within the stated ones speaks of them.
        return entry.kind == "date" and _lies_within(said.period, entry.period)
    return not (said.base_period and entry.base_period) or said.base_period == entry.base_period


def _lies_within(inner: Period | None, outer: Period | None) -> bool:
    """Whether one date or period is, or lies within, the other."""
    return inner is not None and outer is not None and inner.within(outer)
