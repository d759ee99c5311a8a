"""Anchors: the fewest words around a number by which a claim finds it again in its section."""

import re
from dataclasses import dataclass

from dalil.claims.mentions import Mention
from dalil.text.article import Article, Section

_WORD = re.compile(r"\S+")
# An anchor that stands more than once has so many words on each side of the number, where there are.
_BESIDE = 4


@dataclass(frozen=True)
class Anchor:
    """Words of the cleaned text, where they stand, and which of the places it is where they stand more than once."""

    words: str
    start: int
    end: int
    occurrence: int = 0

    def holds(self, mention: Mention) -> bool:
        """Tell whether a mention stands in the words."""
        return self.start <= mention.clean_start and mention.clean_end <= self.end


def anchor_of(mention: Mention, within: tuple[int, int], section: Section, article: Article) -> Anchor | None:
    """Return the shortest words around a mention that stand once in its section, or some that stand more often.

    Parameters
    ----------
    mention
        What they are to hold.
    within
        The span of the cleaned text that they may be taken from, in which no other mention stands.
    section, article
        Where it stands.

    Returns
    -------
    Anchor | None
        None where the mention begins within a word that is not all its own.
    """
    text = article.clean.text
    starts, ends = _reach(mention, within, text)

    def places(start: int, end: int) -> list[tuple[int, int]]:
        return article.clean.places(text[start:end], section.start, section.end)

    if len(places(starts[-1], ends[-1])) == 1:
        for count in range(len(starts) + len(ends) - 1):
            for before in range(max(0, count - len(ends) + 1), min(count, len(starts) - 1) + 1):
                start, end = starts[before], ends[count - before]
                if places(start, end) == [(start, end)]:
                    return Anchor(text[start:end], start, end)
    for start in (starts[: _BESIDE + 1][-1], *starts):
        end = ends[: _BESIDE + 1][-1]
        if (start, end) in (found := places(start, end)):
            return Anchor(text[start:end], start, end, 0 if len(found) == 1 else found.index((start, end)) + 1)
    return None


def nearest_words(mention: Mention, within: tuple[int, int], to: Anchor, article: Article) -> str:
    """Return the fewest words around a mention that stand nowhere nearer to an anchor; empty where there are none."""
    text = article.clean.text
    starts, ends = _reach(mention, within, text)
    for start, end in [
        *((start, mention.clean_end) for start in starts),
        *((mention.clean_start, end) for end in ends),
    ]:
        if article.clean.nearest(text[start:end], to.start) == (start, end):
            return text[start:end]
    return ""


def _reach(mention: Mention, within: tuple[int, int], text: str) -> tuple[list[int], list[int]]:
    """List where words around a mention begin and end, nearest first, of which the mention's own are one."""
    starts = [match.start() for match in _WORD.finditer(text, within[0], mention.clean_start)]
    ends = [match.end() for match in _WORD.finditer(text, mention.clean_end, within[1])]
    return [mention.clean_start, *reversed(starts)], [mention.clean_end, *ends]
