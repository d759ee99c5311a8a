"""Pieces of HTML a notebook shows: text, tables, figures; the page and the PDF are both made from them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote as url_quote

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from dalil.project import TEMPLATES

# The digits before the decimal mark of a number that opens a cell, with its sign and the marks between thousands.
_BEFORE_MARK = re.compile(r"[+−]?\d+(?:[,\u00a0\u202f]\d{3})*(?=[.,]\d)|[+−]?\d+(?:[,\u00a0\u202f]\d{3})*")
# Signs of SVG that need no encoding in an address between quotation marks.
_PLAIN = " /:;,=()!*@$+'"


class Html(Markup):
    """A piece of HTML; the result of a cell that Jupyter and the exporters display as it is.

    Whatever is put into it or joined to it and is no HTML itself is escaped. Its plain form is left short: a notebook
    keeps that beside the HTML.

    Examples
    --------
    >>> str(Html("<b>{}</b>").format("5 < 6"))
    '<b>5 &lt; 6</b>'
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} characters of HTML>"

    def _repr_html_(self) -> str:
        return str(self)


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
    """A cell: what it says, and what to sort it by where that is a number."""

    content: str
    value: str = ""


# A row of a table; a cell without a number may be what it says alone. What is no HTML is escaped.
Cells = Sequence[str | Cell]


def table(name: str, caption: str, columns: Sequence[Column], rows: Sequence[Cells], note: str = "") -> Html:
    """Write a table with a caption; the first cell of each row is its heading.

    Parameters
    ----------
    name
        What links call it.
    caption, columns, rows
        Its words.
    note
        A line below it.

    Examples
    --------
    >>> "<td data-label=\\"B\\">1 &lt; 2</td>" in table("t", "T", [Column("A", 50), Column("B", 50)], [["a", "1 < 2"]])
    True
    """
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    widths = [
        max((len(_opening(row[place].content)) for row in cells), default=0) if column.aligned else 0
        for place, column in enumerate(columns)
    ]
    head = Html("").join(Html('<th scope="col">{}</th>').format(column.heading) for column in columns)
    shares = Html("").join(Html('<col style="width: {}%">').format(column.width) for column in columns)
    body = Html("\n").join(_row(columns, row, widths) for row in cells)
    below = Html('<div class="table-note"><p>{}</p></div>').format(note) if note else Html("")
    return (
        Html(
            '<div class="wide" role="region" tabindex="0" aria-label="{caption}"><table id="table-{name}">'
            "<caption>{caption}</caption><colgroup>{shares}</colgroup>"
            "<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
        ).format(caption=caption, name=name, shares=shares, head=head, body=body)
        + below
    )


def figure(name: str, caption: str, alt: str, picture: str) -> Html:
    """Write a figure with its picture inside.

    The picture is percent-encoded: what is encoded in base64 grows, and then hardly shrinks in an archive.

    Parameters
    ----------
    name
        What links call it.
    caption, alt
        What it shows, for readers and for those who do not see it.
    picture
        SVG.
    """
    source = f"data:image/svg+xml,{url_quote(picture, safe=_PLAIN)}"
    return Html('<figure id="figure-{}"><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>').format(
        name, Html(source), alt, caption
    )


def link(kind: str, name: str, text: str, *, title: str = "", note: str = "") -> Html:
    """Write a link to a fact, a claim or a source.

    Parameters
    ----------
    kind
        ``fact``, ``claim`` or ``source``.
    name
        What it is called.
    text
        What the link says.
    title
        A hint.
    note
        The number of its note, where it has one.

    Examples
    --------
    >>> str(link("claim", "exports_2001", "2 billion", note="C1"))
    '<a class="claim" href="#claim-exports_2001">2 billion<sup class="note">C1</sup></a>'
    """
    hint = Html(' title="{}"').format(title) if title else ""
    mark = Html('<sup class="note">{}</sup>').format(note) if note else ""
    return Html('<a class="{kind}" href="#{kind}-{name}"{hint}>{text}{mark}</a>').format(
        kind=kind, name=name, hint=hint, text=text, mark=mark
    )


def anchor(name: str, text: str) -> Html:
    """Write a place that links lead to."""
    return Html('<span id="{}">{}</span>').format(name, text)


def code(text: str) -> Html:
    """Write something in the typeface of code."""
    return Html("<code>{}</code>").format(text)


def small(text: str) -> Html:
    """Write something in small print."""
    return Html("<small>{}</small>").format(text)


def strong(text: str) -> Html:
    """Write something that matters."""
    return Html("<strong>{}</strong>").format(text)


def quote(text: str, language: str) -> Html:
    """Write words of the article, in their language."""
    return Html('<span class="quote" lang="{}">{}</span>').format(language, " ".join(text.split()))


def lines(*parts: str) -> Html:
    """Write parts below each other, those that say nothing left out."""
    return Html("<br>").join(part for part in parts if part)


def filled(template: str, **values: object) -> Html:
    """Fill in a template of the page; what is put into it and is no HTML is escaped."""
    return Html(_templates().get_template(f"{template}.html.j2").render(values))


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES / "page"), autoescape=True, trim_blocks=True)


def _row(columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int]) -> Html:
    """Write a row; the heading of its column stands at each cell, for screens that show cells below each other."""
    first, *rest = row
    cells = (
        Html('<td data-label="{}"{}>{}</td>').format(column.heading, _value(cell), _aligned(cell.content, width))
        for column, cell, width in zip(columns[1:], rest, widths[1:], strict=True)
    )
    heading = Html('<th scope="row"{}>{}</th>').format(_value(first), first.content)
    return Html("<tr>{}{}</tr>").format(heading, Html("").join(cells))


def _value(cell: Cell) -> str:
    return Html(' data-value="{}"').format(cell.value) if cell.value else ""


def _opening(content: str) -> str:
    """The digits before the decimal mark of the number that opens a cell; nothing where none does."""
    found = _BEFORE_MARK.match(content)
    return found[0] if found else ""


def _aligned(content: str, width: int) -> str:
    """Give the digits before the decimal mark the room that the widest of a column needs."""
    digits = _opening(content)
    if not digits or not width:
        return content
    return Html('<span class="digits" data-width="{width}" style="min-width: {width}ch">{digits}</span>{rest}').format(
        width=width, digits=digits, rest=content[len(digits) :]
    )
