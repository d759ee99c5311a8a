"""One flow as both countries record it."""

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from dalil.analysis.results import fact_word
from dalil.analysis.sources import Spoken
from dalil.report.prose.claims import ClaimPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.tables.rows import MirrorRow, SourceRow


def mirror_text(context: ReportContext) -> Markup:
    """Say that flows are recorded twice, what both sides record of the first year stated, and why they differ."""
    say = context.wording.html
    if context.rows(MirrorRow):
        return paragraphs(_records(context), [say("text.mirror.reasons")])
    return paragraphs([say("text.mirror.nothing")] if context.has_record else [])


def _records(context: ReportContext) -> Iterator[Markup]:
    """The levels that both sides bear out, and the flows of the first of the years that the article speaks of."""
    wording = context.wording
    yield wording.html("text.mirror.twice")
    for claim in confirmed_by_both(context):
        yield wording.html("text.mirror.confirmed", claim=claim, period=claim.period)
    facts = context.fact_phrases
    named = [row for row in context.rows(MirrorRow) if _name(row) in facts]
    for row in (row for row in named if row.year == named[0].year):
        yield wording.html(
            "text.mirror.flow",
            year=row.year,
            exporter=wording.country(row.exporter),
            importer=wording.country(row.importer),
            exported=wording.amount(row.exported, row.unit),
            imported=wording.amount(row.imported, row.unit),
            asymmetry=facts[_name(row)],
        )


def confirmed_by_both(context: ReportContext) -> list[ClaimPhrase]:
    """List the levels that a source of either side of the flow agrees with and none differs from."""
    sides: dict[str, set[str]] = defaultdict(set)
    for flow in context.rows(MirrorRow):
        sides[flow.measure] |= {flow.exporter, flow.importer}
    speaking: dict[tuple[str, Spoken], set[str]] = defaultdict(set)
    for row in context.rows(SourceRow):
        if row.found == "level":
            speaking[row.claim_id, row.verdict].add(row.reporter)
    return [
        context.claim(name)
        for name, claim in context.claims.items()
        if sides[claim.measure] and sides[claim.measure] <= speaking[name, "agrees"] - speaking[name, "differs"]
    ]


def _name(row: MirrorRow) -> str:
    return f"mirror_{fact_word(row.measure)}_{row.year}_{row.exporter.lower()}_{row.importer.lower()}"
