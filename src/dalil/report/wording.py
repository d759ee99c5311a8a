"""Words: messages of one language, with numbers, units and plurals written its way."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

import mistune
from babel import Locale
from babel.dates import format_interval
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_name
from jinja2 import Environment, StrictUndefined, TemplateError

from dalil.claims.intervals import decimal_text
from dalil.claims.periods import bounds
from dalil.errors import InputError
from dalil.paths import WORDING, shown
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


class Wording:
    """The messages of a language; :meth:`say` fills one in.

    Parameters
    ----------
    language
        The name of a file of messages.
    labels
        An article's own names for what it is about, by group (measures, subjects, sections, …) and name.
    """

    def __init__(self, language: str, labels: Mapping[str, Any] | None = None) -> None:
        self.language = language
        self.path = WORDING / f"{language}.yml"
        self._messages = dict(_flatten(read_yaml(self.path))) | dict(_flatten(labels or {}))
        self.locale = Locale.parse(self._messages["locale"])
        self._jinja = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
        self._jinja.filters["list"] = lambda items: format_list([str(item) for item in items], locale=self.locale)
        self._jinja.filters["either"] = lambda items: format_list(
            [str(item) for item in items], style="or", locale=self.locale
        )
        self._jinja.filters["plural"] = self.plural
        self._jinja.filters["sentence"] = lambda text: str(text)[:1].upper() + str(text)[1:]

    def keys(self, prefix: str) -> list[str]:
        """List what stands directly under ``prefix``, in order."""
        start = f"{prefix}."
        return list(dict.fromkeys(k[len(start) :].split(".")[0] for k in self._messages if k.startswith(start)))

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

    def language_name(self, code: str) -> str:
        """Name a language, given as a BCP 47 tag.

        Examples
        --------
        >>> Wording("en").language_name("uz-Cyrl")
        'Uzbek (Cyrillic)'
        """
        return str(Locale.parse(code, sep="-").get_display_name(self.locale))

    def country(self, code: str) -> str:
        """Name a country, given as an ISO 3166-1 alpha-2 code; 001 is the world.

        Examples
        --------
        >>> Wording("en").country("KZ")
        'Kazakhstan'
        """
        return str(self.locale.territories.get(code, code))

    def plural(self, count: object, one: str, other: str) -> str:
        """Choose the form that goes with a count."""
        return one if self.locale.plural_form(float(str(count))) == "one" else other

    def amount(self, value: Fraction | None, low: Fraction | None, high: Fraction | None, unit: str) -> str:
        """Write a worked-out number with its unit, to the digits that count."""
        if value is None:
            return self._unreached(low, unit) or self.say("number.never")
        factor, template = self._unit(unit, value, low, high)
        exact = low is not None and low == high
        places = _places(value / factor, Fraction(0) if exact else None, unit)
        return self._apply(template, [self._digits(value / factor, places, unit)], value / factor)

    def span(self, value: Fraction | None, low: Fraction | None, high: Fraction | None, unit: str) -> str:
        """Write an interval; its ends are rounded outwards, so that it still holds the true one."""
        if value is None and (unreached := self._unreached(low, unit)):
            return unreached
        if low is None and high is None:
            return self.say("number.never" if value is None else "number.unbounded")
        if low == high:
            return self.say("number.exact")
        middle = value if value is not None else low if low is not None else high
        assert middle is not None
        factor, template = self._unit(unit, middle, low, high)
        width = (high - low) / factor if low is not None and high is not None else None
        places = _places(middle / factor, width, unit)
        ends = [
            None if end is None else self._digits(end / factor, places, unit, way)
            for end, way in ((low, math.floor), (high, math.ceil))
        ]
        if ends[1] is None:
            return self.say("number.from", n=self._apply(template, [str(ends[0])], middle))
        if ends[0] is None:
            return self.say("number.up_to", n=self._apply(template, [ends[1]], middle))
        return self._apply(template, [str(end) for end in ends], middle)

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
        number = self._apply(template, [self._digits(value / factor, places, unit)], value / factor)
        return self.say(f"comparators.{comparator}", n=number)

    def period(self, period: str, comparator: str = "=") -> str:
        """Write a period in ISO 8601 as a date, a month, a year or a range of them.

        Whole years and months are written as such, however they were given.
        """
        if not period:
            return self.say("number.no_period")
        first, last = bounds(period)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            text = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
        elif first.day == 1 and (last + timedelta(days=1)).day == 1:
            text = str(format_interval(first, last, "yMMMM", locale=self.locale))
        else:
            text = str(format_interval(first, last, "yMMMMd", locale=self.locale))
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
        return Fraction(factor), self._named(scaled, 2).replace("{n} ", "")

    def _unreached(self, low: Fraction | None, unit: str) -> str:
        """Say of what had not come about by the end of a record how far that reaches; nothing for other units."""
        key = f"number.unreached.{unit}"
        return "" if low is None or key not in self._messages else self.say(key, n=self._digits(low, 0, unit))

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
            name = get_currency_name(symbol, count=2 if scale else value, locale=self.locale)
        return self._messages[f"scales.{scale}"].replace("{unit}", name) if scale else f"{{n}} {name}"

    def _digits(self, value: Fraction, places: int, unit: str, way: Callable[[Fraction], int] | None = None) -> str:
        shown_value = value * 100 if unit in _RATIOS else value
        number = Fraction((way or _nearest)(shown_value * 10**places), 10**places)
        pattern = ("0" if unit in _YEARS else "#,##0") + ("." + "0" * places if places else "")
        exact = Decimal(decimal_text(number, 30))
        return str(format_decimal(exact, format=pattern, locale=self.locale)).replace("-", "\u2212")

    def _apply(self, unit: str, numbers: list[str], value: Fraction) -> str:
        """Put numbers into their unit's pattern: a unit that is a word once, a sign at each number."""
        form = self.locale.plural_form(float(value)) if len(numbers) == 1 else "other"
        keys = (f"units.{unit}.{form}", f"units.{unit}.other", f"units.{unit}")
        pattern = next((self._messages[key] for key in keys if key in self._messages), None)
        pattern = pattern or self._named(unit, float(value))
        if "{n} " in pattern:
            return pattern.replace("{n}", self._join(numbers))
        return self._join([pattern.replace("{n}", number) for number in numbers])

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


def _nearest(value: Fraction) -> int:
    """The nearest whole number, halves away from zero as readers expect."""
    return math.floor(abs(value) + Fraction(1, 2)) * (1 if value >= 0 else -1)


def _magnitude(value: Fraction) -> int:
    """The power of ten of the first digit."""
    return math.floor(math.log10(abs(value)))
