"""Pieces of HTML a notebook shows: text, tables, figures; the page and the PDF are both made from them."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True)
class Html:
    """A piece of HTML; the result of a cell that Jupyter and the exporters display as it is."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup

    def __add__(self, other: "Html") -> "Html":
        return Html(f"{self.markup}\n{other.markup}")


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width in percent, whether its cells are numbers."""

    heading: str
    width: int
    number: bool = False


def table(name: str, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Html:
    """Write a table with a caption; cells are HTML, the first of each row is its heading."""
    head = "".join(f'<th scope="col"{_align(c)}>{escape(c.heading)}</th>' for c in columns)
    widths = "".join(f'<col style="width: {c.width}%">' for c in columns)
    body = "\n".join(
        "<tr>"
        + f'<th scope="row">{row[0]}</th>'
        + "".join(
            f'<td{_align(c)} data-label="{escape(c.heading)}">{cell}</td>'
            for c, cell in zip(columns[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return Html(
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}"><table id="table-{name}">'
        f"<caption>{escape(caption)}</caption><colgroup>{widths}</colgroup>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def figure(name: str, caption: str, alt: str, svg: Path) -> Html:
    """Write a figure with its picture inside."""
    data = b64encode(svg.read_bytes()).decode()
    return Html(
        f'<figure id="figure-{name}"><img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def link(target: str, text: str, *, title: str = "") -> str:
    """Write a link to a place in the report."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="#{escape(target)}"{hint}>{text}</a>'


def anchor(name: str, text: str) -> str:
    """Write a place that links lead to."""
    return f'<span id="{escape(name)}">{text}</span>'


def code(text: str) -> str:
    """Write something in the typeface of code."""
    return f"<code>{escape(text)}</code>"


def quote(text: str, language: str) -> str:
    """Write words of the article, in their language."""
    return f'<span class="quote" lang="{language}">{escape(" ".join(text.split()))}</span>'


def _align(column: Column) -> str:
    return ' style="text-align: right"' if column.number else ""
