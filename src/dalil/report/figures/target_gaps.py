"""Target gaps: how far from each target each growth rate leads."""

from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.analysis.results import difference_unit
from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, in_numbers, panels, span_of
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
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


def _rows(report: ReportContext) -> list[TargetGapsRow]:
    claims = report.claims
    return [
        TargetGapsRow(
            claims[row.base].measure, claims[row.base].subject, row.base, row.target, row.target_year,
            row.target_value, row.scenario, row.growth, row.gap, row.gap_relative, row.unit,
        )
        for row in report.rows(GapRow)
    ]  # fmt: skip


def _draw(rows: list[TargetGapsRow], picture: Picture, context: FigureContext) -> None:
    bases = list(grouped(rows, lambda row: row.base).values())
    heights = [len(panel) for panel in bases]
    for axes, panel in panels(picture, bases, lambda panel: context.measure(panel[0]), heights):
        scale, unit = context.scale(difference_unit(panel[0].unit), [row.target_value for row in panel])
        for place, row in enumerate(panel):
            _draw_gap(axes, row, place, scale, context)
            if place and row.target != panel[place - 1].target:
                axes.axhline(place - 0.5, color="#BBBBBB", lw=0.8)
        axes.axvline(0, color=TARGET, lw=1.5)
        zero = context.say("zero")
        axes.annotate(zero, (0, -0.75), **beside((4, 0), color=TARGET_INK, fontsize=8, va="center"))
        _set_axes(axes, panel, unit, context)


def _draw_gap(axes: Axes, row: TargetGapsRow, place: int, scale: Fraction, context: FigureContext) -> None:
    base = row.scenario == BASE
    colour = STATED if base else SCENARIO
    low, value, high = span_of(row.gap, scale)
    axes.plot([low, high], [place, place], color=colour, lw=3 if base else 1.6, alpha=0.5, solid_capstyle="butt")
    axes.plot(value, place, "o" if value < 0 else "D", color=colour, markersize=7 if base else 5)
    share = context.amount(row.gap_relative, "ratio")
    axes.annotate(share, (value, place), **beside((0, 5), ha="center", fontsize=7.5))


def _set_axes(axes: Axes, panel: list[TargetGapsRow], unit: str, context: FigureContext) -> None:
    axes.set_yticks(range(len(panel)), [_label(row, context) for row in panel])
    axes.set_ylim(len(panel) - 0.4, -1.1)
    axes.margins(x=0.12)
    axes.grid(axis="y", visible=False)
    in_numbers(axes.xaxis, context)
    axes.set_xlabel(sentence(context.say("x", measure=context.measure(panel[0]), unit=unit)))


def _label(row: TargetGapsRow, context: FigureContext) -> str:
    growth = context.amount(row.growth, "ratio")
    return context.say("base" if row.scenario == BASE else "row", year=row.target_year, growth=growth)


def _describe(rows: list[TargetGapsRow], context: FigureContext) -> Description:
    measures = list(dict.fromkeys(context.measure(row) for row in rows))
    alt = [context.say("alt.measures", measures=context.words.listed(measures))]
    for row in rows:
        text = context.say(
            "alt.row",
            year=row.target_year,
            growth=context.amount(row.growth, "ratio"),
            gap=context.amount(row.gap, difference_unit(row.unit)),
            relative=context.amount(row.gap_relative, "ratio"),
        )
        alt.append(f"{context.measure(row)}, {text}" if len(measures) > 1 else text)
    return Description(context.say("caption"), sentences(alt))


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: max(2.0, 0.9 + 0.35 * len(rows)))
