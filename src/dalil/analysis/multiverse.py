"""Multiverse: each headline worked out in every defensible way, and how many of them bear the article out.

After Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), *Increasing Transparency Through a Multiverse Analysis*.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dalil.analysis.outcomes import DEFLATED, ReportedSeries, is_of_years
from dalil.analysis.projections import roundings
from dalil.analysis.results import Result, counted
from dalil.analysis.targets import Target
from dalil.claims.claims import Claim, Claims
from dalil.numbers.growth import at_prices_of, growth_rate, log_growth, midpoint_growth
from dalil.numbers.intervals import Estimate, Interval, exactly

Support = Literal["yes", "no", "open"]

# The ways to work out growth; the first is the one the report uses everywhere else.
GROWTH = {"simple": growth_rate, "logarithmic": log_growth, "midpoint": midpoint_growth}
CURRENT = "current"


@dataclass(frozen=True)
class Universe:
    """A headline worked out one way; a choice that makes no difference to it is empty.

    ``support`` is ``open`` where the record's figure is a bound or rounded, and does not settle it.
    """

    claim: Claim
    rounding: str
    reporter: str
    prices: str
    formula: str
    value: Estimate
    support: Support
    origins: tuple[str, ...]


def universes(
    claims: Claims, targets: Iterable[Target], found: Iterable[ReportedSeries], indices: dict[str, dict[int, Fraction]]
) -> list[Universe]:
    """Work out every headline in every way: levels and yearly growth against the record, and targets reached.

    Parameters
    ----------
    indices
        Price indices of dollars by name, each by year. Constant dollars are those of the later year of a growth, and
        of the base year of a target.
    """
    listed: list[Universe] = []
    by_claim = {target.claim.id: target for target in targets}
    for history in found:
        priced = indices if history.unit == DEFLATED else {}
        for claim in claims:
            entry = claim.entry
            if not claim.is_about(history.measure, history.subject) or claims.first_of(claim) is not claim:
                continue
            yearly, in_its_unit = is_of_years(claim), entry.unit == history.unit
            if entry.kind == "level" and yearly and in_its_unit:
                listed += _levels(claim, history)
            elif entry.kind == "change" and yearly and claim.base_period.is_year_before(claim.period):
                listed += _growths(claim, history, priced)
            elif claim.id in by_claim and in_its_unit:
                listed += _targets(by_claim[claim.id], history, priced)
    return listed


def universe_results(found: list[Universe]) -> list[Result]:
    """Count for each headline the ways it was worked out, and those that bear the article out."""
    results = []
    for claim in dict.fromkeys(one.claim.id for one in found):
        rows = [one for one in found if one.claim.id == claim]
        counts = {"ways": len(rows), "ways_supporting": sum(one.support == "yes" for one in rows)}
        results += counted(claim, counts, "multiverse.csv", (one.origins for one in rows))
    return results


def _levels(claim: Claim, history: ReportedSeries) -> Iterator[Universe]:
    """A stated level against the figure of its year; at the prices of that year nothing changes."""
    one = history.figures.get(claim.period.year)
    if one:
        for way, stated in _stated(claim):
            support = _supports(stated, one.estimate)
            yield Universe(claim, way, history.reporter, "", "", one.estimate, support, (one.origin,))


def _growths(claim: Claim, history: ReportedSeries, indices: dict[str, dict[int, Fraction]]) -> Iterator[Universe]:
    """A stated growth against the growth between two figures, at current and constant prices, by each formula."""
    year = claim.period.year
    before, after = history.figures.get(year - 1), history.figures.get(year)
    if before is None or after is None:
        return
    origins = tuple(dict.fromkeys((after.origin, before.origin)))
    for prices, base in _at_prices(before.estimate, year - 1, year, indices):
        for formula, growth in GROWTH.items():
            value = growth.over_known(base, after.estimate)
            if value is None:
                continue
            for way, stated in _stated(claim):
                support = _supports(stated, value)
                yield Universe(claim, way, history.reporter, prices, formula, value, support, origins)


def _stated(claim: Claim) -> list[tuple[str, Estimate]]:
    """What a printed number may stand for, by way of rounding; under no name where they all come to the same."""
    ways: list[tuple[str, Estimate]] = [(way, stated) for way, stated in roundings(claim)]
    return ways if len({stated for _, stated in ways}) > 1 else [("", ways[0][1])]


def _targets(target: Target, history: ReportedSeries, indices: dict[str, dict[int, Fraction]]) -> Iterator[Universe]:
    """A target against what came; targets are exact, so that rounding makes no difference."""
    one, goal = history.figures.get(target.year), target.claim.known.value
    if one is None or goal is None:
        return
    enough = Interval(goal, None)
    for prices, value in _at_prices(one.estimate, target.year, target.base_year, indices):
        unsettled: Support = "open" if value.range.meets(enough) else "no"
        support = "yes" if value.range.within(enough) else unsettled
        yield Universe(target.claim, "", history.reporter, prices, "", value, support, (one.origin,))


def _at_prices(
    value: Estimate, year: int, base_year: int, indices: dict[str, dict[int, Fraction]]
) -> Iterator[tuple[str, Estimate]]:
    """An amount at current prices, and at those of a base year by every index that has both years."""
    yield CURRENT, value
    for name, index in indices.items():
        if year in index and base_year in index:
            yield name, at_prices_of.over(value, exactly(index[base_year]), exactly(index[year]))


def _supports(stated: Estimate, found: Estimate) -> Support:
    """Whether a figure is what a printed number may stand for; a bound that only reaches into it settles nothing."""
    if not found.range.meets(stated.range):
        return "no"
    bounded = found.range.low is not None and found.range.high is not None
    return "yes" if bounded or found.range.within(stated.range) else "open"
