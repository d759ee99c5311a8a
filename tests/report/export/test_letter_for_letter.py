"""What stands in a text stands in page, PDF and Markdown letter for letter, and nothing of it is read or fetched."""

import html
import io
import json
import re
import socket
import unicodedata
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from pypdf import PdfReader

from dalil.report.export.page import PageExporter
from dalil.report.export.text import TextExporter
from dalil.report.export.typst import TypstExporter, TypstPDFExporter
from dalil.report.figures.drawing.style import drawn_in_style
from dalil.report.markup.html import Html, data, element, legible
from dalil.report.markup.vector import inline, with_fonts
from dalil.text.pandoc import pandoc

# What means something to HTML, Markdown, TeX, Typst, Jinja, a spreadsheet or a script, alone or beside other signs.
TEXTS = (
    "It rose to $5 million, 31.2% more (US$).", "$x$ and $$y$$", "2023.Photo", "12.at(1)", "-?", "1--2", "a---b", "...",
    "-1", "a-?b", "5--?", "~", "*b* _i_ **s** __u__", "`c` ```d```", "'q' \"q\"", "#let x = 1", "#\"2\"2", "@ref",
    "<lab>", "<b>b</b>", "&amp; &lt; &#60;", "// a", "/* b */", "a*/b", "http://x.y/z", "https://a.b", "\\", "x\\",
    "\\u{41}", "\\ y", "= head", "- item", "+ item", "/ term: x", "1. item", "2) item", "# head", "> quote", "[br]",
    "![a](b)", "[a](b)", "[^1]", "a | b", "~~s~~ ==m== ^s^", "{{ x }} {% y %} {# z #} ${z}", "<!--x-->", "-->",
    "</script><script>", "<!--<script>", "]]>", "c:/d", "::", "ab@cd.ef", "---", "***", "===", "%d %s", "\u2028x",
    "=1+1", "\u201eC\u201c \u2018d\u2019 \u00abe\u00bb", "g\u02bb o\u02bb ma\u02bcno", "O'z", "3\u00a0500", "\u2212 5",
)  # fmt: skip
# Words with signs at any place, as people and programs write them.
WORDS = st.text(st.sampled_from("ab1 Ўʻ" + "".join(map(chr, range(0x21, 0x7F)))), min_size=1, max_size=30)


def notebook(shown: str) -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("display_data", data={"text/html": shown})
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])  # type: ignore[no-any-return]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def paragraphs(texts: Iterable[str]) -> nbformat.NotebookNode:
    return notebook(str(Html("\n").join(element("p", text) for text in texts)))


def in_typst(texts: list[str]) -> list[str]:
    """What Typst sets for texts: it knows each sign that is escaped for itself, and no other one is there."""
    source, _ = TypstExporter().from_notebook_node(paragraphs(["here it begins", *texts]))
    body = source.partition("here it begins\n\n")[2].rstrip("\n")
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", body)), body
    return [squeezed(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)) for text in body.split("\n\n")]


def in_page(texts: list[str]) -> list[str]:
    page, _ = PageExporter().from_notebook_node(paragraphs(texts))
    return [squeezed(part.get_text()) for part in BeautifulSoup(page, "html.parser").select("main p")]


def in_markdown(texts: list[str]) -> list[str]:
    text, _ = TextExporter().from_notebook_node(paragraphs(texts))
    shown = BeautifulSoup(pandoc(text.encode(), "gfm-emoji", "html"), "html.parser")
    return [squeezed(part.get_text()) for part in shown.select("p")]


@pytest.mark.parametrize("read_back", [in_typst, in_page, in_markdown])
@given(st.lists(WORDS.filter(str.strip), min_size=20, max_size=60))
@settings(max_examples=3, phases=(Phase.explicit, Phase.generate))
@example(list(TEXTS))
def test_a_text_stands_in_each_output_letter_for_letter(
    read_back: Callable[[list[str]], list[str]], texts: list[str]
) -> None:
    assert read_back(texts) == [squeezed(text) for text in texts]


@pytest.fixture(scope="module")
def printed() -> str:
    """A PDF with every text in a paragraph, a link, a quotation, a heading and a cell, as it is read back."""
    kinds = [
        *(
            element("p", f"P{n}«", element("span", text, class_="quote", lang="en"), f"»{n}P")
            for n, text in enumerate(TEXTS)
        ),
        *(element("p", f"L{n}«", element("a", text, href="#there"), f"»{n}L") for n, text in enumerate(TEXTS)),
        *(element("h3", f"H{n}«", text, f"»{n}H") for n, text in enumerate(TEXTS)),
        *(element("p", f"K{n}«", element("code", text), f"»{n}K") for n, text in enumerate(TEXTS)),
        element("table", *(element("tr", element("td", f"C{n}«{text}»{n}C")) for n, text in enumerate(TEXTS))),
    ]
    shown = Html("\n").join([*kinds, element("h2", "There", id="there")])
    pdf, _ = TypstPDFExporter(title=" ".join(TEXTS), subtitle=TEXTS[0]).from_notebook_node(notebook(str(shown)))
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@pytest.mark.slow
def test_a_pdf_holds_each_text_in_each_place_letter_for_letter(printed: str) -> None:
    for n, text in enumerate(TEXTS):
        for kind in "PLHKC":
            assert f"{kind}{n}«{squeezed(text)}»{n}{kind}" in printed, (kind, text)
    assert squeezed(" ".join(TEXTS)) in printed


def test_a_title_stands_in_page_and_text_letter_for_letter() -> None:
    title = " ".join(TEXTS)
    page, _ = PageExporter(title=title).from_notebook_node(notebook(""))
    heading = BeautifulSoup(page, "html.parser").h1
    assert heading is not None
    assert heading.get_text().strip() == title
    text, _ = TextExporter(title=title).from_notebook_node(notebook(""))
    assert squeezed(BeautifulSoup(pandoc(text.encode(), "gfm", "html"), "html.parser").get_text()) == squeezed(title)


def test_a_picture_keeps_its_texts_and_only_those() -> None:
    texts = [*TEXTS, 'id="a"', "url(#b)", "#ff0000", 'xlink:href="#c"', "1 \n2"]
    drawn = "".join(f"<text>{html.escape(text, quote=False)}</text>" for text in texts)
    picture = f'<svg width="1pt" height="1pt" viewBox="0 0 1 1"><path id="d" fill="#FF0000"/>{drawn}</svg>'
    made = BeautifulSoup(inline(with_fonts(picture), "one"), "html.parser")
    assert [part.get_text() for part in made.select("text")] == texts
    assert "var(--f-ff0000" in str(made.path)


def test_a_figure_draws_each_text_letter_for_letter() -> None:
    file = io.BytesIO()
    with drawn_in_style():
        picture = Figure()
        for n, text in enumerate(TEXTS):
            picture.text(0, n / len(TEXTS), text.replace("\u2028", ""))
        picture.savefig(file, format="svg")
    drawn = BeautifulSoup(inline(with_fonts(file.getvalue().decode()), "one"), "html.parser")
    assert [part.get_text() for part in drawn.select("text")] == [text.replace("\u2028", "") for text in TEXTS]


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ue000", "\uffff"])
def test_a_character_that_cannot_be_shown_is_replaced(character: str) -> None:
    shown = notebook(str(element("p", f"a{character}b")))
    assert legible(f"a{character}b") == "a\ufffdb"
    for exporter in (PageExporter, TextExporter, TypstExporter):
        made, _ = exporter(title=f"c{character}d").from_notebook_node(shown)
        assert "a\ufffdb" in made
        assert character not in made


@given(st.text())
@example("</script><!--<script>")
def test_data_in_a_page_ends_no_element(text: str) -> None:
    written = data({"text": text})
    assert "<" not in written
    assert json.loads(written) == {"text": text}


PEEKING = (
    '<img src="{}" alt="words">', '<iframe src="{}"></iframe>', '<object data="{}"></object>', '<embed src="{}">',
    '<link rel="stylesheet" href="{}">', '<video src="{}" poster="{}"></video>', '<script src="{}"></script>',
    '<figure><img src="{}" alt="words"><figcaption>c</figcaption></figure>', '<picture><source srcset="{}"></picture>',
    '<input type="image" src="{}">', '<style>@import url("{}");</style>', '<base href="{}"><img src="x.png">',
)  # fmt: skip


@pytest.mark.parametrize("exporter", [TypstPDFExporter, TextExporter])
def test_nothing_is_read_or_fetched(
    exporter: type[TextExporter], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    (tmp_path / "secret.txt").write_text("SECRET")
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(socket, "socket", None)
        addresses = [
            f"http://127.0.0.1:{server.server_port}/a",
            f"{tmp_path}/secret.txt",
            f"file://{tmp_path}/secret.txt",
        ]
        shown = "".join(peek.replace("{}", address) for peek in PEEKING for address in addresses)
        made, _ = exporter().from_notebook_node(notebook(f"<p>whole</p>{shown}"))
        server.shutdown()
    assert asked == []
    text = made if isinstance(made, str) else "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "whole" in text
    assert "SECRET" not in text
