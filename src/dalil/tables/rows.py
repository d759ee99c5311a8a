"""The rows of every table, with the types of their columns; ``data/datapackage.json`` says what a column means."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dalil.analysis.outcomes import Prices
from dalil.analysis.ratings import Met
from dalil.analysis.rules import Verdict
from dalil.analysis.sources import Found, Spoken
from dalil.claims.entries import Kind, Status
from dalil.numbers.intervals import Estimate, Rounding
from dalil.numbers.periods import Period
from dalil.reference.record import OriginKind, Reliability
from dalil.tables.row import Days, Row, Value


@dataclass(frozen=True)
class SectionRow(Row, table="sections"):
    """A section of the article."""

    section: str
    heading: str
    language: str
    start: int
    end: int
    line_start: int
    line_end: int


@dataclass(frozen=True)
class CorrectionRow(Row, table="corrections"):
    """A misspelling that was mended while reading."""

    written: str
    meant: str
    count: int
    why: str


@dataclass(frozen=True)
class ReadingRow(Row, table="reading"):
    """How much of a labelled set was read right."""

    set: str
    language: str
    sentences: int
    labelled: int
    read: int
    value_right: int
    unit_right: int
    value_f1: Fraction
    unit_f1: Fraction


@dataclass(frozen=True)
class MentionRow(Row, table="mentions"):
    """A numeral of the article, with its place; its value as text, since it may be a date without a year."""

    mention_id: str
    line: int
    start: int
    end: int
    text: str
    value: str
    low: str
    high: str
    unit: str
    kind: str
    claim_id: str
    reason: str


@dataclass(frozen=True)
class ClaimRow(Row, table="claims"):
    """A claim of the article."""

    claim_id: str
    kind: Kind
    measure: str
    subject: str
    value: Value | None
    unit: str
    comparator: str
    period: Days
    base_period: Period | None
    status: Status
    section: str
    line_start: int
    line_end: int
    quote: str
    citation: str
    mentions: tuple[str, ...]
    weight: int
    reviewed: bool
    statement: dict[str, str]
    why: str

    @property
    def estimate(self) -> Estimate | None:
        """Its number, where it states one."""
        return self.value if isinstance(self.value, Estimate) else None


@dataclass(frozen=True)
class GrowthRow(Row, table="growth"):
    """A result of the notebook on growth rates."""

    fact_id: str
    value: Estimate
    unit: str
    formula: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class GapRow(Row, table="gaps"):
    """A target beside what one growth rate leads to; ``scenario`` is ``base`` or the rate."""

    target: str
    target_year: int
    target_value: Fraction
    base: str
    base_year: int
    scenario: str
    growth: Estimate
    projected: Estimate
    gap: Estimate
    gap_relative: Estimate
    years: Estimate
    arrival: Estimate
    unit: str


@dataclass(frozen=True)
class TrajectoryRow(Row, table="trajectories"):
    """A level on the way that one growth rate leads."""

    base: str
    scenario: str
    year: int
    value: Estimate
    unit: str


@dataclass(frozen=True)
class FanRow(Row, table="fan"):
    """A level on the way from a start that was rounded in one way."""

    base: str
    rounding: Rounding
    year: int
    value: Estimate
    unit: str


@dataclass(frozen=True)
class SensitivityRow(Row, table="sensitivity"):
    """What share of a target one growth rate reaches in one year."""

    target: str
    growth: Fraction
    year: int
    reached: Fraction


@dataclass(frozen=True)
class VerdictRow(Row, table="verdicts"):
    """What one rule finds when claims are held against each other; ``outcome`` is its case."""

    verdict_id: str
    rule: str
    claims: tuple[str, ...]
    verdict: Verdict
    outcome: str
    details: dict[str, str]


@dataclass(frozen=True)
class OriginRow(Row, table="origins"):
    """A source that something rests on."""

    origin: str
    kind: OriginKind
    producer: str
    title: str
    date_published: str
    date_accessed: str
    licence: str
    citation: str
    address: str
    reliability: Reliability
    note: str


@dataclass(frozen=True)
class AbsentRow(Row, table="absent"):
    """A table of the record that is described and not there."""

    path: str
    title: str


@dataclass(frozen=True)
class RecordRow(Row, table="record"):
    """A country's figure of a year, with its growth over the year before."""

    measure: str
    subject: str
    reporter: str
    partner: str
    year: int
    comparator: str
    value: Estimate
    unit: str
    growth: Estimate | None
    basis: str
    status: str
    origin: str


@dataclass(frozen=True)
class OutcomeRow(Row, table="outcomes"):
    """What one record shows of one target."""

    target: str
    name: str
    target_year: int
    target_value: Fraction
    base_year: int
    reporter: str
    prices: Prices
    value: Estimate
    unit: str
    gap: Estimate
    gap_relative: Estimate
    first_met: Estimate
    delay: Estimate
    needed: Estimate | None
    came: Estimate | None
    basis: str
    status: str
    origin: str


@dataclass(frozen=True)
class MirrorRow(Row, table="mirror"):
    """A year's flow as both countries record it."""

    measure: str
    year: int
    exporter: str
    importer: str
    unit: str
    exported: Estimate
    imported: Estimate
    asymmetry: Estimate
    exported_basis: str
    exported_status: str
    exported_origin: str
    imported_basis: str
    imported_status: str
    imported_origin: str


@dataclass(frozen=True)
class BalanceRow(Row, table="balances"):
    """A year's exports less imports, as one country records both."""

    measure: str
    year: int
    reporter: str
    partner: str
    exports: Estimate
    imports: Estimate
    balance: Estimate
    unit: str
    status: str
    origin: str


@dataclass(frozen=True)
class GroupingRow(Row, table="groupings"):
    """A set of countries and what it adds up to, over the years."""

    claim_id: str
    grouping: str
    added: tuple[str, ...]
    first_year: int
    last_year: int
    years: int
    lowest: Fraction
    highest: Fraction
    unit: str
    fits: tuple[int, ...]
    member_years: tuple[int, ...]
    member_fits: tuple[int, ...]
    nearest_year: int
    nearest: Fraction
    sums: dict[str, str]
    origins: tuple[str, ...]


@dataclass(frozen=True)
class InterpretationRow(Row, table="readings"):
    """One way to take an open percentage, in one year."""

    claim_id: str
    of_what: str
    with_whom: str
    year: int
    value: Estimate
    partners: tuple[str, ...]
    holds: bool


@dataclass(frozen=True)
class MovedRow(Row, table="moved"):
    """A printed number moved by so much of its last digit, and whether some sum of members fits it."""

    claim_id: str
    value: Estimate
    fits: bool


@dataclass(frozen=True)
class JointRow(Row, table="joint"):
    """A set of countries in a year, with what it adds up to for a claim and for the one that it is a part of."""

    name: str
    part: Estimate
    whole: Estimate
    grouping: str
    added: tuple[str, ...]
    year: int
    missing: tuple[str, ...]
    fits: bool


@dataclass(frozen=True)
class SourceRow(Row, table="sources"):
    """What one source says of one claim."""

    claim_id: str
    origins: tuple[str, ...]
    reporter: str
    found: Found
    period: Period | None
    comparator: str
    value: Value | None
    unit: str
    basis: str
    status: str
    verdict: Spoken
    difference: Estimate | None
    reliability: Literal["", "low", "medium", "high"]
    taken_from: bool
    note: str


@dataclass(frozen=True)
class AssessmentRow(Row, table="assessments"):
    """How a claim stands when all sources have spoken; ``first`` is the claim that it states again."""

    claim_id: str
    itself: Verdict
    agreeing: int
    differing: int
    silent: int
    rating: str
    announced: str
    met: Met
    first: str
    counted: bool


# The figures have rows of their own, which are no tables.
ROWS: dict[str, type[Row]] = {row.table: row for row in Row.__subclasses__() if row.table}
