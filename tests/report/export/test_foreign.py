"""Notebooks of others: whatever one holds, page and PDF are made, show it or say what they do not show."""

import io
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from matplotlib import font_manager
from pypdf import PdfReader

from dalil.report.export.foreign import mended, picture
from dalil.report.export.page import PageExporter
from dalil.report.export.typst import TypstExporter, TypstPDFExporter
from dalil.report.markup.fonts import CARRIED
from dalil.report.markup.html import figure
from foreign import KINDS, text, wide, write


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("kind", KINDS)
def test_page_and_pdf_are_made_of_every_kind_of_notebook(kind: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path, wanted = write(tmp_path / "in", kind), KINDS[kind]
    page, _ = PageExporter().from_filename(str(path))
    shown = squeezed(BeautifulSoup(page, "html.parser").get_text())
    pdf: Any = TypstPDFExporter().from_filename(str(path))[0]
    sheets = PdfReader(io.BytesIO(pdf)).pages
    printed = squeezed("".join(sheet.extract_text() for sheet in sheets))
    for said in map(squeezed, wanted.says):
        assert said in shown
        assert said in printed
    for unsaid in map(squeezed, wanted.never):
        # The page keeps a formula's TeX for programs.
        assert unsaid not in squeezed(re.sub(r"<annotation.*?</annotation>", "", page, flags=re.DOTALL))
        assert unsaid not in printed
    assert len({image.data for sheet in sheets for image in sheet.images}) == wanted.pictures
    assert not re.search(r"<(?:iframe|object|embed|script|link|audio|video)\b", page)
    for picture_of in BeautifulSoup(page, "html.parser").select("img"):
        assert str(picture_of["src"]).startswith("data:image/")
        assert picture_of["alt"]


def test_links_lead_to_headings_however_they_are_spelt() -> None:
    source, _ = TypstExporter().from_notebook_node(KINDS["links"].notebook())
    assert source.count("<The-First-Part>)") == 2
    assert source.count("<Twice>") == 2  # the link, and one of the headings
    assert "<Часть>)" in source
    assert "no-such-place" not in source
    assert "javascript" not in source


def test_formulas_of_notebooks_are_mathml() -> None:
    page, _ = PageExporter().from_notebook_node(KINDS["formulas"].notebook())
    soup = BeautifulSoup(page, "html.parser")
    assert len(soup.select("math")) == 8
    assert "ℝ" in soup.get_text()
    assert len(soup.select("h1 math, td math, th math")) == 4
    latex, _ = PageExporter().from_notebook_node(KINDS["latex outputs"].notebook())
    assert len(BeautifulSoup(latex, "html.parser").select("math")) == 3


def test_a_formula_that_typst_alone_cannot_set_is_shown_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    made = TypstExporter.from_notebook_node

    def with_fault(self: TypstExporter, *given: Any, **more: Any) -> tuple[Any, Any]:
        source, resources = made(self, *given, **more)
        (name,) = (name for name, content in resources["outputs"].items() if b"y^7" in content)
        resources["outputs"][name] = resources["outputs"][name].replace(b", $", b", $ nosuchname(1) ")
        return source, resources

    monkeypatch.setattr(TypstExporter, "from_notebook_node", with_fault)
    pdf, _ = TypstPDFExporter().from_notebook_node(text("One $y^7$ and another $z^2$."))
    printed = squeezed("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages))
    assert squeezed("One y^7 [formula as written: it cannot be set] and another") in printed


def test_lines_are_broken_and_tables_fitted() -> None:
    for kind in ("long lines", "long words"):
        pdf, _ = TypstPDFExporter().from_notebook_node(KINDS[kind].notebook())
        lines = [line for sheet in PdfReader(io.BytesIO(pdf)).pages for line in sheet.extract_text().splitlines()]
        assert max(map(len, lines)) < 120
    for columns in (8, 16, 30):
        pdf, _ = TypstPDFExporter().from_notebook_node(wide(columns))
        (sheet,) = PdfReader(io.BytesIO(pdf)).pages
        starts: list[float] = []
        sheet.extract_text(visitor_text=lambda _, cm, tm, *__, starts=starts: starts.append(cm[0] * tm[4] + cm[4]))
        assert max(starts) < sheet.mediabox.width - 60


def test_letters_are_named_or_set_in_a_font_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    pdf, _ = TypstPDFExporter().from_notebook_node(KINDS["letters"].notebook())
    printed = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "U+4E2D" in printed
    assert "中" not in printed
    # It stands for a font that has the letters; under its own name it is never taken.
    last = CARRIED / "LastResortHE-Regular.ttf"
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [str(last)])
    assert TypstPDFExporter().from_notebook_node(KINDS["letters"].notebook())[0] == pdf
    shutil.copy(last, tmp_path / "any.ttf")
    monkeypatch.setattr(
        font_manager, "findSystemFonts", lambda: [str(tmp_path / "any.ttf"), str(tmp_path / "none.ttf")]
    )
    pdf, _ = TypstPDFExporter().from_notebook_node(KINDS["letters"].notebook())
    printed = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "中" in printed
    assert "U+4E2D" not in printed


def test_no_file_outside_the_notebooks_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(write_picture(tmp_path / "outside.png"), tmp_path / "in" / "inside.png")
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "outside.png")
    words = {
        "missing_picture": "no {name}",
        "remote_picture": "far {name}",
        "broken_picture": "bad {name}",
        "undescribed": "-",
    }
    for source in ("../outside.png", str(tmp_path / "outside.png"), "link.png", "%2e%2e/outside.png", "a\0b", "", "."):
        assert mended(f'<img src="{source}">', words, str(tmp_path / "in")).startswith("<em>")
    for source in ("FILE:///etc/passwd", "ftp://a/b.png", "//a/b.png", "\\\\a\\b.png", "C:/a.png"):
        assert "<img" not in mended(f'<img src="{source}">', words, str(tmp_path / "in"))
    assert "data:image/png" in mended('<img src="inside.png">', words, str(tmp_path / "in"))


def test_html_of_our_own_stays_as_it_is() -> None:
    drawn = str(figure("sales", "What was sold.", "A > B", "<svg><text>1</text></svg>", "<svg/>"))
    shown = f'{drawn}<script type="application/json" id="d">{{"a": 1}}</script><table><td>1</td></table>'
    assert mended(shown, {}) == shown


def write_picture(path: Path) -> Path:
    from foreign import picture as made

    path.write_bytes(made())
    return path


@pytest.mark.parametrize("data", ["", "!", "AAAA", "é", "iVBORw0KGgo="])
def test_what_is_no_picture_gives_no_address(data: str) -> None:
    assert picture("image/png", data) == ""
    assert picture("image/svg+xml", data) == ""


def test_old_notebooks_are_read(tmp_path: Path) -> None:
    old = '{"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [%s]}]}'
    cell = '{"cell_type": "heading", "level": 1, "metadata": {}, "source": ["An old heading"]}'
    path = tmp_path / "old.ipynb"
    path.write_text(old % cell, encoding="utf-8")
    assert "An old heading" in PageExporter().from_filename(str(path))[0]
    assert nbformat.read(path, as_version=3)
