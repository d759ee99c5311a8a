"""A language's words for quantities, loaded from its data file: what each word is for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from dalil.errors import InputError, nearest
from dalil.project import GRAMMARS, shown
from dalil.text import currencies
from dalil.text.cleaning import APOSTROPHE, APOSTROPHES
from dalil.text.rules import Rules
from dalil.yamlfile import read_yaml


@dataclass(frozen=True)
class Unit:
    """A unit of measurement: symbol, kind of quantity, and the factor to the base unit."""

    symbol: str
    kind: str
    scale: Decimal = Decimal(1)


# What a word can be for. Each part of a grammar file gives its words one role, and a role is one letter,
# so that a sentence becomes a short string over which the shapes of phrases are patterns (see phrases.py).
ROLES = {
    "numerals": "w",  # two, ikki, два
    "scales": "s",  # thousand, ming, тыс.
    "articles": "e",  # "a" in "a million"
    "halves": "h",  # half, yarim
    "fractions": "f",  # third(s), quarter(s), треть
    "ordinals": "o",  # first, birinchi, первый
    "ordinal_marks": "j",  # the -th of 5th, -й of 5-й: only where they touch digits
    "decade_marks": "E",  # the s of 1990s, likewise
    "negatives": "_",  # minus
    "vague": "q",  # several, bir necha: what follows is no number
    "counters": "i",  # ta, dona, pieces
    "factors": "X",  # barobar, -fold
    "multiples": "W",  # doubled, вдвое
    "times": "Z",  # times, marta, раз: a factor or a number of occasions
    "years": "Y",
    "short_years": "Y",  # г.: a year, and after a number that is none a gram
    "decades": "E",  # yillar, годы, the s of 1990s
    "months": "M",
    "month_words": "O",
    "quarters": "Q",
    "half_years": "H",
    "centuries": "C",
    "from": "F",
    "between": "K",
    "to": "T",
    "until": "L",
    "since": "S",
    "and": "&",
    "prepositions": "v",
    "of": "p",
    "scales_or_units": "b",  # m: million or metre
    "bounds_before": "B",
    "bounds_after": "A",  # after a case ending: 30 dan ortiq
    "bounds_beside": "V",  # right after: 30 atrofida, 30 or more
    "cases": "a",  # -dan, -ga, -gacha, also apart; the letter is the case's own
    "units": "U",
    "signs": "$",  # units that may stand before the number
    "people": "P",
    "wholes": "g",  # "of the population" before a number
    "labels": "I",  # №, article, modda: the number is a name
    "places": "J",  # place, oʻrin
    "ranks": "k",  # top, ranked
    "compared": "N",  # nisbatan, compared with
    "up": "+",
    "down": "+",
    "firsts": "5",  # dastlabki, ilk: before a number of months
    "each": "7",  # every, каждый, har: a share
    "turn": "+",  # changed, moved: from one value to another, up or down
    "bring": "+",  # довести, yetkazmoq: to a value
    "reach": "+",
    "idioms": "!",
    "not_numerals": "x",  # words that only look like one
}
# Parts of a grammar file that list units.
_WITH_UNITS = ("units", "signs", "short_years", "scales_or_units")
# Parts whose words count only where they touch digits.
_TOUCHING = ("ordinal_marks", "decade_marks")
_DURATIONS = {"years": "year", "decades": "year", "month_words": "month", "centuries": "year"}


@dataclass(frozen=True)
class Word:
    """What a word is for: its role, what it is worth, and the endings that are tokens of their own.

    ``endings`` holds the role and the number of letters of each, in their order at the word's end.
    """

    role: str
    value: Any = None
    endings: tuple[tuple[str, int], ...] = ()


UNKNOWN = Word("x")


@dataclass(frozen=True)
class Phrase:
    """Several words that have one role together; ``second`` is the second of them, if it has one form only."""

    words: tuple[Callable[[str], object], ...]
    word: Word
    second: str = ""


class Grammar:
    """One language's words, and its rules.

    ``spell`` writes a word its way, ``word`` looks one up, ``phrases`` lists those that begin with one.
    """

    def __init__(self, language: str, rules: Rules) -> None:
        self.language, self.rules = language, rules
        self.exact: dict[str, Word] = {}
        self.inflected: dict[str, Word] = {}
        self.open_ended: dict[str, Word] = {}
        self.touching: dict[str, Word] = {}
        self.codes: dict[str, Word] = {}
        # Phrases by their first word, and those of which it may have endings.
        self.starting: dict[str, list[Phrase]] = {}
        self.several: list[Phrase] = []
        self.endings = re.compile(rules.endings, re.VERBOSE)
        self._cases = re.compile(rules.case_endings, re.VERBOSE)
        self._letters = str.maketrans({**rules.letters, **dict.fromkeys(APOSTROPHES, APOSTROPHE)})
        self.spell = lru_cache(maxsize=100_000)(self._spell)
        self.word = lru_cache(maxsize=100_000)(self._word)
        self.phrases = lru_cache(maxsize=100_000)(self._phrases)

    def _spell(self, raw: str) -> str:
        """Write a word the way the grammar does: small letters, one apostrophe, one alphabet.

        Examples
        --------
        >>> grammar("uz-Cyrl").spell("Йигирма")
        'yigirma'
        """
        small = raw.lower()
        for letter, written in self.rules.initials.items():
            if small.startswith(letter):
                small = written + small[len(letter) :]
        return small.translate(self._letters)

    def _word(self, spelt: str) -> Word:
        if spelt in self.exact:
            return self.exact[spelt]
        if len(spelt) > LONGEST_WORD:
            return UNKNOWN
        for cut in range(len(spelt), 0, -1):
            stem, rest = spelt[:cut], spelt[cut:]
            if (found := self.inflected.get(stem)) and (ending := self.endings.fullmatch(rest)):
                return self._with_case(found, ending)
            if found := self.open_ended.get(stem):
                return found
        case = self._cases.search(spelt)
        return self._with_case(UNKNOWN, case) if case and case.start() > 1 else UNKNOWN

    def _phrases(self, spelt: str) -> list[Phrase]:
        return [*self.starting.get(spelt, ()), *(phrase for phrase in self.several if phrase.words[0](spelt))]

    @staticmethod
    def _with_case(word: Word, ending: re.Match[str]) -> Word:
        starts = sorted((ending.start(name), name) for name, text in ending.groupdict().items() if text)
        if not starts:
            return word
        ends = [start for start, _ in starts[1:]] + [ending.end()]
        parts = tuple((name, end - start) for (start, name), end in zip(starts, ends, strict=True))
        return Word(word.role, word.value, parts)


# No word of interest is longer, endings included; anything longer is not looked at.
LONGEST_WORD = 40


@lru_cache
def grammar(language: str) -> Grammar:
    """Load the grammar of a language.

    Raises
    ------
    InputError
        There is no such grammar.

    Examples
    --------
    >>> grammar("uz").word("yigirma").value
    Decimal('20')
    """
    if language not in languages():
        raise InputError.of(f'language "{language}"', [nearest(language, [*languages(), "auto"])])
    data = _data(language)
    loaded = Grammar(language, _rules(language, data))
    for text, word in _entries(data):
        _enter(loaded, text, word)
    for text, word in _entries(data) if loaded.rules.plain_letters else ():
        plain = _plain(text, loaded.rules.plain_letters)
        if plain != text and word.role in _PLAIN and len(plain) > _SHORTEST_PLAIN:
            _enter(loaded, plain, word)
    _enter_currencies(loaded)
    for part in _TOUCHING:
        loaded.touching |= {text: Word(ROLES[part]) for text in data.get(part, [])}
    return loaded


# What is still known when it is written in plain letters, if it is so long that no other word is written so.
_PLAIN = set("wsoUBAVi+")
_SHORTEST_PLAIN = 4


def _plain(text: str, letters: dict[str, str]) -> str:
    for letter, written in letters.items():
        text = text.replace(letter, written)
    return text


def _enter_currencies(into: Grammar) -> None:
    """File the codes, signs and names of all currencies that the grammar has not."""
    for code in currencies.plain_codes():
        if into.word(code.lower()).role == "x":
            into.codes[code] = Word("$", Unit(code, "money"))
    into.word.cache_clear()
    for sign, code in currencies.signs().items():
        _enter(into, sign, Word("$", Unit(code, "money")))
    for name, code in currencies.names(into.rules.writes or into.language):
        spelt = into.spell(name)
        if " " in spelt or into.word(spelt.rstrip("*")).role == "x":
            _enter(into, spelt, Word("U", Unit(code, "money")))
    into.word.cache_clear()


@lru_cache
def _data(language: str) -> dict[str, Any]:
    """Read a grammar file; one that writes another language in other letters has that one's words."""
    data = dict(read_yaml(GRAMMARS / f"{language}.yml"))
    if parent := data.get("writes"):
        words = _data(parent)
        return {**words, **data, "letters": {**words["letters"], **data["letters"]}}
    return data


def _rules(language: str, data: dict[str, Any]) -> Rules:
    """Take the settings out of a grammar file; refuse what is neither a setting nor a part."""
    try:
        return Rules.model_validate({name: value for name, value in data.items() if name not in ROLES})
    except ValidationError as error:
        known = [*Rules.model_fields, *ROLES]
        problems = []
        for detail in error.errors():
            name = str(detail["loc"][0])
            hint = nearest(name, known) if detail["type"] == "extra_forbidden" else detail["msg"]
            problems.append(f"{name}: {hint}")
        raise InputError.of(shown(GRAMMARS / f"{language}.yml"), problems) from None


@lru_cache
def rules_of(language: str) -> Rules:
    """The settings of a language alone, without its words.

    Examples
    --------
    >>> rules_of("ru").decimal_comma
    True
    """
    return _rules(language, _data(language))


@lru_cache
def languages() -> tuple[str, ...]:
    """Name the languages that have a grammar.

    Examples
    --------
    >>> languages()
    ('en', 'ru', 'uz', 'uz-Cyrl')
    """
    return tuple(sorted(path.stem for path in GRAMMARS.glob("*.yml")))


@lru_cache
def units() -> frozenset[str]:
    """Name every unit that a quantity can have in some language.

    Examples
    --------
    >>> {"USD", "person", "ratio", "km"} <= units()
    True
    """
    entries = [entry for name in languages() for part in _WITH_UNITS for entry in _data(name).get(part, [])]
    named = {entry["unit"] for entry in entries if "unit" in entry}
    return frozenset(named | currencies.codes() | {"item", "factor", "rank", "date", "year", "month"})


def _entries(data: Any) -> Iterator[tuple[str, Word]]:
    """List every word of a grammar file with what it is for."""
    for part, role in ROLES.items():
        words: Any = data.get(part, {}) if part not in _TOUCHING else {}
        if part in _WITH_UNITS[:3]:
            for entry in words:
                unit = Unit(entry["unit"], entry["kind"], Decimal(str(entry.get("scale", 1))))
                yield from ((text, Word(role, unit)) for text in _listed(entry["words"]))
        elif part == "scales_or_units":
            for entry in words:
                both = (Decimal(str(entry["scale"])), Unit(entry.get("unit", ""), entry.get("kind", "")))
                yield from ((text, Word(role, both)) for text in _listed(entry["words"]))
        elif part == "cases":
            yield from ((text, Word(case)) for case, texts in words.items() for text in _listed(texts))
        elif part in _DURATIONS:
            unit = Unit(_DURATIONS[part], "measure", Decimal(100 if part == "centuries" else 1))
            yield from ((text, Word(role, unit)) for text in _listed(words))
        elif part in {"up", "down", "turn", "bring", "reach"}:
            yield from ((text, Word(role, part)) for text in _listed(words))
        elif isinstance(words, dict):
            for text, value in words.items():
                worth = value if isinstance(value, str) else Decimal(f"{Decimal(str(value)).normalize():f}")
                yield from ((one, Word(role, worth)) for one in _listed(text))
        else:
            yield from ((text, Word(role)) for text in _listed(words))


def _listed(words: str | Sequence[str]) -> list[str]:
    """Split a text of words apart by commas; a list is one already."""
    return [word.strip() for word in words.split(",")] if isinstance(words, str) else [str(word) for word in words]


def _enter(into: Grammar, text: str, word: Word) -> None:
    """File a word: as it stands, with ``*`` in any of the language's endings, with ``+`` however it goes on."""
    parts = text.replace("'", APOSTROPHE).lower().split()
    if len(parts) > 1:
        second = "" if parts[1][-1] in "*+" else parts[1]
        phrase = Phrase(tuple(_matcher(into, part) for part in parts), word, second)
        (into.several if parts[0][-1] in "*+" else into.starting.setdefault(parts[0], [])).append(phrase)
        return
    (part,) = parts
    if part.endswith("*") and part != "*":
        into.inflected.setdefault(part[:-1], word)
    elif part.endswith("+") and part != "+":
        into.open_ended.setdefault(part[:-1], word)
    else:
        into.exact.setdefault(part, word)


def _matcher(of: Grammar, part: str) -> Callable[[str], object]:
    """Make the test of one word of a phrase."""
    if part.endswith("*"):
        return re.compile(rf"{re.escape(part[:-1])}{of.endings.pattern}", re.VERBOSE).fullmatch
    if part.endswith("+"):
        stem = part[:-1]
        return lambda spelt: spelt.startswith(stem)
    return part.__eq__
