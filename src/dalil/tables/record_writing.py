"""Rows of the record: the tables on disk that hold an article against statistics and the press."""

from collections.abc import Iterable

from dalil.analysis.groupings import Sum
from dalil.analysis.interpretations import Interpretation
from dalil.analysis.mirror import Mirror
from dalil.analysis.multiverse import Universe
from dalil.analysis.outcomes import Outcome, ReportedSeries
from dalil.analysis.ratings import Assessment
from dalil.analysis.results import Result
from dalil.analysis.sources import SourceCheck
from dalil.numbers.intervals import Estimate, decimal_text
from dalil.reference.record import Observation, Reference
from dalil.tables.writing import Row, texts, three, value_of


def origin_rows(reference: Reference, checks: Iterable[SourceCheck], results: Iterable[Result]) -> list[Row]:
    """One row an origin that something rests on."""
    used = {origin for check in checks for origin in check.origins} | {o for r in results for o in r.sources}
    return [
        texts(
            origin=name, kind=origin.kind, producer=origin.producer, title=origin.title,
            date_published=origin.date_published, date_accessed=origin.date_accessed, licence=origin.licence,
            citation=origin.citation, address=origin.address, reliability=origin.reliability, note=origin.note,
        )
        for name, origin in reference.origins.items()
        if name in used
    ]  # fmt: skip


def absent_rows(reference: Reference) -> list[Row]:
    """One row a table of the record that is described and not there."""
    return [texts(path=path, title=title) for path, title in reference.absent.items()]


def series_rows(reported_series: Iterable[ReportedSeries]) -> list[Row]:
    """One row a country's figure of a year, with its growth over the year before."""
    return [
        texts(
            measure=history.measure, subject=history.subject, reporter=history.reporter, partner=history.partner,
            year=year, comparator=one.comparator, **value_of(one.estimate), unit=one.unit,
            **_optional("growth", history.growth(year)), basis=one.basis, status=one.status,
            origin=one.origin,
        )
        for history in reported_series
        for year, one in history.figures.items()
    ]  # fmt: skip


def outcome_rows(outcomes: Iterable[Outcome]) -> list[Row]:
    """One row a target, record and kind of prices."""
    return [
        texts(
            target=o.target.claim.id, name=o.target.name, target_year=o.target.year,
            target_value=decimal_text(o.target.claim.known.value), base_year=o.target.base_year,
            reporter=o.history.reporter, prices=o.prices, **value_of(o.value), unit=o.target.claim.entry.unit,
            **three("gap", o.gap), **three("gap_relative", o.relative), **three("first_met", o.first_met),
            **three("delay", o.delay), **_optional("needed", o.needed), **_optional("came", o.came),
            basis=o.reached.basis, status=o.reached.status, origin=o.reached.origin,
        )
        for o in outcomes
    ]  # fmt: skip


def mirror_rows(mirrors: Iterable[Mirror]) -> list[Row]:
    """One row a flow and year, as both countries record it."""
    return [
        texts(
            measure=m.measure, year=m.year, exporter=m.exporter, importer=m.importer, unit=m.exported.unit,
            **three("exported", m.exported.estimate), **three("imported", m.imported.estimate),
            **three("asymmetry", m.asymmetry), **_origin("exported", m.exported), **_origin("imported", m.imported),
        )
        for m in mirrors
    ]  # fmt: skip


def sum_rows(sums: Iterable[Sum]) -> list[Row]:
    """One row a set of countries: how many years were added up, the lowest and highest sum, and what fits."""
    rows = []
    for one in sums:
        values = [estimate.value for estimate in one.sums.values() if estimate.value is not None]
        rows.append(
            texts(
                claim_id=one.claim.id, grouping=one.grouping, added=" ".join(one.added), first_year=min(one.sums),
                last_year=max(one.sums), years=len(one.sums), lowest=decimal_text(min(values)),
                highest=decimal_text(max(values)), unit=one.claim.entry.unit, fits=" ".join(map(str, one.fits)),
                nearest_year=one.nearest, nearest=decimal_text(one.sums[one.nearest].value),
            )
        )  # fmt: skip
    return rows


def interpretation_rows(readings: Iterable[Interpretation]) -> list[Row]:
    """One row a way to read a percentage, and year."""
    return [
        texts(
            claim_id=r.claim.id, of_what=r.of_what, with_whom=r.with_whom, year=r.year, **value_of(r.value),
            partners=" ".join(r.partners), holds="yes" if r.holds else "no",
        )
        for r in readings
    ]  # fmt: skip


def universe_rows(universes: Iterable[Universe]) -> list[Row]:
    """One row a headline and way of working it out."""
    return [
        texts(
            claim_id=u.claim.id, rounding=u.rounding, reporter=u.reporter, prices=u.prices, formula=u.formula,
            **value_of(u.value), unit=u.claim.entry.unit, support=u.support, origins=" ".join(u.origins),
        )
        for u in universes
    ]  # fmt: skip


def source_rows(checks: Iterable[SourceCheck]) -> list[Row]:
    """One row a claim and source."""
    return [
        texts(
            claim_id=c.claim, origins=" ".join(c.origins), reporter=c.reporter, found=c.found, period=c.period or "",
            comparator=c.comparator, unit=c.unit,
            **(value_of(c.estimate) if c.estimate else value_of(None, str(c.date or ""))),
            basis=c.basis, status=c.status, verdict=c.verdict, **_optional("difference", c.difference),
            reliability=c.reliability, note=c.note,
        )
        for c in checks
    ]  # fmt: skip


def assessment_rows(assessments: Iterable[Assessment]) -> list[Row]:
    """One row a claim."""
    return [
        texts(
            claim_id=a.claim, itself=a.itself, agreeing=a.agreeing, differing=a.differing, silent=a.silent,
            rating=a.rating, first=a.first,
        )
        for a in assessments
    ]  # fmt: skip


def _optional(name: str, estimate: Estimate | None) -> Row:
    return three(name, estimate) if estimate else {name: "", f"{name}_low": "", f"{name}_high": ""}


def _origin(name: str, one: Observation) -> Row:
    return {f"{name}_basis": one.basis, f"{name}_status": one.status, f"{name}_origin": one.origin}
