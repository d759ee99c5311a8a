"""The numbers the report publishes, each worked out here a second way, from the printed figures alone."""

import itertools
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


def _ends(corners: list[float], centre: float) -> tuple[float, float, float]:
    return centre, min(corners), max(corners)


def _release() -> dict[str, tuple[tuple[float, float, float], str]]:
    """What follows from the release of March 2018: exports of 1.3 bn, up 35 %, imports of 735.2 m, up 25.1 %."""
    why = "exports and imports of the release, each less its growth"
    exports, imports = (1.3e9, 1.25e9, 1.35e9), (735.2e6, 735.15e6, 735.25e6)
    up, also = (0.35, 0.345, 0.355), (0.251, 0.2505, 0.2515)
    corners = list(itertools.product(exports[1:], imports[1:], up[1:], also[1:]))
    base = [e / (1 + a) + i / (1 + b) for e, i, a, b in corners]
    growth = [(e + i) / (e / (1 + a) + i / (1 + b)) - 1 for e, i, a, b in corners]
    before = exports[0] / (1 + up[0]) + imports[0] / (1 + also[0])
    return {
        "trade_2016_kz_flows": (_ends(base, before), why),
        "trade_growth_2017_kz_flows": (_ends(growth, (exports[0] + imports[0]) / before - 1), why),
        "trade_growth_2017_kz_low": ((min(growth),) * 3, why),
        "trade_growth_2017_kz_high": ((max(growth),) * 3, why),
        "trade_2016_kz_low": ((min(base),) * 3, why),
        "trade_2016_kz_high": ((2.05e9 / 1.3115,) * 3, "turnover and growth of the release leave less room"),
    }


def _revised() -> dict[str, tuple[tuple[float, float, float], str]]:
    """Figures as printed first, and as they are now."""
    why, now = "as printed then", {"2015_uz": 2_697.062e6, "2022_uz": 4_651.057e6, "2022_kz": _sum(KZ[2022])}
    printed = {"2015_uz": (3.0218e9, 0.05e6), "2022_uz": (4.6e9, 0.05e9), "2022_kz": (5.0e9, 0.05e9)}
    found: dict[str, tuple[tuple[float, float, float], str]] = {"trade_2015_uz": (_near(now["2015_uz"]), "today")}
    for name, (first, off) in printed.items():
        year, end = name.split("_")
        found[f"trade_{year}_printed_{end}"] = ((first, first - off, first + off), why)
        ends = [(now[name] + sign * 500) / (first - sign * off) - 1 for sign in (-1, 1)]
        found[f"trade_{year}_revision_{end}"] = (_ends(ends, now[name] / first - 1), "today over then")
    low, high = (-end for end in found["trade_2015_revision_uz"][0][:0:-1])
    found["largest_revision"] = ((1 - 2_697.062 / 3_021.8, low, high), "of 2015, whichever way")
    return found


def _balances() -> dict[str, tuple[tuple[float, float, float], str]]:
    """Exports less imports, by each record."""
    why = "exports less imports"
    flows = {f"{year}_{end}": record[year] for end, record in (("uz", UZ), ("kz", KZ)) for year in (2018, 2020)}
    flows |= {"2016_uz": UZ[2016], "2017_uz": UZ[2017]}
    found = {f"trade_balance_{name}": (_near((e - i) * 1e6), why) for name, (e, i) in flows.items()}
    return found | {"trade_balance_2017_kz": ((564.8e6, 1.25e9 - 735.25e6, 1.35e9 - 735.15e6), "as printed")}


def _partners() -> dict[str, tuple[tuple[float, float, float], str]]:
    """What trade with partners came to in 2020; worked out from trade-uz.csv in test_record_second_way.py."""
    why, of = "worked out in test_record_second_way.py", "partner_growth"
    growth, share = f"{of}_growth_over_year_before", f"{of}_share_of_all_trade"
    return {
        f"{growth}_each_of_some_partners_2020": ((0.1339525, 0.1339236, 0.1339814), why),
        f"{growth}_those_partners_together_2020": ((0.1644399, 0.1641782, 0.1647016), why),
        f"{growth}_all_cis_partners_2020": (_near(-0.1069855), why),
        f"{share}_each_of_some_partners_2020": (_near(0.0829037), why),
        f"{share}_those_partners_together_2020": (_near(0.2390026), why),
        f"{share}_all_cis_partners_2020": (_near(0.3025383), why),
    }


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
    "trade_growth_2017_uz": (_near(_sum(UZ[2017]) / _sum(UZ[2016]) - 1), "later over earlier, less one"),
    **_release(),
    **_revised(),
    **_balances(),
    **_partners(),
    "trade_2013_uz": (_near(3_144.916e6), "exports and imports"),
    "trade_2022_uz": (_near(_sum(UZ[2022])), "exports and imports"),
    "trade_2022_kz": (_near(_sum(KZ[2022])), "exports and imports"),
    "trade_2024_uz": ((4.2e9, 4.15e9, 4.25e9), "as printed"),
    "trade_2024_kz": ((4.0e9, 4.0e9, math.inf), "printed as more than this"),
    "target_2018_had_before_uz": (_near(2014), "3.1 billion in 2013 and 3.5 in 2014"),
    "target_2020_nearest_uz": (_near(_sum(UZ[2022]) / SECOND - 1), "the highest year, short of five"),
    "target_2020_nearest_kz": (_near(_sum(KZ[2022]) / SECOND - 1), "the highest year, short of five"),
    "target_2020_nearest_year_uz": (_near(2022), "the highest year"),
    "target_2020_nearest_year_kz": (_near(2022), "the highest year"),
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
    "population_cis_sums": (
        _near(10 * 4 + 5 * 8 + 9 * 8 + 6 * 4),
        "Moldova and Ukraine open until 2004, Turkmenistan from then on, Georgia out from 2010, Ukraine from 2019",
    ),
    "population_cis_sums_fitting": (_near(3), "added up in test_record_second_way.py"),
    "population_cis_members": (_near(250_566_839), "ten countries in 2024"),
    "population_cis_most_without_ua": (_near(254_266_396), "eleven countries in 2024"),
    "population_cis_numbers": (_near(289 - 223 + 1), "whole millions between 222.8 and 289.4"),
    "population_cis_numbers_fitting": (_near(48), "counted in test_record_second_way.py"),
    "employment_cis_members": (_near(114_794_217.13695), "ten countries in 2023"),
    "employment_cis_sums": (_near(92), "counted in test_record_second_way.py"),
    "employment_cis_sums_fitting": (_near(0), "added up in test_record_second_way.py"),
    "employment_cis_numbers": (_near(275), "tenths of a million between the lowest sum and the highest"),
    "employment_cis_numbers_fitting": (_near(63), "counted in test_record_second_way.py"),
    "employment_share_joint": (_near(152), "counted in test_record_second_way.py"),
    "employment_share_joint_fitting": (_near(2), "all twelve in 2000 and in 2001"),
    "employment_share_joint_first": (_near(2000), "the first year with employment rates"),
    "employment_share_joint_last": (_near(2001), "in 2002 the people are too few by a hundredth"),
    "partner_growth_readings": (_near(3 * 13 + 3 * 14), "growth has a year less than shares"),
    "partner_growth_holding": (_near(53), "counted in test_record_second_way.py"),
    "partner_growth_readings_2020": (_near(6), "two readings of what, three of whom"),
    "partner_growth_holding_2020": (_near(2), "shares of two partners and of all"),
    "claims_rated": (_near(26 - 5), "four claims repeat the number of another, one repeats without it"),
    "claims_confirmed": (
        _near(12),
        "accession twice, trade, targets, three dates, seat, forums, horizon, stages, second",
    ),
    "claims_supported": (_near(2), "first stage, university"),
    "claims_possible": (_near(3), "population, employment, trade with partners"),
    "claims_one_side": (_near(1), "growth of trade"),
    "claims_doubtful": (_near(1), "contracts"),
    "claims_unchecked": (_near(2), "documents, and rail, of which only its origin speaks"),
    "sources_compared": (_near(33), "listed from statements.csv and the tables of trade"),
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
