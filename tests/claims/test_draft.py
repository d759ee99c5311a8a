"""Drafts: of any article's claims one can be used as it is."""

from pathlib import Path

import pytest

from dalil.claims.claims import Claims, read_claims
from dalil.claims.draft import draft_claims
from dalil.numbers.periods import Period
from dalil.project import resolve
from dalil.run.command_line import main
from dalil.text.article import Article, read_article
from scoring import LABELLED, labelled


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
