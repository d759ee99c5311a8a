"""How a notebook shows frames, sentences and amounts: with the units, the digits and the names of the report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from dalil.numbers.amounts import Amount
from dalil.numbers.periods import Period
from dalil.report.markup.html import Html
from dalil.wording.catalogue import Wording

# The group of the catalogue that names what stands in a column; other texts stay as they are.
_NAMED = {
    "measure": "measures",
    "subject": "subjects",
    "kind": "kinds",
    "status": "statuses",
    "rule": "rules",
    "verdict": "verdicts",
    "rating": "ratings",
    "prices": "prices",
    "reliability": "reliabilities",
    "of_what": "readings",
    "with_whom": "readings",
}
_COUNTRIES = {"reporter", "partner", "exporter", "importer"}


@dataclass(frozen=True)
class Worded:
    """A value in words, as a sentence takes it: ``{growth}``, and of an amount ``{growth.range}``."""

    text: str
    range: str = ""

    def __str__(self) -> str:
        return self.text


def worded(value: object, wording: Wording, column: str = "") -> Worded:
    """Put a value into words.

    Parameters
    ----------
    value
        An amount, a period, a number, a truth, several of them, or a text.
    wording
        The words of the language.
    column
        What the value is called; it tells how a text is named.
    """
    if isinstance(value, Amount):
        return Worded(wording.known(value.estimate, value.unit), wording.span(value.estimate, value.unit))
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return Worded("–")
    if isinstance(value, Period):
        return Worded(wording.period(value))
    if isinstance(value, bool):
        return Worded("yes" if value else "no")
    if isinstance(value, tuple | list):
        return Worded(", ".join(str(worded(item, wording, column)) for item in value))
    if isinstance(value, Fraction | float):
        return Worded(wording.tick(float(value)))
    if column in _COUNTRIES:
        return Worded(wording.country(str(value)))
    return Worded(wording.label(_NAMED[column], str(value)) if column in _NAMED else str(value))


def sentences(text: str, rows: Iterable[Mapping[str, Any]], wording: Wording) -> Html:
    """Say a sentence of each of some rows; what it names is put into words, and is no markup.

    Parameters
    ----------
    text
        The sentence, with names of columns in braces.
    rows
        What the names stand for, row by row.
    wording
        The words of the language.
    """
    said = [text.format_map({name: worded(value, wording, name) for name, value in row.items()}) for row in rows]
    return Html("\n".join(f"<p>{escape(sentence[:1].upper() + sentence[1:])}</p>" for sentence in said))


def frame_table(frame: pd.DataFrame, wording: Wording) -> Html:
    """Show a frame as a table, an amount with what its rounding leaves open.

    Parameters
    ----------
    frame
        The frame; its columns are headings.
    wording
        The words of the language.
    """
    texts = pd.DataFrame(
        {
            str(column).replace("_", " "): [_cell(value, wording, str(column)) for value in frame[column]]
            for column in frame.columns
        }
    )
    table = Html(texts.to_html(index=False, border=0, justify="left"))
    return Html('<div class="wide" role="region" tabindex="0" aria-label="{}">{}</div>').format(
        ", ".join(texts.columns), table
    )


def _cell(value: object, wording: Wording, column: str) -> str:
    words = worded(value, wording, column)
    return f"{words} ({words.range})" if words.range and words.range != str(words) else str(words)


def scaled(amount: Amount, beside: Iterable[Amount], wording: Wording) -> float:
    """Say where an amount is on the axis that others were drawn along.

    Parameters
    ----------
    amount, beside
        The amount, and the others.
    wording
        The words of the language.
    """
    values = [other.value for other in beside if other.value is not None]
    factor, _ = wording.scale(amount.unit, values)
    return float((amount.value or 0) / factor)


def draw_ranges(axes: Axes, amounts: Iterable[tuple[str, Amount]], wording: Wording, colour: str = "C0") -> None:
    """Draw amounts of one unit below one another, each a point on the line of what its rounding leaves open.

    Parameters
    ----------
    axes
        Where to.
    amounts
        The amounts, each after what stands beside it.
    wording
        The words of the language.
    colour
        The colour they are drawn in.
    """
    labels = [label.get_text() for label in axes.get_yticklabels()] if axes.lines else []
    known = [(label, amount, amount.value) for label, amount in amounts if amount.value is not None]
    if known:
        scale, unit = wording.scale(known[0][1].unit, [value for _, _, value in known])
        axes.set_xlabel(unit)
    for place, (_, amount, value) in enumerate(known, start=len(labels)):
        ends = [value if end is None else end for end in (amount.range.low, amount.range.high)]
        axes.plot([float(end / scale) for end in ends], [place, place], color=colour, lw=3, alpha=0.5)
        axes.plot(float(value / scale), place, "o", color=colour)
    labels += [label for label, _, _ in known]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(max(len(labels), 1) - 0.5, -0.5)
