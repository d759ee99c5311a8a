"""The layout of a table: its columns with their widths, and how numbers stand in its cells."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import wraps

from dalil.numbers.intervals import Estimate, decimal_text
from dalil.report.markup.html import Cell, Cells, Column, Html, lines, small, table
from dalil.report.prose.context import ReportContext
from dalil.wording.catalogue import Wording


@dataclass(frozen=True)
class Layout:
    """How a table is set; it makes a table of what yields the cells of its rows.

    ``name`` is what the messages and links call it; ``widths`` the share of each column in the width, in percent;
    ``aligned`` the columns of numbers of one kind, whose decimal marks stand below each other; a table is ``noted``
    where its cells want more of a word than their heads can say.
    """

    name: str
    widths: Mapping[str, int]
    aligned: Collection[str] = ()
    noted: bool = False

    def __call__(self, cells: Callable[[ReportContext], Iterable[Cells]]) -> Callable[[ReportContext], Html]:
        """Set what yields cells as a table."""

        @wraps(cells)
        def table_of(context: ReportContext) -> Html:
            return self.table(context.wording, cells(context))

        return table_of

    def table(
        self, wording: Wording, cells: Iterable[Cells], *, caption: str = "", name: str = "", bare: bool = False
    ) -> Html:
        """Set rows as a table, under a caption and a name of its own if they are given; nothing without rows.

        One that is ``bare`` stands without caption and note, where others of its kind are near.
        """
        rows = list(cells)
        if not rows:
            return Html("")
        say, key = wording.say, f"tables.{self.name}"
        columns = [
            Column(say(f"{key}.columns.{column}"), width, column in self.aligned)
            for column, width in self.widths.items()
        ]
        note = say(f"{key}.note") if self.noted and not bare else ""
        return table(name or self.name, caption or say(f"{key}.caption"), columns, rows, note, headed=not bare)


def number(wording: Wording, estimate: Estimate, unit: str, *, beside: Fraction | None = None, below: str = "") -> Cell:
    """Write a number in its unit, in the scale of another one beside it, with something below it."""
    return Cell(lines(wording.short.amount(estimate, unit, beside=beside), below), decimal_text(estimate.value))


def stacked(
    wording: Wording, estimate: Estimate, unit: str, *, beside: Fraction | None = None, below: str = ""
) -> Cell:
    """Write a number above its interval; otherwise as :func:`number` does."""
    short = wording.short
    amount, span = (write(estimate, unit, beside=beside) for write in (short.amount, short.span))
    return Cell(lines(amount, "" if span == amount else small(span), below), decimal_text(estimate.value))


def counted(count: int) -> Cell:
    """Write how many there are."""
    return Cell(str(count), str(count))
