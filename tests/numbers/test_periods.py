"""Periods are read from ISO 8601 text as their first and last day."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("2022-Q1", date(2022, 1, 1), date(2022, 3, 31)),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2020-H1", date(2020, 1, 1), date(2020, 6, 30)),
        ("2021-Q4/2022-H1", date(2021, 10, 1), date(2022, 6, 30)),
        ("2022-09/2023-08", date(2022, 9, 1), date(2023, 8, 31)),
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
        ("2017/19", "19"),
        ("2022-Q5", "2022-Q5"),
        ("2022-H3", "2022-H3"),
        ("2022Q1", "2022Q1"),
        ("2017/2018/2019", "2018/2019"),
    ],
)
def test_what_is_no_period_is_refused_with_what_is_allowed(period: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        Period.parse(period)
    assert str(caught.value) == (
        f'period "{period}"\n  - "{part}" is not ISO 8601; '
        "allowed: 2017, 2017-03, 2017-03-22, 2017-Q1, 2017-H2, or two of them with / between"
    )


@pytest.mark.parametrize("period", ["2017/18", "1999/00"])
def test_a_year_that_begins_in_one_and_ends_in_the_next_is_given_by_its_months(period: str) -> None:
    with pytest.raises(InputError, match=rf"does not say in which months.*{period[:4]}-09/"):
        Period.parse(period)


@pytest.mark.parametrize("period", ["2018/2017", "2018-02/2018-01", "2017-03-23/2017-03-22"])
def test_a_period_may_not_end_before_it_starts(period: str) -> None:
    with pytest.raises(InputError) as caught:
        Period.parse(period)
    assert str(caught.value) == f'period "{period}"\n  - it ends before it starts\nWrite start/end.'


@pytest.mark.parametrize("value", [2017, ["2017"]])
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


DAYS = st.dates(min_value=date(1, 1, 1))
# A year, a month or a day.
PARTS = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period, written in any way."""
    first, last = sorted([draw(PARTS), draw(PARTS)], key=lambda part: Period.parse(part).start)
    text = draw(st.sampled_from([first, f"{first}/{last}"]))
    try:
        return Period.parse(text)
    except InputError:
        # A day that lies in the year or month it starts in, but not at its end.
        return Period.parse(f"{last}/{first}")


@given(periods())
def test_a_period_is_written_as_it_was_and_holds_the_same_days_when_written_by_its_days(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert str(Period.parse(str(period))) == str(period)
    assert Period.parse(str(Period(period.start, period.end))) == period
    assert Period.validate(period) is period
    assert period.start <= period.end


@given(periods())
def test_a_period_has_the_days_that_its_text_names_and_no_more(period: Period) -> None:
    first, _, last = str(period).partition("/")
    assert period.start.isoformat().startswith(first)
    assert period.end.isoformat().startswith(last or first)
    for day, beyond in ((period.start, -1), (period.end, 1)):
        with suppress(OverflowError):
            outside = day + timedelta(days=beyond)
            assert not Period(outside, outside).within(period)
            assert not outside.isoformat().startswith(first if beyond < 0 else last or first)


@given(periods(), periods())
def test_two_periods_lie_to_each_other_as_their_days_do(one: Period, other: Period) -> None:
    assert one.precedes(other) == (one.end < other.start)
    assert one.within(other) == (other.start <= one.start and one.end <= other.end)
    assert (one.within(other) and other.within(one)) == (one == other)
    assert not (one.precedes(other) and one.within(other))
    assert not one.joins(other) or (one.precedes(other) and not other.precedes(one))
    assert not one.is_year_before(other) or (one.joins(other) and one.is_whole_year and other.is_whole_year)


@given(periods())
def test_what_kind_of_period_it_is_follows_from_its_days(period: Period) -> None:
    days = (period.end - period.start).days + 1
    assert period.is_day == (days == 1)
    assert not period.is_whole_year or days in {365, 366}
    assert period.is_calendar_year == (period == Period.parse(f"{period.year:04d}"))


@given(st.text(alphabet="0123456789-/ T", max_size=25))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except InputError:
        return
    assert str(period) == text


def test_the_last_year_there_is_is_a_year() -> None:
    assert Period.parse("9999").is_calendar_year
    assert not Period.parse("9999-12").is_whole_year
    assert not Period.parse("2017/9999").is_whole_year
    assert Period.parse("9998").is_year_before(Period.parse("9999"))
