"""What the exporters share: our templates, what a document says about itself, the look of page and PDF."""

import re
from base64 import b64encode
from functools import lru_cache
from html import unescape
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbconvert.filters import markdown2html
from nbformat import NotebookNode
from traitlets import Dict, Unicode, default
from traitlets.config import Config

from dalil.project import TEMPLATES, TOKENS
from dalil.report.markup.html import legible
from dalil.text.pandoc import pandoc
from dalil.yamlfile import read_yaml

# Words of the page and the PDF, where no others are given.
LABELS = {
    "contents": "Contents",
    "skip": "Skip to the text",
    "page": "Page {page} of {pages}",
    "made": "",
}

# How pandoc reads the cells of a notebook.
READ = "html-auto_identifiers"
# A formula in TeX, as pandoc and notebooks know it: alone or in a line, where a digit after it would make it money.
_FORMULA = re.compile(r"(?s)<code>.*?</code>|(\$\$.+?\$\$|\$(?=\S)[^$]*?(?<=\S)\$(?!\d))")


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
        return legible(body), resources

    def default_filters(self) -> Any:
        """Add what the templates need."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "base64", _base64
        yield "markdown2html", markdown

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


def markdown(text: str) -> str:
    """Write Markdown as HTML, its formulas as MathML: browsers show that without a script, and pandoc reads it.

    Parameters
    ----------
    text
        The Markdown of a notebook's cell.

    Examples
    --------
    >>> markdown("From $5 to $6.")
    '<p>From $5 to $6.</p>'
    """
    html = str(markdown2html(text)).rstrip()
    formulas = [unescape(formula) for formula in _FORMULA.findall(html) if formula]
    if not formulas:
        return html
    written = pandoc("\n\n".join(formulas).encode(), "markdown", "html", "--mathml").decode()
    maths = iter(re.findall(r"(?s)<p>(.*?)</p>", written))
    return _FORMULA.sub(lambda found: next(maths) if found[1] else found[0], html)


@lru_cache
def tokens() -> Any:
    """What page and PDF share of their look: fonts, sizes, spaces, colours.

    Examples
    --------
    >>> tokens()["fonts"]["text"]
    'Source Sans 3'
    """
    return read_yaml(TOKENS)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()
