"""A figure: the rows it is drawn from, how they are drawn, and what is said of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from matplotlib.figure import Figure as Picture

from dalil.report.figures.drawing.context import FigureContext
from dalil.report.figures.drawing.rows import DrawnRow
from dalil.report.figures.drawing.style import HIGHEST, WIDTH, drawn_in_style
from dalil.report.prose.context import ReportContext
from dalil.wording.messages import sentence

# The height of a picture that only says that there is nothing to show.
_NOTHING = 1.4


R = TypeVar("R", bound=DrawnRow)


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
    """Find the figure of a name.

    Parameters
    ----------
    name
        One of :func:`dalil.report.figures.names`.

    Examples
    --------
    >>> callable(find("target-gaps").draw)
    True
    """
    figure: Figure[Any] = import_module(f"dalil.report.figures.{name.replace('-', '_')}").FIGURE
    return figure
