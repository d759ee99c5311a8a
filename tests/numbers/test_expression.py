"""A formula is one tree: what it is written as, and kept as, says all that it is."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dalil.numbers import Amount, ceiling, ln, printed, years_until
from dalil.numbers.evaluation import estimate_of
from dalil.numbers.expression import Expression, Leaf, Named, Number, Operation
from dalil.numbers.intervals import Estimate, Interval, exactly

F = Fraction
quick = settings(max_examples=100, deadline=None, derandomize=True)
LEAVES = {name: Leaf("claim", name, Estimate(F(n), Interval(F(n), F(n + 1)))) for n, name in enumerate("abc", start=1)}


def read(tree: Mapping[str, Any], leaves: Mapping[str, Leaf]) -> Expression:
    """The expression that data stands for."""
    if "op" in tree:
        return Operation(tree["op"], tuple(read(part, leaves) for part in tree["args"]))
    if "fact" in tree:
        return Named(tree["fact"], read(tree["is"], leaves))
    ((kind, name),) = tree.items()
    return Number(F(name)) if kind == "number" else leaves[name]


def larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    two = st.tuples(st.sampled_from("+-×/"), st.tuples(parts, parts)).map(lambda made: Operation(*made))
    power = st.tuples(parts, st.sampled_from([F(2), F(1, 3)]).map(Number)).map(lambda made: Operation("^", made))
    one = st.tuples(st.sampled_from(["ln", "ceiling"]), st.tuples(parts)).map(lambda made: Operation(*made))
    return two | power | one


numbers = st.fractions(-9, 9, max_denominator=12).map(Number)
plain = st.recursive(st.sampled_from(list(LEAVES.values())) | numbers, larger, max_leaves=8)
trees = plain | st.tuples(st.just("fact"), plain).map(lambda made: Operation("+", (Named(*made), Number(F(1)))))


@quick
@given(tree=trees)
def test_data_is_read_back_as_the_tree_that_it_was(tree: Expression) -> None:
    assert read(tree.json(), LEAVES) == tree


class Exact:
    """A number in Python's arithmetic that writes down what is done, to compare with a tree."""

    def __init__(self, tree: Expression) -> None:
        self.tree = tree

    def __add__(self, other: "Exact") -> "Exact":
        return Exact(Operation("+", (self.tree, other.tree)))

    def __sub__(self, other: "Exact") -> "Exact":
        return Exact(Operation("-", (self.tree, other.tree)))

    def __mul__(self, other: "Exact") -> "Exact":
        return Exact(Operation("×", (self.tree, other.tree)))

    def __truediv__(self, other: "Exact") -> "Exact":
        return Exact(Operation("/", (self.tree, other.tree)))

    def __pow__(self, other: "Exact") -> "Exact":
        return Exact(Operation("^", (self.tree, other.tree)))


@quick
@given(tree=plain)
def test_python_reads_the_text_of_a_formula_as_the_formula(tree: Expression) -> None:
    def applied(sign: str) -> Callable[[Exact], Exact]:
        return lambda part: Exact(Operation(sign, (part.tree,)))

    names: dict[str, Any] = {name: Exact(leaf) for name, leaf in LEAVES.items()}
    names |= {"ln": applied("ln"), "ceiling": applied("ceiling"), "n": lambda text: Exact(Number(F(text)))}
    text = written_for_python(tree)
    assert eval(text, {"__builtins__": {}}, names).tree == tree, text


def written_for_python(tree: Expression) -> str:
    """The formula's own text with its plain numbers marked, which have brackets of their own."""
    count: dict[str, str] = {}

    def marked(part: Expression) -> Expression:
        if isinstance(part, Number):
            name = f"number{len(count)}"
            count[name] = f"n('{part.value}')"
            return Leaf("parameter", name, exactly(1))
        return Operation(part.sign, tuple(map(marked, part.parts))) if isinstance(part, Operation) else part

    text = marked(tree).written(lambda named: count.get(named.name, named.name))[0]
    return text.replace("×", "*").replace("^", "**")


@pytest.mark.parametrize(
    ("number", "text"),
    [("2", "2 × a"), ("0.25", "0.25 × a"), ("1/3", "1/3 × a"), ("-2", "(-2) × a"), ("2e9", "2000000000 × a")],
)
def test_a_plain_number_is_written_exactly(number: str, text: str) -> None:
    assert str(Operation("×", (Number(F(number)), LEAVES["a"]))) == text


A, B = (printed(text, "USD", name=name) for text, name in (("2", "a"), ("3", "b")))
GROWTH = printed("0.5", "ratio", name="g")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (A / B, B / A, True),
        (A - A / (1 + GROWTH), B - B / (1 + GROWTH), True),
        (A - A / (1 + GROWTH), A - B / (1 + GROWTH), False),
        (A / 2, A / 3, False),
        (A + B, A - B, False),
        (A / B, (A / B).named("share") * 1, False),
        (ln(A / B), ceiling(A / B), False),
        (years_until(A, B, GROWTH), years_until(B, A, GROWTH), True),
        (years_until(Amount.of(1, "USD"), B, GROWTH), years_until(A, B, GROWTH), False),
    ],
)
def test_formulas_are_of_one_shape_where_they_differ_only_in_what_they_name(
    one: Amount, other: Amount, alike: bool
) -> None:
    assert (one.formula.shape == other.formula.shape) is alike


def test_names_may_be_written_in_any_way_and_what_they_hold_is_no_code() -> None:
    odd = Leaf("figure", "turnover({UZ}, <b>)", exactly(1))
    tree = Operation("/", (odd, Named("fact", odd)))
    assert str(tree) == "turnover({UZ}, <b>) / fact"
    assert tree.written(lambda named: f"[{named.name}]")[0] == "[turnover({UZ}, <b>)] / [fact]"
    assert tree.leaves == (odd,)
    assert estimate_of(tree) == exactly(1)
