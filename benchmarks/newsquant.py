"""Scores the reader on NewsQuant, news sentences that others labelled, as its authors count.

    python benchmarks/newsquant.py NewsQuant.json

The data are not part of the project: Almasian, Kazakova, Göldner and Gertz, *CQE: A Comprehensive Quantity Extractor*,
EMNLP 2023, github.com/satya77/CQE_Evaluation, data/formatted_test_set/NewsQuant.json. They count otherwise than this
project does, and what is read is told their way here: no dates, names, ranks, results of games or factors; the two ends
of a change are a range; "one" of something counts, "hundreds" are 100 to 1,000; shares are per cents, coins are coins;
units have English names, and what is counted is its own unit, told by the words after the number.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from math import isclose
from pathlib import Path
from typing import Any

from dalil.text.quantities import Quantity, read_numerals

Value = tuple[float, ...]
Told = tuple[Value, str]

_LEFT_OUT = {"date", "period", "ordinal", "rank", "citation", "identifier", "factor", "idiom"}
_PERCENT, _COINS = re.compile(r"%|per ?cent|pc\b"), re.compile(r"\bcents?\b|\bpence\b|\d ?p\b")
_ONE = re.compile(r"\bone\b(?! another| day\b| by\b|[-’'])", re.IGNORECASE)
_RESULT = re.compile(r"(?<![\w.,$-])\d{1,3}-\d{1,3}(?![\w%.-]*[\d%])(?=$|[ ,.;])")
_MANY = {"dozens": 12, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9}
_VAGUE = re.compile(rf"\b(tens of |hundreds of )?({'|'.join(_MANY)})\b", re.IGNORECASE)
_UNITS = {
    "USD": "dollar", "EUR": "euro", "GBP": "pound sterling", "JPY": "japanese yen", "CNY": "chinese yuan",
    "AUD": "australian dollar", "CAD": "canadian dollar", "HKD": "hong kong dollar", "SGD": "singapore dollar",
    "NZD": "new zealand dollar", "MYR": "malaysian ringgit", "ILS": "shekel", "INR": "indian rupee",
    "mi": "mile", "in": "inch", "ft": "foot", "yd": "yard", "km": "kilometre", "m": "metre", "cm": "centimetre",
    "mm": "millimetre", "mph": "mile per hour", "km/h": "kilometre per hour", "m/s": "metre per second",
    "hp": "horsepower", "lb.ft": "pound-foot", "N.m": "newton-metre", "rpm": "revolutions per minute",
    "mpg": "mile per gallon", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte",
    "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "L": "litre", "mL": "millilitre",
    "kg": "kilogram", "g": "gram", "mg": "milligram", "lb": "pound-mass", "oz": "ounce", "t": "ton",
    "ha": "hectare", "m2": "square metre", "ft2": "square foot", "km2": "square kilometre", "mi2": "square mile",
    "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "kWh": "kilowatt-hour", "dB": "decibel",
    "bbl": "barrel", "gal": "gallon", "kn": "knot", "year": "year", "month": "month", "week": "week", "day": "day",
    "h": "hour", "min": "minute", "s": "second", "°C": "celsius", "°F": "fahrenheit",
}  # fmt: skip
_WORD = re.compile(r"[ -]?([A-Za-z][\w’'-]*)")
# What ends the words for what is counted.
_STOPS = frozenset(
    re.findall(
        r"\w+",
        """
    a about above according after against ago all also although an and are as at away be because been before
    behind being below between but by can could did do does down during each every for from had has have he
    her him his how i if in including into is it its just last least less like may might more most much my
    near next no nor not now of off on once only onto or our out over own per she should since so some such
    than that the their them then there these they this those through to together too toward towards under
    until up us was we were what when where which while who whose will with within without would you your
    """,
    )
)


def told(text: str) -> Iterator[Told]:
    """Read a sentence, and tell its quantities the way NewsQuant does."""
    numerals = read_numerals(text, "en")
    results = [match.span() for match in _RESULT.finditer(text)]
    start: Quantity | None = None
    for one in numerals:
        result = any(first <= one.start < last for first, last in results) and one.unit == "item"
        if one.kind in _LEFT_OUT or one.value is None or result or one.text.lower() == "both":
            continue
        if one.change == "from":
            start = one
            continue
        ends = [one.low, one.high] if _is_range(one) else [one.value]
        if one.change == "to" and start is not None:
            ends, start = [start.value, one.value], None
        factor = _printed(one)
        yield tuple(float(end) * factor for end in ends if end is not None), _unit(text, one)
    if start is not None and start.value is not None:
        yield (float(start.value) * _printed(start),), _unit(text, start)
    read = [(one.start, one.end) for one in numerals if one.kind != "idiom"]
    for match in _ONE.finditer(text):
        if not any(first <= match.start() < last for first, last in read):
            yield (1.0,), _counted(text, match.end())
    for match in _VAGUE.finditer(text):
        least = _MANY[match[2].lower()] * {"": 1, "tens of ": 10, "hundreds of ": 100}[(match[1] or "").lower()]
        yield (least, least * 10), _counted(text, match.end(), of=True)


def _is_range(one: Quantity) -> bool:
    """Tell a range that was printed from the bounds of one number."""
    if one.low is None or one.high is None:
        return False
    return bool(re.search(r"\d\D*\s*(?:-|–|to|and|or)\s*\D*\d|\w+ (?:to|or) \w+", one.text)) and one.low < one.high


def _printed(one: Quantity) -> float:
    """What turns a value into the number that was printed."""
    said = one.text.lower()
    if one.kind == "percentage_point":
        return 1e2 if "basis" in said or "bp" in said else 1
    if one.kind == "percent":
        return 1e2 if _PERCENT.search(said) else 1
    return 1e2 if one.kind == "money" and _COINS.search(said) else 1


def _unit(text: str, one: Quantity) -> str:
    """Name a unit as NewsQuant does."""
    said = one.text.lower()
    if one.kind == "percent":
        return "percentage" if _PERCENT.search(said) else f"% {_counted(text, one.end, of=True)}"
    if one.kind == "percentage_point":
        return "basis point" if "basis" in said or "bp" in said else "percentage point"
    if one.kind == "money" and _COINS.search(said):
        return "cent" if "cent" in said else "pence"
    if one.unit == "year" and re.search("old|age", text[one.start : one.end + 5]):
        return "year of age"
    if one.unit in _UNITS:
        per = re.match(r" (?:per|an?) (\w+)(?! earlier| ago| before)", text[one.end :])
        degrees = one.unit == "°C" and "c" not in said.replace("degree", "")
        return ("degree" if degrees else _UNITS[one.unit]) + (f" per {per[1]}" if per else "")
    if one.unit == "person" and said.endswith("people"):
        return "people"
    return _counted(text, one.end)


def _counted(text: str, place: int, of: bool = False) -> str:
    """The words for what is counted from a place on, the last without its plural."""
    if of or text[place : place + 4] == " of ":
        place += len(text[place:]) - len(re.sub(r"^ of (?:the |its |their )?", "", text[place:]))
    words: list[str] = []
    while (match := _WORD.match(text, place)) and match[1].lower() not in _STOPS and not match[1].endswith("ly"):
        place = match.end()
        if not match[1].endswith(("ed", "ing")):
            words.append(match[1])
        elif words:
            break
    if not words:
        return "-"
    last = words[-1].lower()
    last = last[:-3] + "y" if last.endswith("ies") else re.sub("(?<=[^s])s$", "", last)
    return " ".join([*words[:-1], last]).lower()


def labelled(entry: dict[str, Any]) -> Told:
    """A label of NewsQuant: its value, or both ends of it, and its unit."""
    value = entry["value"]
    ends = value.split("-") if "-" in value[1:] and "E" not in value and value[0] != "-" else [value]
    return tuple(float(end) for end in ends), entry["normalized_unit"].lower()


def right(gold: Iterable[Told], found: Iterable[Told]) -> tuple[int, int]:
    """Count what is right by value, and by value and unit; each is counted once."""
    missed, rest = [], list(found)
    both = value = 0
    for one in gold:
        same = next((other for other in rest if _alike(one[0], other[0]) and one[1] == other[1]), None)
        if same:
            rest.remove(same)
            both += 1
        else:
            missed.append(one)
    for one in missed:
        near = next((other for other in rest if _alike(one[0], other[0])), None)
        if near:
            rest.remove(near)
            value += 1
    return both + value, both


def _alike(one: Value, other: Value) -> bool:
    return len(one) == len(other) and all(
        isclose(a, b, rel_tol=1e-5, abs_tol=1e-8) for a, b in zip(one, other, strict=True)
    )


def main() -> None:
    """Print precision, recall and F1 by value, and by value and unit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="NewsQuant.json")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="misread sentences to show")
    options = parser.parse_args()
    there = read = value = both = 0
    wrong: list[str] = []
    for sentence in json.loads(options.file.read_text(encoding="utf-8")):
        gold, found = [labelled(entry) for entry in sentence["quantities"]], list(told(sentence["text"]))
        counts = right(gold, found)
        there, read, value, both = there + len(gold), read + len(found), value + counts[0], both + counts[1]
        if counts[1] < max(len(gold), len(found)):
            wrong.append(f"{sentence['text']}\n  labelled: {gold}\n  read:     {found}")
    for name, count in (("value", value), ("value and unit", both)):
        print(f"{name}: P {count / read:.3f}, R {count / there:.3f}, F1 {2 * count / (read + there):.3f}")
    print("\n".join(wrong[: options.worst]))


if __name__ == "__main__":
    main()
