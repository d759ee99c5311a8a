"""Corpora: the quantities of many articles in one table, and in another the claims drafted from them."""

import gzip
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dalil.claims.draft import draft_claims
from dalil.claims.entries import ClaimEntry
from dalil.claims.mentions import read_mentions
from dalil.errors import InputError, StepError
from dalil.project import shown
from dalil.run.listing import COLUMNS, row
from dalil.run.many.spread import progress, spread
from dalil.run.many.store import Store, key_of
from dalil.run.many.table import write_long
from dalil.run.steps import code_used
from dalil.text.article import read_article
from dalil.text.record import record_of
from dalil.yamlfile import parse_yaml

# Tables of a corpus: their columns, and those that Parquet has as numbers; a value may be a date.
QUANTITIES = (["file", "line", *COLUMNS], ["line", "start", "end", "low", "high", "precision"])
CLAIMS = ["file", *ClaimEntry.model_fields]
SKIPPED = ["file", "reason"]
# What stands beside articles: their records and their claims.
_BESIDE = {".yml", ".yaml"}


@dataclass(frozen=True)
class Read:
    """An article to be read; what is found is kept in the ``store`` under a ``key`` of it and of what reads it."""

    store: Store
    name: str
    path: str
    key: str

    @property
    def kept(self) -> str:
        """Where what is found is kept."""
        return f"parts/{self.key[:2]}/{self.key}.json.gz"


def read_corpus(folder: Path, store: Store, workers: int = 0) -> tuple[int, dict[str, str], list[str]]:
    """Read all articles of a folder; what has been read before and is the same is not read again.

    However many there are, few of them are held at a time.

    Parameters
    ----------
    folder, store
        The articles, and where the tables are kept.
    workers
        Processes of this machine, where no cluster is named.

    Returns
    -------
    tuple
        How many files there are, why some of them were skipped, by name, and the places of the tables.

    Raises
    ------
    InputError
        There is no such folder, or no file in it.
    """
    with tempfile.TemporaryDirectory() as place:
        listed, total, missing = Path(place) / "articles.jsonl", 0, 0
        with listed.open("w", encoding="utf-8") as file:
            for total, (name, path, key) in enumerate(_keyed(folder, store), start=1):  # noqa: B007
                is_new = not store.has(Read(store, name, path, key).kept)
                missing += is_new
                file.write(f"{json.dumps([is_new, name, path, key])}\n")
        if not total:
            raise InputError.of(shown(folder), ["no folder with articles"], then="Name a folder: dalil corpus FOLDER.")

        def articles() -> Iterator[tuple[bool, Read]]:
            with listed.open(encoding="utf-8") as lines:
                for is_new, *rest in map(json.loads, lines):
                    yield is_new, Read(store, *rest)

        def found(table: str) -> Iterator[list[str]]:
            kept = (
                json.loads(gzip.decompress(store.read(one.kept))) for _, one in articles() if one.name not in skipped
            )
            yield from (texts for one in kept for texts in one[table])

        new = (one for is_new, one in articles() if is_new)
        skipped = {one.name: why for one, why in progress(spread(read_one, new, workers), missing) if why}
        places = write_long(store, "quantities", QUANTITIES[0], found("quantities"), QUANTITIES[1])
        places += write_long(store, "claims", CLAIMS, found("claims"))
    return total, skipped, places + write_long(store, "skipped", SKIPPED, map(list, sorted(skipped.items())))


def read_one(one: Read) -> None:
    """Read an article and draft its claims; keep the rows of both tables.

    Raises
    ------
    StepError
        It cannot be read.
    """
    try:
        article = read_article(Path(one.path))
        mentions = read_mentions(article)
        drafted = parse_yaml(draft_claims(article), one.name)["claims"]
    except InputError as error:
        raise StepError("; ".join(error.problems) or str(error)) from None
    stated = [mention for mention in mentions if mention.quantity.kind != "idiom"]
    # Places are those in the text as it was taken out of the file.
    quantities = [{**row(m.quantity), "line": m.line, "start": m.start, "end": m.end, "text": m.text} for m in stated]
    rows = {
        "quantities": _texts(QUANTITIES[0], one.name, quantities),
        "claims": _texts(CLAIMS, one.name, [{**claim, "reviewed": "no"} for claim in drafted]),
    }
    one.store.write(one.kept, gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0))


def _texts(columns: list[str], file: str, rows: list[dict[str, Any]]) -> list[list[str]]:
    named = ({"file": file, **found} for found in rows)
    return [["" if (cell := one.get(column)) is None else str(cell) for column in columns] for one in named]


def _files(folder: Path, but: Path) -> Iterator[Path]:
    """The files of a folder but for one in it, hidden ones and what stands beside articles; in one order always."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(here, name).resolve() != but)
        named = (name for name in sorted(files) if not name.startswith("."))
        yield from (Path(here, name) for name in named if Path(name).suffix.lower() not in _BESIDE)


def _keyed(folder: Path, store: Store) -> Iterator[tuple[str, str, str]]:
    """Each file with its name in the folder, its path, and a key of all that what is found in it follows from."""
    for path in _files(folder, Path(store.address).resolve()):
        name, record = path.relative_to(folder).as_posix(), record_of(path)
        contents = (file.read_bytes() if file.exists() else b"" for file in (path, record))
        yield name, str(path.resolve()), key_of(_code(), name.encode(), *contents)


@cache
def _code() -> bytes:
    return json.dumps([sys.version, code_used("import dalil.claims.draft, dalil.run.many.corpus", "en")]).encode()
