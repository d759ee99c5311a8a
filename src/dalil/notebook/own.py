"""A notebook of a user's own: the tables and pictures it keeps, described by itself."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from dalil.errors import InputError
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import decimal_text
from dalil.project import Run, write_whole
from dalil.report.figures.drawing.style import drawn_in_style
from dalil.report.markup.html import Html
from dalil.report.markup.vector import with_fonts
from dalil.report.page.further import figure_of, table_of
from dalil.tables.further import Further, OwnFigure, OwnTable, write_further
from dalil.tables.row import cell_of, csv_of
from dalil.tables.schema import package, tables_of


class OwnWork:
    """The tables and pictures of one notebook."""

    def __init__(self, run: Run, notebook: str) -> None:
        self.folder, self.notebook = run.processed / "further", notebook
        self.tables: dict[str, OwnTable] = {}
        self.frames: dict[str, pd.DataFrame] = {}
        self.figures: dict[str, OwnFigure] = {}

    def add_table(
        self,
        name: str,
        frame: pd.DataFrame,
        title: str,
        columns: Mapping[str, str],
        words: Callable[[object, str], str],
    ) -> Html:
        """Keep a table of its own, with the meaning of each column, in order; ``words`` puts values into words.

        Raises
        ------
        InputError
            The name is one of the report's tables, or the columns described are not those of the frame.
        """
        problems = [f'table "{name}": the report has one of that name'] * (name in _described())
        if list(frame.columns) != list(columns):
            problems.append(f'table "{name}": its columns are {", ".join(map(str, frame.columns))}')
        if problems:
            raise InputError.of(f"notebook {self.notebook}", problems, then="Describe each column, in order.")
        rows = [tuple(map(words, row, columns)) for row in frame.itertuples(index=False)]
        self.tables[name] = OwnTable(name, title, dict(columns), tuple(rows))
        self.frames[name] = frame.map(_plain)
        return table_of(self.notebook, self.tables[name])

    def add_figure(self, name: str, picture: Figure, caption: str, alt: str) -> Html:
        """Keep a picture, with the sentence below it and what it shows for those who do not see it."""
        drawn = io.StringIO()
        with drawn_in_style():
            picture.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(picture)
        self.figures[name] = OwnFigure(name, caption, alt, with_fonts(drawn.getvalue()))
        return figure_of(self.notebook, self.figures[name])

    @property
    def is_described(self) -> bool:
        """Whether the notebook is a user's own, so that nothing else describes what it keeps."""
        return not tables_of(self.notebook)

    def write(self) -> None:
        """Write everything, for the report and for other programs."""
        kept = Further(self.notebook, "", tuple(self.tables.values()), tuple(self.figures.values()))
        write_further(self.folder / f"{self.notebook}.json", [kept])
        for name, frame in self.frames.items():
            cells = [list(map(str, frame.columns)), *frame.itertuples(index=False)]
            write_whole(self.folder / f"{self.notebook}.{name}.csv", csv_of(cells))
        for figure in kept.figures:
            write_whole(self.folder / f"{self.notebook}.{figure.name}.svg", figure.svg)


def _plain(cell: Any) -> str:
    """A value as other programs read it: of an amount, its value in base units; no text is a formula."""
    if isinstance(cell, Amount):
        return decimal_text(cell.value)
    return cell_of(cell) if isinstance(cell, str) else "" if pd.isna(cell) else str(cell)


def _described() -> set[str]:
    return {resource["name"] for resource in package()["resources"]}
