"""Amounts work as numbers do, in Python and in the columns of frames, and carry unit, formula and what they rest on."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dalil.errors import DomainError
from dalil.numbers import Amount, calendar_year, ceiling, printed, years_until
from dalil.numbers.intervals import Interval, exactly

F = Fraction
TRADE = printed("2", "USD", scale=10**9, name="trade")
GROWTH = printed("0.312", "ratio", name="growth")
PEOPLE = printed("30", "person", name="people")


@pytest.mark.parametrize(
    ("amount", "text", "unit"),
    [
        (TRADE / (1 + GROWTH), "trade / (1 + growth)", "USD"),
        (TRADE - TRADE / (1 + GROWTH), "trade - trade / (1 + growth)", "USD"),
        (TRADE - (TRADE - TRADE / 2), "trade - (trade - trade / 2)", "USD"),
        (TRADE / (PEOPLE / 2), "trade / (people / 2)", "USD/person"),
        (TRADE / PEOPLE * PEOPLE, "trade / people × people", "USD"),
        (2 * (TRADE + TRADE), "2 × (trade + trade)", "USD"),
        ((TRADE / TRADE) ** F(1, 4) - 1, "(trade / trade)^(1/4) - 1", "ratio"),
        ((1 + GROWTH) ** 3, "(1 + growth)^3", "ratio"),
        (GROWTH**1, "growth", "ratio"),
        (-TRADE, "(-1) × trade", "USD"),
        (GROWTH - GROWTH, "growth - growth", "ratio_difference"),
        (Decimal("0.5") * TRADE, "0.5 × trade", "USD"),
        (F(1, 3) * TRADE, "1/3 × trade", "USD"),
        (TRADE / F(1, 3), "trade / (1/3)", "USD"),
        (np.int64(2) * TRADE, "2 × trade", "USD"),
        (sum([TRADE, TRADE, TRADE]), "trade + trade + trade", "USD"),
        (calendar_year(2017) + ceiling(years_until(TRADE, 2 * TRADE, GROWTH)), None, "calendar_year"),
    ],
)
def test_operators_make_formulas_with_the_brackets_and_units_they_need(
    amount: Amount, text: str | None, unit: str
) -> None:
    assert amount.unit == unit
    assert str(amount.formula) == (text or "2017 + ceiling(ln(2 × trade / trade) / ln(1 + growth))")


@pytest.mark.parametrize("number", [0.5, np.float64(0.5), float("nan")])
@pytest.mark.parametrize(
    "work_out",
    [
        lambda n: TRADE + n, lambda n: n + TRADE, lambda n: TRADE - n, lambda n: n - TRADE, lambda n: TRADE * n,
        lambda n: n * TRADE, lambda n: TRADE / n, lambda n: n / TRADE, lambda n: GROWTH**n,
    ],
)  # fmt: skip
def test_a_float_is_refused_and_what_to_write_is_said(work_out: Callable[[float], Amount], number: float) -> None:
    with pytest.raises(TypeError, match=r'is a float, and not exact: write Decimal\("(0\.5|nan)"\), Fraction'):
        work_out(number)


@pytest.mark.parametrize("other", ["2", None, [1]])
def test_what_is_no_number_is_refused_as_python_does(other: Any) -> None:
    with pytest.raises(TypeError):
        _ = TRADE + other
    with pytest.raises(TypeError):
        _ = GROWTH**other


@pytest.mark.parametrize(
    ("work_out", "message"),
    [
        (lambda: TRADE + PEOPLE, "USD and person are two things and have no sum (trade + people)"),
        (lambda: TRADE - PEOPLE, "USD and person are two things and have no difference (trade - people)"),
        (lambda: 1 + TRADE, "a plain number and USD are two things and have no sum (1 + trade)"),
        (lambda: years_until(TRADE, PEOPLE, GROWTH), "person and USD are two things and have no difference"),
        (lambda: TRADE**2, "only a ratio has powers here, not USD (trade)"),
        (lambda: GROWTH**-1, "a power of -1 is none that has a meaning here"),
        (lambda: printed("two", name="two"), '"two" is not a number in digits, such as 31.2'),
        (lambda: printed("nan", name="two"), '"nan" is not a number in digits, such as 31.2'),
    ],
)
def test_what_does_not_go_together_is_refused_by_name(work_out: Callable[[], Amount], message: str) -> None:
    with pytest.raises(DomainError, match=f"^{re.escape(message)}"):
        work_out()


def test_money_at_other_prices_is_not_taken_together() -> None:
    real = (TRADE * printed("90", "index", name="then") / printed("100", "index", name="now")).in_unit("USD@2017")
    assert ((1 + GROWTH) * real / PEOPLE).unit == "USD@2017/person"
    assert (real / real).unit == "ratio"
    assert (real.named("real") - real / 2).unit == "USD@2017"
    mixed: list[Callable[[], Amount]] = [
        lambda: real - TRADE,
        lambda: TRADE + real,
        lambda: TRADE / PEOPLE * PEOPLE - real,
        lambda: real - real.in_unit("USD@2018"),
    ]
    for work_out in mixed:
        with pytest.raises(DomainError, match=r"^USD(@2017)? and USD(@201[78])? are two things"):
            work_out()


def test_columns_of_frames_are_worked_out_element_by_element() -> None:
    pairs: Any = pd.DataFrame({"level": [TRADE, 2 * TRADE], "growth": [GROWTH, GROWTH]}, index=["a", "b"])
    pairs["before"] = pairs["level"] / (1 + pairs["growth"])
    pairs["increase"] = pairs["level"] - pairs["before"]
    beside: Any = TRADE / pairs["level"]
    assert [str(amount.formula) for amount in pairs["before"]] == ["trade / (1 + growth)", "2 × trade / (1 + growth)"]
    assert list(pairs["before"]) == [TRADE / (1 + GROWTH), 2 * TRADE / (1 + GROWTH)]
    assert list(beside) == [TRADE / level for level in pairs["level"]]
    assert list(pairs["level"] * TRADE) == [level * TRADE for level in pairs["level"]]
    assert list(-pairs["level"]) == [-level for level in pairs["level"]]
    assert list((1 + pairs["growth"]) ** 2) == [(1 + GROWTH) ** 2] * 2
    assert list(pairs["level"].to_numpy() / TRADE) == [level / TRADE for level in pairs["level"]]
    assert pairs["increase"].sum().unit == "USD"


@pytest.mark.parametrize("missing", [None, np.nan])
def test_what_is_missing_in_a_column_stays_missing(missing: object) -> None:
    column: Any = pd.Series([TRADE, missing], dtype=object)
    results: list[tuple[Any, Amount]] = [
        (column / column, TRADE / TRADE),
        (column / 2, TRADE / 2),
        (3 * column, 3 * TRADE),
    ]
    for worked_out, expected in results:
        assert worked_out[0] == expected
        assert pd.isna(worked_out[1])


def test_units_are_held_apart_in_columns_too() -> None:
    levels: Any = pd.Series([TRADE])
    with pytest.raises(DomainError, match=r"\(trade \+ people\)$"):
        _ = levels + pd.Series([PEOPLE])


def test_a_fact_is_called_by_its_name_and_worked_out_whole() -> None:
    before = (TRADE / (1 + GROWTH)).named("before")
    assert str((TRADE - before).formula) == "trade - before"
    assert (TRADE - before).range == (TRADE - TRADE / (1 + GROWTH)).range
    assert before.claims == (TRADE - before).claims == ("trade", "growth")
    assert str(before.formula) == "trade / (1 + growth)"
    assert before.named("other").expression == (TRADE / (1 + GROWTH)).named("other").expression


def test_an_amount_rests_on_the_claims_and_sources_of_its_leaves_in_their_order() -> None:
    figure = Amount.leaf("figure", "turnover(UZ, KZ, 2017)", exactly(3), "USD", sources=("uz-trade", "kz-trade"))
    counted = Amount.leaf("table", "count(claims)", exactly(3), "count", claims=("one", "growth"))
    amount = figure * (1 + GROWTH) / counted
    assert (amount.claims, amount.sources) == (("growth", "one"), ("uz-trade", "kz-trade"))


def test_it_shows_its_formula_value_unit_and_interval() -> None:
    assert repr(TRADE / (1 + GROWTH)) == ("trade / (1 + growth) = 1524390243.90244 USD [1142857142, 1906214259]")
    assert repr(printed("30", "person", name="n", comparator=">")) == "n = 30 person (30, ∞)"
    assert repr(Amount.of(F(1, 2))) == "0.5 = 0.5 [0.5, 0.5]"
    assert repr(years_until(TRADE, 2 * TRADE, GROWTH - GROWTH)).startswith("ln(2 × trade / trade) / ln(1 + growth")
    # It can be shown though it cannot be worked out.
    assert repr(TRADE / (GROWTH - GROWTH)).startswith("it divides by 0, and may only by what is above zero")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("2", "1.5", "2.5"), ("2.0", "1.95", "2.05"), ("30", "29.5", "30.5"), ("-0.12", "-0.125", "-0.115")],
)
def test_a_printed_number_is_known_to_its_last_digit(text: str, low: str, high: str) -> None:
    assert printed(text, name="n").range == Interval(F(low), F(high))
    assert printed(text, name="n", scale=F(1, 100)).range == Interval(F(low) / 100, F(high) / 100)
    assert printed(text, name="n", rounding="exact").range.width == 0
