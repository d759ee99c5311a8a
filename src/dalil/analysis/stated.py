"""The numbers of an article as they stand: in which sentence and order, beside which words, about which thing."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from dalil.claims.claims import Claim, Claims
from dalil.claims.entries import ClaimEntry
from dalil.claims.mentions import Mention
from dalil.text.article import Article
from dalil.text.grammar import Grammar, grammar, languages, rules_of

# The kinds of claims whose numbers can be worked out from one another.
_COMPARED = {"level", "change", "count"}
_WORD = re.compile(r"[^\W\d_]+(?:[ʻ-][^\W\d_]+)*")
# Words are forms of one where they begin with so many letters in common, and these are so much of the shorter one.
_LETTERS, _PART = 4, 0.6
# Numbers that belong together stand no more than so many others of their kind apart.
_REACH = 40


@dataclass(frozen=True, eq=False)
class Number:
    """The number of a claim that repeats no other.

    ``words`` are those of its measure; ``before`` and ``after`` are those of its sentence up to the number before it
    and after it, and ``around`` all words of the sentence.
    """

    claim: Claim
    place: int
    words: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    around: tuple[str, ...]
    language: Grammar

    @property
    def unit(self) -> str:
        """Its unit."""
        return self.claim.entry.unit

    @property
    def size(self) -> Fraction:
        """Its value; nothing where it is a bound without one."""
        return self.claim.known.value or Fraction(0)

    @property
    def is_level(self) -> bool:
        """Whether it is no change."""
        return self.claim.entry.kind != "change"

    def told(self, what: str, words: Iterable[str] | None = None) -> bool:
        """Tell whether some words, those of its measure if none are given, have one that says something of numbers."""
        return any(says(word, self.language, what) for word in (self.words if words is None else words))


class Stated:
    """The numbers of an article, in the order of its text."""

    def __init__(self, claims: Claims, article: Article) -> None:
        self.claims = claims
        mentions = {mention.id: mention for mention in claims.mentions}
        stated = [claim for claim in claims if claim.estimate and _is_compared(claim.entry)]
        # A number that a person read may stand at no numeral.
        spans = {claim.id: _span(mentions.get(next(iter(claim.mentions), "")), claim) for claim in stated}
        starts = [*sorted(start for start, _ in spans.values()), len(article.clean.text)]
        ends = [0, *sorted(end for _, end in spans.values())]
        self.numbers = []
        for claim in stated:
            (start, end), sentence = spans[claim.id], claim.sentence
            # Up to the numbers before and after it.
            first = max(sentence.clean_start, ends[bisect_right(ends, start) - 1])
            last = min(sentence.clean_end, starts[min(bisect_left(starts, end), len(starts) - 1)])
            language = _language(article, start)
            before, after = (_words(article.clean.text[a:b], language) for a, b in ((first, start), (end, last)))
            measure = _words(claim.entry.measure.replace("_", " "), language)
            telling = tuple(word for word in measure if not _is_small(word, language))
            whole = _words(article.clean.text[sentence.clean_start : sentence.clean_end], language)
            self.numbers.append(Number(claim, start, telling, before, after, whole, language))
        self.numbers.sort(key=lambda number: number.place)

    @cached_property
    def levels(self) -> list[Number]:
        """The numbers that are no changes."""
        return [number for number in self.numbers if number.is_level]

    @cached_property
    def changes(self) -> list[Number]:
        """The numbers that are."""
        return [number for number in self.numbers if not number.is_level]

    def alike(self, number: Number) -> list[Number]:
        """The other levels of its unit, subject and period; where it has no period, of its sentence."""
        entry, sentence = number.claim.entry, number.claim.sentence
        found = _around(self._alike.get((number.unit, entry.subject, entry.period), []), number)
        return [n for n in found if n is not number and (entry.period or n.claim.sentence == sentence)]

    def during(self, number: Number) -> list[Number]:
        """The other levels of its subject and period, in any unit."""
        entry = number.claim.entry
        found = _around(self._during.get((entry.subject, entry.period), []), number)
        return [n for n in found if n is not number and entry.period]

    def beside(self, number: Number) -> list[Number]:
        """The other levels of its sentence."""
        return [other for other in self._beside.get(number.claim.sentence, []) if other is not number]

    def of(self, claim: Claim) -> list[Number]:
        """The levels of the measure and subject of a claim."""
        return self._of.get((claim.entry.measure, claim.entry.subject), [])

    @cached_property
    def _alike(self) -> dict[Any, list[Number]]:
        return _grouped(self.levels, lambda n: (n.unit, n.claim.entry.subject, n.claim.entry.period))

    @cached_property
    def _during(self) -> dict[Any, list[Number]]:
        return _grouped(self.levels, lambda n: (n.claim.entry.subject, n.claim.entry.period))

    @cached_property
    def _beside(self) -> dict[Any, list[Number]]:
        return _grouped(self.levels, lambda n: n.claim.sentence)

    @cached_property
    def _of(self) -> dict[Any, list[Number]]:
        return _grouped(self.levels, lambda n: (n.claim.entry.measure, n.claim.entry.subject))


def akin(one: str, other: str) -> bool:
    """Tell whether two words are likely forms of one.

    Examples
    --------
    >>> akin("employed", "employment"), akin("electricity", "electronics"), akin("men", "mental")
    (True, False, False)
    """
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or (common >= _LETTERS and common >= _PART * min(len(one), len(other)))


@lru_cache(maxsize=100_000)
def says(word: str, language: Grammar, what: str) -> bool:
    """Tell whether a word says something of numbers, in the language of the text or, as names may be, in another one.

    Examples
    --------
    >>> says("импорта", grammar("ru"), "imports"), says("exports", grammar("ru"), "exports")
    (True, True)
    """
    return any(_is(word, known) for name in {language.language, *languages()} for known in _told(name, what))


@lru_cache(maxsize=100_000)
def halves(words: tuple[str, ...]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """List which half of a whole words name, by the pair it is of, with the words that name the whole.

    Examples
    --------
    >>> halves(("employed", "women"))
    (('women', 'women', ('employed',)),)
    """
    pairs = dict.fromkeys(pair for name in languages() for pair in rules_of(name).halves_named)
    rests = ((pair[0], half, tuple(w for w in words if not _is(w, half))) for pair in pairs for half in pair)
    return tuple(named for named in rests if len(named[2]) < len(words))


def _is_compared(entry: ClaimEntry) -> bool:
    return entry.kind in _COMPARED and not entry.repeats and entry.reads == "number"


def _span(mention: Mention | None, claim: Claim) -> tuple[int, int]:
    if mention is None:
        return claim.sentence.clean_start, claim.sentence.clean_start
    return mention.clean_start, mention.clean_end


def _words(text: str, language: Grammar) -> tuple[str, ...]:
    return tuple(map(language.spell, _WORD.findall(text)))


def _is_small(word: str, language: Grammar) -> bool:
    """Whether a word is one such as *of* and *the*."""
    return len(word) <= _LETTERS and word in language.rules.common


def _around(numbers: list[Number], number: Number) -> list[Number]:
    """Those of some numbers, in the order of the text, that stand near another one."""
    place = bisect_left(numbers, number.place, key=lambda other: other.place)
    return numbers[max(0, place - _REACH) : place + _REACH]


def _grouped(numbers: Iterable[Number], key: Callable[[Number], Any]) -> dict[Any, list[Number]]:
    groups: dict[Any, list[Number]] = {}
    for number in numbers:
        groups.setdefault(key(number), []).append(number)
    return groups


def _told(language: str, what: str) -> tuple[str, ...]:
    return rules_of(language).relating.get(what, ())


def _is(word: str, known: str) -> bool:
    return word.startswith(known[:-1]) if known.endswith("+") else word == known


def _language(article: Article, place: int) -> Grammar:
    return grammar(next(name for start, end, name in article.passages if start <= place < end))
