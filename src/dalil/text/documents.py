"""Markdown, HTML and Word to text, by pandoc."""

import io
import json
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from dalil.errors import InputError, StepError
from dalil.project import shown
from dalil.text.decoding import decode
from dalil.text.grammar import languages
from dalil.text.pandoc import pandoc
from dalil.text.tables import as_sentences

# What a Word file holds besides pictures; a small one can be made to unpack without end.
LARGEST_CONTENT = 100_000_000
# Pandoc's time for definitions of links grows with their square.
MOST_LINKS = 5_000
_LINK = re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)
# A cell spans a thousand columns at most (HTML, "forming a table"); pandoc makes as many as it is told.
_SPAN = re.compile(rb"\b((?:col|row)span\s*=\s*[\"']?\s*)\d{4,}", re.IGNORECASE)
# What a page marks as no part of its text.
_FURNITURE = re.compile(rb"(</?(?:nav|footer|template)\b[^>]*>)", re.IGNORECASE)
# A list of so many links and nothing else is a menu.
_FEWEST_LINKS = 3
# Tables keep lines between their cells: "5" beside "200" must not read as 5 200.
_WRITER = "plain+pipe_tables+grid_tables-simple_tables-multiline_tables"


def markdown(path: Path, data: bytes) -> str:
    """Extract the text of Markdown; quotation marks, dashes and dollar signs stay what they are."""
    text = decode(path, data)
    if (count := len(_LINK.findall(text))) > MOST_LINKS:
        problem = f"it has {count} definitions of links or notes; allowed: up to {MOST_LINKS}"
        raise InputError.of(shown(path), [problem], then="Give the article alone.")
    return _by_html(path, text.encode(), "commonmark_x-smart-tex_math_dollars")


def html(path: Path, data: bytes) -> str:
    """Extract the text of a page; what it marks as navigation and footer is none of it."""
    return _plain(path, _without_furniture(decode(path, data).encode()))


def _without_furniture(page: bytes) -> bytes:
    """Leave out what stands between the marks of furniture; what is never closed stays."""
    kept: list[bytes] = []
    held: list[bytes] = []
    depth = 0
    for piece in _FURNITURE.split(page):
        mark = _FURNITURE.fullmatch(piece) is not None
        depth += (-1 if piece.startswith(b"</") else 1) if mark else 0
        depth = max(0, depth)
        (held if depth else kept).append(b"" if mark else piece)
        if not depth:
            held = []
    return b"".join([*kept, *held])


def docx(path: Path, data: bytes) -> str:
    """Extract the text of a Word file."""
    with suppress(BadZipFile):
        parts = ZipFile(io.BytesIO(data)).infolist()
        size = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
        if size > LARGEST_CONTENT:
            problem = f"it unpacks to {size / 1e6:.0f} MB of text; allowed: up to {LARGEST_CONTENT / 1e6:.0f} MB"
            raise InputError.of(shown(path), [problem], then="Give the article alone.")
    return _by_html(path, data, "docx")


def _by_html(path: Path, data: bytes, reader: str) -> str:
    """Extract text with pandoc, by way of HTML.

    On that way HTML inside Markdown is read too (raised digits, tables), and titles that pandoc keeps apart
    from the body, and captions that its plain text leaves out, come into the text.
    """
    return _plain(path, _pandoc(path, data, reader, "html", "--standalone"))


def _plain(path: Path, data: bytes) -> str:
    data = _SPAN.sub(rb"\g<1>1000", data)
    data = re.sub(rb"<(/?)fig(?:ure|caption)\b", rb"<\1div", data, flags=re.IGNORECASE)
    try:
        document = json.loads(_pandoc(path, data, "html", "json"))
        document["blocks"] = as_sentences(_without_menus(document["blocks"]), _is_unit)
        data = json.dumps(document).encode()
    except RecursionError:
        problem = "its parts stand in one another too deeply"
        raise InputError.of(shown(path), [problem], then="Save the article as text.") from None
    return _pandoc(path, data, "json", _WRITER).decode()


def _without_menus(blocks: Any) -> Any:
    """Leave out lists of links and nothing else."""
    if isinstance(blocks, dict):
        return {name: _without_menus(part) for name, part in blocks.items()}
    return [_without_menus(block) for block in blocks if not _is_menu(block)] if isinstance(blocks, list) else blocks


def _is_menu(block: Any) -> bool:
    if not isinstance(block, dict) or block.get("t") != "BulletList" or len(block["c"]) < _FEWEST_LINKS:
        return False
    return all(
        part["t"] == "BulletList" or (part["t"] in {"Plain", "Para"} and [word["t"] for word in part["c"]] == ["Link"])
        for item in block["c"]
        for part in item
    )


@lru_cache(maxsize=10_000)
def _is_unit(words: str) -> bool:
    """Tell whether words are a unit: after a number they are read as one."""
    from dalil.text.quantities import read_quantities

    for language in languages():
        found = read_quantities(f"5 {words}", language)
        if len(found) == 1 and found[0].end == len(words) + 2 and found[0].kind in {"money", "measure", "percent"}:
            return True
    return False


def _pandoc(path: Path, data: bytes, source: str, target: str, *options: str) -> bytes:
    """Convert with pandoc, or say what is wrong with the file."""
    try:
        return pandoc(data, source, target, *options)
    except StepError as error:
        then = "Open and save it again in its own program, or save it as text."
        raise InputError.of(shown(path), [str(error)], then=then) from None
