"""What a figure is: the rows it is drawn from, how they are drawn, what is said of them, and in which words."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.frame import framed
from dalil.report.figures.drawing.placing import settle
from dalil.report.figures.drawing.style import HIGHEST, LOOKS, NARROW, WIDTH, Look, drawn_in_style
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row
from dalil.tables.rows import ClaimRow, MirrorRow, OriginRow, RecordRow
from dalil.wording.catalogue import Wording
from dalil.wording.messages import sentence

T = TypeVar("T")
R = TypeVar("R", bound=Row)

# The height of a picture that only says that there is nothing to show.
_NOTHING = 1.0
# Digits that count in a number beside a mark.
_DIGITS = 3


@dataclass(frozen=True)
class MeasuredRow(Row):
    """A row about a measure, and of whom."""

    measure: str
    subject: str


class Printed(Protocol):
    """What is printed somewhere: more than, about, or just a number in a unit."""

    @property
    def value(self) -> Estimate: ...  # noqa: D102
    @property
    def comparator(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102


class FigureContext:
    """The phrases of one figure in one language, what things are called, and how countries are told apart.

    Parameters
    ----------
    name
        The figure's name: its phrases stand below ``figures.NAME``.
    report
        The run that it is drawn of.
    narrow
        Whether it is drawn for a telephone.
    """

    def __init__(self, name: str, report: ReportContext, *, narrow: bool = False) -> None:
        self.name = name
        self.words: Wording = report.wording.short
        self.narrow = narrow
        self._report = report

    @property
    def width(self) -> float:
        """How wide the picture is, in inches."""
        return NARROW if self.narrow else WIDTH

    def say(self, key: str, /, **parts: object) -> str:
        """Fill in one of the figure's phrases."""
        return self.words.say(f"figures.{self.name}.{key}", **parts)

    def measure(self, row: MeasuredRow) -> str:
        """Name the measure of a row, with its subject where the article gives the measure of several."""
        name = self.words.label("measures", row.measure)
        several = len(self._subjects.get(row.measure, ())) > 1
        return f"{name}, {self.words.label('subjects', row.subject)}" if several else name

    def about(self, rows: Iterable[MeasuredRow], years: Iterable[int], units: Iterable[str]) -> str:
        """Say what a figure shows: the measures, whose they are, the years and the units."""
        first, last = min(known := list(years)), max(known)
        period = self.words.period(str(first) if first == last else f"{first}/{last}")
        pairs = dict.fromkeys((row.measure, row.subject) for row in rows)
        names = dict.fromkeys(self.words.label("measures", measure) for measure, _ in pairs)
        owners = dict.fromkeys(self.words.label("subjects", subject) for _, subject in pairs)
        measure, place, unit = (", ".join(dict.fromkeys(parts)) for parts in (names, owners, units))
        return self.words.say("figures.about", measure=measure, place=place, period=period, unit=unit)

    def source(self, rows: Iterable[Row]) -> str:
        """Name the sources of rows: whoever has published their numbers, or the article."""
        known = dict.fromkeys(name for row in rows for name in getattr(row, "source", "").split("; "))
        named = [self.words.data(name) if name else self.words.say("figures.article") for name in known]
        return self.words.say("figures.source", n=len(named), sources="; ".join(named))

    def amount(self, estimate: Estimate | None, unit: str) -> str:
        """Write a worked-out number; nothing where there is none."""
        return "" if estimate is None else self.words.amount(estimate, unit)

    def short(self, value: Fraction | None, scale: Fraction | int = 1) -> str:
        """Write a number to the digits that count, its scale and unit being told elsewhere."""
        return self.words.tick(float(f"{float((value or 0) / scale):.{_DIGITS}g}"))

    def percent(self, share: Fraction | None, *, signed: bool = False) -> str:
        """Write a share in whole percent, with its sign or without."""
        whole = Fraction(round((share or Fraction(0)) * 100), 100)
        text = self.words.printed(whole if signed else abs(whole), "=", "ratio")
        return f"+{text}" if signed and whole > 0 else text

    def percents(self, shares: Iterable[Fraction]) -> str:
        """Write the range of some shares in whole percent, without a sign."""
        ends = sorted({abs(round(share * 100)) for share in shares})
        last = self.percent(Fraction(ends[-1], 100))
        return last if len(ends) == 1 else f"{self.words.tick(ends[0])}–{last}"

    def printed(self, row: Printed, *, full: bool = False) -> str:
        """Write a number as it was printed, its unit short or, for a title, in ``full``."""
        if row.value.value is None:
            return self.words.say("number.none")
        words = self._report.wording if full else self.words
        return words.printed(row.value.value, row.comparator, row.unit)

    def scale(self, unit: str, values: Iterable[Fraction | None]) -> tuple[Fraction, str]:
        """Choose what to divide an axis by so that some values are easy to read, and name the unit left."""
        return self._report.wording.scale(unit, [value for value in values if value is not None])

    def look(self, code: str) -> Look:
        """How a country looks: the same in every figure."""
        return LOOKS[self._countries.index(code) % len(LOOKS)]

    @cached_property
    def _subjects(self) -> dict[str, set[str]]:
        """Of whom the article gives each measure."""
        subjects: dict[str, set[str]] = {}
        for claim in self._report.rows(ClaimRow):
            subjects.setdefault(claim.measure, set()).add(claim.subject)
        return subjects

    @cached_property
    def _countries(self) -> list[str]:
        """The countries on record, in its order."""
        named = [row.reporter for row in self._report.rows(RecordRow)]
        named += [code for row in self._report.rows(MirrorRow) for code in (row.exporter, row.importer)]
        return list(dict.fromkeys(named))


@dataclass(frozen=True)
class Description:
    """What is said of a figure.

    Parameters
    ----------
    title
        Its finding.
    subtitle
        What it shows: measure, place, period, unit.
    caption
        What it is and how to read it, below it.
    alt
        The text that stands in its place where it is not seen.
    """

    title: str
    subtitle: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Figure(Generic[R]):
    """A figure, made of its rows and nothing else: a reader who has the rows can draw it again.

    Parameters
    ----------
    collect
        Takes the rows from a run's tables and facts; none where there is nothing to show.
    draw
        Draws the rows on an empty picture.
    say
        Says what they are: the finding is chosen by what the rows hold.
    height
        The height that the rows need besides the words around them, in inches.
    """

    collect: Callable[[ReportContext], Iterable[R]]
    draw: Callable[[list[R], Picture, FigureContext], None]
    say: Callable[[list[R], FigureContext], Description]
    height: Callable[[list[R], FigureContext], float]

    def rows(self, report: ReportContext) -> list[R]:
        """Collect the rows of a run."""
        return list(self.collect(report))

    def describe(self, rows: list[R], context: FigureContext) -> Description:
        """Say in words what the rows are."""
        said = self.say(rows, context)
        return Description(*map(sentence, (said.title, said.subtitle, said.caption, said.alt)))

    def picture(self, rows: list[R], context: FigureContext) -> Picture:
        """Draw rows in the style of the figures; where there are none, the picture says so."""
        with drawn_in_style():
            if not rows:
                picture = Picture(figsize=(context.width, _NOTHING))
                picture.text(0.5, 0.5, context.say("nothing"), ha="center", va="center", wrap=True)
                return picture
            said = self.describe(rows, context)
            height = min(HIGHEST, self.height(rows, context))
            picture = framed(said.title, said.subtitle, context.source(rows), context.width, height)
            self.draw(rows, picture, context)
            settle(picture)
        return picture


def find(name: str) -> Figure[Any]:
    """Find the figure of a name, one of :func:`dalil.report.figures.names`.

    Examples
    --------
    >>> callable(find("turnover").draw)
    True
    """
    figure: Figure[Any] = import_module(f"dalil.report.figures.{name.replace('-', '_')}").FIGURE
    return figure


def producers(report: ReportContext) -> Callable[..., str]:
    """Make what names the producers of some origins, without who carries them, for a row's column ``source``."""
    known = {row.origin: row.producer.split(", ")[0] for row in report.rows(OriginRow)}
    return lambda *origins: "; ".join(dict.fromkeys(known[origin] for origin in origins if origin in known))


def split(items: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """Put things together that have one key, in the order in which they come.

    Examples
    --------
    >>> split(["Aral", "Buxoro", "Andijon"], key=lambda name: name[0])
    [['Aral', 'Andijon'], ['Buxoro']]
    """
    groups: dict[Hashable, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def having(rows: Iterable[R], **wanted: object) -> list[R]:
    """Keep the rows whose fields have some values."""
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
