"""Shares: a part beside the whole it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import Figure, FigureContext, MeasuredRow, having
from dalil.report.figures.drawing.marks import note, panels, rows_along, span_of
from dalil.report.figures.drawing.style import DERIVED, STATED
from dalil.report.prose.context import ReportContext
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


def _rows(report: ReportContext) -> Iterator[SharesRow]:
    for found in report.share_phrases():
        if found.inside:
            whole, part, share = found.whole.row, found.part.row, found.share.fact.estimate
            yield SharesRow.of(whole, claim=whole.claim_id, role="whole", share=None)
            yield SharesRow.of(part, claim=part.claim_id, role="part", share=share)


def _pairs(rows: list[SharesRow]) -> list[list[SharesRow]]:
    """Each whole with its part."""
    return [list(pair) for pair in zip(having(rows, role="whole"), having(rows, role="part"), strict=True)]


def _draw(rows: list[SharesRow], picture: Picture, context: FigureContext) -> None:
    for axes, pair in panels(picture, _pairs(rows)):
        scale, unit = context.scale(pair[0].unit, [row.value.value for row in pair])
        spans = [span_of(row.value, scale) for row in pair]
        for place, (row, (low, value, high)) in enumerate(zip(pair, spans, strict=True)):
            colour, hatch = (DERIVED, "") if row.role == "whole" else (STATED, "//")
            axes.barh(place, value, color=colour, hatch=hatch, edgecolor="white", height=0.55)
            axes.errorbar(value, place, xerr=[[value - low], [high - value]], color="#222222", capsize=4, lw=1.2)
            note(axes, _text(row, pair[0], context), (high, place), (8, 0), va="center", fontsize=8.5)
        rows_along(axes, [sentence(context.measure(row)) for row in pair], (0.3525, 0.3525), context)
        axes.set(xlim=(0, max(high for *_, high in spans) * 1.3), xlabel=sentence(unit))


def _text(row: SharesRow, whole: SharesRow, context: FigureContext) -> str:
    """A bar's number, and of a part its share below."""
    if row.share is None:
        return context.printed(row)
    share = context.say("share", share=context.amount(row.share, "ratio"), whole=context.measure(whole))
    return f"{context.printed(row)}\n{share}"


def _caption(rows: list[SharesRow], context: FigureContext) -> Iterator[str]:
    for whole, part in _pairs(rows):
        names = {"whole": context.measure(whole), "part": context.measure(part)}
        yield context.say("caption.pair", subject=context.words.label("subjects", whole.subject), **names)
    yield context.say("caption.note")


def _alt(rows: list[SharesRow], context: FigureContext) -> Iterator[str]:
    for whole, part in _pairs(rows):
        assert part.share is not None
        share, allowed = context.amount(part.share, "ratio"), context.allowed(part.share, "ratio")
        names = {"whole": context.measure(whole), "part": context.measure(part)}
        yield context.say("alt.bars")
        yield f"{names['whole']}: {context.printed(whole)}."
        yield f"{context.say('alt.part', value=context.printed(part), share=share, **names)}{allowed}."


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: 2.0 * len(_pairs(rows)))
