"""A file of any accepted format to its text, or to one clear reason why it has none."""

import hashlib
import io
import logging
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from dalil.errors import InputError, StepError
from dalil.project import shown
from dalil.text.decoding import decode
from dalil.text.pandoc import pandoc

# Plain text needs no library, so each is imported where it is used: a run with nothing to do answers at once.

# A thousand pages of text are 3 MB; the rest is room for pictures. What is larger is not an article.
LARGEST_FILE = 20_000_000
# What a Word file holds besides pictures; a small one can be made to unpack without end.
LARGEST_CONTENT = 100_000_000
# Pandoc's time for definitions of links grows with their square.
MOST_LINKS = 5_000
_LINK = re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)
# A cell spans a thousand columns at most (HTML, "forming a table"); pandoc makes as many as it is told.
_SPAN = re.compile(rb"\b((?:col|row)span\s*=\s*[\"']?\s*)\d{4,}", re.IGNORECASE)
# Text has no control characters; a PDF whose fonts do not say which letters they draw gives little else.
MOST_UNREADABLE = 0.05

# How files begin that are often taken for an article, and what they are.
_NO_ARTICLES = (
    (re.compile(rb"\xd0\xcf\x11\xe0"), "a Word file that is old (.doc) or locked with a password"),
    (re.compile(rb"\{\\rtf"), "a rich text document (.rtf)"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*"), "a picture"),
)

# Tables keep lines between their cells: "5" beside "200" must not read as 5 200.
_WRITER = "plain+pipe_tables+grid_tables-simple_tables-multiline_tables"


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
    """What a file says: its text, the hash of its bytes, and the format it was read as, a key of :data:`FORMATS`."""

    text: str
    sha256: str
    format: str

    @property
    def extracted(self) -> bool:
        """Whether the text was taken out of the file; otherwise it is the file itself."""
        return self.format != TEXT


def read_text(path: Path) -> FileText:
    """Read a file; its ending says how.

    Plain text comes back character for character, less a byte order mark at its start. From the other formats the
    text is extracted, the same each time: front matter and Word titles first, footnotes last and marked ``[1]``,
    tables with lines between the cells. Of a page with a ``main`` part only that is read. A PDF gives raised digits
    level with the others and cells of a table one after another.

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
    return FileText(text, hashlib.sha256(data).hexdigest(), kind)


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


def _markdown(path: Path, data: bytes) -> str:
    """Extract the text of Markdown; quotation marks, dashes and dollar signs stay what they are."""
    text = decode(path, data)
    if (count := len(_LINK.findall(text))) > MOST_LINKS:
        problem = f"it has {count} definitions of links or notes; allowed: up to {MOST_LINKS}"
        raise InputError.of(shown(path), [problem], then="Give the article alone.")
    return _by_html(path, text.encode(), "commonmark_x-smart-tex_math_dollars")


def _html(path: Path, data: bytes) -> str:
    return _plain(path, decode(path, data).encode())


def _docx(path: Path, data: bytes) -> str:
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
    return _pandoc(path, data, "html", _WRITER).decode()


def _pandoc(path: Path, data: bytes, source: str, target: str, *options: str) -> bytes:
    """Convert with pandoc, or say what is wrong with the file."""
    try:
        return pandoc(data, source, target, *options)
    except StepError as error:
        then = "Open and save it again in its own program, or save it as text."
        raise InputError.of(shown(path), [str(error)], then=then) from None


def _pdf(path: Path, data: bytes) -> str:
    """Extract the text of a PDF, page by page."""
    from pypdf import PdfReader

    # A PDF ends with this mark; one that was cut off can still yield some of its pages.
    if b"%%EOF" not in data[-1024:]:
        raise _broken_pdf(path, "its end is missing")
    with _silent("pypdf"):
        try:
            file = _unlocked(path, data) if b"/Encrypt" in data else io.BytesIO(data)
            pages = [page.extract_text() for page in PdfReader(file).pages]
        except InputError:
            raise
        except Exception as error:  # pypdf lets errors of any kind out of broken files
            raise _broken_pdf(path, f"{type(error).__name__}: {error}") from None
    if not pages:
        raise _broken_pdf(path, "it has no pages")
    text = "\n".join(pages)
    if not text.strip():
        problem = f"its {len(pages)} pages hold no text, only pictures; it may be a scan"
        raise InputError.of(shown(path), [problem], then="Run text recognition (OCR) on it, and give what that makes.")
    unreadable = sum(c not in "\n\r\t\f" and unicodedata.category(c) in {"Cc", "Cn", "Co", "Cs"} for c in text)
    if unreadable + text.count("\ufffd") > MOST_UNREADABLE * len(text):
        problem = "its fonts do not say which letters they draw, so its text cannot be told"
        raise InputError.of(shown(path), [problem], then="Give the article in another format.")
    return text


def _unlocked(path: Path, data: bytes) -> io.BytesIO:
    """A PDF without its encryption; an owner's password alone keeps nobody from reading it."""
    import pikepdf

    written = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            document.save(written)
    except pikepdf.PasswordError:
        problem = "the PDF is locked with a password"
        raise InputError.of(shown(path), [problem], then="Save a copy without a password.") from None
    return written


def _broken_pdf(path: Path, why: str) -> InputError:
    return InputError.of(shown(path), [f"the PDF is broken: {why}"], then="Get the file again, or save it anew.")


@contextmanager
def _silent(name: str) -> Iterator[None]:
    """Keep a library's log to itself: what it says of a broken file, our own error says."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


# The format of what is none of the others.
TEXT = "text"

# The formats that an article may have; whatever names them is made from here.
FORMATS = {
    TEXT: Format("text", (".txt",), decode),
    "markdown": Format("Markdown", (".md",), _markdown),
    "html": Format(
        "HTML",
        (".html", ".htm"),
        _html,
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html\b)", re.IGNORECASE),
        "an HTML page",
    ),
    "docx": Format(
        "Word",
        (".docx",),
        _docx,
        re.compile(rb"PK\x03\x04"),
        "a zip archive, as Word (.docx) files are",
        certain=False,
    ),
    "pdf": Format("PDF", (".pdf",), _pdf, re.compile(rb"%PDF-"), "a PDF"),
}
