"""The command that opens a review, or writes a spreadsheet and takes it back."""

from pathlib import Path

import pytest

from dalil.run.command_line import main
from drafted import drafted, text_of


def test_a_spreadsheet_goes_out_and_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = drafted(tmp_path)
    before, sheet = text_of(document), tmp_path / "my.csv"
    given = ["review", "--article", str(document.article.path)]
    assert main([*given, "--export", str(sheet)]) == 0
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(",false,", ",true,"), encoding="utf-8")
    assert main([*given, "--import", str(sheet)]) == 0
    assert text_of(document) == before.replace("    reviewed: false", "    reviewed: true")
    assert "claims taken from" in capsys.readouterr().out


def test_without_claims_it_says_how_to_draft_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = drafted(tmp_path)
    document.path.unlink()
    assert main(["review", "--article", str(document.article.path)]) == 2
    assert "Draft it first" in capsys.readouterr().err
