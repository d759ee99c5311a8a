"""Which levels and growth rates of an article go together, so that others follow from them."""

from dalil.claims.claims import Claim, Claims


def levels_with_growth(claims: Claims) -> list[tuple[Claim, Claim]]:
    """Pair each level with the growth stated for the same measure, subject and period."""
    return [
        (level, growth)
        for level in originals(claims, "level")
        for growth in growth_rates(claims)
        if growth.entry.base_period and level.is_like(growth) and level.entry.period == growth.entry.period
    ]


def growth_without_level(claims: Claims) -> list[Claim]:
    """List the growth rates from one period to another that no stated level belongs to."""
    with_level = {growth.id for _, growth in levels_with_growth(claims)}
    return [
        growth
        for growth in growth_rates(claims)
        if growth.entry.period and growth.entry.base_period and growth.id not in with_level
    ]


def growth_rates(claims: Claims) -> list[Claim]:
    """List the stated growth rates that repeat no other; percentage points are no rate."""
    return [claim for claim in originals(claims, "change") if claim.entry.unit == "ratio"]


def originals(claims: Claims, kind: str) -> list[Claim]:
    """List the claims of one kind that state a number and repeat no other."""
    return [c for c in claims if c.entry.kind == kind and c.estimate is not None and not c.entry.repeats]


def is_yearly(growth: Claim) -> bool:
    """Tell whether a growth is yearly: from one whole year to the next, not over months or several years."""
    period, base = growth.entry.period, growth.entry.base_period
    return period is not None and base is not None and base.is_year_before(period)
