"""A file made to be read for ever, or to read others, is read or refused at once, and in one message."""

import io
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from dalil.errors import InputError
from dalil.text.documents import LARGEST_CONTENT, MOST_LINKS
from dalil.text.formats import read_text

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BODY = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "root:x:"
PEEKING = ("file:///etc/passwd", "/etc/passwd", "../../../../../../../../etc/passwd", "http://127.0.0.1:9/x")


def word(body: str, *, before: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word file with the XML of its body, what stands before its root, and further parts."""
    written = io.BytesIO()
    types = f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/>'
    relation = f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>')
        document = f'{before}<w:document xmlns:w="{_BODY}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return written.getvalue()


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def entities(count: int) -> str:
    names = "abcdefghij"[:count]
    more = (f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'<!DOCTYPE x [<!ENTITY a "a">{"".join(more)}]>'


def outcome(path: Path) -> str:
    """What comes of a file within seconds: its text, or the one message that refuses it."""
    start = time.process_time()
    try:
        text = read_text(path).text
    except InputError as error:
        text = str(error)
        assert len(text) < 1000
    assert time.process_time() - start < 5
    return text


BOMBS = {
    "entities.docx": (word(said("&j;"), before=entities(10)), "pandoc cannot read it"),
    "words.docx": (word(said("5 " * (LARGEST_CONTENT // 2))), "it unpacks to 100 MB"),
    "pictures.docx": (word(said("whole"), more={"word/media/a.png": bytes(50_000_000)}), "whole"),
    "columns.docx": (
        word(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr>{said("whole")}</w:tc></w:tr></w:tbl>'),
        "whole",
    ),
    "outside.docx": (word(said("whole"), more={"../../../../../../../tmp/made-by-dalil": b"x"}), "whole"),
    "columns.html": (b"<html><table><tr><td colspan=100000000>whole</td></tr></table>", "whole"),
    "rows.html": (b"<html><table><tr><td ROWSPAN = '100000000' colspan=\"99999\">whole</td></tr></table>", "whole"),
    "columns.md": (b"a\n\n<table><tr><td colspan=100000000>whole</td></tr></table>", "whole"),
    "links.md": (b"[a]: b\n" * 50_000, f"allowed: up to {MOST_LINKS}"),
    "other-links.md": (b"".join(b"[a%d]: b\n" % n for n in range(50_000)), f"allowed: up to {MOST_LINKS}"),
    "notes.md": (b"".join(b"[^%d]: b\n\n" % n for n in range(50_000)), f"allowed: up to {MOST_LINKS}"),
    "aliases.md": (b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\nwhole", "whole"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_unpacks_without_end_is_read_or_refused_at_once(name: str, tmp_path: Path) -> None:
    content, expected = BOMBS[name]
    (tmp_path / name).write_bytes(content)
    assert expected in outcome(tmp_path / name)
    assert not Path("/tmp/made-by-dalil").exists()


@pytest.mark.parametrize("address", PEEKING)
@pytest.mark.parametrize(
    "page",
    [
        '<img src="{}">', '<iframe src="{}"></iframe>', '<object data="{}"></object>', '<embed src="{}">',
        '<link href="{}" rel="stylesheet">', '<script src="{}"></script>', '<base href="{}">',
    ],
)  # fmt: skip
def test_a_page_reads_no_other_file(page: str, address: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><p>whole</p>{page.replace('{}', address)}", encoding="utf-8")
    text = outcome(tmp_path / "a.html")
    assert "whole" in text
    assert SECRET not in text


@pytest.mark.parametrize("address", PEEKING)
def test_a_word_file_reads_no_other_file(address: str, tmp_path: Path) -> None:
    before = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
    (tmp_path / "a.docx").write_bytes(word(said("whole &e;"), before=before))
    assert SECRET not in outcome(tmp_path / "a.docx")
