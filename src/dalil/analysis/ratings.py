"""Ratings: how a claim stands when all sources have spoken, on a scale with the rule for each of its places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dalil.analysis.consistency import Verdict
from dalil.analysis.sources import SourceCheck
from dalil.claims.claims import Claims
from dalil.reference.record import weight

LOW, MEDIUM, HIGH = weight("low"), weight("medium"), weight("high")


@dataclass(frozen=True)
class Case:
    """What a rating rests on: the best source on either side (0 for none), and ways tried and fitting."""

    agrees: int
    differs: int
    tried: int = 0
    fitting: int = 0


# The scale, in the order in which its rules are asked. Nothing is confirmed or contradicted on sources of which none
# is of high reliability, and nothing is contradicted that one of at least medium reliability bears out.
SCALE: dict[str, Callable[[Case], bool]] = {
    "disputed": lambda case: min(case.agrees, case.differs) >= MEDIUM,
    "confirmed": lambda case: case.agrees == HIGH,
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

    ``first`` is the claim it states again, whose rating it shares.
    """

    claim: str
    itself: Verdict
    agreeing: int
    differing: int
    silent: int
    rating: str
    first: str = ""


def rating_of(case: Case) -> str:
    """Rate a case by the first rule of the scale that fits.

    Examples
    --------
    >>> rating_of(Case(agrees=HIGH, differs=LOW)), rating_of(Case(agrees=HIGH, differs=MEDIUM))
    ('confirmed', 'disputed')
    >>> rating_of(Case(agrees=0, differs=MEDIUM)), rating_of(Case(agrees=0, differs=0))
    ('doubtful', 'unchecked')
    """
    return next(name for name, rule in SCALE.items() if rule(case))


def assess(
    claims: Claims, checks: list[SourceCheck], tried: Mapping[str, tuple[int, int]], itself: Mapping[str, Verdict]
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
    """
    rated = []
    for claim in claims:
        first = claims.first_of(claim)
        rated.append(
            replace(
                _rated(first.id, checks, *tried.get(first.id, (0, 0))),
                claim=claim.id,
                itself=itself.get(claim.id, "cannot-be-checked"),
                first="" if first is claim else first.id,
            )
        )
    return rated


def _rated(claim: str, checks: list[SourceCheck], tried: int, fitting: int) -> Assessment:
    spoken = [check for check in checks if check.claim == claim]
    agreeing, differing = ([c for c in spoken if c.verdict == verdict] for verdict in ("agrees", "differs"))
    case = Case(
        agrees=max((weight(check.reliability) for check in agreeing), default=0),
        differs=max((weight(check.reliability) for check in differing), default=0),
        tried=tried,
        fitting=fitting,
    )
    silent = sum(check.verdict == "silent" for check in spoken)
    return Assessment(claim, "cannot-be-checked", _voices(agreeing), _voices(differing), silent, rating_of(case))


def _voices(checks: list[SourceCheck]) -> int:
    """How many sources speak, one that only carries another's words not counted by itself."""
    return len({check.echoes or " ".join(check.origins) for check in checks})
