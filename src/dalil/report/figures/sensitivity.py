"""Sensitivity: which growth reaches the last target in which year."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Rectangle

from dalil.numbers.intervals import Estimate, exactly
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, panels
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
from dalil.report.figures.drawing.style import STATED, TARGET, TARGET_INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import SensitivityRow

BASE = "base"

# Percent beyond which a cell of the grid has no room for the number.
MOST_PERCENT = 10000

# Ink on the grid of shares, whose colours are the same by night: so this ink is none of those that change then.
LIGHT, DARK = "#FEFEFE", "#010101"


@dataclass(frozen=True)
class GridRow(MeasuredRow, table="sensitivity"):
    """The share of a target that one growth rate reaches in one year; with the base growth, where there is one."""

    target: str
    target_year: int
    comparator: str
    target_value: Fraction
    unit: str
    base_growth: Estimate | None
    growth: Fraction
    year: int
    reached: Fraction


def _rows(report: ReportContext) -> list[GridRow]:
    claims = report.claims
    return [
        GridRow(
            claims[last.target].measure, claims[last.target].subject, last.target, last.target_year,
            claims[last.target].comparator, last.target_value, last.unit,
            last.growth if last.scenario == BASE else None, row.growth, row.year, row.reached,
        )
        for *_, last in report.series.values()
        for row in report.rows(SensitivityRow) if row.target == last.target
    ]  # fmt: skip


def _draw(rows: list[GridRow], picture: Picture, context: FigureContext) -> None:
    grids = grouped(rows, lambda row: row.target).values()
    for axes, grid in panels(picture, grids, lambda grid: context.measure(grid[0])):
        rates, years = _rates(grid), sorted({row.year for row in grid})
        share = {(row.growth, row.year): row.reached * 100 for row in grid}
        # Drawn cell by cell, so that it stays a vector picture.
        edges = [[place - 0.5 for place in range(len(names) + 1)] for names in (years, rates)]
        cells = [[float(share[rate, year]) for year in years] for rate in rates]
        axes.pcolormesh(*edges, cells, cmap="cividis", vmin=0, vmax=200)
        for y, rate in enumerate(rates):
            for x, year in enumerate(years):
                _write_cell(axes, x, y, share[rate, year])
        _set_axes(axes, rates, years, context)
        _point_out(axes, grid[0], rates, years, context)


def _write_cell(axes: Axes, x: int, y: int, percent: Fraction) -> None:
    """Write a share into its cell, and frame it where the target is reached."""
    # Cut off, not rounded: a hundred stands only where the target is reached.
    text = str(math.floor(percent)) if percent < MOST_PERCENT else f"{MOST_PERCENT - 1}+"
    axes.text(x, y, text, ha="center", va="center", fontsize=7.5, color=LIGHT if percent < 110 else DARK)
    if percent >= 100:
        axes.add_patch(Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, fill=False, edgecolor=TARGET, lw=1.6))


def _set_axes(axes: Axes, rates: list[Fraction], years: list[int], context: FigureContext) -> None:
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_yticks(range(len(rates)), [f"{float(rate) * 100:.0f}" for rate in rates])
    axes.grid(visible=False)
    axes.set_xlabel(context.say("x"))
    axes.set_ylabel(context.say("y"))


def _point_out(axes: Axes, row: GridRow, rates: list[Fraction], years: list[int], context: FigureContext) -> None:
    """Point out the year that the target falls due, and the base growth where it lies on the grid."""
    due = years.index(row.target_year), len(rates) - 0.5
    axes.annotate(context.say("due"), due, **beside((0, 4), ha="center", fontsize=8, color=TARGET_INK))
    if row.base_growth is None or row.base_growth.value is None:
        return
    step = float(rates[1]) - float(rates[0])
    base = (float(row.base_growth.value) - float(rates[0])) / step
    if -0.5 <= base <= len(rates) - 0.5:
        arrow = {"arrowstyle": "->", "color": STATED}
        look = beside((18, 0), va="center", fontsize=8, color=STATED, arrowprops=arrow)
        axes.annotate(context.say("base"), (len(years) - 0.5, base), **look)


def _describe(rows: list[GridRow], context: FigureContext) -> Description:
    grids = grouped(rows, lambda row: row.target).values()
    caption = [*(context.say("caption.grid", **_target(grid[0], context)) for grid in grids)]
    alt = [part for grid in grids for part in _alt(grid, context)]
    return Description(sentences([*caption, context.say("caption.note")]), sentences(alt))


def _alt(grid: list[GridRow], context: FigureContext) -> Iterator[str]:
    yield context.say("alt.grid")
    yield context.say("alt.share", **_target(grid[0], context))
    for rate in _rates(grid):
        reached = [row.year for row in grid if row.growth == rate and row.reached >= 1]
        growth = context.amount(exactly(rate), "ratio")
        yield context.say("alt.reached" if reached else "alt.never", growth=growth, year=min(reached, default=""))


def _target(row: GridRow, context: FigureContext) -> dict[str, str]:
    return {
        "measure": context.measure(row),
        "target": context.printed(exactly(row.target_value), row.comparator, row.unit),
    }


def _rates(grid: list[GridRow]) -> list[Fraction]:
    return sorted({row.growth for row in grid})


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 3.7 * len({row.target for row in rows}))
