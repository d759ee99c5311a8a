"""Who says what: the record of each country, the sources, and what they say of claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import floor, log10

from dalil.analysis.results import fact_word
from dalil.analysis.sources import Spoken
from dalil.numbers.intervals import Estimate, exactly
from dalil.report.prose.claims import ClaimPhrase, FactPhrase, Facts, OriginPhrase
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow, GroupingRow, OriginRow, RecordRow, SourceRow
from dalil.wording.catalogue import Wording


@dataclass(frozen=True)
class CountryRecord:
    """What one country reports of a measure, one figure a year, with the facts about it."""

    rows: list[RecordRow]
    facts: Facts
    wording: Wording

    @property
    def code(self) -> str:
        """The country's code."""
        return self.rows[0].reporter

    @property
    def country(self) -> str:
        """The country's name."""
        return self.wording.country(self.code)

    @property
    def basis(self) -> str:
        """What its official figures cover."""
        return self.wording.label("bases", next(row.basis for row in self.rows if row.status == "official"))

    def is_of(self, claim: ClaimPhrase) -> bool:
        """Tell whether a claim is about what the country reports."""
        return (claim.row.measure, claim.row.subject) == (self.rows[0].measure, self.rows[0].subject)

    def is_printed(self, year: int) -> bool:
        """Tell whether the figure of a year is one printed in the press, not an official one."""
        return any(row.year == year and row.status == "press" for row in self.rows)

    def has(self, *parts: object, end: str = "") -> bool:
        """Tell whether there is a fact about this record; see :meth:`fact`."""
        return self.name(*parts) + end in self.facts

    def fact(self, *parts: object, end: str = "") -> FactPhrase:
        """Take a fact about this record, by what its name has between the measure and the country, and after it."""
        return self.facts[self.name(*parts) + end]

    def name(self, *parts: object) -> str:
        """Name a fact about this record, by what stands between the measure and the country."""
        return "_".join(map(str, (fact_word(self.rows[0].measure), *parts, self.code.lower())))


def country_records(context: ReportContext) -> list[CountryRecord]:
    """List what each country reports of each measure of the article."""
    facts = context.fact_phrases
    series = groupby(context.rows(RecordRow), lambda row: (row.measure, row.subject, row.reporter))
    return [CountryRecord(list(rows), facts, context.wording) for _, rows in series]


def origins(context: ReportContext) -> dict[str, OriginPhrase]:
    """The sources by name."""
    return {
        row.origin: OriginPhrase(row, context.wording, context.source_numbers[row.origin])
        for row in context.rows(OriginRow)
    }


def sources_that(context: ReportContext, verdict: Spoken, claim: ClaimPhrase) -> list[OriginPhrase]:
    """List the sources with one verdict on a claim, each producer once; not what was worked out from several."""
    known = origins(context)
    producers: dict[str, OriginPhrase] = {}
    for row in source_rows(context, claim):
        if row.verdict == verdict and len(row.origins) == 1:
            origin = known[row.origins[0]]
            producers.setdefault(origin.name, origin)
    return list(producers.values())


def source_rows(context: ReportContext, claim: ClaimPhrase) -> list[SourceRow]:
    """What the sources say of a claim."""
    return [row for row in context.rows(SourceRow) if row.claim_id == claim.row.claim_id]


def said(wording: Wording, row: SourceRow) -> str:
    """Write what a source says of a claim: a date, a printed number as printed, any other to the digits that count."""
    if row.value is None:
        return ""
    if not isinstance(row.value, Estimate):
        return wording.period(row.value, row.comparator)
    if row.found == "growth" and not row.reporter:
        return worked_out(wording, row.value, row.unit)
    if row.status == "press" and row.found != "growth":
        assert row.value.value is not None
        return wording.printed(row.value.value, row.comparator, row.unit)
    return wording.known(row.value, row.unit)


def worked_out(wording: Wording, change: Estimate, unit: str) -> str:
    r"""Write a change that follows from two printed levels: to a tenth of a percent at most, as articles give it.

    Examples
    --------
    >>> from dalil.numbers.intervals import Interval
    >>> change = Estimate(Fraction("0.03625"), Interval(Fraction("0.0341"), Fraction("0.0384")))
    >>> worked_out(Wording("en"), change, "ratio")
    '3.6%'
    """
    assert change.value is not None
    tenth, width = Fraction(1, 1000 if unit == "ratio" else 10), change.range.width
    step = max(tenth, Fraction(10) ** (floor(log10(width)) - 1)) if width else tenth
    return wording.printed(round(change.value / step) * step, "=", unit)


def nearest(rows: Iterable[GroupingRow], claim: ClaimRow) -> list[GroupingRow]:
    """Sort sets of countries by how near their sum comes to a claim."""
    stated = claim.estimate.value if claim.estimate else None
    return sorted(rows, key=lambda row: abs(row.nearest - (stated or 0)))


def deciding(rows: Iterable[GroupingRow], claim: ClaimRow) -> list[str]:
    """The countries without which no set of countries comes up to a number that some set with them does come to.

    That adds most without which the sums stay lowest; it comes first.
    """
    ends, sets = claim.estimate.range if claim.estimate else None, list(rows)
    low = ends.low if ends else None
    reaching = [row for row in sets if low is not None and row.highest >= low]
    if ends is None or not any(ends.high is None or row.lowest <= ends.high for row in reaching):
        return []
    needed = set.intersection(*(set(row.added) for row in reaching)) & {
        one for one in {code for row in sets for code in row.added} if any(one not in row.added for row in sets)
    }
    without = {one: max((row.highest for row in sets if one not in row.added), default=Fraction(0)) for one in needed}
    return sorted(needed, key=lambda one: (without[one], one))


def near(wording: Wording, value: Fraction, stated: Estimate | None, unit: str) -> str:
    r"""Write a number that comes near a stated one, to a digit that tells it from what the printing of that allows.

    Examples
    --------
    >>> from dalil.numbers.intervals import Interval
    >>> stated = Estimate(Fraction(283), Interval(Fraction("282.5"), Fraction("283.5")))
    >>> near(Wording("en"), Fraction("282.449"), stated, "person")
    '282.4\xa0people'
    """
    width = stated.range.width if stated else None
    if not width:
        return wording.amount(exactly(value), unit)
    step = Fraction(10) ** (floor(log10(width)) - 1)
    return wording.printed(round(value / step) * step, "=", unit)
