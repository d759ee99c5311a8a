"""A printed number is read as an interval, and every formula carries intervals without losing a possible result."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import to_rational

from dalil.errors import DomainError
from dalil.numbers.amounts import Amount, known
from dalil.numbers.intervals import (
    ROUNDED_TO,
    Estimate,
    Interval,
    Rounding,
    as_printed,
    decimal_text,
    exactly,
    total,
)
from dalil.numbers.roots import root
from formulas import (
    Formula,
    at_prices_of,
    compound_growth_rate,
    doubling_time,
    gap,
    growth_rate,
    implied_base,
    increment,
    index_number,
    log_growth,
    midpoint_growth,
    periods_to_target,
    product,
    projection,
    relative_gap,
    share,
)

F = Fraction
ROUNDINGS: tuple[Rounding, ...] = ("half-unit", "exact", "floor", "ceiling")
quick = settings(max_examples=50, deadline=None, derandomize=True)

CLOSED = Interval(F(1), F(2))
OPEN = Interval(F(1), F(2), low_open=True, high_open=True)
UPWARDS = Interval(F(1), None)
DOWNWARDS = Interval(None, F(2))


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        (CLOSED, ["1", "1.5", "2"], ["0.999", "2.001"]),
        (OPEN, ["1.001", "1.999"], ["1", "2"]),
        (UPWARDS, ["1", "1e30"], ["0.999"]),
        (DOWNWARDS, ["2", "-1e30"], ["2.001"]),
        (Interval(None, None), ["-1e30", "0", "1e30"], []),
    ],
)
def test_an_interval_holds_its_closed_ends_and_not_its_open_ones(
    interval: Interval, inside: list[str], outside: list[str]
) -> None:
    assert all(F(number) in interval for number in inside)
    assert not any(F(number) in interval for number in outside)


@pytest.mark.parametrize(
    ("interval", "width"),
    [(CLOSED, F(1)), (OPEN, F(1)), (Interval(F(3), F(3)), F(0)), (UPWARDS, None), (DOWNWARDS, None)],
)
def test_width_is_the_distance_between_the_ends_where_there_are_two(interval: Interval, width: Fraction | None) -> None:
    assert interval.width == width


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (CLOSED, Interval(F(2), F(3)), True),
        (CLOSED, Interval(F(2), F(3), low_open=True), False),
        (OPEN, Interval(F(2), F(3)), False),
        (OPEN, Interval(F("1.9"), F(3)), True),
        (CLOSED, Interval(F("2.001"), F(3)), False),
        (Interval(F(0), F(9)), CLOSED, True),
        (UPWARDS, DOWNWARDS, True),
        (UPWARDS, Interval(None, F(1)), True),
        (UPWARDS, Interval(None, F(1), high_open=True), False),
        (Interval(None, None), CLOSED, True),
    ],
)
def test_intervals_meet_where_they_share_a_number(one: Interval, other: Interval, meet: bool) -> None:
    assert one.meets(other) is meet
    assert other.meets(one) is meet


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        (CLOSED, CLOSED, True),
        (OPEN, CLOSED, True),
        (CLOSED, OPEN, False),
        (OPEN, OPEN, True),
        (Interval(F("1.1"), F("1.9")), OPEN, True),
        (Interval(F("0.9"), F(2)), CLOSED, False),
        (Interval(F("0.9"), F(2), low_open=True), CLOSED, False),
        (Interval(F(1), F("2.1"), high_open=True), CLOSED, False),
        (CLOSED, UPWARDS, True),
        (UPWARDS, CLOSED, False),
        (UPWARDS, UPWARDS, True),
        (Interval(F(1), None, low_open=True), UPWARDS, True),
        (UPWARDS, Interval(F(1), None, low_open=True), False),
        (UPWARDS, DOWNWARDS, False),
        (Interval(None, F(2), high_open=True), DOWNWARDS, True),
        (Interval(None, None), UPWARDS, False),
        (UPWARDS, Interval(None, None), True),
    ],
)
def test_an_interval_lies_within_another_where_all_its_numbers_do(
    inner: Interval, outer: Interval, within: bool
) -> None:
    assert inner.within(outer) is within
    assert not within or inner.meets(outer)


def test_an_interval_may_not_run_downwards() -> None:
    with pytest.raises(DomainError, match=r"^an interval runs upwards, not from 2 to 1$"):
        Interval(F(2), F(1))


@pytest.mark.parametrize("value", [F(1, 2), 3, "0.312"])
def test_an_exact_number_is_its_own_interval(value: Fraction | int | str) -> None:
    assert exactly(value) == Estimate(F(value), Interval(F(value), F(value)))


@pytest.mark.parametrize(
    ("comparator", "rounding", "expected"),
    [
        ("=", "half-unit", Interval(F("31.15"), F("31.25"))),
        ("=", "exact", Interval(F("31.2"), F("31.2"))),
        ("=", "floor", Interval(F("31.2"), F("31.3"), high_open=True)),
        ("=", "ceiling", Interval(F("31.1"), F("31.2"), low_open=True)),
        *[(">", rounding, Interval(F("31.2"), None, low_open=True)) for rounding in ROUNDINGS],
        *[(">=", rounding, Interval(F("31.2"), None)) for rounding in ROUNDINGS],
        *[("<", rounding, Interval(None, F("31.2"), high_open=True)) for rounding in ROUNDINGS],
        *[("<=", rounding, Interval(None, F("31.2"))) for rounding in ROUNDINGS],
        *[("~", rounding, Interval(F("31.1"), F("31.3"))) for rounding in ROUNDINGS],
    ],
)
def test_a_printed_number_is_read_with_its_comparator_and_rounding(
    comparator: str, rounding: Rounding, expected: Interval
) -> None:
    assert as_printed(F("31.2"), F("0.1"), comparator, rounding) == Estimate(F("31.2"), expected)


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_about_one_is_more_than_nothing(rounding: Rounding) -> None:
    assert as_printed(F(1), F(1), "~", rounding).range == Interval(F(0), F(2), low_open=True)
    assert as_printed(F(2), F(1), "~", rounding).range == Interval(F(1), F(3))


@pytest.mark.parametrize(
    ("value", "precision", "low", "high"),
    [
        ("620000", "1", "610000", "630000"),
        ("60", "0", "50", "70"),
        ("65", "0", "64", "66"),
        ("0.2", "0.01", "0.1", "0.3"),
    ],
)
def test_about_a_round_number_reaches_its_last_digit_that_is_no_zero(
    value: str, precision: str, low: str, high: str
) -> None:
    assert as_printed(F(value), F(precision), "~", "half-unit").range == Interval(F(low), F(high))


def test_an_end_that_is_not_reached_and_has_no_result_sets_no_bound() -> None:
    base, later = (
        Estimate(F(1), Interval(F(0), F(2), low_open=True)),
        Estimate(F(3), Interval(F(2), F(4), low_open=True)),
    )
    assert growth_rate.over(base, later) == Estimate(F(2), Interval(F(0), None, low_open=True))
    with pytest.raises(DomainError):
        growth_rate.over(Estimate(F(1), Interval(F(0), F(2))), later)


def test_where_a_formula_has_no_meaning_it_gives_nothing_if_asked_to() -> None:
    base, later = (Amount.leaf("claim", name, exactly(2), "USD") for name in ("base", "later"))
    halves = Amount.leaf("claim", "halves", Estimate(F(0), Interval(F(-1, 2), F(1, 2))), "USD")
    assert known(lambda: later / halves - 1) is None
    assert known(lambda: later / base - 1) == later / base - 1


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], exactly(0)),
        ([exactly(2)], exactly(2)),
        ([exactly(2), exactly(-3)], exactly(-1)),
        ([Estimate(F(1), CLOSED), Estimate(F(2), CLOSED)], Estimate(F(3), Interval(F(2), F(4)))),
        ([Estimate(F(1), CLOSED), Estimate(F(2), UPWARDS)], Estimate(F(3), Interval(F(2), None))),
        ([Estimate(F(1), DOWNWARDS), Estimate(F(2), UPWARDS)], Estimate(F(3), Interval(None, None))),
        ([Estimate(None, CLOSED), exactly(1)], Estimate(None, Interval(F(2), F(3)))),
        (
            [Estimate(F("1.5"), OPEN), Estimate(F(1), CLOSED)],
            Estimate(F("2.5"), Interval(F(2), F(4), low_open=True, high_open=True)),
        ),
        (
            [Estimate(F(2), Interval(F(1), None, low_open=True)), Estimate(F("1.5"), OPEN)],
            Estimate(F("3.5"), Interval(F(2), None, low_open=True)),
        ),
    ],
    ids=["none", "one", "signs", "widths", "bound", "two-bounds", "no-value", "open", "open-bound"],
)
def test_a_total_adds_up_values_and_ends(parts: list[Estimate], expected: Estimate) -> None:
    assert total(parts) == expected
    assert total(reversed(parts)) == expected
    assert total(iter(parts)) == expected


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_a_count_is_exact_however_numbers_were_rounded(rounding: Rounding) -> None:
    assert as_printed(F(8), F(0), "=", rounding) == exactly(8)


@pytest.mark.parametrize(
    ("rounding", "towards"),
    [("half-unit", round), ("floor", math.floor), ("ceiling", math.ceil), ("exact", None)],
)
@quick
@given(true=st.fractions(-1000, 1000), digit=st.sampled_from([F(1, 100), F(1), F(10)]))
def test_the_number_before_rounding_is_among_those_the_printed_one_stands_for(
    rounding: Rounding, towards: Callable[[Fraction], int] | None, true: Fraction, digit: Fraction
) -> None:
    printed = towards(true / digit) * digit if towards else true
    assert true in as_printed(printed, digit, "=", rounding).range


ratio_of = Formula(lambda base, later: later / base, "USD USD")


def test_a_formula_of_exact_numbers_gives_the_exact_result() -> None:
    assert ratio_of(F(3), F(2)) == F(2, 3)


@pytest.mark.parametrize(
    ("base", "later", "expected"),
    [
        (CLOSED, Interval(F(4), F(6)), Interval(F(2), F(6))),
        (CLOSED, Interval(F(4), F(6), low_open=True), Interval(F(2), F(6), low_open=True)),
        (Interval(F(1), F(2), low_open=True), Interval(F(4), F(6)), Interval(F(2), F(6), high_open=True)),
        (OPEN, Interval(F(4), F(6)), Interval(F(2), F(6), low_open=True, high_open=True)),
        (CLOSED, Interval(F(4), None), Interval(F(2), None)),
        (UPWARDS, Interval(F(4), F(6)), Interval(None, F(6))),
        (UPWARDS, Interval(F(4), None), Interval(None, None)),
    ],
)
def test_ends_of_the_result_come_from_the_corners_with_their_openness(
    base: Interval, later: Interval, expected: Interval
) -> None:
    result = ratio_of.over(Estimate(F(3, 2), base), Estimate(F(5), later))
    assert result == Estimate(F(10, 3), expected)


def test_without_a_single_value_there_is_a_range_and_no_value() -> None:
    assert ratio_of.over(Estimate(None, CLOSED), exactly(4)) == Estimate(None, Interval(F(2), F(4)))


def test_a_rounded_formula_is_widened_by_what_it_was_rounded_to() -> None:
    rounded = compound_growth_rate.over(exactly(1), Estimate(F(4), Interval(F(2), F(9))), periods=2).range
    assert rounded == Interval(root(F(2), 2) - 1 - ROUNDED_TO, F(2))


def test_a_rounded_formula_leaves_an_exact_result_exact() -> None:
    assert compound_growth_rate.over(exactly(1), exactly(4), periods=2) == exactly(1)


def test_a_root_of_next_to_nothing_is_a_bound_and_no_fault() -> None:
    level = exactly(F(1, 100))
    result = compound_growth_rate.over(Estimate(F(1, 100), Interval(F(1, 100), None)), level, periods=2)
    assert result.value == 0
    assert result.range.high == 0
    assert F(-99, 100) in result.range


def test_a_corner_that_is_never_reached_is_no_bound() -> None:
    result = doubling_time.over(Estimate(F(1), Interval(F(-1, 2), F(3))))
    assert (result.value, result.range.high) == (F(1), None)
    assert F(1, 2) in result.range
    assert F(1, 2) - 2 * ROUNDED_TO not in result.range


def test_growth_on_either_side_of_zero_gives_an_increment_on_either_side() -> None:
    level = Estimate(F(2), Interval(F(3, 2), F(5, 2)))
    result = increment.over(level, Estimate(F(0), Interval(F(-1, 200), F(1, 200))))
    assert result.range == Interval(F(-5, 398), F(5, 402))


@pytest.mark.parametrize(
    ("value", "digits", "towards", "text"),
    [
        (None, 15, round, ""),
        (F(0), 15, round, "0"),
        (F(0), 15, math.ceil, "0"),
        (F(1, 3), 4, round, "0.3333"),
        (F(1, 3), 4, math.floor, "0.3333"),
        (F(1, 3), 4, math.ceil, "0.3334"),
        (F(2, 3), 4, round, "0.6667"),
        (F(2, 3), 4, math.floor, "0.6666"),
        (F(-1, 3), 4, round, "-0.3333"),
        (F(-1, 3), 4, math.floor, "-0.3334"),
        (F(-1, 3), 4, math.ceil, "-0.3333"),
        (F(100, 3), 4, round, "33.33"),
        (F(5, 2), 15, round, "2.5"),
        (F(100), 15, round, "100"),
        (F(-2_000_000_000), 15, round, "-2000000000"),
        (F(10**20), 15, round, "1" + "0" * 20),
        (F(10**20) + F(1, 3), 15, math.floor, "1" + "0" * 20),
        (F(10**20) + F(1, 3), 15, math.ceil, "1" + "0" * 19 + "1"),
        (1 - F(1, 10**20), 15, round, "1"),
        (1 - F(1, 10**20), 15, math.floor, "0.999999999999999"),
        (10 - F(1, 10**20), 15, round, "10"),
        (F(1, 10**20), 15, round, "0"),
        (F(1, 10**20), 15, math.ceil, "0.000000000000001"),
        (F(-1, 10**20), 15, math.floor, "-0.000000000000001"),
    ],
)
def test_a_fraction_is_written_as_plain_decimal_text(
    value: Fraction | None, digits: int, towards: Callable[[Fraction], int], text: str
) -> None:
    assert decimal_text(value, digits, towards) == text


def test_fifteen_significant_digits_are_written_unless_told_otherwise() -> None:
    assert decimal_text(F(200, 3)) == "66.6666666666667"


@quick
@given(value=st.fractions(-(10**12), 10**12))
def test_an_end_written_outwards_stays_outside(value: Fraction) -> None:
    low, high = (F(decimal_text(value, towards=towards)) for towards in (math.floor, math.ceil))
    assert low <= value <= high
    assert high - low <= max(abs(value), F(1)) / 10**14


@quick
@given(number=st.decimals(-(10**9), 10**9, places=6))
def test_a_decimal_is_read_back_as_it_was_written(number: Any) -> None:
    assert F(decimal_text(F(number))) == F(number)


@dataclass(frozen=True)
class Domain:
    """A formula over estimates and the ranges its arguments may come from."""

    over: Callable[..., Estimate]
    ranges: tuple[tuple[Fraction, Fraction], ...]
    periods: bool = False
    open_ends: bool = True


POSITIVE = (F(1, 100), F(100))
GROWTH = (F(-9, 10), F(5))
RISE = (F(0), F(5))
ANY = (F(-100), F(100))
DOMAINS = {
    "growth_rate": Domain(growth_rate.over, (POSITIVE, POSITIVE)),
    "implied_base": Domain(implied_base.over, (POSITIVE, GROWTH)),
    "increment": Domain(increment.over, (POSITIVE, RISE), open_ends=False),
    "compound_growth_rate": Domain(compound_growth_rate.over, (POSITIVE, POSITIVE), periods=True),
    "doubling_time": Domain(doubling_time.over, (GROWTH,)),
    "share": Domain(share.over, (POSITIVE, POSITIVE)),
    "index_number": Domain(index_number.over, (GROWTH,)),
    "log_growth": Domain(log_growth.over, (POSITIVE, POSITIVE)),
    "midpoint_growth": Domain(midpoint_growth.over, (POSITIVE, POSITIVE)),
    "at_prices_of": Domain(at_prices_of.over, (POSITIVE, POSITIVE, POSITIVE)),
    "projection": Domain(projection.over, (POSITIVE, GROWTH), periods=True),
    "gap": Domain(gap.over, (ANY, ANY)),
    "relative_gap": Domain(relative_gap.over, (POSITIVE, POSITIVE)),
    "periods_to_target": Domain(periods_to_target.over, (POSITIVE, POSITIVE, GROWTH), open_ends=False),
}


@st.composite
def estimates(draw: st.DrawFn, low: Fraction, high: Fraction, open_ends: bool) -> Estimate:
    """An interval between two numbers, perhaps open or without an end, and any value inside it."""
    numbers = st.fractions(low, high, max_denominator=1000)
    first, value, last = sorted(draw(st.tuples(numbers, numbers, numbers)))
    flags = st.booleans() if open_ends else st.just(False)
    low_open, high_open = draw(flags) and first < value, draw(flags) and value < last
    missing = draw(st.sampled_from(["none", "none", "none", "low", "high"]))
    return Estimate(
        value,
        Interval(
            None if missing == "low" else first,
            None if missing == "high" else last,
            low_open and missing != "low",
            high_open and missing != "high",
        ),
    )


@pytest.mark.parametrize("name", DOMAINS)
@quick
@given(data=st.data())
def test_the_range_holds_what_the_formula_gives_at_any_point_inside(name: str, data: st.DataObject) -> None:
    domain = DOMAINS[name]
    known = [data.draw(estimates(low, high, domain.open_ends)) for low, high in domain.ranges]
    exact = {"periods": data.draw(st.integers(1, 12))} if domain.periods else {}
    result = domain.over(*known, **exact)
    here = domain.over(*(exactly(e.value) for e in known if e.value is not None), **exact).value
    assert result.value == here
    assert result.range.high is None if here is None else here in result.range


@quick
@given(parts=st.lists(estimates(F(-9), F(9), True), max_size=5))
def test_a_total_holds_the_sum_of_whatever_its_parts_hold(parts: list[Estimate]) -> None:
    whole = total(parts)
    values = [part.value for part in parts if part.value is not None]
    assert whole.value == sum(values)
    assert sum(values, F(0)) in whole.range
    assert total([total(parts[:2]), total(parts[2:])]) == whole


iv = MPIntervalContext()
iv.prec = 400
HAIR = F(1, 10**60)


@dataclass(frozen=True)
class Peer:
    """A formula of ours, and the same one in mpmath's interval arithmetic."""

    ours: Callable[..., Estimate]
    theirs: Callable[..., Any]
    ranges: tuple[tuple[Fraction, Fraction], ...]
    periods: tuple[int, ...] = field(default=())
    slack: Fraction = HAIR


def at_least_zero(x: Any) -> Any:
    return iv.mpf([max(x.a, iv.mpf(0)), max(x.b, iv.mpf(0))])


STEADY_RISE = (F(1, 1000), F(5))
ROUNDED = 3 * ROUNDED_TO
PEERS = {
    "growth_rate": Peer(growth_rate.over, lambda base, later: later / base - 1, (POSITIVE, POSITIVE)),
    "implied_base": Peer(implied_base.over, lambda value, growth: value / (1 + growth), (POSITIVE, GROWTH)),
    "increment": Peer(increment.over, lambda value, growth: value * (1 - 1 / (1 + growth)), (POSITIVE, RISE)),
    "log_growth": Peer(log_growth.over, lambda base, later: iv.log(later / base), (POSITIVE, POSITIVE), slack=ROUNDED),
    "midpoint_growth": Peer(midpoint_growth.over, lambda base, later: 2 - 4 / (later / base + 1), (POSITIVE, POSITIVE)),
    "at_prices_of": Peer(
        at_prices_of.over, lambda value, base, index: value * base / index, (POSITIVE, POSITIVE, POSITIVE)
    ),
    "share": Peer(share.over, lambda part, whole: part / whole, (POSITIVE, POSITIVE)),
    "projection": Peer(
        projection.over, lambda value, growth, n: value * (1 + growth) ** n, (POSITIVE, GROWTH), (0, 1, 3, 13)
    ),
    "compound_growth_rate": Peer(
        compound_growth_rate.over,
        lambda base, later, n: iv.exp(iv.log(later / base) / n) - 1,
        (POSITIVE, POSITIVE),
        (1, 2, 3, 13),
        slack=ROUNDED,
    ),
    "doubling_time": Peer(
        doubling_time.over, lambda growth: iv.log(2) / iv.log(1 + growth), (STEADY_RISE,), slack=ROUNDED
    ),
    "periods_to_target": Peer(
        periods_to_target.over,
        lambda value, target, growth: at_least_zero(iv.log(target / value) / iv.log(1 + growth)),
        (POSITIVE, POSITIVE, STEADY_RISE),
        slack=ROUNDED,
    ),
}


def to_mpmath(interval: Interval) -> Any:
    assert interval.low is not None
    assert interval.high is not None
    low, high = (iv.mpf(end.numerator) / end.denominator for end in (interval.low, interval.high))
    return iv.mpf([low.a, high.b])


def from_mpmath(interval: Any) -> tuple[Fraction, Fraction]:
    low, high = (F(*(int(part) for part in to_rational(end))) for end in interval._mpi_)
    return low, high


@st.composite
def proper_intervals(draw: st.DrawFn, low: Fraction, high: Fraction) -> Interval:
    """A closed interval of some width."""
    numbers = st.fractions(low, high, max_denominator=1000)
    first, last = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    return Interval(first, last)


@pytest.mark.parametrize("name", PEERS)
@quick
@given(data=st.data())
def test_ranges_equal_those_of_another_interval_arithmetic(name: str, data: st.DataObject) -> None:
    peer = PEERS[name]
    intervals = [data.draw(proper_intervals(low, high)) for low, high in peer.ranges]
    exact = {"periods": data.draw(st.sampled_from(peer.periods))} if peer.periods else {}
    ours = peer.ours(*(Estimate(None, interval) for interval in intervals), **exact).range
    low, high = from_mpmath(peer.theirs(*(to_mpmath(interval) for interval in intervals), *exact.values()))
    assert ours.low is not None
    assert ours.high is not None
    assert low - peer.slack <= ours.low <= low + HAIR
    assert high - HAIR <= ours.high <= high + peer.slack


@settings(deadline=None, derandomize=True, max_examples=50)
@given(estimates(F(-9), F(9), False), estimates(F(-9), F(9), False))
def test_a_formula_whose_direction_turns_with_another_argument_is_enclosed(one: Estimate, other: Estimate) -> None:
    assume(None not in (one.range.low, one.range.high, other.range.low, other.range.high))
    assert one.value is not None
    assert other.value is not None
    assert one.value * other.value in product.over(one, other).range
