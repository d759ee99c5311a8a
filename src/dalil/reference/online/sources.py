"""What the services give of the record: measures with where they are kept, and what is said of their origin."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A measure that the World Bank gives: where it is kept, and which origins' figures are replaced."""

    name: str
    indicator: str
    table: str
    origin: str
    replaces: tuple[str, ...]


MEASURES = (
    Measure("population", "SP.POP.TOTL", "population.csv", "world-bank-population", ()),
    # The same estimates of the International Labour Organization, from nearer to their source.
    Measure(
        "employment_rate", "SL.EMP.TOTL.SP.ZS", "employment.csv", "world-bank-employment", ("gapminder-employment",)
    ),
)

# What is said of each origin that figures are taken over from, besides the day. What the description says of it
# already stays, but for where figures were fetched and on what terms.
ORIGINS: dict[str, dict[str, str]] = {
    "world-bank-population": {
        "kind": "statistics",
        "producer": "World Bank",
        "title": "Population, total (SP.POP.TOTL)",
        "reliability": "high",
        "address": "https://data.worldbank.org/indicator/SP.POP.TOTL",
        "citation": "World Bank: Population, total (SP.POP.TOTL).",
        "date_published": "not stated",
        "licence": "CC BY 4.0",
        "read_from": "api.worldbank.org/v2",
    },
    "world-bank-employment": {
        "kind": "model",
        "producer": "International Labour Organization, as carried by the World Bank",
        "title": "Employment to population ratio, 15+, total, modeled ILO estimate (SL.EMP.TOTL.SP.ZS)",
        "reliability": "medium",
        "address": "https://data.worldbank.org/indicator/SL.EMP.TOTL.SP.ZS",
        "citation": "International Labour Organization, as carried by the World Bank: Employment to population ratio, "
        "15+, total, modeled ILO estimate (SL.EMP.TOTL.SP.ZS).",
        "date_published": "not stated",
        "note": "Modelled estimates, not national counts.",
        "licence": "CC BY 4.0",
        "read_from": "api.worldbank.org/v2",
    },
    "un-comtrade": {
        "kind": "statistics",
        "producer": "UN Statistics Division",
        "title": "UN Comtrade: yearly trade in all goods (HS, TOTAL), as each country reports it",
        "reliability": "high",
        "address": "https://comtradeplus.un.org/",
        "citation": "UN Statistics Division, UN Comtrade: yearly trade in all goods (HS, TOTAL).",
        "date_published": "not stated",
        "note": "Goods alone, so not to be held against goods and services to the last digit.",
        # Policy on Use and Re-dissemination of UN Comtrade Data.
        "licence": "© United Nations; for one’s own use, not to be passed on without written permission of the UN "
        "Statistics Division",
        "read_from": "comtradeapi.un.org/public/v1/preview",
    },
}
FETCHED = ("licence", "read_from")
