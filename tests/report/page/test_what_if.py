"""The what-if panel as it is written into the page: what its script starts from, and that nothing else can end it."""

import json
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from cells import gap_rows, run_cells
from conftest import project_in
from dalil.analysis.targets import targets_of
from dalil.claims.claims import Claims, read_claims
from dalil.errors import InputError
from dalil.numbers.intervals import Estimate, Rounding
from dalil.parameters import LANGUAGES, Parameters, checked, parse_settings
from dalil.project import resolve
from dalil.report.page.what_if import CHANGED, WAYS, formulas, what_if
from dalil.report.prose.context import ReportContext
from dalil.tables.schema import write_table
from dalil.tables.writing import claim_rows
from dalil.text.article import Article, read_article
from dalil.text.record import ArticleRecord

SEVERAL = {"article": "tests/articles/several-measures.txt", "claims": "tests/articles/several-measures.yml"}
NO_TARGETS = {"article": "tests/articles/no-targets.txt", "claims": "tests/articles/no-targets.yml"}

Make = Callable[..., ReportContext]


@cache
def _article(path: Path) -> Article:
    return read_article(path)


def claims_of(parameters: Parameters, rounding: Rounding | None = None) -> Claims:
    article = _article(resolve(parameters.article))
    return read_claims(resolve(parameters.claims), article, rounding or parameters.rounding)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes the material of a run with some parameters: as much of it as the panel reads."""
    project = project_in(tmp_path)

    def made(**values: Any) -> ReportContext:
        material = ReportContext(checked(values), project)
        parameters, claims = material.parameters, claims_of(material.parameters)
        write_table(material.run.processed, "claims", claim_rows(claims))
        write_table(material.run.processed, "gaps", gap_rows(claims, parameters))
        return material

    return made


def parsed(material: ReportContext) -> BeautifulSoup:
    return BeautifulSoup(what_if(material), "html.parser")


def seed(material: ReportContext) -> dict[str, Any]:
    holder = parsed(material).find("script", id="what-if-seed")
    assert holder is not None
    return dict(json.loads(holder.get_text()))


def test_there_is_no_panel_where_no_target_is_counted_from_a_level(make: Make) -> None:
    assert what_if(make(**NO_TARGETS)) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_is_hidden_until_its_script_shows_it(make: Make, language: str) -> None:
    page = parsed(make(language=language))
    (panel,) = page.find_all("section")
    assert panel.has_attr("hidden")
    assert "page-only" in panel["class"]
    assert page.find(id=str(panel["aria-labelledby"])) is not None
    assert page.select("tbody tr") == []


@pytest.mark.parametrize("values", [{}, SEVERAL])
def test_names_are_its_own_and_everything_named_is_there(make: Make, values: dict[str, str]) -> None:
    page = parsed(make(**values))
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("what-if-") for name in ids)
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        for tag in page.select(f"[{attribute}]"):
            named = tag[attribute]
            assert set(named.split() if isinstance(named, str) else named) <= set(ids)


def test_every_field_has_a_label_and_a_place_for_what_is_wrong(make: Make) -> None:
    page = parsed(make())
    for field in page.select("input[type=text], select"):
        (label,) = page.find_all("label", attrs={"for": field["id"]})
        assert label.get_text(strip=True)
        assert f"{field['id']}-error" in str(field["aria-describedby"]).split()
    assert {str(tag["value"]) for tag in page.select("option")} == set(WAYS)


def test_numbers_are_texts_that_stand_for_them_exactly(make: Make) -> None:
    def floats(part: object) -> list[object]:
        if isinstance(part, Mapping):
            return [found for value in part.values() for found in floats(value)]
        if isinstance(part, list):
            return [found for value in part for found in floats(value)]
        return [part] if isinstance(part, float) else []

    found = seed(make())
    assert floats(found) == []
    assert [Fraction(rate) for rate in found["rates"]] == [Fraction(n, 10) for n in (1, 2, 4)]
    assert found["claims"]["trade_growth_2017"]["ways"]["half-unit"] == {
        "value": "39/125", "low": "623/2000", "high": "5/16", "lowOpen": False,
    }  # fmt: skip


def test_the_formulas_are_those_of_the_facts() -> None:
    results = run_cells("03-target-gaps", claims_of(checked({}))).results
    own = {
        "level": {"claim": "trade_2017"},
        "goal": {"claim": "target_2020"},
        "growth": {"claim": "trade_growth_2017"},
        "base_year": {"number": "2017"},
        "periods": {"number": "3"},
    }

    def renamed(tree: dict[str, Any]) -> dict[str, Any]:
        if "parameter" in tree:
            return own[tree["parameter"]]
        return {**tree, "args": [renamed(part) for part in tree["args"]]} if "args" in tree else tree

    facts = {
        "projected": "projected_2020",
        "gap": "gap_2020",
        "relative": "gap_2020_relative",
        "arrival": "arrival_2020",
    }
    trees = formulas()
    assert set(trees) == set(facts)
    for name, fact in facts.items():
        assert renamed(trees[name]) == results[fact].formula.json()


@pytest.mark.parametrize("values", [{}, SEVERAL, {"rounding": "exact"}])
def test_a_number_is_read_under_each_way_of_rounding_as_a_run_reads_it(make: Make, values: dict[str, str]) -> None:
    material = make(**values)
    found = seed(material)["claims"]
    assert found
    for way in WAYS:
        read = claims_of(material.parameters, way)
        for name, claim in found.items():
            assert ends(claim["ways"][way]) == ends_of(read[name].known)


def test_a_fall_stays_one_under_each_way_of_rounding(make: Make, tmp_path: Path) -> None:
    fell, aimed = "Savdo 2017-yilda 2016-yilga nisbatan 5 foizga kamaydi", "2020-yilda 3 mlrd dollar boʻladi"
    (tmp_path / "my.txt").write_text(f"{fell} va 2 mlrd dollar boʻldi, {aimed}.", encoding="utf-8")
    common = "measure: trade, subject: all, section: text"
    (tmp_path / "my.yml").write_text(
        f"""claims:
- {{id: fall, kind: change, {common}, unit: ratio, value: "-0.05", status: reported, period: "2017",
   base_period: "2016", anchor: Savdo 2017-yilda 2016-yilga nisbatan 5 foizga}}
- {{id: level, kind: level, {common}, unit: USD, value: "2000000000", status: reported, period: "2017",
   period_anchor: 2017-yilda, anchor: 2 mlrd dollar}}
- {{id: goal, kind: target, {common}, unit: USD, value: "3000000000", status: aimed, period: "2020",
   anchor: 2020-yilda 3 mlrd dollar}}
""",
        encoding="utf-8",
    )
    found = seed(make(article=str(tmp_path / "my.txt"), claims=str(tmp_path / "my.yml")))["claims"]["fall"]["ways"]
    assert {way: ends(read) for way, read in found.items()} == {
        "half-unit": (Fraction("-0.05"), Fraction("-0.055"), Fraction("-0.045")),
        "exact": (Fraction("-0.05"), Fraction("-0.05"), Fraction("-0.05")),
        "floor": (Fraction("-0.05"), Fraction("-0.06"), Fraction("-0.05")),
        "ceiling": (Fraction("-0.05"), Fraction("-0.05"), Fraction("-0.04")),
    }


def ends(read: Mapping[str, str | None]) -> tuple[Fraction | None, ...]:
    """The value of a number in the seed, and its ends."""
    return tuple(None if read[name] is None else Fraction(str(read[name])) for name in ("value", "low", "high"))


def ends_of(estimate: Estimate) -> tuple[Fraction | None, ...]:
    return estimate.value, estimate.range.low, estimate.range.high


@pytest.mark.parametrize("values", [{}, SEVERAL])
def test_the_level_a_target_is_counted_from_goes_by_its_year_as_in_a_run(make: Make, values: dict[str, str]) -> None:
    material = make(**values)
    claims, found = claims_of(material.parameters), seed(material)["targets"]
    stated = [claim for claim in claims if claim.entry.kind == "target" and not claim.entry.repeats]
    assert [target["id"] for target in found] == [claim.id for claim in stated]
    for place, (target, claim) in enumerate(zip(found, stated, strict=True)):
        for year in range(2015, 2030):
            # The others are far off and in years of their own.
            years = [2100 + n for n in range(len(stated))]
            years[place] = year
            step = [one for one in target["steps"] if one["from"] <= year][-1]
            try:
                counted = [one.base.id for one in targets_of(claims, tuple(years)) if one.claim.id == claim.id]
            except InputError:
                assert step["late"]
                continue
            assert not step["late"]
            assert counted == ([step["base"]] if step["base"] else [])


def test_targets_that_cannot_be_counted_are_carried_along(make: Make) -> None:
    found = {target["id"]: target for target in seed(make(**SEVERAL))["targets"]}
    assert {step["base"] for step in found["jobless_goal"]["steps"]} == {None}
    assert found["tourists_goal"]["latest"] is None
    assert [found[name]["growth"] for name in ("trade_goal", "people_goal")] == [None, "people_growth"]


def test_the_fields_start_from_what_is_stated_once(make: Make) -> None:
    assert (seed(make())["growth"], seed(make())["base"]) == ("31.2", 2017)
    # One measure has a yearly growth there, and the levels that targets are counted from hold for one year.
    assert (seed(make(**SEVERAL))["growth"], seed(make(**SEVERAL))["base"]) == ("2", 2019)


@pytest.mark.parametrize("bad", ["</script><script>alert(1)</script>", "<!--<script>", "a & b \"c\" 'd'"])
def test_nothing_in_the_seed_can_end_it(make: Make, bad: str) -> None:
    material = make()
    material.__dict__["about"] = ArticleRecord(labels={"en": {"measures": {"trade": bad}}})
    markup = what_if(material)
    assert markup.count("<script") == markup.count("</script") == 1
    assert "<!--" not in markup
    assert seed(material)["targets"][0]["measure"] == bad


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_filled_in(make: Make, language: str) -> None:
    material = make(language=language)
    found = seed(material)
    places = set(re.findall(r"\{(\w*)\}", json.dumps(found["words"])))
    known = "n low high target year measure projected gap relative arrival growth range"
    assert places <= set(known.split())
    assert "{" not in re.sub(r"<script.*", "", what_if(material), flags=re.DOTALL)
    scales = [scale for unit in found["units"].values() for scale in unit["scales"]]
    assert all(form.count("{n}") == 1 for scale in scales for form in scale["forms"].values())
    assert not re.search(r"\d", "".join(form for scale in scales for form in scale["forms"].values()))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"rounding": "ceiling", "base_growth": 0.25, "base_year": 2016, "target_years": [2019, 2022]},
        {"language": "ru", "scenario_rates": [0.05, 1e-05], "deflator": "gdp_deflator", "figure_formats": ["svg"]},
    ],
)
def test_the_command_keeps_what_the_run_was_made_with(make: Make, values: dict[str, Any]) -> None:
    found = seed(make(**values))
    changed = [f"{name}={value}" for name, value in found["run"].items()]
    assert set(found["run"]) == set(CHANGED)
    assert checked(parse_settings(" ".join([*found["command"]["settings"], *changed]))) == checked(values)


def test_the_command_names_files_as_a_shell_and_make_take_them(make: Make, tmp_path: Path) -> None:
    article = tmp_path / "a $1 'text'.txt"
    article.write_text(resolve(SEVERAL["article"]).read_text("utf-8"), encoding="utf-8")
    start = seed(make(article=str(article), claims=SEVERAL["claims"]))["command"]["start"]
    assert "$$1" in start
    assert start.endswith(f"CLAIMS={SEVERAL['claims']}")


def test_a_panel_made_from_its_own_command_does_not_write_over_the_run(make: Make) -> None:
    assert [seed(make(run=run))["command"]["run"] for run in ("", "what-if")] == ["what-if", "what-if-2"]


def test_limits_are_those_of_the_parameters(make: Make) -> None:
    limits = seed(make())["limits"]
    (low, high), (first, last) = limits["rate"], limits["years"]
    for name, allowed, refused in (("base_growth", high, low), ("base_year", first, last + 1)):
        assert checked({name: float(allowed) if name == "base_growth" else allowed})
        with pytest.raises(InputError):
            checked({name: float(refused) if name == "base_growth" else refused})
    assert checked({"base_year": last})
