"""Projections: where growth leads, how far that is from each target, and when the target is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dalil.analysis.results import Result, difference_unit
from dalil.analysis.targets import Target
from dalil.claims.claims import Claim
from dalil.numbers.growth import whole_periods
from dalil.numbers.intervals import ROUNDED_TO, Estimate, Interval, Rounding, as_printed, exactly
from dalil.numbers.projection import gap, periods_to_target, projection, relative_gap


@dataclass(frozen=True)
class Projection:
    """What one growth rate brings for one target: projection, gap and arrival."""

    target: Target
    scenario: str
    growth: Estimate
    projected: Estimate
    gap: Estimate
    gap_relative: Estimate
    years: Estimate
    arrival: Estimate


def projections(targets: list[Target], base_growth: Fraction | None, rates: Iterable[Fraction]) -> list[Projection]:
    """Project every target's level at the base growth and at each scenario rate.

    Parameters
    ----------
    base_growth
        A ratio a year, or ``None`` for the growth the article states for the measure.
    rates
        Further growth rates, ratios a year.
    """
    rows = []
    for target in targets:
        if base_growth is not None:
            growths = [("base", exactly(base_growth))]
        else:
            growths = [("base", target.growth.known)] if target.growth else []
        growths += [(str(float(rate)), exactly(rate)) for rate in rates]
        rows += [_projection(target, scenario, growth) for scenario, growth in growths]
    return rows


def projection_results(rows: list[Projection], base_growth: Fraction | None) -> list[Result]:
    """Name the numbers of the base scenario: projection, gap, its width, and the year of arrival."""
    results: list[Result] = []
    for row in rows:
        if row.scenario != "base":
            continue
        target, name = row.target, row.target.name
        unit, apart = target.claim.entry.unit, difference_unit(target.claim.entry.unit)
        if base_growth is None and target.growth is not None:
            rate, used = target.growth.id, [target.base.id, target.growth.id]
        else:
            rate, used = "base_growth", [target.base.id]
        all_used = (*used, target.claim.id)
        path = f"{target.base.id} × (1 + {rate})^{target.periods}"
        years = f"ln({target.claim.id} / {target.base.id}) / ln(1 + {rate})"
        results += [
            Result(f"projected_{name}", row.projected, unit, path, tuple(used)),
            Result(f"gap_{name}", row.gap, apart, f"projected_{name} - {target.claim.id}", all_used),
            Result(
                f"gap_{name}_relative", row.gap_relative, "ratio", f"projected_{name} / {target.claim.id} - 1", all_used
            ),
            Result(f"years_to_target_{name}", row.years, "year", years, all_used),
            Result(
                f"arrival_{name}",
                row.arrival,
                "calendar_year",
                f"{target.base_year} + ceiling(years_to_target_{name})",
                all_used,
            ),
        ]
        if row.gap.range.width is not None:
            width = exactly(row.gap.range.width)
            results.append(Result(f"gap_{name}_width", width, apart, f"high - low of gap_{name}", all_used))
    return results


def sensitivity(
    target: Target, rates: Iterable[Fraction], years: Iterable[int]
) -> list[tuple[Fraction, int, Fraction]]:
    """Lay out growth rate × year: the level reached as a share of the target, from the printed base."""
    assert target.base.known.value is not None
    assert target.claim.known.value is not None
    rows = []
    for rate in rates:
        for year in years:
            reached = projection(target.base.known.value, rate, year - target.base_year)
            assert reached is not None
            rows.append((rate, year, reached / target.claim.known.value))
    return rows


def roundings(claim: Claim) -> list[tuple[Rounding, Estimate]]:
    """List what a claim's printed number may stand for, under each way of rounding."""
    value = claim.known.value
    assert value is not None
    ways: tuple[Rounding, ...] = ("half-unit", "floor", "ceiling", "exact")
    return [(way, as_printed(value, claim.precision, claim.comparator, way)) for way in ways]


def _projection(target: Target, scenario: str, growth: Estimate) -> Projection:
    projected = projection.over(target.base.known, growth, periods=target.periods)
    years = periods_to_target(target.base.known, target.claim.known, growth)
    return Projection(
        target=target,
        scenario=scenario,
        growth=growth,
        projected=projected,
        gap=gap.over(projected, target.claim.known),
        gap_relative=relative_gap.over(projected, target.claim.known),
        years=years,
        arrival=_arrival(target.base_year, years),
    )


def _arrival(base_year: int, years: Estimate) -> Estimate:
    """The calendar year in which a number of years after the base year is up.

    The high end is taken without the allowance for rounded logarithms: an exact hit is that year.
    """

    def year(periods: Fraction | None) -> Fraction | None:
        return None if periods is None else Fraction(base_year + whole_periods(periods))

    high = years.range.high if years.range.high is None or not years.range.width else years.range.high - ROUNDED_TO
    return Estimate(year(years.value), Interval(year(years.range.low), year(high)))
