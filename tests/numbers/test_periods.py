"""Periods are read from ISO 8601 text as their first and last day."""

from datetime import date

import pytest

from dalil.errors import InputError
from dalil.numbers.periods import Period


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-03", date(2017, 3, 1), date(2017, 3, 31)),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-03-22", date(2017, 3, 22), date(2017, 3, 22)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2018-01/2018-02", date(2018, 1, 1), date(2018, 2, 28)),
        ("2017-03-22/2017-03-23", date(2017, 3, 22), date(2017, 3, 23)),
        ("2017/2018-02-10", date(2017, 1, 1), date(2018, 2, 10)),
        ("2017/2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017/2017-06", date(2017, 1, 1), date(2017, 6, 30)),
        ("2017-03/2017", date(2017, 3, 1), date(2017, 12, 31)),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(period: str, first: date, last: date) -> None:
    parsed = Period.parse(period)
    assert (parsed.start, parsed.end, str(parsed)) == (first, last, period)


@pytest.mark.parametrize(
    ("period", "year"),
    [("2017", 2017), ("2017-03", 2017), ("2017-03-22", 2017), ("2016-12/2017-01", 2017), ("2021/2025", 2025)],
)
def test_a_period_belongs_to_the_year_it_ends_in(period: str, year: int) -> None:
    assert Period.parse(period).year == year


@pytest.mark.parametrize(
    ("period", "part"),
    [
        ("", ""),
        ("17", "17"),
        ("02017", "02017"),
        ("2017 ", "2017 "),
        ("2017-3", "2017-3"),
        ("2017-13", "2017-13"),
        ("2017-00", "2017-00"),
        ("2017-02-29", "2017-02-29"),
        ("2017-03-32", "2017-03-32"),
        ("0000", "0000"),
        ("22.03.2017", "22.03.2017"),
        ("2017-2018", "2017-2018"),
        ("/2018", ""),
        ("2017/", ""),
        ("2017/18", "18"),
        ("2017/2018/2019", "2018/2019"),
    ],
)
def test_what_is_no_period_is_refused_with_what_is_allowed(period: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        Period.parse(period)
    assert str(caught.value) == (
        f'period "{period}"\n  - "{part}" is not ISO 8601; '
        "allowed: 2017, 2017-03, 2017-03-22, or two of them with / between"
    )


@pytest.mark.parametrize("period", ["2018/2017", "2018-02/2018-01", "2017-03-23/2017-03-22"])
def test_a_period_may_not_end_before_it_starts(period: str) -> None:
    with pytest.raises(InputError) as caught:
        Period.parse(period)
    assert str(caught.value) == f'period "{period}"\n  - it ends before it starts\nWrite start/end.'


@pytest.mark.parametrize("value", [2017, None, ["2017"]])
def test_what_is_no_text_is_no_period_that_may_be_left_out(value: object) -> None:
    with pytest.raises(ValueError, match=r"^allowed: a valid string$"):
        Period.optional(value)


@pytest.mark.parametrize(
    ("base", "period", "yearly"),
    [
        ("2016", "2017", True),
        ("2015-07/2016-06", "2016-07/2017-06", True),
        ("2015-03/2016-02", "2016-03/2017-02", True),
        ("2015", "2017", False),
        ("2010/2016", "2017", False),
        ("2017", "2016", False),
        ("2017-01/2017-02", "2018-01/2018-02", False),
        ("2017-12", "2018-01", False),
        ("2016", "2017-01/2017-06", False),
    ],
)
def test_growth_is_yearly_from_a_whole_year_to_the_next(base: str, period: str, yearly: bool) -> None:
    assert Period.parse(base).is_year_before(Period.parse(period)) is yearly
