"""The figures: what is drawn is what the tables hold, and the words beside it say the same."""

import re

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from conftest import picture
from dalil.report.figures import names
from dalil.report.figures.drawing.output import draw, saved
from dalil.report.figures.drawing.style import DERIVED, SCENARIO, STATED, TARGET
from dalil.report.prose.context import ReportContext


def along(line: Line2D) -> list[float]:
    """Where a line's points lie along the horizontal axis."""
    return [float(x) for x in np.asarray(line.get_xdata(), dtype=float)]


def points(figure: Figure, label: str) -> list[tuple[float, float]]:
    """The points of the line with a label in the first panel."""
    (line,) = [line for line in figure.axes[0].get_lines() if line.get_label() == label]
    return list(zip(along(line), np.asarray(line.get_ydata(), dtype=float).tolist(), strict=True))


def marked(axes: Axes) -> list[float]:
    """Where the marks stand, from the top."""
    return [along(line)[0] for line in axes.get_lines() if line.get_marker() in {"o", "D"}]


def test_turnover_shows_the_targets_and_the_base_growth(material: ReportContext) -> None:
    figure = picture("turnover", material)
    assert points(figure, "target") == [(2018, 3), (2020, 5)]
    base = points(figure, "base growth, 31.2% a year")
    assert base == [pytest.approx((2017 + n, 2 * 1.312**n)) for n in range(4)]
    containers = {c.get_label(): c for c in figure.axes[0].containers}
    assert set(containers) == {"stated", "implied"}
    whiskers = [part for part in containers["stated"].get_children() if isinstance(part, LineCollection)]
    assert [float(end[1]) for end in whiskers[0].get_segments()[0]] == pytest.approx([1.5, 2.5])


def test_growth_stated_stands_above_growth_needed(material: ReportContext) -> None:
    axes = picture("growth-needed", material).axes[0]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    drawn = marked(axes)
    assert dict(zip(labels, drawn, strict=True)) == pytest.approx(
        {
            "stated for 2017": 31.2,
            "needed from 2017 to 2018": 50,
            "needed from 2017 to 2020": (2.5 ** (1 / 3) - 1) * 100,
            "needed from 2018 to 2020": ((5 / 3) ** 0.5 - 1) * 100,
        }
    )


@pytest.mark.parametrize("name", names())
class TestEveryFigure:
    def test_its_axes_are_named_with_their_unit(self, material: ReportContext, name: str) -> None:
        figure = picture(name, material)
        assert all(axes.get_xlabel() for axes in figure.axes)
        named = " ".join(f"{axes.get_xlabel()} {axes.get_ylabel()}" for axes in figure.axes)
        assert re.search(r"US dollars|percent|people|Year|Line", named)

    def test_its_words_need_no_picture(self, material: ReportContext, name: str) -> None:
        shown = saved(name, material)
        (alt,) = re.findall(r'alt="([^"]*)"', shown)
        (caption,) = re.findall(r"<figcaption>(.*)</figcaption>", shown, re.DOTALL)
        assert len(re.findall(r"\d", alt)) >= 2
        assert len(caption) > 60
        assert "{" not in alt + caption

    def test_drawn_twice_it_is_the_same_file(self, material: ReportContext, name: str) -> None:
        before = material.picture(name).read_bytes()
        draw(name, material)
        assert material.picture(name).read_bytes() == before


def test_colours_differ_in_grey_as_well() -> None:
    weights = (0.299, 0.587, 0.114)
    greys = [sum(w * c for w, c in zip(weights, to_rgb(colour), strict=True)) for colour in (STATED, DERIVED)]
    assert abs(greys[1] - greys[0]) > 0.2
    assert len({STATED, DERIVED, TARGET, SCENARIO}) == 4
