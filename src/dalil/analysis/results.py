"""Results: which formula applies to which claims, and what comes out, each with a way back."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from dalil.claims.claims import Claim, Claims
from dalil.errors import DomainError, InputError
from dalil.numbers.growth import (
    compound_growth_rate,
    doubling_time,
    growth_rate,
    implied_base,
    increment,
    index_number,
    share,
    whole_periods,
)
from dalil.numbers.intervals import ROUNDED_TO, Estimate, Interval, Rounding, as_printed, exactly
from dalil.numbers.periods import bounds, is_day, is_whole_year, is_year_before, year_of
from dalil.numbers.projection import gap, periods_to_target, projection, relative_gap

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


@dataclass(frozen=True)
class Target:
    """A level to be reached by a year, with the level and the growth it is measured from.

    ``name`` is what the facts about it are called by: its year, with its measure where years collide.
    ``since`` is the year that the level is taken to hold for, where that is not the one stated.
    """

    claim: Claim
    year: int
    base: Claim
    growth: Claim | None
    name: str = ""
    since: int | None = None

    @property
    def base_year(self) -> int:
        """The year of the level it is measured from."""
        return year_of(self.base.entry.period) if self.since is None else self.since

    @property
    def periods(self) -> int:
        """Years from the base to the target."""
        return self.year - self.base_year


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


def implied_bases(claims: Claims) -> list[Result]:
    """Work out the base-period level that each level with a stated growth implies."""
    return _distinct(
        Result(
            f"{fact_word(level.entry.measure)}_{year_of(growth.entry.base_period)}_implied",
            implied_base.over(level.known, growth.known),
            level.entry.unit,
            FORMULAS["implied"].format(level.id, growth.id),
            (level.id, growth.id),
        )
        for level, growth in _levels_with_growth(claims)
    )


def increments(claims: Claims) -> list[Result]:
    """Work out the increase in the level's own unit that each stated growth stands for."""
    return _distinct(
        Result(
            f"{fact_word(level.entry.measure)}_increment_{year_of(level.entry.period)}",
            increment.over(level.known, growth.known),
            difference_unit(level.entry.unit),
            FORMULAS["increment"].format(level.id, growth.id),
            (level.id, growth.id),
        )
        for level, growth in _levels_with_growth(claims)
    )


def doubling_times(claims: Claims) -> list[Result]:
    """Work out how long each level would take to double at its stated growth, where that is a growth a year."""
    growths = {growth.id: growth for _, growth in _levels_with_growth(claims) if _is_yearly(growth)}
    return _distinct(
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
    with_level = {growth.id for _, growth in _levels_with_growth(claims)}
    return _distinct(
        Result(
            f"{fact_word(claim.entry.measure)}_index_{year_of(claim.entry.period)}",
            index_number.over(claim.known),
            "index",
            FORMULAS["index"].format(claim.id),
            (claim.id,),
        )
        for claim in _growths(claims)
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


def targets_of(claims: Claims, years: tuple[int, ...] | None = None, since: int | None = None) -> list[Target]:
    """List the article's targets by year, each with the level of its measure that it is counted from.

    A target that nothing leads up to is left out: :func:`open_targets` lists those.

    Parameters
    ----------
    years
        The years in which the targets fall due, in the order of the text, instead of those stated.
    since
        The year that the last stated level of each target's measure is taken to hold for, instead of its own.

    Raises
    ------
    InputError
        As many years are needed as there are targets; no target may be given a year that its measure's
        levels, or ``since``, do not lie before, nor two targets of one measure fall due in one year.
    """
    stated = [claim for claim in _originals(claims, "target") if claim.entry.period]
    if years is not None and len(years) != len(stated):
        named = f" ({', '.join(c.id for c in stated)})" if stated else ""
        problem = f"{len(years)} years given for {len(stated)} targets{named}"
        raise InputError.of("parameter target_years", [problem], then="Give one year for each target, or stated.")
    targets: list[Target] = []
    problems = []
    for number, claim in enumerate(stated):
        year = years[number] if years is not None else year_of(claim.entry.period)
        base = _base(claims, claim, year if since is None else None)
        if base is None and years is not None and (latest := _base(claims, claim, None)):
            problems.append(f"{claim.id} falls due in {year}, its base year is {_year(latest)} ({latest.id})")
        if base is None or _is_below(claim, base):
            continue
        if since is not None and year <= since:
            problems.append(f"{claim.id} falls due in {year}, its base year is {since} (parameter base_year)")
        if any(t.year == year and _same(t.claim, claim) for t in targets):
            problems.append(f"{claim.id} falls due in {year}, as another target does")
        targets.append(Target(claim, year, base, _latest_growth(claims, claim), since=since))
    if problems:
        then = "Let each target fall due in a later year of its own."
        changed = [name for name, value in (("base_year", since), ("target_years", years)) if value is not None]
        raise InputError.of(f"parameter {' and '.join(changed)}" if changed else "targets", problems, then=then)
    targets.sort(key=lambda target: target.year)
    names = target_names([(t.claim.entry.measure, t.claim.entry.subject, t.year) for t in targets])
    return [replace(target, name=name) for target, name in zip(targets, names, strict=True)]


def open_targets(claims: Claims) -> list[tuple[Claim, str]]:
    """List the dated targets that :func:`targets_of` leaves out, each with what stands in the way.

    That is ``no-level`` where no level above zero is stated for a whole year or a day before the target's
    year, ``lower`` where the target lies below that level: it is then a fall that is aimed at.
    """
    found = []
    for claim in _originals(claims, "target"):
        if claim.entry.period:
            base = _base(claims, claim, year_of(claim.entry.period))
            if base is None or _is_below(claim, base):
                found.append((claim, "no-level" if base is None else "lower"))
    return found


def target_names(targets: list[tuple[str, str, int]]) -> list[str]:
    """Name targets by their year; where two fall due in one year, all by measure, and subject, as well.

    Parameters
    ----------
    targets
        Measure, subject and year of each.

    Examples
    --------
    >>> target_names([("trade", "all", 2018), ("trade", "all", 2020)])
    ['2018', '2020']
    >>> target_names([("trade", "all", 2018), ("rail freight", "all", 2018)])
    ['trade_2018', 'rail_freight_2018']
    """
    if len({year for _, _, year in targets}) == len(targets):
        return [str(year) for _, _, year in targets]
    several = len({measure for measure, _, _ in targets}) < len({(measure, subject) for measure, subject, _ in targets})
    return [
        "_".join([fact_word(measure), *([fact_word(subject)] if several else []), str(year)])
        for measure, subject, year in targets
    ]


def required_growth(targets: list[Target]) -> list[Result]:
    """Work out the growth each target needs, in total and a year, from the base and from the target before it."""
    results: list[Result] = []
    for number, target in enumerate(targets):
        starts = [(target.base, target.base_year, "")]
        starts += [(t.claim, t.year, f"{t.name}_") for t in targets[:number] if t.base is target.base][-1:]
        for start, year, prefix in starts:
            results += _required(target, start, target.year - year, f"{prefix}{target.name}")
    return results


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


def readings(claim: Claim) -> list[tuple[Rounding, Estimate]]:
    """List what a claim's printed number may stand for, under each way of rounding."""
    value = claim.known.value
    assert value is not None
    ways: tuple[Rounding, ...] = ("half-unit", "floor", "ceiling", "exact")
    return [(way, as_printed(value, claim.precision, claim.comparator, way)) for way in ways]


def _originals(claims: Claims, kind: str) -> list[Claim]:
    """Claims of one kind that state a number and repeat no other."""
    return [c for c in claims if c.entry.kind == kind and c.estimate is not None and not c.entry.repeats]


def _growths(claims: Claims) -> list[Claim]:
    """Stated growth rates that repeat no other; percentage points are no rate."""
    return [claim for claim in _originals(claims, "change") if claim.entry.unit == "ratio"]


def _levels_with_growth(claims: Claims) -> list[tuple[Claim, Claim]]:
    """Pairs of a level and the growth stated for the same measure, subject and period."""
    return [
        (level, growth)
        for level in _originals(claims, "level")
        for growth in _growths(claims)
        if growth.entry.base_period and _same(level, growth) and level.entry.period == growth.entry.period
    ]


def _same(one: Claim, other: Claim) -> bool:
    return (one.entry.measure, one.entry.subject) == (other.entry.measure, other.entry.subject)


def _is_yearly(growth: Claim) -> bool:
    """Whether a growth leads from one whole year to the next; over months or several years it is no yearly rate."""
    period, base = growth.entry.period, growth.entry.base_period
    return bool(period and base) and is_year_before(base, period)


def _latest_growth(claims: Claims, target: Claim) -> Claim | None:
    """The last yearly growth stated for a target's measure."""
    found = [c for c in _growths(claims) if _is_yearly(c) and _same(c, target)]
    return max(found, key=lambda c: bounds(c.entry.period), default=None)


def _base(claims: Claims, target: Claim, year: int | None) -> Claim | None:
    """The last level of a target's measure, for a whole year or a day before ``year``, that growth can start from."""
    found = [
        c
        for c in _originals(claims, "level")
        if _same(c, target)
        and c.entry.period
        and (is_whole_year(c.entry.period) or is_day(c.entry.period))
        and (year is None or _year(c) < year)
        and c.known.value
    ]
    return max(found, key=lambda c: bounds(c.entry.period), default=None)


def _is_below(target: Claim, base: Claim) -> bool:
    """Whether a target asks for less than there is."""
    goal, level = target.known.value, base.known.value
    assert goal is not None
    assert level is not None
    return goal < level


def _year(claim: Claim) -> int:
    return year_of(claim.entry.period)


def _distinct(results: Iterable[Result]) -> list[Result]:
    """Add the claims a result rests on to a name that several would have."""
    listed = list(results)
    count = Counter(result.id for result in listed)
    return [replace(r, id=f"{r.id}_{'_'.join(r.claims)}") if count[r.id] > 1 else r for r in listed]


def _required(target: Target, start: Claim, periods: int, name: str) -> list[Result]:
    """Growth from a start to a target, in total and, over several years, a year."""
    used = (start.id, target.claim.id)
    total = growth_rate.over(start.known, target.claim.known)
    results = [Result(f"required_growth_{name}", total, "ratio", f"{target.claim.id} / {start.id} - 1", used)]
    if periods > 1:
        yearly = compound_growth_rate.over(start.known, target.claim.known, periods=periods)
        formula = f"({target.claim.id} / {start.id})^(1/{periods}) - 1"
        results.append(Result(f"required_cagr_{name}", yearly, "ratio", formula, used))
    return results


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
