"""What an expression comes to: its value, and the interval of all it may be while each leaf is within its own."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from dalil.errors import DomainError
from dalil.numbers.expression import Expression, Leaf, Named, Operation
from dalil.numbers.intervals import Estimate, Interval
from dalil.numbers.operations import OPERATIONS

# Stands for an end that is not there; whether a result goes on with it is seen by going as far again.
_FAR = Fraction(10) ** 100
# How near to an open end, as a part of the interval, it is looked whether a result gets there.
_NEAR = Fraction(1, 10**20)
# More variables than these have too many corners to be taken together.
_MOST = 8


class _Side(NamedTuple):
    """A side of an interval, and a number beside it: further inside one that is open, further out of one not there."""

    end: Fraction
    beside: Fraction
    is_missing: bool = False


class _Corner(NamedTuple):
    low: Fraction
    high: Fraction
    is_open: bool
    is_endless: bool


def estimate_of(expression: Expression) -> Estimate:
    """Work an expression out, with the interval of all that it may be.

    What it names once is worked out part by part; each part only raises or only lowers it. A leaf that it names more
    often is one number: the ends are then those of the whole expression over the corners of its leaves, if, written
    as one fraction, it has no powers of the leaf, so that it only rises or only falls in it. Elsewhere the interval
    encloses the exact one (Moore, *Interval Analysis*, 1966, ch. 4).

    An end is open where no number within the leaves' intervals gives it. Where a result follows a leaf that has no
    end, or nears a number that it has no meaning at, it has no end either.

    Raises
    ------
    DomainError
        It has no meaning somewhere within the intervals.

    Examples
    --------
    >>> part = Leaf("claim", "part", Estimate(Fraction(1), Interval(Fraction(1), Fraction(2))))
    >>> rest = Leaf("claim", "rest", Estimate(Fraction(3), Interval(Fraction(2), Fraction(3))))
    >>> share = Operation("/", (part, Operation("+", (part, rest))))
    >>> estimate_of(share).range == Interval(Fraction(1, 4), Fraction(1, 2))
    True
    """
    leaves = expression.leaves
    centre = {leaf: leaf.estimate.value for leaf in leaves}
    known: dict[Expression, Fraction] = {leaf: value for leaf, value in centre.items() if value is not None}
    value = expression.at(known) if len(known) == len(centre) else None
    is_known = all(leaf.estimate.range.width == 0 for leaf in leaves)
    return Estimate(value, Interval(value, value) if is_known else _range(expression))


def _range(expression: Expression) -> Interval:
    if isinstance(expression, Leaf):
        return expression.estimate.range
    if isinstance(expression, Named):
        return _range(expression.inner)
    if not isinstance(expression, Operation):
        number = expression.at({})
        assert number is not None
        return Interval(number, number)
    kind = OPERATIONS[expression.sign]
    ranges = [_range(part) for part in expression.parts]
    sides = [_sides(interval) for interval in ranges]
    for limit in kind.limits:
        interval, (*_, highest) = ranges[limit.place], sides[limit.place]
        for end, is_open in ((interval.low, interval.low_open), (interval.high, False)):
            if end is not None and (end < limit.above or (end == limit.above and not is_open)):
                raise expression.refusal(limit, end)
        if interval.low is None or interval.low == limit.above:
            lowest = _Side(limit.above + 1 / _FAR, limit.above + 1 / _FAR / 2, is_missing=True)
            sides[limit.place] = (lowest, highest)
    return _together(expression) or _hull(kind.work_out, sides, kind.slack)


def _together(expression: Operation) -> Interval | None:
    """The interval over the corners of what stands in an expression more than once, if that is one fraction of it."""
    if sum(len(part.leaves) for part in expression.parts) == len(expression.leaves):
        return None
    variables = tuple(dict.fromkeys(_variables(expression, Counter(_named(expression)))))
    if len(variables) > _MOST or any(max(_powers(expression, variable)) > 1 for variable in variables):
        return None
    try:
        return _hull(
            lambda *numbers: expression.at(dict(zip(variables, numbers, strict=True))),
            [_sides(_range(variable)) for variable in variables],
        )
    except DomainError:
        # It has a meaning within the intervals, and none at an end that does not belong to them.
        return None


def _named(expression: Expression) -> Iterator[Leaf]:
    """The leaves, each as often as it is named."""
    if isinstance(expression, Leaf):
        yield expression
    for part in expression.parts:
        yield from _named(part)


def _variables(expression: Expression, named: Counter[Leaf]) -> Iterator[Expression]:
    """The largest parts whose leaves are named nowhere else."""
    for part in expression.parts:
        within = Counter(_named(part))
        if isinstance(part, Leaf) or (within and all(within[leaf] == named[leaf] for leaf in within)):
            yield part
        else:
            yield from _variables(part, named)


def _powers(expression: Expression, variable: Expression) -> tuple[int, int]:
    """The highest powers of a variable above and below the stroke, when all is written as one fraction."""
    if expression == variable:
        return 1, 0
    if isinstance(expression, Named):
        return _powers(expression.inner, variable)
    if not set(variable.leaves) & set(expression.leaves):
        return 0, 0
    if not isinstance(expression, Operation) or expression.sign not in "+-×/":
        # It is no fraction.
        return 2, 2
    (top, bottom), (over, under) = (_powers(part, variable) for part in expression.parts)
    if expression.sign == "×":
        return top + over, bottom + under
    if expression.sign == "/":
        return top + under, bottom + over
    return max(top + under, over + bottom), bottom + under


def _sides(interval: Interval) -> tuple[_Side, ...]:
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return (_Side(low, low),)
    inside = (interval.width or 1) * _NEAR
    return (
        _Side(-_FAR, -2 * _FAR, True) if low is None else _Side(low, low + inside * interval.low_open),
        _Side(_FAR, 2 * _FAR, True) if high is None else _Side(high, high - inside * interval.high_open),
    )


def _hull(
    work_out: Callable[..., Fraction | None],
    variables: Sequence[tuple[_Side, ...]],
    slack: Callable[..., Fraction] = lambda *_: Fraction(0),
) -> Interval:
    """The interval over the corners of variables that each only raise or only lower a result."""
    corners = [_corner(work_out, slack, sides) for sides in itertools.product(*variables)]
    low = min(corner.low for corner in corners)
    high = max(corner.high for corner in corners)
    at_low = [corner for corner in corners if corner.low == low]
    at_high = [corner for corner in corners if corner.high == high]
    no_low, no_high = (any(corner.is_endless for corner in found) for found in (at_low, at_high))
    return Interval(
        None if no_low else low,
        None if no_high else high,
        not no_low and all(corner.is_open for corner in at_low),
        not no_high and all(corner.is_open for corner in at_high),
    )


def _corner(
    work_out: Callable[..., Fraction | None], slack: Callable[..., Fraction], sides: tuple[_Side, ...]
) -> _Corner:
    ends = [side.end for side in sides]
    number = work_out(*ends)
    if number is None:
        return _Corner(_FAR, _FAR, is_open=False, is_endless=True)

    def moves(is_missing: bool) -> bool:
        """Whether it is another number beside the sides of one sort."""
        beside = [side.beside if side.is_missing == is_missing else side.end for side in sides]
        return beside != ends and work_out(*beside) != number

    error = slack(number, *ends)
    return _Corner(number - error, number + error, is_open=moves(is_missing=False), is_endless=moves(is_missing=True))
