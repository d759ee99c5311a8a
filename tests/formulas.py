"""Formulas of the notebooks, to be tried on exact numbers and on what printed numbers may stand for."""

import string
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from dalil.numbers.amounts import Amount, ln, years_until
from dalil.numbers.intervals import Estimate, exactly


class Formula:
    """A formula on amounts, called with fractions or with estimates."""

    def __init__(self, formula: Callable[..., Amount], units: str) -> None:
        self._formula, self._units = formula, units.split()

    def __call__(self, *numbers: Fraction, **exact: int) -> Fraction | None:
        return self.over(*map(exactly, numbers), **exact).value

    def over(self, *estimates: Estimate, **exact: int) -> Estimate:
        named = zip(string.ascii_lowercase, estimates, self._units, strict=False)
        return self._formula(*(Amount.leaf("claim", *leaf) for leaf in named), **exact).estimate


def _root(base: Amount, later: Amount, periods: int) -> Any:
    return (later / base) ** Fraction(1, periods) - 1


growth_rate = Formula(lambda base, later: later / base - 1, "USD USD")
log_growth = Formula(lambda base, later: ln(later / base), "USD USD")
midpoint_growth = Formula(lambda base, later: 2 - 4 / (later / base + 1), "USD USD")
implied_base = Formula(lambda value, growth: value / (1 + growth), "USD ratio")
increment = Formula(lambda value, growth: value - value / (1 + growth), "USD ratio")
compound_growth_rate = Formula(_root, "USD USD")
doubling_time = Formula(lambda growth: years_until(Amount.of(1), Amount.of(2), growth), "ratio")
share = Formula(lambda part, whole: part / whole, "USD USD")
index_number = Formula(lambda growth: 100 * (1 + growth), "ratio")
at_prices_of = Formula(lambda value, then, now: value * then / now, "USD index index")
projection = Formula(lambda value, growth, periods: value * (1 + growth) ** periods, "USD ratio")
gap = Formula(lambda projected, target: projected - target, "USD USD")
relative_gap = Formula(lambda projected, target: projected / target - 1, "USD USD")
periods_to_target = Formula(years_until, "USD USD ratio")
product = Formula(lambda value, other: value * other, "USD ratio")
