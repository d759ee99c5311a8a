"""What a figure is drawn and described with besides its rows: words, names and looks, and no number."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from dalil.numbers.intervals import Estimate
from dalil.numbers.periods import Period
from dalil.report.figures.drawing.style import LOOKS, Look
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Value
from dalil.tables.rows import ClaimRow, MirrorRow, RecordRow
from dalil.wording.catalogue import Wording
from dalil.wording.messages import sentence


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
        self.wording: Wording = report.wording
        self._report = report

    def say(self, key: str, /, **parts: object) -> str:
        """Fill in one of the figure's phrases."""
        return self.wording.say(f"figures.{self.name}.{key}", **parts)

    def label(self, group: str, name: str) -> str:
        """Name something of a group of terms, such as ``kinds``."""
        return self.wording.label(group, name)

    def country(self, code: str) -> str:
        """Name a country."""
        return self.wording.country(code)

    def measure(self, measure: str, subject: str = "") -> str:
        """Name a measure, with its subject where the article gives the measure of several.

        Parameters
        ----------
        measure
            Its name in the claims.
        subject
            Of whom; where that is left out, of whom the article gives it first.
        """
        subjects = self._subjects.get(measure, [])
        name = self.label("measures", measure)
        return f"{name}, {self.label('subjects', subject or subjects[0])}" if len(subjects) > 1 else name

    def amount(self, estimate: Estimate | None, unit: str) -> str:
        """Write a worked-out number; nothing where there is none."""
        return "" if estimate is None else self.wording.amount(estimate, unit)

    def range(self, estimate: Estimate, unit: str) -> str:
        """Write the interval of a number."""
        return self.wording.span(estimate, unit)

    def known(self, estimate: Estimate, unit: str) -> str:
        """Write a worked-out number, or its interval where only one end of it is known."""
        return self.wording.known(estimate, unit)

    def allowed(self, estimate: Estimate, unit: str) -> str:
        """Write the interval of a number in brackets, to stand behind it; nothing where the number is exact."""
        return "" if estimate.range.width == 0 else f" ({self.range(estimate, unit)})"

    def ranged(self, estimate: Estimate, unit: str) -> str:
        """Write a number, and its interval in brackets behind it."""
        return self.amount(estimate, unit) + self.allowed(estimate, unit)

    def signed(self, share: Estimate) -> str:
        """Write a share with its sign, above zero as well as below."""
        text = self.amount(share, "ratio")
        return f"+{text}" if share.value is not None and share.value > 0 else text

    def rate(self, growth: Estimate) -> str:
        """Write a growth rate."""
        return self.amount(growth, "ratio")

    def printed(self, value: Value | None, comparator: str, unit: str) -> str:
        """Write a number or a date as it was printed."""
        if isinstance(value, Period | str):
            return self.wording.period(value, comparator)
        if value is None or value.value is None:
            return self.wording.say("number.none")
        return self.wording.printed(value.value, comparator, unit)

    def scale(self, unit: str, values: Iterable[Fraction | None]) -> tuple[Fraction, str]:
        """Choose what to divide an axis by so that some values are easy to read, and name the unit left."""
        return self.wording.scale(unit, [value for value in values if value is not None])

    def period(self, period: Period | None) -> str:
        """Write a period."""
        return self.wording.period(period)

    def listed(self, items: Iterable[str]) -> str:
        """List things with *and* before the last."""
        return self.wording.listed(items)

    def look(self, code: str) -> Look:
        """How a country looks: the same in every figure."""
        return LOOKS[self._countries.index(code) % len(LOOKS)]

    @cached_property
    def _subjects(self) -> dict[str, list[str]]:
        """Of whom the article gives each measure, in its order."""
        subjects: dict[str, list[str]] = {}
        for claim in self._report.rows(ClaimRow):
            known = subjects.setdefault(claim.measure, [])
            known += [claim.subject] if claim.subject not in known else []
        return subjects

    @cached_property
    def _countries(self) -> list[str]:
        """The countries on record, in its order."""
        named = [row.reporter for row in self._report.rows(RecordRow)]
        named += [code for row in self._report.rows(MirrorRow) for code in (row.exporter, row.importer)]
        return list(dict.fromkeys(named))


def sentences(parts: Iterable[str]) -> str:
    """Set sentences one after the other.

    Examples
    --------
    >>> sentences(["one line.", "", "two bars."])
    'One line. Two bars.'
    """
    return " ".join(sentence(part) for part in parts if part)
