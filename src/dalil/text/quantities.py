"""Reads the quantities a text states: value, bounds, unit, kind, precision as printed, and place."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain, groupby
from typing import NamedTuple

from dalil.text.cardinals import cardinals
from dalil.text.compounds import tokens
from dalil.text.context import base_of, change_of, pair_ends, share_units
from dalil.text.drafts import Draft, Sentence
from dalil.text.grammar import Grammar, Unit, grammar
from dalil.text.joining import joined
from dalil.text.languages import paragraphs
from dalil.text.meanings import ITEM, meaning
from dalil.text.numerals import EXACT, Number
from dalil.text.phrases import SHAPES_AT, STARTS
from dalil.text.rates import rates
from dalil.text.tokens import CASES


class Quantity(NamedTuple):
    """One stated quantity.

    Attributes
    ----------
    start, end
        Offsets into the text that was read; ``text`` is what stands there.
    kind
        One of ``money, count, measure, percent, percentage_point, factor, rank, date, period, ordinal,
        citation, identifier``; ``idiom`` is a phrase that holds a numeral and states no quantity, for
        the ``reason`` given.
    value, low, high
        In the base unit ``unit``; a range has its ends in ``low`` and ``high`` and its midpoint in
        ``value``; an end that is open is ``None``.
    iso
        Dates and periods, in ISO 8601; ``value`` is then ``None``.
    unit
        ISO 4217 for money, else ``person``, ``item``, ``ratio``, ``pp``, ``factor``, ``rank``, ``date``,
        ``year``, ``month``, ``day`` or the SI or UCUM symbol.
    precision
        The worth of the last printed digit, in the base unit; zero where nothing was rounded.
    comparator
        One of ``= > >= < <= ~``.
    direction, change, base
        For a change: ``up`` or ``down``; ``by`` so much, ``from`` or ``to`` a value; and the period it is
        counted from, where the sentence says so.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    iso: str = ""
    unit: str = ""
    precision: Decimal = Decimal(0)
    comparator: str = "="
    direction: str = ""
    change: str = ""
    base: str = ""
    reason: str = ""


def read_quantities(text: str, language: str = "auto") -> list[Quantity]:
    """List every quantity in ``text``, in order, none overlapping.

    Parameters
    ----------
    text
        Any text; offsets in the result refer to it.
    language
        A language that has a grammar, or ``auto``: detected paragraph by paragraph.

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
    >>> [(q.low, q.high, q.unit) for q in read_quantities("from $20 to 25 million", "en")]
    [(Decimal('20000000'), Decimal('25000000'), 'USD')]
    """
    return [quantity for quantity in read_numerals(text, language) if quantity.kind != "idiom"]


def read_stream(chunks: Iterable[str], language: str = "auto") -> Iterator[Quantity]:
    """Yield the quantities of a text that comes in pieces, paragraph by paragraph, in memory that does not grow.

    Parameters
    ----------
    chunks
        The text in pieces of any length; offsets in the result refer to the whole.
    language
        As for ``read_quantities``, which gives the same quantities.

    Raises
    ------
    InputError
        There is no grammar of that name.

    Examples
    --------
    >>> [q.start for q in read_stream(["5 fo", "iz. 7", " foiz"], "uz")]
    [0, 8]
    """
    pending: list[str] = []
    length, offset, latest, enough = 0, 0, "", _BUFFER
    for chunk in chain(chunks, [None]):
        if chunk is not None:
            pending.append(chunk)
            length += len(chunk)
            if length < enough:
                continue
        text = "".join(pending)
        spans = list(paragraphs(text, language, latest))
        # The last paragraph may go on in the next piece. One that fills what is held is let grow to twice that.
        whole = spans if chunk is None else spans[:-1]
        for start, end, name in whole:
            latest = name
            for quantity in _read(text, start, end, grammar(name)):
                if quantity.kind != "idiom":
                    yield quantity._replace(start=quantity.start + offset, end=quantity.end + offset)
        done = whole[-1][1] if whole else 0
        pending, length, offset = [text[done:]], len(text) - done, offset + done
        enough = _BUFFER if whole else 2 * length


# How much of a stream is held before its paragraphs are read.
_BUFFER = 200_000


def read_numerals(text: str, language: str = "auto") -> list[Quantity]:
    """List every quantity and every set phrase that holds a numeral and states none (``kind`` ``idiom``).

    Parameters and errors are those of ``read_quantities``.

    Examples
    --------
    >>> [(q.text, q.reason) for q in read_numerals("har bir davlat", "uz")]
    [('har bir', 'each')]
    """
    found: list[Quantity] = []
    for start, end, name in paragraphs(text, language):
        found += _read(text, start, end, grammar(name))
    return found


def _read(text: str, start: int, end: int, words: Grammar) -> Iterator[Quantity]:
    """Read one paragraph of a text."""
    merged = cardinals(tokens(text[start:end], words), words)
    paragraph = Sentence(merged, "".join(token.role for token in merged), words)
    drafts = _drafts(paragraph)
    drafts = rates(joined(drafts, paragraph), paragraph)
    pair_ends(drafts, paragraph)
    share_units(drafts, paragraph)
    for _, group in groupby(drafts, key=_sentence_number(paragraph)):
        sentence = list(group)
        base = base_of(sentence, paragraph)
        for draft in sentence:
            yield _quantity(draft, base, paragraph, text, start)


def _drafts(paragraph: Sentence) -> list[Draft]:
    """Read phrases from left to right; of several shapes at one place, the first that makes sense."""
    drafts: list[Draft] = []
    position = 0
    while (start := STARTS.search(paragraph.roles, position)) is not None:
        position = start.start()
        for shape in SHAPES_AT[start[0]]:
            match = shape.pattern.match(paragraph.roles, position)
            if match and (draft := meaning(shape.name, match, paragraph)):
                drafts.append(draft)
                position = draft.last
                break
        else:
            position += 1
    return _with_names(drafts, paragraph)


_DIGIT = re.compile(r"\d")


def _with_names(drafts: list[Draft], paragraph: Sentence) -> list[Draft]:
    """Add what holds a digit and is part of no phrase, such as CO2 or an address, so that none is left out."""
    ends = [draft.last for draft in drafts]
    for position, token in enumerate(paragraph.tokens):
        if _DIGIT.search(token.spelt):
            place = bisect(ends, position)
            if place == len(drafts) or drafts[place].first > position:
                drafts.insert(place, Draft(position, position + 1, kind="idiom", reason="name"))
                ends.insert(place, position + 1)
    return drafts


def _sentence_number(paragraph: Sentence) -> Callable[[Draft], int]:
    """Number the sentences of a paragraph; return what says in which one a draft stands."""
    ends = [match.start() for match in re.finditer("[.]", paragraph.roles)]
    return lambda draft: bisect(ends, draft.first)


# Kinds of quantity that can say by how much something changed, or to what.
_CHANGING = {"money", "count", "measure", "percent", "percentage_point", "factor"}


def _quantity(draft: Draft, base: str, paragraph: Sentence, text: str, offset: int) -> Quantity:
    """Finish a quantity: base unit, precision, bounds, change, place in the whole text."""
    start, end = _span(draft, paragraph)
    start, end = start + offset, end + offset
    place, unit, number = (start, end, text[start:end]), draft.unit or ITEM, draft.number
    if number is None:
        symbol, value = draft.unit.symbol if draft.unit else "", draft.value
        return Quantity(
            *place, draft.kind, value, value, value, draft.iso, symbol, comparator=draft.comparator, reason=draft.reason
        )
    if draft.reason and draft.unit is None and not draft.counted:
        return Quantity(*place, "idiom", comparator=draft.comparator, reason=draft.reason)
    if unit.scale < 0:
        draft, number, unit = _below_zero(draft, number, unit)
    value, low, high = _ends(draft, number, unit)
    comparator, direction, change = draft.comparator, "", ""
    if unit.kind in _CHANGING:
        direction, change = change_of(draft, paragraph)
        # "До 5" and "5 gacha" after a verb of change say what it came to.
        if change == "to" and comparator == "<=":
            comparator, low = "=", high
    return Quantity(
        *place,
        unit.kind,
        value,
        low,
        high,
        unit=unit.symbol,
        precision=_precision(number, unit),
        comparator=comparator,
        direction=direction,
        change=change,
        base=base if change else "",
    )


_OTHER_WAY = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _below_zero(draft: Draft, number: Number, unit: Unit) -> tuple[Draft, Number, Unit]:
    """Turn "12–14 degrees of frost" into degrees, of which more is less."""
    least = replace(number, value=-number.value)
    most = replace(draft.low, value=-draft.low.value) if draft.low else least
    comparator = _OTHER_WAY.get(draft.comparator, draft.comparator)
    turned = replace(draft, low=least if draft.low else None, comparator=comparator)
    return turned, most, replace(unit, scale=-unit.scale)


def _ends(draft: Draft, number: Number, unit: Unit) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """Return a quantity's value and its ends, in the base unit."""
    high = _plain(EXACT.multiply(number.value, unit.scale))
    if draft.low is not None:
        low = _plain(EXACT.multiply(draft.low.value, unit.scale))
        return _plain(EXACT.divide(EXACT.add(low, high), 2)), low, high
    low_end = None if draft.comparator in {"<", "<=", "~"} else high
    high_end = None if draft.comparator in {">", ">=", "~"} else high
    return high, low_end, high_end


def _precision(number: Number, unit: Unit) -> Decimal:
    """Return the worth of the last printed digit in the base unit; what is counted one by one is not rounded."""
    counted = unit.kind == "count" and number.scale == 1 and number.step == 1
    return Decimal(0) if counted else _plain(EXACT.multiply(number.step, unit.scale))


def _span(draft: Draft, paragraph: Sentence) -> tuple[int, int]:
    """Return where a quantity stands: prepositions before it left out, its case ending taken in."""
    first, last = draft.first, draft.last
    while first < last - 1 and paragraph.roles[first] in "FSTLKvp(":
        first += 1
    end = paragraph.tokens[last - 1].end
    if last < len(paragraph.roles) and paragraph.roles[last] in CASES and paragraph.tokens[last].start == end:
        end = paragraph.tokens[last].end
    return paragraph.tokens[first].start, end


def _plain(value: Decimal) -> Decimal:
    """Write a decimal without an exponent and without idle zeros."""
    return Decimal(f"{value.normalize(EXACT):f}")
