"""Growth needed: the growth a year that is stated, and the growth a year that each target needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having
from dalil.report.figures.drawing.marks import note, percent_of, rows_along
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


def _rows(report: ReportContext) -> Iterator[GrowthNeededRow]:
    """What is stated stands first, of measures with targets where there are any; then what each target needs."""
    stated = [claim for claim in report.claims.values() if report.is_yearly_growth(claim)]
    about = [report.claims[base] for base in report.series] or stated
    for measure, subject in dict.fromkeys((claim.measure, claim.subject) for claim in about):
        for claim in having(stated, measure=measure, subject=subject):
            assert claim.period is not None
            assert claim.base_period is not None
            yield _row(claim, "stated", claim.base_period.year, claim.period.year, claim.estimate)
        targets = report.target_phrases()
        yield from _needed(
            [one for one in targets if (one.claim.row.measure, one.claim.row.subject) == (measure, subject)]
        )


def _needed(targets: list[TargetPhrase]) -> Iterator[GrowthNeededRow]:
    """What targets need from the level they are counted from, then what they need from the target before."""
    starts = [(target, target.row.base_year, target.needed) for target in targets]
    starts += [(target, target.before.row.target_year, target.step) for target in targets if target.before]
    for target, start, needed in starts:
        yield _row(target.claim.row, "needed", start, target.row.target_year, needed.fact.estimate)


def _row(claim: ClaimRow, kind: str, start: int, end: int, value: Estimate | None) -> GrowthNeededRow:
    return GrowthNeededRow.of(claim, claim=claim.claim_id, kind=kind, start=start, end=end, value=value)


def _draw(rows: list[GrowthNeededRow], picture: Picture, context: FigureContext) -> None:
    axes = picture.add_subplot()
    for place, row in enumerate(rows):
        colour, mark = (STATED, "o") if row.kind == "stated" else (TARGET, "D")
        low, value, high = percent_of(row.value)
        axes.plot([low, high], [place, place], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")
        axes.plot(value, place, mark, color=colour, markersize=8)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
        note(axes, context.amount(row.value, "ratio"), (value, place), (0, 8), ha="center", fontsize=8.5, bbox=box)
    if rows[0].kind == "stated":
        axes.axvline(percent_of(rows[0].value)[1], color=STATED, lw=1, ls="--")
    rows_along(axes, _labels(rows, context), (0.7, 0.5), context)
    # The line of no growth is in sight; what falls lies to its left.
    left, right = axes.get_xlim()
    falls = any(percent_of(row.value)[0] < 0 for row in rows)
    axes.set(xlim=(left if falls else 0, max(right, 0)), xlabel=context.say("x"))


def _labels(rows: list[GrowthNeededRow], context: FigureContext) -> list[str]:
    """What each row is, with its measure before it where the figure is about several."""
    labels = [context.say(row.kind, start=row.start, end=row.end) for row in rows]
    if len({(row.measure, row.subject) for row in rows}) < 2:
        return labels
    return [f"{context.measure(row)}, {label}" for row, label in zip(rows, labels, strict=True)]


def _caption(rows: list[GrowthNeededRow], context: FigureContext) -> Iterator[str]:
    yield context.say(f"caption.{'both' if len({row.kind for row in rows}) > 1 else rows[0].kind}")
    yield context.say("caption.note")


def _alt(rows: list[GrowthNeededRow], context: FigureContext) -> Iterator[str]:
    yield context.say("alt.rates")
    for row, label in zip(rows, _labels(rows, context), strict=True):
        yield f"{label}: {context.amount(row.value, 'ratio')} ({context.words.span(row.value, 'ratio')})."


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: max(1.4, 1.0 + 0.4 * len(rows)))
