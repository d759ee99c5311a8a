"""Page one: what each claim says, what was found, the verdict, and what stands around the table, for any article."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Grouping, Observation, Reference
from dalil.report.prose.context import ReportContext
from dalil.report.prose.found import found
from dalil.report.prose.verdicts import verdict
from invented import BETWEEN, Entry, entry, figure, growth, inside, level, record, target, years
from invented import statement as printed
from invented_report import report_on
from said import plain

BASE = level("base", period="2017")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
SIGNED = entry("signed", "date", "2017-yil 1-mart kuni", "2017-03-01", period="2017-03-01", unit="date")
NOW = level("people", "10 kishi", "10", measure="population", unit="person")


def rose(words: str = "50 foiz", value: str = "0.5") -> Entry:
    return growth("growth", words, value, period="2017", base_period="2016")


def turnover(area: str, partner: str, **values: str) -> list[Observation]:
    """A country's turnover, year by year."""
    origin = "office" if area == "UZ" else "bureau"
    return [figure(int(year[1:]), value, area, partner, origin=origin) for year, value in values.items()]


def people(area: str, **values: str) -> list[Observation]:
    """A country's population, year by year."""
    about: dict[str, Any] = {"measure": "population", "flow": "", "unit": "person"}
    return [figure(int(year[1:]), value, area, "", **about) for year, value in values.items()]


AGREED = printed("target", "3", origin="ministry", status="aimed", period="2018")
MET_LATER = turnover("UZ", "KZ", y2017="2.0", y2018="2.5", y2019="3.1")
NEVER_MET = turnover("UZ", "KZ", y2017="2.0", y2018="2.5", y2019="2.9")


@dataclass(frozen=True)
class Case:
    """What an article says and the record holds; what was found of the last claim, and the verdict on it."""

    found: str
    verdict: str
    entries: tuple[Entry, ...]
    reference: Reference | None = None
    mappings: Mapping[str, SeriesMapping] = field(default_factory=lambda: BETWEEN)
    article: Mapping[str, Any] = field(default_factory=dict)

    @property
    def claim(self) -> str:
        return str(self.entries[-1]["id"])


CASES = {
    "a level on both records": Case(
        "2.10 billion US dollars (Uzbekistan) and 1.90 billion US dollars (Kazakhstan).",
        "right",
        (BASE,),
        record(*turnover("UZ", "KZ", y2017="2.1"), *turnover("KZ", "UZ", y2017="1.9")),
    ),
    "a level below the record": Case(
        "3.10 billion US dollars (Uzbekistan).", "too low", (BASE,), record(*turnover("UZ", "KZ", y2017="3.1"))
    ),
    "a level above the record": Case(
        "1.10 billion US dollars (Uzbekistan).", "too high", (BASE,), record(*turnover("UZ", "KZ", y2017="1.1"))
    ),
    "growth on one side's record": Case(
        "50.0% (Uzbekistan) and 10.0% (Kazakhstan).",
        "one side’s figure",
        (rose(),),
        record(*turnover("UZ", "KZ", y2016="2.0", y2017="3.0"), *turnover("KZ", "UZ", y2016="2.0", y2017="2.2")),
    ),
    "a level that a paper gives": Case(
        "2 billion US dollars, according to P (2020).",
        "likely right",
        (BASE,),
        record(printed("level", "2.0", unit="USD", period="2017")),
    ),
    "a level that a paper puts lower": Case(
        "1.2 billion US dollars, according to P (2020).",
        "likely too high",
        (BASE,),
        record(printed("level", "1.2", unit="USD", period="2017")),
    ),
    "a date": Case(
        "The same date, according to P (2020).",
        "likely right",
        (SIGNED,),
        record(printed("date", "2017-03-01", period="2017-03-01")),
    ),
    "a term": Case(
        "The same years, according to P (2020).",
        "right",
        (years("term", 2017, 2018),),
        record(printed("period", "2017/2018", period="2017/2018", origin="office")),
    ),
    "a target met later": Case(
        "Agreed. In 2018: 2.50 billion US dollars (Uzbekistan, 16.7% short). Reached in 2019.",
        "missed by 16.7%",
        (BASE, GOAL),
        record(AGREED, *MET_LATER),
    ),
    "a target never met": Case(
        "Agreed. In 2018: 2.50 billion US dollars (Uzbekistan, 16.7% short). Nearest since: 2.90 billion US dollars in "
        "2019 (Uzbekistan).",
        "missed by 16.7%",
        (BASE, GOAL),
        record(AGREED, *NEVER_MET),
    ),
    "a target met": Case(
        "In 2018: 3.50 billion US dollars (Uzbekistan).",
        "met",
        (BASE, GOAL),
        record(*turnover("UZ", "KZ", y2017="2.0", y2018="3.5")),
    ),
    "a target of which only the announcement is known": Case(
        "Agreed.", "announced", (GOAL,), record(AGREED), {}
    ),
    "a number that only one country's people lead to": Case(
        "Only if Ukraine is counted; without, never above 8.00 people. Fits 1995.",
        "out of date",
        (NOW,),
        record(
            *people("AM", y1995="6", y2020="8"), *people("UA", y1995="4", y2020="5"),
            cis=Grouping(always=("AM",), sometimes={"UA": "a reason"}),
        ),
        {"population": SeriesMapping(series=("population",), over="cis")},
    ),
    "nothing found": Case("Not found in the sources we had.", "not found", (BASE,), record()),
    "something of another year": Case(
        "The sources we had speak only of related things.",
        "not found",
        (BASE,),
        record(printed("level", "2.0", unit="USD", period="2015")),
    ),
    "no record": Case("Nothing else in the article bears on it.", "not checked", (BASE,)),
    "two levels and the growth between them": Case(
        "The two levels do not give the stated growth, even allowing for rounding.",
        "does not add up",
        (BASE, level("before", "1 milliard dollar", "1000000000", period="2016"), rose("900 foiz", "9")),
    ),
    "a part of a whole": Case(
        "The part fits into the whole, as it must.",
        "adds up",
        (BASE, level("part", "1 milliard dollar", "1000000000", measure="exports", period="2017")),
        article={"ratios": [inside("part", "base")]},
    ),
    "a target that the growth stated does not lead to": Case(
        "At the growth stated it comes to 2.20 billion US dollars, 26.7% short.",
        "short at the stated pace",
        (BASE, rose("10 foiz", "0.1"), GOAL),
    ),
    "a target that the growth stated leads to": Case(
        "At the growth stated it comes to 6.00 billion US dollars.",
        "reached at the stated pace",
        (BASE, rose("200 foiz", "2"), GOAL),
    ),
    "a target without growth": Case("Needs growth of 50.0% a year from in 2017.", "not checked", (BASE, GOAL)),
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ReportContext]:
    """What a report reads of a case."""

    @cache
    def context_of(name: str) -> ReportContext:
        case = CASES[name]
        folder = tmp_path_factory.mktemp("case")
        return report_on(folder, *case.entries, reference=case.reference, mappings=case.mappings, article=case.article)

    return context_of


def in_language(context: ReportContext, language: str) -> ReportContext:
    return ReportContext(context.parameters.model_copy(update={"language": language}), context.run.project)


@pytest.mark.parametrize("name", CASES)
def test_each_case_says_what_was_found_and_how_the_claim_came_out(
    report: Callable[[str], ReportContext], name: str
) -> None:
    case, context = CASES[name], report(name)
    assert (plain(found(context, case.claim)), verdict(context, case.claim).word) == (case.found, case.verdict)
