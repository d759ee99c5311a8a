"""Page one: what each claim says, what was found, the verdict, and what stands around the table, for any article."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dalil.errors import InputError
from dalil.parameters import LANGUAGES
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Grouping, Observation, Reference, Statement
from dalil.report.page.answer import short_table
from dalil.report.prose.answer import chosen, rest_text, summary_text, sure_text
from dalil.report.prose.context import ReportContext
from dalil.report.prose.found import found
from dalil.report.prose.statements import statement
from dalil.report.prose.verdicts import RULES, verdict, verdict_rules
from invented import BETWEEN, Entry, entry, figure, growth, inside, level, record, target, years
from invented import statement as printed
from invented_report import report_on
from said import marks, plain

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


def said(year: int, value: str, origin: str = "office") -> Statement:
    """A level of the trade of a year, as a source prints it."""
    return printed("level", value, period=str(year), origin=origin)


CASES = {
    "a growth that two levels of a source do not make": Case(
        "11%, according to P (2020).", "too high", (rose(),), record(said(2017, "2.0"), said(2016, "1.8"))
    ),
    "a target missed by a source's account": Case(
        "In 2018: $2.4 billion (P (2020), 20% short).", "missed by 20%", (GOAL,), record(said(2018, "2.4"))
    ),
    "a target met by a source's account": Case(
        "In 2018: $3.1 billion (P (2020)).", "met", (GOAL,), record(said(2018, "3.1"))
    ),
    "a level on both records": Case(
        "$2.10 billion (Uzbekistan) and $1.90 billion (Kazakhstan).",
        "right",
        (BASE,),
        record(*turnover("UZ", "KZ", y2017="2.1"), *turnover("KZ", "UZ", y2017="1.9")),
    ),
    "a level below the record": Case(
        "$3.10 billion (Uzbekistan).", "too low", (BASE,), record(*turnover("UZ", "KZ", y2017="3.1"))
    ),
    "a level above the record": Case(
        "$1.10 billion (Uzbekistan).", "too high", (BASE,), record(*turnover("UZ", "KZ", y2017="1.1"))
    ),
    "growth on one side's record": Case(
        "50% (Uzbekistan) and 10% (Kazakhstan).",
        "one side’s figure",
        (rose(),),
        record(*turnover("UZ", "KZ", y2016="2.0", y2017="3.0"), *turnover("KZ", "UZ", y2016="2.0", y2017="2.2")),
    ),
    "a level that a paper gives": Case(
        "$2 billion, according to P (2020).",
        "likely right",
        (BASE,),
        record(printed("level", "2.0", unit="USD", period="2017")),
    ),
    "a level that a paper puts lower": Case(
        "$1.2 billion, according to P (2020).",
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
        "Agreed. In 2018: $2.50 billion (Uzbekistan, 17% short). Reached in 2019.",
        "missed by 17%",
        (BASE, GOAL),
        record(AGREED, *MET_LATER),
    ),
    "a target never met": Case(
        "Agreed. In 2018: $2.50 billion (Uzbekistan, 17% short). Nearest since: $2.90 billion in "
        "2019 (Uzbekistan).",
        "missed by 17%",
        (BASE, GOAL),
        record(AGREED, *NEVER_MET),
    ),
    "a target met": Case(
        "In 2018: $3.50 billion (Uzbekistan).",
        "met",
        (BASE, GOAL),
        record(*turnover("UZ", "KZ", y2017="2.0", y2018="3.5")),
    ),
    "a target of which only the announcement is known": Case(
        "Agreed.", "announced", (GOAL,), record(AGREED), {}
    ),
    "a number that only one country's people lead to": Case(
        "Today’s members: 13 people (2020). The article’s number is reached only with Ukraine. Fits in 1995.",
        "out of date",
        (NOW,),
        record(
            *people("AM", y1995="6", y2020="8"), *people("UA", y1995="4", y2020="5"),
            cis=Grouping(always=("AM",), sometimes={"UA": "a reason"}),
        ),
        {"population": SeriesMapping(series=("population",), over="cis")},
    ),
    "a number of now that a source's fits into": Case(
        "Today’s members: 13 people (2020). The article’s number is reached only with Ukraine. Fits in 1995. Would "
        "allow it: more than 9 people (P (2020)).",
        "out of date",
        (NOW,),
        record(
            *people("AM", y1995="6", y2020="8"), *people("UA", y1995="4", y2020="5"),
            *(printed("level", value, unit="person", measure="population", subject="cis", period="2020", comparator=">")
              for value in ("9", "11")),
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
    "a level that grew": Case(
        "With the growth stated, it was $1.33 billion in 2016.", "not checked", (rose(), BASE)
    ),
    "no record": Case("Nothing else in the article bears on it.", "not checked", (BASE,)),
    "two levels and the growth between them": Case(
        "Trade: $2 billion / $1 billion - 1 gives 0% to 400%, but 900% is stated.",
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
        "At the growth stated it comes to $2.20 billion, 27% short.",
        "short at the stated pace",
        (BASE, rose("10 foiz", "0.1"), GOAL),
    ),
    "a target that the growth stated leads to": Case(
        "At the growth stated it comes to $6.00 billion.",
        "reached at the stated pace",
        (BASE, rose("200 foiz", "2"), GOAL),
    ),
    "a target without growth": Case(
        "From the level in 2017 it needs growth of 50% a year.", "not checked", (BASE, GOAL)
    ),
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
    """The same run told in another language."""
    return ReportContext(context.parameters.model_copy(update={"language": language}), context.run.project)


def recorded(context: ReportContext, **more: Any) -> ReportContext:
    """The same run, where the article's record says more."""
    path = context.run.project.path("article.yml")
    kept = path.read_text(encoding="utf-8")
    try:
        path.write_text(json.dumps({**json.loads(kept), **more}), encoding="utf-8")
        changed = ReportContext(context.parameters, context.run.project)
        assert changed.about
    finally:
        path.write_text(kept, encoding="utf-8")
    return changed


@pytest.mark.parametrize("name", CASES)
def test_each_case_says_what_was_found_and_how_the_claim_came_out(
    report: Callable[[str], ReportContext], name: str
) -> None:
    case, context = CASES[name], report(name)
    assert (plain(found(context, case.claim)), verdict(context, case.claim).word) == (case.found, case.verdict)


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", CASES)
def test_each_language_says_it_with_the_same_links(
    report: Callable[[str], ReportContext], name: str, language: str
) -> None:
    context, claim = report(name), CASES[name].claim
    told = in_language(context, language)
    assert marks(found(told, claim)) == marks(found(context, claim))
    assert verdict(told, claim).case == verdict(context, claim).case
    assert not set("{}*") & set(plain(found(told, claim) + sure_text(told)))


def test_the_rules_are_published_in_the_order_of_asking(report: Callable[[str], ReportContext]) -> None:
    words = [word for word, rule in verdict_rules(report("no record")) if rule]
    assert len(set(words)) == len(RULES)
    assert words.index("missed by …") < words.index("right") < words.index("not found")


def test_a_claim_without_a_statement_is_told_in_its_own_sentence(report: Callable[[str], ReportContext]) -> None:
    assert plain(statement(report("no record"), "base")) == "“Base: 2 milliard dollar.” ($2 billion)"


def test_statistics_are_said_to_be_taken_as_their_sources_print_them(report: Callable[[str], ReportContext]) -> None:
    assert "as the listed sources print them" in plain(sure_text(report("a target met by a source's account")))


def told(folder: Path, *entries: Entry, reference: Reference | None = None, **article: Any) -> ReportContext:
    return report_on(folder, *entries, reference=reference, mappings=BETWEEN, article=article)


def test_a_statement_has_the_number_and_the_periods_of_its_claim(tmp_path: Path) -> None:
    words = {"en": "trade rose by {value} from {base_period} to {period}", "uz": "{period}da {value}ga oʻsgan"}
    context = told(tmp_path, {**rose(), "statement": words})
    assert plain(statement(context, "growth")) == "Trade rose by 50% from 2016 to 2017"
    assert plain(statement(in_language(context, "uz-Cyrl"), "growth")).endswith("50 фоизга ўсган")
    assert plain(statement(in_language(context, "ru"), "growth")) == "«Growth: 50 foiz.» (50 %)"


def test_what_stands_in_a_statement_is_no_markup(tmp_path: Path) -> None:
    context = told(tmp_path, {**BASE, "statement": {"en": "<b>Trade</b> & {value}"}})
    assert str(statement(context, "base")) == "&lt;b&gt;Trade&lt;/b&gt; &amp; $2\N{NO-BREAK SPACE}billion"


CLAIMS = [
    level(f"claim{letter}", "2 milliard dollar", measure=f"goods {letter}", period="2017", weight=weight)
    for letter, weight in zip("abcdefghij", (1, 3, 2, 2, 2, 1, 2, 2, 2, 2), strict=True)
]


def test_the_weightiest_claims_stand_first_and_no_more_than_eight(tmp_path: Path) -> None:
    context = told(tmp_path, *CLAIMS, reference=record())
    assert chosen(context) == [f"claim{letter}" for letter in "bcdeghij"]
    assert short_table(context).count("<tr>") == 9
    assert plain(rest_text(context)) == "The article makes 2 further claims: not found (2)."


def test_of_claims_that_weigh_the_same_the_stronger_verdict_is_chosen(tmp_path: Path) -> None:
    more = [{**entry, "weight": 2} for entry in CLAIMS]
    context = told(tmp_path, *more, rose(), GOAL, BASE, reference=record(*NEVER_MET))
    assert "goal" in chosen(context)
    assert len(chosen(context)) == 8


def test_the_record_of_an_article_names_the_claims_of_page_one(report: Callable[[str], ReportContext]) -> None:
    context = report("a target that the growth stated leads to")
    assert chosen(recorded(context, page_one=["goal", "base"])) == ["goal", "base"]
    with pytest.raises(InputError, match='page_one: there is no claim "gaol"; did you mean "goal"'):
        chosen(recorded(context, page_one=["gaol"]))


def test_a_claim_made_twice_is_counted_once(tmp_path: Path) -> None:
    again = level("again", period="2017", repeats="base")
    context = told(tmp_path, BASE, again)
    assert chosen(context) == ["base"]
    assert plain(summary_text(context)).startswith("The article makes 1 claim that can be checked.")


def test_in_short_follows_from_the_verdicts(report: Callable[[str], ReportContext]) -> None:
    assert plain(summary_text(report("a level above the record"))) == (
        "The article makes 1 claim that can be checked, and it was held against statistics and the press: too high "
        "(1). Not to be taken as it stands: “Base: 2 milliard dollar.” ($2 billion) (too high)."
    )


def test_an_editor_s_own_words_stand_in_its_place(report: Callable[[str], ReportContext]) -> None:
    summary = {"en": "In {base.period} it was {base}, on record {trade_2017_uz}. {goal} & <more> are due."}
    context = recorded(report("a target met"), summary=summary)
    assert plain(summary_text(context)) == (
        "In 2017 it was $2 billion, on record $2.00 billion. $3 billion &amp; &lt;more&gt; are due."
    )
    assert 'href="#fact-trade_2017_uz"' in summary_text(context)
    assert plain(summary_text(in_language(report("a target met"), "ru"))).startswith("В статье 2 утверждения")


@pytest.mark.parametrize(
    ("summary", "problem"),
    [
        ({"en": "It came to 2.1 billion."}, 'summary: en: the number "2.1" is bound to nothing'),
        ({"en": "In 2017 it rose."}, 'summary: en: the number "2017" is bound to nothing'),
        ({"en": "It came to {trade_2017_zu}."}, 'neither a fact nor a claim; did you mean "trade_2017_uz"'),
        ({"en": "In {goal.year} it rose."}, "{goal.year} is neither a fact nor a claim"),
        ({"en": "In {base_period it rose."}, "summary: en: a brace opens or ends no name"),
        ({"de": "Gut."}, 'summary: language "de": allowed: en, ru, uz'),
    ],
)  # fmt: skip
def test_a_number_that_is_bound_to_nothing_stops_the_run(
    report: Callable[[str], ReportContext], summary: dict[str, str], problem: str
) -> None:
    with pytest.raises(InputError, match=re.escape(problem)):
        summary_text(recorded(report("a target met"), summary=summary))


def test_a_draft_says_that_nobody_reviewed_it(tmp_path: Path) -> None:
    context = told(tmp_path, {**BASE, "reviewed": False})
    assert "1 claim was drafted by a program and has not been reviewed by a person" in plain(summary_text(context))


def test_an_article_without_claims_says_so(tmp_path: Path) -> None:
    context = told(tmp_path, besides="Unda son yoʻq.\n")
    assert plain(summary_text(context)) == (
        "There is no number in the article, in digits or in words, and so nothing to check."
    )
    assert [short_table(context), rest_text(context), sure_text(context)] == ["", "", ""]


def test_an_article_whose_numbers_state_nothing_says_so(tmp_path: Path) -> None:
    context = told(
        tmp_path, accounted=[{"phrase": "besh kishi", "reason": "ordinal"}], besides="Unda besh kishi bor.\n"
    )
    assert plain(summary_text(context)) == (
        "The article makes no claim that can be checked: the 1 number in it states no quantity."
    )


def test_a_table_of_the_record_that_is_missing_is_named(tmp_path: Path) -> None:
    context = told(tmp_path, BASE, reference=replace(record(), absent={"data/trade.csv": "Trade"}))
    assert "Tables of the record are missing (data/trade.csv)" in plain(summary_text(context))


TITLES = [
    ({}, "The numbers in article.txt, checked"),
    ({"title": "On trade"}, "The numbers in On trade, checked"),
    ({"subject": "bread"}, "The numbers in an article on bread, checked"),
    ({"report_title": {"en": "Bread & numbers"}, "title": "On trade"}, "Bread & numbers"),
]


@pytest.mark.parametrize(("known", "title"), TITLES)
def test_the_title_says_what_is_checked(
    report: Callable[[str], ReportContext], known: dict[str, Any], title: str
) -> None:
    assert recorded(report("no record"), **known).title == title


def test_the_line_below_says_when_and_by_whom_and_what_the_text_came_without(
    report: Callable[[str], ReportContext],
) -> None:
    context = report("no record")
    assert context.subtitle == (
        "Neither the date of the check nor the checker is recorded. The text came without title, authors and date."
    )
    known = {"title": "T", "authors": ["A"], "published": "2020", "references": "absent", "contact": "desk@example.org"}
    checked = recorded(context, checked="2026-11-22", checked_by="A. Karimov", **known)
    assert plain(checked.subtitle) == (
        "Checked on 22 November 2026 by A. Karimov. The text came without references. "
        "Mistakes can be reported to desk@example.org."
    )
