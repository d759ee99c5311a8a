"""Numbers as they are written, read back: an interval that is printed holds the true one, in every language."""

import re
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dalil.numbers.intervals import Estimate, Interval
from dalil.wording.catalogue import Wording

LANGUAGES = ("en", "uz", "uz-Cyrl", "ru")
UNITS = st.sampled_from(("USD", "person", "ratio", "ratio_difference", "year", "item", "USD/person"))
# The words for scales in the languages, by how they begin, and the sign and words of a hundredth.
SCALES: dict[str, Fraction] = {
    r"million|миллион|млн": Fraction(10**6),
    r"billion|milliard|миллиард|млрд": Fraction(10**9),
    r"trillion|триллион|трлн": Fraction(10**12),
    r"%|percent|foiz|фоиз|процент|п\.\s?п\.": Fraction(1, 100),
}
NUMBERS = st.fractions(min_value=-(10**13), max_value=10**13, max_denominator=10**6)


worded = cache(Wording)


def read_back(text: str, language: str) -> list[Fraction]:
    """The numbers of a text, each in the scale that is named once for all."""
    group, mark = (",", ".") if language == "en" else ("[\u00a0\u202f]", ",")
    plain = re.sub(rf"(?<=\d){group}(?=\d{{3}}(?!\d))", "", text.replace("$", "")).replace("\u2212", "-")
    scale = next((factor for word, factor in SCALES.items() if re.search(word, plain)), Fraction(1))
    found = re.findall(rf"-?\d+(?:{re.escape(mark)}\d+)?", plain)
    return [Fraction(number.replace(mark, ".")) * scale for number in found]


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    unit=UNITS,
    low=NUMBERS,
    width=st.fractions(min_value=0, max_value=10**12, max_denominator=10**6),
    share=st.fractions(0, 1),
)
@example(unit="USD", low=Fraction(-1, 2), width=Fraction(1, 2) + Fraction(1, 10**6), share=Fraction(1, 3))
@example(unit="USD", low=Fraction(999_999), width=Fraction(2), share=Fraction(1, 2))
def test_an_interval_that_is_printed_holds_the_true_one(
    language: str, unit: str, low: Fraction, width: Fraction, share: Fraction
) -> None:
    assume(width > 0)
    high = low + width
    printed = read_back(worded(language).span(Estimate(low + share * width, Interval(low, high)), unit), language)
    assert len(printed) == 2
    assert printed[0] <= low
    assert high <= printed[1]


@pytest.mark.parametrize("language", LANGUAGES)
@given(unit=UNITS, value=NUMBERS, slack=st.fractions(min_value=0, max_value=10**6, max_denominator=10**3))
def test_an_end_that_is_printed_alone_is_outside_the_true_one(
    language: str, unit: str, value: Fraction, slack: Fraction
) -> None:
    wording = worded(language)
    (low,) = read_back(wording.span(Estimate(value, Interval(value - slack, None)), unit), language)
    (high,) = read_back(wording.span(Estimate(value, Interval(None, value + slack)), unit), language)
    assert low <= value - slack
    assert value + slack <= high


@pytest.mark.parametrize("language", LANGUAGES)
@given(unit=UNITS, value=NUMBERS)
def test_a_number_that_is_printed_is_near_the_true_one(language: str, unit: str, value: Fraction) -> None:
    (printed,) = read_back(worded(language).amount(Estimate(value, Interval(None, None)), unit), language)
    # Three digits that count, or six decimals where the first of them comes later; of percentages whole ones.
    percent = unit.startswith("ratio")
    assert abs(printed - value) <= max(abs(value) / 200, Fraction(1, 200) if percent else Fraction(1, 10**6))
    assert printed == 0 or (printed < 0) == (value < 0)
