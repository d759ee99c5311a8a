"""What a figure is drawn and described with besides its rows: words, names and looks, and no number."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from dalil.numbers.intervals import Estimate
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.rows import MeasuredRow
from dalil.report.figures.drawing.style import LOOKS, Look
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Value
from dalil.tables.rows import ClaimRow, MirrorRow, RecordRow
from dalil.wording.catalogue import Wording


class Printed(Protocol):
    """What is printed somewhere: more than, about, or just a number in a unit, or a date."""

    @property
    def value(self) -> Value | None: ...  # noqa: D102
    @property
    def comparator(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102


class FigureContext:
    """The phrases of one figure in one language, what things are called, and how countries are told apart.

    Parameters
    ----------
    name
        The figure's name: its phrases stand below ``figures.NAME``.
    report
        The run that it is drawn of.
    """

    def __init__(self, name: str, report: ReportContext) -> None:
        self.name = name
        self.words: Wording = report.wording
        self._report = report

    def say(self, key: str, /, **parts: object) -> str:
        """Fill in one of the figure's phrases."""
        return self.words.say(f"figures.{self.name}.{key}", **parts)

    def measure(self, row: MeasuredRow) -> str:
        """Name the measure of a row, with its subject where the article gives the measure of several."""
        name = self.words.label("measures", row.measure)
        several = len(self._subjects.get(row.measure, ())) > 1
        return f"{name}, {self.words.label('subjects', row.subject)}" if several else name

    def amount(self, estimate: Estimate | None, unit: str) -> str:
        """Write a worked-out number; nothing where there is none."""
        return "" if estimate is None else self.words.amount(estimate, unit)

    def allowed(self, estimate: Estimate, unit: str) -> str:
        """Write the interval of a number in brackets, to stand behind it; nothing where the number is exact."""
        return "" if estimate.range.width == 0 else f" ({self.words.span(estimate, unit)})"

    def signed(self, share: Estimate) -> str:
        """Write a share with its sign, above zero as well as below."""
        text = self.amount(share, "ratio")
        return f"+{text}" if share.value is not None and share.value > 0 else text

    def printed(self, row: Printed) -> str:
        """Write a number or a date as it was printed."""
        if isinstance(row.value, Period | str):
            return self.words.period(row.value, row.comparator)
        if row.value is None or row.value.value is None:
            return self.words.say("number.none")
        return self.words.printed(row.value.value, row.comparator, row.unit)

    def scale(self, unit: str, values: Iterable[Fraction | None]) -> tuple[Fraction, str]:
        """Choose what to divide an axis by so that some values are easy to read, and name the unit left."""
        return self.words.scale(unit, [value for value in values if value is not None])

    def look(self, code: str) -> Look:
        """How a country looks: the same in every figure."""
        return LOOKS[self._countries.index(code) % len(LOOKS)]

    @cached_property
    def _subjects(self) -> dict[str, set[str]]:
        """Of whom the article gives each measure."""
        subjects: dict[str, set[str]] = {}
        for claim in self._report.rows(ClaimRow):
            subjects.setdefault(claim.measure, set()).add(claim.subject)
        return subjects

    @cached_property
    def _countries(self) -> list[str]:
        """The countries on record, in its order."""
        named = [row.reporter for row in self._report.rows(RecordRow)]
        named += [code for row in self._report.rows(MirrorRow) for code in (row.exporter, row.importer)]
        return list(dict.fromkeys(named))
