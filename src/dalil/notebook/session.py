"""The workbook of a notebook: its checked parameters, its inputs, and what it keeps for later ones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from dalil.analysis.results import Result
from dalil.analysis.targets import Target, targets_of
from dalil.claims.claims import Claims, read_claims
from dalil.errors import InputError
from dalil.numbers.intervals import exactly
from dalil.parameters import DEFLATORS, checked
from dalil.project import Project, Run, shown, write_whole
from dalil.reference.concordance import SeriesMapping, reference_of
from dalil.reference.record import Reference
from dalil.report.markup.html import Html
from dalil.report.page.tables import facts_table
from dalil.tables.facts import Fact, fact_of, write_facts
from dalil.tables.row import Row
from dalil.tables.schema import write_table
from dalil.text.article import Article, read_article
from dalil.wording.catalogue import Wording


class Session:
    """What one notebook reads and keeps.

    Parameters
    ----------
    notebook
        The notebook's name, noted in every fact it keeps.
    values
        Its parameters; those it has no use for take their defaults.
    project
        Where it keeps what it works out; the project that the working folder is in if none is given.
    """

    def __init__(self, notebook: str, project: Project | None = None, **values: Any) -> None:
        self.notebook = notebook
        self.parameters = checked(values, f"notebook {notebook}")
        self.run = Run(project or Project.find(), self.parameters.run)
        self.wording = Wording("en")
        self._facts: dict[str, Fact] = {}

    @cached_property
    def article(self) -> Article:
        """The article."""
        return read_article(self.run.project.path(self.parameters.article))

    @cached_property
    def claims(self) -> Claims:
        """The claims, read at this run's rounding."""
        return read_claims(self.run.project.path(self.parameters.claims), self.article, self.parameters.rounding)

    @cached_property
    def targets(self) -> list[Target]:
        """The targets, in this run's years."""
        return targets_of(self.claims, self.parameters.years, self.parameters.since)

    @cached_property
    def _reference(self) -> tuple[Reference, dict[str, SeriesMapping], Path | None]:
        return reference_of(self.article.path, self.article.about)

    @property
    def reference(self) -> Reference:
        """The record that the article is held against; empty where none is named."""
        return self._reference[0]

    @property
    def mappings(self) -> dict[str, SeriesMapping]:
        """What the article's measures are in the record."""
        return self._reference[1]

    @property
    def deflators(self) -> tuple[str, ...]:
        """The price indices that a run may choose between."""
        return DEFLATORS

    def keep_text(self) -> str:
        """Write the article's text as it was read; places in the tables refer to it, whatever format it came in."""
        write_whole(self.run.text, self.article.raw)
        return shown(self.run.text)

    def write(self, table: str, rows: Iterable[Row]) -> pd.DataFrame:
        """Write a table of the Data Package and return it as a frame."""
        return write_table(self.run.processed, table, rows)

    def keep(self, results: Iterable[Result]) -> Html:
        """Keep results as facts and show them with their formulas.

        Raises
        ------
        InputError
            Two numbers would have one name.
        """
        facts = [fact_of(result, self.notebook, self.wording) for result in results]
        count = Counter(fact.id for fact in facts)
        # A cell that is run again keeps the same facts again.
        twice = {fact.id for fact in facts if count[fact.id] > 1 or self._facts.get(fact.id, fact) != fact}
        if twice:
            raise InputError.of(
                shown(self.run.project.path(self.parameters.claims)),
                [f"two numbers would be called {name}" for name in sorted(twice)],
                then="Rename a measure or a ratio.",
            )
        self._facts |= {fact.id: fact for fact in facts}
        return facts_table(facts, self.wording)

    def keep_counts(self, counts: Mapping[str, int], formula: str) -> Html:
        """Keep whole numbers that were counted, and show them."""
        return self.keep(Result(name, exactly(count), "count", formula, ()) for name, count in counts.items())

    def close(self) -> str:
        """Write the facts kept; later notebooks find them there."""
        path = self.run.processed / "facts" / f"{self.notebook}.json"
        write_facts(path, self._facts.values())
        return f"{len(self._facts)} facts kept"
