"""Outcomes: what the record of two countries shows for a measure, year by year, and what became of its targets."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dalil.analysis.results import fact_word
from dalil.analysis.series import (
    DEFLATED,
    PriceIndex,
    ReportedSeries,
    growths_of,
    is_of,
    nearest_after,
    peak_before,
    reached_before,
)
from dalil.analysis.targets import Target
from dalil.claims.claims import Claims
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate, Interval, exactly

Prices = Literal["current", "constant"]


@dataclass(frozen=True)
class StatedGrowth:
    """A growth that the article states beside what one country's record has for its two years.

    ``later`` and ``base`` are the levels on record, ``base`` only where growth can start from it. ``span`` names the
    years of the growth, ``implied_as`` the base that it implies.
    """

    measure: str
    suffix: str
    base_year: int
    year: int
    span: str
    implied_as: str
    growth: Amount
    later: Amount | None
    base: Amount | None


@dataclass(frozen=True)
class Recovery:
    """A growth that recovers part of a fall: the highest level before, the one it grew from, and the one it reached.

    ``regained`` is the first year with the highest level again; it has no value where there is none on record.
    """

    measure: str
    suffix: str
    top_year: int
    base_year: int
    year: int
    highest: Amount
    low: Amount
    later: Amount
    regained: Amount


@dataclass(frozen=True)
class Outcome:
    """What one country's record has for one target: amounts in the target's unit, at current prices.

    ``base`` is the level on record of the year that the target is counted from, where growth can start from it.
    ``first_met`` has no value where the target was not met in any year of the record; its interval then starts after
    the last of them. Where there are price indices of both years, ``prices_then`` and ``prices_now`` are those, and
    ``first_met_real`` is the same at the prices of the base year. ``nearest`` is the highest level after the base year
    of a target that was never met, ``had_before`` the last year before it in which there was as much already.
    """

    target: str
    name: str
    measure: str
    base_year: int
    target_year: int
    years_between: int
    reporter: str
    suffix: str
    goal: Amount
    level: Amount
    base: Amount | None
    first_met: Amount
    prices_then: Amount | None
    prices_now: Amount | None
    first_met_real: Amount | None
    nearest: Amount | None
    nearest_year: Amount | None
    had_before: Amount | None
    basis: str
    status: str
    origin: str


def stated_growths(claims: Claims, reported: Iterable[ReportedSeries]) -> list[StatedGrowth]:
    """Put each growth that the article states between two years beside each record."""
    rows = []
    for series in reported:
        for growth in growths_of(claims, series):
            year, before = growth.period.year, growth.base_period.year
            # Only growth over the year before is named by its year alone.
            yearly = before == year - 1
            span, implied_as = (f"{year}", "implied") if yearly else (f"{before}_{year}", f"implied_from_{year}")
            levels = series.level(year), series.start(before)
            rows.append(
                StatedGrowth(series.measure, series.suffix, before, year, span, implied_as, growth.amount, *levels)
            )
    return rows


def recoveries(claims: Claims, reported: Iterable[ReportedSeries]) -> list[Recovery]:
    """List the stated growths that by some record recover part of a fall from the highest year before."""
    rows = []
    for series in reported:
        for growth in growths_of(claims, series):
            top = peak_before(series, growth)
            if top is not None:
                year, before = growth.period.year, growth.base_period.year
                highest, low, later = map(series.level, (top, before, year))
                if highest and low and later:
                    years = top, before, year
                    regained = _regained(series, top)
                    rows.append(Recovery(series.measure, series.suffix, *years, highest, low, later, regained))
    return rows


def outcomes(targets: Iterable[Target], reported: Iterable[ReportedSeries], index: PriceIndex) -> list[Outcome]:
    """Hold every target against every record; one in another unit, or without the target's year, says nothing of it.

    Parameters
    ----------
    targets
        The targets.
    reported
        What countries report.
    index
        A price index of dollars; a year without one has no outcome at constant prices.
    """
    listed = list(reported)
    return [
        _outcome(target, series, index)
        for target in targets
        for series in listed
        if is_of(target.claim, series) and target.year in series.official and series.unit == target.claim.entry.unit
    ]


def first_met_by_any(outcomes: Iterable[Outcome]) -> dict[str, Amount]:
    """Work out the year in which each target was first met by any record, at current prices.

    Parameters
    ----------
    outcomes
        What each record has for each target.

    Returns
    -------
    dict[str, Amount]
        By the target's name.
    """
    rows: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        rows.setdefault(outcome.name, []).append(outcome)
    return {name: _first_of(name, parts) for name, parts in rows.items()}


def _outcome(target: Target, series: ReportedSeries, index: PriceIndex) -> Outcome:
    reached = series.figures[target.year]
    level = series.level(target.year)
    assert level is not None
    highest = nearest_after(series, target)
    nearest = series.level(highest) if highest else None
    before = max(reached_before(series, target), default=None)
    is_priced = series.unit == DEFLATED and index.at(target.base_year) and index.at(target.year)
    return Outcome(
        target=target.claim.id,
        name=target.name,
        measure=series.measure,
        base_year=target.base_year,
        target_year=target.year,
        years_between=target.periods,
        reporter=series.reporter,
        suffix=series.suffix,
        goal=target.claim.amount,
        level=level,
        base=series.start(target.base_year),
        first_met=_first_met(target, series, None),
        prices_then=index.at(target.base_year) if is_priced else None,
        prices_now=index.at(target.year) if is_priced else None,
        first_met_real=_first_met(target, series, index) if is_priced else None,
        nearest=nearest,
        nearest_year=_year_of(target, series, highest, "first", ">", str(nearest.expression)) if nearest else None,
        had_before=_year_of(target, series, before, "last", "<", target.claim.id),
        basis=reached.basis,
        status=reached.status,
        origin=reached.origin,
    )


def _first_met(target: Target, series: ReportedSeries, index: PriceIndex | None) -> Amount:
    """The first year after the base whose official figure is the target or more.

    Where years before it have no figure, it may have been met in any of them.
    """
    first, missed = None, target.base_year
    for year in sorted(year for year in series.official if year > target.base_year):
        level = _at_prices(series, year, target.base_year, index)
        if level is not None and level >= target.goal:
            first = Estimate(Fraction(year), Interval(Fraction(missed + 1), Fraction(year)))
            break
        missed = missed if level is None else year
    value = f"value × {index.name}({target.base_year}) / {index.name}(year)" if index else "value"
    sources = (series.figures[target.year].origin, *(index.sources if index else ()))
    condition = f"{value} ≥ {target.claim.id}"
    return _year(series, target.base_year, condition, first or _never_after(missed), (target.claim.id,), sources)


def _year_of(
    target: Target, series: ReportedSeries, year: int | None, which: str, side: str, enough: str
) -> Amount | None:
    """The first or last official year on one side of a target's base that has enough, where there is one."""
    if year is None:
        return None
    of = f"record.year, reporter = {series.reporter}, status = official, year {side} {target.base_year}"
    formula, sources = f"{which}({of}, value ≥ {enough})", (series.figures[year].origin,)
    return Amount.leaf("table", formula, exactly(year), "year_met", claims=(target.claim.id,), sources=sources)


def _at_prices(series: ReportedSeries, year: int, base_year: int, index: PriceIndex | None) -> Fraction | None:
    """The official figure of a year, at the prices of the base year where there is an index that has both."""
    value = series.official[year].estimate.value
    if index is None or year == base_year:
        return value
    prices = index.values.get(base_year), index.values.get(year)
    return None if value is None or None in prices else value * prices[0] / prices[1]  # type: ignore[operator]


def _regained(series: ReportedSeries, top: int) -> Amount:
    """The first year after the highest one with its level again."""
    official = {year: figure.estimate.value or 0 for year, figure in series.official.items()}
    back = [year for year, level in official.items() if year > top and level >= official[top]]
    first = exactly(min(back)) if back else _never_after(max(official))
    condition = f"value ≥ {fact_word(series.measure)}_{top}_{series.suffix}"
    return _year(series, top, condition, first, (), (series.official[top].origin,))


def _never_after(year: int) -> Estimate:
    return Estimate(None, Interval(Fraction(year), None, low_open=True))


def _year(
    series: ReportedSeries,
    after: int,
    condition: str,
    first: Estimate,
    claims: tuple[str, ...],
    sources: tuple[str, ...],
) -> Amount:
    """The first year on record, after another one, that meets a condition."""
    formula = f"first(record.year, reporter = {series.reporter}, status = official, year > {after}, {condition})"
    return Amount.leaf("table", formula, first, "year_met", claims=claims, sources=sources)


def _first_of(name: str, rows: list[Outcome]) -> Amount:
    met = [row.first_met.value for row in rows if row.first_met.value is not None]
    last = min(row.first_met.range.low for row in rows if row.first_met.range.low is not None)
    first = exactly(min(met)) if met else Estimate(None, Interval(last, None, low_open=True))
    formula = f"min({', '.join(f'target_{name}_first_met_{row.suffix}' for row in rows)})"
    sources = tuple(dict.fromkeys(row.origin for row in rows))
    return Amount.leaf("table", formula, first, "year_met", claims=(rows[0].target,), sources=sources)
