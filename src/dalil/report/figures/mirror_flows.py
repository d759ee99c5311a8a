"""Mirror flows: one flow as the country it leaves and the country it reaches record it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import (
    bar,
    beside,
    country_patch,
    in_numbers,
    legend_below,
    panels,
    press_patch,
    span_of,
    years_along,
)
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
from dalil.report.figures.drawing.style import INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, MirrorRow
from dalil.wording.messages import sentence

OFFICIAL = "official"

# Years along an axis beyond which labels at each of them stand upright.
MOST_LEVEL = 10
# Share of an axis kept free above the highest bar for a label, level or upright.
_ROOM, _ROOM_UPRIGHT = 0.16, 0.42
# A year's bars take up this much of it.
_FILLED = 0.8


@dataclass(frozen=True)
class MirrorFlowsRow(MeasuredRow, table="mirror-flows"):
    """A year's flow as both countries record it; a side that records none has no number."""

    exporter: str
    importer: str
    year: int
    unit: str
    exported: Estimate
    exported_status: str
    imported: Estimate
    imported_status: str
    asymmetry: Estimate

    @property
    def flow(self) -> tuple[str, str, str, str]:
        """What goes from where to where."""
        return self.measure, self.exporter, self.importer, self.unit

    @property
    def sides(self) -> tuple[tuple[str, Estimate, str], tuple[str, Estimate, str]]:
        """Each country with what it records, and the status of that."""
        return (
            (self.exporter, self.exported, self.exported_status),
            (self.importer, self.imported, self.imported_status),
        )


def _rows(report: ReportContext) -> list[MirrorFlowsRow]:
    """The flows, of whom the article gives their measure first."""
    subjects = {claim.measure: claim.subject for claim in reversed(report.rows(ClaimRow))}
    rows = [
        MirrorFlowsRow(
            row.measure, subjects.get(row.measure, ""), row.exporter, row.importer, row.year, row.unit, row.exported,
            row.exported_status, row.imported, row.imported_status, row.asymmetry,
        )
        for row in report.rows(MirrorRow)
        if row.exported.value is not None or row.imported.value is not None
    ]  # fmt: skip
    return [row for flow in _flows(rows) for row in sorted(flow, key=lambda row: row.year)]


def _flows(rows: list[MirrorFlowsRow]) -> list[list[MirrorFlowsRow]]:
    return list(grouped(rows, lambda row: row.flow).values())


def _draw(rows: list[MirrorFlowsRow], picture: Picture, context: FigureContext) -> None:
    for axes, flow in panels(picture, _flows(rows)):
        # Flows of one measure are on one scale, so that the panels can be compared.
        alike = [row for row in rows if (row.measure, row.unit) == (flow[0].measure, flow[0].unit)]
        values = [value.value for row in alike for _, value, _ in row.sides if value.value is not None]
        scale, unit = context.scale(flow[0].unit, values)
        upright = len(flow) > MOST_LEVEL
        for row in flow:
            top = _draw_pair(axes, row, scale, context)
            _write_asymmetry(axes, row, top, upright, context)
        low, high = min(0.0, float(min(values) / scale)), float(max(values) / scale)
        axes.set_ylim(low * 1.2, max(high, 0.0) + (_ROOM_UPRIGHT if upright else _ROOM) * (high - low))
        _set_axes(axes, flow, unit, context)
    legend_below(picture, _keys(rows, context))


def _draw_pair(axes: Axes, row: MirrorFlowsRow, scale: Fraction, context: FigureContext) -> float:
    """Draw what both countries record of a year, and tell how high that reaches."""
    width, tops = _FILLED / 2, [0.0]
    for shift, (country, estimate, status) in zip((-0.5, 0.5), row.sides, strict=True):
        if estimate.value is not None:
            at = row.year + shift * width
            low, value, high = span_of(estimate, scale)
            bar(axes, at, value, width, context.look(country), hollow=status != OFFICIAL)
            axes.plot([at, at], [low, high], color=INK, lw=1)
            tops.append(max(value, high))
    return max(tops)


def _write_asymmetry(axes: Axes, row: MirrorFlowsRow, top: float, upright: bool, context: FigureContext) -> None:
    if row.asymmetry.value is not None:
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        turned = 90 if upright else 0
        look = beside((0, 3), ha="center", va="bottom", fontsize=7.5, color=INK, rotation=turned, bbox=box)
        axes.annotate(context.signed(row.asymmetry), (row.year, top), **look)


def _set_axes(axes: Axes, flow: list[MirrorFlowsRow], unit: str, context: FigureContext) -> None:
    years_along(axes, [row.year for row in flow])
    axes.grid(axis="x", visible=False)
    axes.set_title(sentence(context.say("panel", **_named(flow[0], context))))
    axes.set_xlabel(context.say("x"))
    in_numbers(axes.yaxis, context)
    axes.set_ylabel(sentence(unit))


def _keys(rows: list[MirrorFlowsRow], context: FigureContext) -> list[Artist]:
    countries = dict.fromkeys(country for row in rows for country, _, _ in row.sides)
    keys: list[Artist] = [country_patch(context, code) for code in countries]
    return [*keys, press_patch(context.say("press"))] if any(map(_is_press, rows)) else keys


def _is_press(row: MirrorFlowsRow) -> bool:
    return any(status != OFFICIAL for _, _, status in row.sides)


def _describe(rows: list[MirrorFlowsRow], context: FigureContext) -> Description:
    measures = list(dict.fromkeys(context.measure(row) for row in rows))
    caption = [context.say("caption.flows", measures=context.words.listed(measures))]
    if any(map(_is_press, rows)):
        caption.append(context.say("caption.press"))
    return Description(sentences(caption), sentences(part for flow in _flows(rows) for part in _alt(flow, context)))


def _alt(flow: list[MirrorFlowsRow], context: FigureContext) -> Iterator[str]:
    yield context.say("alt.panel", **_named(flow[0], context))
    for row in flow:
        known = [
            (context.words.country(code), _value(value, status, row.unit, context))
            for code, value, status in row.sides
            if value.value is not None
        ]
        if len(known) == 1:
            yield context.say("alt.one", year=row.year, country=known[0][0], value=known[0][1])
            continue
        (exporter, exported), (importer, imported) = known
        yield context.say(
            "alt.both" if row.asymmetry.value is not None else "alt.both_apart",
            year=row.year, exporter=exporter, exported=exported, importer=importer, imported=imported,
            asymmetry=context.signed(row.asymmetry) if row.asymmetry.value is not None else "",
        )  # fmt: skip


def _value(estimate: Estimate, status: str, unit: str, context: FigureContext) -> str:
    value = context.amount(estimate, unit)
    return value if status == OFFICIAL else context.say("alt.press", value=value)


def _named(row: MirrorFlowsRow, context: FigureContext) -> dict[str, str]:
    return {
        "measure": context.measure(row),
        "exporter": context.words.country(row.exporter),
        "importer": context.words.country(row.importer),
    }


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 0.5 + 2.4 * len({row.flow for row in rows}))
