"""Target outcomes: what came of the targets, by the record of each country."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import nan
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from dalil.numbers.intervals import Estimate, exactly
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import legend_below, levels_along, mark, mark_key, note, panels, span_of
from dalil.report.figures.drawing.placing import write_clear
from dalil.report.figures.drawing.style import FAINT, INK, TARGET, Look
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, OutcomeRow, RecordRow

OFFICIAL, PRESS = "official", "press"


@dataclass(frozen=True)
class TargetOutcomesRow(MeasuredRow, table="target-outcomes"):
    """A figure on record, a target, or what a record shows of a target: its year's figure and how far that is off."""

    series: Literal["record", "target", "outcome"]
    target: str
    reporter: str
    year: int
    comparator: str
    value: Estimate
    unit: str
    status: str
    gap: Estimate | None
    first_met: Estimate | None


Panel = list[TargetOutcomesRow]


def _rows(report: ReportContext) -> Iterator[TargetOutcomesRow]:
    claims = report.claims
    known = [row for row in having(report.rows(OutcomeRow), prices="current") if row.value.value is not None]
    for outcomes in split(known, lambda row: (claims[row.target].measure, claims[row.target].subject, row.unit)):
        yield from _around(report, claims[outcomes[0].target], outcomes)
        for found in split(outcomes, lambda row: row.target):
            yield from _of_target(claims[found[0].target], found)


def _around(report: ReportContext, claim: ClaimRow, outcomes: list[OutcomeRow]) -> Iterator[TargetOutcomesRow]:
    """The figures around targets: from the year before their base to the last official one."""
    about = {"measure": claim.measure, "subject": claim.subject, "unit": outcomes[0].unit}
    listed = having(report.rows(RecordRow), **about)
    first = min(row.base_year for row in outcomes) - 1
    last = max([row.target_year for row in outcomes] + [row.year for row in having(listed, status=OFFICIAL)])
    for row in sorted(listed, key=lambda row: row.year):
        if row.value.value is not None and first <= row.year <= last:
            yield TargetOutcomesRow.of(row, series="record", target="", gap=None, first_met=None)


def _of_target(claim: ClaimRow, outcomes: list[OutcomeRow]) -> Iterator[TargetOutcomesRow]:
    """A target, and what each record shows of it."""
    first, goal = outcomes[0], exactly(outcomes[0].target_value)
    none = {"reporter": "", "gap": None, "first_met": None}
    yield TargetOutcomesRow.of(
        first, claim, series="target", year=first.target_year, value=goal, unit=first.unit, **none
    )
    for row in outcomes:
        met = {"year": row.target_year, "gap": row.gap_relative, "comparator": "="}
        yield TargetOutcomesRow.of(claim, row, series="outcome", **met)


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    grid = panels(picture, _panels(rows))
    for axes, panel in grid:
        scale, unit = _scale(panel, context)
        for place, record in enumerate(_records(panel)):
            _draw_record(axes, record, context.look(record[0].reporter), scale, place)
        for targets in _targets(panel):
            _draw_target(axes, targets, scale)
        low, high = axes.get_ylim()
        axes.set_ylim(min(0, low), high + 0.32 * (high - min(0, low)))
        axes.margins(x=0.08)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        levels_along(axes, panel[0], unit, context)
    legend_below(picture, _keys(rows, context))
    for axes, panel in grid:
        for target, *outcomes in _targets(panel):
            at = target.year, span_of(target.value, _scale(panel, context)[0])[1]
            write_clear(axes, _label(target, outcomes, context), at, size=8, colour=INK)


def _draw_record(axes: Axes, record: Panel, look: Look, scale: Fraction, place: int) -> None:
    """Draw a country's figures: a line that breaks off where a year is missing, and hollow marks of the press."""
    points: list[tuple[float, float]] = []
    for row in having(record, status=OFFICIAL):
        if points and row.year - points[-1][0] > 1:
            points.append((nan, nan))
        points.append((row.year, span_of(row.value, scale)[1]))
    years, values = [year for year, _ in points], [value for _, value in points]
    axes.plot(years, values, look.line, color=look.colour, lw=1.5, zorder=3)
    mark(axes, years, values, look.marker, look.colour, 6, markeredgecolor="white", zorder=4 - place / 10)
    for row in record:
        if row.status != OFFICIAL:
            _draw_press(axes, row, look, scale)


def _draw_press(axes: Axes, row: TargetOutcomesRow, look: Look, scale: Fraction) -> None:
    """Draw a figure from the press, with its interval; an end that is open is an arrow."""
    low, value, high = span_of(row.value, scale)
    axes.plot([row.year, row.year], [low, high], color=look.colour, lw=1.2, zorder=3)
    for end, up in ((row.value.range.low, -1), (row.value.range.high, 1)):
        if end is None:
            arrow = {"arrowstyle": "<-", "color": look.colour, "shrinkA": 0, "shrinkB": 0}
            note(axes, "", (row.year, value), (0, 17 * up), zorder=2.5, arrowprops=arrow)
    mark(axes, row.year, value, look.marker, look.colour, 8, hollow=True, markeredgewidth=1.5, zorder=3.2)


def _draw_target(axes: Axes, targets: Panel, scale: Fraction) -> None:
    """Draw a target, with a line to the lowest figure of its year."""
    year, heights = targets[0].year, [span_of(row.value, scale)[1] for row in targets]
    axes.plot([year, year], [min(heights), heights[0]], ":", color=TARGET, lw=1.4, zorder=2)
    mark(axes, year, heights[0], "D", TARGET, 10, zorder=2.5)


def _keys(rows: Panel, context: FigureContext) -> list[Artist]:
    keys: list[Artist] = []
    for code in (record[0].reporter for record in _records(rows)):
        look, name = context.look(code), context.words.country(code)
        line = Line2D([], [], color=look.colour, lw=1.5, ls=look.line, marker=look.marker, markersize=5.5, label=name)
        keys.append(line)
    if any(row.status != OFFICIAL for row in having(rows, series="record")):
        keys.append(mark_key("o", FAINT, context.say("press"), hollow=True))
    distance = Line2D([], [], color=TARGET, ls=":", lw=1.4, label=context.say("distance"))
    return [*keys, mark_key("D", TARGET, context.say("target")), distance]


def _label(target: TargetOutcomesRow, outcomes: Panel, context: FigureContext) -> str:
    """A target, and how far each record is from it, below one another."""
    lines = [context.say("label.target", target=_value(target, context), year=target.year)]
    for row in outcomes:
        lines.append(context.say("label.record", name=context.words.country(row.reporter), gap=context.signed(row.gap)))
    return "\n".join(lines)


def _caption(rows: Panel, context: FigureContext) -> Iterator[str]:
    for panel in _panels(rows):
        records, targets = [record[0].reporter for record in _records(panel)], having(panel, series="target")
        yield context.say(
            f"caption.{'records' if len(records) > 1 else 'record'}.{'targets' if len(targets) > 1 else 'target'}",
            measure=context.measure(panel[0]),
            names=context.words.listed(map(context.words.country, records)),
            years=context.words.listed(str(target.year) for target in targets),
        )
        if any(row.status != OFFICIAL for row in having(panel, series="record")):
            yield context.say("caption.press")
    yield context.say("caption.note")


def _alt(rows: Panel, context: FigureContext) -> Iterator[str]:
    for panel in _panels(rows):
        yield context.say("alt.panel", measure=context.measure(panel[0]))
        for target, *outcomes in _targets(panel):
            yield context.say("alt.target", year=target.year, target=_value(target, context))
            for row in outcomes:
                met = row.first_met.value if row.first_met else None
                case, year = ("alt.unmet", "") if met is None else ("alt.met", int(met))
                name, value = context.words.country(row.reporter), context.words.known(row.value, row.unit)
                yield context.say(case, name=name, value=value, gap=context.signed(row.gap), year=year)
        for record in _records(panel):
            years = "; ".join(_year(row, context) for row in record)
            yield context.say("alt.record", name=context.words.country(record[0].reporter), years=years)


def _year(row: TargetOutcomesRow, context: FigureContext) -> str:
    case = "alt.year" if row.status == OFFICIAL else "alt.press"
    return context.say(case, year=row.year, value=_value(row, context))


def _value(row: TargetOutcomesRow, context: FigureContext) -> str:
    """A target, and a figure from the press, as they are printed; any other figure to the digits that count."""
    as_printed = row.series == "target" or row.status == PRESS
    return context.printed(row) if as_printed else context.words.known(row.value, row.unit)


def _records(rows: Panel) -> list[Panel]:
    return split(having(rows, series="record"), lambda row: row.reporter)


def _targets(panel: Panel) -> list[Panel]:
    """Each target with what the records show of it after it."""
    return split((row for row in panel if row.series != "record"), lambda row: row.target)


def _panels(rows: Panel) -> list[Panel]:
    return split(rows, lambda row: (row.measure, row.subject, row.unit))


def _scale(panel: Panel, context: FigureContext) -> tuple[Fraction, str]:
    return context.scale(panel[0].unit, [target.value.value for target in having(panel, series="target")])


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 0.5 + 3.4 * len(_panels(rows)))
