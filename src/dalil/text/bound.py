"""Texts with bound numbers: what a person writes for readers, its numbers named in braces and put in by the program."""

import re
from collections.abc import Iterable, Mapping
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


def check_bound(text: str, known: Iterable[str] | None = None) -> None:
    """Refuse a text that has a number of its own, or names one that is not known.

    Parameters
    ----------
    text
        The text, with names in braces.
    known
        The names that it may use; any, where none are given: what they name is then looked up later.

    Raises
    ------
    ValueError
        With the first thing that is wrong, and what to do about it.

    Examples
    --------
    >>> check_bound("Trade reached {value} in {period}", ["value", "period"])
    >>> check_bound("Trade reached 2 billion", ["value"])
    Traceback (most recent call last):
    ValueError: the number "2" is bound to nothing; name it in braces: value
    """
    names = None if known is None else sorted(known)
    for name in PLACE.findall(text):
        if names is not None and name not in names:
            raise ValueError(f"{{{name}}} is not known; {nearest(name, names)}")
    bare = PLACE.sub("", text)
    if found := _DIGITS.search(bare):
        of = f": {', '.join(names)}" if names else ""
        raise ValueError(f'the number "{found[0].strip(" .,")}" is bound to nothing; name it in braces{of}')
    if "{" in bare or "}" in bare:
        raise ValueError("a brace opens or ends no name")


def check_all(texts: Mapping[str, str], known: Iterable[str] | None = None) -> Mapping[str, str]:
    """Check each of some texts, as :func:`check_bound` does; what is wrong is said with its language."""
    for language, text in texts.items():
        try:
            check_bound(text, known)
        except ValueError as error:
            raise ValueError(f"{language}: {error}") from None
    return texts


# A text in several languages, by language; one that is another in other letters is spelt from that.
Texts = Annotated[
    dict[str, str], BeforeValidator(lambda value: {} if value is None else value), AfterValidator(_by_language)
]
# The same without any number, and with numbers that are the names of facts and claims.
Titles = Annotated[Texts, AfterValidator(lambda texts: check_all(texts, ()))]
BoundTexts = Annotated[Texts, AfterValidator(check_all)]
