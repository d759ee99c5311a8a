"""A file of any accepted format to its text, or to one clear reason why it has none."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dalil.errors import InputError
from dalil.project import shown
from dalil.text.decoding import decode
from dalil.text.documents import docx, html, markdown
from dalil.text.leaving import noticed
from dalil.text.pdf import pdf

# A thousand pages of text are 3 MB; the rest is room for pictures. What is larger is not an article.
LARGEST_FILE = 20_000_000

# How files begin that are often taken for an article, and what they are.
_NO_ARTICLES = (
    (re.compile(rb"\xd0\xcf\x11\xe0"), "a Word file that is old (.doc) or locked with a password"),
    (re.compile(rb"\{\\rtf"), "a rich text document (.rtf)"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*"), "a picture"),
)


@dataclass(frozen=True)
class Format:
    """A format that an article may have: how its files are named, how their text is taken out, how they begin.

    Its ``extract`` takes the text out of a file's bytes. A file that has its ``beginning`` is said to be as ``begun``
    says, and is ``certain`` if it cannot be anything else.
    """

    name: str
    endings: tuple[str, ...]
    extract: Callable[[Path, bytes], str]
    beginning: re.Pattern[bytes] | None = None
    begun: str = ""
    certain: bool = True


@dataclass(frozen=True)
class FileText:
    """What a file says: its text, the hash of its bytes, and the format it was read as, a key of :data:`FORMATS`.

    ``notices`` say what of it was left out, and at which line of the text.
    """

    text: str
    sha256: str
    format: str
    notices: tuple[str, ...] = ()

    @property
    def extracted(self) -> bool:
        """Whether the text was taken out of the file; otherwise it is the file itself."""
        return self.format != TEXT


def read_text(path: Path) -> FileText:
    """Read a file; its ending says how.

    Plain text comes back character for character, less a byte order mark at its start. From the other formats the
    text is extracted, the same each time: front matter and Word titles first, footnotes last and marked ``[1]``,
    tables of numbers as sentences (:mod:`dalil.text.tables`), others with lines between the cells. Of a page with a
    ``main`` part only that is read. A PDF gives raised digits level with the others; its rows of numbers, and what
    stands at the head or foot of many pages, are left out.

    Parameters
    ----------
    path
        The file, in one of :data:`FORMATS`; text in UTF-8.

    Raises
    ------
    InputError
        The file is missing, no file, not readable, too large, empty, in another encoding than UTF-8, of another
        format than its ending says, damaged, locked, or without text.

    Examples
    --------
    >>> from dalil.project import resolve
    >>> article = read_text(resolve("data/raw/article.uz.txt"))
    >>> article.text.split()[0], article.format, article.extracted
    ('Annotatsiya', 'text', False)
    """
    _check_file(path, LARGEST_FILE)
    data = path.read_bytes()
    kind = format_of(path)
    _check_beginning(path, data, kind)
    text = FORMATS[kind].extract(path, data) if data.strip() else ""
    if not text.strip():
        raise InputError.of(shown(path), ["the article is empty"], then="Give a file with the article's text in it.")
    text, notices = noticed(text)
    return FileText(text, hashlib.sha256(data).hexdigest(), kind, notices)


def stream_text(path: Path) -> Iterator[str]:
    """Yield a file's text in pieces; plain text of any size in memory that does not grow.

    The whole file is checked before the first piece is given.

    Parameters
    ----------
    path
        As for ``read_text``.

    Raises
    ------
    InputError
        As ``read_text``, but plain text may be larger, and empty.

    Examples
    --------
    >>> from dalil.project import resolve
    >>> next(stream_text(resolve("data/raw/article.uz.txt"))).split()[0]
    'Annotatsiya'
    """
    if format_of(path) != TEXT:
        yield read_text(path).text
        return
    _check_file(path, limit=None)
    with path.open("rb") as file:
        _check_beginning(path, file.read(_PIECE), TEXT)
    try:
        for piece in _decoded(path):
            if "\0" in piece:
                raise ValueError
    except ValueError:
        # A file of the size of an article is looked into; of a larger one only the start.
        with path.open("rb") as file:
            decode(path, file.read(LARGEST_FILE))
        problem = f"it is no UTF-8 text; the fault is after its first {LARGEST_FILE / 1e6:.0f} MB"
        raise InputError.of(shown(path), [problem], then="Give UTF-8 text.") from None
    yield from _decoded(path)


def format_of(path: Path) -> str:
    """Tell a file's format by its ending.

    Examples
    --------
    >>> format_of(Path("paper.PDF")), format_of(Path("notes.2024"))
    ('pdf', 'text')
    """
    return next((key for key, known in FORMATS.items() if path.suffix.lower() in known.endings), TEXT)


def formats() -> str:
    """Name the formats that an article may have.

    Examples
    --------
    >>> formats()
    'text, Markdown, HTML, Word or PDF'
    """
    *names, last = (known.name for known in FORMATS.values())
    return f"{', '.join(names)} or {last}"


def endings() -> str:
    """Name the formats that an article may have, with the endings of their files.

    Examples
    --------
    >>> endings()
    'text (.txt or any other ending), Markdown (.md), HTML (.html, .htm), Word (.docx), PDF (.pdf)'
    """
    return ", ".join(
        f"{known.name} ({', '.join(known.endings)}{' or any other ending' if key == TEXT else ''})"
        for key, known in FORMATS.items()
    )


def _decoded(path: Path) -> Iterator[str]:
    """Yield a file's text in pieces of one size, line ends as they are."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        while piece := file.read(_PIECE):
            yield piece


# How much of a stream is read at a time.
_PIECE = 65_536


def _check_file(path: Path, limit: int | None) -> None:
    """Refuse what is no file, cannot be read, or is larger than ``limit`` bytes."""
    try:
        if path.is_dir():
            raise InputError.of(shown(path), ["it is a folder"], then="Name the file in it.")
        if not path.is_file():
            problem = "it is no ordinary file" if path.exists() else "no such article"
            raise InputError.of(shown(path), [problem], then="Check its name.")
        path.open("rb").close()
        size = path.stat().st_size
        if limit is not None and size > limit:
            problem = f"it has {size / 1e6:.1f} MB; allowed: up to {LARGEST_FILE / 1e6:.0f} MB"
            raise InputError.of(shown(path), [problem], then="Give the article alone, without pictures, as text.")
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        if isinstance(error, InputError):
            raise
        problem = f"it cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InputError.of(shown(path), [problem], then="Check its name and who may read it.") from None


def _check_beginning(path: Path, data: bytes, kind: str) -> None:
    """Refuse a file that begins as another format than its ending says."""
    others = [known for key, known in FORMATS.items() if key != kind and known.beginning]
    beginnings = [
        (
            known.beginning,
            known.begun,
            f"Rename it to end in {known.endings[0]}{'.' * known.certain or ', if it is one.'}",
        )
        for known in others
    ]
    beginnings += [(pattern, begun, "Save the article in one of these.") for pattern, begun in _NO_ARTICLES]
    for pattern, begun, then in beginnings:
        if pattern and pattern.match(data):
            problem = f'it ends in "{path.suffix}" and begins as {begun}'
            raise InputError.of(shown(path), [problem, f"allowed: {endings()}"], then=then)


# The format of what is none of the others.
TEXT = "text"

# The formats that an article may have; whatever names them is made from here.
FORMATS = {
    TEXT: Format("text", (".txt",), decode),
    "markdown": Format("Markdown", (".md",), markdown),
    "html": Format(
        "HTML",
        (".html", ".htm"),
        html,
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html\b)", re.IGNORECASE),
        "an HTML page",
    ),
    "docx": Format(
        "Word",
        (".docx",),
        docx,
        re.compile(rb"PK\x03\x04"),
        "a zip archive, as Word (.docx) files are",
        certain=False,
    ),
    "pdf": Format("PDF", (".pdf",), pdf, re.compile(rb"%PDF-"), "a PDF"),
}
