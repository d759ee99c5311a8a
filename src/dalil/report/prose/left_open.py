"""Numbers that leave something open: whom they count, and what they are a percentage of."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import blocks, heading, paragraphs, points
from dalil.report.prose.record import deciding, near, nearest
from dalil.tables.rows import ClaimRow, GroupingRow, InterpretationRow, JointRow

R = TypeVar("R", GroupingRow, InterpretationRow)


def open_text(context: ReportContext) -> Markup:
    """Say of each number that leaves something open which ways to take it bear it out."""
    sums = [_sums(context, name, list(rows)) for name, rows in _by_claim(context.rows(GroupingRow))]
    sums.append(paragraphs(_jointly(context)))
    readings = [_readings(context, name, list(rows)) for name, rows in _by_claim(context.rows(InterpretationRow))]
    return blocks(*sums, *readings)


def _sums(context: ReportContext, name: str, rows: list[GroupingRow]) -> Markup:
    """Which countries a number must count, and the years that fit or come nearest."""
    wording, claim, row = context.wording, context.claim(name), context.claims[name]
    country = next(iter(deciding(rows, row)), "")
    case = "with" if country else "on_record" if any(one.fits for one in rows) else "not_on_record"
    name = wording.country(country) if country else ""
    finding = wording.say(f"text.open.finding.{case}", claim=claim, measure=claim.measure, country=name)
    return blocks(heading(finding), paragraphs(_counted(context, row, rows, country)))


def _counted(context: ReportContext, claim: ClaimRow, rows: list[GroupingRow], country: str) -> Iterator[Markup]:
    """What sets of countries come to, without the one that decides and with it, and today's members."""
    wording, facts = context.wording, context.fact_phrases
    if country and (most := facts.find(f"{claim.claim_id}_most_without_{country.lower()}")):
        yield wording.html("text.open.without", country=wording.country(country), most=most)
    if members := facts.find(f"{claim.claim_id}_members"):
        year = max(row.last_year for row in rows)
        among = max((row for row in rows if year in row.member_years), key=lambda row: Fraction(row.sums[str(year)]))
        countries = wording.listed(map(wording.country, among.added))
        case = "with" if among.added else "alone"
        yield wording.html(f"text.open.members.{case}", members=members, year=year, countries=countries)
    for row in [row for row in rows if row.member_fits] or nearest(rows, claim)[:1]:
        years = row.member_fits or [row.nearest_year]
        amount = near(wording, row.nearest, claim.estimate, row.unit)
        found, added = "fits" if row.member_fits else "nearest", "with" if row.added else "alone"
        countries = wording.listed(map(wording.country, row.added))
        key = f"text.open.{found}.{added}"
        yield wording.html(key, years=wording.listed(years), countries=countries, amount=amount)
    tried, fitting = (facts.find(f"{claim.claim_id}_{name}") for name in ("numbers", "numbers_fitting"))
    # Where most numbers would fit, a fit says little.
    if tried and fitting and 1 < tried.count < 2 * fitting.count:
        yield wording.html("text.open.others", tried=tried, fitting=fitting)


def _jointly(context: ReportContext) -> Iterator[Markup]:
    """Which countries in which years come to a number and to the one that it is a part of as well."""
    wording = context.wording
    for _, group in groupby(context.rows(JointRow), attrgetter("name")):
        rows = list(group)
        fitting: dict[tuple[str, ...], list[int]] = {}
        for row in (row for row in rows if row.fits):
            fitting.setdefault(row.added, []).append(row.year)
        for added, years in fitting.items():
            case = "with" if added else "alone"
            countries = wording.listed(map(wording.country, added))
            yield wording.html(f"text.open.joint.{case}", years=wording.listed(years), countries=countries)
        if not fitting:
            yield wording.html("text.open.joint.none")
        if missing := dict.fromkeys(area for row in rows if row.fits for area in row.missing):
            yield wording.html("text.open.joint.missing", countries=wording.listed(map(wording.country, missing)))


def _readings(context: ReportContext, name: str, rows: list[InterpretationRow]) -> Markup:
    """What each way to take an open percentage comes to in the years that the article may mean."""
    wording, claim = context.wording, context.claim(name)
    named = [row.year for row in rows if f"{name}_readings_{row.year}" in context.facts]
    year = max(named or [row.year for row in rows])
    told = [row for row in rows if row.year == year]
    holding = dict.fromkeys(row.of_what for row in told if row.holds)
    case = "none" if not holding else "all" if all(row.holds for row in told) else "some"
    if case == "some" and len(holding) == 1 and len({row.of_what for row in told}) > 1:
        case = "only"
    what = wording.listed(wording.label("readings", one) for one in holding)
    finding = wording.say(f"text.open.percentage.{case}", claim=claim, measure=claim.measure, year=year, what=what)
    ways = (
        wording.html(
            f"text.open.way.{'holds' if row.holds else 'fails'}",
            what=wording.label("readings", row.of_what), whom=wording.label("readings", row.with_whom),
            value=wording.amount(row.value, "ratio"),
        )
        for row in told
    )  # fmt: skip
    return blocks(heading(finding), paragraphs([wording.html("text.open.ways", year=year)]), points(ways))


def _by_claim(rows: Iterable[R]) -> Iterator[tuple[str, Iterator[R]]]:
    return groupby(rows, attrgetter("claim_id"))
