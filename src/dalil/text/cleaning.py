"""A cleaned view of a text in which every character still knows its place in the raw file."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

# The letters oʻ and gʻ and the tutuq sign are typed with any of these; one stands for all while reading.
APOSTROPHES = "\u2018\u2019\u02bb\u02bc'`"
APOSTROPHE = "\u02bb"

# A hyphen that ends a line joins on to the next one; any other white space becomes one space.
_GAPS = re.compile(rf"(?<=[\w{APOSTROPHES}])-\s*\n\s*(?=\w)|\s+")


@dataclass(frozen=True)
class CleanText:
    """Cleaned characters and, for each, the offsets of the raw characters it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

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

        Examples
        --------
        >>> clean("2 2 2").places("2 2")
        [(0, 3), (2, 5)]
        """
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, math.inf if end is None else end)
        found = re.finditer(f"(?={re.escape(words)})", self.text)
        return [(m.start(), m.start() + len(words)) for m in found if first <= m.start() < last]


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
    pieces: list[tuple[str, int, int]] = []
    position = 0
    for start, end in [*sorted(breaks), (len(raw), len(raw))]:
        pieces += _collapse(raw, position, start)
        if end > start:
            pieces.append(("\n", start, end))
        position = end
    text = CleanText("".join(piece[0] for piece in pieces), tuple(p[1] for p in pieces), tuple(p[2] for p in pieces))
    for written, meant in repairs:
        text = _replace(text, written, meant)
    return text


def _collapse(raw: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """List cleaned characters of ``raw[start:end]`` with the raw span of each."""
    pieces: list[tuple[str, int, int]] = []
    position = start
    for gap in [*_GAPS.finditer(raw, start, end), None]:
        stop = gap.start() if gap else end
        pieces += [(APOSTROPHE if raw[i] in APOSTROPHES else raw[i], i, i + 1) for i in range(position, stop)]
        if gap:
            pieces.append(("-" if gap.group().startswith("-") else " ", gap.start(), gap.end()))
            position = gap.end()
    return pieces


def _replace(text: CleanText, written: str, meant: str) -> CleanText:
    """Replace every ``written``; each new character stands for the whole of the old word."""
    characters, starts, ends = list(text.text), list(text.starts), list(text.ends)
    for match in reversed(list(re.finditer(re.escape(written), text.text))):
        first, last = match.span()
        start, end = text.raw_span(first, last)
        characters[first:last] = list(meant)
        starts[first:last] = [start] * len(meant)
        ends[first:last] = [end] * len(meant)
    return CleanText("".join(characters), tuple(starts), tuple(ends))
