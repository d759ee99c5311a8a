"""Outcomes: what the record of two countries shows for a measure, year by year, and what became of its targets."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from dalil.analysis.results import Result, fact_word
from dalil.analysis.targets import Target
from dalil.claims.claims import Claim, Claims
from dalil.numbers.growth import at_prices_of, compound_growth_rate, growth_rate, implied_base, share
from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.numbers.projection import gap as difference
from dalil.numbers.projection import relative_gap
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation, Reference

Prices = Literal["current", "constant"]
PRICES: tuple[Prices, ...] = ("current", "constant")

# The money whose prices the indices of the record are about.
DEFLATED = "USD"


@dataclass(frozen=True)
class ReportedSeries:
    """A measure of the article as one country reports it: one figure a year, an official one where there is any.

    ``series`` is what the record calls the measure.
    """

    measure: str
    subject: str
    series: str
    reporter: str
    partner: str
    figures: dict[int, Observation]

    @property
    def official(self) -> dict[int, Observation]:
        """The years for which there is an official figure."""
        return {year: one for year, one in self.figures.items() if one.status == "official"}

    @property
    def unit(self) -> str:
        """The unit of its figures."""
        return next(one.unit for one in self.figures.values())

    @property
    def suffix(self) -> str:
        """What facts about it end in: the reporter's code in small letters."""
        return self.reporter.lower()

    def growth(self, year: int) -> Estimate | None:
        """Growth over the year before; nothing where a figure is missing or nothing to grow from, or origins differ."""
        if year not in self.figures or year - 1 not in self.figures:
            return None
        before, after = self.figures[year - 1], self.figures[year]
        if before.origin != after.origin:
            return None
        return growth_rate.over_known(before.estimate, after.estimate)


@dataclass(frozen=True)
class Outcome:
    """What one country's record shows of one target; amounts in the target's unit, at current or constant prices.

    ``first_met`` has no value where the target was not met in any year of the record; its interval then starts
    after the last of them.
    """

    target: Target
    history: ReportedSeries
    prices: Prices
    reached: Observation
    value: Estimate
    gap: Estimate
    relative: Estimate
    first_met: Estimate
    needed: Estimate | None
    came: Estimate | None

    @property
    def delay(self) -> Estimate:
        """Years from the target's year to the one it was first met; without a value where it was not met."""
        return difference.over(self.first_met, exactly(self.target.year))


def reported_series(claims: Claims, reference: Reference, mappings: dict[str, SeriesMapping]) -> list[ReportedSeries]:
    """List what each of two countries reports of the measures that both report on.

    Where several origins give a figure for a year, an official one is taken before others, then the most reliable,
    then one that is not a bound; no gap is filled. A country none of whose figures is official has no history:
    what was printed does not stand in for statistics that are not there.
    """
    found = []
    for measure, mapping in mappings.items():
        about = [claim for claim in claims if claim.entry.measure == measure and mapping.is_of(claim)]
        if not mapping.between or not about:
            continue
        subject = about[0].entry.subject
        for reporter, partner in (mapping.between, mapping.between[::-1]):
            best = reference.best(mapping.series[0], reporter, partner, "turnover")
            found.append(ReportedSeries(measure, subject, mapping.series[0], reporter, partner, best))
    return [history for history in found if history.official]


def outcomes(targets: Iterable[Target], found: Iterable[ReportedSeries], index: dict[int, Fraction]) -> list[Outcome]:
    """Hold every target against every record, at current prices and, in dollars, at those of the target's base year.

    A record in another unit than the target's says nothing of it.

    Parameters
    ----------
    index
        A price index of dollars by year; a year without one has no outcome at constant prices.
    """
    listed = list(found)
    return [
        outcome
        for target in targets
        for history in listed
        if target.claim.is_about(history.measure, history.subject)
        for prices in (PRICES if target.claim.entry.unit == DEFLATED else PRICES[:1])
        for outcome in _outcome(target, history, prices, index)
    ]


def series_results(claims: Claims, found: Iterable[ReportedSeries], targets: Iterable[Target] = ()) -> list[Result]:
    """Name what each record says for the years the article speaks of, and how growth stands beside it.

    That is the level of each year; for each growth stated between two years the growth on record and the base that
    the stated growth would imply; and how the last year of growth stands to the highest year it had fallen from.

    Parameters
    ----------
    targets
        Targets whose years are wanted as well: a run may let them fall due in others than those stated.
    """
    due = list(targets)
    results: list[Result] = []
    for history in found:
        about = [c for c in claims if _same(c, history) and not c.entry.repeats]
        growths = [c for c in about if c.entry.kind == "change" and is_of_years(c)]
        years = set(years_of(claims, [history]))
        years |= {year for target in due if _same(target.claim, history) for year in (target.base_year, target.year)}
        for growth in growths:
            results += _growth_results(growth, history)
            years |= {peak} if (peak := _peak(history, growth)) else set()
        results += [_level(history, year) for year in sorted(years) if year in history.figures]
    return _apart(results)


def years_of(claims: Claims, found: Iterable[ReportedSeries]) -> list[int]:
    """List the calendar years that the claims about a measure on record speak of."""
    listed = list(found)
    about = [claim for claim in claims if any(_same(claim, history) for history in listed)]
    periods = {period for claim in about for period in (claim.entry.period, claim.entry.base_period) if period}
    return sorted({period.year for period in periods if period.is_calendar_year})


def is_of_years(claim: Claim) -> bool:
    """Tell whether a claim states a level of a calendar year, or growth between two, as a yearly series can speak to.

    Percentage points are no growth.
    """
    entry = claim.entry
    periods = {"level": [entry.period], "change": [entry.period, entry.base_period]}.get(entry.kind, [None])
    points = entry.kind == "change" and entry.unit != "ratio"
    return claim.estimate is not None and not points and all(period and period.is_calendar_year for period in periods)


def outcome_results(found: list[Outcome], priced_by: tuple[str, ...] = ()) -> list[Result]:
    """Name what became of each target: shortfall, year it was first met, growth that came and that was needed.

    A shortfall is the target less the outcome: the gap with its sign turned. Numbers at constant prices end in
    ``_real``.

    Parameters
    ----------
    priced_by
        The origins of the price index that constant prices rest on.
    """
    results: list[Result] = []
    for outcome in found:
        target, history = outcome.target, outcome.history
        real = "_real" if outcome.prices == "constant" else ""
        end = f"{history.suffix}{real}"
        claim, sources = target.claim.id, (outcome.reached.origin, *(priced_by if real else ()))
        level = f"{fact_word(history.measure)}_{target.year}_{end}"
        base = f"{fact_word(history.measure)}_{target.base_year}_{history.suffix}"
        unit, used = target.claim.entry.unit, (claim,)
        spanned = f"{target.base_year}_{target.name}_{end}"
        if real:
            prices = f"{level.removesuffix(real)} × prices in {target.base_year} / prices in {target.year}"
            results.append(Result(level, outcome.value, unit, prices, used, sources))
        short = f"target_{target.name}_shortfall_{end}"
        results += [
            Result(short, outcome.gap.negated(), unit, f"{claim} - {level}", used, sources),
            Result(
                f"target_{target.name}_first_met_{end}", outcome.first_met, "year_met",
                f"first year from {target.base_year + 1} on with {claim} or more", used, sources,
            ),
            Result(
                f"target_{target.name}_delay_{end}", outcome.delay, "delay",
                f"target_{target.name}_first_met_{end} - {target.year}", used, sources,
            ),
        ]  # fmt: skip
        if not real:
            part = f"1 - {level} / {claim}"
            results.append(Result(f"{short}_relative", outcome.relative.negated(), "ratio", part, used, sources))
        if outcome.came and outcome.needed:
            power = f"^(1/{target.periods})" if target.periods > 1 else ""
            both = tuple(dict.fromkeys((*sources, history.figures[target.base_year].origin)))
            results.append(Result(f"cagr_{spanned}", outcome.came, "ratio", f"({level} / {base}){power} - 1", (), both))
            if not real:
                formula = f"({claim} / {base}){power} - 1"
                results.append(Result(f"needed_{spanned}", outcome.needed, "ratio", formula, used, both))
    return results + _first_met(found)


def _outcome(target: Target, history: ReportedSeries, prices: Prices, index: dict[int, Fraction]) -> Iterator[Outcome]:
    def at_prices(year: int) -> Estimate | None:
        one = history.figures.get(year)
        if one is None:
            return None
        if prices == "current" or year == target.base_year:
            return one.estimate
        if year not in index or target.base_year not in index:
            return None
        return at_prices_of.over(one.estimate, exactly(index[target.base_year]), exactly(index[year]))

    value, goal = at_prices(target.year), target.claim.known
    if value is None or target.year not in history.official or history.unit != target.claim.entry.unit:
        return
    base = at_prices(target.base_year)
    came, needed = (
        base and compound_growth_rate.over_known(base, reached, periods=target.periods) for reached in (value, goal)
    )
    yield Outcome(
        target, history, prices, history.figures[target.year], value, difference.over(value, goal),
        relative_gap.over(value, goal), _met(target, history, at_prices), needed, came,
    )  # fmt: skip


def _met(target: Target, history: ReportedSeries, at_prices: Callable[[int], Estimate | None]) -> Estimate:
    """The first year after the base whose official figure is the target or more.

    Where years before it have no figure, it may have been met in any of them.
    """
    goal = target.claim.known.value
    assert goal is not None
    missed = target.base_year
    for year in sorted(year for year in history.official if year > target.base_year):
        level = at_prices(year)
        if level is None:
            continue
        if level.value is not None and level.value >= goal:
            return Estimate(Fraction(year), Interval(Fraction(missed + 1), Fraction(year)))
        missed = year
    return Estimate(None, Interval(Fraction(missed), None, low_open=True))


def _first_met(found: list[Outcome]) -> list[Result]:
    """The year each target was first met by any record, at current prices."""
    results = []
    for name, target in {outcome.target.name: outcome.target for outcome in found}.items():
        rows = [o for o in found if o.target.name == name and o.prices == "current"]
        met = [o.first_met.value for o in rows if o.first_met.value is not None]
        last = min(o.first_met.range.low for o in rows if o.first_met.range.low is not None)
        first = exactly(min(met)) if met else Estimate(None, Interval(last, None, low_open=True))
        parts = ", ".join(f"target_{name}_first_met_{o.history.suffix}" for o in rows)
        sources = tuple(dict.fromkeys(o.reached.origin for o in rows))
        results.append(
            Result(f"target_{name}_first_met", first, "year_met", f"earliest of {parts}", (target.claim.id,), sources)
        )
    return results


def _growth_results(growth: Claim, history: ReportedSeries) -> list[Result]:
    """Growth on record for the years of a stated growth, the base the stated one implies, and the years before."""
    year, before = growth.period.year, growth.base_period.year
    later, base = history.figures.get(year), history.figures.get(before)
    word = fact_word(history.measure)
    # Only growth over the year before is named by its year alone.
    by, span = ("", f"{year}") if before == year - 1 else (f"_from_{year}", f"{before}_{year}")
    results = []
    if later:
        implied = implied_base.over(later.estimate, growth.known)
        formula = f"{word}_{year}_{history.suffix} / (1 + {growth.id})"
        name = f"{word}_{before}_implied{by}_{history.suffix}"
        results.append(Result(name, implied, later.unit, formula, (growth.id,), (later.origin,)))
    if later and base and (on_record := growth_rate.over_known(base.estimate, later.estimate)):
        formula = f"{word}_{year}_{history.suffix} / {word}_{before}_{history.suffix} - 1"
        both = tuple(dict.fromkeys((later.origin, base.origin)))
        results.append(Result(f"{word}_growth_{span}_{history.suffix}", on_record, "ratio", formula, (), both))
    return results + _recovery(history, growth)


def _recovery(history: ReportedSeries, growth: Claim) -> list[Result]:
    """How far the level had fallen from its highest year, how much of that year it came back to, and when to all."""
    top, official = _peak(history, growth), history.official
    if top is None:
        return []
    year, before = growth.period.year, growth.base_period.year
    word, end = fact_word(history.measure), history.suffix
    highest, low, later = (official[y].estimate for y in (top, before, year))
    source = (official[top].origin,)
    back = [y for y in official if y > top and (official[y].estimate.value or 0) >= (highest.value or 0)]
    regained = exactly(min(back)) if back else Estimate(None, Interval(Fraction(max(official)), None, low_open=True))
    return [
        Result(
            f"{word}_change_{top}_{before}_{end}", growth_rate.over(highest, low), "ratio",
            f"{word}_{before}_{end} / {word}_{top}_{end} - 1", (), source,
        ),
        Result(
            f"{word}_{year}_of_{top}_{end}", share.over(later, highest), "ratio",
            f"{word}_{year}_{end} / {word}_{top}_{end}", (), source,
        ),
        Result(
            f"{word}_{top}_regained_{end}", regained, "year_met",
            f"first year after {top} with {word}_{top}_{end} or more", (), source,
        ),
    ]  # fmt: skip


def _peak(history: ReportedSeries, growth: Claim) -> int | None:
    """The highest official year before a growth's, the last of them, if the growth recovers part of a fall from it."""
    year, before = growth.period.year, growth.base_period.year
    values = {y: one.estimate.value for y, one in history.official.items() if one.estimate.value is not None}
    earlier = {y: value for y, value in values.items() if y < year}
    if year not in values or before not in earlier:
        return None
    top = max(earlier, key=lambda y: (earlier[y], y))
    return top if top < before and earlier[top] > values[year] else None


def _apart(results: list[Result]) -> list[Result]:
    """Each result once; one that has the name of another gets those of its claims added."""
    kept: dict[str, Result] = {}
    for result in results:
        name = result.id if kept.get(result.id, result) == result else f"{result.id}_{'_'.join(result.claims)}"
        kept.setdefault(name, replace(result, id=name))
    return list(kept.values())


def _level(history: ReportedSeries, year: int) -> Result:
    """A figure of the record under a name of its own."""
    one = history.figures[year]
    name = f"{fact_word(history.measure)}_{year}_{history.suffix}"
    formula = f"turnover {history.reporter}–{history.partner} in {year}, {one.origin}"
    return Result(name, one.estimate, one.unit, formula, (), (one.origin,))


def _same(claim: Claim, history: ReportedSeries) -> bool:
    return claim.is_about(history.measure, history.subject)
