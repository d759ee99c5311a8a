"""Exporters for nbconvert: a self-contained page, Typst source, and a tagged PDF made from it."""

import os
import re
import tempfile
from base64 import b64encode
from datetime import UTC, datetime, time
from html import escape
from pathlib import Path
from typing import Any

import pypandoc
import typst
from bs4 import BeautifulSoup
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets import Dict, List, Unicode, default
from traitlets.config import Config

from dalil import RELEASED
from dalil.errors import StepError
from dalil.parameters import Parameters
from dalil.paths import TEMPLATES
from dalil.report.material import Material

# What makes a PDF last and readable by a screen reader; the compiler refuses a document that breaks either.
PDF_STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]

# A PDF/A carries its time of creation. So that the same document is the same file, that is the release of this
# program, or what SOURCE_DATE_EPOCH says (https://reproducible-builds.org/specs/source-date-epoch/).
_RELEASED = int(datetime.combine(RELEASED, time(), UTC).timestamp())


# Words of the page and the PDF, where no others are given.
_LABELS = {
    "contents": "Contents",
    "skip": "Skip to the text",
    "page": "Page",
    "figure": "Figure",
    "table": "Table",
    "working": "Working notebooks",
    "made": "",
}


class _DocumentExporter(TemplateExporter):
    """What the exporters share: our templates, and what a document says about itself."""

    title = Unicode(help="Title of the document; a notebook's name otherwise.").tag(config=True)
    subtitle = Unicode(help="Line under the title.").tag(config=True)
    language = Unicode("en", help="Language of the document.").tag(config=True)
    labels = Dict(_LABELS, help="Words of the page and the PDF.").tag(config=True)
    working = List(Unicode(), help="Names of notebooks to link to.").tag(config=True)

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
            "working": self.working,
        }
        return resources


class PageExporter(_DocumentExporter):
    """A notebook as one HTML file that needs nothing from outside."""

    export_from_notebook = "Page (HTML, self-contained)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_file")
    def _template_file_default(self) -> str:
        return "page/index.html.j2"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook."""
        page, resources = super().from_notebook_node(nb, resources, **kw)
        headings = BeautifulSoup(page, "html.parser").select("main h2[id]")
        for mark in (mark for heading in headings for mark in heading.select(".anchor-link")):
            mark.decompose()
        entries = "\n".join(
            f'<li><a href="#{escape(str(h["id"]))}">{escape(h.get_text().strip())}</a></li>' for h in headings
        )
        label = escape(self.labels["contents"])
        contents = (
            f'<nav aria-label="{label}"><details open><summary>{label}</summary><ol>\n{entries}\n</ol></details></nav>'
        )
        return page.replace("<!--contents-->", contents if entries else ""), resources


class TypstExporter(_DocumentExporter):
    """A notebook as Typst source; its pictures are in ``resources["outputs"]``."""

    export_from_notebook = "Typst"
    output_mimetype = "text/plain"

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
            "page-word": _typst_content(about["labels"]["page"]),
            "figure-word": _typst_content(about["labels"]["figure"]),
            "table-word": _typst_content(about["labels"]["table"]),
        }
        options = ["--standalone", "--wrap=none", f"--template={TEMPLATES / 'typst' / 'document.typ'}"]
        options += [f"--lua-filter={TEMPLATES / 'typst' / 'filter.lua'}"]
        options += [f"--variable={name}={value}" for name, value in variables.items() if value]
        with tempfile.TemporaryDirectory() as folder:
            source = pypandoc.convert_text(
                body,
                "typst-smart",
                format="html+tex_math_dollars-auto_identifiers",
                extra_args=options,
                cworkdir=folder,
            )
            pictures = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
        resources["outputs"] = {**(resources.get("outputs") or {}), **pictures}
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
            compiler = typst.Compiler(str(main), root=folder, ignore_system_fonts=True)
            try:
                pdf = compiler.compile(
                    format="pdf",
                    pdf_standards=PDF_STANDARDS,
                    timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", _RELEASED)),
                )
            except typst.TypstError as error:
                raise StepError(f"{resources['document']['title']}: no PDF: {error.diagnostic}") from error
        resources["output_extension"] = ".pdf"
        return pdf, resources


def export_report(parameters: Parameters, source: Path, suffix: str, working: list[str]) -> str | bytes:
    """Export the executed report notebook, without code, in the run's language.

    Parameters
    ----------
    suffix
        ``.html`` or ``.pdf``.
    working
        The notebooks the page links to.
    """
    material = Material(parameters)
    exporter = PageExporter if suffix == ".html" else TypstPDFExporter
    content, _ = exporter(
        config=Config({"TagRemovePreprocessor": {"remove_cell_tags": ["working"]}}),
        exclude_input=True,
        title=material.title,
        subtitle=material.say("document.subtitle"),
        language=parameters.language,
        labels={name: material.say(f"document.{name}") for name in _LABELS},
        working=working if suffix == ".html" else [],
    ).from_filename(str(source))
    return content


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _typst_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_content(text: str) -> str:
    """Escape what has a meaning in Typst's markup."""
    return re.sub(r"([\\#$*_`<>@~\[\]/=+-])", r"\\\1", text)
