"""Tables of the record as readers see them: claims with their evidence, the ratings, outcomes, sources."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from markupsafe import escape

from dalil.analysis.results import difference_unit
from dalil.report.markup.html import Cells, Html, anchor, element, lines, link, small, strong
from dalil.report.page.layout import Layout, number
from dalil.report.page.tables import by_year
from dalil.report.prose.answer import counted
from dalil.report.prose.claims import OriginPhrase
from dalil.report.prose.consistency import finding, has_row, told_of
from dalil.report.prose.context import ReportContext
from dalil.report.prose.found import found
from dalil.report.prose.record import origins, said
from dalil.report.prose.statements import statement
from dalil.report.prose.verdicts import RULES, verdict, verdict_rules
from dalil.tables.rows import AssessmentRow, ClaimRow, OriginRow, OutcomeRow, SourceRow
from dalil.wording.messages import SOURCE, sentence

# What sources say of a claim, in the order in which it is told; what says nothing of it is left out.
_SPOKEN = ("agrees", "differs", "related")


@Layout("claims", {"claim": 36, "evidence": 44, "verdict": 20})
def claims_table(context: ReportContext) -> Iterator[Cells]:
    """List every claim with what it says, the evidence, and what that comes to; one made twice once.

    Without a record, claims that nothing bears on have a place among the sentences only.
    """
    again: dict[str, list[str]] = {}
    for row in context.rows(AssessmentRow):
        again.setdefault(context.repeated.get(row.claim_id, row.claim_id), []).append(row.claim_id)
    shown = (row for row in context.rows(AssessmentRow) if row.claim_id in again and has_row(context, row.claim_id))
    for row in shown:
        notes = [
            anchor(f"claim-{name}", link("sentence", name, context.claim(name).note)) for name in again[row.claim_id]
        ]
        says = Html("{} {}").format(Html(", ").join(notes), statement(context, row.claim_id))
        yield [
            lines(says, *_by_person(context, (context.claims[name] for name in again[row.claim_id]))),
            lines(*(_evidence(context, row) if context.has_record else _findings(context, row.claim_id))),
            _verdict(context, row),
        ]


@Layout("verdicts", {"word": 24, "rule": 64, "claims": 12}, aligned={"claims"})
def verdicts_table(context: ReportContext) -> Iterator[Cells]:
    """Explain the verdicts that were given, in the order in which their rules are asked."""
    given = Counter(verdict(context, name).case for name in counted(context))
    for (word, rule), case in zip(verdict_rules(context), RULES, strict=True):
        if given[case]:
            yield [strong(sentence(word)), rule, str(given[case])]


@Layout(
    "outcomes",
    {"target": 22, "record": 18, "value": 16, "gap": 18, "relative": 10, "met": 16},
    aligned={"value", "gap", "relative"},
)
def outcomes_table(context: ReportContext) -> Iterator[Cells]:
    """List what each record shows of each target, at current prices."""
    wording = context.wording
    for row in (row for row in context.rows(OutcomeRow) if row.prices == "current"):
        goal = row.target_value
        yield [
            by_year(context, row.target, row.target_year),
            wording.country(row.reporter),
            number(wording, row.value, row.unit, beside=goal),
            number(wording, row.gap, difference_unit(row.unit), beside=goal),
            number(wording, row.gap_relative, "ratio"),
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
        reliability = wording.label("reliabilities", row.reliability)
        kind = wording.say("tables.origins.kind", kind=wording.label("origin_kinds", row.kind), reliability=reliability)
        claims = [link("claim", claim, context.claim(claim).note) for claim in dict.fromkeys(spoken.get(name, []))]
        yield [
            anchor(f"source-{name}", f"[{note}]"),
            lines(
                Html("{}{} {}").format(
                    wording.data(row.producer), row.citation.removeprefix(row.producer), _note(context, row.note)
                ),
                small(Html("{}. {}").format(kind, _address(row.address))),
            ),
            Html(", ").join(claims) or "–",
        ]


def _address(address: str) -> Html:
    """Where a source is; a link where that is on the web."""
    web = re.match(r"https?://", address)
    return element("a", address, href=address, class_="address") if web else Html("{}").format(address)


def _note(context: ReportContext, note: str) -> Html:
    """What is to be known of a figure or a source; in the language it was written in, where it is not known in this."""
    wording = context.wording
    translated = Html("{}").format(wording.data(note))
    return translated if wording.knows(note) else element("span", translated, lang=SOURCE)


def _by_person(context: ReportContext, claims: Iterable[ClaimRow]) -> Iterator[Html]:
    """Say of claims that a person has read, not the program, why that is so."""
    for why in dict.fromkeys(claim.why for claim in claims if claim.why):
        yield small(context.wording.say("tables.claims.person", why=why))


def _verdict(context: ReportContext, row: AssessmentRow) -> Html:
    """The verdict on a claim; of a target besides whether it was announced."""
    word = strong(sentence(verdict(context, row.claim_id).word))
    if not row.met:
        return word
    rating = context.wording.label("ratings", row.announced)
    return lines(word, small(context.wording.say("tables.claims.announced", rating=rating)))


def _findings(context: ReportContext, name: str) -> Iterator[str]:
    """What the article itself says that bears on a claim."""
    yield from [finding(context, row) for row in told_of(context, name)] or [escape("–")]


def _evidence(context: ReportContext, row: AssessmentRow) -> Iterator[Html]:
    """What sources say of a claim, a line for those that agree, one for those that differ; the rest in small print."""
    wording = context.wording
    given: dict[str, list[SourceRow]] = {}
    for check in context.rows(SourceRow):
        if check.claim_id == row.claim_id and check.verdict in _SPOKEN and check.found != "outcome":
            given.setdefault("taken" if check.taken_from else check.verdict, []).append(check)
    if not given.keys() & {"agrees", "differs"}:
        yield Html(found(context, row.claim_id))
    for key in (key for key in ("taken", *_SPOKEN) if key in given):
        line = Html(wording.html(f"tables.claims.{key}", said=_says(context, row.claim_id, given[key])))
        yield small(line) if key == "related" else line


def _about(context: ReportContext, check: SourceRow) -> Iterator[str]:
    """What a number is of that was not compared: its period, and where that does not set it apart, what does."""
    stated = context.claims[check.claim_id].period
    if check.period is not None and check.unit != "date":
        yield context.wording.period(check.period)
    if check.note and stated in {None, check.period}:
        yield context.wording.data(check.note)


def _says(context: ReportContext, name: str, checks: list[SourceRow]) -> Html:
    """What sources give, each number once with those that give it; none where it is the claim's own."""
    wording, known, claim = context.wording, origins(context), str(context.claim(name))
    given: dict[str, dict[str, OriginPhrase]] = {}
    for check in checks:
        value = said(wording, check)
        if check.verdict == "related" and (about := "; ".join(_about(context, check))):
            value = f"{value} ({about})"
        shown = "" if check.taken_from or value == claim else value
        given.setdefault(shown, {}).update((one, known[one]) for one in check.origins)
    parts = (
        Html("{}{}").format(Html("{}: ").format(value) if value else "", Html(", ").join(map(escape, names.values())))
        for value, names in given.items()
    )
    return Html("; ").join(parts)
