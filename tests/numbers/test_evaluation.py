"""An interval holds all that a formula may come to, no more where that is known; the rest is refused by name."""

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import to_rational

from dalil.errors import DomainError
from dalil.numbers import Amount, calendar_year, ceiling, ln, years_until
from dalil.numbers.evaluation import estimate_of
from dalil.numbers.expression import Expression, Leaf, Number, Operation
from dalil.numbers.intervals import ROUNDED_TO, Estimate, Interval, exactly

F = Fraction
quick = settings(max_examples=100, deadline=None, derandomize=True)


def ratio(name: str, low: str | None, high: str | None, *, opened: str = "", value: str = "") -> Amount:
    """A leaf between two ends; ``opened`` holds ``[`` or ``]`` for an end that is not in it."""
    ends = [None if end is None else F(end) for end in (low, high)]
    known = [end for end in ends if end is not None]
    centre = F(value) if value else sum(known, F(0)) / len(known)
    return Amount.leaf(
        "claim", name, Estimate(centre, Interval(ends[0], ends[1], "[" in opened, "]" in opened)), "ratio"
    )


A, B, C = ratio("a", "1", "2"), ratio("b", "3", "5"), ratio("c", "-1", "1", value="0.5")
Formula = Callable[[], Amount]


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        (lambda: A - A, "0", "0"),
        (lambda: A / A, "1", "1"),
        (lambda: A - A / (1 + C / 2), "-2", "2/3"),
        (lambda: 2 * (B - A) / (B + A), "2/5", "4/3"),
        (lambda: A / (A + B), "1/6", "2/5"),
        (lambda: C * A, "-2", "2"),
        (lambda: C * A + C * B, "-7", "7"),
        (lambda: (A * 2 + B * C) / (A + B), "-1/2", "7/5"),
    ],
)
def test_what_occurs_twice_is_one_number_and_widens_nothing(formula: Formula, low: str, high: str) -> None:
    assert formula().range == Interval(F(low), F(high))


@pytest.mark.parametrize(
    ("formula", "exact"),
    [
        (lambda: C * C, ("0", "1")),
        (lambda: C - C * C, ("-2", "1/4")),
        (lambda: A * A, ("1", "4")),
        (lambda: A * A - 3 * A, ("-9/4", "-2")),
        (lambda: (B - A) / A - (B - A) / B, ("1/6", "16/5")),
        (lambda: A * A - 3 * A * B + B * B * 3, ("13", "61")),
    ],
)
def test_what_is_no_fraction_of_a_leaf_is_enclosed_and_not_guessed_from_corners(
    formula: Formula, exact: tuple[str, str]
) -> None:
    low, high = map(F, exact)
    assert Interval(low, high).within(formula().range)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (lambda: A / C, "it divides by -1, and may only by what is above zero (a / c; look at c)"),
        (lambda: A / ratio("z", "0", "1"), "it divides by 0, and may only by what is above zero (a / z; look at z)"),
        (
            lambda: ratio("o", "1", "2", opened="[") / C,
            "it divides by -1, and may only by what is above zero (o / c; look at c)",
        ),
        (
            lambda: A / ratio("o", "-1", "2", opened="[]", value="1"),
            "it divides by -1, and may only by what is above zero (a / o; look at o)",
        ),
        (
            lambda: A / (A - ratio("m", None, "1")),
            "it divides by 0, and may only by what is above zero (a / (a - m); look at a, m)",
        ),
        (lambda: A / ratio("n", None, "-2"), "it divides by -2, and may only by what is above zero (a / n; look at n)"),
        (
            lambda: A / (1 + ratio("g", "-1.5", "2")),
            "it divides by -0.5, and may only by what is above zero (a / (1 + g); look at g)",
        ),
        (
            lambda: years_until(A, B, ratio("g", "-1", "1")),
            "growth of -100% leaves nothing; it must be above -100% (ln(b / a) / ln(1 + g); look at g)",
        ),
        (lambda: ln(C), "the logarithm of -1; only what is above zero has one (ln(c); look at c)"),
        (lambda: (1 + 2 * C) ** F(1, 2), "a power of -1; only what is above zero has one here"),
        (lambda: years_until(C, B, A), "growth leads nowhere from -1; both must be above zero"),
    ],
)
def test_what_has_no_meaning_somewhere_within_is_refused_and_names_the_leaf(formula: Formula, message: str) -> None:
    with pytest.raises(DomainError, match=f"^{re.escape(message)}"):
        _ = formula().range


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (lambda: ratio("o", "1", "2", opened="[") + A, Interval(F(2), F(4), low_open=True)),
        (lambda: A - ratio("o", "1", "2", opened="["), Interval(F(-1), F(1), high_open=True)),
        # Nothing is nothing, however much of it: the end is reached without the open one.
        (lambda: ratio("n", "0", "1") * ratio("o", "1", "2", opened="[]"), Interval(F(0), F(2), high_open=True)),
        # The open end goes out of the formula.
        (lambda: (x := ratio("o", "1", "2", opened="[]")) - x + A, Interval(F(1), F(2))),
        # Just below three is three when it is rounded up, and just above two is not two.
        (lambda: ceiling(ratio("o", "2", "3", opened="[]")), Interval(F(2), F(3), low_open=True)),
        # Towards zero there is no bound, and nothing at zero itself.
        (lambda: A / ratio("o", "0", "1", opened="["), Interval(F(1), None)),
    ],
)
def test_an_end_is_open_where_no_number_within_gives_it(formula: Formula, expected: Interval) -> None:
    assert formula().range == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (lambda: A + ratio("m", "1", None), Interval(F(2), None)),
        (lambda: A - ratio("m", "1", None), Interval(None, F(1))),
        (lambda: C * ratio("m", "1", None), Interval(None, None)),
        (lambda: A / ratio("m", None, "4"), Interval(F(1, 4), None)),
        (lambda: ln(A / ratio("m", None, "1")), Interval(F(0), None)),
        (lambda: 2 * (B - (m := ratio("m", "1", None))) / (B + m), Interval(None, F(4, 3))),
        (lambda: ratio("m", "1", None) * (1 + ratio("n", "-0.5", None)), Interval(F(1, 2), None)),
        (lambda: (m := ratio("m", None, None, value="1")) - m + A, Interval(F(1), F(2))),
    ],
)
def test_a_missing_end_leaves_the_other_where_it_is_known(formula: Formula, expected: Interval) -> None:
    assert formula().range == expected


def test_numbers_beyond_those_of_floats_keep_their_ends() -> None:
    large, small = ratio("large", "1e400", "2e400"), ratio("small", "1e-400", "1")
    assert (large * ratio("m", "1", None)).range == Interval(F("1e400"), None)
    assert (small * ratio("m", "1", None)).range == Interval(F("1e-400"), None)


def test_never_at_one_end_is_no_end_there() -> None:
    slow = ratio("slow", "-0.5", "1", value="1")
    years = years_until(Amount.of(1), Amount.of(2), slow)
    assert (years.value, years.range.high) == (F(1), None)
    assert (calendar_year(2017) + ceiling(years)).range == Interval(F(2018), None)
    assert (calendar_year(2030) - ceiling(years)).range == Interval(None, F(2029))
    assert years_until(Amount.of(1), Amount.of(2), ratio("no", "-0.5", "0")).value is None


@pytest.mark.parametrize("scale", [1, 1000, F(1, 1000)])
def test_what_a_root_is_rounded_by_grows_with_what_it_is_multiplied_by(scale: Fraction) -> None:
    root = ratio("r", "2", "3") ** F(1, 2)
    low, high = (scale * root).range.low, (scale * root).range.high
    assert low is not None
    assert high is not None
    hair = scale * 3 * ROUNDED_TO
    assert (low / scale) ** 2 < 2 < ((low + hair) / scale) ** 2
    assert ((high - hair) / scale) ** 2 < 3 < (high / scale) ** 2


@pytest.mark.parametrize("goal", ["8", "1"])
def test_an_exact_hit_is_that_year_though_logarithms_are_rounded(goal: str) -> None:
    years = years_until(ratio("from", "1", "1"), ratio("to", goal, goal), ratio("g", "0.5", "1", value="1"))
    assert ceiling(years).range.low == (3 if goal == "8" else 0)


# Trees of any form.

NAMES = "xyz"


@st.composite
def intervals(draw: st.DrawFn, low: int, high: int) -> Interval:
    numbers = st.fractions(low, high, max_denominator=20)
    first, last = sorted(draw(st.tuples(numbers, numbers)))
    wide = first < last
    return Interval(first, last, wide and draw(st.booleans()), wide and draw(st.booleans()))


def trees(leaves: list[Leaf]) -> st.SearchStrategy[Expression]:
    start: st.SearchStrategy[Expression] = st.sampled_from(leaves) | st.integers(-3, 3).map(lambda n: Number(F(n)))

    def larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        two = st.tuples(st.sampled_from("+-×/"), st.tuples(parts, parts))
        root = st.tuples(parts, st.sampled_from([F(2), F(3), F(1, 2)]).map(Number))
        one = st.tuples(st.just("ln"), st.tuples(parts)) | st.tuples(st.just("^"), root)
        return (two | two | one).map(lambda made: Operation(*made))

    return st.recursive(start, larger, max_leaves=7)


def leaf_of(name: str, interval: Interval) -> Leaf:
    assert interval.low is not None
    assert interval.high is not None
    return Leaf("claim", name, Estimate((interval.low + interval.high) / 2, interval))


@st.composite
def formulas(draw: st.DrawFn) -> Expression:
    leaves = []
    for name in NAMES:
        leaves.append(leaf_of(name, draw(intervals(0, 6) | intervals(-3, 3))))
    return draw(trees(leaves).filter(lambda tree: bool(tree.leaves)))


def points(tree: Expression, parts: list[Fraction]) -> list[dict[Expression, Fraction]]:
    """Every choice of numbers at some parts of each leaf's interval, of those that are in it."""
    choices = []
    for leaf in tree.leaves:
        low, high = leaf.estimate.range.low, leaf.estimate.range.high
        assert low is not None
        assert high is not None
        numbers = {low + (high - low) * part for part in parts}
        choices.append([number for number in numbers if number in leaf.estimate.range])
    return [dict(zip(tree.leaves, numbers, strict=True)) for numbers in itertools.product(*choices)]


@quick
@given(tree=formulas())
def test_the_interval_of_any_formula_holds_all_it_comes_to(tree: Expression) -> None:
    try:
        interval = estimate_of(tree).range
    except DomainError:
        assume(False)
    for point in points(tree, [F(0), F(1, 1000), F(1, 2), F(5, 7), F(1)]):
        # It has a meaning there: that is checked.
        number = tree.at(point)
        assert number is not None
        assert number in interval


def apart(tree: Expression, names: Iterator[int]) -> Expression:
    """The same tree with a leaf of its own at each place."""
    if isinstance(tree, Operation):
        return Operation(tree.sign, tuple(apart(part, names) for part in tree.parts))
    return replace(tree, name=f"{tree.name}{next(names)}") if isinstance(tree, Leaf) else tree


once = formulas().map(lambda tree: apart(tree, itertools.count())).filter(lambda tree: len(tree.leaves) < 6)
# Each is one fraction in each of its leaves.
FRACTIONS: list[Callable[..., Amount]] = [
    lambda x, y, z: x - x / (1 + y) + z,
    lambda x, y, z: 2 * (y - x) / (y + x) * z,
    lambda x, y, z: (x + y) / (x + y + z),
    lambda x, y, z: (x - y) / (z + y),
    lambda x, y, z: (x * y + z * x) / (1 + x),
    lambda x, y, z: x * (1 + y) ** 2 - x * z,
]


@st.composite
def fractions(draw: st.DrawFn) -> Expression:
    leaves = [Amount(leaf_of(name, draw(intervals(0, 6))), "ratio") for name in NAMES]
    amount: Amount = draw(st.sampled_from(FRACTIONS))(*leaves)
    return amount.expression


@quick
@given(tree=once | fractions())
def test_the_ends_are_the_values_at_corners(tree: Expression) -> None:
    try:
        interval = estimate_of(tree).range
    except DomainError:
        assume(False)
    corners = []
    for sides in itertools.product(*((leaf.estimate.range.low, leaf.estimate.range.high) for leaf in tree.leaves)):
        point: dict[Expression, Fraction] = dict(zip(tree.leaves, (F(side or 0) for side in sides), strict=True))
        with suppress(DomainError):
            corners.append(tree.at(point))
    numbers = [number for number in corners if number is not None]
    for found, expected in ((interval.low, min(numbers)), (interval.high, max(numbers))):
        assert found is None or abs(found - expected) <= F(1, 10**20) * (1 + abs(expected))
    # An end is missing only where a corner that does not belong to the interval has no meaning.
    assert len(numbers) < 2 ** len(tree.leaves) or None not in (interval.low, interval.high)


@quick
@given(tree=once | fractions())
@example(tree=(A / C).expression)
def test_a_refusal_is_never_for_nothing(tree: Expression) -> None:
    # What is rounded may be refused for want of a hair.
    assume("ln" not in str(tree) and "1/2" not in str(tree))
    try:
        estimate_of(tree)
    except DomainError:
        close = [F(0), F(1, 10**9), F(1, 2), 1 - F(1, 10**9), F(1)]
        assert any(not has_meaning(tree, point) for point in points(tree, close))


def has_meaning(tree: Expression, point: dict[Expression, Fraction]) -> bool:
    try:
        return tree.at(point) is not None
    except DomainError:
        return False


def test_a_formula_that_names_each_leaf_once_never_turns() -> None:
    leaves = [ratio(name, "-2", "3").expression for name in "abcd"]
    for signs in itertools.product("+-×", repeat=3):
        tree = leaves[0]
        for sign, leaf in zip(signs, leaves[1:], strict=True):
            tree = Operation(sign, (tree, leaf))
        corners = [tree.at(point) for point in points(tree, [F(0), F(1)])]
        numbers = [corner for corner in corners if corner is not None]
        assert estimate_of(tree).range == Interval(min(numbers), max(numbers))


iv = MPIntervalContext()
iv.prec = 300


def by_mpmath(tree: Expression) -> Any:
    """The same tree in another interval arithmetic, which takes what occurs twice for two numbers."""
    if isinstance(tree, Leaf):
        low, high = tree.estimate.range.low, tree.estimate.range.high
        assert low is not None
        assert high is not None
        return iv.mpf([(iv.mpf(low.numerator) / low.denominator).a, (iv.mpf(high.numerator) / high.denominator).b])
    if isinstance(tree, Number):
        return iv.mpf(tree.value.numerator) / tree.value.denominator
    assert isinstance(tree, Operation)
    parts = [by_mpmath(part) for part in tree.parts]
    if tree.sign == "^":
        return iv.exp(iv.log(parts[0]) * parts[1])
    work_out: dict[str, Callable[..., Any]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "×": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "ln": iv.log,
    }
    return work_out[tree.sign](*parts)


@quick
@given(tree=formulas())
def test_the_interval_is_within_that_of_another_interval_arithmetic(tree: Expression) -> None:
    try:
        interval = estimate_of(tree).range
        enclosure = by_mpmath(tree)
        low, high = (F(*(int(part) for part in to_rational(end))) for end in enclosure._mpi_)
    except (DomainError, ValueError, ZeroDivisionError, OverflowError):
        assume(False)
    hair = F(1, 10**20) * max(F(1), abs(low), abs(high))
    assert interval.low is None or low - hair <= interval.low
    assert interval.high is None or interval.high <= high + hair


def test_a_number_known_exactly_has_no_width_and_no_slack() -> None:
    two = Amount.leaf("claim", "two", exactly(2), "ratio")
    assert (two ** F(1, 2) - two ** F(1, 2)).estimate == exactly(0)
    assert (two ** F(1, 2)).range.width == 0
