"""Verdicts: the word for how a claim came out, by the first rule of a table that fits; the method section prints it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import source_rows
from dalil.tables.rows import AssessmentRow, ClaimRow, GroupingRow, JointRow, OutcomeRow, SourceRow, VerdictRow

# What holding an article against itself shows of a sum, a share, a count or a repetition.
_ADDS_UP = {"fits", "fits-rounded", "between", "part-fits", "count-fits"}
_DOES_NOT = {
    "does-not-fit", "slip", "points-for-percent", "not-between", "part-exceeds-whole", "count-does-not-fit",
    "other-value",
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """How a claim came out: the rule that fits, its word, and how much a reader needs to know of it (0 to 3)."""

    case: str
    word: str
    strength: int


@dataclass(frozen=True)
class Standing:
    """What the verdict on a claim rests on."""

    context: ReportContext
    claim: ClaimRow

    @cached_property
    def assessed(self) -> AssessmentRow:
        """How it is rated."""
        return next(row for row in self.context.rows(AssessmentRow) if row.claim_id == self.claim.claim_id)

    @property
    def first(self) -> str:
        """The claim that it states again, or itself: sources are held against that."""
        return self.assessed.first or self.claim.claim_id

    @property
    def is_target(self) -> bool:
        """Whether it announces something to come."""
        return self.claim.kind == "target"

    def rated(self, *ratings: str) -> bool:
        """Tell whether a record was there and the claim has one of some ratings."""
        return self.context.has_record and self.assessed.rating in ratings

    @cached_property
    def off(self) -> int:
        """1 where all sources that differ are above it, -1 where all are below, 0 else."""
        rows = [row for row in source_rows(self.context, self.context.claim(self.first)) if row.verdict == "differs"]
        values = [row.difference.value if row.difference else None for row in rows]
        signs = {0 if value is None else (value > 0) - (value < 0) for value in values}
        return signs.pop() if len(signs) == 1 else 0

    @property
    def is_echoed(self) -> bool:
        """Whether what it was taken from gives it."""
        return any(
            row.taken_from and row.verdict == "agrees"
            for row in source_rows(self.context, self.context.claim(self.first))
        )

    @cached_property
    def fits(self) -> list[int]:
        """The years in which members of a group come to it, by themselves or together with what it is a part of."""
        rows = [row for row in self.context.rows(GroupingRow) if row.claim_id == self.first]
        parts = {share.share.fact.id for share in self.context.share_phrases() if share.part.row.claim_id == self.first}
        joint = {row.year for row in self.context.rows(JointRow) if row.name in parts and row.fits}
        return sorted(joint | {year for row in rows for year in row.member_fits})

    @property
    def is_past(self) -> bool:
        """Whether it is told of now, and only sums of earlier years come to it."""
        last = max((row.last_year for row in self.context.rows(GroupingRow) if row.claim_id == self.first), default=0)
        return bool(self.fits) and self.claim.period is None and self.fits[-1] < last

    @cached_property
    def adds_up(self) -> bool:
        """Whether it goes together with other numbers of the article."""
        rows = self.context.rows(VerdictRow)
        return any(row.outcome in _ADDS_UP and self.claim.claim_id in row.claims for row in rows)

    @cached_property
    def does_not_add_up(self) -> bool:
        """Whether others lead to another number than it states, or it to another one and nothing speaks for it."""
        rows, name = [row for row in self.context.rows(VerdictRow) if row.outcome in _DOES_NOT], self.claim.claim_id
        return any(row.claims[:1] == (name,) or (name in row.claims and not self.adds_up) for row in rows)

    @cached_property
    def pace(self) -> int:
        """1 where the growth stated leads to the target, -1 where it falls short, 0 where neither is settled."""
        targets = [t for t in self.context.target_phrases() if t.row.target == self.claim.claim_id and t.projected]
        return targets[0].fact("gap_#").sign if targets else 0


# Each rule with how much a reader needs to know of what it says, in the order of asking.
RULES: dict[str, tuple[int, Callable[[Standing], bool]]] = {
    "announced-otherwise": (3, lambda of: of.is_target and of.rated("contradicted", "doubtful")),
    "missed": (3, lambda of: of.assessed.met == "missed"),
    "missed-narrowly": (3, lambda of: of.assessed.met == "missed-narrowly"),
    "met": (2, lambda of: of.assessed.met == "met"),
    "not-due": (1, lambda of: of.assessed.met == "not-due"),
    "announced": (1, lambda of: of.is_target and of.rated("confirmed", "supported", "one-side", "within-revisions")),
    "one-side": (3, lambda of: of.rated("one-side")),
    "about-right": (2, lambda of: of.rated("within-revisions")),
    "right": (2, lambda of: of.rated("confirmed")),
    "likely-right": (2, lambda of: of.rated("supported")),
    "too-high": (3, lambda of: of.rated("contradicted") and of.off < 0),
    "too-low": (3, lambda of: of.rated("contradicted") and of.off > 0),
    "wrong": (3, lambda of: of.rated("contradicted")),
    "likely-too-high": (3, lambda of: of.rated("doubtful") and of.off < 0),
    "likely-too-low": (3, lambda of: of.rated("doubtful") and of.off > 0),
    "doubtful": (3, lambda of: of.rated("doubtful")),
    "disputed": (3, lambda of: of.rated("disputed")),
    "out-of-date": (3, lambda of: of.rated("possible", "not-reproduced") and of.is_past),
    "unclear": (2, lambda of: of.rated("possible")),
    "no-match": (2, lambda of: of.rated("not-reproduced")),
    "weak": (1, lambda of: of.rated("unsettled")),
    "own-source": (1, lambda of: of.is_echoed),
    "does-not-add-up": (3, lambda of: of.does_not_add_up),
    "pace-short": (3, lambda of: of.pace < 0),
    "pace-reached": (2, lambda of: of.pace > 0),
    "adds-up": (2, lambda of: of.adds_up),
    "not-found": (0, lambda of: of.context.has_record),
    "not-checked": (0, lambda of: not of.context.has_record),
}


def verdict(context: ReportContext, claim: str) -> Verdict:
    """Say in a word or two how a claim came out."""
    standing = Standing(context, context.claims[claim])
    case, (strength, _) = next((name, rule) for name, rule in RULES.items() if rule[1](standing))
    missed = gaps(context, standing.first) if case == "missed" else []
    least = max((gap.value for gap in missed if gap.value is not None), default=None)
    share = "" if least is None else context.wording.amount(Estimate(-least, missed[0].range), "ratio")
    return Verdict(case, context.wording.say(f"verdict.word.{case}", share=share), strength)


def verdict_rules(context: ReportContext) -> list[tuple[str, str]]:
    """List each word with its rule, in the order of asking; how much a target is missed by stands open."""
    say = context.wording.say
    return [(say(f"verdict.word.{case}", share="…"), say(f"verdict.rule.{case}")) for case in RULES]


def outcome_rows(context: ReportContext, claim: str) -> list[OutcomeRow]:
    """What became of a target at current prices, a row a record."""
    return [row for row in context.rows(OutcomeRow) if row.target == claim and row.prices == "current"]


def outcomes_said(context: ReportContext, claim: str) -> list[SourceRow]:
    """What became of a target by sources that are no country's record, a row a source."""
    return [row for row in source_rows(context, context.claim(claim)) if row.found == "outcome" and not row.reporter]


def gaps(context: ReportContext, claim: str) -> list[Estimate]:
    """By what part of itself a target was missed, below zero, or passed, by each record or else by each source."""
    if rows := outcome_rows(context, claim):
        return [row.gap_relative for row in rows]
    goal = context.claims[claim]
    return [gap_of(row, goal) for row in outcomes_said(context, claim)]


def gap_of(row: SourceRow, goal: ClaimRow) -> Estimate:
    """By what part of a target its outcome is above it, or below."""
    assert isinstance(row.value, Estimate)
    assert goal.estimate is not None
    level = Amount.leaf("figure", "outcome", row.value, row.unit)
    return (level / Amount.leaf("claim", goal.claim_id, goal.estimate, goal.unit) - 1).estimate
