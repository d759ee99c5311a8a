"""Numbers told per something: so many per 100,000, centners a hectare, metres a second."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dalil.text.drafts import Draft, Sentence, worth
from dalil.text.grammar import Unit, units
from dalil.text.meanings import PERSON, RATIO
from dalil.text.numerals import EXACT, Number

# What may stand between a number and what it is told per, and between "per" and the number where that is said first.
_COUNTED = re.compile("i?(?:[xP]|vx){0,5}")
_FIRST_SAID = re.compile("[xPUio]{0,3}(?P<case>[at]?)(?P<compared>N?)[xMp]{0,4}")
# "Gektaridan 45 sentner", "har gektar yerdan oʻrtacha 65 sentner".
_UNIT_BEFORE = re.compile("Ux?[at]x{0,3}$")
_REACH = 6


def rates(drafts: Sequence[Draft], of: Sentence) -> list[Draft]:
    """Read each number that is told per a thousand, or a power of ten above it, as a share of one.

    Examples
    --------
    >>> from dalil.text.quantities import read_quantities
    >>> [q.value for q in read_quantities("12.4 deaths per 100,000 people", "en")]
    [Decimal('0.000124')]
    """
    ends = 0
    for number, draft in enumerate(drafts):
        _per_unit(draft, ends, of)
        ends = draft.last
        if not _counts(draft):
            continue
        gap = _COUNTED.match(of.roles, draft.last)
        for place in range(draft.last, min(gap.end() if gap else 0, draft.last + _REACH) + 1):
            if _is_per(place, of) and (whole := _whole(place + 1, of)):
                draft.last = place + 2
                _divide(draft, whole)
                break
        else:
            if number + 1 < len(drafts) and (whole := _said_first(draft, drafts[number + 1], of)):
                drafts[number + 1].first = draft.first
                _divide(drafts[number + 1], whole)
    return _apart(drafts)


def _apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what is part of another."""
    ends = 0
    found: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.first, -draft.last)):
        if draft.first >= ends:
            found.append(draft)
            ends = draft.last
    return found


def _counts(draft: Draft) -> bool:
    """Tell whether a draft is a number of things or people."""
    return draft.number is not None and (draft.unit is None or draft.unit.symbol in {"item", "person"})


def _is_per(place: int, of: Sentence) -> bool:
    return place < len(of.tokens) and of.tokens[place].spelt in of.words.rules.per


def _whole(place: int, of: Sentence) -> Decimal | None:
    """Return the power of ten at a place, from a thousand on."""
    token = of.tokens[place] if place < len(of.tokens) else None
    if token is None or token.role not in "dynms":
        return None
    value: Decimal = worth(token)
    after = of.tokens[place + 1] if place + 1 < len(of.tokens) else None
    rules = of.words.rules
    if after is not None and (
        after.spelt in rules.more | rules.less or (after.role in "U$YO" and after.value != PERSON)
    ):
        return None
    return value if value >= 1000 and value == Decimal(1).scaleb(value.adjusted()) else None


def _said_first(whole: Draft, draft: Draft, of: Sentence) -> Decimal | None:
    """Return what a number is told per where that stands before it: ``har 100 ming aholiga 25,3 ta``."""
    found = _whole(whole.first, of) if whole.last <= whole.first + 2 else None
    between = _FIRST_SAID.fullmatch(of.roles, whole.first + 1, draft.first)
    if found is None or between is None or not _counts(draft):
        return None
    told = whole.first and _is_per(whole.first - 1, of)
    if of.words.rules.verb_last:
        return found if between["case"] == "t" and (told or between["compared"]) else None
    words = {token.spelt for token in of.tokens[whole.last : draft.first]}
    return found if told and words & of.words.rules.per_told else None


def _divide(draft: Draft, whole: Decimal) -> None:
    for name in ("number", "low"):
        number: Number | None = getattr(draft, name)
        if number is not None:
            share = EXACT.divide(1, whole)
            setattr(draft, name, Number(EXACT.multiply(number.value, share), EXACT.multiply(number.step, share), share))
    draft.unit, draft.counted, draft.reason = RATIO, False, ""


def _per_unit(draft: Draft, start: int, of: Sentence) -> None:
    """Make one unit of two where the second stands before the number, as agglutinating languages say it."""
    before = _UNIT_BEFORE.search(of.roles, max(start, draft.first - _REACH), draft.first)
    if draft.unit is None or before is None or not of.words.rules.verb_last:
        return
    other: Unit = of.tokens[before.start()].value
    symbol = f"{draft.unit.symbol}/{other.symbol}"
    if symbol in units():
        draft.unit = replace(draft.unit, symbol=symbol)
