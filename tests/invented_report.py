"""An invented article, held against an invented record by the notebooks, and read back as a report reads it."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

from cells import NOTEBOOKS, cells_of
from dalil.notebook.session import Session
from dalil.parameters import checked
from dalil.project import Project
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Reference
from dalil.report.prose.context import ReportContext
from dalil.tables.facts import merge_facts
from dalil.tables.rows import ReadingRow
from dalil.tables.schema import write_table
from invented import Entry, read, record

VALUES = {"article": "article.txt", "claims": "claims.yml", "run": "invented"}


def report_on(
    folder: Path,
    *entries: Entry,
    reference: Reference | None,
    mappings: Mapping[str, SeriesMapping],
    article: Mapping[str, Any],
    **values: object,
) -> ReportContext:
    """What a report reads of an article that makes some claims and of a record; none may be named.

    Parameters
    ----------
    folder
        An empty one.
    entries, article
        The claims, and what else is in the article (see :func:`invented.read`).
    reference, mappings
        The record, and what the article's measures are in it.
    values
        Parameters of the run.
    """
    read(folder, list(entries), **article)
    if reference:
        about = folder / "article.yml"
        named = {"reference": {"package": "record", "measures": {}}}
        about.write_text(json.dumps({**json.loads(about.read_text()), **named}))
    given = {**VALUES, **values}
    session = Session("invented", Project(folder), **given)
    session.__dict__["_reference"] = (reference or record(), dict(mappings) if reference else {}, None)
    quiet = Mock()
    with patch.multiple(Session, open=lambda *_: session, show=quiet, say=quiet):
        for name in NOTEBOOKS:
            session.notebook = name
            names: dict[str, object] = {}
            for cell in cells_of(name):
                exec(cell, names)
    context = ReportContext(checked(given, "a test"), Project(folder))
    # The session has kept what all of them found.
    merge_facts([context.run.processed / "facts" / f"{NOTEBOOKS[-1]}.json"], context.run.processed / "facts.json")
    # How well numbers are read is measured apart from any article.
    measured = ReadingRow("unseen", "uz", 9, 9, 9, 9, 9, Fraction("0.99"), Fraction("0.99"))
    write_table(context.run.processed, "reading", [measured])
    return context
