"""Growth on record: the growth that is stated among the growth of all years on record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import bar, bar_legend, panels, percent_of, years_along
from dalil.report.figures.drawing.placing import write_clear
from dalil.report.figures.drawing.style import INK, STATED
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, RecordRow

OFFICIAL = "official"

# The bars of a year take up this much of it.
_FILLED = 0.8


@dataclass(frozen=True)
class GrowthOnRecordRow(MeasuredRow, table="growth-on-record"):
    """Growth over the year before: a country's, or the one that a claim states."""

    series: Literal["record", "stated"]
    reporter: str
    period: Period
    comparator: str
    value: Estimate
    unit: str
    status: str


Panel = list[GrowthOnRecordRow]


def _rows(report: ReportContext) -> Iterator[GrowthOnRecordRow]:
    stated = [claim for claim in report.rows(ClaimRow) if report.is_yearly_growth(claim)]
    growing = [row for row in report.rows(RecordRow) if row.growth]
    for records in split(growing, lambda row: (row.measure, row.subject)):
        for row in records:
            figure = {"period": Period.parse(str(row.year)), "value": row.growth, "unit": "ratio", "comparator": "="}
            yield GrowthOnRecordRow.of(row, series="record", **figure)
        for claim in having(stated, measure=records[0].measure, subject=records[0].subject):
            yield GrowthOnRecordRow.of(claim, series="stated", reporter="")


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    grid = panels(picture, _panels(rows), context.measure)
    for axes, panel in grid:
        _draw_bars(axes, having(panel, series="record"), context)
        for row in having(panel, series="stated"):
            _draw_stated(axes, row)
        axes.axhline(0, color=INK, lw=1)
        years_along(axes, [row.period.year for row in panel], context.say("y"), context)
        low, high = axes.get_ylim()
        axes.set_ylim(low, high + 0.1 * (high - low))
    records = having(rows, series="record")
    press = any(row.status != OFFICIAL for row in records)
    bar_legend(picture, context, (row.reporter for row in records), press=press)
    for axes, panel in grid:
        for row in having(panel, series="stated"):
            at = row.period.year, percent_of(row.value)[1]
            write_clear(axes, context.say("stated", growth=context.printed(row)), at, size=8, colour=STATED)


def _draw_bars(axes: Axes, records: Panel, context: FigureContext) -> None:
    """Draw the growth of each year, countries side by side."""
    reporters = list(dict.fromkeys(row.reporter for row in records))
    width = _FILLED / len(reporters)
    for row in records:
        at = row.period.year + (reporters.index(row.reporter) - (len(reporters) - 1) / 2) * width
        bar(axes, at, percent_of(row.value), width, context.look(row.reporter), hollow=row.status != OFFICIAL)


def _draw_stated(axes: Axes, row: GrowthOnRecordRow) -> None:
    """Draw the stated growth across the bars of its year, with what its printing allows."""
    year, (low, value, high) = row.period.year, percent_of(row.value)
    axes.fill_between([year - 0.5, year + 0.5], low, high, color=STATED, alpha=0.3, lw=0, zorder=4)
    axes.plot([year - 0.5, year + 0.5], [value, value], color=STATED, lw=2, zorder=4)
    axes.plot(year, value, "D", color=STATED, markersize=6, markeredgecolor="white", zorder=5)


def _caption(rows: Panel, context: FigureContext) -> Iterator[str]:
    for panel in _panels(rows):
        stated = [context.words.period(row.period) for row in having(panel, series="stated")]
        case, periods = "caption.stated" if stated else "caption.record", context.words.listed(stated)
        yield context.say(case, measure=context.measure(panel[0]), periods=periods)
    yield context.say("caption.note")


def _alt(rows: Panel, context: FigureContext) -> Iterator[str]:
    for panel in _panels(rows):
        yield context.say("alt.panel", measure=context.measure(panel[0]))
        for row in having(panel, series="stated"):
            period, span = context.words.period(row.period), context.words.span(row.value, row.unit)
            yield context.say("alt.stated", period=period, growth=context.printed(row), range=span)
        for records in split(having(panel, series="record"), lambda row: row.reporter):
            years = "; ".join(_year(row, context) for row in records)
            yield context.say("alt.record", name=context.words.country(records[0].reporter), years=years)
            if falls := [str(row.period.year) for row in records if percent_of(row.value)[1] < 0]:
                yield context.say("alt.falls", years=context.words.listed(falls))


def _year(row: GrowthOnRecordRow, context: FigureContext) -> str:
    case = "alt.year" if row.status == OFFICIAL else "alt.press"
    return context.say(case, year=row.period.year, growth=context.amount(row.value, row.unit))


def _panels(rows: Panel) -> list[Panel]:
    return split(rows, lambda row: (row.measure, row.subject))


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 0.5 + 3.0 * len(_panels(rows)))
