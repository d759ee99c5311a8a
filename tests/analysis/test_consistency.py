"""Rules hold an article against itself: each case of each rule, on the smallest article that shows it."""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from cells import run_cells
from dalil.analysis.adding_up import changes_lie_between_levels
from dalil.analysis.consistency import (
    RULES,
    check,
    citations_lead_somewhere,
    levels_say_when,
    listed_items_are_counted,
    percentages_say_of_what,
    periods_are_in_order,
    repeated_periods_agree,
    repeated_status_agrees,
    repeated_values_agree,
    said_again_agrees,
    sizes_are_alike,
    stated_and_derived_agree,
    targets_have_a_start,
)
from dalil.analysis.relations import WORDS
from dalil.analysis.rules import Finding, Rule, Verdict
from dalil.claims.claims import Claims, read_claims
from dalil.project import LOCALES, resolve
from dalil.text.article import Article, read_article
from dalil.yamlfile import read_yaml
from invented import Entry, claims_of, entry, growth, inside, level, read, target, years


@dataclass(frozen=True)
class Case:
    """Claims that lead a rule to one case."""

    rule: Rule
    name: str
    verdict: Verdict
    about: tuple[str, ...]
    details: dict[str, str]
    entries: list[Entry]
    ratios: tuple[Entry, ...] = ()
    references: str = ""


FIRST = level("first", period="2017")
BASE, LATER = level("base", period="2016"), level("later", "3 milliard dollar", "3000000000", period="2017")
LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir())
IN_2017 = {"period": "2017", "base_period": "2016"}
AGAIN = {"repeats": "first"}
DRAFTED = {"period": "2017", "reviewed": False}

CASES = [
    Case(said_again_agrees, "same-value", "agrees", ("first", "again"), {}, [FIRST, level("again", period="2017")]),
    Case(
        said_again_agrees,
        "same-within-rounding",
        "agrees",
        ("first", "again"),
        {},
        [FIRST, level("again", "2,1 milliard dollar", "2100000000", period="2017")],
    ),
    Case(
        said_again_agrees,
        "other-value",
        "differs",
        ("first", "again"),
        {},
        [FIRST, level("again", "4 milliard dollar", "4000000000", period="2017")],
    ),
    Case(
        sizes_are_alike,
        "thousandfold",
        "differs",
        ("base", "later"),
        {},
        [BASE, level("later", "3 million dollar", "3000000", period="2017")],
    ),
    Case(
        repeated_values_agree,
        "same-value",
        "agrees",
        ("first", "again"),
        {},
        [FIRST, level("again", **AGAIN)],
    ),
    Case(
        repeated_values_agree,
        "same-within-rounding",
        "agrees",
        ("first", "again"),
        {},
        [FIRST, level("again", "2,1 milliard dollar", "2100000000", **AGAIN)],
    ),
    Case(
        repeated_values_agree,
        "other-value",
        "differs",
        ("first", "again"),
        {},
        [FIRST, level("again", "3 milliard dollar", "3000000000", **AGAIN)],
    ),
    Case(
        repeated_values_agree,
        "number-lost",
        "differs",
        ("first", "again"),
        {},
        [FIRST, level("again", "savdo o‘sdi", "", reads="nothing", **AGAIN)],
    ),
    Case(
        repeated_periods_agree,
        "same-period",
        "agrees",
        ("first", "again"),
        {"before": "2017", "after": "2017"},
        [FIRST, level("again", period="2017", **AGAIN)],
    ),
    Case(
        repeated_periods_agree,
        "other-period",
        "differs",
        ("first", "again"),
        {"before": "2017", "after": "2018"},
        [FIRST, level("again", period="2018", **AGAIN)],
    ),
    Case(
        repeated_periods_agree,
        "period-dropped",
        "differs",
        ("first", "again"),
        {"before": "2017", "after": ""},
        [FIRST, level("again", **AGAIN)],
    ),
    Case(
        repeated_status_agrees,
        "same-status",
        "agrees",
        ("first", "again"),
        {"before": "reported", "after": "reported"},
        [FIRST, level("again", **AGAIN)],
    ),
    Case(
        repeated_status_agrees,
        "other-status",
        "differs",
        ("first", "again"),
        {"before": "reported", "after": "aimed"},
        [FIRST, level("again", status="aimed", **AGAIN)],
    ),
    Case(
        stated_and_derived_agree,
        "base-not-stated",
        "cannot-be-checked",
        ("growth", "later"),
        {"base_period": "2016", "period": "2017"},
        [LATER, growth(**IN_2017)],
    ),
    Case(
        stated_and_derived_agree,
        "later-not-stated",
        "cannot-be-checked",
        ("growth", "base"),
        {"base_period": "2016", "period": "2017"},
        [BASE, growth(**IN_2017)],
    ),
    Case(
        stated_and_derived_agree,
        "levels-not-stated",
        "cannot-be-checked",
        ("growth",),
        {"base_period": "2016", "period": "2017"},
        [level("elsewhere", subject="one", period="2017"), growth(**IN_2017)],
    ),
    Case(
        stated_and_derived_agree,
        "growth-without-number",
        "cannot-be-checked",
        ("growth",),
        {},
        [BASE, LATER, growth(words="savdo o‘sdi", value="", reads="nothing", **IN_2017)],
    ),
    Case(
        stated_and_derived_agree,
        "whole-is-nothing",
        "cannot-be-checked",
        ("part", "whole"),
        {},
        [level("part"), level("whole", "0 dollar", "0")],
        (inside("part", "whole"),),
    ),
    Case(
        stated_and_derived_agree,
        "part-fits",
        "agrees",
        ("base", "later"),
        {},
        [BASE, LATER],
        (inside("base", "later"),),
    ),
    Case(
        stated_and_derived_agree,
        "part-exceeds-whole",
        "differs",
        ("part", "whole"),
        {},
        [level("part", "4 milliard dollar", "4000000000"), level("whole")],
        (inside("part", "whole"),),
    ),
    Case(
        listed_items_are_counted,
        "count-fits",
        "agrees",
        ("stages", "one", "two"),
        {"listed": "2", "stated": "2"},
        [
            entry("stages", "count", "2 bosqich", "2", counts=["one", "two"]),
            years("one", 2021, 2025),
            years("two", 2026, 2030),
        ],
    ),
    Case(
        listed_items_are_counted,
        "count-does-not-fit",
        "differs",
        ("stages", "one", "two"),
        {"listed": "2", "stated": "3"},
        [
            entry("stages", "count", "3 bosqich", "3", counts=["one", "two"]),
            years("one", 2021, 2025),
            years("two", 2026, 2030),
        ],
    ),
    Case(
        listed_items_are_counted,
        "only-listed",
        "cannot-be-checked",
        ("fruit",),
        {"listed": "3"},
        [entry("fruit", "count", "olma, nok, anor", "3", reads="list")],
    ),
    Case(percentages_say_of_what, "complete", "agrees", ("growth",), IN_2017, [growth(**IN_2017)]),
    Case(percentages_say_of_what, "no-base", "cannot-be-checked", ("growth",), {}, [growth(period="2017")]),
    Case(
        percentages_say_of_what,
        "left-open",
        "cannot-be-checked",
        ("growth",),
        {"of_what": "growth-over-year-before share-of-all-trade"},
        [growth(leaves_open={"of_what": ["growth-over-year-before", "share-of-all-trade"]}, **IN_2017)],
    ),
    Case(periods_are_in_order, "base-before-period", "agrees", ("growth",), {}, [growth(**IN_2017)]),
    Case(
        periods_are_in_order,
        "not-base-before-period",
        "differs",
        ("growth",),
        {},
        [growth(period="2017", base_period="2017-06")],
    ),
    Case(
        periods_are_in_order,
        "stages-join",
        "agrees",
        ("one", "two"),
        {},
        [years("one", 2021, 2025), years("two", 2026, 2030, follows="one")],
    ),
    Case(
        periods_are_in_order,
        "not-stages-join",
        "differs",
        ("one", "two"),
        {},
        [years("one", 2021, 2025), years("two", 2025, 2030, follows="one")],
    ),
    Case(
        periods_are_in_order,
        "ends-with-horizon",
        "agrees",
        ("stage", "horizon"),
        {},
        [
            entry("horizon", "period", "2030-yilgacha", "2030", period="2030"),
            years("stage", 2026, 2030, ends_with="horizon"),
        ],
    ),
    Case(
        periods_are_in_order,
        "not-ends-with-horizon",
        "differs",
        ("stage", "horizon"),
        {},
        [years("horizon", 2021, 2031), years("stage", 2026, 2030, ends_with="horizon")],
    ),
    *[
        Case(
            periods_are_in_order,
            "period-missing",
            "cannot-be-checked",
            about,
            {},
            [FIRST, entry("undated", "count", "2 forum", "2", **{field: "first"})],
        )
        for field, about in (("follows", ("first", "undated")), ("ends_with", ("undated", "first")))
    ],
    Case(
        targets_have_a_start,
        "no-level",
        "cannot-be-checked",
        ("goal",),
        {},
        [LATER, target("goal", "4 milliard dollar", "4000000000", period="2017")],
    ),
    Case(
        targets_have_a_start,
        "lower",
        "cannot-be-checked",
        ("goal",),
        {},
        [LATER, target("goal", "2 milliard dollar", "2000000000", period="2018")],
    ),
    Case(
        targets_have_a_start,
        "share",
        "cannot-be-checked",
        ("goal",),
        {},
        [
            level("start", "40 foiz", "0.4", unit="ratio", period="2017"),
            target("goal", "60 foiz", "0.6", unit="ratio", period="2018"),
        ],
    ),
    Case(levels_say_when, "no-period", "cannot-be-checked", ("undated",), {}, [level("undated"), FIRST]),
    Case(
        citations_lead_somewhere,
        "no-list",
        "cannot-be-checked",
        ("cited",),
        {"marks": "1"},
        [level("cited", "2 milliard dollar[1]"), FIRST],
        references="absent",
    ),
    Case(
        citations_lead_somewhere,
        "in-order",
        "agrees",
        (),
        {"marks": "1 2"},
        [level("cited", "2 milliard dollar[1]"), level("other", "2 milliard dollar[2]")],
    ),
    Case(
        citations_lead_somewhere,
        "out-of-order",
        "differs",
        (),
        {"marks": "1 4 2"},
        [
            level("cited", "2 milliard dollar[1]"),
            level("other", "2 milliard dollar[4]"),
            level("third", "2 milliard dollar[2]"),
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule.name}-{case.name}")
def test_a_rule_comes_to_this_case(case: Case, tmp_path: Path) -> None:
    claims, article = read(tmp_path, case.entries, case.ratios, case.references)
    found = [finding for finding in case.rule(claims, article) if finding.case == case.name]
    assert found == [Finding(case.rule.name, case.about, case.verdict, case.name, case.details)]


@pytest.mark.parametrize(
    ("rule", "entries", "ratios"),
    [
        (repeated_values_agree, [FIRST], ()),
        (repeated_periods_agree, [FIRST], ()),
        (repeated_status_agrees, [FIRST], ()),
        (said_again_agrees, [FIRST, level("again", "3 milliard dollar", "3000000000", **AGAIN)], ()),
        (said_again_agrees, [FIRST, level("undated", "3 milliard dollar", "3000000000")], ()),
        (
            said_again_agrees,
            [FIRST, level("draft", "9 milliard dollar", "9000000000", period="2017", reviewed=False)],
            (),
        ),
        (sizes_are_alike, [BASE, level("later", "9 milliard dollar", "9000000000", period="2017")], ()),
        (sizes_are_alike, [BASE, level("later", "2 million dollar", "2000000", period="2030")], ()),
        (stated_and_derived_agree, [FIRST, growth()], ()),
        (stated_and_derived_agree, [BASE, LATER], (inside("later", "base", False),)),
        (listed_items_are_counted, [entry("forums", "count", "2 forum", "2")], ()),
        (percentages_say_of_what, [FIRST], ()),
        (periods_are_in_order, [FIRST, growth(period="2017")], ()),
        (levels_say_when, [FIRST, growth()], ()),
        (targets_have_a_start, [BASE, target("goal", "3 milliard dollar", "3000000000", period="2017")], ()),
        (targets_have_a_start, [target("undated", "3 milliard dollar", "3000000000")], ()),
        (citations_lead_somewhere, [FIRST], ()),
    ],
)
def test_a_rule_is_silent_on_what_it_is_not_about(
    rule: Rule, entries: list[Entry], ratios: tuple[Entry, ...], tmp_path: Path
) -> None:
    assert rule(*read(tmp_path, entries, ratios)) == []


@pytest.mark.parametrize(
    ("words", "value", "fits"),
    [("51 foiz", "0.51", True), ("51,0 foiz", "0.51", False), ("49 foiz", "0.49", True), ("49,0 foiz", "0.49", False)],
)
def test_a_stated_growth_is_held_to_the_precision_it_and_the_levels_are_printed_with(
    words: str, value: str, fits: bool, tmp_path: Path
) -> None:
    base = level("base", "2,00 milliard dollar", period="2016")
    later = level("later", "3,00 milliard dollar", "3000000000", period="2017")
    claims, article = read(tmp_path, [base, later, growth(words=words, value=value, **IN_2017)])
    (finding,) = changes_lie_between_levels(claims, article)
    assert finding.verdict == ("agrees" if fits else "differs")


@pytest.mark.parametrize("again", ["2,0 milliard dollar", "2,00 milliard dollar"])
def test_a_number_printed_with_more_digits_is_the_same_number(again: str, tmp_path: Path) -> None:
    (finding,) = repeated_values_agree(*read(tmp_path, [FIRST, level("again", again, **AGAIN)]))
    assert finding.case == "same-value"


def test_a_bound_is_not_the_number_it_starts_from(tmp_path: Path) -> None:
    again = level("again", "kamida 2 milliard dollar", **AGAIN)
    (finding,) = repeated_values_agree(*read(tmp_path, [FIRST, again]))
    assert finding.case == "other-value"


@pytest.mark.parametrize(
    ("words", "value", "fits"), [("2 dan ortiq bosqich", "2", False), ("1 dan ortiq bosqich", "1", True)]
)
def test_a_bound_on_a_number_of_things_is_held_to_as_a_bound(
    words: str, value: str, fits: bool, tmp_path: Path
) -> None:
    stages = entry("stages", "count", words, value, counts=["one", "two"])
    claims, article = read(tmp_path, [stages, years("one", 2021, 2025), years("two", 2026, 2030)])
    (finding,) = listed_items_are_counted(claims, article)
    assert finding.case == ("count-fits" if fits else "count-does-not-fit")


def test_things_listed_without_a_number_are_only_listed(tmp_path: Path) -> None:
    stages = entry("stages", "count", "bosqichlar", reads="nothing", counts=["one"])
    (finding,) = listed_items_are_counted(*read(tmp_path, [stages, years("one", 2021, 2025)]))
    assert (finding.case, finding.details) == ("only-listed", {"listed": "1"})


@pytest.mark.parametrize(("percent", "fits"), [("50", True), ("700", True), ("40", False)])
def test_growth_from_about_one_has_no_upper_bound(percent: str, fits: bool, tmp_path: Path) -> None:
    base = level("base", "qariyb 1 milliard dollar", "1000000000", period="2016")
    stated = growth(words=f"{percent} foiz", value=str(int(percent) / 100), **IN_2017)
    later = level("later", "3,0 milliard dollar", "3000000000", period="2017")
    (finding,) = changes_lie_between_levels(*read(tmp_path, [base, later, stated]))
    assert finding.verdict == ("agrees" if fits else "differs")


def test_percentage_points_are_not_held_against_levels_as_growth(tmp_path: Path) -> None:
    points = growth(words="50 foiz punkt", value="50", **IN_2017)
    points["unit"] = "pp"
    assert stated_and_derived_agree(*read(tmp_path, [BASE, LATER, points])) == []


def test_a_part_that_may_be_as_large_as_the_whole_fits(tmp_path: Path) -> None:
    part, whole = level("part", "3 milliard dollar", "3000000000"), level("whole")
    (finding,) = stated_and_derived_agree(*read(tmp_path, [part, whole], [inside("part", "whole")]))
    assert finding.verdict == "agrees"


def test_a_base_period_that_shares_a_day_with_the_period_is_not_before_it(tmp_path: Path) -> None:
    claims, article = read(tmp_path, [growth(period="2017", base_period="2016/2017-01-01")])
    assert [finding.verdict for finding in periods_are_in_order(claims, article)] == ["differs"]


@pytest.mark.parametrize(
    "undated",
    [
        level("undated"),
        entry("undated", "count", "2 forum", "2"),
        entry("undated", "rank", "top 1000 talik", "1000"),
        entry("undated", "target", "3 milliard dollar", "3000000000"),
    ],
    ids=lambda undated: undated["kind"],
)
def test_whatever_changes_with_time_needs_a_period(undated: Entry, tmp_path: Path) -> None:
    assert len(levels_say_when(*read(tmp_path, [undated]))) == 1
    assert levels_say_when(*read(tmp_path, [{**undated, "period": "2017"}])) == []


def test_marks_that_lead_to_a_list_are_not_held_against_the_article(tmp_path: Path) -> None:
    claims, article = read(tmp_path, [level("cited", "2 milliard dollar[1]")], [], "present")
    assert [finding.case for finding in citations_lead_somewhere(claims, article)] == ["in-order"]


def test_a_claim_that_no_rule_bears_on_is_named_as_stated_once(tmp_path: Path) -> None:
    claims, article = read(tmp_path, [level("cited", "2 milliard dollar[1]", period="2017")], [], "absent")
    assert check(claims, article)[-1] == Finding("stated_once", ("cited",), "cannot-be-checked", "nothing-to-compare")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule.name}-{case.name}")
def test_a_claim_that_a_rule_bears_on_is_not_named_as_stated_once(case: Case, tmp_path: Path) -> None:
    claims, article = read(tmp_path, case.entries, case.ratios, case.references)
    once = {claim for finding in check(claims, article) if finding.rule == "stated_once" for claim in finding.claims}
    assert case.rule is citations_lead_somewhere or not once & set(case.about)


def test_every_case_that_a_rule_declares_is_tested() -> None:
    # Rules on what follows from other numbers are tested in test_adding_up.py.
    rules = [rule for rule in RULES.values() if rule.words != WORDS]
    declared = {(rule.name, case, verdict) for rule in rules for case, verdict in rule.cases.items()}
    assert declared == {(case.rule.name, case.name, case.verdict) for case in CASES}


def test_every_rule_says_what_it_asks() -> None:
    assert all(re.fullmatch(r"[A-Z].*\.", rule.question) for rule in RULES.values())


def test_a_rule_cannot_yield_a_case_that_it_does_not_declare() -> None:
    with pytest.raises(KeyError):
        repeated_values_agree.finding((), "other-case", {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_has_words_and_no_words_are_idle(language: str) -> None:
    words = read_yaml(LOCALES / language / "messages.yml")["outcomes"]
    written = {(rule, case) for rule, cases in words.items() for case in cases}
    declared = {(rule.words, case) for rule in RULES.values() for case in rule.cases}
    assert written == declared | {("stated_once", "nothing-to-compare")}


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """What the rules say of the shipped article."""
    return check(*shipped())


def shipped() -> tuple[Claims, Article]:
    article = read_article(resolve("data/raw/article.uz.txt"))
    return read_claims(resolve("data/raw/claims.yml"), article, "half-unit"), article


def test_every_claim_of_the_article_is_in_a_finding(findings: list[Finding]) -> None:
    claims, _ = shipped()
    assert {claim for finding in findings for claim in finding.claims} == {claim.id for claim in claims}


def test_the_article_differs_from_itself_where_it_drops_numbers_years_and_agreement(findings: list[Finding]) -> None:
    assert [(f.rule, f.claims, f.case) for f in findings if f.verdict == "differs"] == [
        ("repeated_values_agree", ("rail_growth_2018", "rail_growth_again"), "number-lost"),
        ("repeated_periods_agree", ("rail_growth_2018", "rail_growth_again"), "period-dropped"),
        ("repeated_periods_agree", ("target_2018", "target_3bn_again"), "period-dropped"),
        ("repeated_status_agrees", ("target_2018", "target_3bn_again"), "other-status"),
        ("repeated_status_agrees", ("target_2020", "target_2020_again"), "other-status"),
        ("citations_lead_somewhere", (), "out-of-order"),
    ]


def test_findings_are_counted_by_verdict_and_rule() -> None:
    results = run_cells("04-consistency", claims_of(BASE, LATER, growth(**IN_2017), level("undated"))).results
    assert {name: amount.value for name, amount in results.items()} == {
        "findings": 4,
        "findings_agree": 3,
        "findings_differ": 0,
        "findings_unchecked": 1,
        "claims_undated": 1,
        "changes_lie_between_levels_growth_later_base": Fraction(1, 2),
    }
