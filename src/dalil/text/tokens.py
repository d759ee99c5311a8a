"""Characters to tokens: words with what they are for, printed numbers, and marks, each with its place."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from dalil.text.cleaning import APOSTROPHES
from dalil.text.grammar import LONGEST_WORD, UNKNOWN, Grammar, Word
from dalil.text.literals import (
    CITATION,
    IDENTIFIER,
    LEADER,
    LITERALS,
    LONGEST_NUMBER,
    OTHER,
    ROMAN,
    SMALL,
    YEAR,
)
from dalil.text.numerals import GLYPHS, SPACES, Number, printed


@dataclass(slots=True)
class Token:
    """A word, a number or a mark; ``role`` is one letter, of ``grammar.ROLES`` or one of those below."""

    role: str
    start: int
    end: int
    spelt: str = ""
    value: Any = None


# Case endings, split from their words: from (-dan), up to (-gacha), to (-ga).
CASES = "alt"


_DASHES = "-–—−‐‑"
_SIGN = r"(?:(?<![\w%°)\]}])(?:\+/[-–−]|[-–+±]|−\s?)(?=\d))?"
# Fractions and raised digits count as letters to Python.
_LETTER = r"[^\W\d_½¼¾⅓⅔⅛⅕⁰¹²³⁴⁵⁶⁷⁸⁹]"
_SCAN = re.compile(
    rf"""
    (?P<period> (?<![\w$€£.,])(?:FY[ ]?(?:20)?\d\d(?:[/–-](?:20)?\d\d)?
              | (?:[1-4](?:Q|К|кв\.?)|[12][HП]|(?:1[0-2]|[1-9])[MМ]|[QH][1-4])[ ]?
                (?:FY[ ]?(?:20)?\d\d|(?:20|19)\d\d|(?<=[QКHПMМ])\d\d))(?!\w|[-–/]\d\d(?!\d)))
  | (?P<word> {_LETTER}+(?:[{APOSTROPHES}\u00ad]{_LETTER}+)*(?:(?<=[oOgG])[{APOSTROPHES}](?!\w))?)
  | (?P<gap> \s+)
  | (?P<citation> \[\s*\d{{1,4}}\s*(?:-[\w.\s-]{{1,30}})?(?:[–,;:][\w.\s-]{{1,30}}){{0,8}}\])
  | (?P<dated> (?<![\d.,/-])(?:\d{{1,2}}(?P<stroke>[./])\d{{1,2}}(?P=stroke)[12]\d{{3}}|[12]\d{{3}}-[01]\d-[0-3]\d)
               (?![\d/]|[.,-]\d))
  | (?P<contact> (?<![\w.,-])(?:(?:(?:\(\d{{2,5}}\)|\d{{2,4}})[ -]?)?\d{{3}}-\d\d-\d\d
                               |(?:\(\d{{2,5}}\)[ ]?|\d{{3}}-)\d{{3}}-\d{{4}})(?![\w-])
                | \+(?!\d{{1,3}}(?:{SPACES}\d{{3}})+(?!{SPACES}?[\d(-]))\d[\d\s()-]{{7,20}}\d
                | \d{{1,3}}(?:[.,]\d{{1,6}})?[ ]?°[ ]?(?:\d{{1,2}}[ ]?['′’][ ]?)?(?:\d{{1,2}}[ ]?["″”][ ]?)?
                  (?:[NEW](?!\w)|S(?=[, ]{{1,2}}\d{{1,3}}(?:[.,]\d+)?[ ]?°)|[сю]\.[ ]?ш\.|[вз]\.[ ]?д\.))
  | (?P<pair> (?<![\w%°)\]}}.,])(?P<same>[-–−+])\d{{1,2}}(?P=same)\d{{1,2}}
              (?=[ ]?(?:°|град|гр|grad|daraja|даража|C\b|С\b)))
  | (?P<dots> (?:\.{{2,3}}|…)(?=\s?[-–−+]?\d))
  | (?P<clock> (?<![\d:.,])(?:1[0-2]|[1-9])(?::[0-5]\d)?[ ]?[AaPp](?:[Mm](?!\w)|\.[ ]?[Mm](?!\w)(?:\.(?!\s+[A-Z]))?)
            | (?<![\d:.,])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:]))
  | (?P<code> (?<![\d:.,])\d{{1,3}}:\d{{1,3}}(?![\d:]) | (?<![\d.,])\d{{1,3}}\.\d{{1,2}}(?:\.\d{{1,3}})+(?!\d)
            | 10\.\d{{4,9}}/\S{{1,100}})
  | (?P<fraction> (?<![\d.,/])(?:\d{{1,6}}{SPACES})?\d{{1,2}}/\d{{1,3}}(?!\d|[/.,]\d)
                | (?<![\d.,])(?:\d{{1,6}}{SPACES}?)?[{GLYPHS}])
  | (?P<power> (?<![\d.,])(?:\d{{1,30}}(?:[.,]\d{{1,30}})?\s?[·×x*⋅]\s?)?
               10(?:\^\(?[-−+]?\d{{1,3}}\)?|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})(?!\d)
             | (?<![\d.,])\d{{1,30}}(?:[.,]\d{{1,30}})?[eE][+-]?\d{{1,3}}(?!\w))
  | (?P<number> {_SIGN}(?:\d{{1,3}}(?:(?P<between>{SPACES}|[{APOSTROPHES}.,])\d{{3}}(?:(?P=between)\d{{3}})*(?!\d)
                                    |[ ]?\n\s?\d{{3}}(?=[ ]{_LETTER}))(?:[.,]\d+)?
                       |\d{{1,2}}(?:,\d\d){{1,4}},\d{{3}}(?![\d,])|\d+(?:[.,]\d+)?|[.,]\d+))
  | (?P<mark> .)
    """,
    re.VERBOSE | re.DOTALL,
)
# Letters with digits after them, all one name: Covid-19, PF-4947, km2.
_NAME = re.compile(
    rf"(?:{_LETTER}{{1,12}}[-–])?{_LETTER}{{1,12}}[-–]?\d{{1,30}}(?:[-/.]\d{{1,30}}){{0,5}}{_LETTER}?(?![\w%])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}")
# A word broken at a line's end.
_BROKEN = re.compile(rf"-[ ]?\n\s{{0,3}}({_LETTER}{{1,{LONGEST_WORD}}})")
# "2022- yil": a hyphen belongs to the digits before it.
_LOOSE = re.compile(rf"\d[{_DASHES}][^\S\n]{{1,3}}{_LETTER}")
# "43, 7 foiz": a space that was left in after the comma of a decimal.
_STRAY = re.compile(r",[ ](\d{1,2})(?![\d.,])")
_LINE_END = re.compile(r"[^\S\n]*\n")
_LEADER = re.compile(rf"(?m)^[^\S\n]*\d{{1,2}}[.)](?=[^\S\n]+{_LETTER})")
# A row of numbers apart by spaces; evenly spaced ones label an axis.
_ROW = re.compile(r"(?<![\w.,%-])-?\d{1,4}(?:\.\d)?(?:[^\S\n]{1,9}-?\d{1,4}(?:\.\d)?){3,}(?![\w.,%])")
_NEXT = re.compile(rf"\s*({_LETTER}(?:[{APOSTROPHES}]?{_LETTER}){{0,{LONGEST_WORD}}}|%)")
_ROMAN = re.compile(r"(?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3})|XL|L")
_ROMAN_LETTERS = str.maketrans("ХІ", "XI")
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50}
_PART_OF_YEAR = re.compile(r"([QH])([1-4])")


def scan(text: str, words: Grammar) -> list[Token]:
    """Split a text into tokens, a word or a mark each; white space is left out.

    Examples
    --------
    >>> from dalil.text.grammar import grammar
    >>> [(t.role, t.spelt) for t in scan("2018-yil 5 foiz", grammar("uz"))]
    [('y', '2018'), ('-', '-'), ('Y', 'yil'), ('d', '5'), ('U', 'foiz')]
    """
    return _Reader(text, words).read()


class _Reader:
    """Goes through a text once, from left to right."""

    def __init__(self, text: str, words: Grammar) -> None:
        self.text, self.words = text, words
        self.found: list[Token] = []
        self.leaders = {match.end() - 1 for match in _LEADER.finditer(text)}
        self.axes = {match.start(): match.end() for match in _ROW.finditer(text) if _evenly_spaced(match[0])}

    def read(self) -> list[Token]:
        text, words, found = self.text, self.words, self.found
        position, length = 0, len(text)
        spaced = True
        while position < length:
            if text[position] == " ":
                position += 1
                spaced = True
                continue
            start = position
            match = _SCAN.match(text, position)
            assert match is not None
            # The outermost group closes last.
            kind = match.lastgroup
            assert kind is not None
            position = match.end()
            if kind == "word":
                # Most words stand between spaces and are for the same wherever they do.
                if spaced and text[position : position + 1] == " ":
                    spelt, word = _anywhere(match[0], words)
                    if word is not None:
                        found.append(Token(word.role, start, position, spelt, word.value))
                        position += 1
                        continue
                position = self._letters_and_digits(start, position)
            elif kind == "number":
                position = self._axis(start) or self._number(match)
            elif kind == "mark":
                self._mark(match)
            elif kind == "contact":
                self._add("x", None, *match.span(), match[0])
            elif kind == "pair":
                self._pair(match)
            elif kind == "dots":
                self._add("~", None, *match.span(), "-")
            elif kind == "citation":
                self._citations(match)
            elif kind != "gap":
                self._add(*LITERALS[kind](match[0], self.words), *match.span(), match[0])
            spaced = False
        return found

    def _add(self, role: str, value: Any, start: int, end: int, spelt: str = "") -> None:
        self.found.append(Token(role, start, end, spelt, value))

    def _axis(self, start: int) -> int:
        """Add the labels of an axis that begin at a place as one name; return where they end."""
        if end := self.axes.get(start, 0):
            self._add("x", None, start, end, self.text[start:end])
        return end

    def _letters_and_digits(self, start: int, end: int) -> int:
        """Add a word or a name; return where reading goes on."""
        text = self.text
        following = text[end : end + 2]
        if following[:1] in " ,\n":
            return self._word(start, end)
        if following[0] in "@:." and (address := _ADDRESS.match(text, start)):
            self._add("x", None, *address.span(), address[0])
            return address.end()
        if any(map(str.isdecimal, following)) and (address := _ADDRESS.match(text, start)):
            self._add("x", None, *address.span(), address[0])
            return address.end()
        if any(map(str.isdecimal, following)) and (name := _NAME.match(text, start)):
            known = self.words.word(self.words.spell(name[0]))
            letters = self.words.codes.get(text[start:end]) or self.words.word(self.words.spell(text[start:end]))
            if known.role == "U":
                self._add(known.role, known.value, *name.span(), name[0])
                return name.end()
            if part := _PART_OF_YEAR.fullmatch(name[0]):
                self._add("o", Decimal(part[2]), start, start)
                self._add(part[1], None, *name.span(), name[0])
                return name.end()
            if text[start].isupper() and letters.role not in "kBMw&S$" and not self._ends_sign(start):
                digits = "".join(filter(str.isdecimal, name[0]))
                chemical = len(digits) == 1 and "-" not in name[0]
                self._add("x" if chemical else IDENTIFIER, Decimal(digits[:LONGEST_NUMBER]), *name.span(), name[0])
                return name.end()
        return self._word(start, end)

    def _ends_sign(self, start: int) -> bool:
        """Say whether letters touch a currency sign before them: $US."""
        return bool(self.found) and self.found[-1].role == "$" and self.found[-1].end == start

    def _word(self, start: int, end: int) -> int:
        """Add a word, its case ending apart; return where reading goes on."""
        text, words, found = self.text, self.words, self.found
        if end - start > LONGEST_WORD:
            self._add("x", None, start, end)
            return end
        spelt = words.spell(text[start:end])
        raw = text[start:end]
        word = self._touching(spelt, start) or words.codes.get(raw) or words.word(spelt)
        if word.role == "x" and (broken := _BROKEN.match(text, end)):
            whole = spelt + words.spell(broken[1])
            if words.word(whole).role != "x":
                spelt, word, end = whole, words.word(whole), broken.end()
        if spelt in words.rules.capitalised and not text[start].isupper():
            word = UNKNOWN
        if word.role in "xev" and text[start].isupper() and (roman := _roman(text[start:end])):
            self._add(ROMAN, Decimal(roman), start, end, spelt)
            return end
        # "4.3M": a metre is small.
        if raw == "M" and word.role == "b" and found and found[-1].end == start:
            word = Word("s", word.value[0])
        # A gram is small: "5G" is a name.
        if raw == "G" and found and found[-1].end == start and found[-1].role in "dn":
            word = UNKNOWN
        if word.role == "x" and not word.endings:
            if found and found[-1].end == start and found[-1].role in "dyn" and end - start <= 2:
                found[-1] = Token(IDENTIFIER, found[-1].start, end, value=found[-1].value.value)
                return end
            if prefix := _numeral_in(spelt, words):
                self._add("w", words.rules.prefixes[prefix], start, start + len(prefix), prefix)
                start, spelt = start + len(prefix), spelt[len(prefix) :]
                word = words.word(spelt)
        if word.endings:
            self._with_endings(word, spelt, start, end)
        else:
            self._add(word.role, word.value, start, end, spelt)
        if spelt in words.rules.abbreviations and text[end : end + 1] == ".":
            found[-1].end = end = end + 1
        return end

    def _with_endings(self, word: Word, spelt: str, start: int, end: int) -> None:
        """Add a word and, as tokens of their own, its case endings."""
        raw = self.text[start:end]
        rest = sum(length for _, length in word.endings)
        stop = end - _length(raw, rest, self.words)
        self._add(word.role, word.value, start, stop, spelt[: len(spelt) - rest])
        for role, length in word.endings:
            first, rest = stop, rest - length
            stop = end - _length(raw, rest, self.words)
            self._add(role, None, first, stop, spelt[len(spelt) - rest - length : len(spelt) - rest])

    def _citations(self, match: re.Match[str]) -> None:
        """Add the mark, or each number of a list of marks; a number beside letters is a page."""
        numbers = list(re.finditer(r"\d+", match[0]))
        if len(numbers) == 1 or any(map(str.isalpha, match[0])):
            self._add(CITATION, Decimal(numbers[0][0]), *match.span(), match[0])
            return
        for number in numbers:
            start = match.start() + number.start()
            self._add(CITATION, Decimal(number[0]), start, start + len(number[0]), number[0])

    def _touching(self, spelt: str, start: int) -> Word | None:
        """Return what a word is for that touches digits: the st of 21st, the й of 5-й, the s of 1990s."""
        word = self.words.touching.get(spelt)
        before = self.text[max(0, start - 2) : start]
        if word is None or not before.rstrip(_DASHES + APOSTROPHES)[-1:].isdecimal():
            return None
        # One letter alone may be a unit: 5м is a length, 5-м an ordinal.
        return word if before[-1] in _DASHES + APOSTROPHES or len(spelt) > 1 or word.role == "E" else None

    def _number(self, match: re.Match[str]) -> int:
        """Add a number in digits, return its end; a dash before it may be its sign or stand between two numbers."""
        found, (start, end) = self.found, match.span()
        digits = match[0]
        if digits[0] in _DASHES and self._goes_on(start):
            self._add("~", None, start, start + 1, "-")
            start, digits = start + 1, digits[1:].lstrip()
        negative = digits[0] in _DASHES
        digits = digits.lstrip(_DASHES + "+±/ ")
        if len(digits) > LONGEST_NUMBER:
            self._add(IDENTIFIER, Decimal(0), start, end, digits)
            return end
        if stray := self._stray(digits, end):
            digits, end = f"{digits},{stray[1]}", stray.end()
        number = printed(digits, self.words.rules.decimal_comma, self._rounds_after(end))
        if negative:
            number = Number(-number.value, number.step)
        role = OTHER
        if len(digits) == 4 and digits.isdecimal() and 1000 <= number.value < 2200:
            role = YEAR
        elif len(digits) <= 2 and digits.isdecimal() and 1 <= number.value <= 31:
            role = LEADER if end in self.leaders else SMALL
        elif digits.isdecimal() and len(digits) > 1 and digits[0] == "0":
            # "304 ming 058" goes on.
            goes_on = len(digits) == 3 and found and found[-1].role == "s"
            role = OTHER if goes_on else IDENTIFIER
        self._add(role, number.value if role in {IDENTIFIER, LEADER} else number, start, end, digits)
        return end

    def _goes_on(self, start: int) -> bool:
        """Say whether a dash stands after what may begin a range; in "$-50.8bn" it is a sign."""
        found = self.found
        if not found or found[-1].role not in "dynsfU$" or "\n" in self.text[found[-1].end : start]:
            return False
        return found[-1].role != "$" or found[-1].end != start or (len(found) > 1 and found[-2].role in "dyns")

    def _pair(self, match: re.Match[str]) -> None:
        """Add two numbers with a sign each, "+5+7 °C", as a range."""
        sign, middle = match["same"], match.start() + match[0].index(match["same"], 1)
        for start, end in ((match.start(), middle), (middle, match.end())):
            if start == middle:
                self._add("~", None, start, start, "-")
            value = Decimal(self.text[start + 1 : end])
            self._add(OTHER, Number(value if sign == "+" else -value, Decimal(1)), start, end, self.text[start:end])

    def _stray(self, digits: str, end: int) -> re.Match[str] | None:
        """Find the decimals of a number that a space parts from it, before a scale or a per cent."""
        stray = _STRAY.match(self.text, end)
        grouped = " " in digits and digits.replace(" ", "").isdecimal()
        if (
            stray is None
            or not self.words.rules.decimal_comma
            or not (grouped or (digits.isdecimal() and len(digits) <= 3))
        ):
            return None
        listed = bool(self.found) and self.found[-1].role in ",&" and self.found[-1].spelt != ""
        decimal = stray[1][0] == "0" or (len(digits) > 1 and len(stray[1]) == 1) or (grouped and len(stray[1]) == 2)
        return stray if decimal and not listed and self._rounds_after(stray.end(), ("percent", "money")) else None

    def _rounds_after(self, end: int, kinds: tuple[str, ...] = ("percent",)) -> bool:
        """Say whether a scale word or a unit of some kinds follows a number."""
        if (following := _NEXT.match(self.text, end)) is None:
            return False
        word = self.words.word(self.words.spell(following[1]))
        return word.role == "s" or (word.role == "U" and word.value.kind in kinds)

    def _mark(self, match: re.Match[str]) -> None:
        char, (start, end) = match[0], match.span()
        word = self.words.word(char)
        if char in _DASHES:
            # A hyphen that ends a line is as tight as one within it.
            glued = not self.text[start - 1 : start].isspace()
            broken = glued and (_LINE_END.match(self.text, end) or _LOOSE.match(self.text, start - 1))
            if not glued or start == 0:
                sign = self.words.word(self.text[end : end + 1])
                if sign.role == "$" and self.text[end + 1 : end + 2].isdecimal() and char != "—":
                    self._add("_", None, start, end, "-")
                    return
            spaced = not broken and (self.text[start - 1 : start].isspace() or self.text[end : end + 1].isspace())
            self._add("~" if spaced else "-", None, start, end, "-")
        elif word.role != "x":
            self._add(word.role, word.value, start, end, char)
        else:
            role = "," if char in ",;" else "." if char in ".!?…" else char if char in "()/" else "?"
            self._add(role, None, start, end, char)


@lru_cache(maxsize=100_000)
def _anywhere(raw: str, words: Grammar) -> tuple[str, Word | None]:
    """Spell a word and say what it is for, if that is the same wherever it stands between spaces."""
    spelt = words.spell(raw)
    word = words.codes.get(raw) or words.word(spelt)
    depends = (
        len(raw) > LONGEST_WORD
        or word.endings
        or spelt in words.rules.capitalised
        or (word.role in "xev" and raw[0].isupper() and _roman(raw))
        or (word.role == "x" and _numeral_in(spelt, words))
    )
    return spelt, None if depends else word


def _evenly_spaced(row: str) -> bool:
    steps = {second - first for first, second in pairwise(map(Decimal, row.split()))}
    return len(steps) == 1 and steps != {Decimal(0)}


def _roman(raw: str) -> int:
    """Return what a Roman numeral is worth; zero for any other word."""
    if len(raw) > 7 or not raw.isupper():
        return 0
    letters = raw.translate(_ROMAN_LETTERS)
    if not _ROMAN.fullmatch(letters):
        return 0
    worth = [_ROMAN_WORTH[letter] for letter in letters]
    return sum(-own if own < following else own for own, following in zip(worth, [*worth[1:], 0], strict=True))


def _numeral_in(spelt: str, words: Grammar) -> str:
    """Return the numeral a word begins with if a unit or a scale is the rest: ``пол`` of ``полмиллиона``."""
    for prefix in words.rules.prefixes:
        if not spelt.startswith(prefix) or len(spelt) <= len(prefix) + 2:
            continue
        if words.word(spelt[len(prefix) :]).role in "sUYEOXC":
            return prefix
    return ""


def _length(raw: str, spelt_letters: int, words: Grammar) -> int:
    """Count the raw characters at a word's end that are spelt with so many letters."""
    count = 0
    while spelt_letters > 0:
        count += 1
        spelt_letters -= len(words.spell(raw[-count]))
    return count
