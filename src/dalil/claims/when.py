"""Which date each number of an article belongs to, by where the two stand: a guess for a person to review."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dalil.claims.mentions import DATED, Mention
from dalil.text.article import Article, Sentence
from dalil.text.grammar import Grammar

WORD = re.compile(r"[^\W\d_]+(?:[ʻ-][^\W\d_]+)*")
_PARTED = re.compile("[,;(]")
# In how many sentences after it a period still holds for numbers beside which there is none.
_CARRIED = 5


@dataclass(frozen=True)
class When:
    """The date of a number: the mention that gives it, or else where it was taken from."""

    iso: str
    mention: Mention | None = None
    source: str = ""


def dates_of(
    article: Article, stated: Mapping[Sentence, Sequence[Mention]], words_at: Callable[[Mention], Grammar]
) -> dict[str, When]:
    """Guess the date of each number, by its mention.

    It is one of its sentence that no change is counted from; else the year that words such as *last year* mean in
    an article of a known date; else the period that a sentence before gave.

    Parameters
    ----------
    article
        Its record may know when it was published.
    stated
        The numbers, and the dates of a known year, of each sentence in their order.
    words_at
        Gives the grammar of the language a mention stands in.
    """
    found: dict[str, When] = {}
    places = {sentence: place for place, sentence in enumerate(article.sentences)}
    carried, at = When(""), (-1, "")
    for sentence, mentions in stated.items():
        words = words_at(mentions[0])
        text = spelt(sentence, article, words)
        bases = {mention.quantity.base for mention in mentions}
        dates = [m for m in mentions if m.quantity.kind in DATED and m.quantity.iso not in bases]
        place, section = places[sentence], article.section_at(sentence.start).id
        said = _said(text, words, article.about.published)
        away = said or (carried if carried.iso and place - at[0] <= _CARRIED and section == at[1] else None)
        for mention in mentions:
            if mention.quantity.kind not in DATED:
                in_order = any(f" {phrase} " in text for phrase in words.rules.in_order)
                date = _beside(mention, mentions, dates, in_order, article.clean.text)
                if (told := When(date.quantity.iso, date) if date else away) is not None:
                    found[mention.id] = told
        given = [date.quantity.iso for date in dates if date.quantity.kind == "period"] or ([said.iso] if said else [])
        if given and not aimed(text, words):
            # What is earlier is told to compare with; what is told of goes on.
            latest = given[-1] if away is None or given[-1] >= away.iso[:4] else away.iso
            carried, at = When(latest, source="a sentence before"), (place, section)
    return found


def spelt(sentence: Sentence, article: Article, words: Grammar) -> str:
    """Write the words of a sentence as the grammar does, one space between two and around all."""
    found = WORD.findall(article.clean.text[sentence.clean_start : sentence.clean_end])
    return f" {' '.join(map(words.spell, found))} "


def aimed(text: str, words: Grammar) -> bool:
    """Tell whether a sentence speaks of an aim or a plan, by how its words begin."""
    return any(word.startswith(words.rules.aims) for word in text.split())


def _beside(
    mention: Mention, stated: Sequence[Mention], dates: Sequence[Mention], in_order: bool, text: str
) -> Mention | None:
    """Choose the date of a number among those of its sentence.

    As many numbers as dates go in their order where the sentence says *respectively*. Else it is the date beside the
    number that no comma parts from it: the one after it where the sentence begins with a number; else the nearest.
    """
    place, numbers = list(stated).index(mention), [m for m in stated if m.quantity.kind not in DATED]
    if in_order and len(numbers) == len(dates):
        return dates[numbers.index(mention)]
    after = stated[place + 1] if place + 1 < len(stated) and stated[place + 1] in dates else None
    before = stated[place - 1] if place and stated[place - 1] in dates else None
    close = before is not None and not _PARTED.search(text, before.clean_end, mention.clean_start)
    if (
        after
        and not _PARTED.search(text, mention.clean_end, after.clean_start)
        and (not close or stated[0] not in dates)
    ):
        return after
    return before or min(dates, key=lambda date: abs(date.clean_start - mention.clean_start), default=None)


def _said(text: str, words: Grammar, published: str) -> When | None:
    """Return the year that words such as *last year* mean where the date of the article is known."""
    for phrase, years in words.rules.years_said.items():
        if published[:4].isdigit() and f" {phrase} " in text:
            return When(f"{int(published[:4]) + years:04d}", source="the article's date")
    return None
