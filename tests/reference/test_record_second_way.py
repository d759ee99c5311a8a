"""Searches over the record, done here a second way: with pandas, on the tables as they lie in data/reference."""

import json
import math
from itertools import combinations

import pandas as pd
import pytest

from conftest import Project
from dalil.project import resolve

ALWAYS = ["AM", "AZ", "BY", "KZ", "KG", "RU", "TJ", "UZ"]
SOMETIMES = ["MD", "TM", "UA", "GE"]
SETS = [ALWAYS + list(chosen) for count in range(5) for chosen in combinations(SOMETIMES, count)]


@pytest.fixture(scope="module")
def facts(built: Project) -> dict[str, dict[str, str]]:
    return dict(json.loads((built.root / "data/processed/facts.json").read_text(encoding="utf-8")))


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(resolve(f"data/reference/{name}.csv"), dtype={"partner": str}, keep_default_na=False)


def wide(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Years down, countries across, flows added up; a country without a figure is missing."""
    return frame.pivot_table(index="year", columns=column, values="value", aggfunc="sum").astype(float)


def trade_by_partner() -> pd.DataFrame:
    rows = table("trade-uz")
    return wide(pd.DataFrame(rows[rows["flow"] != "turnover"]), "partner")


def sums(values: pd.DataFrame) -> pd.DataFrame:
    """The sum of every set in every year for which all of it is there."""
    return pd.DataFrame(
        {
            "+".join(members): values[members].dropna().sum(axis=1)
            for members in SETS
            if set(members) <= set(values.columns)
        }
    )


def were_members(members: str, year: int) -> bool:
    """Whether the CIS may have been this set: Georgia in until 2009, Ukraine 2018, Turkmenistan associate from 2005."""
    georgia, turkmenistan, ukraine = (area in members.split("+") for area in ("GE", "TM", "UA"))
    return georgia == (year <= 2009) and (turkmenistan or year >= 2005) and (not ukraine or year <= 2018)


def of_members(found: pd.DataFrame) -> pd.Series:
    """The sums of sets that may have been the members in their year."""
    listed = found.stack()
    return pd.Series(listed[[were_members(members, year) for year, members in listed.index]])


def windows(values: pd.Series, printed: float, step: float) -> list[bool]:
    """Whether a sum fits each number between the lowest and the highest, in steps from the printed one."""
    first, last = math.ceil((values.min() - printed) / step), math.floor((values.max() - printed) / step)
    return [bool(((values - printed - n * step).abs() <= step / 2).any()) for n in range(first, last + 1)]


def workers() -> pd.DataFrame:
    rows = table("employment")
    rate, people = (
        wide(rows[rows["measure"] == measure], "area") for measure in ("employment_rate", "population_15plus")
    )
    return rate / 100 * people


def test_the_population_that_some_countries_make_up_in_some_year(facts: dict[str, dict[str, str]]) -> None:
    people = of_members(sums(wide(table("population"), "area")))
    fits = people[(people - 283e6).abs() <= 0.5e6]
    tried = windows(people, 283e6, 1e6)
    assert {
        "population_cis_sums": len(people),
        "population_cis_sums_fitting": len(fits),
        "population_cis_numbers": len(tried),
        "population_cis_numbers_fitting": sum(tried),
        "population_cis_members": people[2024].max(),
        "population_cis_most_without_ua": sums(wide(table("population"), "area")).filter(regex="^(?!.*UA)").max().max(),
    } == {name: int(fact["value"]) for name, fact in facts.items() if name.startswith("population_cis")}
    assert sorted(year for year, _ in fits.index) == [1995, 1996, 2018]


def test_the_people_in_employment_that_no_countries_make_up(facts: dict[str, dict[str, str]]) -> None:
    found = of_members(sums(workers()))
    tried = windows(found, 120.5e6, 0.1e6)
    assert int(facts["employment_cis_sums"]["value"]) == len(found)
    assert int(facts["employment_cis_sums_fitting"]["value"]) == (found - 120.5e6).abs().le(0.05e6).sum()
    assert int(facts["employment_cis_numbers"]["value"]) == len(tried)
    assert int(facts["employment_cis_numbers_fitting"]["value"]) == sum(tried)
    assert float(facts["employment_cis_members"]["value"]) == pytest.approx(found[2023].max())


def test_the_countries_and_years_in_which_people_and_workers_fit_together(facts: dict[str, dict[str, str]]) -> None:
    people, employed = wide(table("population"), "area"), workers()
    tried, fitting = 0, []
    for members in SETS:
        known = [area for area in members if area != "GE"]
        rows = pd.concat([people[members].sum(axis=1, skipna=False), employed[known].sum(axis=1, skipna=False)], axis=1)
        for year, inhabitants, least in rows.dropna().itertuples():
            if were_members("+".join(members), year):
                tried += 1
                most = least + (people["GE"][year] if "GE" in members else 0)
                whole = inhabitants * 0.99 <= 283.5e6 and inhabitants * 1.01 >= 282.5e6
                part = least * 0.97 <= 120.55e6 and most * 1.03 >= 120.45e6
                fitting += [(year, "UA" in members)] if whole and part else []
    assert tried == int(facts["employment_share_joint"]["value"])
    assert fitting == [(2000, True), (2001, True)]
    ends = [int(facts[f"employment_share_joint_{end}"]["value"]) for end in ("first", "last")]
    assert ends == [2000, 2001]


def test_the_ways_to_read_twenty_percent_that_hold(facts: dict[str, dict[str, str]]) -> None:
    trade = trade_by_partner()
    world = trade.pop("001")
    found: dict[str, dict[int, float]] = {}
    for year in trade.index:
        sets = [members for members in SETS if were_members("+".join(members), year)]
        partners = [area for area in trade.columns if any(area in members for members in sets)]
        groups = {
            "each_of_some": [[area] for area in partners],
            "those_together": [list(pair) for pair in combinations(partners, 2)],
            "all": [[area for area in members if area != "UZ"] for members in sets],
        }
        for whom, chosen in groups.items():
            now = [trade.loc[year, group].sum() for group in chosen]
            ways = {"share": [part / world[year] for part in now]}
            if year - 1 in trade.index:
                before = [trade.loc[year - 1, group].sum() for group in chosen]
                ways["growth"] = [after / base - 1 for after, base in zip(now, before, strict=True)]
            for way, numbers in ways.items():
                best = sorted(numbers, reverse=True)[1 if whom == "each_of_some" else 0]
                found.setdefault(f"{way}_{whom}", {})[year] = best
    assert int(facts["partner_growth_readings"]["value"]) == sum(map(len, found.values()))
    assert int(facts["partner_growth_holding"]["value"]) == sum(
        v > 0.2 for years in found.values() for v in years.values()
    )
    for way, name in (("growth", "growth_over_year_before"), ("share", "share_of_all_trade")):
        for whom, named in (
            ("each_of_some", "each_of_some_partners"),
            ("those_together", "those_partners_together"),
            ("all", "all_cis_partners"),
        ):
            fact = facts[f"partner_growth_{name}_{named}_2020"]
            assert float(fact["value"]) == pytest.approx(found[f"{way}_{whom}"][2020], rel=1e-6)
    holding = [way for way, numbers in found.items() if numbers[2020] > 0.2]
    assert holding == ["share_those_together", "share_all"]
    assert int(facts["partner_growth_holding_2020"]["value"]) == len(holding)


def test_in_2020_trade_grew_by_a_fifth_with_one_partner_only() -> None:
    growth = trade_by_partner().drop(columns="001").pct_change()
    assert [partner for partner in growth.columns if growth[partner][2020] > 0.2] == ["AM"]
