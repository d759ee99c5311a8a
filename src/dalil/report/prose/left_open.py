"""Numbers that leave something open: what sets of countries add up to, and the ways to take a percentage."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.report.prose.record import near, nearest
from dalil.tables.rows import GroupingRow, InterpretationRow

R = TypeVar("R", GroupingRow, InterpretationRow)


def open_text(context: ReportContext) -> Markup:
    """Say of each number that leaves something open how many ways to take it bear it out."""
    blocks = [_sums(context, name, list(rows)) for name, rows in _by_claim(context.rows(GroupingRow))]
    blocks += [_readings(context, name, list(rows)) for name, rows in _by_claim(context.rows(InterpretationRow))]
    if not blocks and context.has_record:
        blocks = [iter([context.wording.html("text.open.nothing")])]
    return paragraphs(*blocks)


def _sums(context: ReportContext, name: str, rows: list[GroupingRow]) -> Iterator[Markup]:
    """How many sums were tried for a number that names neither countries nor year, and which fit or come nearest."""
    say, facts = context.wording.html, context.fact_phrases
    tried, fitting = facts[f"{name}_sums"], facts[f"{name}_sums_fitting"]
    yield _number(context, name)
    yield say("text.open.sums", tried=tried)
    if sets := [_set(context, row, row.fits) for row in rows if row.fits]:
        yield say("text.open.fitting", n=fitting, sets=Markup("; ").join(sets))
        yield say("text.open.meant")
    else:
        claim = context.claims[name]
        row = nearest(rows, claim)[0]
        amount = near(context.wording, row.nearest, claim.estimate, claim.unit)
        yield say("text.open.none_fitting", n=fitting)
        yield say("text.open.not_reproduced")
        yield say("text.open.nearest", amount=amount, set=_set(context, row, [row.nearest_year]))


def _set(context: ReportContext, row: GroupingRow, years: Iterable[int]) -> Markup:
    """Years with the countries that are added to those always counted."""
    wording = context.wording
    countries = wording.listed(map(wording.country, row.added))
    return wording.html(
        f"text.open.set.{'some' if row.added else 'none'}", years=wording.listed(years), countries=countries
    )


def _readings(context: ReportContext, name: str, rows: list[InterpretationRow]) -> Iterator[Markup]:
    """How many ways to take an open percentage bear it out, in all years and in a year that one of them names."""
    say, facts = context.wording.html, context.fact_phrases
    holding = facts[f"{name}_holding"]
    yield _number(context, name)
    yield say("text.open.readings", tried=facts[f"{name}_readings"], holding=holding)
    for year in sorted({row.year for row in rows if f"{name}_holding_{row.year}" in facts}):
        tried = facts[f"{name}_readings_{year}"]
        yield say("text.open.named_year", year=year, tried=tried, holding=facts[f"{name}_holding_{year}"])
    yield say("text.open.depends" if holding.count else "text.open.not_reproduced")


def _number(context: ReportContext, name: str) -> Markup:
    claim = context.claim(name)
    return context.wording.html("text.open.number", measure=claim.measure, claim=claim)


def _by_claim(rows: Iterable[R]) -> Iterator[tuple[str, Iterator[R]]]:
    return groupby(rows, attrgetter("claim_id"))
