"""The what-if panel as it is written into the page: what its script starts from, and that nothing else can end it."""

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from cells import gap_rows, run_cells
from conftest import project_in
from dalil.claims.claims import Claims, read_claims
from dalil.numbers.intervals import Rounding
from dalil.parameters import LANGUAGES, Parameters, checked
from dalil.project import resolve
from dalil.report.page.what_if import WAYS, formulas, what_if
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row
from dalil.tables.rows import GroupingRow, OutcomeRow, RecordRow
from dalil.tables.schema import write_table
from dalil.tables.writing import claim_rows
from dalil.text.article import read_article
from dalil.text.record import ArticleRecord

SEVERAL = {"article": "tests/articles/several-measures.txt", "claims": "tests/articles/several-measures.yml"}
NO_TARGETS = {"article": "tests/articles/no-targets.txt", "claims": "tests/articles/no-targets.yml"}

Make = Callable[..., ReportContext]


def claims_of(parameters: Parameters, rounding: Rounding | None = None) -> Claims:
    article = read_article(resolve(parameters.article))
    return read_claims(resolve(parameters.claims), article, rounding or parameters.rounding)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes the material of a run with some parameters and without a record: as much of it as the panel reads."""
    project = project_in(tmp_path)

    def made(**values: Any) -> ReportContext:
        material = ReportContext(checked(values), project)
        parameters, claims = material.parameters, claims_of(material.parameters)
        write_table(material.run.processed, "claims", claim_rows(claims))
        write_table(material.run.processed, "gaps", gap_rows(claims, parameters))
        empty: tuple[type[Row], ...] = (RecordRow, OutcomeRow, GroupingRow)
        for row in empty:
            write_table(material.run.processed, row.table, [])
        (material.run.processed / "facts.json").write_text("{}", encoding="utf-8")
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


@pytest.mark.parametrize("values", [{}, SEVERAL])
def test_names_are_its_own_and_everything_named_is_there(make: Make, values: dict[str, str]) -> None:
    page = parsed(make(**values))
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("what-if-") for name in ids)
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        assert {str(tag[attribute]) for tag in page.select(f"[{attribute}]")} <= set(ids)


def test_what_only_a_record_can_answer_is_not_asked_without_one(make: Make) -> None:
    asked = {str(tag["id"]).removeprefix("what-if-") for tag in parsed(make()).select("input, select")}
    assert asked == {"growth", "due-0", "due-1", "rounding"}


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

    facts = {"projected": "projected_2020", "relative": "gap_2020_relative", "arrival": "arrival_2020"}
    trees = formulas()
    assert set(trees) == set(facts)
    for name, fact in facts.items():
        assert renamed(trees[name]) == results[fact].formula.json()


@pytest.mark.parametrize("values", [{}, {"rounding": "exact"}])
def test_a_number_is_read_under_each_way_of_rounding_as_a_run_reads_it(make: Make, values: dict[str, str]) -> None:
    material = make(**values)
    for target in seed(material)["targets"]:
        for way in WAYS:
            known = claims_of(material.parameters, way)["trade_2017"].known
            ends = (known.value, known.range.low, known.range.high)
            assert target["starts"]["article"][way] == [float(end) for end in ends if end is not None]


@pytest.mark.parametrize(
    ("values", "percent"),
    [({}, "31.2"), ({"language": "ru"}, "31,2"), ({"base_growth": 0.25}, "25")],
)
def test_growth_starts_from_what_the_report_carries_forward(make: Make, values: dict[str, Any], percent: str) -> None:
    assert {target["growth"]["percent"] for target in seed(make(**values))["targets"]} == {percent}


@pytest.mark.parametrize("bad", ["</script><script>alert(1)</script>", "<!--<script>", "a & b \"c\" 'd'"])
def test_nothing_in_the_seed_can_end_it(make: Make, bad: str) -> None:
    material = make()
    material.__dict__["about"] = ArticleRecord(labels={"en": {"measures": {"trade": bad}}})
    markup = what_if(material)
    assert markup.count("<script") == markup.count("</script") == 1
    assert "<!--" not in markup
    assert seed(material)["targets"][0]["measure"] == bad


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_filled_in_and_every_unit_has_a_place_for_its_number(make: Make, language: str) -> None:
    material = make(language=language)
    found = seed(material)
    assert "{" not in re.sub(r"<script.*", "", what_if(material), flags=re.DOTALL)
    patterns = [pattern for unit in found["units"].values() for _, pattern in unit]
    assert patterns
    assert all(pattern.count("{n}") == 1 and not re.search(r"\d", pattern) for pattern in patterns)


def test_limits_are_those_of_the_parameters(make: Make) -> None:
    limits = seed(make())["limits"]
    assert checked({"base_growth": float(limits["rate"][1]), "base_year": limits["years"][1]})
    assert Fraction(limits["rate"][0]) == -1
