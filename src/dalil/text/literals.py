"""What is written in digits and marks alone: dates, clock times, codes, fractions, powers, FY24."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from dalil.text.grammar import Grammar
from dalil.text.numerals import fraction, power

# Roles of what is written in digits: a small whole number (1 to 31), one that may be a year, any other.
SMALL, YEAR, OTHER = "d", "y", "n"
LEADER = "z"  # the 1. that begins an item of a list
DATED, CITATION, IDENTIFIER, ROMAN = "1", "3", "4", "R"
PERIOD = "6"
# Runs of digits longer than this name something; they do not count it.
LONGEST_NUMBER = 30


def _dated(text: str, words: Grammar) -> tuple[str, Any]:
    """Read 15.03.2018, 15/03/2018 or 2018-03-15; the month may come first where that is the custom."""
    if "-" in text:
        year, month, day = map(int, text.split("-"))
    else:
        day, month, year = map(int, text.replace("/", ".").split("."))
        if month > 12 or ("/" in text and words.rules.month_first and day <= 12):
            day, month = month, day
    try:
        return DATED, date(year, month, day).isoformat()
    except ValueError:
        return IDENTIFIER, Decimal(year)


def _clock(text: str, _: Grammar) -> tuple[str, Any]:
    hours, *rest = re.findall(r"\d+", text)
    hour = int(hours)
    if half := re.search("[AaPp]", text):
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    return DATED, ":".join([f"T{hour:02d}", *(rest or ["00"])])


def _named_period(text: str, _: Grammar) -> tuple[str, Any]:
    """Read FY24, 3Q23, H1 2024 or 9М 2023 as a period of the calendar year of that number."""
    part, letter = re.fullmatch(r"(?:(\d{1,2})?[^\W\d]+\.?)?.*", text), re.search("[QКкHПMМ]", text)
    years = [int(year) for year in re.findall(r"\d{4}|\d\d(?!\d)", text[2:])]
    first, *others = [year if year > 99 else year + (2000 if year < 70 else 1900) for year in years]
    if text.startswith("FY") or letter is None or part is None:
        return PERIOD, f"{first}/{others[0]}" if others else f"{first}"
    number = int(part[1] or text[1])
    length = {"Q": 3, "К": 3, "к": 3, "H": 6, "П": 6}.get(letter[0])
    start, end = (1, number) if length is None else ((number - 1) * length + 1, number * length)
    return PERIOD, f"{first}-{start:02d}/{first}-{end:02d}"


def _code(text: str, _: Grammar) -> tuple[str, Any]:
    return IDENTIFIER, Decimal("".join(filter(str.isdecimal, text))[:LONGEST_NUMBER])


def _fraction(text: str, _: Grammar) -> tuple[str, Any]:
    number = fraction(text)
    if number is None:
        return IDENTIFIER, Decimal("".join(filter(str.isdecimal, text)))
    return ("f" if number.value < 1 else OTHER), number


def _power(text: str, _: Grammar) -> tuple[str, Any]:
    return OTHER, power(text)


# What each kind of literal is for, and its value.
LITERALS: dict[str, Callable[[str, Grammar], tuple[str, Any]]] = {
    "dated": _dated,
    "clock": _clock,
    "code": _code,
    "period": _named_period,
    "fraction": _fraction,
    "power": _power,
}
