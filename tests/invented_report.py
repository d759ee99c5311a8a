"""An invented article, held against an invented record as the notebooks do, and read back as a report reads it."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from dalil.analysis.projections import projection_results, projections

from dalil.analysis.groupings import sum_results, sums_of
from dalil.analysis.interpretations import interpretation_results, interpretations_of
from dalil.analysis.mirror import mirror_results, mirrors
from dalil.analysis.multiverse import universe_results, universes
from dalil.analysis.outcomes import outcome_results, outcomes, reported_series, series_results, years_of
from dalil.analysis.sources import check_sources
from dalil.analysis.targets import required_growth
from dalil.notebook.session import Session
from dalil.parameters import checked
from dalil.project import Project
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Reference
from dalil.report.prose.context import ReportContext
from dalil.tables import record_writing as record_rows
from dalil.tables.facts import merge_facts
from dalil.tables.rows import ROWS
from dalil.tables.writing import claim_rows, gap_rows
from invented import BETWEEN, Entry, read, record

# A price index of dollars: nothing costs more in 2018 than in 2017, and twice as much in 2020.
INDEX = {2017: 1, 2018: 1, 2020: 2}


def report_on(
    folder: Path,
    *entries: Entry,
    reference: Reference | None,
    mappings: Mapping[str, SeriesMapping] = BETWEEN,
    **parameters: Any,
) -> ReportContext:
    """What a report reads of an article that makes some claims and of a record; none may be named."""
    read(folder, list(entries))
    values = {"article": "article.txt", "claims": "claims.yml", **parameters}
    about = folder / "article.yml"
    about.write_text(
        json.dumps(
            {
                **json.loads(about.read_text()),
                **({"reference": {"package": "record", "measures": {}}} if reference else {}),
            }
        )
    )
    session = Session("checked", Project(folder), **values)
    rows = _rows(session, reference or record(), dict(mappings) if reference else {})
    for table in ROWS:
        session.write(table, rows.get(table, []))
    session.close()
    merge_facts([session.run.processed / "facts" / "checked.json"], session.run.processed / "facts.json")
    return ReportContext(checked(values, "a test"), Project(folder))


def _rows(session: Session, reference: Reference, mappings: dict[str, SeriesMapping]) -> dict[str, Any]:
    """Work everything out about the claims and the record, keep the facts and return the rows."""
    claims, targets = session.claims, session.targets
    index = {year: Fraction(price) for year, price in INDEX.items()}
    series = reported_series(claims, reference, mappings)
    projected = projections(targets, session.parameters.growth, session.parameters.rates)
    came, flows = outcomes(targets, series, index), mirrors(reference, mappings)
    sums, ways = sums_of(claims, reference, mappings), interpretations_of(claims, reference, mappings)
    headlines = universes(claims, targets, series, {"cpi": index})
    session.keep(required_growth(targets))
    session.keep(projection_results(projected, session.parameters.growth))
    session.keep(series_results(claims, series, targets))
    session.keep(outcome_results(came))
    session.keep(mirror_results(flows, years_of(claims, series)))
    session.keep(sum_results(sums))
    session.keep(interpretation_results(ways, mappings))
    session.keep(universe_results(headlines))
    checks = check_sources(claims, reference, mappings, series)
    return {
        "claims": claim_rows(claims),
        "gaps": gap_rows(projected),
        "absent": record_rows.absent_rows(reference),
        "record": record_rows.series_rows(series),
        "outcomes": record_rows.outcome_rows(came),
        "mirror": record_rows.mirror_rows(flows),
        "groupings": record_rows.sum_rows(sums),
        "readings": record_rows.interpretation_rows(ways),
        "multiverse": record_rows.universe_rows(headlines),
        "sources": record_rows.source_rows(checks),
        "origins": record_rows.origin_rows(reference, reference.origins),
    }
