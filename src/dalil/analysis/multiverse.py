"""Multiverse: each headline worked out in every defensible way, and how many of them bear the article out.

After Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), *Increasing Transparency Through a Multiverse Analysis*.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from dalil.analysis.series import DEFLATED, PriceIndex, ReportedSeries, is_of_years
from dalil.analysis.targets import Target
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount, known, ln
from dalil.numbers.intervals import ROUNDINGS, Estimate, Interval

Support = Literal["yes", "no", "open"]

# The ways to work out growth; the first is the one the report uses everywhere else.
GROWTH: dict[str, Callable[[Amount, Amount], Amount]] = {
    "simple": lambda base, later: later / base - 1,
    "logarithmic": lambda base, later: ln(later / base),
    # Twice the difference over the sum, written so that each number occurs once.
    "midpoint": lambda base, later: 2 - 4 / (later / base + 1),
}
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
    claims: Claims, targets: Iterable[Target], reported: Iterable[ReportedSeries], indices: Iterable[PriceIndex]
) -> list[Universe]:
    """Work out every headline in every way: levels and yearly growth against the record, and targets reached.

    Parameters
    ----------
    claims, targets, reported
        What the article states, and the record of the same measures.
    indices
        Price indices of dollars. Constant dollars are those of the later year of a growth, and
        of the base year of a target.
    """
    listed: list[Universe] = []
    by_claim = {target.claim.id: target for target in targets}
    all_indices = tuple(indices)
    for history in reported:
        priced = all_indices if history.unit == DEFLATED else ()
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


def _levels(claim: Claim, history: ReportedSeries) -> Iterator[Universe]:
    """A stated level against the figure of its year; at the prices of that year nothing changes."""
    one = history.figures.get(claim.period.year)
    if one:
        for way, stated in _stated(claim):
            support = _supports(stated, one.estimate)
            yield Universe(claim, way, history.reporter, "", "", one.estimate, support, (one.origin,))


def _growths(claim: Claim, history: ReportedSeries, indices: Iterable[PriceIndex]) -> Iterator[Universe]:
    """A stated growth against the growth between two figures, at current and constant prices, by each formula."""
    year = claim.period.year
    before, after = history.figures.get(year - 1), history.figures.get(year)
    if before is None or after is None:
        return
    origins = tuple(dict.fromkeys((after.origin, before.origin)))
    earlier, later = history.level(year - 1), history.level(year)
    assert earlier is not None
    assert later is not None
    for prices, base in _at_prices(earlier, year - 1, year, indices):
        for formula, growth in GROWTH.items():
            grown = known(partial(growth, base, later))
            if grown is None:
                continue
            value = grown.estimate
            for way, stated in _stated(claim):
                support = _supports(stated, value)
                yield Universe(claim, way, history.reporter, prices, formula, value, support, origins)


def _stated(claim: Claim) -> list[tuple[str, Estimate]]:
    """What a printed number may stand for, by way of rounding; under no name where they all come to the same."""
    ways: list[tuple[str, Estimate]] = [(way, claim.rounded(way).estimate) for way in ROUNDINGS]
    return ways if len({stated for _, stated in ways}) > 1 else [("", ways[0][1])]


def _targets(target: Target, history: ReportedSeries, indices: Iterable[PriceIndex]) -> Iterator[Universe]:
    """A target against what came; targets are exact, so that rounding makes no difference."""
    one, goal = history.figures.get(target.year), target.claim.known.value
    if one is None or goal is None:
        return
    enough = Interval(goal, None)
    level = history.level(target.year)
    assert level
    for prices, amount in _at_prices(level, target.year, target.base_year, indices):
        value = amount.estimate
        unsettled: Support = "open" if value.range.meets(enough) else "no"
        support = "yes" if value.range.within(enough) else unsettled
        yield Universe(target.claim, "", history.reporter, prices, "", value, support, (one.origin,))


def _at_prices(value: Amount, year: int, base_year: int, indices: Iterable[PriceIndex]) -> Iterator[tuple[str, Amount]]:
    """An amount at current prices, and at those of a base year by every index that has both years."""
    yield CURRENT, value
    for index in indices:
        then, now = index.at(base_year), index.at(year)
        if then and now:
            yield index.name, value * then / now


def _supports(stated: Estimate, found: Estimate) -> Support:
    """Whether a figure is what a printed number may stand for; a bound that only reaches into it settles nothing."""
    if not found.range.meets(stated.range):
        return "no"
    bounded = found.range.low is not None and found.range.high is not None
    return "yes" if bounded or found.range.within(stated.range) else "open"
