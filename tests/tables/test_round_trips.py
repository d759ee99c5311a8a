"""What is written to disk is read back: numbers to the digits kept, intervals no narrower, facts as they were."""

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Project
from dalil.errors import InputError
from dalil.numbers.intervals import Estimate, Interval, decimal_text
from dalil.tables.facts import Fact, read_facts, write_facts
from dalil.tables.row import Row
from dalil.tables.rows import ROWS
from dalil.tables.schema import read_table

NUMBERS = st.one_of(
    st.fractions(max_denominator=10**9),
    st.fractions(min_value=-(10**30), max_value=10**30),
    st.decimals(allow_nan=False, allow_infinity=False).map(Fraction).filter(lambda number: abs(number) < 10**300),
)
# A number is kept to fifteen digits, a small one to fifteen decimals.
FINEST = Fraction(1, 10**15)
NAMES = st.text(min_size=1, max_size=20)


@given(NUMBERS)
def test_a_number_comes_back_to_the_digits_kept_and_a_short_one_as_it_was(number: Fraction) -> None:
    back = Fraction(decimal_text(number))
    assert abs(back - number) <= max(abs(number) * 10, Fraction(1)) * FINEST
    assert Fraction(decimal_text(back)) == back


@dataclass(frozen=True)
class Measured(Row):
    """A row as tables have them, of one number."""

    gap: Estimate | None


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted), st.booleans(), st.booleans())
def test_an_interval_comes_back_no_narrower_and_with_its_value_inside(
    three: list[Fraction], has_low: bool, has_high: bool
) -> None:
    low, value, high = three
    written = Measured(Estimate(value, Interval(low if has_low else None, high if has_high else None))).texts()
    back = Measured.of_texts(written)
    assert back.texts() == written
    assert back.gap is not None
    assert back.gap.value is not None
    for end, true, sign in ((back.gap.range.low, low, -1), (back.gap.range.high, high, 1)):
        assert (end is None) == (not (has_low if sign < 0 else has_high))
        if end is not None:
            assert sign * (end - true) >= 0
            assert sign * (end - back.gap.value) >= 0


def test_a_number_that_is_not_there_comes_back_as_none() -> None:
    assert Measured.of_texts(Measured(None).texts()) == Measured(None)


WRITTEN = st.one_of(st.just(""), NUMBERS.map(decimal_text))
LISTS = st.lists(NAMES, max_size=3).map(tuple)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), NAMES)
DATA = st.recursive(PLAIN, lambda part: st.lists(part, max_size=3) | st.dictionaries(NAMES, part, max_size=3))
# Any fact, with any text in it.
FACTS = st.builds(
    Fact,
    id=NAMES,
    value=WRITTEN,
    low=WRITTEN,
    high=WRITTEN,
    unit=NAMES,
    kind=NAMES,
    expression=DATA,
    formula=NAMES,
    claims=LISTS,
    sources=LISTS,
    notebook=NAMES,
)


@given(st.lists(FACTS, unique_by=lambda fact: fact.id, max_size=5))
def test_facts_come_back_as_they_were_and_in_the_order_of_their_names(
    tmp_path_factory: pytest.TempPathFactory, given_facts: list[Fact]
) -> None:
    path = tmp_path_factory.mktemp("facts") / "facts.json"
    write_facts(path, given_facts)
    back = read_facts(path)
    assert list(back) == sorted(fact.id for fact in given_facts)
    assert [fact.number for fact in back.values()] == list(range(1, len(back) + 1))
    assert {name: replace(fact, number=0) for name, fact in back.items()} == {fact.id: fact for fact in given_facts}


@pytest.mark.parametrize("text", ["", "[]", "[1]", '{"a": 1}', '{"a": {}}', '{"a": {"claims": []}}', "\x00", "nul"])
def test_what_is_no_file_of_facts_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"facts\.json"):
        read_facts(path)


@pytest.mark.parametrize("table", ROWS)
def test_every_table_that_was_built_comes_back_as_it_stands_on_disk(built: Project, table: str) -> None:
    folder = built.root / "data/processed"
    rows = read_table(folder, ROWS[table])
    header, *lines = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    assert header.split(",") == ROWS[table].columns()
    assert bool(rows) == bool(lines)
    for row in rows:
        assert ROWS[table].of_texts(row.texts()) == row


def test_every_fact_that_was_built_comes_back_as_it_stands_on_disk(built: Project, tmp_path: Path) -> None:
    path = built.root / "data/processed/facts.json"
    write_facts(tmp_path / "facts.json", read_facts(path).values())
    assert json.loads((tmp_path / "facts.json").read_text(encoding="utf-8")) == json.loads(
        path.read_text(encoding="utf-8")
    )
