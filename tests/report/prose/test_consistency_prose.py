"""What the rules say of an article: each case of each rule, in each language."""

import re

import pytest

from dalil.analysis.consistency import RULES
from dalil.parameters import LANGUAGES
from dalil.report.prose.consistency import finding
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import VerdictRow
from invented import BETWEEN, growth, level
from invented_report import report_on
from said import plain

# What rules give besides the claims that they are about.
DETAILS = {
    "repeated_periods_agree": {"before": "2017", "after": "2018-03"},
    "repeated_status_agrees": {"before": "agreed", "after": "aimed"},
    "stated_and_derived_agree": {"period": "2017", "base_period": "2016"},
    "percentages_say_of_what": {"period": "2017", "base_period": "2016"},
    "listed_items_are_counted": {"listed": "4", "stated": "5"},
    "citations_lead_somewhere": {"marks": "1 4 2"},
}
LEFT_OPEN = {"of_what": "growth-over-year-before share", "when": "then"}
# In English, of two claims.
SAYS = {
    ("repeated_values_agree", "same-value"): "Trade: both statements read $2 billion.",
    ("repeated_values_agree", "same-within-rounding"): (
        "Trade: $2 billion at first, more than 20% later; the one is the other, rounded."
    ),
    ("repeated_values_agree", "number-lost"): (
        "Trade: $2 billion at first; the second statement speaks of growth and gives no number."
    ),
    ("repeated_values_agree", "other-value"): "Trade: $2 billion at first, more than 20% later.",
    ("repeated_periods_agree", "same-period"): "Trade: both statements are about 2017.",
    ("repeated_periods_agree", "other-period"): "Trade: about 2017 at first, about March 2018 later.",
    ("repeated_periods_agree", "period-dropped"): (
        "Trade: the first statement names its period (2017), the second does not."
    ),
    ("repeated_status_agrees", "same-status"): "Trade: agreed both times.",
    ("repeated_status_agrees", "other-status"): ("Trade of $2 billion: agreed at first, aimed at later."),
    ("stated_and_derived_agree", "growth-without-number"): "The statement speaks of growth and gives no number.",
    ("stated_and_derived_agree", "base-not-stated"): (
        "The level for 2016 is not stated, so the growth can be used to work it out but not be checked."
    ),
    ("stated_and_derived_agree", "later-not-stated"): (
        "The level for 2017 is not stated, so the growth can be used to work it out but not be checked."
    ),
    ("stated_and_derived_agree", "levels-not-stated"): "Neither level is stated, so the growth stands alone.",
    ("stated_and_derived_agree", "part-fits"): "The part fits into the whole, as it must.",
    ("stated_and_derived_agree", "part-exceeds-whole"): "The part is larger than the whole.",
    ("stated_and_derived_agree", "whole-is-nothing"): "The whole is zero, and nothing is a share of zero.",
    ("listed_items_are_counted", "count-fits"): "$2 billion stated, 4 listed.",
    ("listed_items_are_counted", "count-does-not-fit"): "$2 billion stated, 4 listed.",
    ("listed_items_are_counted", "only-listed"): "The article lists 4 and states no number to compare with.",
    ("percentages_say_of_what", "complete"): "Trade in 2017 against 2016.",
    ("percentages_say_of_what", "no-base"): "It does not say for which period, or against which.",
    ("percentages_say_of_what", "left-open"): (
        "$2 billion of what, with whom and when is left open. Of what: growth over year before or share. When: then."
    ),
    ("periods_are_in_order", "base-before-period"): "The base period comes before the period.",
    ("periods_are_in_order", "not-base-before-period"): "The base period does not come before the period.",
    ("periods_are_in_order", "stages-join"): "The second period starts the day after the first one ends.",
    ("periods_are_in_order", "not-stages-join"): "The second period does not start the day after the first one ends.",
    ("periods_are_in_order", "ends-with-horizon"): "The two periods end together.",
    ("periods_are_in_order", "not-ends-with-horizon"): "The two periods do not end together.",
    ("periods_are_in_order", "period-missing"): (
        "One of the two gives no period, so there is nothing to put in order."
    ),
    ("levels_say_when", "no-period"): "Trade: no year is given, so there is nothing definite to compare with.",
    ("targets_have_a_start", "no-level"): (
        "Trade, $2 billion in 2017: the article states no earlier level of it, for a whole year or a day and "
        "above zero, so how far off the target is cannot be worked out."
    ),
    ("targets_have_a_start", "share"): (
        "Trade, $2 billion in 2017: a target for a share, which no growth is carried forward to, since it cannot pass "
        "the whole."
    ),
    ("targets_have_a_start", "lower"): (
        "Trade, $2 billion in 2017: the target lies below the level stated before it. How far a fall is from "
        "its target is not worked out here."
    ),
    ("citations_lead_somewhere", "no-list"): (
        "The marks point to a list of references that is not in the text as supplied."
    ),
    ("citations_lead_somewhere", "in-order"): "The marks appear in order.",
    ("citations_lead_somewhere", "out-of-order"): "The citation marks appear in the order 1, 4 and 2.",
    ("sizes_are_alike", "thousandfold"): (
        "Trade: $2 billion in one period, more than 20% in another, about a thousand or a million times as much. "
        "One of the two may be in a wrong unit."
    ),
    ("stated_once", "nothing-to-compare"): ("Trade: stated once, and no other number in the article bears on it."),
}


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> ReportContext:
    claims = level("base", period="2017"), growth("again", "20 foizdan oshdi", "0.2", measure="exports")
    return report_on(tmp_path_factory.mktemp("claims"), *claims, reference=None, mappings=BETWEEN, article={})


def said(english: ReportContext, rule: str, case: str, language: str = "en") -> str:
    other = english.parameters.model_copy(update={"language": language})
    details = LEFT_OPEN if case == "left-open" else DETAILS.get(rule, {})
    row = VerdictRow("v01", rule, ("base", "again"), "agrees", case, details)
    return plain(finding(ReportContext(other, english.run.project), row))


def test_every_case_of_every_rule_is_here() -> None:
    # What follows from other numbers is told in test_fit.py, and what is said again as it is of repetitions.
    own = [rule for rule in RULES.values() if rule.words == rule.name]
    declared = {(rule.name, case) for rule in own for case in rule.cases}
    assert set(SAYS) == declared | {("stated_once", "nothing-to-compare")}


@pytest.mark.parametrize(("rule", "case"), SAYS)
def test_each_case_says_what_was_found(english: ReportContext, rule: str, case: str) -> None:
    assert said(english, rule, case) == SAYS[rule, case]


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize(("rule", "case"), SAYS)
def test_each_language_says_it_with_the_same_numbers(
    english: ReportContext, rule: str, case: str, language: str
) -> None:
    text, numbers = said(english, rule, case, language), r"\d+"
    assert sorted(re.findall(numbers, text)) == sorted(re.findall(numbers, SAYS[rule, case]))
    assert text.endswith(".")
    assert not set("{}") & set(text)
