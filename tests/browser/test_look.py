"""How the pages look: on paper, in the dark, and how large the files are."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from browser.conftest import OpenPage
from browser.pages import DESKTOP, LANGUAGES, PHONE

# The largest a reader on a slow line should have to fetch, in bytes.
LARGEST_PAGE, LARGEST_PDF = 3_000_000, 1_000_000

# The contrast that text needs (WCAG 1.4.3), and that of signs that are no letters (1.4.11).
OF_TEXT, OF_SIGNS = 4.5, 3.0

# What is for a screen alone; the buttons that sort a table are the heads of its columns too.
ON_SCREEN = "nav, .skip, .page-only, .card, button:not(.sort), select, input, textarea"

# Texts of the figures with the contrast to what the page has behind them. A text that is drawn on an area of the
# picture is left to the picture; those are its shapes, other than its background, that hold the middle of the text.
FIGURE_TEXTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = rgb(colour).map(part => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll("figure svg")].flatMap(svg => {
    const whole = svg.getBoundingClientRect();
    const areas = [...svg.querySelectorAll("path, rect, polygon")].filter(shape => {
      const box = shape.getBoundingClientRect();
      return getComputedStyle(shape).fill !== "none" && shape.closest("defs") === null && box.width > 3
        && box.height > 3 && box.width < 0.8 * whole.width;
    }).map(shape => shape.getBoundingClientRect());
    return [...svg.querySelectorAll("text")].filter(text => text.textContent.trim()).map(text => {
      const box = text.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
      const fill = light(getComputedStyle(text).fill);
      return {
        figure: svg.closest("figure").id,
        text: text.textContent,
        colour: getComputedStyle(text).fill,
        contrast: (Math.max(fill, behind) + 0.05) / (Math.min(fill, behind) + 0.05),
        free: !areas.some(area => area.left <= x && x <= area.right && area.top <= y && y <= area.bottom),
      };
    });
  });
}"""

# Text of the figures that reaches out of its picture.
CUT_OFF = """() => [...document.querySelectorAll("figure svg")].flatMap(svg => {
  const whole = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1
      || box.bottom > whole.bottom + 1);
  }).map(text => `${svg.closest("figure").id}: ${text.textContent}`);
})"""


def squeezed(text: str) -> str:
    """Text without white space and soft hyphens, which paper does not keep, and with one sign for minus."""
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFC", text)).replace("\u2212", "-")


def contrast_for(text: str) -> float:
    """The contrast that a text of a figure needs."""
    return OF_TEXT if any(map(str.isalnum, text)) else OF_SIGNS


def printed(page: Page, to: Path) -> Path:
    """Print a page on A4."""
    page.pdf(path=to, format="A4", prefer_css_page_size=True)
    return to


def read_back(paper: Path, way: str) -> str:
    """The text of a PDF: as it is written (``-raw``), or each word with its place (``-bbox``)."""
    reader = shutil.which("pdftotext")
    assert reader, "pdftotext is needed (on Debian: apt-get install poppler-utils)."
    command: list[str | Path] = [reader, way, paper, "-"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def words_on(paper: Path) -> list[tuple[str, float, float, float]]:
    """Each word with where it begins and ends, and the width of its sheet."""
    found = []
    for sheet in BeautifulSoup(read_back(paper, "-bbox"), "html.parser").find_all("page"):
        found += [
            (word.get_text(), float(str(word["xmin"])), float(str(word["xmax"])), float(str(sheet["width"])))
            for word in sheet.find_all("word")
        ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printed_page_loses_no_column(browser_page: OpenPage, language: str, tmp_path: Path) -> None:
    page = browser_page(language)
    # The last cell of each row, of the tables with the most columns.
    cells: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll("main table")].filter(table => !table.closest(".page-only"))
          .sort((one, other) => other.rows[0].cells.length - one.rows[0].cells.length).slice(0, 4)
          .map(table => [...table.tBodies[0].rows].map(row => row.cells[row.cells.length - 1].textContent))"""
    )
    paper = printed(page, tmp_path / "printed.pdf")
    assert [word for word, left, right, width in words_on(paper) if left < 0 or right > width] == []
    text = squeezed(read_back(paper, "-raw"))
    assert all(len(column) > 1 for column in cells)
    assert [cell for column in cells for cell in column if squeezed(cell) not in text] == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_on_paper_there_are_notes_and_nothing_to_press(browser_page: OpenPage, width: int) -> None:
    page = browser_page(width=width)
    shown = (
        "what => [...document.querySelectorAll(what)].filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    )
    assert page.evaluate(shown, ".note") == []
    page.emulate_media(media="print")
    assert len(page.evaluate(shown, ".note")) > 10
    assert [html[:120] for html in page.evaluate(shown, ON_SCREEN)] == []


def test_paper_is_white_even_for_who_reads_in_the_dark(browser_page: OpenPage) -> None:
    page = browser_page(scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_follow_the_readers_light_and_can_be_read_in_it(browser_page: OpenPage, language: str) -> None:
    by_day: list[dict[str, Any]] = browser_page(language).evaluate(FIGURE_TEXTS)
    by_night: list[dict[str, Any]] = browser_page(language, scheme="dark").evaluate(FIGURE_TEXTS)
    assert [one["text"] for one in by_day] == [one["text"] for one in by_night]
    assert len(by_day) > 100
    free = [(day, night) for day, night in zip(by_day, by_night, strict=True) if day["free"]]
    assert [day["text"] for day, night in free if day["colour"] == night["colour"]] == []
    dim = [one for pair in free for one in pair if one["contrast"] < contrast_for(one["text"])]
    assert [f"{one['figure']}: {one['text']}, {one['colour']}, {one['contrast']:.2f} to 1" for one in dim] == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_figures_stays_inside(browser_page: OpenPage, language: str, width: int) -> None:
    assert browser_page(language, width=width).evaluate(CUT_OFF) == []


def test_the_page_is_set_in_the_letters_it_carries(browser_page: OpenPage) -> None:
    page = browser_page()
    failed = page.evaluate("[...document.fonts].filter(face => face.status === 'error').map(face => face.family)")
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert failed == []
    family = page.evaluate("getComputedStyle(document.body).fontFamily.split(',')[0].replaceAll('\"', '')")
    assert family in {name.strip('"') for name in loaded}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_small_enough_to_send(reports: Path, language: str) -> None:
    assert (reports / f"report.{language}.html").stat().st_size <= LARGEST_PAGE
    assert (reports / f"report.{language}.pdf").stat().st_size <= LARGEST_PDF
