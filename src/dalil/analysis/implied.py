"""What levels and growth rates imply: the levels before, increments, doubling times, indices and shares."""

from dalil.analysis.results import FORMULAS, Result, difference_unit, distinct, fact_word
from dalil.claims.claims import Claim, Claims
from dalil.errors import DomainError, InputError
from dalil.numbers.growth import doubling_time, implied_base, increment, index_number, share


def implied_bases(claims: Claims) -> list[Result]:
    """Work out the base-period level that each level with a stated growth implies."""
    return distinct(
        Result(
            f"{fact_word(level.entry.measure)}_{growth.base_period.year}_implied",
            implied_base.over(level.known, growth.known),
            level.entry.unit,
            FORMULAS["implied"].format(level.id, growth.id),
            (level.id, growth.id),
        )
        for level, growth in levels_with_growth(claims)
    )


def increments(claims: Claims) -> list[Result]:
    """Work out the increase in the level's own unit that each stated growth stands for."""
    return distinct(
        Result(
            f"{fact_word(level.entry.measure)}_increment_{level.period.year}",
            increment.over(level.known, growth.known),
            difference_unit(level.entry.unit),
            FORMULAS["increment"].format(level.id, growth.id),
            (level.id, growth.id),
        )
        for level, growth in levels_with_growth(claims)
    )


def doubling_times(claims: Claims) -> list[Result]:
    """Work out how long each level would take to double at its stated growth, where that is a growth a year."""
    growths = {growth.id: growth for _, growth in levels_with_growth(claims) if is_yearly(growth)}
    return distinct(
        Result(
            f"{fact_word(growth.entry.measure)}_doubling_time",
            doubling_time.over(growth.known),
            "year",
            FORMULAS["doubling"].format(growth.id),
            (growth.id,),
        )
        for growth in growths.values()
    )


def index_numbers(claims: Claims) -> list[Result]:
    """Write each stated growth without a stated level as an index, base period = 100."""
    with_level = {growth.id for _, growth in levels_with_growth(claims)}
    return distinct(
        Result(
            f"{fact_word(claim.entry.measure)}_index_{claim.period.year}",
            index_number.over(claim.known),
            "index",
            FORMULAS["index"].format(claim.id),
            (claim.id,),
        )
        for claim in growth_rates(claims)
        if claim.entry.period and claim.entry.base_period and claim.id not in with_level
    )


def shares(claims: Claims) -> list[Result]:
    """Work out the shares that the claims file asks for; there is none of a whole of zero.

    Raises
    ------
    InputError
        Part and whole are in different units.
    """
    results = []
    for ratio in claims.ratios:
        part, whole = claims[ratio.part], claims[ratio.whole]
        if part.entry.unit != whole.entry.unit:
            raise InputError.of(
                f"ratio {ratio.id}",
                [f"{part.id} is in {part.entry.unit}, {whole.id} in {whole.entry.unit}"],
                then="Compare claims in one unit.",
            )
        try:
            estimate = share.over(part.known, whole.known)
        except DomainError:
            continue
        formula = FORMULAS["share"].format(part.id, whole.id)
        results.append(Result(ratio.id, estimate, "ratio", formula, (part.id, whole.id)))
    return results


def levels_with_growth(claims: Claims) -> list[tuple[Claim, Claim]]:
    """Pairs of a level and the growth stated for the same measure, subject and period."""
    return [
        (level, growth)
        for level in originals(claims, "level")
        for growth in growth_rates(claims)
        if growth.entry.base_period and level.is_like(growth) and level.entry.period == growth.entry.period
    ]


def growth_rates(claims: Claims) -> list[Claim]:
    """Stated growth rates that repeat no other; percentage points are no rate."""
    return [claim for claim in originals(claims, "change") if claim.entry.unit == "ratio"]


def originals(claims: Claims, kind: str) -> list[Claim]:
    """Claims of one kind that state a number and repeat no other."""
    return [c for c in claims if c.entry.kind == kind and c.estimate is not None and not c.entry.repeats]


def is_yearly(growth: Claim) -> bool:
    """Whether a growth leads from one whole year to the next; over months or several years it is no yearly rate."""
    period, base = growth.entry.period, growth.entry.base_period
    return period is not None and base is not None and base.is_year_before(period)
