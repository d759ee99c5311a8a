"""Grids: the sets of parameters that a file asks for, as products, side by side, as lists or ranges."""

import itertools
import math
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from dalil.errors import InputError, nearest
from dalil.parameters import Parameters, checked
from dalil.project import shown
from dalil.yamlfile import line_of, read_yaml

# More sets than these are better told by what follows from the formulas than run one by one.
MOST = 100_000
_RANGE = ("from", "to", "step")
_WAYS = ("product", "zip")
_LIKE = """\
Write it like this, one part of the two or both:
  product: {base_growth: {from: 0.1, to: 0.4, step: 0.1}, rounding: [half-unit, exact]}
  zip: {base_year: [2017, 2018], target_years: [[2019, 2022], [2020, 2023]]}"""

Set = dict[str, Any]
# For each way of combining, lists by parameter.
Lists = dict[str, dict[str, list[Any]]]


def read_grid(path: Path, given: Parameters, allowed: Collection[str]) -> dict[str, tuple[Set, Parameters]]:
    """Read the sets of a grid: every combination of what ``product`` lists, each with what ``zip`` has side by side.

    Parameters
    ----------
    path
        A YAML file.
    given
        The parameters that the grid does not name.
    allowed
        The parameters that a grid may vary.

    Returns
    -------
    dict
        For each set, by a number that names it, what it varies and all of its parameters.

    Raises
    ------
    InputError
        With everything that is wrong in the file.
    """
    lists: Lists = {way: {} for way in _WAYS}
    if problems := [*_read(read_yaml(path), allowed, lists), *_wrong(lists)]:
        raise InputError.of(shown(path), dict.fromkeys(problems), then=f"Nothing was run. {_LIKE}")
    product, side = lists["product"], lists["zip"]
    sets = [
        dict(zip((*product, *side), (*one, *other), strict=True))
        for one in itertools.product(*product.values())
        for other in (zip(*side.values(), strict=True) if side else [()])
    ]
    base, digits = given.model_dump(), len(str(len(sets)))
    return {f"{n:0{digits}}": (one, checked({**base, **one}, shown(path))) for n, one in enumerate(sets, start=1)}


def _read(data: Any, allowed: Collection[str], lists: Lists) -> Iterator[str]:
    """Read the lists, and say what of them cannot be."""
    if not isinstance(data, Mapping) or not data:
        yield "there is neither product nor zip in it"
        return
    for way, named in data.items():
        if way not in _WAYS or not isinstance(named, Mapping):
            allows = "names with their values are needed" if way in _WAYS else nearest(way, _WAYS)
            yield f'line {line_of(data, way)}: "{way}": {allows}'
            continue
        for name, value in named.items():
            where = f"line {line_of(named, name)}: {name}"
            if name not in allowed:
                known = (
                    "nothing that a sweep works out follows it" if name in Parameters.model_fields else "no parameter"
                )
                yield f"{where}: {known}; {nearest(name, allowed)}"
                continue
            try:
                lists[way][name] = _values(value)
            except ValueError as error:
                yield f"{where}: {error}"


def _wrong(lists: Lists) -> Iterator[str]:
    """Say what is wrong with lists by themselves, and beside each other."""
    product, side = lists["product"], lists["zip"]
    yield from (f"{name} is given twice" for name in product if name in side)
    lengths = {name: len(values) for name, values in side.items()}
    if len(set(lengths.values())) > 1:
        yield f"zip: lists of one length are needed; found {', '.join(f'{n} of {name}' for name, n in lengths.items())}"
    if (count := math.prod(map(len, product.values())) * max(lengths.values(), default=1)) > MOST:
        yield f"it has {count} sets; allowed: up to {MOST}"
    for name, values in (*product.items(), *side.items()):
        for value in values:
            try:
                checked({name: value})
            except InputError as error:
                yield from error.problems


def _values(value: Any) -> list[Any]:
    """The values of a parameter: a list as it stands, or all of a range, reckoned exactly."""
    if isinstance(value, list) and value:
        return list(value)
    ranged = isinstance(value, Mapping) and set(value) == set(_RANGE)
    numbers: list[Any] = [value[part] for part in _RANGE] if ranged else []
    if not numbers or not all(type(n) in {int, float} and math.isfinite(n) for n in numbers):
        raise ValueError("a list of values is needed, or from, to and step, which are numbers")
    first, last, step = (Fraction(str(number)) for number in numbers)
    if step <= 0 or last < first:
        raise ValueError("a range goes up: its step is above 0, and it ends where it begins, or above")
    count = int((last - first) / step) + 1
    if count > MOST:
        raise ValueError(f"the range has {count} values; allowed: up to {MOST}")
    kind = int if all(isinstance(number, int) for number in numbers) else float
    return [kind(first + step * number) for number in range(count)]
