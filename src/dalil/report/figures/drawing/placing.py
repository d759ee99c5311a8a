"""Placing: labels written where they lie neither over what is drawn nor over one another."""

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.path import Path
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

# How far from its point a label may stand, and how far it keeps from all else, in points.
_DISTANCES = (7, 12, 18, 26, 36, 48, 62)
_CLEAR = 2.5
# Half the width of the widest mark, a square on its corner, for one of size one.
_WIDEST = 0.71
# Above first, then below, then to the sides: which way, and how the label is aligned to its end.
_WAYS = (
    (0, 1, "center", "bottom"), (-0.7, 0.7, "right", "bottom"), (0.7, 0.7, "left", "bottom"),
    (0, -1, "center", "top"), (-0.7, -0.7, "right", "top"), (0.7, -0.7, "left", "top"),
    (-1, 0, "right", "center"), (1, 0, "left", "center"),
)  # fmt: skip


def write_clear(axes: Axes, text: str, at: tuple[float, float], *, size: float, colour: str) -> Annotation:
    """Write a label as near to a point of finished axes as there is room; above the point where there is none.

    The label takes no part in the layout: it stands within the axes, which stay where they are.
    """
    axes.get_figure(root=True).draw_without_rendering()  # type: ignore[union-attr]
    drawn = list(_drawn(axes))
    written = [label.get_window_extent() for label in axes.texts]
    first: Annotation | None = None
    for label in _tries(axes, text, at, size, colour):
        box = label.get_window_extent().padded(_CLEAR)
        within = axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1 and axes.bbox.y0 <= box.y0 and box.y1 <= axes.bbox.y1
        if within and not any(path.intersects_bbox(box) for path in drawn) and box.count_overlaps(written) == 0:
            if first is not None:
                first.remove()
            return label
        if first is None:
            first = label
        else:
            label.remove()
    assert first is not None
    return first


def _tries(axes: Axes, text: str, at: tuple[float, float], size: float, colour: str) -> Iterator[Annotation]:
    """The label in each place, nearest first."""
    for distance in _DISTANCES:
        for x, y, across, up in _WAYS:
            label = axes.annotate(
                text, at, xytext=(x * distance, y * distance), textcoords="offset points", ha=across, va=up,
                multialignment="left" if across == "left" else "right" if across == "right" else "center",
                fontsize=size, color=colour, linespacing=1.05, zorder=6,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
            )  # fmt: skip
            label.set_in_layout(False)
            yield label


def _drawn(axes: Axes) -> Iterator[Path]:
    """What is drawn, as paths in the picture's own coordinates: lines, marks as boxes, bars and whiskers."""
    picture = axes.get_figure(root=True)
    assert picture is not None
    for line in axes.get_lines():
        places = line.get_transform().transform(np.column_stack([line.get_xdata(), line.get_ydata()]).astype(float))
        places = places[np.isfinite(places).all(axis=1)]
        if line.get_linestyle() != "None" and len(places) > 1:
            yield Path(places)
        if line.get_marker() != "None":
            half = line.get_markersize() * _WIDEST * picture.dpi / 72
            yield from (_box(Bbox.from_extents(x - half, y - half, x + half, y + half)) for x, y in places)
    for patch in axes.patches:
        yield _box(patch.get_window_extent())
    for whiskers in axes.collections:
        if isinstance(whiskers, LineCollection):
            yield from (Path(axes.transData.transform(segment)) for segment in whiskers.get_segments())


def _box(box: Bbox) -> Path:
    return Path(box.corners()[[0, 1, 3, 2, 0]], closed=True)
