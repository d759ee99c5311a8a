"""What a phrase of a given shape states: a number with its unit, a date, a rank, a name."""

import re
from decimal import Decimal

from dalil.text.cardinals import ONE
from dalil.text.changes import tells_change
from dalil.text.dates import DATES, period
from dalil.text.drafts import NONE, Draft, Match, Meaning, Sentence, given, optional, worth
from dalil.text.grammar import Unit
from dalil.text.numerals import EXACT, Number, share

# "5 places" ranks; a larger number, no hyphen between, counts seats.
_LOWEST_PLACE = 200
ITEM, PERSON = Unit("item", "count"), Unit("person", "measure")
RATIO, FACTOR, RANK = Unit("ratio", "percent"), Unit("factor", "factor"), Unit("rank", "rank")


def meaning(shape: str, match: Match, of: Sentence) -> Draft | None:
    """Return what a phrase states, or ``None`` where its shape fits but its words make no sense.

    Parameters
    ----------
    shape
        The name of the shape in ``phrases.SHAPES``.
    match, of
        Where it fits, in the roles of which sentence.
    """
    draft = _MEANINGS[shape](match, of)
    if draft is not None:
        draft.first, draft.last = match.start(), match.end()
        while draft.last > draft.first + 1 and of.roles[draft.last - 1] in "-,":
            draft.last -= 1
    return draft


# --- names, ranks, ordinals


def _alone(kind: str) -> Meaning:
    """What a number states by itself."""
    return lambda match, of: Draft(kind=kind, value=worth(of.tokens[match.start()]), unit=NONE)


def _label(match: Match, of: Sentence) -> Draft | None:
    number = given(match, "number", of)
    if of.tokens[match.start()].value == "after":
        return None
    label = of.tokens[match.start() if of.roles[match.start()] == "I" else match.end() - 1]
    section = label.spelt in of.words.rules.sections and "." in number.spelt
    if not section and (worth(number) != int(worth(number)) or not number.spelt.isalnum()):
        return None
    # "The figure 34.9 million" is an amount.
    if isinstance(number.value, Number) and number.value.scale != 1:
        return None
    return Draft(kind="identifier", value=worth(number), unit=NONE)


def _ordinal(match: Match, of: Sentence) -> Draft | None:
    if match.groupdict().get("hyphen") and not of.words.rules.hyphen_orders:
        return None
    number = given(match, "number", of)
    if number.role == "y" and not match.groupdict().get("hyphen"):
        return period(f"{int(worth(number)):04d}")
    return Draft(kind="ordinal", value=worth(number), unit=NONE)


def _rank(match: Match, of: Sentence) -> Draft | None:
    value = worth(given(match, "number", of))
    if value > _LOWEST_PLACE and "-" not in match[0] and "k" not in match[0]:
        return None
    top = of.roles[match.start()] == "k" and of.tokens[match.start()].value == "<="
    return Draft(kind="rank", value=value, unit=RANK, comparator="<=" if top else "=")


def _idiom(match: Match, of: Sentence) -> Draft | None:
    reason = of.tokens[match.start()].value
    return Draft(kind="idiom", reason=reason) if reason else None


# --- amounts


def _comparator(match: Match, of: Sentence) -> str:
    groups = match.groupdict()
    if groups.get("bound"):
        return str(given(match, "bound", of).value)
    for name in ("after", "beside"):
        if groups.get(name):
            bound = str(given(match, name, of).value)
            # "28 foizga koʻp" is more by so much; "28 foizdan koʻp" is more than that.
            by = of.roles[match.start(name) - 1] == "t" and bound != "~"
            return "=" if by else bound
    if groups.get("to"):
        return str(given(match, "to", of).value)
    return "<=" if groups.get("upto") else "="


def _unit(match: Match, name: str, of: Sentence) -> Unit | None:
    token = optional(match, f"{name}_unit", of) or optional(match, f"{name}_sign", of)
    return token.value if token else None


def _amount(match: Match, of: Sentence) -> Draft | None:
    token = given(match, "high", of)
    unit = _unit(match, "high", of) or _unit(match, "late", of)
    if token.role == "y" and unit and unit.symbol == "year":
        return None
    # "До 2010–2012 годов", "to 5 May", "до 2000-х": a date follows "to".
    to, dated = match.groupdict().get("to"), token.role in "yd" and _DATE_AFTER.match(of.roles, match.end())
    if to and (dated or "j" in match[0]):
        return None
    # "lower than in 2016"
    if token.role == "y" and unit is None and re.search("B[vp]", match[0]):
        return None
    return Draft(
        number=token.value,
        unit=unit,
        comparator=_comparator(match, of),
        counted="i" in match[0],
        to=bool(to),
        reason="article-one" if token.role == ONE else "",
    )


_DATE_AFTER = re.compile("[-~]y|-?j?-?M")


def _inverted(match: Match, of: Sentence) -> Draft | None:
    """A number after its unit is about so many: ``минут сорок``."""
    if not of.words.rules.inverts:
        return None
    return Draft(number=given(match, "high", of).value, unit=_unit(match, "high", of), comparator="~")


def _range(match: Match, of: Sentence) -> Draft | None:
    """Two numbers with one unit between them; the first takes the scale of the second where it has none."""
    low, high = given(match, "low", of).value, given(match, "high", of).value
    groups = match.groupdict()
    if groups.get("to") and (given(match, "low", of).role == "y" or _DATE_AFTER.match(of.roles, match.end())):
        return None
    if tells_change(groups.get("lead") or "", match.span(), of.tokens, of.words.rules):
        return None
    low_unit, unit = _unit(match, "low", of), _unit(match, "high", of)
    if low_unit and unit and low_unit.symbol != unit.symbol:
        return None
    if not groups.get("lead") and low_unit and not unit and not groups.get("low_sign"):
        return None
    if groups.get("lead") == "T":
        # "Rose 5% to 8%" tells two numbers; "growth of 5% to 8%" and "rose by 5 to 8%" are a range.
        before = match.start() - 1
        changes = re.search(r"\+(?!p)", of.roles[max(0, before - 2) : before + 1])
        if changes and unit and not low_unit and of.tokens[before].spelt in of.words.rules.ranging:
            changes = None
        if changes or not of.words.rules.ranges_with_to or (low_unit and not unit):
            return None
    if low.scale == 1 and high.scale != 1 and low.value < EXACT.divide(high.value, high.scale):
        scale = high.scale
        low = Number(EXACT.multiply(low.value, scale), EXACT.multiply(low.step, scale), scale)
    if low.value >= high.value:
        if not groups.get("lead") and high.value >= 0:
            return None
        low, high = high, low
    return Draft(
        number=high,
        low=low,
        unit=unit or low_unit,
        comparator=_comparator(match, of),
        counted="i" in match[0],
        to=bool(groups.get("to")),
    )


def _share(match: Match, of: Sentence) -> Draft | None:
    return Draft(number=given(match, "number", of).value, unit=RATIO, comparator=_comparator(match, of))


# "One in three": of no more is a share told so.
_LARGEST_WHOLE = 1000


def _proportion(match: Match, of: Sentence) -> Draft | None:
    """Read so many of so many as a share: ``one in three``, ``har toʻrt kishidan biri``."""
    part = given(match, "part", of)
    number = Decimal(part.value == "one-of") if part.role == "!" else worth(part)
    whole, between = worth(given(match, "whole", of)), optional(match, "of", of)
    # "Two in three days" is how often.
    counted = between is not None and _follows(match, of, "U")
    if counted or (between is not None and between.spelt not in of.words.rules.shares_of):
        return None
    whole_numbers = number == int(number) and whole == int(whole)
    if not whole_numbers or not 0 < number < whole <= _LARGEST_WHOLE:
        return None
    return Draft(number=Number(share(number, whole)), unit=RATIO, comparator=_comparator(match, of))


def _every(match: Match, of: Sentence) -> Draft | None:
    """Read ``каждая пятая`` as a share; "every fifth day" is how often."""
    whole = worth(given(match, "whole", of))
    if whole < 2 or _follows(match, of, "UYOMQC"):
        return None
    return Draft(number=Number(share(1, whole)), unit=RATIO)


def _follows(match: Match, of: Sentence, roles: str) -> bool:
    """Tell whether one of the roles follows a phrase, people left out."""
    after = of.tokens[match.end()] if match.end() < len(of.tokens) else None
    people = after is not None and after.role == "U" and after.value.symbol == PERSON.symbol
    return after is not None and after.role in roles and not people


def _factor(match: Match, of: Sentence) -> Draft | None:
    """So many times as much; "times" that says how often is a count."""
    low = optional(match, "low", of)
    high, times = given(match, "high", of), given(match, "times", of)
    is_factor = times.role == "X" or _multiplies(match, of)
    unit = FACTOR if is_factor else ITEM
    draft = Draft(number=high.value, low=low.value if low else None, unit=unit, comparator=_comparator(match, of))
    draft.counted = not is_factor
    return draft


# How many words away the verb of a change may stand.
_REACH = 4


def _multiplies(match: Match, of: Sentence) -> bool:
    start, end = match.start(), match.end()
    first = match.start("low" if match.groupdict().get("low") else "high")
    before = of.tokens[first - 1].spelt if first else ""
    after = of.tokens[end].spelt.partition(" ")[0] if end < len(of.tokens) else ""
    number = given(match, "high", of).value.value
    if number != int(number) or before in of.words.rules.times_before or after in of.words.rules.times_after:
        return True
    if of.words.rules.times_before:
        return False
    near = of.roles[max(0, start - _REACH) : start] + of.roles[end : end + _REACH]
    return "+" in near


def _multiple(match: Match, of: Sentence) -> Draft | None:
    value = worth(given(match, "number", of))
    return Draft(number=Number(value), unit=FACTOR, comparator=_comparator(match, of))


_MEANINGS: dict[str, Meaning] = {
    **DATES,
    "citation": _alone("citation"),
    "identifier": _alone("identifier"),
    "idiom": _idiom,
    "leader": _alone("ordinal"),
    "rank": _rank,
    "label": _label,
    "ordinal": _ordinal,
    "factor": _factor,
    "multiple": _multiple,
    "range": _range,
    "share": _share,
    "proportion": _proportion,
    "every": _every,
    "inverted": _inverted,
    "amount": _amount,
}
