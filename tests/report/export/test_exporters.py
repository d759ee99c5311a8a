"""The exporters on notebooks that are not ours: nothing is lost on the way to the page or the PDF."""

import base64
import io
import re
from typing import Any

import nbformat
import pytest
from pypdf import PdfReader

from dalil.report.export.document import markdown
from dalil.report.export.page import PageExporter
from dalil.report.export.text import TextExporter
from dalil.report.export.typst import TypstExporter, TypstPDFExporter
from dalil.report.markup.html import figure

# One white pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)
LETTERS = "O‘zbek g‘ oʻ gʻ maʼno ta’lim Ўзбек ў қ ғ ҳ Қ Ғ Ҳ Ў Щёлочь № § – — “ ” « »"


def output(data: dict[str, str], metadata: dict[str, object] | None = None) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata or {})  # type: ignore[no-any-return]


@pytest.fixture
def foreign() -> nbformat.NotebookNode:
    """A notebook with what notebooks hold: prose, mathematics, tables, pictures, streams, an error."""
    new = nbformat.v4
    head, body = "<tr><th></th><th>a</th></tr>", "<tr><th>0</th><td>cell & one</td></tr>"
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    outputs = [
        output({"text/html": table, "text/plain": "ignored"}),
        output({"image/png": base64.b64encode(PNG).decode()}, {"image/png": {"alt": 'A "white" pixel'}}),
        output({"text/markdown": "A *marked* word."}),
        output({"text/plain": "plain <text> #hash $5 @at"}),
        new.new_output("stream", name="stdout", text="streamed \x1b[31mred\x1b[0m"),
        new.new_output("error", ename="E", evalue="v", traceback=["went wrong"]),
    ]
    cells = [
        new.new_markdown_cell(
            f"### Third level first\n\n{LETTERS}\n\nInline $x^2 + 1$ and `code`.\n\n$$\\frac{{a}}{{b}}$$\n\n- item"
        ),
        new.new_code_cell("print('hello')  # comment", outputs=outputs),
        new.new_markdown_cell("# First level later\n\n| h | i |\n|---|---|\n| j | k |"),
    ]
    return new.new_notebook(cells=cells)  # type: ignore[no-any-return]


def test_formulas_are_mathml_and_money_is_not() -> None:
    cell = "Between $5 and $6: $x^2$, `$y$` and\n\n$$\\frac{a < b}{c}$$"
    page = markdown(cell)
    assert page.count("<math") == 2
    assert "Between $5 and $6: <math" in page
    assert "<code>$y$</code>" in page
    assert "<mfrac>" in page


def test_what_cells_print_is_no_formula() -> None:
    printed = nbformat.v4.new_code_cell("", outputs=[output({"text/html": "<p>It cost $x$ and $$y$$.</p>"})])
    notebook = nbformat.v4.new_notebook(cells=[printed])
    page, _ = PageExporter().from_notebook_node(notebook)
    assert "It cost $x$ and $$y$$." in page
    assert "It cost $x$ and $$y$$." in pdf_text(notebook)


def pdf_text(notebook: nbformat.NotebookNode, **traits: Any) -> str:
    pdf, resources = TypstPDFExporter(**traits).from_notebook_node(notebook)
    assert resources["output_extension"] == ".pdf"
    return re.sub(r"\s+", " ", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_a_pdf_holds_every_kind_of_cell_and_output(foreign: nbformat.NotebookNode) -> None:
    text = pdf_text(foreign)
    for part in ("Third level first", "First level later", "cell & one", "marked", "plain <text> #hash $5 @at"):
        assert part in text
    for part in ("streamed red", "went wrong", "print('hello')", "code", "item"):
        assert part in text
    assert "ignored" not in text


def test_a_pdf_holds_every_letter_of_uzbek_and_russian(foreign: nbformat.NotebookNode) -> None:
    text = pdf_text(foreign)
    assert [letter for letter in LETTERS.split() if letter not in text] == []


def test_alternative_texts_reach_the_pdf(foreign: nbformat.NotebookNode) -> None:
    source, resources = TypstExporter().from_notebook_node(foreign)
    assert r'alt: "A \"white\" pixel"' in source
    assert PNG in resources["outputs"].values()


def test_the_same_notebook_gives_the_same_pdf(foreign: nbformat.NotebookNode) -> None:
    assert TypstPDFExporter().from_notebook_node(foreign)[0] == TypstPDFExporter().from_notebook_node(foreign)[0]


def test_the_time_in_a_pdf_can_be_set(foreign: nbformat.NotebookNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    pdf, _ = TypstPDFExporter().from_notebook_node(foreign)
    metadata = PdfReader(io.BytesIO(pdf)).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date().isoformat() == "1970-01-02"


def test_an_empty_time_is_none(foreign: nbformat.NotebookNode, monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = TypstPDFExporter().from_notebook_node(foreign)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert TypstPDFExporter().from_notebook_node(foreign)[0] == before


def test_a_title_with_marks_of_the_typesetter_is_set_as_it_is(foreign: nbformat.NotebookNode) -> None:
    assert 'A #1 *title* [with] "marks"' in pdf_text(foreign, title='A #1 *title* [with] "marks"')


def test_code_can_be_left_out(foreign: nbformat.NotebookNode) -> None:
    assert "print(" not in pdf_text(foreign, exclude_input=True)
    page, _ = PageExporter(exclude_input=True).from_notebook_node(foreign)
    assert "print(" not in page


def test_a_page_escapes_what_is_not_markup(foreign: nbformat.NotebookNode) -> None:
    page, _ = PageExporter(title="a < b").from_notebook_node(foreign)
    assert "plain &lt;text&gt;" in page
    assert "<title>a &lt; b</title>" in page


def test_a_picture_without_a_description_says_so() -> None:
    picture = output({"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'})
    cell = nbformat.v4.new_code_cell("", outputs=[picture])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page, _ = PageExporter().from_notebook_node(notebook)
    assert 'alt="Image without a description"' in page
    assert TypstPDFExporter().from_notebook_node(notebook)[0].startswith(b"%PDF")


def test_a_page_holds_a_figure_wide_and_narrow_and_a_text_its_words_once() -> None:
    wide, narrow = (f'<svg viewBox="0 0 {width} 9"><text>100 % of {width}</text></svg>' for width in (600, 360))
    shown = output({"text/html": figure("sales", "What was sold.", 'Sales "rose".', wide, narrow)})
    cell = nbformat.v4.new_code_cell("", outputs=[shown])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page, _ = PageExporter().from_notebook_node(notebook)
    drawn = re.findall(r'<svg role="img" aria-label="Sales &#34;rose&#34;." viewBox="0 0 (\d+) 9">', page)
    assert drawn == ["600", "360"]
    assert "100 % of 360" in page
    text, _ = TextExporter().from_notebook_node(notebook)
    assert text.count("Sales") == text.count("What was sold.") == 1
