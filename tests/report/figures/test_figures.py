"""The pictures: what is drawn is what the tables hold, wide and narrow, and each can be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.text import Text

from dalil.numbers.intervals import Estimate
from dalil.project import Project, Run
from dalil.report.figures import names
from dalil.report.figures.drawing.figure import FigureContext, find
from dalil.report.figures.drawing.output import draw, saved
from dalil.report.figures.drawing.style import DERIVED, HIGHEST, LOOKS, NARROW, STATED, TARGET, WIDTH, drawn_in_style
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row
from dalil.tables.rows import ClaimRow, GroupingRow, MirrorRow, OutcomeRow, RecordRow, SourceRow

LANGUAGES = ("en", "uz", "uz-Cyrl", "ru")


def changed(material: ReportContext, tables: Mapping[str, Sequence[Row]]) -> ReportContext:
    """The same run with other tables."""
    other = ReportContext(material.parameters, material.run.project)
    other._tables = {name: list(rows) for name, rows in tables.items()}
    return other


def told_in(material: ReportContext, language: str) -> ReportContext:
    """The same run in a language."""
    return ReportContext(material.parameters.model_copy(update={"language": language}), material.run.project)


def drawn(name: str, material: ReportContext, *, narrow: bool = False) -> Picture:
    context = FigureContext(name, material, narrow=narrow)
    return find(name).picture(find(name).rows(material), context)


def number(estimate: Estimate | None) -> float:
    """The number of an estimate that has one."""
    assert estimate is not None
    assert estimate.value is not None
    return float(estimate.value)


def places(line: Line2D) -> list[tuple[float, float]]:
    """Where the points of a line lie."""
    x, y = (np.asarray(data, dtype=float) for data in (line.get_xdata(), line.get_ydata()))
    return list(zip(x.tolist(), y.tolist(), strict=True))


def marks(axes: Axes, marker: str, *, hollow: bool = False) -> list[tuple[float, float]]:
    lines = [line for line in axes.get_lines() if line.get_marker() == marker]
    return [
        spot for line in lines if (to_rgb(line.get_markerfacecolor()) == (1, 1, 1)) is hollow for spot in places(line)
    ]


def texts(shown: Picture) -> list[Text]:
    """All that is written on a picture."""
    return [text for text in shown.findobj(Text) if text.get_text().strip() and text.get_visible()]


def written(shown: Picture) -> str:
    return " | ".join(" ".join(text.get_text().split()) for text in texts(shown))


class TestOutcomes:
    def test_all_years_on_record_are_drawn_those_of_the_press_hollow(self, material: ReportContext) -> None:
        (axes,) = drawn("target-outcomes", material).axes
        record = material.rows(RecordRow)
        for code, look in zip(dict.fromkeys(row.reporter for row in record), LOOKS, strict=False):
            for status, hollow in (("official", False), ("press", True)):
                rows = [row for row in record if (row.reporter, row.status) == (code, status)]
                wanted = [(row.year, number(row.value) / 1e9) for row in rows]
                assert marks(axes, look.marker, hollow=hollow) == [pytest.approx(point) for point in wanted]
        assert min(row.year for row in record) == 2010

    def test_targets_say_how_far_they_were_missed(self, material: ReportContext) -> None:
        shown = drawn("target-outcomes", material)
        assert marks(shown.axes[0], "D") == [(2018, 3), (2020, 5)]
        words = written(shown)
        assert "target for 2018: 3 3–7% short" in words
        assert "target for 2020: 5 40–41% short" in words
        assert "2014: 3.5" in words

    def test_a_target_met_before_it_was_set_is_not_first_met_then(self, material: ReportContext) -> None:
        said = written(drawn("target-outcomes", material))
        assert "had passed $3 billion before, and reached it again only in 2019" in said

    def test_one_record_and_one_target_are_enough(self, material: ReportContext) -> None:
        rows = [row for row in material.rows(OutcomeRow) if row.target_year == 2020]
        record = [row for row in material.rows(RecordRow) if row.reporter == "UZ"]
        alone = drawn("target-outcomes", changed(material, {"outcomes": rows[:1], "record": record}))
        assert marks(alone.axes[0], "D") == [(2020, 5)]
        assert "Trade turnover: the target was missed" in written(alone)
        assert "Kazakhstan" not in written(alone).replace("Uzbekistan and Kazakhstan", "")


class TestFlows:
    def test_each_panel_has_both_books_of_a_flow(self, material: ReportContext) -> None:
        *panels, _ = drawn("mirror-flows", material).axes
        rows = material.rows(MirrorRow)
        for axes, (out, into) in zip(panels, dict.fromkeys((row.exporter, row.importer) for row in rows), strict=True):
            flow = [row for row in rows if (row.exporter, row.importer) == (out, into)]
            for code, side in ((out, "exported"), (into, "imported")):
                look = LOOKS[["UZ", "KZ"].index(code)]
                wanted = sorted((row.year, number(getattr(row, side)) / 1e9) for row in flow)
                spots = sorted(marks(axes, look.marker) + marks(axes, look.marker, hollow=True))
                assert spots == [pytest.approx(point) for point in wanted]

    def test_the_balance_is_what_each_side_sees(self, material: ReportContext) -> None:
        balance = drawn("mirror-flows", material).axes[-1]
        assert marks(balance, LOOKS[0].marker)[0] == pytest.approx((2017, 1.057579 - 0.998164))
        assert marks(balance, LOOKS[1].marker, hollow=True)[0] == pytest.approx((2017, 1.3 - 0.7352))
        assert "In 2017 each country recorded a surplus with the other" in written(drawn("mirror-flows", material))

    def test_where_one_direction_is_known_there_is_no_balance(self, material: ReportContext) -> None:
        rows = [row for row in material.rows(MirrorRow) if row.exporter == "UZ"]
        shown = drawn("mirror-flows", changed(material, {"mirror": rows}))
        assert len(shown.axes) == 1
        assert "The importer’s figure is lower in 6 of 7 pairs" in written(shown)


class TestGrowth:
    def test_every_source_that_speaks_of_the_growth_is_a_row(self, material: ReportContext) -> None:
        claim = next(claim for claim in material.rows(ClaimRow) if claim.claim_id == "trade_growth_2017")
        given = {
            number(row.value) * 100
            for row in material.rows(SourceRow)
            if row.claim_id == claim.claim_id
            and (row.verdict in {"agrees", "differs"} or row.status == "doubtful")
            and isinstance(row.value, Estimate)
        }
        (axes,) = drawn("growth-on-record", material).axes
        spots = [x for marker in ("D", *(look.marker for look in LOOKS)) for x, _ in marks(axes, marker)]
        assert sorted(set(spots)) == pytest.approx(sorted(given))
        assert sum(round(x, 3) == 31.2 for x in spots) == 1, "who says the same twice is one row"

    def test_what_is_no_growth_of_that_year_is_left_out(self, material: ReportContext) -> None:
        rows = [replace(row, verdict="related", status="press") for row in material.rows(SourceRow)]
        assert find("growth-on-record").rows(changed(material, {"sources": rows})) == []


class TestGroupings:
    def test_each_band_runs_from_the_lowest_to_the_highest_sum_of_a_year(self, material: ReportContext) -> None:
        rows = [row for row in material.rows(GroupingRow) if row.claim_id == "population_cis"]
        for axes, wanted in ((drawn("groupings", material).axes[0], True),):
            lines = [dict(places(line)) for line in axes.get_lines() if len(places(line)) > 2]
            for country, (lows, highs) in ((wanted, lines[:2]), (not wanted, lines[2:])):
                sums = [float(row.sums["2010"]) / 1e6 for row in rows if ("UA" in row.added) is country]
                assert (lows[2010], highs[2010]) == pytest.approx((min(sums), max(sums)))

    def test_the_country_without_which_no_sum_reaches_the_number_is_named(self, material: ReportContext) -> None:
        title = "Only with Ukraine do countries add up to 283 million people and 120.5 million people"
        assert title in written(drawn("groupings", material))

    def test_where_no_country_decides_the_sums_stand_together(self, material: ReportContext) -> None:
        rows = [row for row in material.rows(GroupingRow) if "UA" in row.added]
        shown = written(drawn("groupings", changed(material, {"groupings": rows})))
        assert "In some years countries add up to" in shown
        assert "all sums" in shown


class TestWhatFollows:
    def test_growth_leads_from_the_level_stated_through_each_year(self, material: ReportContext) -> None:
        shown = drawn("turnover", material)
        (axes,) = shown.axes
        assert marks(axes, "D") == [(2018, 3), (2020, 5)]
        base = next(places(line) for line in axes.get_lines() if line.get_linestyle() == "--")
        assert base == [pytest.approx((2017 + n, 2 * 1.312**n)) for n in range(4)]
        assert "target for 2018: 3 13% short" in written(shown)

    def test_growth_stated_needed_and_come_stand_below_one_another(self, material: ReportContext) -> None:
        shown = drawn("growth-needed", material)
        labels = [label.get_text() for label in shown.axes[0].get_yticklabels()]
        assert labels[:3] == ["stated for 2017", "needed, 2017 to 2018", "Uzbekistan, 2017 to 2018"]
        needed = [x for x, _ in marks(shown.axes[0], "D")]
        assert needed == pytest.approx([50, (2.5 ** (1 / 3) - 1) * 100])
        assert "Every target needed more growth a year than was stated or came" in written(shown)


@pytest.mark.parametrize("name", names())
class TestEveryFigure:
    @pytest.mark.parametrize("narrow", [False, True])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_text_lies_over_another_or_leaves_the_picture(
        self, material: ReportContext, name: str, language: str, narrow: bool
    ) -> None:
        shown = drawn(name, told_in(material, language), narrow=narrow)
        width, height = shown.get_size_inches()
        assert width == (NARROW if narrow else WIDTH)
        assert float(height) <= HIGHEST + 1
        with drawn_in_style():
            shown.draw_without_rendering()
            boxes = [(text.get_text(), text.get_window_extent()) for text in texts(shown) if not hidden(text, shown)]
        within = shown.bbox.padded(1.5)
        assert [
            text for text, box in boxes if not within.contains(box.x0, box.y0) or not within.contains(*box.max)
        ] == []
        over = [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if one.padded(-1.5).overlaps(two.padded(-1.5))]
        assert over == []
        assert all(text.get_rotation() == 0 and float(text.get_fontsize()) >= 8 for text in texts(shown))

    def test_its_words_need_no_picture(self, material: ReportContext, name: str) -> None:
        shown = saved(name, material)
        (alt,) = re.findall(r'alt="([^"]*)"', shown)
        assert len(re.findall(r"\d", alt)) >= 2
        assert len(alt) < 900
        assert "{" not in shown.partition("<figcaption>")[2] + alt

    def test_drawn_twice_it_is_the_same_file(self, material: ReportContext, name: str) -> None:
        draw(name, material)
        before = [material.picture(name, narrow=narrow).read_bytes() for narrow in (False, True)]
        draw(name, material)
        assert [material.picture(name, narrow=narrow).read_bytes() for narrow in (False, True)] == before

    def test_without_a_table_it_says_that_there_is_nothing(
        self, material: ReportContext, name: str, tmp_path: Path
    ) -> None:
        tables = ("record", "outcomes", "mirror", "groupings", "sources", "origins", "gaps", "trajectories", "claims")
        empty = changed(material, {table: [] for table in tables})
        empty.run = Run(Project(tmp_path))
        empty.__dict__["facts"] = {}
        assert draw(name, empty) == f"<p>{material.wording.say(f'figures.{name}.nothing')}</p>"
        assert empty.picture(name, narrow=True).stat().st_size > 0
        assert saved(name, empty) == ""


def hidden(text: Text, shown: Picture) -> bool:
    """Whether a text is a tick beyond the end of its axis, which is not drawn."""
    for axes in shown.axes:
        for axis, ends in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim()))):
            for tick in axis.get_major_ticks():
                if text in (tick.label1, tick.label2):
                    return not ends[0] <= tick.get_loc() <= ends[1]
    return False


def test_colours_differ_in_grey_as_well_and_countries_by_more() -> None:
    weights = (0.299, 0.587, 0.114)
    greys = [sum(w * c for w, c in zip(weights, to_rgb(colour), strict=True)) for colour in (STATED, DERIVED)]
    assert abs(greys[1] - greys[0]) > 0.2
    for what in ("colour", "ink", "marker", "line"):
        assert len({getattr(look, what) for look in LOOKS}) == len(LOOKS)
    assert not {look.colour for look in LOOKS} & {STATED, TARGET}
