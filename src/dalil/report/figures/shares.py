"""Shares: a part beside the whole it belongs to."""

from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.marks import in_numbers, panels, span_of
from dalil.report.figures.drawing.rows import MeasuredRow
from dalil.report.figures.drawing.style import DERIVED, STATED
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow
from dalil.wording.messages import sentence


@dataclass(frozen=True)
class SharesRow(MeasuredRow, table="shares"):
    """A whole, or a part of the whole in the row before, with its share of it."""

    claim: str
    role: Literal["whole", "part"]
    comparator: str
    value: Estimate
    unit: str
    share: Estimate | None


def _rows(report: ReportContext) -> list[SharesRow]:
    return [
        row
        for share in report.share_phrases()
        if share.inside
        for row in (
            _row(share.whole.row, "whole", None),
            _row(share.part.row, "part", share.share.fact.estimate),
        )
    ]


def _row(claim: ClaimRow, role: Literal["whole", "part"], share: Estimate | None) -> SharesRow:
    assert claim.estimate is not None
    return SharesRow(
        claim.measure, claim.subject, claim.claim_id, role, claim.comparator, claim.estimate, claim.unit, share
    )


def _pairs(rows: list[SharesRow]) -> list[tuple[SharesRow, SharesRow]]:
    """Each whole with its part."""
    wholes, parts = ([row for row in rows if row.role == role] for role in ("whole", "part"))
    return list(zip(wholes, parts, strict=True))


def _draw(rows: list[SharesRow], picture: Picture, context: FigureContext) -> None:
    for axes, (whole, part) in panels(picture, _pairs(rows)):
        scale, unit = context.scale(whole.unit, [whole.value.value, part.value.value])
        ends = []
        for place, (row, colour, hatch) in enumerate(((whole, DERIVED, ""), (part, STATED, "//"))):
            low, value, high = span_of(row.value, scale)
            ends.append(high)
            axes.barh(place, value, color=colour, hatch=hatch, edgecolor="white", height=0.55)
            axes.errorbar(value, place, xerr=[[value - low], [high - value]], color="#222222", capsize=4, lw=1.2)
            text = _text(row, whole, context)
            axes.annotate(text, (high, place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5)
        axes.set_yticks([0, 1], [sentence(context.measure(row)) for row in (whole, part)])
        _set_axes(axes, max(ends), unit, context)


def _text(row: SharesRow, whole: SharesRow, context: FigureContext) -> str:
    """A bar's number, and of a part its share below."""
    number = _number(row, context)
    if row.share is None:
        return number
    share = context.say("share", share=context.amount(row.share, "ratio"), whole=context.measure(whole))
    return f"{number}\n{share}"


def _set_axes(axes: Axes, longest: float, unit: str, context: FigureContext) -> None:
    axes.invert_yaxis()
    axes.set_xlim(0, longest * 1.3)
    axes.grid(axis="y", visible=False)
    in_numbers(axes.xaxis, context)
    axes.set_xlabel(sentence(unit))


def _describe(rows: list[SharesRow], context: FigureContext) -> Description:
    caption, alt = [], []
    for whole, part in _pairs(rows):
        names = {
            "whole": context.measure(whole),
            "part": context.measure(part),
        }
        caption.append(context.say("caption.pair", subject=context.words.label("subjects", whole.subject), **names))
        assert part.share is not None
        share, allowed = context.amount(part.share, "ratio"), context.allowed(part.share, "ratio")
        alt += [
            context.say("alt.bars"),
            f"{names['whole']}: {_number(whole, context)}.",
            f"{context.say('alt.part', value=_number(part, context), share=share, **names)}{allowed}.",
        ]
    return Description(sentences([*caption, context.say("caption.note")]), sentences(alt))


def _number(row: SharesRow, context: FigureContext) -> str:
    return context.printed(row.value, row.comparator, row.unit)


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: 2.0 * len(_pairs(rows)))
