"""A notebook as Markdown, for other programs."""

from typing import Any

import pypandoc
from nbformat import NotebookNode
from traitlets import Unicode

from dalil.project import TEMPLATES
from dalil.report.export.document import READ, DocumentExporter


class TextExporter(DocumentExporter):
    """A notebook as Markdown (GitHub's), each picture in the words that describe it."""

    export_from_notebook = "Text (Markdown)"
    output_mimetype = "text/markdown"
    file_extension = Unicode(".md").tag(config=True)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook: its cells to HTML, that to Markdown by one call of pandoc."""
        body, resources = super().from_notebook_node(nb, resources, **kw)
        options = ["--wrap=none", f"--lua-filter={TEMPLATES / 'text' / 'filter.lua'}"]
        text = pypandoc.convert_text(body, "gfm", format=READ, extra_args=options)
        about = resources["document"]
        head = [f"# {about['heading']}", about["subtitle"]] if about["heading"] else []
        return "\n\n".join([*(part for part in head if part), text]), resources
