"""The rows of tables, made from articles, claims and what is found of them."""

from collections.abc import Iterable
from fractions import Fraction

from dalil.analysis.groupings import Joint, Moved, Sum
from dalil.analysis.interpretations import Interpretation
from dalil.analysis.ratings import Assessment
from dalil.analysis.rules import Finding
from dalil.analysis.sources import SourceCheck
from dalil.claims.claims import Claims
from dalil.claims.mentions import Mention
from dalil.numbers.intervals import decimal_text
from dalil.reference.record import Reference
from dalil.tables.row import value_texts
from dalil.tables.rows import (
    AbsentRow,
    AssessmentRow,
    ClaimRow,
    CorrectionRow,
    GroupingRow,
    InterpretationRow,
    JointRow,
    MentionRow,
    MovedRow,
    OriginRow,
    SectionRow,
    SourceRow,
    VerdictRow,
)
from dalil.text.article import Article


def section_rows(article: Article) -> list[SectionRow]:
    """One row a section."""
    return [
        SectionRow.of(
            section,
            section=section.id,
            line_start=article.line(section.start),
            line_end=article.line(max(section.start, section.end - 1)),
        )
        for section in article.sections
    ]


def correction_rows(article: Article) -> list[CorrectionRow]:
    """One row a spelling repair."""
    return [CorrectionRow.of(correction) for correction in article.corrections]


def mention_rows(mentions: Iterable[Mention]) -> list[MentionRow]:
    """One row a mention."""
    rows = []
    for mention in mentions:
        quantity = mention.quantity
        mark = "" if quantity.value is None else decimal_text(Fraction(quantity.value))
        value, low, high = value_texts(mention.estimate or quantity.iso or mark)
        named = {"mention_id": mention.id, "unit": quantity.unit, "kind": quantity.kind}
        rows.append(MentionRow.of(mention, value=value, low=low, high=high, **named))
    return rows


def claim_rows(claims: Claims) -> list[ClaimRow]:
    """One row a claim."""
    return [
        ClaimRow.of(
            claim,
            claim.entry,
            claim_id=claim.id,
            value=claim.estimate or claim.iso or None,
            comparator=claim.comparator,
            section=claim.section.id,
        )
        for claim in claims
    ]


def verdict_rows(findings: Iterable[Finding]) -> list[VerdictRow]:
    """One row a finding."""
    return [VerdictRow.of(f, verdict_id=f"v{n:02d}", outcome=f.case) for n, f in enumerate(findings, start=1)]


def origin_rows(reference: Reference, used: Iterable[str]) -> list[OriginRow]:
    """One row an origin of the record that something rests on.

    Parameters
    ----------
    reference, used
        The record, and the names of the origins.
    """
    names = set(used)
    return [OriginRow.of(origin, origin=name) for name, origin in reference.origins.items() if name in names]


def absent_rows(reference: Reference) -> list[AbsentRow]:
    """One row a table of the record that is described and not there."""
    return [AbsentRow(path, title) for path, title in reference.absent.items()]


def sum_rows(sums: Iterable[Sum]) -> list[GroupingRow]:
    """One row a set of countries: the sum of each year, the lowest and highest, and what fits."""
    rows = []
    for members in sums:
        values = {year: total.value for year, total in members.sums.items() if total.value is not None}
        rows.append(
            GroupingRow.of(
                members,
                claim_id=members.claim.id,
                first_year=min(members.sums),
                last_year=max(members.sums),
                years=len(members.sums),
                lowest=min(values.values()),
                highest=max(values.values()),
                unit=members.claim.entry.unit,
                nearest_year=members.nearest,
                nearest=values[members.nearest],
                sums={str(year): decimal_text(value) for year, value in values.items()},
            )
        )
    return rows


def interpretation_rows(interpretations: Iterable[Interpretation]) -> list[InterpretationRow]:
    """One row a way to take a percentage, and year."""
    return [InterpretationRow.of(way, claim_id=way.claim.id) for way in interpretations]


def moved_rows(moved: Iterable[Moved]) -> list[MovedRow]:
    """One row a number that was tried beside the printed one."""
    return [MovedRow.of(one, claim_id=one.claim.id) for one in moved]


def joint_rows(joint: Iterable[Joint]) -> list[JointRow]:
    """One row a set of countries and year, for two claims that belong together."""
    return [JointRow.of(one) for one in joint]


def source_rows(checks: Iterable[SourceCheck]) -> list[SourceRow]:
    """One row a claim and source."""
    return [SourceRow.of(check, claim_id=check.claim, value=check.estimate or check.date) for check in checks]


def assessment_rows(assessments: Iterable[Assessment]) -> list[AssessmentRow]:
    """One row a claim."""
    return [AssessmentRow.of(assessment, claim_id=assessment.claim) for assessment in assessments]
