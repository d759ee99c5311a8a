"""The style of the figures: colours, sizes and the looks of countries."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib as mpl

from dalil.project import FIGURE_STYLE
from dalil.report.markup.fonts import register

# Okabe and Ito's colours by what they stand for.
STATED, DERIVED, TARGET, SCENARIO = "#0072B2", "#56B4E9", "#D55E00", "#777777"
# The orange as ink, dark enough to be read.
TARGET_INK = "#B34700"
# Ink of what stands for nothing by its colour, and the colour of a band that stands for nothing either.
INK, SOFT, FAINT, BAND = "#333333", "#555555", "#6B6B6B", "#BBBBBB"

# Inches across: as the report sets a figure, and as a telephone shows it (360 pixels); and the most that a page has
# room for below one another.
WIDTH, NARROW, HIGHEST = 6.7, 3.75, 8.8


@dataclass(frozen=True)
class Look:
    """How a country's figures are told apart from others': in colour, as ink to write in, and in grey."""

    colour: str
    ink: str
    marker: str
    line: str


# Okabe and Ito's colours that stand for nothing else in the figures.
LOOKS = (
    Look("#009E73", "#00694D", "o", "-"),
    Look("#CC79A7", "#97416F", "s", "--"),
    Look("#E69F00", "#8A5F00", "v", "-."),
    Look("#000000", "#000000", "P", ":"),
)


@contextmanager
def drawn_in_style() -> Iterator[None]:
    """Draw in the style of the figures, in the fonts of the report."""
    register()
    with mpl.rc_context(fname=FIGURE_STYLE):
        yield
