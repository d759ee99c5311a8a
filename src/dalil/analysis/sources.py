"""Sources: each claim held against each source of the record, and how the claim stands when all have spoken."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dalil.analysis.groupings import Sum
from dalil.analysis.growth import growth_rate
from dalil.analysis.outcomes import History
from dalil.analysis.readings import Reading
from dalil.analysis.targets import gap as difference
from dalil.claims.claims import Claim, Claims
from dalil.claims.intervals import Estimate
from dalil.claims.periods import bounds, is_whole_year, year_of
from dalil.reference.counterparts import Counterpart
from dalil.reference.record import Observation, Reference, Reliability, Statement

Spoken = Literal["agrees", "differs", "silent", "related"]
Rating = Literal[
    "confirmed", "supported", "possible", "disputed", "doubtful", "contradicted", "not-reproduced", "unsettled",
    "unchecked",
]  # fmt: skip
_WEIGHTS: dict[Reliability, int] = {"low": 1, "medium": 2, "high": 3}


@dataclass(frozen=True)
class SourceCheck:
    """What one source says of one claim.

    ``agrees`` is within the rounding of both; ``related`` is about the same thing but not comparable (another
    period, another subject, an expectation), and weighs nothing; ``silent`` has a series and no figure for it.
    ``origins`` are several where a growth is worked out from two; empty where no series of a reporter is there.
    """

    claim: str
    origins: tuple[str, ...]
    reporter: str
    found: Literal["level", "growth", "statement", "series"]
    period: str
    estimate: Estimate | None
    iso: str
    unit: str
    basis: str
    status: str
    verdict: Spoken
    difference: Estimate | None
    reliability: str
    note: str


@dataclass(frozen=True)
class Assessment:
    """How a claim stands: what the article itself says of it, how many sources speak, and a rating with its rule.

    ``first`` is the claim it states again, whose rating it shares.
    """

    claim: str
    itself: Literal["agrees", "differs", "cannot-be-checked"]
    agreeing: int
    differing: int
    silent: int
    rating: Rating
    first: str = ""


def check_sources(
    claims: Claims, reference: Reference, counterparts: dict[str, Counterpart], found: Iterable[History]
) -> list[SourceCheck]:
    """Hold every claim against every series and statement that is about the same thing.

    A claim that states another one again is left to that one.
    """
    listed = list(found)
    checks: list[SourceCheck] = []
    for claim in claims:
        if claim.entry.repeats:
            continue
        about = {h.reporter: h for h in listed if _is_about(claim, h)}
        counterpart = counterparts.get(claim.entry.measure)
        for reporter in counterpart.between if counterpart else ():
            history = about.get(reporter)
            checks += _against_series(claim, reference, history) if history else _silent(claim, reporter, ())
        for statement in reference.statements:
            if statement.measure == claim.entry.measure:
                checks += _against_statement(claim, reference, statement)
    return checks


def assess(
    claims: Claims, checks: list[SourceCheck], sums: list[Sum], readings: list[Reading], itself: Mapping[str, str]
) -> list[Assessment]:
    """Rate every claim by the first rule of the scale that fits (see :data:`SCALE`).

    Parameters
    ----------
    itself
        For each claim what the article says of it elsewhere: agrees, differs or cannot-be-checked.
    """
    rated: dict[str, Assessment] = {}
    for claim in claims:
        first = claims.claims.get(claim.entry.repeats)
        if first is not None and claim.estimate == first.estimate and claim.iso == first.iso:
            base = rated[first.id]
            rated[claim.id] = Assessment(
                claim.id, _itself(itself, claim), base.agreeing, base.differing, base.silent, base.rating, first.id
            )
            continue
        spoken = [check for check in checks if check.claim == claim.id]
        case = Case(
            agree=tuple(_weight(c) for c in spoken if c.verdict == "agrees"),
            differ=tuple(_weight(c) for c in spoken if c.verdict == "differs"),
            tried=sum(len(s.sums) for s in sums if s.claim.id == claim.id)
            + sum(r.claim.id == claim.id for r in readings),
            fitting=sum(len(s.fits) for s in sums if s.claim.id == claim.id)
            + sum(r.holds for r in readings if r.claim.id == claim.id),
        )
        rating = next(name for name, rule in SCALE.items() if rule(case))
        silent = sum(check.verdict == "silent" for check in spoken)
        rated[claim.id] = Assessment(
            claim.id, _itself(itself, claim), len(case.agree), len(case.differ), silent, rating
        )
    return list(rated.values())


def tally_ratings(checks: list[SourceCheck], rated: list[Assessment]) -> dict[str, int]:
    """Count claims by rating, a claim made twice once, and the sources that were compared."""
    firsts = [one for one in rated if not one.first]
    counts = {f"claims_{name.replace('-', '_')}": sum(one.rating == name for one in firsts) for name in SCALE}
    compared = {origin for check in checks if check.verdict in {"agrees", "differs"} for origin in check.origins}
    return {"claims_rated": len(firsts), **counts, "sources_compared": len(compared)}


@dataclass(frozen=True)
class Case:
    """What a rating rests on: the weights of sources that agree and differ, and the ways tried and fitting."""

    agree: tuple[int, ...]
    differ: tuple[int, ...]
    tried: int
    fitting: int

    @property
    def strong(self) -> tuple[int, int]:
        """The weight of the best source on either side."""
        return max(self.agree, default=0), max(self.differ, default=0)


# The scale, in the order in which its rules are asked. Nothing is called contradicted on a source that is not of high
# reliability, and nothing confirmed either.
SCALE: dict[Rating, Callable[[Case], bool]] = {
    "possible": lambda case: case.fitting > 0,
    "not-reproduced": lambda case: case.tried > 0,
    "unchecked": lambda case: not case.agree and not case.differ,
    "disputed": lambda case: min(case.strong) >= _WEIGHTS["medium"],
    "confirmed": lambda case: case.strong[0] == _WEIGHTS["high"],
    "contradicted": lambda case: case.strong[1] == _WEIGHTS["high"],
    "supported": lambda case: case.strong[0] == _WEIGHTS["medium"],
    "doubtful": lambda case: case.strong[1] == _WEIGHTS["medium"],
    "unsettled": lambda case: bool(case.agree or case.differ),
}


def _is_about(claim: Claim, history: History) -> bool:
    return (claim.entry.measure, claim.entry.subject) == (history.measure, history.subject)


def _against_series(claim: Claim, reference: Reference, history: History) -> Iterator[SourceCheck]:
    """Hold a level or a yearly growth against what one country reports."""
    entry = claim.entry
    if not _is_yearly(claim):
        return
    year = year_of(entry.period)
    if entry.kind == "level":
        figures = [[one] for one in _all(reference, history, year)]
    else:
        base = year_of(entry.base_period) if entry.base_period and is_whole_year(entry.base_period) else year - 1
        chosen = [history.figures.get(base), history.figures.get(year)]
        figures = [[one for one in chosen if one]] if all(chosen) else []
    for listed in figures:
        estimate = listed[0].estimate
        if entry.kind == "change":
            estimate = growth_rate.over(listed[0].estimate, listed[1].estimate)
        yield _check(
            claim, reference, tuple(dict.fromkeys(one.origin for one in listed)), history.reporter,
            "level" if entry.kind == "level" else "growth", entry.period, estimate, listed[-1].basis,
            " ".join(dict.fromkeys(one.status for one in listed)), "; ".join(one.note for one in listed if one.note),
        )  # fmt: skip
    official = history.official
    wanted = {year} if entry.kind == "level" else {year, year - 1}
    if not wanted <= set(official):
        yield from _silent(claim, history.reporter, tuple(dict.fromkeys(one.origin for one in official.values())))


def _silent(claim: Claim, reporter: str, origins: tuple[str, ...]) -> Iterator[SourceCheck]:
    """Say that a country's statistics have no figure for a claim; no origin where none of them is there."""
    if _is_yearly(claim):
        yield SourceCheck(
            claim.id, origins, reporter, "series", claim.entry.period, None, "", claim.entry.unit, "", "official",
            "silent", None, "", "",
        )  # fmt: skip


def _is_yearly(claim: Claim) -> bool:
    """Whether a claim states a level or a growth of whole years, as a yearly series can speak to."""
    entry = claim.entry
    return (
        entry.kind in {"level", "change"}
        and claim.estimate is not None
        and bool(entry.period)
        and is_whole_year(entry.period)
    )


def _all(reference: Reference, history: History, year: int) -> list[Observation]:
    """Every figure of a year that a country reports, of whatever origin."""
    measure = history.figures[min(history.figures)].measure if history.figures else ""
    listed = reference.series(measure, history.reporter, history.partner, "turnover")
    return [series.figures[year] for series in listed if year in series.figures]


def _against_statement(claim: Claim, reference: Reference, said: Statement) -> Iterator[SourceCheck]:
    """Hold a claim against what was printed; a statement that is not comparable is related, no more."""
    if (claim.estimate is None and not claim.iso) or not _same_kind(claim, said):
        return
    comparable = (
        said.kind == claim.entry.kind
        and said.subject == claim.entry.subject
        and said.unit == claim.entry.unit
        and not (said.status == "aimed" and claim.entry.status == "reported")
        and not claim.entry.leaves_open
        and _same_period(claim, said)
    )
    origin = reference.origins[said.origin]
    if not comparable:
        yield SourceCheck(
            claim.id, (said.origin,), "", "statement", said.period, said.estimate, said.iso, said.unit, "", "press",
            "related", None, origin.reliability, said.note,
        )  # fmt: skip
    elif said.estimate is not None and claim.estimate is not None:
        yield _check(
            claim, reference, (said.origin,), "", "statement", said.period, said.estimate, "", "press", said.note
        )
    else:
        fits = _lies_within(said.iso, claim.iso)
        yield SourceCheck(
            claim.id, (said.origin,), "", "statement", said.period, None, said.iso, said.unit, "", "press",
            "agrees" if fits else "differs", None, origin.reliability, said.note,
        )  # fmt: skip


def _check(
    claim: Claim,
    reference: Reference,
    origins: tuple[str, ...],
    reporter: str,
    found: Literal["level", "growth", "statement"],
    period: str,
    estimate: Estimate,
    basis: str,
    status: str,
    note: str,
) -> SourceCheck:
    """Compare a number with a claim's, each at the precision it was printed with.

    A claim that gives no period can be borne out by a figure of some period, and contradicted by none.
    """
    differs: Spoken = "differs" if claim.entry.period else "related"
    verdict = "agrees" if estimate.range.meets(claim.known.range) else differs
    least = min((reference.origins[origin].reliability for origin in origins), key=lambda r: _WEIGHTS[r])
    return SourceCheck(
        claim.id, origins, reporter, found, period, estimate, "", claim.entry.unit, basis, status,
        verdict, difference.over(estimate, claim.known), least, note,
    )  # fmt: skip


def _same_kind(claim: Claim, said: Statement) -> bool:
    """Whether a statement is of the claim's kind; a date, period or target of another time is another one."""
    if claim.entry.kind in {"date", "period"}:
        return (said.kind, claim.entry.kind) == ("date", "period") or (
            said.kind == claim.entry.kind and _same_period(claim, said)
        )
    if claim.entry.kind == "target":
        return said.kind == "target" and (not said.period or _same_period(claim, said))
    return said.kind == claim.entry.kind


def _same_period(claim: Claim, said: Statement) -> bool:
    """Whether a statement is for the claim's period and base; a claim without a period is compared with any."""
    entry = claim.entry
    if not entry.period:
        return True
    if not said.period or bounds(said.period) != bounds(entry.period):
        # A day that lies within the stated period speaks of it.
        return entry.kind in {"date", "period"} and bool(said.period) and _lies_within(said.period, entry.period)
    return not (said.base_period and entry.base_period) or bounds(said.base_period) == bounds(entry.base_period)


def _lies_within(inner: str, outer: str) -> bool:
    """Whether one date or period is, or lies within, the other."""
    if not (inner and outer):
        return False
    (start, end), (first, last) = bounds(inner), bounds(outer)
    return first <= start and end <= last


def _weight(check: SourceCheck) -> int:
    return _WEIGHTS[check.reliability]  # type: ignore[index]


def _itself(itself: Mapping[str, str], claim: Claim) -> Literal["agrees", "differs", "cannot-be-checked"]:
    return itself.get(claim.id, "cannot-be-checked")  # type: ignore[return-value]
