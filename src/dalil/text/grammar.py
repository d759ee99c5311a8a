"""A language's way of writing quantities, loaded from its data file and compiled to patterns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dalil.errors import InputError, nearest
from dalil.paths import GRAMMARS
from dalil.yamlfile import read_yaml


@dataclass(frozen=True)
class Unit:
    """A unit of measurement: symbol, kind of quantity, and the factor to the base unit."""

    symbol: str
    kind: str
    scale: Decimal


@dataclass(frozen=True)
class Grammar:
    """Words of one language and the patterns built from them; patterns are tried in order."""

    numerals: dict[str, int]
    scales: dict[str, Decimal]
    units: dict[str, Unit]
    whole_before: dict[str, str]
    months: dict[str, int]
    comparators_before: dict[str, str]
    comparators_after: dict[str, str]
    idioms: dict[str, str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache
def grammar(language: str) -> Grammar:
    """Load the grammar of a language.

    Raises
    ------
    InputError
        There is no such grammar.

    Examples
    --------
    >>> grammar("uz").numerals["ikki"]
    2
    """
    known = [path.stem for path in GRAMMARS.glob("*.yml")]
    if language not in known:
        raise InputError.of(f'language "{language}"', [nearest(language, known)])
    data = read_yaml(GRAMMARS / f"{language}.yml")
    return Grammar(
        numerals=dict(data["numerals"]),
        scales={word: Decimal(str(value)) for word, value in data["scales"].items()},
        units={
            word.lower(): Unit(entry["unit"], entry["kind"], Decimal(str(entry.get("scale", 1))))
            for entry in data["units"]
            for word in entry["words"]
        },
        whole_before=dict(data["whole_before"]),
        months=dict(data["months"]),
        comparators_before=dict(data["comparators_before"]),
        comparators_after=dict(data["comparators_after"]),
        idioms=dict(data["idioms"]),
        patterns=tuple((name, re.compile(pattern, re.VERBOSE)) for name, pattern in _patterns(data)),
    )


def either(words: Iterable[str]) -> str:
    """Make a pattern that matches any of ``words``, the longest first, over any white space.

    Examples
    --------
    >>> either(["abc", "a bc"])
    '(?:a\\\\s+bc|abc)'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def _patterns(data: Any) -> list[tuple[str, str]]:
    """Write the patterns of a language, most particular first."""
    letters = r"[^\W\d_]"
    noun = rf"{data['noun_endings']}(?!{letters})"
    digits = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
    endings = "|".join(data["numeral_endings"])
    own_words = rf"(?!{either(data['not_numerals'])}\b)"
    word = rf"{own_words}{either(data['numerals'])}(?:{endings})?(?!{letters}|-{letters})"
    words = rf"\b(?:{either(data['numerals'])}\s+)*{word}"
    year = rf"(?P<year>\d{{4}})[-\s]*{either(data['year'])}"
    units = either(word.lower() for entry in data["units"] for word in entry["words"])
    cases = either(data["comparator_cases"])
    in_case = "|".join(rf"(?<={re.escape(case)})" for case in data["comparator_cases"])
    return [
        ("citation", r"\[(?P<mark>\d+)\]"),
        ("ordinal", rf"\b(?P<words>{either(data['numerals'])})(?:{'|'.join(data['ordinal_endings'])}){letters}*"),
        ("idiom", rf"\b(?P<idiom>{either(data['idioms'])}){letters}*(?:-{letters}+)?"),
        (
            "day",
            rf"{year}{noun}\s+(?P<day>0?[1-9]|[12]\d|3[01])(?:-(?P<day_to>0?[1-9]|[12]\d|3[01]))?[-\s]*"
            rf"(?P<month>{either(data['months'])}){noun}",
        ),
        ("months", rf"{year}{noun}\s+(?P<count>1[0-2]|[1-9]|{words})\s+{either(data['month'])}{noun}"),
        (
            "years",
            rf"(?<!\d)(?P<year>[12]\d{{3}})\s*[-–]\s*(?P<year_to>[12]\d{{3}})(?!\d)"
            rf"(?:[-\s]*{either(data['year'])}{noun}\.?)?",
        ),
        (
            "year",
            rf"{year}(?:(?P<until>{either(data['until'])})(?!{letters})|{noun})(?:\s+(?P<since>{either(data['since'])}))?",
        ),
        ("rank", rf"\b{either(data['rank_before'])}[-\s]*(?P<digits>{digits})"),
        (
            "amount",
            rf"(?:(?P<before>{either(data['comparators_before'])})\s+)?"
            rf"(?:(?P<digits>{digits})|(?P<words>{words}))"
            rf"(?:[-\s]*(?P<scale>{either(data['scales'])}\.?)(?:ta)?{noun})?"
            rf"(?:[-\s]*(?P<unit>{units}){noun})?"
            rf"(?:(?:\s*-?{letters}*{cases}|{in_case})\s+(?P<after>{either(data['comparators_after'])}){letters}*)?",
        ),
    ]
