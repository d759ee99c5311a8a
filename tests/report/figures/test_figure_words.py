"""The words of figures: every case that rows can be, in every language; no build is needed for it."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import pytest

from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.figure import Description, FigureContext, find
from dalil.report.figures.groupings import GroupingsRow
from dalil.report.figures.growth_needed import GrowthNeededRow
from dalil.report.figures.growth_on_record import GrowthOnRecordRow
from dalil.report.figures.mirror_flows import MirrorFlowsRow
from dalil.report.figures.target_outcomes import TargetOutcomesRow
from dalil.report.figures.turnover import TurnoverRow
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row
from dalil.wording.catalogue import Wording

LANGUAGES = ("en", "uz", "uz-Cyrl", "ru")
BILLION = 10**9
NOTHING = Estimate(None, Interval(None, None))


def about(value: int, low: int, high: int, scale: int = 1) -> Estimate:
    """A number that is known to lie between two others."""
    return Estimate(Fraction(value * scale), Interval(Fraction(low * scale), Fraction(high * scale)))


class Invented:
    """A report on no article, with the words of a language."""

    def __init__(self, language: str) -> None:
        self.wording = Wording(language)

    def rows(self, _: type[Row]) -> list[Row]:
        """No table has any."""
        return []


def described(name: str, rows: list[Any], language: str = "en") -> Description:
    """What a figure says of rows, with plain spaces."""
    context = FigureContext(name, cast(ReportContext, Invented(language)))
    description = find(name).describe(rows, context)
    return Description(*(" ".join(text.split()) for text in (description.caption, description.alt)))


def turnover(series: str, year: int, value: Estimate, scenario: str = "") -> TurnoverRow:
    growth = exactly("0.1") if scenario else None
    series_ = cast(Any, series)
    return TurnoverRow("bread", "x", "b", series_, scenario, growth, Period.parse(str(year)), "=", value, "USD")


STATED = turnover("stated", 2010, about(2, 1, 3, BILLION))
IMPLIED = turnover("implied", 2009, about(20, 10, 30, BILLION // 10))
PATH = [turnover("path", year, about(4, 3, 5, BILLION), "base") for year in (2010, 2012)]
TARGET = turnover("target", 2012, exactly(5 * BILLION))

GROWTH = GrowthNeededRow("bread", "x", "c", "stated", 2009, 2010, about(2, 1, 3))
FIGURE = TargetOutcomesRow(
    "bread", "x", "record", "", "A", 2012, "=", exactly(2 * BILLION), "USD", "official", None, None
)
GOAL = replace(FIGURE, series="target", target="t", reporter="", value=exactly(5 * BILLION), status="aimed")
OUTCOME = replace(FIGURE, series="outcome", target="t", gap=exactly("-0.6"), first_met=exactly(2014))
NEXT = [replace(row, target="u", year=2015) for row in (GOAL, OUTCOME)]

FLOW = MirrorFlowsRow(
    "bread", "x", "A", "B", 2012, "USD", exactly(2 * BILLION), "official", exactly(3 * BILLION), "official",
    exactly("0.5"),
)  # fmt: skip
YEAR = GrowthOnRecordRow("bread", "x", "record", "A", Period.parse("2012"), "=", exactly("0.5"), "ratio", "official")
SAID = replace(YEAR, series="stated", reporter="", value=about(2, 1, 3), status="reported")
SUM = GroupingsRow(
    "bread", "x", "c", "=", about(5, 4, 6, BILLION), "USD", 1, ("A",), 2001, 2012, Fraction(BILLION),
    Fraction(9 * BILLION), (2010,), 2010, Fraction(5 * BILLION),
)  # fmt: skip

# Rows by figure and case, with what is said of them in English.
CASES: dict[tuple[str, str], tuple[list[Row], str]] = {
    ("turnover", "stated"): ([STATED, TARGET], "Bread: the level stated in 2010, and the targets."),
    ("turnover", "implied"): (
        [STATED, IMPLIED, TARGET], "Bread: the level stated in 2010, the level it implies for 2009, and the targets."
    ),
    ("turnover", "projected"): (
        [STATED, *PATH, TARGET],
        "By 2012 the base growth leads to 4.00 billion US dollars (3.00 to 5.00 billion US dollars); the target is",
    ),
    ("turnover", "both"): ([STATED, IMPLIED, *PATH, TARGET], "for 2009, the base growth carried forward, and"),
    ("turnover", "implied exactly"): (
        [STATED, replace(IMPLIED, value=exactly(BILLION)), TARGET], "Implied for 2009: 1 billion US dollars."
    ),
    ("turnover", "on a day"): (
        [replace(STATED, period=Period.parse("2010-03-01")), TARGET], "the level stated on 1 March 2010, and"
    ),
    ("growth-needed", "stated"): ([GROWTH], "Growth a year that the article states."),
    ("growth-needed", "needed"): ([replace(GROWTH, kind="needed")], "The growth a year each target needs."),
    ("growth-needed", "both"): ([GROWTH, replace(GROWTH, kind="needed")], "states, and the growth a year each target"),
    ("growth-needed", "two measures"): ([GROWTH, replace(GROWTH, measure="rye")], "Rye, stated for 2010: 200%"),
    ("target-outcomes", "one record, one target"): (
        [FIGURE, GOAL, OUTCOME], "Bread as A records it, beside the target for 2012."
    ),
    ("target-outcomes", "two records, one target"): (
        [FIGURE, replace(FIGURE, reporter="B"), GOAL, OUTCOME], "Bread as A and B record it, beside the target for"
    ),
    ("target-outcomes", "one record, two targets"): (
        [FIGURE, GOAL, OUTCOME, *NEXT], "Bread as A records it, beside the targets for 2012 and 2015."
    ),
    ("target-outcomes", "two records, two targets"): (
        [FIGURE, replace(FIGURE, reporter="B"), GOAL, OUTCOME, *NEXT], "Bread as A and B record it, beside the targets"
    ),
    ("target-outcomes", "press"): ([replace(FIGURE, status="press"), GOAL, OUTCOME], "2 billion US dollars (press)"),
    ("target-outcomes", "not met"): (
        [FIGURE, GOAL, replace(OUTCOME, first_met=NOTHING)], "−60% from it; not met in any year on record."
    ),
    ("mirror-flows", "both"): (
        [FLOW], "2012: A records 2 billion US dollars, B 3 billion US dollars, which is +50%."
    ),
    ("mirror-flows", "apart"): ([replace(FLOW, asymmetry=NOTHING)], "B 3 billion US dollars."),
    ("mirror-flows", "exporter"): (
        [replace(FLOW, imported=NOTHING, asymmetry=NOTHING)], "2012: A records 2 billion US dollars."
    ),
    ("mirror-flows", "importer"): (
        [replace(FLOW, exported=NOTHING, asymmetry=NOTHING)], "2012: B records 3 billion US dollars."
    ),
    ("mirror-flows", "press"): ([replace(FLOW, imported_status="press")], "B 3 billion US dollars (press), which is"),
    ("growth-on-record", "record"): ([YEAR], "Growth a year of bread on record. Bars"),
    ("growth-on-record", "stated"): ([YEAR, SAID], "on record, and what the article states for 2012. Bars"),
    ("growth-on-record", "press"): ([replace(YEAR, status="press")], "On record in A: 2012, 50% (press)."),
    ("growth-on-record", "a fall"): ([replace(YEAR, value=exactly("-0.5"))], "It fell in 2012."),
    ("groupings", "fits"): ([SUM], "which fits in 2010; nearest in 2010 with"),
    ("groupings", "fits in none"): ([replace(SUM, fits=())], "which fits in no year; nearest in 2010 with"),
    ("groupings", "none added"): ([replace(SUM, added=())], "counted: None: 1"),
    ("groupings", "one left out"): ([replace(SUM, tried=2)], "1 further set lies further off and is not drawn."),
    ("groupings", "three left out"): ([replace(SUM, tried=4)], "3 further sets lie further off and are not drawn."),
    ("groupings", "seven left out"): ([replace(SUM, tried=8)], "7 further sets lie further off and are not drawn."),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=": ".join)
def test_what_is_said_of_each_case(case: tuple[str, str]) -> None:
    rows, sentence = CASES[case]
    description = described(case[0], rows)
    assert sentence in f"{description.caption} {description.alt}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=": ".join)
def test_every_language_says_the_same_numbers_in_whole_sentences(case: tuple[str, str], language: str) -> None:
    rows, _ = CASES[case]
    description, english = described(case[0], rows, language), described(case[0], rows)
    for text, source in zip((description.caption, description.alt), (english.caption, english.alt), strict=True):
        assert re.fullmatch(r"[^{}]*[.:]", text)
        assert ".." not in text
        assert not re.search(r"\. [a-zа-яўқғҳ]", re.sub(r"(?:г|гг|долл)\. ", "", text)), text
        assert digits(text, language) == digits(source, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_cases_are_told_alike(language: str) -> None:
    told = [(case[0], described(case[0], rows, language)) for case, (rows, _) in CASES.items()]
    assert len(set(told)) == len(told)


def digits(text: str, language: str) -> list[str]:
    """The numbers of a text, with a point for the decimal mark; without those that a language writes in words."""
    plain = text if language == "en" else text.replace(",", ".")
    return sorted(number.rstrip(".") for number in re.findall(r"\d[\d.]*", plain))


@pytest.mark.parametrize(
    ("language", "years"), [("en", "4 years"), ("uz", "4 ta yil"), ("uz-Cyrl", "4 та йил"), ("ru", "4 года")]
)
def test_many_years_that_fit_are_counted(language: str, years: str) -> None:
    context = FigureContext("groupings", cast(ReportContext, Invented(language)))
    rows = [replace(SUM, fits=(2001, 2003, 2005, 2007))]
    axes = find("groupings").picture(rows, context).axes[0]
    assert years in [" ".join(text.get_text().split()) for text in axes.texts]
