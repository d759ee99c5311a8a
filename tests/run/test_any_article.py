"""A report on any article: invented ones that lack targets, growth or numbers, and one with several measures."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from conftest import Project
from dalil import project
from dalil.claims.claims import read_claims
from dalil.parameters import checked
from dalil.project import PACKAGE, TEMPLATES, resolve
from dalil.report.figures import names
from dalil.report.prose.context import ReportContext
from dalil.run.notebooks import REPORT, notebooks_of
from dalil.text.article import read_article
from dalil.wording.catalogue import Wording

# What the report says plainly of each article, and which figures it has.
ARTICLES: dict[str, tuple[list[str], set[str]]] = {
    "no-targets": (
        ["adds up (2) and not checked (2)", "The part fits into the whole, as it must.", "with rounding."],
        {"growth-needed"},
    ),
    "no-growth": (["not checked (3)", "What to look up", "the article does not say for when"], set()),
    "no-numbers": (["There is no number in the article, in digits or in words, and so nothing to check."], set()),
    "several-measures": (
        [
            "From the level in 2019 it needs growth of 20% a year.",
            "At the growth stated it comes to 33.8 million people, 1% short.",
            "the target lies below the level stated before it",
            "Tourists, 9 million people in 2025: the article states no earlier level of it",
        ],
        {"turnover", "growth-needed"},
    ),
}


def squeezed(text: str) -> str:
    """Text without white space, which a PDF does not keep, and with one sign for minus."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).replace("\u2212", "-")


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=[pytest.mark.slow]) for name in ARTICLES],
)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def home(built: Project, name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report on an article whose claims bear its name, as a reader would call them."""
    project = built.copy(tmp_path_factory.mktemp(name) / "project")
    article = f"tests/articles/{name}"
    project.run("make", "report", f"ARTICLE={article}.txt", f"CLAIMS={article}.yml", f"RUN={name}")
    return project.root / "report/runs" / name


@pytest.fixture(scope="module")
def page(home: Path) -> BeautifulSoup:
    page = BeautifulSoup((home / "report.html").read_text(encoding="utf-8"), "html.parser")
    # The panel is filled by a script.
    for part in page.select("script, .what-if, nav [href='#what-if-heading']"):
        part.decompose()
    return page


def test_the_page_and_the_pdf_say_what_is_missing(home: Path, page: BeautifulSoup, name: str) -> None:
    pdf = PdfReader(home / "report.pdf")
    printed = squeezed("".join(sheet.extract_text() for sheet in pdf.pages))
    shown = " ".join(page.get_text().split())
    for sentence in ARTICLES[name][0]:
        assert sentence in shown
        assert squeezed(sentence) in printed


def test_a_figure_with_nothing_to_show_is_left_out_and_its_file_says_so(
    home: Path, page: BeautifulSoup, name: str
) -> None:
    assert {str(tag["id"]).removeprefix("figure-") for tag in page.find_all("figure")} == ARTICLES[name][1]
    for figure in names():
        drawn = (home / f"figures/{figure}.svg").read_text(encoding="utf-8")
        first = Wording("en").say(f"figures.{figure}.nothing").split()[:3]
        assert (" ".join(first) in drawn) is (figure not in ARTICLES[name][1])


def test_every_notebook_has_its_page(home: Path) -> None:
    assert {path.stem for path in (home / "notebooks").glob("*.html")} == {
        notebook.name for notebook in notebooks_of(project.Project.find()) if notebook.number < REPORT
    }


def test_without_a_record_the_report_is_called_after_the_file(home: Path, page: BeautifulSoup, name: str) -> None:
    assert page.h1 is not None
    title = f"The numbers in {name}.txt, checked"
    assert page.h1.get_text() == title
    metadata = PdfReader(home / "report.pdf").metadata
    assert metadata is not None
    assert metadata.title == title


def test_what_a_record_calls_a_measure_is_what_the_report_calls_it(tmp_path: Path) -> None:
    (tmp_path / "my.yml").write_text("labels: {en: {measures: {bread_sold: loaves sold}}}", encoding="utf-8")
    wording = ReportContext(checked({"article": str(tmp_path / "my.txt")})).wording
    assert [wording.label("measures", name) for name in ("bread_sold", "milk_sold")] == ["loaves sold", "milk sold"]


def test_no_table_is_empty_and_no_link_leads_nowhere(page: BeautifulSoup) -> None:
    assert [table["id"] for table in page.find_all("table") if not table.select("tbody tr")] == []
    names = {str(tag["id"]) for tag in page.find_all(id=True)}
    assert {str(a["href"]) for a in page.find_all("a") if str(a["href"]).startswith("#")} <= {f"#{n}" for n in names}


def test_nothing_is_said_of_the_article_that_is_shipped(page: BeautifulSoup) -> None:
    assert not re.search(r"Uzbekistan|Kazakhstan|turnover|\brail|CIS\b", page.get_text())


def test_facts_of_measures_that_share_a_year_have_names_of_their_own(home: Path, name: str) -> None:
    if name != "several-measures":
        pytest.skip("it has one measure")
    facts = json.loads((home / "data/processed/facts.json").read_text("utf-8"))
    assert {"required_cagr_trade_2025", "required_cagr_population_2025", "gap_population_2025"} <= set(facts)
    assert "gap_trade_2025" not in facts


def test_every_figure_can_say_that_it_shows_nothing() -> None:
    assert all(Wording("en").say(f"figures.{name}.nothing").endswith(".") for name in names())


def test_no_claim_or_fact_of_the_shipped_article_is_named_in_code_templates_or_notebooks(built: Project) -> None:
    article = read_article(resolve("data/raw/article.uz.txt"))
    facts = json.loads((built.root / "data/processed/facts.json").read_text(encoding="utf-8"))
    names = set(read_claims(resolve("data/raw/claims.yml"), article, "exact").claims)
    names |= {fact for fact, entry in facts.items() if entry["claims"]}
    # A name that is one plain word cannot be told from the word.
    word = re.compile("|".join(rf"\b{name}\b" for name in names if re.search(r"[_\d]", name)))
    files = [
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.yml"),
        *TEMPLATES.rglob("*.*"),
        *resolve("notebooks").glob("*.ipynb"),
    ]
    assert {path.name: found for path in files if (found := word.findall(path.read_text(encoding="utf-8")))} == {}
