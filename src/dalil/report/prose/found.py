"""What was found of a claim: a sentence or two by its kind, from the record, the sources, or the article itself."""

from collections.abc import Iterator
from operator import attrgetter

from markupsafe import Markup

from dalil.analysis.consistency import RULES
from dalil.numbers.intervals import Estimate
from dalil.report.prose.claims import ClaimPhrase, TargetPhrase, year_runs
from dalil.report.prose.consistency import compares, finding
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import deciding, origins, said, source_rows
from dalil.report.prose.verdicts import Standing, gap_of, outcome_rows, outcomes_said
from dalil.tables.rows import (
    GroupingRow,
    InterpretationRow,
    OutcomeRow,
    RecordRow,
    SourceRow,
    VerdictRow,
)

# As many sources are named for one number.
_NAMED = 2


def found(context: ReportContext, claim: str) -> Markup:
    """Say what was found of a claim, in one or two sentences; that nothing was, where nothing was."""
    name = Standing(context, context.claims[claim]).first
    sentences = list(_target(context, name) if context.claims[name].kind == "target" else _number(context, name))
    if not sentences:
        sentences = list(_itself(context, claim))
    if not sentences:
        related = any(row.verdict == "related" for row in source_rows(context, context.claim(name)))
        case = "related" if related else "nothing" if context.has_record else "alone"
        sentences = [context.wording.html(f"found.{case}")]
    return Markup(" ").join(sentences)


def _number(context: ReportContext, name: str) -> Iterator[Markup]:
    """What records and sources give for a number or a date, or what it can be made of."""
    rows = [row for row in source_rows(context, context.claim(name)) if row.verdict in {"agrees", "differs"}]
    if records := [row for row in rows if row.reporter and row.found in {"level", "growth"}]:
        yield _listed(context, [_by_country(context, row) for row in records])
    elif rows:
        yield _listed(context, _by_sources(context, name, rows))
    else:
        yield from _sums(context, name)
        yield from _readings(context, name)


def _listed(context: ReportContext, parts: list[Markup]) -> Markup:
    text = Markup("{}").format(context.wording.listed(parts))
    return context.wording.html("found.listed", found=text[:1].upper() + text[1:])


def _by_country(context: ReportContext, row: SourceRow) -> Markup:
    value, country = said(context.wording, row), context.wording.country(row.reporter)
    return context.wording.html("found.value", value=value, who=country)


def _by_sources(context: ReportContext, name: str, rows: list[SourceRow]) -> list[Markup]:
    """Each number or date that is given, with those who give it; what only lies within the claim's where none is it.

    What the claim was taken from is named where nothing else is.
    """
    wording, known, claim = context.wording, origins(context), context.claim(name)
    rows = [row for row in rows if not row.taken_from] or rows
    exact = [row for row in rows if row.verdict == "differs" or said(wording, row) == str(claim)]
    by_value: dict[str, list[Markup]] = {}
    for row in sorted(exact if any(row.verdict == "agrees" for row in exact) else rows, key=attrgetter("verdict")):
        named = by_value.setdefault(said(wording, row), [])
        named += [who for origin in row.origins if (who := Markup("{}").format(known[origin])) not in named]
    same, case = f"found.same.{claim.row.kind}", "taken" if all(row.taken_from for row in rows) else "source"
    return [
        wording.html(
            f"found.{case}",
            value=wording.say(same) if value == str(claim) and wording.has(same) else value,
            who=wording.listed(who[:_NAMED]),
        )
        for value, who in by_value.items()
    ]


def _target(context: ReportContext, name: str) -> Iterator[Markup]:
    """Whether a target was announced, and what its year brought; without a record, where the article leads."""
    wording, claim = context.wording, context.claims[name]
    rows = [row for row in source_rows(context, context.claim(name)) if row.verdict in {"agrees", "differs"}]
    if any(row.verdict == "agrees" for row in rows):
        yield wording.html(f"found.announced.{claim.status}")
    elif rows:
        yield _listed(context, _by_sources(context, name, rows))
    if outcomes := outcome_rows(context, name):
        results = wording.listed([_result(context, row) for row in outcomes])
        yield wording.html("found.outcome", year=outcomes[0].target_year, results=results)
        yield from _since(context, outcomes)
    elif came := outcomes_said(context, name):
        results = wording.listed([_result_said(context, row) for row in came])
        yield wording.html("found.outcome", year=claim.period.year if claim.period else "", results=results)
    else:
        yield from (_pace(context, target) for target in context.target_phrases() if target.row.target == name)


def _result(context: ReportContext, row: OutcomeRow) -> Markup:
    level = context.wording.amount(row.value, row.unit, beside=row.target_value)
    return _outcome(context, level, context.wording.country(row.reporter), row.gap_relative)


def _result_said(context: ReportContext, row: SourceRow) -> Markup:
    """The outcome of a target as a source gives it."""
    gap, who = gap_of(row, context.claims[row.claim_id]), origins(context)[row.origins[0]]
    return _outcome(context, said(context.wording, row), who, gap)


def _outcome(context: ReportContext, level: str, who: object, gap: Estimate) -> Markup:
    """What came of a target, who says so, and by which share it is short, if it is."""
    short = gap.value is not None and gap.value < 0
    share = context.wording.amount(gap.negated(), "ratio") if short else ""
    case = "short" if short else "met"
    return context.wording.html(f"found.result.{case}", level=level, country=who, share=share)


def _since(context: ReportContext, outcomes: list[OutcomeRow]) -> Iterator[Markup]:
    """When a target that was missed was first reached, or what came nearest to it."""
    wording, one = context.wording, outcomes[0]
    first = [row.first_met.value for row in outcomes]
    if all(year is not None for year in first):
        latest = max(int(year) for year in first if year is not None)
        if latest > one.target_year:
            yield wording.html("found.met_later", year=latest)
        return
    claim = context.claims[one.target]
    levels = [
        (row.value.value, row)
        for row in context.rows(RecordRow)
        if (row.measure, row.subject) == (claim.measure, claim.subject) and row.value.value and row.year > one.base_year
    ]
    value, row = max(levels, key=lambda level: level[0])
    if value < one.target_value:
        level = wording.amount(row.value, row.unit, beside=one.target_value)
        yield wording.html("found.nearest", level=level, year=row.year, country=wording.country(row.reporter))


def _pace(context: ReportContext, target: TargetPhrase) -> Markup:
    """Where the growth stated leads for a target, or which growth it needs."""
    say = context.wording.html
    if not target.projected:
        return say("found.needed", needed=target.needed, since=target.since)
    gap, relative = target.fact("gap_#"), target.fact("gap_#_relative")
    case = "short" if gap.negative else "reached"
    return say(f"found.pace.{case}", level=target.fact("projected_#"), share=relative.size)


def _sums(context: ReportContext, name: str) -> Iterator[Markup]:
    """What today's members of a group add up to, which country a number takes, and in which years it fits.

    Without that country no set of countries comes to it in any year.
    """
    wording, claim = context.wording, context.claims[name]
    rows = [row for row in context.rows(GroupingRow) if row.claim_id == name]
    if members := context.fact_phrases.find(f"{name}_members"):
        yield wording.html("found.members", level=str(members), year=max(row.last_year for row in rows))
    if needed := deciding(rows, claim):
        yield wording.html("found.only_with", countries=wording.listed(map(wording.country, needed)))
    if fits := Standing(context, claim).fits:
        yield wording.html("found.fits", years=wording.listed(year_runs(fits)))
    if rows:
        yield from _allowing(context, context.claim(name))


def _allowing(context: ReportContext, claim: ClaimPhrase) -> Iterator[Markup]:
    """What sources of some weight say of one year or another that a number told of no year in particular fits into."""
    wording, known, stated = context.wording, origins(context), claim.row.estimate
    for row in source_rows(context, claim) if claim.row.period is None and stated else ():
        fits = row.verdict == "related" and row.reliability != "low" and row.unit == claim.row.unit
        if fits and stated and isinstance(row.value, Estimate) and row.value.range.meets(stated.range):
            who = wording.listed(known[origin] for origin in row.origins)
            case = "known" if row.note else "plain"
            yield wording.html(f"found.allows.{case}", value=said(wording, row), who=who, note=wording.data(row.note))


def _readings(context: ReportContext, name: str) -> Iterator[Markup]:
    """What an open percentage is in the year that a reading names, among the most partners, by what it may be of."""
    wording = context.wording
    rows = [row for row in context.rows(InterpretationRow) if row.claim_id == name]
    years = {row.year for row in rows if f"{name}_holding_{row.year}" in context.facts}
    named = [row for row in rows if row.year in years]
    widest = max(named, key=lambda row: len(row.partners)).with_whom if named else ""
    for year in sorted(years):
        values = [_reading(context, row) for row in named if (row.year, row.with_whom) == (year, widest)]
        if values:
            who = wording.label("readings", widest)
            yield wording.html("found.readings", year=year, who=who, values=wording.listed(values))


def _reading(context: ReportContext, row: InterpretationRow) -> Markup:
    wording = context.wording
    reading, value = wording.label("readings", row.of_what), wording.amount(row.value, "ratio")
    return wording.html("found.reading", reading=reading, value=value)


def _itself(context: ReportContext, name: str) -> Iterator[Markup]:
    """What the article says of a claim elsewhere, and the earlier level that follows from it."""
    for row in context.rows(VerdictRow):
        if compares(row) and RULES[row.rule].compares and row.claims[:1] == (name,):
            yield finding(context, row)
    for implied in context.implied_phrases():
        if name == implied.level.row.claim_id and not implied.stated:
            before, base_period = str(implied.before), implied.growth.base_period
            way = "fall" if implied.increase.negative else "rise"
            yield context.wording.html(f"found.implied.{way}", before=before, base_period=base_period)
