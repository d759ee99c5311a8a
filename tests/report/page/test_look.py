"""The look that page and PDF share: readable by day and by night, in letters that are there on every machine."""

import io
import re
from fractions import Fraction

import pytest
from fontTools.ttLib import TTFont

from conftest import Project
from dalil.project import FONTS
from dalil.report.export.document import tokens
from dalil.report.figures import names
from dalil.report.markup.fonts import BOLD, ITALIC, REGULAR, SIGN, Face, lacking

# The alphabets of the report's languages, with what their texts need besides.
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzʻʼ‘’"
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЎҚҒҲабвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ"
    "0123456789 .,:;!?()[]«»“”„–—−…%№§×÷/+≠≤≥\u00a0\u202f"
)
# Contrast that WCAG asks of text, and of what tells the parts of a figure apart.
TEXT, GRAPHICS = 4.5, 3.0


def luminance(colour: str) -> float:
    """The relative luminance of a colour (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("ground", ["back", "panel", "mark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link", "accent"])
def test_text_stands_out_from_what_it_is_written_on(ink: str, ground: str, time: int) -> None:
    colours = tokens()["colours"]
    assert contrast(colours[ink][time], colours[ground][time]) >= TEXT


@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("ink", ["stated", "target", "scenario", "focus"])
def test_what_figures_are_drawn_in_stands_out(ink: str, time: int) -> None:
    colours = tokens()["colours"]
    assert contrast(colours[ink][time], colours["back"][time]) >= GRAPHICS


def test_night_is_dark_and_keeps_the_order_of_the_greys_of_figures() -> None:
    greys = {day: night for day, night in tokens()["figures"].items() if len({day[:2], day[2:4], day[4:]}) == 1}
    by_day = sorted(greys, key=lambda day: luminance(f"#{day}"))
    by_night = [luminance(greys[day]) for day in by_day]
    assert by_night == sorted(by_night, reverse=True)


def test_every_colour_of_a_figure_has_one_by_night(built: Project) -> None:
    known = set(tokens()["figures"])
    for name in names():
        picture = (built.root / f"figures/{name}.svg").read_text(encoding="utf-8")
        drawn = {colour.lower() for colour in re.findall(r"#([0-9a-fA-F]{6})\b", re.sub(r"base64,[^)]*", "", picture))}
        assert drawn - known == set(), name


@pytest.mark.parametrize("face", [REGULAR, BOLD, ITALIC], ids=["regular", "bold", "italic"])
def test_the_typeface_has_every_letter_of_every_language(face: Face) -> None:
    assert lacking(LETTERS, face) == ""


@pytest.mark.parametrize("face", [REGULAR, BOLD, ITALIC], ids=["regular", "bold", "italic"])
def test_letters_are_as_wide_as_they_look(face: Face) -> None:
    with TTFont(face.path) as font:
        names, widths = font.getBestCmap(), font["hmtx"]
        width = {letter: Fraction(widths[names[ord(letter)]][0], font["head"].unitsPerEm) for letter in LETTERS}
    digits = [width[digit] for digit in "0123456789"]
    assert max(digits) - min(digits) <= Fraction(1, 500)
    # A turned comma set as wide as a letter tears Uzbek words apart.
    assert all(width[letter] < width["n"] * Fraction(2, 3) for letter in "ʻʼ‘’")


def test_signs_that_the_typeface_lacks_are_in_the_one_beside_it() -> None:
    signs = lacking("✓≠·–?", REGULAR)
    assert lacking(signs, SIGN) == ""


def test_a_part_of_a_face_has_what_a_text_needs_and_is_small() -> None:
    part = REGULAR.part("Ўзбекистон, Oʻzbekiston ◐")
    assert part == REGULAR.part("Ўзбекистон, Oʻzbekiston ◐")
    with TTFont(io.BytesIO(part)) as font:
        assert {ord(letter) for letter in "Ўзбекистон, Oʻ"} <= set(font.getBestCmap())
        assert ord("◐") not in font.getBestCmap()
    assert len(part) < REGULAR.path.stat().st_size / 8


def test_a_text_in_latin_letters_carries_no_others() -> None:
    with TTFont(io.BytesIO(REGULAR.part("Turnover"))) as font:
        assert ord("Ж") not in font.getBestCmap()


def test_the_licence_of_the_bundled_typeface_is_bundled() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
