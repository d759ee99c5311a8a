"""The overview: one line a claim, with what each source says of it and what that comes to."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from dalil.claims.entries import Kind
from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, in_numbers
from dalil.report.figures.drawing.rows import MeasuredRow
from dalil.report.figures.drawing.style import DERIVED, FAINT, INK, STATED, TARGET
from dalil.report.prose.claims import RATING_SIGNS
from dalil.report.prose.context import ReportContext
from dalil.tables.row import DATE, Value
from dalil.tables.rows import AssessmentRow, ClaimRow, SourceRow
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
# Colours of the ratings: for what is borne out, for what is not; those of neither are faint.
COLOURS = {
    "confirmed": STATED, "supported": STATED, "disputed": TARGET, "doubtful": TARGET, "contradicted": TARGET,
    "not-reproduced": TARGET,
}  # fmt: skip

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
    def is_amount(self) -> bool:
        """Whether a source can be put in percent of it: not of a date, a rank, zero or no number."""
        return isinstance(self.value, Estimate) and self.kind != "rank" and bool(self.value.value)


@dataclass(frozen=True)
class _Source:
    """A source held against a claim: in percent of it where both are amounts."""

    row: VerdictOverviewRow
    distance: Estimate | None

    @property
    def value(self) -> Fraction | None:
        """How far it lies from the claim."""
        return None if self.distance is None else self.distance.value


@dataclass(frozen=True)
class _Line:
    """A line of the figure: a claim and the sources beside it."""

    claim: VerdictOverviewRow
    sources: list[_Source]

    @property
    def scaled(self) -> list[tuple[_Source, float]]:
        """The sources that stand on the scale, with their place on it."""
        return [(source, float(source.value)) for source in self.sources if source.value is not None]

    @property
    def unscaled(self) -> list[_Source]:
        """The sources that only agree or differ."""
        return [source for source in self.sources if source.value is None]


def _rows(report: ReportContext) -> list[VerdictOverviewRow]:
    """Claims that are made for the first time, in the article's order, each with the sources that settle it."""
    claims = report.claims
    firsts = [row for row in report.rows(AssessmentRow) if not row.first]
    sources = [row for row in report.rows(SourceRow) if row.verdict in {"agrees", "differs"}]
    return [
        row
        for assessed in _chosen(firsts)
        for row in (
            _claim(claims[assessed.claim_id], assessed, len(firsts)),
            *(_source(claims[row.claim_id], row, len(firsts)) for row in sources if row.claim_id == assessed.claim_id),
        )
    ]


def _chosen(firsts: list[AssessmentRow]) -> list[AssessmentRow]:
    """Those that are drawn: none where no source speaks of any, those that one speaks of before others."""
    spoken = [row for row in firsts if row.rating != "unchecked"]
    if not spoken:
        return []
    kept = [*spoken, *(row for row in firsts if row not in spoken)][:MOST_CLAIMS]
    return [row for row in firsts if row in kept]


def _claim(claim: ClaimRow, assessed: AssessmentRow, claims: int) -> VerdictOverviewRow:
    return VerdictOverviewRow(
        claim.measure, claim.subject, "claim", claim.claim_id, claims, claim.kind, claim.period, claim.comparator,
        claim.value, claim.unit, assessed.rating, (), "", claim.status, "", "",
    )  # fmt: skip


def _source(claim: ClaimRow, source: SourceRow, claims: int) -> VerdictOverviewRow:
    return VerdictOverviewRow(
        claim.measure, claim.subject, "source", claim.claim_id, claims, claim.kind, source.period, source.comparator,
        source.value, source.unit, "", source.origins, source.found, source.status, source.verdict, source.reliability,
    )  # fmt: skip


def _lines(rows: list[VerdictOverviewRow]) -> list[_Line]:
    """The rows of each claim together; one whose sources are in another unit is compared without a scale."""
    lines: list[_Line] = []
    for row in rows:
        if row.series == "claim":
            lines.append(_Line(row, []))
        else:
            lines[-1].sources.append(_Source(row, _distance(lines[-1].claim, row)))
    return lines


def _distance(claim: VerdictOverviewRow, row: VerdictOverviewRow) -> Estimate | None:
    """How far a number lies above a claim, in percent of it."""
    printed = claim.value.value if claim.is_amount and isinstance(claim.value, Estimate) else None
    number = row.value
    if printed is None or row.unit != claim.unit or not isinstance(number, Estimate) or number.value is None:
        return None
    ends = (number.value, number.range.low, number.range.high)
    value, low, high = (None if end is None else (end - printed) / abs(printed) * 100 for end in ends)
    return Estimate(value, Interval(low, high))


def _end(lines: list[_Line]) -> int:
    """Where the axis ends: no wider than what is on it needs."""
    reach = [abs(value) for line in lines for _, value in line.scaled]
    for line in lines:
        if own := _distance(line.claim, line.claim):
            reach += [abs(float(end)) for end in (own.range.low, own.range.high) if end is not None]
    return next((end for end in ENDS if end >= max(reach, default=0)), ENDS[-1])


def _draw(rows: list[VerdictOverviewRow], picture: Picture, context: FigureContext) -> None:
    lines = _lines(rows)
    axes, strip = picture.subplots(1, 2, sharey=True, width_ratios=[5, 1])
    picture.set_layout_engine("constrained", wspace=0, w_pad=0.03)
    end = _end(lines)
    axes.axvline(0, color="#AAAAAA", lw=0.7, zorder=1)
    top, centres = -0.5, []
    for number, line in enumerate(lines):
        levels = _levels([value for _, value in line.scaled], end)
        height = max(1.0, max(levels, default=0) - min(levels, default=0) + 0.4)
        if number % 2:
            for panel in (axes, strip):
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
    if own := _distance(line.claim, line.claim):
        low, high = own.range.low, own.range.high
        left, right = max(-end, -end if low is None else float(low)), min(end, end if high is None else float(high))
        axes.barh(place, right - left, 0.76, left, color=DERIVED, alpha=0.45, lw=0, zorder=1)
        axes.plot([0, 0], [place - 0.38, place + 0.38], color=STATED, lw=2, zorder=2)
    for (source, value), level in zip(line.scaled, levels, strict=True):
        if abs(value) > end:
            _draw_beyond(axes, source, 1 if value > 0 else -1, place + level, end, context)
        else:
            _draw_source(axes, source, value, place + level, end)


def _draw_strip(strip: Axes, line: _Line, place: float, context: FigureContext) -> None:
    """Draw the sources that have no place on the scale, and what all of them come to."""
    for number, source in enumerate(line.unscaled):
        apart = min(0.4, 1.6 / len(line.unscaled))
        _mark(strip, (number - (len(line.unscaled) - 1) / 2) * apart, place, source.row)
    rating, margin = line.claim.rating, strip.get_yaxis_transform()
    sign = beside((4, 0), va="center", fontsize=9, color=COLOURS.get(rating, FAINT))
    strip.annotate(RATING_SIGNS[rating], (1, place), xycoords=margin, **sign)
    name = beside((18, 0), va="center", fontsize=7.5, color=INK)
    strip.annotate(context.words.label("ratings", rating), (1, place), xycoords=margin, **name)


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


def _draw_beyond(axes: Axes, source: _Source, side: int, height: float, end: int, context: FigureContext) -> None:
    """Draw a source that lies beyond the axis at its edge, with an arrow and the number."""
    at, colour = side * end * 0.94, _colour(source.row.verdict)
    axes.plot(side * end, height, ">" if side > 0 else "<", color=colour, markersize=4, zorder=3)
    axes.plot([at, side * end], [height, height], color=colour, lw=1, zorder=2)
    look = beside((-6 * side, 0), va="center", ha="right" if side > 0 else "left", fontsize=7, color=INK)
    axes.annotate(_relative(source, context), (at, height), **look)
    _mark(axes, at, height, source.row)


def _draw_source(axes: Axes, source: _Source, value: float, height: float, end: int) -> None:
    """Draw a source with its interval; one that is open to a side runs on for a mark's width, with an arrow."""
    assert source.distance is not None
    ends = (source.distance.range.low, -1, "<"), (source.distance.range.high, 1, ">")
    left, right = (
        min(max(float(edge), -end), end) if edge is not None else value + 1.3 * _MARK * end * side
        for edge, side, _ in ends
    )
    colour = _colour(source.row.verdict)
    axes.plot([left, right], [height, height], color=colour, lw=1, zorder=2)
    for (edge, _, marker), at in zip(ends, (left, right), strict=True):
        if edge is None:
            axes.plot(at, height, marker, color=colour, markersize=3, zorder=3)
    _mark(axes, value, height, source.row)


def _mark(axes: Axes, x: float, y: float, row: VerdictOverviewRow) -> None:
    agrees, colour = row.verdict == "agrees", _colour(row.verdict)
    axes.plot(
        x, y, MARKERS.get(row.reliability, "D"), color=colour, markersize=SIZES.get(row.reliability, 5.4),
        markeredgewidth=0.7 if agrees else 1.2, markeredgecolor="white" if agrees else colour,
        markerfacecolor=colour if agrees else "white", zorder=4,
    )  # fmt: skip


def _colour(verdict: str) -> str:
    return STATED if verdict == "agrees" else TARGET


def _set_axes(axes: Axes, strip: Axes, end: int, context: FigureContext) -> None:
    axes.set_xlim(-end * 1.03, end * 1.03)
    in_numbers(axes.xaxis, context, signed=True)
    axes.set_xlabel(context.say("x"))
    strip.set_xlim(-1, 1)
    strip.set_xticks([])
    # Below the last number along the other axis.
    strip.set_xlabel(context.say("strip"), labelpad=16)
    strip.spines["left"].set_visible(False)
    strip.tick_params(axis="y", length=0)
    for panel in (axes, strip):
        panel.grid(axis="y", visible=False)


def _keys(lines: list[_Line], context: FigureContext) -> list[Artist]:
    """The key: marks by reliability and by verdict, as far as they are there."""
    drawn = [source.row for line in lines for source in line.sources]
    keys: list[Artist] = [
        Line2D([], [], ls="none", marker=marker, color=FAINT, markersize=SIZES[name], label=context.say(name))
        for name, marker in MARKERS.items()
        if any(row.reliability == name for row in drawn)
    ]
    for verdict, face in (("agrees", STATED), ("differs", "white")):
        if any(row.verdict == verdict for row in drawn):
            colour, label = _colour(verdict), context.say(verdict)
            keys.append(
                Line2D([], [], ls="none", marker="o", color=colour, markerfacecolor=face, markersize=6, label=label)
            )
    if any(line.claim.is_amount for line in lines):
        keys.append(Patch(color=DERIVED, alpha=0.45, lw=0, label=context.say("band")))
    return keys


def _label(claim: VerdictOverviewRow, context: FigureContext) -> str:
    """A claim in two lines: what it measures, and its number."""
    kind, period = _kind(claim, context), _period(claim, context)
    case = f"{'kind' if kind else 'number'}{'_dated' if period else ''}"
    text = context.say(
        f"label.{case}",
        measure=context.measure(claim),
        claim=_number(claim, context),
        kind=kind,
        period=period,
    )
    parts = sentence(text).splitlines()
    return "\n".join(textwrap.shorten(part, MOST_LETTERS, placeholder=" \u2026") for part in parts)


def _describe(rows: list[VerdictOverviewRow], context: FigureContext) -> Description:
    lines = _lines(rows)
    caption, end = [context.say("caption.claims")], _end(lines)
    if any(abs(value) > end for line in lines for _, value in line.scaled):
        caption.append(context.say("caption.beyond"))
    if left_out := rows[0].claims - len(lines):
        caption.append(context.say("caption.left_out", n=left_out))
    caption.append(context.say("caption.rating"))
    return Description(sentences(caption), sentences(part for line in lines for part in _alt(line, context)))


def _alt(line: _Line, context: FigureContext) -> Iterator[str]:
    claim = line.claim
    kind, period = _kind(claim, context), _period(claim, context)
    text = context.measure(claim) + (f" ({kind})" if kind else "") + f", {_number(claim, context)}"
    text += f", {period}" if period else ""
    if claim.is_amount and isinstance(claim.value, Estimate):
        text += f" ({context.words.span(claim.value, claim.unit)})"
    yield f"{text}: {context.words.label('ratings', claim.rating)}."
    for source in line.sources:
        reliability = context.words.label("reliabilities", source.row.reliability)
        text = context.say(f"alt.{source.row.verdict}", reliability=reliability)
        value, relative = _number(source.row, context), _relative(source, context)
        yield text + (f": {value}" if value else "") + (f" ({relative})" if relative else "") + "."


def _relative(source: _Source, context: FigureContext) -> str:
    """How far a source lies from a claim, in percent of it, with its sign."""
    return "" if source.value is None else context.signed(exactly(source.value / 100))


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
    return context.printed(row.value, row.comparator, row.unit)


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 1.6 + 0.32 * sum(row.series == "claim" for row in rows))
