"""Series: what two countries report of a measure, year by year, and which of its years the article speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

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

    @cached_property
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


@dataclass(frozen=True)
class Breakdown:
    """Exports and imports of a year that one origin prints with the growth of each over the year before."""

    measure: str
    suffix: str
    base_year: int
    year: int
    origin: str
    exports: Amount
    export_growth: Amount
    imports: Amount
    import_growth: Amount

    @property
    def turnover(self) -> Amount:
        """Both flows of the year."""
        return self.exports + self.imports

    @property
    def base(self) -> Amount:
        """Both flows of the year before, as they follow from their growth."""
        return self.exports / (1 + self.export_growth) + self.imports / (1 + self.import_growth)


def breakdowns(reference: Reference, reported: Iterable[ReportedSeries]) -> list[Breakdown]:
    """List what origins print of exports and imports with their growth; the growth of ``trade`` is ``trade_growth``.

    From the four follow the growth of both together and their level of the year before.
    """
    found = []
    for one in reported:
        pair = one.reporter, one.partner
        flows = [reference.series(one.series, *pair, flow) for flow in ("export", "import")]
        rates = [reference.series(f"{one.series}_growth", *pair, flow) for flow in ("export", "import")]
        by_origin = [{series.origin: series for series in listed} for listed in (*flows, *rates)]
        for origin in by_origin[0]:
            if all(origin in series for series in by_origin):
                figures = [series[origin].figures for series in by_origin]
                for year in sorted(set.intersection(*(set(years) for years in figures))):
                    exports, imports, *growth = (_leaf(years[year]) for years in figures)
                    numbers = exports, growth[0], imports, growth[1]
                    found.append(Breakdown(one.measure, one.suffix, year - 1, year, origin, *numbers))
    return found


@dataclass(frozen=True)
class Revision:
    """A figure of a year as an office printed it first, and as it has it now."""

    measure: str
    suffix: str
    year: int
    before: Amount
    now: Amount


def revisions(reference: Reference, reported: Iterable[ReportedSeries]) -> list[Revision]:
    """List the figures that an office has revised since they were printed."""
    found = []
    for one in reported:
        for printed in reference.series(one.series, one.reporter, one.partner, "turnover"):
            earlier = replace(one, figures=printed.figures)
            for year, figure in printed.figures.items():
                before, now = earlier.level(year), one.level(year)
                if figure.status == "superseded" and before and now and year in one.official:
                    printed_then = f"printed({one.reporter}, {one.partner}, {year})"
                    before = Amount.leaf("figure", printed_then, before.estimate, before.unit, sources=before.sources)
                    found.append(Revision(one.measure, one.suffix, year, before, now))
    return found


def _leaf(figure: Observation) -> Amount:
    name = f"{figure.flow}{'_growth' * (figure.unit == 'ratio')}({figure.area}, {figure.partner}, {figure.year})"
    return Amount.leaf("figure", name, figure.estimate, figure.unit, sources=(figure.origin,))


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
        own = [target for target in due if is_of(target.claim, series)]
        years = set(years_of(claims, [series]))
        years |= {year for target in own for year in (target.base_year, target.year, *reached_before(series, target))}
        years |= {year for target in own if (year := nearest_after(series, target))}
        years |= {year for year in series.figures if year > max(series.official)} if due else set()
        years |= {year for growth in growths_of(claims, series) if (year := peak_before(series, growth)) is not None}
        levels += [series.level(year) for year in sorted(years)]
    return [level for level in levels if level]


def is_of(claim: Claim, series: ReportedSeries) -> bool:
    """Tell whether a claim is about what a series is of."""
    return claim.is_about(series.measure, series.subject)


def _value(series: ReportedSeries, year: int) -> Fraction:
    return series.figures[year].estimate.value or Fraction(0)


def reached_before(series: ReportedSeries, target: Target) -> list[int]:
    """List the years on record before a target's base in which there was as much already."""
    return [year for year in series.official if year < target.base_year and _value(series, year) >= target.goal]


def nearest_after(series: ReportedSeries, target: Target) -> int | None:
    """The year after a target's base that has the highest official figure, the first of them, if none was enough."""
    later = [year for year in series.official if year > target.base_year]
    best = max(later, key=lambda year: (_value(series, year), -year), default=None)
    return best if best and _value(series, best) < target.goal else None


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
