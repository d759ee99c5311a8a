"""PDF to text, page by page: without what stands at the head or foot of many pages, and without rows of numbers."""

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dalil.errors import InputError
from dalil.progress import told
from dalil.project import shown
from dalil.text.leaving import left_out

# Text has no control characters; a PDF whose fonts do not say which letters they draw gives little else.
MOST_UNREADABLE = 0.05
# How many lines at the head and at the foot of a page may be its furniture, if they stand on so many pages.
_EDGE, _FEWEST_PAGES = 3, 4
# A row of a table: words, if any, and then at least so many numbers and nothing else.
_ROW = re.compile(r"[^\d\n]{0,80}?(?:\(?[-–−+]?\d[\d.,]*%?\)?(?:\s+|$)|[-–—…]\s+){4,}")
# So many of them on end are a table.
_FEWEST_ROWS = 3


def pdf(path: Path, data: bytes) -> str:
    """Extract the text of a PDF, page by page."""
    from pypdf import PdfReader

    # A PDF ends with this mark; one that was cut off can still yield some of its pages.
    if b"%%EOF" not in data[-1024:]:
        raise _broken_pdf(path, "its end is missing")
    with _silent("pypdf"):
        try:
            file = _unlocked(path, data) if b"/Encrypt" in data else io.BytesIO(data)
            pages = [page.extract_text() for page in told(PdfReader(file).pages, "Reading pages")]
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
    return "\n".join(_without_tables(page) for page in _without_furniture(pages))


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


def _without_furniture(pages: list[str]) -> list[str]:
    """Leave out the lines that stand at the head or foot of many pages, whatever their numbers."""
    lines = [page.split("\n") for page in pages]
    counts = Counter(line for page in lines for line in {*map(_told_apart, _edges(page))})
    often = {line for line, count in counts.items() if count >= max(_FEWEST_PAGES, len(pages) // 4)}
    kept = []
    for page in lines:
        while page and page[0].strip() and _told_apart(page[0]) in often:
            page = page[1:]
        while page and page[-1].strip() and _told_apart(page[-1]) in often:
            page = page[:-1]
        kept.append("\n".join(page))
    return kept


def _edges(page: list[str]) -> list[str]:
    return [line for line in (*page[:_EDGE], *page[-_EDGE:]) if line.strip()]


def _told_apart(line: str) -> str:
    """Write a line without its numbers, those of pages differ; with them where it is a sentence."""
    words = " ".join(line.split())
    return words if words.endswith(".") else re.sub(r"\d+", "#", words)


def _without_tables(page: str) -> str:
    """Leave out rows of numbers that stand on end, and say so in their place."""
    kept: list[str] = []
    rows: list[str] = []
    for line in [*page.split("\n"), ""]:
        if _ROW.fullmatch(line.strip() + " ") or (rows and not line.strip() and len(rows) < _FEWEST_ROWS):
            rows.append(line)
            continue
        kept += [left_out(f"a table of {len(rows)} rows", rows[0])] if len(rows) >= _FEWEST_ROWS else rows
        rows = []
        kept.append(line)
    return "\n".join(kept[:-1])


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
