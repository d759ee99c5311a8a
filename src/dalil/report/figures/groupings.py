"""Groupings: which sets of countries add up to a number that names none."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from dalil.numbers.intervals import Estimate, Interval
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, split
from dalil.report.figures.drawing.marks import legend_below, mark, mark_key, note, panels, rows_along, span_of
from dalil.report.figures.drawing.style import FAINT, INK, STATED
from dalil.report.prose.claims import year_runs
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import near
from dalil.tables.rows import ClaimRow, GroupingRow
from dalil.wording.messages import sentence

BAR = "#AAAAAA"

# Sets of countries that can be told apart below one another on a page; of more, those nearest to the claim are drawn.
MOST_SETS = 26
# Runs of years that a margin has room for.
MOST_RUNS = 3


@dataclass(frozen=True)
class GroupingsRow(MeasuredRow, table="groupings"):
    """What a set of countries adds up to over the years, beside a claim; ``tried`` sets were held against that."""

    claim: str
    comparator: str
    value: Estimate
    unit: str
    tried: int
    added: tuple[str, ...]
    first_year: int
    last_year: int
    lowest: Fraction
    highest: Fraction
    fits: tuple[int, ...]
    nearest_year: int
    nearest: Fraction


Sets = list[GroupingsRow]


def _rows(report: ReportContext) -> Iterator[GroupingsRow]:
    """The sets, claim by claim; of many, those that fit or come nearest, as many as there is room for."""
    tried = split(report.rows(GroupingRow), lambda row: row.claim_id)
    room = max(1, MOST_SETS // max(1, len(tried)))
    spare = MOST_SETS - sum(min(room, len(sets)) for sets in tried)
    for sets in tried:
        most = min(len(sets), room + max(0, spare))
        spare -= max(0, most - room)
        claim = report.claims[sets[0].claim_id]
        for row in _nearest(sets, claim, most):
            yield GroupingsRow.of(claim, row, claim=claim.claim_id, tried=len(sets))


def _nearest(sets: list[GroupingRow], claim: ClaimRow, most: int) -> list[GroupingRow]:
    """So many sets as there is room for, in their order: those that fit, then those that come nearest."""
    value = claim.estimate.value if claim.estimate else None
    assert value is not None
    chosen = sorted(sets, key=lambda row: (not row.fits, abs(row.nearest - value)))[:most]
    return [row for row in sets if row in chosen]


def _draw(rows: Sets, picture: Picture, context: FigureContext) -> None:
    drawn = _by_claim(rows)
    for axes, sets in panels(picture, drawn, heights=[len(sets) + 0.9 for sets in drawn]):
        ends = [end for row in sets for end in (row.lowest, row.highest)]
        scale, unit = context.scale(sets[0].unit, [*ends, sets[0].value.value])
        low, value, high = span_of(sets[0].value, scale)
        axes.axvspan(low, high, color=STATED, alpha=0.3, lw=0, zorder=1)
        axes.axvline(value, color=STATED, lw=1, zorder=1)
        for place, row in enumerate(sets):
            _draw_set(axes, row, place, scale)
            look = {"color": INK, "weight": "bold"} if row.fits else {"color": FAINT, "weight": "normal"}
            _write_beside(axes, place, _years(row, context), right=True, **look)
        _write_beside(axes, -1, context.say("fits"), right=True, color=FAINT)
        _write_beside(axes, -1, context.say("added"), right=False, color=FAINT)
        rows_along(axes, [_set(row, context) for row in sets], (1.4, 0.5), context, fontsize=8)
        axes.set_title(sentence(f"{context.measure(sets[0])}, {context.printed(sets[0])}"))
        axes.set_xlabel(context.say("x", unit=unit))
    legend_below(picture, _keys(rows, context))


def _draw_set(axes: Axes, row: GroupingsRow, place: int, scale: Fraction) -> None:
    """Draw the sums of a set from the lowest to the highest, and the one that comes nearest."""
    left, right = float(row.lowest / scale), float(row.highest / scale)
    axes.plot([left, right], [place, place], color=BAR, lw=5, solid_capstyle="butt", zorder=2)
    shape = "D" if row.fits else "o"
    mark(axes, float(row.nearest / scale), place, shape, INK, 6, hollow=not row.fits, zorder=3)


def _write_beside(axes: Axes, place: int, text: str, *, right: bool, **look: str) -> None:
    """Write into the margin."""
    at, points, side = ((1, place), (6, 0), "left") if right else ((0, place), (-6, 0), "right")
    note(axes, text, at, points, xycoords=axes.get_yaxis_transform(), va="center", ha=side, fontsize=8, **look)


def _years(row: GroupingsRow, context: FigureContext) -> str:
    """The years that fit, those in a row together; only how many where there is no room for that."""
    runs = year_runs(row.fits)
    if len(runs) > MOST_RUNS:
        return context.say("many", n=len(row.fits))
    return ", ".join(runs) or context.say("none")


def _keys(rows: Sets, context: FigureContext) -> list[Artist]:
    keys: list[Artist] = [Line2D([], [], color=BAR, lw=5, solid_capstyle="butt", label=context.say("range"))]
    if any(row.fits for row in rows):
        keys.append(mark_key("D", INK, context.say("fitting")))
    if any(not row.fits for row in rows):
        keys.append(mark_key("o", INK, context.say("nearest"), hollow=True))
    return [*keys, Patch(color=STATED, alpha=0.3, lw=0, label=context.say("band"))]


def _caption(rows: Sets, context: FigureContext) -> Iterator[str]:
    for sets in _by_claim(rows):
        first, last = min(row.first_year for row in sets), max(row.last_year for row in sets)
        about = {"measure": context.measure(sets[0]), "claim": context.printed(sets[0])}
        yield context.say("caption.sums", first=first, last=last, **about)
        if left_out := sets[0].tried - len(sets):
            yield context.say("caption.left_out", n=left_out)
    yield context.say("caption.note")


def _alt(rows: Sets, context: FigureContext) -> Iterator[str]:
    for sets in _by_claim(rows):
        about = {"measure": context.measure(sets[0]), "claim": context.printed(sets[0])}
        yield context.say("alt.claim", range=context.words.span(sets[0].value, sets[0].unit), **about)
        for row in sets:
            yield context.say(
                "alt.fits" if row.fits else "alt.none",
                set=_set(row, context),
                range=context.words.span(Estimate(row.lowest, Interval(row.lowest, row.highest)), row.unit),
                first=row.first_year,
                last=row.last_year,
                years=context.words.listed(map(str, row.fits)),
                year=row.nearest_year,
                nearest=near(context.words, row.nearest, row.value, row.unit),
            )


def _by_claim(rows: Sets) -> list[Sets]:
    return split(rows, lambda row: row.claim)


def _set(row: GroupingsRow, context: FigureContext) -> str:
    return ", ".join(map(context.words.country, row.added)) or context.say("no_country")


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 2.2 + 0.26 * len(rows))
