"""Messages: the phrases of a language, and an article's own names for what it is about."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from string import Formatter
from typing import Any

import mistune
from babel import Locale
from markupsafe import Markup, escape

from dalil.errors import InputError
from dalil.parameters import SPELT_FROM
from dalil.project import LOCALES, shown
from dalil.text.bound import PLACE
from dalil.wording.asking import Phrases, ask
from dalil.wording.cyrillic import cyrillic
from dalil.yamlfile import read_yaml

# The language that the data files, the code and their documents are written in.
SOURCE = "en"

# The letters of Uzbek that CLDR writes with quotation marks here and there.
_LETTERS = str.maketrans("‘’", "ʻʼ")
# Spaces at which no line ends: before a dash, a year's «г.» and Uzbek's counting word.
_TIES = re.compile(r"(?<=\S) (?=[—–]\s|гг?\.)|(?<=\}) (?=(?:ta|foiz)\b)")
# A hyphen of Uzbek after a figure, or a place for one, where no line ends.
_HYPHEN = re.compile(r"(?<=[\d}])-(?=[^\W\d_]|\{| va [\d{])")


def _latin(text: str) -> str:
    return _HYPHEN.sub("\u2011", text.translate(_LETTERS))


# How words are spelt in languages that CLDR writes otherwise, or that are another one in other letters.
_SPELT: dict[str, Callable[[str], str]] = {"uz": _latin, "uz-Cyrl": lambda text: cyrillic(_latin(text))}
# Endings before which a word of Uzbek in Cyrillic letters loses the soft sign at its end.
_ENDING = re.compile(r"(?:да|дан|гача)\b")
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class Messages:
    """The phrases of a language.

    A phrase holds no logic: names in braces are the places of its parts, and one that depends on a number is a mapping
    by CLDR's plural categories, chosen by the part ``count`` or, where none is given, ``n``. A place with a capital
    letter, such as ``{Measure}``, begins a sentence with the part ``measure``. What case it is, is decided in Python; a
    language with grammatical cases asks for the genitive of a name as ``{country:of_country}``.

    Parameters
    ----------
    language
        The name of a folder of messages, or of a language that is one of those in another script.
    labels
        An article's own names for what it is about, by language, group and name, as its record has them. They are data:
        nothing in them is a place for a part, and none stands in for a phrase of the report.
    """

    def __init__(self, language: str, labels: Mapping[str, Any] | None = None) -> None:
        self.language = language
        self.written, self._spell = SPELT_FROM.get(language, language), _SPELT.get(language, str)
        self.path = LOCALES / self.written / "messages.yml"
        phrases = locale_messages(self.written).items()
        self._messages = Phrases({key: self._spell(_TIES.sub("\u00a0", phrase)) for key, phrase in phrases})
        self.locale = Locale.parse(locale_messages(self.written)["locale"])
        self._labels = dict(_flatten((labels or {}).get(self.written, {})))
        translations = _translations(self.written)
        self._translations = {text: self._spell(translation) for text, translation in translations.items()}
        self._genitives = {
            key.removeprefix("genitives."): of for key, of in self._messages.items() if key.startswith("genitives.")
        }
        pairs = (
            (self._labels.get(key.replace("measures_of.", "measures.", 1)), of)
            for key, of in self._labels.items()
            if key.startswith("measures_of.")
        )
        self._genitives |= {name: of for name, of in pairs if name}

    @property
    def name(self) -> str:
        """The language with its script and territory, as programs name it.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("ru").name, Wording("uz-Cyrl").name
        ('ru_RU', 'uz_Cyrl_UZ')
        """
        same = self.written == self.language
        return str(self.locale) if same else f"{self.language.replace('-', '_')}_{self.locale.territory}"

    def keys(self, prefix: str) -> list[str]:
        """List what stands directly under a key, in order.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").keys("statuses")
        ['reported', 'agreed', 'aimed']
        """
        start = f"{prefix}."
        ask(start)
        return list(dict.fromkeys(k[len(start) :].split(".")[0] for k in self._messages if k.startswith(start)))

    def all_keys(self) -> list[str]:
        """List the messages that every language has; plural forms and units differ from one to another."""
        plain = (key for key in self._messages if not key.startswith(("units.", "brief.", "genitive")))
        return list(dict.fromkeys(self._without_form(key) for key in plain))

    def has(self, key: str) -> bool:
        """Tell whether there is a phrase, in one form or in several."""
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
        >>> Wording("en").say("document.claims", n=1)
        'claim in the article'
        """
        phrase = self._phrase(key, parts)
        cut = _places(phrase)
        pieces = (text if name is None else str(self._part(key, name, parts, text)) for text, name in cut)
        return "".join(self._joined(pieces))

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

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").html("text.outcomes.reached", claim=Markup("<i>5 t</i>"), when="a & b", results="<c>")
        Markup('<strong><i>5 t</i> in a &amp; b.</strong> The outcome was &lt;c&gt;.')
        """
        phrase = self._phrase(key, parts)
        cut = _places(_inline(phrase))
        pieces = (Markup(text) if name is None else escape(self._part(key, name, parts, text)) for text, name in cut)
        return Markup("").join(self._joined(pieces))

    def edited(self, text: str, part: Callable[[str], str]) -> Markup:
        """Fill in a text of a person's own, whose numbers are bound (:mod:`dalil.text.bound`); all of it is escaped.

        Parameters
        ----------
        text
            The text, with names in braces.
        part
            What stands for a name.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("uz-Cyrl").edited("{month}da oʻsdi", lambda name: "декабрь")
        Markup('декабрда ўсди')
        """
        pieces = (part(piece) if place % 2 else self._spell(piece) for place, piece in enumerate(PLACE.split(text)))
        return Markup("").join(self._joined(map(escape, pieces)))

    def own(self, texts: Mapping[str, str]) -> str:
        """Choose a person's own text in the language of the report, in its letters; else the first that there is.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("uz-Cyrl").own({"en": "Archives.", "uz": "Arxivlar."})
        'Архивлар.'
        """
        text = texts.get(self.written)
        return self._spell(text) if text else next(iter(texts.values()), "")

    def label(self, group: str, name: str) -> str:
        """Name something for a reader: by a phrase of the report, by the article's own name, or by its name spelt out.

        Parameters
        ----------
        group, name
            What it is one of, and what the data call it.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> words = Wording("en", {"en": {"measures": {"trade": "trade in {goods}"}}})
        >>> words.label("measures", "trade"), words.label("measures", "rail_freight"), words.label("kinds", "rank")
        ('trade in {goods}', 'rail freight', 'rank')
        """
        key = f"{group}.{name}"
        if key in self._messages:
            return self.say(key)
        own = self._labels.get(key)
        return self._spell(own) if own is not None else name.replace("_", " ").replace("-", " ")

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
        count = parts.get("count", parts.get("n"))
        if count is not None and f"{key}.other" in self._messages:
            form = f"{key}.{self.locale.plural_form(count if isinstance(count, int) else count.count)}"
            return self._messages[form if form in self._messages else f"{key}.other"]
        raise InputError.of(shown(self.path), [f"no message {key}"], then="Write it.")

    def _part(self, key: str, place: str, parts: Mapping[str, Any], case: str) -> Any:
        """What goes into a place of a phrase, in its case; a place with a capital letter begins a sentence."""
        name = place[:1].lower() + place[1:]
        if name not in parts:
            problem = f"message {key}: nothing is given for {{{name}}}; given: {', '.join(sorted(parts)) or 'nothing'}"
            raise InputError.of(shown(self.path), [problem])
        part = parts[name]
        if case and isinstance(part, str):
            part = self._genitives.get(part) or self._messages[f"genitive.{case}"].replace("{n}", part)
        return sentence(part) if place != name and isinstance(part, str) else part

    def _joined(self, pieces: Iterable[str]) -> list[str]:
        """Fit the pieces of a filled phrase together.

        An ending takes the place of a soft sign before it; the point of an abbreviation ends its sentence too.
        """
        joined = [""]
        for piece in pieces:
            if self.language == "uz-Cyrl" and joined[-1].endswith("ь") and _ENDING.match(piece):
                joined[-1] = joined[-1][:-1]
            joined.append(piece[1:] if joined[-1].endswith(".") and re.match(r"\.(?!\.)", piece) else piece)
        return joined


def sentence(text: str) -> str:
    """Begin a sentence with a text.

    Examples
    --------
    >>> sentence("growth in 2017")
    'Growth in 2017'
    """
    return text[:1].upper() + text[1:]


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
    """A phrase cut into texts, and the cases and names of its parts; a text has no name."""
    cut: list[tuple[str, str | None]] = []
    for text, name, case, _ in Formatter().parse(phrase):
        cut += ([(text, None)] if text else []) + ([(case or "", name)] if name is not None else [])
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
