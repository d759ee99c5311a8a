"""Placing: labels written where they lie neither over what is drawn nor over one another."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.path import Path
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

# How far from its point a label may stand, and how far it keeps from all else, in points.
_DISTANCES = (6, 10, 15, 21, 28, 32, 36, 48, 62)
_CLEAR = 2.0
# Half the width of the widest mark, a square on its corner, for one of size one.
_WIDEST = 0.71
# Above first, then below, then to the sides: which way, and which share of its width and height a label lies back by.
_WAYS = (
    (0, 1, 0.5, 0), (-0.7, 0.7, 1, 0), (0.7, 0.7, 0, 0),
    (0, -1, 0.5, 1), (-0.7, -0.7, 1, 1), (0.7, -0.7, 0, 1),
    (-1, 0, 1, 0.5), (1, 0, 0, 0.5),
)  # fmt: skip
_ALIGNED = {0: "left", 0.5: "center", 1: "right"}
# What marks the labels at the ends of lines.
_END = "end"


def settle(picture: Picture) -> None:
    """Solve the layout of a picture, once, and part the labels at the ends of its lines."""
    if not isinstance(picture.get_layout_engine(), ConstrainedLayoutEngine):
        return
    picture.draw_without_rendering()
    picture.set_layout_engine("none")
    for axes in picture.axes:
        _part([text for text in axes.texts if text.get_gid() == _END])  # type: ignore[misc]


def write_end(axes: Axes, text: str, at: tuple[float, float], colour: str, size: float = 8.5) -> None:
    """Write a label to the right of the end of a line; those of one panel are parted when the layout is settled."""
    axes.annotate(
        text, at, xytext=(6, 0), textcoords="offset points", va="center", color=colour, size=size, gid=_END,
        linespacing=1.05, annotation_clip=False,
    )  # fmt: skip


def write_clear(
    axes: Axes, text: str, at: tuple[float, float], *, colour: str, size: float = 8.5, below: bool = False
) -> None:
    """Write a label as near to a point as there is room; over a line, but over no other label, where there is none.

    The label takes no part in the layout: it stands within the axes, which stay where they are from then on.
    """
    picture = axes.get_figure(root=True)
    assert picture is not None
    settle(picture)
    drawn, written = list(_drawn(axes)), [label.get_window_extent() for label in axes.texts]
    label = axes.annotate(
        text, at, xytext=(0, 0), textcoords="offset points", color=colour, size=size, linespacing=1.05, zorder=6
    )
    label.set_in_layout(False)
    first, worst = label.get_window_extent(), 3
    for box, aligned in _tries(first, picture.dpi / 72, below=below):
        around = box.padded(_CLEAR)
        within = axes.bbox.x0 <= around.x0 and around.x1 <= axes.bbox.x1
        within = within and axes.bbox.y0 <= around.y0 and around.y1 <= axes.bbox.y1
        crossed = any(path.intersects_bbox(around, filled) for path, filled in drawn)
        fault = 2 if around.count_overlaps(written) or not within else int(crossed)
        if fault < worst:
            worst = fault
            label.xyann = ((box.x0 - first.x0) * 72 / picture.dpi, (box.y0 - first.y0) * 72 / picture.dpi)
            label.set_multialignment(aligned)
        if not fault:
            break


def _tries(first: Bbox, point: float, *, below: bool) -> Iterator[tuple[Bbox, Any]]:
    """The places of a label that begins at a point, nearest first, and how its lines are aligned there."""
    ways = (*_WAYS[3:6], *_WAYS[:3], *_WAYS[6:]) if below else _WAYS
    for distance in _DISTANCES:
        for x, y, across, up in ways:
            right, upwards = x * distance * point - across * first.width, y * distance * point - up * first.height
            yield first.translated(right, upwards), _ALIGNED[across]


def _part(labels: Sequence[Annotation]) -> None:
    """Move labels up or down until no two of them overlap, none further than it must."""
    boxes = [label.get_window_extent() for label in labels]
    order = sorted(range(len(labels)), key=lambda place: boxes[place].y0)
    for _ in range(len(labels)):
        for low, high in pairwise(order):
            if (over := boxes[low].y1 - boxes[high].y0) > 0:
                boxes[low], boxes[high] = boxes[low].translated(0, -over / 2), boxes[high].translated(0, over / 2)
    for label, box in zip(labels, boxes, strict=True):
        picture = label.get_figure(root=True)
        assert picture is not None
        up = (box.y0 - label.get_window_extent().y0) * 72 / picture.dpi
        label.xyann = (label.xyann[0], label.xyann[1] + up)


def _drawn(axes: Axes) -> Iterator[tuple[Path, bool]]:
    """Lines, and marks as boxes, as paths in the picture's own coordinates, and whether they are filled."""
    picture = axes.get_figure(root=True)
    assert picture is not None
    for line in axes.get_lines():
        places = line.get_transform().transform(np.column_stack([line.get_xdata(), line.get_ydata()]).astype(float))
        if line.get_linestyle() != "None":
            yield Path(places), False
        if line.get_marker() != "None":
            half = line.get_markersize() * _WIDEST * picture.dpi / 72
            known = places[np.isfinite(places).all(axis=1)]
            yield from ((_box(x - half, y - half, x + half, y + half), True) for x, y in known)


def _box(*ends: float) -> Path:
    return Path(Bbox.from_extents(*ends).corners()[[0, 1, 3, 2, 0]], closed=True)
