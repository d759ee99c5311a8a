"""The strip: where each claim stands in the article."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import exactly
from dalil.report.figures.drawing.context import FigureContext, sentences
from dalil.report.figures.drawing.figure import Description, Figure
from dalil.report.figures.drawing.rows import DrawnRow
from dalil.report.figures.drawing.style import INK, STATED, TARGET
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, MentionRow, SectionRow

SECTION = "section"
# Marks by kind of claim.
MARKERS = {"level": "o", "change": "s", "target": "^", "count": "D", "rank": "v", "period": "|", "date": "X"}
# Kinds of claim about one measure often stand in one sentence: each gets a height of its own within the row.
_HEIGHT = {"level": -0.24, "target": 0.24}


@dataclass(frozen=True)
class StripRow(DrawnRow, table="article-strip"):
    """A section, from its first line to its last, or a claim (its kind) on its line; ``again`` where it is repeated."""

    kind: str
    section: str
    claim: str
    measure: str
    line_start: int
    line_end: int
    again: bool


def _rows(report: ReportContext) -> list[StripRow]:
    claims = report.rows(ClaimRow)
    if not claims:
        return []
    sections = [
        StripRow(SECTION, row.section, "", "", row.line_start, row.line_end, False) for row in report.rows(SectionRow)
    ]
    lines = {row.mention_id: row.line for row in report.rows(MentionRow)}
    return sections + [_claim(claim, lines, claim.claim_id in report.repeated) for claim in claims]


def _claim(claim: ClaimRow, lines: dict[str, int], again: bool) -> StripRow:
    line = lines.get(claim.mentions[0], claim.line_start) if claim.mentions else claim.line_start
    return StripRow(claim.kind, claim.section, claim.claim_id, claim.measure, line, line, again)


def _draw(rows: list[StripRow], picture: Picture, context: FigureContext) -> None:
    axes = picture.add_subplot()
    claims = _claims(rows)
    _draw_sections(axes, rows, context)
    measures = _measures(rows)
    several = {row.measure for row in claims if row.kind == "target"}
    for kind, again, marks in _series(claims):
        axes.plot(
            [row.line_start for row in marks],
            [measures.index(row.measure) + _HEIGHT.get(kind, 0) * (row.measure in several) for row in marks],
            MARKERS[kind],
            color=STATED if kind != "target" else TARGET,
            markerfacecolor="white" if again else None,
            markeredgewidth=1.4,
            label=context.words.label("kinds", kind) if marks and not again else None,
        )
    _set_axes(axes, rows, context)
    # Below the axis' name, however high the figure is.
    below = -0.16 * 4.4 / picture.get_figheight()
    axes.legend(ncols=7, loc="upper center", bbox_to_anchor=(0.35, below), columnspacing=1.2, handletextpad=0.3)


def _series(claims: list[StripRow]) -> Iterator[tuple[str, bool, list[StripRow]]]:
    """The claims of each kind, those made for the first time before those made again."""
    for kind in MARKERS:
        for again in (False, True):
            yield kind, again, [row for row in claims if row.kind == kind and row.again == again]


def _draw_sections(axes: Axes, rows: list[StripRow], context: FigureContext) -> None:
    with_claims = {row.section for row in _claims(rows)}
    for number, row in enumerate(row for row in rows if row.kind == SECTION):
        axes.axvspan(row.line_start, row.line_end, color="#F0F0F0" if number % 2 else "#FAFAFA", zorder=0)
        if row.section in with_claims:
            middle, label = (row.line_start + row.line_end) / 2, context.words.label("sections", row.section)
            axes.text(middle, -0.8, label, ha="center", va="bottom", fontsize=8, color=INK)


def _set_axes(axes: Axes, rows: list[StripRow], context: FigureContext) -> None:
    measures = _measures(rows)
    axes.set_yticks(range(len(measures)), [context.words.label("measures", measure) for measure in measures])
    axes.invert_yaxis()
    axes.set_xlabel(context.say("x"))
    axes.set_xlim(0, max(row.line_end for row in rows if row.kind == SECTION))
    axes.grid(axis="x", visible=False)


def _describe(rows: list[StripRow], context: FigureContext) -> Description:
    claims = _claims(rows)
    sections = _named({row.section: row for row in claims}, context)
    repeated = _named({row.section: row for row in claims if row.again}, context)
    alt = [
        context.say("alt.strip", claims=context.amount(exactly(len(claims)), "count")),
        context.say("alt.sections" if len(sections) > 1 else "alt.section", sections=context.words.listed(sections)),
        context.say("alt.repeated", sections=context.words.listed(repeated)) if repeated else "",
    ]
    return Description(context.say("caption"), sentences(alt))


def _claims(rows: list[StripRow]) -> list[StripRow]:
    return [row for row in rows if row.kind != SECTION]


def _measures(rows: list[StripRow]) -> list[str]:
    return list(dict.fromkeys(row.measure for row in _claims(rows)))


def _named(sections: dict[str, StripRow], context: FigureContext) -> list[str]:
    return [context.words.label("sections", section) for section in sections]


FIGURE = Figure(_rows, _draw, _describe, height=lambda rows: max(2.8, 1.8 + 0.2 * len(_measures(rows))))
