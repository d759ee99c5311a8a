"""Rows of the record: the tables on disk that hold an article against statistics and the press."""

from collections.abc import Iterable

from dalil.analysis.groupings import Sum
from dalil.analysis.interpretations import Interpretation
from dalil.analysis.multiverse import Universe
from dalil.analysis.ratings import Assessment
from dalil.analysis.sources import SourceCheck
from dalil.reference.record import Reference
from dalil.tables.rows import (
    AbsentRow,
    AssessmentRow,
    GroupingRow,
    InterpretationRow,
    OriginRow,
    SourceRow,
    UniverseRow,
)


def origin_rows(reference: Reference, used: Iterable[str]) -> list[OriginRow]:
    """One row an origin that something rests on.

    Parameters
    ----------
    reference
        The record.
    used
        The origins that something rests on.
    """
    names = set(used)
    return [
        OriginRow(
            origin=name,
            kind=origin.kind,
            producer=origin.producer,
            title=origin.title,
            date_published=origin.date_published,
            date_accessed=origin.date_accessed,
            licence=origin.licence,
            citation=origin.citation,
            address=origin.address,
            reliability=origin.reliability,
            note=origin.note,
        )
        for name, origin in reference.origins.items()
        if name in names
    ]


def absent_rows(reference: Reference) -> list[AbsentRow]:
    """One row a table of the record that is described and not there."""
    return [AbsentRow(path, title) for path, title in reference.absent.items()]


def sum_rows(sums: Iterable[Sum]) -> list[GroupingRow]:
    """One row a set of countries: how many years were added up, the lowest and highest sum, and what fits."""
    rows = []
    for members in sums:
        values = {year: total.value for year, total in members.sums.items() if total.value is not None}
        rows.append(
            GroupingRow(
                claim_id=members.claim.id,
                grouping=members.grouping,
                added=members.added,
                first_year=min(members.sums),
                last_year=max(members.sums),
                years=len(members.sums),
                lowest=min(values.values()),
                highest=max(values.values()),
                unit=members.claim.entry.unit,
                fits=members.fits,
                nearest_year=members.nearest,
                nearest=values[members.nearest],
            )
        )
    return rows


def interpretation_rows(interpretations: Iterable[Interpretation]) -> list[InterpretationRow]:
    """One row a way to take a percentage, and year."""
    return [
        InterpretationRow(i.claim.id, i.of_what, i.with_whom, i.year, i.value, i.partners, i.holds)
        for i in interpretations
    ]


def universe_rows(universes: Iterable[Universe]) -> list[UniverseRow]:
    """One row a headline and way of working it out."""
    return [
        UniverseRow(
            claim_id=universe.claim.id,
            rounding=universe.rounding,
            reporter=universe.reporter,
            prices=universe.prices,
            formula=universe.formula,
            value=universe.value,
            unit=universe.claim.entry.unit,
            support=universe.support,
            origins=universe.origins,
        )
        for universe in universes
    ]


def source_rows(checks: Iterable[SourceCheck]) -> list[SourceRow]:
    """One row a claim and source."""
    return [
        SourceRow(
            claim_id=check.claim,
            origins=check.origins,
            reporter=check.reporter,
            found=check.found,
            period=check.period,
            comparator=check.comparator,
            value=check.estimate or check.date,
            unit=check.unit,
            basis=check.basis,
            status=check.status,
            verdict=check.verdict,
            difference=check.difference,
            reliability=check.reliability,
            note=check.note,
        )
        for check in checks
    ]


def assessment_rows(assessments: Iterable[Assessment]) -> list[AssessmentRow]:
    """One row a claim."""
    return [AssessmentRow(a.claim, a.itself, a.agreeing, a.differing, a.silent, a.rating, a.first) for a in assessments]
