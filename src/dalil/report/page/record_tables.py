"""Tables of the record as readers see them: claims with their evidence, the ratings, outcomes, sources."""

from collections import Counter
from collections.abc import Iterator

from markupsafe import escape

from dalil.analysis.results import difference_unit
from dalil.report.markup.html import Cells, Html, anchor, element, lines, link, small, strong
from dalil.report.page.layout import Layout, number
from dalil.report.page.tables import by_year
from dalil.report.prose.claims import RATING_SIGNS, OriginPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import origins, said
from dalil.tables.rows import AssessmentRow, OriginRow, OutcomeRow, SourceRow
from dalil.wording.messages import SOURCE

# What sources say of a claim, in the order in which it is told; what says nothing of it is left out.
_SPOKEN = ("agrees", "differs", "related")


@Layout("claims", {"claim": 34, "evidence": 46, "verdict": 20})
def claims_table(context: ReportContext) -> Iterator[Cells]:
    """List every claim with what it says, the evidence, and what that comes to; one made twice once."""
    again: dict[str, list[str]] = {}
    for row in context.rows(AssessmentRow):
        if row.first:
            again.setdefault(row.first, []).append(row.claim_id)
    for row in context.rows(AssessmentRow):
        if not row.first:
            places = [
                anchor(f"claim-{name}", context.claim(name).note)
                for name in (row.claim_id, *again.get(row.claim_id, []))
            ]
            notes = link("sentence", row.claim_id, Html(", ").join(places))
            yield [
                Html("{} {}").format(notes, context.statement(row.claim_id)),
                lines(*_evidence(context, row)),
                _rated(context, row.rating),
            ]


@Layout("scale", {"rating": 28, "rule": 60, "rated": 12}, aligned={"rated"})
def scale_table(context: ReportContext) -> Iterator[Cells]:
    """Explain the ratings in the order in which their rules are asked, with how many claims have each."""
    given = Counter(row.rating for row in context.rows(AssessmentRow) if not row.first)
    for name in context.wording.keys("ratings"):
        if given[name]:
            yield [_rated(context, name), context.wording.say(f"text.record.scale.{name}"), str(given[name])]


@Layout(
    "outcomes",
    {"target": 16, "record": 18, "value": 17, "gap": 17, "growth": 18, "met": 14},
    aligned={"value", "gap"},
    noted=True,
)
def outcomes_table(context: ReportContext) -> Iterator[Cells]:
    """List what each record shows of each target, at current and at constant prices."""
    wording = context.wording
    for row in context.rows(OutcomeRow):
        prices = wording.say(f"tables.outcomes.prices.{row.prices}", year=row.base_year)
        growth = "–"
        if row.came and row.needed:
            came, needed = (wording.amount(rate, "ratio") for rate in (row.came, row.needed))
            growth = wording.say("tables.outcomes.growth", came=came, needed=needed)
        goal, relative = row.target_value, wording.amount(row.gap_relative, "ratio")
        yield [
            by_year(context, row.target, row.target_year),
            lines(wording.country(row.reporter), small(prices)),
            number(wording, row.value, row.unit, beside=goal),
            number(wording, row.gap, difference_unit(row.unit), beside=goal, below=relative),
            growth,
            number(wording, row.first_met, "year_met"),
        ]


@Layout("origins", {"note": 7, "citation": 73, "claims": 20})
def origins_table(context: ReportContext) -> Iterator[Cells]:
    """List the sources in the order of the claims that they bear on: how to cite them, and how reliable they are."""
    wording = context.wording
    rows = {row.origin: row for row in context.rows(OriginRow)}
    spoken: dict[str, list[str]] = {}
    for check in context.rows(SourceRow):
        for name in check.origins:
            spoken.setdefault(name, []).append(check.claim_id)
    for name, note in context.source_numbers.items():
        row = rows[name]
        kind = f"{wording.label('origin_kinds', row.kind)}, {wording.label('reliabilities', row.reliability)}"
        claims = [link("claim", claim, context.claim(claim).note) for claim in dict.fromkeys(spoken.get(name, []))]
        address = element("a", row.address, href=row.address, class_="address")
        yield [
            anchor(f"source-{name}", f"[{note}]"),
            lines(Html("{} {} ({}).").format(row.citation, _note(context, row.note), kind), small(address)),
            Html(", ").join(claims) or "–",
        ]


def _rated(context: ReportContext, rating: str) -> Html:
    """A rating in words with its symbol."""
    return strong(f"{RATING_SIGNS[rating]} {context.wording.label('ratings', rating)}")


def _note(context: ReportContext, note: str) -> Html:
    """What is to be known of a figure or a source; in the language it was written in, where it is not known in this."""
    wording = context.wording
    translated = Html("{}").format(wording.data(note))
    return translated if wording.knows(note) else element("span", translated, lang=SOURCE)


def _evidence(context: ReportContext, row: AssessmentRow) -> Iterator[Html]:
    """What sources say of a claim, a line for those that agree, one for those that differ; the rest in small print."""
    wording, known = context.wording, origins(context)
    given: dict[str, list[Html]] = {}
    for check in context.rows(SourceRow):
        if check.claim_id == row.claim_id and check.verdict in _SPOKEN:
            given.setdefault(check.verdict, []).append(_says(context, check, known))
    for verdict in (verdict for verdict in _SPOKEN if verdict in given):
        line = Html(wording.html(f"tables.claims.{verdict}", said=Html("; ").join(given[verdict])))
        yield small(line) if verdict == "related" else line
    if not given:
        yield Html(wording.html("tables.claims.none"))


def _says(context: ReportContext, check: SourceRow, known: dict[str, OriginPhrase]) -> Html:
    """What a source gives, for when where that is another time, and which source it is."""
    wording, value = context.wording, said(context.wording, check)
    names = Html(", ").join(escape(known[name]) for name in check.origins)
    dated = check.verdict == "related" and check.period is not None and check.unit != "date"
    if dated:
        value = f"{value} ({wording.period(check.period)})"
    return Html("{}, {}").format(value, names) if value else names
