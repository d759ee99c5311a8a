"""Who gives which growth, and what came before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from markupsafe import Markup

from dalil.report.prose.claims import ClaimPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import blocks, heading, paragraphs
from dalil.report.prose.record import CountryRecord, country_records, origins, said, source_rows, sources_that

# How a stated growth stands to the records: some give it and some do not, all do, or none does.
Standing = Literal["one_side", "on_record", "not_on_record"]


@dataclass(frozen=True)
class StatedGrowth:
    """A growth from one year to the next that the article states, and the records of its measure."""

    claim: ClaimPhrase
    year: int
    base_year: int
    records: list[CountryRecord]

    @property
    def comparable(self) -> list[CountryRecord]:
        """The records that have a growth of its year."""
        return [record for record in self.records if record.has("growth", self.year)]

    @property
    def bounded(self) -> list[CountryRecord]:
        """The records for whose country figures were published that bound the growth of its year."""
        return [record for record in self.records if record.has("growth", self.year, end="_low")]


def stated_growths(context: ReportContext) -> list[StatedGrowth]:
    """List the growth rates that the article states and some record can be set beside."""
    records = country_records(context)
    claims = [context.claim(name) for name, row in context.claims.items() if context.is_yearly_growth(row)]
    growths = [
        StatedGrowth(claim, period.year, base.year, [record for record in records if record.is_of(claim)])
        for claim in claims
        if (period := claim.row.period) and (base := claim.row.base_period)
    ]
    return [growth for growth in growths if growth.comparable or growth.bounded]


def growth_text(context: ReportContext) -> Markup:
    """Say who gives the stated growth and who another, and what came before it."""
    texts = [text for growth in stated_growths(context) for text in (_given(context, growth), _before(context, growth))]
    return blocks(*texts, paragraphs(_coverage(context)) if texts else Markup(""))


def _given(context: ReportContext, growth: StatedGrowth) -> Markup:
    """What each record shows of the year, and who gives the stated growth or another."""
    finding = heading(_finding(context, growth))
    return blocks(finding, paragraphs(_records(context, growth)), paragraphs(_sources(context, growth)))


def _finding(context: ReportContext, growth: StatedGrowth) -> str:
    """The sides on which the growth stands and does not, in a line."""
    wording = context.wording
    differing = {row.reporter for row in source_rows(context, growth.claim) if row.verdict == "differs"}
    against = [record for record in growth.comparable if record.code in differing]
    giving = [record for record in growth.records if record not in against]
    case: Standing = "one_side" if against and giving else "not_on_record" if against else "on_record"
    shown = [
        wording.say("text.growth.shown", country=record.country, growth=record.fact("growth", growth.year).known)
        for record in against
    ]
    return wording.say(
        f"text.growth.finding.{case}",
        claim=growth.claim,
        year=growth.year,
        countries=wording.listed(record.country for record in giving),
        shown=wording.listed(shown),
    )


def _records(context: ReportContext, growth: StatedGrowth) -> Iterator[Markup]:
    """What each record shows of the year of a growth."""
    say, year, base_year = context.wording.html, growth.year, growth.base_year
    for record in growth.comparable:
        yield say(
            f"text.growth.rose.{'press' if record.is_printed(year) else 'official'}",
            country=record.country,
            year=year,
            base_year=base_year,
            base=record.fact(base_year).known,
            level=record.fact(year).known,
            growth=record.fact("growth", year).known,
        )
    for record in growth.bounded:
        low, high = (record.fact("growth", year, end=end) for end in ("_low", "_high"))
        yield say("text.growth.bounded", country=record.country, year=year, range=low.up_to(high))
        if record.has(base_year, end="_low"):
            low, high = (record.fact(base_year, end=end) for end in ("_low", "_high"))
            yield say("text.growth.base", base_year=base_year, range=low.up_to(high))


def _sources(context: ReportContext, growth: StatedGrowth) -> Iterator[Markup]:
    """Who gives the stated growth, and who another."""
    wording, known = context.wording, origins(context)
    if agreeing := sources_that(context, "agrees", growth.claim):
        yield wording.html("text.growth.agrees", sources=wording.listed(agreeing), claim=growth.claim)
    others = [
        wording.html("text.growth.given", value=said(wording, row), source=known[row.origins[0]])
        for row in source_rows(context, growth.claim)
        if row.verdict == "differs" and row.found == "statement"
    ]
    if others:
        yield wording.html("text.growth.differs", others=Markup("; ").join(others))


def _before(context: ReportContext, growth: StatedGrowth) -> Markup:
    """From which year's level each record had fallen before the growth, and when it was regained."""
    say, year, base_year = context.wording.html, growth.year, growth.base_year
    texts = []
    for record in growth.records:
        for peak in (row.year for row in record.rows if record.has("change", row.year, base_year)):
            fall, regained = record.fact("change", peak, base_year).size, record.fact(peak, "regained")
            sentences = [
                say(
                    "text.growth.fell",
                    country=record.country, measure=growth.claim.measure, peak=peak, level=record.fact(peak),
                    base_year=base_year, fall=fall, year=year, share=record.fact(year, "of", peak),
                )
            ]  # fmt: skip
            case, back = ("not_regained", regained.since) if regained.never else ("regained", regained)
            sentences.append(say(f"text.growth.{case}", peak=peak, year=back))
            texts.append(heading(context.wording.say("text.growth.recovery", fall=fall, base_year=base_year)))
            texts.append(paragraphs(sentences))
    return blocks(*texts)


def _coverage(context: ReportContext) -> Iterator[Markup]:
    """What the records cover, and how far they have been revised."""
    say, records = context.wording.html, country_records(context)
    covers = [say("text.growth.covers", country=record.country, basis=record.basis) for record in records]
    yield say("text.growth.coverage", records=Markup("; ").join(covers))
    revised = [
        (record.fact(row.year, "revision"), record, row.year)
        for record in records
        for row in record.rows
        if record.has(row.year, "revision")
    ]
    if revised:
        revision, record, year = max(revised, key=lambda one: abs(one[0].fact.estimate.value or Fraction(0)))
        case = "down" if revision.negative else "up"
        yield say(f"text.growth.revised.{case}", country=record.country, year=year, size=revision.size)
