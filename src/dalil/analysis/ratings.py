"""Ratings: how a claim stands when all sources have spoken, on a scale with the rule for each of its places."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from dalil.analysis.rules import Verdict
from dalil.analysis.sources import SourceCheck
from dalil.claims.claims import Claims
from dalil.reference.record import weight

LOW, MEDIUM, HIGH = weight("low"), weight("medium"), weight("high")


Met = Literal["", "met", "missed-narrowly", "missed", "not-due", "unknown"]


@dataclass(frozen=True)
class Case:
    """What a rating rests on.

    ``agrees`` and ``differs`` are the best source on either side (0 for none), ``voices`` the independent ones of at
    least medium reliability that agree. ``divided`` says that one country's side gives the number and the other's
    does not, ``revised`` that what differs does so by less than the record is revised. ``tried`` and ``fitting`` are
    the ways in which a number that leaves something open was worked out.
    """

    agrees: int
    differs: int
    voices: int = 0
    divided: bool = False
    revised: bool = False
    tried: int = 0
    fitting: int = 0


# The scale, in the order in which its rules are asked. One official record of the very thing confirms, or two
# independent sources; nothing is contradicted that a source of at least medium reliability bears out.
SCALE: dict[str, Callable[[Case], bool]] = {
    "one-side": lambda case: case.divided,
    "disputed": lambda case: min(case.agrees, case.differs) >= MEDIUM,
    "confirmed": lambda case: case.agrees == HIGH or (case.agrees == MEDIUM and case.voices > 1),
    "within-revisions": lambda case: case.differs >= MEDIUM and case.revised,
    "contradicted": lambda case: case.differs == HIGH,
    "supported": lambda case: case.agrees == MEDIUM,
    "doubtful": lambda case: case.differs == MEDIUM,
    "possible": lambda case: case.fitting > 0,
    "not-reproduced": lambda case: case.tried > 0,
    "unsettled": lambda case: max(case.agrees, case.differs) == LOW,
    "unchecked": lambda case: case.agrees == case.differs == 0,
}


@dataclass(frozen=True)
class Assessment:
    """How a claim stands: what the article says of it elsewhere, how many sources speak, and its rating.

    A target has two: ``announced`` rates its announcement, ``met`` says what became of it. ``first`` is the claim it
    states again, whose rating it shares; ``counted`` says that it states something, and not again.
    """

    claim: str
    itself: Verdict
    agreeing: int
    differing: int
    silent: int
    rating: str
    announced: str = ""
    met: Met = ""
    first: str = ""
    counted: bool = True


def rating_of(case: Case) -> str:
    """Rate a case by the first rule of the scale that fits.

    Examples
    --------
    >>> rating_of(Case(agrees=HIGH, differs=LOW)), rating_of(Case(agrees=HIGH, differs=MEDIUM))
    ('confirmed', 'disputed')
    >>> rating_of(Case(agrees=MEDIUM, differs=0, voices=1)), rating_of(Case(agrees=MEDIUM, differs=0, voices=2))
    ('supported', 'confirmed')
    >>> rating_of(Case(agrees=0, differs=MEDIUM)), rating_of(Case(agrees=0, differs=0))
    ('doubtful', 'unchecked')
    """
    return next(name for name, rule in SCALE.items() if rule(case))


def assess(
    claims: Claims,
    checks: list[SourceCheck],
    tried: Mapping[str, tuple[int, int]],
    itself: Mapping[str, Verdict],
    became: Mapping[str, Met],
    revision: Fraction = Fraction(0),
) -> list[Assessment]:
    """Rate every claim; one that states the number of another again shares its rating.

    Parameters
    ----------
    claims, checks
        The article's claims, and what each source says of them.
    tried
        For each claim that leaves something open in how many ways it was worked out, and how many of them fit.
    itself
        For each claim what the article says of it elsewhere.
    became
        What became of each target, by :func:`met`.
    revision
        By what part of itself a figure of the record has been revised.
    """
    rated = []
    for claim in claims:
        first = claims.first_of(claim)
        own = _rated(first.id, checks, *tried.get(first.id, (0, 0)), revision)
        is_target = claim.entry.kind == "target"
        rated.append(
            replace(
                own,
                claim=claim.id,
                itself=itself.get(claim.id, "cannot-be-checked"),
                announced=own.rating if is_target else "",
                met=became.get(first.id, "unknown") if is_target else "",
                first="" if first is claim else first.id,
                counted=first is claim and bool(claim.estimate is not None or claim.iso),
            )
        )
    return rated


def met(gaps: Collection[Fraction], revision: Fraction, is_due: bool = True) -> Met:
    """Say what became of a target, by the record that has least.

    Parameters
    ----------
    gaps
        What each record has more than the target, as a part of it; below zero is short.
    revision
        By what part of itself a figure of the record has been revised.
    is_due
        Whether its year was over when the article was checked.

    Examples
    --------
    >>> met([Fraction(0), Fraction(1, 10)], Fraction(0)), met([Fraction(-7, 100)], Fraction(1, 10))
    ('met', 'missed-narrowly')
    """
    if not gaps:
        return "unknown" if is_due else "not-due"
    short = -min(gaps)
    return "met" if short <= 0 else "missed-narrowly" if short < revision else "missed"


def gaps_said(claims: Claims, checks: list[SourceCheck]) -> dict[str, list[Fraction]]:
    """List by what part of itself each target is passed, below zero missed, by sources that are no country’s record."""
    gaps: dict[str, list[Fraction]] = {}
    for check in checks:
        goal = claims[check.claim].estimate
        if check.found == "outcome" and not check.reporter and check.difference and goal and goal.value:
            gaps.setdefault(check.claim, []).append((check.difference.value or Fraction(0)) / goal.value)
    return gaps


def _rated(claim: str, checks: list[SourceCheck], tried: int, fitting: int, revision: Fraction) -> Assessment:
    spoken = [check for check in checks if check.claim == claim]
    # What the claim was taken from tells whose number it is, and bears nothing out.
    said, differing = ([c for c in spoken if c.verdict == verdict] for verdict in ("agrees", "differs"))
    agreeing = [check for check in said if not check.taken_from]
    sides, others = ({c.side for c in one if c.side and weight(c.reliability) >= MEDIUM} for one in (said, differing))
    case = Case(
        agrees=max((weight(check.reliability) for check in agreeing), default=0),
        differs=max((weight(check.reliability) for check in differing), default=0),
        voices=len(
            {check.side or check.echoes or check.origins for check in agreeing if weight(check.reliability) >= MEDIUM}
        ),
        divided=bool(sides - others and others - sides),
        revised=all(_is_revision(check, revision) for check in differing),
        tried=tried,
        fitting=fitting,
    )
    silent = sum(check.verdict == "silent" for check in spoken)
    return Assessment(claim, "cannot-be-checked", _voices(agreeing), _voices(differing), silent, rating_of(case))


def _is_revision(check: SourceCheck, revision: Fraction) -> bool:
    """Whether a figure differs from a claim by less than figures are revised."""
    said, off = (estimate.value if estimate else None for estimate in (check.estimate, check.difference))
    return check.found == "level" and said is not None and off is not None and abs(off) < revision * abs(said)


def _voices(checks: list[SourceCheck]) -> int:
    """How many sources speak, one that only carries another's words not counted by itself."""
    return len({check.echoes or " ".join(check.origins) for check in checks})
