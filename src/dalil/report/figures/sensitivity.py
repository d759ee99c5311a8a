"""Sensitivity: which growth reaches the last target in which year."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Rectangle

from dalil.numbers.intervals import Estimate, exactly
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import note, panels
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


def _rows(report: ReportContext) -> Iterator[GridRow]:
    for *_, last in report.series.values():
        base_growth = last.growth if last.scenario == BASE else None
        for row in having(report.rows(SensitivityRow), target=last.target):
            yield GridRow.of(report.claims[last.target], last, row, base_growth=base_growth)


def _draw(rows: list[GridRow], picture: Picture, context: FigureContext) -> None:
    for axes, grid in panels(picture, _grids(rows), context.measure):
        rates, years = _rates(grid), sorted({row.year for row in grid})
        share = {(row.growth, row.year): row.reached * 100 for row in grid}
        # Drawn cell by cell, so that it stays a vector picture.
        edges = [[place - 0.5 for place in range(len(names) + 1)] for names in (years, rates)]
        cells = [[float(share[rate, year]) for year in years] for rate in rates]
        axes.pcolormesh(*edges, cells, cmap="cividis", vmin=0, vmax=200)
        for y, rate in enumerate(rates):
            for x, year in enumerate(years):
                _write_cell(axes, x, y, share[rate, year])
        axes.set_xticks(range(len(years)), [str(year) for year in years])
        axes.set_yticks(range(len(rates)), [f"{float(rate) * 100:.0f}" for rate in rates])
        axes.grid(visible=False)
        axes.set(xlabel=context.say("x"), ylabel=context.say("y"))
        _point_out(axes, grid[0], rates, years, context)


def _write_cell(axes: Axes, x: int, y: int, percent: Fraction) -> None:
    """Write a share into its cell, and frame it where the target is reached."""
    # Cut off, not rounded: a hundred stands only where the target is reached.
    text = str(math.floor(percent)) if percent < MOST_PERCENT else f"{MOST_PERCENT - 1}+"
    axes.text(x, y, text, ha="center", va="center", fontsize=7.5, color=LIGHT if percent < 110 else DARK)
    if percent >= 100:
        axes.add_patch(Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, fill=False, edgecolor=TARGET, lw=1.6))


def _point_out(axes: Axes, row: GridRow, rates: list[Fraction], years: list[int], context: FigureContext) -> None:
    """Point out the year that the target falls due, and the base growth where it lies on the grid."""
    due = years.index(row.target_year), len(rates) - 0.5
    note(axes, context.say("due"), due, (0, 4), ha="center", fontsize=8, color=TARGET_INK)
    if row.base_growth is None or row.base_growth.value is None:
        return
    base = (float(row.base_growth.value) - float(rates[0])) / (float(rates[1]) - float(rates[0]))
    if -0.5 <= base <= len(rates) - 0.5:
        at, arrow = (len(years) - 0.5, base), {"arrowstyle": "->", "color": STATED}
        note(axes, context.say("base"), at, (18, 0), va="center", fontsize=8, color=STATED, arrowprops=arrow)


def _caption(rows: list[GridRow], context: FigureContext) -> Iterator[str]:
    for grid in _grids(rows):
        yield context.say("caption.grid", **_target(grid[0], context))
    yield context.say("caption.note")


def _alt(rows: list[GridRow], context: FigureContext) -> Iterator[str]:
    for grid in _grids(rows):
        yield context.say("alt.grid")
        yield context.say("alt.share", **_target(grid[0], context))
        for rate in _rates(grid):
            reached = [row.year for row in grid if row.growth == rate and row.reached >= 1]
            case, growth = "alt.reached" if reached else "alt.never", context.amount(exactly(rate), "ratio")
            yield context.say(case, growth=growth, year=min(reached, default=""))


def _target(row: GridRow, context: FigureContext) -> dict[str, str]:
    target = context.words.printed(row.target_value, row.comparator, row.unit)
    return {"measure": context.measure(row), "target": target}


def _grids(rows: list[GridRow]) -> list[list[GridRow]]:
    return split(rows, lambda row: row.target)


def _rates(grid: list[GridRow]) -> list[Fraction]:
    return sorted({row.growth for row in grid})


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 3.7 * len(_grids(rows)))
