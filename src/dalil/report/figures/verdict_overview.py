"""The overview: one line a claim, with what each source says of it and what that comes to."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Patch

from dalil.claims.entries import Kind
from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having
from dalil.report.figures.drawing.marks import in_numbers, mark, mark_key, note
from dalil.report.figures.drawing.style import DERIVED, FAINT, INK, STATED, TARGET
from dalil.report.prose.claims import RATING_SIGNS
from dalil.report.prose.context import ReportContext
from dalil.tables.row import DATE, Value
from dalil.tables.rows import AssessmentRow, SourceRow
from dalil.wording.messages import sentence

# Claims that can be read below one another on a page; of more, those that a source speaks of come first.
MOST_CLAIMS = 26
# Percent that an axis may end at; what lies beyond the last stands at the edge.
ENDS = (10, 25, 50, 100)
# Letters of a line of a label.
MOST_LETTERS = 46

# Marks by reliability; filled or hollow and the colour tell the verdict.
MARKERS = {"high": "o", "medium": "s", "low": "^"}
SIZES = {"high": 6.4, "medium": 5.4, "low": 6.8}
VERDICTS = {"agrees": STATED, "differs": TARGET}
# Colours of the ratings: for what is borne out, for what is not; those of neither are faint.
COLOURS = {
    **dict.fromkeys(("confirmed", "supported"), STATED),
    **dict.fromkeys(("disputed", "doubtful", "contradicted", "not-reproduced"), TARGET),
}

# Share of the axis that a mark takes up; marks nearer than that stand one above the other, this far apart; the
# last is for a number at the edge.
_MARK, _APART, _NUMBER = 0.04, 0.3, 0.62


@dataclass(frozen=True)
class VerdictOverviewRow(MeasuredRow, table="verdict-overview"):
    """A claim with its rating, or what a source says of the claim before it; ``claims`` there are, drawn or not."""

    series: Literal["claim", "source"]
    claim: str
    claims: int
    kind: Kind
    period: Period | None
    comparator: str
    value: Value | None
    unit: str
    rating: str
    origins: tuple[str, ...]
    found: str
    status: str
    verdict: str
    reliability: str

    @property
    def amount(self) -> Estimate | None:
        """The number that a source can be put in percent of: not a date, a rank, zero or no number."""
        return self.value if isinstance(self.value, Estimate) and self.kind != "rank" and self.value.value else None

    def distance(self, other: "VerdictOverviewRow") -> Estimate | None:
        """How far another number lies above this claim, in percent of it, where both are amounts of one unit."""
        printed, number = self.amount.value if self.amount else None, other.value
        if printed is None or other.unit != self.unit or not isinstance(number, Estimate) or number.value is None:
            return None
        ends = (number.value, number.range.low, number.range.high)
        value, low, high = (None if end is None else (end - printed) / abs(printed) * 100 for end in ends)
        return Estimate(value, Interval(low, high))


Rows = list[VerdictOverviewRow]


@dataclass(frozen=True)
class _Line:
    """A line of the figure: a claim, and the sources beside it in percent of it, or those that have no place there."""

    claim: VerdictOverviewRow
    sources: Rows

    @property
    def scaled(self) -> list[tuple[VerdictOverviewRow, Estimate, float]]:
        """The sources that stand on the scale, with how far off they are and their place on it."""
        distances = ((row, self.claim.distance(row)) for row in self.sources)
        return [(row, off, float(off.value)) for row, off in distances if off is not None and off.value is not None]

    @property
    def unscaled(self) -> Rows:
        """The sources that only agree or differ."""
        return [row for row in self.sources if self.claim.distance(row) is None]


def _rows(report: ReportContext) -> Iterator[VerdictOverviewRow]:
    """Claims that are made for the first time, in the article's order, each with the sources that settle it."""
    firsts = having(report.rows(AssessmentRow), first="")
    sources = [row for row in report.rows(SourceRow) if row.verdict in VERDICTS]
    for assessed in _chosen(firsts):
        claim = report.claims[assessed.claim_id]
        about = {"claim": claim.claim_id, "claims": len(firsts)}
        none = {"origins": (), "found": "", "verdict": "", "reliability": ""}
        yield VerdictOverviewRow.of(claim, assessed, series="claim", **about, **none)
        for row in having(sources, claim_id=claim.claim_id):
            yield VerdictOverviewRow.of(claim, row, series="source", rating="", **about)


def _chosen(firsts: list[AssessmentRow]) -> list[AssessmentRow]:
    """Those that are drawn: none where no source speaks of any, those that one speaks of before others."""
    kept = sorted(firsts, key=lambda row: row.rating == "unchecked")[:MOST_CLAIMS]
    return [row for row in firsts if row in kept] if any(row.rating != "unchecked" for row in kept) else []


def _lines(rows: Rows) -> list[_Line]:
    """The rows of each claim together."""
    lines: list[_Line] = []
    for row in rows:
        if row.series == "claim":
            lines.append(_Line(row, []))
        else:
            lines[-1].sources.append(row)
    return lines


def _end(lines: list[_Line]) -> int:
    """Where the axis ends: no wider than what is on it needs."""
    reach = [abs(value) for line in lines for *_, value in line.scaled]
    for own in (line.claim.distance(line.claim) for line in lines):
        reach += [abs(float(end)) for end in (own.range.low, own.range.high) if end is not None] if own else []
    return next((end for end in ENDS if end >= max(reach, default=0)), ENDS[-1])


def _draw(rows: Rows, picture: Picture, context: FigureContext) -> None:
    lines = _lines(rows)
    axes, strip = picture.subplots(1, 2, sharey=True, width_ratios=[5, 1])
    picture.set_layout_engine("constrained", wspace=0, w_pad=0.03)
    end = _end(lines)
    axes.axvline(0, color="#AAAAAA", lw=0.7, zorder=1)
    top, centres = -0.5, []
    for number, line in enumerate(lines):
        levels = _levels([value for *_, value in line.scaled], end)
        height = max(1.0, max(levels, default=0) - min(levels, default=0) + 0.4)
        for panel in (axes, strip) if number % 2 else ():
            panel.axhspan(top, top + height, color="#F3F3F3", lw=0, zorder=0)
        centres.append(top + height / 2)
        top += height
        _draw_line(axes, line, centres[-1], levels, end, context)
        _draw_strip(strip, line, centres[-1], context)
    axes.set_yticks(centres, [_label(line.claim, context) for line in lines], fontsize=7, linespacing=1.1)
    axes.set_ylim(top, -0.5)
    _set_axes(axes, strip, end, context)
    picture.legend(handles=_keys(lines, context), loc="outside lower center", ncols=2, columnspacing=3)


def _draw_line(axes: Axes, line: _Line, place: float, levels: list[float], end: int, context: FigureContext) -> None:
    """Draw a claim's own interval around its printed number, and the sources beside it."""
    if own := line.claim.distance(line.claim):
        low, high = own.range.low, own.range.high
        left, right = max(-end, -end if low is None else float(low)), min(end, end if high is None else float(high))
        axes.barh(place, right - left, 0.76, left, color=DERIVED, alpha=0.45, lw=0, zorder=1)
        axes.plot([0, 0], [place - 0.38, place + 0.38], color=STATED, lw=2, zorder=2)
    for (row, off, value), level in zip(line.scaled, levels, strict=True):
        if abs(value) > end:
            side, at, colour = (1 if value > 0 else -1), place + level, VERDICTS[row.verdict]
            look = {"va": "center", "ha": "right" if side > 0 else "left", "fontsize": 7, "color": INK}
            # Beyond the axis: at its edge, with an arrow and the number.
            axes.plot(side * end, at, ">" if side > 0 else "<", color=colour, markersize=4, zorder=3)
            axes.plot([side * end * 0.94, side * end], [at, at], color=colour, lw=1, zorder=2)
            note(axes, _relative(off, context), (side * end * 0.94, at), (-6 * side, 0), **look)
            _mark(axes, side * end * 0.94, at, row)
        else:
            _draw_source(axes, row, off, place + level, end)


def _draw_source(axes: Axes, row: VerdictOverviewRow, off: Estimate, height: float, end: int) -> None:
    """Draw a source with its interval; one that is open to a side runs on for a mark's width, with an arrow."""
    assert off.value is not None
    value, colour = float(off.value), VERDICTS[row.verdict]
    ends = (off.range.low, -1, "<"), (off.range.high, 1, ">")
    left, right = (
        min(max(float(edge), -end), end) if edge is not None else value + 1.3 * _MARK * end * side
        for edge, side, _ in ends
    )
    axes.plot([left, right], [height, height], color=colour, lw=1, zorder=2)
    for (edge, _, marker), at in zip(ends, (left, right), strict=True):
        if edge is None:
            axes.plot(at, height, marker, color=colour, markersize=3, zorder=3)
    _mark(axes, value, height, row)


def _draw_strip(strip: Axes, line: _Line, place: float, context: FigureContext) -> None:
    """Draw the sources that have no place on the scale, and what all of them come to."""
    for number, row in enumerate(line.unscaled):
        apart = min(0.4, 1.6 / len(line.unscaled))
        _mark(strip, (number - (len(line.unscaled) - 1) / 2) * apart, place, row)
    rating, look = line.claim.rating, {"xycoords": strip.get_yaxis_transform(), "va": "center"}
    note(strip, RATING_SIGNS[rating], (1, place), (4, 0), fontsize=9, color=COLOURS.get(rating, FAINT), **look)
    note(strip, context.words.label("ratings", rating), (1, place), (18, 0), fontsize=7.5, color=INK, **look)


def _levels(values: Sequence[float], end: int) -> list[float]:
    """How far above or below its line each mark stands, so that none hides another, or a number at the edge."""
    lanes: list[list[tuple[float, float]]] = []
    chosen = []
    for value in values:
        left, right = _taken_up(value, end)
        free = (n for n, marks in enumerate(lanes) if all(right < start or stop < left for start, stop in marks))
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((left, right))
        chosen.append(lane)
    return [(lane - (len(lanes) - 1) / 2) * _APART for lane in chosen]


def _taken_up(value: float, end: int) -> tuple[float, float]:
    """The part of the axis that a mark takes up, with its number where it stands at the edge."""
    if value > end:
        return (1 - _NUMBER) * end, end
    return (-end, (_NUMBER - 1) * end) if value < -end else (value - _MARK * end, value + _MARK * end)


def _mark(axes: Axes, x: float, y: float, row: VerdictOverviewRow) -> None:
    colour = VERDICTS[row.verdict]
    hollow, edge, width = (False, "white", 0.7) if row.verdict == "agrees" else (True, colour, 1.2)
    marker, size = MARKERS.get(row.reliability, "D"), SIZES.get(row.reliability, 5.4)
    mark(axes, x, y, marker, colour, size, hollow=hollow, markeredgecolor=edge, markeredgewidth=width, zorder=4)


def _set_axes(axes: Axes, strip: Axes, end: int, context: FigureContext) -> None:
    axes.set(xlim=(-end * 1.03, end * 1.03), xlabel=context.say("x"))
    in_numbers(axes, "x", context, signed=True)
    strip.set(xlim=(-1, 1), xticks=[])
    # Below the last number along the other axis.
    strip.set_xlabel(context.say("strip"), labelpad=16)
    strip.spines["left"].set_visible(False)
    strip.tick_params(axis="y", length=0)
    for panel in (axes, strip):
        panel.grid(axis="y", visible=False)


def _keys(lines: list[_Line], context: FigureContext) -> list[Artist]:
    """The key: marks by reliability and by verdict, as far as they are there."""
    drawn = [row for line in lines for row in line.sources]
    keys: list[Artist] = []
    for name, marker in MARKERS.items():
        if having(drawn, reliability=name):
            keys.append(mark_key(marker, FAINT, context.say(name), size=SIZES[name]))
    for verdict, colour in VERDICTS.items():
        if having(drawn, verdict=verdict):
            keys.append(mark_key("o", colour, context.say(verdict), hollow=verdict == "differs"))
    if any(line.claim.amount for line in lines):
        keys.append(Patch(color=DERIVED, alpha=0.45, lw=0, label=context.say("band")))
    return keys


def _label(claim: VerdictOverviewRow, context: FigureContext) -> str:
    """A claim in two lines: what it measures, and its number."""
    kind, period = _kind(claim, context), _period(claim, context)
    case = f"{'kind' if kind else 'number'}{'_dated' if period else ''}"
    about = {"measure": context.measure(claim), "claim": _number(claim, context)}
    parts = sentence(context.say(f"label.{case}", kind=kind, period=period, **about)).splitlines()
    return "\n".join(textwrap.shorten(part, MOST_LETTERS, placeholder=" \u2026") for part in parts)


def _caption(rows: Rows, context: FigureContext) -> Iterator[str]:
    lines = _lines(rows)
    yield context.say("caption.claims")
    if any(abs(value) > _end(lines) for line in lines for *_, value in line.scaled):
        yield context.say("caption.beyond")
    if left_out := rows[0].claims - len(lines):
        yield context.say("caption.left_out", n=left_out)
    yield context.say("caption.rating")


def _alt(rows: Rows, context: FigureContext) -> Iterator[str]:
    for line in _lines(rows):
        claim = line.claim
        kind, period = _kind(claim, context), _period(claim, context)
        text = context.measure(claim) + (f" ({kind})" if kind else "") + f", {_number(claim, context)}"
        text += f", {period}" if period else ""
        text += f" ({context.words.span(claim.amount, claim.unit)})" if claim.amount else ""
        yield f"{text}: {context.words.label('ratings', claim.rating)}."
        for row in line.sources:
            reliability, off = context.words.label("reliabilities", row.reliability), claim.distance(row)
            value, relative = _number(row, context), _relative(off, context) if off else ""
            text = context.say(f"alt.{row.verdict}", reliability=reliability)
            yield text + (f": {value}" if value else "") + (f" ({relative})" if relative else "") + "."


def _relative(off: Estimate, context: FigureContext) -> str:
    """How far a source lies from a claim, in percent of it, with its sign."""
    assert off.value is not None
    return context.signed(exactly(off.value / 100))


def _kind(claim: VerdictOverviewRow, context: FigureContext) -> str:
    """Its kind, where that is not plain from the number."""
    return context.words.label("kinds", claim.kind) if claim.kind in {"change", "target", "count"} else ""


def _period(claim: VerdictOverviewRow, context: FigureContext) -> str:
    """Its period; that of a date is the date itself."""
    return context.words.period(claim.period) if claim.period and claim.unit != DATE else ""


def _number(row: VerdictOverviewRow, context: FigureContext) -> str:
    """A number as it is printed, or to the digits that count where a source has worked it out."""
    if row.series == "source" and row.value is None:
        return ""
    worked_out = row.series == "source" and (row.status != "press" or row.found == "growth")
    if worked_out and isinstance(row.value, Estimate):
        return context.words.known(row.value, row.unit)
    return context.printed(row)


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 1.6 + 0.32 * len(having(rows, series="claim")))
