"""Expressions for arrays: what exact arithmetic gives, number by number, and what the notebooks find on a grid."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import invented_report
from dalil.errors import DomainError
from dalil.numbers.arrays import _WORKED_OUT, evaluate
from dalil.numbers.expression import Expression, Leaf, Number, Operation
from dalil.numbers.intervals import exactly
from dalil.numbers.operations import OPERATIONS
from invented import growth, level, target

LEAVES = [Leaf("parameter", name, exactly(1)) for name in "abc"]


def test_every_operation_is_worked_out() -> None:
    assert set(_WORKED_OUT) == set(OPERATIONS)


def expressions() -> st.SearchStrategy[Expression]:
    plain = st.sampled_from([*LEAVES, Number(Fraction(1, 4)), Number(Fraction(3))])

    def joined(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        pair = st.tuples(parts, parts)
        return st.one_of(
            st.builds(Operation, st.sampled_from("+-×/"), pair),
            st.builds(Operation, st.just("periods"), st.tuples(parts, parts, parts)),
            st.builds(Operation, st.just("^"), st.tuples(parts, st.just(Number(Fraction(2))))),
            st.builds(Operation, st.just("ln"), st.tuples(parts)),
        )

    return st.recursive(plain, joined, max_leaves=5)


@given(
    expressions(),
    st.lists(st.tuples(*[st.sampled_from((-1.5, -0.25, 0, 0.25, 0.5, 2, 3))] * 3), min_size=1, max_size=4),
)
def test_it_is_what_exact_arithmetic_gives(expression: Expression, numbers: list[tuple[float, float, float]]) -> None:
    columns = dict(zip("abc", np.array(numbers).T, strict=True))
    found = np.broadcast_to(evaluate(expression.json(), columns), len(numbers))
    for row, result in zip(numbers, found, strict=True):
        values: dict[Expression, Fraction] = {leaf: Fraction(x) for leaf, x in zip(LEAVES, row, strict=True)}
        try:
            exact = expression.at(values)
        except DomainError:
            continue
        # What hangs on the last digit of a number that is nearly nothing is not told apart in floating point.
        if exact is not None and np.isfinite(result):
            assert result == pytest.approx(float(exact), rel=1e-6, abs=1e-6)
        elif exact is None:
            assert not np.isfinite(result)


EDGES = {
    "an exact hit is that year": ({"op": "ceiling", "args": [{"op": "periods", "args": "abc"}]}, (1, 1.21, 0.1), 2),
    "a target that is met": ({"op": "periods", "args": "abc"}, (3, 2, -0.5), 0),
    "never": ({"op": "periods", "args": "abc"}, (2, 3, 0), np.inf),
    "growth that leaves nothing": ({"op": "periods", "args": "abc"}, (2, 3, -1), np.nan),
    "divided by nothing": ({"op": "/", "args": "ac"}, (1, 0, 0), np.nan),
    "a root of what is negative": ({"op": "^", "args": "ac"}, (-1, 0, 0.5), np.nan),
}


@pytest.mark.parametrize("edge", EDGES)
def test_edges(edge: str) -> None:
    expression, numbers, result = EDGES[edge]

    def named(part: Any) -> Any:
        return {**part, "args": [{"parameter": a} if isinstance(a, str) else named(a) for a in part["args"]]}

    assert evaluate(named(expression), dict(zip("abc", numbers, strict=True))) == pytest.approx(result, nan_ok=True)


def test_what_has_no_value_is_named() -> None:
    with pytest.raises(KeyError, match="trade"):
        evaluate({"claim": "trade"}, {})


RATES = (-0.05, 0.0, 0.1, 0.25)


def test_it_is_what_the_notebooks_find_on_a_grid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invented_report, "NOTEBOOKS", ("01-clean-claims", "03-target-gaps"))
    entries = [
        level("trade", period="2017"),
        growth("growth", period="2017", base_period="2016"),
        target("goal", "2020-yilda 3 milliard dollar", "3000000000", period="2020"),
    ]
    found = []
    for number, rate in enumerate(RATES):
        folder = tmp_path / str(number)
        folder.mkdir()
        report = invented_report.report_on(folder, *entries, reference=None, mappings={}, article={}, base_growth=rate)
        found.append(report.facts)
    claims = {"trade": 2e9, "growth": 0.5, "goal": 3e9}
    following = {name: fact for name, fact in found[0].items() if "'parameter': 'base_growth'" in str(fact.expression)}
    assert len(following) >= 4
    for name, fact in following.items():
        results = evaluate(fact.expression, {**claims, "base_growth": np.array(RATES)})
        exact = [float(facts[name].value) if facts[name].value else np.inf for facts in found]
        assert results == pytest.approx(exact), name
