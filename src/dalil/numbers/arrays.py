"""An expression for very many values of its leaves at once, in floating point: what only follows from a formula."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Digits after the point within which a number is taken for a whole one: floating point misses exact hits by less.
_WHOLE = 9


def evaluate(expression: Any, values: Mapping[str, Any]) -> Array:
    """Work an expression out for arrays of numbers, all at once.

    Parameters
    ----------
    expression
        As data, as facts carry it (see :meth:`dalil.numbers.expression.Expression.json`).
    values
        For each claim, figure or parameter that it names, a number or an array of them, in base units. Arrays of one
        shape are taken side by side, others are spread as NumPy does.

    Returns
    -------
    Array
        The results to some fifteen digits: infinite for *never*, and no number where the formula has no meaning.

    Raises
    ------
    KeyError
        It names something that there is no value of.

    Examples
    --------
    >>> growth = {"op": "+", "args": [{"number": "1"}, {"parameter": "growth"}]}
    >>> evaluate({"op": "×", "args": [{"claim": "trade"}, growth]}, {"trade": 2, "growth": [0.5, 1]})
    array([3., 4.])
    """
    match expression:
        case {"number": number}:
            return np.float64(Fraction(number)) * np.ones(())
        case {"fact": _, "is": inner}:
            return evaluate(inner, values)
        case {"op": sign, "args": parts}:
            with np.errstate(all="ignore"):
                return np.asarray(_WORKED_OUT[sign](*(evaluate(part, values) for part in parts)))
    (name,) = expression.values()
    return np.asarray(values[name], dtype=np.float64)


def _where(holds: Any, result: Any) -> Any:
    """A result where it has a meaning."""
    return np.where(holds, result, np.nan)


def _periods(base: Array, goal: Array, growth: Array) -> Any:
    counted = np.where(growth > 0, np.log(goal / base) / np.log1p(growth), np.inf)
    return _where((base > 0) & (goal > 0) & (growth > -1), np.where(goal <= base, 0.0, counted))


# The operations of :data:`dalil.numbers.operations.OPERATIONS`, with their limits.
_WORKED_OUT: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "×": np.multiply,
    "/": lambda a, b: _where(b > 0, a / b),
    "^": lambda a, b: _where(a > 0, a**b),
    "ln": lambda a: _where(a > 0, np.log(a)),
    "ceiling": lambda a: np.ceil(np.round(a, _WHOLE)),
    "periods": _periods,
}
