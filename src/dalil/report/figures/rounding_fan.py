"""The fan: what the printed level may mean, under each way of rounding, when it is carried forward."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate, exactly
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, in_numbers, span_of
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
from dalil.report.figures.drawing.style import DERIVED, STATED, TARGET, TARGET_INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import FanRow
from dalil.wording.messages import sentence

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


def _rows(report: ReportContext) -> list[RoundingFanRow]:
    claims, rows = report.claims, []
    for base, (*_, last) in report.series.items():
        claim, comparator = claims[base], claims[last.target].comparator
        if last.scenario == BASE and claim.estimate and claim.estimate.value is not None:
            rows += [
                RoundingFanRow(
                    claim.measure, claim.subject, base, claim.estimate.value, claim.comparator, row.rounding,
                    row.year, row.value, row.unit, last.target_value, comparator,
                )
                for row in report.rows(FanRow) if row.base == base
            ]  # fmt: skip
    return rows


def _draw(rows: list[RoundingFanRow], picture: Picture, context: FigureContext) -> None:
    bases = grouped(rows, lambda row: row.base).values()
    ways = list(dict.fromkeys(row.rounding for row in rows))
    grid = picture.subplots(len(bases), len(ways), sharey="row", squeeze=False)
    for line, fan in zip(grid, bases, strict=True):
        scale, unit = context.scale(fan[0].unit, [fan[0].target_value])
        for axes, path in zip(line, grouped(fan, lambda row: row.rounding).values(), strict=True):
            _draw_path(axes, path, scale)
            _set_years(axes, path, context)
        line[0].set_ylim(0, None)
        in_numbers(line[0].yaxis, context)
        measure = context.measure(fan[0])
        line[0].set_ylabel(sentence(context.say("y", measure=measure, unit=unit)))
        _name_target(line[0], fan[-1], scale, context)


def _draw_path(axes: Axes, path: list[RoundingFanRow], scale: Fraction) -> None:
    years = [row.year for row in path]
    lows, values, highs = zip(*(span_of(row.value, scale) for row in path), strict=True)
    axes.fill_between(years, lows, highs, color=DERIVED, alpha=0.4, lw=0)
    axes.plot(years, values, color=STATED, marker="o", markersize=3.5)
    axes.plot(years[-1], float(path[-1].target_value) / scale, "D", color=TARGET, markersize=7)


def _set_years(axes: Axes, path: Sequence[RoundingFanRow], context: FigureContext) -> None:
    axes.set_title(context.say(f"ways.{path[0].rounding}"), fontsize=9, weight="normal")
    years = [row.year for row in path]
    ticks = years[:: -(-len(years) // MOST_TICKS)]
    labels = [str(year)[2:] if len(ticks) > 4 else str(year) for year in ticks]
    axes.set_xticks(ticks, labels, fontsize=7.5, rotation=45)
    axes.set_xlabel(context.say("x"))


def _name_target(axes: Axes, row: RoundingFanRow, scale: Fraction, context: FigureContext) -> None:
    goal = float(row.target_value) / scale
    label = context.say("target", target=context.printed(exactly(row.target_value), row.target_comparator, row.unit))
    # Above the mark, unless that is where the title stands.
    lift = 12 if goal < 0.9 * axes.get_ylim()[1] else -18
    axes.annotate(label, (row.year, goal), **beside((0, lift), fontsize=7.5, color=TARGET_INK, ha="right"))


def _describe(rows: list[RoundingFanRow], context: FigureContext) -> Description:
    bases = [fan[0] for fan in grouped(rows, lambda row: row.base).values()]
    caption = [
        context.say("caption", base=context.printed(exactly(row.stated), row.comparator, row.unit)) for row in bases
    ]
    alt = []
    for path in grouped(rows, lambda row: (row.base, row.rounding)).values():
        ends = {"start": _level(path[0], context), "end": _level(path[-1], context)}
        alt.append(context.say("alt", way=context.say(f"ways.{path[0].rounding}"), year=path[-1].year, **ends))
    return Description(sentences(caption), sentences(alt))


def _level(row: RoundingFanRow, context: FigureContext) -> str:
    """A level as far as it is known: a number where it is a single one, or its interval."""
    single = row.value.range.low == row.value.range.high
    return context.amount(row.value, row.unit) if single else context.words.span(row.value, row.unit)


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 3.0 * len({row.base for row in rows}))
