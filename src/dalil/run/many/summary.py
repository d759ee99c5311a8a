"""The summary of a sweep: which numbers follow what was varied, and how far, as a page with a figure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from matplotlib.figure import Figure

from dalil.numbers.intervals import Estimate
from dalil.report.export.sheet import sheet
from dalil.report.figures.drawing.output import written
from dalil.report.figures.drawing.style import BAND, DERIVED, WIDTH, drawn_in_style
from dalil.report.markup import html
from dalil.report.markup.html import Cell, Cells, Column, Html, element, table
from dalil.report.markup.vector import without_fonts
from dalil.run.many.store import Store
from dalil.run.many.sweep import Swept, fact_rows
from dalil.run.many.table import write_long
from dalil.wording.catalogue import Wording

# As many numbers a figure has room for, and inches that each of them takes.
_MOST, _HEIGHT = 14, 0.42


@dataclass
class Moved:
    """A number by the sets that give it."""

    unit: str
    estimates: dict[str, Estimate] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Fraction]:
        """What each set gives."""
        return {number: one.value for number, one in self.estimates.items() if one.value is not None}

    @property
    def ends(self) -> tuple[str, str]:
        """The sets that give the lowest and the highest."""
        values = self.values
        return min(values, key=values.__getitem__), max(values, key=values.__getitem__)

    def shown(self, number: str, wording: Wording) -> str:
        """Write what a set gives, to the digits that are known."""
        return wording.short.known(self.estimates[number], self.unit)


def moved(swept: Mapping[str, Swept]) -> dict[str, Moved]:
    """Choose the numbers that are not the same in all sets that have them."""
    found: dict[str, Moved] = {}
    for number, one in swept.items():
        for fact in one.facts():
            if fact.value:
                found.setdefault(fact.id, Moved(fact.unit)).estimates[number] = fact.estimate
    return {name: one for name, one in found.items() if len(set(one.values.values())) > 1}


def write_summary(store: Store, swept: Mapping[str, Swept], language: str) -> list[str]:
    """Write the facts of a sweep as one long table, and the page; return the places of the files."""
    columns, rows = fact_rows(swept)
    places = write_long(store, "facts", columns, rows, ("value", "low", "high"))
    store.write("sweep.html", _page(swept, Wording(language)))
    return [*places, store.place("sweep.html")]


def _page(swept: Mapping[str, Swept], wording: Wording) -> str:
    names = dict.fromkeys(name for one in swept.values() for name in one.varied)
    return sheet(wording.say("sweep.title", names=wording.listed(names)), wording, _parts(swept, wording))


def _parts(swept: Mapping[str, Swept], wording: Wording) -> Iterator[tuple[str, Html]]:
    say, found = wording.say, moved(swept)
    yield "", element("p", say("sweep.sets", n=len(swept)))
    if failed := [[_told(number, one), one.wrong] for number, one in swept.items() if one.wrong]:
        columns = [Column(say("sweep.set"), 40), Column(say("sweep.why"), 60)]
        yield say("sweep.failed"), table("failed", say("sweep.failed"), columns, failed, headed=False)
    if not found:
        yield "", element("p", say("sweep.fixed"))
        return
    columns = [Column(say("sweep.name"), 30), Column(say("sweep.lowest"), 35), Column(say("sweep.highest"), 35)]
    rows: list[Cells] = [
        [name, *(_end(one, number, swept, wording) for number in one.ends)] for name, one in found.items()
    ]
    yield say("sweep.moved"), _figure(found, wording) + table("moved", say("sweep.moved"), columns, rows, headed=False)


def _told(number: str, one: Swept) -> str:
    return f"{number}: {', '.join(f'{name}={value}' for name, value in one.varied.items())}"


def _end(one: Moved, number: str, swept: Mapping[str, Swept], wording: Wording) -> Cell:
    told = _told(number, swept[number])
    return Cell(wording.say("sweep.at", number=one.shown(number, wording), set=told), str(float(one.values[number])))


def _figure(found: Mapping[str, Moved], wording: Wording) -> Html:
    """Draw each number from its lowest to its highest, those first that move most for their size."""
    order = sorted(found.items(), key=lambda pair: -_share(pair[1].values.values()))[:_MOST]
    with drawn_in_style():
        picture = Figure(figsize=(WIDTH, _HEIGHT * len(order) + 0.3), layout="constrained")
        axes = picture.add_subplot()
        axes.set_axis_off()
        for place, (name, one) in enumerate(order):
            low, high = (one.values[number] for number in one.ends)
            dots = [float((value - low) / (high - low)) for value in one.values.values()]
            axes.plot([0, 1], [-place, -place], color=BAND, linewidth=3, zorder=1)
            axes.plot(dots, [-place] * len(dots), "o", color=DERIVED, markersize=4, zorder=2)
            axes.text(-0.02, -place, one.shown(one.ends[0], wording), ha="right", va="center", fontsize=8)
            axes.text(1.02, -place, one.shown(one.ends[1], wording), ha="left", va="center", fontsize=8)
            axes.text(0, -place + 0.3, name, ha="left", va="center", fontsize=8, parse_math=False)
        axes.set_xlim(-0.35, 1.35)
        axes.set_ylim(-len(order) + 0.5, 0.6)
    ranges = "; ".join(f"{n} {' – '.join(one.shown(end, wording) for end in one.ends)}" for n, one in order)
    drawing = without_fonts(written(picture, "svg").decode())
    alt = wording.say("sweep.alt", count=len(order), ranges=ranges)
    return html.figure("sweep", wording.say("sweep.caption"), alt, drawing)


def _share(values: Iterable[Fraction]) -> Fraction:
    """How far apart numbers are, as a share of the largest of them."""
    listed = list(values)
    return (max(listed) - min(listed)) / max(map(abs, listed))
