"""Quantities are read with value, unit, kind, bound, precision and place, and words are left alone.

What every kind of phrase in every language must give stands in the labelled set under ``tests/quantities``; the
tables here hold what that set does not say: exact spans, precisions, bounds, changes, and Uzbek word by word.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalil.errors import InputError
from dalil.project import READING
from dalil.tables.schema import write_table
from dalil.text import Quantity, read_numerals, read_quantities
from dalil.text.cardinals import cardinals
from dalil.text.compounds import tokens
from dalil.text.grammar import ROLES, grammar, languages
from dalil.text.phrases import SHAPES
from scoring import LABELLED, labelled, misses, reading_rows, score


def only(text: str, language: str = "uz") -> Quantity:
    """Read a text that states one quantity."""
    (quantity,) = read_quantities(text, language)
    return quantity


def exact(quantity: Quantity) -> str:
    """Write the value, or the date, as it was read."""
    return quantity.iso if quantity.value is None else str(quantity.value)


# text, part that is read, value, unit, kind, comparator, worth of the last printed digit
AMOUNTS = [
    # digits
    ("30 hujjat", "30", "30", "item", "count", "=", "0"),
    ("jami 1000 ta", "1000 ta", "1000", "item", "count", "=", "0"),
    ("12 500 hujjat", "12 500", "12500", "item", "count", "=", "0"),
    ("1 234 567 hujjat", "1 234 567", "1234567", "item", "count", "=", "0"),
    ("12\u00a0500 hujjat", "12\u00a0500", "12500", "item", "count", "=", "0"),
    ("12\u202f500 hujjat", "12\u202f500", "12500", "item", "count", "=", "0"),
    ("1 234 567,8 tonna yuk", "1 234 567,8 tonna", "1234567.8", "t", "measure", "=", "0.1"),
    ("31,2 foizga o‘sdi", "31,2 foizga", "0.312", "ratio", "percent", "=", "0.001"),
    ("31.2 foizga o‘sdi", "31.2 foizga", "0.312", "ratio", "percent", "=", "0.001"),
    ("5,0 foiz", "5,0 foiz", "0.05", "ratio", "percent", "=", "0.001"),
    ("0,25 foiz", "0,25 foiz", "0.0025", "ratio", "percent", "=", "0.0001"),
    # scales and units
    ("2 milliard AQSh dollariga yetdi", "2 milliard AQSh dollariga", "2000000000", "USD", "money", "=", "1000000000"),
    ("2,0 milliard dollar", "2,0 milliard dollar", "2000000000", "USD", "money", "=", "100000000"),
    ("2,05 mlrd. dollar", "2,05 mlrd. dollar", "2050000000", "USD", "money", "=", "10000000"),
    ("3 \n\nmilliard dollarga", "3 \n\nmilliard dollarga", "3000000000", "USD", "money", "=", "1000000000"),
    ("5 mlrd dollarlik", "5 mlrd dollarlik", "5000000000", "USD", "money", "=", "1000000000"),
    ("500 ming so‘m", "500 ming so‘m", "500000", "UZS", "money", "=", "1000"),
    ("1,5 trln. so‘m", "1,5 trln. so‘m", "1500000000000", "UZS", "money", "=", "100000000000"),
    ("7 trillion so‘mdan", "7 trillion so‘mdan", "7000000000000", "UZS", "money", "=", "1000000000000"),
    ("20 million yevroni", "20 million yevroni", "20000000", "EUR", "money", "=", "1000000"),
    ("283 mln. kishini tashkil etdi", "283 mln. kishini", "283000000", "person", "measure", "=", "1000000"),
    ("283 mln kishi", "283 mln kishi", "283000000", "person", "measure", "=", "1000000"),
    ("10 ming nafar talaba", "10 ming nafar", "10000", "person", "measure", "=", "1000"),
    ("12,5 ming tonnani", "12,5 ming tonnani", "12500", "t", "measure", "=", "100"),
    ("3 mln. hujjat", "3 mln.", "3000000", "item", "count", "=", "1000000"),
    # per cent and percentage point
    ("44 foiz o‘sish", "44 foiz", "0.44", "ratio", "percent", "=", "0.01"),
    ("44% o‘sish", "44%", "0.44", "ratio", "percent", "=", "0.01"),
    ("44 % o‘sish", "44 %", "0.44", "ratio", "percent", "=", "0.01"),
    ("0,5 foiz punktga", "0,5 foiz punktga", "0.5", "pp", "percentage_point", "=", "0.1"),
    ("2 foiz bandga", "2 foiz bandga", "2", "pp", "percentage_point", "=", "1"),
    ("2 foiz\n punkt", "2 foiz\n punkt", "2", "pp", "percentage_point", "=", "1"),
    # number words
    ("ikki milliard AQSh dollari", "ikki milliard AQSh dollari", "2000000000", "USD", "money", "=", "1000000000"),
    ("yigirma foiz", "yigirma foiz", "0.2", "ratio", "percent", "=", "0.01"),
    ("bir ming tonna", "bir ming tonna", "1000", "t", "measure", "=", "1000"),
    ("o‘n besh ming so‘m", "o‘n besh ming so‘m", "15000", "UZS", "money", "=", "1000"),
    ("ikki yuz ming tonna", "ikki yuz ming tonna", "200000", "t", "measure", "=", "1000"),
    ("sakson to‘qqiz davlat", "sakson to‘qqiz", "89", "item", "count", "=", "0"),
    ("yuz yigirma uch hujjat", "yuz yigirma uch", "123", "item", "count", "=", "0"),
    ("bir yuz yigirma besh hujjat", "bir yuz yigirma besh", "125", "item", "count", "=", "0"),
    ("uch yuz hujjat", "uch yuz", "300", "item", "count", "=", "0"),
    ("To‘qson\nto‘qqiz hujjat", "To‘qson\nto‘qqiz", "99", "item", "count", "=", "0"),
    # endings on a number word
    ("ikkita yirik forum", "ikkita", "2", "item", "count", "=", "0"),
    ("uchtasi keldi", "uchtasi", "3", "item", "count", "=", "0"),
    ("beshtadan berildi", "beshtadan", "5", "item", "count", "=", "0"),
    ("o‘ntacha davlat", "o‘ntacha", "10", "item", "count", "=", "0"),
    ("ikkisi ham", "ikkisi", "2", "item", "count", "=", "0"),
    ("to‘rtni ko‘rdi", "to‘rtni", "4", "item", "count", "=", "0"),
    ("yettining soni", "yettining", "7", "item", "count", "=", "0"),
    ("sakkizga yetdi", "sakkizga", "8", "item", "count", "=", "0"),
    ("to‘qqizdan boshlab", "to‘qqizdan", "9", "item", "count", "=", "0"),
    ("ikkalasi keldi", "ikkalasi", "2", "item", "count", "=", "0"),
    # bounds before
    ("qariyb 2 milliard dollar", "qariyb 2 milliard dollar", "2000000000", "USD", "money", "~", "1000000000"),
    ("deyarli 44 foiz", "deyarli 44 foiz", "0.44", "ratio", "percent", "~", "0.01"),
    ("taxminan 5 mln. kishi", "taxminan 5 mln. kishi", "5000000", "person", "measure", "~", "1000000"),
    ("kamida 30 ta hujjat", "kamida 30 ta", "30", "item", "count", ">=", "0"),
    ("Kamida uchta hujjat", "Kamida uchta", "3", "item", "count", ">=", "0"),
    ("ko‘pi bilan 5 foiz", "ko‘pi bilan 5 foiz", "0.05", "ratio", "percent", "<=", "0.01"),
    # bounds after, apart or as an ending
    ("30 dan ortiq muhim hujjat", "30 dan ortiq", "30", "item", "count", ">", "0"),
    ("30 dan  ortiq", "30 dan  ortiq", "30", "item", "count", ">", "0"),
    ("beshdan ortiq", "beshdan ortiq", "5", "item", "count", ">", "0"),
    ("yigirmaga yaqin", "yigirmaga yaqin", "20", "item", "count", "~", "0"),
    ("30 tadan kam emas", "30 tadan kam emas", "30", "item", "count", ">=", "0"),
    ("30 dan kam boʻlmagan", "30 dan kam boʻlmagan", "30", "item", "count", ">=", "0"),
    ("40 foizdan ortiq emas", "40 foizdan ortiq emas", "0.4", "ratio", "percent", "<=", "0.01"),
    ("30 dan ortiq boʻlmagan", "30 dan ortiq boʻlmagan", "30", "item", "count", "<=", "0"),
    ("3 Yevropa davlati", "3", "3", "item", "count", "=", "0"),
    ("30 Mingbuloq", "30", "30", "item", "count", "=", "0"),
    ("30dan ortiq", "30dan ortiq", "30", "item", "count", ">", "0"),
    ("30-dan ortiq", "30-dan ortiq", "30", "item", "count", ">", "0"),
    ("30 tadan ortiq", "30 tadan ortiq", "30", "item", "count", ">", "0"),
    ("200 mingdan ortiq kishi", "200 mingdan ortiq kishi", "200000", "person", "measure", ">", "1000"),
    ("20 foizdan oshdi", "20 foizdan oshdi", "0.2", "ratio", "percent", ">", "0.01"),
    ("20 dollardan oshiq", "20 dollardan oshiq", "20", "USD", "money", ">", "1"),
    ("2 foiz punktdan ko‘p", "2 foiz punktdan ko‘p", "2", "pp", "percentage_point", ">", "1"),
    ("10 foizdan kam", "10 foizdan kam", "0.1", "ratio", "percent", "<", "0.01"),
    ("500 mingga yaqin", "500 mingga yaqin", "500000", "item", "count", "~", "1000"),
    ("30 ga yaqin hujjat", "30 ga yaqin", "30", "item", "count", "~", "0"),
    ("uch milliard dollarga yaqin", "uch milliard dollarga yaqin", "3000000000", "USD", "money", "~", "1000000000"),
    # a genitive before says of what the number is a part
    ("Bu aholining 120,5 mln. iqtisodiyotda", "120,5 mln.", "120500000", "person", "measure", "=", "100000"),
    ("aholining qariyb 5 mln. ishlaydi", "qariyb 5 mln.", "5000000", "person", "measure", "~", "1000000"),
    ("aholining 44 foizi", "44 foizi", "0.44", "ratio", "percent", "=", "0.01"),
    # a rank is a bound: the first so many
    ("top 1000 talikka kirgan", "top 1000", "1000", "rank", "rank", "<=", "0"),
    ("TOP-10 universitet", "TOP-10", "10", "rank", "rank", "<=", "0"),
]

# text, part that is read, ISO 8601, kind, comparator
DATES = [
    ("2017-yilda", "2017-yilda", "2017", "period", "="),
    ("2020 yilga kelib", "2020 yilga", "2020", "period", "="),
    ("2016-yilga nisbatan", "2016-yilga", "2016", "period", "="),
    ("2016-\n\nyilga nisbatan", "2016-\n\nyilga", "2016", "period", "="),
    ("2018 yilning", "2018 yilning", "2018", "period", "="),
    ("2016-yildan boshlab", "2016-yildan boshlab", "2016", "period", ">="),
    ("2016-yildan \n\nboshlab", "2016-yildan \n\nboshlab", "2016", "period", ">="),
    ("2030 yilgacha bo‘lgan", "2030 yilgacha", "2030", "period", "<="),
    ("2030-yilgach", "2030-yilgach", "2030", "period", "<="),
    ("1991-yil 21-dekabrda", "1991-yil 21-dekabrda", "1991-12-21", "date", "="),
    ("2018-yil 15 martda", "2018-yil 15 martda", "2018-03-15", "date", "="),
    ("2018 yilning 5-mayidan", "2018 yilning 5-mayidan", "2018-05-05", "date", "="),
    ("2017-yil 22-23-martda", "2017-yil 22-23-martda", "2017-03-22/2017-03-23", "period", "="),
    ("2017-yil 22-23-\n\nmartda", "2017-yil 22-23-\n\nmartda", "2017-03-22/2017-03-23", "period", "="),
    ("2018-yilning ikki oyida", "2018-yilning ikki oyida", "2018-01/2018-02", "period", "="),
    ("2018-yilning 9 oyida", "2018-yilning 9 oyida", "2018-01/2018-09", "period", "="),
    ("2018 yil 11 oylik", "2018 yil 11 oylik", "2018-01/2018-11", "period", "="),
    ("2018-yilning o‘n bir oyi", "2018-yilning o‘n bir oyi", "2018-01/2018-11", "period", "="),
    ("2017-2018-yillarda", "2017-2018-yillarda", "2017/2018", "period", "="),
    ("(2021-2025 va", "2021-2025", "2021/2025", "period", "="),
    ("2021–2025", "2021–2025", "2021/2025", "period", "="),
    ("2021 - 2025 yillar", "2021 - 2025 yillar", "2021/2025", "period", "="),
    ("2026-2030 yy.)", "2026-2030 yy.", "2026/2030", "period", "="),
]

# text, part that is read, value, kind
MARKS = [
    ("dalolatdir[1].", "[1]", "1", "citation"),
    ("bo‘ldi.[12]", "[12]", "12", "citation"),
    ("birinchi uchrashuv", "birinchi", "1", "ordinal"),
    ("Ikkinchidan, savdo", "Ikkinchidan", "2", "ordinal"),
    ("uchinchi marta", "uchinchi", "3", "ordinal"),
    ("to‘rtinchisi", "to‘rtinchisi", "4", "ordinal"),
    ("yigirmanchi maktab", "yigirmanchi", "20", "ordinal"),
    ("o‘n birinchi", "o‘n birinchi", "11", "ordinal"),
    ("5-sinf o‘quvchilari", "5", "5", "ordinal"),
    ("PF-4947-son", "PF-4947", "4947", "identifier"),
    ("12-modda", "12-modda", "12", "identifier"),
    ("yuzinchi", "yuzinchi", "100", "ordinal"),
]

# text, part that is read, why it states no quantity
IDIOMS = [
    ("har bir sohada", "har bir", "each"),
    ("har biridan", "har biridan", "each"),
    ("bir qator tadbirlar", "bir qator", "several"),
    ("bir xil kunda", "bir xil", "same"),
    ("bir vaqtda", "bir vaqtda", "same-time"),
    ("Yana bir jihat", "Yana bir", "another"),
    ("muhim bir yutuq", "muhim bir", "article-one"),
    ("bir-birining siyosati", "bir-birining", "each-other"),
    ("davlatlarning birortasi", "birortasi", "any"),
    ("universitetlaridan biri", "biri", "one-of"),
    ("Ikki \n\ntomonlama hamkorlik", "Ikki \n\ntomonlama", "bilateral"),
    ("chet ellik sayyohlar", "chet ellik", "foreign"),
]

NUMERALS = {
    "ikki": 2,
    "uch": 3,
    "to‘rt": 4,
    "besh": 5,
    "olti": 6,
    "yetti": 7,
    "sakkiz": 8,
    "to‘qqiz": 9,
    "o‘n": 10,
    "yigirma": 20,
    "o‘ttiz": 30,
    "qirq": 40,
    "ellik": 50,
    "oltmish": 60,
    "yetmish": 70,
    "sakson": 80,
    "to‘qson": 90,
    "yuz": 100,
    "ikkala": 2,
    "uchala": 3,
    "to‘rttala": 4,
    "beshala": 5,
}

MONTH_NAMES = "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr"
MONTHS = MONTH_NAMES.split()

# Words that begin or end like a numeral, a scale or a unit and are none.
LOOKALIKES = """
birga birgalikda birdam birdamlik birlashgan birlik uchun uchrashuv uchqun oltin beshik ellikboshi yuzasidan
yuzma yuzaki qirqim tabir kabir chuchuk puch o‘ng o‘ngda o‘nglab to‘rtburchak mingbuloq Mingbuloqda milliy
dollar foiz kishilar mart may yil yillarida topshirdi o‘zaro so‘m [a] [] top
"""
WORDS = LOOKALIKES.split()

TABLE = [*(row[:2] for row in AMOUNTS), *(row[:2] for row in DATES), *(row[:2] for row in MARKS)]
TEXTS = [text for text, _ in TABLE] + [row[0] for row in IDIOMS] + WORDS


@pytest.mark.parametrize(("text", "read", "value", "unit", "kind", "comparator", "precision"), AMOUNTS)
def test_amounts(text: str, read: str, value: str, unit: str, kind: str, comparator: str, precision: str) -> None:
    q = only(text)
    assert (q.text, exact(q), q.unit, q.kind) == (read, value, unit, kind)
    assert (q.comparator, str(q.precision)) == (comparator, precision)


@pytest.mark.parametrize(("text", "read", "iso", "kind", "comparator"), DATES)
def test_dates_and_periods(text: str, read: str, iso: str, kind: str, comparator: str) -> None:
    q = only(text)
    assert (q.text, q.iso, q.kind, q.comparator) == (read, iso, kind, comparator)
    assert (q.value, q.unit, str(q.precision)) == (None, "date", "0")


@pytest.mark.parametrize(("text", "read", "value", "kind"), MARKS)
def test_citation_marks_and_ordinals(text: str, read: str, value: str, kind: str) -> None:
    q = only(text)
    assert (q.text, exact(q), q.kind, str(q.precision)) == (read, value, kind, "0")


@pytest.mark.parametrize(("text", "read", "reason"), IDIOMS)
def test_set_phrases_state_no_quantity(text: str, read: str, reason: str) -> None:
    (q,) = read_numerals(text, "uz")
    assert (q.text, q.kind, q.reason, q.value, q.iso) == (read, "idiom", reason, None, "")
    assert read_quantities(text, "uz") == []


@pytest.mark.parametrize(("word", "value"), list(NUMERALS.items()))
def test_each_numeral_word(word: str, value: int) -> None:
    assert exact(only(f"Shu {word} hujjat")) == str(value)
    assert exact(only(f"{word.upper()} HUJJAT")) == str(value)


def test_one_counts_only_with_a_unit_and_is_an_article_else() -> None:
    assert exact(only("bir milliard dollar")) == "1000000000"
    assert exact(only("Bir yil o‘tdi")) == "1"
    assert [(q.kind, q.reason) for q in read_numerals("bir davlat", "uz")] == [("idiom", "article-one")]
    assert read_quantities("bir davlat", "uz") == []


@pytest.mark.parametrize(
    ("scale", "zeros"),
    [
        ("ming", 3),
        ("million", 6),
        ("mln", 6),
        ("milliard", 9),
        ("mlrd", 9),
        ("trillion", 12),
        ("trln", 12),
        ("mln.", 6),
        ("mlrd.", 9),
        ("trln.", 12),
    ],
)
@pytest.mark.parametrize("gap", [" ", "-", "", "\n"])
def test_each_scale(scale: str, zeros: int, gap: str) -> None:
    q = only(f"2,5{gap}{scale} so‘m")
    assert (q.text, q.value, q.precision) == (f"2,5{gap}{scale} so‘m", 25 * 10 ** (zeros - 1), 10 ** (zeros - 1))


@pytest.mark.parametrize(
    ("word", "unit", "kind"),
    [
        ("AQSh dollar", "USD", "money"),
        ("dollar", "USD", "money"),
        ("so‘m", "UZS", "money"),
        ("yevro", "EUR", "money"),
        ("foiz punkt", "pp", "percentage_point"),
        ("foiz band", "pp", "percentage_point"),
        ("foiz", "ratio", "percent"),
        ("kishi", "person", "measure"),
        ("nafar", "person", "measure"),
        ("tonna", "t", "measure"),
    ],
)
@pytest.mark.parametrize("ending", ["", "ga", "dan", "ni", "lik"])
def test_each_unit_with_its_endings(word: str, unit: str, kind: str, ending: str) -> None:
    q = only(f"jami 40 {word}{ending}, keyin")
    assert (q.text, q.unit, q.kind) == (f"40 {word}{ending}", unit, kind)


@pytest.mark.parametrize(("number", "month"), list(enumerate(MONTHS, start=1)))
def test_each_month(number: int, month: str) -> None:
    assert only(f"2018-yil 5-{month}da").iso == f"2018-{number:02d}-05"
    assert only(f"2018-yil 5-12 {month.capitalize()}").iso == f"2018-{number:02d}-05/2018-{number:02d}-12"


@pytest.mark.parametrize("apostrophe", ["\u2018", "\u2019", "\u02bb", "\u02bc", "'", "`"])
def test_every_apostrophe_reads_alike(apostrophe: str) -> None:
    q = only(f"ko{apostrophe}pi bilan to{apostrophe}rt ming so{apostrophe}mga")
    assert (exact(q), q.unit, q.comparator) == ("4000", "UZS", "<=")
    assert q.text == f"ko{apostrophe}pi bilan to{apostrophe}rt ming so{apostrophe}mga"


@pytest.mark.parametrize("word", WORDS)
def test_words_that_only_look_like_numerals_are_left_alone(word: str) -> None:
    assert read_quantities(word, "uz") == []
    assert read_quantities(f"Bu {word} edi.", "uz") == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Savdo o‘sdi.", "Торговля выросла", "[a]"])
def test_text_without_a_numeral_states_nothing(text: str) -> None:
    assert read_quantities(text, "uz") == []


def test_the_quantities_of_a_passage_come_in_its_order() -> None:
    text = (
        "2017-yilda o‘zaro savdo hajmi 2 milliard AQSh dollariga yetdi, bu 2016-yilga nisbatan 31,2 foizga o‘sdi. "
        "2018-yilning ikki oyida yuk tashish 44 foiz o‘sdi[1]. Birinchi bosqich (2021-2025 va 2026-2030 yy.) har bir "
        "davlatda 30 dan ortiq hujjat."
    )
    assert [(q.text, exact(q)) for q in read_quantities(text, "uz")] == [
        ("2017-yilda", "2017"),
        ("2 milliard AQSh dollariga", "2000000000"),
        ("2016-yilga", "2016"),
        ("31,2 foizga", "0.312"),
        ("2018-yilning ikki oyida", "2018-01/2018-02"),
        ("44 foiz", "0.44"),
        ("[1]", "1"),
        ("Birinchi", "1"),
        ("2021-2025", "2021/2025"),
        ("2026-2030 yy.", "2026/2030"),
        ("30 dan ortiq", "30"),
    ]


# language, text, value, low, high: ranges, bounds and what stands only with a neighbour
RANGES = [
    ("uz", "25 foizdan 30 foizgacha", "0.275", "0.25", "0.3"),
    ("uz", "kamida 30 ta", "30", "30", None),
    ("uz", "30 dan ortiq", "30", "30", None),
    ("uz", "5 milliardgacha", "5000000000", None, "5000000000"),
    ("uz", "60 ga yaqin", "60", None, None),
    ("uz", "31,2 foiz", "0.312", "0.312", "0.312"),
    ("ru", "с 1 до 2 миллиардов долларов", "1500000000", "1000000000", "2000000000"),
    ("ru", "с 9 до 5 процентов", "0.07", "0.05", "0.09"),
    ("en", "between 15 and 20 thousand tonnes", "17500", "15000", "20000"),
    ("en", "$20-25 thousand", "22500", "20000", "25000"),
]


@pytest.mark.parametrize(("language", "text", "value", "low", "high"), RANGES)
def test_ranges_and_open_ends(language: str, text: str, value: str, low: str | None, high: str | None) -> None:
    q = only(text, language)
    ends = [None if end is None else f"{end:f}" for end in (q.low, q.high)]
    assert (exact(q), *ends) == (value, low, high)


# language, text, values with units
TRAPS = [
    ("en", "a $5m deal", ["5000000 USD"]),
    ("en", "an A$5m deal, C$3 million and US $2m", ["5000000 AUD", "3000000 CAD", "2000000 USD"]),
    ("en", "the 1970s and 1980s", ["1970/1979 date", "1980/1989 date"]),
    ("en", "lower than in 2016, more than 2,016 people", ["2016 date", "2016 person"]),
    ("en", "he may leave on 5 May", ["--05-05 date"]),
    ("ru", "на старый стол, 3 м ткани, 5-м, 300 г муки, в 2018 г.", ["3 m", "5 ", "300 g", "2018 date"]),
    ("ru", "20 тыс. рабочих мест", ["20000 item"]),
    (
        "ru",
        "почти в четыре раза меньше, снизился на треть в годовом исчислении, 949 в июне",
        ["4 factor", "0.3333333 ratio", "949 item"],
    ),
    ("ru", "до 99,5 млрд долларов со 175,1 млрд за 11 месяцев", ["99500000000 USD", "175100000000 USD", "11 month"]),
    ("uz", "2022- yilning 1- aprel holatiga", ["2022-04-01 date"]),
    ("uz", "bu raqam 34,9 mln edi", ["34900000 item"]),
    ("en", "growth of 7% to 8.5%, sales rose 5% to 8%", ["0.0775 ratio", "0.05 ratio", "0.08 ratio"]),
    ("uz", "2018-yilga nisbatan 28 foizga ko‘p", ["2018 date", "0.28 ratio"]),
    ("uz", "yuz berdi, yuzma-yuz, oltini, birdan, uchun, uchiga", []),
    ("uz", "aholi 35 mln, eksport 20 mlrd dollar", ["35000000 item", "20000000000 USD"]),
    ("uz", "yangi maktab 240 o‘ringa mo‘ljallangan, 3-maktab, 12-modda", ["240 item", "3 ", "12 "]),
    ("ru", "в школе 57 классов, статья 5", ["57 item", "5 "]),
    ("uz", "2018, 2019 va 2020-yillarda", ["2018 date", "2019 date", "2020 date"]),
]


@pytest.mark.parametrize(("language", "text", "values"), TRAPS)
def test_what_looks_like_something_else(language: str, text: str, values: list[str]) -> None:
    assert [f"{exact(q)} {q.unit}" for q in read_quantities(text, language)] == values


# language, text, direction, by or to, base period
CHANGES = [
    ("uz", "Savdo 2016-yilga nisbatan 31,2 foizga o‘sdi.", "up", "by", "2016"),
    ("uz", "Eksport 4 foizga kamaydi.", "down", "by", ""),
    ("uz", "Savdo hajmi 2 milliard dollarga yetdi.", "", "to", ""),
    ("ru", "Экспорт вырос на 12,5% по сравнению с 2017 годом.", "up", "by", "2017"),
    ("ru", "Импорт сократился до 3 млрд долларов.", "down", "to", ""),
    ("ru", "В мае 2015 г. цены выросли на 5% к маю 2014 г.", "up", "by", "2014-05"),
    ("ru", "В мае 2015 г. решили, что цены вырастут на 5% к маю 2030 г.", "up", "by", ""),
    ("en", "Exports rose by 12.5% compared with 2017.", "up", "by", "2017"),
    ("en", "Exports rose by 12.5% in 2018 compared with 2017.", "up", "by", "2017"),
    ("en", "Exports rose by 12.5% in 2018 compared to 2017.", "up", "by", "2017"),
    ("ru", "Экспорт вырос на 12,5 % в 2018 году по сравнению с 2017 годом.", "up", "by", "2017"),
    ("uz", "2018-yilda eksport 2017-yilga nisbatan 12,5 foizga oshdi.", "up", "by", "2017"),
    ("en", "Exports were 7 in 2019, up 12.5% from 2017.", "up", "by", "2017"),
    ("en", "Exports rose by 12.5% from 2017 to 2019.", "up", "by", ""),
    ("en", "Exports rose by 12.5% from March 2017 to May 2019.", "up", "by", ""),
    ("en", "Imports fell to $3 billion.", "down", "to", ""),
    ("en", "Exports were $3 billion.", "", "", ""),
]


@pytest.mark.parametrize(("language", "text", "direction", "change", "base"), CHANGES)
def test_a_change_has_its_direction_its_way_and_its_base(
    language: str, text: str, direction: str, change: str, base: str
) -> None:
    q = next(q for q in read_quantities(text, language) if q.kind in {"percent", "money"})
    assert (q.direction, q.change, q.base) == (direction, change, base)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("with_units", [False, True])
def test_the_labelled_set_is_read(language: str, with_units: bool) -> None:
    sentences = labelled(LABELLED / "seen" / f"{language}.jsonl")
    assert len(sentences) > 75
    wrong = [
        f"{sentence.text}: {missed} {extra}"
        for sentence in sentences
        for missed, extra in [misses(sentence)]
        if missed or extra
    ]
    assert score(sentences, with_units).f1 > (0.955 if with_units else 0.99), "\n".join(wrong)


@pytest.mark.parametrize("language", languages())
def test_the_language_of_a_sentence_is_told(language: str) -> None:
    sentences = [s for s in labelled(LABELLED / "seen" / f"{language}.jsonl") if len(s.text.split()) > 5]
    told = [read_quantities(s.text) == read_quantities(s.text, language) for s in sentences]
    assert sum(told) / len(told) > 0.97


@pytest.mark.parametrize("language", languages())
def test_a_shape_begins_only_with_the_roles_it_names(language: str) -> None:
    words = grammar(language)
    for sentence in labelled(LABELLED / "seen" / f"{language}.jsonl"):
        roles = "".join(token.role for token in cardinals(tokens(sentence.text, words), words))
        for position, role in enumerate(roles):
            assert [s.name for s in SHAPES if s.pattern.match(roles, position) and role not in s.starts] == []


# What shows a word of a part at work; every word of every grammar is put in and must be read.
SHOWN = {
    "numerals": "{} {percent}",
    "scales": "7 {} {percent}",
    "units": "7 {}",
    "signs": "7 {}",
    "factors": "7 {}",
    "bounds_before": "{} 7 {percent}",
    "years": "2018 {}",
    "month_words": "7 {}",
}
PERCENT = {"uz": "foiz", "uz-Cyrl": "фоиз", "ru": "процентов", "en": "percent"}


@pytest.mark.parametrize("part", SHOWN)
@pytest.mark.parametrize("language", ["en", "ru", "uz"])
def test_every_word_of_a_grammar_is_read(language: str, part: str) -> None:
    words = grammar(language)
    role = ROLES[part]
    plain = [
        (text, word) for texts in (words.exact, words.inflected) for text, word in texts.items() if word.role == role
    ]
    unread = []
    for text, word in plain:
        shown = text.upper() if text in words.rules.capitalised else text
        found = read_quantities(SHOWN[part].format(shown, percent=PERCENT[language]), language)
        whole = len(found) == 1 and (part in {"years", "scales", "numerals"} or text in words.spell(found[0].text))
        if not whole and word.value != 1:
            unread.append(text)
    assert unread == []


def sound(text: str, language: str = "uz") -> list[Quantity]:
    """Read a text and check that each numeral is where it says, after the one before."""
    quantities = read_numerals(text, language)
    end = 0
    for q in quantities:
        assert end <= q.start < q.end <= len(text)
        assert text[q.start : q.end] == q.text
        end = q.end
    return quantities


@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from([" ", "\n", ", ", ". ", "; ", "-", ""]))))
def test_places_are_right_in_any_mixture(parts: list[tuple[str, str]]) -> None:
    text = "".join(snippet + gap for snippet, gap in parts)
    quantities = sound(text)
    covered = {place for q in quantities for place in range(q.start, q.end)}
    assert all(place in covered for place, char in enumerate(text) if char.isdecimal())


@given(st.lists(st.sampled_from(TABLE), max_size=8))
def test_sentences_do_not_change_each_others_readings(rows: list[tuple[str, str]]) -> None:
    apart = [exact(q) for text, _ in rows for q in read_quantities(text, "uz")]
    together = sound(".\n Savdo. ".join(text for text, _ in rows))
    assert [exact(q) for q in together] == apart


@given(st.text(), st.sampled_from([*languages(), "auto"]))
def test_places_are_right_in_any_text(text: str, language: str) -> None:
    sound(text, language)


# Texts that no one writes; each was once not read.
ODD = [
    ("0E100", ["0E100"]),
    ("10⁻ m", ["10"]),
    ("10⁻³⁻", ["10⁻³"]),
    ("1\xa01/3 km", ["1\xa01/3 km"]),
    ("5 times 12ab", ["5 times", "12ab"]),
]


@pytest.mark.parametrize(("text", "read"), ODD)
def test_odd_texts_are_read(text: str, read: list[str]) -> None:
    for language in [*languages(), "auto"]:
        sound(text, language)
    assert [q.text for q in sound(text, "en")] == read


ALLOWED = "allowed: auto, en, ru, uz, uz-Cyrl"


@pytest.mark.parametrize(
    ("language", "hint"),
    [("uzb", 'did you mean "uz"?'), ("xx", ALLOWED), ("", ALLOWED), ("../uz", ALLOWED)],
)
def test_an_unknown_language_is_refused_with_the_nearest_name(language: str, hint: str) -> None:
    with pytest.raises(InputError, match=re.escape(f'language "{language}"\n  - {hint}')):
        read_quantities("2 foiz", language)


# Each was once read in a time that grows with its square, or not at all; and how often it is repeated in full.
PATHOLOGICAL = {
    "1": 100_000,
    "1,": 20_000,
    "5 mlrd ": 10_000,
    "[1,": 10_000,
    "2018, ": 20_000,
    "2018;": 20_000,
    "dangacha": 10_000,
}


@pytest.mark.parametrize("language", ["uz", "en", "auto"])
@pytest.mark.parametrize("part", PATHOLOGICAL)
def test_a_pathological_line_is_read_all_the_same(part: str, language: str) -> None:
    sound(part * (PATHOLOGICAL[part] // 20), language)


@pytest.mark.slow
@pytest.mark.parametrize("part", PATHOLOGICAL)
def test_a_long_pathological_line_is_read_all_the_same(part: str) -> None:
    sound(part * PATHOLOGICAL[part], "auto")


@pytest.mark.parametrize("language", ["uz", "en", "auto"])
def test_a_citation_without_an_end_is_read_all_the_same(language: str) -> None:
    sound("[1" + "-" * 200 + "!", language)


@pytest.mark.slow
def test_the_scores_that_reports_show_are_those_measured(tmp_path: Path) -> None:
    write_table(tmp_path, "reading", reading_rows())
    assert (tmp_path / "reading.csv").read_bytes() == READING.read_bytes(), "run make bench-quantities"
