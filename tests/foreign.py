"""Small invented notebooks as others write them, one for each kind of thing that an exporter may stumble over."""

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode
from PIL import Image

new = nbformat.v4


def picture(kind: str = "PNG", colour: str = "orange") -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(written, kind)
    return written.getvalue()


def text_of(content: bytes) -> str:
    """Bytes as notebooks keep them."""
    return base64.b64encode(content).decode()


def notebook(*cells: NotebookNode) -> NotebookNode:
    """A notebook of cells."""
    return new.new_notebook(cells=list(cells))  # type: ignore[no-any-return]


def text(*cells: str) -> NotebookNode:
    """A notebook of Markdown."""
    return notebook(*(new.new_markdown_cell(cell) for cell in cells))


def shows(*data: Mapping[str, Any]) -> NotebookNode:
    """A notebook whose cell shows some outputs."""
    outputs = [new.new_output("display_data", data=dict(one)) for one in data]
    return notebook(new.new_code_cell("show()", outputs=outputs))


def prints(said: str) -> NotebookNode:
    """A notebook whose cell prints."""
    return notebook(new.new_code_cell("run()", outputs=[new.new_output("stream", text=said)]))


def attached() -> NotebookNode:
    cell = new.new_markdown_cell("Attached: ![a square](attachment:square.png), ![lost](attachment:none.png).")
    cell["attachments"] = {"square.png": {"image/png": text_of(picture())}}
    return notebook(cell)


def failed() -> NotebookNode:
    trace = [
        "\x1b[0;31m----\x1b[0m",
        "\x1b[1;32m      2\x1b[0m \x1b[38;5;130mraise\x1b[39m",
        "\x1b[31mValueError\x1b[0m: no",
    ]
    error = new.new_output("error", ename="ValueError", evalue="no", traceback=trace)
    return notebook(new.new_code_cell("raise", outputs=[error]))


def wide(columns: int, width: int = 9) -> NotebookNode:
    frame = pd.DataFrame({f"column_{n}": [f"{n:0{width}}", "-1.234567"] for n in range(columns)})
    return shows({"text/html": f"<div>{frame.to_html()}</div>", "text/plain": "wide"})


def raw() -> NotebookNode:
    cells = [
        new.new_raw_cell('---\ntitle: "Front"\n---'),
        new.new_raw_cell("\\newpage", metadata={"raw_mimetype": "text/latex"}),
    ]
    return notebook(*cells, new.new_markdown_cell("After."))


@dataclass(frozen=True)
class Kind:
    """A notebook of a kind: what page and PDF say in letters, what neither says, how many pictures the PDF has."""

    notebook: Callable[[], NotebookNode]
    says: tuple[str, ...]
    never: tuple[str, ...] = ()
    pictures: int = 0


PLOTLY = {"application/vnd.plotly.v1+json": {"data": []}, "text/html": "<div id='p'></div><script>draw()</script>"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="teal"/></svg>'
OTHERS = {"bmp": "red", "webp": "blue", "gif": "lime"}
WIDGET = "application/vnd.jupyter.widget-view+json"
REMOTE = "http://127.0.0.1:9/picture.png"

KINDS = {
    "links": Kind(
        lambda: text(
            "# The First Part\n\n[same](#The-First-Part) [other case](#the-first-part) [gone](#no-such-place) "
            "[kept](#kept) [spelt](#%D0%A7%D0%B0%D1%81%D1%82%D1%8C) [script](javascript:alert) [away](https://example.org)",
            "# Twice\n\n# Twice\n\n[twice](#Twice)\n\n<a id='kept'></a>Here.\n\n## Часть",
        ),
        ("same", "other case", "gone", "kept", "twice", "Часть", "Here."),
    ),
    "pictures beside": Kind(
        lambda: text("![beside](beside.png) ![in a folder](more/p%20q.jpg) <img src='beside.png' width='40'>"),
        (),
        (),
        2,
    ),
    "pictures missing": Kind(
        lambda: text("![a plot](none.png) and ![outside](../secret.png) and <img src='/etc/hostname' alt='host'>"),
        ("not found beside the notebook: a plot none.png", "outside ../secret.png", "host /etc/hostname"),
        ("SECRET",),
    ),
    "pictures remote": Kind(
        lambda: text(f"![far]({REMOTE}) <img src='//example.org/a.png'> ![file](file:///etc/hostname)"),
        (f"not fetched: far {REMOTE}", "//example.org/a.png", "file:///etc/hostname"),
    ),
    "attachments": Kind(attached, ("not found beside the notebook: lost attachment:none.png",), (), 1),
    "pictures broken": Kind(
        lambda: shows(
            {"image/png": "bm90IGEgcGljdHVyZQ==", "text/plain": "<Figure>"}, {"image/svg+xml": "<svg><rect></svg>"}
        ),
        ("only a program can show: image/png", "<Figure>", "only a program can show: image/svg+xml"),
    ),
    "other formats": Kind(
        lambda: shows(*({f"image/{kind}": text_of(picture(kind.upper(), c))} for kind, c in OTHERS.items())),
        (),
        (),
        3,
    ),
    "formulas": Kind(
        lambda: text(
            "Inline $\\alpha < \\beta$ and $5 to $6.\n\n"
            "\\begin{align}\na &= b \\label{one} \\\\\nc &= d\n\\end{align}\n\n"
            "$$\\newcommand{\\R}{\\mathbb{R}}$$\n\n$$x \\in \\R$$\n\nSee \\eqref{one}, $\\eqref{one}$.",
            "# With $x^2$ in a heading\n\n| $a$ | b |\n|---|---|\n| $\\frac{1}{2}$ | $c_1$ |",
        ),
        ("and $5 to $6.", "in a heading"),
        ("begin{align}", "newcommand"),
    ),
    "formulas that cannot be set": Kind(
        lambda: text("$$\\nosuchcommand{x} & y$$ and $\\begin{tikzpicture}\\draw;\\end{tikzpicture}$ and $a { b$"),
        ("\\nosuchcommand{x} & y", "tikzpicture", "a { b", "[formula as written: it cannot be set]"),
    ),
    "latex outputs": Kind(
        lambda: shows(
            {"text/latex": "$\\displaystyle \\int_0^1 x\\,dx$", "text/plain": "Integral(x)"},
            {"text/latex": "\\begin{equation*}\na = b\n\\end{equation*}"},
            {"text/latex": "\\[a\\] words \\textbf{b}"},
        ),
        ("words \\textbf{b}",),
        ("Integral(x)", "displaystyle", "equation*"),
    ),
    "colours": Kind(
        lambda: prints(
            '\x1b[31mred\x1b[0m plain \x1b[1;34mblue \\ "q"\x1b[0m\n    \x1b[32mindented\x1b[0m ünï\x1b[33m ў\x1b[0m\n'
        ),
        ('red plain blue \\ "q"', "indented ünï ў"),
        ("[31m",),
    ),
    "errors": Kind(failed, ("raise", "ValueError: no"), ("[0;31m",)),
    "long lines": Kind(
        lambda: prints("x" * 400 + "\n" + "word " * 80 + "\n\nhttps://a.b/" + "y" * 200), ("word word",)
    ),
    "long words": Kind(lambda: text("Words: `" + "z" * 200 + "` " + "w" * 200), ("Words:",)),
    "wide frames": Kind(lambda: wide(16), ("column_15", "000000015", "-1.234567")),
    "very wide frames": Kind(lambda: wide(40), ("column_",)),
    "plotly": Kind(
        lambda: shows(PLOTLY, {**PLOTLY, "image/png": text_of(picture())}),
        ("only a program can show: application/vnd.plotly.v1+json, text/html",),
        ("draw()",),
        1,
    ),
    "widgets": Kind(
        lambda: shows({WIDGET: {"model_id": "1"}, "text/plain": "IntSlider(value=5)"}),
        ("widget-view+json", "IntSlider(value=5)"),
    ),
    "embedded": Kind(
        lambda: shows(
            {
                "text/html": '<iframe src="file:///etc/hostname"></iframe><p>by</p><iframe src="http://127.0.0.1:9/"></iframe>'
            },
            {"text/html": '<audio controls><source src="data:audio/wav;base64,' + "A" * 90 + '"></audio>'},
            {"text/html": f'<object data="{REMOTE}"></object><embed src="b.pdf"><video src="c.mp4"></video>'},
        ),
        (
            "not shown here: file:///etc/hostname",
            "by",
            "http://127.0.0.1:9/",
            "data:audio/wav",
            REMOTE,
            "b.pdf",
            "c.mp4",
        ),
        ("A" * 90,),
    ),
    "styles": Kind(
        lambda: shows(
            {
                "text/html": "<style>td {color: red}</style>"
                "<link rel='stylesheet' href='http://a.b/c.css'><b>bold</b>" + SVG
            }
        ),
        ("bold",),
        ("a.b/c.css",),
        0,
    ),
    "letters": Kind(lambda: text("中文 한국어 ไทย 🦜 and the rest: ∀ ≠ ½ ☺"), ("and the rest: ∀ ≠ ½ ☺",)),
    "raw cells": Kind(raw, ("After.",), ("newpage",)),
    "nothing": Kind(notebook, ()),
    "empty cells": Kind(lambda: notebook(new.new_code_cell(""), new.new_markdown_cell("")), ()),
    "json": Kind(
        lambda: shows({"application/json": {"a": 1}, "text/plain": "<JSON object>"}),
        ("application/json", "<JSON object>"),
    ),
    "lists and quotes": Kind(
        lambda: text(
            "- [ ] to do\n- [x] done\n\n> quoted\n\n1. one\n   - two\n\n```\nfenced\n```\n\n---\n\n"
            "~~struck~~ <kbd>K</kbd> <br> H<sub>2</sub>O<sup>+</sup> "
            "<details><summary>more</summary>less</details>"
        ),
        ("to do", "quoted", "fenced", "struck", "more", "less"),
    ),
}


def write(folder: Path, kind: str) -> Path:
    """Write a notebook of a kind into a folder, with the pictures beside it that it names."""
    (folder / "more").mkdir()
    (folder / "beside.png").write_bytes(picture())
    (folder / "more" / "p q.jpg").write_bytes(picture("JPEG", "navy"))
    (folder.parent / "secret.png").write_text("SECRET", encoding="utf-8")
    path = folder / "notebook.ipynb"
    nbformat.write(KINDS[kind].notebook(), path)
    return path
