"""How a notebook shows frames, sentences and amounts: with the units, the digits and the names of the report."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
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


class Display(ABC):
    """What can show values, frames and sentences: it has the words of a language, and results by name."""

    def __init__(self) -> None:
        self.results: dict[str, Amount] = {}

    @property
    @abstractmethod
    def wording(self) -> Wording:
        """The words of the language."""

    def show(self, frame: pd.DataFrame) -> Html:
        """Show a frame with the units and names of the report, amounts with what rounding leaves open."""
        columns = {
            str(column).replace("_", " "): [self._cell(value, str(column)) for value in frame[column]]
            for column in frame.columns
        }
        table = Html(pd.DataFrame(columns).to_html(index=False, border=0, justify="left"))
        region = Html('<div class="wide" role="region" tabindex="0" aria-label="{}">{}</div>')
        return region.format(", ".join(columns), table)

    def say(self, sentence: str, frame: pd.DataFrame | None = None, *, otherwise: str = "", **values: object) -> Html:
        """Say what was found: one sentence, or one of each row of a frame; what it names is no markup.

        Parameters
        ----------
        sentence
            The sentence, with names in braces: of results kept before, of columns, or of ``values``. An amount has
            a range besides: ``{growth.range}``.
        frame
            What it is said of, row by row.
        otherwise
            What is said of a frame without rows.
        values
            What further names stand for.
        """
        rows: list[dict[Any, Any]] = [{}] if frame is None else frame.to_dict("records")
        said = [
            sentence.format_map({name: self._worded(v, name) for name, v in {**self.results, **values, **row}.items()})
            for row in rows
        ]
        if not said and otherwise:
            return Html(f"<p>{escape(otherwise)}</p>")
        return Html("\n".join(f"<p>{escape(text[:1].upper() + text[1:])}</p>" for text in said))

    def words(self, value: object, column: str = "") -> str:
        """Put an amount, a period or a name into words; the column it is called by tells how a name is put."""
        return str(self._worded(value, column))

    def scaled(self, amount: Amount, beside: Iterable[Amount]) -> float:
        """Say where an amount is on the axis that others were drawn along."""
        factor, _ = self.wording.scale(amount.unit, [other.value for other in beside if other.value is not None])
        return float((amount.value or 0) / factor)

    def draw_ranges(self, axes: Axes, labels: Iterable[str], amounts: Iterable[Amount], colour: str = "C0") -> None:
        """Draw amounts of one unit below one another, each a point on the line of what its rounding leaves open."""
        drawn = [label.get_text() for label in axes.get_yticklabels()] if axes.lines else []
        pairs = zip(labels, amounts, strict=True)
        known = [(label, amount, amount.value) for label, amount in pairs if amount.value is not None]
        if known:
            scale, unit = self.wording.scale(known[0][1].unit, [value for _, _, value in known])
            axes.set_xlabel(unit)
        for place, (_, amount, value) in enumerate(known, start=len(drawn)):
            ends = [value if end is None else end for end in (amount.range.low, amount.range.high)]
            axes.plot([float(end / scale) for end in ends], [place, place], color=colour, lw=3, alpha=0.5)
            axes.plot(float(value / scale), place, "o", color=colour)
        drawn += [label for label, _, _ in known]
        axes.set_yticks(range(len(drawn)), drawn)
        axes.set_ylim(max(len(drawn), 1) - 0.5, -0.5)

    def _cell(self, value: object, column: str) -> str:
        words = self._worded(value, column)
        return f"{words} ({words.range})" if words.range and words.range != str(words) else str(words)

    def _worded(self, value: object, column: str = "") -> Worded:
        if isinstance(value, Amount):
            known, span = (put(value.estimate, value.unit) for put in (self.wording.known, self.wording.span))
            return Worded(known, span)
        return Worded(self._text(value, column))

    def _text(self, value: object, column: str) -> str:
        """A period, a number, a truth, several of them, or a text, which its column may give a name."""
        if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
            return "–"
        if isinstance(value, Period):
            return self.wording.period(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple | list):
            return ", ".join(self.words(item, column) for item in value)
        if isinstance(value, Fraction | float):
            return self.wording.tick(float(value))
        if column in _COUNTRIES:
            return self.wording.country(str(value))
        return self.wording.label(_NAMED[column], str(value)) if column in _NAMED else str(value)
