"""Units follow their own algebra, and what is unlike is neither added nor compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dalil.errors import DomainError
from dalil.numbers import units
from dalil.text.grammar import units as known_units

quick = settings(max_examples=100, deadline=None, derandomize=True)
# Those that texts can have, any other currency, and one nobody knows.
MEASURES = sorted(known_units() - {"ratio", "ratio_difference", "date"} | {"USD", "KZT", "XAU", "USD/person", "widget"})
measures = st.sampled_from(MEASURES)


@pytest.mark.parametrize("unit", sorted(known_units() | {"USD", "UZS", "XAU", "USD/person", "widget", "t/ha"}))
def test_a_unit_is_what_it_was_after_a_plain_number(unit: str) -> None:
    assert units.of_product(unit, "") == units.of_product("", unit) == units.of_quotient(unit, "") == unit
    assert units.of_product(unit, "ratio") == units.of_quotient(unit, "ratio") or unit == "ratio_difference"


@quick
@given(one=measures, other=measures)
def test_what_is_divided_and_multiplied_by_a_unit_is_as_before(one: str, other: str) -> None:
    assert units.of_product(units.of_quotient(one, other), other) == one
    assert units.of_quotient(units.of_product(one, other), other) == one
    assert units.of_quotient(one, one) == "ratio"


@quick
@given(one=measures, other=measures, third=measures)
def test_products_may_be_taken_in_any_order(one: str, other: str, third: str) -> None:
    assert units.of_product(one, other) == units.of_product(other, one)
    left, right = units.of_product(units.of_product(one, other), third), units.of_product(other, third)
    assert left == units.of_product(one, right)


@quick
@given(one=measures, other=measures)
def test_unlike_units_have_no_sum_and_no_difference(one: str, other: str) -> None:
    for work_out in (units.of_sum, units.of_difference):
        if one == other:
            assert work_out(one, other) == one or one in {"year", "month"}
        else:
            with pytest.raises(DomainError, match=r"^.* and .* are two things and have no "):
                work_out(one, other)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ratio", "ratio", "ratio"),
        ("ratio", "ratio_difference", "ratio"),
        ("ratio_difference", "ratio", "ratio"),
        ("ratio_difference", "ratio_difference", "ratio_difference"),
        ("", "ratio", "ratio"),
        ("calendar_year", "year", "calendar_year"),
        ("year", "calendar_year", "calendar_year"),
        ("calendar_year", "", "calendar_year"),
        ("year", "year", "year"),
        ("", "", ""),
    ],
)
def test_the_unit_of_a_sum(left: str, right: str, expected: str) -> None:
    assert units.of_sum(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ratio", "ratio", "ratio_difference"),
        ("ratio", "ratio_difference", "ratio"),
        ("ratio", "", "ratio"),
        ("", "ratio", "ratio"),
        ("calendar_year", "calendar_year", "year"),
        ("calendar_year", "year", "calendar_year"),
        ("USD", "USD", "USD"),
    ],
)
def test_the_unit_of_a_difference(left: str, right: str, expected: str) -> None:
    assert units.of_difference(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right"), [("", "USD"), ("USD", ""), ("", "ratio_difference"), ("USD", "ratio"), ("calendar_year", "USD")]
)
def test_a_plain_number_is_added_only_to_what_has_no_measure(left: str, right: str) -> None:
    for work_out in (units.of_sum, units.of_difference):
        with pytest.raises(DomainError, match=r"are two things"):
            work_out(left, right)


def test_years_on_the_calendar_have_no_sum_and_are_taken_from_nothing_shorter() -> None:
    with pytest.raises(DomainError, match=r"^two years on the calendar have no sum$"):
        units.of_sum("calendar_year", "calendar_year")
    for left, right in (("year", "calendar_year"), ("ratio_difference", "ratio")):
        with pytest.raises(DomainError, match=r"have no difference$"):
            units.of_difference(left, right)


@pytest.mark.parametrize(
    ("left", "right", "product", "quotient"),
    [
        ("USD", "person", "USD·person", "USD/person"),
        ("USD/person", "person", "USD", "USD/person/person"),
        ("USD", "USD/person", "USD·USD/person", "person"),
        ("ratio", "USD", "USD", "1/USD"),
        ("USD", "ratio_difference", "USD", "USD"),
        ("", "ratio_difference", "ratio_difference", "1/ratio_difference"),
        ("index", "index", "index·index", "ratio"),
    ],
)
def test_units_multiply_divide_and_cancel(left: str, right: str, product: str, quotient: str) -> None:
    assert units.of_product(left, right) == product
    if right != "ratio_difference" or left:
        assert units.of_quotient(left, right) == quotient
