"""Growth on record: who says what of a growth that the article states."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import (
    Description,
    Figure,
    FigureContext,
    MeasuredRow,
    having,
    producers,
    split,
)
from dalil.report.figures.drawing.marks import OFFICIAL, percent_of, ranged, rows_along
from dalil.report.figures.drawing.style import SOFT, STATED
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import worked_out
from dalil.tables.rows import ClaimRow, OriginRow, SourceRow
from dalil.wording.messages import sentence


@dataclass(frozen=True)
class GrowthOnRecordRow(MeasuredRow, table="growth-on-record"):
    """Growth over the year before: as the article states it, or as a source gives it or lets it be worked out."""

    series: Literal["stated", "worked-out", "said"]
    claim: str
    reporter: str
    year: int
    comparator: str
    value: Estimate
    unit: str
    status: str
    verdict: str
    published: str
    source: str


Panel = list[GrowthOnRecordRow]


def _rows(report: ReportContext) -> Iterator[GrowthOnRecordRow]:
    for claim in (claim for claim in report.rows(ClaimRow) if report.is_yearly_growth(claim)):
        assert claim.period is not None
        given = [row for row in report.rows(SourceRow) if row.claim_id == claim.claim_id and _is_shown(row, claim)]
        if given:
            none = {"reporter": "", "verdict": "", "published": "", "source": ""}
            yield GrowthOnRecordRow.of(claim, series="stated", claim=claim.claim_id, year=claim.period.year, **none)
            sources = (_of_source(report, claim, claim.period.year, row) for row in given)
            once = {(row.series, row.reporter, row.source, row.value.value): row for row in reversed(list(sources))}
            yield from sorted(once.values(), key=lambda row: -percent_of(row.value)[1])


def _is_shown(row: SourceRow, claim: ClaimRow) -> bool:
    """Tell whether a source gives a number for the very growth that is stated, were it a doubtful one."""
    known = isinstance(row.value, Estimate) and row.value.value is not None
    weighed = row.verdict in {"agrees", "differs"} or row.status == "doubtful"
    return known and weighed and row.unit == "ratio" and row.period == claim.period


def _of_source(report: ReportContext, claim: ClaimRow, year: int, row: SourceRow) -> GrowthOnRecordRow:
    dates = {one.origin: one.date_published for one in report.rows(OriginRow)}
    series = "said" if row.found == "statement" else "worked-out"
    published = next((dates[name][:4] for name in row.origins if dates.get(name, "")[:4].isdigit()), "")
    about = {"series": series, "claim": claim.claim_id, "year": year, "published": published}
    return GrowthOnRecordRow.of(claim, row, **about, source=producers(report)(*row.origins))


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    for axes, panel in zip(picture.subplots(len(_panels(rows)), 1, squeeze=False)[:, 0], _panels(rows), strict=True):
        stated, *sources = panel
        values = [percent_of(row.value)[1] for row in panel]
        axes.set_xlim(min(0, *values) * 1.15, max(0, *values) * 1.15)
        rows_along(axes, [_name(row, context) for row in sources], context)
        low, value, high = percent_of(stated.value)
        axes.axvspan(low, high, color=STATED, alpha=0.25, lw=0, zorder=1)
        axes.axvline(value, color=STATED, lw=1.2, zorder=1)
        axes.annotate(
            context.say("stated", growth=context.printed(stated)), (value, 1), xytext=(0, 3),
            xycoords=axes.get_xaxis_transform(), textcoords="offset points", ha="center", color=STATED, size=8.5,
            weight="bold",
        )  # fmt: skip
        for place, row in enumerate(sources):
            ranged(axes, place, percent_of(row.value), _look(row, context), _number(row, context))


def _look(row: GrowthOnRecordRow, context: FigureContext) -> tuple[str, str]:
    """A country's own look for what its numbers give, and a plain one for what others say."""
    if not row.reporter:
        return "D", SOFT
    look = context.look(row.reporter)
    return look.marker, look.colour


def _name(row: GrowthOnRecordRow, context: FigureContext) -> str:
    """Who says it, and when, or whose numbers it is worked out of."""
    producer = context.words.data(row.source)
    if row.series == "said":
        return context.say("said.dated" if row.published else "said.undated", producer=producer, year=row.published)
    case = "official" if row.status == OFFICIAL else "press"
    return context.say(f"worked.{case}", country=context.words.country(row.reporter), producer=producer)


def _number(row: GrowthOnRecordRow, context: FigureContext) -> str:
    """The growth: as printed where somebody says it, to what two printed levels tell of it, else in whole percent."""
    if row.series == "worked-out" and not row.reporter:
        return worked_out(context.words, row.value, row.unit)
    return context.printed(row) if row.series == "said" else context.percent(row.value.value, signed=False)


def _say(rows: Panel, context: FigureContext) -> Description:
    stated, *sources = _panels(rows)[0]
    unit = context.say("unit", unit=context.scale("ratio", [])[1])
    return Description(
        title=_title(stated, sources, context),
        subtitle=context.about([stated], [stated.year], [unit]),
        caption=context.say("caption"),
        alt=" ".join(
            [context.say("alt", year=stated.year, growth=context.printed(stated))]
            + [f"{sentence(_name(row, context))}: {_number(row, context)}." for row in sources]
        ),
    )


def _title(stated: GrowthOnRecordRow, sources: Panel, context: FigureContext) -> str:
    """Say whose figure the growth is, what official figures show, or how far sources are apart."""
    worked = [row for row in having(sources, series="worked-out") if row.reporter]
    agree, differ = (having(worked, verdict=name) for name in ("agrees", "differs"))
    about = {"growth": context.printed(stated), "year": stated.year}
    if agree and differ and {row.reporter for row in agree}.isdisjoint(row.reporter for row in differ):
        country, other = (context.words.country(rows[0].reporter) for rows in (agree, differ))
        return context.say("title.one-side", **about, country=country, other=other, value=_number(differ[0], context))
    official = next(iter(having(worked, status=OFFICIAL)), None)
    if official is not None:
        names = {"country": context.words.country(official.reporter), "value": _number(official, context)}
        return context.say(f"title.official-{official.verdict}", **about, **names)
    if len(sources) == 1:
        source = context.words.data(sources[0].source)
        return context.say("title.single", **about, source=source, value=_number(sources[0], context))
    ends = sorted(sources, key=lambda row: percent_of(row.value)[1])
    return context.say("title.spread", **about, low=_number(ends[0], context), high=_number(ends[-1], context))


def _panels(rows: Panel) -> list[Panel]:
    return split(rows, lambda row: row.claim)


def _height(rows: Panel, context: FigureContext) -> float:
    sources = len(rows) - len(_panels(rows))
    return len(_panels(rows)) * 0.6 + sources * (0.42 if context.narrow else 0.29)


FIGURE = Figure(_rows, _draw, _say, _height)
