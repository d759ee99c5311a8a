"""Exporters for nbconvert: a self-contained page, Typst source, a tagged PDF made from it, and Markdown."""

import io
import os
import re
import tempfile
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import pypandoc
import typst
from bs4 import BeautifulSoup
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets import Dict, Instance, List, Unicode, default
from traitlets.config import Config

from dalil import RELEASED
from dalil.errors import StepError
from dalil.project import FONTS, TEMPLATES, TOKENS
from dalil.report.markup.fonts import BOLD, CARRIED, ITALIC, MONO, REGULAR, SIGN, lacking
from dalil.report.markup.vector import font_face, inline
from dalil.yamlfile import read_yaml

# What makes a PDF last and readable by a screen reader; the compiler refuses a document that breaks either.
PDF_STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]

# A PDF/A carries its time of creation. So that the same document is the same file, that is the release of this
# program, or what SOURCE_DATE_EPOCH says (https://reproducible-builds.org/specs/source-date-epoch/).
_RELEASED = int(datetime.combine(RELEASED, time(), UTC).timestamp())

# Words of the page and the PDF, where no others are given.
LABELS = {
    "contents": "Contents",
    "skip": "Skip to the text",
    "page": "Page",
    "figure": "Figure",
    "table": "Table",
    "made": "",
}

# What a page may load and run: nothing from outside, and no script but its own. Its styles include those of pictures.
_POLICY = (
    "default-src 'none'; img-src data: blob:; font-src data:; style-src 'unsafe-inline'; script-src {scripts}; "
    "base-uri 'none'; form-action 'none'"
)
# What pandas writes into its tables that HTML has no more.
_DATED = re.compile(
    r'<style scoped>.*?</style>|(?<=<table) border="1"|(?<=<tr) style="text-align: right;"| valign="top"', re.DOTALL
)
# Styles of what only a page with scripts has.
_PARTS = ("cards.css", "what-if.css")
_FONTS_HERE = "/* fonts */"
_PICTURE = re.compile(r'<img src="data:image/svg\+xml,([^"]*)" alt="([^"]*)">(\s*<figcaption)?')


@dataclass(frozen=True)
class Attachment:
    """A file that a PDF carries.

    ``relationship`` is what it is to the document (ISO 19005-3): its ``source``, or ``data`` behind what it shows.
    """

    content: bytes
    relationship: str
    mime_type: str
    description: str


class _DocumentExporter(TemplateExporter):
    """What the exporters share: our templates, and what a document says about itself."""

    title = Unicode(help="Title of the document; a notebook's name otherwise.").tag(config=True)
    subtitle = Unicode(help="Line under the title.").tag(config=True)
    language = Unicode("en", help="Language of the document.").tag(config=True)
    labels = Dict(LABELS, help="Words of the page and the PDF.").tag(config=True)

    def __init__(self, config: Config | None = None, **traits: Any) -> None:
        super().__init__(config=config, **traits)  # type: ignore[no-untyped-call]

    @default("template_name")
    def _template_name_default(self) -> str:
        return "base"

    @default("extra_template_paths")
    def _extra_template_paths_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def default_filters(self) -> Any:
        """Add what the templates need."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "base64", _base64

    def _init_resources(self, resources: Any) -> Any:
        resources = super()._init_resources(resources)  # type: ignore[no-untyped-call]
        resources["document"] = {
            "title": self.title or resources["metadata"].get("name", "Notebook"),
            "heading": self.title,
            "subtitle": self.subtitle,
            "language": self.language,
            "labels": self.labels,
        }
        return resources


class PageExporter(_DocumentExporter):
    """A notebook as one HTML file that needs nothing from outside."""

    export_from_notebook = "Page (HTML, self-contained)"
    output_mimetype = "text/html"

    head = Unicode(help="What a page's head says of it, as HTML.").tag(config=True)
    tail = Unicode(help="What comes after the cells, as HTML.").tag(config=True)
    scripts = List(Unicode(), help="Scripts to run, as JavaScript.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_file")
    def _template_file_default(self) -> str:
        return "page/index.html.j2"

    def _init_resources(self, resources: Any) -> Any:
        resources = super()._init_resources(resources)
        # As the page holds them: a script's own text is what its hash is of.
        scripts = [script.strip() for script in self.scripts]
        hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
        style = self.environment.get_template("page/style.css").render(tokens=tokens())
        parts = [(TEMPLATES / "page" / name).read_text(encoding="utf-8") for name in _PARTS]
        resources["document"] |= {
            "head": self.head,
            "tail": self.tail,
            "scripts": scripts,
            "policy": _POLICY.format(scripts=" ".join(hashes) or "'none'"),
            "style": "\n".join([_FONTS_HERE, style, *(parts if scripts else [])]),
        }
        return resources

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        page = _DATED.sub("", _PICTURE.sub(_inlined(page), page))
        soup = BeautifulSoup(page, "html.parser")
        headings = soup.select("main h2[id]")
        for mark in (mark for heading in headings for mark in heading.select(".anchor-link")):
            mark.decompose()
        entries = "\n".join(
            f'<li><a href="#{escape(str(h["id"]))}">{escape(h.get_text().strip())}</a></li>' for h in headings
        )
        label = escape(self.labels["contents"])
        contents = (
            f'<nav aria-label="{label}"><details open><summary>{label}</summary><ol>\n{entries}\n</ol></details></nav>'
        )
        page = page.replace("<!--contents-->", contents if entries else "")
        return page.replace(_FONTS_HERE, _fonts(page, soup)), resources


class TypstExporter(_DocumentExporter):
    """A notebook as Typst source; its pictures are in ``resources["outputs"]``."""

    export_from_notebook = "Typst"
    output_mimetype = "text/plain"

    attachments = Dict(value_trait=Instance(Attachment), help="Files that the PDF carries, by name.")

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".typ"

    @default("template_file")
    def _template_file_default(self) -> str:
        return "typst/index.html.j2"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook: its cells to HTML, that to Typst by one call of pandoc."""
        body, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources["document"]
        variables = {
            "title-string": _typst_string(about["title"]),
            "title-content": _typst_content(about["title"]),
            "heading": "yes" if about["heading"] else "",
            "subtitle": _typst_content(about["subtitle"]) if about["subtitle"] else "",
            "lang": about["language"].partition("-")[0],
            "script": about["language"].partition("-")[2].lower(),
            "page-word": _typst_content(about["labels"]["page"]),
            "figure-word": _typst_content(about["labels"]["figure"]),
            "table-word": _typst_content(about["labels"]["table"]),
            "tokens": _typst_tokens(),
            "attachments": "\n".join(_typst_attachment(name, file) for name, file in self.attachments.items()),
        }
        options = ["--standalone", "--wrap=none", f"--template={TEMPLATES / 'typst' / 'document.typ'}"]
        options += [f"--lua-filter={TEMPLATES / 'typst' / 'filter.lua'}"]
        options += [f"--variable={name}={value}" for name, value in variables.items() if value]
        with tempfile.TemporaryDirectory() as folder:
            source = pypandoc.convert_text(body, "typst-smart", format=_READ, extra_args=options, cworkdir=folder)
            pictures = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
        carried = {name: file.content for name, file in self.attachments.items()}
        resources["outputs"] = {**(resources.get("outputs") or {}), **pictures, **carried}
        return source, resources


class TypstPDFExporter(TypstExporter):
    """A notebook as a tagged PDF, by way of Typst; needs no TeX and no browser."""

    export_from_notebook = "PDF via Typst"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook.

        Raises
        ------
        StepError
            The Typst compiler refused the document.
        """
        source, resources = super().from_notebook_node(nb, resources, **kw)
        pictures = resources.pop("outputs")
        with tempfile.TemporaryDirectory() as folder:
            for name, data in pictures.items():
                (Path(folder) / name).write_bytes(data)
            main = Path(folder) / "main.typ"
            main.write_text(source, encoding="utf-8")
            compiler = typst.Compiler(
                str(main), root=folder, ignore_system_fonts=True, font_paths=[str(FONTS), str(CARRIED)]
            )
            try:
                pdf = compiler.compile(
                    format="pdf",
                    pdf_standards=PDF_STANDARDS,
                    timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", _RELEASED)),
                )
            except typst.TypstError as error:
                raise StepError(f"{resources['document']['title']}: no PDF: {error.diagnostic}") from error
        resources["output_extension"] = ".pdf"
        assert isinstance(pdf, bytes)
        return _packed(pdf), resources


class TextExporter(_DocumentExporter):
    """A notebook as Markdown (GitHub's), each picture in the words that describe it."""

    export_from_notebook = "Text (Markdown)"
    output_mimetype = "text/markdown"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".md"

    @default("template_file")
    def _template_file_default(self) -> str:
        return "typst/index.html.j2"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook: its cells to HTML, that to Markdown by one call of pandoc."""
        body, resources = super().from_notebook_node(nb, resources, **kw)
        options = ["--wrap=none", f"--lua-filter={TEMPLATES / 'text' / 'filter.lua'}"]
        text = pypandoc.convert_text(body, "gfm", format=_READ, extra_args=options)
        about = resources["document"]
        head = [f"# {about['heading']}", about["subtitle"]] if about["heading"] else []
        return "\n\n".join([*(part for part in head if part), text]), resources


_READ = "html+tex_math_dollars-auto_identifiers"


@lru_cache
def tokens() -> Any:
    """What page and PDF share of their look: fonts, sizes, spaces, colours.

    Examples
    --------
    >>> tokens()["fonts"]["text"]
    'Source Sans 3'
    """
    return read_yaml(TOKENS)


def _inlined(page: str) -> Any:
    """What puts each picture of a page into it, under the name of its figure or by its number."""
    names = iter(re.findall(r'<figure id="figure-([^"]+)"', page))
    count = iter(range(1, page.count("<img") + 1))

    def picture(found: re.Match[str]) -> str:
        caption = found[3] or ""
        name = next(names) if caption else f"picture-{next(count)}"
        svg = inline(unquote(found[1]), name).replace("<svg", f'<svg role="img" aria-label="{found[2]}"', 1)
        label = f' role="group" aria-labelledby="caption-{name}"' if caption else ""
        named = caption.replace("<figcaption", f'<figcaption id="caption-{name}"')
        return f'<div class="picture" tabindex="0"{label}>{svg}</div>{named}'

    return picture


def _fonts(page: str, soup: BeautifulSoup) -> str:
    """The rules that carry the letters a page shows, by itself or by its scripts."""
    marked = "".join(tag.get_text() for tag in soup.select("code, pre"))
    slanted = "".join(tag.get_text() for tag in soup.select("em, i, .quote"))
    signs = lacking(page, REGULAR)
    rules = [font_face(REGULAR, page), font_face(BOLD, page)]
    rules += [font_face(ITALIC, slanted)] if slanted else []
    rules += [font_face(MONO, marked)] if marked else []
    rules += [font_face(SIGN, signs)] if SIGN.has(signs) else []
    return "\n".join(rules)


def _packed(pdf: bytes) -> bytes:
    """Put the objects of a PDF, most of them its tags, into compressed streams: half the size, the same document."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _typst_string(text: str) -> str:
    return '"' + unescape(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_content(text: str) -> str:
    """Escape what has a meaning in Typst's markup."""
    return re.sub(r"([\\#$*_`<>@~\[\]/=+-])", r"\\\1", text)


def _typst_tokens() -> str:
    """The tokens as dictionaries of Typst: sizes and spaces in the body's size, the colours of the day."""
    look = tokens()
    groups = {
        "colour": {name: f'rgb("{day}")' for name, (day, _) in look["colours"].items()},
        "size": {name: f"{size}em" for name, size in look["sizes"].items()},
        "space": {name: f"{space}em" for name, space in look["spaces"].items()},
        "face": {name: f'"{family}"' for name, family in look["fonts"].items()},
    }
    return "\n".join(
        f"#let {group} = ({', '.join(f'{name}: {value}' for name, value in named.items())})"
        for group, named in groups.items()
    )


def _typst_attachment(name: str, file: Attachment) -> str:
    relationship, mime_type, description = map(_typst_string, (file.relationship, file.mime_type, file.description))
    return (
        f"#pdf.attach({_typst_string(name)}, relationship: {relationship}, mime-type: {mime_type}, "
        f"description: {description})"
    )
