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
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import in_numbers, mark, mark_key, note, span_of
from dalil.report.figures.drawing.placing import lanes
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


def _lines(rows: Rows) -> list[Rows]:
    """Each claim, with the sources beside it."""
    return split(rows, lambda row: row.claim)


def _scaled(line: Rows) -> list[tuple[VerdictOverviewRow, Estimate]]:
    """The sources of a line that have a place on the scale, with how far off they are."""
    distances = ((row, line[0].distance(row)) for row in line[1:])
    return [(row, off) for row, off in distances if off is not None]


def _end(lines: list[Rows]) -> int:
    """Where the axis ends: no wider than what is on it needs."""
    reach = [abs(span_of(off)[1]) for line in lines for _, off in _scaled(line)]
    own = [claim.distance(claim) for claim, *_ in lines]
    reach += [abs(end) for one in own if one is not None for end in span_of(one)]
    return next((end for end in ENDS if end >= max(reach, default=0)), ENDS[-1])


def _draw(rows: Rows, picture: Picture, context: FigureContext) -> None:
    lines = _lines(rows)
    axes, strip = picture.subplots(1, 2, sharey=True, width_ratios=[5, 1])
    picture.set_layout_engine("constrained", wspace=0, w_pad=0.03)
    end = _end(lines)
    axes.axvline(0, color="#AAAAAA", lw=0.7, zorder=1)
    top, centres = -0.5, []
    for number, line in enumerate(lines):
        levels = _levels([span_of(off)[1] for _, off in _scaled(line)], end)
        height = max(1.0, max(levels, default=0) - min(levels, default=0) + 0.4)
        for panel in (axes, strip) if number % 2 else ():
            panel.axhspan(top, top + height, color="#F3F3F3", lw=0, zorder=0)
        centres.append(top + height / 2)
        top += height
        _draw_own(axes, line[0], centres[-1], end)
        for (row, off), level in zip(_scaled(line), levels, strict=True):
            _draw_source(axes, row, off, centres[-1] + level, end, _relative(off, context))
        _draw_strip(strip, line, centres[-1], context)
    axes.set_yticks(centres, [_label(line[0], context) for line in lines], fontsize=7, linespacing=1.1)
    axes.set_ylim(top, -0.5)
    _set_axes(axes, strip, end, context)
    picture.legend(handles=_keys(rows, context), loc="outside lower center", ncols=2, columnspacing=3)


def _draw_own(axes: Axes, claim: VerdictOverviewRow, place: float, end: int) -> None:
    """Draw a claim's own interval around its printed number."""
    if own := claim.distance(claim):
        low, high = own.range.low, own.range.high
        left, right = max(-end, -end if low is None else float(low)), min(end, end if high is None else float(high))
        axes.barh(place, right - left, 0.76, left, color=DERIVED, alpha=0.45, lw=0, zorder=1)
        axes.plot([0, 0], [place - 0.38, place + 0.38], color=STATED, lw=2, zorder=2)


def _draw_source(axes: Axes, row: VerdictOverviewRow, off: Estimate, height: float, end: int, number: str) -> None:
    """Draw a source with its interval, whose open ends are arrows; beyond the axis, at its edge with the number."""
    (low, value, high), colour, side = span_of(off), VERDICTS[row.verdict], 1 if off.value and off.value > 0 else -1
    if abs(value) > end:
        at, arrows, size = side * end * 0.94, ["<>"[side > 0]], 4
        low, high = sorted((at, side * end))
    else:
        at, arrows, size = (
            value,
            [head for head, edge in (("<", off.range.low), (">", off.range.high)) if edge is None],
            3,
        )
        low = at - 1.3 * _MARK * end if "<" in arrows else min(max(low, -end), end)
        high = at + 1.3 * _MARK * end if ">" in arrows else min(max(high, -end), end)
    axes.plot([low, high], [height, height], color=colour, lw=1, zorder=2)
    for head in arrows:
        axes.plot(low if head == "<" else high, height, head, color=colour, markersize=size, zorder=3)
    if abs(value) > end:
        align = "right" if side > 0 else "left"
        note(axes, number, (at, height), (-6 * side, 0), va="center", ha=align, fontsize=7, color=INK)
    _mark(axes, at, height, row)


def _draw_strip(strip: Axes, line: Rows, place: float, context: FigureContext) -> None:
    """Draw the sources that have no place on the scale, and what all of them come to."""
    claim, *sources = line
    unscaled = [row for row in sources if claim.distance(row) is None]
    for number, row in enumerate(unscaled):
        _mark(strip, (number - (len(unscaled) - 1) / 2) * min(0.4, 1.6 / len(unscaled)), place, row)
    rating, look = claim.rating, {"xycoords": strip.get_yaxis_transform(), "va": "center"}
    note(strip, RATING_SIGNS[rating], (1, place), (4, 0), fontsize=9, color=COLOURS.get(rating, FAINT), **look)
    note(strip, context.words.label("ratings", rating), (1, place), (18, 0), fontsize=7.5, color=INK, **look)


def _levels(values: Sequence[float], end: int) -> list[float]:
    """How far above or below its line each mark stands, so that none hides another, or a number at the edge."""
    chosen = lanes(_taken_up(value, end) for value in values)
    return [(lane - max(chosen) / 2) * _APART for lane in chosen]


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


def _keys(rows: Rows, context: FigureContext) -> list[Artist]:
    """The key: marks by reliability and by verdict, as far as they are there."""
    keys: list[Artist] = []
    for name, marker in MARKERS.items():
        if having(rows, reliability=name):
            keys.append(mark_key(marker, FAINT, context.say(name), size=SIZES[name]))
    for verdict, colour in VERDICTS.items():
        if having(rows, verdict=verdict):
            keys.append(mark_key("o", colour, context.say(verdict), hollow=verdict == "differs"))
    if any(row.amount for row in having(rows, series="claim")):
        keys.append(Patch(color=DERIVED, alpha=0.45, lw=0, label=context.say("band")))
    return keys


def _about(claim: VerdictOverviewRow, context: FigureContext) -> dict[str, str]:
    """What a claim measures and its number; its kind, where that is not plain from it; and its period.

    The period of a date is the date itself.
    """
    kind = context.words.label("kinds", claim.kind) if claim.kind in {"change", "target", "count"} else ""
    period = context.words.period(claim.period) if claim.period and claim.unit != DATE else ""
    return {"measure": context.measure(claim), "claim": _number(claim, context), "kind": kind, "period": period}


def _label(claim: VerdictOverviewRow, context: FigureContext) -> str:
    """A claim in two lines: what it measures, and its number."""
    about = _about(claim, context)
    case = f"{'kind' if about['kind'] else 'number'}{'_dated' if about['period'] else ''}"
    parts = sentence(context.say(f"label.{case}", **about)).splitlines()
    return "\n".join(textwrap.shorten(part, MOST_LETTERS, placeholder=" \u2026") for part in parts)


def _caption(rows: Rows, context: FigureContext) -> Iterator[str]:
    lines = _lines(rows)
    yield context.say("caption.claims")
    if any(abs(span_of(off)[1]) > _end(lines) for line in lines for _, off in _scaled(line)):
        yield context.say("caption.beyond")
    if left_out := rows[0].claims - len(lines):
        yield context.say("caption.left_out", n=left_out)
    yield context.say("caption.rating")


def _alt(rows: Rows, context: FigureContext) -> Iterator[str]:
    for claim, *sources in _lines(rows):
        about = _about(claim, context)
        text = about["measure"] + (f" ({about['kind']})" if about["kind"] else "") + f", {about['claim']}"
        text += f", {about['period']}" if about["period"] else ""
        text += f" ({context.words.span(claim.amount, claim.unit)})" if claim.amount else ""
        yield f"{text}: {context.words.label('ratings', claim.rating)}."
        for row in sources:
            reliability, off = context.words.label("reliabilities", row.reliability), claim.distance(row)
            value, relative = _number(row, context), _relative(off, context) if off else ""
            text = context.say(f"alt.{row.verdict}", reliability=reliability)
            yield text + (f": {value}" if value else "") + (f" ({relative})" if relative else "") + "."


def _relative(off: Estimate, context: FigureContext) -> str:
    """How far a source lies from a claim, in percent of it, with its sign."""
    assert off.value is not None
    return context.signed(exactly(off.value / 100))


def _number(row: VerdictOverviewRow, context: FigureContext) -> str:
    """A number as it is printed, or to the digits that count where a source has worked it out."""
    if row.series == "source" and row.value is None:
        return ""
    worked_out = row.series == "source" and (row.status != "press" or row.found == "growth")
    if worked_out and isinstance(row.value, Estimate):
        return context.words.known(row.value, row.unit)
    return context.printed(row)


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 1.6 + 0.32 * len(having(rows, series="claim")))
