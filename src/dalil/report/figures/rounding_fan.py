"""The fan: what the printed level may mean, under each way of rounding, when it is carried forward."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import levels_along, note, span_of
from dalil.report.figures.drawing.style import DERIVED, STATED, TARGET, TARGET_INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import FanRow

BASE = "base"

# Years beside one another along the axis of a narrow panel.
MOST_TICKS = 8


@dataclass(frozen=True)
class RoundingFanRow(MeasuredRow, table="rounding-fan"):
    """A level on the way from a printed one (``stated``) that was rounded in one way, towards a target."""

    base: str
    stated: Fraction
    comparator: str
    rounding: str
    year: int
    value: Estimate
    unit: str
    target_value: Fraction
    target_comparator: str


Fan = list[RoundingFanRow]


def _rows(report: ReportContext) -> Iterator[RoundingFanRow]:
    for base, (*_, last) in report.series.items():
        claim, goal = report.claims[base], report.claims[last.target].comparator
        if last.scenario == BASE and claim.estimate and claim.estimate.value is not None:
            for row in having(report.rows(FanRow), base=base):
                yield RoundingFanRow.of(claim, last, row, stated=claim.estimate.value, target_comparator=goal)


def _draw(rows: Fan, picture: Picture, context: FigureContext) -> None:
    bases, ways = _bases(rows), {row.rounding for row in rows}
    grid = picture.subplots(len(bases), len(ways), sharey="row", squeeze=False)
    for line, fan in zip(grid, bases, strict=True):
        scale, unit = context.scale(fan[0].unit, [fan[0].target_value])
        for axes, path in zip(line, split(fan, lambda row: row.rounding), strict=True):
            _draw_path(axes, path, scale)
            axes.set_title(context.say(f"ways.{path[0].rounding}"), fontsize=9, weight="normal")
            axes.set_xlabel(context.say("x"))
        line[0].set_ylim(0, None)
        levels_along(line[0], fan[0], unit, context)
        _name_target(line[0], fan[-1], scale, context)


def _draw_path(axes: Axes, path: Fan, scale: Fraction) -> None:
    years = [row.year for row in path]
    lows, values, highs = zip(*(span_of(row.value, scale) for row in path), strict=True)
    axes.fill_between(years, lows, highs, color=DERIVED, alpha=0.4, lw=0)
    axes.plot(years, values, color=STATED, marker="o", markersize=3.5)
    axes.plot(years[-1], float(path[-1].target_value) / scale, "D", color=TARGET, markersize=7)
    ticks = years[:: -(-len(years) // MOST_TICKS)]
    labels = [str(year)[2:] if len(ticks) > 4 else str(year) for year in ticks]
    axes.set_xticks(ticks, labels, fontsize=7.5, rotation=45)


def _name_target(axes: Axes, row: RoundingFanRow, scale: Fraction, context: FigureContext) -> None:
    goal = float(row.target_value) / scale
    label = context.say("target", target=context.words.printed(row.target_value, row.target_comparator, row.unit))
    # Above the mark, unless that is where the title stands.
    lift = 12 if goal < 0.9 * axes.get_ylim()[1] else -18
    note(axes, label, (row.year, goal), (0, lift), fontsize=7.5, color=TARGET_INK, ha="right")


def _caption(rows: Fan, context: FigureContext) -> Iterator[str]:
    for row, *_ in _bases(rows):
        yield context.say("caption", base=context.words.printed(row.stated, row.comparator, row.unit))


def _alt(rows: Fan, context: FigureContext) -> Iterator[str]:
    for path in split(rows, lambda row: (row.base, row.rounding)):
        way, (start, end) = (
            context.say(f"ways.{path[0].rounding}"),
            (_level(row, context) for row in (path[0], path[-1])),
        )
        yield context.say("alt", way=way, start=start, end=end, year=path[-1].year)


def _level(row: RoundingFanRow, context: FigureContext) -> str:
    """A level as far as it is known: a number where it is a single one, or its interval."""
    single = row.value.range.low == row.value.range.high
    return context.amount(row.value, row.unit) if single else context.words.span(row.value, row.unit)


def _bases(rows: Fan) -> list[Fan]:
    return split(rows, lambda row: row.base)


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 3.0 * len(_bases(rows)))
