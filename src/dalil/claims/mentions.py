"""Mentions: every numeral of an article with its place, and the account of what each one is for."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from babel.numbers import get_currency_name

from dalil.numbers.intervals import Estimate, Interval, Rounding, as_printed
from dalil.progress import told
from dalil.text.article import Article
from dalil.text.quantities import Quantity, read_numerals

# What gives a day, a month, a year or a span of them.
DATED = {"period", "date"}


@dataclass(frozen=True)
class Mention:
    """A stretch of the raw file that states a quantity or holds a numeral; offsets are raw and clean."""

    id: str
    line: int
    start: int
    end: int
    clean_start: int
    clean_end: int
    text: str
    quantity: Quantity
    estimate: Estimate | None = None
    claim_id: str = ""
    reason: str = ""

    def explained(self, claim_id: str, reason: str, rounding: Rounding) -> "Mention":
        """Say what the mention is for, and work out its interval."""
        return replace(
            self, claim_id=claim_id, reason="" if claim_id else reason, estimate=interval_of(self.quantity, rounding)
        )


def read_mentions(article: Article) -> tuple[Mention, ...]:
    """Find every numeral of an article, in digits or in words.

    Returns
    -------
    tuple[Mention, ...]
        In the order of the text, numbered ``m001``, ``m002``, …
    """
    found = [
        (first + quantity.start, first + quantity.end, in_currency(quantity, article.about.currency))
        for first, last, language in told(article.passages, "Reading numbers")
        for quantity in read_numerals(article.clean.text[first:last], language)
    ]
    mentions = []
    for number, (clean_start, clean_end, quantity) in enumerate(found, start=1):
        start, end = article.clean.raw_span(clean_start, clean_end)
        mentions.append(
            Mention(
                id=f"m{number:03d}",
                line=article.line(start),
                start=start,
                end=end,
                clean_start=clean_start,
                clean_end=clean_end,
                text=article.raw[start:end],
                quantity=quantity,
            )
        )
    return tuple(mentions)


def in_currency(quantity: Quantity, currency: str) -> Quantity:
    """Take dollars for those of the article's country, where they do not say whose they are; so other shared names.

    Examples
    --------
    >>> from dalil.text.quantities import read_quantities
    >>> plain, american = read_quantities("$800 million, then US$5 million", "en")
    >>> in_currency(plain, "SGD").unit, in_currency(american, "SGD").unit, in_currency(plain, "UZS").unit
    ('SGD', 'USD', 'USD')
    """
    if quantity.kind != "money" or not currency or _OF_A_COUNTRY.search(quantity.text):
        return quantity
    nouns = [get_currency_name(code, locale="en").split()[-1] for code in (quantity.unit, currency)]
    return quantity._replace(unit=currency) if nouns[0] == nouns[1] else quantity


# What says whose money it is: a code, or the United States in the languages that are read.
_OF_A_COUNTRY = re.compile(r"U\.?S|[A-Z]{3}|США|А[ҚК]Ш|AQSh")


def interval_of(quantity: Quantity, rounding: Rounding) -> Estimate | None:
    """Return the estimate a quantity states, or ``None`` for a date, a set phrase or a mark."""
    if quantity.value is None or quantity.kind in {"citation", "ordinal"}:
        return None
    value = Fraction(quantity.value)
    if quantity.kind == "rank" and quantity.comparator == "<=":
        return Estimate(value, Interval(Fraction(1), value))
    if quantity.low is not None and quantity.high is not None and quantity.low < quantity.high:
        ends = [
            as_printed(Fraction(end), Fraction(quantity.precision), "=", rounding).range
            for end in (quantity.low, quantity.high)
        ]
        return Estimate(value, replace(ends[0], high=ends[1].high, high_open=ends[1].high_open))
    return as_printed(value, Fraction(quantity.precision), quantity.comparator, rounding)


def account(mentions: tuple[Mention, ...]) -> dict[str, int]:
    """Count what the numerals are for; the parts add up to ``numerals``."""
    rest = [m for m in mentions if not m.claim_id]
    marks = sum(m.quantity.kind == "citation" for m in rest)
    dates = sum(m.quantity.kind in DATED for m in rest)
    return {
        "numerals": len(mentions),
        "numerals_in_claims": len(mentions) - len(rest),
        "numerals_citation_marks": marks,
        "numerals_dates": dates,
        "numerals_words": len(rest) - marks - dates,
    }
