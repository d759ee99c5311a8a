"""The languages of the report: whole, in the numbers and plurals of each, and the same in all but words."""

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import Project
from dalil.errors import InputError
from dalil.numbers.intervals import Estimate, Interval, exactly
from dalil.parameters import LANGUAGES, Parameters
from dalil.project import DATA_PACKAGE, LOCALES, resolve
from dalil.wording import messages as module
from dalil.wording.catalogue import Wording
from dalil.wording.messages import check_messages
from dalil.yamlfile import read_yaml

OTHERS = [language for language in LANGUAGES if language != "en"]
BILLION = Fraction(10**9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_message(language: str) -> None:
    check_messages(language)


@pytest.mark.parametrize("language", ["uz", "ru"])
def test_a_language_has_no_message_that_is_not_shown(language: str) -> None:
    own = {key for key in Wording(language).all_keys() if not key.startswith("parameters.")}
    assert own - set(Wording("en").all_keys()) == set()


def test_a_message_that_is_missing_is_named_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = shutil.copytree(LOCALES, tmp_path / "locales")
    messages = copied / "ru" / "messages.yml"
    whole = messages.read_text(encoding="utf-8")
    assert whole.count("\n  contents: ") == 1
    messages.write_text(re.sub(r"\n  contents: .*", "", whole), encoding="utf-8")
    monkeypatch.setattr(module, "LOCALES", copied)
    module.locale_messages.cache_clear()
    with pytest.raises(InputError, match=r"messages\.yml\n  - no message document\.contents\nWrite them\."):
        check_messages("ru")
    module.locale_messages.cache_clear()


@pytest.mark.parametrize("language", ["uz", "ru"])
def test_every_parameter_is_explained(language: str) -> None:
    words = Wording(language)
    for name in Parameters.model_fields:
        for what in ("meaning", "allowed", "unit"):
            assert words.parameter(name, what)


@pytest.mark.parametrize("language", ["uz", "ru"])
def test_every_text_of_the_data_files_is_translated(language: str) -> None:
    words = Wording(language)
    tables = json.loads(DATA_PACKAGE.read_text(encoding="utf-8"))["resources"]
    texts = [table["title"] for table in tables]
    texts += [field["description"] for table in tables for field in table["schema"]["fields"]]
    record = json.loads((resolve("data/reference") / "datapackage.json").read_text(encoding="utf-8"))
    for origin in record["origins"].values():
        texts += [origin["producer"].partition(",")[0], origin.get("note") or "", origin["licence"]]
    texts += [resource["title"] for resource in record["resources"]]
    texts += [row["why"] for row in read_yaml(resolve("data/raw/corrections.yml"))]
    texts.append(read_yaml(resolve("data/raw/article.uz.yml"))["subject"])
    statements = (resolve("data/reference") / "statements.csv").read_text(encoding="utf-8")
    assert "note" in statements.splitlines()[0]
    texts += [line.rpartition(",")[2].strip('"') for line in statements.splitlines()[1:] if not line.endswith('"')]
    assert [text for text in texts if not words.knows(text)] == []


@pytest.mark.parametrize("language", ["uz", "ru"])
def test_every_name_that_the_article_uses_has_one_in_the_language(language: str) -> None:
    record = read_yaml(resolve("data/raw/article.uz.yml"))
    claims = read_yaml(resolve("data/raw/claims.yml"))["claims"]
    labels = record["labels"][language]
    assert {claim["measure"] for claim in claims} <= set(labels["measures"])
    assert {claim["subject"] for claim in claims} <= set(labels["subjects"])
    assert {section["id"] for section in record["sections"]} == set(labels["sections"])
    for group, names in record["labels"]["en"].items():
        assert set(names) <= set(labels[group]), group


NUMBERS = {
    ("en", "USD"): ("$1.52 billion", "$1.14 billion to $1.91 billion"),
    ("uz", "USD"): ("1,52 milliard AQSh dollari", "1,14\u202f–\u202f1,91 milliard AQSh dollari"),
    ("uz-Cyrl", "USD"): ("1,52 миллиард АҚШ доллари", "1,14\u202f–\u202f1,91 миллиард АҚШ доллари"),
    ("ru", "USD"): ("1,52 млрд долл. США", "от 1,14 до 1,91 млрд долл. США"),
}


@pytest.mark.parametrize(("language", "unit"), NUMBERS)
def test_a_number_is_written_as_the_language_writes_it(language: str, unit: str) -> None:
    words = Wording(language)
    value, low, high = Fraction("1524390243.9"), Fraction("1142857142.8"), Fraction("1906214258.5")
    estimate = Estimate(value, Interval(low, high))
    written = (words.amount(estimate, unit), words.span(estimate, unit))
    assert tuple(text.replace("\u00a0", " ") for text in written) == NUMBERS[language, unit]


SHORT = {
    "en": ("$2 bn", "\u2212$1.04 bn to $0.29 bn", "31%", "\u22123 pp"),
    "uz": ("2 mlrd AQSh dollari", "\u22121,04 dan 0,29 mlrd AQSh dollarigacha", "31%", "\u22123 foiz punkti"),
    "uz-Cyrl": ("2 млрд АҚШ доллари", "\u22121,04 дан 0,29 млрд АҚШ долларигача", "31%", "\u22123 фоиз пункти"),
    "ru": ("2 млрд долл. США", "от \u22121,04 до 0,29 млрд долл. США", "31 %", "\u22123 п. п."),
}


@pytest.mark.parametrize("language", SHORT)
def test_units_are_short_in_tables_and_figures(language: str) -> None:
    short = Wording(language).short
    gap = Estimate(Fraction(-376 * 10**6), Interval(Fraction(-1033 * 10**6), Fraction(282 * 10**6)))
    written = (
        short.amount(exactly(2 * BILLION), "USD"),
        short.span(gap, "USD"),
        short.amount(exactly(Fraction("0.31")), "ratio"),
        short.amount(exactly(Fraction("-0.03")), "ratio_difference"),
    )
    assert tuple(text.replace("\u00a0", " ") for text in written) == SHORT[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", ["USD", "EUR", "UZS", "person", "ratio", "ratio_difference", "year", "t", "km"])
@pytest.mark.parametrize("value", [2, 3 * 10**6, -4 * 10**9])
def test_a_number_and_its_unit_never_part_at_the_end_of_a_line(language: str, unit: str, value: int) -> None:
    words = Wording(language)
    for wording in (words, words.short):
        assert not re.search(r"\d ", wording.amount(exactly(value), unit))
        assert not re.search(r"\d ", wording.printed(Fraction(value), "=", unit))


def test_a_range_in_russian_ends_in_the_genitive() -> None:
    words = Wording("ru")
    assert words.amount(exactly(2), "year").replace("\u00a0", " ") == "2 года"
    assert (
        words.span(Estimate(Fraction(2), Interval(Fraction(2), Fraction(4))), "delay")
        .replace("\u00a0", " ")
        .endswith("лет")
    )


def test_a_dash_and_a_year_in_russian_stay_with_the_word_before() -> None:
    words = Wording("ru")
    apart = [key for key, phrase in words._messages.items() if re.search(r"\S (?:—|гг?\.)", phrase)]
    assert apart == []


PERIODS = {
    "en": ("2017", "2021–2025", "22–23\u00a0March 2017", "January–February 2018"),
    "uz": ("2017\u2011yil", "2021–2025\u2011yillar", "2017\u2011yil 22–23\u2011mart", "2018\u2011yil yanvar–fevral"),
    "uz-Cyrl": (
        "2017\u00a0йил",
        "2021–2025\u00a0йиллар",
        "2017\u00a0йил 22–23\u00a0март",
        "2018\u00a0йил январь–февраль",
    ),
    "ru": ("2017\u00a0г.", "2021–2025\u00a0гг.", "22–23\u00a0марта 2017\u00a0г.", "январь–февраль 2018\u00a0г."),
}


@pytest.mark.parametrize("language", PERIODS)
def test_a_period_is_written_as_the_language_writes_it(language: str) -> None:
    words = Wording(language)
    given = ("2017", "2021/2025", "2017-03-22/2017-03-23", "2018-01/2018-02")
    assert tuple(words.period(period) for period in given) == PERIODS[language]


def test_no_phrase_of_uzbek_breaks_a_line_behind_a_figure() -> None:
    breaking = [
        key for key, phrase in Wording("uz")._messages.items() if re.search(r"[\d}]-[^\W\d_]|\} (?:ta|foiz)\b", phrase)
    ]
    assert breaking == []


@pytest.mark.parametrize(
    ("language", "figure", "table"),
    [("uz", "1\u2011rasm.", "2\u2011jadval."), ("uz-Cyrl", "1\u2011расм.", "2\u2011жадвал.")],
)
def test_figures_and_tables_of_uzbek_have_their_number_first(language: str, figure: str, table: str) -> None:
    words = Wording(language)
    assert words.say("document.numbered.figure", n=1) == figure
    assert words.say("document.numbered.table", n=2) == table


def test_spelling_leaves_the_places_of_parts_as_they_are() -> None:
    latin, cyrillic = (Wording(language) for language in ("uz", "uz-Cyrl"))
    for key in latin.all_keys():
        places = [re.findall(r"\{\w+\}", words._messages.get(key, "")) for words in (latin, cyrillic)]
        assert places[0] == places[1], key


def test_an_ending_takes_the_place_of_a_soft_sign() -> None:
    words = Wording("uz-Cyrl")
    assert words.period("2018-04", ">=") == "2018\u00a0йил апрелдан"
    assert words.period("2018-04") == "2018\u00a0йил апрель"


def test_an_ending_leaves_what_an_article_says_as_it_is() -> None:
    words = Wording("uz-Cyrl", {"uz": {"measures": {"trade": "“роль”да"}}})
    assert words.say("lists.and", first="рольда", last=words.label("measures", "trade")).startswith("рольда ")
    assert "“роль”да" in words.html("lists.and", first="a", last=words.label("measures", "trade"))


def test_an_abbreviation_at_the_end_of_a_sentence_ends_it() -> None:
    words = Wording("ru")
    assert words.say("claim.question", item="когда", options="2017 г.") == "Когда: 2017 г."


def facts_of(project: Project, language: str) -> dict[str, list[str]]:
    """The facts that a page lists, with the numbers of their rows, whatever the language."""
    page = BeautifulSoup((project.root / f"report/report.{language}.html").read_text(encoding="utf-8"), "html.parser")
    rows = page.select("#table-facts tbody tr")
    return {
        str(row.select("span[id]")[0]["id"]): digits(
            " ".join(cell.get_text(" ") for cell in row.select("th, td")), language
        )
        for row in rows
    }


def digits(text: str, language: str) -> list[str]:
    """The numbers of a text, with a point for the decimal mark and none between thousands."""
    if language == "en":
        plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    else:
        plain = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3}\b)", "", text).replace(",", ".")
    return sorted(re.findall(r"\d+(?:\.\d+)?", plain))


@pytest.mark.slow
@pytest.mark.parametrize("language", OTHERS)
def test_the_same_facts_with_the_same_numbers_are_told_in_every_language(built_all: Project, language: str) -> None:
    english, other = facts_of(built_all, "en"), facts_of(built_all, language)
    assert list(english) == list(other)
    assert {name: (english[name], other[name]) for name in english if english[name] != other[name]} == {}


@pytest.mark.slow
@pytest.mark.parametrize("language", OTHERS)
def test_every_text_gives_the_same_facts_and_claims(built_all: Project, language: str) -> None:
    def links(name: str) -> list[set[str]]:
        page = BeautifulSoup((built_all.root / f"report/report.{name}.html").read_text(encoding="utf-8"), "html.parser")
        sections: list[set[str]] = [set()]
        for tag in page.select("main h2[id], main a.fact, main a.claim"):
            if tag.name == "h2":
                sections.append({f"section {tag['id']}"})
            else:
                sections[-1].add(str(tag["href"]))
        return sections

    assert links(language) == links("en")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_its_pictures_are_told_in_it(built_all: Project, language: str) -> None:
    page = BeautifulSoup((built_all.root / f"report/report.{language}.html").read_text(encoding="utf-8"), "html.parser")
    assert page.html is not None
    assert page.html["lang"] == language
    letters = {"en": "[a-z]", "uz": "[a-z]", "uz-Cyrl": "[а-яўқғҳ]", "ru": "[а-я]"}[language]
    for picture in page.select("svg[role=img]"):
        words = re.findall(rf"{letters}{{3,}}", str(picture["aria-label"]))
        assert len(words) > 5
    foreign = {"en": "[А-я]", "uz": "[А-я]", "uz-Cyrl": "\\b[a-z]{4,}", "ru": "\\b[a-z]{4,}"}[language]
    for heading in page.select("main h2, nav a, caption, thead th, figcaption"):
        assert not re.search(foreign, re.sub(r"\(data/.*?\)", "", heading.get_text())), heading.get_text()
