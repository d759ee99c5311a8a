"""Tables are read with their headings, or left out with a notice; what is no part of a text is left out."""

import re
from pathlib import Path

import pypandoc
import pytest
import typst

from dalil.claims.draft import draft
from dalil.errors import InputError
from dalil.text.article import read_article
from dalil.text.formats import read_text

TABLE = """\
| Country       | 2021    | 2022 |
|---------------|---------|------|
| Kazakhstan    | 5.2     | 6.1  |
| Turkey, total | 1,234.5 | –    |
"""


def lines_of(path: Path, content: str) -> list[str]:
    path.write_text(content, encoding="utf-8")
    return read_text(path).text.split("\n\n")


@pytest.mark.parametrize(
    ("table", "expected"),  # closing tags left out
    [
        (
            "<caption>Exports, million dollars<tr><th>Country<th>2021<th>2022<tr><td>Chad<td>5.2<td>6",
            ["Exports, Chad, 2021: 5.2 million dollars.", "Exports, Chad, 2022: 6 million dollars."],
        ),
        # units of rows, columns and cells
        (
            "<tr><th>Measure<th>Area, km<th>Share (%)<tr><td>North<td>7<td>1.5<tr><td>Salt, tonnes<td>8 km<td>2",
            ["North, Area: 7 km.", "North, Share: 1.5 %.", "Salt, Area: 8 km.", "Salt, Share: 2 %."],
        ),
        # cells over several columns and rows, and a row that heads those below it
        (
            "<tr><th rowspan=2>Sex<th colspan=2>2021<tr><th>Villages<th>Towns<tr><td colspan=3>Employed, %"
            "<tr><td>Women<td>5<td>6<tr><td>Men<td>7<td>8",
            [
                "Employed, %, Women, 2021, Villages: 5 %.",
                "Employed, %, Women, 2021, Towns: 6 %.",
                "Employed, %, Men, 2021, Villages: 7 %.",
                "Employed, %, Men, 2021, Towns: 8 %.",
            ],
        ),
        # years on the left
        ("<tr><td>Year<td>Births<tr><td>2021<td>500<tr><td>2022<td>600", ["2021, Births: 500.", "2022, Births: 600."]),
        # words alone, and numbers without headings, stay as they are
        ("<tr><td>a<td>b<tr><td>c<td>d", None),
        ("<tr><td>5<td>200", None),
    ],
)
def test_a_table_is_read_with_its_headings(table: str, expected: list[str] | None, tmp_path: Path) -> None:
    closed = re.sub(r"(<(t[hd]|caption)[^<]*)", r"\1</\2>", table).replace("<tr>", "</tr><tr>").replace("</tr>", "", 1)
    lines = lines_of(tmp_path / "a.html", f"<p>Before.</p><table>{closed}</tr></table><p>After.</p>")
    assert lines[0] == "Before."
    if expected is None:
        assert "|" in lines[1]
    else:
        assert lines[1:-1] == expected


def test_tables_of_markdown_and_word_are_read_alike(tmp_path: Path) -> None:
    expected = ["Kazakhstan, 2021: 5.2.", "Kazakhstan, 2022: 6.1.", "Turkey, total, 2021: 1,234.5."]
    assert lines_of(tmp_path / "a.md", TABLE)[:3] == [*expected[:2], expected[2] + "\n"]
    pypandoc.convert_text(TABLE, "docx", format="commonmark_x", outputfile=str(tmp_path / "a.docx"))
    assert read_text(tmp_path / "a.docx").text.strip().split("\n\n") == expected


def test_each_number_of_a_table_is_a_claim_with_measure_unit_and_period(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"Exports, million dollars:\n\n{TABLE}".replace("Country", "$ million"), encoding="utf-8"
    )
    measures = draft(read_article(tmp_path / "a.md")).measures
    assert measures == {"kazakhstan": 2, "turkey, total": 1}


def test_a_table_of_very_many_numbers_is_left_out_with_a_notice(tmp_path: Path) -> None:
    rows = "\n".join(f"| r{n} | {n} | {n + 1} |" for n in range(200))
    (tmp_path / "a.md").write_text(
        f"One.\n\n| row | 2021 | 2022 |\n|--|--|--|\n{rows}\n\nIt was 5 percent.", encoding="utf-8"
    )
    article = read_article(tmp_path / "a.md")
    told = 'line 3: a table of 400 numbers, which begins "row 2021 2022 r0 0 1", is left out'
    assert article.notices == (told,)
    made = draft(article)
    assert made.measures.total() == 1
    assert f"# {told}" in made.text


def test_furniture_of_a_page_is_left_out(tmp_path: Path) -> None:
    page = (
        "<nav><p>News 24</p></nav><ul><li><a href=a>Top 10</a><li><a href=b>Best 5</a><li><a href=c>All 7</a></ul>"
        "<p>It was 5 percent.<ul><li>first 6<li><a href=d>second</a> 8<li>third</ul>"
        "<footer>Call 101 <nav>9</nav> 102</footer>"
    )
    assert "\n\n".join(lines_of(tmp_path / "a.html", page)) == "It was 5 percent.\n\n- first 6\n- second 8\n- third\n"
    assert "\n\n".join(lines_of(tmp_path / "b.html", "<p>One.</p><nav><p>Two 2.</p>")) == "One.\n\nTwo 2.\n"


def test_parts_that_stand_in_one_another_too_deeply_are_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<blockquote>" * 3000 + "5", encoding="utf-8")
    with pytest.raises(InputError, match="too deeply"):
        read_text(tmp_path / "a.html")


def test_headings_and_bullets_are_no_part_of_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Salt\n\nExports rose by 5 percent in 2020\n\n## 2 Wool\n\nIt fell by 6 percent", encoding="utf-8"
    )
    article = read_article(tmp_path / "a.md")
    text = article.clean.text
    told = [text[s.clean_start : s.clean_end] for s in article.sentences]
    assert told == ["Salt", "Exports rose by 5 percent in 2020", "2 Wool", "It fell by 6 percent"]


def test_heads_and_feet_of_pages_and_rows_of_numbers_of_a_pdf_are_left_out(tmp_path: Path) -> None:
    page = """
    #set page(header: [Bulletin 17 of the office], footer: context [Page #counter(page).display() of 6])
    #for n in range(1, 7) [
      In year #{n} it was #{n * 7} percent. \\ Much was said. \\ More was said.
      #if n == 3 [ \\ North 1 2 3 4 5 \\ South 2 3 4 5 6 \\ West 3 4 5 6 7 \\ It ends.]
      #pagebreak(weak: true)
    ]
    """
    (tmp_path / "a.pdf").write_bytes(bytes(typst.compile(page.encode(), ignore_system_fonts=True, timestamp=0)))
    found = read_text(tmp_path / "a.pdf")
    assert "Bulletin" not in found.text
    assert "Page" not in found.text
    assert [f"it was {n * 7} percent" in found.text for n in range(1, 7)] == [True] * 6
    assert "South" not in found.text
    assert "It ends." in found.text
    (notice,) = found.notices
    assert notice.endswith('a table of 3 rows, which begins "North 1 2 3 4 5", is left out')
    line = int(notice.removeprefix("line ").partition(":")[0])
    assert found.text.split("\n")[line - 1] == ""


def test_no_claims_are_drafted_from_the_list_of_references(tmp_path: Path) -> None:
    text = "Exports rose by 5 percent.\n\nThey were 4 tonnes.\n\nReferences\n\nA. Writer, The 7 hills, 12 pages."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    made = draft(read_article(tmp_path / "a.txt"))
    assert made.measures.total() == 2
    assert made.notices == ("line 5: no claims are drafted after this heading of the references",)
