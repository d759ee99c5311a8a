"""One flow as both countries record it."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from markupsafe import Markup

from dalil.analysis.results import fact_word
from dalil.analysis.sources import Spoken
from dalil.report.prose.claims import ClaimPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import blocks, heading, paragraphs
from dalil.report.prose.record import country_records
from dalil.tables.rows import MirrorRow, SourceRow


def mirror_text(context: ReportContext) -> Markup:
    """Say what both sides record of one trade, the balance that each sees, and what should be and is not."""
    rows = context.rows(MirrorRow)
    if not rows:
        return Markup("")
    wording, year = context.wording, _year(context, rows)
    same = confirmed_by_both(context)
    finding = wording.say(f"text.mirror.finding.{'same_total' if same else 'plain'}", year=year)
    return blocks(
        heading(finding),
        paragraphs(_flows(context, year), _balances(context, year)),
        heading(wording.say("text.mirror.contradiction")) if _lower(rows) * 2 > len(rows) else Markup(""),
        paragraphs(_reasons(context, rows)),
    )


def _year(context: ReportContext, rows: list[MirrorRow]) -> int:
    """The first year that the article speaks of and both record."""
    return next((row.year for row in rows if flow_name(row) in context.facts), rows[0].year)


def _flows(context: ReportContext, year: int) -> Iterator[Markup]:
    """Each flow of a year by the exporter's record and by the importer's."""
    wording = context.wording
    for row in (row for row in context.rows(MirrorRow) if row.year == year):
        largest = max(abs(side.value) for side in (row.exported, row.imported) if side.value is not None)
        yield wording.html(
            "text.mirror.flow",
            year=year,
            exporter=wording.country(row.exporter),
            importer=wording.country(row.importer),
            exported=wording.amount(row.exported, row.unit, beside=largest),
            imported=wording.amount(row.imported, row.unit, beside=largest),
        )


def _balances(context: ReportContext, year: int) -> Iterator[Markup]:
    """What each side sees itself to have sold more, or less, than it bought."""
    flows = [row for row in context.rows(MirrorRow) if row.year == year]
    largest = max(abs(side.value or Fraction(0)) for row in flows for side in (row.exported, row.imported))
    for record in country_records(context):
        if record.has("balance", year):
            balance = record.fact("balance", year)
            case, size = "deficit" if balance.negative else "surplus", balance.size_beside(largest)
            yield context.wording.html(f"text.mirror.balance.{case}", country=record.country, year=year, size=size)


def _lower(rows: list[MirrorRow]) -> int:
    """How often the importer's figure is the lower one."""
    return sum(row.asymmetry.value is not None and row.asymmetry.value < 0 for row in rows)


def _reasons(context: ReportContext, rows: list[MirrorRow]) -> Iterator[Markup]:
    yield context.wording.html("text.mirror.higher")
    if lower := _lower(rows):
        yield context.wording.html("text.mirror.lower", n=lower, pairs=len(rows))
    yield context.wording.html("text.mirror.reasons")


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


def flow_name(row: MirrorRow) -> str:
    """What the fact is called that says how the two records of a flow stand to each other."""
    return f"mirror_{fact_word(row.measure)}_{row.year}_{row.exporter.lower()}_{row.importer.lower()}"
