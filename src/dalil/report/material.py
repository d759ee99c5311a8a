"""Material: what earlier notebooks left on disk, as the figures and the report read it; nothing is computed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from dalil.errors import InputError
from dalil.parameters import Parameters
from dalil.paths import Run, resolve
from dalil.report.datapackage import read_table
from dalil.report.facts import Fact, read_facts
from dalil.report.html import link
from dalil.report.rows import Row
from dalil.report.wording import Wording
from dalil.yamlfile import read_yaml


class Material:
    """The tables and facts of one run, in the words of one language."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self.run = Run(parameters.run)
        self.wording = Wording(parameters.language)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """All facts by name."""
        return read_facts(self.run.processed / "facts.json")

    @cached_property
    def claims(self) -> dict[str, Row]:
        """Claims by name."""
        return {row["claim_id"]: row for row in self.table("claims")}

    @cached_property
    def about(self) -> dict[str, Any]:
        """What is known about the article."""
        record = resolve(self.parameters.article).with_suffix(".yml")
        return dict(read_yaml(record)) if record.exists() else {}

    @cached_property
    def languages(self) -> dict[str, str]:
        """The language of each section of the article."""
        return {row["section"]: row["language"] for row in self.table("sections")}

    def table(self, name: str) -> list[Row]:
        """Read one table."""
        return read_table(self.run.processed, name)

    @cached_property
    def targets(self) -> list[Row]:
        """The targets at the base growth, in order."""
        return [row for row in self.table("gaps") if row["scenario"] == "base"]

    def picture(self, name: str) -> Path:
        """Where a figure's vector picture is."""
        return self.run.figures / f"{name}.svg"

    def say(self, key: str, **context: Any) -> str:
        """Fill in a message with facts and claims as plain text."""
        return self.wording.say(key, **self._context(linked=False), **context)

    def html(self, key: str, **context: Any) -> str:
        """Fill in a Markdown message with facts and claims as links, and turn it into HTML."""
        return self.wording.html(key, **self._context(linked=True), **context)

    def _context(self, *, linked: bool) -> dict[str, Any]:
        facts = Facts(self.facts, self.wording, linked)
        claims = {name: ClaimWords(row, self.wording, linked) for name, row in self.claims.items()}
        return {
            "f": facts,
            "c": claims,
            "targets": [TargetWords(row, facts, claims) for row in self.targets],
            "parameters": self.parameters,
            "about": self.about,
        }


@dataclass(frozen=True)
class FactWords:
    """A fact in prose: itself with its unit, and its interval as ``range``."""

    fact: Fact
    wording: Wording
    linked: bool

    def __str__(self) -> str:
        text = self.wording.amount(*self.fact.numbers, self.fact.unit)
        if not self.linked:
            return text
        return link(f"fact-{self.fact.id}", escape(text), title=f"{self.fact.formula} ({self.range})")

    @property
    def range(self) -> str:
        """The interval in words."""
        return self.wording.span(*self.fact.numbers, self.fact.unit)

    @property
    def size(self) -> str:
        """The number without its sign, with a link as in prose."""
        value, low, high = self.fact.numbers
        text = self.wording.amount(None if value is None else abs(value), low, high, self.fact.unit)
        return link(f"fact-{self.fact.id}", escape(text), title=self.fact.formula) if self.linked else text

    @property
    def sign(self) -> int:
        """1 where the whole interval is above zero, -1 where it is below, 0 where the printing does not settle it."""
        _, low, high = self.fact.numbers
        if low is not None and low >= 0:
            return 1
        return -1 if high is not None and high < 0 else 0

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


class Facts(Mapping[str, FactWords]):
    """Facts by name; a name that is not there is an error that says so."""

    def __init__(self, facts: Mapping[str, Fact], wording: Wording, linked: bool) -> None:
        self._facts, self._wording, self._linked = facts, wording, linked

    def __getitem__(self, name: str) -> FactWords:
        if name not in self._facts:
            raise InputError.of("facts.json", [f"no fact {name}"], then="Name a fact that a notebook keeps.")
        return FactWords(self._facts[name], self._wording, self._linked)

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Any:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


@dataclass(frozen=True)
class ClaimWords:
    """A claim in prose: its number as printed, and its fields in words."""

    row: Row
    wording: Wording
    linked: bool

    def __str__(self) -> str:
        text = claim_value(self.row, self.wording)
        return link(f"claim-{self.row['claim_id']}", escape(text), title=self.measure) if self.linked else text

    @property
    def measure(self) -> str:
        """What is measured."""
        return self.wording.label("measures", self.row["measure"])

    @property
    def status(self) -> str:
        """Its standing."""
        return self.wording.label("statuses", self.row["status"])

    @property
    def period(self) -> str:
        """The period it is about."""
        return claim_period(self.row, self.wording)

    @property
    def base_period(self) -> str:
        """The period it is counted from."""
        return self.wording.period(self.row["base_period"])


@dataclass(frozen=True)
class TargetWords:
    """A target in prose, with the facts about it."""

    row: Row
    facts: Facts
    claims: Mapping[str, ClaimWords]

    @property
    def year(self) -> str:
        """The year it falls due."""
        return self.row["target_year"]

    @property
    def claim(self) -> ClaimWords:
        """The claim that sets it."""
        return self.claims[self.row["target"]]

    @property
    def base(self) -> ClaimWords:
        """The claim it is counted from."""
        return self.claims[self.row["base"]]

    def fact(self, pattern: str) -> FactWords:
        """The fact whose name has the year in place of ``#``."""
        return self.facts[pattern.replace("#", self.year)]

    @property
    def needed(self) -> FactWords:
        """The growth a year it needs from the base."""
        yearly = f"required_cagr_{self.year}"
        return self.facts[yearly if yearly in self.facts else f"required_growth_{self.year}"]


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
