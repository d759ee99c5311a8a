"""A page of its own, besides the report: headings with what stands below them, and no script."""

from collections.abc import Iterable

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from dalil.report.export.document import LABELS
from dalil.report.export.page import PageExporter
from dalil.report.markup.html import Html
from dalil.wording.catalogue import Wording


def sheet(title: str, wording: Wording, parts: Iterable[tuple[str, Html]]) -> str:
    """Write a page.

    Parameters
    ----------
    title, wording
        What stands above all, and the words of its language.
    parts
        What stands below each other: a heading, which may be empty, and what it is over.
    """
    cells: list[NotebookNode] = []
    for heading, content in parts:
        shown = new_output("display_data", data={"text/html": content})
        cells += [new_markdown_cell(f"## {heading}")] if heading else []
        cells.append(new_code_cell(outputs=[shown]))
    exporter = PageExporter(
        title=title,
        language=wording.language,
        labels={
            label: wording.say(f"document.{label}", page="{page}", pages="{pages}", name="{name}") for label in LABELS
        },
    )
    page, _ = exporter.from_notebook_node(new_notebook(cells=cells))
    return str(page)
