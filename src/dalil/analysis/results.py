"""Results: derived numbers with names, each with the claims and sources it rests on."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dalil.numbers.intervals import Estimate, exactly

# How each kind of result is worked out, in terms of the claims it rests on; a formula tells its kind.
FORMULAS = {
    "implied": "{0} / (1 + {1})",
    "increment": "{0} - {0} / (1 + {1})",
    "doubling": "ln 2 / ln(1 + {0})",
    "index": "100 × (1 + {0})",
    "share": "{0} / {1}",
}


@dataclass(frozen=True)
class Result:
    """A derived number: name, estimate in a base unit, formula, the claims and the origins it rests on."""

    id: str
    estimate: Estimate
    unit: str
    formula: str
    claims: tuple[str, ...]
    sources: tuple[str, ...] = ()


def difference_unit(unit: str) -> str:
    """Return the unit of a difference between two numbers: for percentages percentage points.

    Examples
    --------
    >>> difference_unit("USD"), difference_unit("ratio")
    ('USD', 'ratio_difference')
    """
    return "ratio_difference" if unit == "ratio" else unit


def fact_word(name: str) -> str:
    """Write a measure or subject as part of a fact's name.

    Examples
    --------
    >>> fact_word("rail freight")
    'rail_freight'
    """
    return re.sub(r"\W+", "_", name).strip("_")


def kind_of(formula: str, claims: tuple[str, ...]) -> str:
    """Tell which kind of result a formula gives; nothing for one of no kind in FORMULAS.

    Examples
    --------
    >>> kind_of("part / whole", ("part", "whole"))
    'share'
    """
    operands = (*claims, "", "")
    return next((kind for kind, pattern in FORMULAS.items() if pattern.format(*operands) == formula), "")


def counted(claim: str, counts: Mapping[str, int], table: str, origins: Iterable[tuple[str, ...]]) -> list[Result]:
    """Name what was counted in a table of a claim: each count under the claim's name and its own.

    Parameters
    ----------
    origins
        Where the figures of each row of the table come from.

    Examples
    --------
    >>> [result.id for result in counted("trade", {"ways": 2}, "multiverse.csv", [("office",)])]
    ['trade_ways']
    """
    sources = tuple(dict.fromkeys(origin for row in origins for origin in row))
    return [
        Result(f"{claim}_{name}", exactly(count), "count", f"counted in {table}", (claim,), sources)
        for name, count in counts.items()
    ]


def distinct(results: Iterable[Result]) -> list[Result]:
    """Add the claims a result rests on to a name that several would have."""
    listed = list(results)
    count = Counter(result.id for result in listed)
    return [replace(r, id=f"{r.id}_{'_'.join(r.claims)}") if count[r.id] > 1 else r for r in listed]
