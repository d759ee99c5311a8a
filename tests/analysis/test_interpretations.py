"""A percentage that leaves things open, in every way to read it: on a trade of four countries worked out by hand."""

from collections.abc import Iterable
from fractions import Fraction

import pytest

from cells import run_cells
from dalil.analysis.interpretations import Interpretation, interpretations_of
from dalil.numbers.amounts import Amount
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Grouping, Membership, Observation
from invented import Entry, claims_of, entry, figure, growth, record

F = Fraction
OF, SHARE = "growth-over-year-before", "share-of-all-trade"
EACH, TOGETHER, ALL = "each-of-some-partners", "those-partners-together", "all-cis-partners"
OPEN = {"of_what": [OF, SHARE], "with_whom": [EACH, TOGETHER, ALL], "when": ["then"]}
PARTNERS = {"trade": SeriesMapping(series=("trade",), of="UZ", partners="cis", years={"then": 2020})}
GROUP = Grouping(always=("UZ", "KZ", "RU"), sometimes={"GE": "left"})


def more_than(percent: int, **more: object) -> Entry:
    return growth("open", f"{percent} foizdan oshdi", str(percent / 100), **{"leaves_open": OPEN, **more})


def with_partner(year: int, value: str, partner: str) -> Observation:
    return figure(year, value, "UZ", partner)


# Growth from 2019 to 2020: KZ 50 %, RU 10 %, GE 20 %; shares in 2020: 30, 22 and 12 of 100.
TRADE = {"KZ": ("20.00", "30.00"), "RU": ("20.00", "22.00"), "GE": ("10.00", "12.00"), "001": ("90.00", "100.00")}
FIGURES = [
    with_partner(year, value, area)
    for area, values in TRADE.items()
    for year, value in zip((2019, 2020), values, strict=True)
]


def found(claim: Entry, figures: Iterable[Observation] = FIGURES, group: Grouping = GROUP) -> list[Interpretation]:
    return interpretations_of(claims_of(claim), record(*figures, cis=group), PARTNERS)


def told(readings: Iterable[Interpretation]) -> dict[tuple[str, str, int], tuple[Fraction | None, str, bool]]:
    return {(r.of_what, r.with_whom, r.year): (r.value.value, " ".join(r.partners), r.holds) for r in readings}


def test_each_reading_is_worked_out_year_by_year() -> None:
    assert told(found(more_than(20))) == {
        (OF, EACH, 2020): (F(1, 5), "KZ GE", True),
        (OF, TOGETHER, 2020): (F(2, 5), "KZ GE", True),
        (OF, ALL, 2020): (F(3, 10), "KZ RU", True),
        (SHARE, EACH, 2019): (F(2, 9), "KZ RU", True),
        (SHARE, EACH, 2020): (F(22, 100), "KZ RU", True),
        (SHARE, TOGETHER, 2019): (F(4, 9), "KZ RU", True),
        (SHARE, TOGETHER, 2020): (F(52, 100), "KZ RU", True),
        (SHARE, ALL, 2019): (F(5, 9), "KZ RU GE", True),
        (SHARE, ALL, 2020): (F(64, 100), "KZ RU GE", True),
    }


def test_of_single_partners_the_second_best_counts_since_a_sentence_speaks_of_several() -> None:
    each = {
        percent: told(found(more_than(percent, leaves_open={"of_what": [OF], "with_whom": [EACH]})))[OF, EACH, 2020][2]
        for percent in (10, 19, 21, 49)
    }
    assert each == {10: True, 19: True, 21: False, 49: False}


def test_one_partner_alone_is_not_several() -> None:
    only_one = [one for one in FIGURES if one.partner in {"KZ", "001"}]
    listed = found(more_than(20), only_one, Grouping(always=("UZ", "KZ")))
    assert {(r.of_what, r.with_whom) for r in listed} == {(OF, ALL), (SHARE, ALL)}


def test_a_partner_without_a_figure_for_a_year_is_not_counted_in_it() -> None:
    without = [one for one in FIGURES if (one.partner, one.year) != ("KZ", 2019)]
    listed = told(found(more_than(20), without))
    assert listed[OF, EACH, 2020] == (F(1, 10), "GE RU", False)
    assert (OF, ALL, 2020) not in listed
    assert listed[SHARE, ALL, 2020][1] == "KZ RU GE"


def test_without_trade_with_the_world_there_are_no_shares() -> None:
    assert {r.of_what for r in found(more_than(20), [one for one in FIGURES if one.partner != "001"])} == {OF}


def test_growth_of_nothing_is_a_number_too() -> None:
    still = [with_partner(year, "10.00", area) for year in (2019, 2020) for area in ("KZ", "RU", "GE")]
    listed = told(found(more_than(20), still))
    assert {key: (value, holds) for key, (value, _, holds) in listed.items()} == {
        (OF, EACH, 2020): (F(0), False),
        (OF, TOGETHER, 2020): (F(0), False),
        (OF, ALL, 2020): (F(0), False),
    }


def test_trade_that_began_with_nothing_has_no_growth() -> None:
    began = [figure_ for figure_ in FIGURES if figure_.partner != "KZ"]
    began += [with_partner(2019, "0.00", "KZ"), with_partner(2020, "30.00", "KZ")]
    assert told(found(more_than(20), began))[OF, EACH, 2020] == (F(1, 10), "GE RU", False)


@pytest.mark.parametrize(
    ("words", "value", "each", "holds"),
    [
        ("20 foizdan oshdi", "0.2", "KZ GE", True),
        ("15 foiz", "0.15", "RU GE", False),
        ("20 foiz", "0.2", "GE RU", False),
        ("kamida 20 foiz", "0.2", "KZ GE", True),
        ("ko‘pi bilan 20 foiz", "0.2", "RU GE", True),
    ],
    ids=["more-than", "between-two", "exactly", "at-least", "at-most"],
)
def test_the_best_case_is_the_one_nearest_to_what_the_claim_says(
    words: str, value: str, each: str, holds: bool
) -> None:
    claim = growth("open", words, value, leaves_open={"of_what": [OF], "with_whom": [EACH]})
    assert told(found(claim))[OF, EACH, 2020][1:] == (each, holds)


def test_a_stated_number_that_a_pair_comes_to_holds_though_another_pair_comes_to_more() -> None:
    claim = growth("open", "16 foiz", "0.16", leaves_open={"of_what": [OF], "with_whom": [TOGETHER]})
    # RU and GE together went from 30 to 34, by 13.3 percent; KZ and RU from 40 to 52, by 30.
    assert told(found(claim))[OF, TOGETHER, 2020] == (F(34, 30) - 1, "RU GE", False)
    claim = growth("open", "13 foiz", "0.13", leaves_open={"of_what": [OF], "with_whom": [TOGETHER]})
    assert told(found(claim))[OF, TOGETHER, 2020][2]


@pytest.mark.parametrize(
    ("leaves_open", "count"),
    [
        ({"of_what": ["share-of-output"], "with_whom": [ALL]}, 0),
        ({"of_what": [OF], "with_whom": ["all-neighbours"]}, 0),
        ({"of_what": [OF]}, 0),
        ({"with_whom": [ALL]}, 0),
        ({"of_what": ["share-of-output", OF], "with_whom": ["all-neighbours", ALL]}, 1),
    ],
)
def test_a_way_to_read_it_that_the_record_has_no_figures_for_is_left_out(
    leaves_open: dict[str, list[str]], count: int
) -> None:
    assert len(found(more_than(20, leaves_open=leaves_open))) == count


@pytest.mark.parametrize(
    "claim",
    [
        more_than(20, leaves_open={}),
        more_than(20, measure="rail"),
        growth("open", "20 foiz punkt", "20", unit="pp", leaves_open=OPEN),
        entry("open", "change", "savdo o‘sdi", "", reads="nothing", leaves_open=OPEN),
    ],
    ids=["nothing-open", "no-mapping", "points", "no-number"],
)
def test_a_claim_that_is_no_open_percentage_is_not_read(claim: Entry) -> None:
    assert found(claim) == []


def test_a_partner_that_had_left_is_none() -> None:
    year = 2020
    left = GROUP.model_copy(update={"membership": {"GE": Membership(until=year - 1, source="office")}})
    listed = told(found(more_than(20), group=left))
    assert listed[OF, EACH, year] == (F(1, 10), "KZ RU", False)
    assert listed[SHARE, ALL, year][1] == "KZ RU"
    assert listed[SHARE, ALL, year - 1][1] == "KZ RU GE"


def test_without_the_grouping_nothing_is_read() -> None:
    assert interpretations_of(claims_of(more_than(20)), record(*FIGURES), PARTNERS) == []


def test_readings_are_counted_in_all_and_in_the_year_that_one_of_them_names() -> None:
    held = record(*FIGURES, cis=GROUP)
    results = run_cells("06-open", claims_of(more_than(21)), held, PARTNERS).results
    counts = {name: r for name, r in results.items() if r.unit == "count"}
    assert [(name, r.value) for name, r in counts.items()] == [
        ("open_readings", F(9)),
        ("open_holding", F(8)),
        ("open_readings_2020", F(6)),
        ("open_holding_2020", F(5)),
    ]
    assert {(r.claims, r.sources) for r in counts.values()} == {(("open",), ("office",))}
    values = {name: r.value for name, r in results.items() if r.unit == "ratio"}
    assert len(values) == 6
    assert values["open_growth_over_year_before_all_cis_partners_2020"] == F(3, 10)
    assert results["open_share_of_all_trade_all_cis_partners_2020"].sources == ("office",)
    assert str(results["open_holding_2020"].formula) == "count(readings, claim_id = open, holds = yes, year = 2020)"


def test_a_reading_holds_within_the_rounding_of_both() -> None:
    def share_of(part: str) -> Amount:
        figures = [with_partner(2020, part, "KZ"), with_partner(2020, "100", "001")]
        claim = growth("open", "20 foiz", "0.2", leaves_open={"of_what": [SHARE], "with_whom": [ALL]})
        (one,) = found(claim, figures, Grouping(always=("KZ",)))
        assert one.holds is (part != "22")
        return one.value

    assert [share_of(part).value for part in ("20", "21", "22")] == [F(20, 100), F(21, 100), F(22, 100)]
