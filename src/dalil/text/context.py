"""What a sentence says about a quantity away from it: its unit, who is counted, how it changed."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dalil.text.drafts import Draft, Sentence
from dalil.text.grammar import Unit
from dalil.text.meanings import PERSON
from dalil.text.numerals import EXACT, Number
from dalil.text.tokens import CASES

# What stands between the members of a list of numbers.
_LIST, _LAST_OF_LIST = re.compile(r"-?,"), re.compile(r"-?,?&|/")
# A number after which nothing is counted: a mark, a conjunction or the end follows.
_BARE_AFTER = re.compile(r"[,.&()~;?vpFSTLN+]|$")
_PEOPLE_AFTER = re.compile(r"-?x?P")
_WHOLE_BEFORE = re.compile(r"g(?:B[vp]?)?$")
# A period before or after the words that compare with it.
_BASE_AFTER = re.compile(r"[at]?N")
_BASE_BEFORE = re.compile(r"N[vp]?[FSTLvp]?$")
# How many words away the verb of a change, and how many quantities away a unit to share, may stand.
_REACH = 6
_NEIGHBOURS = 6
_DURATIONS = {"year", "month", "week", "day", "h", "min", "s"}
# Amounts that are told beside one another seldom differ more.
_LARGEST_RATIO = 100


def share_units(drafts: Sequence[Draft], of: Sentence) -> None:
    """Give units to numbers whose unit stands only with a neighbour, and say who or what is counted.

    In a list ("2, 3 va 5 mlrd dollar") the first members take the scale and the unit of the last; a number
    with a scale or with decimals after which nothing is counted takes the unit of the one before it.
    """
    for draft, following in reversed(list(pairwise(drafts))):
        plain = draft.comparator == "=" and of.roles[draft.last - 1] not in CASES
        joint = _LIST if following.listed else _LAST_OF_LIST
        if plain and _lacks_unit(draft) and following.number and joint.fullmatch(of.roles, draft.last, following.first):
            _take_from_list(draft, following)
    for position, draft in enumerate(drafts):
        if not _lacks_unit(draft):
            continue
        if (counted := _counted(draft, of)) is not None:
            draft.unit = counted
        elif draft.number and (draft.number.scale != 1 or 0 < draft.number.step < 1):
            _take_from_neighbour(draft, drafts, position, of)


def _lacks_unit(draft: Draft) -> bool:
    return draft.number is not None and draft.unit is None and not draft.counted


def _take_from_list(draft: Draft, following: Draft) -> None:
    number, model = draft.number, following.low or following.number
    assert number is not None
    assert model is not None
    draft.unit = following.unit
    if number.scale == 1 and model.scale != 1 and number.value < 1000:
        draft.number = _scaled(number, model)
    draft.reason, draft.listed = "", True


def _scaled(number: Number, model: Number) -> Number:
    scale = model.scale
    return Number(EXACT.multiply(number.value, scale), EXACT.multiply(number.step, scale), scale)


def _counted(draft: Draft, of: Sentence) -> Unit | None:
    """Return the unit that the words around a number give it."""
    if _PEOPLE_AFTER.match(of.roles, draft.last) or of.tokens[draft.last - 1].spelt in of.words.rules.collectives:
        return PERSON
    start = max(0, draft.first - 3)
    if (whole := _WHOLE_BEFORE.search(of.roles[start : draft.first])) is not None:
        symbol = of.tokens[start + whole.start()].value
        return Unit(symbol, "measure")
    return None


def _take_from_neighbour(draft: Draft, drafts: Sequence[Draft], position: int, of: Sentence) -> None:
    """Take the unit of the nearest number before, or of one after it that is money of like size."""
    if not _BARE_AFTER.match(of.roles, draft.last):
        return
    before, after = drafts[max(0, position - _NEIGHBOURS) : position], drafts[position + 1 : position + 1 + _NEIGHBOURS]
    for other in [*reversed(before), *after]:
        number, model = draft.number, other.number
        apart = "." in of.roles[min(other.last, draft.last) : max(other.first, draft.first)]
        # From another sentence only money is meant: "Exports were $3 bn. Imports came to 2 bn."
        if apart and (other.first > draft.first or not _is_sum(number, other)):
            continue
        if number is None or model is None or other.unit is None or other.unit.symbol in {"item", "factor"}:
            continue
        # A million is no number of months said before.
        if number.scale != 1 and other.unit.symbol in _DURATIONS:
            continue
        if other.first > draft.first and not (other.unit.kind == "money" and _alike(number, model)):
            continue
        if number.scale == 1:
            draft.number = _scaled(number, model)
        elif other.unit.kind == "percent":
            continue
        draft.unit = other.unit
        return


def _is_sum(number: Number | None, other: Draft) -> bool:
    """Tell whether a number with a scale may be a sum of money told before."""
    return number is not None and number.scale != 1 and other.unit is not None and other.unit.kind == "money"


def _alike(one: Number, other: Number) -> bool:
    """Tell whether two numbers are of like size."""
    small, large = sorted((abs(one.value), abs(other.value)))
    return large <= small * _LARGEST_RATIO


def change_of(draft: Draft, of: Sentence) -> tuple[str, str]:
    """Return the direction of a change (``up``, ``down``) and whether it is ``by`` or ``to`` the quantity.

    The verb is the nearest in the clause: after the number where the language puts it last, else before.
    """
    before = of.roles[max(0, draft.first - _REACH) : draft.first].rpartition(".")[2]
    after = re.split("[.,]", of.roles[draft.last : draft.last + _REACH], maxsplit=1)[0]
    if of.words.rules.verb_last and "+" in after:
        verb = of.tokens[draft.last + after.index("+")]
    elif not of.words.rules.verb_last and "+" in before:
        verb = of.tokens[draft.first - len(before) + before.rindex("+")]
    else:
        return _compared(draft, of)
    if verb.value == "reach":
        return "", "to"
    to = draft.to or of.roles[draft.last - 1] == "l"
    return verb.value, "to" if to else "by"


def _compared(draft: Draft, of: Sentence) -> tuple[str, str]:
    """Read "5 per cent more" and "на 5 % больше": a difference, by so much."""
    following = of.tokens[draft.last].spelt.split()[:1] if draft.last < len(of.tokens) else []
    if not following or (draft.unit and draft.unit.kind not in {"percent", "percentage_point", "factor"}):
        return "", ""
    if following[0] in of.words.rules.more:
        return "up", "by"
    return ("down", "by") if following[0] in of.words.rules.less else ("", "")


def base_of(drafts: Sequence[Draft], of: Sentence) -> str:
    """Return the period that changes are counted from: ``2016-yilga nisbatan``, ``compared with 2016``."""
    for draft in drafts:
        before = of.roles[max(0, draft.first - 3) : draft.first]
        if draft.kind == "period" and (_BASE_AFTER.match(of.roles, draft.last) or _BASE_BEFORE.search(before)):
            return draft.iso
    return ""
