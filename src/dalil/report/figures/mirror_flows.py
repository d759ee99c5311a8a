"""Mirror flows: one trade in two books, and the balance that each side sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import Description, Figure, FigureContext, MeasuredRow, producers, split
from dalil.report.figures.drawing.frame import wrapped
from dalil.report.figures.drawing.marks import OFFICIAL, line_of, panels, span_of, years_along
from dalil.report.figures.drawing.placing import write_clear
from dalil.report.figures.drawing.style import INK, SOFT
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, MirrorRow


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
    source: str

    def side(self, country: str) -> tuple[Fraction | None, bool]:
        """What a country records of the flow, and whether that is an official number."""
        exporting = country == self.exporter
        number, status = (self.exported, self.exported_status) if exporting else (self.imported, self.imported_status)
        return number.value, status == OFFICIAL


Flow = list[MirrorFlowsRow]
# A number of each year, and whether it is an official one.
Line = list[tuple[int, Fraction, bool]]


def _rows(report: ReportContext) -> Iterator[MirrorFlowsRow]:
    """The flows, of whom the article gives their measure first."""
    subjects, named = {claim.measure: claim.subject for claim in reversed(report.rows(ClaimRow))}, producers(report)
    flows = (row for row in report.rows(MirrorRow) if {row.exported.value, row.imported.value} != {None})
    for flow in split(flows, _named):
        for row in sorted(flow, key=lambda row: row.year):
            origins = [name for name in (row.exported_origin, row.imported_origin) if name]
            yield MirrorFlowsRow.of(row, subject=subjects.get(row.measure, ""), source=named(*origins))


def _named(row: MirrorRow | MirrorFlowsRow) -> tuple[str, ...]:
    return row.measure, row.exporter, row.importer, row.unit


def _draw(rows: Flow, picture: Picture, context: FigureContext) -> None:
    flows, balances = split(rows, _named), _balances(rows)
    scale = _scale(rows, context)[0]
    titles = [context.say("panel.flow", **_countries(flow[0], context)) for flow in flows]
    titles += [context.say("panel.balance")] * bool(balances)
    grid = panels(picture, titles, context)
    for axes, flow in zip(grid, flows, strict=False):
        for country in (flow[0].exporter, flow[0].importer):
            _draw_line(axes, _line(flow, country), country, scale, context)
        axes.set_ylim(0, float(_highest(rows) / scale) * 1.4)
        known = [row.asymmetry.value for row in flow if row.asymmetry.value is not None]
        lower = context.say("lower", n=len(known), lower=sum(value < 0 for value in known))
        room = (context.width / (1 if context.narrow else len(grid)) - 0.5) * 72
        axes.text(0.03, 0.97, wrapped(lower, room, 8), transform=axes.transAxes, va="top", size=8, color=SOFT)
    if balances:
        grid[-1].axhline(0, color=INK, lw=0.9, zorder=1)
        for country, line in balances.items():
            _draw_line(grid[-1], line, country, scale, context)
        grid[-1].margins(y=0.2)
    for axes in grid:
        years_along(axes, context, 4)
    for axes, flow in zip(grid, flows, strict=False):
        lines = {country: _line(flow, country) for country in (flow[0].exporter, flow[0].importer)}
        _name(axes, lines, scale, context)
        _label(axes, flow, scale, context)
    _name(grid[-1], balances, scale, context)
    for country, ((year, value, _), *_) in balances.items():
        number = context.words.tick(float(f"{float(value / scale):.2f}"))
        at, text = (year, float(value / scale)), f"+{number}" if value > 0 else number
        write_clear(grid[-1], text, at, colour=context.look(country).ink)


def _draw_line(axes: Axes, line: Line, country: str, scale: Fraction, context: FigureContext) -> None:
    if not line:
        return
    points, look = [(year, float(value / scale), official) for year, value, official in line], context.look(country)
    line_of(axes, points, look)


def _name(axes: Axes, lines: dict[str, Line], scale: Fraction, context: FigureContext) -> None:
    """Name each country's line at its end, the upper one above it and the lower one below."""
    known = sorted(((line[-1], country) for country, line in lines.items() if line), key=lambda one: one[0][1])
    for place, ((year, value, _), country) in enumerate(known):
        at, ink = (year, float(value / scale)), context.look(country).ink
        write_clear(axes, context.words.country(country), at, colour=ink, below=not place and len(known) > 1)


def _label(axes: Axes, flow: Flow, scale: Fraction, context: FigureContext) -> None:
    """Write how far the importer's number is from the exporter's, where they are furthest apart and at the end."""
    known = [row for row in flow if row.asymmetry.value is not None]
    for row in dict.fromkeys(sorted(known, key=lambda row: abs(row.asymmetry.value or Fraction(0)))[-1:] + known[-1:]):
        at = min(span_of(number, scale)[1] for number in (row.exported, row.imported))
        text = f"{row.year}: {context.percent(row.asymmetry.value, signed=True)}"
        write_clear(axes, text, (row.year, at), colour=SOFT, below=True)


def _line(flow: Flow, country: str) -> Line:
    """What a country records of a flow, year by year."""
    sides = ((row.year, *row.side(country)) for row in flow)
    return [(year, value, official) for year, value, official in sides if value is not None]


def _balances(rows: Flow) -> dict[str, Line]:
    """The balance with the other side that each of two countries sees, of the first pair of opposite flows."""
    flows = split(rows, _named)
    for one, two in pairwise(flows):
        if (one[0].exporter, one[0].importer, one[0].measure) == (two[0].importer, two[0].exporter, two[0].measure):
            return {
                country: _balance(_line(out, country), _line(back, country))
                for country, out, back in ((one[0].exporter, one, two), (two[0].exporter, two, one))
            }
    return {}


def _balance(exports: Line, imports: Line) -> Line:
    back = {year: (value, official) for year, value, official in imports}
    return [(y, value - back[y][0], official and back[y][1]) for y, value, official in exports if y in back]


def _say(rows: Flow, context: FigureContext) -> Description:
    unit = _scale(rows, context)[1]
    official = {status == OFFICIAL for row in rows for status in (row.exported_status, row.imported_status) if status}
    press = [] if official == {True} else [context.say("press")]
    return Description(
        title=_title(rows, context),
        subtitle=context.about(rows, [row.year for row in rows], [unit]),
        caption=" ".join([context.say("caption"), *press]),
        alt=" ".join(_alt(rows, context)),
    )


def _title(rows: Flow, context: FigureContext) -> str:
    """Say that both sides see a surplus, or both a deficit, in a year; else in how many pairs the importer is lower."""
    seen: dict[int, list[Fraction]] = {}
    for line in _balances(rows).values():
        for year, value, _ in line:
            seen.setdefault(year, []).append(value)
    for case, same in (("surpluses", lambda value: value > 0), ("deficits", lambda value: value < 0)):
        years = [year for year, values in seen.items() if len(values) > 1 and all(map(same, values))]
        if years:
            return context.say(f"title.{case}", year=min(years))
    known = [row.asymmetry.value for row in rows if row.asymmetry.value is not None]
    if not known:
        return context.say("title.apart")
    return context.say("title.lower", n=len(known), lower=sum(value < 0 for value in known))


def _alt(rows: Flow, context: FigureContext) -> Iterator[str]:
    scale, unit = _scale(rows, context)
    for flow in split(rows, _named):
        yield context.say("alt.flow", **_countries(flow[0], context), unit=unit)
        for row in dict.fromkeys((flow[0], flow[-1])):
            sides = ((code, row.side(code)[0]) for code in (row.exporter, row.importer))
            told = [f"{context.words.country(c)} {context.short(v, scale)}" for c, v in sides if v is not None]
            yield context.say("alt.year", year=row.year, sides=", ".join(told))
    for country, line in _balances(rows).items():
        ends = [f"{year}: {context.short(value, scale)}" for year, value, _ in dict.fromkeys((line[0], line[-1]))]
        yield context.say("alt.balance", country=context.words.country(country), ends=", ".join(ends))


def _countries(row: MirrorFlowsRow, context: FigureContext) -> dict[str, str]:
    exporter, importer = map(context.words.country, (row.exporter, row.importer))
    return {"exporter": exporter, "importer": importer}


def _highest(rows: Flow) -> Fraction:
    return max(value for row in rows for value in (row.exported.value, row.imported.value) if value is not None)


def _scale(rows: Flow, context: FigureContext) -> tuple[Fraction, str]:
    return context.scale(rows[0].unit, [_highest(rows)])


def _height(rows: Flow, context: FigureContext) -> float:
    drawn = len(split(rows, _named)) + bool(_balances(rows))
    return 1.9 * drawn if context.narrow else 2.2


FIGURE = Figure(_rows, _draw, _say, _height)
