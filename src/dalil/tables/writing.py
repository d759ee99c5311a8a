"""Rows: the tables on disk, written from articles, claims and results."""

import math
from collections.abc import Iterable
from fractions import Fraction

from dalil.analysis.consistency import Finding
from dalil.claims.claims import Claims
from dalil.claims.mentions import Mention
from dalil.numbers.intervals import Estimate, decimal_text
from dalil.tables.row import Row as TypedRow
from dalil.tables.rows import (
    ClaimRow,
    CorrectionRow,
    MentionRow,
    SectionRow,
    VerdictRow,
)
from dalil.text.article import Article

Row = dict[str, str]


def section_rows(article: Article) -> list[SectionRow]:
    """One row a section."""
    return [
        SectionRow(
            section=section.id,
            heading=section.heading,
            language=section.language,
            start=section.start,
            end=section.end,
            line_start=article.line(section.start),
            line_end=article.line(max(section.start, section.end - 1)),
        )
        for section in article.sections
    ]


def correction_rows(article: Article) -> list[CorrectionRow]:
    """One row a spelling repair."""
    return [CorrectionRow(c.written, c.meant, c.count, c.why) for c in article.corrections]


def mention_rows(mentions: Iterable[Mention]) -> list[MentionRow]:
    """One row a mention."""
    return [
        MentionRow(
            mention_id=mention.id,
            line=mention.line,
            start=mention.start,
            end=mention.end,
            text=mention.text,
            **value_of(mention.estimate, mention.quantity.iso or _mark(mention)),
            unit=mention.quantity.unit,
            kind=mention.quantity.kind,
            claim_id=mention.claim_id,
            reason=mention.reason,
        )
        for mention in mentions
    ]


def claim_rows(claims: Claims) -> list[ClaimRow]:
    """One row a claim."""
    return [
        ClaimRow(
            claim_id=claim.id,
            kind=claim.entry.kind,
            measure=claim.entry.measure,
            subject=claim.entry.subject,
            value=claim.estimate or claim.iso or None,
            unit=claim.entry.unit,
            comparator=claim.comparator,
            period=claim.entry.period,
            base_period=claim.entry.base_period,
            status=claim.entry.status,
            section=claim.section.id,
            line_start=claim.line_start,
            line_end=claim.line_end,
            quote=claim.quote,
            citation=claim.citation,
            mentions=claim.mentions,
        )
        for claim in claims
    ]


def verdict_rows(findings: Iterable[Finding]) -> list[VerdictRow]:
    """One row a finding."""
    return [
        VerdictRow(f"v{number:02d}", f.rule, f.claims, f.verdict, f.case, f.details)
        for number, f in enumerate(findings, start=1)
    ]


def numbers(row: Row | TypedRow, name: str = "value") -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Read a number of a row back, with the ends of its interval.

    Examples
    --------
    >>> numbers({"gap": "-1", "gap_low": "-2", "gap_high": ""}, "gap")
    (Fraction(-1, 1), Fraction(-2, 1), None)
    """
    keys = ("value", "low", "high") if name == "value" else (name, f"{name}_low", f"{name}_high")
    value, low, high = (Fraction(row[key]) if row[key] else None for key in keys)
    return value, low, high


def value_of(estimate: Estimate | None, iso: str = "") -> Row:
    """Write the value, low and high of a number, its ends rounded outwards; or a date three times.

    Examples
    --------
    >>> value_of(exactly(2))
    {'value': '2', 'low': '2', 'high': '2'}
    """
    if estimate is None:
        return {"value": iso, "low": iso, "high": iso}
    return {
        "value": decimal_text(estimate.value),
        "low": decimal_text(estimate.range.low, towards=math.floor),
        "high": decimal_text(estimate.range.high, towards=math.ceil),
    }


def _mark(mention: Mention) -> str:
    return "" if mention.quantity.value is None else decimal_text(Fraction(mention.quantity.value))
