"""The session of a notebook: its checked parameters, its inputs, and what it keeps for later ones."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from dalil.analysis.results import distinct, fact_word
from dalil.analysis.series import PriceIndex
from dalil.analysis.targets import Target, targets_of
from dalil.claims.claims import Claims, read_claims
from dalil.errors import InputError, nearest
from dalil.notebook.display import Display
from dalil.notebook.frames import rows_of
from dalil.notebook.own import OwnWork
from dalil.numbers.amounts import Amount
from dalil.parameters import Parameters, checked
from dalil.project import BY_HAND, FIGURE_STYLE, STEP, Project, Run, run_of, shown, write_whole
from dalil.reference.concordance import SeriesMapping, reference_of
from dalil.reference.fitting import with_own
from dalil.reference.own import read_own
from dalil.reference.record import Reference
from dalil.report.markup.fonts import register
from dalil.report.markup.html import Html
from dalil.report.page.tables import facts_table
from dalil.tables.facts import Fact, fact_of, read_facts, write_facts
from dalil.tables.row import Row
from dalil.tables.rows import ROWS
from dalil.tables.schema import read_table, write_table
from dalil.text.article import Article, read_article
from dalil.text.record import record_of
from dalil.wording.asking import note_in
from dalil.wording.catalogue import Wording


class Session(Display):
    """What one notebook reads and keeps."""

    @classmethod
    def open(cls, notebook: str, values: Mapping[str, Any]) -> "Session":
        """Start a notebook on its parameters, found among all its names, ``locals()``."""
        register()
        plt.rcParams.update(mpl.rc_params_from_file(FIGURE_STYLE, use_default_template=False))
        session = cls(notebook, **{name: values[name] for name in Parameters.model_fields if name in values})
        if STEP in os.environ:
            note_in(session.run.asked(notebook))
        return session

    def __init__(self, notebook: str, project: Project | None = None, **values: Any) -> None:
        super().__init__()
        self.notebook = notebook
        self.parameters = checked(values, f"notebook {notebook}")
        self.run = Run(project or Project.find(), run_of(self.parameters.run))
        if self.run.name == BY_HAND:
            print(f"Run by hand: what is kept goes to {shown(self.run.home)}; the default run stays as it is.")  # noqa: T201
        self._facts: dict[str, Fact] = {}
        self._own = OwnWork(self.run, notebook)

    @cached_property
    def wording(self) -> Wording:
        """The words of English, with the article's names for its measures."""
        return Wording("en", self.article.about.labels)

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
        return reference_of(self.article.path, self.article.about.reference)

    @cached_property
    def reference(self) -> Reference:
        """The record that the article is held against, with figures of one's own; empty where there is neither."""
        return with_own(self._reference[0], read_own(self.run.project.own_reference), self.claims)

    @property
    def mappings(self) -> dict[str, SeriesMapping]:
        """What the article's measures are in the record."""
        return self._reference[1]

    @property
    def taken_from(self) -> dict[str, tuple[str, ...]]:
        """For each claim the sources that the article's record says it was likely taken from.

        Raises
        ------
        InputError
            One names a source that the record does not have, or a claim that there is not.
        """
        entries = self.article.about.taken_from
        known = {"source": list(self.reference.origins), "claim": list(self.claims.claims)}
        named = [("claim", claim) for e in entries for claim in e.claims]
        # Where there is no record, there is nothing that was taken from it.
        named += [("source", e.source) for e in entries if self.reference.origins]
        problems = [f'{what} "{name}": {nearest(name, known[what])}' for what, name in named if name not in known[what]]
        if problems:
            raise InputError.of(f"{shown(record_of(self.article.path))}, taken_from", problems)
        return {claim: tuple(e.source for e in entries if claim in e.claims) for e in entries for claim in e.claims}

    def price_index(self, name: str) -> PriceIndex:
        """The price index of dollars of a name; without a year where the record has none."""
        return PriceIndex(name, self.reference.index(name), self.reference.index_origins(name))

    def keep_text(self) -> str:
        """Write the article's text as it was read; places in the tables refer to it, whatever format it came in."""
        write_whole(self.run.text, self.article.raw)
        return shown(self.run.text)

    def write(self, table: str, rows: Iterable[Row] | pd.DataFrame) -> pd.DataFrame:
        """Write a table of the Data Package, and return it as a frame of typed values."""
        kind = ROWS[table]
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        typed: list[Row]
        if isinstance(rows, pd.DataFrame):
            plain = rows[names].astype(object).where(rows[names].notna(), None)
            typed = [kind(*row) for row in plain.itertuples(index=False)]
        else:
            typed = list(rows)
        write_table(self.run.processed, table, typed)
        return rows_of(typed, kind)

    @cached_property
    def earlier(self) -> dict[str, Fact]:
        """The facts that the notebooks before this one have kept, by name."""
        parts = {path.name for folder in self.run.sources for path in folder.glob("facts/*.json")}
        before = [self.run.kept(f"facts/{part}") for part in sorted(parts) if part < f"{self.notebook}.json"]
        return {name: fact for path in before for name, fact in read_facts(path).items()}

    def rows(self, table: str) -> pd.DataFrame:
        """Read a table of the Data Package that a notebook before this one has written, as typed values."""
        kind = ROWS[table]
        return rows_of(read_table(self.run.kept(f"{table}.csv").parent, kind), kind)

    def keep(self, frame: pd.DataFrame | None = None, /, **names: Any) -> Html:
        """Keep amounts as facts, and show them with their formulas.

        Parameters
        ----------
        frame
            A frame with columns of amounts, which hold them under their names from then on.
        names
            With a frame, for each column to be kept the name of its facts, with names of other columns in braces:
            ``before="{measure}_{base_year}_implied"``. Without one, each fact's name and amount.

        Raises
        ------
        InputError
            Two numbers would have one name.
        """
        if frame is None:
            return self._keep(list(names.items()))
        named = [
            (pattern.format_map({key: fact_word(str(cell)) for key, cell in row.items()}), row[column])
            for _, row in frame.iterrows()
            for column, pattern in names.items()
        ]
        named = distinct((name, amount) for name, amount in named if isinstance(amount, Amount))
        table = self._keep(named)
        called = {amount: amount.named(name) for name, amount in named}
        for column in names:
            frame[column] = frame[column].map(lambda cell: called.get(cell, cell))
        return table

    def _keep(self, named: list[tuple[str, Amount]]) -> Html:
        facts = [fact_of(name, amount, self.notebook) for name, amount in named]
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
        self.results |= dict(named)
        return facts_table(facts, self.wording)

    def add_table(self, name: str, frame: pd.DataFrame, title: str, columns: Mapping[str, str]) -> Html:
        """Keep a table of columns of the notebook's own; see :meth:`dalil.notebook.own.OwnWork.add_table`."""
        return self._own.add_table(name, frame, title, columns, self.words)

    def add_figure(self, name: str, picture: Figure, caption: str, alt: str) -> Html:
        """Keep a picture; see :meth:`dalil.notebook.own.OwnWork.add_figure`."""
        return self._own.add_figure(name, picture, caption, alt)

    def close(self) -> str:
        """Write the facts kept; later notebooks find them there."""
        path = self.run.processed / "facts" / f"{self.notebook}.json"
        write_facts(path, self._facts.values())
        if self._own.is_described:
            self._own.write()
        return f"{len(self._facts)} facts kept"
