"""Mirror statistics: one flow of goods as the country it leaves and the country it reaches record it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dalil.analysis.results import Result, fact_word
from dalil.numbers.growth import growth_rate
from dalil.numbers.intervals import Estimate
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation, Reference


@dataclass(frozen=True)
class Mirror:
    """A year's flow from one country to another by both records.

    ``asymmetry`` is the importer's figure over the exporter's, less one. Imports are mostly valued with freight and
    insurance to the border (CIF) and exports without (FOB), so a few percent above zero is what one would expect
    (UN, *International Merchandise Trade Statistics: Concepts and Definitions 2010*, ch. IV).
    """

    measure: str
    year: int
    exporter: str
    importer: str
    exported: Observation
    imported: Observation
    asymmetry: Estimate


def mirrors(reference: Reference, mappings: dict[str, SeriesMapping]) -> list[Mirror]:
    """List every flow and year that both countries have a figure for, official figures first.

    An export of nothing has no import to be so many percent above it, and is left out.
    """
    return [
        mirror
        for measure, mapping in mappings.items()
        if mapping.between
        for pair in (mapping.between, mapping.between[::-1])
        for mirror in _mirrors(reference, measure, mapping.series[0], (pair[0], pair[1]))
    ]


def mirror_results(found: Iterable[Mirror], years: Iterable[int]) -> list[Result]:
    """Name the asymmetry of both flows in some years."""
    wanted = set(years)
    return [
        Result(
            f"mirror_{fact_word(m.measure)}_{m.year}_{m.exporter.lower()}_{m.importer.lower()}", m.asymmetry, "ratio",
            f"import {m.importer}–{m.exporter} in {m.year} / export {m.exporter}–{m.importer} in {m.year} - 1", (),
            tuple(dict.fromkeys((m.imported.origin, m.exported.origin))),
        )
        for m in found
        if m.year in wanted
    ]  # fmt: skip


def _mirrors(reference: Reference, measure: str, series: str, pair: tuple[str, str]) -> Iterator[Mirror]:
    exporter, importer = pair
    exports = reference.best(series, exporter, importer, "export")
    imports = reference.best(series, importer, exporter, "import")
    for year in sorted(set(exports) & set(imports)):
        exported, imported = exports[year], imports[year]
        asymmetry = growth_rate.over_known(exported.estimate, imported.estimate)
        if asymmetry:
            yield Mirror(measure, year, exporter, importer, exported, imported, asymmetry)
