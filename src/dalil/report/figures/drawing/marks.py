"""Marks, axes and legends that several figures have."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dalil.numbers.intervals import Estimate
from dalil.report.figures.drawing.figure import FigureContext, MeasuredRow
from dalil.report.figures.drawing.style import FAINT, INK, Look
from dalil.wording.messages import sentence

T = TypeVar("T")

# Letters that a legend has room for beside one another.
_MOST_LETTERS = 110


def panels(
    picture: Picture,
    groups: Sequence[list[T]],
    title: Callable[[T], str] | None = None,
    heights: Sequence[float] | None = None,
) -> list[tuple[Axes, list[T]]]:
    """Set panels below one another, one for each group of rows, and give each with its group.

    Where there are several, ``title`` names a group by its first row; ``heights`` are shares of the height.
    """
    grid = list(zip(picture.subplots(len(groups), 1, squeeze=False, height_ratios=heights)[:, 0], groups, strict=True))
    if title and len(grid) > 1:
        for axes, group in grid:
            axes.set_title(sentence(title(group[0])))
    return grid


def in_numbers(axes: Axes, which: Literal["x", "y"], context: FigureContext, *, signed: bool = False) -> None:
    """Write the numbers along an axis the language's way; ``signed`` ones have a plus above zero."""
    tick = context.words.tick
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_formatter(FuncFormatter(lambda n, _: ("+" if signed and n > 0 else "") + tick(n)))


def rows_along(
    axes: Axes, labels: Sequence[str], ends: tuple[float, float], context: FigureContext, **look: Any
) -> None:
    """Name what stands below one another, between so much above the first and below the last; numbers run along x."""
    axes.set_yticks(range(len(labels)), labels, **look)
    axes.set_ylim(len(labels) - 1 + ends[1], -ends[0])
    axes.grid(axis="y", visible=False)
    in_numbers(axes, "x", context)


def levels_along(axes: Axes, row: MeasuredRow, unit: str, context: FigureContext) -> None:
    """Name what is measured along y, with its unit, and the years along x."""
    in_numbers(axes, "y", context)
    axes.set_xlabel(context.say("x"))
    axes.set_ylabel(sentence(context.say("y", measure=context.measure(row), unit=unit)))


def span_of(estimate: Estimate, scale: Fraction | int = 1) -> tuple[float, float, float]:
    """Low, value and high of a number to be drawn; an end that is not there is drawn at the value."""
    value, low, high = estimate.value, estimate.range.low, estimate.range.high
    assert value is not None
    return tuple(float(value if end is None else end) / float(scale) for end in (low, value, high))  # type: ignore[return-value]


def percent_of(estimate: Estimate) -> tuple[float, float, float]:
    """Low, value and high of a ratio in percent."""
    low, value, high = span_of(estimate)
    return low * 100, value * 100, high * 100


def note(axes: Axes, text: str, at: tuple[float, float], points: tuple[float, float], **look: Any) -> None:
    """Write a note so many points from what it is about."""
    axes.annotate(text, at, xytext=points, textcoords="offset points", **look)


def mark(
    axes: Axes, x: Any, y: Any, marker: str, colour: str, size: float, *, hollow: bool = False, **look: Any
) -> None:
    """Draw a mark, or several of one kind."""
    axes.plot(x, y, marker, color=colour, markersize=size, markerfacecolor="white" if hollow else None, **look)


def bar(axes: Axes, at: float, span: tuple[float, float, float], width: float, look: Look, *, hollow: bool) -> None:
    """Draw a country's bar with its interval; a hollow one is of a figure that is only printed in the press."""
    low, value, high = span
    if hollow:
        axes.bar(at, value, width * 0.92, facecolor="white", edgecolor=look.colour, lw=1.3, ls="--")
    else:
        axes.bar(at, value, width * 0.92, facecolor=look.colour, edgecolor="white", lw=0, hatch=look.hatch)
    axes.plot([at, at], [low, high], color=INK, lw=1)


def years_along(axes: Axes, years: Sequence[int], label: str, context: FigureContext) -> None:
    """Write years in the middle of their bars, of many one in so many, and name what is measured along y."""
    in_numbers(axes, "y", context)
    axes.set(xlabel=context.say("x"), ylabel=label)
    axes.set_xlim(min(years) - 0.6, max(years) + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=14, integer=True, steps=[1, 2, 5, 10]))
    axes.grid(axis="x", visible=False)


def bar_legend(picture: Picture, context: FigureContext, countries: Iterable[str], *, press: bool) -> None:
    """Set the legend of countries' bars, and of those that are only printed in the press where there are any."""
    keys = []
    for code in dict.fromkeys(countries):
        look, name = context.look(code), context.words.country(code)
        keys.append(Patch(facecolor=look.colour, edgecolor="white", lw=0, hatch=look.hatch, label=name))
    if press:
        keys.append(Patch(facecolor="white", edgecolor=FAINT, lw=1.3, ls="--", label=context.say("press")))
    legend_below(picture, keys)


def mark_key(marker: str, colour: str, label: str, *, hollow: bool = False, size: float = 6) -> Line2D:
    """The key of a mark."""
    face = "white" if hollow else colour
    return Line2D([], [], color=colour, ls="none", marker=marker, markerfacecolor=face, markersize=size, label=label)


def legend_below(picture: Picture, handles: Sequence[Artist]) -> None:
    """Set the legend below the panels, in as many columns as there is room for."""
    longest = max(len(str(handle.get_label())) for handle in handles)
    most = max(1, min(len(handles), int(_MOST_LETTERS / (longest + 7))))
    columns = -(-len(handles) // -(-len(handles) // most))
    picture.legend(
        handles=list(handles), loc="outside lower center", ncols=columns, handlelength=2.6, columnspacing=1.6
    )
