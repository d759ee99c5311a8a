"""Level and growth on record, beside the growth that the article states."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from dalil.report.prose.claims import ClaimPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.report.prose.record import CountryRecord, country_records, sources_that


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


def stated_growths(context: ReportContext) -> list[StatedGrowth]:
    """List the growth rates that the article states and some record can be set beside."""
    records = country_records(context)
    claims = [context.claim(name) for name, row in context.claims.items() if context.is_yearly_growth(row)]
    growths = [
        StatedGrowth(claim, period.year, base.year, [record for record in records if record.is_of(claim)])
        for claim in claims
        if (period := claim.row.period) and (base := claim.row.base_period)
    ]
    return [growth for growth in growths if growth.comparable]


def growth_text(context: ReportContext) -> Markup:
    """Say how level and growth on record stand to the growth stated, and what the records cover."""
    blocks: list[Iterator[Markup]] = []
    for growth in stated_growths(context):
        blocks += [_rises(context, growth), _sources(context, growth), _falls(context, growth)]
    return paragraphs(*blocks, _coverage(context))


def _rises(context: ReportContext, growth: StatedGrowth) -> Iterator[Markup]:
    """What each record shows of the year, and where the stated growth would have started."""
    say, year, base_year = context.wording.html, growth.year, growth.base_year
    for record in growth.comparable:
        case = "press" if record.is_printed(year) else "official"
        yield say(
            "text.growth.rose",
            record=say(f"text.growth.record.{case}", country=record.country),
            measure=growth.claim.measure,
            year=year,
            base_year=base_year,
            base=record.fact(base_year).known,
            level=record.fact(year).known,
            growth=record.fact("growth", year).known,
            claim=growth.claim,
            implied=record.fact(base_year, "implied"),
        )


def _sources(context: ReportContext, growth: StatedGrowth) -> Iterator[Markup]:
    """Who gives the stated growth, and who another."""
    for verdict in ("agrees", "differs"):
        if sources := sources_that(context, verdict, growth.claim):
            yield context.wording.html(f"text.growth.{verdict}", sources=context.wording.listed(sources))


def _falls(context: ReportContext, growth: StatedGrowth) -> Iterator[Markup]:
    """From which year's level each record had fallen before the growth, and when it was regained."""
    say, year, base_year = context.wording.html, growth.year, growth.base_year
    for record in growth.records:
        for peak in (row.year for row in record.rows if record.has("change", row.year, base_year)):
            yield say(
                "text.growth.fell",
                country=record.country,
                peak=peak,
                level=record.fact(peak),
                base_year=base_year,
                fall=record.fact("change", peak, base_year).size,
                year=year,
                share=record.fact(year, "of", peak),
            )
            regained = record.fact(peak, "regained")
            if regained.never:
                yield say("text.growth.not_regained", year=regained.since)
            else:
                yield say("text.growth.regained", year=regained)


def _coverage(context: ReportContext) -> Iterator[Markup]:
    """What the records cover, or that there is none."""
    say, records = context.wording.html, country_records(context)
    if records:
        covers = [say("text.growth.covers", country=record.country, basis=record.basis) for record in records]
        case = "single" if len(records) == 1 else "several"
        yield say(f"text.growth.coverage.{case}", records=Markup("; ").join(covers))
        yield say("text.growth.stand_in")
    elif context.has_record:
        yield say("text.growth.nothing")
