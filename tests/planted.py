"""Invented articles of ten kinds whose numbers go together, and the errors planted in each of them.

In a text ``[C trade @2023<2022|8 percent]`` marks a change of the measure *trade* in 2023 against 2022 as a reviewer
would put it down: ``L`` is a level, ``N`` a count, ``T`` a target, ``-C`` a fall. Below the text stands an error a
line, what it replaces before it.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from dalil.claims.claims import Claims, read_claims
from dalil.text.article import Article, read_article
from dalil.text.quantities import read_quantities
from invented import Entry, entry

FOLDER = Path(__file__).parent / "analysis" / "planted"
_MARK = re.compile(r"\[(-?)([LCNT]) ([^@\]]+) @([^|<]+)(?:<([^|]+))?\|([^\]]+)\]")
_KINDS = {"L": "level", "C": "change", "N": "count", "T": "target"}


@dataclass(frozen=True)
class Planted:
    """An article as its marks tell it, the language it is in, and the claim that an error is planted in."""

    name: str
    language: str
    marked: str
    wrong: str = ""

    def read(self, folder: Path) -> tuple[Claims, Article]:
        """Write the article and its claims, and read them."""
        text, claims = self._claims()
        path = folder / "article.txt"
        path.write_text(text, encoding="utf-8")
        about = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "language": self.language}
        path.with_suffix(".yml").write_text(json.dumps(about), encoding="utf-8")
        (folder / "claims.yml").write_text(json.dumps(claims), encoding="utf-8")
        article = read_article(path)
        return read_claims(folder / "claims.yml", article, "half-unit"), article

    def _claims(self) -> tuple[str, dict[str, list[Entry]]]:
        text, places = "", []
        for start, mark, rest in _pieces(self.marked):
            text += start
            places.append((len(text), len(text) + len(mark[6]), mark))
            text += mark[6] + rest
        read = read_quantities(text, self.language)
        entries, claimed = [], []
        for number, (first, last, mark) in enumerate(places):
            (found,) = (q for q in read if q.start < last and first < q.end)
            claimed.append(found)
            before = max([q.end for q in read if q.end <= first], default=0)
            after = min([q.start for q in read if q.start >= last], default=len(text))
            anchor = _anchor(text, min(first, found.start), max(last, found.end), before, after)
            fields: Entry = {"measure": mark[3], "unit": found.unit, "period": mark[4], "base_period": mark[5] or ""}
            more = {"anchor": anchor, "status": "aimed" if mark[2] == "T" else "reported", **fields}
            entries.append(entry(f"claim{number}", _KINDS[mark[2]], "", f"{mark[1]}{found.value:f}", **more))
        others = dict.fromkeys(q.text for q in read if q not in claimed and q.kind not in {"ordinal", "citation"})
        return text, {"claims": entries, "accounted": [{"phrase": words, "reason": "date-alone"} for words in others]}


def articles() -> list[Planted]:
    """The articles without errors."""
    return [
        Planted(path.name.partition(".")[0], path.name.split(".")[1], path.read_text("utf-8").partition("---\n")[0])
        for path in sorted(FOLDER.glob("*.txt"))
    ]


def errors() -> list[Planted]:
    """Each article with each of its errors; ``wrong`` is the claim that it is in."""
    planted = []
    for article in articles():
        path = FOLDER / f"{article.name}.{article.language}.txt"
        for line in path.read_text("utf-8").partition("---\n")[2].splitlines():
            old, new = line.split(" => ")
            assert article.marked.count(old) == 1, (article.name, old)
            marked = article.marked.replace(old, new)
            place = article.marked.index(old) + len(old) - 1
            number = sum(mark.start() < place for mark in _MARK.finditer(article.marked)) - 1
            planted.append(Planted(article.name, article.language, marked, f"claim{number}"))
    return planted


def _pieces(marked: str) -> list[tuple[str, re.Match[str], str]]:
    """Each mark with the text before it, and the last one with the text after it."""
    marks, place, pieces = list(_MARK.finditer(marked)), 0, []
    for mark in marks:
        rest = marked[mark.end() :] if mark is marks[-1] else ""
        pieces.append((marked[place : mark.start()], mark, rest))
        place = mark.end()
    return pieces


def _anchor(text: str, first: int, last: int, before: int, after: int) -> str:
    """The fewest words around a number that stand once."""
    for reach in range(200):
        for start, end in ((max(before, first - reach), last), (first, min(after, last + reach))):
            words = text[start:end].strip()
            if text.count(words) == 1 and "\n" not in words:
                return words
    raise AssertionError(text[first:last])
