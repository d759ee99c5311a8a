"""Words: messages of one language, with numbers, units and plurals written its way."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import mistune
from babel import Locale
from babel.dates import get_month_names
from babel.numbers import format_decimal, get_currency_name
from jinja2 import Environment, StrictUndefined, TemplateError

from dalil.errors import InputError
from dalil.numbers.intervals import decimal_text
from dalil.numbers.periods import bounds
from dalil.parameters import about
from dalil.project import LOCALES, shown
from dalil.wording.cyrillic import cyrillic
from dalil.yamlfile import read_yaml

# Units whose large values are read more easily in thousands of thousands, with the factor and its name.
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
# Units whose values are written times a hundred: percentages, and percentage points between two of them.
_RATIOS = {"ratio", "ratio_difference"}
# Units whose values are years, written without a mark between the thousands.
_YEARS = {"calendar_year", "year_met"}
# Digits that count in a number that was worked out; its interval says how sure they are.
_SIGNIFICANT = 3
_MOST_DECIMALS = 6
# Digits of the largest number that is written in full; growth without end leads to such.
_MOST_DIGITS = 4000

# The language that the data files, the code and their documents are written in.
SOURCE = "en"
# The letters of Uzbek that CLDR writes with quotation marks here and there.
_LETTERS = str.maketrans("‘’", "ʻʼ")

# Languages whose names in CLDR are spelt in a way of their own, and those that are another one in another script:
# the language they are written in here, and the spelling that leads to them.
_SPELT: dict[str, tuple[str, Callable[[str], str]]] = {
    "uz": ("uz", lambda text: text.translate(_LETTERS)),
    "uz-Cyrl": ("uz", cyrillic),
}


class Wording:
    """The messages of a language; :meth:`say` fills one in.

    Parameters
    ----------
    language
        The name of a file of messages, or of a language that is one of those in another script.
    labels
        An article's own names for what it is about, by language, group (measures, subjects, sections, …) and name.
    """

    def __init__(self, language: str, labels: Mapping[str, Any] | None = None) -> None:
        self.language = language
        written, self._spell = _SPELT.get(language, (language, str))
        self.path = LOCALES / written / "messages.yml"
        own = (labels or {}).get(written)
        messages = _messages(self.path) | dict(_flatten(own if isinstance(own, Mapping) else {}))
        self.locale = Locale.parse(messages["locale"])
        self._jinja = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
        self._jinja.filters["list"] = lambda items: self._listed(items, "and")
        self._jinja.filters["either"] = lambda items: self._listed(items, "or")
        self._jinja.filters["plural"] = self.plural
        self._jinja.filters["sentence"] = lambda text: str(text)[:1].upper() + str(text)[1:]
        self._messages = messages if written == language else {key: self._spelt(m) for key, m in messages.items()}
        self._translations = _translations(LOCALES / written / "data.yml")

    def keys(self, prefix: str) -> list[str]:
        """List what stands directly under ``prefix``, in order."""
        start = f"{prefix}."
        return list(dict.fromkeys(k[len(start) :].split(".")[0] for k in self._messages if k.startswith(start)))

    def all_keys(self) -> list[str]:
        """List the messages that every language has; plural forms and units differ from one to another."""
        return [key for key in self._messages if not key.startswith("units.")]

    def has(self, key: str) -> bool:
        """Tell whether there is a message."""
        return key in self._messages

    def say(self, key: str, /, **context: Any) -> str:
        """Fill in the message ``key``.

        Raises
        ------
        InputError
            The message is missing, or wants something that is not there.
        """
        if key not in self._messages:
            raise InputError.of(shown(self.path), [f"no message {key}"], then="Write it.")
        try:
            return str(self._template(self._messages[key]).render(**context)).strip()
        except TemplateError as error:
            raise InputError.of(shown(self.path), [f"message {key}: {error}"]) from error

    def html(self, key: str, /, **context: Any) -> str:
        """Fill in a message written in Markdown and turn it into HTML."""
        return str(_markdown()(self.say(key, **context))).strip()

    def label(self, group: str, name: str) -> str:
        """Name something for a reader; a name without a message of its own is spelt out."""
        key = f"{group}.{name}"
        return self.say(key) if key in self._messages else name.replace("_", " ").replace("-", " ")

    def data(self, text: str) -> str:
        """Put a text of a data file, written in English, into this language; one that is not known stays as it is.

        Examples
        --------
        >>> Wording("en").data("Yearly mean of the monthly index.")
        'Yearly mean of the monthly index.'
        """
        if text in self._translations:
            return self._spell(self._translations[text])
        # Notes of several figures stand one after the other.
        parts = text.split("; ")
        return "; ".join(map(self.data, parts)) if len(parts) > 1 and self.knows(text) else text

    def knows(self, text: str) -> bool:
        """Tell whether a text of a data file can be said in this language.

        Examples
        --------
        >>> Wording("en").knows("Anything")
        True
        """
        known = self._translations
        return self.language == SOURCE or text in known or all(part in known for part in text.split("; ") if part)

    def formula(self, text: str) -> str:
        """Put what a formula says in words, in English, into this language; names and signs stay.

        Examples
        --------
        >>> Wording("en").formula("counted in claims.csv")
        'counted in claims.csv'
        """
        if self.language == SOURCE:
            return text
        for key, pattern in _formulas():
            if found := pattern.fullmatch(text):
                return self._messages[key].format(**found.groupdict())
        return text

    def parameter(self, name: str, what: str) -> str:
        """Say of a parameter its ``meaning``, its ``unit`` or what is ``allowed``.

        Examples
        --------
        >>> Wording("en").parameter("rounding", "unit")
        'way'
        """
        return about(name)[what] if self.language == SOURCE else self.say(f"parameters.{name}.{what}")

    def language_name(self, code: str) -> str:
        """Name a language, given as a BCP 47 tag.

        Examples
        --------
        >>> Wording("en").language_name("uz-Cyrl")
        'Uzbek (Cyrillic)'
        """
        return self._spell(str(Locale.parse(code, sep="-").get_display_name(self.locale)))

    def country(self, code: str) -> str:
        """Name a country, given as an ISO 3166-1 alpha-2 code; 001 is the world.

        Examples
        --------
        >>> Wording("en").country("KZ")
        'Kazakhstan'
        """
        return self._spell(str(self.locale.territories.get(code, code)))

    def plural(self, count: object, *, other: str, **forms: str) -> str:
        """Choose the form that goes with a count, by CLDR's plural categories.

        Examples
        --------
        >>> Wording("en").plural(1, one="claim", other="claims")
        'claim'
        """
        return forms.get(self.locale.plural_form(Decimal(str(count))), other)

    def amount(
        self,
        value: Fraction | None,
        low: Fraction | None,
        high: Fraction | None,
        unit: str,
        *,
        beside: Fraction | None = None,
    ) -> str:
        """Write a worked-out number with its unit, to the digits that count; in the scale of another one beside it.

        Examples
        --------
        >>> small, large = Fraction(-200_000_000), Fraction(3_000_000_000)
        >>> Wording("en").amount(small, None, None, "USD"), Wording("en").amount(small, None, None, "USD", beside=large)
        ('−200 million US dollars', '−0.200 billion US dollars')
        """
        if value is None:
            return self._unreached(low, unit) or self.say("number.never")
        factor, template = self._unit(unit, value, low, high, beside)
        exact = low is not None and low == high
        places = _places(value / factor, Fraction(0) if exact else None, unit)
        return self._apply(template, [_rounded(value / factor, places, unit)])

    def span(
        self,
        value: Fraction | None,
        low: Fraction | None,
        high: Fraction | None,
        unit: str,
        *,
        beside: Fraction | None = None,
    ) -> str:
        """Write an interval; its ends are rounded outwards, so that it still holds the true one."""
        if value is None and (unreached := self._unreached(low, unit)):
            return unreached
        if low is None and high is None:
            return self.say("number.never" if value is None else "number.unbounded")
        if low == high:
            return self.say("number.exact")
        middle = value if value is not None else low if low is not None else high
        assert middle is not None
        factor, template = self._unit(unit, middle, low, high, beside)
        width = (high - low) / factor if low is not None and high is not None else None
        places = _places(middle / factor, width, unit)
        ends = [
            _rounded(end / factor, places, unit, way)
            for end, way in ((low, math.floor), (high, math.ceil))
            if end is not None
        ]
        if high is None:
            return self.say("number.from", n=self._apply(template, ends, bound=True))
        if low is None:
            return self.say("number.up_to", n=self._apply(template, ends, bound=True))
        return self._apply(template, ends)

    def known(self, value: Fraction | None, low: Fraction | None, high: Fraction | None, unit: str) -> str:
        """Write a worked-out number, or its interval where only one end of it is known.

        Examples
        --------
        >>> Wording("en").known(Fraction(1, 4), None, Fraction(9, 32), "ratio")
        'up to 28.2%'
        """
        one_sided = value is not None and (low is None) != (high is None)
        return (self.span if one_sided else self.amount)(value, low, high, unit)

    def printed(self, value: Fraction, comparator: str, unit: str) -> str:
        """Write a claim's number as the article prints it, in this language."""
        factor, template = self._unit(unit, value, None, None)
        text = decimal_text(value / factor * (100 if unit in _RATIOS else 1))
        places = len(text.partition(".")[2])
        number = self._apply(template, [_rounded(value / factor, places, unit)], bound=comparator != "=")
        return self.say(f"comparators.{comparator}", n=number)

    def tick(self, value: float) -> str:
        """Write a number along an axis, with as many decimals as it needs.

        Examples
        --------
        >>> Wording("en").tick(-2.5)
        '−2.5'
        """
        return self._number(Decimal(f"{value:.10g}"), "#,##0.######")

    def period(self, period: str, comparator: str = "=") -> str:
        """Write a period in ISO 8601 as a date, a month, a year or a range of them.

        Whole years and months are written as such, however they were given.

        Examples
        --------
        >>> Wording("en").period("2017-03-22/2017-03-23")
        '22–23 March 2017'
        """
        if not period:
            return self.say("number.no_period")
        first, last = bounds(period)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            if first.year == last.year:
                text = self.say("periods.year", year=first.year)
            else:
                text = self.say("periods.years", first=first.year, last=last.year)
        elif first.day == 1 and (last + timedelta(days=1)).day == 1:
            text = self._months(first, last)
        else:
            text = self._days(first, last)
        return self.say(f"comparators.date.{comparator}", n=text)

    def scale(self, unit: str, values: Iterable[Fraction]) -> tuple[Fraction, str]:
        """Choose what to divide an axis by so that some values are easy to read, and name what is left.

        Examples
        --------
        >>> Wording("en").scale("USD", [Fraction(5 * 10**9)])
        (Fraction(1000000000, 1), 'billion US dollars')
        """
        factor, scaled = self._unit(unit, *values)
        if f"units.{unit}" in self._messages or f"units.{unit}.other" in self._messages:
            return Fraction(1, 100) if unit in _RATIOS else Fraction(factor), self.label("axes", scaled)
        return Fraction(factor), self._named(scaled, 5).replace("{n} ", "")

    def _months(self, first: date, last: date) -> str:
        """Write a month or several whole ones."""
        one, other = (get_month_names("wide", "stand-alone", self.locale)[day.month] for day in (first, last))
        one, other = self._spell(one), self._spell(other)
        if first.year != last.year:
            ends = (self.say("periods.month", month=m, year=d.year) for m, d in ((one, first), (other, last)))
            return self.say("periods.between", **dict(zip(("first", "last"), ends, strict=True)))
        if first.month == last.month:
            return self.say("periods.month", month=one, year=first.year)
        return self.say("periods.months", first=one, last=other, year=first.year)

    def _days(self, first: date, last: date) -> str:
        """Write a day or several."""
        ends = [
            {"day": day.day, "month": self._spell(get_month_names("wide", "format", self.locale)[day.month]),
             "year": day.year}
            for day in (first, last)
        ]  # fmt: skip
        if first == last:
            return self.say("periods.day", **ends[0])
        if (first.year, first.month) == (last.year, last.month):
            return self.say("periods.days", **{**ends[0], "first": first.day, "last": last.day})
        return self.say(
            "periods.between", first=self.say("periods.day", **ends[0]), last=self.say("periods.day", **ends[1])
        )

    def _listed(self, items: Iterable[object], word: str) -> str:
        """Write a list; its last word is a message, since CLDR as Babel carries it lacks *or* in most languages."""
        *before, last = [str(item) for item in items] or [""]
        return self.say(f"lists.{word}", first=", ".join(before), last=last) if before else last

    def _spelt(self, message: str) -> str:
        """Spell a message another way, but for what is Jinja's in it."""
        tokens = self._jinja.lex(message)
        return "".join(self._spell(token) if kind == "data" else token for _, kind, token in tokens)

    def _unreached(self, low: Fraction | None, unit: str) -> str:
        """Say of what had not come about by the end of a record how far that reaches; nothing for other units."""
        key = f"number.unreached.{unit}"
        if low is None or key not in self._messages:
            return ""
        return self.say(key, n=self._digits(_rounded(low, 0, unit), unit))

    def _unit(self, unit: str, *values: Fraction | None) -> tuple[int, str]:
        """Choose the scale that suits the largest of some values, and the pattern that goes with it."""
        largest = max((abs(value) for value in values if value is not None), default=Fraction(0))
        for factor, name in _SCALES:
            if largest >= factor and (f"units.{unit}_{name}" in self._messages or self._is_named(unit)):
                return factor, f"{unit}_{name}"
        return 1, unit

    def _is_named(self, unit: str) -> bool:
        """Tell whether a unit has no message, so that its name is CLDR's (a currency's) or its symbol."""
        return not any(key in self._messages for key in (f"units.{unit}", f"units.{unit}.other"))

    def _named(self, unit: str, value: float) -> str:
        """Make the pattern of a unit without a message, with the name of its scale if it has one."""
        symbol, _, scale = unit.partition("_")
        name = symbol
        if symbol in self.locale.currencies:
            name = self._spell(get_currency_name(symbol, count=5 if scale else value, locale=self.locale))
        return self._messages[f"scales.{scale}"].replace("{unit}", name) if scale else f"{{n}} {name}"

    def _digits(self, number: Decimal, unit: str) -> str:
        """Write a number with the decimals it carries."""
        places = max(0, -int(number.as_tuple().exponent))
        pattern = ("0" if unit in _YEARS else "#,##0") + "." * bool(places)
        return self._number(number, pattern + "0" * places)

    def _number(self, number: Decimal, pattern: str) -> str:
        with localcontext(prec=_MOST_DIGITS):
            return str(format_decimal(number, format=pattern, locale=self.locale)).replace("-", "\u2212")

    def _apply(self, unit: str, numbers: list[Decimal], *, bound: bool = False) -> str:
        """Put numbers into their unit's pattern: a unit that is a word once, a sign at each number.

        The form of a word is that of the number before it, as it is written. In a range, and with a bound, a
        language that has a form for many puts it into the genitive: its forms are then those of many and of parts.
        """
        form = self.locale.plural_form(abs(numbers[-1]))
        inflected = f"units.{unit}.many" in self._messages
        if len(numbers) > 1 or (bound and inflected):
            form = {"one": "other", "few": "many"}.get(form, form)
        keys = (f"units.{unit}.{form}", f"units.{unit}.other", f"units.{unit}")
        pattern = next((self._messages[key] for key in keys if key in self._messages), None)
        pattern = pattern or self._named(unit, float(numbers[-1]))
        written = [self._digits(number, unit) for number in numbers]
        if re.match(r"\{n\}\s", pattern):
            return pattern.replace("{n}", self._join(written))
        return self._join([pattern.replace("{n}", number) for number in written])

    def _join(self, numbers: list[str]) -> str:
        if len(numbers) == 1:
            return numbers[0]
        return self._messages["number.between"].format(low=numbers[0], high=numbers[1])

    @cache  # noqa: B019 - one object a language and process
    def _template(self, message: str) -> Any:
        return self._jinja.from_string(message)


def _flatten(messages: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in messages.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


@lru_cache
def _messages(path: Path) -> dict[str, str]:
    """The messages of a file, by dotted key."""
    return dict(_flatten(read_yaml(path)))


@lru_cache
def _formulas() -> list[tuple[str, re.Pattern[str]]]:
    """The forms that formulas have in words, by the key of their message."""
    messages = _messages(LOCALES / SOURCE / "messages.yml")
    forms = [(key, message) for key, message in messages.items() if key.startswith("formulas.")]
    return [(key, re.compile(re.sub(r"\\{(\w)\\}", r"(?P<\1>.+?)", re.escape(form)))) for key, form in forms]


@lru_cache
def _translations(path: Path) -> dict[str, str]:
    """What texts of data files are in a language, by themselves; nothing for the language they are written in."""
    if not path.exists():
        return {}
    return {str(text): str(translation) for text, translation in read_yaml(path).items()}


def check_messages(language: str) -> None:
    """Refuse a language whose messages are not whole, beside those in English.

    Raises
    ------
    InputError
        With the name of every message that is missing.
    """
    wording, source = Wording(language), Wording(SOURCE)
    missing = [key for key in source.all_keys() if not wording.has(key)]
    if missing:
        raise InputError.of(shown(wording.path), [f"no message {key}" for key in missing], then="Write them.")


@lru_cache
def _markdown() -> Any:
    return mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])


def _places(value: Fraction, width: Fraction | None, unit: str) -> int:
    """Decimals to show: three digits that count, for an interval at least the first digit of half its width.

    A width of zero is an exact number: a whole one is written without decimals.
    """
    factor = 100 if unit in _RATIOS else 1
    if unit in {"item", "count", *_YEARS, "delay", "rank"} and value.denominator == 1:
        return 0
    wanted = [_SIGNIFICANT - 1 - _magnitude(value * factor)] if value else [0]
    if width:
        wanted.append(-_magnitude(width / 2 * factor))
    elif width == 0 and (value * factor).denominator == 1:
        return 0
    return min(max(0, *wanted), _MOST_DECIMALS)


def _rounded(value: Fraction, places: int, unit: str, way: Callable[[Fraction], int] | None = None) -> Decimal:
    """A number of a unit as it is written: to some decimals, and times a hundred where it is a percentage."""
    shown_value = value * 100 if unit in _RATIOS else value
    number = (way or _nearest)(shown_value * 10**places)
    return Decimal(number).scaleb(-places)


def _nearest(value: Fraction) -> int:
    """The nearest whole number, halves away from zero as readers expect."""
    return math.floor(abs(value) + Fraction(1, 2)) * (1 if value >= 0 else -1)


def _magnitude(value: Fraction) -> int:
    """The power of ten of the first digit.

    Examples
    --------
    >>> _magnitude(Fraction(999)), _magnitude(Fraction(-1, 1000)), _magnitude(Fraction(10**400))
    (2, -3, 400)
    """
    size = abs(value)
    power = len(str(size.numerator)) - len(str(size.denominator))
    return power if size >= Fraction(10) ** power else power - 1
