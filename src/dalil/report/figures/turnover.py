"""Turnover: the level stated and the one it implies, where growth leads, and the targets set for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate, exactly
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.figure import Description, Figure, FigureContext, MeasuredRow, having, split
from dalil.report.figures.drawing.marks import mark, panels, span_of, years_along
from dalil.report.figures.drawing.placing import write_clear, write_end
from dalil.report.figures.drawing.style import DERIVED, INK, SCENARIO, SOFT, STATED, TARGET, TARGET_INK
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import TrajectoryRow
from dalil.wording.messages import sentence

BASE = "base"


@dataclass(frozen=True)
class TurnoverRow(MeasuredRow, table="turnover"):
    """A level of a period: the one stated, one it implies, one that a growth rate (``scenario``) leads to, a target."""

    base: str
    series: Literal["stated", "implied", "path", "target"]
    scenario: str
    growth: Estimate | None
    period: Period
    comparator: str
    value: Estimate
    unit: str


Panel = list[TurnoverRow]


def _rows(report: ReportContext) -> Iterator[TurnoverRow]:
    for base, targets in report.series.items():
        claim, first = report.claims[base], targets[0]
        level = partial(TurnoverRow.of, claim, base=base, scenario="", growth=None)
        implied = partial(level, comparator="=")
        # The level that targets are counted from stands in the year that the run takes it for.
        held = claim.period is not None and claim.period.year == first.base_year
        yield level(series="stated", period=claim.period if held else _year(first.base_year))
        for fact in report.results("implied"):
            before = report.claims[fact.claims[1]].base_period
            if fact.claims[0] == base and before is not None:
                yield implied(series="implied", period=before, value=fact.estimate)
        for row in having(report.rows(TrajectoryRow), base=base):
            growth = first.growth if row.scenario == BASE else exactly(row.scenario)
            yield implied(row, series="path", scenario=row.scenario, growth=growth, period=_year(row.year))
        for target in targets:
            period, printed = _year(target.target_year), report.claims[target.target].comparator
            yield level(series="target", period=period, comparator=printed, value=exactly(target.target_value))


def _year(year: int) -> Period:
    return Period.parse(str(year))


def _draw(rows: Panel, picture: Picture, context: FigureContext) -> None:
    groups = _panels(rows)
    titles = [f"{context.measure(panel[0])}, {_scale(panel, context)[1]}" if groups[1:] else "" for panel in groups]
    grid = list(zip(panels(picture, [sentence(title) for title in titles], context), groups, strict=True))
    for axes, panel in grid:
        scale = _scale(panel, context)[0]
        for path in split(having(panel, series="path"), lambda row: row.scenario):
            _draw_path(axes, path, scale, context)
        for row in panel:
            if row.series in {"stated", "implied"}:
                low, value, high = span_of(row.value, scale)
                axes.plot([row.period.year] * 2, [low, high], color=STATED, lw=1.4, zorder=4)
                mark(axes, row.period.year, value, "o", STATED, 7, hollow=row.series == "implied")
            elif row.series == "target":
                mark(axes, row.period.year, span_of(row.value, scale)[1], "D", TARGET, 8)
        axes.set_ylim(0, axes.get_ylim()[1] * 1.12)
        axes.margins(x=0.06)
        years_along(axes, context, 6)
    for axes, panel in grid:
        _label(axes, panel, context)


def _draw_path(axes: Axes, path: Panel, scale: Fraction, context: FigureContext) -> None:
    years = [row.period.year for row in path]
    lows, values, highs = zip(*(span_of(row.value, scale) for row in path), strict=True)
    base, growth = path[0].scenario == BASE, context.amount(path[0].growth, "ratio")
    if base:
        axes.fill_between(years, lows, highs, color=DERIVED, alpha=0.25, lw=0)
    axes.plot(years, values, "--" if base else ":", color=STATED if base else SCENARIO, lw=1.6 if base else 1)
    write_end(axes, context.say("scenario", growth=growth), (years[-1], values[-1]), STATED if base else SOFT)


def _label(axes: Axes, panel: Panel, context: FigureContext) -> None:
    """Write at each mark what it is: targets with how far growth as stated leads below or above them."""
    scale = _scale(panel, context)[0]
    for row in panel:
        at, number = (row.period.year, span_of(row.value, scale)[1]), context.short(row.value.value, scale)
        if row.series == "target":
            lines = [context.say("label.target", year=row.period.year, target=context.words.tick(at[1]))]
            if (off := _off(row, panel)) is not None:
                case = "short" if off < 0 else "over"
                lines.append(context.say(f"label.{case}", share=context.percent(off)))
            write_clear(axes, "\n".join(lines), at, colour=TARGET_INK)
        elif row.series != "path":
            label = f"{context.say(row.series)}: {number}"
            write_clear(axes, label, at, colour=STATED if row.series == "stated" else INK, below=True)


def _off(target: TurnoverRow, panel: Panel) -> Fraction | None:
    """How far growth as stated leads below or above a target, as a share; nothing where there is no such growth."""
    reached = [row for row in having(panel, series="path", scenario=BASE) if row.period == target.period]
    if not reached or not target.value.value or reached[0].value.value is None:
        return None
    return reached[0].value.value / target.value.value - 1


def _say(rows: Panel, context: FigureContext) -> Description:
    first = _panels(rows)[0]
    case = "projected" if having(rows, series="path", scenario=BASE) else "stated"
    units = [_scale(panel, context)[1] for panel in _panels(rows)]
    return Description(
        title=_title(first, context, several=len(_panels(rows)) > 1),
        subtitle=context.about(rows, [row.period.year for row in rows], units),
        caption=context.say(f"caption.{case}"),
        alt=" ".join(part for panel in _panels(rows) for part in _alt(panel, context)),
    )


def _title(panel: Panel, context: FigureContext, *, several: bool) -> str:
    """Say how many targets growth as stated falls short of, of those that it leads up to."""
    targets = having(panel, series="target")
    offs = [off for target in targets if (off := _off(target, panel)) is not None]
    about = {"measure": context.measure(panel[0]), "n": len(offs) or len(targets)}
    if not offs:
        return context.say("title.stated", **about)
    growth = context.amount(having(panel, series="path", scenario=BASE)[0].growth, "ratio")
    short = sum(off < 0 for off in offs)
    case = "short" if short == len(offs) else "some" if short else "reached"
    title = context.say(f"title.{case}", **about, growth=growth, short=short)
    return f"{context.measure(panel[0])}: {title[:1].lower()}{title[1:]}" if several else title


def _alt(panel: Panel, context: FigureContext) -> Iterator[str]:
    (stated,) = having(panel, series="stated")
    yield context.say(
        "alt.stated", measure=context.measure(stated), year=stated.period.year, value=context.printed(stated)
    )
    for row in having(panel, series="implied"):
        yield context.say("alt.implied", year=row.period.year, value=context.amount(row.value, row.unit))
    path = {row.period: context.amount(row.value, row.unit) for row in having(panel, series="path", scenario=BASE)}
    for row in having(panel, series="target"):
        case = "alt.projected" if row.period in path else "alt.target"
        number, projected = context.printed(row), path.get(row.period, "")
        yield context.say(case, year=row.period.year, projected=projected, target=number)


def _panels(rows: Panel) -> list[Panel]:
    return split(rows, lambda row: row.base)


def _scale(panel: Panel, context: FigureContext) -> tuple[Fraction, str]:
    """What levels are divided by so that the targets are easy to read, and the unit left."""
    return context.scale(panel[0].unit, [row.value.value for row in having(panel, series="target")])


def _height(rows: Panel, context: FigureContext) -> float:
    return 2.7 * len(_panels(rows)) if context.narrow else 2.5


FIGURE = Figure(_rows, _draw, _say, _height)
