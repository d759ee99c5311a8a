"""Drawing: what every figure is made with; its size, its colours, and numbers of rows as they are drawn."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import matplotlib as mpl
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from dalil.project import FIGURE_STYLE
from dalil.report.markup.fonts import register
from dalil.report.prose.context import ReportContext
from dalil.tables.writing import Row, numbers
from dalil.wording.catalogue import Wording

# Okabe and Ito's colours by what they stand for.
STATED, DERIVED, TARGET, SCENARIO = "#0072B2", "#56B4E9", "#D55E00", "#777777"
# The orange as ink, dark enough to be read.
TARGET_INK = "#B34700"

# Inches across, as the report sets them, and the most that a page has room for below one another.
WIDTH, HIGHEST = 6.7, 8.8

Words = dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """A figure: what it shows, how to draw that, how high it gets, and what its words need besides facts and claims.

    What ``shows`` lists is drawn panel by panel or row by row. Where that is nothing, the picture says so.
    ``tables`` are those that it is drawn from.
    """

    shows: Callable[[ReportContext], Sequence[Any]]
    draw: Callable[[ReportContext, Figure], None]
    height: Callable[[int], float]
    tables: tuple[str, ...]
    words: Callable[[ReportContext], Words] = lambda _: {}

    def picture(self, material: ReportContext) -> Figure:
        """An empty picture of the right size; made, like what is drawn on it, in the style of the figures."""
        return Figure(figsize=(WIDTH, min(HIGHEST, self.height(max(1, len(self.shows(material)))))))


@contextmanager
def drawn_in_style() -> Iterator[None]:
    """Draw in the style of the figures, in the fonts of the report."""
    register()
    with mpl.rc_context(fname=FIGURE_STYLE):
        yield


def in_numbers(axis: Axis, wording: Wording, *, signed: bool = False) -> None:
    """Write the numbers along an axis the language's way; ``signed`` ones have a plus above zero."""
    axis.set_major_formatter(FuncFormatter(lambda n, _: ("+" if signed and n > 0 else "") + wording.tick(n)))


def of_what(claim: Row) -> tuple[str, str]:
    """What a claim measures, and of whom."""
    return claim["measure"], claim["subject"]


def span_of(row: Row, scale: Fraction | int, name: str = "value") -> tuple[float, float, float]:
    """Low, value and high of a number to be drawn; an end that is not there is drawn at the value."""
    value, low, high = numbers(row, name)
    assert value is not None
    return tuple(float(value if end is None else end) / float(scale) for end in (low, value, high))  # type: ignore[return-value]
