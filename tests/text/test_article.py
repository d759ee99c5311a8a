"""An article is read as recorded or refused with the reason, and split into sections, lines and sentences."""

import hashlib
import re
from pathlib import Path

import pytest

from dalil.errors import InputError
from dalil.project import resolve
from dalil.text import Article, read_article

SHIPPED = resolve("data/raw/article.uz.txt")
SHA256 = "c65025426303f211b24280d675477bc1aec4de7f092022bf64ec33ffaaffc547"


@pytest.fixture(scope="module")
def shipped() -> Article:
    return read_article(SHIPPED)


# A record that names spelling repairs.
RECORD = "corrections: corrections.yml\n"


def write(folder: Path, text: str, record: str = "") -> Path:
    """Put an article, and a record of its hash and headings if there is one, into a folder."""
    path = folder / "article.txt"
    path.write_bytes(text.encode())
    if record:
        path.with_suffix(".yml").write_text(f"sha256: {hashlib.sha256(text.encode()).hexdigest()}\n{record}")
    return path


def refusal(path: Path, problem: str) -> str:
    """Match an error about a file that holds this problem."""
    return f"^{re.escape(str(path))}\n(.*\n)*  - {re.escape(problem)}\n"


def test_the_shipped_article_is_the_one_recorded(shipped: Article) -> None:
    data = SHIPPED.read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256 == shipped.sha256 == shipped.about.sha256
    assert shipped.raw.encode() == data


def test_reading_leaves_the_files_untouched(tmp_path: Path) -> None:
    for source in SHIPPED.parent.iterdir():
        (tmp_path / source.name).write_bytes(source.read_bytes())
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    assert len(read_article(tmp_path / SHIPPED.name).sentences) > 1
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()} == before


def test_sections_of_the_shipped_article_are_its_headings_in_order(shipped: Article) -> None:
    assert [(s.id, s.heading, s.language) for s in shipped.sections] == [
        ("abstract-uz", "Annotatsiya", "uz"),
        ("abstract-ru", "Аннотация", "ru"),
        ("abstract-en", "Annotation", "en"),
        ("introduction", "KIRISH", "uz"),
        ("background", "ADABIYOTLAR TAHLILI VA METODOLOGIYA", "uz"),
        ("discussion", "MUHOKAMA VA NATIJALAR", "uz"),
        ("conclusion", "XULOSA", "uz"),
    ]
    assert shipped.sections[-1].end == len(shipped.raw)
    for section, following in zip(shipped.sections, shipped.sections[1:], strict=False):
        assert shipped.raw[section.end : following.start].strip() == following.heading


@pytest.mark.parametrize(
    ("words", "section", "line"),
    [
        ("Ushbu maqolada", "abstract-uz", 3),
        ("В данной статье", "abstract-ru", 21),
        ("283 mln.", "introduction", 81),
        ("31,2 foizga", "background", 166),
        ("30 dan ortiq", "discussion", 300),
        ("shuni aytishimiz", "conclusion", 354),
    ],
)
def test_a_place_has_a_section_and_a_line(shipped: Article, words: str, section: str, line: int) -> None:
    offset = shipped.raw.index(words)
    assert shipped.section_at(offset).id == section
    assert shipped.line(offset) == line
    assert words in shipped.raw.split("\n")[line - 1]


def test_sentences_keep_to_their_section_and_follow_each_other(shipped: Article) -> None:
    ends = 0
    for sentence in shipped.sentences:
        assert ends <= sentence.start < sentence.end
        ends = sentence.end
        inside = [s for s in shipped.sections if s.start <= sentence.start and sentence.end <= s.end]
        assert len(inside) == 1


def test_sentences_leave_out_only_white_space_and_headings(shipped: Article) -> None:
    rest = list(shipped.raw)
    for sentence in shipped.sentences:
        rest[sentence.start : sentence.end] = [" "] * (sentence.end - sentence.start)
    assert re.split(r"\s*\n\s*", "".join(rest).strip()) == [s.heading for s in shipped.sections]


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("ru.md", ["about", "trade", "transport", "conclusions"]),
        ("en.html", ["about", "passengers", "network", "service", "summary"]),
    ],
)
def test_the_examples_are_read_as_recorded_and_say_they_are_invented(name: str, sections: list[str]) -> None:
    article = read_article(resolve(f"examples/{name}"))
    assert [s.id for s in article.sections] == sections
    assert {s.language for s in article.sections} == {name[:2]}
    assert "invented for demonstration" in article.raw[: article.sections[1].start].lower()


def test_places_in_an_extracted_article_are_places_in_its_text(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("# BIR\n\n*Savdo* 2\u00a0milliard  \n**dollar**. Keyin.\n", encoding="utf-8")
    hashed = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".yml").write_text(f"sha256: {hashed}\nsections: [{{id: one, heading: BIR, language: uz}}]\n")
    article = read_article(path)
    assert article.raw == "BIR\n\nSavdo 2\u00a0milliard\ndollar. Keyin.\n"
    assert [article.raw[s.start : s.end] for s in article.sentences] == ["Savdo 2\u00a0milliard\ndollar.", "Keyin."]
    assert article.line(article.raw.index("dollar")) == 4


@pytest.mark.parametrize("text", ["Salom.", "Salom", " Salom. \n\n", "Salom.\n\nXayr."])
def test_without_a_record_the_article_is_one_section(tmp_path: Path, text: str) -> None:
    article = read_article(write(tmp_path, text))
    assert [(s.id, s.start, s.end) for s in article.sections] == [("text", 0, len(text))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Keldi. Ketdi.", ["Keldi.", "Ketdi."]),
        ("tashkil etadi.Madaniy sohada", ["tashkil etadi.", "Madaniy sohada"]),
        ("bormoqda.“Uzavtosanoat” AK", ["bormoqda.", "“Uzavtosanoat” AK"]),
        ("Keldi. 2017-yilda ketdi", ["Keldi.", "2017-yilda ketdi"]),
        ("tugadi. Ўзбекистон", ["tugadi.", "Ўзбекистон"]),
        ("Nima? Ha! Yo‘q... Bor", ["Nima?", "Ha!", "Yo‘q...", "Bor"]),
        ("Prezident Sh.M. Mirziyoyevning tashrifi", ["Prezident Sh.M. Mirziyoyevning tashrifi"]),
        ("Unda A. Navoiy so‘zladi.", ["Unda A. Navoiy so‘zladi."]),
        ("283 mln. kishini tashkil etmoqda", ["283 mln. kishini tashkil etmoqda"]),
        ("31,2 foizga o‘sdi", ["31,2 foizga o‘sdi"]),
        ("yutuq bo‘ldi.[4] Keyin", ["yutuq bo‘ldi.[4]", "Keyin"]),
        ("dalolatdir[1]. Keyin", ["dalolatdir[1].", "Keyin"]),
        ("\n Keldi \n\n kecha. \n", ["Keldi \n\n kecha."]),
    ],
)
def test_where_sentences_end(tmp_path: Path, text: str, sentences: list[str]) -> None:
    article = read_article(write(tmp_path, text))
    assert [article.raw[s.start : s.end] for s in article.sentences] == sentences


def test_a_heading_ends_a_sentence(tmp_path: Path) -> None:
    record = "sections:\n  - {id: one, heading: BIR, language: uz}\n  - {id: two, heading: IKKI, language: uz}\n"
    article = read_article(write(tmp_path, "BIR\nsalom\n IKKI \nxayr", record))
    assert [article.raw[s.start : s.end] for s in article.sentences] == ["salom", "xayr"]
    assert [article.section_at(s.start).id for s in article.sentences] == ["one", "two"]


def test_a_sentence_is_found_by_a_place_in_the_cleaned_text(shipped: Article) -> None:
    sentence = shipped.sentence_at(shipped.clean.text.index("31,2 foizga"))
    quote = shipped.raw[sentence.start : sentence.end]
    assert quote.startswith("Masalan, 2017-yilda")
    assert quote.endswith("31,2 foizga o‘sdi.")


def test_corrections_mend_the_reading_and_not_the_raw_text(tmp_path: Path) -> None:
    path = write(tmp_path, "Qozoqiston va Qozoqiston", RECORD)
    corrections = tmp_path / "corrections.yml"
    corrections.write_text("- {written: Qozoqiston, meant: Qozog‘iston, count: 2, why: spelling}", encoding="utf-8")
    article = read_article(path)
    assert article.raw == "Qozoqiston va Qozoqiston"
    assert article.clean.text == "Qozogʻiston va Qozogʻiston"
    assert [(c.written, c.meant, c.count, c.why) for c in article.corrections] == [
        ("Qozoqiston", "Qozog‘iston", 2, "spelling")
    ]


def test_a_missing_article_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.txt"
    with pytest.raises(InputError, match=refusal(path, "no such article")):
        read_article(path)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t \u00a0\n"])
def test_an_empty_article_is_refused(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError, match=refusal(path, "the article is empty")):
        read_article(path)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff", "line 1: byte 0 (0xff) is not UTF-8"),
        (b"ab\ncd\xe9 e", "line 2: byte 5 (0xe9) is not UTF-8"),
        ("o‘zbek\n\nso‘m".encode() + b"\x92", "line 3: byte 16 (0x92) is not UTF-8"),
    ],
)
def test_an_article_that_is_not_utf_8_is_refused_with_its_line_and_byte(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=refusal(path, problem)):
        read_article(path)


def test_an_article_changed_since_its_hash_was_recorded_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "Salom.", "sections: []\n")
    recorded = hashlib.sha256(b"Salom.").hexdigest()
    path.write_text("Salom!")
    found = hashlib.sha256(b"Salom!").hexdigest()
    with pytest.raises(InputError, match=refusal(path, f"its SHA-256 is {found}")) as caught:
        read_article(path)
    assert f"  - {path.with_suffix('.yml')} records {recorded}\n" in str(caught.value)


def test_one_whose_line_ends_were_changed_on_the_way_is_refused_for_that(tmp_path: Path) -> None:
    path = write(tmp_path, "Salom.\nHammaga.\n", "sections: []\n")
    path.write_bytes(b"Salom.\r\nHammaga.\r\n")
    with pytest.raises(InputError, match="line ends were changed to those of Windows"):
        read_article(path)


def test_an_article_whose_record_holds_no_hash_is_read(tmp_path: Path) -> None:
    path = tmp_path / "my.txt"
    path.write_text("Salom.", encoding="utf-8")
    path.with_suffix(".yml").write_text("title: My article\n", encoding="utf-8")
    assert read_article(path).about.title == "My article"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("refrence: {}", 'line 2: refrence: is not known; did you mean "reference"?'),
        ("lables: {}", 'line 2: lables: is not known; did you mean "labels"?'),
        ("corections: a.yml", 'line 2: corections: is not known; did you mean "corrections"?'),
        ("labels:\n  en:\n    mesures: {a: b}", "line 4: labels.en.mesures"),
        ("labels: [a]", "line 2: labels: "),
        ("labels: {en: {measures: {trade: [1]}}}", "line 2: labels.en.measures.trade: "),
        ("title: [1, {}]\nsubject: {a: b}", "line 3: subject: "),
        ("sha256: abc", "sha256: "),
        ("language: uzb", 'line 2: language: language "uzb"'),
        ("sections:\n  - {id: one, heading: BIR}", "line 3: sections.0.language: is missing"),
        ("sections:\n  - {id: one, heading: BIR, language: uz, lang: uz}", "line 3: sections.0.lang: is not known"),
        ("sections:\n  - {id: one, heading: BIR, language: xx}", 'line 3: sections.0.language: language "xx"'),
    ],
)
def test_what_a_record_may_not_say_is_named_with_its_line(tmp_path: Path, record: str, problem: str) -> None:
    path = tmp_path / "my.txt"
    path.write_text("BIR\nSalom.", encoding="utf-8")
    path.with_suffix(".yml").write_text(f"authors: null\n{record}\n", encoding="utf-8")
    with pytest.raises(InputError, match="^" + re.escape(str(path.with_suffix(".yml")))) as caught:
        read_article(path)
    assert problem in str(caught.value)


def test_a_record_that_is_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "my.txt"
    path.write_text("Salom.", encoding="utf-8")
    path.with_suffix(".yml").write_text("- title\n", encoding="utf-8")
    with pytest.raises(InputError, match="it is not a list of name: value"):
        read_article(path)


def test_a_record_may_leave_out_or_not_know_anything(tmp_path: Path) -> None:
    path = tmp_path / "my.txt"
    path.write_text("Salom.", encoding="utf-8")
    path.with_suffix(".yml").write_text("title:\nauthors: [A, B]\npublished: 2020-05-01\nlabels:\n", encoding="utf-8")
    about = read_article(path).about
    assert (about.title, about.authors, about.published, about.labels) == ("", "A, B", "2020-05-01", {})


@pytest.mark.parametrize("headings", [["BIR", "UCH"], ["IKKI", "BIR"], ["BIR", "BIR"], ["BIR", "IKK"], ["BIR", "ikki"]])
def test_a_heading_that_is_not_there_is_named_with_its_line(tmp_path: Path, headings: list[str]) -> None:
    entries = [f"  - {{id: s{number}, heading: {heading}, language: uz}}\n" for number, heading in enumerate(headings)]
    path = write(tmp_path, "BIR\nsalom\nIKKI\nxayr\n", "sections:\n" + "".join(entries))
    problem = f'line 4: no line reads "{headings[1]}" after the heading before it'
    with pytest.raises(InputError, match=refusal(path.with_suffix(".yml"), problem)):
        read_article(path)


@pytest.mark.parametrize(
    ("written", "count", "problem"),
    [
        ("Qozoqistan", 1, '"Qozoqistan" is said to stand 1 times, found 0'),
        ("Qozoqistan", 0, '"Qozoqistan" is said to stand 0 times, found 0'),
        ("Qozoqiston", 1, '"Qozoqiston" is said to stand 1 times, found 2'),
        ("Qozoqiston", 3, '"Qozoqiston" is said to stand 3 times, found 2'),
    ],
)
def test_a_correction_applies_as_often_as_it_says(tmp_path: Path, written: str, count: int, problem: str) -> None:
    path = write(tmp_path, "Qozoqiston va Qozoqiston", RECORD)
    corrections = tmp_path / "corrections.yml"
    corrections.write_text(
        f"- {{written: {written}, meant: Qozog‘iston, count: {count}, why: spelling}}", encoding="utf-8"
    )
    with pytest.raises(InputError, match=refusal(corrections, problem)):
        read_article(path)


def test_malformed_corrections_are_all_named_with_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "Salom.", RECORD)
    corrections = tmp_path / "corrections.yml"
    corrections.write_text(
        "- {written: a, meant: b}\n"
        "- {written: Salom, meant: Salom, count: 1, why: fine}\n"
        "- {written: a, meant: b, count: 1, why: c, who: d}\n"
    )
    with pytest.raises(InputError, match=rf"^{re.escape(str(corrections))}\n") as caught:
        read_article(path)
    needs = "needs exactly written, meant, why, and count (a whole number); has"
    assert str(caught.value).splitlines()[1:] == [
        f"  - line 1: {needs} written, meant",
        f"  - line 3: {needs} written, meant, count, why, who",
    ]


def test_missing_corrections_are_named(tmp_path: Path) -> None:
    missing = tmp_path / "corrections.yml"
    with pytest.raises(InputError, match=refusal(missing, "no such file")):
        read_article(write(tmp_path, "Salom.", RECORD))
