"""What a phrase that tells a time states: a day, a month, a part of a year, a year, a century."""

import re
from datetime import date
from decimal import Decimal

from dalil.text.cleaning import APOSTROPHE
from dalil.text.drafts import NONE, Draft, Match, Meaning, Sentence, given, lead_of, optional, worth
from dalil.text.grammar import Unit


def _dated(match: Match, of: Sentence) -> Draft | None:
    return Draft(kind="date", iso=of.tokens[match.start()].value, unit=Unit("date", "date"))


def period(iso: str, comparator: str = "=") -> Draft:
    """A draft of a period, in ISO form."""
    return Draft(kind="period", iso=iso, unit=Unit("date", "period"), comparator=comparator)


def _year_in(match: Match, of: Sentence, name: str = "year") -> str:
    token = optional(match, name, of)
    return f"{int(worth(token)):04d}" if token else ""


def _day(year: str, month: int, day: int) -> str | None:
    """Write a day; a day of no known year as ``--03-15``; ``None`` for one that does not exist."""
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return None
    return f"{year or '-'}-{month:02d}-{day:02d}"


def _days(match: Match, of: Sentence) -> Draft | None:
    month = int(given(match, "month", of).value)
    last_month = optional(match, "last_month", of)
    year = _year_in(match, of)
    first = _day(year, month, int(worth(given(match, "day", of))))
    final = optional(match, "last", of)
    if first is None:
        return None
    if final is None:
        return Draft(kind="date", iso=first, unit=Unit("date", "date"))
    last = _day(year, int(last_month.value) if last_month else month, int(worth(final)))
    return period(f"{first}/{last}") if last and last > first else None


def _month_day(match: Match, of: Sentence) -> Draft | None:
    return _days(match, of) if of.words.rules.month_first else None


def _part(match: Match, of: Sentence) -> Draft | None:
    """A quarter or a half of a year, as its first and last month."""
    part, number = given(match, "part", of), int(worth(given(match, "number", of)))
    length = 3 if part.role == "Q" else 6
    if part.role in "Gfh":
        length = {Decimal("0.25"): 3, Decimal("0.5"): 6}.get(Decimal("0.5") if part.role == "h" else worth(part), 0)
    if not length or not 1 <= number <= 12 // length:
        return None
    year = _year_in(match, of)
    return period(f"{year}-{(number - 1) * length + 1:02d}/{year}-{number * length:02d}")


def _part_alone(match: Match, of: Sentence) -> Draft | None:
    return Draft(kind="ordinal", value=worth(given(match, "number", of)), unit=NONE)


def _months_of(match: Match, of: Sentence, months: int = 1) -> Draft | None:
    """So many months of a year, or so many quarters, counted from its beginning; "the last two" are others."""
    count, first = worth(given(match, "count", of)), of.tokens[match.start()]
    if count != int(count) or not 1 <= count * months <= 12 or (first.role == "o" and worth(first) != 1):
        return None
    year = _year_in(match, of)
    return period(f"{year}-01/{year}-{int(count) * months:02d}")


def _quarters_of(match: Match, of: Sentence) -> Draft | None:
    return _months_of(match, of, months=3)


def _months(match: Match, of: Sentence) -> Draft | None:
    year, first = _year_in(match, of), int(given(match, "month", of).value)
    last = optional(match, "last", of)
    if last is None:
        return period(f"{year}-{first:02d}")
    return period(f"{year}-{first:02d}/{year}-{int(last.value):02d}") if int(last.value) > first else None


def _years(match: Match, of: Sentence) -> Draft | None:
    first = int(_year_in(match, of))
    if "last_two" in match.re.groupindex:
        token = given(match, "last_two", of)
        last = first - first % 100 + int(worth(token)) if len(token.spelt) == 2 else 0
        told = of.roles[match.end() - 1] in "YE" or lead_of(match, of) == "("
        if last != first + 1 and not told:
            return None
    else:
        last = int(_year_in(match, of, "last"))
    return period(f"{first}/{last}") if last > first else None


def _decade(match: Match, of: Sentence) -> Draft | None:
    token, mark = given(match, "decade", of), optional(match, "mark", of)
    start = worth(token)
    if mark is not None:
        early = start >= 30 and lead_of(match, of) in set("vFTL")
        if mark.spelt not in of.words.rules.decade_endings or (token.role != "y" and not early):
            return None
    # "2018, 2019 va 2020-yillar" are years; "1970s and 1980s" are decades all the same.
    marked = of.tokens[match.end() - 1].spelt in of.words.touching
    listed = not marked and "y" in of.roles[max(0, match.start() - 3) : match.start()]
    if listed or start % 10 or start < 10 or (100 <= start < 1000):
        return None
    first = int(start) + (1900 if start < 100 else 0)
    return period(f"{first}/{first + 9}")


def _century(match: Match, of: Sentence) -> Draft | None:
    first = given(match, "first", of)
    last = optional(match, "last", of) or first
    numbers = [int(worth(first)), int(worth(last))]
    if first.role in "dn" and numbers[0] < 10 and not match["hyphen"] and "j" not in match[0]:
        return None
    if not 1 <= numbers[0] <= numbers[1] <= 30:
        return None
    return period(f"{(numbers[0] - 1) * 100 + 1:04d}/{numbers[1] * 100:04d}")


def _year(match: Match, of: Sentence) -> Draft | None:
    groups, lead = match.groupdict(), lead_of(match, of)
    comparator = "="
    if groups.get("case") == "l" or lead in {"T", "L"}:
        comparator = "<="
    elif groups.get("since") or lead in {"F", "S"}:
        comparator = ">="
    return period(_year_in(match, of), comparator)


_YEAR_BEFORE = re.compile(r"y,?&?$")


def _bare_year(match: Match, of: Sentence) -> Draft | None:
    """Read four digits alone: a year where one may be expected, else a count.

    Nothing counted follows a year ("in 2018,"), or a word does that leads to one stands before it and it is
    no round number ("in 2018 exports", but "to 2000 schools").
    """
    value, lead = int(worth(given(match, "year", of))), lead_of(match, of)
    if not 1700 <= value <= 2100 or lead in set("B$I"):
        return None
    listed = _YEAR_BEFORE.search(of.roles[max(0, match.start() - 3) : match.start()])
    expected = lead in set("v(MN") or (lead in set("FSTLp") and value % 100)
    if of.roles[match.end() : match.end() + 1] == "x" and not (expected or listed or _names_year(match, of)):
        return None
    return _year(match, of)


def _names_year(match: Match, of: Sentence) -> bool:
    """Tell a year by the noun beside it: "its 2024 forecast", "Agenda 2030 goals"; what is counted is in the plural."""
    rules, before = of.words.rules, of.tokens[match.start() - 1].spelt if match.start() else ""
    singular = bool(rules.plural) and not of.tokens[match.end()].spelt.endswith(rules.plural)
    owned = bool(rules.plural) and before.endswith(APOSTROPHE + rules.plural)
    return before in rules.year_after or owned or (singular and int(worth(given(match, "year", of))) % 100 != 0)


def _named_period(match: Match, of: Sentence) -> Draft | None:
    return period(of.tokens[match.start()].value)


# What each shape of a time states.
DATES: dict[str, Meaning] = {
    "dated": _dated,
    "century": _century,
    "days": _days,
    "month_day": _month_day,
    "part": _part,
    "part_alone": _part_alone,
    "months_of": _months_of,
    "quarters_of": _quarters_of,
    "months": _months,
    "years": _years,
    "decade": _decade,
    "year": _year,
    "bare_year": _bare_year,
    "named_period": _named_period,
}
