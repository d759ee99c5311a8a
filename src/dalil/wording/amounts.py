"""Numbers as a language writes them: with their units, in the scale that suits them, to the digits that count."""

import math
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from typing import Self

from babel.numbers import format_decimal, get_currency_name

from dalil.numbers.intervals import Estimate, decimal_text
from dalil.wording.messages import Messages

# What large values are read more easily in, and the units that have such; so do those without a message.
_SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6}
_SCALED = {"USD", "EUR", "UZS", "person", "t"}
# As many as a unit has beside the name of a scale, for its form.
_MANY = 5
# Units whose values are written times a hundred: percentages, and percentage points between two of them.
_RATIOS = {"ratio", "ratio_difference"}
# Units whose values are years or places in a row, written without a mark between the thousands.
_ORDINALS = {"calendar_year", "year_met", "rank"}
# Units of what comes in wholes.
_WHOLE = {"item", "count", *_ORDINALS, "delay"}
# Digits that count in a number that was worked out; a percentage is worked out to a whole one. Its interval says how
# sure they are. A percentage that is exact or printed somewhere keeps its own decimals, up to so many.
_SIGNIFICANT = 3
_OWN_DECIMALS = 2
_MOST_DECIMALS = 6
# Digits of the largest number that is written in full; growth without end leads to such.
_MOST_DIGITS = 4000


@dataclass(frozen=True)
class _Scale:
    """A unit, and what its numbers are divided by so that they are easy to read; by nothing where it has no name."""

    unit: str
    name: str = ""

    @property
    def factor(self) -> int:
        return _SCALES[self.name] if self.name else 1


class Amounts(Messages):
    """Numbers, ranges and scales in the words of a language."""

    @cached_property
    def short(self) -> Self:
        """The same words with units as tables and figures have them.

        Examples
        --------
        >>> from dalil.numbers.intervals import exactly
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").amount(exactly(2 * 10**9), "USD"), Wording("en").short.amount(exactly(2 * 10**9), "USD")
        ('$2\xa0billion', '$2\xa0bn')
        """
        short = copy(self)
        own = (key for key in self._messages if key.startswith("brief."))
        short._messages = self._messages | {key.removeprefix("brief."): self._messages[key] for key in own}
        return short

    def amount(self, estimate: Estimate, unit: str, *, beside: Fraction | None = None) -> str:
        """Write a worked-out number with its unit, to the digits that count.

        Parameters
        ----------
        estimate, unit
            The number.
        beside
            Another number, which it is written in the scale of.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> from dalil.numbers.intervals import exactly
        >>> small = exactly(Fraction(-200_000_000))
        >>> Wording("en").amount(small, "USD"), Wording("en").amount(small, "USD", beside=Fraction(3_000_000_000))
        ('−$200\xa0million', '−$0.20\xa0billion')
        """
        value, low, high = estimate.value, estimate.range.low, estimate.range.high
        if value is None:
            return self._unreached(low, unit) or self.say("number.never")
        scale = self._scale(unit, value, low, high, beside)
        width = (high - low) / scale.factor if low is not None and high is not None else None
        shown = value / scale.factor
        places = _places(shown, width, unit)
        if beside and shown:
            # No more decimals than the number beside it has, but the first that is not nothing.
            places = min(places, max(_places(beside / scale.factor, None, unit), -_magnitude(shown)))
        return self._apply(scale, [_rounded(shown, places, unit)])

    def span(self, estimate: Estimate, unit: str, *, beside: Fraction | None = None) -> str:
        """Write an interval; its ends are rounded outwards, so that it still holds the true one.

        Parameters
        ----------
        estimate, unit
            The number that the interval is of.
        beside
            Another number, which its ends are written in the scale of.

        Examples
        --------
        >>> from dalil.numbers.intervals import Interval
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").span(Estimate(Fraction(2), Interval(Fraction(7, 6), None)), "year")
        '1.16\xa0years or more'
        """
        value, low, high = estimate.value, estimate.range.low, estimate.range.high
        if value is None and (unreached := self._unreached(low, unit)):
            return unreached
        if low is None and high is None:
            return self.say("number.never" if value is None else "number.unbounded")
        if low == high:
            return self.say("number.exact")
        middle = value if value is not None else low if low is not None else high
        assert middle is not None
        scale = self._scale(unit, middle, low, high, beside)
        factor = scale.factor
        ends = _outwards(None if low is None else low / factor, None if high is None else high / factor, unit)
        if high is None:
            return self.say("number.from", n=self._apply(scale, ends, bound=True))
        if low is None:
            return self.say("number.up_to", n=self._apply(scale, ends, bound=True))
        return self._apply(scale, ends)

    def known(self, estimate: Estimate, unit: str) -> str:
        """Write a worked-out number, or its interval where only one end of it is known.

        Examples
        --------
        >>> from dalil.numbers.intervals import Interval
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").known(Estimate(Fraction(1, 4), Interval(None, Fraction(9, 32))), "ratio")
        'up to 29%'
        """
        low, high = estimate.range.low, estimate.range.high
        one_sided = estimate.value is not None and (low is None) != (high is None)
        return (self.span if one_sided else self.amount)(estimate, unit)

    def printed(self, value: Fraction, comparator: str, unit: str) -> str:
        """Write a claim's number as the article prints it, in this language.

        Parameters
        ----------
        value, unit
            The number.
        comparator
            Whether it is said to be more or less than that, or about it.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").printed(Fraction("0.20"), ">", "ratio")
        'more than 20%'
        """
        scale = self._scale(unit, value)
        text = decimal_text(value / scale.factor * _hundred(unit))
        places = len(text.partition(".")[2])
        number, own = _rounded(value / scale.factor, places, unit), f"comparators.{unit}.{comparator}"
        if self.has(own):
            return self.say(own, n=self._digits(number, unit))
        return self.say(f"comparators.{comparator}", n=self._apply(scale, [number], bound=comparator != "="))

    def tick(self, value: float) -> str:
        """Write a number along an axis, with as many decimals as it needs.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").tick(-2.5)
        '−2.5'
        """
        return self._number(Decimal(f"{value:.10g}"), "#,##0.######")

    def scale(self, unit: str, values: Iterable[Fraction]) -> tuple[Fraction, str]:
        """Choose what to divide an axis by so that some values are easy to read, and name what is left.

        Parameters
        ----------
        unit, values
            What stands along the axis.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").scale("USD", [Fraction(5 * 10**9)])
        (Fraction(1000000000, 1), '$ billion')
        """
        scale = self._scale(unit, *values)
        factor = Fraction(1, 100) if unit in _RATIOS else Fraction(scale.factor)
        named = self.has(f"axes.{unit}") and not scale.name
        return factor, self.say(f"axes.{unit}") if named else self._bare(scale) or self.label("axes", unit)

    def _unreached(self, low: Fraction | None, unit: str) -> str:
        """Say of what had not come about by the end of a record how far that reaches; nothing for other units."""
        key = f"number.unreached.{unit}"
        if low is None or not self.has(key):
            return ""
        number = _rounded(low, 0, unit)
        return self.say(key, n=self._digits(number, unit), count=int(number))

    def _scale(self, unit: str, *values: Fraction | None) -> _Scale:
        """Choose the scale that suits the largest of some values."""
        largest = max((abs(value) for value in values if value is not None), default=Fraction(0))
        if unit in _SCALED or not self.has(f"units.{unit}"):
            return next((_Scale(unit, name) for name, factor in _SCALES.items() if largest >= factor), _Scale(unit))
        return _Scale(unit)

    def _pattern(self, scale: _Scale, form: str, value: float) -> str:
        """The pattern of a unit in a plural form; one without a message is named by CLDR (a currency) or its symbol."""
        unit = scale.unit
        if scale.name:
            pattern = self._pattern(_Scale(unit), self.locale.plural_form(_MANY), _MANY)
            return pattern.replace("{n}", self._messages[f"scales.{scale.name}"])
        if self.has(f"units.{unit}"):
            keys = (f"units.{unit}", f"units.{unit}.{form}", f"units.{unit}.other")
            return next(self._messages[key] for key in keys if key in self._messages)
        currency = unit in self.locale.currencies
        name = self._spell(get_currency_name(unit, count=value, locale=self.locale)) if currency else self._own(unit)
        return f"{{n}} {name}"

    def _own(self, unit: str) -> str:
        """The article's own name of a unit."""
        return self._spell(self._labels.get(f"units.{unit}", unit))

    def _bare(self, scale: _Scale) -> str:
        """The name of a unit of which there are many, without a number; nothing for a sign behind it."""
        pattern = self._pattern(scale, self.locale.plural_form(_MANY), _MANY)
        return pattern.replace("{n}", "").strip() if pattern[0] != "{" else _word_of(pattern)

    def _digits(self, number: Decimal, unit: str) -> str:
        """Write a number with the decimals it carries."""
        places = max(0, -int(number.as_tuple().exponent))
        pattern = ("0" if unit in _ORDINALS else "#,##0") + "." * bool(places)
        return self._number(number, pattern + "0" * places)

    def _number(self, number: Decimal, pattern: str) -> str:
        with localcontext(prec=_MOST_DIGITS):
            return str(format_decimal(number, format=pattern, locale=self.locale)).replace("-", "\u2212")

    def _apply(self, scale: _Scale, numbers: list[Decimal], *, bound: bool = False) -> str:
        """Put numbers into their unit's pattern: a unit that is a word once, a sign at each number.

        The form of a word is that of the number before it, as it is written. In a range, and with a bound, a
        language that has a form for many puts it into the genitive: its forms are then those of many and of parts.
        """
        form = self.locale.plural_form(abs(numbers[-1]))
        inflected = f"units.{scale.unit}.many" in self._messages
        if len(numbers) > 1 or (bound and inflected):
            form = {"one": "other", "few": "many"}.get(form, form)
        # A number and its unit stand in one line.
        pattern = self._pattern(scale, form, float(numbers[-1])).replace("{n} ", "{n}\u00a0")
        written = [self._digits(number, scale.unit) for number in numbers]
        with_unit = [_signed(pattern, number) for number in written]
        if len(numbers) == 1:
            return with_unit[0]
        between = "number.between_signed" if min(numbers) < 0 else "number.between"
        return self.say(between, low=written[0] if _word_of(pattern) else with_unit[0], high=with_unit[1])


def _word_of(pattern: str) -> str:
    """The word that a pattern has after the number; nothing where it is a sign at the number.

    Examples
    --------
    >>> _word_of("{n} million people"), _word_of("{n}%")
    ('million people', '')
    """
    word = pattern.removeprefix("{n}")
    return word.strip() if word[:1].isspace() else ""


def _signed(pattern: str, number: str) -> str:
    """A number with its unit; the minus stands before a sign of the unit that comes first.

    Examples
    --------
    >>> _signed("${n} billion", "−2"), _signed("{n}%", "−2")
    ('−$2 billion', '−2%')
    """
    minus = number[:1] if number.startswith("\u2212") and pattern[0] != "{" else ""
    return minus + pattern.replace("{n}", number.removeprefix(minus))


def _places(value: Fraction, width: Fraction | None, unit: str) -> int:
    """Decimals to show: three digits that count, and none of a percentage, but the first that is not nothing.

    A width of zero is an exact number: a whole one is written without decimals. A percentage that is exact, or whose
    width is that of a printed one, is written as it was printed.
    """
    shown, spread = value * _hundred(unit), None if width is None else width * _hundred(unit)
    if not shown or (shown.denominator == 1 and (unit in _WHOLE or spread == 0)):
        return 0
    if unit not in _RATIOS:
        return min(max(0, _SIGNIFICANT - 1 - _magnitude(shown)), _MOST_DECIMALS)
    own = next((n for n in range(_OWN_DECIMALS + 1) if (shown * 10**n).denominator == 1), None)
    if own is not None and spread in {0, Fraction(1, 10**own)}:
        return own
    return 0 if _nearest(shown) else min(-_magnitude(shown), _MOST_DECIMALS)


def _outwards(low: Fraction | None, high: Fraction | None, unit: str) -> list[Decimal]:
    """Round the ends of an interval outwards, to as many digits as keep it from getting twice as wide."""
    ends = [(end, way) for end, way in ((low, math.floor), (high, math.ceil)) if end is not None]
    first = 0 if unit in _RATIOS else _places(max((end for end, _ in ends), key=abs), None, unit)
    for places in range(first, _MOST_DECIMALS + 1):
        rounded = [_rounded(end, places, unit, way) for end, way in ends]
        if low is None or high is None or Fraction(rounded[-1] - rounded[0]) < 2 * (high - low) * _hundred(unit):
            break
    return rounded


def _rounded(value: Fraction, places: int, unit: str, way: Callable[[Fraction], int] | None = None) -> Decimal:
    """A number of a unit as it is written: to some decimals, and times a hundred where it is a percentage."""
    number = (way or _nearest)(value * _hundred(unit) * 10**places)
    return Decimal(number).scaleb(-places)


def _hundred(unit: str) -> int:
    """What numbers of a unit are multiplied by when they are written."""
    return 100 if unit in _RATIOS else 1


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
