"""What the exporters share: our templates, what a document says about itself, the look of page and PDF."""

import re
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from jinja2 import pass_context
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import ansi2html
from nbformat import NotebookNode
from traitlets import Dict, Unicode, default
from traitlets.config import Config

from dalil.project import TEMPLATES, TOKENS
from dalil.report.export.foreign import mended, shown
from dalil.report.export.formulas import markdown, with_formulas
from dalil.report.markup.html import legible
from dalil.yamlfile import read_yaml

# Words of the page and the PDF, where no others are given.
LABELS = {
    "contents": "Contents",
    "skip": "Skip to the text",
    "page": "Page {page} of {pages}",
    "made": "",
    "undescribed": "Image without a description",
    "missing_picture": "[Picture not found beside the notebook: {name}]",
    "remote_picture": "[Picture elsewhere, not fetched: {name}]",
    "broken_picture": "[Picture that cannot be read: {name}]",
    "embedded": "[Embedded, not shown here: {name}]",
    "unshown": "[Output that only a program can show: {name}]",
    "formula": "[formula as written: it cannot be set]",
    "letters": "Letters that no font here has, each shown as \ufffd: {name}",
}

# How pandoc reads the cells of a notebook.
READ = "html-auto_identifiers"


class DocumentExporter(TemplateExporter):
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

    @default("template_file")
    def _template_file_default(self) -> str:
        return "cells/index.html.j2"

    @default("extra_template_paths")
    def _extra_template_paths_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook: its cells, in characters that every output can hold."""
        body, resources = super().from_notebook_node(nb, resources, **kw)
        return with_formulas(legible(body), self.labels["formula"]), resources

    def default_filters(self) -> Any:
        """Add what the templates need."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "coloured", coloured
        yield "html", self._html
        yield "markdown2html", self._markdown
        yield "output", self._output

    @pass_context
    def _html(self, context: Any, html: str) -> str:
        return mended(html, self.labels, _folder(context))

    @pass_context
    def _markdown(self, context: Any, cell: NotebookNode) -> str:
        return mended(markdown(cell.source), self.labels, _folder(context), cell.get("attachments"))

    @pass_context
    def _output(self, context: Any, output: NotebookNode, cell: NotebookNode) -> str:
        metadata = [*(output.metadata.get(kind, {}) for kind in output.data), output.metadata, cell.metadata]
        alt = next((str(about["alt"]) for about in metadata if isinstance(about, dict) and about.get("alt")), "")
        return shown(output.data, alt, self.labels, _folder(context))

    def _init_resources(self, resources: Any) -> Any:
        resources = super()._init_resources(resources)  # type: ignore[no-untyped-call]
        resources["document"] = {
            "title": legible(self.title or resources["metadata"].get("name", "Notebook")),
            "heading": legible(self.title),
            "subtitle": legible(self.subtitle),
            "language": self.language,
            "labels": self.labels,
        }
        return resources


def _folder(context: Any) -> str:
    """The notebook's folder, if it is in one."""
    return str(context["resources"]["metadata"].get("path", ""))


@lru_cache
def tokens() -> Any:
    """What page and PDF share of their look: fonts, sizes, spaces, colours.

    Examples
    --------
    >>> tokens()["fonts"]["text"]
    'Source Sans 3'
    """
    return read_yaml(TOKENS)


def coloured(text: str) -> Markup:
    r"""Write what a terminal shows as HTML, with its colours; where those are is noted for the PDF too.

    Examples
    --------
    >>> str(coloured("\x1b[31mred\x1b[0m"))
    '<pre class="output" data-colours="0 3 red"><span class="ansi-red-fg">red</span></pre>'
    """
    html = str(ansi2html(text.strip("\n")))  # type: ignore[no-untyped-call]
    colours, place = [], 0
    for part in BeautifulSoup(html, "html.parser").children:
        length = len(part.get_text())
        named = " ".join(part.get_attribute_list("class")) if isinstance(part, Tag) and part.has_attr("class") else ""
        if found := re.search(r"ansi-(\w+)(?:-intense)?-fg", named):
            colours.append(f"{place} {place + length} {found[1]}")
        place += length
    noted = f' data-colours="{"; ".join(colours)}"' if colours else ""
    return Markup(f'<pre class="output"{noted}>{html}</pre>')
