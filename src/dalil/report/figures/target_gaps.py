"""Target gaps: how far from each target each growth rate leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.analysis.results import difference_unit
from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, split
from dalil.report.figures.drawing.marks import note, panels, rows_along, span_of
from dalil.report.figures.drawing.style import SCENARIO, STATED, TARGET, TARGET_INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import GapRow
from dalil.wording.messages import sentence

BASE = "base"


@dataclass(frozen=True)
class TargetGapsRow(MeasuredRow, table="target-gaps"):
    """The gap between a target and where one growth rate leads; ``scenario`` is ``base`` or the rate."""

    base: str
    target: str
    target_year: int
    target_value: Fraction
    scenario: str
    growth: Estimate
    gap: Estimate
    gap_relative: Estimate
    unit: str


def _rows(report: ReportContext) -> Iterator[TargetGapsRow]:
    return (TargetGapsRow.of(report.claims[row.base], row) for row in report.rows(GapRow))


def _draw(rows: list[TargetGapsRow], picture: Picture, context: FigureContext) -> None:
    bases = split(rows, lambda row: row.base)
    for axes, panel in panels(picture, bases, context.measure, heights=[len(panel) for panel in bases]):
        scale, unit = context.scale(difference_unit(panel[0].unit), [row.target_value for row in panel])
        for place, row in enumerate(panel):
            _draw_gap(axes, row, place, scale, context)
            if place and row.target != panel[place - 1].target:
                axes.axhline(place - 0.5, color="#BBBBBB", lw=0.8)
        axes.axvline(0, color=TARGET, lw=1.5)
        note(axes, context.say("zero"), (0, -0.75), (4, 0), color=TARGET_INK, fontsize=8, va="center")
        rows_along(axes, [_label(row, context) for row in panel], (1.1, 0.6), context)
        axes.margins(x=0.12)
        axes.set_xlabel(sentence(context.say("x", measure=context.measure(panel[0]), unit=unit)))


def _draw_gap(axes: Axes, row: TargetGapsRow, place: int, scale: Fraction, context: FigureContext) -> None:
    base = row.scenario == BASE
    colour = STATED if base else SCENARIO
    low, value, high = span_of(row.gap, scale)
    axes.plot([low, high], [place, place], color=colour, lw=3 if base else 1.6, alpha=0.5, solid_capstyle="butt")
    axes.plot(value, place, "o" if value < 0 else "D", color=colour, markersize=7 if base else 5)
    note(axes, context.amount(row.gap_relative, "ratio"), (value, place), (0, 5), ha="center", fontsize=7.5)


def _label(row: TargetGapsRow, context: FigureContext) -> str:
    growth = context.amount(row.growth, "ratio")
    return context.say("base" if row.scenario == BASE else "row", year=row.target_year, growth=growth)


def _caption(_: list[TargetGapsRow], context: FigureContext) -> Iterator[str]:
    yield context.say("caption")


def _alt(rows: list[TargetGapsRow], context: FigureContext) -> Iterator[str]:
    measures = list(dict.fromkeys(map(context.measure, rows)))
    yield context.say("alt.measures", measures=context.words.listed(measures))
    for row in rows:
        growth, relative = context.amount(row.growth, "ratio"), context.amount(row.gap_relative, "ratio")
        gap = context.amount(row.gap, difference_unit(row.unit))
        text = context.say("alt.row", year=row.target_year, growth=growth, gap=gap, relative=relative)
        yield f"{context.measure(row)}, {text}" if len(measures) > 1 else text


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: max(2.0, 0.9 + 0.35 * len(rows)))
