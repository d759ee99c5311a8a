"""What the record holds: observations and statements, each with its origin, and sums of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dalil.numbers.intervals import Estimate, total
from dalil.numbers.periods import Period

OriginKind = Literal["statistics", "document", "government", "model", "press", "reference work", "unsourced"]
Reliability = Literal["low", "medium", "high"]
RELIABILITIES: tuple[Reliability, ...] = get_args(Reliability)
Status = Literal["official", "press", "superseded", "doubtful", "modelled"]
# What is shown and not used: an earlier figure of an office, and one that its own side gave otherwise in more detail.
SET_ASIDE = ("superseded", "doubtful")
# Kinds of statement in which a government says what it did or will do itself.
ACTS = ("date", "period", "target")


def weight(reliability: str) -> int:
    """What a source of some reliability weighs: 1, 2 or 3.

    Examples
    --------
    >>> weight("low"), weight("high")
    (1, 3)
    """
    return RELIABILITIES.index(reliability) + 1


def _part(value: object) -> Fraction:
    return Fraction(str(value))


class Origin(BaseModel):
    """Where figures come from; ``date_accessed`` is the day they were copied into this project.

    ``same_as`` names the origin whose words it only carries, so that it is no second voice; ``speaks_for`` the country
    whose office or government it is, or quotes. ``allowance`` is by what part of themselves its figures may be off,
    where they are estimates or count people in other places than others do.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    kind: OriginKind
    producer: str = Field(min_length=1)
    title: str = Field(min_length=1)
    date_published: str = Field(min_length=1)
    date_accessed: str = Field(pattern=r"^(\d{4}-\d{2}-\d{2}|not stated)$")
    licence: str = Field(min_length=1)
    citation: str = Field(min_length=1)
    address: str = Field(min_length=1)
    reliability: Reliability
    read_from: str = ""
    same_as: str = ""
    speaks_for: str = Field(default="", pattern="^([A-Z]{2})?$")
    allowance: Annotated[Fraction, BeforeValidator(_part)] = Fraction(0)
    note: str = ""

    def reliability_of(self, status: str, kind: str = "level") -> Reliability:
        """How far what it says can be relied on: a government's word is good for its own acts, less so for figures.

        Parameters
        ----------
        status
            ``aimed`` for an aim, an agreement or an expectation; anything else is reported.
        kind
            What it says: a level, a change, a date and so on, as in claims.
        """
        figure = self.kind == "government" and status != "aimed" and kind not in ACTS and self.reliability == "high"
        return "medium" if figure else self.reliability


class Membership(BaseModel):
    """The years in which a country is in a group, as far as they have an end.

    From ``loose_since`` on it may as well be left out: it is an associate, or never ratified the charter. ``source``
    is the origin that says so.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: int = 0
    until: int = 9999
    loose_since: int = 9999
    source: str

    def allows(self, counted: bool, year: int) -> bool:
        """Tell whether one may count the country, or leave it out, in a year."""
        inside = self.since <= year <= self.until
        return inside if counted else not inside or year >= self.loose_since


class Grouping(BaseModel):
    """A group of countries whose members depend on who counts: those always in it, and those sometimes, with why.

    ``membership`` says when those were in it that were not all the time.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    always: tuple[str, ...] = Field(min_length=1)
    sometimes: dict[str, str] = Field(default_factory=dict)
    membership: dict[str, Membership] = Field(default_factory=dict)

    def allows(self, members: tuple[str, ...], year: int) -> bool:
        """Tell whether a set of countries is one that the group may stand for in a year.

        Examples
        --------
        >>> left = Membership(until=2009, source="office")
        >>> group = Grouping(always=("AM",), sometimes={"GE": "left"}, membership={"GE": left})
        >>> group.allows(("AM", "GE"), 2009), group.allows(("AM", "GE"), 2010), group.allows(("AM",), 2009)
        (True, False, False)
        """
        return all(known.allows(area in members, year) for area, known in self.membership.items())

    def members(self) -> Iterator[tuple[str, ...]]:
        """Every set of countries the group may stand for, from the fewest to the most.

        Examples
        --------
        >>> list(Grouping(always=("AM",), sometimes={"GE": "left in 2009"}).members())
        [('AM',), ('AM', 'GE')]
        """
        for count in range(len(self.sometimes) + 1):
            for chosen in combinations(self.sometimes, count):
                yield (*self.always, *chosen)


@dataclass(frozen=True)
class Observation:
    """One figure of a series, in its base unit; for trade ``area`` is the country that reports it."""

    measure: str
    area: str
    partner: str
    flow: str
    year: int
    comparator: str
    estimate: Estimate
    unit: str
    basis: str
    status: Status
    origin: str
    note: str


@dataclass(frozen=True)
class Statement:
    """One printed figure, date or period about something a claim may be about; ``date`` is a date's or period's.

    ``status`` is ``reported``, or ``aimed`` for an aim, an agreement or an expectation.
    """

    kind: str
    measure: str
    subject: str
    period: Period | None
    base_period: Period | None
    status: str
    comparator: str
    estimate: Estimate | None
    date: Period | None
    unit: str
    origin: str
    note: str


@dataclass(frozen=True)
class Series:
    """Figures of one measure from one origin, by year."""

    origin: str
    status: Status
    basis: str
    unit: str
    figures: dict[int, Observation]


@dataclass(frozen=True)
class Reference:
    """The record; ``absent`` names files that are described and not there, with what they would hold."""

    origins: dict[str, Origin] = field(default_factory=dict)
    groupings: dict[str, Grouping] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    statements: tuple[Statement, ...] = ()
    absent: dict[str, str] = field(default_factory=dict)

    def series(self, measure: str, area: str, partner: str = "", flow: str = "") -> list[Series]:
        """List the series of one thing, one for each origin, official ones first.

        A turnover that an origin does not give is its exports and imports, added up, where it gives both.
        """
        wanted = [o for o in self.observations if (o.measure, o.area, o.partner) == (measure, area, partner)]
        found: dict[str, dict[int, Observation]] = {}
        for one in wanted:
            if one.flow == flow:
                found.setdefault(one.origin, {}).setdefault(one.year, one)
        if flow == "turnover":
            for total in _totals(wanted):
                found.setdefault(total.origin, {}).setdefault(total.year, total)
        listed = [
            Series(origin, first.status, first.basis, first.unit, dict(sorted(figures.items())))
            for origin, figures in found.items()
            for first in [next(iter(figures.values()))]
        ]
        return sorted(listed, key=lambda series: series.status != "official")

    def best(self, measure: str, area: str, partner: str = "", flow: str = "") -> dict[int, Observation]:
        """One figure a year: an official one before others, then the most reliable, then one that is not a bound.

        What is set aside is none of them.
        """
        listed: dict[int, list[Observation]] = {}
        for series in self.series(measure, area, partner, flow):
            for year, one in series.figures.items():
                if one.status not in SET_ASIDE:
                    listed.setdefault(year, []).append(one)
        return {year: min(figures, key=self._standing) for year, figures in sorted(listed.items())}

    def _standing(self, one: Observation) -> tuple[bool, int, bool]:
        reliable = weight(self.origins[one.origin].reliability_of(one.status))
        return one.status != "official", -reliable, one.comparator != "="

    def index(self, measure: str) -> dict[int, Fraction]:
        """A price index by year, from the first series that gives it; nothing where none does."""
        return {one.year: one.estimate.value for one in self._index(measure) if one.estimate.value is not None}

    def index_origins(self, measure: str) -> tuple[str, ...]:
        """Where a price index comes from."""
        return tuple(dict.fromkeys(one.origin for one in self._index(measure)))

    def _index(self, measure: str) -> list[Observation]:
        """The rows of the first series of an index: two series have two base years, and seldom the same goods."""
        given = [one for one in self.observations if one.measure == measure]
        return [one for one in given if (one.area, one.origin) == (given[0].area, given[0].origin)]


def _totals(observations: list[Observation]) -> Iterator[Observation]:
    """Add exports and imports of one origin and year up, where both are there."""
    imports = {(o.origin, o.year): o for o in observations if o.flow == "import"}
    for one in (o for o in observations if o.flow == "export"):
        other = imports.get((one.origin, one.year))
        if other:
            # A sum is no more exact than the less exact of its parts.
            comparator = one.comparator if other.comparator == "=" else other.comparator
            both = total([one.estimate, other.estimate])
            yield replace(one, flow="turnover", comparator=comparator, estimate=both)
