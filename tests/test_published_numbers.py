"""The numbers the report publishes, each worked out here a second way, from the printed figures alone."""

import json
import math
from fractions import Fraction

import pytest
from conftest import Project

pytestmark = pytest.mark.xdist_group("report")

# The printed figures and the ends of what rounds to them, typed from the article.
TRADE, TRADE_LOW, TRADE_HIGH = 2e9, 1.5e9, 2.5e9
GROWTH, GROWTH_LOW, GROWTH_HIGH = 0.312, 0.3115, 0.3125
FIRST, SECOND = 3e9, 5e9


def _years(target: float, start: float, growth: float) -> float:
    return math.log(target / start) / math.log(1 + growth)


# name: (value, low, high), why
PUBLISHED: dict[str, tuple[tuple[float, float, float], str]] = {
    "trade_2016_implied": (
        (TRADE / 1.312, TRADE_LOW / 1.3125, TRADE_HIGH / 1.3115),
        "two billion is 1.312 times the year before",
    ),
    "trade_increment_2017": (
        (TRADE - TRADE / 1.312, TRADE_LOW - TRADE_LOW / 1.3115, TRADE_HIGH - TRADE_HIGH / 1.3125),
        "what was added to get to two billion",
    ),
    "trade_doubling_time": (
        (_years(2, 1, GROWTH), _years(2, 1, GROWTH_HIGH), _years(2, 1, GROWTH_LOW)),
        "years until one becomes two",
    ),
    "rail_index_2018": ((144, 143.5, 144.5), "a hundred and forty-four for a rise of 44 percent"),
    "employment_share": ((120.5 / 283, 120.45 / 283.5, 120.55 / 282.5), "employed over population"),
    "contracts_to_trade": ((0.5, 0.5 / 2.5, 1.5 / 1.5), "one billion over two, both to one digit"),
    "required_growth_2018": ((0.5, 3 / 2.5 - 1, 3 / 1.5 - 1), "from two to three"),
    "required_growth_2020": ((1.5, 1.0, 5 / 1.5 - 1), "from two to five"),
    "required_cagr_2020": (
        (math.cbrt(2.5) - 1, math.cbrt(2) - 1, math.cbrt(5 / 1.5) - 1),
        "two to five in three equal steps",
    ),
    "required_growth_2018_2020": ((2 / 3, 2 / 3, 2 / 3), "three to five, both exact"),
    "required_cagr_2018_2020": ((math.sqrt(5 / 3) - 1,) * 3, "three to five in two equal steps"),
    "projected_2018": ((2.624e9, 1.96725e9, 3.28125e9), "two billion and 31.2 percent"),
    "projected_2020": (
        (TRADE * 1.312**3, TRADE_LOW * 1.3115**3, TRADE_HIGH * 1.3125**3),
        "two billion and 31.2 percent three times over",
    ),
    "gap_2018": ((-0.376e9, -1.03275e9, 0.28125e9), "2.624 less 3"),
    "gap_2018_relative": ((-0.376 / 3, 1.96725 / 3 - 1, 3.28125 / 3 - 1), "as a share of 3"),
    "gap_2018_width": ((1.314e9,) * 3, "3.28125 less 1.96725"),
    "gap_2020": (
        (TRADE * 1.312**3 - SECOND, TRADE_LOW * 1.3115**3 - SECOND, TRADE_HIGH * 1.3125**3 - SECOND),
        "4.517 less 5",
    ),
    "gap_2020_relative": (
        (TRADE * 1.312**3 / SECOND - 1, TRADE_LOW * 1.3115**3 / SECOND - 1, TRADE_HIGH * 1.3125**3 / SECOND - 1),
        "as a share of 5",
    ),
    "gap_2020_width": ((TRADE_HIGH * 1.3125**3 - TRADE_LOW * 1.3115**3,) * 3, "high less low"),
    "years_to_target_2018": (
        (_years(3, 2, GROWTH), _years(3, 2.5, GROWTH_HIGH), _years(3, 1.5, GROWTH_LOW)),
        "until two has become three",
    ),
    "years_to_target_2020": (
        (_years(5, 2, GROWTH), _years(5, 2.5, GROWTH_HIGH), _years(5, 1.5, GROWTH_LOW)),
        "until two has become five",
    ),
    "arrival_2018": ((2019, 2018, 2020), "1.49 years after 2017, between 0.67 and 2.56"),
    "arrival_2020": ((2021, 2020, 2022), "3.37 years after 2017, between 2.55 and 4.44"),
    "claims": ((26,) * 3, "entries of claims.yml"),
    "claims_unreviewed": ((0,) * 3, "entries of claims.yml with reviewed: false"),
    "corrections": ((8,) * 3, "entries of corrections.yml"),
    "numerals": ((80,) * 3, "counted by hand in the article"),
    "numerals_in_claims": ((33,) * 3, "marked by hand"),
    "numerals_citation_marks": ((4,) * 3, "[1], [4], [2], [3]"),
    "numerals_dates": ((3,) * 3, "“from 2016 on”, three times"),
    "numerals_words": ((40,) * 3, "the rest"),
    "findings": ((40,) * 3, "agree, differ and unchecked together"),
    "findings_agree": ((18,) * 3, "gone through by hand"),
    "findings_differ": ((6,) * 3, "rail number, two dropped periods, two changed standings, order of marks"),
    "findings_unchecked": ((16,) * 3, "gone through by hand"),
    "claims_undated": ((5,) * 3, "population, employment, documents, ranking, the 3 billion in the conclusion"),
}


@pytest.fixture(scope="module")
def facts(built: Project) -> dict[str, dict[str, str]]:
    return dict(json.loads((built.root / "data/processed/facts.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_number_is_what_the_printed_figures_give(facts: dict[str, dict[str, str]], name: str) -> None:
    expected, why = PUBLISHED[name]
    published = tuple(float(facts[name][key]) for key in ("value", "low", "high"))
    assert published == pytest.approx(expected, rel=1e-12), why


def test_every_published_number_is_worked_out_here(facts: dict[str, dict[str, str]]) -> None:
    assert set(facts) == set(PUBLISHED)


def test_a_number_lies_within_its_interval(facts: dict[str, dict[str, str]]) -> None:
    for name, fact in facts.items():
        assert Fraction(fact["low"]) <= Fraction(fact["value"]) <= Fraction(fact["high"]), name
