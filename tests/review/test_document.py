"""Each change of a claims file is checked and saved whole, keeps comments, and can be undone."""

import json
from pathlib import Path
from typing import Any

import pytest
from yaml import safe_load

from dalil.errors import InputError
from dalil.project import resolve
from dalil.review.document import ChangedError, Document
from dalil.review.edits import Edit, accepted, added, mended, merged, rejected
from dalil.text.article import read_article
from drafted import drafted, text_of

OTHERWISE = {"value": "0.17", "why": "the printed table says so"}


def entry(document: Document, claim_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in safe_load(text_of(document))["claims"] if one["id"] == claim_id)
    return found


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that a change took away (-) and put in (+)."""
    import difflib

    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in compared if line[:2] not in {"--", "++", "@@"}]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (accepted("claim_001"), ["-    reviewed: false", "+    reviewed: true"]),
        (
            rejected("claim_001"),
            ["-    kind: level", "+    kind: none", "-    reviewed: false", "+    reviewed: true"],
        ),
        (
            mended("claim_001", {"status": "agreed"}),
            ["-    status: reported", "+    status: agreed", "-    reviewed: false", "+    reviewed: true"],
        ),
        (
            mended("claim_001", OTHERWISE),
            ["-    value: '0.16'", "+    value: '0.17'", "-    reviewed: false", "+    why: the printed table says so",
             "+    read_by: person", "+    reviewed: true"],
        ),
        (mended("claim_002", {"period": "2022-01/2022-12"}), [
            "-    period: '2022'", "+    period: '2022-01/2022-12'", "-    reviewed: false", "+    reviewed: true"]),
    ],
)  # fmt: skip
def test_a_change_changes_its_own_lines_and_no_others(tmp_path: Path, edit: Edit, lines: list[str]) -> None:
    document = drafted(tmp_path)
    before = text_of(document)
    document.change(edit)
    found = changed_lines(before, text_of(document))
    assert found == lines
    document.undo()
    assert text_of(document) == before


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (mended("claim_001", {"value": "0.17"}), "value is 0.17 in the file, 0.16 in the text"),
        (mended("claim_001", {"unit": "people"}), "'people' is not known"),
        (mended("claim_001", {"anchor": "17 percent"}), 'the words "17 percent" do not stand'),
        (mended("claim_001", {"colour": "red"}), "colour: it is not known"),
        (mended("claim_001", {"id": "claim_002"}), 'id "claim_002" is taken'),
        (mended("nobody", {}), 'there is no claim "nobody"'),
    ],
)
def test_a_change_that_does_not_fit_is_refused_and_the_file_stays(tmp_path: Path, edit: Edit, problem: str) -> None:
    document = drafted(tmp_path)
    before = text_of(document)
    with pytest.raises(InputError) as caught:
        document.change(edit)
    assert problem in str(caught.value)
    assert text_of(document) == before
    assert not document.can_undo
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["my.claims.yml", "my.txt"]


def test_a_file_that_was_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    document = drafted(tmp_path)
    theirs = text_of(document).replace("# Claims drafted", "# My claims, drafted")
    document.path.write_text(theirs, encoding="utf-8")
    with pytest.raises(ChangedError, match="it was changed meanwhile"):
        document.change(accepted("claim_001"))
    assert text_of(document) == theirs
    document.reload()
    document.change(accepted("claim_001"))
    assert entry(document, "claim_001")["reviewed"] is True
    assert "# My claims, drafted" in text_of(document)


def test_one_measure_takes_the_name_of_another(tmp_path: Path) -> None:
    document = drafted(tmp_path)
    measure = entry(document, "claim_003")["measure"]
    document.change(merged(measure, "schools"))
    assert entry(document, "claim_003")["measure"] == "schools"
    assert text_of(document).count("reviewed: false") == 4


def test_a_claim_is_put_after_another_under_its_sentence(tmp_path: Path) -> None:
    document = drafted(tmp_path)
    fields = {"kind": "level", "measure": "output", "subject": "valley", "unit": "ratio", "value": "0.84",
              "status": "reported", "section": "text", "anchor": "16 percent", "why": "what is left"}  # fmt: skip
    document.change(added("claim_001", fields))
    text = text_of(document)
    assert text.index("id: claim_001_2") < text.index("# to be reviewed: Imports")
    assert entry(document, "claim_001_2")["read_by"] == "person"
    document.change(added("claim_001", fields | {"value": "0.85"}))
    assert entry(document, "claim_001_3")["value"] == "0.85"


def test_a_numeral_that_loses_its_claim_is_accounted_for_and_one_that_gets_a_claim_no_more(tmp_path: Path) -> None:
    document = drafted(tmp_path)
    document.change(mended("claim_001", {"period_anchor": "", "period": ""}))
    assert {"phrase": "2023", "reason": "date-alone"} in safe_load(text_of(document))["accounted"]
    document.change(mended("claim_001", {"period_anchor": "output in 2023", "period": "2023"}))
    assert safe_load(text_of(document)).get("accounted") in (None, [])


@pytest.mark.parametrize(("period", "words"), [("2021", "2021 and"), ("2020", "2020"), ("2019", "")])
def test_a_period_that_a_person_changes_brings_its_words_along(tmp_path: Path, period: str, words: str) -> None:
    document = drafted(tmp_path, "In 2021 it rained. The valley had 30 schools in 2021 and fewer in 2020, it says.\n")
    (claim,) = document.claims
    fields = document.with_words(claim.id, {"period": period})
    assert fields["period_anchor"] == words
    document.change(mended(claim.id, fields))
    assert str(document.claims[claim.id].period) == period


def test_a_file_as_it_ships_comes_back_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "claims.yml"
    text = resolve("data/raw/claims.yml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    document = Document(path, read_article(resolve("data/raw/article.uz.txt")))
    document.change(lambda _: None)
    assert text_of(document) == text


def test_a_review_starts_from_a_file_that_is_there_and_fits(tmp_path: Path) -> None:
    document = drafted(tmp_path)
    with pytest.raises(InputError, match="Draft it first"):
        Document(tmp_path / "none.yml", document.article)
    document.path.write_text("claims: [", encoding="utf-8")
    with pytest.raises(InputError, match="a bracket opens"):
        Document(document.path, document.article)


def test_a_change_of_one_claim_leaves_the_rest_of_a_file_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "claims.yml"
    text = resolve("data/raw/claims.yml").read_text(encoding="utf-8").replace("weight: 1", "weight:   1  # light", 3)
    path.write_text(text, encoding="utf-8")
    document = Document(path, read_article(resolve("data/raw/article.uz.txt")))
    for entry_of in document.written:
        document.change(mended(entry_of["id"], {"weight": 3}), only=[entry_of["id"]])
    lines = changed_lines(text, text_of(document))
    assert {line.strip("+- ") for line in lines if line[0] == "-"} <= {"weight: 2", "weight:   1  # light", "weight: 1"}
    assert {line.strip("+- ").split("  ")[0] for line in lines if line[0] == "+"} == {"weight: 3"}
    while document.can_undo:
        document.undo()
    assert text_of(document) == text


@pytest.mark.parametrize("layout", ["one line", "dashes alone"])
def test_a_file_laid_out_otherwise_is_changed_as_well(tmp_path: Path, layout: str) -> None:
    document = drafted(tmp_path)
    content = safe_load(text_of(document))
    text = json.dumps(content) if layout == "one line" else text_of(document).replace("  - id", "  -\n    id")
    document.path.write_text(text, encoding="utf-8")
    document.reload()
    document.change(mended("claim_001", {"period_anchor": "", "period": ""}), only=["claim_001"])
    changed = safe_load(text_of(document))
    assert "period" not in changed["claims"][0]
    assert {"phrase": "2023", "reason": "date-alone"} in changed["accounted"]
    assert changed["claims"][1:] == content["claims"][1:]
