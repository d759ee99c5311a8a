"""Frames that notebooks start from: claims that belong together, side by side, their numbers as amounts."""

from collections.abc import Iterable
from dataclasses import fields
from fractions import Fraction
from typing import Any

import pandas as pd

from dalil.analysis import implied
from dalil.analysis.series import ReportedSeries
from dalil.analysis.targets import Target
from dalil.claims.claims import Claims
from dalil.numbers.amounts import Amount, is_above_zero
from dalil.numbers.intervals import exactly

# The sensitivity grid: growth from none to well above what most targets need, years to some way past the last one,
# and no more of them than can be read beside one another.
GRID_STEP = Fraction(5, 100)
GRID_STEPS = 13
YEARS_AFTER = 4
MOST_YEARS = 12


def rows_of(rows: Iterable[Any], kind: type) -> pd.DataFrame:
    """Make a frame of rows that are dataclasses, its columns their fields.

    Parameters
    ----------
    rows
        The rows.
    kind
        What they are, so that a frame without rows has its columns.
    """
    names = [field.name for field in fields(kind)]
    return _frame(names, ([getattr(row, name) for name in names] for row in rows))


def series_frame(reported: Iterable[ReportedSeries]) -> pd.DataFrame:
    """List what countries report, year by year.

    Parameters
    ----------
    reported
        What each country reports.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``record`` but for growth, and ``before``: the figure of the year before, where growth
        can start from it.
    """
    columns = ["measure", "subject", "reporter", "partner", "year", "comparator", "value", "unit", "basis", "status"]
    return _frame(
        [*columns, "origin", "before"],
        (
            [
                *(series.measure, series.subject, series.reporter, series.partner, year, figure.comparator),
                *(series.level(year), figure.unit, figure.basis, figure.status, figure.origin, series.before(year)),
            ]
            for series in reported
            for year, figure in series.figures.items()
        ),
    )


def levels_with_growth(claims: Claims) -> pd.DataFrame:
    """Put each level beside the growth that led to it.

    Parameters
    ----------
    claims
        The article's claims.

    Returns
    -------
    pandas.DataFrame
        ``level`` and ``growth`` as amounts; ``base_year`` and ``year`` of the growth; ``yearly`` where it is a growth
        from one year to the next.
    """
    columns = ["measure", "subject", "base_year", "year", "yearly", "level", "growth"]
    return _frame(
        columns,
        (
            [
                *(level.entry.measure, level.entry.subject, growth.base_period.year, growth.period.year),
                *(implied.is_yearly(growth), level.amount, growth.amount),
            ]
            for level, growth in implied.levels_with_growth(claims)
        ),
    )


def growth_without_level(claims: Claims) -> pd.DataFrame:
    """List each growth that no stated level belongs to, with its years.

    Parameters
    ----------
    claims
        The article's claims.
    """
    columns = ["measure", "subject", "base_year", "year", "growth"]
    return _frame(
        columns,
        (
            [growth.entry.measure, growth.entry.subject, growth.base_period.year, growth.period.year, growth.amount]
            for growth in implied.growth_without_level(claims)
        ),
    )


def parts_of_wholes(claims: Claims) -> pd.DataFrame:
    """Put each part beside its whole, as the claims file asks; there is no share of a whole that may be zero.

    Parameters
    ----------
    claims
        The article's claims.
    """
    pairs = ((ratio.id, claims[ratio.part], claims[ratio.whole]) for ratio in claims.ratios)
    return _frame(
        ["name", "measure", "part", "whole"],
        (
            [name, part.entry.measure, part.amount, whole.amount]
            for name, part, whole in pairs
            if is_above_zero(whole.known.range)
        ),
    )


def targets_frame(targets: Iterable[Target]) -> pd.DataFrame:
    """Put each target beside the level it is counted from.

    Parameters
    ----------
    targets
        The targets.

    Returns
    -------
    pandas.DataFrame
        ``name`` is what facts about a target are called by; ``level``, ``goal`` and ``growth`` are amounts, the last
        the growth that the article states for the measure, if it does; ``years_between`` lie between ``base_year``
        and ``target_year``.
    """
    columns = [
        "name",
        "measure",
        "target",
        "base",
        "base_year",
        "target_year",
        "years_between",
        "level",
        "goal",
        "growth",
    ]
    return _frame(
        columns,
        (
            [
                *(target.name, target.claim.entry.measure, target.claim.id, target.base.id),
                *(target.base_year, target.year, target.periods),
                *(target.base.amount, target.claim.amount, target.growth.amount if target.growth else None),
            ]
            for target in targets
        ),
    )


def steps_to_targets(targets: Iterable[Target]) -> pd.DataFrame:
    """Put each target beside its level, and beside the target before it that is counted from the same level.

    Parameters
    ----------
    targets
        The targets.
    """
    rows: list[list[Any]] = []
    before: dict[str, Target] = {}
    for target in targets:
        starts = [(target.name, target.base, target.base_year)]
        if earlier := before.get(target.base.id):
            starts.append((f"{earlier.name}_{target.name}", earlier.claim, earlier.year))
        rows += [
            [
                *(name, target.claim.entry.measure, year, target.year, Fraction(target.year - year)),
                *(start.amount, target.claim.amount),
            ]
            for name, start, year in starts
        ]
        before[target.base.id] = target
    return _frame(["name", "measure", "from_year", "target_year", "years", "start", "goal"], rows)


def scenarios(targets: pd.DataFrame, base_growth: Fraction | None, rates: Iterable[Fraction]) -> pd.DataFrame:
    """Put growth rates beside each target: that of the base scenario, then others.

    Parameters
    ----------
    targets
        The targets, from :func:`targets_frame`.
    base_growth
        A ratio a year, or ``None`` for the growth that the article states for the measure.
    rates
        Further growth rates, ratios a year.
    """
    others = [(str(float(rate)), _rate(f"rate_{float(rate)}", rate)) for rate in rates]
    assumed = [] if base_growth is None else [("base", _rate("base_growth", base_growth))]
    rows = []
    for _, target in targets.iterrows():
        stated = [("base", target["growth"])] if target["growth"] is not None else []
        for scenario, growth in (assumed or stated) + others:
            rows.append({**target, "scenario": scenario, "growth": growth})
    return pd.DataFrame(rows, columns=[*targets.columns, "scenario"])


def last_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Choose the last target counted from each level.

    Parameters
    ----------
    targets
        Targets, with whatever stands beside them.
    """
    last = targets.groupby("base")["target_year"].transform("max")
    return targets[targets["target_year"] == last]


def sensitivity_grid(base_year: int, target_year: int) -> tuple[list[Fraction], list[int]]:
    """Choose growth rates and years to try: of many years every so manieth, with the target's among them.

    Parameters
    ----------
    base_year, target_year
        The years that a target is counted from and falls due in.

    Examples
    --------
    >>> rates, years = sensitivity_grid(2017, 2020)
    >>> len(rates), years
    (13, [2018, 2019, 2020, 2021, 2022, 2023, 2024])
    """
    years = range(base_year + 1, target_year + YEARS_AFTER + 1)
    step = -(-len(years) // MOST_YEARS)
    rates = [GRID_STEP * number for number in range(GRID_STEPS)]
    return rates, [year for year in years if (year - target_year) % step == 0]


def _rate(name: str, rate: Fraction) -> Amount:
    return Amount.leaf("parameter", name, exactly(rate), "ratio")


def _frame(columns: list[str], rows: Iterable[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns)
