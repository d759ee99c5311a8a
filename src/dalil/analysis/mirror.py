"""Mirror statistics: one flow of goods as the country it leaves and the country it reaches record it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dalil.numbers.amounts import Amount, is_above_zero
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation, Reference


@dataclass(frozen=True)
class Mirror:
    """A year's flow from one country to another by both records.

    Imports are mostly valued with freight and insurance to the border (CIF) and exports without (FOB), so that imports
    a few percent above exports are what one would expect (UN, *International Merchandise Trade Statistics: Concepts
    and Definitions 2010*, ch. IV).
    """

    measure: str
    year: int
    exporter: str
    importer: str
    unit: str
    exported: Amount
    imported: Amount
    exported_basis: str
    exported_status: str
    exported_origin: str
    imported_basis: str
    imported_status: str
    imported_origin: str


@dataclass(frozen=True)
class Balance:
    """What one country's record has of both flows with another in a year, by one origin."""

    measure: str
    year: int
    reporter: str
    partner: str
    suffix: str
    unit: str
    exports: Amount
    imports: Amount
    status: str
    origin: str


def balances(reference: Reference, mappings: dict[str, SeriesMapping]) -> list[Balance]:
    """List the years for which one origin of a country gives both flows, official figures first."""
    found = []
    for measure, mapping in mappings.items():
        for reporter, partner in (mapping.between, mapping.between[::-1]) if mapping.between else ():
            flows = [reference.best(mapping.series[0], reporter, partner, flow) for flow in ("export", "import")]
            for year in sorted(set(flows[0]) & set(flows[1])):
                exported, imported = (flow[year] for flow in flows)
                if exported.origin == imported.origin:
                    amounts = _flow("export", exported), _flow("import", imported)
                    about = measure, year, reporter, partner, reporter.lower(), exported.unit
                    found.append(Balance(*about, *amounts, exported.status, exported.origin))
    return found


def mirrors(reference: Reference, mappings: dict[str, SeriesMapping]) -> list[Mirror]:
    """List every flow and year that both countries have a figure for, official figures first.

    An export of nothing has no import to be so many percent above it, and is left out.

    Parameters
    ----------
    reference
        The record.
    mappings
        What the article's measures are in it.
    """
    return [
        mirror
        for measure, mapping in mappings.items()
        if mapping.between
        for pair in (mapping.between, mapping.between[::-1])
        for mirror in _mirrors(reference, measure, mapping.series[0], (pair[0], pair[1]))
    ]


def _mirrors(reference: Reference, measure: str, series: str, pair: tuple[str, str]) -> Iterator[Mirror]:
    exporter, importer = pair
    exports = reference.best(series, exporter, importer, "export")
    imports = reference.best(series, importer, exporter, "import")
    for year in sorted(set(exports) & set(imports)):
        exported, imported = exports[year], imports[year]
        if is_above_zero(exported.estimate.range):
            yield Mirror(
                measure, year, exporter, importer, exported.unit,
                _flow("export", exported), _flow("import", imported),
                exported.basis, exported.status, exported.origin,
                imported.basis, imported.status, imported.origin,
            )  # fmt: skip


def _flow(name: str, figure: Observation) -> Amount:
    leaf = f"{name}({figure.area}, {figure.partner}, {figure.year})"
    return Amount.leaf("figure", leaf, figure.estimate, figure.unit, sources=(figure.origin,))
