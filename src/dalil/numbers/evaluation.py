"""What an expression comes to: its value, and the interval of all it may be while each leaf is within its own."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from dalil.errors import DomainError
from dalil.numbers.expression import Expression, Leaf, Named, Operation
from dalil.numbers.intervals import Estimate, Interval
from dalil.numbers.operations import OPERATIONS, Limit
from dalil.numbers.slopes import directions

# How near to an open end, as a part of the interval, an expression is looked at to tell whether it gets there.
_NEAR = Fraction(1, 10**20)

Box = Mapping[Leaf, Interval]
Point = Mapping[Leaf, Fraction]
Moves = Mapping[Leaf, int | None]
# An end of an interval, and whether no number within the leaves' intervals gives it.
End = tuple[Fraction, bool]


def estimate_of(expression: Expression) -> Estimate:
    """Work an expression out, with the interval of all that it may be.

    The ends are its values at the corners of its distinct leaves: it rises, falls or stays in each of them, which is
    checked (Moore, *Interval Analysis*, 1966, ch. 4). An end is open where no number within the leaves' intervals
    gives it. Where a leaf has no end, or an end is approached where the expression has no meaning any more, the
    interval has none either.

    Parameters
    ----------
    expression
        The expression.

    Raises
    ------
    DomainError
        It has no meaning somewhere within the intervals, or turns within one of them.

    Examples
    --------
    >>> part = Leaf("claim", "part", Estimate(Fraction(1), Interval(Fraction(1), Fraction(2))))
    >>> rest = Leaf("claim", "rest", Estimate(Fraction(3), Interval(Fraction(2), Fraction(3))))
    >>> share = Operation("/", (part, Operation("+", (part, rest))))
    >>> estimate_of(share).range == Interval(Fraction(1, 4), Fraction(1, 2))
    True
    """
    centre = {leaf: leaf.estimate.value for leaf in expression.leaves}
    known = {leaf: value for leaf, value in centre.items() if value is not None}
    value = expression.at(known) if len(known) == len(centre) else None
    box = _box(expression)
    _require_meaning(expression, box)
    return Estimate(value, _range(expression, box))


def _require_meaning(expression: Expression, box: Box) -> None:
    """Refuse an expression that has no meaning somewhere within the intervals; an end that is missing is let be."""
    for part in expression.parts:
        _require_meaning(part, box)
    for operation, limit in _limits(expression):
        interval = _range(operation.parts[limit.place], box)
        for end, is_open in ((interval.high, False), (interval.low, interval.low_open)):
            if end is not None and (end < limit.above or (end == limit.above and not is_open)):
                raise operation.refusal(limit, end)


def _limits(expression: Expression) -> Iterator[tuple[Operation, Limit]]:
    if isinstance(expression, Operation):
        yield from ((expression, limit) for limit in OPERATIONS[expression.sign].limits)


def _box(expression: Expression) -> Box:
    """Where each leaf may be: one without a low end only where the expression has a meaning."""
    box = {leaf: leaf.estimate.range for leaf in expression.leaves}
    for part in _all(expression):
        for operation, limit in _limits(part):
            leaf = operation.parts[limit.place]
            while isinstance(leaf, Named):
                leaf = leaf.inner
            if isinstance(leaf, Leaf) and box[leaf].low is None:
                box[leaf] = Interval(Fraction(limit.above), box[leaf].high, True, box[leaf].high_open)
    return box


def _all(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in expression.parts:
        yield from _all(part)


def _range(expression: Expression, box: Box) -> Interval:
    if isinstance(expression, Leaf):
        return box[expression]
    within = {leaf: box[leaf] for leaf in expression.leaves}
    moves = _moves(expression, within)
    (low, low_open), (high, high_open) = (
        _end(expression, within, {}, moves, is_high) or (None, False) for is_high in (False, True)
    )
    return Interval(low, high, low_open, high_open)


def _moves(expression: Expression, box: Box) -> Moves:
    return directions(expression, lambda part: _range(part, box))


def _end(expression: Expression, box: Box, near: Point, moves: Moves, is_high: bool) -> End | None:
    """The least or the most that it comes to, and whether that is not reached; nothing where there is no such end.

    Each leaf is put to the side of its interval that leads there. Where that depends on other leaves, it is looked at
    again when these have been put, and put to both sides if need be.
    """
    settled = {leaf: None if move == 0 else (move == 1) == is_high for leaf, move in moves.items() if move is not None}
    first = next(iter(moves), None)
    choices: list[dict[Leaf, bool | None]] = [settled]
    if first and not settled:
        choices = [{first: False}, {first: True}]
    ends = []
    for sides in choices:
        corner = {leaf: _side(box[leaf], is_top) for leaf, is_top in sides.items()}
        point = {leaf: Interval(end, end) for leaf, (end, _) in corner.items() if end is not None}
        if len(point) < len(corner):
            return None
        inner = {**box, **point}
        close = {**near, **{leaf: beside for leaf, (_, beside) in corner.items() if beside is not None}}
        others = _moves(expression, inner) if len(sides) < len(moves) else {}
        end = _end(expression, inner, close, others, is_high) if others else _corner(expression, inner, close, is_high)
        if end is None:
            return None
        ends.append(end)
    most = (max if is_high else min)(number for number, _ in ends)
    return most, all(is_open for number, is_open in ends if number == most)


def _side(interval: Interval, is_top: bool | None) -> tuple[Fraction | None, Fraction | None]:
    """An end of an interval, with a number near it where it is open; or, of no side, a number inside."""
    if is_top is None:
        return _inside(interval), None
    end, is_open = (interval.high, interval.high_open) if is_top else (interval.low, interval.low_open)
    return end, end + (_inside(interval) - end) * _NEAR if is_open and end is not None else None


def _corner(expression: Expression, box: Box, near: Point, is_high: bool) -> End | None:
    ends = {leaf: interval.low for leaf, interval in box.items() if interval.low is not None}
    try:
        number = expression.at(ends)
    except DomainError:
        # It has a meaning within the intervals, and none at an end that does not belong to them.
        return None
    if number is None:
        return None
    is_exact = all(leaf.estimate.range.width == 0 for leaf in box)
    error = Fraction(0) if is_exact else expression.rounding(ends)
    return number + (error if is_high else -error), bool(near) and expression.at({**ends, **near}) != number


def _inside(interval: Interval) -> Fraction:
    """Some number inside an interval."""
    low, high = interval.low, interval.high
    if low is None or high is None:
        return low + 1 if low is not None else high - 1 if high is not None else Fraction(0)
    return (low + high) / 2
