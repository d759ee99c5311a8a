"""Messages: the phrases of a language, and an article's own names for what it is about."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from string import Formatter
from typing import Any

import mistune
from babel import Locale
from markupsafe import Markup, escape

from dalil.errors import InputError
from dalil.project import LOCALES, shown
from dalil.wording.cyrillic import cyrillic
from dalil.yamlfile import read_yaml

# The language that the data files, the code and their documents are written in.
SOURCE = "en"
# What an article's record may have names of its own for.
LABELLED = ("measures", "subjects", "sections", "reasons", "open", "readings")

# The letters of Uzbek that CLDR writes with quotation marks here and there.
_LETTERS = str.maketrans("‘’", "ʻʼ")
# Languages whose names in CLDR are spelt in a way of their own, and those that are another one in another script:
# the language they are written in here, and the spelling that leads to them.
_SPELT: dict[str, tuple[str, Callable[[str], str]]] = {
    "uz": ("uz", lambda text: text.translate(_LETTERS)),
    "uz-Cyrl": ("uz", cyrillic),
}
_SOFT_SIGN = re.compile(r"ь(?=(?:да|дан|гача)\b)")
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_PLACEHOLDER = re.compile(r"(\{\w+\})")


class Messages:
    """The phrases of a language.

    A phrase holds no logic: names in braces are the places of its parts, and one that depends on a number is a mapping
    by CLDR's plural categories, chosen by the part called ``n`` or ``count``. What case it is has been decided before.

    Parameters
    ----------
    language
        The name of a folder of messages, or of a language that is one of those in another script.
    labels
        An article's own names for what it is about, by language, group (see :data:`LABELLED`) and name. They are data:
        nothing in them is a place for a part, and none stands in for a phrase of the report.
    """

    def __init__(self, language: str, labels: Mapping[str, Any] | None = None) -> None:
        self.language = language
        self.written, self._spell = _SPELT.get(language, (language, str))
        self.path = LOCALES / self.written / "messages.yml"
        self._messages = {key: self._spelt(phrase) for key, phrase in locale_messages(self.written).items()}
        self.locale = Locale.parse(locale_messages(self.written)["locale"])
        own = (labels or {}).get(self.written)
        groups = own if isinstance(own, Mapping) else {}
        self._labels = dict(_flatten({name: group for name, group in groups.items() if name in LABELLED}))
        translations = _translations(self.written)
        self._translations = {text: self._spell(translation) for text, translation in translations.items()}

    def keys(self, prefix: str) -> list[str]:
        """List what stands directly under ``prefix``, in order."""
        start = f"{prefix}."
        return list(dict.fromkeys(k[len(start) :].split(".")[0] for k in self._messages if k.startswith(start)))

    def all_keys(self) -> list[str]:
        """List the messages that every language has; plural forms and units differ from one to another."""
        plain = (key for key in self._messages if not key.startswith("units."))
        return list(dict.fromkeys(self._without_form(key) for key in plain))

    def has(self, key: str) -> bool:
        """Tell whether there is a message."""
        return key in self._messages or f"{key}.other" in self._messages

    def say(self, key: str, /, **parts: Any) -> str:
        """Fill in a phrase.

        Parameters
        ----------
        key
            Its name.
        parts
            What stands at its places.

        Raises
        ------
        InputError
            The phrase is missing, or has a place for a part that is not given.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").say("periods.month", month="May", year=2017)
        'May 2017'
        """
        phrase = self._phrase(key, parts)
        cut = _places(phrase)
        return self._joined("".join(text if name is None else str(self._part(key, name, parts)) for text, name in cut))

    def html(self, key: str, /, **parts: Any) -> Markup:
        """Fill in a phrase whose Markdown becomes HTML; parts that are no HTML are escaped, and never Markdown.

        Parameters
        ----------
        key
            Its name.
        parts
            What stands at its places; what has a form in HTML is put in in that form.

        Raises
        ------
        InputError
            The phrase is missing, or has a place for a part that is not given.
        """
        phrase = self._phrase(key, parts)
        cut = _places(_inline(phrase))
        pieces = (Markup(text) if name is None else escape(self._part(key, name, parts)) for text, name in cut)
        return Markup(self._joined(Markup("").join(pieces)))

    def label(self, group: str, name: str) -> str:
        """Name something for a reader: by the article's own name, by a phrase, or by its name spelt out.

        Parameters
        ----------
        group, name
            What it is one of, and what the data call it.
        """
        key = f"{group}.{name}"
        if key in self._labels:
            return self._spell(self._labels[key])
        return self.say(key) if key in self._messages else name.replace("_", " ").replace("-", " ")

    def plural(self, count: object, *, other: str, **forms: str) -> str:
        """Choose the form that goes with a count, by CLDR's plural categories.

        Parameters
        ----------
        count
            The number.
        other, forms
            The forms by category.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").plural(1, one="claim", other="claims")
        'claim'
        """
        return forms.get(self.locale.plural_form(Decimal(str(count))), other)

    def listed(self, items: Iterable[Any], word: str = "and") -> str:
        """Write a list; of items with a form in HTML it is HTML.

        Parameters
        ----------
        items
            What is listed.
        word
            The word before the last of them, ``and`` or ``or``; ``points`` for what is long.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").listed(["a", "b", "c"])
        'a, b and c'
        """
        # The word is a message, since CLDR as Babel carries it lacks *or* in most languages.
        *before, last = list(items) or [""]
        if not before:
            return escape(last) if hasattr(last, "__html__") else str(last)
        separator = self._messages.get(f"lists.{word}_separator", ", ")
        if any(hasattr(item, "__html__") for item in (*before, last)):
            return self.html(f"lists.{word}", first=Markup(separator).join(before), last=last)
        return self.say(f"lists.{word}", first=separator.join(map(str, before)), last=last)

    def _without_form(self, key: str) -> str:
        """The key of a phrase without the plural category that it may end in."""
        base, _, form = key.rpartition(".")
        return base if form in _CATEGORIES and f"{base}.other" in self._messages else key

    def _phrase(self, key: str, parts: Mapping[str, Any]) -> str:
        """The phrase of a key, in the form that goes with the number among its parts."""
        if key in self._messages:
            return self._messages[key]
        count = parts.get("n", parts.get("count"))
        if count is not None and f"{key}.other" in self._messages:
            number = count if isinstance(count, str | int | Decimal) else count.count
            form = f"{key}.{self.locale.plural_form(Decimal(str(number)))}"
            return self._messages[form if form in self._messages else f"{key}.other"]
        raise InputError.of(shown(self.path), [f"no message {key}"], then="Write it.")

    def _part(self, key: str, name: str, parts: Mapping[str, Any]) -> Any:
        if name not in parts:
            problem = f"message {key}: nothing is given for {{{name}}}; given: {', '.join(sorted(parts)) or 'nothing'}"
            raise InputError.of(shown(self.path), [problem])
        return parts[name]

    def _joined(self, text: str) -> str:
        """Join endings of a phrase to the words before them: in Uzbek Cyrillic they take the place of a soft sign."""
        return _SOFT_SIGN.sub("", text) if self.language == "uz-Cyrl" else text

    def _spelt(self, phrase: str) -> str:
        """Spell a phrase another way, but for the places of its parts."""
        if self.written == self.language:
            return phrase
        return "".join(
            text if _PLACEHOLDER.fullmatch(text) else self._spell(text) for text in _PLACEHOLDER.split(phrase)
        )


def sentence(text: Any) -> Any:
    """Begin a sentence with a text; the point of an abbreviation at its end is that of the sentence too.

    What has a form in HTML stays as it is.

    Examples
    --------
    >>> sentence("growth in 2017 г..")
    'Growth in 2017 г.'
    """
    if hasattr(text, "__html__"):
        return text
    whole = str(text)[:1].upper() + str(text)[1:]
    return f"{whole[:-2]}." if whole.endswith("..") else whole


@lru_cache
def locale_messages(written: str) -> dict[str, str]:
    """Read the messages of a folder, by dotted key."""
    return dict(_flatten(read_yaml(LOCALES / written / "messages.yml")))


def check_messages(language: str) -> None:
    """Refuse a language whose messages are not whole, beside those in English.

    Raises
    ------
    InputError
        With the name of every message that is missing.
    """
    messages, source = Messages(language), Messages(SOURCE)
    missing = [key for key in source.all_keys() if not messages.has(key)]
    if missing:
        raise InputError.of(shown(messages.path), [f"no message {key}" for key in missing], then="Write them.")


def _flatten(messages: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in messages.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


@cache
def _places(phrase: str) -> tuple[tuple[str, str | None], ...]:
    """A phrase cut into texts and the names of its parts, each with nothing for the other."""
    cut: list[tuple[str, str | None]] = []
    for text, name, _, _ in Formatter().parse(phrase):
        cut += ([(text, None)] if text else []) + ([("", name)] if name is not None else [])
    return tuple(cut)


@cache
def _inline(phrase: str) -> str:
    """A phrase's Markdown as HTML, its places untouched."""
    html = str(mistune.create_markdown(escape=True)(phrase)).strip()
    return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html


@lru_cache
def _translations(written: str) -> dict[str, str]:
    """What texts of data files are in a language, by themselves; nothing for the language they are written in."""
    path = LOCALES / written / "data.yml"
    return {str(text): str(translation) for text, translation in read_yaml(path).items()} if path.exists() else {}
