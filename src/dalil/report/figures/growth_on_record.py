"""Growth on record: the growth that is stated among the growth of all years on record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import (
    bar,
    country_patch,
    in_numbers,
    legend_below,
    panels,
    percent_of,
    press_patch,
    years_along,
)
from dalil.report.figures.drawing.placing import write_clear
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
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

    @property
    def panel(self) -> tuple[str, str]:
        """What grows: one panel each."""
        return self.measure, self.subject


Panel = list[GrowthOnRecordRow]


def _rows(report: ReportContext) -> Panel:
    recorded = grouped((row for row in report.rows(RecordRow) if row.growth), lambda row: (row.measure, row.subject))
    stated = [claim for claim in report.rows(ClaimRow) if report.is_yearly_growth(claim)]
    return [
        row
        for about, records in recorded.items()
        for row in (*_recorded(records), *_stated(claim for claim in stated if (claim.measure, claim.subject) == about))
    ]


def _recorded(records: list[RecordRow]) -> Iterator[GrowthOnRecordRow]:
    for row in records:
        if row.growth:
            period = Period.parse(str(row.year))
            yield GrowthOnRecordRow(
                row.measure, row.subject, "record", row.reporter, period, "=", row.growth, "ratio", row.status
            )


def _stated(claims: Iterator[ClaimRow]) -> Iterator[GrowthOnRecordRow]:
    for claim in claims:
        assert claim.estimate is not None
        assert claim.period is not None
        yield GrowthOnRecordRow(
            claim.measure, claim.subject, "stated", "", claim.period, claim.comparator, claim.estimate, claim.unit,
            claim.status,
        )  # fmt: skip


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    grid = panels(picture, _panels(rows), lambda panel: context.measure(panel[0]))
    for axes, panel in grid:
        _draw_bars(axes, _of(panel, "record"), context)
        for row in _of(panel, "stated"):
            _draw_stated(axes, row)
        _set_axes(axes, panel, context)
    legend_below(picture, _keys(_of(rows, "record"), context))
    for axes, panel in grid:
        for row in _of(panel, "stated"):
            at = row.period.year, percent_of(row.value)[1]
            write_clear(axes, context.say("stated", growth=_growth(row, context)), at, size=8, colour=STATED)


def _draw_bars(axes: Axes, records: Panel, context: FigureContext) -> None:
    """Draw the growth of each year, countries side by side."""
    reporters = list(dict.fromkeys(row.reporter for row in records))
    width = _FILLED / len(reporters)
    for row in records:
        at = row.period.year + (reporters.index(row.reporter) - (len(reporters) - 1) / 2) * width
        low, value, high = percent_of(row.value)
        bar(axes, at, value, width, context.look(row.reporter), hollow=row.status != OFFICIAL)
        axes.plot([at, at], [low, high], color=INK, lw=1)


def _draw_stated(axes: Axes, row: GrowthOnRecordRow) -> None:
    """Draw the stated growth across the bars of its year, with what its printing allows."""
    year, (low, value, high) = row.period.year, percent_of(row.value)
    axes.fill_between([year - 0.5, year + 0.5], low, high, color=STATED, alpha=0.3, lw=0, zorder=4)
    axes.plot([year - 0.5, year + 0.5], [value, value], color=STATED, lw=2, zorder=4)
    axes.plot(year, value, "D", color=STATED, markersize=6, markeredgecolor="white", zorder=5)


def _set_axes(axes: Axes, panel: Panel, context: FigureContext) -> None:
    axes.axhline(0, color=INK, lw=1)
    years_along(axes, [row.period.year for row in panel])
    axes.grid(axis="x", visible=False)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.1 * (high - low))
    in_numbers(axes.yaxis, context)
    axes.set_xlabel(context.say("x"))
    axes.set_ylabel(context.say("y"))


def _keys(records: Panel, context: FigureContext) -> list[Artist]:
    keys: list[Artist] = [country_patch(context, code) for code in dict.fromkeys(row.reporter for row in records)]
    return [*keys, press_patch(context.say("press"))] if any(row.status != OFFICIAL for row in records) else keys


def _describe(rows: Panel, context: FigureContext) -> Description:
    drawn = _panels(rows)
    caption = [*(_caption(panel, context) for panel in drawn), context.say("caption.note")]
    return Description(sentences(caption), sentences(part for panel in drawn for part in _alt(panel, context)))


def _caption(panel: Panel, context: FigureContext) -> str:
    stated = [context.words.period(row.period) for row in _of(panel, "stated")]
    case, measure = (
        "caption.stated" if stated else "caption.record",
        context.measure(panel[0]),
    )
    return context.say(case, measure=measure, periods=context.words.listed(stated))


def _alt(panel: Panel, context: FigureContext) -> Iterator[str]:
    yield context.say("alt.panel", measure=context.measure(panel[0]))
    for row in _of(panel, "stated"):
        yield context.say(
            "alt.stated",
            period=context.words.period(row.period),
            growth=_growth(row, context),
            range=context.words.span(row.value, row.unit),
        )
    for code, records in grouped(_of(panel, "record"), lambda row: row.reporter).items():
        years = "; ".join(_year(row, context) for row in records)
        yield context.say("alt.record", name=context.words.country(code), years=years)
        falls = [str(row.period.year) for row in records if percent_of(row.value)[1] < 0]
        if falls:
            yield context.say("alt.falls", years=context.words.listed(falls))


def _year(row: GrowthOnRecordRow, context: FigureContext) -> str:
    case = "alt.year" if row.status == OFFICIAL else "alt.press"
    return context.say(case, year=row.period.year, growth=_growth(row, context))


def _growth(row: GrowthOnRecordRow, context: FigureContext) -> str:
    """A growth as it is stated, or as it was worked out of the record."""
    if row.series == "stated":
        return context.printed(row.value, row.comparator, row.unit)
    return context.amount(row.value, row.unit)


def _panels(rows: Panel) -> list[Panel]:
    return list(grouped(rows, lambda row: row.panel).values())


def _of(rows: Panel, series: str) -> Panel:
    return [row for row in rows if row.series == series]


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 0.5 + 3.0 * len({row.panel for row in rows}))
