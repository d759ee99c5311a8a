"""Page one of an article held against nothing but itself: what does not fit, what fits, what to look up."""

import json
import re
from pathlib import Path

import pytest

from dalil.parameters import LANGUAGES
from dalil.report.export.jsonld import claim_reviews
from dalil.report.page.answer import short_table
from dalil.report.page.record_tables import claims_table
from dalil.report.page.tables import findings_table, ledger_table, sentences_table
from dalil.report.prose.context import ReportContext
from dalil.report.prose.fit import fit_text, look_up
from dalil.report.prose.verdicts import verdict
from invented import BETWEEN, Entry, entry, growth, level, record, target
from invented_report import report_on
from said import marks, plain

IN_2017 = {"period": "2017", "base_period": "2016"}
BASE = level("base", "2,0 milliard dollar", period="2016")
LATER = level("later", "3,0 milliard dollar", "3000000000", period="2017")
GROWTH = growth("growth", "50 foizga oshdi", **IN_2017)
EXPORTS = level("exports", "1,00 milliard dollar", "1000000000", measure="exports", period="2017")
IMPORTS = level("imports", "3,00 milliard dollar", "3000000000", measure="imports", period="2017")


def flows(kind: str, exports: str, imports: str, words: str, value: str) -> list[Entry]:
    """Growth of exports, imports and turnover."""
    named = {"exports": exports, "imports": imports}
    rates = [growth(f"of_{n}", f"{r} foizga oshdi", f"0.{r}", measure=n, **IN_2017) for n, r in named.items()]
    return [*rates, growth(kind, words, value, **IN_2017)]


# Claims, and what page one says of those that were compared.
SAYS: dict[str, tuple[list[Entry], str]] = {
    "fits": ([BASE, LATER, GROWTH], "Trade: $3 billion / $2 billion - 1 = 50%, as stated."),
    "fits-rounded": (
        [level("base", period="2016"), LATER, growth("growth", "60 foizga oshdi", "0.6", **IN_2017)],
        "Trade: $3 billion / $2 billion - 1 gives 18% to 104%; 60% is stated, and agrees only through rounding.",
    ),
    "does-not-fit": (
        [EXPORTS, IMPORTS, level("trade", "4,50 milliard dollar", "4500000000", period="2017")],
        "Trade: $1 billion + $3 billion gives $3.99 billion to $4.01 billion, but $4.5 billion is stated.",
    ),
    "slip": (
        [EXPORTS, IMPORTS, level("trade", "4,00 million dollar", "4000000", period="2017")],
        "Trade: $1 billion + $3 billion gives $3.99 billion to $4.01 billion, but $4 million is stated. The two differ "
        "by a factor of 1,000, as a wrong unit or place of the decimal mark makes them.",
    ),
    "points-for-percent": (
        [
            level("base", "20,0 foiz", "0.2", measure="rate", unit="ratio", period="2016"),
            level("later", "25,0 foiz", "0.25", measure="rate", unit="ratio", period="2017"),
            growth("growth", "5,0 foizga oshdi", "0.05", measure="rate", **IN_2017),
        ],
        "Rate: 25% - 20% gives 4.9 to 5.1 percentage points, but 5% is stated. Percent and percentage points seem to "
        "have been taken for each other.",
    ),
    "between": (
        flows("trade", "10", "20", "15 foizga oshdi", "0.15"),
        "Trade: 15%, which lies between the growth of its parts, 10% and 20%, as it must.",
    ),
    "not-between": (
        flows("trade", "10", "20", "25 foizga oshdi", "0.25"),
        "Trade: 25% is stated, but its parts grew by 10% and 20%, and it must lie between these.",
    ),
}


def told(folder: Path, *entries: Entry, **more: object) -> ReportContext:
    return report_on(folder, *entries, reference=None, mappings=BETWEEN, article={}, **more)


def in_language(context: ReportContext, language: str) -> ReportContext:
    return ReportContext(context.parameters.model_copy(update={"language": language}), context.run.project)


@pytest.mark.parametrize("case", SAYS)
def test_what_was_compared_is_told_with_its_formula_in_each_language(case: str, tmp_path: Path) -> None:
    entries, says = SAYS[case]
    context = told(tmp_path, *entries)
    assert says in plain(fit_text(context))
    for language in LANGUAGES[1:]:
        text = fit_text(in_language(context, language))
        assert marks(text) == marks(fit_text(context))
        assert not set("{}*") & set(plain(text))


def test_page_one_says_what_does_not_fit_what_fits_and_what_to_look_up(tmp_path: Path) -> None:
    alone = entry("alone", "level", "7,0 milliard dollar", "7000000000", measure="loans", period="2017")
    undated = entry("undated", "level", "8,0 milliard dollar", "8000000000", measure="debts")
    goal = target("goal", "9 milliard dollar", "9000000000", measure="loans", period="2020")
    wrong = growth("wrong", "90 foizga oshdi", "0.9", **IN_2017)
    context = told(tmp_path, BASE, LATER, GROWTH, wrong, EXPORTS, alone, undated, goal)
    parts = [plain(part) for part in re.split("<h3>", fit_text(context))[1:]]
    assert [part.partition(" Trade")[0].partition(" $")[0] for part in parts] == [
        "What does not fit",
        "What fits",
        "What to look up",
    ]
    assert (
        "but 90% is stated. “Wrong: 90 foizga oshdi.” (C4, line 4) “Later: 3,0 milliard dollar.” (C2, line 2)"
        in parts[0]
    )
    assert "= 50%, as stated. “Growth: 50 foizga oshdi.” (C3, line 3)" in parts[1]
    assert (
        "$7 billion (loans, 2017): nothing in the article bears it out. Look for loans in statistics for 2017."
        in parts[2]
    )
    assert "$8 billion (debts): the article does not say for when." in parts[2]
    assert "Look for the decision that sets it, and for what it is counted from. From the level in 2017" in parts[2]
    assert look_up(context) == ["exports", "alone", "undated", "goal"]


def test_nothing_is_said_to_fit_or_not_where_nothing_was_compared(tmp_path: Path) -> None:
    context = told(tmp_path, EXPORTS, growth("rate", "20 foizga oshdi", "0.2", measure="imports", **IN_2017))
    assert "Nothing was found that does not fit. That makes no number right." in plain(fit_text(context))
    assert "What fits" not in fit_text(context)
    assert findings_table(context, "agrees") == ""
    assert "stated once" not in findings_table(context, "cannot-be-checked")


def test_numbers_that_stand_alone_fill_no_table_of_equal_rows(tmp_path: Path) -> None:
    many = [level(f"claim{c}", measure=f"goods {c}", period="2017") for c in "abcdefghijklmnop"]
    context = told(tmp_path, BASE, LATER, GROWTH, *many)
    assert claims_table(context).count("<tr>") == 1 + len([BASE, LATER, GROWTH])
    assert short_table(context) == ""
    assert "8 further numbers stand alone" in plain(fit_text(context))
    places = claims_table(context) + sentences_table(context)
    assert all(places.count(f'id="claim-{name}"') == 1 for name in context.claims)


def test_what_was_worked_out_has_a_name_and_a_way_back(tmp_path: Path) -> None:
    context = told(tmp_path, BASE, LATER, GROWTH)
    name = "changes_lie_between_levels_growth_later_base"
    assert 'href="#claim-growth"' in fit_text(context)
    assert f'id="fact-{name}"' in ledger_table(context)
    assert "Trade in 2017, worked out from other numbers of the article" in plain(ledger_table(context))
    assert {verdict(context, claim).case for claim in context.claims} == {"adds-up"}


def test_where_there_is_a_record_page_one_is_about_that(tmp_path: Path) -> None:
    context = report_on(tmp_path, BASE, LATER, GROWTH, reference=record(), mappings=BETWEEN, article={})
    assert fit_text(context) == ""
    assert short_table(context) != ""


def test_a_draft_that_nobody_read_is_no_review_for_search_engines(tmp_path: Path) -> None:
    context = told(tmp_path, BASE, {**LATER, "reviewed": False})
    nodes = json.loads(claim_reviews(context))["@graph"]
    reviewed = [node["itemReviewed"]["@id"] for node in nodes if node["@type"] == "ClaimReview"]
    assert reviewed == ["#claim-base"]
