"""Growth formulas give back the growth that a series was built with, and refuse what has no meaning."""

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dalil.errors import DomainError
from dalil.numbers.amounts import Amount, ceiling
from dalil.numbers.intervals import ROUNDED_TO, Estimate, Interval, exactly
from dalil.numbers.roots import log_ratio
from formulas import (
    Formula,
    at_prices_of,
    compound_growth_rate,
    doubling_time,
    growth_rate,
    implied_base,
    increment,
    index_number,
    log_growth,
    midpoint_growth,
    share,
)

F = Fraction
BASES = [F(1), F("2.5e9"), F(2, 3)]
GROWTHS = [F("0.312"), F(0), F("-0.25"), F("-0.999"), F(1), F(10)]
RATES = st.decimals("-0.9", 10, places=4).map(F)
quick = settings(max_examples=50, deadline=None, derandomize=True)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("growth", GROWTHS)
def test_one_period_of_growth_is_found_from_either_end(base: Fraction, growth: Fraction) -> None:
    later = base * (1 + growth)
    assert growth_rate(base, later) == growth
    assert implied_base(later, growth) == base
    assert increment(later, growth) == later - base
    assert index_number(growth) == 100 * later / base
    assert compound_growth_rate(base, later, periods=1) == growth


@pytest.mark.parametrize("periods", [1, 2, 3, 10, 37])
@pytest.mark.parametrize("growth", GROWTHS)
def test_steady_growth_over_many_periods_is_found_exactly(growth: Fraction, periods: int) -> None:
    base = F("2.5e9")
    assert compound_growth_rate(base, base * (1 + growth) ** periods, periods=periods) == growth


@quick
@given(growth=RATES, periods=st.integers(1, 40), base=st.fractions(F(1, 1000), 1000))
def test_any_steady_decimal_growth_is_found_exactly(growth: Fraction, periods: int, base: Fraction) -> None:
    assert compound_growth_rate(base, base * (1 + growth) ** periods, periods=periods) == growth


@quick
@given(growth=RATES.filter(bool), periods=st.integers(1, 40))
def test_the_number_of_periods_is_found_exactly(growth: Fraction, periods: int) -> None:
    assert log_ratio((1 + growth) ** periods, 1 + growth) == periods


@pytest.mark.parametrize("periods", [2, 3, 7, 30])
@pytest.mark.parametrize("factor", [F(2), F(5, 3), F(1, 3), F("2e12"), F("2e-12")])
def test_an_irrational_rate_is_right_to_thirty_decimals(factor: Fraction, periods: int) -> None:
    rate = compound_growth_rate(F(1), factor, periods=periods)
    assert rate is not None
    hair = F(1, 10**30)
    assert (1 + rate - hair) ** periods < factor < (1 + rate + hair) ** periods
    assert (rate / hair).denominator == 1


@pytest.mark.parametrize(
    ("growth", "periods"),
    [(F(1), F(1)), (F(3), F(1, 2)), (F(15), F(1, 4)), (F("0.1"), None), (F("0.312"), None), (F("0.0001"), None)],
)
def test_a_value_has_doubled_after_the_doubling_time(growth: Fraction, periods: Fraction | None) -> None:
    found = doubling_time(growth)
    assert found is not None
    if periods is not None:
        assert found == periods
    whole = math.ceil(found)
    assert (1 + growth) ** (whole - 1) < 2 <= (1 + growth) ** whole


@pytest.mark.parametrize("growth", [F(0), F("-0.001"), F("-0.999")])
def test_without_growth_a_value_never_doubles(growth: Fraction) -> None:
    assert doubling_time(growth) is None


def test_growth_that_may_be_zero_sets_no_end_to_the_doubling_time() -> None:
    found = doubling_time.over(Estimate(F(1), Interval(F(0), F(3))))
    assert (found.value, found.range.high) == (F(1), None)
    assert F(1, 2) in found.range
    assert F(1, 2) - 2 * ROUNDED_TO not in found.range


@pytest.mark.parametrize("factor", [F(2), F(3, 2), F(1), F(1, 2), F("1e-9"), F("1e9")])
def test_logarithmic_growth_is_that_of_the_c_library(factor: Fraction) -> None:
    found = log_growth(F(7), 7 * factor)
    assert found is not None
    assert math.isclose(found, math.log(factor), rel_tol=1e-14)
    assert (found / ROUNDED_TO).denominator == 1


@quick
@given(one=st.fractions(F(1, 1000), 1000), other=st.fractions(F(1, 1000), 1000), third=st.fractions(F(1, 1000), 1000))
def test_logarithmic_growth_adds_up_and_cancels_out(one: Fraction, other: Fraction, third: Fraction) -> None:
    steps = [log_growth(one, other), log_growth(other, third), log_growth(third, one)]
    assert abs(sum((step for step in steps if step is not None), F(0))) <= 3 * ROUNDED_TO / 2
    assert log_growth(one, one) == 0


@quick
@given(base=st.fractions(F(1, 1000), 1000), later=st.fractions(0, 1000))
def test_midpoint_growth_is_the_change_over_the_mean(base: Fraction, later: Fraction) -> None:
    found = midpoint_growth(base, later)
    assert found is not None
    assert found == (later - base) / ((later + base) / 2)
    assert F(-2) <= found < 2
    assert not later or midpoint_growth(later, base) == -found


def test_a_fall_to_nothing_is_the_whole_of_the_range() -> None:
    assert (growth_rate(F(3), F(0)), midpoint_growth(F(3), F(0))) == (F(-1), F(-2))


@quick
@given(base=st.fractions(F(1, 1000), 1000), later=st.fractions(F(1, 1000), 1000))
def test_the_three_growths_keep_their_order(base: Fraction, later: Fraction) -> None:
    simple, logarithmic, midpoint = growth_rate(base, later), log_growth(base, later), midpoint_growth(base, later)
    assert simple is not None
    assert logarithmic is not None
    assert midpoint is not None
    # ln x is at most x - 1, and lies further from zero than twice the hyperbolic tangent of its half.
    assert logarithmic <= simple + ROUNDED_TO
    assert abs(midpoint) <= abs(logarithmic) + ROUNDED_TO


@pytest.mark.parametrize(
    ("value", "base_index", "index", "expected"),
    [(3, 100, 150, F(2)), (3, 100, 100, F(3)), (3, 150, 100, F("4.5")), (0, 100, 150, F(0)), (-3, 100, 150, F(-2))],
)
def test_an_amount_at_prices_of_a_base_year_is_less_by_what_prices_rose(
    value: int, base_index: int, index: int, expected: Fraction
) -> None:
    assert at_prices_of(F(value), F(base_index), F(index)) == expected


@quick
@given(value=st.fractions(0, 1000), first=st.fractions(F(1, 100), 500), last=st.fractions(F(1, 100), 500))
def test_an_amount_put_at_other_prices_and_back_is_the_same(value: Fraction, first: Fraction, last: Fraction) -> None:
    there = at_prices_of(value, first, last)
    assert there is not None
    assert at_prices_of(there, last, first) == value
    assert at_prices_of(value, 7 * first, 7 * last) == there


@pytest.mark.parametrize(("part", "whole", "ratio"), [(1, 4, F(1, 4)), (4, 4, F(1)), (0, 4, F(0)), (6, 4, F(3, 2))])
def test_a_share_times_the_whole_is_the_part(part: int, whole: int, ratio: Fraction) -> None:
    assert share(F(part), F(whole)) == ratio


@pytest.mark.parametrize(
    ("periods", "whole"),
    [(F(0), 0), (F(1), 1), (F(3), 3), (3 + ROUNDED_TO, 4), (F("2.5"), 3), (F("0.001"), 1)],
)
def test_an_exact_hit_is_that_period_and_not_the_next(periods: Fraction, whole: int) -> None:
    assert ceiling(Amount.of(periods, "year")).value == whole


@pytest.mark.parametrize(
    ("formula", "numbers", "message"),
    [
        (growth_rate, (0, 1), "it divides by 0, and may only by what is above zero (b / a; look at a)"),
        (growth_rate, (-2, 1), "it divides by -2, and may only by what is above zero (b / a; look at a)"),
        (share, (1, 0), "it divides by 0, and may only by what is above zero (a / b; look at b)"),
        (implied_base, (1, -1), "it divides by 0, and may only by what is above zero (a / (1 + b); look at b)"),
        (implied_base, (1, -2), "it divides by -1, and may only by what is above zero (a / (1 + b); look at b)"),
        (increment, (1, -1), "it divides by 0, and may only by what is above zero (a / (1 + b); look at b)"),
        (doubling_time, (-1,), "growth of -100% leaves nothing; it must be above -100% (ln(2) / ln(1 + a); look at a)"),
        (log_growth, (1, 0), "the logarithm of 0; only what is above zero has one (ln(b / a); look at b, a)"),
        (log_growth, (1, -2), "the logarithm of -2; only what is above zero has one (ln(b / a); look at b, a)"),
        (midpoint_growth, (1, -1), "it divides by 0, and may only by what is above zero"),
        (midpoint_growth, (1, -3), "it divides by -2, and may only by what is above zero"),
        (at_prices_of, (1, 1, 0), "it divides by 0, and may only by what is above zero (a × b / c; look at c)"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(formula: Formula, numbers: tuple[int, ...], message: str) -> None:
    with pytest.raises(DomainError, match=f"^{re.escape(message)}"):
        formula(*map(F, numbers))


@pytest.mark.parametrize("later", [0, -1])
def test_there_is_no_steady_growth_to_nothing(later: int) -> None:
    with pytest.raises(DomainError, match=r"^a power of "):
        compound_growth_rate(F(1), F(later), periods=2)


@pytest.mark.parametrize("formula", [implied_base, increment])
def test_growth_just_above_a_total_loss_is_allowed(formula: Formula) -> None:
    assert formula(F(1), F("-0.999")) is not None


@pytest.mark.parametrize(
    ("formula", "estimates", "message"),
    [
        (growth_rate, (Estimate(F(1), Interval(F(0), F(2))), exactly(1)), "it divides by 0"),
        (share, (exactly(1), Estimate(F(1), Interval(F(-1), F(2)))), "it divides by -1"),
        (implied_base, (exactly(1), Estimate(F(0), Interval(F(-1), F(1)))), "it divides by 0"),
        (doubling_time, (Estimate(F(1), Interval(F(-2), F(2))),), "growth of -200%"),
    ],
)
def test_an_interval_that_reaches_out_of_range_is_refused(
    formula: Formula, estimates: tuple[Estimate, ...], message: str
) -> None:
    with pytest.raises(DomainError, match=f"^{message}"):
        formula.over(*estimates)
