"""The findings, which open the report: what the article claims, and the main points of what follows and was found."""

from collections.abc import Iterator
from typing import Literal

from markupsafe import Markup

from dalil.report.prose.claims import RATING_SIGNS, ClaimPhrase, ImpliedPhrase, SharePhrase, TargetPhrase
from dalil.report.prose.consistency import findings_with
from dalil.report.prose.context import ReportContext
from dalil.report.prose.growth import StatedGrowth, stated_growths
from dalil.report.prose.outcomes import JudgedTarget, judged_targets
from dalil.report.prose.paragraphs import paragraphs, points
from dalil.report.prose.record import sources_that
from dalil.report.prose.targets import of_measure
from dalil.tables.rows import AbsentRow, VerdictRow

# Whether growth leads to a target: short of it, up to it, or the printed numbers do not settle that.
Pace = Literal["open", "short", "reached"]


def lead_text(context: ReportContext) -> Markup:
    """Say how many claims there are and what was done with them; and if none were reviewed, that."""
    say, facts = context.wording.html, context.fact_phrases
    if not facts["claims"].count:
        numerals = facts["numerals"]
        return paragraphs([say(f"text.findings.{'only_numerals' if numerals.count else 'nothing'}", n=numerals)])
    lead = [
        say("text.findings.claims", n=facts["claims"]),
        say(f"text.findings.{'record' if context.has_record else 'alone'}"),
        say("text.findings.way_back"),
    ]
    unreviewed = facts["claims_unreviewed"]
    return paragraphs(lead, [say("text.findings.unreviewed", n=unreviewed)] if unreviewed.count else [])


def points_text(context: ReportContext) -> Markup:
    """List the findings, a point each."""
    return points(Markup(" ").join(sentences) for sentences in _points(context))


def _points(context: ReportContext) -> Iterator[Iterator[Markup]]:
    """The sentences of each point, what the record shows first."""
    facts = context.fact_phrases
    yield from (_growth(context, growth) for growth in stated_growths(context))
    yield from (_outcome(context, judged) for judged in judged_targets(context))
    if context.has_record and context.claims:
        yield _ratings(context)
    implied, targets, shares = context.implied_phrases(), context.target_phrases(), context.share_phrases()
    yield from (_implied(context, level) for level in implied)
    if context.claims and not implied:
        yield _none(context, "not_implied", "growth" if context.index_phrases() else "nothing")
    yield from (_target(context, target) for target in targets)
    if context.claims and not targets:
        yield _none(context, "no_targets", "open" if _open_targets(context) else "nothing")
    if shares:
        yield _shares(context, shares)
    if facts["findings"].count:
        yield _itself(context)
    if _left_open(context) or facts["claims_undated"].count or facts["numerals_citation_marks"].count:
        yield _open(context)


def _none(context: ReportContext, key: str, case: str) -> Iterator[Markup]:
    yield context.wording.html(f"text.findings.{key}.{case}")


def _open_targets(context: ReportContext) -> list[str]:
    return findings_with(context, rule="targets_have_a_start")


def _growth(context: ReportContext, growth: StatedGrowth) -> Iterator[Markup]:
    """What each record shows of the year of a growth, and who gives the rate that the article states."""
    wording, year = context.wording, growth.year
    yield wording.html("text.findings.growth")
    for record in growth.comparable:
        yield wording.html(
            f"text.findings.growth_on_record.{'press' if record.is_printed(year) else 'official'}",
            country=record.country,
            measure=growth.claim.measure,
            level=record.fact(year).known,
            year=year,
            growth=record.fact("growth", year).known,
        )
    sources = sources_that(context, "agrees", growth.claim)
    case, named = ("given", wording.listed(sources)) if sources else ("alone", "")
    yield wording.html(f"text.findings.growth_stated.{case}", claim=growth.claim, sources=named)


def _outcome(context: ReportContext, judged: JudgedTarget) -> Iterator[Markup]:
    """What a target's year brought by each record, and when the target was first met."""
    wording, target = context.wording, judged.target
    results = [
        wording.html(
            f"text.findings.outcome_result.{outcome.side}",
            level=outcome.record.fact(target.year),
            country=outcome.record.country,
            size=outcome.relative.size,
        )
        for outcome in judged.current
    ]
    yield wording.html(
        "text.findings.outcome",
        year=target.year,
        of_measure=of_measure(target),
        claim=target.claim,
        results=wording.listed(results),
    )
    met = target.fact("target_#_first_met")
    case, year = ("never", met.since) if met.never else ("met", met)
    yield wording.html(f"text.findings.outcome_met.{case}", year=year)


def _ratings(context: ReportContext) -> Iterator[Markup]:
    """How many claims have each rating, and which tables of the record are missing."""
    wording, facts = context.wording, context.fact_phrases
    counts = {rating: facts.find(f"claims_{rating.replace('-', '_')}") for rating in RATING_SIGNS}
    ratings = [
        wording.html("text.findings.rated_as", n=count, rating=wording.label("ratings_in_text", rating))
        for rating, count in counts.items()
        if count
    ]
    yield wording.html("text.findings.rated", n=facts["claims_rated"], ratings=wording.listed(ratings, "points"))
    if absent := [Markup("<code>{}</code>").format(row.path) for row in context.rows(AbsentRow)]:
        yield wording.html("text.findings.absent", tables=Markup(", ").join(absent))


def _implied(context: ReportContext, implied: ImpliedPhrase) -> Iterator[Markup]:
    """Which earlier level a level and its growth imply."""
    say = context.wording.html
    yield say(
        "text.findings.implied",
        measure=implied.level.measure,
        level=implied.level,
        when=implied.level.when,
        growth=implied.growth,
        before=implied.before,
        base_period=implied.growth.base_period,
    )
    if not implied.stated:
        yield say("text.findings.implied_unstated")
    if not implied.before.exact:
        yield say("text.findings.implied_range", range=implied.before.range)


def _target(context: ReportContext, target: TargetPhrase) -> Iterator[Markup]:
    """Where growth leads for one target, and whether the printed numbers settle that it is reached."""
    say, claim = context.wording.html, target.claim
    yield say("text.findings.target", year=target.year, of_measure=of_measure(target))
    parts = {"claim": claim, "measure": claim.measure, "status": claim.status, "needed": target.needed}
    if not target.projected:
        yield say("text.findings.target_unprojected", **parts, base=target.base, since=target.since)
        return
    gap, relative = target.fact("gap_#"), target.fact("gap_#_relative")
    side = "short" if gap.negative else "above"
    distance = say(f"text.findings.target_distance.{side}", size=gap.size, relative=relative.size)
    at = say(f"text.findings.target_at.{'stated' if context.parameters.base_growth == 'stated' else 'assumed'}")
    yield say("text.findings.target_projected", at=at, projected=target.fact("projected_#"), distance=distance, **parts)
    pace: Pace = "open" if gap.sign == 0 else "short" if gap.negative else "reached"
    if pace == "open":
        yield say("text.findings.target_open", range=gap.range)
    else:
        yield say(f"text.findings.target_{pace}.{'exact' if gap.exact else 'rounded'}")


def _shares(context: ReportContext, shares: list[SharePhrase]) -> Iterator[Markup]:
    """What share each part is of its whole, or how two numbers stand to each other."""
    say = context.wording.html
    yield say("text.findings.shares")
    for share in shares:
        exact = share.share.exact
        yield say(
            f"text.findings.share.{'inside' if share.inside else 'beside'}",
            part_measure=share.part.measure,
            part=_dated(share.part),
            whole_measure=share.whole.measure,
            whole=_dated(share.whole),
            share=share.share,
            rounding="" if exact else say("text.findings.share_rounding", range=share.share.range),
        )


def _dated(claim: ClaimPhrase) -> Markup:
    """A claim with its period, where it gives one."""
    return Markup("{}, {}").format(claim, claim.period) if claim.dated else Markup("{}").format(claim)


def _itself(context: ReportContext) -> Iterator[Markup]:
    """How many findings agree, differ and cannot be checked, and what differs."""
    say, facts = context.wording.html, context.fact_phrases
    yield say(
        "text.findings.itself",
        of=say("text.findings.itself_of", n=facts["findings"]),
        agree=say("text.findings.itself_agree", n=facts["findings_agree"]),
        differ=say("text.findings.itself_differ", n=facts["findings_differ"]),
        unchecked=say("text.findings.itself_unchecked", n=facts["findings_unchecked"]),
    )
    if differing := findings_with(context, verdict="differs"):
        yield say("text.findings.itself_differing", findings=" ".join(differing))


def _left_open(context: ReportContext) -> list[VerdictRow]:
    """The findings that a percentage leaves something open."""
    return [row for row in context.rows(VerdictRow) if row.outcome == "left-open"]


def _open(context: ReportContext) -> Iterator[Markup]:
    """What percentages, numbers without a year, and citation marks leave open."""
    wording, facts = context.wording, context.fact_phrases
    yield wording.html("text.findings.open")
    for row in _left_open(context):
        claim = context.claim(row.claims[0])
        questions = [wording.label("open", item) for item in row.details]
        parts = {"any": wording.listed(questions, "or"), "all": wording.listed(questions)}
        yield wording.html("text.findings.open_growth", measure=claim.measure, claim=claim, **parts)
    if facts["claims_undated"].count:
        yield wording.html("text.findings.open_undated", n=facts["claims_undated"])
    if facts["numerals_citation_marks"].count:
        case = "absent" if context.about.references == "absent" else "there"
        yield wording.html(f"text.findings.open_citations.{case}", n=facts["numerals_citation_marks"])
