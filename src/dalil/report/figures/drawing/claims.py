"""Claims and targets as figures read them, with their types."""

from dalil.numbers.intervals import Estimate
from dalil.report.prose.context import ReportContext
from dalil.tables.facts import Fact
from dalil.tables.rows import ClaimRow, GapRow


def claims_of(report: ReportContext) -> dict[str, ClaimRow]:
    """The claims by name."""
    return {claim.claim_id: claim for claim in report.rows(ClaimRow)}


def targets_of(report: ReportContext) -> dict[str, list[GapRow]]:
    """The targets by the claim they are counted from, at the base growth where there is one."""
    return report.series


def estimate_of(fact: Fact) -> Estimate:
    """The number of a fact."""
    return fact.estimate
