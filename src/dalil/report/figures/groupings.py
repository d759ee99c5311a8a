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
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, in_numbers, legend_below, mark_key, panels, span_of
from dalil.report.figures.drawing.rows import MeasuredRow, grouped
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


def _rows(report: ReportContext) -> list[GroupingsRow]:
    """The sets, claim by claim; of many, those that fit or come nearest, as many as there is room for."""
    claims = report.claims
    tried = grouped(report.rows(GroupingRow), lambda row: row.claim_id)
    room = max(1, MOST_SETS // max(1, len(tried)))
    spare = MOST_SETS - sum(min(room, len(sets)) for sets in tried.values())
    rows = []
    for name, sets in tried.items():
        most = min(len(sets), room + max(0, spare))
        spare -= max(0, most - room)
        rows += [_row(claims[name], row, len(sets)) for row in _nearest(sets, claims[name], most)]
    return rows


def _nearest(sets: list[GroupingRow], claim: ClaimRow, most: int) -> list[GroupingRow]:
    """So many sets as there is room for, in their order: those that fit, then those that come nearest."""
    value = claim.estimate.value if claim.estimate else None
    assert value is not None
    chosen = sorted(sets, key=lambda row: (not row.fits, abs(row.nearest - value)))[:most]
    return [row for row in sets if row in chosen]


def _row(claim: ClaimRow, row: GroupingRow, tried: int) -> GroupingsRow:
    assert claim.estimate is not None
    return GroupingsRow(
        claim.measure, claim.subject, claim.claim_id, claim.comparator, claim.estimate, row.unit, tried, row.added,
        row.first_year, row.last_year, row.lowest, row.highest, row.fits, row.nearest_year, row.nearest,
    )  # fmt: skip


def _draw(rows: list[GroupingsRow], picture: Picture, context: FigureContext) -> None:
    drawn = list(grouped(rows, lambda row: row.claim).values())
    for axes, sets in panels(picture, drawn, heights=[len(sets) + 0.9 for sets in drawn]):
        ends = [end for row in sets for end in (row.lowest, row.highest)]
        scale, unit = context.scale(sets[0].unit, [*ends, sets[0].value.value])
        low, value, high = span_of(sets[0].value, scale)
        axes.axvspan(low, high, color=STATED, alpha=0.3, lw=0, zorder=1)
        axes.axvline(value, color=STATED, lw=1, zorder=1)
        for place, row in enumerate(sets):
            _draw_set(axes, row, place, scale)
            _write_beside(axes, place, _years(row, context), right=True, fits=bool(row.fits))
        _write_beside(axes, -1, context.say("fits"), right=True)
        _write_beside(axes, -1, context.say("added"), right=False)
        _set_axes(axes, sets, unit, context)
    legend_below(picture, _keys(rows, context))


def _draw_set(axes: Axes, row: GroupingsRow, place: int, scale: Fraction) -> None:
    """Draw the sums of a set from the lowest to the highest, and the one that comes nearest."""
    left, right = float(row.lowest / scale), float(row.highest / scale)
    axes.plot([left, right], [place, place], color=BAR, lw=5, solid_capstyle="butt", zorder=2)
    mark, face = ("D", INK) if row.fits else ("o", "white")
    axes.plot(float(row.nearest / scale), place, mark, color=INK, markersize=6, markerfacecolor=face, zorder=3)


def _write_beside(axes: Axes, place: int, text: str, *, right: bool, fits: bool | None = None) -> None:
    """Write into the margin; what fits is bold, and headings are neither that nor its opposite."""
    look = {"color": INK if fits else FAINT, **({"weight": "bold" if fits else "normal"} if fits is not None else {})}
    axes.annotate(
        text, (1 if right else 0, place), xycoords=axes.get_yaxis_transform(),
        **beside((6 if right else -6, 0), va="center", ha="left" if right else "right", fontsize=8, **look),
    )  # fmt: skip


def _years(row: GroupingsRow, context: FigureContext) -> str:
    """The years that fit, those in a row together; only how many where there is no room for that."""
    runs = year_runs(row.fits)
    if len(runs) > MOST_RUNS:
        return context.say("many", n=len(row.fits))
    return ", ".join(runs) or context.say("none")


def _set_axes(axes: Axes, sets: list[GroupingsRow], unit: str, context: FigureContext) -> None:
    axes.set_yticks(range(len(sets)), [_set(row, context) for row in sets], fontsize=8)
    axes.set_ylim(len(sets) - 0.5, -1.4)
    axes.grid(axis="y", visible=False)
    in_numbers(axes.xaxis, context)
    axes.set_title(sentence(f"{context.measure(sets[0])}, {_claim(sets[0], context)}"))
    axes.set_xlabel(context.say("x", unit=unit))


def _keys(rows: list[GroupingsRow], context: FigureContext) -> list[Artist]:
    keys: list[Artist] = [Line2D([], [], color=BAR, lw=5, solid_capstyle="butt", label=context.say("range"))]
    if any(row.fits for row in rows):
        keys.append(mark_key("D", INK, context.say("fitting")))
    if any(not row.fits for row in rows):
        keys.append(mark_key("o", INK, context.say("nearest"), hollow=True))
    return [*keys, Patch(color=STATED, alpha=0.3, lw=0, label=context.say("band"))]


def _describe(rows: list[GroupingsRow], context: FigureContext) -> Description:
    drawn = grouped(rows, lambda row: row.claim).values()
    caption = [*(part for sets in drawn for part in _caption(sets, context)), context.say("caption.note")]
    return Description(sentences(caption), sentences(part for sets in drawn for part in _alt(sets, context)))


def _caption(sets: list[GroupingsRow], context: FigureContext) -> Iterator[str]:
    yield context.say(
        "caption.sums",
        measure=context.measure(sets[0]),
        claim=_claim(sets[0], context),
        first=min(row.first_year for row in sets),
        last=max(row.last_year for row in sets),
    )
    if left_out := sets[0].tried - len(sets):
        yield context.say("caption.left_out", n=left_out)


def _alt(sets: list[GroupingsRow], context: FigureContext) -> Iterator[str]:
    allowed = context.words.span(sets[0].value, sets[0].unit)
    claim, measure = (
        _claim(sets[0], context),
        context.measure(sets[0]),
    )
    yield context.say("alt.claim", measure=measure, claim=claim, range=allowed)
    for row in sets:
        sums = Estimate(row.lowest, Interval(row.lowest, row.highest))
        yield context.say(
            "alt.fits" if row.fits else "alt.none",
            set=_set(row, context),
            range=context.words.span(sums, row.unit),
            first=row.first_year,
            last=row.last_year,
            years=context.words.listed(map(str, row.fits)),
            year=row.nearest_year,
            nearest=near(context.words, row.nearest, row.value, row.unit),
        )


def _claim(row: GroupingsRow, context: FigureContext) -> str:
    return context.printed(row.value, row.comparator, row.unit)


def _set(row: GroupingsRow, context: FigureContext) -> str:
    return ", ".join(map(context.words.country, row.added)) or context.say("no_country")


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 2.2 + 0.26 * len(rows))
