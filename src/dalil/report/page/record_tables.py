"""Tables of the record as readers see them: claims against sources, outcomes, flows, sums, interpretations, origins."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from markupsafe import escape

from dalil.analysis.results import difference_unit
from dalil.numbers.intervals import Estimate, Interval, decimal_text
from dalil.report.markup.html import Cell, Cells, Html, anchor, code, element, lines, link, small, strong
from dalil.report.page.layout import Layout, counted, number
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


@Layout("assessments", {"claim": 36, "itself": 16, "sources": 22, "rating": 26}, noted=True)
def assessments_table(context: ReportContext) -> Iterator[Cells]:
    """List every claim with what the article and the sources say of it, and its rating; one made twice once."""
    wording = context.wording
    for row in context.rows(AssessmentRow):
        if not row.first:
            voices = {"agreeing": row.agreeing, "differing": row.differing, "silent": row.silent}
            counts = [wording.say(f"tables.assessments.counts.{name}", n=n) for name, n in voices.items() if n]
            yield [
                _claim(context, row.claim_id),
                wording.label("verdicts", row.itself),
                ", ".join(counts) or wording.say("tables.assessments.counts.none"),
                _rated(context, row.rating),
            ]


@Layout("scale", {"rating": 28, "rule": 60, "rated": 12}, aligned={"rated"})
def scale_table(context: ReportContext) -> Iterator[Cells]:
    """Explain the ratings in the order in which their rules are asked, with how many claims have each."""
    given = Counter(row.rating for row in context.rows(AssessmentRow) if not row.first)
    for name in context.wording.keys("ratings"):
        yield [_rated(context, name), context.wording.say(f"text.record.scale.{name}"), str(given[name])]


@Layout("sources", {"claim": 24, "source": 30, "says": 26, "verdict": 20})
def sources_table(context: ReportContext) -> Iterator[Cells]:
    """List what each source says of each claim: verdict, difference, basis and reliability."""
    wording, known = context.wording, origins(context)
    for row in context.rows(SourceRow):
        names: list[str] = [escape(known[name]) for name in row.origins]
        missing = wording.say("tables.sources.no_series", country=wording.country(row.reporter))
        yield [
            _claim(context, row.claim_id),
            lines(*(names or [missing]), small(", ".join(_standing(context, row)))),
            _said(context, row),
            _spoken(context, row),
        ]


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


@Layout(
    "mirror",
    {"flow": 26, "year": 9, "exported": 24, "imported": 24, "asymmetry": 17},
    aligned={"exported", "imported", "asymmetry"},
    noted=True,
)
def mirror_table(context: ReportContext) -> Iterator[Cells]:
    """List each flow and year as both countries record it, and whether what one records was only printed."""
    wording, press = context.wording, context.wording.say("tables.mirror.press")
    for row in context.rows(MirrorRow):
        exporter, importer = wording.country(row.exporter), wording.country(row.importer)
        largest = max(abs(side.value) for side in (row.exported, row.imported) if side.value is not None)
        sides = ((row.exported, row.exported_status), (row.imported, row.imported_status))
        yield [
            wording.say("tables.mirror.of", exporter=exporter, importer=importer),
            counted(row.year),
            *(
                number(wording, side, row.unit, beside=largest, below=press if status == "press" else "")
                for side, status in sides
            ),
            number(wording, row.asymmetry, "ratio"),
        ]


@Layout("groupings", {"claim": 20, "countries": 28, "sums": 20, "fits": 14, "nearest": 18})
def groupings_table(context: ReportContext) -> Iterator[Cells]:
    """List the sets of countries that add up to a claim; where none does, those that come nearest."""
    wording = context.wording
    for name, group in groupby(context.rows(GroupingRow), attrgetter("claim_id")):
        sets, claim = list(group), context.claims[name]
        for row in [row for row in sets if row.fits] or nearest(sets, claim)[:MOST_NEAREST]:
            close = near(wording, row.nearest, claim.estimate, row.unit)
            yield [
                _claim(context, name),
                _added(context, row.added),
                wording.span(Estimate(row.lowest, Interval(row.lowest, row.highest)), row.unit),
                strong(f"✓ {', '.join(map(str, row.fits))}") if row.fits else "–",
                wording.say("tables.groupings.nearest", n=close, year=row.nearest_year),
            ]


@Layout("readings", {"claim": 24, "reading": 34, "holds": 21, "not_held": 21})
def readings_table(context: ReportContext) -> Iterator[Cells]:
    """List each way to take an open percentage, with the years in which it holds and in which it does not."""
    label = context.wording.label
    taken = attrgetter("claim_id", "of_what", "with_whom")
    for (claim, what, whom), group in groupby(context.rows(InterpretationRow), taken):
        ways = list(group)
        holds, not_held = (", ".join(year_runs(row.year for row in ways if row.holds == so)) for so in (True, False))
        yield [
            _claim(context, claim),
            f"{label('readings', what)}; {label('readings', whom)}",
            f"✓ {holds}" if holds else "–",
            f"≠ {not_held}" if not_held else "–",
        ]


@Layout("multiverse", {"claim": 22, "record": 14, "how": 22, "value": 16, "support": 26})
def multiverse_table(context: ReportContext) -> Iterator[Cells]:
    """List each headline's ways, those that differ in rounding alone together."""
    wording = context.wording
    chosen = attrgetter("claim_id", "reporter", "prices", "formula")
    for (claim, reporter, prices, formula), group in groupby(context.rows(UniverseRow), chosen):
        ways = list(group)
        value, unit = ways[0].value, ways[0].unit
        choices = {"prices": prices, "growth_formulas": formula}
        how = [wording.label(kind, choice) for kind, choice in choices.items() if choice]
        yield [
            _claim(context, claim),
            wording.country(reporter),
            ", ".join(how) or "–",
            Cell(wording.known(value, unit), decimal_text(value.value)),
            _support(context, ways),
        ]


@Layout("origins", {"origin": 21, "kind": 17, "citation": 62})
def origins_table(context: ReportContext) -> Iterator[Cells]:
    """List the sources: what each is, how to cite it, where it is, on what terms, and how far it can be relied on."""
    wording = context.wording
    for row in context.rows(OriginRow):
        accessed, licence = wording.period(row.date_accessed), wording.data(row.licence)
        terms = wording.say("tables.origins.terms", accessed=accessed, licence=licence)
        note = Html(" {}").format(_note(context, row.note)) if row.note else ""
        yield [
            anchor(f"source-{row.origin}", code(row.origin)),
            f"{wording.label('origin_kinds', row.kind)}, {wording.label('reliabilities', row.reliability)}",
            lines(Html("{}{}").format(row.citation, note), small(Html("{} {}").format(terms, code(row.address)))),
        ]


def _rated(context: ReportContext, rating: str) -> Html:
    """A rating in words with its symbol."""
    return strong(f"{RATING_SIGNS[rating]} {context.wording.label('ratings', rating)}")


def _added(context: ReportContext, codes: Sequence[str]) -> str:
    """The countries that a set adds to those always counted."""
    wording = context.wording
    if not codes:
        return wording.say("tables.groupings.added.none")
    return wording.say("tables.groupings.added.some", countries=wording.listed(map(wording.country, codes)))


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
    return translated if wording.knows(note) else element("span", translated, lang=SOURCE)


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
    given: dict[str, list[str]] = {}
    for row in sorted(ways, key=lambda row: list(_SUPPORT).index(row.support)):
        given.setdefault(row.support, []).append(row.rounding)
    parts = []
    for answer, roundings in given.items():
        which = [say(f"roundings.{rounding}") for rounding in roundings if rounding]
        only = f" ({', '.join(which)})" if len(given) > 1 and which else ""
        parts.append(f"{_SUPPORT[answer]} {say(f'tables.multiverse.support.{answer}')}{only}")
    return "; ".join(parts)
