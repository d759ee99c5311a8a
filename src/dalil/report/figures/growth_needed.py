"""Growth needed: the growth that is stated, what each target needs, and what came by the record of each country."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import Description, Figure, FigureContext, MeasuredRow, having, producers
from dalil.report.figures.drawing.marks import percent_of, ranged, rows_along
from dalil.report.figures.drawing.style import STATED, TARGET
from dalil.report.prose.claims import TargetPhrase
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, OutcomeRow
from dalil.wording.messages import sentence


@dataclass(frozen=True)
class GrowthNeededRow(MeasuredRow, table="growth-needed"):
    """Growth a year from one year to another: stated, needed for the target that a claim sets, or on record."""

    claim: str
    kind: Literal["stated", "needed", "came"]
    reporter: str
    start: int
    end: int
    value: Estimate
    source: str


Rates = list[GrowthNeededRow]


def _rows(report: ReportContext) -> Iterator[GrowthNeededRow]:
    """What is stated stands first, of measures with targets where there are any; then target by target."""
    stated = [claim for claim in report.claims.values() if report.is_yearly_growth(claim)]
    about = [report.claims[base] for base in report.series] or stated
    for measure, subject in dict.fromkeys((claim.measure, claim.subject) for claim in about):
        for claim in having(stated, measure=measure, subject=subject):
            assert claim.period is not None
            assert claim.base_period is not None
            yield _row(claim, "stated", claim.base_period.year, claim.period.year, claim.estimate)
        for target in report.target_phrases():
            if (target.claim.row.measure, target.claim.row.subject) == (measure, subject):
                yield from _of_target(report, target)


def _of_target(report: ReportContext, target: TargetPhrase) -> Iterator[GrowthNeededRow]:
    """What a target needs from the level it is counted from, and what came in those years."""
    claim, start, end = target.claim.row, target.row.base_year, target.row.target_year
    yield _row(claim, "needed", start, end, target.needed.fact.estimate)
    named = producers(report)
    for row in having(report.rows(OutcomeRow), target=claim.claim_id, prices="current"):
        if row.came and row.came.value is not None:
            yield _row(claim, "came", row.base_year, end, row.came, reporter=row.reporter, source=named(row.origin))


def _row(claim: ClaimRow, kind: str, start: int, end: int, value: Estimate | None, **more: str) -> GrowthNeededRow:
    about = {"claim": claim.claim_id, "kind": kind, "start": start, "end": end, "value": value}
    return GrowthNeededRow.of(claim, **about, **{"reporter": "", "source": "", **more})


def _draw(rows: Rates, picture: Picture, context: FigureContext) -> None:
    axes = picture.add_subplot()
    spans = [percent_of(row.value) for row in rows]
    axes.set_xlim(min(0, *(low * 1.1 for low, _, _ in spans)), max(0, *(high for _, _, high in spans)) * 1.08)
    rows_along(axes, [_name(row, rows, context) for row in rows], context)
    if rows[0].kind == "stated":
        axes.axvline(spans[0][1], color=STATED, lw=1, ls="--", zorder=1)
    for place, (row, span) in enumerate(zip(rows, spans, strict=True)):
        ranged(axes, place, span, _look(row, context), _number(row, context))


def _look(row: GrowthNeededRow, context: FigureContext) -> tuple[str, str]:
    if row.kind != "came":
        return ("o", STATED) if row.kind == "stated" else ("D", TARGET)
    look = context.look(row.reporter)
    return look.marker, look.colour


def _name(row: GrowthNeededRow, rows: Rates, context: FigureContext) -> str:
    """What a row is, with its measure before it where the figure is about several."""
    name = context.say(f"row.{row.kind}", start=row.start, end=row.end, country=context.words.country(row.reporter))
    several = len({(one.measure, one.subject) for one in rows}) > 1
    return f"{context.measure(row)}, {name}" if several else name


def _number(row: GrowthNeededRow, context: FigureContext) -> str:
    """The growth a year: as printed where it is stated, else in whole percent."""
    if row.kind == "stated":
        return context.amount(row.value, "ratio")
    return context.percent(row.value.value, signed=(row.value.value or 0) < 0)


def _say(rows: Rates, context: FigureContext) -> Description:
    years = [year for row in rows for year in (row.start, row.end)]
    unit = context.say("unit", unit=context.scale("ratio", [])[1])
    told = [(_name(row, rows, context), _number(row, context)) for row in rows]
    return Description(
        title=_title(rows, context),
        subtitle=context.about(rows, years, [unit]),
        caption=context.say("caption"),
        alt=" ".join([context.say("alt"), *(f"{sentence(name)}: {number}." for name, number in told)]),
    )


def _title(rows: Rates, context: FigureContext) -> str:
    """Say how many targets needed more growth than was stated or came, or what there is to see."""
    stated, needed = having(rows, kind="stated"), having(rows, kind="needed")
    if not needed:
        growth = stated[0].value
        if (growth.value or 0) < 0:
            return context.say("title.falling", growth=context.amount(growth.negated(), "ratio"))
        return context.say("title.stated", growth=context.amount(growth, "ratio"))
    more = 0
    for target in needed:
        rivals = [row for row in rows if row.kind == "stated" or (row.kind, row.claim) == ("came", target.claim)]
        more += bool(rivals) and all(percent_of(row.value)[1] < percent_of(target.value)[1] for row in rivals)
    case = "none" if not more else "all" if more == len(needed) else "some"
    parts = "came" if having(rows, kind="came") else "only_stated" if stated else ""
    if not parts:
        return context.say("title.needed", n=len(needed))
    return context.say(f"title.{case}.{parts}", n=len(needed), more=more)


def _height(rows: Rates, context: FigureContext) -> float:
    return 0.45 + len(rows) * (0.4 if context.narrow else 0.27)


FIGURE = Figure(_rows, _draw, _say, _height)
