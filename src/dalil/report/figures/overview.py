"""The overview: one line a claim, with what each source says of it and what that comes to."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from dalil.report.figures.style import DERIVED, STATED, TARGET, Drawing, Words, in_numbers
from dalil.report.prose.claims import RATING_SIGNS
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import said
from dalil.tables.writing import Row, numbers

INK, FAINT = "#333333", "#6B6B6B"

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
class _Compared:
    """A source held against a claim: in percent of it where both are amounts, an open end of its interval as none."""

    row: Row
    low: Fraction | None
    value: Fraction | None
    high: Fraction | None


def _listed(material: ReportContext) -> list[Row]:
    """Claims that are made for the first time, in the order of the article; none where no source speaks of any."""
    firsts = [row for row in material.table("assessments") if not row["first"]]
    spoken = [row for row in firsts if row["rating"] != "unchecked"]
    if not spoken:
        return []
    kept = [row["claim_id"] for row in [*spoken, *(row for row in firsts if row not in spoken)][:MOST_CLAIMS]]
    return [row for row in firsts if row["claim_id"] in kept]


def _compared(material: ReportContext, claim: Row) -> list[_Compared]:
    """The sources that agree with a claim or differ from it."""
    rows = [row for row in material.table("sources") if row["claim_id"] == claim["claim_id"]]
    return [_relative(claim, row) for row in rows if row["verdict"] in {"agrees", "differs"}]


def _relative(claim: Row, row: Row) -> _Compared:
    if not _is_amount(claim) or not row["value"] or row["unit"] != claim["unit"]:
        return _Compared(row, None, None, None)
    value, low, high = (_percent_of(claim, end) for end in numbers(row))
    return _Compared(row, low, value, high)


def _is_amount(claim: Row) -> bool:
    """Whether a source can be put in percent of a claim: not of a date, a rank, zero or no number."""
    if claim["unit"] == "date" or claim["kind"] == "rank" or not claim["value"]:
        return False
    return Fraction(claim["value"]) != 0


def _percent_of(claim: Row, end: Fraction | None) -> Fraction | None:
    """How far something lies above a claim, in percent of it."""
    printed = Fraction(claim["value"])
    return None if end is None else (end - printed) / abs(printed) * 100


def _end(material: ReportContext, rows: list[Row]) -> int:
    """Where the axis ends: no wider than what is on it needs."""
    reach = [Fraction(0)]
    for row in rows:
        claim = material.claims[row["claim_id"]]
        if _is_amount(claim):
            reach += [abs(end) for end in (_percent_of(claim, one) for one in numbers(claim)) if end is not None]
            reach += [abs(one.value) for one in _compared(material, claim) if one.value is not None]
    return next((end for end in ENDS if end >= max(reach)), ENDS[-1])


def _draw(material: ReportContext, picture: Figure) -> None:
    rows, say = _listed(material), material.say
    axes, strip = picture.subplots(1, 2, sharey=True, width_ratios=[5, 1])
    picture.set_layout_engine("constrained", wspace=0, w_pad=0.03)
    end = _end(material, rows)
    axes.axvline(0, color="#AAAAAA", lw=0.7, zorder=1)
    top, centres = -0.5, []
    for number, row in enumerate(rows):
        claim = material.claims[row["claim_id"]]
        compared = _compared(material, claim)
        amounts = [(one, float(one.value)) for one in compared if one.value is not None]
        levels = _levels([value for _, value in amounts], end)
        height = max(1.0, max(levels, default=0) - min(levels, default=0) + 0.4)
        place = top + height / 2
        centres.append(place)
        if number % 2:
            for panel in (axes, strip):
                panel.axhspan(top, top + height, color="#F3F3F3", lw=0, zorder=0)
        top += height
        if _is_amount(claim):
            _draw_claim(axes, claim, place, end)
        for (one, value), level in zip(amounts, levels, strict=True):
            _draw_source(material, axes, one, value, place + level, end)
        others = [one for one in compared if one.value is None]
        for nth, one in enumerate(others):
            apart = min(0.4, 1.6 / len(others))
            _mark(strip, (nth - (len(others) - 1) / 2) * apart, place, one.row)
        sign, colour = RATING_SIGNS[row["rating"]], COLOURS.get(row["rating"], FAINT)
        for text, shift, shade in ((sign, 4, colour), (material.wording.label("ratings", row["rating"]), 18, INK)):
            strip.annotate(
                text, (1, place), xycoords=strip.get_yaxis_transform(), xytext=(shift, 0), textcoords="offset points",
                va="center", fontsize=9 if text == sign else 7.5, color=shade,
            )  # fmt: skip
    axes.set_yticks(centres, [_label(material, row) for row in rows], fontsize=7, linespacing=1.1)
    axes.set_ylim(top, -0.5)
    axes.set_xlim(-end * 1.03, end * 1.03)
    in_numbers(axes.xaxis, material.wording, signed=True)
    axes.set_xlabel(say("figures.verdict-overview.x"))
    strip.set_xlim(-1, 1)
    strip.set_xticks([])
    # Below the last number along the other axis.
    strip.set_xlabel(say("figures.verdict-overview.strip"), labelpad=16)
    strip.spines["left"].set_visible(False)
    strip.tick_params(axis="y", length=0)
    for panel in (axes, strip):
        panel.grid(axis="y", visible=False)
    picture.legend(handles=_keys(material, rows), loc="outside lower center", ncols=2, columnspacing=3)


def _draw_claim(axes: Axes, claim: Row, place: float, end: int) -> None:
    """The claim's own interval around its printed number."""
    _, low, high = (_percent_of(claim, one) for one in numbers(claim))
    left, right = max(-end, -end if low is None else float(low)), min(end, end if high is None else float(high))
    axes.barh(place, right - left, 0.76, left, color=DERIVED, alpha=0.45, lw=0, zorder=1)
    axes.plot([0, 0], [place - 0.38, place + 0.38], color=STATED, lw=2, zorder=2)


def _levels(values: Sequence[float], end: int) -> list[float]:
    """How far above or below its line each mark stands, so that none hides another, or a number at the edge."""
    taken: list[list[tuple[float, float]]] = []
    lanes = []
    for value in values:
        left, right = _taken_up(value, end)
        free = (n for n, held in enumerate(taken) if all(right < start or stop < left for start, stop in held))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        lanes.append(lane)
    return [(lane - (len(taken) - 1) / 2) * _APART for lane in lanes]


def _taken_up(value: float, end: int) -> tuple[float, float]:
    """The part of the axis that a mark takes up, with its number where it stands at the edge."""
    if value > end:
        return (1 - _NUMBER) * end, end
    return (-end, (_NUMBER - 1) * end) if value < -end else (value - _MARK * end, value + _MARK * end)


def _draw_source(material: ReportContext, axes: Axes, one: _Compared, value: float, height: float, end: int) -> None:
    """A source's mark, with its interval; beyond the axis at its edge, with an arrow and the number."""
    colour = _colour(one.row)
    if abs(value) > end:
        side = 1 if value > 0 else -1
        at = side * end * 0.94
        axes.plot(side * end, height, ">" if side > 0 else "<", color=colour, markersize=4, zorder=3)
        axes.plot([at, side * end], [height, height], color=colour, lw=1, zorder=2)
        axes.annotate(
            _written(material, one), (at, height), xytext=(-6 * side, 0), textcoords="offset points", va="center",
            ha="right" if side > 0 else "left", fontsize=7, color=INK,
        )  # fmt: skip
        _mark(axes, at, height, one.row)
        return
    # An interval that is open to one side runs on for the width of a mark, with an arrow.
    left, right = (
        min(max(float(edge), -end), end) if edge is not None else value + 1.3 * _MARK * end * side
        for edge, side in ((one.low, -1), (one.high, 1))
    )
    axes.plot([left, right], [height, height], color=colour, lw=1, zorder=2)
    for edge, at, marker in ((one.low, left, "<"), (one.high, right, ">")):
        if edge is None:
            axes.plot(at, height, marker, color=colour, markersize=3, zorder=3)
    _mark(axes, value, height, one.row)


def _mark(axes: Axes, x: float, y: float, row: Row) -> None:
    agrees = row["verdict"] == "agrees"
    axes.plot(
        x, y, MARKERS.get(row["reliability"], "D"), color=_colour(row), markersize=SIZES.get(row["reliability"], 5.4),
        markeredgewidth=0.7 if agrees else 1.2, markeredgecolor="white" if agrees else _colour(row),
        markerfacecolor=_colour(row) if agrees else "white", zorder=4,
    )  # fmt: skip


def _colour(row: Row) -> str:
    return STATED if row["verdict"] == "agrees" else TARGET


def _label(material: ReportContext, row: Row) -> str:
    """A claim in two lines: what it measures, and its number."""
    lines = material.say("figures.verdict-overview.row", **_claim_words(material, row)).splitlines()
    return "\n".join(textwrap.shorten(line, MOST_LETTERS, placeholder=" \u2026") for line in lines)


def _claim_words(material: ReportContext, row: Row) -> Words:
    claim = material.claim(row["claim_id"])
    return {
        "claim": claim,
        "kind": claim.row["kind"],
        "date": claim.row["unit"] == "date",
        "kind_label": material.wording.label("kinds", claim.row["kind"]),
        "rating": material.wording.label("ratings", row["rating"]),
    }


def _keys(material: ReportContext, rows: list[Row]) -> list[Artist]:
    """The key: marks by reliability and by verdict, as far as they are there."""
    say = material.say
    drawn = [one.row for row in rows for one in _compared(material, material.claims[row["claim_id"]])]
    keys: list[Artist] = [
        Line2D([], [], ls="none", marker=MARKERS[name], color=FAINT, markersize=SIZES[name],
               label=say(f"figures.verdict-overview.{name}"))
        for name in MARKERS
        if any(row["reliability"] == name for row in drawn)
    ]  # fmt: skip
    for verdict, face in (("agrees", STATED), ("differs", "white")):
        if any(row["verdict"] == verdict for row in drawn):
            colour = _colour({"verdict": verdict})
            label = say(f"figures.verdict-overview.{verdict}")
            keys.append(
                Line2D([], [], ls="none", marker="o", color=colour, markerfacecolor=face, markersize=6, label=label)
            )
    if any(_is_amount(material.claims[row["claim_id"]]) for row in rows):
        keys.append(Patch(color=DERIVED, alpha=0.45, lw=0, label=say("figures.verdict-overview.band")))
    return keys


def _written(material: ReportContext, one: _Compared) -> str:
    """How far a source lies from a claim, in percent of it, with its sign."""
    if one.value is None:
        return ""
    exact = one.value / 100
    text = material.wording.amount(exact, exact, exact, "ratio")
    return f"+{text}" if exact > 0 else text


def _words(material: ReportContext) -> Words:
    listed = _listed(material)
    rows = []
    for row in listed:
        claim = material.claims[row["claim_id"]]
        span = material.wording.span(claim.value, claim["unit"]) if _is_amount(claim) else ""
        sources = [
            {
                "value": said(material.wording, one.row),
                "relative": _written(material, one),
                "verdict": one.row["verdict"],
                "reliability": one.row["reliability"],
            }
            for one in _compared(material, claim)
        ]
        rows.append({**_claim_words(material, row), "range": span, "sources": sources})
    firsts = [row for row in material.table("assessments") if not row["first"]]
    edge = _end(material, listed)
    values = [one.value for row in listed for one in _compared(material, material.claims[row["claim_id"]])]
    return {
        "rows": rows,
        "left_out": len(firsts) - len(listed),
        "beyond": any(value is not None and abs(value) > edge for value in values),
    }


OVERVIEW_DRAWINGS: dict[str, Drawing] = {
    "verdict-overview": Drawing(_listed, _draw, lambda rows: 1.6 + 0.32 * rows, ("assessments", "sources"), _words),
}
