"""Mirror flows: one flow as the country it leaves and the country it reaches record it."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import bar, bar_legend, note, panels, span_of, years_along
from dalil.report.figures.drawing.style import INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, MirrorRow
from dalil.wording.messages import sentence

OFFICIAL = "official"

# Years along an axis beyond which labels at each of them stand upright.
MOST_LEVEL = 10
# Share of an axis kept free above the highest bar for a label, level or upright.
_ROOM, _ROOM_UPRIGHT = 0.16, 0.42
# The width of a bar, two of which a year has.
_WIDTH = 0.4


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
    def sides(self) -> list[tuple[float, str, Estimate, str]]:
        """Where the bar of each country that records the flow stands, the country, its number and its status."""
        sides = (
            (self.year - _WIDTH / 2, self.exporter, self.exported, self.exported_status),
            (self.year + _WIDTH / 2, self.importer, self.imported, self.imported_status),
        )
        return [side for side in sides if side[2].value is not None]


Flow = list[MirrorFlowsRow]


def _rows(report: ReportContext) -> Iterator[MirrorFlowsRow]:
    """The flows, of whom the article gives their measure first."""
    subjects = {claim.measure: claim.subject for claim in reversed(report.rows(ClaimRow))}
    rows = (MirrorFlowsRow.of(row, subject=subjects.get(row.measure, "")) for row in report.rows(MirrorRow))
    for flow in _flows(row for row in rows if row.sides):
        yield from sorted(flow, key=lambda row: row.year)


def _flows(rows: Iterator[MirrorFlowsRow] | Flow) -> list[Flow]:
    return split(rows, lambda row: (row.measure, row.exporter, row.importer, row.unit))


def _draw(rows: Flow, picture: Picture, context: FigureContext) -> None:
    for axes, flow in panels(picture, _flows(rows)):
        # Flows of one measure are on one scale, so that the panels can be compared.
        alike = having(rows, measure=flow[0].measure, unit=flow[0].unit)
        values = [value.value for row in alike for _, _, value, _ in row.sides if value.value is not None]
        scale, unit = context.scale(flow[0].unit, values)
        upright = len(flow) > MOST_LEVEL
        for row in flow:
            top = 0.0
            for at, country, estimate, status in row.sides:
                span = span_of(estimate, scale)
                bar(axes, at, span, _WIDTH, context.look(country), hollow=status != OFFICIAL)
                top = max(top, *span)
            if row.asymmetry.value is not None:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
                look = {"fontsize": 7.5, "color": INK, "rotation": 90 if upright else 0, "bbox": box}
                note(axes, context.signed(row.asymmetry), (row.year, top), (0, 3), ha="center", va="bottom", **look)
        low, high = min(0.0, float(min(values) / scale)), float(max(values) / scale)
        axes.set_ylim(low * 1.2, max(high, 0.0) + (_ROOM_UPRIGHT if upright else _ROOM) * (high - low))
        years_along(axes, [row.year for row in flow], sentence(unit), context)
        axes.set_title(sentence(context.say("panel", **_named(flow[0], context))))
    countries = (country for row in rows for country in (row.exporter, row.importer))
    bar_legend(picture, context, countries, press=any(map(_is_press, rows)))


def _is_press(row: MirrorFlowsRow) -> bool:
    return not row.exported_status == row.imported_status == OFFICIAL


def _caption(rows: Flow, context: FigureContext) -> Iterator[str]:
    yield context.say("caption.flows", measures=context.words.listed(dict.fromkeys(map(context.measure, rows))))
    if any(map(_is_press, rows)):
        yield context.say("caption.press")


def _alt(rows: Flow, context: FigureContext) -> Iterator[str]:
    for flow in _flows(rows):
        yield context.say("alt.panel", **_named(flow[0], context))
        yield from (_year(row, context) for row in flow)


def _year(row: MirrorFlowsRow, context: FigureContext) -> str:
    known = []
    for _, code, estimate, status in row.sides:
        value = context.amount(estimate, row.unit)
        known += [context.words.country(code), value if status == OFFICIAL else context.say("alt.press", value=value)]
    if len(row.sides) == 1:
        return context.say("alt.one", year=row.year, country=known[0], value=known[1])
    sides = dict(zip(("exporter", "exported", "importer", "imported"), known, strict=True))
    if row.asymmetry.value is None:
        return context.say("alt.both_apart", year=row.year, **sides)
    return context.say("alt.both", year=row.year, asymmetry=context.signed(row.asymmetry), **sides)


def _named(row: MirrorFlowsRow, context: FigureContext) -> dict[str, str]:
    exporter, importer = map(context.words.country, (row.exporter, row.importer))
    return {"measure": context.measure(row), "exporter": exporter, "importer": importer}


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 0.5 + 2.4 * len(_flows(rows)))
