"""Groupings: what countries add up to, year by year, with the one that decides and without it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import (
    Description,
    Figure,
    FigureContext,
    MeasuredRow,
    producers,
    split,
)
from dalil.report.figures.drawing.marks import panels, span_of, years_along
from dalil.report.figures.drawing.placing import write_clear
from dalil.report.figures.drawing.style import BAND, FAINT, LOOKS, STATED
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import deciding
from dalil.tables.rows import GroupingRow
from dalil.wording.messages import sentence


@dataclass(frozen=True)
class GroupingsRow(MeasuredRow, table="groupings"):
    """The lowest and the highest sum of a year, of the sets of countries ``with`` a country or ``without`` it.

    Where no country decides whether the number of the claim is reached, the sums of all sets stand together.
    """

    claim: str
    comparator: str
    value: Estimate
    unit: str
    band: Literal["with", "without", "all"]
    country: str
    year: int
    lowest: Fraction
    highest: Fraction
    source: str


Sums = list[GroupingsRow]


def _rows(report: ReportContext) -> Iterator[GroupingsRow]:
    named = producers(report)
    for sets in split(report.rows(GroupingRow), lambda row: row.claim_id):
        claim = report.claims[sets[0].claim_id]
        country = next(iter(deciding(sets, claim)), "")
        source = named(*(origin for row in sets for origin in row.origins))
        about = {"claim": claim.claim_id, "country": country, "source": source}
        for band, chosen in _bands(sets, country).items():
            years = sorted({int(year) for row in chosen for year in row.sums})
            for year in years:
                sums = [Fraction(row.sums[str(year)]) for row in chosen if str(year) in row.sums]
                ends = {"lowest": min(sums), "highest": max(sums)}
                yield GroupingsRow.of(claim, **about, band=band, year=year, **ends)


def _bands(sets: list[GroupingRow], country: str) -> dict[str, list[GroupingRow]]:
    """The sets with a country and those without it; all of them where none decides."""
    if not country:
        return {"all": sets}
    return {
        "with": [row for row in sets if country in row.added],
        "without": [row for row in sets if country not in row.added],
    }


def _draw(rows: Sums, picture: Picture, context: FigureContext) -> None:
    groups = _by_claim(rows)
    titles = [f"{context.measure(sums[0])}, {_scale(sums, context)[1]}" for sums in groups]
    grid = panels(picture, [sentence(title) for title in titles], context)
    for axes, sums in zip(grid, groups, strict=True):
        scale = _scale(sums, context)[0]
        low, value, high = span_of(sums[0].value, scale)
        axes.axhspan(low, high, color=STATED, alpha=0.3, lw=0, zorder=3)
        axes.axhline(value, color=STATED, lw=1.2, zorder=3)
        for band in split(sums, lambda row: row.band):
            _draw_band(axes, band, scale)
        ends = [float(end / scale) for row in sums for end in (row.lowest, row.highest)]
        room = 0.2 * (max(*ends, value) - min(ends))
        axes.set_ylim(min(ends) - room, max(*ends, value) + room)
        years_along(axes, context, 5)
    for axes, sums in zip(grid, groups, strict=True):
        scale, middle = _scale(sums, context)[0], sum(axes.get_xlim()) / 2
        stated = context.say("stated", value=context.words.tick(span_of(sums[0].value, scale)[1]))
        write_clear(axes, stated, (middle, span_of(sums[0].value, scale)[1]), colour=STATED)
        for band in split(sums, lambda row: row.band):
            without, row = band[0].band == "without", band[len(band) // 2]
            name = context.say(f"band.{row.band}", country=context.words.country(row.country))
            if without:
                most = context.short(max(one.highest for one in band), scale)
                name = context.say("most", band=name, value=most)
            at = row.year, float((row.lowest if without else row.highest) / scale)
            write_clear(axes, name, at, colour=FAINT if without else LOOKS[2].ink, below=without)


def _draw_band(axes: Axes, band: Sums, scale: Fraction) -> None:
    """Draw the sums of each year from the lowest to the highest."""
    colour = BAND if band[0].band == "without" else LOOKS[2].colour
    years, lows, highs = zip(*((r.year, float(r.lowest / scale), float(r.highest / scale)) for r in band), strict=True)
    axes.fill_between(years, lows, highs, color=colour, alpha=0.45, lw=0, zorder=2)
    for ends in (lows, highs):
        axes.plot(years, ends, color=colour, lw=1, zorder=2)


def _say(rows: Sums, context: FigureContext) -> Description:
    groups = _by_claim(rows)
    period = context.words.period(f"{min(row.year for row in rows)}/{max(row.year for row in rows)}")
    place = context.words.label("subjects", rows[0].subject)
    return Description(
        title=_title(groups, context),
        subtitle=context.say("subtitle", place=place, period=period),
        caption=context.say("caption"),
        alt=" ".join(part for sums in groups for part in _alt(sums, context)),
    )


def _title(groups: list[Sums], context: FigureContext) -> str:
    """Say of the claims whose sums tell the same as those of the first what that is."""
    case, country = _case(groups[0]), groups[0][0].country
    alike = [sums[0] for sums in groups if (_case(sums), sums[0].country) == (case, country)]
    claims = context.words.listed(context.printed(row, full=True) for row in alike)
    return context.say(f"title.{case}", claims=claims, country=context.words.country(country))


def _case(sums: Sums) -> str:
    """Whether one country decides, else whether the sums of any year reach down and up to the number."""
    if sums[0].country:
        return "deciding"
    low, high = sums[0].value.range.low, sums[0].value.range.high
    met = any((high is None or row.lowest <= high) and (low is None or low <= row.highest) for row in sums)
    return "reached" if met else "unreached"


def _alt(sums: Sums, context: FigureContext) -> Iterator[str]:
    scale, unit = _scale(sums, context)
    yield context.say("alt.claim", measure=context.measure(sums[0]), claim=context.printed(sums[0]), unit=unit)
    for band in split(sums, lambda row: row.band):
        yield context.say(
            "alt.band",
            band=context.say(f"band.{band[0].band}", country=context.words.country(band[0].country)),
            first=band[0].year,
            last=band[-1].year,
            low=context.short(min(row.lowest for row in band), scale),
            high=context.short(max(row.highest for row in band), scale),
        )


def _by_claim(rows: Iterable[GroupingsRow]) -> list[Sums]:
    return split(rows, lambda row: row.claim)


def _scale(rows: Sums, context: FigureContext) -> tuple[Fraction, str]:
    return context.scale(rows[0].unit, [row.highest for row in rows])


def _height(rows: Sums, context: FigureContext) -> float:
    return 2.2 * len(_by_claim(rows)) if context.narrow else 2.3


FIGURE = Figure(_rows, _draw, _say, _height)
