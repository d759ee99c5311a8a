"""Words that have a role together, as one token: ``foiz punkti``, ``не менее``, ``кв. км``."""

from collections.abc import Callable

from dalil.text.grammar import Grammar
from dalil.text.tokens import CASES, Token, scan

# What may stand between the words of a phrase: кв. км, kVt-soat, km/h.
_LINKS = {".", "-", "·", "•", "/"}


def tokens(text: str, words: Grammar) -> list[Token]:
    """Split a text into tokens; white space is left out.

    Examples
    --------
    >>> from dalil.text.grammar import grammar
    >>> [(t.role, t.spelt) for t in tokens("2018-yil 5 foiz punkti", grammar("uz"))]
    [('y', '2018'), ('-', '-'), ('Y', 'yil'), ('d', '5'), ('U', 'foiz punkti')]
    """
    return _joined(scan(text, words), text, words)


def _joined(found: list[Token], text: str, words: Grammar) -> list[Token]:
    """Make one token of words that have a role together: ``foiz punkti``, ``не менее``."""
    joined: list[Token] = []
    position = 0
    while position < len(found):
        token = found[position]
        best, word = 1, None
        if token.role not in "dyn":
            following = found[position + 1] if position + 1 < len(found) else token
            split = following.role in CASES
            for phrase in words.phrases(_whole(found, position) if split else token.spelt):
                other = phrase.second and not phrase.second.startswith(following.spelt)
                if other and not split and following.spelt not in _LINKS:
                    continue
                if (length := _fits(phrase.words, found, position)) > best:
                    best, word = length, phrase.word
        if word is not None:
            last = found[position + best - 1]
            spelt = words.spell(text[token.start : last.end])
            joined.append(Token(word.role, token.start, last.end, spelt, word.value))
        else:
            joined.append(token)
        position += best
    return joined


def _fits(tests: tuple[Callable[[str], object], ...], found: list[Token], position: int) -> int:
    """Return how many tokens from ``position`` on are the words of a phrase; zero if they are not."""
    first = position
    for number, test in enumerate(tests):
        if number and position < len(found) and found[position].spelt in _LINKS and not test(found[position].spelt):
            position += 1
        if position == len(found):
            return 0
        if number and _parted(found[position - 1], found[position]):
            return 0
        if test(found[position].spelt):
            position += 1
        elif test(_whole(found, position)):
            position += 2
        else:
            return 0
    return position - first


def _parted(letter: Token, sign: Token) -> bool:
    """Tell whether a sign stands apart from the one letter before it: A$ is a sign, "a $5" an article and another."""
    return sign.role == "$" and letter.end - letter.start == 1 and sign.start > letter.end


def _whole(found: list[Token], position: int) -> str:
    """Return a word's spelling with the case ending that was taken off it."""
    token = found[position]
    following = found[position + 1] if position + 1 < len(found) else None
    if following is not None and following.role in CASES and following.start == token.end:
        return token.spelt + following.spelt
    return token.spelt
