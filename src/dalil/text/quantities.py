"""Reads the quantities a text states: value, unit, kind, precision as printed, and place."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dalil.text.cleaning import APOSTROPHE, APOSTROPHES
from dalil.text.grammar import Grammar, grammar


@dataclass(frozen=True)
class Quantity:
    """One stated quantity.

    ``value`` is in the base unit ``unit`` (USD, person, ratio, item, …); for dates and periods it is
    empty and ``iso`` holds ISO 8601 text. ``precision`` is the worth of the last printed digit, in the
    base unit; zero where the number is not a rounded one. ``comparator`` is one of ``= > >= < <= ~``.
    ``start`` and ``end`` are offsets into the text that was read. ``reason`` says why a phrase that
    holds a numeral states no quantity.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None = None
    iso: str = ""
    unit: str = ""
    precision: Decimal = Decimal(0)
    comparator: str = "="
    reason: str = ""


def read_quantities(text: str, language: str) -> list[Quantity]:
    """List every quantity in ``text``, in order, none overlapping.

    Parameters
    ----------
    text
        Any text; offsets in the result refer to it.
    language
        The name of a grammar.

    Returns
    -------
    list[Quantity]
        ``kind`` is one of ``money, count, measure, percent, percentage_point, rank, date, period,
        ordinal, citation, idiom``.

    Raises
    ------
    InputError
        There is no grammar of that name.

    Examples
    --------
    >>> [(q.text, q.value, q.unit, q.precision) for q in read_quantities("31,2 foizga o‘sdi", "uz")]
    [('31,2 foizga', Decimal('0.312'), 'ratio', Decimal('0.001'))]
    >>> read_quantities("2017-yil 22-23-martda", "uz")[0].iso
    '2017-03-22/2017-03-23'
    """
    words = grammar(language)
    folded = _fold(text)
    found: list[Quantity] = []
    position = 0
    upcoming = {name: pattern.search(folded) for name, pattern in words.patterns}
    while True:
        for name, pattern in words.patterns:
            hit = upcoming[name]
            if hit is not None and hit.start() < position:
                upcoming[name] = pattern.search(folded, position)
        # The leftmost reading wins; of several at one place, that of the more particular pattern.
        hits = [(name, hit) for name, hit in upcoming.items() if hit is not None]
        if not hits:
            return found
        name, hit = min(hits, key=lambda pair: pair[1].start())
        found.append(_READERS[name](words, folded, hit, text))
        position = hit.end()


def _fold(text: str) -> str:
    """Write letters small and apostrophes one way; every offset stays what it was."""
    folded = (small if len(small := char.lower()) == 1 else char for char in text)
    return "".join(APOSTROPHE if char in APOSTROPHES else char for char in folded)


def _citation(_: Grammar, __: str, hit: re.Match[str], text: str) -> Quantity:
    return Quantity(*hit.span(), _cut(text, hit), "citation", Decimal(hit["mark"]))


def _idiom(words: Grammar, _: str, hit: re.Match[str], text: str) -> Quantity:
    phrase = " ".join(hit["idiom"].split())
    return Quantity(*hit.span(), _cut(text, hit), "idiom", reason=words.idioms[phrase])


def _ordinal(words: Grammar, _: str, hit: re.Match[str], text: str) -> Quantity:
    return Quantity(*hit.span(), _cut(text, hit), "ordinal", Decimal(words.numerals[hit["words"]]))


def _day(words: Grammar, _: str, hit: re.Match[str], text: str) -> Quantity:
    month = f"{hit['year']}-{words.months[hit['month']]:02d}"
    first = f"{month}-{int(hit['day']):02d}"
    if hit["day_to"]:
        return Quantity(
            *hit.span(), _cut(text, hit), "period", iso=f"{first}/{month}-{int(hit['day_to']):02d}", unit="date"
        )
    return Quantity(*hit.span(), _cut(text, hit), "date", iso=first, unit="date")


def _months(words: Grammar, _: str, hit: re.Match[str], text: str) -> Quantity:
    count = int(hit["count"]) if hit["count"].isdecimal() else int(_words_value(words, hit["count"]))
    iso = f"{hit['year']}-01/{hit['year']}-{count:02d}"
    return Quantity(*hit.span(), _cut(text, hit), "period", iso=iso, unit="date")


def _years(_: Grammar, __: str, hit: re.Match[str], text: str) -> Quantity:
    return Quantity(*hit.span(), _cut(text, hit), "period", iso=f"{hit['year']}/{hit['year_to']}", unit="date")


def _year(_: Grammar, __: str, hit: re.Match[str], text: str) -> Quantity:
    comparator = "<=" if hit["until"] else ">=" if hit["since"] else "="
    return Quantity(*hit.span(), _cut(text, hit), "period", iso=hit["year"][:4], unit="date", comparator=comparator)


def _rank(_: Grammar, __: str, hit: re.Match[str], text: str) -> Quantity:
    value, _precision = _digits(hit["digits"])
    return Quantity(*hit.span(), _cut(text, hit), "rank", value, unit="rank", comparator="<=")


def _amount(words: Grammar, folded: str, hit: re.Match[str], text: str) -> Quantity:
    printed, last = _digits(hit["digits"]) if hit["digits"] else (_words_value(words, hit["words"]), Decimal(1))
    scale = words.scales[hit["scale"].rstrip(".")] if hit["scale"] else Decimal(1)
    kind, symbol, factor = "count", "item", scale
    if hit["unit"]:
        unit = words.units[" ".join(hit["unit"].split())]
        kind, symbol, factor = unit.kind, unit.symbol, scale * unit.scale
    elif whole := words.whole_before.get(_word_before(folded, hit.start())):
        kind, symbol = "measure", whole
    comparator = words.comparators_before.get(hit["before"] or "", "=")
    if hit["after"]:
        comparator = words.comparators_after[" ".join(hit["after"].split())]
    counted = kind == "count" and not hit["scale"]
    return Quantity(
        *hit.span(),
        _cut(text, hit),
        kind,
        _plain(printed * factor),
        unit=symbol,
        precision=Decimal(0) if counted else _plain(last * factor),
        comparator=comparator,
    )


# Letters of a word with its endings, and the white space after it.
_LONGEST_WORD = 60

_READERS: dict[str, Callable[[Grammar, str, re.Match[str], str], Quantity]] = {
    "citation": _citation,
    "idiom": _idiom,
    "ordinal": _ordinal,
    "day": _day,
    "months": _months,
    "years": _years,
    "year": _year,
    "rank": _rank,
    "amount": _amount,
}


def _cut(text: str, hit: re.Match[str]) -> str:
    return text[hit.start() : hit.end()]


def _digits(printed: str) -> tuple[Decimal, Decimal]:
    """Return a printed number and the worth of its last digit."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", printed).replace(",", ".")
    decimals = len(plain.partition(".")[2])
    return Decimal(plain), Decimal(1).scaleb(-decimals)


def _words_value(words: Grammar, phrase: str) -> Decimal:
    """Add up numeral words; a hundred multiplies what stands before it."""
    total = 0
    for word in phrase.split():
        stem = max((w for w in words.numerals if word.startswith(w)), key=len)
        value = words.numerals[stem]
        total = max(total, 1) * value if value == 100 else total + value
    return Decimal(total)


def _word_before(text: str, start: int) -> str:
    """The word before a place; looks back no further than a word can be long."""
    words = text[max(0, start - _LONGEST_WORD) : start].split()
    return words[-1] if words else ""


def _plain(value: Decimal) -> Decimal:
    """Write a decimal without an exponent and without idle zeros."""
    return Decimal(f"{value.normalize():f}")
