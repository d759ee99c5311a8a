"""What two countries report, year by year, and what became of the targets: from records whose answer is known."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import Done, run_cells
from dalil.analysis.series import ReportedSeries, reported_series, years_of
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation
from invented import BETWEEN, BILLION, Entry, claims_of, figure, growth, level, record, target

F = Fraction
BASE = level("base", period="2017")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
GROWN = growth(period="2017", base_period="2016")
PAPER, OTHER, RUMOUR = ({"status": "press", "origin": name} for name in ("paper", "other-paper", "rumour"))
MODEL = {"status": "modelled", "origin": "bureau"}
# Prices that rise by half from 2017 to 2018, and double by 2020.
INDEX = {2017: F(100), 2018: F(150), 2020: F(200)}


def found(figures: Iterable[Observation], entries: Iterable[Entry] = (BASE, GOAL)) -> list[ReportedSeries]:
    return reported_series(claims_of(*entries), record(*figures), BETWEEN)


def came(
    figures: Iterable[Observation],
    entries: Iterable[Entry] = (BASE, GOAL),
    index: dict[int, Fraction] | None = None,
) -> list[Any]:
    """What the notebook on the record has for each target, record and kind of prices."""
    return worked_out(figures, entries, index).rows("came")


def worked_out(
    figures: Iterable[Observation],
    entries: Iterable[Entry] = (BASE, GOAL),
    index: dict[int, Fraction] | None = None,
    mappings: dict[str, SeriesMapping] = BETWEEN,
) -> Done:
    return run_cells("05-record", claims_of(*entries), record(*figures), mappings, index=index or {})


def results_of(figures: Iterable[Observation], index: dict[int, Fraction] | None = None) -> dict[str, Amount]:
    return worked_out(figures, index=index).results


def named(figures: Iterable[Observation], entries: Iterable[Entry]) -> dict[str, Amount]:
    """What is named of the record for an article, by name."""
    return worked_out(figures, entries).results


def values(history: ReportedSeries) -> dict[int, Fraction]:
    return {year: (one.estimate.value or F(0)) / BILLION for year, one in history.figures.items()}


def never_after(year: int) -> Estimate:
    return Estimate(None, Interval(F(year), None, low_open=True))


@pytest.mark.parametrize(
    ("figures", "taken"),
    [
        ([figure(2017, "1", **PAPER), figure(2017, "2", origin="shaky-office")], "shaky-office"),
        ([figure(2017, "1", **MODEL), figure(2017, "2", origin="shaky-office")], "shaky-office"),
        ([figure(2017, "1", **RUMOUR), figure(2017, "2", **PAPER)], "paper"),
        ([figure(2017, "1", **RUMOUR), figure(2017, "2", comparator=">", **PAPER)], "paper"),
        ([figure(2017, "1", comparator=">", **PAPER), figure(2017, "2", **OTHER)], "other-paper"),
        ([figure(2017, "2", **PAPER), figure(2017, "1", **OTHER)], "paper"),
    ],
    ids=["official", "not-modelled", "reliable", "reliable-before-exact", "exact", "first"],
)  # fmt: skip
def test_of_several_figures_the_official_then_the_reliable_then_the_exact_one_is_taken(
    figures: list[Observation], taken: str
) -> None:
    (history,) = found([figure(2010, "1"), *figures])
    assert history.figures[2017].origin == taken


def test_a_bound_made_of_a_flow_that_is_one_is_taken_last() -> None:
    flows = [figure(2017, "1", flow="export", **PAPER), figure(2017, "1", flow="import", comparator=">", **PAPER)]
    exact = [figure(2017, "1", flow="export", **OTHER), figure(2017, "1", flow="import", **OTHER)]
    (history,) = found([figure(2010, "1"), *flows, *exact])
    assert history.figures[2017].origin == "other-paper"


def test_what_was_printed_does_not_stand_in_for_statistics_that_are_not_there() -> None:
    figures = [figure(2017, "2", "KZ", "UZ", **PAPER), figure(2017, "2"), figure(2018, "3", **PAPER)]
    (history,) = found(figures)
    assert (history.reporter, list(history.figures), list(history.official)) == ("UZ", [2017, 2018], [2017])
    assert found(figures[:1]) == []


def test_no_gap_is_filled() -> None:
    (history,) = found([figure(2020, "5"), figure(2017, "2")])
    assert values(history) == {2017: 2, 2020: 5}


def test_each_of_two_countries_has_a_record_of_its_own() -> None:
    figures = [figure(2017, "2"), figure(2017, "3", "KZ", "UZ"), figure(2017, "4", "KZ", "RU")]
    one, other = found(figures)
    assert [(h.reporter, h.partner, h.suffix, values(h)) for h in (one, other)] == [
        ("UZ", "KZ", "uz", {2017: F(2)}),
        ("KZ", "UZ", "kz", {2017: F(3)}),
    ]
    assert {(h.measure, h.subject, h.series) for h in (one, other)} == {("trade", "all", "trade")}


def test_a_measure_that_no_claim_is_about_or_that_two_countries_do_not_report_has_no_record() -> None:
    claims = claims_of(BASE)
    held = record(figure(2017, "2"))
    assert reported_series(claims, held, {"rail": BETWEEN["trade"]}) == []
    assert reported_series(claims, held, {"trade": SeriesMapping(series=("trade",), over="cis")}) == []


def test_exports_and_imports_make_a_turnover_only_together() -> None:
    flows = [figure(2017, "1", flow="export"), figure(2017, "3", flow="import"), figure(2018, "1", flow="export")]
    (history,) = found(flows)
    assert values(history) == {2017: 4}
    assert history.figures[2017].estimate.range == Interval(F(3 * BILLION), F(5 * BILLION))


def test_a_printed_turnover_is_taken_before_one_added_up() -> None:
    flows = [figure(2017, "1", flow="export"), figure(2017, "3", flow="import"), figure(2017, "4.1")]
    assert values(found(flows)[0]) == {2017: F("4.1")}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (figure(2016, "2"), figure(2017, "3"), F(1, 2)),
        (figure(2016, "2"), figure(2017, "3", origin="bureau"), None),
        (figure(2015, "2"), figure(2017, "3"), None),
        (figure(2017, "3"), figure(2018, "2"), None),
        (figure(2016, "0"), figure(2017, "3"), None),
        (figure(2016, "0.4", comparator="<"), figure(2017, "3"), F("6.5")),
    ],
    ids=["same-origin", "two-origins", "gap", "first-year", "from-nothing", "from-a-bound"],
)
def test_growth_is_that_over_the_year_before_by_one_origin(
    before: Observation, after: Observation, expected: Fraction | None
) -> None:
    (history,) = found([before, after])
    base, later = history.before(2017), history.level(2017)
    assert (base and later and (later / base - 1).value) == expected


def test_an_index_is_that_of_the_first_series_and_never_of_two() -> None:
    us = {"measure": "cpi", "unit": "index", "partner": "", "flow": ""}
    held = record(
        figure(2017, "245", "US", **us), figure(2018, "251", "US", **us),
        figure(2018, "100", "US", origin="bureau", **us), figure(2019, "102", "US", origin="bureau", **us),
        figure(2019, "9", "KZ", **us),
    )  # fmt: skip
    assert held.index("cpi") == {2017: 245, 2018: 251}
    assert held.index("deflator") == {}


@pytest.mark.parametrize(
    ("value", "gap", "relative"),
    [("2.5", F(-1, 2), F(-1, 6)), ("3.0", F(0), F(0)), ("4.5", F(3, 2), F(1, 2)), ("0.0", F(-3), F(-1))],
)
def test_an_outcome_short_of_its_target_has_a_negative_gap(value: str, gap: Fraction, relative: Fraction) -> None:
    (outcome,) = came([figure(2018, value)])
    assert (outcome.gap.value, outcome.gap_relative.value) == (gap * BILLION, relative)
    assert outcome.gap.range == Interval((gap - F(1, 20)) * BILLION, (gap + F(1, 20)) * BILLION)
    assert (outcome.prices, outcome.value, outcome.target_year) == ("current", outcome.level, 2018)


LATER_GOAL = target("goal", "3 milliard dollar", "3000000000", period="2020", status="agreed")


@pytest.mark.parametrize(
    ("series", "first", "delay"),
    [
        ({2018: "2", 2020: "3"}, 2020, 0),
        ({2018: "2", 2020: "2", 2021: "2.9", 2022: "3.0"}, 2022, 2),
        ({2018: "3", 2019: "2", 2020: "2"}, 2018, -2),
        ({2016: "4", 2017: "5", 2020: "2", 2021: "3"}, 2021, 1),
        ({2018: "2", 2020: "2.9999", 2022: "2"}, None, None),
        ({2017: "9", 2020: "1"}, None, None),
    ],
    ids=["exact-hit", "late", "early", "base-year-and-before-do-not-count", "missed-by-a-hair", "only-before"],
)
def test_a_target_is_met_in_the_first_year_after_its_base_with_as_much(
    series: dict[int, str], first: int | None, delay: int | None
) -> None:
    (outcome,) = came([figure(year, value) for year, value in series.items()], [BASE, LATER_GOAL])
    if first:
        assert (outcome.first_met.value, outcome.first_met.range.high) == (F(first), F(first))
    else:
        assert outcome.first_met.estimate == never_after(max(series))
    assert outcome.delay.value == delay
    if delay is None:
        assert outcome.delay.range == Interval(F(max(series) - 2020), None, low_open=True)


def test_a_target_may_have_been_met_in_a_year_before_for_which_there_is_no_figure() -> None:
    figures = [figure(2018, "2"), figure(2020, "2"), figure(2023, "3")]
    (outcome,) = came(figures, [BASE, LATER_GOAL])
    assert outcome.first_met.estimate == Estimate(F(2023), Interval(F(2021), F(2023)))
    assert outcome.delay.estimate == Estimate(F(3), Interval(F(1), F(3)))
    (outcome,) = came([*figures, figure(2021, "2"), figure(2022, "2.9")], [BASE, LATER_GOAL])
    assert outcome.first_met.estimate == exactly(2023)


def test_only_official_figures_meet_a_target() -> None:
    figures = [figure(2018, "2"), figure(2019, "4", **PAPER)]
    (outcome,) = came(figures)
    assert outcome.first_met.estimate == never_after(2018)


def test_a_bound_below_the_target_does_not_meet_it() -> None:
    (outcome,) = came([figure(2018, "2.9", comparator=">")])
    assert outcome.first_met.estimate == never_after(2018)
    assert outcome.gap.range == Interval(F("-0.1") * BILLION, None, low_open=True)


@pytest.mark.parametrize(
    "figures",
    [[], [figure(2017, "2"), figure(2019, "3")], [figure(2017, "2"), figure(2018, "3", **PAPER)]],
    ids=["nothing", "another-year", "press"],
)
def test_without_an_official_figure_for_its_year_a_target_has_no_outcome(figures: list[Observation]) -> None:
    assert came(figures, index=INDEX) == []


def test_constant_prices_are_those_of_the_base_year() -> None:
    figures = [figure(2017, "2"), figure(2018, "3.0")]
    current, constant = came(figures, index=INDEX)
    assert (current.prices, constant.prices) == ("current", "constant")
    assert (current.value.value, constant.value.value) == (F(3 * BILLION), F(2 * BILLION))
    assert (current.gap.value, constant.gap.value) == (F(0), F(-BILLION))
    assert (current.first_met.estimate, constant.first_met.estimate) == (exactly(2018), never_after(2018))
    assert current.needed == constant.needed
    assert [one.came and one.came.value for one in (current, constant)] == [F(1, 2), F(0)]


@pytest.mark.parametrize(
    ("missing", "prices", "first_met"),
    [
        ((), ["current", "constant"], 2019),
        ((2017,), ["current"], None),
        ((2020,), ["current"], None),
        ((2019,), ["current", "constant"], 2020),
    ],
)
def test_years_without_a_price_index_are_left_out_at_constant_prices(
    missing: tuple[int, ...], prices: list[str], first_met: int | None
) -> None:
    index = {year: F(100) for year in (2017, 2019, 2020) if year not in missing}
    figures = [figure(2019, "3"), figure(2020, "3")]
    listed = came(figures, [BASE, LATER_GOAL], index)
    assert [outcome.prices for outcome in listed] == prices
    if first_met:
        assert (listed[1].first_met.value, listed[1].first_met.range.high) == (F(first_met), F(first_met))


def test_a_level_that_is_no_money_has_no_constant_prices() -> None:
    goods = {"unit": "t"}
    entries = [level("base", "2 tonna", "2", period="2017", **goods)]
    entries += [target("goal", "3 tonna", "3", period="2018", status="agreed", **goods)]
    listed = came([figure(2017, "2", **goods), figure(2018, "3", **goods)], entries, INDEX)
    assert [outcome.prices for outcome in listed] == ["current"]


def test_a_record_in_another_unit_says_nothing_of_a_target() -> None:
    claims_in_tonnes = [level("base", "2 tonna", "2", period="2017", unit="t")]
    claims_in_tonnes += [target("goal", "3 tonna", "3", period="2018", status="agreed", unit="t")]
    assert came([figure(2017, "2"), figure(2018, "3")], claims_in_tonnes, INDEX) == []


@pytest.mark.parametrize(
    ("series", "grown", "needed"),
    [
        ({2017: "0.375", 2020: "3"}, F(1), F(1)),
        ({2017: "3", 2020: "3"}, F(0), F(0)),
        ({2017: "3", 2020: "0.375"}, F(-1, 2), F(0)),
        ({2017: "3", 2020: "0"}, None, F(0)),
        ({2017: "0", 2020: "3"}, None, None),
        ({2020: "3"}, None, None),
    ],
    ids=["doubled-each-year", "stood-still", "halved-each-year", "came-to-nothing", "base-zero", "base-missing"],
)
def test_growth_that_came_and_was_needed_is_a_year_from_the_base_on_record(
    series: dict[int, str], grown: Fraction | None, needed: Fraction | None
) -> None:
    (outcome,) = came([figure(year, value) for year, value in series.items()], [BASE, LATER_GOAL])
    assert (outcome.came and outcome.came.value) == grown
    assert (outcome.needed and outcome.needed.value) == needed


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    base=st.integers(1, 99),
    value=st.integers(1, 99),
    inflation=st.fractions(F(1, 2), 3, max_denominator=20),
)
def test_at_constant_prices_growth_is_less_by_what_prices_rose(base: int, value: int, inflation: Fraction) -> None:
    index = {2017: F(80), 2018: 80 * inflation}
    figures = [figure(2017, str(base)), figure(2018, str(value))]
    current, constant = came(figures, index=index)
    assert current.came is not None
    assert constant.came is not None
    assert current.came.value is not None
    assert constant.came.value is not None
    # Growth is rounded to thirty decimals.
    assert abs((1 + constant.came.value) * inflation - (1 + current.came.value)) < F(1, 10**28)


def test_each_number_of_an_outcome_has_a_name_a_formula_and_its_sources() -> None:
    figures = [figure(2017, "2", origin="bureau"), figure(2018, "2.4")]
    results = results_of(figures, INDEX)
    for level_ in ("trade_2017_uz", "trade_2018_uz"):
        del results[level_]
    reporter = "first(record.year, reporter = UZ, status = official, year > 2017, "
    met = f"{reporter}value ≥ goal)"
    met_real = f"{reporter}value × cpi(2017) / cpi(year) ≥ goal)"
    one, both = ("office",), ("office", "bureau")
    assert {name: (r.unit, str(r.formula), r.claims, r.sources) for name, r in results.items()} == {
        "target_2018_shortfall_uz": ("USD", "goal - trade_2018_uz", ("goal",), one),
        "target_2018_first_met_uz": ("year_met", met, ("goal",), one),
        "target_2018_delay_uz": ("delay", f"{met} - 2018", ("goal",), one),
        "target_2018_shortfall_uz_relative": ("ratio", "1 - trade_2018_uz / goal", ("goal",), one),
        "cagr_2017_2018_uz": ("ratio", "trade_2018_uz / trade_2017_uz - 1", (), both),
        "needed_2017_2018_uz": ("ratio", "goal / trade_2017_uz - 1", ("goal",), ("bureau",)),
        "trade_2018_uz_real": ("USD", "trade_2018_uz × cpi(2017) / cpi(2018)", (), one),
        "target_2018_shortfall_uz_real": ("USD", "goal - trade_2018_uz_real", ("goal",), one),
        "target_2018_first_met_uz_real": ("year_met", met_real, ("goal",), one),
        "target_2018_delay_uz_real": ("delay", f"{met_real} - 2018", ("goal",), one),
        "cagr_2017_2018_uz_real": ("ratio", "trade_2018_uz_real / trade_2017_uz - 1", (), both),
        "target_2018_first_met": ("year_met", "min(target_2018_first_met_uz)", ("goal",), one),
        "target_2018_nearest_uz": ("ratio", "trade_2018_uz / goal - 1", ("goal",), one),
        "target_2018_nearest_year_uz": ("year_met", f"{reporter}value ≥ trade_2018_uz)", ("goal",), one),
    }


def test_growth_over_several_years_is_a_root() -> None:
    results = worked_out([figure(2017, "1"), figure(2020, "8")], [BASE, LATER_GOAL]).results
    assert str(results["cagr_2017_2020_uz"].formula) == "(trade_2020_uz / trade_2017_uz)^(1/3) - 1"
    assert results["cagr_2017_2020_uz"].estimate.value == 1


@pytest.mark.parametrize("value", ["2.4", "3.0", "3.5"])
def test_a_shortfall_is_the_target_less_the_outcome(value: str) -> None:
    results = results_of([figure(2018, value)])
    short, relative = results["target_2018_shortfall_uz"], results["target_2018_shortfall_uz_relative"]
    assert (short.value, relative.value) == ((3 - F(value)) * BILLION, 1 - F(value) / 3)
    assert short.range.low == (3 - F(value) - F(1, 20)) * BILLION


@pytest.mark.parametrize(
    ("uz", "kz", "first"),
    [
        ({2018: "2", 2020: "3"}, {2018: "2", 2019: "3"}, exactly(2019)),
        ({2018: "2", 2020: "3"}, {2018: "2"}, exactly(2020)),
        ({2018: "2", 2020: "2"}, {2018: "2", 2023: "2"}, never_after(2020)),
        ({2018: "3"}, {2019: "3"}, exactly(2018)),
    ],
    ids=["either", "one", "neither-while-both-have-figures", "other-without-the-target-year"],
)
def test_a_target_is_first_met_when_any_record_says_so(uz: dict[int, str], kz: dict[int, str], first: Estimate) -> None:
    figures = [figure(year, value) for year, value in uz.items()]
    figures += [figure(year, value, "KZ", "UZ", origin="bureau") for year, value in kz.items()]
    assert results_of(figures, INDEX)["target_2018_first_met"].estimate == first


def test_a_target_at_constant_prices_does_not_say_when_it_was_first_met() -> None:
    figures = [figure(2018, "3"), figure(2018, "2", "KZ", "UZ", origin="bureau")]
    met = results_of(figures, INDEX)["target_2018_first_met"]
    assert str(met.formula) == "min(target_2018_first_met_uz, target_2018_first_met_kz)"
    assert met.sources == ("office", "bureau")


RAIL = {"measure": "rail"}
TWO = {**BETWEEN, "rail": SeriesMapping(series=("rail",), between=("UZ", "KZ"))}


def test_two_measures_with_targets_in_one_year_have_names_of_their_own() -> None:
    entries = [BASE, GOAL, level("track", period="2017", **RAIL)]
    entries += [target("tracks", "4 milliard dollar", "4000000000", period="2018", **RAIL)]
    held = [figure(year, "2", **more) for year in (2017, 2018) for more in ({}, RAIL)]
    names = worked_out(held, entries, INDEX, TWO).results
    assert {"target_trade_2018_shortfall_uz", "target_rail_2018_shortfall_uz", "rail_2018_uz_real"} <= names.keys()
    assert {"cagr_2017_trade_2018_uz", "cagr_2017_rail_2018_uz", "needed_2017_rail_2018_uz"} <= names.keys()


def test_growth_on_record_stands_beside_the_stated_one() -> None:
    results = named([figure(2016, "2"), figure(2017, "3", origin="bureau")], [GROWN])
    assert [(name, r.value, r.unit, str(r.formula), r.claims, r.sources) for name, r in results.items()] == [
        ("trade_2016_uz", 2 * BILLION, "USD", "turnover(UZ, KZ, 2016)", (), ("office",)),
        ("trade_2017_uz", 3 * BILLION, "USD", "turnover(UZ, KZ, 2017)", (), ("bureau",)),
        ("trade_2016_implied_uz", 2 * BILLION, "USD", "trade_2017_uz / (1 + growth)", ("growth",), ("bureau",)),
        ("trade_growth_2017_uz", F(1, 2), "ratio", "trade_2017_uz / trade_2016_uz - 1", (), ("bureau", "office")),
    ]


@pytest.mark.parametrize(
    ("series", "names"),
    [
        ({2017: "3"}, {"trade_2016_implied_uz", "trade_2017_uz"}),
        ({2016: "2"}, {"trade_2016_uz"}),
        ({2016: "0", 2017: "3"}, {"trade_2016_implied_uz", "trade_2016_uz", "trade_2017_uz"}),
        ({2015: "3"}, set()),
    ],
    ids=["no-base", "no-later", "nothing-to-grow-from", "another-year"],
)
def test_what_the_record_does_not_hold_is_not_named(series: dict[int, str], names: set[str]) -> None:
    assert set(named([figure(year, value) for year, value in series.items()], [GROWN])) == names


@pytest.mark.parametrize(
    "stated",
    [
        growth(period="2017"),
        growth(period="2017-01/2017-06", base_period="2016-01/2016-06"),
        growth(period="2017", base_period="2016-06"),
        growth(period="2016-07/2017-06", base_period="2015-07/2016-06"),
        growth(words="50 foiz punkt", value="50", unit="pp", period="2017", base_period="2016"),
        growth(period="2017", base_period="2016", repeats="first"),
        growth(period="2017", base_period="2016", subject="another"),
        growth("risen", "savdo o‘sdi", "", period="2017", base_period="2016", reads="nothing"),
    ],
    ids=["no-base", "months", "base-of-months", "other-twelve-months", "points", "repeats", "subject", "no-number"],
)
def test_growth_that_a_yearly_record_cannot_speak_to_has_none_beside_it(stated: Entry) -> None:
    first = level("first", period="2017")
    results = named([figure(2014, "9"), figure(2016, "2"), figure(2017, "3")], [first, stated])
    assert set(results) <= {"trade_2016_uz", "trade_2017_uz"}


def test_growth_over_several_years_is_not_taken_for_that_of_one() -> None:
    long = growth("long", "200 foiz", "2", period="2017", base_period="2010")
    results = named([figure(2010, "1"), figure(2016, "2"), figure(2017, "3")], [GROWN, long])
    assert results["trade_growth_2017_uz"].estimate.value == F(1, 2)
    assert results["trade_growth_2010_2017_uz"].estimate.value == 2


def test_two_growths_from_one_base_imply_two_bases() -> None:
    long = growth("long", "200 foiz", "2", period="2018", base_period="2016")
    results = named([figure(2017, "3"), figure(2018, "3")], [GROWN, long])
    implied = {name: result.estimate.value for name, result in results.items() if "implied" in name}
    assert implied == {"trade_2016_implied_uz": 2 * BILLION, "trade_2016_implied_from_2018_uz": BILLION}


def test_two_rates_for_one_year_imply_two_bases() -> None:
    other = growth("other", "100 foiz", "1", period="2017", base_period="2016")
    results = named([figure(2017, "3")], [GROWN, other])
    implied = {name: result.estimate.value for name, result in results.items() if "implied" in name}
    assert implied == {
        "trade_2016_implied_uz_growth": 2 * BILLION,
        "trade_2016_implied_uz_other": F("1.5") * BILLION,
    }


FALL = {2014: "4", 2016: "2", 2017: "3"}


def test_a_rise_after_a_fall_is_told_from_the_year_it_fell_from() -> None:
    series = {2013: "3", **FALL, 2018: "3", 2020: "4", 2021: "5"}
    results = named([figure(year, value) for year, value in series.items()], [GROWN])
    told = {name: results[name] for name in ("trade_change_2014_2016_uz", "trade_2017_of_2014_uz")}
    assert [(r.value, r.unit, str(r.formula)) for r in told.values()] == [
        (F(-1, 2), "ratio", "trade_2016_uz / trade_2014_uz - 1"),
        (F(3, 4), "ratio", "trade_2017_uz / trade_2014_uz"),
    ]
    assert results["trade_2014_regained_uz"].estimate == exactly(2020)
    assert results["trade_2014_uz"].estimate.value == 4 * BILLION


def test_what_was_not_regained_may_be_later() -> None:
    series = {**FALL, 2019: "3.9"}
    results = named([figure(year, value) for year, value in series.items()], [GROWN])
    assert results["trade_2014_regained_uz"].estimate == never_after(2019)


def test_of_two_highest_years_the_fall_began_with_the_later() -> None:
    series = {2013: "4", **FALL}
    results = named([figure(year, value) for year, value in series.items()], [GROWN])
    assert results["trade_2014_regained_uz"].estimate == never_after(2017)
    assert "trade_2013_regained_uz" not in results


@pytest.mark.parametrize(
    "figures",
    [
        [figure(2014, "3"), figure(2016, "2"), figure(2017, "3")],
        [figure(2016, "2"), figure(2017, "3"), figure(2018, "9")],
        [figure(2014, "4", **PAPER), figure(2016, "2"), figure(2017, "3")],
        [figure(2014, "4"), figure(2016, "2", **PAPER), figure(2017, "3")],
        [figure(2014, "4"), figure(2017, "3")],
        [figure(2014, "4"), figure(2016, "5"), figure(2017, "3")],
    ],
    ids=["reached", "later", "press", "base-press", "base-missing", "fell-from-the-base-itself"],
)
def test_without_an_earlier_higher_year_there_is_no_recovery(figures: list[Observation]) -> None:
    results = named(figures, [GROWN])
    assert not [name for name in results if "_change_" in name or "_of_" in name or "regained" in name]


def test_the_years_an_article_speaks_of_are_those_of_its_claims_about_the_record() -> None:
    entries = [
        GROWN, LATER_GOAL, level("months", period="2014-01/2014-06"), level("undated"),
        level("elsewhere", period="2001", measure="rail"), level("again", period="2012", repeats="undated"),
    ]  # fmt: skip
    claims = claims_of(*entries)
    records = reported_series(claims, record(figure(2017, "2")), BETWEEN)
    assert years_of(claims, records) == [2012, 2016, 2017, 2020]
    assert years_of(claims, []) == []


def test_the_levels_of_years_that_targets_are_put_off_to_are_named_as_well() -> None:
    held = record(*(figure(year, "2") for year in (2017, 2018, 2019)))
    stated = run_cells("05-record", claims_of(BASE, GOAL), held, BETWEEN)
    put_off = run_cells("05-record", claims_of(BASE, GOAL), held, BETWEEN, target_years=[2019])
    assert "trade_2019_uz" not in stated.results
    assert "trade_2019_uz" in put_off.results


def test_a_target_never_met_has_a_year_that_came_nearest_and_one_that_had_as_much_before() -> None:
    figures = [figure(2013, "3.5"), figure(2014, "3.1"), figure(2015, "2.0"), figure(2017, "2.0"), figure(2018, "2.5")]
    figures += [figure(2019, "2.9"), figure(2020, "2.9")]
    results = run_cells("05-record", claims_of(BASE, GOAL), record(*figures), BETWEEN).results
    found = {name: amount.value for name, amount in results.items() if "nearest" in name or "had_before" in name}
    assert found == {
        "target_2018_nearest_uz": F(29, 30) - 1,
        "target_2018_nearest_year_uz": F(2019),
        "target_2018_had_before_uz": F(2014),
    }
    assert {"trade_2013_uz", "trade_2014_uz", "trade_2019_uz"} <= set(results)
    assert not {"trade_2015_uz", "trade_2020_uz"} & set(results)


def test_what_was_printed_after_the_last_official_year_is_named() -> None:
    held = record(figure(2017, "2.0"), figure(2018, "2.5"), figure(2019, "2.7", status="press", origin="paper"))
    assert "trade_2019_uz" in run_cells("05-record", claims_of(BASE, GOAL), held, BETWEEN).results


def test_a_target_that_was_met_has_no_nearest_year() -> None:
    held = record(figure(2017, "2.0"), figure(2018, "2.5"), figure(2019, "3.1"))
    results = run_cells("05-record", claims_of(BASE, GOAL), held, BETWEEN).results
    assert not [name for name in results if "nearest" in name or "had_before" in name]


def test_what_an_office_revised_says_how_sure_its_figures_are() -> None:
    held = record(
        figure(2015, "3.0", status="superseded", origin="paper"), figure(2015, "2.7"),
        figure(2016, "2.0", status="superseded", origin="paper"), figure(2016, "2.1"), figure(2017, "2.0"),
    )  # fmt: skip
    results = run_cells("05-record", claims_of(BASE, GOAL), held, BETWEEN).results
    assert results["trade_2015_revision_uz"].value == F(-1, 10)
    assert (results["largest_revision"].value, results["trade_2015_printed_uz"].value) == (F(1, 10), F(3 * BILLION))
    assert str(results["trade_2015_printed_uz"].formula) == "printed(UZ, KZ, 2015)"


def test_growth_and_base_follow_from_both_flows_and_their_growth() -> None:
    printed = {"status": "press", "origin": "paper"}
    flows = [figure(2017, value, flow=flow, **printed) for flow, value in (("export", "1.20"), ("import", "0.80"))]
    rates = [
        figure(2017, value, flow=flow, **printed | {"measure": "trade_growth", "unit": "ratio"})
        for flow, value in (("export", "0.20"), ("import", "0.60"))
    ]
    stated = growth("grown", "33 foiz", "0.33", period="2017", base_period="2016")
    held = record(figure(2015, "1.0"), figure(2017, "2.00", **printed), *flows, *rates)
    results = run_cells("05-record", claims_of(BASE, stated), held, BETWEEN).results
    # 1.2 / 1.2 + 0.8 / 1.6 = 1.5, and two over that is a third more.
    assert results["trade_2016_uz_flows"].value == F(3, 2) * BILLION
    assert results["trade_growth_2017_uz_flows"].value == F(1, 3)
    ends = [results[f"trade_growth_2017_uz_{end}"].value or F(0) for end in ("low", "high")]
    assert ends[0] < F(1, 3) < ends[1]
    # The base lies within what the flows leave open, and within what turnover and stated growth do.
    low, high = (results[f"trade_2016_uz_{end}"].value for end in ("low", "high"))
    of_both = [results[name].range for name in ("trade_2016_uz_flows", "trade_2016_implied_uz")]
    assert (low, high) == (max(one.low or 0 for one in of_both), min(one.high or 0 for one in of_both))
