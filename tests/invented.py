"""Invented articles: the claims one makes, each in a sentence of its own, and the article and claims file read."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dalil.claims.claims import Claims, read_claims
from dalil.text.article import Article, read_article

Entry = dict[str, Any]
UNITS = {
    "level": "USD",
    "change": "ratio",
    "target": "USD",
    "count": "item",
    "rank": "rank",
    "period": "date",
    "date": "date",
}


def entry(name: str, kind: str, words: str, value: str = "", **more: Any) -> Entry:
    """A claim that the article makes in ``words``; the claim's name stands before them."""
    about = {"measure": "trade", "subject": "all", "unit": UNITS[kind], "status": "reported", "section": "text"}
    return {"id": name, "kind": kind, "anchor": f"{name.capitalize()}: {words}", "value": value, **about, **more}


def level(name: str, words: str = "2 milliard dollar", value: str = "2000000000", **more: Any) -> Entry:
    return entry(name, "level", words, value, **more)


def growth(name: str = "growth", words: str = "50 foiz", value: str = "0.5", **more: Any) -> Entry:
    return entry(name, "change", words, value, **more)


def target(name: str, words: str, value: str, **more: Any) -> Entry:
    return entry(name, "target", words, value, **more)


def years(name: str, first: int, last: int, **more: Any) -> Entry:
    period = f"{first}/{last}"
    return entry(name, "period", f"{first}-{last}-yillar davomida", period, period=period, **more)


def inside(part: str, whole: str, is_inside: bool = True) -> Entry:
    return {"id": "part_of_whole", "part": part, "whole": whole, "inside": is_inside}


def read(
    folder: Path, entries: list[Entry], ratios: Iterable[Entry] = (), references: str = ""
) -> tuple[Claims, Article]:
    """Write an article that makes these claims, one a sentence, and read it."""
    text, claims = folder / "article.txt", folder / "claims.yml"
    text.write_text("".join(f"{e['anchor']}.\n" for e in entries), encoding="utf-8")
    claims.write_text(json.dumps({"claims": entries, "ratios": list(ratios)}), encoding="utf-8")
    record = {"sha256": hashlib.sha256(text.read_bytes()).hexdigest(), "language": "uz"}
    if references:
        record["references"] = references
    text.with_suffix(".yml").write_text(json.dumps(record), encoding="utf-8")
    article = read_article(text)
    return read_claims(claims, article, "half-unit"), article
