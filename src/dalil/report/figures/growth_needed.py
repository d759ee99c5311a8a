"""Growth needed: the growth a year that is stated, and the growth a year that each target needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import beside, in_numbers, percent_of
from dalil.report.figures.drawing.rows import MeasuredRow
from dalil.report.figures.drawing.style import STATED, TARGET
from dalil.report.prose.claims import TargetPhrase
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow


@dataclass(frozen=True)
class GrowthNeededRow(MeasuredRow, table="growth-needed"):
    """Growth a year from one year to another: stated by a claim, or needed for the target that a claim sets."""

    claim: str
    kind: Literal["stated", "needed"]
    start: int
    end: int
    value: Estimate


def _rows(report: ReportContext) -> list[GrowthNeededRow]:
    """What is stated stands first, of measures with targets where there are any; then what each target needs."""
    stated = [claim for claim in report.claims.values() if report.is_yearly_growth(claim)]
    about = [_of_what(report.claims[base]) for base in report.series] or [_of_what(claim) for claim in stated]
    return [
        row
        for what in dict.fromkeys(about)
        for row in (
            *(_stated(claim) for claim in stated if _of_what(claim) == what),
            *_needed([target for target in report.target_phrases() if _of_what(target.claim.row) == what]),
        )
    ]


def _of_what(claim: ClaimRow) -> tuple[str, str]:
    return claim.measure, claim.subject


def _stated(claim: ClaimRow) -> GrowthNeededRow:
    assert claim.estimate is not None
    assert claim.period is not None
    assert claim.base_period is not None
    start, end = claim.base_period.year, claim.period.year
    return GrowthNeededRow(claim.measure, claim.subject, claim.claim_id, "stated", start, end, claim.estimate)


def _needed(targets: list[TargetPhrase]) -> Iterator[GrowthNeededRow]:
    """What targets need from the level they are counted from, then what they need from the target before."""
    starts = [(target, target.row.base_year, target.needed) for target in targets]
    starts += [(target, target.before.row.target_year, target.step) for target in targets if target.before]
    for target, start, needed in starts:
        claim, end = target.claim.row, target.row.target_year
        yield GrowthNeededRow(*_of_what(claim), claim.claim_id, "needed", start, end, needed.fact.estimate)


def _draw(rows: list[GrowthNeededRow], picture: Picture, context: FigureContext) -> None:
    axes = picture.add_subplot()
    for place, row in enumerate(rows):
        colour = STATED if row.kind == "stated" else TARGET
        low, value, high = percent_of(row.value)
        axes.plot([low, high], [place, place], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")
        axes.plot(value, place, "o" if row.kind == "stated" else "D", color=colour, markersize=8)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
        text = context.amount(row.value, "ratio")
        axes.annotate(text, (value, place), **beside((0, 8), ha="center", fontsize=8.5, bbox=box))
    if rows[0].kind == "stated":
        axes.axvline(percent_of(rows[0].value)[1], color=STATED, lw=1, ls="--")
    _set_axes(axes, rows, context)


def _set_axes(axes: Axes, rows: list[GrowthNeededRow], context: FigureContext) -> None:
    axes.set_yticks(range(len(rows)), _labels(rows, context))
    axes.set_ylim(len(rows) - 0.5, -0.7)
    # The line of no growth is in sight; what falls lies to its left.
    left, right = axes.get_xlim()
    falls = any(percent_of(row.value)[0] < 0 for row in rows)
    axes.set_xlim(left if falls else 0, max(right, 0))
    axes.grid(axis="y", visible=False)
    in_numbers(axes.xaxis, context)
    axes.set_xlabel(context.say("x"))


def _labels(rows: list[GrowthNeededRow], context: FigureContext) -> list[str]:
    """What each row is, with its measure before it where the figure is about several."""
    labels = [context.say(row.kind, start=row.start, end=row.end) for row in rows]
    if len({(row.measure, row.subject) for row in rows}) < 2:
        return labels
    return [f"{context.measure(row)}, {label}" for row, label in zip(rows, labels, strict=True)]


def _describe(rows: list[GrowthNeededRow], context: FigureContext) -> Description:
    kinds = {row.kind for row in rows}
    caption = [context.say(f"caption.{'both' if len(kinds) > 1 else rows[0].kind}"), context.say("caption.note")]
    alt = [context.say("alt.rates")]
    for row, label in zip(rows, _labels(rows, context), strict=True):
        value, span = context.amount(row.value, "ratio"), context.words.span(row.value, "ratio")
        alt.append(f"{label}: {value} ({span}).")
    return Description(sentences(caption), sentences(alt))


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: max(1.4, 1.0 + 0.4 * len(rows)))
