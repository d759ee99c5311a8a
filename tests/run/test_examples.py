"""The two examples: reported on as their reader would."""

import json

import pytest
from bs4 import BeautifulSoup

from conftest import DEFAULT, Project
from dalil.project import resolve
from dalil.text.article import read_article

EXAMPLES = {"ru": "ru.md", "en": "en.html"}

# Worked out by hand from the texts.
FACTS = {
    "ru": {
        "trade_2022_implied": 4.6e9 / 1.152,
        "exports_share": 2.9 / 4.6,
        "required_growth_2026": 6 / 4.6 - 1,
        "required_cagr_2030": (9 / 4.6) ** (1 / 7) - 1,
        "projected_2026": 4.6e9 * 1.152**3,
        "arrival_2026": 2025,
        "road_index_2023": 96.5,
        "employment_share": 318e3 / 1.24e6,
        "numerals_words": 1,
    },
    "en": {
        "passengers_2022_implied": 48.6e6 / 1.075,
        "ferry_passengers_index_2023": 97.9,
        "bus_share": 31.2 / 48.6,
        "tram_share": 14.9 / 48.6,
    },
}
SAID = {
    "ru": [
        "What does not fit",
        "agrees only through rounding",
        "Carried forward, trade would come to $7.03 billion in 2026, 17% above $6 billion.",
        "reached at the stated pace",
    ],
    "en": ["45.2 million people", "The article makes 26 claims that can be checked."],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_reported_on(project: Project, name: str) -> None:
    article, claims = f"examples/{EXAMPLES[name]}", f"examples/{name}.claims.yml"
    before = project.bytes_of(DEFAULT)
    # The README gives this command, of the Russian one.
    project.run("make", "report", f"ARTICLE={article}", f"CLAIMS={claims}", "RUN=example")
    assert project.bytes_of(DEFAULT) == before
    home = project.root / "report/runs/example"
    facts = json.loads((home / "data/processed/facts.json").read_text(encoding="utf-8"))
    assert {fact: float(facts[fact]["value"]) for fact in FACTS[name]} == pytest.approx(FACTS[name])
    page = BeautifulSoup((home / "report.html").read_text(encoding="utf-8"), "html.parser")
    shown = " ".join(page.get_text().split())
    assert [words for words in SAID[name] if words not in shown] == []
    kept = (home / "data/processed/article.txt").read_text(encoding="utf-8")
    assert kept == read_article(resolve(article)).raw
    assert (home / "report.pdf").read_bytes().startswith(b"%PDF")
