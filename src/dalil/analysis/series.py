"""Series: what two countries report of a measure, year by year, and which of its years the article speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dalil.analysis.results import fact_word
from dalil.analysis.targets import Target
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount, is_above_zero
from dalil.numbers.intervals import exactly
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation, Reference

# The money whose prices the indices of the record are about.
DEFLATED = "USD"


@dataclass(frozen=True)
class ReportedSeries:
    """A measure of the article as one country reports it: one figure a year, an official one where there is any.

    ``series`` is what the record calls the measure.
    """

    measure: str
    subject: str
    series: str
    reporter: str
    partner: str
    figures: dict[int, Observation]

    @property
    def official(self) -> dict[int, Observation]:
        """The years for which there is an official figure."""
        return {year: one for year, one in self.figures.items() if one.status == "official"}

    @property
    def unit(self) -> str:
        """The unit of its figures."""
        return next(one.unit for one in self.figures.values())

    @property
    def suffix(self) -> str:
        """What facts about it end in: the reporter's code in small letters."""
        return self.reporter.lower()

    def level(self, year: int) -> Amount | None:
        """The figure of a year, under the name that its fact has; nothing where there is none."""
        if year not in self.figures:
            return None
        figure = self.figures[year]
        leaf = f"turnover({self.reporter}, {self.partner}, {year})"
        amount = Amount.leaf("figure", leaf, figure.estimate, figure.unit, sources=(figure.origin,))
        return amount.named(f"{fact_word(self.measure)}_{year}_{self.suffix}")

    def start(self, year: int) -> Amount | None:
        """The figure of a year where growth can start from it: above zero, whatever its rounding leaves open."""
        level = self.level(year)
        return level if level and is_above_zero(level.range) else None

    def before(self, year: int) -> Amount | None:
        """The figure of the year before, where growth can start from it and it is of the same origin."""
        earlier = self.figures.get(year - 1)
        same = earlier is not None and year in self.figures and earlier.origin == self.figures[year].origin
        return self.start(year - 1) if same else None


@dataclass(frozen=True)
class PriceIndex:
    """An index of the prices of dollars: a number a year, and where they come from."""

    name: str
    values: dict[int, Fraction]
    sources: tuple[str, ...] = ()

    def at(self, year: int) -> Amount | None:
        """The index of a year; nothing where it has none."""
        if year not in self.values:
            return None
        leaf = f"{self.name}({year})"
        return Amount.leaf("figure", leaf, exactly(self.values[year]), "index", sources=self.sources)


def reported_series(claims: Claims, reference: Reference, mappings: dict[str, SeriesMapping]) -> list[ReportedSeries]:
    """List what each of two countries reports of the measures that both report on.

    Where several origins give a figure for a year, an official one is taken before others, then the most reliable,
    then one that is not a bound; no gap is filled. A country none of whose figures is official has no history:
    what was printed does not stand in for statistics that are not there.
    """
    found = []
    for measure, mapping in mappings.items():
        about = [claim for claim in claims if claim.entry.measure == measure and mapping.is_of(claim)]
        if not mapping.between or not about:
            continue
        subject = about[0].entry.subject
        for reporter, partner in (mapping.between, mapping.between[::-1]):
            best = reference.best(mapping.series[0], reporter, partner, "turnover")
            found.append(ReportedSeries(measure, subject, mapping.series[0], reporter, partner, best))
    return [history for history in found if history.official]


def years_of(claims: Claims, found: Iterable[ReportedSeries]) -> list[int]:
    """List the calendar years that the claims about a measure on record speak of."""
    listed = list(found)
    about = [claim for claim in claims if any(is_of(claim, series) for series in listed)]
    periods = {period for claim in about for period in (claim.entry.period, claim.entry.base_period) if period}
    return sorted({period.year for period in periods if period.is_calendar_year})


def is_of_years(claim: Claim) -> bool:
    """Tell whether a claim states a level of a calendar year, or growth between two, as a yearly series can speak to.

    Percentage points are no growth.
    """
    entry = claim.entry
    periods = {"level": [entry.period], "change": [entry.period, entry.base_period]}.get(entry.kind, [None])
    points = entry.kind == "change" and entry.unit != "ratio"
    return claim.estimate is not None and not points and all(period and period.is_calendar_year for period in periods)


def levels_of(claims: Claims, reported: Iterable[ReportedSeries], targets: Iterable[Target]) -> list[Amount]:
    """List the figures on record for the years that the article speaks of, in their order.

    Parameters
    ----------
    claims
        The article's claims.
    reported
        What countries report.
    targets
        Targets whose years are wanted as well: a run may let them fall due in others than those stated.
    """
    due = list(targets)
    levels: list[Amount | None] = []
    for series in reported:
        years = set(years_of(claims, [series]))
        years |= {year for t in due if is_of(t.claim, series) for year in (t.base_year, t.year)}
        years |= {year for growth in growths_of(claims, series) if (year := peak_before(series, growth)) is not None}
        levels += [series.level(year) for year in sorted(years)]
    return [level for level in levels if level]


def is_of(claim: Claim, series: ReportedSeries) -> bool:
    """Tell whether a claim is about what a series is of."""
    return claim.is_about(series.measure, series.subject)


def growths_of(claims: Claims, series: ReportedSeries) -> list[Claim]:
    """The growths between two years that are stated of what a country reports."""
    about = (claim for claim in claims if is_of(claim, series) and not claim.entry.repeats)
    return [claim for claim in about if claim.entry.kind == "change" and is_of_years(claim)]


def peak_before(history: ReportedSeries, growth: Claim) -> int | None:
    """The highest official year before a growth's, the last of them, if the growth recovers part of a fall from it."""
    year, before = growth.period.year, growth.base_period.year
    values = {y: one.estimate.value for y, one in history.official.items() if one.estimate.value is not None}
    earlier = {y: value for y, value in values.items() if y < year}
    if year not in values or before not in earlier:
        return None
    top = max(earlier, key=lambda y: (earlier[y], y))
    return top if top < before and earlier[top] > values[year] else None
