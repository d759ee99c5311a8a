"""The measures of a claims file are listed, renamed and merged, and nothing else in it changes."""

from pathlib import Path

import pytest

from dalil.claims.draft import draft_claims
from dalil.claims.measures import measures_of, rename
from dalil.errors import InputError
from dalil.run.command_line import main
from dalil.text.article import read_article


@pytest.fixture
def drafted(tmp_path: Path) -> Path:
    """A drafted claims file of four measures, to which somebody added a remark."""
    article, path = tmp_path / "a.txt", tmp_path / "a.claims.yml"
    article.write_text(
        "Экспорт шерсти составил 4 тонны. Wool sold abroad was 5 tonnes. Salt was 7 percent. It's 'wax': 3 tonnes.",
        encoding="utf-8",
    )
    text = draft_claims(read_article(article)).replace("subject: article", "subject: article  # ours", 1)
    path.write_text(text, encoding="utf-8")
    return path


def test_measures_are_merged_and_all_else_stays(drafted: Path) -> None:
    before = drafted.read_text(encoding="utf-8")
    first, second, *_ = measures_of(drafted)
    assert rename(drafted, {first: "it's: wool", second: "it's: wool"}) == 2
    assert measures_of(drafted)["it's: wool"] == 2
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), drafted.read_text(encoding="utf-8").splitlines(), strict=True)
        if old != new
    ]
    assert [new for _, new in changed] == ["    measure: 'it''s: wool'"] * 2


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ({"wool": "wax"}, 'no claim has the measure "wool"; '),
        ({"salt": "wool sold abroad"}, '"wool sold abroad" would have levels in more than one unit: t (line '),
        ({"salt": " "}, '"salt" would have no name'),
    ],
)
def test_what_cannot_be_renamed_is_left_as_it_was(names: dict[str, str], problem: str, drafted: Path) -> None:
    before = drafted.read_bytes()
    with pytest.raises(InputError) as caught:
        rename(drafted, names)
    assert problem in str(caught.value)
    assert drafted.read_bytes() == before


def test_measures_can_be_swapped(drafted: Path) -> None:
    first, second, *_ = before = measures_of(drafted)
    rename(drafted, {first: second, second: first})
    assert list(measures_of(drafted))[:2] == [second, first]
    assert measures_of(drafted) == before


def test_the_command_lists_and_renames(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures", str(drafted), "--rename", "salt = salt, share; wool sold abroad=wool"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 claims changed\n")
    assert "     1  salt, share\n" in said
    assert "     1  wool\n" in said
    assert main(["measures", str(drafted), "--rename", "salt"]) == 2
    assert 'Write "old name = new name".' in capsys.readouterr().err
