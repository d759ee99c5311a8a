"""The command ``read`` lists a text's quantities, as a stream, and refuses what it cannot read in one message."""

import csv
import io
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from dalil.run.listing import COLUMNS, row
from dalil.text import quantities, read_quantities
from dalil.text.grammar import languages
from dalil.text.languages import paragraphs
from dalil.text.quantities import read_stream
from scoring import LABELLED, labelled


def read(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command."""
    command = [sys.executable, "-m", "dalil", "read", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def test_each_line_is_a_quantity_with_its_place_in_the_file(tmp_path: Path) -> None:
    text = "Eksport 31,2 foizga o‘sib, 2018-yilda 2 mlrd dollarga yetdi. 15–20 foiz, 30 dan ortiq hujjat."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = read(str(tmp_path / "a.txt"), "--language", "uz", "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert all(set(COLUMNS) == set(found) and text[found["start"] : found["end"]] == found["text"] for found in rows)
    assert [(r["value"], r["low"], r["high"], r["unit"], r["kind"], r["comparator"]) for r in rows] == [
        ("0.312", "0.312", "0.312", "ratio", "percent", "="),
        ("2018", None, None, "date", "period", "="),
        ("2000000000", "2000000000", "2000000000", "USD", "money", "="),
        ("0.175", "0.15", "0.2", "ratio", "percent", "="),
        ("30", "30", None, "item", "count", ">"),
    ]


def test_standard_input_and_a_table() -> None:
    done = read("-", "--format", "csv", given="В 2018 г. экспорт вырос на 12,5 %.\n\nIt fell 3%.".encode())
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [(r["text"], r["value"], r["direction"]) for r in rows] == [
        ("2018 г.", "2018", ""),
        ("12,5 %", "0.125", "up"),
        ("3%", "0.03", "down"),
    ]


def test_a_text_without_quantities_gives_no_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Nothing\n\nNot a number here.", encoding="utf-8")
    done = read(str(tmp_path / "a.md"))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert read("-").stdout == b""


REFUSED = {
    "unknown language": (["-", "--language", "uzb"], b"", 'language "uzb"\n  - did you mean "uz"?'),
    "no such file": (["nowhere.txt"], b"", "nowhere.txt\n  - no such article"),
    "binary": (["-"], b"\x7fELF\0\0\0", "  - line 1: byte 4 is NUL"),
    "another encoding": (["-"], "Привет\n, мир. Экспорт вырос на 5 %".encode("cp1251"), "it is likely windows-1251"),
    "fault far into it": (["-"], b"5 % up.\n\n" * 20_000 + b"\xff", "line 40001: byte 180000 (0xff) is not UTF-8"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_and_nothing_written(case: str) -> None:
    arguments, given, message = REFUSED[case]
    done = read(*arguments, given=given)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("language", [*languages(), "auto"])
@pytest.mark.parametrize("size", [7, 1000, 10**9])
def test_a_stream_gives_what_the_whole_text_gives(language: str, size: int) -> None:
    name = "ru" if language == "auto" else language
    text = "\n\n".join(sentence.text for sentence in labelled(LABELLED / "seen" / f"{name}.jsonl")) * 3
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    assert list(read_stream(pieces, language)) == read_quantities(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 50 + " \n\nIt rose by 5%.\n\nIt fell.",
        "x" * 41 + "\n\n\n" + "y" * 35 + " 12 34 56 78",
        "x" * 79 + ".\n\nIt fell by 1.5%." + " " * 50 + "It rose.",
        "7" * 300,
    ],
)
def test_what_follows_a_paragraph_is_parted_the_same_without_it(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("dalil.text.languages.LONGEST_PARAGRAPH", 40)
    spans = [(start, end) for start, end, _ in paragraphs(text, "en")]
    assert max(len(text[start:end].rstrip()) for start, end in spans) <= 80
    for count, (_, done) in enumerate(spans, start=1):
        rest = [(start + done, end + done) for start, end, _ in paragraphs(text[done:], "en")]
        assert rest == spans[count:]


def test_memory_stays_flat_over_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantities, "_BUFFER", 5_000)

    def pieces(count: int) -> Iterator[str]:
        for _ in range(count):
            yield "Exports rose by 12.5 percent to $3.4 billion in 2018.\n\n" * 10

    def peak(count: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in read_stream(pieces(count), "en")) == 30 * count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(200) < 1.5 * peak(40)


def test_a_row_holds_decimal_text() -> None:
    (quantity,) = read_quantities("1,50 mlrd so‘m", "uz")
    assert (row(quantity)["value"], row(quantity)["precision"]) == ("1500000000", "10000000")
