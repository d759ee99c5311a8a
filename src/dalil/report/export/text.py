"""A notebook as Markdown, for other programs."""

from typing import Any

from nbformat import NotebookNode
from traitlets import Unicode

from dalil.project import TEMPLATES
from dalil.report.export.document import READ, DocumentExporter
from dalil.report.markup.html import element
from dalil.text.pandoc import pandoc


class TextExporter(DocumentExporter):
    """A notebook as Markdown (GitHub's), each picture in the words that describe it."""

    export_from_notebook = "Text (Markdown)"
    output_mimetype = "text/markdown"
    file_extension = Unicode(".md").tag(config=True)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook: its cells to HTML, that to Markdown by one call of pandoc."""
        body, resources = super().from_notebook_node(nb, resources, **kw)
        lua = f"--lua-filter={TEMPLATES / 'text' / 'filter.lua'}"
        about = resources["document"]
        head = [element("h1", about["heading"]), element("p", about["subtitle"])] if about["heading"] else []
        return pandoc("\n".join([*head, body]).encode(), READ, "gfm", lua).decode(), resources
