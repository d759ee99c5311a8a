"""What claims were likely taken from: read from the article's record, and refused where it names what is not there."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from dalil.errors import InputError
from dalil.notebook.session import Session
from dalil.project import Project
from dalil.reference.record import Reference
from dalil.text.record import TakenFrom, read_record
from invented import claims_of, level, record, statement

WHY = {"en": "word for word"}


def session_of(folder: Path, *entries: TakenFrom) -> Session:
    session = Session("07-ratings", Project(folder), run="invented")
    about = SimpleNamespace(path=folder / "article.txt", about=SimpleNamespace(taken_from=entries))
    held = record(statement("level", "2", period="2017"))
    session.__dict__ |= {
        "claims": claims_of(level("base"), level("other")),
        "article": about,
        "_reference": (held, {}, None),
    }
    return session


def test_a_claim_has_the_sources_it_was_taken_from(tmp_path: Path) -> None:
    entries = (
        TakenFrom(source="paper", claims=("base", "other"), why=WHY),
        TakenFrom(source="rumour", claims=("base",), why=WHY),
    )
    assert session_of(tmp_path, *entries).taken_from == {"base": ("paper", "rumour"), "other": ("paper",)}
    assert session_of(tmp_path).taken_from == {}


@pytest.mark.parametrize(
    ("source", "claim", "told"), [("papre", "base", 'source "papre"'), ("paper", "bse", 'claim "bse"')]
)
def test_a_source_or_claim_that_is_not_there_is_refused(tmp_path: Path, source: str, claim: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        _ = session_of(tmp_path, TakenFrom(source=source, claims=(claim,), why=WHY)).taken_from


def test_the_record_of_an_article_says_of_each_source_which_claims_and_why(tmp_path: Path) -> None:
    path = tmp_path / "article.yml"
    path.write_text("taken_from:\n  - {source: paper, claims: [base], why: {en: word for word}}\n", encoding="utf-8")
    assert read_record(tmp_path / "article.txt").taken_from == (TakenFrom(source="paper", claims=("base",), why=WHY),)
    path.write_text("taken_from:\n  - {source: paper, why: {en: word for word}}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"taken_from\.0\.claims: is missing"):
        read_record(tmp_path / "article.txt")
    path.write_text("taken_from:\n  - {sourse: paper, claims: [base], why: {en: so}}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r'sourse: is not known; did you mean "source"'):
        read_record(tmp_path / "article.txt")


def test_without_a_record_no_source_is_missed(tmp_path: Path) -> None:
    session = session_of(tmp_path, TakenFrom(source="paper", claims=("base",), why=WHY))
    session.__dict__["_reference"] = (Reference(), {}, None)
    assert session.taken_from == {"base": ("paper",)}
