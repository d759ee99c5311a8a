"""The cells of a notebook, run here on invented claims and records: what they work out, without the pictures."""

import ast
import contextlib
import os
import tempfile
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import nbformat
import pandas as pd

from dalil.claims.claims import Claims
from dalil.notebook.session import Session
from dalil.numbers.amounts import Amount
from dalil.parameters import Parameters
from dalil.project import STEP, Project
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Reference
from dalil.tables.rows import GapRow
from dalil.wording.catalogue import Wording

# Those that make what a report reads of claims and a record.
NOTEBOOKS = (
    "01-clean-claims",
    "02-growth-rates",
    "03-target-gaps",
    "04-consistency",
    "05-record",
    "06-open",
    "07-ratings",
)


@dataclass(frozen=True)
class Done:
    """What a notebook has worked out: its names, and the results it kept by name."""

    names: dict[str, Any]
    results: dict[str, Amount]

    def rows(self, frame: str) -> list[Any]:
        """The rows of one of its frames, what is missing as nothing."""
        table: pd.DataFrame = self.names[frame]
        plain = table.astype(object).where(table.notna(), None)
        return [SimpleNamespace(**dict(zip(table.columns, row, strict=True))) for row in plain.itertuples(index=False)]


def run_cells(
    name: str,
    claims: Claims,
    reference: Reference | None = None,
    mappings: dict[str, SeriesMapping] | None = None,
    index: dict[int, Any] | None = None,
    **parameters: Any,
) -> Done:
    """Run a notebook's cells on claims and a record.

    Parameters
    ----------
    name
        The notebook.
    claims, reference, mappings
        What it reads.
    index
        The price index of dollars, by year.
    parameters
        Its parameters, where they are not the default ones.
    """
    with tempfile.TemporaryDirectory() as folder:
        session = Session(name, Project(Path(folder)), run="invented", **parameters)
        record = reference or Reference(), mappings or {}, None
        text, passages = SimpleNamespace(text=""), ((0, 10**9, "uz"),)
        article = SimpleNamespace(about={"references": "present"}, clean=text, passages=passages)
        session.__dict__ |= {"claims": claims, "article": article, "wording": Wording("en"), "_reference": record}
        with (
            patch.object(Session, "open", lambda *_: session),
            patch.object(Reference, "index", lambda *_: index or {}) if index is not None else patch("time.time"),
        ):
            names: dict[str, Any] = {}
            for cell in cells_of(name):
                exec(cell, names)
    return Done(names, session.results)


def gap_rows(claims: Claims, parameters: Parameters) -> list[GapRow]:
    """What the notebook on targets has for each target and growth rate of a run.

    Parameters
    ----------
    claims, parameters
        The run's claims and parameters.
    """
    names = ("base_growth", "base_year", "scenario_rates", "target_years")
    given = {name: getattr(parameters, name) for name in names}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    columns = [field.name for field in fields(GapRow)]
    rows = run_cells("03-target-gaps", claims, None, None, None, **plain).rows("gaps")
    return [GapRow(**{name: getattr(row, name) for name in columns}) for row in rows]


def run_shipped(name: str, root: Path) -> None:
    """Run a notebook's cells on the default parameters, in a project folder.

    Parameters
    ----------
    name
        The notebook.
    root
        The folder.
    """
    with contextlib.chdir(root), patch.dict(os.environ, {STEP: name}):
        names: dict[str, Any] = {}
        for cell in cells_of(name):
            exec(cell, names)


@cache
def cells_of(name: str) -> list[CodeType]:
    """The code cells of a notebook but for those that draw."""
    notebook = nbformat.read(Path(__file__).parents[1] / "notebooks" / f"{name}.ipynb", as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code" and "plt.show()" not in cell.source]
    return [compile(ast.parse(source), name, "exec") for source in sources]
