"""A notebook as Typst source, and as a tagged PDF made from it."""

import io
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, time
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import typst
from nbformat import NotebookNode
from traitlets import Dict, Instance, Unicode

from dalil import RELEASED
from dalil.errors import StepError
from dalil.project import FONTS, TEMPLATES
from dalil.report.export.document import READ, DocumentExporter, tokens
from dalil.report.markup.fonts import CARRIED
from dalil.text.pandoc import pandoc

# What makes a PDF last and readable by a screen reader; the compiler refuses a document that breaks either.
PDF_STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]

# A PDF/A carries its time of creation. So that the same document is the same file, that is the release of this
# program, or what SOURCE_DATE_EPOCH says (https://reproducible-builds.org/specs/source-date-epoch/).
_RELEASED = int(datetime.combine(RELEASED, time(), UTC).timestamp())


@dataclass(frozen=True)
class Attachment:
    """A file that a PDF carries.

    ``relationship`` is what it is to the document (ISO 19005-3): its ``source``, or ``data`` behind what it shows.
    """

    content: bytes
    relationship: str
    mime_type: str
    description: str


class TypstExporter(DocumentExporter):
    """A notebook as Typst source; its pictures are in ``resources["outputs"]``."""

    export_from_notebook = "Typst"
    output_mimetype = "text/plain"
    file_extension = Unicode(".typ").tag(config=True)

    attachments = Dict(value_trait=Instance(Attachment), help="Files that the PDF carries, by name.")

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
            "page": _typst_page(about["labels"]["page"]),
            "tokens": _typst_tokens(),
            "attachments": "\n".join(_typst_attachment(name, file) for name, file in self.attachments.items()),
        }
        options = ["--standalone", f"--template={TEMPLATES / 'typst' / 'document.typ'}"]
        options += [f"--lua-filter={TEMPLATES / 'typst' / 'filter.lua'}"]
        options += [f"--variable={name}={value}" for name, value in variables.items() if value]
        with tempfile.TemporaryDirectory() as folder:
            source = pandoc(body.encode(), READ, "typst-smart", *options, folder=Path(folder)).decode()
            pictures = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
        carried = {name: file.content for name, file in self.attachments.items()}
        resources["outputs"] = {**(resources.get("outputs") or {}), **pictures, **carried}
        return source, resources


class TypstPDFExporter(TypstExporter):
    """A notebook as a tagged PDF, by way of Typst; needs no TeX and no browser."""

    export_from_notebook = "PDF via Typst"
    output_mimetype = "application/pdf"
    file_extension = Unicode(".pdf").tag(config=True)

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
                    timestamp=int(os.environ.get("SOURCE_DATE_EPOCH") or _RELEASED),
                )
            except typst.TypstError as error:
                raise StepError(f"{resources['document']['title']}: no PDF: {error.diagnostic}") from error
        resources["output_extension"] = ".pdf"
        assert isinstance(pdf, bytes)
        return _packed(pdf), resources


def _packed(pdf: bytes) -> bytes:
    """Put the objects of a PDF, most of them its tags, into compressed streams: half the size, the same document."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def _typst_string(text: str) -> str:
    return '"' + unescape(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_content(text: str) -> str:
    """Escape every sign, since any may have a meaning in Typst's markup, and break no line."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def _typst_page(words: str) -> str:
    """Which page of how many it is, in words with places for both numbers."""
    places = {r"\{page\}": '#counter(page).display("1")', r"\{pages\}": "#counter(page).final().first()"}
    written = _typst_content(words)
    for place, number in places.items():
        written = written.replace(place, number)
    return written


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
