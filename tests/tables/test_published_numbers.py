"""The numbers the report publishes, each worked out here a second way, from the printed figures alone."""

import json
import math
from fractions import Fraction

import pytest

from conftest import Project

# The printed figures and the ends of what rounds to them, typed from the article.
TRADE, TRADE_LOW, TRADE_HIGH = 2e9, 1.5e9, 2.5e9
GROWTH, GROWTH_LOW, GROWTH_HIGH = 0.312, 0.3115, 0.3125
FIRST, SECOND = 3e9, 5e9

# Exports and imports in millions of US dollars, typed from the tables of the two statistics offices.
UZ = {2014: (2487.689, 1008.695), 2016: (945.024, 953.886), 2017: (1057.579, 998.164), 2018: (1352.168, 1567.442),
      2019: (1392.965, 1942.012), 2020: (908.420, 2097.346), 2021: (1178.377, 2742.180), 2022: (1407.547, 3243.509),
      2023: (1417.054, 3068.545)}  # fmt: skip
KZ = {2018: (1639.664, 1155.326), 2019: (1996.560, 1418.571), 2020: (2137.668, 793.027), 2021: (2776.871, 1057.043),
      2022: (3635.822, 1286.114), 2023: (3129.993, 1287.926)}  # fmt: skip
# Turnover as printed by the government of Kazakhstan for the year the article is about, to a tenth of a billion.
KZ_2017 = (2.0e9, 1.95e9, 2.05e9)
# Consumer prices in the United States.
CPI = {2017: 245.120, 2018: 251.107, 2020: 258.811}


# Figures of the record are printed to a thousand dollars; what they are rounded by is left out of account here.
RECORD_PRECISION = 2e-4


def _years(target: float, start: float, growth: float) -> float:
    return math.log(target / start) / math.log(1 + growth)


def _sum(flows: tuple[float, float]) -> float:
    return sum(flows) * 1e6


def _near(value: float) -> tuple[float, float, float]:
    """A figure of the record, whose rounding is far smaller than what is compared here."""
    return (value, value, value)


def _first(record: dict[int, tuple[float, float]], goal: float) -> float:
    return min((year for year in record if year > 2017 and _sum(record[year]) >= goal), default=math.nan)


def _record() -> dict[str, tuple[tuple[float, float, float], str]]:
    """What the record gives, from flows added up here."""
    found: dict[str, tuple[tuple[float, float, float], str]] = {}
    for end, record, start in (("uz", UZ, _near(_sum(UZ[2017]))), ("kz", KZ, KZ_2017)):
        for goal, year in ((FIRST, 2018), (SECOND, 2020)):
            name, level, years = f"target_{year}", _sum(record[year]), year - 2017
            real = level * CPI[2017] / CPI[year]
            found[f"trade_{year}_{end}"] = (_near(level), "exports and imports")
            found[f"trade_{year}_{end}_real"] = (_near(real), "at the prices of the base year")
            for tail, reached in (("", level), ("_real", real)):
                found[f"{name}_shortfall_{end}{tail}"] = (_near(goal - reached), "what is missing from the target")
                came = [(reached / base) ** (1 / years) - 1 for base in start]
                found[f"cagr_2017_{year}_{end}{tail}"] = (
                    (came[0], came[2], came[1]),
                    "in equal steps from the base year",
                )
            found[f"{name}_shortfall_{end}_relative"] = (_near((goal - level) / goal), "as a share of the target")
            needed = [(goal / base) ** (1 / years) - 1 for base in start]
            found[f"needed_2017_{year}_{end}"] = ((needed[0], needed[2], needed[1]), "to the target in equal steps")
    return found


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
    **_record(),
    "trade_2014_uz": (_near(_sum(UZ[2014])), "exports and imports"),
    "trade_2016_uz": (_near(_sum(UZ[2016])), "exports and imports"),
    "trade_2017_uz": (_near(_sum(UZ[2017])), "exports and imports"),
    "trade_2017_kz": (KZ_2017, "as printed, to a tenth of a billion"),
    "trade_2016_kz": ((1.6e9, 1.6e9, math.inf), "printed as more than this"),
    "trade_growth_2017_uz": (_near(_sum(UZ[2017]) / _sum(UZ[2016]) - 1), "later over earlier, less one"),
    "trade_growth_2017_kz": ((0.25, -math.inf, 2.05 / 1.6 - 1), "from more than 1.6 to at most 2.05"),
    "trade_2016_implied_uz": (
        (_sum(UZ[2017]) / 1.312, _sum(UZ[2017]) / 1.3125, _sum(UZ[2017]) / 1.3115),
        "the level of 2017 before a rise of 31.2 percent",
    ),
    "trade_2016_implied_kz": ((2e9 / 1.312, 1.95e9 / 1.3125, 2.05e9 / 1.3115), "the same, from what was printed"),
    "trade_change_2014_2016_uz": (_near(_sum(UZ[2016]) / _sum(UZ[2014]) - 1), "down from the highest year"),
    "trade_2017_of_2014_uz": (_near(_sum(UZ[2017]) / _sum(UZ[2014])), "what was left of it"),
    "trade_2014_regained_uz": (
        _near(min(year for year in UZ if year > 2014 and _sum(UZ[year]) >= _sum(UZ[2014]))),
        "first year to reach it again",
    ),
    "mirror_trade_2017_uz_kz": (
        (735.2 / UZ[2017][0] - 1, 735.15 / UZ[2017][0] - 1, 735.25 / UZ[2017][0] - 1),
        "printed imports over exports",
    ),
    "mirror_trade_2017_kz_uz": (
        (UZ[2017][1] / 1300 - 1, UZ[2017][1] / 1350 - 1, UZ[2017][1] / 1250 - 1),
        "imports over printed exports",
    ),
    "mirror_trade_2018_uz_kz": (_near(KZ[2018][1] / UZ[2018][0] - 1), "imports over exports"),
    "mirror_trade_2018_kz_uz": (_near(UZ[2018][1] / KZ[2018][0] - 1), "imports over exports"),
    "mirror_trade_2020_uz_kz": (_near(KZ[2020][1] / UZ[2020][0] - 1), "imports over exports"),
    "mirror_trade_2020_kz_uz": (_near(UZ[2020][1] / KZ[2020][0] - 1), "imports over exports"),
    **{
        f"target_2018_first_met{end}": (_near(_first(record, FIRST)), "first at three billion or more")
        for end, record in (("", UZ), ("_uz", UZ), ("_kz", KZ))
    },
    **{
        f"target_2018_first_met_{end}_real": (_near(2019), "3,335 and 3,415 million, less four percent of prices")
        for end in ("uz", "kz")
    },
    **{
        f"target_2018_delay_{end}": (_near(1), "a year after the one it was due")
        for end in ("uz", "kz", "uz_real", "kz_real")
    },
    **{
        f"target_2020_first_met{end}": ((math.nan, 2023, math.inf), "no year up to the last on record")
        for end in ("", "_uz", "_kz", "_uz_real", "_kz_real")
    },
    **{
        f"target_2020_delay_{end}": ((math.nan, 3, math.inf), "2023 less 2020")
        for end in ("uz", "kz", "uz_real", "kz_real")
    },
    "population_cis_sums": (_near(16 * 30), "two to the power of four sets, thirty years"),
    "population_cis_sums_fitting": (_near(8), "added up in test_record_second_way.py"),
    "employment_cis_sums": (_near(4 * 24 + 4 * 22), "eight sets; none with Georgia, two years fewer with Ukraine"),
    "employment_cis_sums_fitting": (_near(0), "added up in test_record_second_way.py"),
    "partner_growth_readings": (_near(3 * 13 + 3 * 14), "growth has a year less than shares"),
    "partner_growth_holding": (_near(10 + 11 + 5 + 0 + 14 + 14), "counted in test_record_second_way.py"),
    "partner_growth_readings_2020": (_near(6), "two readings of what, three of whom"),
    "partner_growth_holding_2020": (_near(2), "shares of two partners and of all"),
    "trade_2017_ways": (_near(2 * 4), "two records, four ways of rounding"),
    "trade_2017_ways_supporting": (_near(4 + 2), "2.056 is not exactly 2, nor 2 rounded up"),
    "trade_growth_2017_ways": (_near(2 * 3 * 3 * 4), "records, price bases, formulas, ways of rounding"),
    "trade_growth_2017_ways_supporting": (_near(0), "8 percent or less, and 28 percent at most"),
    "target_2018_ways": (_near(2 * 3), "records and price bases"),
    "target_2018_ways_supporting": (_near(0), "below three billion in all"),
    "target_2020_ways": (_near(2 * 3), "records and price bases"),
    "target_2020_ways_supporting": (_near(0), "about three billion in all"),
    "claims_rated": (_near(26 - 4), "four claims repeat the number of another"),
    "claims_confirmed": (_near(6), "trade, two targets, seat, horizon, number of stages"),
    "claims_supported": (_near(8), "accession twice, rail, visit, contracts, both stages, university"),
    "claims_possible": (_near(2), "population, trade with partners"),
    "claims_disputed": (_near(1), "growth of trade"),
    "claims_not_reproduced": (_near(1), "employment"),
    "claims_unchecked": (_near(4), "one visit, forums, documents, rail without a number"),
    "sources_compared": (_near(18), "listed from statements.csv and the tables of trade"),
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
    missing = {"value": math.nan, "low": -math.inf, "high": math.inf}
    published = tuple(float(facts[name][key] or missing[key]) for key in ("value", "low", "high"))
    precision = RECORD_PRECISION if facts[name]["sources"] else 1e-12
    assert published == pytest.approx(expected, rel=precision, abs=1e-9, nan_ok=True), why


def test_every_published_number_is_worked_out_here(facts: dict[str, dict[str, str]]) -> None:
    assert set(facts) == set(PUBLISHED)


def test_a_number_lies_within_its_interval(facts: dict[str, dict[str, str]]) -> None:
    for name, fact in facts.items():
        if not fact["value"]:
            assert fact["low"], name
            continue
        value = Fraction(fact["value"])
        assert Fraction(fact["low"] or value) <= value <= Fraction(fact["high"] or value), name


def test_what_rests_on_the_record_names_its_sources(facts: dict[str, dict[str, str]]) -> None:
    for name in _record():
        assert facts[name]["sources"], name
        assert ("us-bls-cpi" in facts[name]["sources"]) == ("_real" in name), name
