"""Uzbek in Cyrillic letters: words as the rules of spelling have them, and messages that can be spelt so."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from dalil.project import LOCALES
from dalil.wording.cyrillic import KEPT, cyrillic
from dalil.yamlfile import read_yaml

# What each Latin word is in Cyrillic letters.
WORDS = {
    # digraphs, and letters of their own
    "shahar": "шаҳар", "choʻl": "чўл", "yoqut": "ёқут", "yulduz": "юлдуз", "yangi": "янги", "yer": "ер",
    "oʻzbek": "ўзбек", "gʻoya": "ғоя", "togʻ": "тоғ", "xona": "хона", "hayot": "ҳаёт", "jahon": "жаҳон",
    "dengiz": "денгиз", "loyiha": "лойиҳа", "sayyora": "сайёра", "muayyan": "муайян", "quyosh": "қуёш",
    # yo before the sign of oʻ
    "yoʻl": "йўл", "yoʻq": "йўқ", "oʻquvchi": "ўқувчи", "boʻyicha": "бўйича",
    # e at the start, after a vowel and elsewhere
    "ekan": "экан", "eʼlon": "эълон", "aeroport": "аэропорт", "poeziya": "поэзия", "duel": "дуэл", "keyin": "кейин",
    "dieta": "диета", "koeffitsient": "коэффициент", "poyezd": "поезд", "proyekt": "проект", "Yevropa": "Европа",
    "ijtimoiy-iqtisodiy": "ижтимоий-иқтисодий", "Toshkent-ekspress": "Тошкент-экспресс",
    # tutuq
    "maʼlumot": "маълумот", "sanʼat": "санъат", "qatʼiy": "қатъий", "isʼhoq": "исҳоқ", "moʻjiza": "мўъжиза",
    "bayʼ": "байъ",
    # ц
    "konferensiya": "конференция", "funksiya": "функция", "aksiya": "акция", "opsiya": "опция", "porsiya": "порция",
    "inflyatsiya": "инфляция", "investitsiya": "инвестиция", "litsenziya": "лицензия", "meditsina": "медицина",
    "funksional": "функционал", "sirk": "цирк", "sement": "цемент", "konsert": "концерт", "ssenariy": "сценарий",
    "konsorsium": "консорциум", "Shveysariya": "Швейцария",
    # but not there
    "pensiya": "пенсия", "versiya": "версия", "komissiya": "комиссия", "sirka": "сирка", "shartsiz": "шартсиз",
    "aytsin": "айтсин", "aytsa": "айтса", "sentabr": "сентябрь",
    # ь and ъ
    "oktabr": "октябрь", "aprel": "апрель", "iyul": "июль", "yanvar": "январь", "rol": "роль", "model": "модель",
    "film": "фильм", "kompyuter": "компьютер", "premyera": "премьера", "obyekt": "объект", "subyekt": "субъект",
    "Belarus": "Беларусь", "Belgiya": "Бельгия", "belgilar": "белгилар", "kvartil": "квартиль", "yuan": "юань",
    "Finlandiya": "Финляндия", "Kot-dʼIvuar": "Кот-д’Ивуар",
    "budjet": "бюджет", "magistral": "магистраль", "magistrallar": "магистраллар", "panel": "панель", "rels": "рельс",
    "volfram": "вольфрам", "aksept": "акцепт", "obyom": "объём", "razyezd": "разъезд", "parashut": "парашют",
    "broshura": "брошюра", "Kuznetsov": "Кузнецов", "Yelsin": "Ельцин", "Kazan": "Казань", "YTT": "ЯТТ", "CIF": "СИФ",
    "FOB": "ФОБ", "Asia": "Азия", "Plus": "Плюс",
    # ь goes before an ending
    "aprelda": "апрелда", "sentabrdan": "сентябрдан", "modellar": "моделлар",
    # й before о
    "rayon": "район", "Nyu-York": "Нью-Йорк",
    # capitals
    "Sharq": "Шарқ", "SHARQ": "ШАРҚ", "Yangi": "Янги", "YANGI": "ЯНГИ", "Oʻzbekiston": "Ўзбекистон",
    "OʻZBEKISTON": "ЎЗБЕКИСТОН", "Yoʻl": "Йўл", "YOʻL": "ЙЎЛ", "MAʼLUMOT": "МАЪЛУМОТ", "SENTABR": "СЕНТЯБРЬ",
    "AQSh": "АҚШ", "AQSH": "АҚШ", "MDH": "МДҲ", "BMT": "БМТ", "YaIM": "ЯИМ", "AQShga": "АҚШга",
}  # fmt: skip

LEFT_ALONE = [
    "`gap_2018`", "`data/raw/claims.yml`", "{n}", "<sup class=\"note\">", "</b>", "&nbsp;", "&#160;",
    "https://stat.uz/uz/matbuot", "news.by", "gaps.csv", "data/reference", "gdp_deflator", "en, ru, uz, uz-Cyrl",
    "«-moqda»", "G20", "EXPO",
    "HTML", "PDF", "CC BY-SA", "ISO 8601", "half-unit", "The Times of Central Asia", "XXI", "World", "Dalil",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_spelt_by_the_rules(word: str) -> None:
    assert cyrillic(word) == WORDS[word]


@pytest.mark.parametrize("sign", "‘’'ʻʼ`")
def test_every_sign_for_the_letters_with_an_apostrophe_is_read(sign: str) -> None:
    typed = "Oʻzbekiston, gʻoya va maʼno".replace("ʻ", sign).replace("ʼ", sign)
    assert cyrillic(typed) == "Ўзбекистон, ғоя ва маъно"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_no_word_is_left_alone(text: str) -> None:
    assert cyrillic(text) == text
    assert cyrillic(f"bu {text} va boshqalar") == f"бу {text} ва бошқалар"


def test_an_ending_is_spelt_after_what_is_left_alone() -> None:
    assert cyrillic("HTMLda, `a.csv`ga, Gapminderdan, F-oʻlchov") == "HTMLда, `a.csv`га, Gapminderдан, F-ўлчов"


def test_a_date_has_no_hyphen_but_other_ordinals_have() -> None:
    assert cyrillic("2017-yil 22–23-mart, 1991-yilgacha") == "2017\u00a0йил 22–23\u00a0март, 1991\u00a0йилгача"
    assert cyrillic("2018- va 2020-yillar, 24-avgustdagi") == "2018\u00a0ва 2020\u00a0йиллар, 24\u00a0августдаги"
    assert cyrillic("490-oʻrin, 61–65-qatorlar, 3-martaba") == "490-ўрин, 61–65-қаторлар, 3-мартаба"


def test_text_in_cyrillic_letters_stays_as_it_is() -> None:
    for text in (*WORDS.values(), "2017 йил 7 февралдаги PDFда"):
        assert cyrillic(text) == text


def _messages(tree: dict[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _messages(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


# The name of the locale is no message.
MESSAGES = dict(_messages({k: v for k, v in read_yaml(LOCALES / "uz" / "messages.yml").items() if k != "locale"}))
DATA = {str(text): str(translation) for text, translation in read_yaml(LOCALES / "uz" / "data.yml").items()}


def _outside(message: str) -> list[str]:
    """The texts of a message that stand outside Jinja's expressions."""
    return [token for _, kind, token in Environment().lex(message) if kind == "data"]


# What may be in Latin letters: the words that are kept, code, placeholders, files and sites, codes of languages.
_KEPT_WORDS = {word for name in KEPT for word in re.findall("[A-Za-z]+", name)} | {"F", "no"}
_NO_WORDS = r"`[^`]*`|«[^«»]*»|\{\w+\}|[\w/-]+(?:\.[\w-]+)+|data/\w+|\w+_\w+|en, ru, uz, uz-Cyrl"


def _latin(text: str) -> list[str]:
    found = re.findall("[A-Za-z]+", re.sub(_NO_WORDS, "", cyrillic(text)))
    return [word for word in found if word not in _KEPT_WORDS]


def test_no_latin_letter_is_left_in_a_message_or_a_translation() -> None:
    texts = {**{key: _outside(message) for key, message in MESSAGES.items()}, **{text: [DATA[text]] for text in DATA}}
    left = {key: [word for part in parts for word in _latin(part)] for key, parts in texts.items()}
    assert {key: words for key, words in left.items() if words} == {}


def test_spelling_a_message_twice_changes_nothing() -> None:
    texts = [*DATA.values(), *(token for text in MESSAGES.values() for token in _outside(text))]
    assert [text for text in texts if cyrillic(cyrillic(text)) != cyrillic(text)] == []


def test_one_sign_stands_for_each_letter_with_an_apostrophe() -> None:
    wrong = re.compile("(?<=[A-Za-z])['‘’]|[oOgG]ʼ|(?<![oOgG])ʻ")
    texts = [*DATA.values(), *(token for text in MESSAGES.values() for token in _outside(text))]
    assert [text for text in texts if wrong.search(text)] == []


def test_no_ending_after_an_expression_would_be_taken_for_the_start_of_a_word() -> None:
    assert [key for key, text in MESSAGES.items() if re.search(r"[}]e", text)] == []


def _shown(expression: nodes.Node) -> Iterator[str]:
    """The texts written within an expression that readers may come to see: not keys, names of tests or of fields."""
    if isinstance(expression, nodes.Const):
        yield str(expression.value)
    elif isinstance(expression, nodes.CondExpr):
        for branch in (expression.expr1, expression.expr2):
            if branch is not None:
                yield from _shown(branch)
    elif isinstance(expression, nodes.Filter) and expression.name not in {"map", "selectattr"}:
        for part in (expression.node, *expression.args, *(keyword.value for keyword in expression.kwargs)):
            if part is not None:
                yield from _shown(part)
    elif isinstance(expression, nodes.Concat):
        for part in expression.nodes:
            yield from _shown(part)
    elif isinstance(expression, nodes.BinExpr):
        for part in (expression.left, expression.right):
            yield from _shown(part)


def test_no_text_that_readers_see_stands_within_an_expression() -> None:
    within = {}
    for key, message in MESSAGES.items():
        tree = Environment().parse(message)
        parts: list[nodes.Node] = [part for output in tree.find_all(nodes.Output) for part in output.nodes]
        parts += [assigned.node for assigned in tree.find_all(nodes.Assign)]
        found = [text for part in parts for text in _shown(part) if re.search(r"[^\W\d_]", text)]
        if found:
            within[key] = found
    assert within == {}


def test_a_text_within_an_expression_is_found() -> None:
    shown = "{{ 'bir' if x else ('ikki' ~ y) | list }}{{ y | plural(one='uch') }}"
    tree = Environment().parse(shown + "{{ f['kalit_' ~ y] }}{{ term('kalit', y) }}{% if y == 'kalit' %}{% endif %}")
    found = [text for output in tree.find_all(nodes.Output) for part in output.nodes for text in _shown(part)]
    assert found == ["bir", "ikki", "uch"]


@given(st.text())
def test_any_text_spelt_twice_is_as_spelt_once(text: str) -> None:
    assert cyrillic(cyrillic(text)) == cyrillic(text)


@given(
    st.lists(st.sampled_from([*sorted({word for text in DATA.values() for word in text.split()}), "F", "GDP", "`a`"]))
)
def test_any_words_spelt_twice_are_as_spelt_once(words: list[str]) -> None:
    text = " ".join(words)
    assert cyrillic(cyrillic(text)) == cyrillic(text)
