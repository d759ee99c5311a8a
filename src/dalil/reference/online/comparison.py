"""Series of the record beside what was fetched, and how the two are shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Comparison:
    """One series beside what was fetched: ``years`` has each year's stored and fetched figure, as printed."""

    name: str
    origin: str
    unit: str
    years: dict[int, tuple[Decimal | None, Decimal | None]]

    def counts(self) -> Counter[str]:
        """How many years are the same, changed, new, no longer there.

        Examples
        --------
        >>> one, two = Decimal(1), Decimal(2)
        >>> found = Comparison("population UZ", "world-bank", "person", {2020: (one, one), 2021: (None, two)})
        >>> dict(found.counts())
        {'same': 1, 'new': 1}
        """
        return Counter(_change(*pair) for pair in self.years.values())


def comparison_lines(comparisons: Sequence[Comparison]) -> list[str]:
    """Write a comparison to be read: one line a series, then one line for each year that is not the same.

    Parameters
    ----------
    comparisons
        The series.
    """
    if not comparisons:
        return []
    heads = ("same", "changed", "new", "no longer there")
    series = [(one.name, one.origin, *(str(one.counts()[head]) for head in heads)) for one in comparisons]
    years = [
        (one.name, one.origin, str(year), *_figures(stored, fetched), one.unit)
        for one in comparisons
        for year, (stored, fetched) in one.years.items()
        if _change(stored, fetched) != "same"
    ]
    titles = ("series", "stored from", "year", "stored", "fetched", "difference", "percent", "unit")
    told = _table(titles, years, numbers=range(3, 7)) if years else ["No year differs."]
    return [*_table(("series", "stored from", *heads), series, numbers=range(2, 6)), "", *told]


def _change(stored: Decimal | None, fetched: Decimal | None) -> str:
    if stored is None:
        return "new"
    if fetched is None:
        return "no longer there"
    return "same" if stored == fetched else "changed"


def _figures(stored: Decimal | None, fetched: Decimal | None) -> tuple[str, str, str, str]:
    """Print stored, fetched, difference and percent; what is missing stays empty."""
    before, now = ("" if value is None else f"{value:,f}" for value in (stored, fetched))
    if stored is None or fetched is None:
        return before, now, "", ""
    return before, now, f"{fetched - stored:+,f}", f"{(fetched / stored - 1) * 100:+.2f}" if stored else ""


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: range) -> list[str]:
    """Set rows under their titles, columns of numbers to the right."""
    all_rows = [titles, *rows]
    widths = [max(len(row[column]) for row in all_rows) for column in range(len(titles))]
    return [
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in all_rows
    ]
