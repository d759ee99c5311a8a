"""Marks, axes and panels that several figures have."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import FigureContext
from dalil.report.figures.drawing.frame import wrapped
from dalil.report.figures.drawing.style import INK, Look

OFFICIAL = "official"

# What keeps a text readable on a line or a band.
_BLANK = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
# Points that the names of rows beside one another may take up.
_NAMES = 200.0


def panels(picture: Picture, titles: Sequence[str], context: FigureContext) -> list[Axes]:
    """Set panels beside one another, or below one another where there is little room, each with its title."""
    shape = (len(titles), 1) if context.narrow else (1, len(titles))
    drawn: list[Axes] = picture.subplots(*shape, squeeze=False).ravel().tolist()
    room = (context.width / shape[1] - 0.45) * 72
    for axes, title in zip(drawn, titles, strict=True):
        axes.set_title(wrapped(title, room, 9, bold=True), size=9)
    return drawn


def in_numbers(axis: Axis, context: FigureContext) -> None:
    """Write the numbers along an axis the language's way."""
    axis.set_major_formatter(FuncFormatter(lambda n, _: context.words.tick(n)))


def years_along(axes: Axes, context: FigureContext, most: int = 8) -> None:
    """Write whole years along x, no more than there is room for, and numbers along y."""
    axes.xaxis.set_major_locator(MaxNLocator(nbins=most, integer=True, steps=[1, 2, 5, 10]))
    axes.grid(axis="x", visible=False)
    in_numbers(axes.yaxis, context)


def rows_along(axes: Axes, names: Sequence[str], context: FigureContext) -> None:
    """Name what stands below one another: at the left, or above each row where there is little room."""
    axes.set_ylim(len(names) - 0.4, -0.8 if context.narrow else -0.6)
    axes.set_yticks(range(len(names)))
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    in_numbers(axes.xaxis, context)
    if not context.narrow:
        axes.set_yticklabels([wrapped(name, _NAMES, 8.5) for name in names])
        return
    axes.set_yticklabels([])
    for place, name in enumerate(names):
        axes.annotate(
            wrapped(name, (context.width - 0.4) * 72, 8.5), (0, place), xycoords=axes.get_yaxis_transform(),
            xytext=(3, 5), textcoords="offset points", va="bottom", size=8.5, color=INK, bbox=_BLANK,
        )  # fmt: skip


def span_of(estimate: Estimate, scale: Fraction | int = 1) -> tuple[float, float, float]:
    """Low, value and high of a number to be drawn; an end that is not there is drawn at the value."""
    value, low, high = estimate.value, estimate.range.low, estimate.range.high
    assert value is not None
    return tuple(float(value if end is None else end) / float(scale) for end in (low, value, high))  # type: ignore[return-value]


def percent_of(estimate: Estimate) -> tuple[float, float, float]:
    """Low, value and high of a ratio in percent."""
    low, value, high = span_of(estimate, Fraction(1, 100))
    return low, value, high


def mark(
    axes: Axes, x: Any, y: Any, marker: str, colour: str, size: float = 6, *, hollow: bool = False, **look: Any
) -> None:
    """Draw a mark, or several of one kind."""
    look = {"zorder": 4, "markeredgewidth": 1.4 if hollow else 0.8, **look}
    edge, face = (colour, "white") if hollow else ("white", colour)
    axes.plot(x, y, marker, color=colour, markersize=size, markerfacecolor=face, markeredgecolor=edge, **look)


def ranged(axes: Axes, place: int, span: tuple[float, float, float], look: tuple[str, str], text: str) -> None:
    """Draw a value on a row, what it may lie between, and its number beside it."""
    (marker, colour), (low, value, high) = look, span
    axes.plot([low, high], [place, place], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")
    mark(axes, value, place, marker, colour, 7)
    axes.annotate(
        text, (value, place), xytext=(7, 0), textcoords="offset points", va="center", size=8.5, color=INK, zorder=5,
        bbox=_BLANK,
    )  # fmt: skip


def line_of(axes: Axes, points: Sequence[tuple[int, float, bool]], look: Look) -> None:
    """Draw a country's numbers by year: a line that breaks off where one is missing, and hollow marks of the press."""
    runs: list[list[tuple[int, float]]] = []
    for year, value, official in points:
        if official:
            if not runs or runs[-1][-1][0] < year - 1:
                runs.append([])
            runs[-1].append((year, value))
    for run in runs:
        years, values = zip(*run, strict=True)
        axes.plot(years, values, look.line, color=look.colour, lw=1.6, zorder=3)
        mark(axes, years, values, look.marker, look.colour, 4.5)
    for year, value, official in points:
        if not official:
            mark(axes, year, value, look.marker, look.colour, 5.5, hollow=True)
