"""Every accepted format gives the article's text, and every file that cannot gives its one reason."""

import hashlib
import io
import logging
import random
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import pypandoc
import pytest
import typst
from pypdf import PdfWriter

from dalil.errors import InputError
from dalil.project import resolve
from dalil.text import formats, pandoc
from dalil.text.formats import read_text

# What must come through every format as it is: numbers, gaps that do not break, letters of Uzbek, marks.
WORDS = (
    "31,2 %", "3\u00a0500", "1\u202f000\u202f000", "10.5", "2019–2021", "-4", "$3 billion to $5 billion", "O‘zbekiston",
    "gʻ", "maʼno", "ta’lim", "it's", '"q"', "«Ё»", "№ 7", "-- ...", "Ўзбек ққ ғҳ",
)  # fmt: skip
SENTENCE = "; ".join(WORDS)
MARKDOWN = f"""# Heading 1

{SENTENCE} with 10^6^ m^2^ and H~2~O[^1].

| year | tonnes |
|------|-------:|
| 5    |    200 |

[^1]: Source, 2020.
"""
RUSSIAN = "Товарооборот области за 2023 год вырос на 12,4 процента.\nЭто 3,2 миллиарда долларов.\n"
UZBEK = "Ўзбекистоннинг савдоси 2 миллиард долларга етди,\nбу 31,2 фоизга ўсди.\n"

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of a name."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A Word file with a title, all the words, a footnote and a table."""
    path = tmp_path_factory.mktemp("word") / "a.docx"
    text = f"---\ntitle: Trade of 2023\n---\n\n{MARKDOWN}"
    pypandoc.convert_text(text, "docx", format="commonmark_x-smart-tex_math_dollars", outputfile=str(path))
    return path.read_bytes()


def typeset(source: str) -> bytes:
    """Make a PDF."""
    return bytes(typst.compile(source.encode(), ignore_system_fonts=True, timestamp=0))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A PDF of two pages with all the words."""
    words = [word for word in WORDS if word != "ққ"]
    return typeset("\n\n".join(f"#{quoted(word)}" for word in words) + '\n#pagebreak()\n#"last page 99"')


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rewritten(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """Change a PDF."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    writer.write(changed := io.BytesIO())
    return changed.getvalue()


def refusal(path: Path) -> str:
    """Return the error a file gives, checked to name the file first, then problems, then what to do."""
    with pytest.raises(InputError) as caught:
        read_text(path)
    lines = str(caught.value).splitlines()
    assert lines[0] == str(path)
    assert all(line.startswith("  - ") for line in lines[1:-1])
    assert len(lines) > 2
    assert re.match(r"[A-Z].*\S", lines[-1])
    return "\n".join(lines[1:])


@pytest.mark.parametrize("name", ["a.txt", "a", "a.uz", "a.TXT", "a.csv"])
@pytest.mark.parametrize("text", ["Salom.\r\n\r\n 5\u00a0000 \n", "# not *marked* <b>", "\n" + SENTENCE])
def test_plain_text_is_the_file_itself(write: Write, name: str, text: str) -> None:
    found = read_text(write(name, text))
    assert (found.text, found.format, found.extracted) == (text, "text", False)
    assert found.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_byte_order_mark_is_no_text(write: Write) -> None:
    data = b"\xef\xbb\xbf" + SENTENCE.encode()
    found = read_text(write("a.txt", data))
    assert found.text == SENTENCE
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert read_text(write("a.md", b"\xef\xbb\xbf# One")).text == "One\n"


def test_the_shipped_article_is_read_byte_for_byte() -> None:
    path = resolve("data/raw/article.uz.txt")
    assert read_text(path).text.encode() == path.read_bytes()


def check_rich(text: str) -> None:
    """Look for the words and what stands around them."""
    assert [word for word in WORDS if word not in text] == []
    for part in ("Heading 1\n", "10⁶ m²", "H₂O[1]", "[1] Source, 2020."):
        assert part in text
    assert re.search(r"\| 5 +\| +200 +\|", text)


@pytest.mark.parametrize("name", ["a.md", "a.MD"])
def test_markdown_loses_its_marks_alone(write: Write, name: str) -> None:
    found = read_text(write(name, MARKDOWN))
    check_rich(found.text)
    assert (found.format, found.extracted) == ("markdown", True)
    assert not set("#^~") & set(found.text)


def test_a_word_file_gives_its_text(write: Write, word: bytes) -> None:
    found = read_text(write("a [1]*.docx", word))
    check_rich(found.text)
    assert found.text.startswith("Trade of 2023\n")
    assert (found.format, found.extracted) == ("docx", True)


@pytest.mark.parametrize("name", ["a.html", "a.htm"])
def test_a_page_gives_its_text(write: Write, name: str) -> None:
    page = (
        "<!DOCTYPE html><html><head><meta charset=windows-1251><title>no</title><style>no</style></head><body>"
        f"<script>no</script><h1>Heading 1</h1><p>{SENTENCE} with 10<sup>6</sup> m<sup>2</sup>, H<sub>2</sub>O[1].</p>"
        "<p>[1] Source, 2020.</p>"
        "<table><tr><td>5</td><td>200</td></tr></table></body></html>"
    )
    found = read_text(write(name, page))
    check_rich(found.text)
    assert (found.format, found.extracted) == ("html", True)
    assert "no" not in found.text.replace("maʼno", "")


def test_long_lines_stay_whole(write: Write) -> None:
    line = " ".join(["savdo 2 milliard dollar"] * 50)
    cell = f"<td>{line}</td>"
    for name, text in (("a.md", line), ("b.html", f"<table><tr>{cell}<td><p>5</p><p>6</p></td></tr></table>")):
        assert line in read_text(write(name, text)).text


@pytest.mark.parametrize(
    ("markdown", "parts"),
    [
        ("---\ntitle: Grew by 30%\ndate: 2024-05-01\n---\nText.", ["Grew by 30%\n", "2024-05-01", "Text."]),
        ("10<sup>6</sup> <b>7</b>", ["10⁶ 7"]),
        ("<table><tr><td>42</td><td>43 mln</td></tr></table>", ["| 42 ", "| 43 mln |"]),
        ("<div>55</div> <!-- 99 -->", ["55"]),
        ("![alternative 11](a.png)", ["alternative 11"]),
        ("US$5 and $6$ and \\textbf{77} @n2020 [@n99]", ["US$5 and $6$ and \\textbf{77} @n2020 [@n99]"]),
        ("2017\\. yil\n\n8. a\n9. b", ["2017. yil", "8.", "9."]),
        ("x < 5 and y > 6 <5>", ["x < 5 and y > 6 <5>"]),
        ("| a | b |\n|--|--|\n| 5 | 200 |\n| <ul><li>6</li></ul> | 7 |", ["5", "200", "6", "7"]),
        ("one  \ntwo\\\nthree", ["one\ntwo\nthree"]),
        ("    code 17\n\n> quote 14\n\n- item 15\n\n`code 16`", ["code 17", "quote 14", "item 15", "code 16"]),
    ],
)
def test_nothing_in_markdown_is_lost(write: Write, markdown: str, parts: list[str]) -> None:
    text = read_text(write("a.md", markdown)).text
    assert [part for part in parts if part not in text] == []
    assert "99 -->" not in text


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("<figure><img src=x.png alt='alt 24'><figcaption>Caption 25</figcaption></figure>", ["alt 24", "Caption 25"]),
        ("<figure><table><tr><td>5</td></tr></table><figcaption>Caption 26</figcaption></figure>", ["5", "Caption 26"]),
        ("<table><caption>Caption 27</caption><tr><td>5</td></tr></table>", ["5", "Caption 27"]),
        ("<p>5<br>6<p>7<dl><dt>8<dd>9</dl>", ["5\n6", "7", "8", "9"]),
        ("<details><summary>31</summary>32</details><aside>33</aside>", ["31", "32", "33"]),
        ("3&nbsp;500 &laquo;q&raquo; &#8239;", ["3\u00a0500 «q»"]),
        ("unclosed <b>5 <i>6", ["unclosed 5 6"]),
        ("<nav>1</nav><main>2</main>", ["2"]),
    ],
)
def test_nothing_in_a_page_is_lost(write: Write, html: str, parts: list[str]) -> None:
    text = read_text(write("a.html", html)).text
    assert [part for part in parts if part not in text] == []


def test_a_pdf_gives_its_text_page_by_page(write: Write, pdf: bytes) -> None:
    found = read_text(write("a.pdf", pdf))
    # Gaps that do not break come back as plain ones.
    text = re.sub(r"\s+", " ", found.text)
    assert [word for word in WORDS if re.sub(r"\s+", " ", word) not in text] == []
    assert found.text.endswith("\nlast page 99")
    assert (found.format, found.extracted) == ("pdf", True)


def test_a_pdf_that_only_its_owner_may_change_is_read(write: Write, pdf: bytes) -> None:
    locked = rewritten(pdf, lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    assert read_text(write("a.pdf", locked)).text == read_text(write("b.pdf", pdf)).text


def test_extraction_is_the_same_each_time(write: Write, word: bytes, pdf: bytes) -> None:
    for name, data in (("a.md", MARKDOWN), ("a.docx", word), ("a.pdf", pdf)):
        path = write(name, data)
        assert read_text(path) == read_text(path)


def test_a_users_own_pandoc_templates_are_not_read(
    write: Write, word: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "pandoc" / "templates"
    templates.mkdir(parents=True)
    for name in ("default.html5", "default.plain"):
        (templates / name).write_text("mine")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert read_text(write("a.docx", word)).text.startswith("Trade of 2023\n")


def test_no_other_file_is_read(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    page = f'<iframe src="{tmp_path}/secret.html"></iframe><object data="{tmp_path}/secret.html"></object>5'
    assert "secret" not in read_text(write("a.html", page)).text


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "  - no such article\n" in refusal(tmp_path / "nowhere.pdf")
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    assert "  - no such article\n" in refusal(tmp_path / "link.txt")


def test_names_no_file_can_have(tmp_path: Path) -> None:
    refusal(tmp_path / ("n" * 5000))
    refusal(tmp_path / "a\0b")


def test_a_folder(tmp_path: Path) -> None:
    assert "  - it is a folder\n" in refusal(tmp_path)


def test_a_device() -> None:
    assert "  - it is no ordinary file\n" in refusal(Path("/dev/null"))


def test_a_file_nobody_may_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, _: str) -> IO[bytes]:
        raise PermissionError(13, "Permission denied", str(path))

    path = write("a.txt", "text")
    monkeypatch.setattr(Path, "open", denied)
    assert "  - it cannot be read: Permission denied\n" in refusal(path)


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(formats.LARGEST_FILE + 1)
    assert "  - it has 20.0 MB; allowed: up to 20 MB\n" in refusal(path)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.pdf"])
@pytest.mark.parametrize("text", ["", " \n\t\u00a0\n", "\ufeff"])
def test_an_empty_file(write: Write, name: str, text: str) -> None:
    problem = refusal(write(name, text))
    assert "  - the article is empty\n" in problem or (text.strip(" \n\t") and name in {"a.docx", "a.pdf"})


@pytest.mark.parametrize("page", ["<p></p>", "<script>1</script>", "<!-- 5 -->"])
def test_a_page_without_text(write: Write, page: str) -> None:
    assert "  - the article is empty\n" in refusal(write("a.html", page))


@pytest.mark.parametrize(
    ("name", "data", "begins", "then"),
    [
        ("a.txt", b"%PDF-1.7\n", "a PDF", "Rename it to end in .pdf."),
        ("a", b"%PDF-1.7\n", "a PDF", "Rename it to end in .pdf."),
        ("a.docx", b"%PDF-1.7\n", "a PDF", "Rename it to end in .pdf."),
        (
            "a.txt",
            b"PK\x03\x04",
            "a zip archive, as Word (.docx) files are",
            "Rename it to end in .docx, if it is one.",
        ),
        ("a.txt", b"\n<!DOCTYPE html><p>5", "an HTML page", "Rename it to end in .html."),
        ("a.md", b"\xef\xbb\xbf<HTML>", "an HTML page", "Rename it to end in .html."),
        ("a.pdf", b"<html>", "an HTML page", "Rename it to end in .html."),
        ("a.docx", b"\xd0\xcf\x11\xe0", "a Word file that is old (.doc) or locked with a password", "Save the article"),
        ("a.rtf", b"{\\rtf1 5}", "a rich text document (.rtf)", "Save the article in one of these."),
        ("a.html", b"\x89PNG\r\n", "a picture", "Save the article in one of these."),
        ("a.txt", b"\xff\xd8\xff\xe0", "a picture", "Save the article in one of these."),
    ],
)
def test_a_file_that_is_not_what_its_ending_says(write: Write, name: str, data: bytes, begins: str, then: str) -> None:
    path = write(name, data)
    problem = refusal(path)
    assert f'  - it ends in "{path.suffix}" and begins as {begins}\n' in problem
    assert "  - allowed: text (.txt or any other ending), Markdown (.md), HTML" in problem
    assert then in problem


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize(
    ("text", "codec", "encoding", "place", "words"),
    [
        (RUSSIAN, "cp1251", "windows-1251", "line 1: byte 0 (0xd2)", "Товарооборот области"),
        ("5 %\n" + RUSSIAN, "cp1251", "windows-1251", "line 2: byte 4 (0xd2)", "5 % Товарооборот области"),
        (UZBEK, "cp1251", "windows-1251", "line 1: byte 0 (0xa1)", "Ўзбекистоннинг савдо"),
        ("Қозоғистон ва Ўзбекистон савдоси ҳажми 5 фоизга ўсди.", "ptcp154", "PT154", "byte", "Қозоғистон"),
        (RUSSIAN, "koi8-r", "KOI8-R", "byte 0", "Товарооборот области"),
        (RUSSIAN, "cp866", "IBM866", "byte 0", "Товарооборот области"),
        ("The café – 5 million “seats”.", "cp1252", "windows-1252", "line 1: byte 7 (0xe9)", "The café – 5"),
        (RUSSIAN, "utf-16", "UTF-16", "line 1: byte 0 (0xff)", "Товарооборот области"),
        (RUSSIAN, "utf-16-le", "UTF-16LE", "is NUL (0x00)", "области за 2023 год"),
        (RUSSIAN, "utf-16-be", "UTF-16BE", "is NUL (0x00)", "области за 2023 год"),
        ("Trade grew by 5 percent.\n" * 3, "utf-16-le", "UTF-16LE", "line 1: byte 1 is NUL", "Trade grew by 5"),
    ],
)
def test_an_encoding_that_is_not_utf_8(
    write: Write, name: str, text: str, codec: str, encoding: str, place: str, words: str
) -> None:
    problem = refusal(write(name, text.encode(codec)))
    assert place in problem
    assert re.search(rf'  - it is likely {encoding}, which reads there "[^"]*{re.escape(words)}', problem)
    assert problem.endswith(f"Save the article as UTF-8 text: iconv -f {encoding} -t UTF-8 {name} > utf8-{name}")


@pytest.mark.parametrize("change", [lambda data: data[:-2], lambda data: data[:40] + b"\xff" + data[40:]])
def test_damaged_utf_8(write: Write, change: Callable[[bytes], bytes]) -> None:
    problem = refusal(write("a.txt", change(RUSSIAN.strip(".\n").encode() + "да".encode()[:3])))
    assert "is not UTF-8\n  - most of the rest is UTF-8, so the file is damaged or cut off\n" in problem


@pytest.mark.parametrize("head", [b"", b"text ", b"\x7fELF\x02\x01\x01\0\0\0"])
def test_a_binary_file(write: Write, head: bytes) -> None:
    data = head + random.Random(1).randbytes(5000)
    problem = refusal(write("a.txt", data))
    assert "  - no encoding makes text of it: it may be a picture, a program or an archive\n" in problem


def test_a_scanned_pdf(write: Write) -> None:
    scan = typeset("#rect(width: 5cm, height: 5cm, fill: red)\n#pagebreak()\n#circle(radius: 2cm)")
    problem = refusal(write("a.pdf", scan))
    assert "  - its 2 pages hold no text, only pictures; it may be a scan\nRun text recognition (OCR)" in problem


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_a_locked_pdf(write: Write, pdf: bytes, algorithm: str) -> None:
    locked = rewritten(pdf, lambda writer: writer.encrypt("secret", algorithm=algorithm))
    assert "  - the PDF is locked with a password\nSave a copy without" in refusal(write("a.pdf", locked))


def test_a_pdf_whose_letters_cannot_be_told(write: Write, pdf: bytes) -> None:
    def forget(writer: PdfWriter) -> None:
        for number in range(len(writer._objects)):
            found = writer.get_object(number + 1)
            if isinstance(found, dict):
                found.pop("/ToUnicode", None)

    problem = refusal(write("a.pdf", rewritten(pdf, forget)))
    assert "  - its fonts do not say which letters they draw" in problem


@pytest.mark.parametrize("data", [b"text", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n5\n%%EOF\n", b"%PDF-1.7"])
def test_a_broken_pdf(write: Write, data: bytes) -> None:
    assert "  - the PDF is broken: " in refusal(write("a.pdf", data))


@pytest.mark.parametrize("data", [b"text", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_a_broken_word_file(write: Write, data: bytes) -> None:
    assert "  - pandoc cannot read it: " in refusal(write("a.docx", data))


def test_a_conversion_that_does_not_end(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "LONGEST_CONVERSION", 0.0001)
    assert "  - pandoc was not done with it after 0.0001 seconds\n" in refusal(write("a.md", "text"))


def test_a_conversion_that_takes_too_much_memory(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "LARGEST_CONVERSION", "16m")
    problem = refusal(write("a.md", "a *b* " * 300_000))
    assert "  - pandoc cannot read it: it needs more than 16m of memory\n" in problem


def test_no_cut_raises_anything_else(
    write: Write, word: bytes, pdf: bytes, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {"a.txt": SENTENCE.encode(), "a.md": MARKDOWN.encode(), "a.docx": word, "a.pdf": pdf}
    files["a.html"] = b"<!DOCTYPE html><html><body><p>5 <b>6</b></p><table><tr><td>7</td></tr></table></body></html>"
    chance = random.Random(1)
    for name, data in files.items():
        for cut in sorted(chance.sample(range(len(data)), 8)):
            path = write(name, data[:cut])
            if name in {"a.docx", "a.pdf"}:
                assert refusal(path)
            else:
                with suppress(InputError):
                    assert read_text(path).text
    assert (caplog.records, *capfd.readouterr()) == ([], "", "")


def test_no_damage_to_a_pdf_raises_anything_else(write: Write, pdf: bytes, caplog: pytest.LogCaptureFixture) -> None:
    chance = random.Random(1)
    for _ in range(40):
        damaged = bytearray(pdf)
        for place in chance.sample(range(len(pdf)), 20):
            damaged[place] = chance.randrange(256)
        with suppress(InputError):
            assert read_text(write("a.pdf", bytes(damaged))).text
    assert caplog.records == []
    assert logging.getLogger("pypdf").level == logging.NOTSET
