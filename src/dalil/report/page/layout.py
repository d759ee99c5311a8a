"""The layout of every table: its columns with their widths, and how numbers stand in its cells."""

from collections.abc import Sequence
from fractions import Fraction

from dalil.numbers.intervals import Estimate, decimal_text
from dalil.report.markup.html import Cell, Cells, Column, Html, lines, small, table
from dalil.wording.catalogue import Wording

# Columns of each table, with their share of the width in percent.
_LAYOUT: dict[str, dict[str, int]] = {
    "facts": {"name": 34, "value": 16, "range": 20, "formula": 30},
    "claims": {"claim": 25, "says": 19, "status": 11, "sentence": 45},
    "account": {"what": 76, "numerals": 24},
    "corrections": {"written": 22, "meant": 22, "count": 11, "why": 45},
    "reading": {"set": 28, "language": 22, "sentences": 13, "labelled": 13, "value_f1": 12, "unit_f1": 12},
    "gaps": {"target": 17, "growth": 16, "projected": 25, "gap": 27, "arrival": 15},
    "verdicts": {"rule": 27, "claims": 31, "verdict": 42},
    "parameters": {"name": 20, "value": 25, "default": 20, "meaning": 35},
    "environment": {"package": 25, "version": 75},
    "assessments": {"claim": 36, "itself": 16, "sources": 22, "rating": 26},
    "scale": {"rating": 28, "rule": 60, "rated": 12},
    "sources": {"claim": 24, "source": 30, "says": 26, "verdict": 20},
    "outcomes": {"target": 16, "record": 18, "value": 17, "gap": 17, "growth": 18, "met": 14},
    "mirror": {"flow": 26, "year": 9, "exported": 24, "imported": 24, "asymmetry": 17},
    "groupings": {"claim": 20, "countries": 28, "sums": 20, "fits": 14, "nearest": 18},
    "readings": {"claim": 24, "reading": 34, "holds": 21, "not_held": 21},
    "multiverse": {"claim": 22, "record": 14, "how": 22, "value": 16, "support": 26},
    "origins": {"origin": 21, "kind": 17, "citation": 62},
    "dictionary": {"column": 24, "type": 14, "meaning": 62},
    "feeds": {"claim": 26, "read": 30, "feeds": 44},
    "reasons": {"reason": 36, "numerals": 14, "places": 50},
}
# Columns of numbers of one kind, whose decimal marks stand below each other.
_ALIGNED = {
    "account": {"numerals"}, "scale": {"rated"}, "corrections": {"count"},
    "reading": {"sentences", "labelled", "value_f1", "unit_f1"}, "gaps": {"growth", "projected", "gap"},
    "outcomes": {"value", "gap"}, "mirror": {"exported", "imported", "asymmetry"},
}  # fmt: skip
# Tables whose cells want more of a word than their heads can say.
_NOTED = {"facts", "gaps", "outcomes", "mirror", "assessments"}


def layout_table(
    layout: str, wording: Wording, rows: Sequence[Cells], caption: str = "", name: str = "", *, bare: bool = False
) -> Html:
    """Set a table in one of the layouts; nothing where it has no rows.

    Parameters
    ----------
    layout
        Which columns it has, and what it is called in the messages.
    wording
        The language.
    rows
        Its cells.
    caption, name
        Its caption and what links call it, where they are not those of the layout.
    bare
        Whether it stands without caption and note, where others of its kind are near.
    """
    if not rows:
        return Html("")
    columns = [
        Column(wording.say(f"tables.{layout}.columns.{key}"), width, key in _ALIGNED.get(layout, ()))
        for key, width in _LAYOUT[layout].items()
    ]
    note = wording.say(f"tables.{layout}.note") if layout in _NOTED and not bare else ""
    return table(
        name or layout, caption or wording.say(f"tables.{layout}.caption"), columns, rows, note, headed=not bare
    )


def number(wording: Wording, estimate: Estimate, unit: str, *, beside: Fraction | None = None, below: str = "") -> Cell:
    """Write a number with its unit.

    Parameters
    ----------
    wording
        The language.
    estimate, unit
        The number.
    beside
        A number whose scale it is written in.
    below
        What stands below it.
    """
    return Cell(lines(wording.amount(estimate, unit, beside=beside), below), decimal_text(estimate.value))


def stacked(
    wording: Wording, estimate: Estimate, unit: str, *, beside: Fraction | None = None, below: str = ""
) -> Cell:
    """Write a number above its interval, with parameters as those of :func:`number`."""
    amount, span = (write(estimate, unit, beside=beside) for write in (wording.amount, wording.span))
    return Cell(lines(amount, "" if span == amount else small(span), below), decimal_text(estimate.value))
