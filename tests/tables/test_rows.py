"""Rows: typed, the same as the columns described, and back from disk as they were written."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from dalil.errors import InputError
from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.numbers.periods import Period
from dalil.project import DATA_PACKAGE
from dalil.tables.row import Row
from dalil.tables.rows import ROWS, AbsentRow, ClaimRow, FanRow, GapRow, InterpretationRow, OutcomeRow
from dalil.tables.schema import read_table, write_table

DESCRIBED = {
    table["name"]: [field["name"] for field in table["schema"]["fields"]]
    for table in json.loads(DATA_PACKAGE.read_text(encoding="utf-8"))["resources"]
}


def test_every_table_described_has_rows_and_none_other_has() -> None:
    assert set(ROWS) == set(DESCRIBED)


@pytest.mark.parametrize("table", DESCRIBED)
def test_rows_have_the_columns_described(table: str) -> None:
    assert ROWS[table].columns() == DESCRIBED[table]


CLAIM = {
    **dict.fromkeys(DESCRIBED["claims"], ""),
    "claim_id": "trade",
    "kind": "level",
    "value": "2000",
    "low": "1500",
    "high": "2500",
    "comparator": "=",
    "period_start": "2017-01-01",
    "period_end": "2017-12-31",
    "base_period": "2016",
    "status": "reported",
    "line_start": "3",
    "line_end": "4",
    "mentions": "m1 m2",
    "weight": "2",
    "reviewed": "yes",
    "statement": '{"en": "Trade reached {value}"}',
}


def back(row: type[Row], texts: dict[str, str]) -> None:
    assert row.of_texts(texts).texts() == texts


def test_a_number_with_its_interval_a_period_and_a_list_are_what_they_are() -> None:
    row = ClaimRow.of_texts(CLAIM)
    assert row.value == Estimate(Fraction(2000), Interval(Fraction(1500), Fraction(2500)))
    assert row.period == Period.parse("2017")
    assert row.base_period == Period.parse("2016")
    assert (row.line_start, row.mentions) == (3, ("m1", "m2"))
    back(ClaimRow, CLAIM)


@pytest.mark.parametrize(
    "date",
    ["1991-12-21", "2018-01/2018-02", "2017", "2017/2018", "--03-15", "T14:30"],
    ids=["day", "months", "year", "years", "no year", "time"],
)
def test_the_value_of_a_claim_may_be_a_date(date: str) -> None:
    texts = CLAIM | dict.fromkeys(("value", "low", "high"), date) | {"unit": "date"}
    assert str(ClaimRow.of_texts(texts).value) == date
    assert ClaimRow.of_texts(texts).estimate is None
    back(ClaimRow, texts)


def test_what_is_not_there_is_nothing() -> None:
    texts = CLAIM | dict.fromkeys(("value", "low", "high", "period_start", "period_end", "base_period", "mentions"), "")
    row = ClaimRow.of_texts(texts)
    assert (row.value, row.period, row.base_period, row.mentions) == (None, None, None, ())
    back(ClaimRow, texts)


def test_never_has_no_value_and_may_have_an_end() -> None:
    texts = dict.fromkeys(OutcomeRow.columns(), "") | {"target_year": "2018", "target_value": "3", "base_year": "2017"}
    texts |= {"prices": "current", "first_met_low": "2023"}
    row = OutcomeRow.of_texts(texts)
    assert row.first_met == Estimate(None, Interval(Fraction(2023), None))
    assert row.needed is None
    back(OutcomeRow, texts)


def test_the_ends_of_an_interval_are_rounded_outwards() -> None:
    third = Estimate(Fraction(1, 3), Interval(Fraction(1, 3), Fraction(2, 3)))
    texts = FanRow("base", "exact", 2018, third, "USD").texts()
    assert (texts["low"], texts["high"]) == ("0.333333333333333", "0.666666666666667")


@pytest.mark.parametrize(
    ("row", "texts", "problem"),
    [
        (ClaimRow, CLAIM | {"kind": "levle"}, 'column kind: found "levle"; did you mean "level"?'),
        (ClaimRow, CLAIM | {"line_start": "three"}, 'column line_start: found "three"'),
        (ClaimRow, CLAIM | {"base_period": "2016-13"}, 'column base_period: found "2016-13"'),
        (ClaimRow, CLAIM | {"period_start": "2018-01-01"}, "it ends before it starts"),
        (
            InterpretationRow,
            dict.fromkeys(InterpretationRow.columns(), "1") | {"holds": "perhaps"},
            'column holds: found "perhaps"; allowed: no, yes',
        ),
        (GapRow, dict.fromkeys(GapRow.columns(), "1") | {"gap": "much"}, 'column gap: found "much 1 1"'),
    ],
)
def test_what_a_column_cannot_hold_is_refused_by_name(row: type[Row], texts: dict[str, str], problem: str) -> None:
    with pytest.raises(InputError) as refused:
        row.of_texts(texts)
    assert f"table {row.table}" in str(refused.value)
    assert problem in str(refused.value)


def test_a_row_is_made_of_what_has_its_fields_and_of_what_is_given() -> None:
    made = AbsentRow.of(AbsentRow("data/trade.csv", "Trade"), title="Turnover")
    assert made == AbsentRow("data/trade.csv", "Turnover")
    with pytest.raises(AttributeError, match="title"):
        AbsentRow.of(object(), path="data/trade.csv")


def test_what_is_written_is_read_back_and_rows_of_another_table_are_refused(tmp_path: Path) -> None:
    rows = [AbsentRow("data/trade.csv", "Trade"), AbsentRow("data/gdp.csv", '"GDP", in dollars')]
    write_table(tmp_path, "absent", rows)
    assert read_table(tmp_path, AbsentRow) == rows
    with pytest.raises(InputError, match="table claims\n  - rows of the table absent"):
        write_table(tmp_path, "claims", rows)
    assert not (tmp_path / "claims.csv").exists()


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    write_table(tmp_path, "absent", [])
    assert (tmp_path / "absent.csv").read_text(encoding="utf-8") == "path,title\n"
    assert read_table(tmp_path, AbsentRow) == []


def test_a_row_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        AbsentRow("path", "title").path = "other"  # type: ignore[misc]


def test_an_exact_number_stays_a_point() -> None:
    assert GapRow.of_texts(dict.fromkeys(GapRow.columns(), "1")).gap == exactly(1)
