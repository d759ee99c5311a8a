"""What a phrase of a given shape states: a number with its unit, a date, a rank, a name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dalil.text.cardinals import ONE
from dalil.text.changes import tells_change
from dalil.text.cleaning import APOSTROPHE
from dalil.text.grammar import Grammar, Unit
from dalil.text.numerals import EXACT, Number, share
from dalil.text.tokens import Token

# "5 places" ranks; a larger number, no hyphen between, counts seats.
_LOWEST_PLACE = 200
ITEM, PERSON = Unit("item", "count"), Unit("person", "measure")
RATIO, FACTOR, RANK = Unit("ratio", "percent"), Unit("factor", "factor"), Unit("rank", "rank")
NONE = Unit("", "")


@dataclass
class Draft:
    """A quantity in the making: the tokens it spans, its number as printed, its unit if one was said."""

    first: int
    last: int
    kind: str = ""
    number: Number | None = None
    low: Number | None = None
    unit: Unit | None = None
    iso: str = ""
    value: Decimal | None = None
    comparator: str = "="
    reason: str = ""
    counted: bool = False
    listed: bool = False
    to: bool = False
    direction: str = ""
    change: str = ""


@dataclass(frozen=True)
class Sentence:
    """A text's tokens, their roles as one string, and the grammar they were read with."""

    tokens: list[Token]
    roles: str
    words: Grammar


Match = re.Match[str]


def meaning(shape: str, match: Match, of: Sentence) -> Draft | None:
    """Return what a phrase states, or ``None`` where its shape fits but its words make no sense.

    Parameters
    ----------
    shape
        The name of the shape in ``phrases.SHAPES``.
    match
        Where it fits, in ``of.roles``.
    """
    draft = _MEANINGS[shape](match, of)
    if draft is not None:
        draft.first, draft.last = match.start(), match.end()
        while draft.last > draft.first + 1 and of.roles[draft.last - 1] in "-,":
            draft.last -= 1
    return draft


def _token(match: Match, name: str, of: Sentence) -> Token | None:
    start = match.start(name)
    return of.tokens[start] if start >= 0 and match.end(name) > start else None


def _given(match: Match, name: str, of: Sentence) -> Token:
    return of.tokens[match.start(name)]


def _worth(token: Token) -> Decimal:
    value = token.value
    return value.value if isinstance(value, Number) else Decimal(value)


def _draft(**fields: object) -> Draft:
    return Draft(0, 0, **fields)  # type: ignore[arg-type]


# --- dates and periods


def _dated(match: Match, of: Sentence) -> Draft | None:
    return _draft(kind="date", iso=of.tokens[match.start()].value, unit=Unit("date", "date"))


def _period(iso: str, comparator: str = "=") -> Draft:
    return _draft(kind="period", iso=iso, unit=Unit("date", "period"), comparator=comparator)


def _year_in(match: Match, of: Sentence, name: str = "year") -> str:
    token = _token(match, name, of)
    return f"{int(_worth(token)):04d}" if token else ""


def _day(year: str, month: int, day: int) -> str | None:
    """Write a day; a day of no known year as ``--03-15``; ``None`` for one that does not exist."""
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return None
    return f"{year or '-'}-{month:02d}-{day:02d}"


def _days(match: Match, of: Sentence) -> Draft | None:
    month = int(_given(match, "month", of).value)
    last_month = _token(match, "last_month", of) if "last_month" in match.re.groupindex else None
    year = _year_in(match, of)
    first = _day(year, month, int(_worth(_given(match, "day", of))))
    final = _token(match, "last", of)
    if first is None:
        return None
    if final is None:
        return _draft(kind="date", iso=first, unit=Unit("date", "date"))
    last = _day(year, int(last_month.value) if last_month else month, int(_worth(final)))
    return _period(f"{first}/{last}") if last and last > first else None


def _month_day(match: Match, of: Sentence) -> Draft | None:
    return _days(match, of) if of.words.rules.month_first else None


def _part(match: Match, of: Sentence) -> Draft | None:
    """A quarter or a half of a year, as its first and last month."""
    part, number = _given(match, "part", of), int(_worth(_given(match, "number", of)))
    length = 3 if part.role == "Q" else 6
    if part.role in "Gfh":
        length = {Decimal("0.25"): 3, Decimal("0.5"): 6}.get(Decimal("0.5") if part.role == "h" else _worth(part), 0)
    if not length or not 1 <= number <= 12 // length:
        return None
    year = _year_in(match, of)
    return _period(f"{year}-{(number - 1) * length + 1:02d}/{year}-{number * length:02d}")


def _part_alone(match: Match, of: Sentence) -> Draft | None:
    return _draft(kind="ordinal", value=_worth(_given(match, "number", of)), unit=NONE)


def _months_of(match: Match, of: Sentence) -> Draft | None:
    count = _worth(_given(match, "count", of))
    if count != int(count) or not 1 <= count <= 12:
        return None
    year = _year_in(match, of)
    return _period(f"{year}-01/{year}-{int(count):02d}")


def _months(match: Match, of: Sentence) -> Draft | None:
    year, first = _year_in(match, of), int(_given(match, "month", of).value)
    last = _token(match, "last", of) if "last" in match.re.groupindex else None
    if last is None:
        return _period(f"{year}-{first:02d}")
    return _period(f"{year}-{first:02d}/{year}-{int(last.value):02d}") if int(last.value) > first else None


def _years(match: Match, of: Sentence) -> Draft | None:
    first = int(_year_in(match, of))
    if "last_two" in match.re.groupindex:
        token = _given(match, "last_two", of)
        last = first - first % 100 + int(_worth(token)) if len(token.spelt) == 2 else 0
        told = of.roles[match.end() - 1] in "YE" or _lead(match, of) == "("
        if last != first + 1 and not told:
            return None
    else:
        last = int(_year_in(match, of, "last"))
    return _period(f"{first}/{last}") if last > first else None


def _named_period(match: Match, of: Sentence) -> Draft | None:
    return _period(of.tokens[match.start()].value)


def _decade(match: Match, of: Sentence) -> Draft | None:
    token = _given(match, "decade", of)
    start = _worth(token)
    if "mark" in match.re.groupindex:
        early = start >= 30 and _lead(match, of) in set("vFTL")
        if _given(match, "mark", of).spelt not in of.words.rules.decade_endings or (token.role != "y" and not early):
            return None
    # "2018, 2019 va 2020-yillar" are years; "1970s and 1980s" are decades all the same.
    marked = of.tokens[match.end() - 1].spelt in of.words.touching
    listed = not marked and "y" in of.roles[max(0, match.start() - 3) : match.start()]
    if listed or start % 10 or start < 10 or (100 <= start < 1000):
        return None
    first = int(start) + (1900 if start < 100 else 0)
    return _period(f"{first}/{first + 9}")


def _century(match: Match, of: Sentence) -> Draft | None:
    first = _given(match, "first", of)
    last = _token(match, "last", of) or first
    numbers = [int(_worth(first)), int(_worth(last))]
    if first.role in "dn" and numbers[0] < 10 and not match["hyphen"] and "j" not in match[0]:
        return None
    if not 1 <= numbers[0] <= numbers[1] <= 30:
        return None
    return _period(f"{(numbers[0] - 1) * 100 + 1:04d}/{numbers[1] * 100:04d}")


def _year(match: Match, of: Sentence) -> Draft | None:
    groups, lead = match.groupdict(), _lead(match, of)
    comparator = "="
    if groups.get("case") == "l" or lead in {"T", "L"}:
        comparator = "<="
    elif groups.get("since") or lead in {"F", "S"}:
        comparator = ">="
    return _period(_year_in(match, of), comparator)


def _lead(match: Match, of: Sentence) -> str:
    """Return the role of what stands before a phrase."""
    return of.roles[match.start() - 1] if match.start() else ""


_YEAR_BEFORE = re.compile(r"y,?&?$")


def _bare_year(match: Match, of: Sentence) -> Draft | None:
    """Read four digits alone: a year where one may be expected, else a count.

    Nothing counted follows a year ("in 2018,"), or a word does that leads to one stands before it and it is
    no round number ("in 2018 exports", but "to 2000 schools").
    """
    value, lead = int(_worth(_given(match, "year", of))), _lead(match, of)
    if not 1700 <= value <= 2100 or lead in set("B$I"):
        return None
    listed = _YEAR_BEFORE.search(of.roles[max(0, match.start() - 3) : match.start()])
    expected = lead in set("v(MN") or (lead in set("FSTLp") and value % 100)
    if of.roles[match.end() : match.end() + 1] == "x" and not expected and not listed and not _names_year(match, of):
        return None
    return _year(match, of)


def _names_year(match: Match, of: Sentence) -> bool:
    """Tell a year by the noun beside it: "its 2024 forecast", "Agenda 2030 goals"; what is counted is in the plural."""
    rules, before = of.words.rules, of.tokens[match.start() - 1].spelt if match.start() else ""
    singular = bool(rules.plural) and not of.tokens[match.end()].spelt.endswith(rules.plural)
    owned = bool(rules.plural) and before.endswith(APOSTROPHE + rules.plural)
    return before in rules.year_after or owned or (singular and int(_worth(_given(match, "year", of))) % 100 != 0)


# --- names, ranks, ordinals


def _citation(match: Match, of: Sentence) -> Draft | None:
    return _draft(kind="citation", value=of.tokens[match.start()].value, unit=NONE)


def _identifier(match: Match, of: Sentence) -> Draft | None:
    return _draft(kind="identifier", value=Decimal(of.tokens[match.start()].value), unit=NONE)


def _label(match: Match, of: Sentence) -> Draft | None:
    number = _given(match, "number", of)
    if of.tokens[match.start()].value == "after":
        return None
    label = of.tokens[match.start() if of.roles[match.start()] == "I" else match.end() - 1]
    section = label.spelt in of.words.rules.sections and "." in number.spelt
    if not section and (_worth(number) != int(_worth(number)) or not number.spelt.isalnum()):
        return None
    # "The figure 34.9 million" is an amount.
    if isinstance(number.value, Number) and number.value.scale != 1:
        return None
    return _draft(kind="identifier", value=_worth(number), unit=NONE)


def _leader(match: Match, of: Sentence) -> Draft | None:
    return _draft(kind="ordinal", value=_worth(of.tokens[match.start()]), unit=NONE)


def _ordinal(match: Match, of: Sentence) -> Draft | None:
    if match.groupdict().get("hyphen") and not of.words.rules.hyphen_orders:
        return None
    number = _given(match, "number", of)
    if number.role == "y" and not match.groupdict().get("hyphen"):
        return _period(f"{int(_worth(number)):04d}")
    return _draft(kind="ordinal", value=_worth(number), unit=NONE)


def _rank(match: Match, of: Sentence) -> Draft | None:
    value = _worth(_given(match, "number", of))
    if value > _LOWEST_PLACE and "-" not in match[0] and "k" not in match[0]:
        return None
    top = of.roles[match.start()] == "k" and of.tokens[match.start()].value == "<="
    return _draft(kind="rank", value=value, unit=RANK, comparator="<=" if top else "=")


def _idiom(match: Match, of: Sentence) -> Draft | None:
    reason = of.tokens[match.start()].value
    return _draft(kind="idiom", reason=reason) if reason else None


# --- amounts


def _comparator(match: Match, of: Sentence) -> str:
    groups = match.groupdict()
    if groups.get("bound"):
        return str(_given(match, "bound", of).value)
    for name in ("after", "beside"):
        if groups.get(name):
            bound = str(_given(match, name, of).value)
            # "28 foizga koʻp" is more by so much; "28 foizdan koʻp" is more than that.
            by = of.roles[match.start(name) - 1] == "t" and bound != "~"
            return "=" if by else bound
    if groups.get("to"):
        return str(_given(match, "to", of).value)
    return "<=" if groups.get("upto") else "="


def _unit(match: Match, name: str, of: Sentence) -> Unit | None:
    for group in (f"{name}_unit", f"{name}_sign"):
        if group in match.re.groupindex and (token := _token(match, group, of)):
            return token.value  # type: ignore[no-any-return]
    return None


def _amount(match: Match, of: Sentence) -> Draft | None:
    token = _given(match, "high", of)
    unit = _unit(match, "high", of) or _unit(match, "late", of)
    if token.role == "y" and unit and unit.symbol == "year":
        return None
    # "до 2010–2012 годов", "to 5 May": a date follows "to".
    if match.groupdict().get("to") and "j" in match[0]:
        return None
    if match.groupdict().get("to") and token.role in "yd" and _DATE_AFTER.match(of.roles, match.end()):
        return None
    # "lower than in 2016"
    if token.role == "y" and unit is None and re.search("B[vp]", match[0]):
        return None
    return _draft(
        number=token.value,
        unit=unit,
        comparator=_comparator(match, of),
        counted="i" in match[0],
        to=bool(match.groupdict().get("to")),
        reason="article-one" if token.role == ONE else "",
    )


_DATE_AFTER = re.compile("[-~]y|-?j?-?M")


def _inverted(match: Match, of: Sentence) -> Draft | None:
    """A number after its unit is about so many: ``минут сорок``."""
    if not of.words.rules.inverts:
        return None
    return _draft(number=_given(match, "high", of).value, unit=_unit(match, "high", of), comparator="~")


def _range(match: Match, of: Sentence) -> Draft | None:
    """Two numbers with one unit between them; the first takes the scale of the second where it has none."""
    low, high = _given(match, "low", of).value, _given(match, "high", of).value
    groups = match.groupdict()
    if groups.get("to") and (_given(match, "low", of).role == "y" or _DATE_AFTER.match(of.roles, match.end())):
        return None
    if tells_change(groups.get("lead") or "", match.span(), of.tokens, of.words.rules):
        return None
    low_unit, unit = _unit(match, "low", of), _unit(match, "high", of)
    if low_unit and unit and low_unit.symbol != unit.symbol:
        return None
    if not groups.get("lead") and low_unit and not unit and not groups.get("low_sign"):
        return None
    if groups.get("lead") == "T":
        # "Rose 5% to 8%" tells two numbers; "growth of 5% to 8%" is a range.
        changes = re.search(r"\+(?!p)", of.roles[max(0, match.start() - 3) : match.start()])
        if changes or not of.words.rules.ranges_with_to or (low_unit and not unit):
            return None
    if low.scale == 1 and high.scale != 1 and low.value < EXACT.divide(high.value, high.scale):
        scale = high.scale
        low = Number(EXACT.multiply(low.value, scale), EXACT.multiply(low.step, scale), scale)
    if low.value >= high.value:
        if not groups.get("lead") and high.value >= 0:
            return None
        low, high = high, low
    return _draft(
        number=high,
        low=low,
        unit=unit or low_unit,
        comparator=_comparator(match, of),
        counted="i" in match[0],
        to=bool(groups.get("to")),
    )


def _share(match: Match, of: Sentence) -> Draft | None:
    return _draft(number=_given(match, "number", of).value, unit=RATIO, comparator=_comparator(match, of))


# "One in three": of no more is a share told so.
_LARGEST_WHOLE = 1000


def _proportion(match: Match, of: Sentence) -> Draft | None:
    """Read so many of so many as a share: ``one in three``, ``каждая пятая``, ``har toʻrt kishidan biri``."""
    following = of.tokens[match.end()] if match.end() < len(of.tokens) else None
    people = following is not None and following.role == "U" and following.value.symbol == PERSON.symbol
    if "every" in match.re.groupindex:
        part, whole = Decimal(1), _worth(_given(match, "every", of))
        # "Every second day" is how often.
        if whole < 2 or (following and not people and following.role in set("UYOMQC")):
            return None
    else:
        given = _given(match, "part", of)
        part = Decimal(1) if given.value == "one-of" else Decimal(0) if given.role == "!" else _worth(given)
        whole = _worth(_given(match, "whole", of))
        if "of" in match.re.groupindex:
            counted = following is not None and following.role == "U" and not people
            if counted or _given(match, "of", of).spelt not in of.words.rules.shares_of:
                return None
    if not 0 < part < whole <= _LARGEST_WHOLE or part != int(part) or whole != int(whole):
        return None
    return _draft(number=Number(share(part, whole)), unit=RATIO, comparator=_comparator(match, of))


def _factor(match: Match, of: Sentence) -> Draft | None:
    """So many times as much; "times" that says how often is a count."""
    low = _token(match, "low", of) if "low" in match.re.groupindex else None
    high, times = _given(match, "high", of), _given(match, "times", of)
    is_factor = times.role == "X" or _multiplies(match, of)
    unit = FACTOR if is_factor else ITEM
    draft = _draft(number=high.value, low=low.value if low else None, unit=unit, comparator=_comparator(match, of))
    draft.counted = not is_factor
    return draft


# How many words away the verb of a change may stand.
_REACH = 4


def _multiplies(match: Match, of: Sentence) -> bool:
    start, end = match.start(), match.end()
    first = match.start("low" if match.groupdict().get("low") else "high")
    before = of.tokens[first - 1].spelt if first else ""
    after = of.tokens[end].spelt.partition(" ")[0] if end < len(of.tokens) else ""
    number = _given(match, "high", of).value.value
    if number != int(number) or before in of.words.rules.times_before or after in of.words.rules.times_after:
        return True
    if of.words.rules.times_before:
        return False
    near = of.roles[max(0, start - _REACH) : start] + of.roles[end : end + _REACH]
    return "+" in near


def _multiple(match: Match, of: Sentence) -> Draft | None:
    value = _worth(_given(match, "number", of))
    return _draft(number=Number(value), unit=FACTOR, comparator=_comparator(match, of))


_MEANINGS: dict[str, Callable[[Match, Sentence], Draft | None]] = {
    "citation": _citation,
    "identifier": _identifier,
    "dated": _dated,
    "idiom": _idiom,
    "named_period": _named_period,
    "proportion": _proportion,
    "leader": _leader,
    "century": _century,
    "days": _days,
    "month_day": _month_day,
    "part": _part,
    "part_alone": _part_alone,
    "months_of": _months_of,
    "months": _months,
    "years": _years,
    "decade": _decade,
    "year": _year,
    "bare_year": _bare_year,
    "rank": _rank,
    "label": _label,
    "ordinal": _ordinal,
    "factor": _factor,
    "multiple": _multiple,
    "range": _range,
    "share": _share,
    "inverted": _inverted,
    "amount": _amount,
}
