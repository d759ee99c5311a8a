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
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, in_numbers, legend_below, mark_key, panels, span_of
from dalil.report.figures.drawing.placing import write_clear
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
from dalil.report.figures.drawing.style import FAINT, INK, TARGET, Look
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, OutcomeRow, RecordRow
from dalil.wording.messages import sentence

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

    @property
    def panel(self) -> tuple[str, str, str]:
        """What it is a figure of: one panel each."""
        return self.measure, self.subject, self.unit


Panel = list[TargetOutcomesRow]


def _rows(report: ReportContext) -> Panel:
    claims = report.claims
    known = [row for row in report.rows(OutcomeRow) if row.prices == "current" and row.value.value is not None]
    panels_of = grouped(known, lambda row: (claims[row.target].measure, claims[row.target].subject, row.unit))
    return [
        row
        for outcomes in panels_of.values()
        for row in (
            *_around(report, claims[outcomes[0].target], outcomes),
            *(row for found in grouped(outcomes, lambda row: row.target).values() for row in _of_target(claims, found)),
        )
    ]


def _around(report: ReportContext, claim: ClaimRow, outcomes: list[OutcomeRow]) -> Iterator[TargetOutcomesRow]:
    """The figures around targets: from the year before their base to the last official one."""
    about = claim.measure, claim.subject, outcomes[0].unit
    listed = [row for row in report.rows(RecordRow) if (row.measure, row.subject, row.unit) == about]
    first = min(row.base_year for row in outcomes) - 1
    last = max([row.target_year for row in outcomes] + [row.year for row in listed if row.status == OFFICIAL])
    for row in sorted(listed, key=lambda row: row.year):
        if row.value.value is not None and first <= row.year <= last:
            yield TargetOutcomesRow(
                claim.measure, claim.subject, "record", "", row.reporter, row.year, row.comparator, row.value,
                row.unit, row.status, None, None,
            )  # fmt: skip


def _of_target(claims: dict[str, ClaimRow], outcomes: list[OutcomeRow]) -> Iterator[TargetOutcomesRow]:
    """A target, and what each record shows of it."""
    first, claim = outcomes[0], claims[outcomes[0].target]
    yield TargetOutcomesRow(
        claim.measure, claim.subject, "target", first.target, "", first.target_year, claim.comparator,
        exactly(first.target_value), first.unit, claim.status, None, None,
    )  # fmt: skip
    for row in outcomes:
        yield TargetOutcomesRow(
            claim.measure, claim.subject, "outcome", row.target, row.reporter, row.target_year, "=", row.value,
            row.unit, row.status, row.gap_relative, row.first_met,
        )  # fmt: skip


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    grid = panels(picture, _panels(rows))
    for axes, panel in grid:
        scale, unit = _scale(panel, context)
        for place, record in enumerate(_records(panel).values()):
            _draw_record(axes, record, context.look(record[0].reporter), scale, place)
        for target, outcomes in _targets(panel):
            _draw_target(axes, target, outcomes, scale)
        _set_axes(axes, panel, unit, context)
    legend_below(picture, _keys(rows, context))
    for axes, panel in grid:
        scale, _ = _scale(panel, context)
        for target, outcomes in _targets(panel):
            at = target.year, _height(target, scale)
            write_clear(axes, _label(target, outcomes, context), at, size=8, colour=INK)


def _draw_record(axes: Axes, record: Panel, look: Look, scale: Fraction, place: int) -> None:
    """Draw a country's figures: a line that breaks off where a year is missing, and hollow marks of the press."""
    years: list[float] = []
    values: list[float] = []
    for row in record:
        if row.status == OFFICIAL:
            if years and row.year - years[-1] > 1:
                years.append(nan)
                values.append(nan)
            years.append(row.year)
            values.append(_height(row, scale))
    axes.plot(years, values, look.line, color=look.colour, lw=1.5, zorder=3)
    order = 4 - place / 10
    axes.plot(years, values, look.marker, color=look.colour, markersize=6, markeredgecolor="white", zorder=order)
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
            axes.annotate("", (row.year, value), **beside((0, 17 * up), zorder=2.5, arrowprops=arrow))
    axes.plot(
        row.year, value, look.marker, color=look.colour, markerfacecolor="white", markersize=8, markeredgewidth=1.5,
        zorder=3.2,
    )  # fmt: skip


def _draw_target(axes: Axes, target: TargetOutcomesRow, outcomes: Panel, scale: Fraction) -> None:
    """Draw a target, with a line to the lowest figure of its year."""
    goal = _height(target, scale)
    furthest = min([_height(row, scale) for row in outcomes] + [goal])
    axes.plot([target.year, target.year], [furthest, goal], ":", color=TARGET, lw=1.4, zorder=2)
    axes.plot(target.year, goal, "D", color=TARGET, markersize=10, zorder=2.5)


def _set_axes(axes: Axes, panel: Panel, unit: str, context: FigureContext) -> None:
    low, high = axes.get_ylim()
    axes.set_ylim(min(0, low), high + 0.32 * (high - min(0, low)))
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(context.say("x"))
    in_numbers(axes.yaxis, context)
    axes.set_ylabel(sentence(context.say("y", measure=context.measure(panel[0]), unit=unit)))


def _keys(rows: Panel, context: FigureContext) -> list[Artist]:
    record = [row for row in rows if row.series == "record"]
    keys: list[Artist] = [_line(code, context) for code in _records(rows)]
    if any(row.status != OFFICIAL for row in record):
        keys.append(mark_key("o", FAINT, context.say("press"), hollow=True))
    keys.append(mark_key("D", TARGET, context.say("target")))
    return [*keys, Line2D([], [], color=TARGET, ls=":", lw=1.4, label=context.say("distance"))]


def _line(code: str, context: FigureContext) -> Line2D:
    look, name = context.look(code), context.words.country(code)
    return Line2D([], [], color=look.colour, lw=1.5, ls=look.line, marker=look.marker, markersize=5.5, label=name)


def _label(target: TargetOutcomesRow, outcomes: Panel, context: FigureContext) -> str:
    """A target, and how far each record is from it, below one another."""
    lines = [context.say("label.target", target=_value(target, context), year=target.year)]
    for row in outcomes:
        lines.append(context.say("label.record", name=context.words.country(row.reporter), gap=_gap(row, context)))
    return "\n".join(lines)


def _describe(rows: Panel, context: FigureContext) -> Description:
    drawn = _panels(rows)
    caption = [*(part for panel in drawn for part in _caption(panel, context)), context.say("caption.note")]
    return Description(sentences(caption), sentences(part for panel in drawn for part in _alt(panel, context)))


def _caption(panel: Panel, context: FigureContext) -> Iterator[str]:
    records, targets = _records(panel), [target for target, _ in _targets(panel)]
    yield context.say(
        f"caption.{'records' if len(records) > 1 else 'record'}.{'targets' if len(targets) > 1 else 'target'}",
        measure=context.measure(panel[0]),
        names=context.words.listed(context.words.country(code) for code in records),
        years=context.words.listed(str(target.year) for target in targets),
    )
    if any(row.status != OFFICIAL for row in panel if row.series == "record"):
        yield context.say("caption.press")


def _alt(panel: Panel, context: FigureContext) -> Iterator[str]:
    yield context.say("alt.panel", measure=context.measure(panel[0]))
    for target, outcomes in _targets(panel):
        yield context.say("alt.target", year=target.year, target=_value(target, context))
        for row in outcomes:
            yield _outcome(row, context)
    for code, record in _records(panel).items():
        years = "; ".join(_year(row, context) for row in record)
        yield context.say("alt.record", name=context.words.country(code), years=years)


def _year(row: TargetOutcomesRow, context: FigureContext) -> str:
    case = "alt.year" if row.status == OFFICIAL else "alt.press"
    return context.say(case, year=row.year, value=_value(row, context))


def _outcome(row: TargetOutcomesRow, context: FigureContext) -> str:
    met = row.first_met.value if row.first_met else None
    return context.say(
        "alt.unmet" if met is None else "alt.met",
        name=context.words.country(row.reporter),
        value=context.words.known(row.value, row.unit),
        gap=_gap(row, context),
        year="" if met is None else int(met),
    )


def _gap(row: TargetOutcomesRow, context: FigureContext) -> str:
    assert row.gap is not None
    return context.signed(row.gap)


def _value(row: TargetOutcomesRow, context: FigureContext) -> str:
    """A target, and a figure from the press, as they are printed; any other figure to the digits that count."""
    if row.series == "target" or row.status == PRESS:
        return context.printed(row.value, row.comparator, row.unit)
    return context.words.known(row.value, row.unit)


def _records(rows: Panel) -> dict[str, Panel]:
    return grouped([row for row in rows if row.series == "record"], lambda row: row.reporter)


def _targets(panel: Panel) -> list[tuple[TargetOutcomesRow, Panel]]:
    """Each target with what the records show of it."""
    by_target = grouped([row for row in panel if row.series != "record"], lambda row: row.target)
    return [(target, outcomes) for target, *outcomes in by_target.values()]


def _panels(rows: Panel) -> list[Panel]:
    return list(grouped(rows, lambda row: row.panel).values())


def _height(row: TargetOutcomesRow, scale: Fraction) -> float:
    assert row.value.value is not None
    return float(row.value.value / scale)


def _scale(panel: Panel, context: FigureContext) -> tuple[Fraction, str]:
    return context.scale(panel[0].unit, [target.value.value for target, _ in _targets(panel)])


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 0.5 + 3.4 * len({row.panel for row in rows}))
