"""What a sentence says about a quantity away from it: its unit, who is counted, how it changed."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dalil.text.changes import BOUND_VERBS, verb_between_ends
from dalil.text.drafts import Draft, Sentence
from dalil.text.grammar import Unit
from dalil.text.meanings import PERSON
from dalil.text.numerals import EXACT, Number
from dalil.text.tokens import CASES

# What stands between the members of a list of numbers.
_LIST, _LAST_OF_LIST = re.compile("-?,&?[vpLS]?"), re.compile("-?,?&{1,2}[vpL]?|/|,S")
# A number after which nothing is counted: a mark, a conjunction or the end follows.
_BARE_AFTER = re.compile(r"[,.&()~;?vpFSTLN+o]|$")
_PEOPLE_AFTER = re.compile(r"-?x?P")
_WHOLE_BEFORE = re.compile(r"g(?:B[vp]?)?$")
# A period before or after the words that compare with it.
# "Compared with the same period of 2010", "2011-yilning shu davriga nisbatan".
_BASE_AFTER = re.compile("[at]?x{0,2}[at]?N")
_BASE_BEFORE = re.compile("N[vp]?(?:x{1,3}p?)?[FSTLvp]?$")
_BASE_REACH = 7
# Between two amounts of one clause of which the second leaves its noun out: dates, marks and small words.
_UNDERSTOOD = re.compile(r"[alt]?[,&vpNFSLK~():;-]{0,6}[xPU]?[,&vp~-]{0,3}")
# How many words away the verb of a change, and how many quantities away a unit to share, may stand.
_REACH = 6
_NEIGHBOURS = 6
_DURATIONS = {"year", "month", "week", "day", "h", "min", "s"}
# Amounts of one noun that are told beside one another seldom differ more; percentages still less.
_LARGEST_RATIO, _LARGEST_RATIO_OF_SHARES, _LARGEST_RATIO_UNDERSTOOD = 100, 4, 30


def share_units(drafts: Sequence[Draft], of: Sentence) -> None:
    """Give units to numbers whose unit stands only with a neighbour, and say who or what is counted.

    In a list ("2, 3 va 5 mlrd dollar") the first members take the scale and the unit of the last; a number
    with a scale or with decimals after which nothing is counted takes the unit of one in its sentence where
    its own is understood ("2,1 % in 2020, 2,5 in 2021").
    """
    for draft, following in reversed(list(pairwise(drafts))):
        plain = draft.comparator == "=" and of.roles[draft.last - 1] not in CASES
        joint = _LIST if following.listed else _LAST_OF_LIST
        signed = of.roles[following.first] == "$"
        if (
            plain
            and not signed
            and lacks_unit(draft)
            and following.number
            and joint.fullmatch(of.roles, draft.last, following.first)
        ):
            take_from_list(draft, following)
    _share_past_brackets(drafts, of)
    for position, draft in enumerate(drafts):
        if not lacks_unit(draft):
            continue
        if (counted := _counted(draft, of)) is not None:
            draft.unit = counted
        elif draft.number and not draft.change and _may_lack_noun(draft, drafts[max(0, position - 1)], of):
            _take_from_neighbour(draft, drafts, position, of)


# "To 50 (52.1) million tonnes", "233 (+4) nafar": the unit of both numbers stands behind the bracket.
_BRACKET_CLOSED = re.compile(r"\)(?P<scale>s?)(?P<unit>[U$P])")


def _share_past_brackets(drafts: Sequence[Draft], of: Sentence) -> None:
    for draft, inside in pairwise(drafts):
        closed = _BRACKET_CLOSED.match(of.roles, inside.last)
        if closed is None or of.roles[draft.last : inside.first] != "(" or not lacks_unit(draft):
            continue
        for number in (draft, inside) if lacks_unit(inside) else (draft,):
            assert number.number is not None
            number.unit = of.tokens[closed.start("unit")].value if closed["unit"] != "P" else PERSON
            if closed["scale"] and number.number.scale == 1:
                scale = of.tokens[closed.start("scale")].value
                number.number = _scaled(number.number, Number(scale, scale=scale))


# "Prices rose 5 %, wages 3", "the dollar 90 roubles, the euro — 98": the same is said of something else.
_SAME_SAID = {"percent": re.compile(r"[alt]?,(?:xv?|x{1,2}~v?)"), "money": re.compile(r"[alt]?,U~v?")}


def _may_lack_noun(draft: Draft, before: Draft, of: Sentence) -> bool:
    """Tell whether a number may leave its noun out: it has a scale or decimals, or the words before it say so."""
    number = draft.number
    compared = of.roles[max(0, draft.first - 2) : draft.first] == "+F"
    said = _SAME_SAID.get(before.unit.kind) if before.unit is not None else None
    repeated = said is not None and said.fullmatch(of.roles, before.last, draft.first) is not None
    return number is not None and (number.scale != 1 or 0 < number.step < 1 or compared or repeated)


def lacks_unit(draft: Draft) -> bool:
    """Tell whether neither a unit nor a counting word was said with a number."""
    return draft.number is not None and draft.unit is None and not draft.counted


def take_from_list(draft: Draft, following: Draft) -> None:
    """Give a number the unit, and where it is of like size the scale, of the one that follows it."""
    number, model = draft.number, following.low or following.number
    assert number is not None
    assert model is not None
    if number.scale != 1 and following.unit and following.unit.kind == "percent":
        # "4.3 thousand, or 12 percent"
        return
    draft.unit, draft.number = following.unit, _in_scale(number, model)
    draft.reason, draft.listed = "", True


def _in_scale(number: Number, model: Number) -> Number:
    """Give a number the scale of one it stands with, if it is of like size as printed: "from 1.3 to 1.7 trillion"."""
    alike = number.value < 1000 and number.value <= _LARGEST_RATIO * EXACT.divide(model.value, model.scale)
    return _scaled(number, model) if number.scale == 1 and model.scale != 1 and alike else number


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
        if other.number is None or other.unit is None or other.unit.symbol in {"item", "factor"} or _in_coins(other):
            continue
        if _lends(other, draft, before, of):
            if draft.number and draft.number.scale == 1:
                draft.number = _scaled(draft.number, other.number)
            draft.unit = other.unit
            return


def _in_coins(draft: Draft) -> bool:
    """Tell whether an amount is in kopecks or cents, in which nothing is understood to be that was not said to be."""
    return draft.unit is not None and draft.unit.kind == "money" and draft.unit.scale < 1


def _lends(other: Draft, draft: Draft, before: Sequence[Draft], of: Sentence) -> bool:
    """Tell whether the unit of another amount is understood with a number: in one sentence, of like size."""
    number, model, unit = draft.number, other.number, other.unit
    assert number is not None
    assert model is not None
    assert unit is not None
    if "." in of.roles[min(other.last, draft.last) : max(other.first, draft.first)]:
        return False
    if other.first > draft.first:
        return unit.kind == "money" and _alike(number, model, _LARGEST_RATIO)
    understood = _UNDERSTOOD.fullmatch(_between(other, draft, before, of)) is not None
    if unit.kind == "percent":
        understood = understood and _alike(number, model, _LARGEST_RATIO_UNDERSTOOD)
        # "By 0.6 per cent, to 88.45": what it comes to is of another unit.
        comes_to = draft.to or of.roles[draft.last : draft.last + 1] in {"t", "l"}
        return number.scale == 1 and not comes_to and (understood or _alike(number, model, _LARGEST_RATIO_OF_SHARES))
    if number.scale == 1:
        return understood
    # A million is no number of months said before.
    return unit.symbol not in _DURATIONS and _alike(number, model, _LARGEST_RATIO)


def _between(other: Draft, draft: Draft, before: Sequence[Draft], of: Sentence) -> str:
    """Return the roles between two amounts, the dates between them left out."""
    dates = [date for date in before if date.number is None and other.last <= date.first]
    starts, ends = [other.last, *(date.last for date in dates)], [*(date.first for date in dates), draft.first]
    return "".join(of.roles[start:end] for start, end in zip(starts, ends, strict=True))


def _alike(one: Number, other: Number, ratio: int) -> bool:
    """Tell whether two numbers are of like size."""
    small, large = sorted((abs(one.value), abs(other.value)))
    return large <= small * ratio


def pair_ends(drafts: Sequence[Draft], of: Sentence) -> None:
    """Mark the two ends of a change, "from 9.4 in 2021 to 8.1 percent in 2023"; the first may leave its unit out.

    The second may be told first: "to 21 % from 17 %".
    """
    amounts = [draft for draft in drafts if draft.number is not None]
    for first, last in pairwise(amounts):
        if first.low is not None or last.low is not None:
            continue
        verb = verb_between_ends((first.first, first.last), (last.first, last.last), of.tokens, of.words.rules)
        if verb is None:
            continue
        if of.roles[first.first] == "T":
            first, last = last, first
        if lacks_unit(first):
            take_from_list(first, last)
        elif first.unit == last.unit and first.number and last.number:
            first.number = _in_scale(first.number, last.number)
        direction = verb if verb in {"up", "down"} else ""
        first.direction = last.direction = direction
        first.change, last.change = "from", "to"
        first.comparator = "="


def change_of(draft: Draft, of: Sentence) -> tuple[str, str]:
    """Return the direction of a change (``up``, ``down``) and whether it is ``by`` or ``to`` the quantity.

    The verb is the nearest in the clause: after the number where the language puts it last, else before.
    """
    if draft.change:
        return draft.direction, draft.change
    last = of.tokens[draft.last - 1]
    if last.role == "A" and of.roles[draft.last - 2] == "t" and last.value in BOUND_VERBS:
        return BOUND_VERBS[last.value], "by"
    before = of.roles[max(0, draft.first - _REACH) : draft.first].rpartition(".")[2]
    after = re.split("[.,]", of.roles[draft.last : draft.last + _REACH], maxsplit=1)[0]
    if of.words.rules.verb_last and "+" in after:
        verb = of.tokens[draft.last + after.index("+")]
    elif of.words.rules.verb_last and "+" in before and before[-1] == "~":
        # "Import oshdi — 18,6 foizga."
        verb = of.tokens[draft.first - len(before) + before.rindex("+")]
    elif not of.words.rules.verb_last and "+" in before:
        verb = of.tokens[draft.first - len(before) + before.rindex("+")]
    else:
        return _compared(draft, of)
    if verb.value in {"reach", "bring"}:
        noun = _CHANGE_IS.search(before)
        told = of.tokens[draft.first - len(noun[0])].value if noun and draft.unit and draft.unit.kind in _SHARES else ""
        return (told, "by") if told in {"up", "down"} else ("", "to")
    to = draft.to or of.roles[draft.last - 1] == "l"
    return verb.value if verb.value != "turn" else "", "to" if to else "by"


# "The fall came to 4.3 per cent": by so much.
_CHANGE_IS = re.compile(r"\+\+$")
_SHARES = {"percent", "percentage_point", "factor"}


def _compared(draft: Draft, of: Sentence) -> tuple[str, str]:
    """Read "5 per cent more" and "на 5 % больше": a difference, by so much."""
    following = of.tokens[draft.last].spelt.split()[:1] if draft.last < len(of.tokens) else []
    if not following or (draft.unit and draft.unit.kind not in _SHARES):
        return "", ""
    if following[0] in of.words.rules.more:
        return "up", "by"
    return ("down", "by") if following[0] in of.words.rules.less else ("", "")


def base_of(drafts: Sequence[Draft], of: Sentence) -> str:
    """Return the period that changes are counted from: ``2016-yilga nisbatan``, ``compared with 2016``."""
    for number, draft in enumerate(drafts):
        if draft.kind != "period":
            continue
        before = of.roles[max(0, draft.first - _BASE_REACH) : draft.first]
        # "In 2022 compared with 2021": where verbs stand last, the period comes first.
        after = of.words.rules.verb_last and _BASE_AFTER.match(of.roles, draft.last)
        told = after or _BASE_BEFORE.search(before)
        if told or _until_now(number, drafts, of) or _up_from(number, drafts, of):
            return draft.iso
    return ""


def _up_from(number: int, drafts: Sequence[Draft], of: Sentence) -> bool:
    """Tell the base of a change that stands before it: "up 1.4 percent from 2022", but not "from 2020 to 2022"."""
    base, before = drafts[number], drafts[number - 1] if number else None
    if before is None or before.unit is None or before.unit.kind != "percent" or of.words.rules.verb_last:
        return False
    lead = of.roles[before.last : base.first] or of.roles[base.first]
    return lead == "F" and "/" not in base.iso and of.roles[base.last : base.last + 1] != "T"


def _until_now(number: int, drafts: Sequence[Draft], of: Sentence) -> bool:
    """Tell a base from a deadline: "в декабре 2015 г. на 5 % к декабрю 2014 г." goes back, "к 2030 году" does not."""
    base, before = drafts[number], drafts[number - 1] if number else None
    share = before is not None and before.unit is not None and before.unit.kind == "percent"
    later = any(other.kind == "period" and other.iso > base.iso for other in drafts[:number])
    return share and later and before is not None and of.roles[before.last : base.first] == "L"
