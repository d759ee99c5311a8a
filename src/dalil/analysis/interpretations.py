"""Interpretations: a percentage that leaves open of what, with whom or when, worked out in every way on record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from dalil.analysis.groupings import meant
from dalil.claims.claims import Claim, Claims
from dalil.numbers.amounts import Amount, known
from dalil.numbers.intervals import Estimate, total
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Reference

WORLD = "001"

# With whom a percentage may be meant: single partners, or some of them added up. The third way is named after the
# grouping of the partners: "all-cis-partners" where that is "cis".
EACH_OF_SOME, TOGETHER = "each-of-some-partners", "those-partners-together"

# "Partners" is a plural: one of them alone is not what such a sentence speaks of.
FEWEST = 2


@dataclass(frozen=True)
class Interpretation:
    """One way to read a percentage, in one year: the number it comes to and whether that is what the claim says.

    ``value`` is the best case for the claim: of single partners the second best, since it speaks of several.
    ``partners`` are the countries it is the number of.
    """

    claim: Claim
    of_what: str
    with_whom: str
    year: int
    value: Amount
    partners: tuple[str, ...]
    holds: bool
    origins: tuple[str, ...]


def interpretations_of(
    claims: Claims, reference: Reference, mappings: dict[str, SeriesMapping]
) -> list[Interpretation]:
    """Work out every reading the record has figures for, year by year.

    Of what: growth over the year before, or a share of all trade. With whom: each of some partners, those partners
    together, or all partners of the grouping, in every set of countries that it may stand for.
    """
    found = []
    for claim in claims:
        mapping = mappings.get(claim.entry.measure)
        entry = claim.entry
        stated = claim.estimate and entry.unit == "ratio" and claims.first_of(claim) is claim
        if entry.leaves_open and stated and mapping and mapping.of and mapping.is_of(claim):
            found += list(_readings(claim, reference, mapping))
    return found


def _readings(claim: Claim, reference: Reference, mapping: SeriesMapping) -> Iterator[Interpretation]:
    grouping = reference.groupings.get(mapping.partners)
    if grouping is None:
        return
    trade: dict[str, dict[int, Estimate]] = {}
    origins: dict[str, None] = {}
    for area in (*grouping.always, *grouping.sometimes, WORLD):
        listed = reference.series(mapping.series[0], mapping.of, area, "turnover")
        if listed:
            trade[area] = {year: one.estimate for year, one in listed[0].figures.items()}
            origins |= {listed[0].origin: None}
    every = f"all-{mapping.partners}-partners"

    def choices(with_whom: str, year: int) -> list[tuple[str, ...]]:
        sets = [members for members in grouping.members() if grouping.allows(members, year)]
        partners = [area for area in trade if any(area in members for members in sets) and area != mapping.of]
        sets_of: dict[str, list[tuple[str, ...]]] = {
            EACH_OF_SOME: [(area,) for area in partners],
            TOGETHER: list(combinations(partners, FEWEST)),
            every: [tuple(area for area in members if area != mapping.of) for members in sets],
        }
        return sets_of.get(with_whom, [])

    def together(areas: tuple[str, ...], year: int) -> Amount | None:
        if any(year not in trade.get(area, {}) for area in areas):
            return None
        name = f"trade({mapping.of}, {'world' if areas == (WORLD,) else ' + '.join(areas)}, {year})"
        return Amount.leaf("figure", name, total(trade[area][year] for area in areas), "USD", sources=tuple(origins))

    ways: dict[str, Callable[[tuple[str, ...], int], Amount | None]] = {
        "growth-over-year-before": lambda areas, year: _growth(together(areas, year - 1), together(areas, year)),
        "share-of-all-trade": lambda areas, year: _share(together(areas, year), together((WORLD,), year)),
    }
    years = meant(claim, {year for figures in trade.values() for year in figures})
    for of_what in (way for way in claim.entry.leaves_open.get("of_what", ()) if way in ways):
        for with_whom in claim.entry.leaves_open.get("with_whom", ()):
            for year in years:
                numbers = ((ways[of_what](areas, year), areas) for areas in choices(with_whom, year))
                best = _best(claim, [(value, areas) for value, areas in numbers if value], with_whom)
                if best:
                    value, areas = best
                    holds = value.range.meets(claim.known.range)
                    yield Interpretation(claim, of_what, with_whom, year, value, areas, holds, tuple(origins))


def _best(
    claim: Claim, numbers: list[tuple[Amount, tuple[str, ...]]], with_whom: str
) -> tuple[Amount, tuple[str, ...]] | None:
    """The number nearest to a claim that one interpretation can come to in a year, and with which countries."""
    ranked = sorted(numbers, key=lambda pair: _nearness(claim, pair[0]), reverse=True)
    if with_whom != EACH_OF_SOME:
        return ranked[0] if ranked else None
    several = ranked[:FEWEST]
    return (several[-1][0], tuple(area for _, areas in several for area in areas)) if len(several) == FEWEST else None


def _nearness(claim: Claim, found: Amount) -> Fraction:
    """How well a number bears a claim out: the more the better for *more than*, the less the better for *less than*."""
    stated, value = claim.known, found.value or Fraction(0)
    if stated.range.high is None:
        return value
    return -value if stated.range.low is None else -abs(value - (stated.value or 0))


def _growth(before: Amount | None, after: Amount | None) -> Amount | None:
    return known(lambda: after / before - 1) if before and after else None


def _share(part: Amount | None, whole: Amount | None) -> Amount | None:
    return known(lambda: part / whole) if part and whole else None
