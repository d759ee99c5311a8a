"""The cleaned view of a text mends what printing broke, and every character still knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalil.text.cleaning import APOSTROPHE, APOSTROPHES, CleanText, clean, fold

# Text dense in what cleaning acts on: apostrophes, hyphens, line ends, spaces of several widths.
TEXTS = st.text(alphabet=st.one_of(st.sampled_from("ab2-,.\n\r\t \u00a0\u202f" + APOSTROPHES), st.characters()))
REPAIRS = st.lists(st.tuples(st.text("ab2", min_size=1, max_size=3), st.text("abc2", max_size=4)), max_size=3)


def places_are_sound(cleaned: CleanText, raw: str) -> None:
    """Every span lies within the raw text, holds something, and starts and ends no earlier than the one before."""
    assert len(cleaned.text) == len(cleaned.starts) == len(cleaned.ends)
    assert all(0 <= start < end <= len(raw) for start, end in zip(cleaned.starts, cleaned.ends, strict=True))
    assert list(cleaned.starts) == sorted(cleaned.starts)
    assert list(cleaned.ends) == sorted(cleaned.ends)


@pytest.mark.parametrize("apostrophe", ["\u2018", "\u2019", "\u02bb", "\u02bc", "'", "`"])
def test_all_apostrophes_read_alike(apostrophe: str) -> None:
    assert clean(f"so{apostrophe}m").text == "soʻm"
    assert fold(f"San{apostrophe}at") == "Sanʻat"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2016-\n\nyilga", "2016-yilga"),
        ("22-23-\n\nmartda", "22-23-martda"),
        ("madaniy-\n\niqtisodiy", "madaniy-iqtisodiy"),
        ("qo‘llab- \n \n quvvatladi", "qoʻllab-quvvatladi"),
        ("3 \n\nmilliard dollarga", "3 milliard dollarga"),
        ("a\t \u00a0\r\n\u202fb", "a b"),
        ("ikki  davlat", "ikki davlat"),
        ("yaqinlashuvi- tabiiy", "yaqinlashuvi- tabiiy"),
        ("jihat -O‘zbekiston", "jihat -Oʻzbekiston"),
        ("birinchi -\nikkinchi", "birinchi - ikkinchi"),
        ("so‘z", "soʻz"),
        ("", ""),
    ],
)
def test_line_ends_and_white_space_are_mended(raw: str, expected: str) -> None:
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "words", "behind"),
    [
        ("bu 2016-\n\nyilga nisbatan", "2016-yilga", "2016-\n\nyilga"),
        ("hajmini 3 \n\nmilliard dollarga", "3 milliard", "3 \n\nmilliard"),
        ("O‘zbek   so'mi", "soʻmi", "so'mi"),
        (" \n Salom", "Salom", "Salom"),
    ],
)
def test_a_span_leads_back_to_the_raw_words(raw: str, words: str, behind: str) -> None:
    cleaned = clean(raw)
    start = cleaned.text.index(words)
    first, last = cleaned.raw_span(start, start + len(words))
    assert raw[first:last] == behind


def test_fold_compares_spellings_of_the_same_words() -> None:
    assert fold("  O‘zbek\n\nso'm \n") == fold("Oʻzbek soʼm") == "Oʻzbek soʻm"


def test_a_heading_becomes_one_line_end() -> None:
    raw = "kirdi \n\nKIRISH \n\nBugun"
    start = raw.index("KIRISH")
    cleaned = clean(raw, [(start, start + len("KIRISH"))])
    assert cleaned.text == "kirdi \n Bugun"
    assert cleaned.raw_span(cleaned.text.index("\n"), cleaned.text.index("\n") + 1) == (start, start + len("KIRISH"))


def test_headings_may_be_given_in_any_order() -> None:
    spans = [(6, 7), (2, 3)]
    assert clean("aa X bb", spans).text == clean("aa X bb", spans[::-1]).text


def test_a_line_is_not_joined_on_over_a_heading() -> None:
    raw = "madaniy-\nBOB\niqtisodiy"
    assert clean(raw, [(9, 12)]).text == "madaniy- \n iqtisodiy"


@pytest.mark.parametrize("meant", ["Qozogʻiston", "Q", "Qozogʻistonlik"])
def test_a_repair_stands_for_the_whole_of_the_misspelt_word(meant: str) -> None:
    raw = "hamda \n\nQozoqiston davlati, Qozoqiston"
    cleaned = clean(raw, repairs=[("Qozoqiston", meant)])
    assert cleaned.text == f"hamda {meant} davlati, {meant}"
    start = cleaned.text.index(meant)
    first, last = cleaned.raw_span(start, start + len(meant))
    assert raw[first:last] == "Qozoqiston"
    after = cleaned.text.index("davlati")
    first, last = cleaned.raw_span(after, after + len("davlati"))
    assert raw[first:last] == "davlati"


def test_a_repair_may_reach_over_a_line_end() -> None:
    raw = "uchun dasturul\n\namal vazifasini"
    cleaned = clean(raw, repairs=[("dasturul amal", "dasturulamal")])
    start = cleaned.text.index("dasturulamal")
    first, last = cleaned.raw_span(start, start + len("dasturulamal"))
    assert raw[first:last] == "dasturul\n\namal"


@given(TEXTS)
def test_every_character_knows_its_place(raw: str) -> None:
    cleaned = clean(raw)
    places_are_sound(cleaned, raw)
    for char, start, end in zip(cleaned.text, cleaned.starts, cleaned.ends, strict=True):
        if char == APOSTROPHE:
            assert raw[start:end] in APOSTROPHES
        elif char == " ":
            assert raw[start:end].isspace()
        else:
            assert raw[start] == char


@given(TEXTS)
def test_nothing_but_white_space_is_lost(raw: str) -> None:
    cleaned = clean(raw)
    kept = "".join(raw[start:end] for start, end in zip(cleaned.starts, cleaned.ends, strict=True))
    assert kept == raw
    assert not any(char.isspace() and char != " " for char in cleaned.text)
    assert "  " not in cleaned.text


@given(TEXTS, REPAIRS, st.data())
def test_places_stay_sound_with_headings_and_repairs(
    raw: str, repairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    ends = (
        sorted(data.draw(st.lists(st.integers(0, len(raw)), min_size=2, max_size=4, unique=True)))
        if len(raw) > 3
        else []
    )
    headings = list(zip(ends[::2], ends[1::2], strict=False))
    cleaned = clean(raw, headings, repairs)
    places_are_sound(cleaned, raw)
    assert cleaned.text.count("\n") == len(headings)


@given(TEXTS)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean(raw).text
    assert clean(once).text == once
    assert fold(fold(raw)) == fold(raw)
