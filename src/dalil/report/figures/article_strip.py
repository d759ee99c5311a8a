"""The strip: where each claim stands in the article."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import exactly
from dalil.report.figures.drawing.figure import Figure, FigureContext, having, split
from dalil.report.figures.drawing.style import INK, STATED, TARGET
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row
from dalil.tables.rows import ClaimRow, MentionRow, SectionRow

SECTION = "section"
# Marks by kind of claim.
MARKERS = {"level": "o", "change": "s", "target": "^", "count": "D", "rank": "v", "period": "|", "date": "X"}
# Kinds of claim about one measure often stand in one sentence: each gets a height of its own within the row.
_HEIGHT = {"level": -0.24, "target": 0.24}


@dataclass(frozen=True)
class StripRow(Row, table="article-strip"):
    """A section, from its first line to its last, or a claim (its kind) on its line; ``again`` where it is repeated."""

    kind: str
    section: str
    claim: str
    measure: str
    line_start: int
    line_end: int
    again: bool


def _rows(report: ReportContext) -> Iterator[StripRow]:
    claims = report.rows(ClaimRow)
    for section in report.rows(SectionRow) if claims else ():
        yield StripRow.of(section, kind=SECTION, claim="", measure="", again=False)
    lines = {row.mention_id: row.line for row in report.rows(MentionRow)} if claims else {}
    for claim in claims:
        line = lines.get(claim.mentions[0], claim.line_start) if claim.mentions else claim.line_start
        again = claim.claim_id in report.repeated
        yield StripRow.of(claim, claim=claim.claim_id, line_start=line, line_end=line, again=again)


def _draw(rows: list[StripRow], picture: Picture, context: FigureContext) -> None:
    axes, claims, measures = picture.add_subplot(), _claims(rows), _measures(rows)
    _draw_sections(axes, rows, context)
    several = {row.measure for row in having(rows, kind="target")}
    # The claims of each kind, those made for the first time before those made again.
    for marks in split(sorted(claims, key=_order), _order):
        kind, again = marks[0].kind, marks[0].again
        axes.plot(
            [row.line_start for row in marks],
            [measures.index(row.measure) + _HEIGHT.get(kind, 0) * (row.measure in several) for row in marks],
            MARKERS[kind],
            color=STATED if kind != "target" else TARGET,
            markerfacecolor="white" if again else None,
            markeredgewidth=1.4,
            label=None if again else context.words.label("kinds", kind),
        )
    axes.set_yticks(range(len(measures)), [context.words.label("measures", measure) for measure in measures])
    axes.invert_yaxis()
    axes.set(xlabel=context.say("x"), xlim=(0, max(row.line_end for row in having(rows, kind=SECTION))))
    axes.grid(axis="x", visible=False)
    # Below the axis' name, however high the figure is.
    below = -0.16 * 4.4 / picture.get_figheight()
    axes.legend(ncols=7, loc="upper center", bbox_to_anchor=(0.35, below), columnspacing=1.2, handletextpad=0.3)


def _order(claim: StripRow) -> tuple[int, bool]:
    return list(MARKERS).index(claim.kind), claim.again


def _draw_sections(axes: Axes, rows: list[StripRow], context: FigureContext) -> None:
    with_claims = {row.section for row in _claims(rows)}
    for number, row in enumerate(having(rows, kind=SECTION)):
        axes.axvspan(row.line_start, row.line_end, color="#F0F0F0" if number % 2 else "#FAFAFA", zorder=0)
        if row.section in with_claims:
            middle, label = (row.line_start + row.line_end) / 2, context.words.label("sections", row.section)
            axes.text(middle, -0.8, label, ha="center", va="bottom", fontsize=8, color=INK)


def _caption(_: list[StripRow], context: FigureContext) -> Iterator[str]:
    yield context.say("caption")


def _alt(rows: list[StripRow], context: FigureContext) -> Iterator[str]:
    claims = _claims(rows)
    yield context.say("alt.strip", claims=context.amount(exactly(len(claims)), "count"))
    several = len({row.section for row in claims}) > 1
    yield context.say("alt.sections" if several else "alt.section", sections=_sections(claims, context))
    if repeated := having(claims, again=True):
        yield context.say("alt.repeated", sections=_sections(repeated, context))


def _claims(rows: list[StripRow]) -> list[StripRow]:
    return [row for row in rows if row.kind != SECTION]


def _measures(rows: list[StripRow]) -> list[str]:
    return list(dict.fromkeys(row.measure for row in _claims(rows)))


def _sections(claims: list[StripRow], context: FigureContext) -> str:
    names = dict.fromkeys(row.section for row in claims)
    return context.words.listed(context.words.label("sections", name) for name in names)


FIGURE = Figure(_rows, _draw, _caption, _alt, height=lambda rows: max(2.8, 1.8 + 0.2 * len(_measures(rows))))
