"""Corpora: all quantities and drafted claims of many articles in two tables, whatever single files are like."""

import csv
import gzip
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from dalil.claims.draft import draft_claims
from dalil.errors import StepError
from dalil.run.command_line import main
from dalil.run.many import corpus as module
from dalil.run.many.corpus import Read, read_one
from dalil.text.article import read_article
from dalil.text.quantities import read_quantities
from dalil.yamlfile import parse_yaml

READ: list[str] = []


def here(action: Callable[[Read], None], ones: Iterable[Read], _: int) -> Iterator[tuple[Read, str]]:
    """Do it in this process."""
    for one in ones:
        READ.append(one.name)
        try:
            action(one)
            yield one, ""
        except StepError as error:
            yield one, str(error)


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    READ.clear()
    monkeypatch.setattr(module, "spread", here)
    monkeypatch.chdir(tmp_path)


def write(texts: dict[str, str | bytes]) -> None:
    for name, text in texts.items():
        path = Path("articles", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def rows(table: str) -> list[dict[str, str]]:
    with Path("out", f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ENGLISH = "Trade grew by 12.5% in 2018 and came to $3 billion.\n\nOn 5 May 2019 each of the two sides spoke."
RUSSIAN = "В 2018 г. экспорт вырос на 12,5 %."


def test_each_quantity_and_each_drafted_claim_is_a_row_of_its_file() -> None:
    write({"b.txt": RUSSIAN, "a/en.md": ENGLISH, ".hidden.txt": "5 kg", "b.yml": "language: ru\n"})
    assert main(["corpus", "articles", "--output", "out"]) == 0
    found = [(row["file"], row["text"], row["value"], row["unit"]) for row in rows("quantities")]
    expected = [("b.txt", q) for q in read_quantities(RUSSIAN)] + [("a/en.md", q) for q in read_quantities(ENGLISH)]
    assert found == [(file, q.text, q.iso or f"{q.value:f}", q.unit) for file, q in expected]
    assert all(RUSSIAN[int(row["start"]) : int(row["end"])] == row["text"] for row in rows("quantities")[:2])
    drafted = {
        name: parse_yaml(draft_claims(read_article(Path("articles", name))), name)["claims"]
        for name in ("b.txt", "a/en.md")
    }
    assert [(row["file"], row["id"], row["value"], row["anchor"]) for row in rows("claims")] == [
        (name, claim["id"], claim["value"], claim["anchor"]) for name, claims in drafted.items() for claim in claims
    ]
    assert {row["reviewed"] for row in rows("claims")} == {"no"}
    assert rows("skipped") == []


def test_a_file_that_cannot_be_read_is_listed_with_its_reason_and_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    write({"a.txt": RUSSIAN, "empty.txt": "", "picture.txt": b"\x89PNG\r\n", "x.xls": b"\0\1", "z.txt": ENGLISH})
    assert main(["corpus", "articles", "--output", "out"]) == 0
    assert "5 files, 3 of them skipped." in capsys.readouterr().out
    assert {row["file"]: row["reason"].partition(":")[0] for row in rows("skipped")}[
        "empty.txt"
    ] == "the article is empty"
    assert [row["file"] for row in rows("skipped")] == ["empty.txt", "picture.txt", "x.xls"]
    assert {row["file"] for row in rows("quantities")} == {"a.txt", "z.txt"}


def test_what_was_found_and_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.txt": RUSSIAN})
    monkeypatch.setattr(module, "read_one", lambda _: None)
    assert main(["corpus", "articles", "--output", "out"]) == 0
    assert [(row["file"], row["reason"].partition(",")[0]) for row in rows("skipped")] == [("a.txt", "it was read")]


def test_only_what_is_new_or_changed_is_read_again() -> None:
    write({"a.txt": RUSSIAN, "b.txt": ENGLISH, "bad.txt": ""})
    main(["corpus", "articles", "--output", "out"])
    before = rows("quantities")
    READ.clear()
    main(["corpus", "articles", "--output", "out"])
    assert READ == ["bad.txt"]
    assert rows("quantities") == before
    READ.clear()
    write({"b.txt": ENGLISH.replace("12.5", "13.5"), "c.txt": RUSSIAN, "a.yml": "language: ru\n"})
    Path("articles/bad.txt").unlink()
    main(["corpus", "articles", "--output", "out"])
    # What is known of an article counts as the article does.
    assert READ == ["a.txt", "b.txt", "c.txt"]
    assert {row["file"] for row in rows("quantities")} == {"a.txt", "b.txt", "c.txt"}


def test_tables_in_the_folder_of_the_articles_are_no_articles(capsys: pytest.CaptureFixture[str]) -> None:
    write({"a.txt": RUSSIAN})
    for _ in range(2):
        assert main(["corpus", ".", "--output", "out"]) == 0
        assert "1 files, 0 of them skipped." in capsys.readouterr().out


def test_no_more_is_held_for_many_articles_than_for_few() -> None:
    def peak(count: int) -> int:
        write({f"{number:05}.txt": "5 kg. " for number in range(count)})
        tracemalloc.start()
        main(["corpus", "articles", "--output", "out"])
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    def quick(one: Read) -> None:
        one.store.write(one.kept, gzip.compress(b'{"quantities": [], "claims": []}'))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "read_one", quick)
        peak(10)
        # What is first imported on the way is held as well, once.
        few, many = peak(20), min(peak(400), peak(420))
    assert many < few * 2


@pytest.mark.parametrize("name", ["none", "articles/a.txt", "nothing"])
def test_a_folder_without_articles_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    write({"a.txt": RUSSIAN})
    Path("nothing").mkdir()
    assert main(["corpus", name, "--output", "out"]) == 2
    assert "no folder with articles" in capsys.readouterr().err


def test_a_formula_of_an_article_stays_text_in_a_spreadsheet() -> None:
    write({"=1+1.txt": RUSSIAN})
    main(["corpus", "articles", "--output", "out"])
    assert {row["file"] for row in rows("quantities")} == {"'=1+1.txt"}


def test_parquet_holds_the_same_rows() -> None:
    duckdb = pytest.importorskip("duckdb")
    write({"a.txt": RUSSIAN, "b.txt": ENGLISH})
    main(["corpus", "articles", "--output", "out"])
    found = duckdb.sql("SELECT file, text, value, low FROM 'out/quantities.parquet'").fetchall()
    texts = [(row["file"], row["text"], row["value"], row["low"]) for row in rows("quantities")]
    assert found == [(file, text, value, float(low) if low else None) for file, text, value, low in texts]


def test_results_go_wherever_fsspec_reaches() -> None:
    fsspec = pytest.importorskip("fsspec")
    write({"a.txt": RUSSIAN})
    assert main(["corpus", "articles", "--output", "memory://corpus"]) == 0
    main(["corpus", "articles", "--output", "out"])
    there = fsspec.filesystem("memory").cat_file("/corpus/quantities.csv")
    assert there == Path("out/quantities.csv").read_bytes()
    assert read_one.__module__ == "dalil.run.many.corpus"
