"""Tables of the record as readers see them: claims against sources, outcomes, flows, sums, interpretations, origins."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from markupsafe import escape

from dalil.analysis.results import difference_unit
from dalil.numbers.intervals import Estimate, Interval
from dalil.report.markup.html import Cell, Cells, Html, anchor, code, lines, link, small, strong
from dalil.report.page.layout import layout_table, number
from dalil.report.page.tables import by_year
from dalil.report.prose.claims import RATING_SIGNS, year_runs
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import near, nearest, origins, said
from dalil.tables.rows import (
    AssessmentRow,
    GroupingRow,
    InterpretationRow,
    MirrorRow,
    OriginRow,
    OutcomeRow,
    SourceRow,
    UniverseRow,
)
from dalil.wording.amounts import about
from dalil.wording.messages import SOURCE

# A symbol beside each word, so that nothing rests on colour.
SPOKEN = {"agrees": "✓", "differs": "≠", "silent": "–", "related": "·"}
# Sets of countries shown of a claim that none of them fits.
MOST_NEAREST = 3
_SUPPORT = {"yes": "✓", "no": "≠", "open": "?"}


def assessments_table(context: ReportContext) -> Html:
    """List every claim with what the article and the sources say of it, and its rating; one made twice once."""
    wording = context.wording
    rows: list[Cells] = []
    for row in context.rows(AssessmentRow):
        if not row.first:
            voices = {"agreeing": row.agreeing, "differing": row.differing, "silent": row.silent}
            counts = [wording.say(f"tables.assessments.counts.{name}", n=n) for name, n in voices.items() if n]
            rows.append(
                [
                    _claim(context, row.claim_id),
                    wording.label("verdicts", row.itself),
                    ", ".join(counts) or wording.say("tables.assessments.counts.none"),
                    strong(rated(context, row.rating)),
                ]
            )
    return layout_table("assessments", wording, rows)


def scale_table(context: ReportContext) -> Html:
    """Explain the ratings in the order in which their rules are asked, with how many claims have each."""
    wording = context.wording
    given = Counter(row.rating for row in context.rows(AssessmentRow) if not row.first)
    rows: list[Cells] = [
        [strong(rated(context, name)), wording.say(f"text.record.scale.{name}"), str(given[name])]
        for name in wording.keys("ratings")
    ]
    return layout_table("scale", wording, rows)


def sources_table(context: ReportContext) -> Html:
    """List what each source says of each claim: verdict, difference, basis and reliability."""
    wording, known = context.wording, origins(context)
    rows: list[Cells] = []
    for row in context.rows(SourceRow):
        names: list[str] = [escape(known[name]) for name in row.origins]
        missing = wording.say("tables.sources.no_series", country=wording.country(row.reporter))
        rows.append(
            [
                _claim(context, row.claim_id),
                lines(*(names or [missing]), small(", ".join(_standing(context, row)))),
                _said(context, row),
                _spoken(context, row),
            ]
        )
    return layout_table("sources", wording, rows)


def outcomes_table(context: ReportContext) -> Html:
    """List what each record shows of each target, at current and at constant prices."""
    wording = context.wording
    rows: list[Cells] = []
    for row in context.rows(OutcomeRow):
        prices = wording.say(f"tables.outcomes.prices.{row.prices}", year=row.base_year)
        growth = "–"
        if row.came and row.needed:
            came, needed = (wording.amount(rate, "ratio") for rate in (row.came, row.needed))
            growth = wording.say("tables.outcomes.growth", came=came, needed=needed)
        relative = wording.amount(row.gap_relative, "ratio")
        rows.append(
            [
                by_year(context, row.target, row.target_year),
                lines(wording.country(row.reporter), small(prices)),
                number(wording, row.value, row.unit, beside=row.target_value),
                number(wording, row.gap, difference_unit(row.unit), beside=row.target_value, below=relative),
                growth,
                number(wording, row.first_met, "year_met"),
            ]
        )
    return layout_table("outcomes", wording, rows)


def mirror_table(context: ReportContext) -> Html:
    """List each flow and year as both countries record it."""
    wording = context.wording
    rows: list[Cells] = []
    for row in context.rows(MirrorRow):
        exporter, importer = wording.country(row.exporter), wording.country(row.importer)
        largest = max(abs(one.value) for one in (row.exported, row.imported) if one.value is not None)
        sides = ((row.exported, row.exported_status), (row.imported, row.imported_status))
        rows.append(
            [
                wording.say("tables.mirror.of", exporter=exporter, importer=importer),
                Cell(str(row.year), str(row.year)),
                *(
                    number(wording, one, row.unit, beside=largest, below=_printed(context, status))
                    for one, status in sides
                ),
                number(wording, row.asymmetry, "ratio"),
            ]
        )
    return layout_table("mirror", wording, rows)


def groupings_table(context: ReportContext) -> Html:
    """List the sets of countries that add up to a claim; where none does, those that come nearest."""
    wording, listed = context.wording, context.rows(GroupingRow)
    shown: list[GroupingRow] = []
    for claim in dict.fromkeys(row.claim_id for row in listed):
        sets = [row for row in listed if row.claim_id == claim]
        shown += [row for row in sets if row.fits] or nearest(sets, context.claims[claim])[:MOST_NEAREST]
    rows: list[Cells] = [
        [
            _claim(context, row.claim_id),
            _added(context, row.added),
            wording.span(Estimate(row.lowest, Interval(row.lowest, row.highest)), row.unit),
            strong(f"✓ {', '.join(map(str, row.fits))}") if row.fits else "–",
            wording.say(
                "tables.groupings.nearest",
                n=near(wording, row.nearest, context.claims[row.claim_id].estimate, row.unit),
                year=row.nearest_year,
            ),
        ]
        for row in shown
    ]
    return layout_table("groupings", wording, rows)


def readings_table(context: ReportContext) -> Html:
    """List each way to take an open percentage, with the years in which it holds and in which it does not."""
    wording = context.wording
    rows: list[Cells] = []
    listed = context.rows(InterpretationRow)
    for (claim, what, whom), group in groupby(listed, lambda row: (row.claim_id, row.of_what, row.with_whom)):
        ways = list(group)
        holds, not_held = (", ".join(year_runs(row.year for row in ways if row.holds == so)) for so in (True, False))
        rows.append(
            [
                _claim(context, claim),
                f"{wording.label('readings', what)}; {wording.label('readings', whom)}",
                f"✓ {holds}" if holds else "–",
                f"≠ {not_held}" if not_held else "–",
            ]
        )
    return layout_table("readings", wording, rows)


def multiverse_table(context: ReportContext) -> Html:
    """List each headline's ways, those that differ in rounding alone together."""
    wording = context.wording
    rows: list[Cells] = []
    listed = context.rows(UniverseRow)
    for (claim, reporter, prices, formula), group in groupby(
        listed, lambda row: (row.claim_id, row.reporter, row.prices, row.formula)
    ):
        ways = list(group)
        first = ways[0]
        how = [wording.label("prices", prices)] if prices else []
        how += [wording.label("growth_formulas", formula)] if formula else []
        rows.append(
            [
                _claim(context, claim),
                wording.country(reporter),
                ", ".join(how) or "–",
                Cell(wording.known(first.value, first.unit), first.texts()["value"]),
                _support(context, ways),
            ]
        )
    return layout_table("multiverse", wording, rows)


def origins_table(context: ReportContext) -> Html:
    """List the sources: what each is, how to cite it, where it is, on what terms, and how far it can be relied on."""
    wording = context.wording
    rows: list[Cells] = []
    for row in context.rows(OriginRow):
        terms = wording.say(
            "tables.origins.terms", accessed=wording.period(row.date_accessed), licence=wording.data(row.licence)
        )
        note = Html(" {}").format(_note(context, row.note)) if row.note else ""
        rows.append(
            [
                anchor(f"source-{row.origin}", code(row.origin)),
                f"{wording.label('origin_kinds', row.kind)}, {wording.label('reliabilities', row.reliability)}",
                lines(Html("{}{}").format(row.citation, note), small(Html("{} {}").format(terms, code(row.address)))),
            ]
        )
    return layout_table("origins", wording, rows)


def rated(context: ReportContext, rating: str) -> str:
    """Write a rating in words with its symbol."""
    return f"{RATING_SIGNS[rating]} {context.wording.label('ratings', rating)}"


def _printed(context: ReportContext, status: str) -> str:
    """Whether what one side records of a flow was only printed."""
    return context.wording.say("tables.mirror.press") if status == "press" else ""


def _added(context: ReportContext, codes: Sequence[str]) -> str:
    """The countries that a set adds to those always counted."""
    wording = context.wording
    if not codes:
        return wording.say("tables.groupings.added.none")
    countries = wording.listed([wording.country(code) for code in codes])
    return wording.say("tables.groupings.added.some", countries=countries)


def _claim(context: ReportContext, name: str) -> Html:
    """A claim as the head of a row: what it is about and what it says, with a link to it."""
    claim = context.claim(name)
    return link("claim", name, f"{claim.measure}: {claim}", note=claim.note)


def _standing(context: ReportContext, row: SourceRow) -> list[str]:
    """What kind of figure a source gives, what it covers, and how far it can be relied on."""
    wording = context.wording
    parts = [wording.label("statuses_of_figures", status) for status in row.status.split()]
    if row.basis:
        parts.append(wording.label("bases", row.basis))
    if row.reliability:
        parts.append(wording.say("tables.sources.reliability", n=wording.label("reliabilities", row.reliability)))
    return parts


def _said(context: ReportContext, row: SourceRow) -> Html:
    """What a source says, for when, and what is to be known of it."""
    wording = context.wording
    dated = row.period is not None and row.unit != "date"
    when = "dated" if dated else "undated"
    key = f"tables.sources.found.{row.found}"
    parts = {"n": said(wording, row)} | ({"when": wording.period(row.period)} if dated else {})
    what = wording.say(f"{key}.{when}" if wording.has(f"{key}.{when}") else key, **parts)
    return lines(what, small(_note(context, row.note)) if row.note else "")


def _note(context: ReportContext, note: str) -> Html:
    """What is to be known of a figure or a source; in the language it was written in, where it is not known in this."""
    wording = context.wording
    translated = Html("{}").format(wording.data(note))
    return translated if wording.knows(note) else Html('<span lang="{}">{}</span>').format(SOURCE, translated)


def _spoken(context: ReportContext, row: SourceRow) -> Html:
    """A source's verdict in words, with the difference where there is one."""
    wording = context.wording
    # A date is not rounded.
    exact = row.verdict == "agrees" and row.unit == "date"
    label = wording.label("verdicts" if exact else "spoken", row.verdict)
    words = strong(f"{SPOKEN[row.verdict]} {label}")
    if row.verdict != "differs" or row.difference is None:
        return words
    unit = difference_unit(context.claims[row.claim_id].unit)
    # Where only one end is known, that is the end nearest to the claim.
    ends = [end for end in (row.difference.range.low, row.difference.range.high) if end is not None]
    key, by = ("by", row.difference) if len(ends) != 1 else ("by_least", about(ends[0]))
    assert by.value is not None
    way, size = ("less" if by.value < 0 else "more"), replace(by, value=abs(by.value))
    amounts = {"n": wording.amount(by, unit), "size": wording.amount(size, unit)}
    return Html("{} {}").format(words, wording.say(f"tables.sources.{key}.{way}", **amounts))


def _support(context: ReportContext, ways: Iterable[UniverseRow]) -> str:
    """What the ways come to, in words with a symbol; the ways of rounding where they come to different answers."""
    say = context.wording.say
    answers: dict[str, list[str]] = {answer: [] for answer in _SUPPORT}
    for row in ways:
        answers[row.support].append(row.rounding)
    given = {answer: roundings for answer, roundings in answers.items() if roundings}
    parts = []
    for answer, roundings in given.items():
        which = [say(f"figures.rounding-fan.ways.{rounding}") for rounding in roundings if rounding]
        only = f" ({', '.join(which)})" if len(given) > 1 and which else ""
        parts.append(f"{_SUPPORT[answer]} {say(f'tables.multiverse.support.{answer}')}{only}")
    return "; ".join(parts)
