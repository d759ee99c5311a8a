"""The numbers of an article as they stand: in which sentence and order, beside which words, about which thing."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from dalil.claims.claims import Claim, Claims
from dalil.text.article import Article
from dalil.text.grammar import Grammar, grammar, languages

# The kinds of claims whose numbers can be worked out from one another.
_COMPARED = {"level", "change", "count"}
_WORD = re.compile(r"[^\W\d_]+(?:[ʻ-][^\W\d_]+)*")
# Words are forms of one where they begin with so many letters in common, and these are so much of the shorter one.
_LETTERS, _PART = 4, 0.6


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
        named = {claim.id: mentions[claim.mentions[0]] for claim in claims if claim.estimate and claim.mentions}
        ends = sorted((m.clean_start, m.clean_end) for m in named.values())
        self.numbers = []
        for claim in claims:
            entry = claim.entry
            if claim.id not in named or entry.kind not in _COMPARED or entry.repeats or entry.reads != "number":
                continue
            mention, sentence = named[claim.id], claim.sentence
            first = max(
                [b for _, b in ends if sentence.clean_start <= b <= mention.clean_start], default=sentence.clean_start
            )
            last = min([a for a, _ in ends if mention.clean_end <= a <= sentence.clean_end], default=sentence.clean_end)
            language = _language(article, mention.clean_start)

            def words(start: int, end: int, language: Grammar = language) -> tuple[str, ...]:
                return _words(article.clean.text[start:end], language)

            self.numbers.append(
                Number(
                    claim,
                    mention.clean_start,
                    tuple(w for w in _words(entry.measure.replace("_", " "), language) if not _is_small(w, language)),
                    words(first, mention.clean_start),
                    words(mention.clean_end, last),
                    words(sentence.clean_start, sentence.clean_end),
                    language,
                )
            )
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
        found = self._alike.get((number.unit, entry.subject, entry.period), [])
        return [n for n in found if n is not number and (entry.period or n.claim.sentence == sentence)]

    def during(self, number: Number) -> list[Number]:
        """The other levels of its subject and period, in any unit."""
        entry = number.claim.entry
        return [n for n in self._during.get((entry.subject, entry.period), []) if n is not number and entry.period]

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


def halves(words: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """List which half of a whole words name, by the pair it is of, with the words that name the whole.

    Examples
    --------
    >>> list(halves(("employed", "women")))
    [('women', 'women', ('employed',))]
    """
    for pair in dict.fromkeys(pair for name in languages() for pair in grammar(name).rules.halves_named):
        for half in pair:
            rest = tuple(word for word in words if not _is(word, half))
            if len(rest) < len(words):
                yield pair[0], half, rest


def _words(text: str, language: Grammar) -> tuple[str, ...]:
    return tuple(map(language.spell, _WORD.findall(text)))


def _is_small(word: str, language: Grammar) -> bool:
    """Whether a word is one such as *of* and *the*."""
    return len(word) <= _LETTERS and word in language.rules.common


def _grouped(numbers: Iterable[Number], key: Callable[[Number], Any]) -> dict[Any, list[Number]]:
    groups: dict[Any, list[Number]] = {}
    for number in numbers:
        groups.setdefault(key(number), []).append(number)
    return groups


def _told(language: str, what: str) -> tuple[str, ...]:
    return grammar(language).rules.relating.get(what, ())


def _is(word: str, known: str) -> bool:
    return word.startswith(known[:-1]) if known.endswith("+") else word == known


def _language(article: Article, place: int) -> Grammar:
    return grammar(next(name for start, end, name in article.passages if start <= place < end))
