"""Words for what a report speaks of: facts, claims and targets as they stand in its sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from dalil.errors import InputError
from dalil.numbers.intervals import Estimate, Interval
from dalil.report.markup.html import Html, link
from dalil.tables.facts import Fact
from dalil.tables.rows import ClaimRow, GapRow, OriginRow
from dalil.wording.catalogue import Wording


@dataclass(frozen=True)
class Linked:
    """A text and, for HTML, the link that it is there."""

    text: str
    link: Html

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Html:
        return self.link


@dataclass(frozen=True)
class FactPhrase:
    """A fact in prose: itself with its unit, and its interval as ``range``; in HTML a link to its formula."""

    fact: Fact
    wording: Wording

    def __str__(self) -> str:
        return self.wording.amount(self.fact.estimate, self.fact.unit)

    def __html__(self) -> Html:
        return self._linked(str(self)).link

    @property
    def range(self) -> str:
        """The interval in words."""
        return self.wording.span(self.fact.estimate, self.fact.unit)

    @property
    def known(self) -> Linked:
        """The number as in prose, or its interval where only one end of it is known."""
        return self._linked(self.wording.known(self.fact.estimate, self.fact.unit))

    @property
    def size(self) -> Linked:
        """The number without its sign."""
        return self.size_beside(None)

    def size_beside(self, largest: Fraction | None) -> Linked:
        """The number without its sign, in the scale in which a larger one is written, or in its own."""
        estimate = self.fact.estimate
        value = None if estimate.value is None else abs(estimate.value)
        return self._linked(self.wording.amount(replace(estimate, value=value), self.fact.unit, beside=largest))

    def up_to(self, highest: "FactPhrase") -> Linked:
        """The range from this number to another one."""
        low, high = self.fact.estimate.value, highest.fact.estimate.value
        return self._linked(self.wording.span(Estimate(low, Interval(low, high)), self.fact.unit))

    @property
    def sign(self) -> int:
        """1 where the whole interval is above zero, -1 where it is below, 0 where the printing does not settle it."""
        low, high = self.fact.estimate.range.low, self.fact.estimate.range.high
        if low is not None and low >= 0:
            return 1
        return -1 if high is not None and high < 0 else 0

    @property
    def never(self) -> bool:
        """Whether there is no such number, as for the doubling time of what does not grow."""
        return self.fact.estimate.value is None

    @property
    def since(self) -> str:
        """The year up to which there was no such number."""
        low = self.fact.estimate.range.low
        return "" if low is None else str(int(low))

    @property
    def exact(self) -> bool:
        """Whether the interval is a single point."""
        return self.fact.estimate.range.width == 0

    @property
    def negative(self) -> bool:
        """Whether the central value is below zero."""
        value = self.fact.estimate.value
        return value is not None and value < 0

    @property
    def count(self) -> int:
        """The fact as a whole number, to choose a plural by."""
        return int(self.fact.value)

    def _linked(self, text: str) -> Linked:
        """Make a text lead to its row among all numbers; what was only counted leads nowhere."""
        counted = self.fact.unit == "count"
        return Linked(text, Html("{}").format(text) if counted else link("fact", self.fact.id, text))


class Facts(Mapping[str, FactPhrase]):
    """Facts by name; a name that is not there is an error that says so."""

    def __init__(self, facts: Mapping[str, Fact], wording: Wording) -> None:
        self._facts, self._wording = facts, wording

    def __getitem__(self, name: str) -> FactPhrase:
        fact = self.find(name)
        if fact is None:
            raise InputError.of("facts.json", [f"no fact {name}"], then="Name a fact that a notebook keeps.")
        return fact

    def find(self, name: str) -> FactPhrase | None:
        """The fact of a name, if there is one."""
        return FactPhrase(self._facts[name], self._wording) if name in self._facts else None

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


@dataclass(frozen=True)
class ClaimPhrase:
    """A claim in prose: its number as printed, and its fields in words; in HTML a link to it.

    ``measure`` is what is measured, ``note`` what its note is numbered by.
    """

    row: ClaimRow
    wording: Wording
    measure: str
    note: str = ""

    def __str__(self) -> str:
        return claim_value(self.row, self.wording)

    def __html__(self) -> Html:
        return link("claim", self.row.claim_id, str(self), title=self.measure)

    @property
    def subject(self) -> str:
        """Of whom."""
        return self.wording.label("subjects", self.row.subject)

    @property
    def dated(self) -> bool:
        """Whether it gives a period."""
        return self.row.period is not None

    @property
    def period(self) -> str:
        """The period it is about."""
        return claim_period(self.row, self.wording)

    @property
    def when(self) -> str:
        """The period it is about, with the preposition that goes with it."""
        day = self.row.period is not None and self.row.period.is_day
        return self.wording.say("number.on_day" if day else "number.in_period", n=self.period)

    @property
    def base_period(self) -> str:
        """The period it is counted from."""
        return self.wording.period(self.row.base_period)


@dataclass(frozen=True)
class TargetPhrase:
    """A target in prose: the claim that sets it, the one it is counted from, the target before it, its facts."""

    row: GapRow
    name: str
    claim: ClaimPhrase
    base: ClaimPhrase
    facts: Facts
    before: "TargetPhrase | None"

    @property
    def year(self) -> str:
        """The year it falls due."""
        return str(self.row.target_year)

    @property
    def when(self) -> str:
        """The year it falls due, with its measure where other measures have targets for one year."""
        return self.year if self.name == self.year else f"{self.year} ({self.claim.measure})"

    @property
    def since(self) -> str:
        """The year that the level it is counted from holds for, with its preposition; a day where that is stated."""
        year, period = self.row.base_year, self.base.row.period
        if period is not None and period.year == year:
            return self.base.when
        return self.base.wording.say("number.in_period", n=self.base.wording.period(str(year)))

    @property
    def projected(self) -> bool:
        """Whether there is a base growth that leads somewhere."""
        return self.row.scenario == "base"

    def fact(self, pattern: str) -> FactPhrase:
        """The fact whose name has the target's in place of ``#``."""
        return self.facts[pattern.replace("#", self.name)]

    @property
    def needed(self) -> FactPhrase:
        """The growth a year it needs from the base."""
        return self._required(self.name)

    @property
    def step(self) -> FactPhrase:
        """The growth a year it needs from the target before it."""
        return self._required(f"{self.before.name}_{self.name}" if self.before else self.name)

    def _required(self, name: str) -> FactPhrase:
        yearly = f"required_cagr_{name}"
        return self.facts[yearly if yearly in self.facts else f"required_growth_{name}"]


@dataclass(frozen=True)
class OriginPhrase:
    """A source in prose: who made it, and when where that is stated."""

    row: OriginRow
    wording: Wording
    note: int

    def __str__(self) -> str:
        return self.name

    def __html__(self) -> Html:
        return link("source", self.row.origin, self.name, title=self.row.title, note=str(self.note))

    @property
    def published(self) -> int:
        """The year it was published; none where that is not stated."""
        year = self.row.date_published[:4]
        return int(year) if year.isdigit() else 0

    @property
    def name(self) -> str:
        """Producer and year."""
        producer = self.wording.data(self.row.producer.partition(",")[0])
        return producer + (f" ({self.published})" if self.published else "")


@dataclass(frozen=True)
class ImpliedPhrase:
    """A level that a later one and the growth up to it imply, in prose, with the increase and the doubling time.

    ``stated`` tells whether the article gives that level as well.
    """

    level: ClaimPhrase
    growth: ClaimPhrase
    stated: bool
    before: FactPhrase
    increase: FactPhrase
    doubling: FactPhrase | None


@dataclass(frozen=True)
class IndexPhrase:
    """Growth without a level, in prose, as an index."""

    growth: ClaimPhrase
    index: FactPhrase


@dataclass(frozen=True)
class SharePhrase:
    """A share in prose, and whether its part belongs to the whole."""

    part: ClaimPhrase
    whole: ClaimPhrase
    share: FactPhrase
    inside: bool


def claim_value(row: ClaimRow, wording: Wording) -> str:
    """Write a claim's value as the article prints it."""
    if row.value is None:
        return wording.say("number.none")
    if not isinstance(row.value, Estimate):
        return wording.period(row.value, row.comparator)
    assert row.value.value is not None
    return wording.printed(row.value.value, row.comparator, row.unit)


def claim_period(row: ClaimRow, wording: Wording) -> str:
    """Write the period a claim is about."""
    return wording.period(row.period)


def year_runs(years: Iterable[int]) -> list[str]:
    """Write years in order, those in a row together.

    Examples
    --------
    >>> year_runs([2013, 2011, 2012, 2020])
    ['2011–2013', '2020']
    """
    ordered = sorted(years)
    breaks = [0, *(n for n, (year, after) in enumerate(pairwise(ordered), 1) if after - year > 1), len(ordered)]
    runs = [ordered[start:end] for start, end in pairwise(breaks) if start < end]
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
