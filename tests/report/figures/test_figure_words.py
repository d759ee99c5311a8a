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


def context_of(name: str, language: str = "en") -> FigureContext:
    return FigureContext(name, cast(ReportContext, Invented(language)))


def described(name: str, rows: list[Any], language: str = "en") -> Description:
    """What a figure says of rows, with plain spaces."""
    said = find(name).describe(rows, context_of(name, language))
    return Description(*(" ".join(text.split()) for text in (said.title, said.subtitle, said.caption, said.alt)))


def turnover(series: Any, year: int, value: Estimate, scenario: str = "") -> TurnoverRow:
    growth = exactly("0.1") if scenario else None
    return TurnoverRow("bread", "x", "b", series, scenario, growth, Period.parse(str(year)), "=", value, "USD")


STATED = turnover("stated", 2010, about(2, 1, 3, BILLION))
IMPLIED = turnover("implied", 2009, about(20, 10, 30, BILLION // 10))
PATH = [turnover("path", year, about(4, 3, 5, BILLION), "base") for year in (2010, 2012, 2013)]
TARGET = turnover("target", 2012, exactly(5 * BILLION))
LOW = turnover("target", 2013, exactly(3 * BILLION))
GROWTH = GrowthNeededRow("bread", "x", "c", "stated", "", 2009, 2010, about(2, 1, 3), "")
NEEDED = replace(GROWTH, claim="t", kind="needed", value=exactly(3))
CAME = replace(NEEDED, kind="came", reporter="A", value=exactly(1), source="Office")

FIGURE = TargetOutcomesRow(
    "bread", "x", "record", "", "A", 2010, 0, "=", exactly(2 * BILLION), "USD", "official", None, None, "Office"
)
EARLIER = replace(FIGURE, year=2009, value=exactly(6 * BILLION))
GOAL = replace(
    FIGURE, series="target", target="t", reporter="", year=2012, since=2010, value=exactly(5 * BILLION), source=""
)
OUTCOME = replace(GOAL, series="outcome", reporter="A", gap=exactly("-0.6"), first_met=exactly(2014))
NEXT = [replace(row, target="u", year=2015) for row in (GOAL, OUTCOME)]
MET = replace(OUTCOME, gap=exactly("0.1"), first_met=exactly(2012))

FLOW = MirrorFlowsRow(
    "bread", "x", "A", "B", 2012, "USD", exactly(2 * BILLION), "official", exactly(3 * BILLION), "official",
    exactly("0.5"), "Office",
)  # fmt: skip
BACK = replace(FLOW, exporter="B", importer="A", exported=exactly(4 * BILLION), imported=exactly(BILLION))
SAID = GrowthOnRecordRow("bread", "x", "stated", "c", "", 2012, "=", about(2, 1, 3), "ratio", "reported", "", "", "")
OWN = replace(SAID, series="worked-out", reporter="A", status="official", verdict="differs", value=exactly("0.5"))
OTHER = replace(OWN, reporter="B", verdict="agrees", status="press", source="A bureau")
TOLD = replace(SAID, series="said", verdict="agrees", published="2013", source="A paper")
SUM = GroupingsRow(
    "bread", "x", "c", "=", about(5, 4, 6, BILLION), "USD", "with", "A", 2001, Fraction(3 * BILLION),
    Fraction(9 * BILLION), "Office",
)  # fmt: skip
REST = replace(SUM, band="without", highest=Fraction(3 * BILLION))
ALL = replace(SUM, band="all", country="")

# Rows by figure and case, with what is said of them in English.
CASES: dict[tuple[str, str], tuple[list[Any], str]] = {
    ("turnover", "short"): ([STATED, *PATH, TARGET], "Growth of 10% a year falls short of the target"),
    ("turnover", "all short"): (
        [STATED, *PATH, TARGET, replace(TARGET, period=LOW.period)], "Growth of 10% a year falls short of every target"
    ),
    ("turnover", "some short"): ([STATED, *PATH, TARGET, LOW], "Growth of 10% a year falls short of 1 of 2 targets"),
    ("turnover", "reached"): ([STATED, *PATH, LOW], "Growth of 10% a year reaches the target"),
    ("turnover", "no growth"): ([STATED, TARGET], "Bread: the level stated and the target"),
    ("turnover", "two measures"): (
        [STATED, *PATH, TARGET, replace(STATED, base="o", measure="rye"), replace(TARGET, base="o", measure="rye")],
        "Bread: growth of 10% a year falls short of the target",
    ),
    ("turnover", "implied"): ([STATED, IMPLIED, TARGET], "Implied for 2009: $2.00 bn."),
    ("growth-needed", "stated"): ([GROWTH], "The article states growth of 200% a year"),
    ("growth-needed", "needed"): ([NEEDED], "The growth that the target needed"),
    ("growth-needed", "more than stated"): ([GROWTH, NEEDED], "The target needs more growth a year than is stated"),
    ("growth-needed", "more than came"): (
        [GROWTH, NEEDED, CAME], "The target needed more growth a year than was stated or came"
    ),
    ("growth-needed", "no more"): (
        [replace(GROWTH, value=exactly(4)), NEEDED], "The target needs no more growth a year than is stated"
    ),
    ("growth-needed", "some"): (
        [GROWTH, NEEDED, replace(NEEDED, claim="u", value=exactly(1))], "1 of 2 targets need more growth a year than"
    ),
    ("growth-needed", "two measures"): ([GROWTH, replace(NEEDED, measure="rye")], "Rye, needed, 2009 to 2010: 300%."),
    ("target-outcomes", "regained"): (
        [EARLIER, FIGURE, GOAL, OUTCOME], "Bread had passed $5 billion before, and reached it again only in"
    ),
    ("target-outcomes", "never before"): ([FIGURE, GOAL, OUTCOME], "Bread: the target was missed"),
    ("target-outcomes", "all missed"): (
        [FIGURE, GOAL, OUTCOME, *NEXT], "Bread: no target was met in its year"
    ),
    ("target-outcomes", "met"): ([FIGURE, GOAL, MET], "Bread: the target was met"),
    ("target-outcomes", "some met"): ([FIGURE, GOAL, MET, *NEXT], "Bread: 1 of 2 targets were met"),
    ("target-outcomes", "two minds"): (
        [FIGURE, GOAL, MET, replace(OUTCOME, reporter="B")], "whether a target was met depends on whose record is read"
    ),
    ("target-outcomes", "press"): ([replace(FIGURE, status="press"), GOAL, OUTCOME], "Hollow marks are"),
    ("target-outcomes", "not met"): (
        [FIGURE, GOAL, replace(OUTCOME, first_met=None)], "−60% from it; not met in any year on record since."
    ),
    ("mirror-flows", "higher"): ([FLOW], "The importer’s figure is lower in 0 of 1 pair"),
    ("mirror-flows", "apart"): (
        [replace(FLOW, imported=NOTHING, imported_status="", asymmetry=NOTHING)], "Each country records the same trade"
    ),
    ("mirror-flows", "surpluses"): (
        [replace(FLOW, exported=exactly(2 * BILLION)), BACK], "In 2012 each country recorded a surplus with the other"
    ),
    ("mirror-flows", "deficits"): (
        [replace(FLOW, imported=exactly(5 * BILLION)), replace(BACK, imported=exactly(3 * BILLION))],
        "In 2012 each country recorded a deficit with the other",
    ),
    ("mirror-flows", "press"): ([replace(FLOW, imported_status="press")], "Hollow marks are numbers printed in the"),
    ("growth-on-record", "one side's"): ([SAID, OWN, OTHER], "200% is B’s figure; A’s statistics show about"),
    ("growth-on-record", "official"): (
        [SAID, replace(OWN, verdict="agrees")], "Official figures of A bear out growth of 200%"
    ),
    ("growth-on-record", "not official"): (
        [SAID, OWN, TOLD], "The article says 200%; official figures of A show about 50%"
    ),
    ("growth-on-record", "told"): ([SAID, TOLD], "The article says 200%; A paper: 200%"),
    ("growth-on-record", "told twice"): (
        [SAID, TOLD, TOLD], "The article says 200%; sources range from 200% to 200%"
    ),
    ("growth-on-record", "worked out of another's levels"): (
        [SAID, replace(OWN, reporter="", status="press", source="The office")], "The article says 200%; The office: 50%"
    ),
    ("growth-on-record", "undated"): ([SAID, replace(TOLD, published="")], "the article states 200%. A paper: 200%."),
    ("groupings", "deciding"): ([SUM, REST], "Only with A do countries add up to $5 billion"),
    ("groupings", "reached"): ([ALL], "In some years countries add up to $5 billion"),
    ("groupings", "unreached"): (
        [replace(ALL, lowest=Fraction(7 * BILLION))], "In no year on record do countries add up to $5 billion"
    ),
    ("groupings", "two claims"): (
        [SUM, REST, replace(SUM, claim="d", value=exactly(6 * BILLION))],
        "$5 billion and $6 billion"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=": ".join)
def test_what_is_said_of_each_case(case: tuple[str, str]) -> None:
    rows, words = CASES[case]
    said = described(case[0], rows)
    assert words in f"{said.title}. {said.caption} {said.alt}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=": ".join)
def test_every_language_says_the_same_numbers_in_whole_sentences(case: tuple[str, str], language: str) -> None:
    rows, _ = CASES[case]
    said, english = described(case[0], rows, language), described(case[0], rows)
    for kind in ("title", "subtitle", "caption", "alt"):
        text, source = getattr(said, kind), getattr(english, kind)
        assert re.fullmatch(r"[^{}]*[.:]" if kind in {"caption", "alt"} else r"[^{}]*[^.{}]|[^{}]*(?:г|гг)\.", text)
        assert ".." not in text
        assert not re.search(r"\. [a-zа-яўқғҳ]", re.sub(r"(?:г|гг|долл)\. ", "", text)), text
        assert digits(text, language) == digits(source, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_cases_are_told_alike(language: str) -> None:
    told = [(case[0], described(case[0], rows, language)) for case, (rows, _) in CASES.items()]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=": ".join)
def test_a_finding_fits_into_two_lines_of_a_page(case: tuple[str, str], language: str) -> None:
    rows, _ = CASES[case]
    assert len(described(case[0], rows, language).title) <= 115


def test_sources_are_named_once_and_the_article_is_one() -> None:
    context = context_of("target-outcomes")
    assert (
        context.source([FIGURE, replace(FIGURE, source="Office; Paper"), GOAL]) == "Sources: Office; Paper; the article"
    )
    assert context.source([GOAL]) == "Source: the article"


def digits(text: str, language: str) -> list[str]:
    """The numbers of a text, with a point for the decimal mark; without those that a language writes in words."""
    plain = text if language == "en" else text.replace(",", ".")
    return sorted(number.rstrip(".") for number in re.findall(r"\d[\d.]*", plain))
