"""What a figure is: the rows it is drawn from, how they are drawn, what is said of them, and in which words."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

from matplotlib.figure import Figure as Picture

from dalil.numbers.intervals import Estimate
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.style import HIGHEST, LOOKS, WIDTH, Look, drawn_in_style
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row, Value
from dalil.tables.rows import ClaimRow, MirrorRow, RecordRow
from dalil.wording.catalogue import Wording
from dalil.wording.messages import sentence

T = TypeVar("T")
R = TypeVar("R", bound=Row)

# The height of a picture that only says that there is nothing to show.
_NOTHING = 1.4


@dataclass(frozen=True)
class MeasuredRow(Row):
    """A row about a measure, and of whom."""

    measure: str
    subject: str


class Printed(Protocol):
    """What is printed somewhere: more than, about, or just a number in a unit, or a date."""

    @property
    def value(self) -> Value | None: ...  # noqa: D102
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
    """

    def __init__(self, name: str, report: ReportContext) -> None:
        self.name = name
        self.words: Wording = report.wording
        self._report = report

    def say(self, key: str, /, **parts: object) -> str:
        """Fill in one of the figure's phrases."""
        return self.words.say(f"figures.{self.name}.{key}", **parts)

    def measure(self, row: MeasuredRow) -> str:
        """Name the measure of a row, with its subject where the article gives the measure of several."""
        name = self.words.label("measures", row.measure)
        several = len(self._subjects.get(row.measure, ())) > 1
        return f"{name}, {self.words.label('subjects', row.subject)}" if several else name

    def amount(self, estimate: Estimate | None, unit: str) -> str:
        """Write a worked-out number; nothing where there is none."""
        return "" if estimate is None else self.words.amount(estimate, unit)

    def allowed(self, estimate: Estimate, unit: str) -> str:
        """Write the interval of a number in brackets, to stand behind it; nothing where the number is exact."""
        return "" if estimate.range.width == 0 else f" ({self.words.span(estimate, unit)})"

    def signed(self, share: Estimate | None) -> str:
        """Write a share with its sign, above zero as well as below."""
        text = self.amount(share, "ratio")
        return f"+{text}" if share and share.value is not None and share.value > 0 else text

    def printed(self, row: Printed) -> str:
        """Write a number or a date as it was printed."""
        if isinstance(row.value, Period | str):
            return self.words.period(row.value, row.comparator)
        if row.value is None or row.value.value is None:
            return self.words.say("number.none")
        return self.words.printed(row.value.value, row.comparator, row.unit)

    def scale(self, unit: str, values: Iterable[Fraction | None]) -> tuple[Fraction, str]:
        """Choose what to divide an axis by so that some values are easy to read, and name the unit left."""
        return self.words.scale(unit, [value for value in values if value is not None])

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
    """What is said of a figure: the caption below it, and the text that stands in its place where it is not seen."""

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
    caption, alt
        Say in sentences what the rows are, below the picture and in its place.
    height
        The height that the rows need, in inches.
    """

    collect: Callable[[ReportContext], Iterable[R]]
    draw: Callable[[list[R], Picture, FigureContext], None]
    caption: Callable[[list[R], FigureContext], Iterable[str]]
    alt: Callable[[list[R], FigureContext], Iterable[str]]
    height: Callable[[list[R]], float]

    def rows(self, report: ReportContext) -> list[R]:
        """Collect the rows of a run."""
        return list(self.collect(report))

    def describe(self, rows: list[R], context: FigureContext) -> Description:
        """Say in words what the rows are."""
        return Description(*(" ".join(map(sentence, say(rows, context))) for say in (self.caption, self.alt)))

    def picture(self, rows: list[R], context: FigureContext) -> Picture:
        """Draw rows in the style of the figures; where there are none, the picture says so."""
        with drawn_in_style():
            picture = Picture(figsize=(WIDTH, min(HIGHEST, self.height(rows)) if rows else _NOTHING))
            if rows:
                self.draw(rows, picture, context)
            else:
                picture.text(0.5, 0.5, context.say("nothing"), ha="center", va="center", wrap=True)
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
