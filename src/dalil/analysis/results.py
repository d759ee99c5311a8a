"""Results: what derived numbers are called, what kind each of them is, and counts of a table."""

import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from dalil.numbers.amounts import Amount, years_until
from dalil.numbers.intervals import exactly
from dalil.numbers.units import of_difference

_A, _B = (Amount.leaf("claim", name, exactly(1), "ratio") for name in "ab")

# The formulas that prose speaks of, by their shape.
_KINDS = {
    amount.formula.shape: kind
    for kind, amount in {
        "implied": _A / (1 + _B),
        "increment": _A - _A / (1 + _B),
        "doubling": years_until(Amount.of(1), Amount.of(2), _A),
        "index": 100 * (1 + _A),
        "share": _A / _B,
    }.items()
}


def kind_of(amount: Amount) -> str:
    """Tell which kind of result an amount is, by its formula; nothing for one of no kind, or not of claims alone.

    Examples
    --------
    >>> part, whole = (Amount.leaf("claim", name, exactly(1), "USD") for name in ("part", "whole"))
    >>> kind_of(part / whole), kind_of(part + whole)
    ('share', '')
    """
    of_claims = all(leaf.kind == "claim" for leaf in amount.formula.leaves)
    return _KINDS.get(amount.formula.shape, "") if of_claims else ""


def difference_unit(unit: str) -> str:
    """Return the unit of a difference between two numbers: for percentages percentage points.

    Examples
    --------
    >>> difference_unit("USD"), difference_unit("ratio")
    ('USD', 'ratio_difference')
    """
    return of_difference(unit, unit)


def fact_word(name: str) -> str:
    """Write a measure or subject as part of a fact's name.

    Examples
    --------
    >>> fact_word("rail freight")
    'rail_freight'
    """
    return re.sub(r"\W+", "_", name).strip("_")


def count_of(
    number: int, table: str, *, claims: tuple[str, ...] = (), sources: Iterable[str] = (), **where: object
) -> Amount:
    """Say a number of rows and what it counts.

    Parameters
    ----------
    number
        How many there are.
    table
        What was counted: a table, or a column of lists as ``table.column``.
    claims, sources
        What the rows are about, and the origins they rest on.
    where
        The rows that count, by the value of a column; ``None`` is empty and ``...`` is not.

    Examples
    --------
    >>> str(count_of(2, "mentions", kind="citation", claim_id=None).expression)
    'count(mentions, kind = citation, claim_id = none)'
    """
    return looked_up("count", number, table, "count", claims=claims, sources=sources, **where)


def looked_up(
    what: str,
    number: int,
    table: str,
    unit: str,
    *,
    claims: tuple[str, ...] = (),
    sources: Iterable[str] = (),
    **where: object,
) -> Amount:
    """Say a number that was looked up in a table, and how.

    Parameters
    ----------
    what
        How the rows are taken together: ``count``, ``distinct``, ``sum``, ``min``.
    number
        What that comes to.
    table, claims, sources, where
        As for :func:`count_of`.
    unit
        Its unit.
    """
    conditions = [f"{column} {_condition(value)}" for column, value in where.items()]
    name = f"{what}({', '.join([table, *conditions])})"
    leaf_sources = tuple(dict.fromkeys(sources))
    return Amount.leaf("table", name, exactly(Fraction(int(number))), unit, claims=claims, sources=leaf_sources)


def _condition(value: object) -> str:
    if value is None or value is ...:
        return "= none" if value is None else "≠ none"
    if isinstance(value, bool):
        return "= yes" if value else "= no"
    return f"= {' | '.join(map(str, value))}" if isinstance(value, tuple | list) else f"= {value}"


def distinct(results: Iterable[tuple[str, Amount]]) -> list[tuple[str, Amount]]:
    """List each result once, and add the claims it rests on to a name that several would have."""
    named = list(dict.fromkeys(results))
    count = Counter(name for name, _ in named)
    return [(f"{name}_{'_'.join(amount.claims)}" if count[name] > 1 else name, amount) for name, amount in named]
