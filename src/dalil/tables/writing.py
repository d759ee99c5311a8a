"""Rows: the tables on disk, written from articles, claims and results."""

import json
import math
from collections.abc import Iterable
from fractions import Fraction

from dalil.analysis.consistency import Finding
from dalil.analysis.projections import Projection, roundings, sensitivity
from dalil.analysis.results import Result
from dalil.analysis.targets import Target
from dalil.claims.claims import Claim, Claims
from dalil.claims.mentions import Mention
from dalil.numbers.intervals import Estimate, decimal_text, exactly
from dalil.numbers.projection import projection
from dalil.text.article import Article
from dalil.text.scoring import labelled, labelled_sets, score

Row = dict[str, str]

# The sensitivity grid: growth from none to well above what most targets need, years to some way past the last one,
# and no more of them than can be read beside one another.
GRID_STEP = Fraction(5, 100)
GRID_STEPS = 13
YEARS_AFTER = 4
MOST_YEARS = 12


# Shares are kept to a hundredth of a per cent.
_SHARE_DIGITS = 4


def section_rows(article: Article) -> list[Row]:
    """One row a section."""
    return [
        texts(
            section=s.id, heading=s.heading, language=s.language, start=s.start, end=s.end,
            line_start=article.line(s.start), line_end=article.line(max(s.start, s.end - 1)),
        )
        for s in article.sections
    ]  # fmt: skip


def correction_rows(article: Article) -> list[Row]:
    """One row a spelling repair."""
    return [texts(written=c.written, meant=c.meant, count=c.count, why=c.why) for c in article.corrections]


def reading_rows() -> list[Row]:
    """One row a labelled set: how much of it is read right, by value alone and by value and unit."""
    rows = []
    for path in labelled_sets():
        sentences = labelled(path)
        value, unit = score(sentences, with_units=False), score(sentences, with_units=True)
        rows.append(
            texts(
                set=path.parent.name, language=path.stem, sentences=value.sentences, labelled=value.labelled,
                read=value.read, value_right=value.right, unit_right=unit.right,
                value_f1=decimal_text(value.f1, _SHARE_DIGITS), unit_f1=decimal_text(unit.f1, _SHARE_DIGITS),
            )
        )  # fmt: skip
    return rows


def mention_rows(mentions: Iterable[Mention]) -> list[Row]:
    """One row a mention."""
    return [
        texts(
            mention_id=m.id, line=m.line, start=m.start, end=m.end, text=m.text,
            **value_of(m.estimate, m.quantity.iso or _mark(m)),
            unit=m.quantity.unit, kind=m.quantity.kind, claim_id=m.claim_id, reason=m.reason,
        )
        for m in mentions
    ]  # fmt: skip


def claim_rows(claims: Claims) -> list[Row]:
    """One row a claim."""
    return [_claim_row(claim) for claim in claims]


def result_rows(results: Iterable[Result]) -> list[Row]:
    """One row a result."""
    return [
        texts(fact_id=r.id, **value_of(r.estimate), unit=r.unit, formula=r.formula, claims=" ".join(r.claims))
        for r in results
    ]


def gap_rows(rows: Iterable[Projection]) -> list[Row]:
    """One row a target and growth rate."""
    return [
        texts(
            target=row.target.claim.id,
            target_year=row.target.year,
            target_value=decimal_text(row.target.claim.known.value),
            base=row.target.base.id,
            base_year=row.target.base_year,
            scenario=row.scenario,
            unit=row.target.claim.entry.unit,
            **three("growth", row.growth),
            **three("projected", row.projected),
            **three("gap", row.gap),
            **three("gap_relative", row.gap_relative),
            **three("years", row.years),
            **three("arrival", row.arrival),
        )
        for row in rows
    ]


def trajectory_rows(rows: list[Projection]) -> list[Row]:
    """One row a growth rate and year, from the base year to the last target of each base."""
    last = last_targets(row.target for row in rows)
    return [
        texts(
            base=row.target.base.id,
            scenario=row.scenario,
            year=year,
            **value_of(level),
            unit=row.target.base.entry.unit,
        )
        for row in rows
        if row.target in last
        for year, level in _path(row.target, row.target.base.known, row.growth)
    ]


def fan_rows(rows: list[Projection]) -> list[Row]:
    """One row a way of rounding and year, at the base growth's central value."""
    last = last_targets(row.target for row in rows)
    return [
        texts(base=row.target.base.id, rounding=way, year=year, **value_of(level), unit=row.target.base.entry.unit)
        for row in rows
        if row.target in last and row.scenario == "base"
        for way, start in roundings(row.target.base)
        for year, level in _path(row.target, start, _point(row.growth))
    ]


def sensitivity_rows(targets: Iterable[Target]) -> list[Row]:
    """One row a cell of the grid of the last target counted from each base."""
    return [
        texts(target=target.claim.id, growth=decimal_text(growth), year=year, reached=decimal_text(reached))
        for target in last_targets(targets)
        for growth, year, reached in sensitivity(target, *_grid(target))
    ]


def verdict_rows(findings: Iterable[Finding]) -> list[Row]:
    """One row a finding."""
    return [
        texts(
            verdict_id=f"v{number:02d}", rule=f.rule, claims=" ".join(f.claims), verdict=f.verdict, outcome=f.case,
            details=json.dumps(f.details, ensure_ascii=False),
        )
        for number, f in enumerate(findings, start=1)
    ]  # fmt: skip


def numbers(row: Row, name: str = "value") -> tuple[Fraction | None, Fraction | None, Fraction | None]:
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


def three(name: str, estimate: Estimate) -> Row:
    """Write a number and its ends in columns named after it.

    Examples
    --------
    >>> three("gap", exactly(2))
    {'gap': '2', 'gap_low': '2', 'gap_high': '2'}
    """
    value = value_of(estimate)
    return {name: value["value"], f"{name}_low": value["low"], f"{name}_high": value["high"]}


def texts(**values: object) -> Row:
    """Write every value of a row as text.

    Examples
    --------
    >>> texts(year=2017)
    {'year': '2017'}
    """
    return {name: str(value) for name, value in values.items()}


def last_targets(targets: Iterable[Target]) -> list[Target]:
    """The last target counted from each base."""
    last: dict[str, Target] = {}
    for target in targets:
        if target.base.id not in last or target.year > last[target.base.id].year:
            last[target.base.id] = target
    return list(last.values())


def _grid(target: Target) -> tuple[list[Fraction], list[int]]:
    """Growth rates and years of the sensitivity grid; of many years every so manieth, with the target's."""
    years = range(target.base_year + 1, target.year + YEARS_AFTER + 1)
    step = -(-len(years) // MOST_YEARS)
    rates = [GRID_STEP * number for number in range(GRID_STEPS)]
    return rates, [year for year in years if (year - target.year) % step == 0]


def _claim_row(claim: Claim) -> Row:
    entry = claim.entry
    start, end = (entry.period.start, entry.period.end) if entry.period else ("", "")
    return texts(
        claim_id=claim.id, kind=entry.kind, measure=entry.measure, subject=entry.subject,
        **value_of(claim.estimate, claim.iso),
        unit=entry.unit, comparator=claim.comparator, period_start=start, period_end=end,
        base_period=entry.base_period or "",
        status=entry.status, section=claim.section.id, line_start=claim.line_start, line_end=claim.line_end,
        quote=claim.quote, citation=claim.citation, mentions=" ".join(claim.mentions),
    )  # fmt: skip


def _mark(mention: Mention) -> str:
    return "" if mention.quantity.value is None else decimal_text(Fraction(mention.quantity.value))


def _path(target: Target, start: Estimate, growth: Estimate) -> list[tuple[int, Estimate]]:
    return [(target.base_year + n, projection.over(start, growth, periods=n)) for n in range(target.periods + 1)]


def _point(estimate: Estimate) -> Estimate:
    assert estimate.value is not None
    return exactly(estimate.value)
