"""Groupings: which countries, in which year, add up to a number that names neither."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate, total
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation, Reference


@dataclass(frozen=True)
class Sum:
    """One set of countries: its sum in every year for which all of them have a figure, and the years that fit.

    ``added`` are the countries beyond those always counted; ``fits`` the years whose sum is what the claim's
    printing allows; ``nearest`` the year whose sum is nearest to the printed number.
    """

    claim: Claim
    grouping: str
    added: tuple[str, ...]
    sums: dict[int, Estimate]
    fits: tuple[int, ...]
    nearest: int
    origins: tuple[str, ...]


def sums_of(claims: Claims, reference: Reference, mappings: dict[str, SeriesMapping]) -> list[Sum]:
    """Add up every set of countries that a claim's group may stand for, in every year on record that may be meant.

    What the record gives in another unit than the claim is not held against it.
    """
    return [
        found
        for claim in claims
        if claim.entry.kind == "level" and claim.estimate and claims.first_of(claim) is claim
        for mapping in [mappings.get(claim.entry.measure)]
        if mapping and mapping.is_of(claim) and mapping.over in reference.groupings
        for found in _sums(claim, reference, mapping)
    ]


def meant(claim: Claim, years: Iterable[int]) -> list[int]:
    """List the years that a claim may be about: its own where it gives one, all of them otherwise."""
    period = claim.entry.period
    return sorted(year for year in years if not period or period.start.year <= year <= period.year)


def _sums(claim: Claim, reference: Reference, mapping: SeriesMapping) -> Iterator[Sum]:
    grouping = reference.groupings[mapping.over]
    areas, unit = (*grouping.always, *grouping.sometimes), claim.entry.unit
    values = {area: _values(reference, mapping, area, unit) for area in areas}
    printed = claim.known.value
    assert printed is not None
    for members in grouping.members():
        years = meant(claim, set.intersection(*(set(values[area][0]) for area in members)))
        sums = {year: total(values[area][0][year] for area in members) for year in years}
        if sums:
            fits = tuple(year for year, one in sums.items() if one.range.meets(claim.known.range))
            nearest = min(sums, key=lambda year: abs((sums[year].value or 0) - printed))
            origins = tuple(dict.fromkeys(origin for area in members for origin in values[area][1]))
            yield Sum(claim, mapping.over, members[len(grouping.always) :], sums, fits, nearest, origins)


def _values(
    reference: Reference, mapping: SeriesMapping, area: str, unit: str
) -> tuple[dict[int, Estimate], list[str]]:
    """A country's figures in a unit by year, with where they come from; two series are multiplied."""
    chosen = [listed[0] for measure in mapping.series if (listed := reference.series(measure, area))]
    # A rate times what it is a rate of is in the unit of that.
    units = {series.unit for series in chosen if series.unit != "ratio"} or {"ratio"}
    if len(chosen) < len(mapping.series) or units != {unit}:
        return {}, []
    years = set.intersection(*(set(series.figures) for series in chosen))
    values = {year: _product([series.figures[year] for series in chosen]).estimate for year in years}
    return values, [series.origin for series in chosen]


def _product(figures: list[Observation]) -> Amount:
    """A rate times what it is a rate of; of one figure the figure itself."""
    first, *rest = (Amount.leaf("figure", f.measure, f.estimate, f.unit, sources=(f.origin,)) for f in figures)
    return first if not rest else first * rest[0]
