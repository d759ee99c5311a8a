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
KZ = in_years("KZ", "UZ", y2016="1.80", y2017="2.00")
FELL = in_years("UZ", "KZ", y2014="4.00", y2015="3.00", y2016="1.90", y2017="2.10")

# What a dollar buys is the same in both years.
PRICES = [
    figure(year, "100", "US", "", measure="cpi", unit="index", flow="", basis="", origin="bureau")
    for year in (2017, 2018)
]
TWO = [*in_years("UZ", "KZ", y2017="2.00", y2018="3.50"), *in_years("KZ", "UZ", y2018="2.50"), *PRICES]

STAND_IN = "A figure printed in the press stands in where no official one was found, and is marked so."
COVERED = f"What the record covers: that of Uzbekistan covers goods. {STAND_IN}"
HEADLINE = (
    "Each headline was worked out under every combination of rounding, record, price basis and growth formula that "
    "makes a difference to it. The article’s statement is borne out by"
)
TRIED = (
    "Population, 10 people. The article names neither the countries nor the year. 2 sums, of every set of countries "
    "that may be meant in every year on record, were held against it."
)
HELD = "Each claim was held against every source on record that speaks of the same thing"


CASES = {
    "growth by an official record": Case(
        "growth.intro",
        (BASE, ROSE),
        record(*UZ),
        "By the official record of Uzbekistan, trade went from 1.90 billion US dollars in 2016 to 2.10 billion US "
        "dollars in 2017, growth of 10.5% against the 50% stated. With the stated growth, 2016 would have been at "
        "1.40 billion US dollars. Sources that give another, or figures from which another follows: P (2020). "
        f"{COVERED}",
    ),
    "growth by figures printed": Case(
        "growth.intro",
        (BASE, ROSE),
        record(*(replace(one, status="press", origin="paper") for one in KZ), *in_years("KZ", "UZ", y2019="2.00")),
        "By figures printed for Kazakhstan (official ones of that time were not found), trade went from 1.80 billion",
    ),
    "growth that a source gives as well": Case(
        "growth.intro",
        (BASE, ROSE),
        record(*UZ, statement("change", "0.50", unit="ratio", subject="all", period="2017", base_period="2016")),
        "Sources that give the stated growth: P (2020).",
    ),
    "growth after a fall that was not regained": Case(
        "growth.intro",
        (BASE, ROSE),
        record(*FELL),
        "The rise followed a fall. In 2014 the record of Uzbekistan stood at 4.00 billion US dollars; by 2016 it had "
        "fallen by 52.5%, and 2017 came to 52.5% of 2014. It had not come back to that level by 2017.",
    ),
    "growth after a fall that was regained": Case(
        "growth.intro",
        (BASE, ROSE),
        record(*FELL, *in_years("UZ", "KZ", y2019="4.10")),
        "It was back at that level in 2019.",
    ),
    "growth by two records": Case(
        "growth.intro",
        (BASE, ROSE),
        record(*UZ, *KZ),
        "The two records need not be equal: that of Uzbekistan covers goods; that of Kazakhstan covers goods. "
        f"{STAND_IN}",
    ),
    "growth without a record of it": Case(
        "growth.intro",
        (BASE, ROSE),
        record(),
        "No official record of the measures that the article speaks of is there, so level and growth could not be "
        "checked.",
    ),
    "growth where no record is named": Case("growth.intro", (BASE, ROSE), None, ""),
    "targets met by one record and missed by the other": Case(
        "outcomes.intro",
        (BASE, GOAL),
        record(*TWO),
        "3 billion US dollars in 2018. By the record of Uzbekistan it was 3.50 billion US dollars, 500 million US "
        "dollars (16.7%) more. From 2017 on that is growth of 75.0% a year where 50.0% was needed. The first year to "
        "reach it was 2018. By the record of Kazakhstan it was 2.50 billion US dollars, 500 million US dollars (16.7%) "
        "less. Up to 2018, no year reached it. In dollars of 2017: 500 million US dollars more (Uzbekistan); 500 "
        "million US dollars less (Kazakhstan).",
    ),
    "a target just met": Case(
        "outcomes.intro",
        (BASE, GOAL),
        record(*in_years("UZ", "KZ", y2018="3.00")),
        "By the record of Uzbekistan it was 3.00 billion US dollars, 0 million US dollars (0%) less. The first year",
    ),
    "a target whose year was printed": Case(
        "outcomes.intro",
        (BASE, GOAL),
        record(*TWO, figure(2018, "3", comparator="~", **PAPER), figure(2018, "3", area="KZ", partner="UZ", **PAPER)),
        "Printed of that year: about 3 billion US dollars (P (2020)); 3 billion US dollars (P (2020)).",
    ),
    "targets of two measures for one year": Case(
        "outcomes.intro",
        (BASE, GOAL, *PEOPLE),
        record(*TWO),
        "3 billion US dollars in 2018 (trade).",
    ),
    "targets without an outcome": Case(
        "outcomes.intro",
        (BASE, GOAL),
        record(*UZ),
        "No official figure of a target’s year is on record, so what became of the targets could not be checked.",
    ),
    "targets where no record is named": Case("outcomes.intro", (BASE, GOAL), None, ""),
    "outcomes where there is no target": Case("outcomes.intro", (BASE,), record(*UZ), ""),
    "prices of outcomes": Case(
        "outcomes.prices",
        (BASE, GOAL),
        record(*TWO),
        "Constant dollars are those of the year the target is counted from, by the consumer price index of the United "
        "States. An outcome is worked out from official figures only.",
    ),
    "prices without an outcome": Case("outcomes.prices", (BASE, GOAL), record(), ""),
    "a flow recorded twice": Case(
        "mirror.intro",
        (level("base", "1,5 milliard dollar", "1500000000", period="2017"),),
        record(*UZ, *flow(2017, "1.00", "0.90"), *flow(2018, "1.00", "1.10")),
        "What one country sells, the other buys: each flow is recorded twice. In 2017, what went from Uzbekistan to "
        "Kazakhstan came to 1.00 billion US dollars by the exporter’s record and 900 million US dollars by the "
        "importer’s (\u221210.0%). The two seldom agree.",
    ),
    "a turnover that both sides bear out": Case(
        "mirror.intro",
        (BASE,),
        record(*UZ, *KZ, *flow(2017, "1.00", "0.90")),
        "The 2 billion US dollars stated for 2017 is borne out by both sides; the flows that make it up do not agree.",
    ),
    "no flow recorded twice": Case(
        "mirror.intro",
        (BASE,),
        record(*UZ, *KZ),
        "There is no year for which both countries have a figure of one flow, so records could not be held against "
        "each other.",
    ),
    "flows where no record is named": Case("mirror.intro", (BASE,), None, ""),
    "one sum that fits": Case(
        "open.intro",
        (OPEN_NUMBER,),
        people(AM="3", AZ="4", GE="3"),
        f"{TRIED} 1 fits: 2020 (with Georgia). Which one was meant, the article does not say.",
        OVER,
    ),
    "sums that fit": Case(
        "open.intro",
        (OPEN_NUMBER,),
        people(AM="5", AZ="5", GE="0"),
        f"{TRIED} 2 fit: 2020 (without any country in doubt); 2020 (with Georgia). Which one was meant",
        OVER,
    ),
    "no sum that fits": Case(
        "open.intro",
        (OPEN_NUMBER,),
        people(AM="3", AZ="4", GE="30"),
        f"{TRIED} 0 fit. The number is not reproduced; that does not make it false. The nearest sum is 7 people: 2020 "
        "(without any country in doubt).",
        OVER,
    ),
    "a percentage that may be borne out": Case(
        "open.intro",
        (OPEN_PERCENTAGE,),
        partners("1.00", "2.00"),
        "Trade, more than 20%. Read in every way it leaves open, year by year, the percentage is borne out in 1 of 1 "
        "cases. For 2020, a year that one reading names, it is 1 of 1. Whether the record bears the sentence out "
        "depends on what is meant.",
        PARTNERS,
    ),
    "a percentage that no way of reading gives": Case(
        "open.intro",
        (OPEN_PERCENTAGE,),
        partners("1.00", "1.10"),
        "For 2020, a year that one reading names, it is 0 of 1. The number is not reproduced; that does not make it "
        "false.",
        PARTNERS,
    ),
    "nothing left open": Case(
        "open.intro", (BASE,), record(), "No claim leaves open what could be worked out from the record."
    ),
    "nothing left open where no record is named": Case("open.intro", (BASE,), None, ""),
    "sources": Case("sources.intro", (BASE,), record(), "Everything this report holds the article against"),
    "no sources": Case("sources.intro", (BASE,), None, "No source outside the article was used."),
    "method": Case("method.body", (BASE,), None, "This run takes numbers as rounded in the way half-unit;"),
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
