"""What a report says of the record: each case that the tables can be in, in each language."""

from dataclasses import replace

import pytest

from dalil.parameters import LANGUAGES
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Grouping, Observation, Reference
from invented import figure, growth, level, record, statement, target
from said import Case, TextOf, marks, plain, texts_of, unsaid

PAPER = {"status": "press", "origin": "paper"}
BASE = level("base", period="2017")
ROSE = growth(period="2017", base_period="2016")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
FURTHER = target("further", "5 milliard dollar", "5000000000", period="2020", status="aimed")
# The same year for another measure, so that a year alone does not name a target.
PEOPLE = [
    level("people", "30 million kishi", "30000000", measure="population", unit="person", period="2017"),
    target("more_people", "40 million kishi", "40000000", measure="population", unit="person", period="2018"),
]


def in_years(area: str, partner: str, **values: str) -> list[Observation]:
    """A country's turnover, year by year."""
    return [
        figure(int(year[1:]), value, area, partner, origin="office" if area == "UZ" else "bureau")
        for year, value in values.items()
    ]


def flow(year: int, exported: str, imported: str) -> list[Observation]:
    """What one country sells the other, by the seller's record and by the buyer's."""
    return [
        figure(year, exported, "UZ", "KZ", flow="export"),
        figure(year, imported, "KZ", "UZ", flow="import", origin="bureau"),
    ]


OPEN_NUMBER = level("people", "10 nafar kishi", "10", measure="population", unit="person", subject="cis")
OVER = {"population": SeriesMapping(series=("population",), over="cis")}
LIKE = {"measure": "population", "unit": "person", "partner": "", "flow": ""}
OPEN_PERCENTAGE = growth(
    "open",
    "20 foizdan oshdi",
    "0.2",
    leaves_open={"of_what": ["growth-over-year-before"], "with_whom": ["those-partners-together"], "when": ["then"]},
)
PARTNERS = {"trade": SeriesMapping(series=("trade",), of="UZ", partners="cis", years={"then": 2020})}


def people(**counts: str) -> Reference:
    """A record of how many people countries have in 2020, two of which are always counted."""
    figures = [figure(2020, value, area, **LIKE) for area, value in counts.items()]
    return record(*figures, cis=Grouping(always=("AM", "AZ"), sometimes={"GE": "left"}))


def partners(before: str, after: str) -> Reference:
    """A record of trade with two partners in 2019 and 2020."""
    figures = [
        figure(year, value, "UZ", area)
        for area in ("KZ", "RU", "001")
        for year, value in ((2019, before), (2020, after))
    ]
    return record(*figures, cis=Grouping(always=("UZ", "KZ", "RU")))


UZ = in_years("UZ", "KZ", y2016="1.90", y2017="2.10")
RATE = statement("change", "0.50", unit="ratio", subject="all", period="2017", base_period="2016")
KZ = in_years("KZ", "UZ", y2016="1.80", y2017="2.00")
FELL = in_years("UZ", "KZ", y2014="4.00", y2015="3.00", y2016="1.90", y2017="2.10")

# What a dollar buys is the same in both years.
PRICES = [
    figure(year, "100", "US", "", measure="cpi", unit="index", flow="", basis="", origin="bureau")
    for year in (2017, 2018)
]
TWO = [*in_years("UZ", "KZ", y2017="2.00", y2018="3.50"), *in_years("KZ", "UZ", y2018="2.50"), *PRICES]

CASES = {
    "growth that one side gives": Case("growth.given", (BASE, ROSE), record(*UZ, *KZ, RATE), ""),
    "growth that no record gives": Case("growth.given", (BASE, ROSE), record(*UZ), ""),
    "growth that the record gives": Case("growth.given", (BASE, ROSE), record(*in_years("UZ", "KZ", y2016="1.40", y2017="2.10")), ""),
    "growth by figures published": Case("growth.given", (BASE, ROSE), record(*(replace(one, status="press", origin="paper") for one in KZ), *in_years("KZ", "UZ", y2019="2.00")), ""),
    "growth of which others say something else": Case("growth.given", (BASE, ROSE), record(*UZ, statement("change", "0.10", unit="ratio", subject="all", period="2017", base_period="2016")), ""),
    "growth after a fall that was not regained": Case("growth.given", (BASE, ROSE), record(*FELL), ""),
    "growth after a fall that was regained": Case("growth.given", (BASE, ROSE), record(*FELL, *in_years("UZ", "KZ", y2019="4.10")), ""),
    "growth without a record of it": Case("growth.given", (BASE, ROSE), record(), ""),
    "growth where no record is named": Case("growth.given", (BASE, ROSE), None, ""),
    "a target met by one record and missed by the other": Case("outcomes.became", (BASE, GOAL), record(*TWO), ""),
    "a target met": Case("outcomes.became", (BASE, GOAL), record(*in_years("UZ", "KZ", y2017="2.00", y2018="3.50")), ""),
    "two targets, one of them missed": Case("outcomes.became", (BASE, GOAL, FURTHER), record(*in_years("UZ", "KZ", y2017="2.00", y2018="3.50", y2019="4.00", y2020="3.90")), ""),
    "a target whose year was printed": Case("outcomes.became", (BASE, GOAL), record(*TWO, figure(2018, "3", comparator="~", **PAPER), figure(2018, "3", area="KZ", partner="UZ", note="a minister", **PAPER)), ""),
    "a target of which something was said": Case("outcomes.became", (BASE, GOAL), record(*TWO, statement("target", "3", unit="USD", subject="all", period="2018", note="was hoped for")), ""),
    "targets of two measures for one year": Case("outcomes.became", (BASE, GOAL, *PEOPLE), record(*TWO), ""),
    "targets without an outcome": Case("outcomes.became", (BASE, GOAL), record(*UZ), ""),
    "targets where no record is named": Case("outcomes.became", (BASE, GOAL), None, ""),
    "prices of outcomes": Case("outcomes.prices", (BASE, GOAL), record(*TWO), ""),
    "prices without an outcome": Case("outcomes.prices", (BASE, GOAL), record(), ""),
    "flows whose importers are higher": Case("mirror.flows", (BASE,), record(*UZ, *flow(2017, "1.00", "1.10")), ""),
    "flows of one total whose importers are lower": Case("mirror.flows", (BASE,), record(*UZ, *KZ, *flow(2017, "1.00", "0.90")), ""),
    "no flow recorded twice": Case("mirror.flows", (BASE,), record(*UZ, *KZ), ""),
    "one sum that fits": Case("open.counted", (OPEN_NUMBER,), people(AM="3", AZ="4", GE="3"), "", OVER),
    "a sum that fits with none added": Case("open.counted", (OPEN_NUMBER,), people(AM="5", AZ="5", GE="0"), "", OVER),
    "no sum that fits": Case("open.counted", (OPEN_NUMBER,), people(AM="3", AZ="4", GE="30"), "", OVER),
    "a percentage that is borne out": Case("open.counted", (OPEN_PERCENTAGE,), partners("1.00", "2.00"), "", PARTNERS),
    "a percentage that no reading bears out": Case("open.counted", (OPEN_PERCENTAGE,), partners("1.00", "1.10"), "", PARTNERS),
    "nothing left open": Case("open.counted", (BASE,), record(), ""),
    "method": Case("method.body", (BASE,), record(), ""),
    "method without a record": Case("method.body", (BASE,), None, ""),
}


@pytest.fixture(scope="module")
def text_of(tmp_path_factory: pytest.TempPathFactory) -> TextOf:
    """What a case comes to in a language."""
    return texts_of(CASES, lambda: tmp_path_factory.mktemp("case"))


@pytest.mark.parametrize("name", CASES)
def test_each_case_says_what_is_the_case(text_of: TextOf, name: str) -> None:
    text, says = plain(text_of(name)), CASES[name].says
    assert says in text if says else text == ""


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", CASES)
def test_each_language_says_it_of_the_same_claims_facts_and_sources(text_of: TextOf, name: str, language: str) -> None:
    assert marks(text_of(name, language)) == marks(text_of(name))
    assert not set("{}*") & set(plain(text_of(name, language)))


@pytest.mark.parametrize("section", sorted({case.section.partition(".")[0] for case in CASES.values()}))
def test_each_phrase_of_a_section_is_said_in_some_case(text_of: TextOf, section: str) -> None:
    said = [text_of(name) for name, case in CASES.items() if case.section.startswith(f"{section}.")]
    # What ratings mean stands in a table.
    assert unsaid(f"text.{section}", said, besides={"text.record.scale"}) == []
