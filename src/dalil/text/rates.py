"""Numbers told per something: so many per 100,000, centners a hectare, metres a second."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dalil.text.drafts import Draft, Sentence, worth
from dalil.text.grammar import units
from dalil.text.meanings import PERSON, RATIO
from dalil.text.numerals import EXACT, Number

# What may stand between a number and "per"; and, where a hundred thousand is said first, between it and the number.
_COUNTED = re.compile("i?(?:[xP]|vx){0,5}")
_SAID_FIRST = re.compile("[xPUio]{0,3}(?P<case>[at]?)(?P<compared>N?)[xMp]{0,4}")
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
    found: list[Draft] = []
    for draft in drafts:
        end = found[-1].last if found else 0
        if draft.first < end:
            continue
        if of.words.rules.verb_last:
            _per_unit(draft, end, of)
        if draft.number and (draft.unit is None or draft.unit.symbol in {"item", "person"}):
            if found and (whole := _said_first(found[-1], draft, of)):
                draft.first = found.pop().first
                _divide(draft, whole)
            else:
                _said_after(draft, of)
        found.append(draft)
    return found


def _said_after(draft: Draft, of: Sentence) -> None:
    """Divide a number by the one after "per", if one is there."""
    gap = _COUNTED.match(of.roles, draft.last)
    for place in range(draft.last + 1, gap.end() + 2 if gap else 0):
        if _is_per(place - 1, of) and (whole := _whole(place, of)):
            draft.last = place + 1
            _divide(draft, whole)
            return


def _said_first(whole: Draft, draft: Draft, of: Sentence) -> Decimal | None:
    """Return what a number is told per where that stands before it: ``har 100 ming aholiga 25,3 ta``."""
    between = _SAID_FIRST.fullmatch(of.roles, whole.first + 1, draft.first)
    told = _is_per(whole.first - 1, of)
    if between is None:
        return None
    if of.words.rules.verb_last:
        per = between["case"] == "t" and (told or between["compared"])
    else:
        per = told and any(token.spelt in of.words.rules.per_told for token in of.tokens[whole.last : draft.first])
    return _whole(whole.first, of) if per else None


def _is_per(place: int, of: Sentence) -> bool:
    return 0 <= place < len(of.tokens) and of.tokens[place].spelt in of.words.rules.per


def _whole(place: int, of: Sentence) -> Decimal | None:
    """Return the power of ten at a place, from a thousand on, unless it is an amount of its own."""
    token, after = [*of.tokens[place : place + 2], None, None][:2]
    if token is None or token.role not in "dynms":
        return None
    if after and (after.spelt in of.words.rules.more | of.words.rules.less):
        return None
    if after and after.role in "U$YO" and after.value != PERSON:
        return None
    value = worth(token)
    return value if value >= 1000 and value == Decimal(1).scaleb(value.adjusted()) else None


def _divide(draft: Draft, whole: Decimal) -> None:
    share = EXACT.divide(1, whole)
    draft.number, draft.low = (
        number and Number(EXACT.multiply(number.value, share), EXACT.multiply(number.step, share), share)
        for number in (draft.number, draft.low)
    )
    draft.unit, draft.counted, draft.reason = RATIO, False, ""


def _per_unit(draft: Draft, start: int, of: Sentence) -> None:
    """Make one unit of two where the second stands before the number, as agglutinating languages say it."""
    before = _UNIT_BEFORE.search(of.roles, max(start, draft.first - _REACH), draft.first)
    if draft.unit and before:
        symbol = f"{draft.unit.symbol}/{of.tokens[before.start()].value.symbol}"
        draft.unit = replace(draft.unit, symbol=symbol) if symbol in units() else draft.unit
