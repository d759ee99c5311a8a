"""Each claim against each source: what agrees, differs, is silent or only related, and how far it can be relied on."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dalil.analysis.series import reported_series
from dalil.analysis.sources import SourceCheck, check_sources
from dalil.numbers.intervals import Interval
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation, Statement
from invented import (
    BETWEEN,
    BILLION,
    ORIGINS,
    Entry,
    claims_of,
    entry,
    figure,
    growth,
    level,
    record,
    statement,
    target,
)

F = Fraction
Held = Observation | Statement
BASE = level("base", period="2017")
OTHER_BASE = level("other_base", period="2017")
GROWN = growth(period="2017", base_period="2016")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
PRESS = {"status": "press", "origin": "paper"}
IN_2017 = {"period": "2017", "base_period": "2016"}
NOBODY: dict[str, SeriesMapping] = {}


def found(
    held: list[Held],
    *entries: Entry,
    mappings: dict[str, SeriesMapping] = BETWEEN,
    taken_from: dict[str, tuple[str, ...]] | None = None,
) -> list[SourceCheck]:
    claims, reference = claims_of(*entries), record(*held)
    return check_sources(claims, reference, mappings, reported_series(claims, reference, mappings), taken_from or {})


def spoken(held: list[Held], *entries: Entry) -> list[tuple[str, str, tuple[str, ...], str]]:
    """What speaks, in short: claim, in what, origins, verdict; a country without statistics aside."""
    return [(c.claim, c.found, c.origins, c.verdict) for c in found(held, *entries) if c.reporter != "KZ"]


def one(held: Held, claim: Entry) -> SourceCheck:
    """What a single statement says of a claim."""
    (check,) = found([held], claim, mappings=NOBODY)
    return check


@pytest.mark.parametrize(
    ("value", "verdict", "difference"),
    [
        ("2.0", "agrees", F(0)),
        ("2.5", "agrees", F(1, 2)),
        ("2.54", "differs", F("0.54")),
        ("2.6", "differs", F("0.6")),
        ("1.4", "differs", F("-0.6")),
        ("1.45", "differs", F("-0.55")),
        ("1", "agrees", F(-1)),
    ],
)
def test_a_level_agrees_within_the_rounding_of_both(value: str, verdict: str, difference: Fraction) -> None:
    (check, _) = found([figure(2017, value)], BASE)
    assert (check.verdict, check.found, check.reporter, check.status) == (verdict, "level", "UZ", "official")
    assert check.difference is not None
    assert check.difference.value == difference * BILLION
    assert (str(check.period), check.unit, check.basis, check.reliability) == ("2017", "USD", "goods", "high")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cents=st.integers(100, 300))
def test_a_level_to_two_decimals_agrees_just_where_it_rounds_to_the_claim(cents: int) -> None:
    (check, _) = found([figure(2017, f"{cents / 100:.2f}")], BASE)
    apart = abs(F(cents, 100) - 2)
    assert check.verdict == ("agrees" if apart <= F("0.505") else "differs")


def test_every_figure_printed_or_official_is_held_against_a_level() -> None:
    held: list[Held] = [figure(2017, "2.1"), figure(2017, "3.0", **PRESS), figure(2018, "2.0", **PRESS)]
    assert spoken(held, BASE) == [
        ("base", "level", ("office",), "agrees"),
        ("base", "level", ("paper",), "differs"),
    ]


@pytest.mark.parametrize(
    ("held", "silent"),
    [
        ([figure(2016, "2")], [("UZ", ("office",)), ("KZ", ())]),
        ([figure(2016, "2"), figure(2017, "2", **PRESS)], [("UZ", ("office",)), ("KZ", ())]),
        ([figure(2017, "2")], [("KZ", ())]),
        ([figure(2017, "2"), figure(2017, "2", "KZ", "UZ")], []),
        ([figure(2017, "2", **PRESS)], [("UZ", ()), ("KZ", ())]),
        ([], [("UZ", ()), ("KZ", ())]),
    ],
    ids=["another-year", "press-alone-in-the-year", "one-country", "both", "press-alone", "nothing"],
)
def test_statistics_without_a_figure_are_silent_and_name_their_origin_where_there_are_any(
    held: list[Held], silent: list[tuple[str, tuple[str, ...]]]
) -> None:
    checks = [c for c in found(held, BASE) if c.verdict == "silent"]
    assert [(c.reporter, c.origins) for c in checks] == silent
    assert {(c.found, c.status, c.estimate, c.difference, c.reliability) for c in checks} <= {
        ("series", "official", None, None, "")
    }


@pytest.mark.parametrize(
    "claim",
    [
        level("base", period="2017-01/2017-02"),
        level("base", period="2016-07/2017-06"),
        level("base"),
        growth(period="2017-01/2017-02", base_period="2016-01/2016-02"),
        growth(period="2017"),
        growth(words="50 foiz punkt", value="50", unit="pp", **IN_2017),
        entry("forums", "count", "2 forum", "2", period="2017"),
    ],
    ids=["months", "other-twelve-months", "undated", "months-of-growth", "no-base", "points", "count"],
)
def test_a_yearly_series_neither_speaks_of_nor_is_silent_on_another_kind_of_claim(claim: Entry) -> None:
    assert found([figure(2016, "2"), figure(2017, "9"), figure(2018, "9")], claim) == []


def test_a_figure_in_another_unit_is_related_and_not_compared() -> None:
    tonnes = level("base", "2 tonna", "2", period="2017", unit="t")
    (check, _) = found([figure(2017, "9")], tonnes)
    assert (check.verdict, check.found, check.difference) == ("related", "level", None)
    aimed = target("goal", "3 tonna", "3", period="2017", unit="t")
    (check,) = found([figure(2017, "9")], aimed)
    assert (check.verdict, check.found, check.difference) == ("related", "outcome", None)


def test_growth_is_worked_out_from_two_figures_and_carries_both() -> None:
    held: list[Held] = [figure(2016, "2.0", note="one"), figure(2017, "3.0", origin="bureau", note="other")]
    check = found(held, GROWN)[0]
    assert (check.found, check.verdict, check.unit, check.comparator) == ("growth", "agrees", "ratio", "=")
    assert (check.origins, check.status, check.note) == (("bureau", "office"), "official", "one; other")
    assert check.estimate is not None
    assert check.estimate.value == F(1, 2)
    assert check.estimate.range == Interval(F("2.95") / F("2.05") - 1, F("3.05") / F("1.95") - 1)
    assert check.difference is not None
    assert check.difference.value == 0


@pytest.mark.parametrize(
    ("base", "later", "reliability", "status"),
    [
        ({}, {}, "high", "official"),
        (PRESS, {}, "medium", "press official"),
        ({}, PRESS, "medium", "official press"),
        ({"status": "press", "origin": "rumour"}, {}, "low", "press official"),
        ({"status": "press", "origin": "ministry"}, {}, "medium", "press official"),
    ],
)
def test_growth_is_as_reliable_as_the_less_reliable_of_its_figures(
    base: dict[str, str], later: dict[str, str], reliability: str, status: str
) -> None:
    held: list[Held] = [figure(2010, "1"), figure(2016, "2.0", **base), figure(2017, "3.0", **later)]
    check = next(c for c in found(held, GROWN) if c.found == "growth")
    assert (check.reliability, check.status) == (reliability, status)


def test_a_note_to_both_figures_of_a_growth_is_said_once() -> None:
    check = found([figure(2016, "2", note="n"), figure(2017, "3", note="n")], GROWN)[0]
    assert check.note == "n"


def test_growth_from_a_bound_is_a_bound() -> None:
    held: list[Held] = [figure(2010, "1"), figure(2016, "2.0", comparator=">", **PRESS), figure(2017, "2.0")]
    check = next(c for c in found(held, GROWN) if c.found == "growth")
    assert check.estimate is not None
    assert (check.estimate.range, check.verdict) == (Interval(None, F("0.025"), high_open=True), "differs")


@pytest.mark.parametrize("held", [[figure(2017, "3")], [figure(2016, "2")], [figure(2016, "0"), figure(2017, "3")]])
def test_growth_that_cannot_be_worked_out_is_not_held_against_a_claim(held: list[Held]) -> None:
    assert "growth" not in {c.found for c in found(held, GROWN)}


def test_a_record_is_silent_on_growth_unless_it_has_both_years() -> None:
    assert [c.verdict for c in found([figure(2017, "3")], GROWN) if c.reporter == "UZ"] == ["silent"]


def test_an_outcome_is_related_to_its_target_and_weighs_nothing() -> None:
    (check,) = found([figure(2018, "2.4")], GOAL)
    assert (check.found, check.verdict, check.reporter) == ("outcome", "related", "UZ")
    assert check.difference is not None
    assert check.difference.value == F("-0.6") * BILLION


AIMED = {"status": "aimed"}
FORUMS = entry("forums", "count", "2 forum", "2", period="2017")
RANK = entry("best", "rank", "top 1000 talik", "1000", period="2017")


@pytest.mark.parametrize(
    ("held", "claim", "verdict"),
    [
        (statement("level", "2.1", period="2017"), BASE, "agrees"),
        (statement("level", "2.6", period="2017"), BASE, "differs"),
        (statement("level", "2.0", period="2017-01/2017-12"), BASE, "agrees"),
        (statement("level", "2.0", period="2018"), BASE, "related"),
        (statement("level", "2.0"), BASE, "related"),
        (statement("level", "2.0", period="2017", subject="another"), BASE, "related"),
        (statement("level", "2.0", period="2017", unit="person"), BASE, "related"),
        (statement("level", "2.0", period="2017", **AIMED), BASE, "related"),
        (statement("change", "0.5", unit="ratio", **IN_2017), GROWN, "agrees"),
        (statement("change", "0.4", unit="ratio", **IN_2017), GROWN, "differs"),
        (statement("change", "0.5", unit="ratio", period="2017", base_period="2015"), GROWN, "related"),
        (statement("change", "0.5", unit="ratio", period="2017"), GROWN, "agrees"),
        (statement("target", "3.0", period="2018", **AIMED), GOAL, "agrees"),
        (statement("target", "4.0", period="2018", **AIMED), GOAL, "differs"),
        (statement("target", "3.0", period="2018"), GOAL, "agrees"),
        (statement("target", "3.0", **AIMED), GOAL, "related"),
        (statement("count", "2", period="2017"), FORUMS, "agrees"),
        (statement("count", "4", period="2017"), FORUMS, "differs"),
        (statement("rank", "490", period="2017"), RANK, "agrees"),
        (statement("rank", "1200", period="2017"), RANK, "differs"),
    ],
)
def test_a_statement_is_compared_where_it_is_about_the_same_thing_and_time(
    held: Statement, claim: Entry, verdict: str
) -> None:
    check = one(held, claim)
    assert (check.found, check.origins, check.status) == ("statement", ("paper",), "press")
    assert check.verdict == verdict
    assert (check.difference is None) is (verdict == "related")


@pytest.mark.parametrize(
    "held",
    [
        statement("change", "0.5", unit="ratio", period="2017"),
        statement("level", "2.0", period="2017", measure="rail"),
        statement("target", "2.0", period="2017"),
    ],
    ids=["kind", "measure", "target-of-a-level"],
)
def test_a_statement_of_another_kind_or_measure_is_not_about_the_claim(held: Statement) -> None:
    assert found([held], BASE, mappings=NOBODY) == []


def test_a_target_of_another_year_is_another_target() -> None:
    assert found([statement("target", "3.0", period="2019", **AIMED)], GOAL, mappings=NOBODY) == []


@pytest.mark.parametrize(("value", "verdict"), [("2.0", "agrees"), ("3.0", "related")])
def test_an_undated_claim_is_borne_out_by_some_period_and_contradicted_by_none(value: str, verdict: str) -> None:
    check = one(statement("level", value, period="2010"), level("base"))
    assert check.verdict == verdict
    assert check.difference is not None


@pytest.mark.parametrize(("value", "verdict"), [("3.0", "agrees"), ("4.0", "related")])
def test_a_target_without_a_year_is_an_undated_claim(value: str, verdict: str) -> None:
    goal = target("goal", "3 milliard dollar", "3000000000", status="aimed")
    assert one(statement("target", value, period="2018", **AIMED), goal).verdict == verdict


def test_a_claim_that_leaves_something_open_is_not_compared() -> None:
    claim = growth(leaves_open={"of_what": ["growth-over-year-before"]}, **IN_2017)
    assert one(statement("change", "0.5", unit="ratio", **IN_2017), claim).verdict == "related"


DAY = entry("visit", "date", "2018-yil 15-mart", "2018-03-15", period="2018-03-15")
DAYS = entry("visit", "date", "2017-yil 22-23-mart", "2017-03-22/2017-03-23", period="2017-03-22/2017-03-23")
STAGE = entry("stage", "period", "2021-2025-yillar davomida", "2021/2025", period="2021/2025")


@pytest.mark.parametrize(
    ("held", "claim", "verdict"),
    [
        (statement("date", "2018-03-15", period="2018-03-15"), DAY, "agrees"),
        (statement("date", "2018-03-16", period="2018-03-15"), DAY, "differs"),
        (statement("date", "2018-03-15", period="2018-03-15", subject="another"), DAY, "related"),
        (statement("date", "2017-03-23", period="2017-03-23"), DAYS, "agrees"),
        (statement("date", "2017-03-22/2017-03-23", period="2017-03-22/2017-03-23"), DAYS, "agrees"),
        (statement("period", "2021/2025", period="2021/2025"), STAGE, "agrees"),
        (statement("date", "2020-05-29", period="2020-05-29"), STAGE, "related"),
    ],
)
def test_a_date_agrees_where_it_lies_within_the_one_stated(held: Statement, claim: Entry, verdict: str) -> None:
    check = one(held, claim)
    assert (check.verdict, check.date, check.estimate, check.difference) == (verdict, held.date, None, None)


@pytest.mark.parametrize(
    ("held", "claim"),
    [
        (statement("date", "2018-03-16", period="2018-03-16"), DAY),
        (statement("period", "2026/2030", period="2026/2030"), STAGE),
        (statement("period", "2020/2025", period="2020/2025"), STAGE),
    ],
)
def test_a_date_or_period_of_another_time_is_another_one(held: Statement, claim: Entry) -> None:
    assert found([held], claim, mappings=NOBODY) == []


def test_a_date_without_a_year_is_not_compared() -> None:
    claim = entry("visit", "date", "15-mart", "--03-15")
    assert one(statement("date", "2018-03-15", period="2018-03-15"), claim).verdict == "related"


@pytest.mark.parametrize("status", ["reported", "aimed"])
@pytest.mark.parametrize("origin", ORIGINS)
def test_the_word_of_a_government_weighs_less_for_what_it_reports(origin: str, status: str) -> None:
    check = one(statement("level", "2.0", period="2017", origin=origin, status=status), BASE)
    kind, reliability = ORIGINS[origin]
    assert check.reliability == ("medium" if kind == "government" and status == "reported" else reliability)


@pytest.mark.parametrize(("reliability", "reports"), [("high", "medium"), ("medium", "medium"), ("low", "low")])
def test_a_government_of_less_reliability_is_not_raised(reliability: Any, reports: str) -> None:
    origin = record().origins["ministry"].model_copy(update={"reliability": reliability})
    assert [origin.reliability_of(status) for status in ("reported", "official", "press")] == [reports] * 3
    assert origin.reliability_of("aimed") == reliability


def test_a_claim_made_again_is_left_to_the_first() -> None:
    held: list[Held] = [figure(2017, "2"), statement("level", "2", period="2017")]
    checks = found(held, BASE, level("again", period="2017", repeats="base"))
    assert {check.claim for check in checks} == {"base"}


def test_a_claim_without_a_number_or_date_is_not_checked() -> None:
    risen = growth("risen", "savdo o‘sdi", "", reads="nothing", **IN_2017)
    assert found([figure(2016, "2"), figure(2017, "3"), statement("change", "0.5", **IN_2017)], risen) == []


def test_a_measure_without_a_counterpart_is_held_against_statements_alone() -> None:
    held: list[Held] = [figure(2017, "2"), statement("level", "2", period="2017")]
    assert [c.found for c in found(held, BASE, mappings=NOBODY)] == ["statement"]


def test_checks_follow_the_order_of_claims_and_for_each_series_before_statements() -> None:
    held: list[Held] = [statement("level", "2", period="2017"), figure(2016, "2"), figure(2017, "3")]
    assert [(c.claim, c.found, c.reporter) for c in found(held, GROWN, BASE)] == [
        ("growth", "growth", "UZ"),
        ("growth", "series", "KZ"),
        ("base", "level", "UZ"),
        ("base", "series", "KZ"),
        ("base", "statement", ""),
    ]


@pytest.mark.parametrize(
    ("comparator", "value", "words", "claimed", "verdict"),
    [
        (">", "1.9", "2 milliard dollar", "2000000000", "related"),
        (">", "2.6", "2 milliard dollar", "2000000000", "differs"),
        ("<", "2.2", "2 milliard dollar", "2000000000", "related"),
        (">", "2.5", "2 milliarddan ortiq dollar", "2000000000", "agrees"),
        (">", "1.5", "2 milliarddan ortiq dollar", "2000000000", "related"),
    ],
)
def test_a_bound_that_only_reaches_into_a_claim_settles_nothing(
    comparator: str, value: str, words: str, claimed: str, verdict: str
) -> None:
    (check, _) = found([figure(2017, value, comparator=comparator)], level("base", words, claimed, period="2017"))
    assert check.verdict == verdict


def test_a_claim_made_again_with_another_number_is_held_against_the_record_by_itself() -> None:
    again = level("again", "3 milliard dollar", "3000000000", period="2017", repeats="base")
    same = level("same", period="2017", repeats="base")
    assert spoken([figure(2017, "2.0")], BASE, again, same) == [
        ("base", "level", ("office",), "agrees"),
        ("again", "level", ("office",), "differs"),
    ]


def test_a_counterpart_is_of_its_subject_alone() -> None:
    of_all = {"trade": BETWEEN["trade"].model_copy(update={"subject": "all"})}
    other = level("other", period="2017", subject="kaz")
    checks = found([figure(2017, "2")], other, BASE, mappings=of_all)
    assert {check.claim for check in checks} == {"base"}


def test_what_a_claim_was_taken_from_is_marked_and_so_is_what_carries_its_words() -> None:
    held: list[Held] = [statement("level", "2", period="2017", origin=name) for name in ("paper", "other-paper")]
    held += [figure(2017, "2")]
    marked = found(held, BASE, OTHER_BASE, taken_from={"base": ("paper",)})
    assert {check.origins for check in marked if check.taken_from} == {("paper",)}
    assert {check.claim for check in marked if check.taken_from} == {"base"}


def rate(value: str, flow: str, **more: str) -> Observation:
    return figure(2017, value, **{"measure": "trade_growth", "flow": flow, "unit": "ratio", **PRESS, **more})


FLOWS: list[Held] = [figure(2017, value, flow=flow, **PRESS) for flow, value in (("export", "1.0"), ("import", "2.0"))]


def test_growth_follows_from_both_flows_and_their_growth() -> None:
    grown = growth("grown", "41,1 foiz", "0.411", **IN_2017)
    held: list[Held] = [figure(2015, "1"), *FLOWS, rate("0.25", "export"), rate("0.50", "import")]
    (check,) = (c for c in found(held, grown) if c.origins == ("paper",) and c.found == "growth")
    # 1.0 / 1.25 + 2.0 / 1.5 = 0.8 + 1.3333, so 3 over that: 40.6 percent, and a little either way.
    assert check.estimate is not None
    assert check.estimate.value == F(3) / (F(4, 5) + F(4, 3)) - 1
    assert (check.verdict, check.reporter) == ("agrees", "UZ")
    assert not [c for c in found(held[:-1], grown) if c.found == "growth"]


@pytest.mark.parametrize("status", ["doubtful", "superseded"])
def test_a_figure_that_is_set_aside_is_told_and_weighs_nothing(status: str) -> None:
    aside = [figure(year, value, status=status, origin="paper") for year, value in ((2016, "1"), (2017, "9"))]
    held: list[Held] = [figure(2016, "2"), figure(2017, "2"), *aside]
    checks = [c for c in found(held, BASE, GROWN) if c.origins == ("paper",)]
    assert [(c.claim, c.found, c.verdict, c.status) for c in checks] == [
        ("base", "level", "related", status),
        ("growth", "growth", "related", status),
    ]
    assert reported_series(claims_of(BASE), record(*held), BETWEEN)[0].figures[2017].origin == "office"


@pytest.mark.parametrize(
    ("words", "stated", "said", "verdict"),
    [
        ("1 milliard dollar", "1000000000", "0.84", "differs"),
        ("1 milliard dollar", "1000000000", "0.95", "agrees"),
        ("1 milliard dollar", "1000000000", "1.4", "agrees"),
        ("2 milliard dollar", "2000000000", "1.6", "agrees"),
        ("1,0 milliard dollar", "1000000000", "0.96", "differs"),
        ("1,0 milliard dollar", "1000000000", "0.996", "agrees"),
    ],
)
def test_a_number_agrees_where_it_would_be_printed_so_in_as_many_digits(
    words: str, stated: str, said: str, verdict: str
) -> None:
    claim = level("base", words, stated, period="2017")
    assert one(statement("level", said, period="2017"), claim).verdict == verdict


FORUMS = entry("forums", "count", "2 ta forum", "2", measure="forums", period="2017")


def forum(day: str, origin: str = "paper", **more: str) -> Statement:
    return statement("date", day, measure="forums", period=day, origin=origin, **more)


def test_a_number_of_events_is_held_against_those_that_are_reported_with_their_days() -> None:
    held: list[Held] = [
        forum("2017-03-23"),
        forum("2017-09-16", "other-paper"),
        forum("2017-09-15/2017-09-16", "ministry"),
    ]
    held += [forum("2017-03-23", "ministry"), forum("2018-01-01"), forum("2017-05-05", status="aimed")]
    checks = found(held, FORUMS, mappings=NOBODY)
    assert [(c.origins, c.verdict, c.reliability) for c in checks if c.verdict == "agrees"] == [
        (("paper", "other-paper"), "agrees", "medium"),
        (("ministry",), "agrees", "high"),
    ]


def test_fewer_or_more_events_than_stated_differ_and_the_day_of_a_count_is_no_event() -> None:
    assert {c.verdict for c in found([forum("2017-03-23")], FORUMS, mappings=NOBODY)} == {"differs"}
    on_a_day = {**FORUMS, "period": "2017-03-23"}
    assert not [c for c in found([forum("2017-03-23")], on_a_day, mappings=NOBODY) if c.unit == "item"]
