"""What notebooks of others hold and no page or PDF of ours shows: put into one that can be, or said in words.

Nothing is fetched, nothing is run, and no file is read but a picture beside the notebook.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes
from xml.parsers import expat

from bs4 import BeautifulSoup, Tag
from PIL import Image

from dalil.report.export.formulas import latex, markdown

# What HTML loads or runs; data for a script is neither. Pictures of our own are drawn into the page.
_LOADS = re.compile(
    r"<script\b(?![^>]*\bjson\b)|<(?:iframe|frame|object|embed|video|audio|canvas|link|base|meta)\b"
    r"|<img\b(?![^>]*?\bsrc=\"data:image/svg\+xml,)",
    re.IGNORECASE,
)
_RUN = "script:not([type$=json]), link, base, meta, noscript"
_EMBEDDED = "iframe, frame, object, embed, video, audio, canvas"
# What is no word of HTML, and what is shown without one.
_TAGS = re.compile(r"(?s)<(style|title|script)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.IGNORECASE)
_SHOWS = re.compile(r"<(?:img|svg|math|hr|progress|meter)\b", re.IGNORECASE)
# Formats that browsers and Typst both know.
_KNOWN = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp"}
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.+-]+)*?)(;base64)?,(.*)", re.DOTALL)
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?!data:|attachment:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)

# Which of an output's forms is shown: the first that says something without help.
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")


def mended(
    html: str, words: Mapping[str, str], folder: str = "", attachments: Mapping[str, Mapping[str, str]] | None = None
) -> str:
    """Put what HTML would load or run in words; pictures beside the notebook or attached to the cell into it.

    Parameters
    ----------
    html
        A piece of it.
    words
        What is said, by name, with the place ``{name}``.
    folder
        The notebook's; without one, no picture beside it is found.
    attachments
        Those of the cell: by name, the forms of each.

    Examples
    --------
    >>> mended('<iframe src="file:///a"></iframe>', {"embedded": "[Not shown: {name}]"})
    '<em>[Not shown: file:///a]</em>'
    """
    if not _LOADS.search(html):
        return html
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.select(_RUN):
        tag.decompose()
    for tag in soup.select(_EMBEDDED):
        if tag.decomposed:
            continue
        source = tag.select_one("source[src]")
        name = tag.get("src") or tag.get("data") or (source and source.get("src")) or tag.name
        tag.replace_with(_in_words(soup, words["embedded"], str(name)))
    for tag in soup.select("img"):
        address, problem = _picture(str(tag.get("src", "")), folder, attachments or {})
        if problem:
            tag.replace_with(_in_words(soup, words[problem], str(tag.get("src", "")), str(tag.get("alt", ""))))
        else:
            tag["src"] = address
            tag["alt"] = tag.get("alt") or words["undescribed"]
    return str(soup)


def says_nothing(html: str) -> bool:
    """Tell whether HTML shows neither a word nor a picture.

    Examples
    --------
    >>> says_nothing('<div id="a"></div><style>p {}</style>')
    True
    """
    return not _TAGS.sub("", html).strip() and not _SHOWS.search(html)


def picture(kind: str, data: Any) -> str:
    """Write a picture as an address that browsers and Typst read; nothing if it is none.

    Parameters
    ----------
    kind
        Its type. The picture's own bytes decide, but for drawings.
    data
        SVG as text, anything else in base64.

    Examples
    --------
    >>> picture("image/png", "bm8gcGljdHVyZQ==")
    ''
    """
    text = "".join(data) if isinstance(data, list) else str(data)
    try:
        content = text.encode() if kind == "image/svg+xml" else b64decode(text)
        return _address(kind, content)
    except ValueError:
        return ""


def _picture(source: str, folder: str, attachments: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    """The address of a picture's content, or which words say why there is none."""
    if found := _DATA.fullmatch(source):
        kind, _, encoded, data = found.groups()
        try:
            address = _address(kind, b64decode(data) if encoded else unquote_to_bytes(data))
        except ValueError:
            address = ""
    elif source.startswith("attachment:"):
        forms = attachments.get(unquote(source.removeprefix("attachment:")), {})
        if not forms:
            return "", "missing_picture"
        kind = next((kind for kind in _PICTURES if kind in forms), next(iter(forms)))
        address = picture(kind, forms[kind])
    elif _REMOTE.match(source):
        return "", "remote_picture"
    else:
        path = _beside(folder, source)
        if path is None:
            return "", "missing_picture"
        address = _address("image/svg+xml" if path.suffix.lower() == ".svg" else "", path.read_bytes())
    return address, "" if address else "broken_picture"


def _beside(folder: str, source: str) -> Path | None:
    """A file in the notebook's folder or in one within; what leads out of it is not read."""
    try:
        home = Path(folder or ".").resolve()
        path = (home / unquote(source.partition("?")[0].partition("#")[0])).resolve()
        return path if source and path.is_relative_to(home) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _address(kind: str, content: bytes) -> str:
    """A picture as an address with its content; one in a format that Typst does not know is put into another."""
    if kind.partition(";")[0] == "image/svg+xml":
        try:
            expat.ParserCreate().Parse(content, True)
        except (expat.ExpatError, ValueError):
            return ""
        return f"data:image/svg+xml;base64,{b64encode(content).decode()}"
    try:
        with Image.open(BytesIO(content)) as image:
            image.load()
            if image.format not in _KNOWN:
                written = BytesIO()
                image.convert("RGBA" if image.has_transparency_data else "RGB").save(written, "PNG")
                return f"data:image/png;base64,{b64encode(written.getvalue()).decode()}"
            return f"data:image/{_KNOWN[image.format]};base64,{b64encode(content).decode()}"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""


def _in_words(soup: BeautifulSoup, words: str, name: str, alt: str = "") -> Tag:
    """What takes the place of something that is not shown; an address that is its own content is not written out."""
    tag = soup.new_tag("em")
    tag.string = words.format(name=" ".join(filter(None, [alt, _short(name)])))
    return tag


def _short(name: str) -> str:
    return f"{name[:40]}…" if name.startswith("data:") and len(name) > 40 else name


def shown(data: Mapping[str, Any], alt: str, words: Mapping[str, str], folder: str = "") -> str:
    """Write an output's richest form that can be shown: HTML, a picture, Markdown, LaTeX, text, or words about it."""
    if "text/html" in data:
        written = "".join(data["text/html"])
        html = mended(written, words, folder)
        is_empty = html == written and set(data) <= {"text/html", "text/plain"}
        if is_empty or not says_nothing(html):
            return f'<div class="output">{html}</div>'
    for kind in _PICTURES:
        if kind in data and (address := picture(kind, data[kind])):
            return f'<p><img src="{address}" alt="{escape(alt or words["undescribed"])}"></p>'
    if "text/markdown" in data:
        return f'<div class="text">{mended(markdown("".join(data["text/markdown"])), words, folder)}</div>'
    if "text/latex" in data:
        return f'<div class="text">{latex("".join(data["text/latex"]))}</div>'
    plain = escape("".join(data.get("text/plain", "")))
    hidden = [kind for kind in data if kind != "text/plain"]
    said = f"<p><em>{escape(words['unshown'].format(name=', '.join(sorted(hidden))))}</em></p>" if hidden else ""
    return said + (f'<pre class="output">{plain}</pre>' if plain else "")
