"""Pieces of HTML a notebook shows: text, tables, figures; the page and the PDF are both made from them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote as url_quote

# The digits before the decimal mark of a number that opens a cell, with its sign and the marks between thousands.
_BEFORE_MARK = re.compile(r"[+−]?\d+(?:[,\u00a0\u202f]\d{3})*(?=[.,]\d)|[+−]?\d+(?:[,\u00a0\u202f]\d{3})*")
# Signs of SVG that need no encoding in an address between quotation marks.
_PLAIN = " /:;,=()!*@$+'"


@dataclass(frozen=True, repr=False)
class Html:
    """A piece of HTML; the result of a cell that Jupyter and the exporters display as it is.

    Its plain form is left short: a notebook keeps that beside the HTML.
    """

    markup: str

    def __repr__(self) -> str:
        return f"<{len(self.markup)} characters of HTML>"

    def _repr_html_(self) -> str:
        return self.markup

    def __add__(self, other: "Html") -> "Html":
        return Html(f"{self.markup}\n{other.markup}")


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width in percent, whether its numbers stand below each other.

    Where they do, the decimal marks of the numbers that open its cells are in one line.
    """

    heading: str
    width: int
    aligned: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: its HTML, and what to sort it by where that is a number."""

    markup: str
    value: str = ""


# A row of a table; a cell without a number may be its HTML alone.
Cells = Sequence[str | Cell]


def table(name: str, caption: str, columns: Sequence[Column], rows: Sequence[Cells], note: str = "") -> Html:
    """Write a table with a caption, and a note below it; the first cell of each row is its heading."""
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    widths = [
        max((len(_opening(row[place].markup)) for row in cells), default=0) if column.aligned else 0
        for place, column in enumerate(columns)
    ]
    head = "".join(f'<th scope="col">{escape(c.heading)}</th>' for c in columns)
    shares = "".join(f'<col style="width: {c.width}%">' for c in columns)
    body = "\n".join(
        "<tr>"
        + f'<th scope="row"{_value(row[0])}>{row[0].markup}</th>'
        + "".join(
            f'<td data-label="{escape(c.heading)}"{_value(cell)}>{_aligned(cell.markup, width)}</td>'
            for c, cell, width in zip(columns[1:], row[1:], widths[1:], strict=True)
        )
        + "</tr>"
        for row in cells
    )
    below = f'<div class="table-note"><p>{note}</p></div>' if note else ""
    return Html(
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}"><table id="table-{name}">'
        f"<caption>{escape(caption)}</caption><colgroup>{shares}</colgroup>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>{below}"
    )


def figure(name: str, caption: str, alt: str, picture: str) -> Html:
    """Write a figure with its picture, which is SVG, inside.

    The picture is percent-encoded: what is encoded in base64 grows, and then hardly shrinks in an archive.
    """
    source = f"data:image/svg+xml,{url_quote(picture, safe=_PLAIN)}"
    return Html(
        f'<figure id="figure-{name}"><img src="{source}" alt="{escape(alt)}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def link(kind: str, name: str, text: str, *, title: str = "", note: str = "") -> str:
    """Write a link to a fact, a claim or a source (its kind), with the number of its note where it has one.

    Examples
    --------
    >>> link("claim", "exports_2001", "2 billion", note="C1")
    '<a class="claim" href="#claim-exports_2001">2 billion<sup class="note">C1</sup></a>'
    """
    hint = f' title="{escape(title)}"' if title else ""
    mark = f'<sup class="note">{escape(note)}</sup>' if note else ""
    return f'<a class="{kind}" href="#{kind}-{escape(name)}"{hint}>{text}{mark}</a>'


def anchor(name: str, text: str) -> str:
    """Write a place that links lead to."""
    return f'<span id="{escape(name)}">{text}</span>'


def code(text: str) -> str:
    """Write something in the typeface of code."""
    return f"<code>{escape(text)}</code>"


def quote(text: str, language: str) -> str:
    """Write words of the article, in their language."""
    return f'<span class="quote" lang="{language}">{escape(" ".join(text.split()))}</span>'


def _value(cell: Cell) -> str:
    return f' data-value="{escape(cell.value)}"' if cell.value else ""


def _opening(markup: str) -> str:
    """The digits before the decimal mark of the number that opens a cell; nothing where none does."""
    found = _BEFORE_MARK.match(markup)
    return found[0] if found else ""


def _aligned(markup: str, width: int) -> str:
    """Give the digits before the decimal mark the room that the widest of a column needs."""
    digits = _opening(markup)
    if not digits or not width:
        return markup
    return (
        f'<span class="digits" data-width="{width}" style="min-width: {width}ch">{digits}</span>{markup[len(digits) :]}'
    )
