"""Asking Eurostat: figures of one country, of a data set of which all other dimensions are given."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dalil.errors import InputError
from dalil.reference.online.calling import Line
from dalil.reference.online.services import Key, Series, collected

# Where Eurostat has other letters for a country than everybody else.
_LETTERS = {"GR": "EL", "GB": "UK"}
# How many choices of a dimension are named.
_NAMED = 8


def eurostat(line: Line, dataset: str, chosen: Mapping[str, str], areas: Sequence[str], years: range) -> Series:
    """Ask Eurostat for yearly figures of countries, in the unit it prints.

    Source: Eurostat, Statistics API, version 1.0, which answers in JSON-stat 2.0.

    Parameters
    ----------
    line
        The line to the service.
    dataset, chosen, areas, years
        What is asked for: a data set, a choice for each dimension that leaves one, countries and years.

    Raises
    ------
    InputError
        A dimension is left open; the message names its choices.
    StepError
        No answer, or none that can be used; a country of which there is no figure at all.
    """
    letters = {_LETTERS.get(area, area): area for area in areas}
    told: dict[str, str] = {}

    def figures() -> Iterator[tuple[Key, object]]:
        asked = {"format": "JSON", "lang": "EN", "freq": "A", **chosen}
        between = {"sinceTimePeriod": years[0], "untilTimePeriod": years[-1]}
        path = f"/eurostat/api/dissemination/statistics/1.0/data/{dataset}"
        answer = line.get(path, {**asked, "geo": [*letters], **between})
        dimensions, sizes = answer["dimension"], dict(zip(answer["id"], answer["size"], strict=True))
        _check_one_each(dataset, dimensions, sizes)
        unit = dimensions.get("unit", {}).get("category", {}).get("label", {})
        told.update(title=str(answer["label"]), unit=next(iter(unit.values()), ""), published=answer["updated"][:10])
        places = {name: _codes(dimensions[name]) for name in ("geo", "time")}
        for place, value in answer["value"].items():
            at = _at(int(place), sizes)
            if value is not None:
                area, year = places["geo"][at["geo"]], places["time"][at["time"]]
                yield Key(letters.get(area, area), "", "", int(year)), value

    wanted = {Key(area, "", "", year) for area in areas for year in years}
    return Series(collected(line, figures, wanted, signed=True), **told)


def _check_one_each(dataset: str, dimensions: Any, sizes: Mapping[str, int]) -> None:
    """Refuse a dimension, besides country and year, that is left open."""
    problems = []
    for name in (name for name, size in sizes.items() if size > 1 and name not in ("geo", "time")):
        labels = dimensions[name]["category"]["label"]
        choices = [f"{code} ({label})" for code, label in labels.items()]
        more = ", …" if len(choices) > _NAMED else ""
        problems.append(f"{name} is left open: {', '.join(choices[:_NAMED])}{more}")
    if problems:
        then = f"Choose one of each, such as eurostat:{dataset}/{'/'.join(f'{p.split()[0]}=…' for p in problems)}"
        raise InputError.of(f"Eurostat, {dataset}", problems, then=then)


def _codes(dimension: Any) -> dict[int, str]:
    """The codes of a dimension by their place; those of one place alone may be listed without it."""
    index = dimension["category"].get("index") or [*dimension["category"]["label"]]
    return dict(enumerate(index)) if isinstance(index, list) else {int(place): code for code, place in index.items()}


def _at(place: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Where in each dimension a value is; the last dimension runs fastest."""
    found = {}
    for name, size in reversed([*sizes.items()]):
        place, found[name] = divmod(place, size)
    return found
