"""Turnover: levels stated and implied, where growth leads, and the targets set for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import MaxNLocator

from dalil.numbers.intervals import Estimate, exactly
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import levels_along, mark, note, panels, span_of
from dalil.report.figures.drawing.style import DERIVED, SCENARIO, SOFT, STATED, TARGET
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import TrajectoryRow

BASE = "base"


@dataclass(frozen=True)
class TurnoverRow(MeasuredRow, table="turnover"):
    """A level of a period: the one stated, one it implies, one that a growth rate (``scenario``) leads to, a target."""

    base: str
    series: Literal["stated", "implied", "path", "target"]
    scenario: str
    growth: Estimate | None
    period: Period
    comparator: str
    value: Estimate
    unit: str


Panel = list[TurnoverRow]


def _rows(report: ReportContext) -> Iterator[TurnoverRow]:
    for base, targets in report.series.items():
        claim, first = report.claims[base], targets[0]
        level = partial(TurnoverRow.of, claim, base=base, scenario="", growth=None)
        implied = partial(level, comparator="=")
        # The level that targets are counted from stands in the year that the run takes it for.
        held = claim.period is not None and claim.period.year == first.base_year
        yield level(series="stated", period=claim.period if held else _year(first.base_year))
        for fact in report.results("implied"):
            before = report.claims[fact.claims[1]].base_period
            if fact.claims[0] == base and before is not None:
                yield implied(series="implied", period=before, value=fact.estimate)
        for row in having(report.rows(TrajectoryRow), base=base):
            growth = first.growth if row.scenario == BASE else exactly(row.scenario)
            yield implied(row, series="path", scenario=row.scenario, growth=growth, period=_year(row.year))
        for target in targets:
            period, printed = _year(target.target_year), report.claims[target.target].comparator
            yield level(series="target", period=period, comparator=printed, value=exactly(target.target_value))


def _year(year: int) -> Period:
    return Period.parse(str(year))


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    for axes, panel in panels(picture, _panels(rows), context.measure):
        scale, unit = _scale(panel, context)
        for path in split(having(panel, series="path"), lambda row: row.scenario):
            _draw_path(axes, path, scale, context)
        for row in having(panel, series="stated"):
            _draw_level(axes, row, scale, STATED, "o", context.say("stated"))
        for row in having(panel, series="implied"):
            _draw_level(axes, row, scale, DERIVED, "s", context.say("implied"))
        targets = having(panel, series="target")
        years, values = [row.period.year for row in targets], [span_of(row.value, scale)[1] for row in targets]
        mark(axes, years, values, "D", TARGET, 8, label=context.say("target"), zorder=5)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(xlim=(None, axes.get_xlim()[1] + 0.35), ylim=(0, None))
        levels_along(axes, panel[0], unit, context)
        axes.legend(loc="upper left")


def _draw_level(axes: Axes, row: TurnoverRow, scale: Fraction, colour: str, marker: str, label: str) -> None:
    low, value, high = span_of(row.value, scale)
    axes.errorbar(
        row.period.year, value, yerr=[[value - low], [high - value]], color=colour, marker=marker, markersize=8,
        capsize=4, lw=1.4, ls="none", label=label, zorder=4,
    )  # fmt: skip


def _draw_path(axes: Axes, path: Panel, scale: Fraction, context: FigureContext) -> None:
    years = [row.period.year for row in path]
    lows, values, highs = zip(*(span_of(row.value, scale) for row in path), strict=True)
    growth = context.amount(path[0].growth, "ratio")
    if path[0].scenario == BASE:
        axes.fill_between(years, lows, highs, color=DERIVED, alpha=0.25, lw=0, label=context.say("band"))
        axes.plot(years, values, color=STATED, ls="--", label=context.say("base", growth=growth))
        return
    axes.plot(years, values, color=SCENARIO, lw=1, ls=":")
    label = context.say("scenario", growth=growth)
    note(axes, label, (years[-1], values[-1]), (6, 0), va="center", fontsize=7.5, color=SOFT)


def _caption(rows: Panel, context: FigureContext) -> Iterator[str]:
    for panel in _panels(rows):
        implied, projected = having(panel, series="implied"), having(panel, scenario=BASE)
        case = "both" if implied and projected else "implied" if implied else "projected" if projected else "stated"
        before = context.words.period(implied[0].period) if implied else ""
        yield context.say(
            f"caption.{case}", measure=context.measure(panel[0]), since=_since(panel, context), before=before
        )
    yield context.say("caption.note")


def _alt(rows: Panel, context: FigureContext) -> Iterator[str]:
    for panel in _panels(rows):
        (stated,) = having(panel, series="stated")
        about = {"measure": context.measure(stated), "unit": _scale(panel, context)[1], "since": _since(panel, context)}
        yield context.say("alt.stated", **about, value=context.printed(stated))
        for row in having(panel, series="implied"):
            yield context.say("alt.implied", period=context.words.period(row.period), value=_ranged(row, context))
        path = {row.period.year: _ranged(row, context) for row in having(panel, scenario=BASE)}
        for row in having(panel, series="target"):
            year = row.period.year
            case, projected = "alt.projected" if year in path else "alt.target", path.get(year, "")
            yield context.say(case, year=year, projected=projected, target=context.printed(row))


def _since(panel: Panel, context: FigureContext) -> str:
    """The period of the level that targets are counted from, with its preposition."""
    (stated,) = having(panel, series="stated")
    case = "on_day" if stated.period.is_day else "in_period"
    return context.words.say(f"number.{case}", n=context.words.period(stated.period))


def _ranged(row: TurnoverRow, context: FigureContext) -> str:
    return context.amount(row.value, row.unit) + context.allowed(row.value, row.unit)


def _panels(rows: Panel) -> list[Panel]:
    return split(rows, lambda row: row.base)


def _scale(panel: Panel, context: FigureContext) -> tuple[Fraction, str]:
    """What levels are divided by so that the targets are easy to read, and the unit left."""
    return context.scale(panel[0].unit, [row.value.value for row in having(panel, series="target")])


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 3.4 * len(_panels(rows)))
