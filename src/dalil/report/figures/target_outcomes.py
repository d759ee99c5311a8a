"""Target outcomes: a measure on record, year by year, and what came of the targets set for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate, exactly
from dalil.report.figures.drawing.figure import (
    Description,
    Figure,
    FigureContext,
    MeasuredRow,
    having,
    producers,
    split,
)
from dalil.report.figures.drawing.marks import OFFICIAL, line_of, mark, panels, span_of, years_along
from dalil.report.figures.drawing.placing import write_clear, write_end
from dalil.report.figures.drawing.style import INK, TARGET, TARGET_INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import OutcomeRow, RecordRow
from dalil.wording.messages import sentence


@dataclass(frozen=True)
class TargetOutcomesRow(MeasuredRow, table="target-outcomes"):
    """A number on record, a target, or what a record shows of a target: its year's number and how far that is off.

    A target is counted from the year ``since``; ``first_met`` is the first year after that in which it was met.
    """

    series: Literal["record", "target", "outcome"]
    target: str
    reporter: str
    year: int
    since: int
    comparator: str
    value: Estimate
    unit: str
    status: str
    gap: Estimate | None
    first_met: Estimate | None
    source: str


Panel = list[TargetOutcomesRow]


def _rows(report: ReportContext) -> Iterator[TargetOutcomesRow]:
    claims, named = report.claims, producers(report)
    known = [row for row in having(report.rows(OutcomeRow), prices="current") if row.value.value is not None]
    for outcomes in split(known, lambda row: (claims[row.target].measure, claims[row.target].subject, row.unit)):
        claim, unit = claims[outcomes[0].target], outcomes[0].unit
        listed = having(report.rows(RecordRow), measure=claim.measure, subject=claim.subject, unit=unit)
        none = {"target": "", "since": 0, "gap": None, "first_met": None}
        for row in sorted((row for row in listed if row.value.value is not None), key=lambda row: row.year):
            yield TargetOutcomesRow.of(row, series="record", source=named(row.origin), **none)
        for found in split(outcomes, lambda row: row.target):
            yield from _of_target(report, found)


def _of_target(report: ReportContext, outcomes: list[OutcomeRow]) -> Iterator[TargetOutcomesRow]:
    """A target, and what each record shows of it."""
    first, claim = outcomes[0], report.claims[outcomes[0].target]
    about = {"year": first.target_year, "since": first.base_year, "source": ""}
    goal = {"reporter": "", "value": exactly(first.target_value), "gap": None, "first_met": None}
    yield TargetOutcomesRow.of(first, claim, series="target", unit=first.unit, **about, **goal)
    for row in outcomes:
        yield TargetOutcomesRow.of(claim, row, series="outcome", gap=row.gap_relative, comparator="=", **about)


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    groups = _panels(rows)
    titles = [f"{context.measure(panel[0])}, {_scale(panel, context)[1]}" if groups[1:] else "" for panel in groups]
    grid = list(zip(panels(picture, [sentence(title) for title in titles], context), groups, strict=True))
    for axes, panel in grid:
        scale = _scale(panel, context)[0]
        for record in _records(panel):
            points = [(row.year, span_of(row.value, scale)[1], row.status == OFFICIAL) for row in record]
            look = context.look(record[0].reporter)
            line_of(axes, points, look)
            write_end(axes, _at_end(record[-1], scale, context), points[-1][:2], look.ink)
        for targets in _targets(panel):
            year, heights = targets[0].year, [span_of(row.value, scale)[1] for row in targets]
            axes.plot([year, year], [min(heights), heights[0]], ":", color=TARGET, lw=1.4, zorder=2)
            mark(axes, year, heights[0], "D", TARGET, 8)
        low, high = axes.get_ylim()
        axes.set_ylim(min(0, low), high + 0.12 * (high - min(0, low)))
        axes.margins(x=0.03)
        years_along(axes, context, 6 if context.narrow else 14)
    for axes, panel in grid:
        _label(axes, panel, context)


def _label(axes: Axes, panel: Panel, context: FigureContext) -> None:
    """Write targets and how far they were missed at their marks, and the numbers of those years and of the peak."""
    scale = _scale(panel, context)[0]
    targets = sorted(_targets(panel), key=lambda targets: -span_of(targets[0].value)[1])
    for target, *outcomes in targets:
        came = sorted({row.value.value or Fraction(0) for row in outcomes})
        text = "–".join(context.short(value, scale) for value in dict.fromkeys((came[0], came[-1])))
        write_clear(axes, text, (target.year, float(came[0] / scale)), colour=INK, below=True)
    for target, *outcomes in targets:
        at = target.year, span_of(target.value, scale)[1]
        short = context.say(f"label.{_came(outcomes)}", share=context.percents(_gaps(outcomes)))
        goal = context.say("label.target", year=target.year, target=context.words.tick(at[1]))
        write_clear(axes, f"{goal}\n{short}", at, colour=TARGET_INK)
    if peak := _peak(panel):
        at, text = (peak.year, span_of(peak.value, scale)[1]), context.short(peak.value.value, scale)
        write_clear(axes, context.say("label.peak", year=peak.year, value=text), at, colour=INK)


def _at_end(row: TargetOutcomesRow, scale: Fraction, context: FigureContext) -> str:
    number = context.words.say(f"comparators.{row.comparator}", n=context.short(row.value.value, scale))
    return f"{context.words.country(row.reporter)}\n{number}"


def _came(outcomes: Panel) -> str:
    """Whether the records show a target to be missed, met, or one the one and another the other."""
    below = {gap < 0 for gap in _gaps(outcomes)}
    return "mixed" if len(below) > 1 else "missed" if True in below else "met"


def _gaps(outcomes: Panel) -> list[Fraction]:
    return [row.gap.value for row in outcomes if row.gap and row.gap.value is not None]


def _peak(panel: Panel) -> TargetOutcomesRow | None:
    """The highest number on record up to the year that targets are counted from, where that is below it."""
    since = min(target[0].since for target in _targets(panel))
    before = [row for row in having(panel, series="record", status=OFFICIAL) if row.year <= since]
    peak = max(before, key=lambda row: row.value.value or 0, default=None)
    return peak if peak and peak.year < since else None


def _say(rows: Panel, context: FigureContext) -> Description:
    first = _panels(rows)[0]
    years = [row.year for row in rows]
    press = [context.say("press")] if any(row.status != OFFICIAL for row in having(rows, series="record")) else []
    units = [_scale(panel, context)[1] for panel in _panels(rows)]
    return Description(
        title=_title(first, context),
        subtitle=context.about(rows, years, units),
        caption=" ".join([context.say("caption"), *press]),
        alt=" ".join(part for panel in _panels(rows) for part in _alt(panel, context)),
    )


def _title(panel: Panel, context: FigureContext) -> str:
    """Say that the first target had been passed before it was set, or else which of them were met."""
    targets = _targets(panel)
    (target, *outcomes), goal = targets[0], targets[0][0].value.value or Fraction(0)
    met = {row.first_met.value if row.first_met else None for row in outcomes}
    peak, year = _peak(panel), next(iter(met))
    about = {"measure": context.measure(target), "target": context.printed(target, full=True), "n": len(targets)}
    if peak and (peak.value.value or 0) >= goal and len(met) == 1 and year is not None and year > target.year:
        return context.say("title.regained", **about, year=int(year))
    came = [_came(outcomes) for _, *outcomes in targets]
    case = came[0] if len(set(came)) == 1 else "mixed" if "mixed" in came else "some"
    return context.say(f"title.{case}", **about, met=came.count("met"))


def _alt(panel: Panel, context: FigureContext) -> Iterator[str]:
    scale, unit = _scale(panel, context)
    yield context.say("alt.panel", measure=context.measure(panel[0]), unit=unit)
    for record in _records(panel):
        top = max(record, key=lambda row: row.value.value or 0)
        ends = {
            f"{name}_{part}": context.short(row.value.value, scale) if part == "value" else row.year
            for name, row in (("first", record[0]), ("top", top), ("last", record[-1]))
            for part in ("year", "value")
        }
        yield context.say("alt.record", name=context.words.country(record[0].reporter), **ends)
    for target, *outcomes in _targets(panel):
        goal = context.words.tick(span_of(target.value, scale)[1])
        yield context.say("alt.target", year=target.year, since=target.since, target=goal)
        for row in outcomes:
            met = row.first_met.value if row.first_met else None
            about = {"name": context.words.country(row.reporter), "value": context.short(row.value.value, scale)}
            about["gap"] = context.percent(row.gap.value if row.gap else None, signed=True)
            yield context.say("alt.unmet" if met is None else "alt.met", **about, year=int(met or 0))


def _records(rows: Panel) -> list[Panel]:
    return split(having(rows, series="record"), lambda row: row.reporter)


def _targets(panel: Panel) -> list[Panel]:
    """Each target with what the records show of it after it."""
    return split((row for row in panel if row.series != "record"), lambda row: row.target)


def _panels(rows: Panel) -> list[Panel]:
    return split(rows, lambda row: (row.measure, row.subject, row.unit))


def _scale(panel: Panel, context: FigureContext) -> tuple[Fraction, str]:
    return context.scale(panel[0].unit, [target.value.value for target in having(panel, series="target")])


def _height(rows: Panel, context: FigureContext) -> float:
    return 2.7 * len(_panels(rows)) if context.narrow else 1.8


FIGURE = Figure(_rows, _draw, _say, _height)
