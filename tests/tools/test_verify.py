"""Verifying: what differs between two reports is told, file by file and byte by byte."""

from pathlib import Path

import pytest

import verify


def files(folder: Path, **content: str) -> Path:
    for name in ("report/report.html", "report/report.pdf", "data/processed/facts/01.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content.get(Path(name).suffix[1:], "the same"), encoding="utf-8")
    (folder / "report/README.md").write_text("no output", encoding="utf-8")
    return folder


def test_every_output_is_hashed_and_nothing_else(tmp_path: Path) -> None:
    assert list(verify.sums(files(tmp_path))) == [
        "data/processed/facts/01.json",
        "report/report.html",
        "report/report.pdf",
    ]


def test_what_differs_is_told_with_its_place(tmp_path: Path) -> None:
    one, other = files(tmp_path / "one"), files(tmp_path / "other", html="the sane")
    (other / "report/report.md").touch()
    wrong = list(verify.differences(verify.sums(one), verify.sums(other), "one", "other"))
    assert wrong == ["report/report.html: one and other differ", "report/report.md: only other has it"]
    assert verify.where_they_part(one, other, wrong) == ["report/report.html, byte 6: b'the same' and b'the sane'"]


@pytest.mark.parametrize("same", [True, False])
def test_it_compares_with_what_is_written_down(
    same: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "SHA256SUMS"
    monkeypatch.setattr(verify, "SUMS", kept)
    monkeypatch.setattr(verify, "ROOT", tmp_path)
    monkeypatch.setattr(verify, "make", lambda folder, *_: files(folder))
    assert verify.main(["--write"]) == 0
    assert verify.read(kept)["report/report.html"] == verify.sums(files(tmp_path / "again"))["report/report.html"]
    if not same:
        kept.write_text(kept.read_text(encoding="utf-8").replace("report.pdf", "report.txt"), encoding="utf-8")
    assert verify.main([]) == (0 if same else 1)
    assert ("report/report.pdf: only this machine has it" in capsys.readouterr().out) != same
