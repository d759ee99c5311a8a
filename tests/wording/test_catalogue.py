"""The words: numbers, units, periods and plurals as an editor would write them, and no number typed by hand."""

import ast
import re
from fractions import Fraction

import pytest

from dalil.errors import InputError
from dalil.numbers.intervals import Estimate, Interval
from dalil.parameters import LANGUAGES
from dalil.project import LOCALES, resolve
from dalil.wording.catalogue import Wording
from dalil.yamlfile import read_yaml

# Languages with a file of messages; Uzbek in Cyrillic letters is spelt from the one in Latin letters.
WRITTEN = [language for language in LANGUAGES if language != "uz-Cyrl"]


@pytest.fixture(scope="module")
def words() -> Wording:
    return Wording("en")


AMOUNTS = {
    ("1524390243.9", "1142857142.8", "1906214258.5", "USD"): (
        "$1.52 billion",
        "$1.14 billion to $1.91 billion",
    ),
    ("-376000000", "-1032750000", "281250000", "USD"): (
        "\u2212$0.376 billion",
        "\u2212$1.04 billion to $0.29 billion",
    ),
    ("475609756", "356271444", "595238096", "USD"): ("$476 million", "$356 million to $596 million"),
    ("0.4257950", "0.4248677", "0.4267257", "ratio"): ("43%", "42.4% to 42.7%"),
    ("0.313", "0.308", "0.317", "ratio"): ("31%", "30.8% to 31.7%"),
    ("0.312", "0.3115", "0.3125", "ratio"): ("31.2%", "31.15% to 31.25%"),
    ("0.075", "0.075", "0.075", "ratio"): ("7.5%", "exact"),
    ("0.29099444873", "0.29099444873", "0.29099444873", "ratio"): ("29%", "exact"),
    ("0.0043", "0.0031", "0.0055", "ratio"): ("0.4%", "0.3% to 0.6%"),
    ("0.5", "0.2", "1", "ratio"): ("50%", "20% to 100%"),
    ("-0.1253333", "-0.34425", "0.09375", "ratio"): ("\u221213%", "\u221235% to 10%"),
    ("0", "0", "0", "ratio"): ("0%", "exact"),
    ("-0.03", "-0.04", "-0.03", "ratio_difference"): (
        "\u22123 percentage points",
        "\u22124 to \u22123 percentage points",
    ),
    ("5", "5", "5", "km"): ("5 km", "exact"),
    ("2000000000000", "", "2000000000000", "UZS"): ("2.00 trillion Uzbek soms", "up to 2.00 trillion Uzbek soms"),
    ("3", "3", "3", "year"): ("3 years", "exact"),
    ("1", "1", "1", "year"): ("1 year", "exact"),
    ("2021", "2020", "2022", "calendar_year"): ("2021", "2020 to 2022"),
    ("120500000", "120450000", "120550000", "person"): ("121 million people", "120.45 to 120.55 million people"),
    ("", "", "", "year"): ("never at this rate", "never at this rate"),
    ("4", "2", "", "year"): ("4.00 years", "2.00 years or more"),
    ("1000", "", "1000", "rank"): ("1000", "up to 1000"),
}


@pytest.mark.parametrize("numbers", AMOUNTS)
def test_a_number_and_its_interval_are_written_to_the_digits_that_count(
    words: Wording, numbers: tuple[str, str, str, str]
) -> None:
    value, low, high = (Fraction(text) if text else None for text in numbers[:3])
    estimate = Estimate(value, Interval(low, high))
    written = (words.amount(estimate, numbers[3]), words.span(estimate, numbers[3]))
    assert tuple(text.replace("\u00a0", " ") for text in written) == AMOUNTS[numbers]


PRINTED = {
    ("2000000000", "=", "USD"): "$2 billion",
    ("0.312", "=", "ratio"): "31.2%",
    ("0.2", ">", "ratio"): "more than 20%",
    ("30", ">", "item"): "more than 30",
    ("1000", "<=", "rank"): "in the top 1000",
    ("120500000", "=", "person"): "120.5 million people",
    ("500", "~", "t"): "about 500 tonnes",
    ("0.44", ">=", "ratio"): "at least 44%",
    ("1", "<", "USD"): "less than $1",
}


@pytest.mark.parametrize("claim", PRINTED)
def test_a_claim_is_written_as_it_is_printed(words: Wording, claim: tuple[str, str, str]) -> None:
    written = words.printed(Fraction(claim[0]), claim[1], claim[2])
    assert written.replace("\u00a0", " ") == PRINTED[claim]


PERIODS = {
    "2017": "2017",
    "2017-01-01/2017-12-31": "2017",
    "2021/2025": "2021–2025",
    "1991-12-21": "21 December 1991",
    "2017-03-22/2017-03-23": "22–23 March 2017",
    "2017-12-30/2018-01-02": "30 December 2017 – 2 January 2018",
    "2017-12/2018-01": "December 2017 – January 2018",
    "2018-01/2018-02": "January–February 2018",
    "2018-02": "February 2018",
    "": "no period given",
}


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_is_written_in_words(words: Wording, period: str) -> None:
    assert words.period(period).replace("\u00a0", " ") == PERIODS[period]


def test_a_missing_message_is_named(words: Wording) -> None:
    with pytest.raises(InputError, match=r"wording/locales/en/messages.yml\n  - no message text.nothing"):
        words.say("text.nothing")


def test_a_message_that_wants_what_is_not_there_is_named(words: Wording) -> None:
    with pytest.raises(InputError, match=r"message claim\.question: nothing is given for \{options\}; given: item"):
        words.say("claim.question", item="year")


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
        if not key.startswith("parameters.") and re.search(r"\d", text)
    ]
    assert typed == []


@pytest.mark.parametrize("language", WRITTEN)
def test_no_message_is_a_template(language: str) -> None:
    text = (LOCALES / language / "messages.yml").read_text(encoding="utf-8")
    assert not re.findall(r".*(?:\{\{|\{%).*", text)


# Parts that one language has words for and another does without, by the phrase.
SPARED = {
    "text.follows.needed": {"measure"},
    "tables.sources.by.more": {"n", "size"},
    "tables.sources.by.less": {"n", "size"},
    "tables.sources.by_least.more": {"n", "size"},
    "tables.sources.by_least.less": {"n", "size"},
}


def parts_of(language: str) -> dict[str, set[str]]:
    """The parts of each phrase, whether or not they begin a sentence, in any of its plural forms."""
    words = Wording(language)
    parts: dict[str, set[str]] = {}
    for key, phrase in words._messages.items():
        names = {place.lower() for place in re.findall(r"\{(\w+)(?::\w+)?\}", phrase)}
        parts.setdefault(words._without_form(key), set()).update(names)
    return parts


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_phrase_has_the_parts_that_it_has_in_english(language: str) -> None:
    english, other = parts_of("en"), parts_of(language)
    differing = {key: parts ^ other[key] for key, parts in english.items() if parts != other.get(key, parts)}
    assert {key: parts - SPARED.get(key, set()) for key, parts in differing.items()} == {
        key: set() for key in differing
    }


def test_a_place_with_a_capital_begins_a_sentence() -> None:
    words = Wording("en")
    phrase = "outcomes.repeated_values_agree.same-value"
    assert words.say(phrase, measure="oil <b>", claim="5 t") == "Oil <b>: both statements read 5 t."
    assert words.html(phrase, measure="oil <b>", claim="5 t") == "Oil &lt;b&gt;: both statements read 5 t."
    with pytest.raises(InputError, match=r"nothing is given for \{measure\}"):
        words.say(phrase, claim="5 t")


def test_a_number_not_reached_is_in_the_form_that_goes_with_it() -> None:
    beyond = {years: Estimate(None, Interval(Fraction(years), None)) for years in (21, 22, 25, 1000)}
    said = {years: Wording("ru").amount(estimate, "delay") for years, estimate in beyond.items()}
    assert {years: text.split()[-1] for years, text in said.items()} == {21: "года", 22: "лет", 25: "лет", 1000: "лет"}


def test_russian_has_names_in_the_genitive_where_a_phrase_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words = Wording("ru", {"ru": {"measures": {"trade": "торговля"}, "measures_of": {"trade": "торговли"}}})
    phrase = "Доля {country:of_country} в {measure:of_measure}"
    monkeypatch.setitem(words._messages, "phrase", phrase)
    said = words.say("phrase", country=words.country("KZ"), measure=words.label("measures", "trade"))
    assert said == "Доля Казахстана в торговли"
    unknown = words.say("phrase", country="Руритания", measure="хлеб")
    assert unknown == "Доля страны (Руритания) в показателя «хлеб»"


def test_a_phrase_is_in_the_form_that_goes_with_its_number() -> None:
    words = Wording("ru")
    forms = {n: words.say("document.claims", n=n).split()[0] for n in (1, 2, 5, 11, 21, 22)}
    one, few, many = "утверждение", "утверждения", "утверждений"
    assert forms == {1: one, 2: few, 5: many, 11: many, 21: one, 22: few}


HOSTILE = [
    "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "{% for x in [] %}{% endfor %}",
    "{x}",
    "{0.__class__}",
    "{",
    "}}",
    "%s",
    '<img src="x" onerror="y">',
    "**bold** `code` [link](http://a)",
    "$x$ #let",
]


@pytest.mark.parametrize("language", ["en", "uz", "ru"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_of_an_article_is_data(text: str, language: str) -> None:
    groups = {"measures": {"trade": text}, "ratings": {"contradicted": text}, "reasons": {"claim": text, "mine": text}}
    words, plain = Wording(language, {language: groups}), Wording(language)
    assert words.label("measures", "trade") == words.label("reasons", "mine") == text
    for group, name in (("ratings", "contradicted"), ("reasons", "claim")):
        assert words.label(group, name) == plain.label(group, name)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_part_is_put_in_letter_for_letter(text: str) -> None:
    words = Wording("en")
    assert words.say("lists.and", first=text, last="b") == f"{text} and b"
    assert words.html("lists.and", first=text, last="b").unescape() == f"{text} and b"
    assert "<img" not in words.html("lists.and", first=text, last="b")


def test_labels_of_an_article_name_only_what_it_is_about() -> None:
    words = Wording("en", {"en": {"units": {"USD": {"other": "{n} cats"}}, "number": {"exact": "wrong"}}})
    assert words.amount(Estimate(Fraction(2), Interval(Fraction(2), Fraction(2))), "USD") == "$2"
    assert words.say("number.exact") == "exact"


def _pattern(node: ast.expr) -> str:
    """What a string of code may be, as a pattern; a place between two choices is either, any other one name."""
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.IfExp(body=first, orelse=second):
            return f"(?:{_pattern(first)}|{_pattern(second)})"
        case ast.JoinedStr(values=values):
            return "".join(
                _pattern(value.value if isinstance(value, ast.FormattedValue) else value) for value in values
            )
    return r"[^.]*"


def _said_in_code() -> re.Pattern[str]:
    """The names of the phrases that code of the package can ask for."""
    strings = (
        node
        for path in sorted((resolve("src") / "dalil").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
    )
    patterns = {pattern for node in strings if re.match(r"[a-z_]+\\\.", pattern := _pattern(node))}
    return re.compile("|".join(sorted(patterns)))


def test_every_phrase_of_the_prose_can_be_said() -> None:
    said = _said_in_code()
    unsaid = [key for key in Wording("en").all_keys() if key.startswith("text.") and not said.fullmatch(key)]
    assert unsaid == []
