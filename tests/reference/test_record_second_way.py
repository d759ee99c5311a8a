"""Searches over the record, done here a second way: with pandas, on the tables as they lie in data/reference."""

import json
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


def test_the_population_that_some_countries_make_up_in_some_year(facts: dict[str, dict[str, str]]) -> None:
    found = sums(wide(table("population"), "area"))
    fits = (found >= 282.5e6) & (found <= 283.5e6)
    assert int(facts["population_cis_sums"]["value"]) == found.notna().to_numpy().sum()
    assert int(facts["population_cis_sums_fitting"]["value"]) == fits.to_numpy().sum()


def test_the_people_in_employment_that_no_countries_make_up(facts: dict[str, dict[str, str]]) -> None:
    rows = table("employment")
    rate, people = (
        wide(rows[rows["measure"] == measure], "area") for measure in ("employment_rate", "population_15plus")
    )
    found = sums(rate / 100 * people)
    fits = (found >= 120.45e6) & (found <= 120.55e6)
    assert int(facts["employment_cis_sums"]["value"]) == found.notna().to_numpy().sum()
    assert int(facts["employment_cis_sums_fitting"]["value"]) == fits.to_numpy().sum()


def test_the_ways_to_read_twenty_percent_that_hold(facts: dict[str, dict[str, str]]) -> None:
    trade = trade_by_partner()
    world = trade.pop("001")
    growth, share = trade.pct_change().iloc[1:], trade.div(world, axis=0)
    pairs = [list(pair) for pair in combinations(trade.columns, 2)]
    sets = [[area for area in members if area != "UZ"] for members in SETS]

    def best(groups: list[list[str]], part: pd.Series | None) -> pd.Series:
        together = pd.DataFrame({"+".join(group): trade[group].sum(axis=1) for group in groups})
        found = together.pct_change().iloc[1:] if part is None else together.div(part, axis=0)
        return found.max(axis=1)

    each = [frame.apply(lambda row: row.nlargest(2).iloc[-1], axis=1) for frame in (growth, share)]
    readings = [each[0], best(pairs, None), best(sets, None), each[1], best(pairs, world), best(sets, world)]
    assert int(facts["partner_growth_readings"]["value"]) == sum(len(reading) for reading in readings)
    assert int(facts["partner_growth_holding"]["value"]) == sum((r > 0.2).sum() for r in readings)
    in_2020 = [bool(reading[2020] > 0.2) for reading in readings]
    assert in_2020 == [False, False, False, False, True, True]
    assert int(facts["partner_growth_holding_2020"]["value"]) == sum(in_2020)


def test_in_2020_trade_grew_by_a_fifth_with_one_partner_only() -> None:
    growth = trade_by_partner().drop(columns="001").pct_change()
    assert [partner for partner in growth.columns if growth[partner][2020] > 0.2] == ["AM"]
