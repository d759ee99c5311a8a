"""Texts with bound numbers: what a person writes for readers, its numbers named in braces and put in by the program."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from dalil.errors import nearest
from dalil.parameters import LANGUAGES, SPELT_FROM

PLACE = re.compile(r"\{([^{}]*)\}")
_DIGITS = re.compile(r"\d[\d.,  ]*")


def _by_language(value: Mapping[str, str]) -> Mapping[str, str]:
    """Refuse a language that no report is written in, and one that is another in other letters."""
    known = [language for language in LANGUAGES if language not in SPELT_FROM]
    for language in value:
        if language not in known:
            raise ValueError(f'language "{language}": {nearest(language, known)}')
    return value


# A text in several languages, by language; one that is another in other letters is spelt from that.
Texts = Annotated[
    dict[str, str], BeforeValidator(lambda value: {} if value is None else value), AfterValidator(_by_language)
]


def check_bound(text: str, known: Iterable[str]) -> None:
    """Refuse a text that has a number of its own, or names one that is not known.

    Parameters
    ----------
    text
        The text, with names in braces.
    known
        The names that it may use.

    Raises
    ------
    ValueError
        With the first thing that is wrong, and what to do about it.

    Examples
    --------
    >>> check_bound("Trade reached {value} in {period}", ["value", "period"])
    >>> check_bound("Trade reached 2 billion", ["value"])
    Traceback (most recent call last):
    ValueError: the number "2" is bound to nothing; write the name of one in braces: value
    """
    names = sorted(known)
    for name in PLACE.findall(text):
        if name not in names:
            raise ValueError(f"{{{name}}} is not known; {nearest(name, names) if names else 'no name is'}")
    bare = PLACE.sub("", text)
    if found := _DIGITS.search(bare):
        number = found[0].strip(" .,")
        more = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        raise ValueError(f'the number "{number}" is bound to nothing; write the name of one in braces: {more}')
    if "{" in bare or "}" in bare:
        raise ValueError("a brace opens or ends no name")


def fill(text: str, part: Callable[[str], str], spell: Callable[[str], str] = str) -> list[str]:
    """Cut a text at its names: its words as they are to be spelt, and what each name stands for, in turn.

    Examples
    --------
    >>> fill("Reached {value}.", {"value": "2 t"}.__getitem__)
    ['Reached ', '2 t', '.']
    """
    return [part(piece) if number % 2 else spell(piece) for number, piece in enumerate(PLACE.split(text))]
