"""Turnover: levels stated and implied, where growth leads, and the targets set for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import MaxNLocator

from dalil.numbers.intervals import Estimate, exactly
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, in_numbers, panels, span_of
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
from dalil.report.figures.drawing.style import DERIVED, SCENARIO, SOFT, STATED, TARGET
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, GapRow, TrajectoryRow
from dalil.wording.messages import sentence

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

    @property
    def year(self) -> int:
        """The year it is drawn at."""
        return self.period.year


def _rows(report: ReportContext) -> list[TurnoverRow]:
    claims = report.claims
    return [
        row
        for base, targets in report.series.items()
        for row in (
            _stated(claims[base], targets[0]),
            *_implied(report, claims, claims[base]),
            *_paths(report, claims[base], targets[0]),
            *(_target(claims[base], target, claims[target.target].comparator) for target in targets),
        )
    ]


def _row(
    base: ClaimRow,
    series: Literal["stated", "implied", "path", "target"],
    period: Period,
    value: Estimate,
    comparator: str = "=",
    scenario: str = "",
    growth: Estimate | None = None,
) -> TurnoverRow:
    return TurnoverRow(
        base.measure, base.subject, base.claim_id, series, scenario, growth, period, comparator, value, base.unit
    )


def _stated(base: ClaimRow, target: GapRow) -> TurnoverRow:
    """The level that targets are counted from, in the year that the run takes it for."""
    held = base.period is not None and base.period.year == target.base_year
    period = base.period if base.period is not None and held else Period.parse(str(target.base_year))
    assert base.estimate is not None
    return _row(base, "stated", period, base.estimate, base.comparator)


def _implied(report: ReportContext, claims: dict[str, ClaimRow], base: ClaimRow) -> Iterator[TurnoverRow]:
    for fact in report.results("implied"):
        level, growth = fact.claims
        period = claims[growth].base_period
        if level == base.claim_id and period is not None:
            yield _row(base, "implied", period, fact.estimate)


def _paths(report: ReportContext, base: ClaimRow, target: GapRow) -> Iterator[TurnoverRow]:
    for row in report.rows(TrajectoryRow):
        if row.base == base.claim_id:
            growth = target.growth if row.scenario == BASE else exactly(row.scenario)
            yield _row(base, "path", Period.parse(str(row.year)), row.value, "=", row.scenario, growth)


def _target(base: ClaimRow, target: GapRow, comparator: str) -> TurnoverRow:
    return _row(base, "target", Period.parse(str(target.target_year)), exactly(target.target_value), comparator)


def _draw(rows: list[TurnoverRow], picture: Picture, context: FigureContext) -> None:
    for axes, panel in panels(picture, _bases(rows), lambda panel: context.measure(panel[0])):
        scale, unit = _scale(panel, context)
        for path in grouped(_of(panel, "path"), lambda row: row.scenario).values():
            _draw_path(axes, path, scale, context)
        for row in _of(panel, "stated"):
            _whisker(axes, row, scale, STATED, "o", context.say("stated"))
        for row in _of(panel, "implied"):
            _whisker(axes, row, scale, DERIVED, "s", context.say("implied"))
        targets = _of(panel, "target")
        levels = [span_of(row.value, scale)[1] for row in targets]
        label = context.say("target")
        axes.plot([row.year for row in targets], levels, "D", color=TARGET, markersize=8, zorder=5, label=label)
        _set_axes(axes, panel, unit, context)


def _draw_path(axes: Axes, path: list[TurnoverRow], scale: Fraction, context: FigureContext) -> None:
    years = [row.year for row in path]
    lows, values, highs = zip(*(span_of(row.value, scale) for row in path), strict=True)
    growth = context.amount(path[0].growth, "ratio")
    if path[0].scenario == BASE:
        axes.fill_between(years, lows, highs, color=DERIVED, alpha=0.25, lw=0, label=context.say("band"))
        axes.plot(years, values, color=STATED, ls="--", label=context.say("base", growth=growth))
        return
    axes.plot(years, values, color=SCENARIO, lw=1, ls=":")
    label = context.say("scenario", growth=growth)
    axes.annotate(label, (years[-1], values[-1]), **beside((6, 0), va="center", fontsize=7.5, color=SOFT))


def _whisker(axes: Axes, row: TurnoverRow, scale: Fraction, colour: str, marker: str, label: str) -> None:
    low, value, high = span_of(row.value, scale)
    axes.errorbar(
        row.year, value, yerr=[[value - low], [high - value]], color=colour, marker=marker, markersize=8, capsize=4,
        lw=1.4, ls="none", label=label, zorder=4,
    )  # fmt: skip


def _set_axes(axes: Axes, panel: list[TurnoverRow], unit: str, context: FigureContext) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(axes.get_xlim()[0], axes.get_xlim()[1] + 0.35)
    axes.set_ylim(0, None)
    axes.set_xlabel(context.say("x"))
    in_numbers(axes.yaxis, context)
    axes.set_ylabel(sentence(context.say("y", measure=context.measure(panel[0]), unit=unit)))
    axes.legend(loc="upper left")


def _describe(rows: list[TurnoverRow], context: FigureContext) -> Description:
    bases = _bases(rows)
    caption = [*(_caption(panel, context) for panel in bases), context.say("caption.note")]
    return Description(sentences(caption), sentences(part for panel in bases for part in _alt(panel, context)))


def _caption(panel: list[TurnoverRow], context: FigureContext) -> str:
    implied, projected = _of(panel, "implied"), _base_path(panel)
    case = "both" if implied and projected else "implied" if implied else "projected" if projected else "stated"
    return context.say(
        f"caption.{case}",
        measure=context.measure(panel[0]),
        since=_since(panel, context),
        before=context.words.period(implied[0].period) if implied else "",
    )


def _alt(panel: list[TurnoverRow], context: FigureContext) -> Iterator[str]:
    (stated,) = _of(panel, "stated")
    yield context.say(
        "alt.stated",
        measure=context.measure(panel[0]),
        unit=_scale(panel, context)[1],
        value=context.printed(stated.value, stated.comparator, stated.unit),
        since=_since(panel, context),
    )
    for row in _of(panel, "implied"):
        yield context.say(
            "alt.implied", period=context.words.period(row.period), value=context.ranged(row.value, row.unit)
        )
    path = {row.year: row.value for row in _base_path(panel)}
    for row in _of(panel, "target"):
        yield context.say(
            "alt.projected" if row.year in path else "alt.target",
            year=row.year,
            projected=context.ranged(path[row.year], row.unit) if row.year in path else "",
            target=context.printed(row.value, row.comparator, row.unit),
        )


def _since(panel: list[TurnoverRow], context: FigureContext) -> str:
    """The period of the level that targets are counted from, with its preposition."""
    (stated,) = _of(panel, "stated")
    return context.words.say(
        "number.on_day" if stated.period.is_day else "number.in_period", n=context.words.period(stated.period)
    )


def _bases(rows: list[TurnoverRow]) -> list[list[TurnoverRow]]:
    return list(grouped(rows, lambda row: row.base).values())


def _of(panel: list[TurnoverRow], series: str) -> list[TurnoverRow]:
    return [row for row in panel if row.series == series]


def _base_path(panel: list[TurnoverRow]) -> list[TurnoverRow]:
    return [row for row in panel if row.scenario == BASE]


def _scale(panel: list[TurnoverRow], context: FigureContext) -> tuple[Fraction, str]:
    """What levels are divided by so that the targets are easy to read, and the unit left."""
    return context.scale(panel[0].unit, [row.value.value for row in _of(panel, "target")])


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 3.4 * len({row.base for row in rows}))
