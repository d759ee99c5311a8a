"""Words for what a report speaks of: facts, claims and targets as they stand in its sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import pairwise

from dalil.errors import InputError
from dalil.report.markup.html import link
from dalil.tables.facts import Fact
from dalil.tables.writing import Row
from dalil.wording.catalogue import Wording

# A sign beside each rating, each of another shape, so that nothing rests on colour; from the best to no verdict.
RATING_SIGNS = {
    "confirmed": "\u2714", "supported": "\u2713", "possible": "\u25d0", "disputed": "\u21c4", "doubtful": "\u2717",
    "contradicted": "\u2718", "not-reproduced": "\u2205", "unsettled": "?", "unchecked": "\u2013",
}  # fmt: skip


@dataclass(frozen=True)
class FactWords:
    """A fact in prose: itself with its unit, and its interval as ``range``."""

    fact: Fact
    wording: Wording
    linked: bool

    def __str__(self) -> str:
        text = self.wording.amount(*self.fact.numbers, self.fact.unit)
        return self._led(text)

    @property
    def range(self) -> str:
        """The interval in words."""
        return self.wording.span(*self.fact.numbers, self.fact.unit)

    @property
    def told(self) -> str:
        """The number as in prose, or its interval where only one end of it is known."""
        return self._led(self.wording.known(*self.fact.numbers, self.fact.unit))

    @property
    def size(self) -> str:
        """The number without its sign, with a link as in prose."""
        value, low, high = self.fact.numbers
        return self._led(self.wording.amount(None if value is None else abs(value), low, high, self.fact.unit))

    @property
    def sign(self) -> int:
        """1 where the whole interval is above zero, -1 where it is below, 0 where the printing does not settle it."""
        _, low, high = self.fact.numbers
        if low is not None and low >= 0:
            return 1
        return -1 if high is not None and high < 0 else 0

    @property
    def never(self) -> bool:
        """Whether there is no such number, as for the doubling time of what does not grow."""
        return self.fact.numbers[0] is None

    @property
    def since(self) -> str:
        """The year up to which there was no such number."""
        low = self.fact.numbers[1]
        return "" if low is None else str(int(low))

    @property
    def exact(self) -> bool:
        """Whether the interval is a single point."""
        _, low, high = self.fact.numbers
        return low is not None and low == high

    @property
    def negative(self) -> bool:
        """Whether the central value is below zero."""
        value = self.fact.numbers[0]
        return value is not None and value < 0

    @property
    def count(self) -> int:
        """The fact as a whole number, to choose a plural by."""
        return int(self.fact.value)

    def _led(self, text: str) -> str:
        """Make the number lead to its formula, which it hints at."""
        if not self.linked:
            return text
        hint = f"{self.wording.formula(self.fact.formula)} ({self.range})"
        return link("fact", self.fact.id, escape(text), title=hint, note=str(self.fact.number))


class Facts(Mapping[str, FactWords]):
    """Facts by name; a name that is not there is an error that says so."""

    def __init__(self, facts: Mapping[str, Fact], wording: Wording, linked: bool) -> None:
        self._facts, self._wording, self._linked = facts, wording, linked

    def __getitem__(self, name: str) -> FactWords:
        found = self.find(name)
        if found is None:
            raise InputError.of("facts.json", [f"no fact {name}"], then="Name a fact that a notebook keeps.")
        return found

    def find(self, name: str) -> FactWords | None:
        """The fact of a name, if there is one."""
        return FactWords(self._facts[name], self._wording, self._linked) if name in self._facts else None

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


@dataclass(frozen=True)
class ClaimWords:
    """A claim in prose: its number as printed, and its fields in words; ``measure`` is what is measured.

    ``note`` is what its note is numbered by.
    """

    row: Row
    wording: Wording
    linked: bool
    measure: str
    note: str = ""

    def __str__(self) -> str:
        text = claim_value(self.row, self.wording)
        if not self.linked:
            return text
        return link("claim", self.row["claim_id"], escape(text), title=self.measure, note=self.note)

    @property
    def subject(self) -> str:
        """Of whom."""
        return self.wording.label("subjects", self.row["subject"])

    @property
    def dated(self) -> bool:
        """Whether it gives a period."""
        return bool(self.row["period_start"])

    @property
    def status(self) -> str:
        """Its standing."""
        return self.wording.label("statuses", self.row["status"])

    @property
    def period(self) -> str:
        """The period it is about."""
        return claim_period(self.row, self.wording)

    @property
    def when(self) -> str:
        """The period it is about, with the preposition that goes with it."""
        row = self.row
        day = row["period_start"] and row["period_start"] == row["period_end"]
        return self.wording.say("number.on_day" if day else "number.in_period", n=self.period)

    @property
    def base_period(self) -> str:
        """The period it is counted from."""
        return self.wording.period(self.row["base_period"])


@dataclass(frozen=True)
class TargetWords:
    """A target in prose: the claim that sets it, the one it is counted from, the target before it, its facts."""

    row: Row
    name: str
    claim: ClaimWords
    base: ClaimWords
    facts: Facts
    before: "TargetWords | None"

    @property
    def year(self) -> str:
        """The year it falls due."""
        return self.row["target_year"]

    @property
    def when(self) -> str:
        """The year it falls due, with its measure where other measures have targets for one year."""
        return self.year if self.name == self.year else f"{self.year} ({self.claim.measure})"

    @property
    def since(self) -> str:
        """The year that the level it is counted from holds for, with its preposition; a day where that is stated."""
        year = self.row["base_year"]
        if self.base.row["period_end"].startswith(year):
            return self.base.when
        return self.base.wording.say("number.in_period", n=self.base.wording.period(year))

    @property
    def projected(self) -> bool:
        """Whether there is a base growth that leads somewhere."""
        return self.row["scenario"] == "base"

    @property
    def bounded(self) -> bool:
        """Whether its gap has an end on either side."""
        return f"gap_{self.name}_width" in self.facts

    def fact(self, pattern: str) -> FactWords:
        """The fact whose name has the target's in place of ``#``."""
        return self.facts[pattern.replace("#", self.name)]

    @property
    def needed(self) -> FactWords:
        """The growth a year it needs from the base."""
        return self._required(self.name)

    @property
    def step(self) -> FactWords:
        """The growth a year it needs from the target before it."""
        return self._required(f"{self.before.name}_{self.name}" if self.before else self.name)

    def _required(self, name: str) -> FactWords:
        yearly = f"required_cagr_{name}"
        return self.facts[yearly if yearly in self.facts else f"required_growth_{name}"]


@dataclass(frozen=True)
class OriginWords:
    """A source in prose: who made it, and when where that is stated."""

    row: Row
    wording: Wording
    linked: bool

    def __str__(self) -> str:
        if not self.linked:
            return self.name
        return link("source", self.row["origin"], escape(self.name), title=self.row["title"])

    @property
    def name(self) -> str:
        """Producer and year."""
        published = self.row["date_published"][:4]
        producer = self.wording.data(self.row["producer"].partition(",")[0])
        return producer + (f" ({published})" if published.isdigit() else "")


@dataclass(frozen=True)
class ImpliedWords:
    """A level that a later one and the growth up to it imply, in prose, with the increase and the doubling time.

    ``stated`` tells whether the article gives that level as well.
    """

    level: ClaimWords
    growth: ClaimWords
    stated: bool
    before: FactWords
    increase: FactWords
    doubling: FactWords | None


@dataclass(frozen=True)
class IndexWords:
    """Growth without a level, in prose, as an index."""

    growth: ClaimWords
    index: FactWords


@dataclass(frozen=True)
class ShareWords:
    """A share in prose, and whether its part belongs to the whole."""

    part: ClaimWords
    whole: ClaimWords
    share: FactWords
    inside: bool


def claim_value(row: Row, wording: Wording) -> str:
    """Write a claim's value as the article prints it."""
    if not row["value"]:
        return wording.say("number.none")
    if row["unit"] == "date":
        return wording.period(row["value"], row["comparator"])
    return wording.printed(Fraction(row["value"]), row["comparator"], row["unit"])


def claim_period(row: Row, wording: Wording) -> str:
    """Write the period a claim is about."""
    start, end = row["period_start"], row["period_end"]
    return wording.period(f"{start}/{end}") if start else wording.say("number.no_period")


def line_range(row: Row) -> str:
    """Write the lines a claim's sentence stands on."""
    first, last = row["line_start"], row["line_end"]
    return first if first == last else f"{first}–{last}"


def year_runs(years: Iterable[str]) -> list[str]:
    """Write years in order, those in a row together.

    Examples
    --------
    >>> year_runs(["2013", "2011", "2012", "2020"])
    ['2011–2013', '2020']
    """
    listed = sorted(int(year) for year in years)
    breaks = [0, *(n for n, (one, two) in enumerate(pairwise(listed), 1) if two - one > 1), len(listed)]
    runs = [listed[start:end] for start, end in pairwise(breaks) if start < end]
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
