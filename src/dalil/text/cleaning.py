"""A cleaned view of a text in which every character still knows its place in the raw file."""

import math
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

# The letters oʻ and gʻ and the tutuq sign are typed with any of these; one stands for all while reading.
APOSTROPHES = "\u2018\u2019\u02bb\u02bc'`"
APOSTROPHE = "\u02bb"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, APOSTROPHE))

# A hyphen that ends a line joins on to the next one; any other white space becomes one space.
_GAPS = re.compile(rf"(?<=[\w{APOSTROPHES}])-\s*\n\s*(?=\w)|\s+")
# Words are looked up by so many characters from where they begin.
_BEGINNING, _LOOKED_AT = re.compile(r"(?<!\w)\S"), 48


@dataclass(frozen=True)
class CleanText:
    """Cleaned characters and, for each, the offsets of the raw characters it stands for."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def _beginnings(self) -> Sequence[int]:
        """Where a word, a number or a mark begins, in the order of what stands there."""
        text = self.text
        places = (match.start() for match in _BEGINNING.finditer(text))
        return _offsets(sorted(places, key=lambda place: text[place : place + _LOOKED_AT]))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a span of the cleaned text into the span of the raw text behind it.

        Examples
        --------
        >>> clean("2016-\\n\\nyilga").raw_span(0, 10)
        (0, 12)
        """
        return self.starts[start], self.ends[end - 1]

    def places(self, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Find the spans of the cleaned text where words stand, between two offsets of the raw text.

        They begin where a word or a number does; only what begins nowhere so is found within words.

        Examples
        --------
        >>> clean("2 2 2").places("2 2")
        [(0, 3), (2, 5)]
        >>> clean("15 of 5 of").places("5 of")
        [(6, 10)]
        """
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, math.inf if end is None else end)
        low, high = self._range(words)
        found: Iterable[int] = (place for place in self._beginnings[low:high] if self.text.startswith(words, place))
        if low == high:
            found = (match.start() for match in re.finditer(f"(?={re.escape(words)})", self.text))
        return [(place, place + len(words)) for place in sorted(found) if first <= place < last]

    def nearest(self, words: str, place: int) -> tuple[int, int] | None:
        """Find the span of the cleaned text nearest to a place where words stand.

        Examples
        --------
        >>> clean("in 2020, and in 2020").nearest("2020", 14)
        (16, 20)
        """
        after, before = self.text.find(words, place), self.text.rfind(words, 0, place + len(words))
        found = [start for start in (before, after) if start >= 0]
        start = min(found, key=lambda start: abs(start - place), default=-1)
        return (start, start + len(words)) if found else None

    def _range(self, words: str) -> tuple[int, int]:
        """Return which of the beginnings are followed by what words begin with."""
        head = words[:_LOOKED_AT]

        def there(place: int) -> str:
            return self.text[place : place + len(head)]

        low = bisect_left(self._beginnings, head, key=there)
        return low, bisect_right(self._beginnings, head, lo=low, key=there)


def _offsets(numbers: Iterable[int]) -> Sequence[int]:
    """Keep offsets in the few bytes that they need: a text has as many as it has characters."""
    return array("l", numbers)


def fold(text: str) -> str:
    """Write all apostrophes one way and all white space as single spaces, to compare texts by.

    Examples
    --------
    >>> fold("O‘zbek\\n\\nso'm") == fold("Oʻzbek soʼm")
    True
    """
    return clean(text).text.strip()


def clean(raw: str, breaks: Iterable[tuple[int, int]] = (), repairs: Iterable[tuple[str, str]] = ()) -> CleanText:
    """Mend line breaks, apostrophes and known misspellings without losing a character's place.

    Parameters
    ----------
    raw
        The text as supplied.
    breaks
        Raw spans (headings) that no sentence crosses; each becomes one line end.
    repairs
        Pairs of what is written and what is meant, in folded spelling.

    Examples
    --------
    >>> clean("3 \\n\\nmilliard  so‘m").text
    '3 milliard soʻm'
    """
    characters: list[str] = []
    starts, ends = array("l"), array("l")
    position = 0

    def add(text: str, first: int, step: int) -> None:
        """Take over characters, each of which stands for so many raw ones."""
        characters.append(text)
        starts.extend(range(first, first + len(text)))
        ends.extend(range(first + step, first + step + len(text)))

    for start, end in [*sorted(breaks), (len(raw), len(raw))]:
        for gap in chain(_GAPS.finditer(raw, position, start), [None]):
            add(raw[position : gap.start() if gap else start].translate(_ONE_APOSTROPHE), position, 1)
            if gap:
                add("-" if gap[0].startswith("-") else " ", gap.start(), len(gap[0]))
                position = gap.end()
        if end > start:
            add("\n", start, end - start)
        position = end
    text = CleanText("".join(characters), starts, ends)
    for written, meant in repairs:
        text = _replace(text, written, meant)
    return text


def _replace(text: CleanText, written: str, meant: str) -> CleanText:
    """Replace every ``written``; each new character stands for the whole of the old word."""
    characters, starts, ends = list(text.text), list(text.starts), list(text.ends)
    for match in reversed(list(re.finditer(re.escape(written), text.text))):
        first, last = match.span()
        start, end = text.raw_span(first, last)
        characters[first:last] = list(meant)
        starts[first:last] = [start] * len(meant)
        ends[first:last] = [end] * len(meant)
    return CleanText("".join(characters), _offsets(starts), _offsets(ends))
