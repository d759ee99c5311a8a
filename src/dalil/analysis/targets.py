"""Targets: levels to be reached by a year, what each is counted from, and the growth that it needs."""

from dataclasses import dataclass, replace
from fractions import Fraction

from dalil.analysis.implied import growth_rates, is_yearly, originals
from dalil.analysis.results import fact_word
from dalil.claims.claims import Claim, Claims
from dalil.errors import InputError


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
        return self.base.period.year if self.since is None else self.since

    @property
    def goal(self) -> Fraction:
        """The level to be reached."""
        goal = self.claim.known.value
        assert goal is not None
        return goal

    @property
    def periods(self) -> int:
        """Years from the base to the target."""
        return self.year - self.base_year


def targets_of(claims: Claims, years: tuple[int, ...] | None = None, since: int | None = None) -> list[Target]:
    """List the article's targets by year, each with the level of its measure that it is counted from.

    A target that nothing leads up to is left out, and so is a share, which growth would carry past the whole:
    :func:`open_targets` lists those.

    Parameters
    ----------
    claims
        The article's claims.
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
    stated = [claim for claim in originals(claims, "target") if claim.entry.period]
    if years is not None and len(years) != len(stated):
        named = f" ({', '.join(c.id for c in stated)})" if stated else ""
        problem = f"{len(years)} years given for {len(stated)} targets{named}"
        raise InputError.of("parameter target_years", [problem], then="Give one year for each target, or stated.")
    targets: list[Target] = []
    problems = []
    for number, claim in enumerate(stated):
        year = years[number] if years is not None else claim.period.year
        base = _base(claims, claim, year if since is None else None)
        if base is None and years is not None and (latest := _base(claims, claim, None)):
            problems.append(f"{claim.id} falls due in {year}, its base year is {latest.period.year} ({latest.id})")
        if base is None or _is_below(claim, base) or claim.entry.unit == "ratio":
            continue
        if since is not None and year <= since:
            problems.append(f"{claim.id} falls due in {year}, its base year is {since} (parameter base_year)")
        if any(t.year == year and t.claim.is_like(claim) for t in targets):
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
    year, ``lower`` where the target lies below that level: it is then a fall that is aimed at, and ``share``
    where growth would carry it past the whole.
    """
    found = []
    for claim in originals(claims, "target"):
        if claim.entry.period:
            base = _base(claims, claim, claim.period.year)
            if base is None or _is_below(claim, base):
                found.append((claim, "no-level" if base is None else "lower"))
            elif claim.entry.unit == "ratio":
                found.append((claim, "share"))
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


def _latest_growth(claims: Claims, target: Claim) -> Claim | None:
    """The last yearly growth stated for a target's measure."""
    found = [c for c in growth_rates(claims) if is_yearly(c) and c.is_like(target)]
    return max(found, key=lambda c: c.period, default=None)


def _base(claims: Claims, target: Claim, year: int | None) -> Claim | None:
    """The last level of a target's measure, for a whole year or a day before ``year``, that growth can start from."""
    found = [
        c
        for c in originals(claims, "level")
        if c.is_like(target)
        and c.entry.period
        and (c.period.is_whole_year or c.period.is_day)
        and (year is None or c.period.year < year)
        and c.known.value
    ]
    return max(found, key=lambda c: c.period, default=None)


def _is_below(target: Claim, base: Claim) -> bool:
    """Whether a target asks for less than there is."""
    goal, level = target.known.value, base.known.value
    assert goal is not None
    assert level is not None
    return goal < level
