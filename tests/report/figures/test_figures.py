"""The figures: what is drawn is what the tables hold, and the words beside it say the same."""

import re
from fractions import Fraction

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from conftest import picture
from dalil.report.figures import names
from dalil.report.figures.drawing.output import draw, saved
from dalil.report.figures.drawing.style import DERIVED, SCENARIO, STATED, TARGET
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import GapRow, SensitivityRow


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


def test_gaps_are_drawn_at_their_values_in_the_order_of_the_table(material: ReportContext) -> None:
    axes = picture("target-gaps", material).axes[0]
    drawn = marked(axes)
    assert drawn == pytest.approx([float(row.gap.value or 0) / 1e9 for row in material.rows(GapRow)])
    spans = [along(line) for line in axes.get_lines() if line.get_marker() == "None"]
    for row in material.rows(GapRow):
        wanted = [float(end or 0) / 1e9 for end in (row.gap.range.low, row.gap.range.high)]
        assert any(span == pytest.approx(wanted) for span in spans)


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


def test_the_grid_frames_exactly_the_cells_that_reach_the_target(material: ReportContext) -> None:
    axes = picture("sensitivity", material).axes[0]
    rows = material.rows(SensitivityRow)
    (mesh,) = [item for item in axes.collections if isinstance(item, QuadMesh)]
    cells = mesh.get_array()
    assert cells is not None
    assert sorted(cells.ravel().tolist()) == pytest.approx(sorted(float(row.reached) * 100 for row in rows))
    frames = [patch for patch in axes.patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    assert len(frames) == sum(row.reached >= 1 for row in rows)
    row = next(row for row in rows if row.growth == Fraction("0.4") and row.year == 2020)
    assert float(row.reached) == pytest.approx(2 * 1.4**3 / 5)


def test_the_fan_has_a_panel_for_each_way_of_rounding(material: ReportContext) -> None:
    panels = picture("rounding-fan", material).axes
    titles = [panel.get_title(loc="left") for panel in panels]
    assert titles == ["rounded to the nearest", "cut off", "rounded up", "exact"]
    bands = [np.asarray(panel.collections[0].get_paths()[0].vertices, dtype=float) for panel in panels]
    starts = [float(band[:, 1].min()) for band in bands]
    assert starts == pytest.approx([1.5, 2, 1, 2])


def test_the_strip_has_a_mark_for_every_claim_at_its_line(material: ReportContext) -> None:
    axes = picture("article-strip", material).axes[0]
    marks = [x for line in axes.get_lines() for x in along(line)]
    assert len(marks) == len(material.claims)
    for claim, line in (("trade_2017", 164), ("university_rank", 344), ("trade_2017_again", 379)):
        assert claim in material.claims
        assert line in marks


def test_a_part_and_its_whole_are_drawn_to_scale(material: ReportContext) -> None:
    patches = picture("shares", material).axes[0].patches
    bars = [patch.get_width() for patch in patches if isinstance(patch, Rectangle)]
    assert bars == pytest.approx([283, 120.5])


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
