"""The words: numbers, units, periods and plurals as an editor would write them, and no number typed by hand."""

import re
from fractions import Fraction

import pytest

from dalil.errors import InputError
from dalil.parameters import LANGUAGES
from dalil.project import LOCALES
from dalil.wording.catalogue import Wording
from dalil.yamlfile import read_yaml

# Languages with a file of messages; Uzbek in Cyrillic letters is spelt from the one in Latin letters.
WRITTEN = [language for language in LANGUAGES if language != "uz-Cyrl"]


@pytest.fixture(scope="module")
def words() -> Wording:
    return Wording("en")


AMOUNTS = {
    ("1524390243.9", "1142857142.8", "1906214258.5", "USD"): (
        "1.52 billion US dollars",
        "1.14 to 1.91 billion US dollars",
    ),
    ("-376000000", "-1032750000", "281250000", "USD"): (
        "\u22120.376 billion US dollars",
        "\u22121.033 to 0.282 billion US dollars",
    ),
    ("475609756", "356271444", "595238096", "USD"): ("476 million US dollars", "356 to 596 million US dollars"),
    ("0.4257950", "0.4248677", "0.4267257", "ratio"): ("42.6%", "42.48% to 42.68%"),
    ("0.5", "0.2", "1", "ratio"): ("50.0%", "20.0% to 100.0%"),
    ("-0.1253333", "-0.34425", "0.09375", "ratio"): ("\u221212.5%", "\u221234.5% to 9.4%"),
    ("0", "0", "0", "ratio"): ("0%", "exact"),
    ("-0.03", "-0.04", "-0.03", "ratio_difference"): (
        "\u22123.00 percentage points",
        "\u22124.00 to \u22123.00 percentage points",
    ),
    ("5", "5", "5", "km"): ("5 km", "exact"),
    ("2000000000000", "", "2000000000000", "UZS"): ("2.00 trillion Uzbek soms", "up to 2.00 trillion Uzbek soms"),
    ("3", "3", "3", "year"): ("3 years", "exact"),
    ("1", "1", "1", "year"): ("1 year", "exact"),
    ("2021", "2020", "2022", "calendar_year"): ("2021", "2020 to 2022"),
    ("120500000", "120450000", "120550000", "person"): ("121 million people", "120.45 to 120.55 million people"),
    ("", "", "", "year"): ("never at this rate", "never at this rate"),
    ("4", "2", "", "year"): ("4.00 years", "2.00 years or more"),
    ("1000", "", "1000", "rank"): ("1,000", "up to 1,000"),
}


@pytest.mark.parametrize("numbers", AMOUNTS)
def test_a_number_and_its_interval_are_written_to_the_digits_that_count(
    words: Wording, numbers: tuple[str, str, str, str]
) -> None:
    value, low, high = (Fraction(text) if text else None for text in numbers[:3])
    assert (words.amount(value, low, high, numbers[3]), words.span(value, low, high, numbers[3])) == AMOUNTS[numbers]


PRINTED = {
    ("2000000000", "=", "USD"): "2 billion US dollars",
    ("0.312", "=", "ratio"): "31.2%",
    ("0.2", ">", "ratio"): "more than 20%",
    ("30", ">", "item"): "more than 30",
    ("1000", "<=", "rank"): "at most 1,000",
    ("120500000", "=", "person"): "120.5 million people",
    ("500", "~", "t"): "about 500 tonnes",
    ("0.44", ">=", "ratio"): "at least 44%",
    ("1", "<", "USD"): "less than 1 US dollar",
}


@pytest.mark.parametrize("claim", PRINTED)
def test_a_claim_is_written_as_it_is_printed(words: Wording, claim: tuple[str, str, str]) -> None:
    assert words.printed(Fraction(claim[0]), claim[1], claim[2]) == PRINTED[claim]


PERIODS = {
    "2017": "2017",
    "2017-01-01/2017-12-31": "2017",
    "2021/2025": "2021–2025",
    "1991-12-21": "21 December 1991",
    "2017-03-22/2017-03-23": "22–23 March 2017",
    "2017-12-30/2018-01-02": "30 December 2017 – 2 January 2018",
    "2017-12/2018-01": "December 2017 – January 2018",
    "2018-01/2018-02": "January – February 2018",
    "2018-02": "February 2018",
    "": "no period given",
}


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_is_written_in_words(words: Wording, period: str) -> None:
    assert words.period(period) == PERIODS[period]


def test_a_missing_message_is_named(words: Wording) -> None:
    with pytest.raises(InputError, match=r"src/dalil/wording/locales/en.yml\n  - no message text.nothing"):
        words.say("text.nothing")


def test_a_message_that_wants_what_is_not_there_is_named(words: Wording) -> None:
    with pytest.raises(InputError, match=r"message claim\.place: 'lines' is undefined"):
        words.say("claim.place")


@pytest.mark.parametrize("language", WRITTEN)
def test_no_message_holds_a_number_typed_by_hand(language: str) -> None:
    def texts(messages: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
        return [
            pair
            for key, value in messages.items()
            for pair in (texts(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, str(value))])
        ]

    typed = [
        key
        for key, text in texts(read_yaml(LOCALES / language / "messages.yml"))
        # What a parameter allows is a matter of code, which the English text comes from.
        if not key.startswith("parameters.")
        and re.search(r"\d", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL))
    ]
    assert typed == []
