"""How a claim stands when all sources have spoken: every case there is, and what one more source does to a rating."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dalil.analysis.groupings import Sum
from dalil.analysis.interpretations import Interpretation
from dalil.analysis.ratings import SCALE, Assessment, Case, Met, assess, met, rating_of
from dalil.analysis.rules import Verdict
from dalil.analysis.sources import Found, SourceCheck, Spoken
from dalil.claims.claims import Claim
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import exactly
from dalil.numbers.periods import Period
from dalil.reference.record import RELIABILITIES, Reliability, weight
from invented import Entry, claims_of, entry, level, target

BASE, OTHER = level("base", period="2017"), level("other", period="2016")
WEIGHTS = range(4)
PAIRS = list(product(WEIGHTS, WEIGHTS))
LOW, MEDIUM, HIGH = 1, 2, 3

# What is rated by the best source on either side: one row for each that agrees, from none to one of high reliability.
BY_SOURCES = {
    0: ("unchecked", "unsettled", "doubtful", "contradicted"),
    LOW: ("unsettled", "unsettled", "doubtful", "contradicted"),
    MEDIUM: ("supported", "supported", "disputed", "disputed"),
    HIGH: ("confirmed", "confirmed", "disputed", "disputed"),
}
# From the worst for a claim to the best; places on one line are neither better nor worse than each other.
STANDING = {
    "contradicted": 0,
    "doubtful": 1,
    "disputed": 2, "unsettled": 2, "unchecked": 2,
    "supported": 3,
    "confirmed": 4,
}  # fmt: skip


@pytest.mark.parametrize(("agrees", "differs"), PAIRS)
def test_every_case_has_its_place_on_the_scale(agrees: int, differs: int) -> None:
    assert rating_of(Case(agrees, differs)) == BY_SOURCES[agrees][differs]


@pytest.mark.parametrize(("agrees", "differs"), PAIRS)
def test_what_was_tried_in_many_ways_counts_where_no_source_of_weight_speaks(agrees: int, differs: int) -> None:
    spoken = max(agrees, differs) >= weight("medium")
    for fitting, rating in ((1, "possible"), (0, "not-reproduced")):
        expected = rating_of(Case(agrees, differs)) if spoken else rating
        assert rating_of(Case(agrees, differs, tried=5, fitting=fitting)) == expected


def test_each_place_of_the_scale_is_someones_and_none_is_without_a_rule() -> None:
    ways = ((0, 0), (3, 0), (3, 2))
    cases = [Case(a, d, 1, tried=t, fitting=f) for a, d, (t, f) in product(WEIGHTS, WEIGHTS, ways)]
    cases += [Case(0, HIGH, revised=True), Case(HIGH, HIGH, divided=True)]
    assert {rating_of(case) for case in cases} == set(SCALE)
    assert set(STANDING) == set(SCALE) - {"possible", "not-reproduced", "within-revisions", "one-side"}


@pytest.mark.parametrize(("agrees", "differs"), PAIRS)
def test_one_source_confirms_or_contradicts_only_if_it_is_of_high_reliability(agrees: int, differs: int) -> None:
    rating = rating_of(Case(agrees, differs, voices=1))
    assert rating != "confirmed" or (agrees == HIGH and differs < MEDIUM)
    assert rating != "contradicted" or (differs == HIGH and agrees < MEDIUM)


def check(
    claim: str,
    verdict: Spoken,
    reliability: Reliability | Literal[""] = "",
    origins: tuple[str, ...] = ("office",),
    **more: Any,
) -> SourceCheck:
    given = {"found": "statement", "reliability": reliability, "period": Period.parse("2017"), "unit": "USD"} | more
    return SourceCheck(claim=claim, origins=origins, verdict=verdict, **given)


def rated(
    entries: list[Entry],
    checks: list[SourceCheck],
    sums: Callable[[Claim], list[Sum]] = lambda _: [],
    readings: Callable[[Claim], list[Interpretation]] = lambda _: [],
    itself: dict[str, Verdict] | None = None,
    became: dict[str, Met] | None = None,
    revision: Fraction = Fraction(0),
) -> dict[str, Assessment]:
    claims = claims_of(*entries)
    first = next(iter(claims))
    ways: dict[str, tuple[int, int]] = {}
    for claim, tried, fitting in [
        *((members.claim.id, len(members.sums), len(members.fits)) for members in sums(first)),
        *((taken.claim.id, 1, int(taken.holds)) for taken in readings(first)),
    ]:
        before = ways.get(claim, (0, 0))
        ways[claim] = before[0] + tried, before[1] + fitting
    return {a.claim: a for a in assess(claims, checks, ways, itself or {}, became or {}, revision)}


VERDICTS: list[Spoken] = ["agrees", "differs"]
ANY = st.builds(check, st.just("base"), st.sampled_from(VERDICTS), st.sampled_from(RELIABILITIES))
CHECKS = st.lists(ANY, max_size=6)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(checks=CHECKS, reliability=st.sampled_from(RELIABILITIES))
def test_one_more_source_never_moves_a_rating_away_from_what_it_says(
    checks: list[SourceCheck], reliability: Reliability
) -> None:
    def standing(more: list[SourceCheck]) -> int:
        return STANDING[rated([BASE], more)["base"].rating]

    before = standing(checks)
    assert standing([*checks, check("base", "agrees", reliability)]) >= before
    assert standing([*checks, check("base", "differs", reliability)]) <= before


@settings(max_examples=60, deadline=None, derandomize=True)
@given(checks=CHECKS, data=st.data())
def test_neither_the_order_of_sources_nor_weaker_voices_for_the_same_change_a_rating(
    checks: list[SourceCheck], data: st.DataObject
) -> None:
    rating = rated([BASE], checks)["base"].rating
    assert rated([BASE], data.draw(st.permutations(checks)))["base"].rating == rating
    assert rated([BASE], checks * 2)["base"].rating == rating
    weaker = [check("base", one.verdict, "low") for one in checks]
    assert rated([BASE], [*checks, *weaker])["base"].rating == rating


@pytest.mark.parametrize("verdict", ["silent", "related"])
def test_what_is_silent_or_only_related_weighs_nothing(verdict: Spoken) -> None:
    found = rated([BASE], [check("base", verdict, "high"), check("base", verdict)])["base"]
    assert (found.rating, found.agreeing, found.differing) == ("unchecked", 0, 0)
    assert found.silent == (2 if verdict == "silent" else 0)


def test_sources_are_counted_and_those_of_another_claim_are_not() -> None:
    checks = [check("base", "agrees", "low", ("paper",)), check("base", "agrees", "high")]
    checks += [check("base", "differs", "low")]
    found = rated([BASE, OTHER], [*checks, check("base", "silent"), check("other", "differs", "high")])
    assert found["base"] == Assessment("base", "cannot-be-checked", 2, 1, 1, "confirmed")
    assert found["other"] == Assessment("other", "cannot-be-checked", 0, 1, 0, "contradicted")


@pytest.mark.parametrize("verdict", ["agrees", "differs", "cannot-be-checked"])
def test_how_an_article_stands_to_itself_is_told_and_does_not_rate(verdict: Verdict) -> None:
    found = rated([BASE], [check("base", "agrees", "high")], itself={"base": verdict})["base"]
    assert (found.itself, found.rating) == (verdict, "confirmed")


def test_one_that_only_carries_the_words_of_another_is_no_second_voice() -> None:
    carried = replace(check("base", "agrees", "high", ("paper",)), echoes="office")
    found = rated([BASE], [check("base", "agrees", "high"), carried, check("base", "agrees", "low", ("radio",))])
    assert found["base"].agreeing == 2


@pytest.mark.parametrize("side", ["", "KZ"])
def test_two_independent_sources_confirm_and_two_that_pass_on_one_word_do_not(side: str) -> None:
    papers = [check("base", "agrees", "medium", (name,), side=side) for name in ("paper", "radio")]
    assert rated([BASE], papers[:1])["base"].rating == "supported"
    assert rated([BASE], papers)["base"].rating == ("supported" if side else "confirmed")


def test_what_a_claim_was_taken_from_bears_nothing_out() -> None:
    origin = check("base", "agrees", "high", taken_from=True)
    assert (rated([BASE], [origin])["base"].rating, rated([BASE], [origin])["base"].agreeing) == ("unchecked", 0)
    assert rated([BASE], [origin, check("base", "differs", "high")])["base"].rating == "contradicted"


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize(
    ("other", "rating"), [("UZ", "one-side"), ("KZ", "disputed"), ("", "disputed")], ids=["other", "same", "nobody"]
)
def test_a_number_that_one_side_gives_and_the_other_does_not_is_that_sides_own(
    taken: bool, other: str, rating: str
) -> None:
    own = check("base", "agrees", "high", ("office",), side="KZ", taken_from=taken)
    against = check("base", "differs", "medium", ("bureau",), side=other)
    found = rated([BASE], [own, against])["base"].rating
    assert found == (rating if rating == "one-side" or not taken else "doubtful")


@pytest.mark.parametrize(
    ("off", "found", "rating"),
    [("0.09", "level", "within-revisions"), ("0.1", "level", "contradicted"), ("0.09", "growth", "contradicted")],
)
def test_a_level_that_is_off_by_less_than_levels_are_revised_is_not_contradicted(
    off: str, found: Found, rating: str
) -> None:
    figure = check("base", "differs", "high", found=found, estimate=exactly(1), difference=exactly(off))
    assert rated([BASE], [figure], revision=Fraction(1, 10))["base"].rating == rating


TARGET = target("goal", "2018-yilda 3 milliard dollar", "3000000000", period="2018", status="agreed")


def test_a_target_is_rated_twice_and_other_claims_once() -> None:
    found = rated([BASE, TARGET], [check("goal", "agrees", "high")], became={"goal": "missed"})
    assert (found["goal"].rating, found["goal"].announced, found["goal"].met) == ("confirmed", "confirmed", "missed")
    assert (found["base"].announced, found["base"].met) == ("", "")
    assert rated([TARGET], [])["goal"].met == "unknown"


@pytest.mark.parametrize(
    ("gaps", "became"),
    [
        ([], "unknown"),
        (["0"], "met"),
        (["0.5", "0"], "met"),
        (["0.5", "-0.01"], "missed-narrowly"),
        (["-0.099"], "missed-narrowly"),
        (["-0.1"], "missed"),
        (["0", "-0.4"], "missed"),
    ],
)
def test_a_target_is_met_by_the_record_that_has_least(gaps: list[str], became: Met) -> None:
    assert met([Fraction(gap) for gap in gaps], Fraction(1, 10)) == became


def test_a_target_whose_year_is_not_over_is_not_due() -> None:
    assert (met([], Fraction(0), is_due=False), met([Fraction(1)], Fraction(0), is_due=False)) == ("not-due", "met")


def sum_of(fits: tuple[int, ...]) -> Callable[[Claim], list[Sum]]:
    return lambda claim: [
        Sum(claim, "cis", (), {2019: exactly(1), 2020: exactly(2)}, fits, (2019, 2020), 2020, ("office",))
    ]


def reading_of(holds: bool) -> Callable[[Claim], list[Interpretation]]:
    return lambda claim: [Interpretation(claim, "a", "b", 2020, Amount.of(1), ("KZ",), holds, ("office",))]


@pytest.mark.parametrize(
    ("sums", "readings", "rating"),
    [
        (sum_of((2020,)), None, "possible"),
        (sum_of(()), None, "not-reproduced"),
        (None, reading_of(True), "possible"),
        (None, reading_of(False), "not-reproduced"),
        (sum_of(()), reading_of(True), "possible"),
    ],
)
def test_sums_and_readings_of_a_claim_are_ways_to_bear_it_out(
    sums: Callable[[Claim], list[Sum]] | None, readings: Callable[[Claim], list[Interpretation]] | None, rating: str
) -> None:
    found = rated([BASE, OTHER], [], sums or (lambda _: []), readings or (lambda _: []))
    assert (found["base"].rating, found["other"].rating) == (rating, "unchecked")


AGAIN = {"repeats": "base"}


@pytest.mark.parametrize(
    ("again", "shares"),
    [
        (level("again", period="2017", **AGAIN), True),
        (level("again", status="aimed", **AGAIN), True),
        (level("again", "3 milliard dollar", "3000000000", **AGAIN), False),
        (level("again", "savdo o‘sdi", "", reads="nothing", **AGAIN), False),
    ],
    ids=["same", "other-status", "other-number", "number-lost"],
)
def test_a_claim_made_again_shares_a_rating_only_with_its_number(again: Entry, shares: bool) -> None:
    found = rated([BASE, again], [check("base", "differs", "high")], itself={"again": "agrees"})
    assert (found["again"].rating, found["again"].first, found["again"].differing) == (
        ("contradicted", "base", 1) if shares else ("unchecked", "", 0)
    )
    assert found["again"].itself == "agrees"


def test_dates_are_shared_by_date() -> None:
    visit = entry("base", "date", "2018-yil 15-mart", "2018-03-15", period="2018-03-15")
    same = entry("same", "date", "2018-yil 15-mart", "2018-03-15", period="2018-03-15", **AGAIN)
    moved = entry("moved", "date", "2018-yil 16-mart", "2018-03-16", period="2018-03-16", **AGAIN)
    found = rated([visit, same, moved], [check("base", "agrees", "medium")])
    assert [(a.rating, a.first) for a in found.values()] == [
        ("supported", ""),
        ("supported", "base"),
        ("unchecked", ""),
    ]


def test_a_claim_may_be_made_again_before_it_is_made_and_more_than_once() -> None:
    third = level("third", repeats="again")
    found = rated([third, level("again", **AGAIN), BASE], [check("base", "agrees", "medium")])
    assert [(a.claim, a.rating, a.first) for a in found.values()] == [
        ("third", "supported", "base"),
        ("again", "supported", "base"),
        ("base", "supported", ""),
    ]


def test_claims_that_repeat_each_other_are_rated_all_the_same() -> None:
    found = rated([level("base", repeats="again"), level("again", **AGAIN), level("other", repeats="other")], [])
    assert {a.rating for a in found.values()} == {"unchecked"}


def test_a_claim_of_an_estimate_is_not_mixed_up_with_another() -> None:
    low = level("low", "1 milliard dollar", "1000000000", period="2017")
    found = rated([BASE, low], [check("low", "agrees", "high")])
    assert {name: a.rating for name, a in found.items()} == {"base": "unchecked", "low": "confirmed"}
    assert claims_of(BASE)["base"].known.value == Fraction(2 * 10**9)
