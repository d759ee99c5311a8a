"""The annotated article: every numeral is marked as it stands, and leads to its claim or its reason and back."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pypandoc
import pytest
from bs4 import BeautifulSoup, Tag

from cells import cells_of
from dalil.claims.draft import draft_claims
from dalil.notebook.session import Session
from dalil.parameters import checked
from dalil.project import TEMPLATES, Project, Run, resolve
from dalil.report.page.annotated import article_view
from dalil.report.prose.context import ReportContext
from dalil.tables.facts import merge_facts
from dalil.tables.rows import ClaimRow, MentionRow, SectionRow
from dalil.text.article import read_article

ARTICLES = {
    "default": ("data/raw/article.uz.txt", "data/raw/claims.yml"),
    "ru": ("examples/ru.md", "examples/ru.claims.yml"),
    "en": ("examples/en.html", "examples/en.claims.yml"),
    **{
        name: (f"tests/articles/{name}.txt", f"tests/articles/{name}.yml")
        for name in ("no-growth", "no-numbers", "no-targets", "several-measures")
    },
}


def reading(article: Path, claims: Path, folder: Path) -> ReportContext:
    """Read an article and its claims as the first notebook does."""
    run = Run(Project(folder), "read")
    session = Session("01-clean-claims", run.project, article=str(article), claims=str(claims), run=run.name)
    with patch.object(Session, "open", lambda *_: session):
        names: dict[str, object] = {}
        for cell in cells_of("01-clean-claims"):
            exec(cell, names)
    merge_facts([run.processed / "facts/01-clean-claims.json"], run.processed / "facts.json")
    return ReportContext(checked({"article": str(article), "claims": str(claims), "run": run.name}), run.project)


def drafted(text: str, folder: Path) -> ReportContext:
    """Read a text with the claims that are drafted of it."""
    article, claims = folder / "a.txt", folder / "a.claims.yml"
    article.write_text(text, encoding="utf-8", newline="")
    claims.write_text(draft_claims(read_article(article)), encoding="utf-8")
    return reading(article, claims, folder)


def shown(material: ReportContext) -> BeautifulSoup:
    return BeautifulSoup(article_view(material), "html.parser")


@pytest.fixture(scope="module", params=ARTICLES)
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ReportContext:
    article, claims = ARTICLES[str(request.param)]
    return reading(resolve(article), resolve(claims), tmp_path_factory.mktemp("read"))


@pytest.fixture(scope="module")
def view(read: ReportContext) -> BeautifulSoup:
    return shown(read)


def raw(material: ReportContext) -> str:
    return material.run.text.read_bytes().decode()


def marked(view: BeautifulSoup) -> dict[str, list[Tag]]:
    """The parts of each numeral, by its name; a numeral that is marked twice is an error."""
    parts: dict[str, list[Tag]] = {}
    for mark in view.select(".article mark"):
        if name := str(mark.get("id", "")):
            assert name not in parts
            parts[name] = []
        parts[list(parts)[-1]].append(mark)
    return parts


def lines(view: BeautifulSoup) -> dict[int, str]:
    """The lines and headings of the text by their number, without what was added to them."""
    found = {}
    for line in view.select(".article .line, .article h3"):
        number = line.select_one(".number")
        found[int(number.get_text() if number else str(line["data-line"]))] = line
    for sign in view.select(".sign, .number"):
        sign.extract()
    return {number: line.get_text() for number, line in found.items()}


def hrefs(tag: Tag) -> list[str]:
    return [str(link["href"]) for link in tag.select("a")]


def test_every_numeral_is_marked_exactly_once_with_its_own_characters(read: ReportContext, view: BeautifulSoup) -> None:
    text, parts = raw(read), marked(view)
    assert list(parts) == [f"mention-{row.mention_id}" for row in read.rows(MentionRow)]
    for row in read.rows(MentionRow):
        stands = text[row.start : row.end]
        pieces = [piece.get_text() for piece in parts[f"mention-{row.mention_id}"]]
        # White space at the end of a line within a numeral is not marked.
        assert pieces == [line.strip() for line in stands.split("\n") if line.strip()]


def test_every_line_is_there_with_its_number_and_no_other(read: ReportContext, view: BeautifulSoup) -> None:
    expected = {n: line for n, line in enumerate(raw(read).split("\n"), start=1) if line.strip()}
    found = lines(BeautifulSoup(str(view), "html.parser"))
    assert list(found) == list(expected)
    assert {n: " ".join(line.split()) for n, line in found.items()} == {
        n: " ".join(line.split()) for n, line in expected.items()
    }


def test_headings_of_the_article_stand_below_those_of_the_report_in_their_language(
    read: ReportContext, view: BeautifulSoup
) -> None:
    sections = [row for row in read.rows(SectionRow) if row.heading]
    headings = view.find_all(re.compile("^h[1-6]$"))
    assert [(h.name, h.get_text(), h["lang"]) for h in headings] == [
        ("h3", row.heading, row.language) for row in sections
    ]


def test_the_legend_counts_what_is_marked(read: ReportContext, view: BeautifulSoup) -> None:
    counts = Counter(str(parts[0]["class"][-1]) for parts in marked(view).values())
    numbers = {"claim": "numerals_in_claims", "date": "numerals_dates", "citation": "numerals_citation_marks"}
    numbers["word"] = "numerals_words"
    assert counts == Counter(
        {f"kind-{kind}": int(read.facts[fact].value) for kind, fact in numbers.items() if read.facts[fact].value != "0"}
    )
    items = {str(item.mark["class"][-1]): item for item in view.select(".legend li") if item.mark}
    assert set(items) == set(counts)
    for kind, item in items.items():
        assert item.get_text().endswith(f": {counts[kind]}")


def test_every_numeral_leads_to_each_of_its_claims_or_to_its_reason_and_back(
    read: ReportContext, view: BeautifulSoup
) -> None:
    parts = marked(view)
    for row in read.rows(MentionRow):
        place = f"mention-{row.mention_id}"
        claims = {name for name, claim in read.claims.items() if row.mention_id in claim.mentions}
        claims |= {row.claim_id} - {""}
        sign = parts[place][-1].find_next_sibling("sup")
        assert isinstance(sign, Tag)
        leads = {*hrefs(parts[place][0]), *hrefs(sign)}
        if claims:
            assert leads == {f"#feeds-{name}" for name in claims}
        else:
            assert len(leads) == 1
        for target in leads:
            there = view.find(id=target[1:])
            assert there is not None
            back = there.find_parent("tr")
            assert back is not None
            assert f"#{place}" in hrefs(back)


def test_every_claim_leads_to_its_place_in_the_text(read: ReportContext, view: BeautifulSoup) -> None:
    for name, claim in read.claims.items():
        row = view.select_one(f"tr:has(#feeds-{name})")
        assert row is not None
        assert f"#claim-{name}" in hrefs(row)
        place = f"mention-{claim.mentions[0]}" if claim.mentions else f"line-{claim.line_start}"
        assert f"#{place}" in hrefs(row)
        assert view.find(id=place) is not None


def test_names_are_given_once_and_links_inside_the_view_lead_somewhere(view: BeautifulSoup) -> None:
    names = Counter(str(tag["id"]) for tag in view.find_all(id=True))
    assert [name for name, count in names.items() if count > 1] == []
    inside = [href for href in hrefs(view) if not href.startswith(("#claim-", "#fact-"))]
    assert [href for href in inside if href[1:] not in names] == []


def test_nothing_is_told_by_colour_or_hovering_alone(view: BeautifulSoup) -> None:
    signs: dict[str, set[str]] = {kind: set() for kind in ("claim", "date", "citation", "word")}
    for item in view.select(".legend li"):
        assert item.mark is not None
        assert item.sup is not None
        signs[str(item.mark["class"][-1]).removeprefix("kind-")].add(item.sup.get_text())
    given = [sign for signs_of_kind in signs.values() for sign in signs_of_kind]
    assert len(given) == len(set(given))
    for link in view.select(".article a.reason"):
        reason = view.find(id=str(link["href"])[1:])
        assert reason is not None
        assert reason.get_text() == link["title"]


def test_every_claim_leads_to_all_facts_it_feeds(material: ReportContext) -> None:
    page = shown(material)
    fed = {name: [fact.id for fact in material.facts.values() if name in fact.claims] for name in material.claims}
    assert any(len(facts) > 9 for facts in fed.values())
    for name, facts in fed.items():
        row = page.select_one(f"tr:has(#feeds-{name})")
        assert row is not None
        links = row.select("a.fact")
        assert [link["href"] for link in links] == [f"#fact-{fact}" for fact in facts]
        for link, fact in zip(links, facts, strict=True):
            assert fact in link.get_text()
            assert material.wording.known(material.facts[fact].estimate, material.facts[fact].unit) in link.get_text()


def test_an_article_without_numbers_is_shown_whole_and_says_so(tmp_path: Path) -> None:
    page = shown(drafted("Nothing is counted here.\nNothing at all.", tmp_path))
    assert lines(page) == {1: " Nothing is counted here.", 2: " Nothing at all."}
    assert page.find_all(["mark", "table"]) == []
    assert "No numeral" in page.get_text()


def test_a_text_whose_language_is_not_recorded_says_that_of_each_paragraph(tmp_path: Path) -> None:
    text = "Exports grew by 5% in 2020.\n\n\nВ 2021 году экспорт вырос на 7 %.\n"
    page = shown(drafted(text, tmp_path))
    assert [(part["lang"], bool(part.select("mark"))) for part in page.select(".lines")] == [("en", True), ("ru", True)]
    assert [span["lang"] for span in page.select("#table-feeds td span")] == ["en", "en", "ru", "ru"]


def test_what_means_something_in_html_is_shown_as_it_stands(tmp_path: Path) -> None:
    text = 'Profit <b>rose</b> by 5% & more in 2020 at "A&B".\x0c\r\nA bell\x07 rang.\r\n'
    page = shown(drafted(text, tmp_path))
    found = lines(page)
    assert found[1].strip() == 'Profit <b>rose</b> by 5% & more in 2020 at "A&B".'
    assert found[2].split() == ["A", "bell", "rang."]
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", str(page))


def test_a_reason_may_be_any_words(tmp_path: Path) -> None:
    material = drafted("Law No. 5 and law no. 7 hold. Profit rose by 5% in 2020.", tmp_path)
    reasons = iter(["закон № 5", 'law "no" 7', "law no 7", "law-no-7"])
    material._tables = {
        "mentions": [replace(row, claim_id="", reason=next(reasons)) for row in material.rows(MentionRow)],
        "claims": [replace(row, mentions=()) for row in material.rows(ClaimRow)],
        "sections": material.rows(SectionRow),
    }
    material.__dict__.pop("claims", None)
    page = shown(material)
    names = [str(span["id"]) for span in page.select("#table-reasons th span")]
    assert len(set(names)) == len(names) == len(material.rows(MentionRow))
    assert all(re.fullmatch(r"reason-[\w-]+", name) for name in names)
    assert [link["href"][1:] for link in page.select(".article a.reason")] == names


def test_a_long_article_is_shown_whole(tmp_path: Path) -> None:
    count = 300
    page = shown(drafted("".join(f"Profit rose by {n} million dollars.\n" for n in range(1, count + 1)), tmp_path))
    assert len(page.select(".article mark")) == len(page.select(".line")) == count


def test_places_in_the_text_reach_the_pdf(read: ReportContext) -> None:
    """Typst refuses a link that leads nowhere, so every place must be a label there."""
    written = pypandoc.convert_text(
        str(article_view(read)),
        "typst-smart",
        format="html+tex_math_dollars-auto_identifiers",
        extra_args=["--wrap=none", f"--lua-filter={TEMPLATES / 'typst' / 'filter.lua'}"],
    )
    labels = Counter(re.findall(r"(?<!link\()<([\w-]+)>", written))
    links = {name for name in re.findall(r"#link\(<([^>]+)>", written) if not name.startswith(("claim-", "fact-"))}
    assert [name for name in links if labels[name] != 1] == []
    assert {f"mention-{row.mention_id}" for row in read.rows(MentionRow)} <= set(labels)
