"""The PDFs read a second way, by programs that had no part in making them: standards, tags, attachments, letters."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from conftest import Project
from dalil.project import resolve

LANGUAGES = ("en", "uz", "uz-Cyrl", "ru")
OTHERS = LANGUAGES[1:]

# What each attachment is to the document, and its type (ISO 19005-3, annex E; ISO 32000-2, 7.11.3).
TYPES = {
    ".csv": "text/csv", ".json": "application/json", ".yml": "application/yaml", ".ipynb": "application/x-ipynb+json",
}  # fmt: skip
# What is written for the PDF: what the columns of its tables mean, and the packages it was made with.
WRITTEN = {"datapackage.json", "environment.json", "ro-crate-metadata.json"}
NOTEBOOKS = sorted(path.name for path in resolve("notebooks").glob("[0-9][0-9]-*.ipynb"))
TOLD = ("90-report.ipynb",)

# The one rule of pdfua that stumbles over lists of children; headings are looked at below.
SKIPPED = {"UA-14-001"}
FEWEST_RULES = 11

# Letters that a language has and fonts, encodings and extraction are apt to lose.
LETTERS = {"en": "–−", "uz": "ʻʼ", "uz-Cyrl": "ўқғҳъ", "ru": "щыэъй"}

XMP = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True)
class Document:
    """A report of the project that was built, as PDF and as page."""

    language: str
    project: Project
    path: Path
    pdf: pikepdf.Pdf
    text: str
    page: BeautifulSoup

    def elements(self) -> Iterator[tuple[str, Any]]:
        """Each element of the structure with its kind, in reading order."""
        roles: Any = self.pdf.Root.StructTreeRoot.get("/RoleMap", {})
        waiting: list[Any] = [self.pdf.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop()
            if not isinstance(element, pikepdf.Dictionary):
                continue
            kind = str(element.get("/S", ""))
            yield str(roles.get(kind, kind)).removeprefix("/"), element
            children: Any = element.get("/K", [])
            waiting += reversed(list(children) if isinstance(children, pikepdf.Array) else [children])

    def held(self, name: str) -> Path:
        """Where on disk an attached file is."""
        report = self.path.parent
        if name == "parameters.yml":
            return self.project.root / ".dalil" / "inputs" / f"parameters.{self.language}.yml"
        if not name.endswith(".ipynb"):
            return self.project.root / "data" / "processed" / name
        told = name in TOLD and self.language != "en"
        return report / "notebooks" / (self.language if told else "") / name


@pytest.fixture(
    scope="module",
    params=["en", *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS)],
)
def document(request: pytest.FixtureRequest) -> Document:
    """The report in one language."""
    project: Project = request.getfixturevalue("built" if request.param == "en" else "built_all")
    path = project.root / "report" / f"report.{request.param}.pdf"
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(path).pages)
    page = BeautifulSoup(path.with_suffix(".html").read_text(encoding="utf-8"), "html.parser")
    return Document(request.param, project, path, pikepdf.open(path), text, page)


def squeezed(text: str) -> str:
    """Text without white space, which a PDF does not keep, and with one sign for minus."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).replace("\u2212", "-")


@pytest.mark.slow
def test_every_language_there_is_is_looked_at(built_all: Project) -> None:
    names = {path.name for path in (built_all.root / "report").glob("report.*.pdf")}
    assert names == {f"report.{language}.pdf" for language in LANGUAGES}


def test_the_plain_name_is_the_report_in_the_runs_language(built: Project) -> None:
    report = built.root / "report"
    assert (report / "report.pdf").read_bytes() == (report / "report.en.pdf").read_bytes()


def test_it_claims_to_be_archivable_and_accessible(document: Document) -> None:
    with document.pdf.open_metadata() as told:
        assert told[f"{{{XMP['pdfaid']}}}part"] == "3"
        assert told[f"{{{XMP['pdfaid']}}}conformance"] == "A"
        assert told[f"{{{XMP['pdfuaid']}}}part"] == "1"


def test_a_program_that_checks_accessibility_finds_nothing(document: Document) -> None:
    found = pdfua.validate(str(document.path))
    assert [f"{one.rule_id}: {one.message} ({one.location.describe()})" for one in found.findings] == []
    ran = {one.rule_id for one in found.outcomes if one.skipped_reason is None}
    assert {one.rule_id for one in found.outcomes} - ran <= SKIPPED
    assert len(ran) >= FEWEST_RULES


def test_it_says_its_language_and_its_title(document: Document) -> None:
    assert document.page.h1 is not None
    title = document.page.h1.get_text()
    assert str(document.pdf.Root.Lang).partition("-")[0] == document.language.partition("-")[0]
    with document.pdf.open_metadata() as told:
        assert told[f"{{{DUBLIN_CORE}}}title"] == title
    assert str(document.pdf.docinfo["/Title"]) == title
    assert document.pdf.Root.ViewerPreferences.DisplayDocTitle


def test_its_outline_is_the_pages_headings(document: Document) -> None:
    for mark in document.page.select(".page-only, .anchor-link"):
        mark.decompose()
    headings = [(h.name, h.get_text(" ", strip=True)) for h in document.page.select("main :is(h2, h3)[id]")]
    with document.pdf.open_outline() as outline:
        entries = [
            told for entry in outline.root
            for told in (("h2", entry.title), *(("h3", child.title) for child in entry.children))
        ]  # fmt: skip
    assert entries == headings


def test_headings_say_something_and_leave_out_no_level(document: Document) -> None:
    levels = []
    for kind, element in document.elements():
        if re.fullmatch(r"H[1-6]", kind):
            levels.append(int(kind[1]))
            assert "/K" in element
            assert len(element.K if isinstance(element.K, pikepdf.Array) else [element.K]) > 0
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_is_described_in_the_pages_words(document: Document) -> None:
    figures = [element for kind, element in document.elements() if kind == "Figure"]
    described = {squeezed(str(element["/Alt"])) for element in figures}
    pictures = {str(picture["aria-label"]) for picture in document.page.select("figure svg[aria-label]")}
    assert len(figures) == len(pictures) > 0
    assert described == {squeezed(words) for words in pictures}


def test_tables_name_the_cells_that_head_them(document: Document) -> None:
    tables = [element for kind, element in document.elements() if kind == "Table"]
    assert len(tables) > 4
    heads = [element for kind, element in document.elements() if kind == "TH"]
    assert len(heads) > 2 * len(tables)


def test_every_font_is_inside_and_can_be_read_back(document: Document) -> None:
    fonts = [one for one in document.pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    whole = [font for font in fonts if font.Subtype == "/Type0"]
    assert whole
    assert [str(font.BaseFont) for font in whole if "/ToUnicode" not in font] == []
    for font in (font for font in fonts if "/FontDescriptor" in font):
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()), font.BaseFont


def test_every_letter_of_the_page_can_be_read_back(document: Document) -> None:
    assert not re.search("[\ufffd\ue000-\uf8ff]", document.text)
    text = unicodedata.normalize("NFC", document.text)
    assert set(LETTERS[document.language]) - set(text) == set()
    for part in document.page.select(".page-only, nav, script, style, svg"):
        part.decompose()
    shown = unicodedata.normalize("NFC", document.page.get_text())
    assert {sign for sign in set(shown) - set(text) if sign.isalnum()} == set()
    assert [heading for heading in shown_headings(document) if squeezed(heading) not in squeezed(text)] == []


def shown_headings(document: Document) -> list[str]:
    with document.pdf.open_outline() as outline:
        return [entry.title for entry in outline.root]


def test_it_carries_the_data_and_the_notebooks_it_was_made_from(document: Document) -> None:
    attached = document.pdf.attachments
    assert {name for name in attached if name.endswith(".ipynb")} == set(NOTEBOOKS)
    tables = {path.name for path in (document.project.root / "data" / "processed").glob("*.csv")}
    assert {*tables, *WRITTEN, "facts.json", "parameters.yml"} <= set(attached)
    assert "article.txt" not in attached
    for name in attached:
        file, suffix = attached[name].get_file(), Path(name).suffix
        assert file.mime_type == TYPES[suffix], name
        assert str(attached[name].relationship) == ("/Source" if suffix == ".ipynb" else "/Data"), name
        assert attached[name].description, name
        if name not in WRITTEN:
            assert file.read_bytes() == document.held(name).read_bytes(), name
            assert file.obj.Params.Size == len(document.held(name).read_bytes()), name


def test_what_it_carries_belongs_to_the_document_as_a_whole(document: Document) -> None:
    # PDF/A-3 asks for each attachment to be associated with something (ISO 19005-3, 6.8).
    associated = {str(one.UF) for one in document.pdf.Root.AF}
    assert associated == set(document.pdf.attachments)
