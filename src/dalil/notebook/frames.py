"""Frames that notebooks start from: claims that belong together, side by side, their numbers as amounts."""

from collections.abc import Iterable
from dataclasses import fields
from fractions import Fraction
from typing import Any

import pandas as pd

from dalil.analysis import implied
from dalil.analysis.series import ReportedSeries
from dalil.analysis.targets import Target
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount, is_above_zero
from dalil.numbers.intervals import exactly

# The sensitivity grid: growth from none to well above what most targets need, years to some way past the last one,
# and no more of them than can be read beside one another.
GRID_STEP = Fraction(5, 100)
GRID_STEPS = 13
YEARS_AFTER = 4
MOST_YEARS = 12


def rows_of(rows: Iterable[Any], kind: type) -> pd.DataFrame:
    """Make a frame of dataclasses of one kind, its columns their fields."""
    names = [field.name for field in fields(kind)]
    return _frame(" ".join(names), ([getattr(row, name) for name in names] for row in rows))


def series_frame(reported: Iterable[ReportedSeries]) -> pd.DataFrame:
    """List what countries report, year by year, in the columns of the table ``record`` but for growth.

    There is ``before`` besides: the figure of the year before, where growth can start from it.
    """
    rows = (
        [
            *(series.measure, series.subject, series.reporter, series.partner, year, figure.comparator),
            *(series.level(year), figure.unit, figure.basis, figure.status, figure.origin, series.before(year)),
        ]
        for series in reported
        for year, figure in series.figures.items()
    )
    return _frame("measure subject reporter partner year comparator value unit basis status origin before", rows)


def levels_with_growth(claims: Claims) -> pd.DataFrame:
    """Put each level beside the growth that led to it, both as amounts, and the two years of the growth.

    It is ``yearly`` from one year to the next.
    """
    rows = (
        [level.entry.measure, level.entry.subject, *_years(rate), implied.is_yearly(rate), level.amount, rate.amount]
        for level, rate in implied.levels_with_growth(claims)
    )
    return _frame("measure subject base_year year yearly level growth", rows)


def growth_without_level(claims: Claims) -> pd.DataFrame:
    """List each growth that no stated level belongs to, with its years."""
    listed = implied.growth_without_level(claims)
    rows = ([growth.entry.measure, growth.entry.subject, *_years(growth), growth.amount] for growth in listed)
    return _frame("measure subject base_year year growth", rows)


def parts_of_wholes(claims: Claims) -> pd.DataFrame:
    """Put each part beside its whole, as the claims file asks; there is no share of a whole that may be zero."""
    pairs = ((ratio.id, claims[ratio.part], claims[ratio.whole]) for ratio in claims.ratios)
    rows = (
        [name, part.entry.measure, part.amount, whole.amount]
        for name, part, whole in pairs
        if is_above_zero(whole.known.range)
    )
    return _frame("name measure part whole", rows)


def targets_frame(targets: Iterable[Target]) -> pd.DataFrame:
    """Put each target beside the level it is counted from.

    Returns
    -------
    pandas.DataFrame
        ``name`` is what facts about a target are called by; ``level``, ``goal`` and ``growth`` are amounts, the last
        the growth that the article states for the measure, if it does; ``years_between`` lie between ``base_year``
        and ``target_year``.
    """
    rows = (
        [
            *(target.name, target.claim.entry.measure, target.claim.id, target.base.id),
            *(target.base_year, target.year, target.periods),
            *(target.base.amount, target.claim.amount, target.growth.amount if target.growth else None),
        ]
        for target in targets
    )
    return _frame("name measure target base base_year target_year years_between level goal growth", rows)


def steps_to_targets(targets: Iterable[Target]) -> pd.DataFrame:
    """Put each target beside its level, and beside the target before it that is counted from the same level."""
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
    return _frame("name measure from_year target_year years start goal", rows)


def scenarios(targets: pd.DataFrame, base_growth: Fraction | None, rates: Iterable[Fraction]) -> pd.DataFrame:
    """Put growth rates beside each target: that of the base scenario, then others, ratios a year.

    Without a ``base_growth``, the base scenario is the growth that the article states for the measure.
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
    """Choose the last target counted from each level."""
    last = targets.groupby("base")["target_year"].transform("max")
    return targets[targets["target_year"] == last]


def sensitivity_grid(base_year: int, target_year: int) -> tuple[list[Fraction], list[int]]:
    """Choose growth rates and years to try: of many years every so manieth, with the target's among them.

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


def _years(growth: Claim) -> tuple[int, int]:
    """The years that a growth starts from and ends in."""
    return growth.base_period.year, growth.period.year


def _frame(columns: str, rows: Iterable[list[Any]]) -> pd.DataFrame:
    """A frame of rows; its columns are given as words, so that one without rows has them too."""
    return pd.DataFrame(list(rows), columns=columns.split())
