"""claims.jsonld: every claim and its review, with the types and properties that schema.org gives them."""

import json
import re
from typing import Any

import pandas as pd
import pytest

from conftest import Project
from dalil.analysis.ratings import SCALE
from dalil.report.export.jsonld import SCORES

Node = dict[str, Any]

# Properties of https://schema.org that a node of each type may have here, its own or those of CreativeWork and Thing.
_THING = {"@type", "@id", "name", "url", "identifier"}
_WORK = _THING | {
    "about", "inLanguage", "text", "isBasedOn", "citation", "temporalCoverage", "creator", "author", "datePublished",
    "copyrightNotice", "creditText",
}  # fmt: skip
PROPERTIES = {
    "Article": _WORK,
    "CreativeWork": _WORK,
    "Claim": _WORK | {"appearance", "firstAppearance", "claimInterpreter"},
    "ClaimReview": _WORK | {"claimReviewed", "itemReviewed", "reviewRating", "reviewBody", "reviewAspect"},
    "Rating": _THING | {"alternateName", "ratingValue", "bestRating", "worstRating", "ratingExplanation"},
    "Organization": _THING,
}
NEEDED = {
    "Claim": {"text", "appearance", "inLanguage"},
    "ClaimReview": {"claimReviewed", "itemReviewed", "reviewRating", "author", "url"},
    "Rating": {"alternateName", "ratingExplanation"},
    "CreativeWork": {"name", "creator", "url", "copyrightNotice"},
}


@pytest.fixture(scope="module")
def graph(built: Project) -> dict[str, Node]:
    data = json.loads((built.root / "report/claims.jsonld").read_text(encoding="utf-8"))
    assert set(data) == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert len(nodes) == len(data["@graph"])
    return nodes


@pytest.fixture(scope="module")
def claims(built: Project) -> pd.DataFrame:
    return pd.read_csv(built.root / "data/processed/claims.csv", dtype=str, keep_default_na=False, index_col="claim_id")


def parts(value: Any) -> list[Node]:
    """Every node in a value, at any depth."""
    if isinstance(value, list):
        return [node for item in value for node in parts(item)]
    if isinstance(value, dict):
        return [value, *(node for item in value.values() for node in parts(item))]
    return []


def test_nodes_have_known_types_and_properties(graph: dict[str, Node]) -> None:
    for node in parts(list(graph.values())):
        if set(node) == {"@id"}:
            continue
        kind = node["@type"]
        assert set(node) <= PROPERTIES[kind], node
        assert NEEDED.get(kind, set()) <= set(node), node


def test_what_is_referred_to_is_there(graph: dict[str, Node]) -> None:
    for node in parts(list(graph.values())):
        if set(node) == {"@id"}:
            assert node["@id"] in graph


def test_every_claim_has_its_sentence_and_one_review(graph: dict[str, Node], claims: pd.DataFrame) -> None:
    for name in claims.index:
        claim, review = graph[f"#claim-{name}"], graph[f"#review-{name}"]
        assert claim["text"] == review["claimReviewed"] == " ".join(str(claims.loc[name, "quote"]).split())
        assert review["itemReviewed"] == {"@id": f"#claim-{name}"}
        assert claim["appearance"] == {"@id": "#article"}
    assert sum(node["@type"] == "ClaimReview" for node in graph.values()) == len(claims)


def test_ratings_are_on_the_scale_and_dates_are_dates(graph: dict[str, Node]) -> None:
    for node in parts(list(graph.values())):
        if node.get("@type") == "Rating" and "ratingValue" in node:
            assert node["worstRating"] <= node["ratingValue"] <= node["bestRating"]
        if "datePublished" in node:
            assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", node["datePublished"])


def test_only_a_source_has_a_date_as_only_its_own_is_known(graph: dict[str, Node]) -> None:
    dated = {node["@type"] for node in graph.values() if "datePublished" in node}
    assert dated == {"CreativeWork"}


def test_the_rating_is_the_one_assessed(built: Project, graph: dict[str, Node]) -> None:
    rated = pd.read_csv(built.root / "data/processed/assessments.csv", dtype=str, keep_default_na=False)
    scores = {str(rating): score for rating, score in SCORES.items()}
    for row in rated.to_dict("records"):
        rating = graph[f"#review-{row['claim_id']}"]["reviewRating"]
        assert rating.get("ratingValue") == scores.get(str(row["rating"]))
    assert graph["#review-trade_2017"]["reviewRating"]["alternateName"] == "confirmed"
    assert graph["#review-trade_growth_2017"]["reviewRating"]["alternateName"] == "one side’s figure"
    assert "ratingValue" not in graph["#review-employment_cis"]["reviewRating"]
    assert set(SCORES) < set(SCALE)


def test_claims_lead_to_those_they_derive_from(graph: dict[str, Node]) -> None:
    def based_on(name: str) -> list[str]:
        return [node["@id"].removeprefix("#claim-") for node in graph[f"#claim-{name}"].get("isBasedOn", [])]

    assert based_on("trade_2017_again") == ["trade_2017"]
    assert based_on("strategy_stages") == ["strategy_stage_1", "strategy_stage_2"]
    assert based_on("trade_growth_2017") == ["trade_2017"]
    assert based_on("trade_2017") == []


def test_a_review_names_who_says_what(graph: dict[str, Node]) -> None:
    review = graph["#review-trade_growth_2017"]
    assert "National Statistics Committee of Uzbekistan: 8% (differs)." in review["reviewBody"]
    assert "Government of Kazakhstan (2018): 31.2% (agrees within rounding)." in review["reviewBody"]
    assert {"@id": "#source-uz-statistics"} in review["citation"]
    source = graph["#source-uz-statistics"]
    assert source["creator"]["name"] == "National Statistics Committee of Uzbekistan"
    assert source["url"].startswith("https://")
