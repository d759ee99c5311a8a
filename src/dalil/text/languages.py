"""Paragraphs of a text and the language of each."""

import re
from collections.abc import Iterator

from dalil.text.cleaning import APOSTROPHES
from dalil.text.grammar import grammar, languages

# A paragraph ends at a blank line after a finished sentence: a blank line alone may be a broken page.
_END = re.compile(r"(?<=[.!?:;…\"”»)\]])[^\S\n]*(?:\n[^\S\n]*){2,}|(?:\n[^\S\n]*){3,}")
_SPACE = re.compile(r"\s+")
# Longer paragraphs are cut at white space, or where none is near within a word, so that the work on each is bounded.
LONGEST_PARAGRAPH = 50_000
_WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*")
# A few hundred words say what language a paragraph is in.
_ENOUGH = 4_000


def paragraphs(text: str, language: str = "auto", latest: str = "") -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the language of each paragraph; together they are the whole text.

    A paragraph whose language cannot be told (a row of digits) is taken to be in that of the one before, which
    is ``latest`` for the first of them, or in that of the first whose language can be.

    Raises
    ------
    InputError
        There is no grammar of that name.

    Examples
    --------
    >>> [name for _, _, name in paragraphs("It grew in the year.\\n\\nВ этом году он вырос.")]
    ['en', 'ru']
    """
    spans = list(_spans(text))
    if language != "auto":
        grammar(language)
        yield from ((start, end, language) for start, end in spans)
        return
    names = [language_of(text[start : min(end, start + _ENOUGH)]) for start, end in spans]
    latest = latest or next(filter(None, names), languages()[0])
    for (start, end), name in zip(spans, names, strict=True):
        latest = name or latest
        yield start, end, latest


def language_of(text: str) -> str:
    """Return the language whose commonest words and letters a text has most of; empty where none is found.

    Examples
    --------
    >>> language_of("Savdo aylanmasi va eksport bilan bog‘liq")
    'uz'
    """
    small = text.lower()
    found = _WORD.findall(small)
    scores = {name: _score(name, small, found) for name in languages()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0 else ""


def _score(name: str, text: str, found: list[str]) -> float:
    """Count common words and telling letters; a letter the language does not have counts against it."""
    words = grammar(name)
    common = sum(words.spell(word) in words.rules.common for word in found)
    own = sum(text.count(letter) for letter in words.rules.own_letters)
    strange = sum(text.count(letter) for letter in words.rules.strange_letters)
    script = sum(words.rules.alphabet[0] <= word[0] <= words.rules.alphabet[1] for word in found)
    return script * 0.01 + common + 0.5 * own - 0.5 * strange if script * 2 > len(found) else 0


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        # After an abbreviation ("mlrd.") a broken line goes on with a small letter.
        if match and text[end : end + 1].islower():
            continue
        while end - start > LONGEST_PARAGRAPH:
            cut = _cut(text, start + LONGEST_PARAGRAPH)
            if cut >= end:
                break
            yield start, cut
            start = cut
        if end > start:
            yield start, end
        start = end


def _cut(text: str, position: int) -> int:
    """Return the first place after white space from a position on; where none is near, a place without any.

    What begins there never begins with white space, so that it is parted the same way without what is before it.
    """
    limit = position + LONGEST_PARAGRAPH
    near = _SPACE.search(text, position, limit + 1)
    space = _SPACE.match(text, near.start()) if near else None
    return space.end() if space else min(limit, len(text))
