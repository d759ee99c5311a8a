"""Targets are projected to, measured against and reached when a series that was built to do so says."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import Done, run_cells
from dalil.analysis.targets import open_targets, targets_of
from dalil.claims.claims import Claims, read_claims
from dalil.claims.entries import ClaimEntry
from dalil.errors import DomainError, InputError
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import ROUNDED_TO, ROUNDINGS, Estimate, Interval, exactly
from dalil.project import resolve
from dalil.text.article import Article, read_article
from formulas import gap, periods_to_target, projection, relative_gap

F = Fraction


def between(low: str, value: str, high: str) -> Estimate:
    return Estimate(F(value), Interval(F(low), F(high)))


@pytest.mark.parametrize(
    ("value", "growth", "periods", "projected"),
    [
        ("2", "0.312", 0, "2"),
        ("2", "0.312", 1, "2.624"),
        ("2", "0.5", 3, "6.75"),
        ("2", "0", 7, "2"),
        ("2", "-0.5", 2, "0.5"),
        ("2", "1", 10, "2048"),
    ],
)
def test_a_projection_grows_by_the_same_share_every_period(
    value: str, growth: str, periods: int, projected: str
) -> None:
    assert projection(F(value), F(growth), periods=periods) == F(projected)


@pytest.mark.parametrize(
    ("growth", "periods", "message"),
    [
        ("0.1", -2, "a power of -2 is none that has a meaning here"),
        ("-1", 2, r"a power of 0; only what is above zero has one here \(\(1 \+ b\)\^2; look at b\)"),
        ("-1.5", 3, r"a power of -0.5; only what is above zero has one here \(\(1 \+ b\)\^3; look at b\)"),
    ],
)
def test_a_projection_out_of_range_is_refused(growth: str, periods: int, message: str) -> None:
    with pytest.raises(DomainError, match=f"^{message}$"):
        projection(F(1), F(growth), periods=periods)


@pytest.mark.parametrize(
    ("projected", "target", "difference", "relative"),
    [
        ("2.624", "3", "-0.376", F("-0.376") / 3),
        ("3", "3", "0", F(0)),
        ("4.5", "3", "1.5", F(1, 2)),
        ("0", "3", "-3", F(-1)),
    ],
)
def test_a_gap_is_negative_where_the_target_is_missed(
    projected: str, target: str, difference: str, relative: Fraction
) -> None:
    assert gap(F(projected), F(target)) == F(difference)
    assert relative_gap(F(projected), F(target)) == relative


@pytest.mark.parametrize("target", [0, -1])
def test_a_gap_is_no_share_of_a_target_that_is_not_positive(target: int) -> None:
    with pytest.raises(DomainError, match=f"^it divides by {target}, and may only by what is above zero"):
        relative_gap(F(1), F(target))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    value=st.fractions(F(1, 1000), 1000),
    growth=st.decimals("0.0001", 10, places=4).map(F),
    periods=st.integers(0, 40),
)
def test_a_target_is_reached_after_the_periods_it_was_projected_over(
    value: Fraction, growth: Fraction, periods: int
) -> None:
    target = projection(value, growth, periods=periods)
    assert target is not None
    assert periods_to_target.over(exactly(value), exactly(target), exactly(growth)) == exactly(periods)


def test_a_target_between_two_periods_is_reached_between_them() -> None:
    periods = periods_to_target.over(exactly(2), exactly(3), exactly("0.312")).value
    assert periods is not None
    assert 1 < periods < 2


@pytest.mark.parametrize("growth", ["0.1", "0", "-0.5"])
@pytest.mark.parametrize("value", [3, 4])
def test_a_target_that_is_reached_already_needs_no_periods(value: int, growth: str) -> None:
    assert periods_to_target.over(exactly(value), exactly(3), exactly(growth)) == exactly(0)


@pytest.mark.parametrize("growth", ["0", "-0.5"])
def test_a_target_is_never_reached_without_growth(growth: str) -> None:
    assert periods_to_target.over(exactly(2), exactly(3), exactly(growth)) == Estimate(None, Interval(None, None))


@pytest.mark.parametrize(
    ("value", "growth", "periods", "at_least"),
    [
        (exactly(1), between("0", "1", "3"), 2, 1),
        (exactly(1), between("-0.5", "1", "3"), 2, 1),
        (exactly(1), between("-0.5", "0", "3"), None, 1),
        (between("1", "2", "4"), between("-0.5", "1", "3"), 1, 0),
    ],
)
def test_growth_that_may_be_zero_sets_no_end_to_the_periods(
    value: Estimate, growth: Estimate, periods: int | None, at_least: int
) -> None:
    found = periods_to_target.over(value, exactly(4), growth)
    assert found.value == periods
    assert found.range.high is None
    assert F(at_least) in found.range
    assert at_least - 2 * ROUNDED_TO not in found.range


def test_periods_are_no_less_than_zero_where_the_target_may_be_reached_already() -> None:
    found = periods_to_target.over(between("1", "2", "5"), exactly(4), exactly(1))
    assert (found.value, found.range.low) == (F(1), F(0))
    assert F(2) in found.range
    assert 2 + 2 * ROUNDED_TO not in found.range


@pytest.mark.parametrize(
    ("value", "target", "growth", "message"),
    [
        (exactly(0), exactly(3), exactly(1), "growth leads nowhere from 0; both must be above zero"),
        (between("-1", "2", "3"), exactly(3), exactly(1), "growth leads nowhere from -1; both must be above zero"),
        (exactly(2), exactly(0), exactly(1), "growth leads nowhere to 0; both must be above zero"),
        (exactly(2), exactly(3), exactly(-1), "growth of -100% leaves nothing; it must be above -100%"),
        (exactly(2), exactly(3), between("-2", "1", "1"), "growth of -200% leaves nothing; it must be above -100%"),
    ],
)
def test_periods_out_of_range_are_refused(value: Estimate, target: Estimate, growth: Estimate, message: str) -> None:
    with pytest.raises(DomainError, match=f"^{message}"):
        periods_to_target.over(value, target, growth)


@pytest.fixture(scope="module")
def article() -> Article:
    """The shipped article."""
    return read_article(resolve("data/raw/article.uz.txt"))


@pytest.fixture(scope="module")
def claims(article: Article) -> Claims:
    """Its claims, numbers taken exactly as printed."""
    return read_claims(resolve("data/raw/claims.yml"), article, "exact")


def needed(claims: Claims, **parameters: Any) -> dict[str, Amount]:
    """The growth that targets need, by name, as the notebook on growth works it out."""
    results = run_cells("02-growth-rates", claims, **parameters).results
    return {name: amount for name, amount in results.items() if name.startswith("required")}


def outlook(claims: Claims, **parameters: Any) -> Done:
    """What the notebook on targets works out; its rates are the base growth and one other unless told otherwise."""
    return run_cells("03-target-gaps", claims, **{"scenario_rates": [0.1], **parameters})


def base_rows(claims: Claims, growth: str, **parameters: Any) -> list[Any]:
    """What a base growth brings for each target."""
    rows = outlook(claims, base_growth=float(growth), **parameters).rows("gaps")
    return [row for row in rows if row.scenario == "base"]


def altered(claims: Claims, claim_id: str, **fields: object) -> Claims:
    """The same claims with one entry changed."""
    claim = claims[claim_id]
    # A statement names the periods that an entry has, which may be what is changed.
    given = {
        name: value for name, value in (dict(claim.entry) | {"statement": {}} | fields).items() if value is not None
    }
    changed = replace(claim, entry=ClaimEntry.model_validate(given))
    return replace(claims, claims={**claims.claims, claim_id: changed})


def without(claims: Claims, claim_id: str) -> Claims:
    """The same claims but one."""
    return replace(claims, claims={name: claim for name, claim in claims.claims.items() if name != claim_id})


def test_targets_are_those_stated_first_with_a_year(claims: Claims) -> None:
    assert [(t.claim.id, t.year, t.base.id, t.base_year, t.periods) for t in targets_of(claims)] == [
        ("target_2018", 2018, "trade_2017", 2017, 1),
        ("target_2020", 2020, "trade_2017", 2017, 3),
    ]


def test_targets_know_the_growth_stated_for_their_measure(claims: Claims) -> None:
    stated = [target.growth and target.growth.id for target in targets_of(claims)]
    unstated = [target.growth for target in targets_of(without(claims, "trade_growth_2017"))]
    assert stated == ["trade_growth_2017", "trade_growth_2017"]
    assert unstated == [None, None]


def test_a_target_without_a_level_to_start_from_is_left_out(claims: Claims) -> None:
    assert [t.claim.id for t in targets_of(altered(claims, "target_2018", measure="rail"))] == ["target_2020"]


def test_a_target_starts_from_the_latest_level_stated(claims: Claims) -> None:
    later = altered(claims, "contracts_2017", measure="trade", period="2018")
    assert {(t.base.id, t.base_year) for t in targets_of(later, (2019, 2020))} == {("contracts_2017", 2018)}


def test_given_years_replace_those_stated_in_their_order(claims: Claims) -> None:
    targets = targets_of(claims, (2021, 2024))
    assert [(t.claim.id, t.year, t.periods) for t in targets] == [("target_2018", 2021, 4), ("target_2020", 2024, 7)]


@pytest.mark.parametrize(
    ("years", "problem"),
    [
        ((2018,), "1 years given for 2 targets (target_2018, target_2020)"),
        ((2018, 2019, 2020), "3 years given for 2 targets (target_2018, target_2020)"),
        ((2017, 2020), "target_2018 falls due in 2017, its base year is 2017 (trade_2017)"),
        ((2018, 2016), "target_2020 falls due in 2016, its base year is 2017 (trade_2017)"),
        ((2020, 2020), "target_2020 falls due in 2020, as another target does"),
    ],
)
def test_years_that_do_not_fit_the_targets_are_refused(claims: Claims, years: tuple[int, ...], problem: str) -> None:
    with pytest.raises(InputError) as caught:
        targets_of(claims, years)
    assert str(caught.value).splitlines()[:2] == ["parameter target_years", f"  - {problem}"]


def test_the_level_can_be_taken_to_hold_for_another_year(claims: Claims) -> None:
    targets = targets_of(claims, since=2016)
    assert [(t.base.id, t.base_year, t.periods) for t in targets] == [("trade_2017", 2016, 2), ("trade_2017", 2016, 4)]
    growth = needed(claims, base_year=2016)
    assert growth["required_growth_2018"].value == F(1, 2)
    assert growth["required_cagr_2018"].value == pytest.approx(1.5**0.5 - 1)
    assert base_rows(claims, "0.5", base_year=2016)[0].projected.value == 2 * 10**9 * F(9, 4)


def test_a_base_year_that_a_target_falls_due_in_is_refused(claims: Claims) -> None:
    with pytest.raises(InputError) as caught:
        targets_of(claims, since=2018)
    problem = "  - target_2018 falls due in 2018, its base year is 2018 (parameter base_year)"
    assert str(caught.value).splitlines()[:2] == ["parameter base_year", problem]
    with pytest.raises(InputError, match=r"^parameter base_year and target_years\n"):
        targets_of(claims, (2015, 2020), since=2016)


def test_years_for_an_article_without_targets_are_refused(claims: Claims) -> None:
    none = without(without(claims, "target_2018"), "target_2020")
    assert (targets_of(none), open_targets(none), needed(none), base_rows(none, "1")) == ([], [], {}, [])
    with pytest.raises(InputError, match="1 years given for 0 targets\n"):
        targets_of(none, (2018,))


def test_every_year_that_does_not_fit_is_reported_at_once(claims: Claims) -> None:
    with pytest.raises(InputError) as caught:
        targets_of(claims, (2016, 2016))
    assert str(caught.value).splitlines() == [
        "parameter target_years",
        "  - target_2018 falls due in 2016, its base year is 2017 (trade_2017)",
        "  - target_2020 falls due in 2016, its base year is 2017 (trade_2017)",
        "Let each target fall due in a later year of its own.",
    ]


@pytest.mark.parametrize(("period", "open_"), [("2015", "no-level"), ("2017", "no-level"), ("2018", ""), ("2019", "")])
def test_a_target_stated_for_a_year_that_no_level_lies_before_stays_open(
    claims: Claims, period: str, open_: str
) -> None:
    changed = altered(claims, "target_2018", period=period)
    assert [(claim.id, why) for claim, why in open_targets(changed)] == ([("target_2018", open_)] if open_ else [])
    assert ("target_2018" in {t.claim.id for t in targets_of(changed)}) is not bool(open_)


def test_two_targets_of_one_measure_may_not_fall_due_in_one_year(claims: Claims) -> None:
    with pytest.raises(InputError) as caught:
        targets_of(altered(claims, "target_2018", period="2020"))
    assert str(caught.value).splitlines()[:2] == [
        "targets",
        "  - target_2020 falls due in 2020, as another target does",
    ]


def rail(claims: Claims, year: str) -> Claims:
    """The same claims with those about contracts made a level and a target of rail freight."""
    level = altered(claims, "contracts_2017", measure="rail freight", period="2017")
    return altered(level, "target_2018", measure="rail freight", period=year)


def test_targets_of_several_measures_are_told_apart_only_where_their_years_collide(claims: Claims) -> None:
    assert [t.name for t in targets_of(rail(claims, "2019"))] == ["2019", "2020"]
    collide = targets_of(rail(claims, "2020"))
    assert [t.name for t in collide] == ["rail_freight_2020", "trade_2020"]
    names = {*needed(rail(claims, "2020")), *outlook(rail(claims, "2020"), base_growth=1.0).results}
    assert {"required_cagr_trade_2020", "gap_rail_freight_2020", "projected_trade_2020"} <= names


def test_targets_of_one_measure_and_several_subjects_are_told_apart_by_subject(claims: Claims) -> None:
    level = altered(claims, "contracts_2017", measure="trade", subject="kaz", period="2017")
    names = [t.name for t in targets_of(altered(level, "target_2018", subject="kaz", period="2020"))]
    assert names == ["trade_kaz_2020", "trade_uzb_kaz_2020"]


@pytest.mark.parametrize(
    ("period", "base"),
    [("2018-01/2018-02", "2017-01/2017-02"), ("2017", "2010"), ("2017", ""), ("2015/2017", "2012/2014")],
)
def test_growth_that_is_not_from_one_year_to_the_next_is_no_yearly_rate(claims: Claims, period: str, base: str) -> None:
    changed = altered(claims, "trade_growth_2017", period=period, base_period=base)
    assert [target.growth for target in targets_of(changed)] == [None, None]
    assert "trade_doubling_time" not in run_cells("02-growth-rates", changed).results


def test_percentage_points_are_no_yearly_rate(claims: Claims) -> None:
    assert [t.growth for t in targets_of(altered(claims, "trade_growth_2017", unit="pp"))] == [None, None]


def test_a_level_over_months_is_no_start_for_a_target_of_a_year(claims: Claims) -> None:
    months = altered(claims, "contracts_2017", measure="trade", period="2017-11/2017-12")
    assert {t.base.id for t in targets_of(months)} == {"trade_2017"}


def test_a_target_below_its_base_is_a_fall_and_stays_open(claims: Claims) -> None:
    base = replace(claims["trade_2017"], estimate=exactly(F("4e9")))
    high = replace(claims, claims={**claims.claims, base.id: base})
    assert [t.claim.id for t in targets_of(high)] == ["target_2020"]
    assert [(claim.id, why) for claim, why in open_targets(high)] == [("target_2018", "lower")]


def test_a_level_of_zero_is_no_start(claims: Claims) -> None:
    nothing = replace(claims["trade_2017"], estimate=exactly(0))
    changed = replace(claims, claims={**claims.claims, nothing.id: nothing})
    assert targets_of(changed) == []
    assert [why for _, why in open_targets(changed)] == ["no-level", "no-level"]


def test_a_base_that_may_be_next_to_nothing_sets_no_end_to_the_growth_needed(claims: Claims) -> None:
    about_two = replace(claims["trade_2017"], estimate=Estimate(F("2e9"), Interval(F(0), F("4e9"), low_open=True)))
    changed = replace(claims, claims={**claims.claims, about_two.id: about_two})
    growth = needed(changed)
    assert growth["required_growth_2018"].estimate == Estimate(F(1, 2), Interval(F(-1, 4), None))
    assert growth["required_cagr_2020"].range.high is None
    row = base_rows(changed, "0.5")[0]
    assert row.years.estimate == Estimate(F(1), Interval(F(0), None))
    assert row.arrival.range.high is None


def test_required_growth_is_named_by_the_years_it_leads_from_and_to(claims: Claims) -> None:
    assert [(name, r.unit, str(r.formula)) for name, r in needed(claims).items()] == [
        ("required_growth_2018", "ratio", "target_2018 / trade_2017 - 1"),
        ("required_growth_2020", "ratio", "target_2020 / trade_2017 - 1"),
        ("required_cagr_2020", "ratio", "(target_2020 / trade_2017)^(1/3) - 1"),
        ("required_growth_2018_2020", "ratio", "target_2020 / target_2018 - 1"),
        ("required_cagr_2018_2020", "ratio", "(target_2020 / target_2018)^(1/2) - 1"),
    ]


@pytest.mark.parametrize(
    ("name", "base", "target", "periods"),
    [
        ("required_growth_2018", 2, 3, 1),
        ("required_growth_2020", 2, 5, 1),
        ("required_cagr_2020", 2, 5, 3),
        ("required_growth_2018_2020", 3, 5, 1),
        ("required_cagr_2018_2020", 3, 5, 2),
    ],
)
def test_required_growth_leads_from_the_base_to_the_target(
    claims: Claims, name: str, base: int, target: int, periods: int
) -> None:
    growth = needed(claims)[name].value
    assert growth is not None
    assert abs(base * (1 + growth) ** periods - target) < F(1, 10**28)


def test_the_base_outlook_uses_the_growth_the_article_states(claims: Claims) -> None:
    rows = outlook(claims, scenario_rates=[0.1, 0.5]).rows("gaps")
    assert [(row.target_year, row.scenario, row.growth.value) for row in rows] == [
        (2018, "base", F("0.312")),
        (2018, "0.1", F("0.1")),
        (2018, "0.5", F("0.5")),
        (2020, "base", F("0.312")),
        (2020, "0.1", F("0.1")),
        (2020, "0.5", F("0.5")),
    ]


def test_a_base_growth_given_replaces_the_one_stated(claims: Claims) -> None:
    assert [row.growth.estimate for row in base_rows(claims, "0.25")] == [exactly("0.25")] * 2


def test_without_a_stated_growth_there_is_no_base_outlook(claims: Claims) -> None:
    unstated = without(claims, "trade_growth_2017")
    assert [row.scenario for row in outlook(unstated).rows("gaps")] == ["0.1", "0.1"]
    assert len(base_rows(unstated, "0.25")) == 2


def outlook_2018(claims: Claims, growth: str) -> Any:
    return base_rows(claims, growth)[0]


@pytest.mark.parametrize(
    ("growth", "projected", "short", "relative", "arrival"),
    [
        ("0.25", "2.5e9", "-5e8", F(-1, 6), 2019),
        ("0.5", "3e9", "0", F(0), 2018),
        ("1", "4e9", "1e9", F(1, 3), 2018),
        ("0", "2e9", "-1e9", F(-1, 3), None),
        ("-0.5", "1e9", "-2e9", F(-2, 3), None),
    ],
)
def test_an_outlook_says_where_growth_leads_how_far_off_and_when_it_arrives(
    claims: Claims, growth: str, projected: str, short: str, relative: Fraction, arrival: int | None
) -> None:
    row = outlook_2018(claims, growth)
    assert (row.projected.value, row.gap.value, row.gap_relative.value) == (F(projected), F(short), relative)
    assert row.arrival.value == arrival


def test_an_exact_hit_arrives_in_that_year_and_not_the_next(claims: Claims) -> None:
    assert outlook_2018(claims, "0.5").years.estimate == exactly(1)
    assert outlook_2018(claims, "0.5").arrival.estimate == exactly(2018)
    assert outlook_2018(claims, "0.4999").arrival.estimate == exactly(2019)


def test_an_outlook_carries_the_printed_precision(article: Article) -> None:
    rounded = read_claims(resolve("data/raw/claims.yml"), article, "half-unit")
    row = outlook_2018(rounded, "0.5")
    assert row.projected.range == Interval(F("2.25e9"), F("3.75e9"))
    assert row.gap.range == Interval(F("-7.5e8"), F("7.5e8"))
    assert row.arrival.estimate == Estimate(F(2018), Interval(F(2018), F(2019)))


def test_results_of_the_base_outlook_name_formula_and_claims(claims: Claims) -> None:
    base, growth, target = "trade_2017", "trade_growth_2017", "target_2020"
    path, used = f"{base} × (1 + {growth})^3", {base, growth, target}
    results = {name: r for name, r in outlook(claims).results.items() if "2020" in name}
    assert [(name, r.unit, str(r.formula), set(r.claims)) for name, r in results.items()] == [
        ("projected_2020", "USD", path, {base, growth}),
        ("gap_2020", "USD", f"{path} - {target}", used),
        ("gap_2020_relative", "ratio", f"{path} / {target} - 1", used),
        ("years_to_target_2020", "year", f"ln({target} / {base}) / ln(1 + {growth})", used),
        ("arrival_2020", "calendar_year", f"2017 + ceiling(ln({target} / {base}) / ln(1 + {growth}))", used),
        ("gap_2020_width", "USD", "high(gap_2020) - low(gap_2020)", used),
    ]


def test_results_at_a_given_growth_do_not_name_the_stated_one(claims: Claims) -> None:
    results = outlook(claims, base_growth=0.25).results
    assert str(results["projected_2018"].formula) == "trade_2017 × (1 + base_growth)"
    assert not any("trade_growth_2017" in (*r.claims, str(r.formula)) for r in results.values())


def test_a_gap_without_an_end_has_no_width(claims: Claims) -> None:
    base = replace(claims["trade_2017"], estimate=Estimate(F("2e9"), Interval(F("2e9"), None)))
    unbounded = replace(claims, claims={**claims.claims, base.id: base})
    results = outlook(unbounded, base_growth=0.25).results
    assert "gap_2018" in results
    assert "gap_2018_width" not in results


def test_sensitivity_lays_out_every_rate_and_year_as_a_share_of_the_last_target(claims: Claims) -> None:
    cells = {(row.growth, row.year): row.reached for row in outlook(claims).rows("grid")}
    assert {row.target for row in outlook(claims).rows("grid")} == {"target_2020"}
    assert [cells[F(0), year] for year in (2018, 2020, 2024)] == [F(2, 5)] * 3
    assert [cells[F(1, 2), year] for year in (2018, 2019, 2020)] == [F(3, 5), F(9, 10), F(27, 20)]


def test_a_printed_number_may_stand_for_other_values_under_each_way_of_rounding(claims: Claims) -> None:
    assert {way: claims["trade_2017"].rounded(way).range for way in ROUNDINGS} == {
        "half-unit": Interval(F("1.5e9"), F("2.5e9")),
        "floor": Interval(F("2e9"), F("3e9"), high_open=True),
        "ceiling": Interval(F("1e9"), F("2e9"), low_open=True),
        "exact": Interval(F("2e9"), F("2e9")),
    }


def test_an_exact_hit_at_an_end_of_the_interval_is_that_year(article: Article) -> None:
    rounded = read_claims(resolve("data/raw/claims.yml"), article, "half-unit")
    row = outlook_2018(rounded, "1")
    assert row.arrival.range == Interval(F(2018), F(2018))


def test_targets_come_by_year_whatever_their_order_in_the_text(claims: Claims) -> None:
    targets = targets_of(claims, (2020, 2018))
    assert [(t.claim.id, t.year) for t in targets] == [("target_2020", 2018), ("target_2018", 2020)]
    assert "required_growth_2018_2020" in needed(claims, target_years=[2020, 2018])


def test_a_rate_too_small_to_matter_is_answered_at_once() -> None:
    slow = periods_to_target.over(exactly(2), exactly(3), exactly(F(1, 10**9)))
    assert slow.value is not None
    assert float(slow.value) == pytest.approx(405465108.3, rel=1e-9)
    with pytest.raises(DomainError, match="too small"):
        periods_to_target.over(exactly(2), exactly(3), exactly(F(1, 10**70)))
