"""Groupings: which countries, in which year, add up to a number that names neither, or to two that belong together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate, Interval, exactly, total
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation, Reference


@dataclass(frozen=True)
class Sum:
    """One set of countries: its sum in every year for which all of them have a figure, and the years that fit.

    ``added`` are the countries beyond those always counted; ``fits`` the years whose sum is what the claim's
    printing allows, ``member_years`` those in which these may have been the members, ``member_fits`` both; ``nearest``
    the year whose sum is nearest to the printed number.
    """

    claim: Claim
    grouping: str
    added: tuple[str, ...]
    sums: dict[int, Estimate]
    fits: tuple[int, ...]
    member_years: tuple[int, ...]
    nearest: int
    origins: tuple[str, ...]

    @property
    def member_fits(self) -> tuple[int, ...]:
        """The years that fit in which these may have been the members."""
        return tuple(year for year in self.fits if year in self.member_years)


@dataclass(frozen=True)
class Joint:
    """One set of countries in one year in which it may have been the group, for a claim and the one it is a part of.

    Of a country that has no figure for the part, it may be anything between none and the whole; ``missing`` names
    those. ``fits`` says that both sums are what the claims' printing allows, give or take what the figures may be off.
    """

    name: str
    part: Estimate
    whole: Estimate
    grouping: str
    added: tuple[str, ...]
    year: int
    missing: tuple[str, ...]
    fits: bool


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


def joint_sums(claims: Claims, reference: Reference, mappings: dict[str, SeriesMapping]) -> list[Joint]:
    """Hold two numbers that belong together against the same countries in the same year.

    A number alone is soon found among many sums; that two of one sentence are found in one place says more.
    """
    found: list[Joint] = []
    for ratio in claims.ratios:
        part, whole = claims[ratio.part], claims[ratio.whole]
        over, other = (mappings.get(claim.entry.measure) for claim in (part, whole))
        if ratio.inside and over and other and over.over == other.over and over.over in reference.groupings:
            found += _joint(ratio.id, part, whole, reference, (over, other))
    return found


def _joint(
    name: str, part: Claim, whole: Claim, reference: Reference, over: tuple[SeriesMapping, SeriesMapping]
) -> Iterator[Joint]:
    grouping = reference.groupings[over[0].over]
    parts, wholes = (
        {area: _values(reference, mapping, area, claim.entry.unit) for area in (*grouping.always, *grouping.sometimes)}
        for mapping, claim in zip(over, (part, whole), strict=True)
    )
    for members in grouping.members():
        missing = tuple(area for area in members if not parts[area][0])
        years = set.intersection(*(set(wholes[a][0]) & set((wholes if a in missing else parts)[a][0]) for a in members))
        if set(missing) & set(grouping.always):
            continue
        for year in meant(part, meant(whole, years)):
            if grouping.allows(members, year):
                present = total(parts[area][0][year] for area in members if area not in missing)
                at_most = total([present, *(wholes[area][0][year] for area in missing)])
                one = Estimate(present.value, Interval(present.range.low, at_most.range.high))
                other = total(wholes[area][0][year] for area in members)
                fits = all(
                    _meets(estimate, claim, reference, {name for area in members for name in values[area][1]})
                    for estimate, claim, values in ((one, part, parts), (other, whole, wholes))
                )
                added = members[len(grouping.always) :]
                yield Joint(name, one, other, over[0].over, added, year, missing, fits)


def _meets(found: Estimate, claim: Claim, reference: Reference, origins: set[str]) -> bool:
    """Whether a sum is what a claim's printing allows, give or take what the figures may be off."""
    off = max((reference.origins[name].allowance for name in origins), default=Fraction(0))
    low, high = found.range.low, found.range.high
    wider = Interval(low and low * (1 - off), high and high * (1 + off))
    return wider.meets(claim.known.range)


def meant(claim: Claim, years: Iterable[int]) -> list[int]:
    """List the years that a claim may be about: its own where it gives one, all of them otherwise."""
    period = claim.entry.period
    return sorted(year for year in years if not period or period.start.year <= year <= period.year)


@dataclass(frozen=True)
class Moved:
    """A printed number moved by so much of its last digit, and whether some sum of members fits it."""

    claim: Claim
    value: Estimate
    fits: bool


def moved_numbers(sums: Iterable[Sum]) -> list[Moved]:
    """Move each printed number, by the worth of its last digit, from the lowest sum of members to the highest.

    Among many sums nearly any number is found: where most of these are, it says little that the printed one is.
    """
    by_claim: dict[str, list[Sum]] = {}
    for one in sums:
        by_claim.setdefault(one.claim.id, []).append(one)
    return [moved for listed in by_claim.values() for moved in _moved(listed)]


def _moved(sums: list[Sum]) -> Iterator[Moved]:
    claim, members = sums[0].claim, [one.sums[year] for one in sums for year in one.member_years]
    values = [one.value for one in members if one.value is not None]
    printed, step = claim.known, claim.precision
    if not values or not step or printed.value is None or printed.range.low is None or printed.range.high is None:
        return
    first, last = ceil((min(values) - printed.value) / step), floor((max(values) - printed.value) / step)
    for by in (n * step for n in range(first, last + 1)):
        window = Interval(printed.range.low + by, printed.range.high + by)
        fits = any(one.range.meets(window) for one in members)
        yield Moved(claim, Estimate(printed.value + by, window), fits)


def landmarks(sums: Iterable[Sum]) -> Iterator[tuple[str, Amount]]:
    """Name sums that tell much: that of the last members, and the most there ever was without who decides.

    A country decides that is in every set that fits, and is not always counted.
    """
    by_claim: dict[str, list[Sum]] = {}
    for one in sums:
        by_claim.setdefault(one.claim.id, []).append(one)
    for name, listed in by_claim.items():
        if last := max((year for one in listed for year in one.member_years), default=0):
            members = [one for one in listed if last in one.member_years]
            yield f"{name}_members", _most(members, f"member_years ∋ {last}", f"sums[{last}]", last)
        fitting = [set(one.added) for one in listed if one.fits]
        for area in sorted(set.intersection(*fitting)) if fitting else ():
            without = [one for one in listed if area not in one.added]
            yield f"{name}_most_without_{area.lower()}", _most(without, f"added ∌ {area}", "highest")


def _most(sums: list[Sum], which: str, column: str, year: int | None = None) -> Amount:
    """The highest of some sums, in one year or in any."""
    values = [one.value for s in sums for y, one in s.sums.items() if year in (None, y) and one.value is not None]
    claim = sums[0].claim
    formula = f"most(groupings.{column}, claim_id = {claim.id}, {which})"
    sources = tuple(dict.fromkeys(origin for one in sums for origin in one.origins))
    return Amount.leaf("table", formula, exactly(max(values)), claim.entry.unit, claims=(claim.id,), sources=sources)


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
            member_years = tuple(year for year in sums if grouping.allows(members, year))
            yield Sum(claim, mapping.over, members[len(grouping.always) :], sums, fits, member_years, nearest, origins)


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
