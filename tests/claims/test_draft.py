"""The two examples are reported on as their reader would; a draft of any article's claims can be used as it is."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import Project
from dalil.claims.claims import Claims, read_claims
from dalil.claims.draft import draft_claims
from dalil.numbers.periods import Period
from dalil.project import resolve
from dalil.run.command_line import main
from dalil.text.article import Article, read_article
from scoring import LABELLED, labelled

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
    "ru": ["3.99 billion US dollars", "The target for 2026", "−3.5%"],
    "en": ["45.2 million people", "The article sets no target for a year."],
}


@pytest.mark.xdist_group("run")
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_reported_on(built: Project, name: str) -> None:
    article, claims = f"examples/{EXAMPLES[name]}", f"examples/{name}.claims.yml"
    built.run("make", "report", f"ARTICLE={article}", f"CLAIMS={claims}", f"RUN=of-{name}")
    home = built.root / "report/runs" / f"of-{name}"
    facts = json.loads((home / "data/processed/facts.json").read_text(encoding="utf-8"))
    assert {fact: float(facts[fact]["value"]) for fact in FACTS[name]} == pytest.approx(FACTS[name])
    page = BeautifulSoup((home / "report.html").read_text(encoding="utf-8"), "html.parser")
    shown = " ".join(page.get_text().split())
    assert [words for words in SAID[name] if words not in shown] == []
    kept = (home / "data/processed/article.txt").read_text(encoding="utf-8")
    assert kept == read_article(resolve(article)).raw
    assert (home / "report.pdf").read_bytes().startswith(b"%PDF")


def drafted(article: Path, folder: Path) -> tuple[Claims, Article]:
    """Draft the claims of an article and read them back."""
    read = read_article(article)
    path = folder / "draft.yml"
    path.write_text(draft_claims(read), encoding="utf-8")
    return read_claims(path, read, "half-unit"), read


@pytest.mark.parametrize("article", ["data/raw/article.uz.txt", "examples/ru.md", "examples/en.html"])
def test_a_draft_claims_every_number_or_accounts_for_it(article: str, tmp_path: Path) -> None:
    claims, _ = drafted(resolve(article), tmp_path)
    assert not any(claim.entry.reviewed for claim in claims)
    assert len(claims.claims) > 10
    assert all(mention.claim_id or mention.reason for mention in claims.mentions)


@pytest.mark.parametrize("language", ["uz", "uz-Cyrl", "ru", "en"])
def test_a_draft_of_any_text_can_be_read_back(language: str, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("\n".join(s.text for s in labelled(LABELLED / "seen" / f"{language}.jsonl")[::3]), encoding="utf-8")
    claims, _ = drafted(text, tmp_path)
    assert len(claims.claims) > 30


def test_a_draft_guesses_kind_period_base_and_sign(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "Exports were $4 billion in 2020. They fell by 5% compared with 2019. The plan is to reach $6 billion by 2030.",
        encoding="utf-8",
    )
    claims, _ = drafted(text, tmp_path)
    assert [(c.entry.kind, c.entry.value, c.entry.period, c.entry.base_period, c.entry.status) for c in claims] == [
        ("level", "4000000000", Period.parse("2020"), None, "reported"),
        ("change", "-0.05", None, Period.parse("2019"), "reported"),
        ("target", "6000000000", Period.parse("2030"), None, "aimed"),
    ]


def test_an_article_without_numbers_has_an_empty_draft(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing is counted here.", encoding="utf-8")
    claims, _ = drafted(tmp_path / "a.txt", tmp_path)
    assert claims.claims == {}


def test_a_draft_never_takes_the_place_of_a_claims_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("It grew 5%.", encoding="utf-8")
    (tmp_path / "a.claims.yml").write_text("mine", encoding="utf-8")
    assert main(["claims", "--article", str(tmp_path / "a.txt")]) == 2
    assert "there is a claims file already" in capsys.readouterr().err
    assert (tmp_path / "a.claims.yml").read_text(encoding="utf-8") == "mine"
    assert main(["claims", "--article", str(tmp_path / "a.txt"), "--force"]) == 0
    assert "reviewed: false" in (tmp_path / "a.claims.yml").read_text(encoding="utf-8")
