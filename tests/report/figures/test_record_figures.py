"""The figures of the record: what is drawn is what its tables hold, worked out here a second way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from conftest import picture
from dalil.numbers.intervals import Estimate, Interval
from dalil.project import Project, Run
from dalil.report.figures.drawing.figure import find
from dalil.report.figures.drawing.output import draw, saved
from dalil.report.figures.drawing.style import HIGHEST, LOOKS, STATED, TARGET, WIDTH
from dalil.report.figures.groupings import MOST_SETS
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row
from dalil.tables.rows import (
    GroupingRow,
    MirrorRow,
    OutcomeRow,
    RecordRow,
    SourceRow,
)

NAMES = ("target-outcomes", "mirror-flows", "growth-on-record", "groupings")
TABLES = (
    "absent",
    "record",
    "outcomes",
    "mirror",
    "groupings",
    "readings",
    "multiverse",
    "sources",
    "assessments",
    "origins",
)


def changed(material: ReportContext, tables: Mapping[str, Sequence[Row]]) -> ReportContext:
    """The same run with other tables."""
    other = ReportContext(material.parameters, material.run.project)
    other._tables = {name: list(rows) for name, rows in tables.items()}
    return other


def of_reporter(material: ReportContext, code: str) -> ReportContext:
    """The same run with one country's figures alone."""
    record, outcomes = material.rows(RecordRow), material.rows(OutcomeRow)
    tables: dict[str, Sequence[Row]] = {
        "record": [row for row in record if row.reporter == code],
        "outcomes": [row for row in outcomes if row.reporter == code],
        "sources": [row for row in material.rows(SourceRow) if row.reporter in {code, ""}],
        "mirror": [],
    }
    return changed(material, tables)


def number(estimate: Estimate | None) -> float:
    """The number of an estimate that has one."""
    assert estimate is not None
    assert estimate.value is not None
    return float(estimate.value)


def places(line: Line2D) -> list[tuple[float, float]]:
    """Where the points of a line lie, without breaks."""
    x, y = (np.asarray(data, dtype=float) for data in (line.get_xdata(), line.get_ydata()))
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True) if np.isfinite(a)]


def marks(axes: Axes, *markers: str) -> list[Line2D]:
    return [line for line in axes.get_lines() if line.get_marker() in markers]


def is_hollow(mark: Line2D) -> bool:
    return to_rgb(mark.get_markerfacecolor()) == (1, 1, 1)


def bars(axes: Axes) -> list[Rectangle]:
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def is_outline(bar: Rectangle) -> bool:
    return tuple(bar.get_facecolor())[:3] == (1, 1, 1)


def words(name: str, material: ReportContext) -> str:
    (alt,) = re.findall(r'alt="([^"]*)"', saved(name, material))
    return str(alt)


def reporters(material: ReportContext) -> list[str]:
    return list(dict.fromkeys(row.reporter for row in material.rows(RecordRow)))


class TestOutcomes:
    def test_official_figures_are_solid_and_those_of_the_press_hollow(self, material: ReportContext) -> None:
        axes = picture("target-outcomes", material).axes[0]
        for code, look in zip(reporters(material), LOOKS, strict=False):
            rows = [row for row in material.rows(RecordRow) if row.reporter == code and 2016 <= row.year <= 2023]
            for kind, hollow in (("official", False), ("press", True)):
                wanted = [(row.year, number(row.value) / 1e9) for row in rows if row.status == kind]
                drawn = [p for mark in marks(axes, look.marker) if is_hollow(mark) is hollow for p in places(mark)]
                assert sorted(drawn) == [pytest.approx(point) for point in sorted(wanted)]

    def test_targets_are_at_their_year_with_a_line_to_the_lowest_figure(self, material: ReportContext) -> None:
        axes = picture("target-outcomes", material).axes[0]
        assert [places(mark) for mark in marks(axes, "D")] == [[(2018, 3)], [(2020, 5)]]
        lines = [places(line) for line in axes.get_lines() if line.get_linestyle() == ":"]
        lowest = {2018: 2.794989, 2020: 2.930695}
        goals = {2018: 3, 2020: 5}
        assert lines == [[pytest.approx((year, lowest[year])), (year, goals[year])] for year in goals]

    def test_each_target_says_how_far_each_record_is_from_it(self, material: ReportContext) -> None:
        texts = [text.get_text() for text in picture("target-outcomes", material).axes[0].texts if text.get_text()]
        assert len(texts) == 2
        for text, shares in zip(texts, ((2.91961 / 3, 2.794989 / 3), (3.005766 / 5, 2.930695 / 5)), strict=True):
            gaps = [float(gap.replace("\u2212", "-")) for gap in re.findall(r"\u2212[\d.]+(?=%)", text)]
            assert gaps == pytest.approx([(share - 1) * 100 for share in shares], abs=0.05)

    def test_its_labels_lie_over_no_mark_and_no_other_label(self, material: ReportContext) -> None:
        figure = picture("target-outcomes", material)
        figure.draw_without_rendering()
        axes = figure.axes[0]
        boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
        assert boxes[0].count_overlaps(boxes[1:]) == 0
        for line in axes.get_lines():
            shown = axes.transData.transform(places(line))
            assert not any(box.contains(x, y) for box in boxes for x, y in shown)

    def test_one_record_and_one_target_are_enough(self, material: ReportContext) -> None:
        rows = [row for row in material.rows(OutcomeRow) if row.target_year == 2020]
        alone = changed(material, {"outcomes": rows[:1], "record": material.rows(RecordRow)[:14]})
        (axes,) = picture("target-outcomes", alone).axes
        assert [places(mark) for mark in marks(axes, "D")] == [[(2020, 5)]]
        assert "Kazakhstan" not in words("target-outcomes", alone)

    def test_figures_without_a_value_or_below_zero_are_no_obstacle(self, material: ReportContext) -> None:
        rows = list(material.rows(RecordRow))
        below = Fraction(-1_000_000_000)
        rows[8] = replace(rows[8], value=Estimate(None, Interval(None, None)))
        rows[9] = replace(rows[9], value=Estimate(below, Interval(below, None)))
        axes = picture("target-outcomes", changed(material, {"record": rows})).axes[0]
        drawn = [point for mark in marks(axes, LOOKS[0].marker) for point in places(mark)]
        assert 2018 not in [year for year, _ in drawn]
        assert (2019, -1) in drawn
        assert axes.get_ylim()[0] < -1


class TestFlows:
    def test_each_pair_of_bars_is_a_year_of_both_records(self, material: ReportContext) -> None:
        panels = picture("mirror-flows", material).axes
        flows = list(dict.fromkeys((row.exporter, row.importer) for row in material.rows(MirrorRow)))
        assert len(panels) == len(flows) == 2
        for axes, flow in zip(panels, flows, strict=True):
            rows = [row for row in material.rows(MirrorRow) if (row.exporter, row.importer) == flow]
            wanted = [
                (row.year + shift, number(value) / 1e9, status != "official")
                for row in rows
                for shift, value, status in (
                    (-0.2, row.exported, row.exported_status),
                    (0.2, row.imported, row.imported_status),
                )
            ]
            drawn = [(bar.get_center()[0], bar.get_height(), is_outline(bar)) for bar in bars(axes)]
            assert drawn == [pytest.approx(bar) for bar in wanted]

    def test_the_asymmetry_stands_above_each_pair(self, material: ReportContext) -> None:
        for axes in picture("mirror-flows", material).axes:
            pairs = zip(bars(axes)[::2], bars(axes)[1::2], strict=True)
            wanted = [(there.get_height() / here.get_height() - 1) * 100 for here, there in pairs]
            written = [float(text.get_text().replace("\u2212", "-").rstrip("%")) for text in axes.texts]
            assert written == pytest.approx(wanted, abs=0.06)

    def test_a_side_that_is_missing_leaves_its_place_empty(self, material: ReportContext) -> None:
        rows, nothing = list(material.rows(MirrorRow)), Estimate(None, Interval(None, None))
        rows[1] = replace(rows[1], imported=nothing, asymmetry=nothing)
        axes = picture("mirror-flows", changed(material, {"mirror": rows})).axes[0]
        assert len(bars(axes)) == 13
        assert len(axes.texts) == 6

    def test_panels_of_one_measure_have_one_scale(self, material: ReportContext) -> None:
        assert len({axes.get_ylim() for axes in picture("mirror-flows", material).axes}) == 1


class TestGrowth:
    def test_bars_are_growth_worked_out_from_the_figures(self, material: ReportContext) -> None:
        axes = picture("growth-on-record", material).axes[0]
        wanted = []
        for place, code in enumerate(reporters(material)):
            official = {
                row.year: number(row.value)
                for row in material.rows(RecordRow)
                if row.reporter == code and row.status == "official"
            }
            wanted += [
                (year + 0.4 * place - 0.2, (value / official[year - 1] - 1) * 100)
                for year, value in official.items()
                if year - 1 in official
            ]
        drawn = [(bar.get_center()[0], bar.get_height()) for bar in bars(axes)]
        assert drawn == [pytest.approx(bar) for bar in wanted]
        assert axes.get_ylim()[0] < min(height for _, height in drawn) < 0

    def test_the_stated_growth_is_at_its_year_and_called_so(self, material: ReportContext) -> None:
        axes = picture("growth-on-record", material).axes[0]
        assert [places(mark) for mark in marks(axes, "D")] == [[pytest.approx((2017, 31.2))]]
        (band,) = axes.collections
        edges = np.asarray(band.get_paths()[0].vertices, dtype=float)[:, 1]
        assert (edges.min(), edges.max()) == pytest.approx((31.15, 31.25))
        assert [text.get_text() for text in axes.texts] == ["stated, 31.2%"]

    def test_growth_of_printed_figures_is_an_outline(self, material: ReportContext) -> None:
        rows = [replace(row, status="press") for row in material.rows(RecordRow)]
        axes = picture("growth-on-record", changed(material, {"record": rows})).axes[0]
        assert all(is_outline(bar) for bar in bars(axes))
        assert words("growth-on-record", changed(material, {"record": rows})).count("(press)") == len(bars(axes))

    def test_one_measure_a_panel_and_none_stated_of_the_other(self, material: ReportContext) -> None:
        rows = [*material.rows(RecordRow), *(replace(row, measure="visitors") for row in material.rows(RecordRow))]
        panels = picture("growth-on-record", changed(material, {"record": rows})).axes
        assert [len(marks(axes, "D")) for axes in panels] == [1, 0]
        assert panels[1].get_title(loc="left") == "Visitors"


class TestGroupings:
    def test_each_row_runs_from_the_lowest_to_the_highest_sum(self, material: ReportContext) -> None:
        panels = picture("groupings", material).axes
        claims = list(dict.fromkeys(row.claim_id for row in material.rows(GroupingRow)))
        for axes, claim in zip(panels, claims, strict=True):
            rows = [row for row in material.rows(GroupingRow) if row.claim_id == claim]
            spans = [places(line) for line in axes.get_lines() if line.get_linewidth() == 5]
            assert spans == [
                [pytest.approx((float(end) / 1e6, place)) for end in (row.lowest, row.highest)]
                for place, row in enumerate(rows)
            ]
            nearest = marks(axes, "D", "o")
            assert [places(mark) for mark in nearest] == [
                [pytest.approx((float(row.nearest) / 1e6, place))] for place, row in enumerate(rows)
            ]
            assert [not is_hollow(mark) for mark in nearest] == [bool(row.fits) for row in rows]

    def test_what_the_printing_allows_is_a_band(self, material: ReportContext) -> None:
        bands = [bars(axes)[0] for axes in picture("groupings", material).axes]
        ends = [(band.get_x(), band.get_x() + band.get_width()) for band in bands]
        assert ends == [pytest.approx((282.5, 283.5)), pytest.approx((120.45, 120.55))]

    def test_rows_are_called_by_the_countries_added_and_years_stand_beside(self, material: ReportContext) -> None:
        axes = picture("groupings", material).axes[0]
        labels = [label.get_text() for label in axes.get_yticklabels()]
        assert labels[0] == "none"
        assert "Ukraine, Georgia" in labels
        beside = {text.xy[1]: text.get_text() for text in axes.texts}  # type: ignore[attr-defined]
        assert beside[labels.index("Ukraine, Georgia")] == "2017, 2022"
        assert beside[labels.index("Moldova, Turkmenistan, Ukraine, Georgia")] == "1995\u20131996, 2011"
        assert beside[0] == "none"

    def test_of_very_many_sets_those_that_come_nearest_are_drawn(self, material: ReportContext) -> None:
        rows = [row for row in material.rows(GroupingRow) if row.claim_id == "population_cis"]
        far = [replace(row, fits=(), nearest=Fraction(1000), lowest=Fraction(1000)) for row in rows]
        many = changed(material, {"groupings": far + rows})
        drawn = find("groupings").rows(many)
        assert len(drawn) == MOST_SETS
        assert {row.nearest for row in rows} <= {row.nearest for row in drawn}
        assert f"{2 * len(rows) - MOST_SETS} further sets" in saved("groupings", many)


@pytest.mark.parametrize("name", NAMES)
class TestEveryFigure:
    def test_without_a_record_it_says_that_there_is_nothing(
        self, material: ReportContext, name: str, tmp_path: Path
    ) -> None:
        empty = changed(material, {table: [] for table in TABLES})
        empty.run = Run(Project(tmp_path))
        empty.__dict__["facts"] = material.facts
        empty._tables = {**{t: material.table(t) for t in ("claims", "verdicts", "sections", "gaps")}, **empty._tables}
        assert draw(name, empty) == f"<p>{material.wording.say(f'figures.{name}.nothing')}</p>"
        assert empty.picture(name).stat().st_size > 0
        assert saved(name, empty) == ""

    def test_with_one_countrys_figures_it_names_no_other(self, material: ReportContext, name: str) -> None:
        for code in reporters(material):
            alone = of_reporter(material, code)
            if not find(name).rows(alone):
                assert name == "mirror-flows"
                continue
            figure = picture(name, alone)
            (other,) = set(reporters(material)) - {code}
            named = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
            assert material.wording.country(other) not in named

    def test_it_fits_on_a_page_and_nothing_leaves_it(self, material: ReportContext, name: str) -> None:
        figure = picture(name, material)
        width, height = figure.get_size_inches()
        assert (width, height <= HIGHEST) == (WIDTH, True)
        figure.draw_without_rendering()
        drawn = figure.get_tightbbox()
        assert drawn.x0 >= -0.02
        assert drawn.x1 <= width + 0.02
        assert drawn.y0 >= -0.02
        assert drawn.y1 <= height + 0.02


def written(material: ReportContext, name: str) -> list[tuple[int, Estimate | None]]:
    """What a figure's words give, with its year."""
    record = material.rows(RecordRow)
    if name == "target-outcomes":
        return [(row.year, row.value) for row in record if 2016 <= row.year <= 2023]
    if name == "growth-on-record":
        return [(row.year, row.growth) for row in record if row.growth]
    flows = material.rows(MirrorRow)
    return [(row.year, value) for row in flows for value in (row.exported, row.imported, row.asymmetry)]


@pytest.mark.parametrize("name", ["target-outcomes", "growth-on-record", "mirror-flows"])
def test_the_words_name_every_value_and_its_year(material: ReportContext, name: str) -> None:
    alt = words(name, material)
    for year, value in written(material, name):
        assert str(year) in alt
        share = abs(number(value)) < 10
        # The first three digits that count, however many of them the precision of the source lets stand.
        digits = f"{abs(number(value)) * (100 if share else 1):.2e}"
        first = digits.partition("e")[0].replace(".", "").rstrip("0")
        assert re.search(r"\D0*" + r"\.?".join(first), alt), (name, year)


def test_the_words_say_of_every_figure_of_the_press_that_it_is(material: ReportContext) -> None:
    record = [row for row in material.rows(RecordRow) if row.status == "press"]
    assert words("target-outcomes", material).count("(press)") == sum(2016 <= row.year <= 2023 for row in record)
    assert words("growth-on-record", material).count("(press)") == sum(row.growth is not None for row in record)
    sides = [side for row in material.rows(MirrorRow) for side in (row.exported_status, row.imported_status)]
    assert words("mirror-flows", material).count("(press)") == sides.count("press")


def test_the_words_name_every_set(material: ReportContext) -> None:
    sets = words("groupings", material)
    for row in material.rows(GroupingRow):
        assert all(material.wording.country(code) in sets for code in row.added)
        assert all(str(year) in sets for year in (row.nearest_year, *row.fits))
    assert sets.count("nearest in") == len(material.rows(GroupingRow))


def test_countries_differ_in_grey_as_well() -> None:
    for what in ("colour", "marker", "line", "hatch"):
        assert len({getattr(look, what) for look in LOOKS}) == len(LOOKS)
    assert not {look.colour for look in LOOKS} & {STATED, TARGET}
