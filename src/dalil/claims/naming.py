"""Names of what numbers measure: the noun phrase beside a number, and one name for one thing throughout an article."""

import re
from collections.abc import Sequence

from dalil.claims.mentions import DATED, Mention
from dalil.claims.when import aimed
from dalil.text.article import Article, Sentence
from dalil.text.compounds import tokens
from dalil.text.grammar import Grammar
from dalil.text.tokens import Token

NOT_NAMED = "not named"
# A name has no more words; of a longer phrase those that the language tells its noun in.
_LONGEST, _LONGEST_COUNTED = 8, 3
# How many words before "compared with" say with what, where they stand before it.
_COMPARED = 3
# Words of one stem begin with the same letters: экспорт, экспорта.
_STEM = 5
# What a name is looked for between; a comma may stand within one.
_DATE = "¦"
_PARTS, _PIECES = re.compile(r"[;:()«»\"“”•\n]|\s[–—-]\s|—"), re.compile(rf"(,\s|{_DATE})")
# Roles of words that a name may hold within but does not begin or end with, and of those that are none of it.
_SMALL, _OTHER = "vpFTLSK&altie", "wsdnymuroRhfBVAqXWZ~-?,.$_z14"
# What numbers in these units count or weigh stands after them.
_COUNTED, _WEIGHED = {"item", "person"}, {"t", "kg", "g", "L", "m3", "ha"}
# How far before a date the words that lead to it begin.
_LEAD = 30
_ENDING = re.compile(r"\w*")


class Names:
    """The names given so far in an article; the same words in another order or case are one name."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._known: dict[frozenset[str], str] = {}
        self._units: dict[str, str] = {}
        self._latest = ""

    def name(self, mention: Mention, sentence: Sentence, before: Sequence[Mention], latest: str, words: Grammar) -> str:
        """Name what a number measures.

        Parameters
        ----------
        mention
            The number.
        sentence
            Where it stands.
        before
            The mentions of the sentence before it, in order.
        latest
            The name of the number before it in the sentence, which holds on where no other is told.
        words
            The grammar of its language.
        """
        after, unit = self._text(mention.clean_end, sentence.clean_end), mention.quantity.unit
        counted = (unit in _COUNTED or unit in _WEIGHED) and _after(after, words)
        found = counted or self._before(mention, sentence, before, words)
        if found and all(words.spell(word) in words.rules.pointers for word in found.split()):
            found = self._latest
        whole = self._text(sentence.clean_start, sentence.clean_end)
        # "The target for 2020 is $5 billion": of what was told before.
        aim = self._latest if aimed(whole, words) else ""
        found = found or latest or _after(after, words, verb=True) or aim or NOT_NAMED
        if whole.startswith(found) and found[1:2].islower():
            found = found[0].lower() + found[1:]
        stems = frozenset(words.spell(word)[:_STEM] for word in found.split() if _is_content(words.spell(word), words))
        self._latest = self._known.setdefault(stems, found) if stems else found
        return self._latest

    def in_order(self, name: str, count: int, words: Grammar) -> list[str]:
        """Return the names of so many numbers told in order: the parts of "exports and imports" if it has as many."""
        cuts = [token for token in tokens(name, words) if token.role == "&" or token.spelt == ","]
        starts, ends = [0, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), len(name)]
        parts = [name[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        return parts if len(parts) == count else [name] * count

    def of_level(self, name: str, unit: str) -> str:
        """Tell levels of one name and two units apart: the later ones have their unit added."""
        return name if self._units.setdefault(name, unit) == unit else f"{name} ({'%' if unit == 'ratio' else unit})"

    def _before(self, mention: Mention, sentence: Sentence, before: Sequence[Mention], words: Grammar) -> str:
        """Return the noun phrase between the number before and this one; dates are none of it."""
        start, dates = sentence.clean_start, []
        for other in before:
            if other.quantity.kind in DATED:
                dates.append(other)
            else:
                start, dates = other.clean_end, []
        text = self._text(start, mention.clean_start)
        for date in reversed(dates):
            lead = text[: date.clean_start - start]
            small = tokens(lead[-_LEAD:], words)[-1:]
            if small and small[0].role in _SMALL:
                lead = lead[: len(lead) - min(len(lead), _LEAD) + small[0].start]
            text = f"{lead}{_DATE}{text[date.clean_end - start :].lstrip(' ,')}"
        for phrase in words.rules.in_order:
            text = text.replace(phrase, ",")
        parts = (_phrase(part, words) for part in reversed(_PARTS.split(text)))
        return next(filter(None, parts), "")

    def _text(self, start: int, end: int) -> str:
        return self._article.clean.text[start:end]


def has_verb(text: str, words: Grammar) -> bool:
    """Tell whether words say what became of something, so that what was said before them no longer holds."""
    found = tokens(text, words)
    return any(_is_verb(token, True, words) for token in found)


def _phrase(text: str, words: Grammar) -> str:
    """Return the noun phrase of a clause: what stands before its verb, asides left out."""
    split = ["", *_PIECES.split(text)]
    pieces = [(split[place], split[place + 1]) for place in range(0, len(split), 2)]
    telling = [piece for piece in pieces if not _is_aside(piece[1], words)]
    whole = "".join(f" {piece}" if mark == _DATE else mark + piece for mark, piece in telling).strip(", ")
    name: list[str] = []
    for piece in (whole, *(piece for _, piece in (*reversed(telling), *reversed(pieces)))):
        found = _before_verb(tokens(piece, words), words)
        if found and (not name or len(_written(piece, found).split()) <= _LONGEST):
            name = _written(piece, found).split()
            if len(name) <= _LONGEST:
                break
    return " ".join(name[-_LONGEST:] if words.rules.verb_last else name[:_LONGEST])


def _is_aside(text: str, words: Grammar) -> bool:
    found = tokens(text, words)
    if not found:
        return True
    last = found[-1].spelt in words.rules.asides and words.rules.verb_last
    return last or (len(found) > 1 and (found[0].role in "vFSLK" or found[0].spelt in words.rules.asides))


def _before_verb(found: Sequence[Token], words: Grammar) -> list[Token]:
    """Cut a clause at its verb; leave out small words at both ends.

    What follows a verb that raises or lowers is its object, or its subject where the verb stands first. Where verbs
    stand last, what is before one belongs to the clause before.
    """
    kept: list[Token] = []
    clauses = [kept]
    while found and found[0].spelt in words.rules.asides:
        found = found[1:]
    for place, token in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if token.role == "N" and words.rules.verb_last:
            # "Aprel oyiga nisbatan", and its case ending
            del kept[-_COMPARED:]
        elif _is_verb(token, bool(kept), words):
            if kept and not words.rules.verb_last and not _has_object(token, following, words):
                break
            clauses.append(kept := [])
        elif token.role in _OTHER or (not kept and not _is_named(token, words)):
            if kept and token.role not in "-,":
                break
        else:
            kept.append(token)
    for kept in reversed(clauses):
        while kept and not _is_named(kept[-1], words):
            kept.pop()
        if kept:
            return kept
    return []


def _has_object(verb: Token, following: Token | None, words: Grammar) -> bool:
    """Tell whether what a verb raises or lowers, or its subject, stands after it: "raised its target from"."""
    if following is None or verb.role != "+" or verb.value not in {"up", "down"}:
        return False
    return _is_named(following, words) and not following.spelt.endswith("ly")


def _is_verb(token: Token, named: bool, words: Grammar) -> bool:
    """Tell whether a name ends before a word: it says what became of the thing, or compares it with another."""
    rules = words.rules
    if token.spelt.startswith(rules.changes):
        return False
    if token.role in "+N" or token.spelt in rules.states or token.spelt.startswith(rules.aims):
        return True
    return named and re.search(rules.verb_endings, token.spelt) is not None


def _after(text: str, words: Grammar, verb: bool = False) -> str:
    """Return the nouns that follow a number, or the verb after it: what it counts, or what it is a part of."""
    found = tokens(text[:200], words)
    if verb and found and _is_verb(found[0], True, words):
        found = found[1:]
    if found and found[0].role == "p":
        found = found[1:]
    kept: list[Token] = []
    for token in found[:_LONGEST_COUNTED]:
        if not _is_named(token, words) or _is_verb(token, True, words):
            break
        kept.append(token)
    plural = words.rules.plural
    while plural and any(token.spelt.endswith(plural) for token in kept[:-1]) and not kept[-1].spelt.endswith(plural):
        kept.pop()
    return _written(text, kept) if kept else ""


def _is_named(token: Token, words: Grammar) -> bool:
    """Tell whether a name may begin and end with a word."""
    # "The population of Merrow".
    whole = token.role == "g" and token.value in _COUNTED
    return whole or (token.role in "xP+N!UI" and _is_content(token.spelt, words))


def _is_content(spelt: str, words: Grammar) -> bool:
    rules = words.rules
    told = spelt not in rules.common and spelt not in rules.adverbs and words.word(spelt).role not in _SMALL
    return told and len(spelt) > 1 and spelt[0].isalpha()


def _written(text: str, found: Sequence[Token]) -> str:
    """Write a name as the article does."""
    # A case ending that was taken off belongs to its word.
    ending = _ENDING.match(text, found[-1].end)
    return " ".join(text[found[0].start : ending.end() if ending else found[-1].end].split())
