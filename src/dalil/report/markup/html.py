"""Pieces of HTML a notebook shows: text, tables, figures; the page and the PDF are both made from them."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as url_quote

from markupsafe import Markup

# The digits before the decimal mark of a number that opens a cell, with its sign and the marks between thousands.
_BEFORE_MARK = re.compile(r"[+−]?\d+(?:[,\u00a0\u202f]\d{3})*(?=[.,]\d)|[+−]?\d+(?:[,\u00a0\u202f]\d{3})*")
# What no output can hold: controls, private characters, those that never are any; and those that turn others round.
_NO_LETTERS = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    f"{''.join(f'{chr(plane)}{chr(plane + 1)}' for plane in range(0x1FFFE, 0x10FFFF, 0x10000))}\U000f0000-\U0010ffff]"
)
# What stands in the place of a letter that cannot be shown.
NO_LETTER = "\ufffd"
# Signs of SVG that need no encoding in an address between quotation marks.
_PLAIN = " /:;,=()!*@$+'"
_VECTOR = "data:image/svg+xml,"
# Where a figure's narrow picture is shown.
_PHONE = "(max-width: 600px)"


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


def legible(text: str) -> str:
    """Put a replacement character in the place of each that HTML, SVG or PDF/A refuses, or that turns others round.

    Examples
    --------
    >>> legible("5\\x07 t")
    '5\ufffd t'
    """
    return _NO_LETTERS.sub(NO_LETTER, text)


def data(value: Any) -> Html:
    """Write data as JSON for an element ``script``: no ``<`` stands in it, so that nothing in it ends the element.

    Examples
    --------
    >>> str(data({"text": "</script>"}))
    '{"text":"\\\\u003c/script>"}'
    """
    return Html(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def element(tag: str, *content: str, **attributes: object) -> Html:
    """Write an element; attributes that are empty are left out.

    Parameters
    ----------
    tag, content
        What it is, and what stands in it.
    attributes
        Its attributes, a dash in their names written as ``_``: ``class_``, ``data_label``.

    Examples
    --------
    >>> str(element("td", "1 < 2", class_="", data_label="A"))
    '<td data-label="A">1 &lt; 2</td>'
    """
    given = Html("").join(
        Html(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value != ""
    )
    return Html("<{}{}>{}</{}>").format(tag, given, Html("").join(content), tag)


def table(
    name: str, caption: str, columns: Sequence[Column], rows: Sequence[Cells], note: str = "", *, headed: bool = True
) -> Html:
    """Write a table; the first cell of each row is its heading.

    Parameters
    ----------
    name
        What links call it.
    caption, columns, rows
        Its words.
    note
        A line below it.
    headed
        Whether the caption is shown, and not only read out, and columns have the widths asked for, not what they need.

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
    shares = (Html('<col style="width: {}%">').format(column.width) for column in columns)
    top = (element("caption", caption), element("colgroup", *shares)) if headed else ()
    head = element("tr", *(element("th", column.heading, scope="col") for column in columns))
    body = Html("\n").join(_row(columns, row, widths) for row in cells)
    whole = element(
        "table",
        *top,
        element("thead", head),
        Html("\n"),
        element("tbody", Html("\n"), body, Html("\n")),
        id=f"table-{name}" if headed else "",
    )
    below = element("div", element("p", note), class_="table-note") if note else Html("")
    return element("div", whole, class_="wide", role="region", tabindex="0", aria_label=caption) + below


def figure(name: str, caption: str, alt: str, picture: str, narrow: str = "") -> Html:
    """Write a figure with its picture, an SVG, inside, and with another one for where there is little room.

    The pictures are percent-encoded: what is encoded in base64 grows, and then hardly shrinks in an archive.
    """
    image = Html('<img src="{}{}" alt="{}">').format(_VECTOR, Html(url_quote(picture, safe=_PLAIN)), alt)
    if narrow:
        # A space would end the address.
        small = Html(url_quote(narrow, safe=_PLAIN.strip()))
        image = Html('<picture><source media="{}" srcset="{}{}">{}</picture>').format(_PHONE, _VECTOR, small, image)
    return element("figure", image, element("figcaption", caption), id=f"figure-{name}")


def link(kind: str, name: str, text: str, *, title: str = "", note: str = "") -> Html:
    r"""Write a link to a fact, a claim or a source, with a hint and, for print, the number of its note.

    Examples
    --------
    >>> str(link("source", "office-2001", "the office", note="1"))
    '<a class="source" href="#source-office-2001">the office<span class="note">\xa0[1]</span></a>'
    """
    mark = element("span", f"\u00a0[{note}]", class_="note") if note else ""
    return element("a", text, mark, class_=kind, href=f"#{kind}-{name}", title=title)


def anchor(name: str, text: str) -> Html:
    """Write a place that links lead to."""
    return element("span", text, id=name)


def code(text: str) -> Html:
    """Write something in the typeface of code."""
    return element("code", text)


def small(text: str) -> Html:
    """Write something in small print."""
    return element("small", text)


def strong(text: str) -> Html:
    """Write something that matters."""
    return element("strong", text)


def quote(text: str, language: str) -> Html:
    """Write words of the article, in their language."""
    return element("span", " ".join(text.split()), class_="quote", lang=language)


def lines(*parts: str) -> Html:
    """Write parts below each other, those that say nothing left out."""
    return Html("<br>").join(part for part in parts if part)


def _row(columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int]) -> Html:
    """Write a row; the heading of its column stands at each cell, for screens that show cells below each other."""
    first, *rest = row
    cells = (
        element("td", _aligned(cell.content, width), data_label=column.heading, data_value=cell.value)
        for column, cell, width in zip(columns[1:], rest, widths[1:], strict=True)
    )
    return element("tr", element("th", first.content, scope="row", data_value=first.value), *cells)


def _opening(content: str) -> str:
    """The digits before the decimal mark of the number that opens a cell; nothing where none does."""
    found = _BEFORE_MARK.match(content)
    return found[0] if found else ""


def _aligned(content: str, width: int) -> str:
    """Give the digits before the decimal mark the room that the widest of a column needs."""
    digits = _opening(content)
    if not digits or not width:
        return content
    room = element("span", digits, class_="digits", data_width=width, style=f"min-width: {width}ch")
    return room + content[len(digits) :]
