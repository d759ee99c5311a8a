"""Each headline in every way to work it out: how many ways there are, and which of them bear it out."""

import math
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import pytest

from cells import run_cells
from dalil.analysis.multiverse import GROWTH, Universe, universes
from dalil.analysis.series import PriceIndex, reported_series
from dalil.analysis.targets import targets_of
from dalil.reference.record import Observation
from invented import BETWEEN, Entry, claims_of, figure, growth, level, record, target

F = Fraction
INDICES = {"cpi": {2016: F(80), 2017: F(100), 2018: F(150)}, "deflator": {2016: F(50), 2017: F(100)}}
BASE = level("base", period="2017")
GROWN = growth(period="2017", base_period="2016")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
KZ = {"origin": "bureau"}


def priced(indices: dict[str, dict[int, Fraction]]) -> list[PriceIndex]:
    return [PriceIndex(name, values) for name, values in indices.items()]


def found(
    figures: Iterable[Observation], *entries: Entry, indices: dict[str, dict[int, Fraction]] | None = None
) -> list[Universe]:
    claims = claims_of(*entries)
    records = reported_series(claims, record(*figures), BETWEEN)
    return universes(claims, targets_of(claims), records, priced(INDICES if indices is None else indices))


def test_a_level_is_tried_by_each_rounding_and_record_alone() -> None:
    figures = [figure(2017, "2.1"), figure(2017, "2.9", "KZ", "UZ", **KZ)]
    assert [(u.rounding, u.reporter, u.prices, u.formula, u.support, u.origins) for u in found(figures, BASE)] == [
        ("half-unit", "UZ", "", "", "yes", ("office",)),
        ("floor", "UZ", "", "", "yes", ("office",)),
        ("ceiling", "UZ", "", "", "no", ("office",)),
        ("exact", "UZ", "", "", "no", ("office",)),
        ("half-unit", "KZ", "", "", "no", ("bureau",)),
        ("floor", "KZ", "", "", "yes", ("bureau",)),
        ("ceiling", "KZ", "", "", "no", ("bureau",)),
        ("exact", "KZ", "", "", "no", ("bureau",)),
    ]


def test_growth_is_tried_by_each_rounding_record_price_basis_and_formula() -> None:
    figures = [figure(year, "2", area, other, origin=origin) for year in (2016, 2017) for area, other, origin in SIDES]
    listed = found(figures, GROWN)
    assert len(listed) == len({(u.rounding, u.reporter, u.prices, u.formula) for u in listed}) == 4 * 2 * 3 * 3
    counts = [Counter(getattr(u, name) for u in listed) for name in ("rounding", "reporter", "prices", "formula")]
    assert [set(count.values()) for count in counts] == [{18}, {36}, {24}, {24}]
    assert set(counts[2]) == {"current", "cpi", "deflator"}
    assert set(counts[3]) == set(GROWTH) == {"simple", "logarithmic", "midpoint"}


SIDES = (("UZ", "KZ", "office"), ("KZ", "UZ", "bureau"))


def test_each_formula_gives_the_growth_it_is_named_after() -> None:
    listed = found([figure(2016, "2"), figure(2017, "3")], GROWN, indices={})
    values = {u.formula: u.value.value for u in listed}
    assert values["simple"] == F(1, 2)
    assert values["midpoint"] == F(2, 5)
    assert math.isclose(float(values["logarithmic"] or 0), math.log(3 / 2), rel_tol=1e-15)


def test_growth_at_constant_prices_is_in_dollars_of_the_later_year() -> None:
    listed = found([figure(2016, "2"), figure(2017, "3")], GROWN)
    simple = {u.prices: u.value.value for u in listed if u.formula == "simple"}
    # Two billion of 2016 are two and a half of 2017 by the one index, and four by the other.
    assert simple == {"current": F(1, 2), "cpi": F(1, 5), "deflator": F(-1, 4)}


def test_a_target_is_tried_by_record_and_price_basis_alone() -> None:
    figures = [figure(2018, "4.0"), figure(2018, "2.0", "KZ", "UZ", **KZ)]
    listed = [u for u in found(figures, BASE, GOAL) if u.claim.id == "goal"]
    assert [(u.reporter, u.prices, u.rounding, u.formula, u.support) for u in listed] == [
        ("UZ", "current", "", "", "yes"),
        ("UZ", "cpi", "", "", "no"),
        ("KZ", "current", "", "", "no"),
        ("KZ", "cpi", "", "", "no"),
    ]


@pytest.mark.parametrize(
    ("value", "comparator", "support"),
    [
        ("3", "=", "open"),
        ("3.0", "=", "open"),
        ("3.1", "=", "yes"),
        ("2.9", "=", "no"),
        ("3", ">=", "yes"),
        ("2", ">", "open"),
        ("3", "<", "no"),
        ("3", "<=", "open"),
        ("2.95", "=", "no"),
    ],
)
def test_a_rounded_outcome_settles_a_target_only_if_all_of_it_lies_on_one_side(
    value: str, comparator: str, support: str
) -> None:
    listed = found([figure(2018, value, comparator=comparator)], BASE, GOAL, indices={})
    assert [u.support for u in listed if u.claim.id == "goal"] == [support]


@pytest.mark.parametrize(
    ("words", "value", "comparator", "support"),
    [
        ("2 milliard dollar", "2.2", "=", "yes"),
        ("2 milliard dollar", "2.5", "=", "yes"),
        ("2 milliard dollar", "2.6", "=", "no"),
        ("2 milliard dollar", "2", ">", "open"),
        ("2 milliard dollar", "3", ">", "no"),
        ("2 milliard dollar", "1", "<", "no"),
        ("2 milliarddan ortiq dollar", "2.6", "=", "yes"),
        ("2 milliarddan ortiq dollar", "1", ">", "open"),
        ("2 milliarddan ortiq dollar", "2", ">", "yes"),
        ("2 milliarddan ortiq dollar", "3", ">", "yes"),
        ("2 milliarddan ortiq dollar", "2", ">=", "open"),
        ("2 milliarddan ortiq dollar", "2", "<=", "no"),
    ],
)
def test_a_bound_settles_a_level_only_if_all_or_nothing_of_it_fits(
    words: str, value: str, comparator: str, support: str
) -> None:
    listed = found([figure(2017, value, comparator=comparator), figure(2010, "1")], level("base", words, period="2017"))
    assert {u.support for u in listed if u.rounding in {"", "half-unit"}} == {support}


@pytest.mark.parametrize(
    ("words", "roundings"),
    [
        ("2 milliard dollar", 4),
        ("2 milliarddan ortiq dollar", 1),
        ("kamida 2 milliard dollar", 1),
        ("qariyb 2 milliard dollar", 1),
    ],
)
def test_where_rounding_makes_no_difference_it_is_no_choice(words: str, roundings: int) -> None:
    listed = found([figure(2017, "2")], level("base", words, period="2017"))
    assert len(listed) == roundings
    assert (listed[0].rounding == "") is (roundings == 1)


@pytest.mark.parametrize(
    "figures",
    [[], [figure(2016, "2")], [figure(2017, "2")], [figure(2016, "0"), figure(2017, "3")], [figure(2015, "2")]],
    ids=["nothing", "base-alone", "later-alone", "from-nothing", "elsewhere"],
)
def test_growth_without_two_figures_to_lie_between_is_not_tried(figures: list[Observation]) -> None:
    assert found(figures, GROWN) == []


def test_the_logarithm_of_nothing_is_left_out() -> None:
    listed = found([figure(2016, "3"), figure(2017, "0.0", comparator="<=")], GROWN, indices={})
    assert "logarithmic" not in {u.formula for u in listed}


@pytest.mark.parametrize(
    "claim",
    [
        level("base", period="2017-01/2017-02"),
        level("base", period="2017-03-22"),
        level("base", period="2016-07/2017-06"),
        level("base"),
        level("base", "2 tonna", "2", period="2017", unit="t"),
        level("base", period="2017", subject="another"),
        level("base", period="2017", measure="rail"),
        growth(period="2017", base_period="2015"),
        growth(period="2017-01/2017-06", base_period="2016-01/2016-06"),
        growth(words="50 foiz punkt", value="50", unit="pp", period="2017", base_period="2016"),
        growth("risen", "savdo o‘sdi", "", period="2017", base_period="2016", reads="nothing"),
        growth(period="2017"),
    ],
    ids=[
        "months", "day", "other-twelve-months", "undated", "tonnes", "subject", "measure", "two-years", "half-years",
        "points", "no-number", "no-base",
    ],
)  # fmt: skip
def test_what_a_yearly_record_cannot_speak_to_is_not_tried(claim: Entry) -> None:
    figures = [figure(year, "2") for year in (2015, 2016, 2017)]
    records = reported_series(claims_of(BASE), record(*figures), BETWEEN)
    assert universes(claims_of(claim), [], records, priced(INDICES)) == []


def test_a_claim_made_again_is_tried_once() -> None:
    listed = found([figure(2017, "2")], BASE, level("again", period="2017", repeats="base"))
    assert {u.claim.id for u in listed} == {"base"}


def test_an_index_without_both_years_is_no_choice() -> None:
    indices = {"cpi": {2016: F(80)}, "deflator": {2016: F(50), 2017: F(100)}}
    listed = found([figure(2016, "2"), figure(2017, "3")], GROWN, indices=indices)
    assert {u.prices for u in listed} == {"current", "deflator"}


def test_goods_have_no_dollars_to_put_at_other_prices() -> None:
    tonnes = {"unit": "t"}
    grown = found([figure(2016, "2", **tonnes), figure(2017, "3", **tonnes)], GROWN)
    assert {u.prices for u in grown} == {"current"}


def test_ways_and_those_that_bear_a_headline_out_are_counted() -> None:
    figures = [figure(2016, "2.0"), figure(2017, "3.0", origin="bureau")]
    entries = [level("base", "3 milliard dollar", "3000000000", period="2017"), GROWN]
    results = run_cells("06-open", claims_of(*entries), record(*figures), BETWEEN).results
    assert [(name, r.value, r.unit, r.claims, r.sources) for name, r in results.items()] == [
        ("base_ways", F(4), "count", ("base",), ("bureau",)),
        ("base_ways_supporting", F(4), "count", ("base",), ("bureau",)),
        ("growth_ways", F(12), "count", ("growth",), ("bureau", "office")),
        ("growth_ways_supporting", F(4), "count", ("growth",), ("bureau", "office")),
    ]
    assert str(results["base_ways_supporting"].formula) == "count(multiverse, claim_id = base, support = yes)"
