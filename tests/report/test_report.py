"""The page and the PDF as their readers get them."""

import io
import json
import re
import struct
import unicodedata
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from conftest import Project
from dalil.report.figures.drawing.output import data_of
from dalil.report.prose.answer import chosen, rest_text, summary_text, sure_text
from dalil.report.prose.context import ReportContext
from dalil.report.prose.verdicts import verdict
from dalil.tables.facts import read_facts
from dalil.wording.catalogue import Wording
from said import plain


def squeezed(text: str) -> str:
    """Text without white space, which a PDF does not keep, and with one sign for minus."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).replace("\u2212", "-")


@pytest.fixture(scope="module")
def pdf(built: Project) -> PdfReader:
    return PdfReader(built.root / "report/report.pdf")


@pytest.fixture(scope="module")
def sheets(pdf: PdfReader) -> list[str]:
    """The text of each page of the PDF, which is slow to read."""
    return [squeezed(page.extract_text()) for page in pdf.pages]


@pytest.fixture(scope="module")
def pdf_text(sheets: list[str]) -> str:
    return "".join(sheets)


@pytest.fixture(scope="module")
def page(built: Project) -> BeautifulSoup:
    return BeautifulSoup((built.root / "report/report.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def facts(built: Project) -> dict[str, str]:
    """Each fact by name, as the report writes its number."""
    facts, words = read_facts(built.root / "data/processed/facts.json"), Wording("en").short
    return {name: words.known(fact.estimate, fact.unit) for name, fact in facts.items()}


@pytest.fixture(scope="module")
def claims(built: Project) -> pd.DataFrame:
    return pd.read_csv(built.root / "data/processed/claims.csv", dtype=str, keep_default_na=False)


def test_the_pdf_is_short(pdf: PdfReader) -> None:
    assert len(pdf.pages) <= 12


def test_every_fact_is_on_the_page_by_name_and_number(facts: dict[str, str], page: BeautifulSoup) -> None:
    for name, number in facts.items():
        place = page.find(id=f"fact-{name}")
        assert place is not None
        row = place.find_parent("tr")
        assert row is not None
        assert number in row.get_text()


def test_every_claim_is_in_the_pdf_with_its_sentence_letter_by_letter(claims: pd.DataFrame, pdf_text: str) -> None:
    for row in claims.to_dict("records"):
        assert squeezed(row["quote"]) in pdf_text, row["claim_id"]


def test_readers_meet_no_code_names(claims: pd.DataFrame, facts: dict[str, str], pdf_text: str) -> None:
    names = [name for name in (*facts, *claims["claim_id"]) if "_" in name]
    assert [name for name in names if name in pdf_text] == []


def test_no_column_of_the_widest_table_is_lost_in_the_pdf(pdf_text: str, page: BeautifulSoup) -> None:
    for table in page.select("table:not(.page-only *)"):
        for cell in table.select("tr > *:last-child"):
            # A long cell that runs over the end of a page is looked for link by link.
            parts = cell.select("a") if len(cell.select("a")) > 1 else [cell]
            for part in parts:
                assert squeezed(part.get_text()) in pdf_text


def test_the_first_page_is_the_answer_and_nothing_else(sheets: list[str], material: ReportContext) -> None:
    texts = [plain(text(material)) for text in (summary_text, rest_text, sure_text)]
    texts += [verdict(material, name).word for name in chosen(material)]
    assert [text for text in texts if squeezed(text).lower() not in sheets[0].lower()] == []
    assert "Figure1." in sheets[0]
    # The contents and the first section follow on a page of their own.
    assert squeezed(Wording("en").say("headings.sentences")) in sheets[1]


def test_the_pdf_is_tagged_titled_bookmarked_and_in_a_language(
    pdf: PdfReader, page: BeautifulSoup, material: ReportContext
) -> None:
    root = pdf.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == "en"
    marks = root["/MarkInfo"]
    assert isinstance(marks, DictionaryObject)
    assert bool(marks["/Marked"])
    assert "/StructTreeRoot" in root
    assert pdf.metadata is not None
    assert pdf.metadata.title == material.title
    headings = [heading.get_text() for heading in page.select("main h2[id]:not(.page-only *)")]
    assert [entry.title for entry in pdf.outline if not isinstance(entry, list)] == headings
    assert {Wording("en").say(f"headings.{name}") for name in Wording("en").keys("headings")} - set(headings) == {
        # These are for the page alone, and where a reader has notebooks of their own.
        Wording("en").say(f"headings.{name}")
        for name in ("details", "downloads", "further")
    }
    assert pdf.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)
    assert pdf.pages[0].mediabox.height == pytest.approx(841.89, abs=0.1)


def test_pages_have_numbers_and_a_running_head(sheets: list[str], material: ReportContext) -> None:
    for number, text in enumerate(sheets, start=1):
        assert f"Page{number}of{len(sheets)}" in text
        assert number == 1 or squeezed(material.title) in text


def test_figures_in_the_pdf_are_vectors(built: Project) -> None:
    with pikepdf.open(built.root / "report/report.pdf") as pdf:
        streams = [part for part in pdf.objects if isinstance(part, pikepdf.Stream)]
        assert len(streams) > len(pdf.pages)
        assert [part.objgen for part in streams if part.get("/Subtype") == "/Image"] == []


def test_the_page_needs_nothing_from_outside(page: BeautifulSoup) -> None:
    assert page.find_all(["link", "iframe", "img"]) == []
    assert [script for script in page.find_all("script") if script.get("src")] == []
    inside = page.select("a:not(.address)")
    assert all(re.match(r"#|data:application/zip;base64,", str(link["href"])) for link in inside)
    # A source may be followed to where it is; nothing is fetched from there.
    assert all(str(link["href"]).startswith("http") for link in page.select("a.address"))
    for style in page.find_all("style"):
        assert set(re.findall(r"url\(([^)]{5})", style.get_text())) <= {"data:"}
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none'")
    assert "unsafe-eval" not in str(policy["content"])


def test_the_page_runs_its_own_scripts_alone(page: BeautifulSoup) -> None:
    policy = str(page.select("meta[http-equiv]")[0]["content"])
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    run = [script.get_text() for script in page.find_all("script") if not script.get("type")]
    assert run
    assert [b64encode(sha256(script.encode()).digest()).decode() for script in run] == allowed
    assert re.findall(r"<[^>]+ on[a-z]+=", str(page)) == []


def test_the_run_can_be_taken_away_from_the_page(page: BeautifulSoup, built: Project) -> None:
    (link,) = page.select("a[download]")
    data = b64decode(str(link["href"]).partition(",")[2])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    processed = built.root / "data/processed"
    kept = {path.name for path in [*processed.glob("*.*"), *processed.glob("further/*.csv")]}
    # The article may not be given away as a whole.
    assert kept - set(held) == {"article.txt"}
    for name in ("claims.csv", "facts.json", "further.json"):
        assert held[name] == (processed / name).read_bytes()
    for path in built.root.glob("report/notebooks/*.ipynb"):
        assert held[path.name] == path.read_bytes()
    assert 'rounding: "half-unit"' in held["parameters.yml"].decode()


def test_each_figure_gives_away_the_rows_it_is_drawn_from(page: BeautifulSoup, material: ReportContext) -> None:
    figures = {str(figure["id"]).removeprefix("figure-") for figure in page.select("figure[id^=figure-]")}
    data = page.select("script[data-figure]")
    assert {str(script["data-figure"]) for script in data} == figures
    for script in data:
        assert json.loads(script.get_text()) == data_of(str(script["data-figure"]), material)


def test_what_the_page_says_of_itself_is_there_for_programs(
    page: BeautifulSoup, built: Project, material: ReportContext
) -> None:
    (report,) = [json.loads(script.get_text()) for script in page.select('script[type="application/ld+json"]')]
    assert (report["@type"], report["inLanguage"]) == ("Report", "en")
    assert report["datePublished"] == "2026-11-22"
    named = {str(tag.get("name") or tag.get("property")): str(tag["content"]) for tag in page.select("meta[content]")}
    assert named["og:title"] == report["name"] == material.title
    assert named["description"].startswith("The article’s central number holds")
    assert len(named["description"]) <= 300
    preview = built.root / "report" / named["og:image"]
    assert preview.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", preview.read_bytes()[16:24]) == (1200, 630)


def test_the_same_is_there_as_text(built: Project, page: BeautifulSoup, material: ReportContext) -> None:
    text = (built.root / "report/report.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {material.title}\n")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        heading.get_text() for heading in page.select("main h2[id]:not(.page-only *)")
    ]
    for figure in page.select("figure svg"):
        assert " ".join(str(figure["aria-label"]).split())[:80] in " ".join(text.replace("\\", "").split())
    assert "data:" not in text


def test_every_link_on_the_page_leads_somewhere(page: BeautifulSoup) -> None:
    names = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(names) == len(set(names))
    for link in page.find_all("a"):
        target = str(link["href"])
        if target.startswith("#"):
            assert target[1:] in names


def test_a_number_leads_to_its_formula_its_claim_and_its_sentence(page: BeautifulSoup, claims: pd.DataFrame) -> None:
    assert page.select_one('main a[href="#fact-trade_2016_implied"]') is not None
    row = page.select_one("tr:has(#fact-trade_2016_implied)")
    assert row is not None
    leads = {str(link["href"]) for link in row.select("a")}
    assert leads == {"#claim-trade_2017", "#claim-trade_growth_2017"}
    claim = page.select_one("tr:has(#claim-trade_2017)")
    assert claim is not None
    assert claim.select_one('a[href="#sentence-trade_2017"]') is not None
    sentence = page.select_one("tr:has(#sentence-trade_2017) .quote")
    assert sentence is not None
    quote = claims.set_index("claim_id").loc["trade_2017", "quote"]
    assert sentence.get_text() == " ".join(str(quote).split())
    assert sentence["lang"] == "uz"


def test_every_number_in_the_text_is_told_in_words(page: BeautifulSoup) -> None:
    numbers = {str(link["href"])[1:] for link in page.select("main a.fact:not(.page-only *)")}
    assert numbers
    assert [name for name in numbers if page.select(f"tr:has(#{name}) th code")] == []


def test_figures_and_tables_have_the_same_numbers_in_every_format(page: BeautifulSoup, pdf_text: str) -> None:
    captions = page.select("figcaption:not(.page-only *), caption:not(.page-only *)")
    numbers = [caption.select_one(".number") for caption in captions]
    assert all(numbers)
    assert all(squeezed(caption.get_text()) in pdf_text for caption in captions)
    tables = [caption.select_one(".number").get_text() for caption in captions if caption.name == "caption"]  # type: ignore[union-attr]
    assert tables == [f"Table {n}." for n in range(1, len(tables) + 1)]


def test_beside_a_text_stand_sources_and_nothing_else(page: BeautifulSoup) -> None:
    noted = page.select(".noted")
    assert noted
    for block in noted:
        parts = [part.name if isinstance(part, Tag) else str(part).strip() for part in block.contents]
        assert [part for part in parts if part] == ["p", "div"]
        assert all(item.select("a.source") for item in block.select(".side li"))


def test_the_page_says_its_language_and_describes_its_pictures(page: BeautifulSoup) -> None:
    assert page.html is not None
    assert page.html["lang"] == "en"
    images = page.select("figure svg[role=img]")
    assert len(images) == 2 * 6
    assert all(len(str(image["aria-label"])) > 60 for image in images)
    assert [h["id"] for h in page.select("main :is(h2, h3)[id]")] == [str(a["href"])[1:] for a in page.select("nav a")]
    for table in page.find_all("table"):
        assert table.caption is not None
        assert all(th.get("scope") for th in table.find_all("th"))


def test_code_is_in_the_working_notebooks_and_not_in_the_report(built: Project, page: BeautifulSoup) -> None:
    assert "page.heading" not in page.get_text()
    assert page.select("pre:not(.page-only pre)") == []
    for name in ("01-clean-claims", "07-ratings"):
        working = (built.root / f"report/notebooks/{name}.html").read_text(encoding="utf-8")
        assert "from dalil" in working
        assert not re.search(r'(?:src|href)="https?:', working)


def test_the_account_of_the_numerals_is_printed_and_adds_up(built: Project, page: BeautifulSoup) -> None:
    counts = [int(cell.get_text()) for cell in page.select("#table-account td")]
    mentions = pd.read_csv(built.root / "data/processed/mentions.csv")
    assert sum(counts[:-1]) == counts[-1] == len(mentions)


def test_the_tables_on_disk_are_what_the_data_package_says(built: Project) -> None:
    described = json.loads((built.root / "data/datapackage.json").read_text(encoding="utf-8"))
    built_tables = {path.name for path in (built.root / "data/processed").glob("*.csv")}
    assert built_tables == {Path(resource["path"]).name for resource in described["resources"]}
    for resource in described["resources"]:
        frame = pd.read_csv(built.root / "data" / resource["path"], dtype=str, keep_default_na=False)
        assert list(frame.columns) == [field["name"] for field in resource["schema"]["fields"]]
        for field in resource["schema"]["fields"]:
            if field["type"] in {"integer", "number"}:
                given = [value for value in frame[field["name"]] if value]
                assert all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in given), field["name"]


def test_mentions_and_quotes_are_the_bytes_of_the_article(built: Project, claims: pd.DataFrame) -> None:
    raw = (built.root / "data/raw/article.uz.txt").read_bytes().decode()
    mentions = pd.read_csv(built.root / "data/processed/mentions.csv", dtype=str, keep_default_na=False)
    for row in mentions.to_dict("records"):
        assert raw[int(row["start"]) : int(row["end"])] == row["text"]
    lines = raw.split("\n")
    for row in claims.to_dict("records"):
        stretch = "\n".join(lines[int(row["line_start"]) - 1 : int(row["line_end"])])
        assert row["quote"] in stretch


def test_the_picture_in_the_readme_is_the_one_the_report_draws(built: Project) -> None:
    from dalil.project import resolve

    assert (resolve("figures/target-outcomes.svg")).read_bytes() == (
        built.root / "figures/target-outcomes.svg"
    ).read_bytes()
