"""Invented articles and records: claims, each in a sentence of its own, and figures and statements to hold them to."""

import functools
import hashlib
import json
import tempfile
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from dalil.claims.claims import Claims, read_claims
from dalil.numbers.intervals import Estimate, as_printed
from dalil.numbers.periods import Period
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Grouping, Observation, Origin, Reference, Statement
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
    folder: Path,
    entries: list[Entry],
    ratios: Iterable[Entry] = (),
    references: str = "",
    accounted: Iterable[Entry] = (),
    corrections: Iterable[Entry] = (),
    besides: str = "",
) -> tuple[Claims, Article]:
    """Write an article that makes these claims, one a sentence, and says something ``besides``, and read it."""
    text, claims = folder / "article.txt", folder / "claims.yml"
    text.write_text("".join(f"{e['anchor']}.\n" for e in entries) + besides, encoding="utf-8")
    claims.write_text(
        json.dumps({"claims": entries, "ratios": list(ratios), "accounted": list(accounted)}), encoding="utf-8"
    )
    record = {"sha256": hashlib.sha256(text.read_bytes()).hexdigest(), "language": "uz"}
    if references:
        record["references"] = references
    if corrections:
        record["corrections"] = "corrections.yml"
        (folder / "corrections.yml").write_text(json.dumps(corrections), encoding="utf-8")
    text.with_suffix(".yml").write_text(json.dumps(record), encoding="utf-8")
    article = read_article(text)
    return read_claims(claims, article, "half-unit"), article


def claims_of(*entries: Entry) -> Claims:
    """The claims of an invented article."""
    return _claims_of(json.dumps(entries))


@functools.cache
def _claims_of(entries: str) -> Claims:
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder), json.loads(entries))[0]


BILLION = 10**9
# Whatever claims about trade are held against is what these two countries report of their trade with each other.
BETWEEN = {"trade": SeriesMapping(series=("trade",), between=("UZ", "KZ"))}
# Where invented figures come from, each with what makes it one and how reliable it is.
ORIGINS = {
    "office": ("statistics", "high"),
    "bureau": ("statistics", "high"),
    "shaky-office": ("statistics", "low"),
    "ministry": ("government", "high"),
    "paper": ("press", "medium"),
    "other-paper": ("press", "medium"),
    "rumour": ("press", "low"),
}


def printed(value: str, comparator: str = "=", factor: int = 1) -> Estimate:
    """What a printed number stands for; each digit it is printed with counts."""
    digit = Fraction(Decimal(1).scaleb(int(Decimal(value).as_tuple().exponent)))
    return as_printed(Fraction(value) * factor, digit * factor, comparator, "half-unit")


def figure(year: int, value: str, area: str = "UZ", partner: str = "KZ", **more: Any) -> Observation:
    """A figure of a series, official unless told otherwise; dollars are in billions."""
    like: dict[str, Any] = {
        "measure": "trade",
        "flow": "turnover",
        "unit": "USD",
        "comparator": "=",
        "status": "official",
    }
    like |= {"basis": "goods", "origin": "office", "note": ""} | more
    estimate = printed(value, like["comparator"], BILLION if like["unit"] == "USD" else 1)
    return Observation(area=area, partner=partner, year=year, estimate=estimate, **like)


def statement(kind: str, value: str, **more: Any) -> Statement:
    """A printed figure or date, reported unless told otherwise; dollars are in billions."""
    like: dict[str, Any] = {
        "measure": "trade",
        "subject": "all",
        "period": "",
        "base_period": "",
        "status": "reported",
        "note": "",
    }
    like |= {"comparator": "=", "unit": UNITS[kind], "origin": "paper"} | more
    like |= {name: Period.optional(like[name]) for name in ("period", "base_period")}
    dated = like["unit"] == "date"
    number = None if dated else printed(value, like["comparator"], BILLION if like["unit"] == "USD" else 1)
    return Statement(kind=kind, estimate=number, date=Period.parse(value) if dated else None, **like)


def record(*held: Observation | Statement, **groupings: Grouping) -> Reference:
    """A record that holds some figures and statements."""
    about = {"producer": "P", "title": "T", "date_published": "2020", "licence": "L", "citation": "C", "address": "A"}
    origins = {
        name: Origin.model_validate({"kind": kind, "reliability": how, "date_accessed": "2020-01-02", **about})
        for name, (kind, how) in ORIGINS.items()
    }
    figures = tuple(one for one in held if isinstance(one, Observation))
    return Reference(origins, groupings, figures, tuple(one for one in held if isinstance(one, Statement)))
