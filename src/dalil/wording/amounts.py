"""Numbers as a language writes them: with their units, in the scale that suits them, to the digits that count."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from babel.numbers import format_decimal, get_currency_name

from dalil.numbers.intervals import Estimate, Interval, decimal_text
from dalil.wording.messages import Messages

# What large values are read more easily in, and the units that have such; so do those without a message.
_SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6}
_SCALED = {"USD", "EUR", "UZS", "person", "t"}
# As many as a unit has beside the name of a scale, for its form.
_MANY = 5
# Units whose values are written times a hundred: percentages, and percentage points between two of them.
_RATIOS = {"ratio", "ratio_difference"}
# Units whose values are years, written without a mark between the thousands.
_YEARS = {"calendar_year", "year_met"}
# Digits that count in a number that was worked out; its interval says how sure they are.
_SIGNIFICANT = 3
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
        >>> small = about(Fraction(-200_000_000))
        >>> Wording("en").amount(small, "USD"), Wording("en").amount(small, "USD", beside=Fraction(3_000_000_000))
        ('−200 million US dollars', '−0.200 billion US dollars')
        """
        value, low, high = estimate.value, estimate.range.low, estimate.range.high
        if value is None:
            return self._unreached(low, unit) or self.say("number.never")
        scale = self._scale(unit, value, low, high, beside)
        exact = low is not None and low == high
        places = _places(value / scale.factor, Fraction(0) if exact else None, unit)
        return self._apply(scale, [_rounded(value / scale.factor, places, unit)])

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
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").span(Estimate(Fraction(2), Interval(Fraction(7, 6), None)), "year")
        '1.16 years or more'
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
        width = (high - low) / scale.factor if low is not None and high is not None else None
        places = _places(middle / scale.factor, width, unit)
        ends = [
            _rounded(end / scale.factor, places, unit, way)
            for end, way in ((low, math.floor), (high, math.ceil))
            if end is not None
        ]
        if high is None:
            return self.say("number.from", n=self._apply(scale, ends, bound=True))
        if low is None:
            return self.say("number.up_to", n=self._apply(scale, ends, bound=True))
        return self._apply(scale, ends)

    def known(self, estimate: Estimate, unit: str) -> str:
        """Write a worked-out number, or its interval where only one end of it is known.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").known(Estimate(Fraction(1, 4), Interval(None, Fraction(9, 32))), "ratio")
        'up to 28.2%'
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
        text = decimal_text(value / scale.factor * (100 if unit in _RATIOS else 1))
        places = len(text.partition(".")[2])
        number = self._apply(scale, [_rounded(value / scale.factor, places, unit)], bound=comparator != "=")
        return self.say(f"comparators.{comparator}", n=number)

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
        (Fraction(1000000000, 1), 'billion US dollars')
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
            return self._messages[f"scales.{scale.name}"].replace("{unit}", self._bare(_Scale(unit)))
        if self.has(f"units.{unit}"):
            keys = (f"units.{unit}.{form}", f"units.{unit}.other", f"units.{unit}")
            return next(self._messages[key] for key in keys if key in self._messages)
        currency = unit in self.locale.currencies
        name = self._spell(get_currency_name(unit, count=value, locale=self.locale)) if currency else unit
        return f"{{n}} {name}"

    def _bare(self, scale: _Scale) -> str:
        """The name of a unit of which there are many, without a number; nothing for a sign."""
        return _word_of(self._pattern(scale, self.locale.plural_form(_MANY), _MANY))

    def _digits(self, number: Decimal, unit: str) -> str:
        """Write a number with the decimals it carries."""
        places = max(0, -int(number.as_tuple().exponent))
        pattern = ("0" if unit in _YEARS else "#,##0") + "." * bool(places)
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
        pattern = self._pattern(scale, form, float(numbers[-1]))
        written = [self._digits(number, scale.unit) for number in numbers]
        if _word_of(pattern):
            return pattern.replace("{n}", self._join(written))
        return self._join([pattern.replace("{n}", number) for number in written])

    def _join(self, numbers: list[str]) -> str:
        if len(numbers) == 1:
            return numbers[0]
        return self._messages["number.between"].format(low=numbers[0], high=numbers[1])


def about(value: Fraction) -> Estimate:
    """Take a number whose interval is not known, so that it is written to the digits that count.

    Examples
    --------
    >>> about(Fraction(1, 3)).range.high is None
    True
    """
    return Estimate(value, Interval(None, None))


def _word_of(pattern: str) -> str:
    """The word that a pattern has after the number; nothing where it is a sign at the number.

    Examples
    --------
    >>> _word_of("{n} million people"), _word_of("{n}%")
    ('million people', '')
    """
    word = pattern.removeprefix("{n}")
    return word.strip() if word[:1].isspace() else ""


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
