"""The what-if panel in a browser: what its script works out is what a run with the same parameters works out."""

import itertools
import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import OpenPage
from browser.pages import DESKTOP, LANGUAGES, PHONE, visit
from cells import gap_rows
from conftest import project_in
from dalil.analysis.results import difference_unit
from dalil.claims.claims import Claims, read_claims
from dalil.errors import DalilError
from dalil.numbers.intervals import Estimate, Rounding
from dalil.parameters import Parameters, checked, parse_settings
from dalil.project import TEMPLATES, resolve
from dalil.report.page.what_if import WAYS, what_if
from dalil.report.prose.context import ReportContext
from dalil.tables.facts import read_facts
from dalil.tables.rows import GapRow
from dalil.tables.schema import write_table
from dalil.tables.writing import claim_rows
from dalil.text.article import read_article
from dalil.wording.catalogue import Wording

SCRIPTS = ("what-if-rules.js", "what-if.js")
SEVERAL = {"article": "tests/articles/several-measures.txt", "claims": "tests/articles/several-measures.yml"}

# Levels, growths and targets that are bounds, about, falls or stated twice, and a currency the report has no word for.
BOUNDS = """\
Savdo 2017-yilda 2 milliard dollardan oshdi. Savdo 2016-yilga nisbatan 20,0 foizga o‘sdi.
Savdoni 2020-yilda 4 milliard dollarga yetkazish maqsad qilindi.
Eksport 2017-yilda taxminan 1 million tonna edi. Eksport 2016-yilga nisbatan 5 foizga kamaydi.
Eksportni 2021-yilda 3 million tonnaga yetkazish maqsad qilindi. Savdo 2019-yilda 3 milliard dollar edi.
Omonat 2017-yilda 21 tenge edi. Omonatni 2022-yilda 31 tengega yetkazish maqsad qilindi.
"""
BOUND_CLAIMS = [
    ("trade_2017", "level", "trade", "USD", "2000000000", "2017", "Savdo 2017-yilda 2 milliard dollardan oshdi"),
    ("growth", "change", "trade", "ratio", "0.2", "2017", "Savdo 2016-yilga nisbatan 20,0 foizga"),
    ("trade_2020", "target", "trade", "USD", "4000000000", "2020", "Savdoni 2020-yilda 4 milliard dollarga"),
    ("export_2017", "level", "export", "t", "1000000", "2017", "Eksport 2017-yilda taxminan 1 million tonna"),
    ("fall", "change", "export", "ratio", "-0.05", "2017", "Eksport 2016-yilga nisbatan 5 foizga"),
    ("export_2021", "target", "export", "t", "3000000", "2021", "Eksportni 2021-yilda 3 million tonnaga"),
    ("trade_2019", "level", "trade", "USD", "3000000000", "2019", "Savdo 2019-yilda 3 milliard dollar"),
    ("savings_2017", "level", "savings", "KZT", "21", "2017", "Omonat 2017-yilda 21 tenge"),
    ("savings_2022", "target", "savings", "KZT", "31", "2022", "Omonatni 2022-yilda 31 tengega"),
]

# Assumptions tried together: of rates those of no growth, of an exact hit, and the outermost ones.
RATES = (None, "0", "-50", "-99.9999", "31.2", "50", "100", "0.0001", "3.4567", "1000")
BASES = (None, "2016", "2010")
YEARS = (None, ("2019", "2022"), ("2028", "2025"))
# What the report that all tests share was made with, besides its language.
DRAWN = {"figure_formats": ["svg"]}
# Every two assumptions go together at least once, which a test sees to: each is worked out by a run's own cells.
GRID = list(itertools.product(RATES, WAYS, BASES, YEARS))[::7]

# Sets the fields as a reader leaves them, and reads what is drawn.
ASSUME = """([rate, rounding, base, years]) => {
  const at = name => document.getElementById(`what-if-${name}`);
  at("reset").click();
  at(`growth-${rate === null ? "stated" : "own"}`).checked = true;
  if (rate !== null) at("rate").value = rate;
  at("rounding").value = rounding;
  if (base !== null) at("base").value = base;
  (years ?? []).forEach((year, number) => { if (at(`due-${number}`)) at(`due-${number}`).value = year; });
  at("form").dispatchEvent(new Event("change", {bubbles: true}));
  return {
    rows: globalThis.rowsOf("what-if-table"),
    wrong: [...document.querySelectorAll("#what-if-panel [aria-invalid]")].map(field => field.id.slice(8)),
    command: at("command").textContent,
  };
}"""
# The rows of a table, cell by cell, each a list of lines; without the numbers of notes, which only print shows.
ROWS = """name => {
  const lines = cell => {
    const found = [""];
    const walk = node => {
      if (node.nodeName === "BR") found.push("");
      else if (node.nodeType === Node.TEXT_NODE) found[found.length - 1] += node.data;
      else if (!node.matches("sup.note")) node.childNodes.forEach(walk);
    };
    walk(cell);
    return found.map(line => line.replace(/\\s+/g, " ").trim());
  };
  const rows = named => [...document.querySelectorAll(`#${named} tbody tr`)];
  globalThis.rowsOf ??= named => rows(named).map(row => [...row.cells].map(lines));
  return globalThis.rowsOf(name);
}"""

# Pairs of texts in a picture of which one stands on the other.
COLLIDING = """() => [...document.querySelectorAll("#what-if-drawing > svg")].flatMap(picture => {
  const texts = [...picture.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
  const edge = picture.getBoundingClientRect();
  const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4;
  return texts.flatMap(([said, box], n) => [
    ...texts.slice(n + 1).filter(([, other]) => on(box, other)).map(([other]) => `${said} / ${other}`),
    ...(box.left < edge.left - 1 || box.right > edge.right + 1 ? [`${said} / edge`] : []),
  ]);
})"""


@cache
def _claims(article: Path, claims: Path, rounding: Rounding) -> Claims:
    return read_claims(claims, read_article(article), rounding)


def claims_of(parameters: Parameters) -> Claims:
    return _claims(resolve(parameters.article), resolve(parameters.claims), parameters.rounding)


def table_of(page: Page, name: str = "what-if-table") -> list[list[list[str]]]:
    """The rows of a table, cell by cell, each a list of lines."""
    rows: list[list[list[str]]] = page.evaluate(ROWS, name)
    return rows


def assume(page: Page, assumed: Sequence[Any]) -> dict[str, Any]:
    """Set the fields of a panel, and return what is drawn, what is marked as wrong, and the command."""
    page.evaluate(ROWS, "what-if-table")
    found: dict[str, Any] = page.evaluate(ASSUME, list(assumed))
    return found


def lines_of(wording: Wording, estimate: Estimate, unit: str, beside: Fraction | None = None) -> list[str]:
    """A cell as the report's own tables set it: the number and, where there is another, its interval."""
    return list(dict.fromkeys(write(estimate, unit, beside=beside) for write in (wording.amount, wording.span)))


@cache
def _gap_rows(parameters: Parameters) -> list[GapRow]:
    """What a run works out and keeps, which is the same in every language."""
    return [GapRow.of_texts(row.texts()) for row in gap_rows(claims_of(parameters), parameters)]


def expected(material: ReportContext, parameters: Parameters) -> list[list[list[str]]]:
    """The table of a run, cell by cell, each a list of lines."""
    wording = material.wording
    return [
        [
            lines_of(wording, row.growth, "ratio"),
            lines_of(wording, row.projected, row.unit, row.target_value),
            [
                *lines_of(wording, row.gap, difference_unit(row.unit), row.target_value),
                wording.amount(row.gap_relative, "ratio"),
            ],
            lines_of(wording, row.arrival, "calendar_year"),
        ]
        for row in _gap_rows(parameters.model_copy(update={"language": "en"}))
    ]


def settings(rate: str | None, rounding: str, base: str | None, years: tuple[str, ...] | None) -> dict[str, Any]:
    """What is assumed, as parameters of a run."""
    values: dict[str, Any] = {"rounding": rounding}
    if rate is not None:
        values["base_growth"] = float(Fraction(rate) / 100)
    if base is not None:
        values["base_year"] = int(base)
    if years is not None:
        values["target_years"] = [int(year) for year in years]
    return values


def given(command: str) -> tuple[dict[str, str], Parameters]:
    """What a command gives to make, and the parameters that its settings come to."""
    make, report, *words = shlex.split(command)
    assert (make, report) == ("make", "report")
    variables = dict(word.split("=", 1) for word in words)
    return variables, checked(parse_settings(variables.get("SET", "")))


def written(folder: Path, text: str, claims: Sequence[Sequence[str]]) -> dict[str, str]:
    """Write an article and its claims; return them as parameters."""
    names = ("id", "kind", "measure", "unit", "value", "period", "anchor")
    entries = [
        {**dict(zip(names, claim, strict=True)), "subject": "country", "status": "reported", "section": "text"}
        | ({"base_period": "2016"} if claim[1] == "change" else {})
        for claim in claims
    ]
    (folder / "my.txt").write_text(text, encoding="utf-8")
    (folder / "my.yml").write_text(json.dumps({"claims": entries}, ensure_ascii=False), encoding="utf-8")
    return {"article": str(folder / "my.txt"), "claims": str(folder / "my.yml")}


def squeezed(cells: list[list[str]]) -> list[list[str]]:
    """Cells with any white space as one space."""
    return [[" ".join(line.split()) for line in cell] for cell in cells]


def agrees(page: Page, material: ReportContext, values: Mapping[str, Any], assumed: Sequence[Any]) -> None:
    """Hold what the page draws against what a run with the same parameters works out."""
    found = assume(page, assumed)
    try:
        wanted = expected(material, checked({**material.parameters.model_dump(), **values}))
    except DalilError:
        assert found["wrong"], assumed
        return
    assert found["wrong"] == [], assumed
    assert [squeezed(row[1:]) for row in found["rows"]] == [squeezed(row) for row in wanted], assumed


@pytest.fixture
def panel(browser_page: OpenPage) -> Page:
    return browser_page("en")


@pytest.fixture
def alone(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Opens a page of nothing but the panel, on another article or with other parameters."""
    project = project_in(tmp_path)
    opened = []

    def open_alone(**values: Any) -> tuple[Page, ReportContext]:
        material = ReportContext(checked(values), project)
        parameters, claims = material.parameters, claims_of(material.parameters)
        write_table(material.run.processed, "claims", claim_rows(claims))
        write_table(material.run.processed, "gaps", gap_rows(claims, parameters))
        scripts = "".join(f"<script>{(TEMPLATES / 'page' / name).read_text('utf-8')}</script>" for name in SCRIPTS)
        style = (TEMPLATES / "page/what-if.css").read_text("utf-8")
        file = tmp_path / "alone.html"
        file.write_text(
            f'<!DOCTYPE html><html lang="{escape(parameters.language)}"><meta charset="utf-8"><title>Panel</title>'
            f"<style>{style}</style><body>{what_if(material)}{scripts}</body></html>",
            encoding="utf-8",
        )
        opened.append(visit(browser, file))
        return opened[-1].page, material

    yield open_alone
    for one in opened:
        one.context.close()
    assert [trouble for one in opened for trouble in one.troubles] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_starts_from_the_report_itself(browser_page: OpenPage, reports: Path, language: str) -> None:
    page = browser_page(language)
    own, shown = table_of(page, "table-gaps"), table_of(page)
    assert [squeezed(row) for row in shown] == [squeezed(row) for row in own]
    # The facts of the base growth, in the words of the language.
    wording = ReportContext(checked({"language": language})).wording
    facts = read_facts(reports.parent / "data/processed/facts.json")
    base = {row[0][0]: squeezed(row) for row in reversed(shown)}
    for name, row in zip(("2018", "2020"), reversed(base.values()), strict=True):
        told = {
            what: facts[what.replace("#", name)] for what in ("projected_#", "gap_#", "gap_#_relative", "arrival_#")
        }
        words = [" ".join(wording.known(fact.estimate, fact.unit).split()) for fact in told.values()]
        assert [row[2][0], row[3][0], row[3][-1], row[4][0]] == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_works_out_what_a_run_works_out(browser_page: OpenPage, language: str) -> None:
    page, material = browser_page(language), ReportContext(checked({"language": language}))
    for rate, rounding, base, years in GRID:
        values = settings(rate, rounding, base, years)
        typed = rate if language == "en" or rate is None else rate.replace(".", ",")
        agrees(page, material, values, [typed, rounding, base, years])
        found = page.locator("#what-if-command").inner_text()
        assert given(found)[1] == checked({"language": language, **DRAWN, **values}), found


def test_every_two_assumptions_go_together() -> None:
    kinds = (RATES, WAYS, BASES, YEARS)
    for one, other in itertools.combinations(range(len(kinds)), 2):
        assert {(row[one], row[other]) for row in GRID} == set(itertools.product(kinds[one], kinds[other]))


def test_it_works_out_every_combination(alone: Any) -> None:
    page, material = alone()
    for rate, rounding, base, years in GRID:
        agrees(page, material, settings(rate, rounding, base, years), [rate, rounding, base, years])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_works_out_other_articles_as_well(alone: Any, tmp_path: Path, language: str) -> None:
    page, material = alone(language=language, **written(tmp_path, BOUNDS, BOUND_CLAIMS))
    years = (None, ("2023", "2019", "2030"), ("2018", "2021", "2022"), ("2017", "2021", "2022"))
    for rate, rounding, base, due in list(itertools.product(RATES[:8], WAYS, (None, "2012"), years))[::5]:
        typed = rate if language == "en" or rate is None else rate.replace(".", ",")
        agrees(page, material, settings(rate, rounding, base, due), [typed, rounding, base, due])


def fall_of(folder: Path, percent: str) -> dict[str, str]:
    """Write an article on a level that falls by some percent, and a target for it; return them as parameters."""
    text = f"Eksport 2017-yilda 1 million tonna edi. Eksport 2016-yilga nisbatan {percent} foizga kamaydi.\n"
    text += "Eksportni 2021-yilda 3 million tonnaga yetkazish maqsad qilindi."
    level, fall, target = (claim for claim in BOUND_CLAIMS if claim[2] == "export")
    level = (*level[:6], "Eksport 2017-yilda 1 million tonna")
    fall = (*fall[:4], "-0.99", "2017", f"Eksport 2016-yilga nisbatan {percent} foizga")
    return written(folder, text, [level, fall, target])


def test_an_end_that_is_not_reached_bounds_nothing(alone: Any, tmp_path: Path) -> None:
    page, material = alone(**fall_of(tmp_path, "99"))
    for way in WAYS:
        agrees(page, material, {"rounding": way}, [None, way, None, None])


def test_what_has_no_meaning_under_a_way_of_rounding_is_said_beside_it(alone: Any, tmp_path: Path) -> None:
    # A fall by all there is leaves nothing to project from; the report itself was made with growth of its own.
    page, material = alone(base_growth=0.1, **fall_of(tmp_path, "98–100"))
    for way in ("half-unit", "exact", "floor"):
        agrees(page, material, {"rounding": way, "base_growth": "stated"}, [None, way, None, None])
        assert assume(page, [None, way, None, None])["wrong"] == ["rounding"]
    expect(page.locator("#what-if-rounding-error")).to_have_text(Wording("en").say("what_if.nothing_left"))


def test_measures_have_targets_of_their_own(alone: Any) -> None:
    page, material = alone(**SEVERAL)
    for rate, rounding, base in list(itertools.product(RATES, WAYS, (None, "2015")))[::3]:
        agrees(page, material, settings(rate, rounding, base, None), [rate, rounding, base, None])
    assert page.locator("#what-if-drawing > svg").count() == 2
    variables, _ = given(page.locator("#what-if-command").inner_text())
    assert (variables["ARTICLE"], variables["CLAIMS"]) == (SEVERAL["article"], SEVERAL["claims"])


def test_a_run_with_parameters_of_its_own_starts_from_them(alone: Any) -> None:
    own = {"base_growth": 0.123456789, "base_year": 2016, "target_years": (2019, 2022), "rounding": "floor"}
    page, material = alone(**own, scenario_rates=(0.05,))
    assert [squeezed(row[1:]) for row in table_of(page)] == [
        squeezed(row) for row in expected(material, material.parameters)
    ]
    assert page.locator("#what-if-rate").input_value() == "12.3456789"
    assert given(page.locator("#what-if-command").inner_text())[1] == material.parameters
    # What a reader sets back to a run without settings is set in the command.
    assume(page, [None, "half-unit", "2017", ("2018", "2020")])
    variables, parameters = given(page.locator("#what-if-command").inner_text())
    assert parameters == checked({"scenario_rates": (0.05,)})
    for name in ("base_growth=stated", "base_year=stated", "target_years=stated", "rounding=half-unit"):
        assert name in variables["SET"].split()


def test_far_off_arrivals_are_found_soon_enough(panel: Page) -> None:
    found = assume(panel, ["0.0001", "exact", None, None])
    assert found["rows"][0][4][0] == "407483"
    assert assume(panel, ["0", "exact", None, None])["rows"][0][4] == [Wording("en").say("number.never")]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(
            ("rate", text)
            for text in ("", "x", "-100", "-100.5", "1000.1", "1e3", "31.23456", "3,1", "--5", "Infinity")
        ),
        *(("base", text) for text in ("17", "1899", "2201", "20 17", "2016.5", "2018", "2100")),
        *(("due-0", text) for text in ("", "soon", "2201", "2017", "2020", "٢٠١٩")),
    ],
)
def test_what_no_run_would_take_is_refused_beside_its_field(panel: Page, field: str, text: str) -> None:
    before = panel.locator("#what-if-panel :is(#what-if-drawing, table)").evaluate_all(
        "all => all.map(e => e.outerHTML)"
    )
    command = panel.locator("#what-if-command").inner_text()
    entry, error = panel.locator(f"#what-if-{field}"), panel.locator(f"#what-if-{field}-error")
    entry.fill(text)
    # While it is typed, nothing is held against it.
    expect(error).to_be_empty()
    entry.press("Enter")
    expect(error).not_to_be_empty()
    expect(entry).to_have_attribute("aria-invalid", "true")
    assert f"what-if-{field}-error" in str(entry.get_attribute("aria-describedby")).split()
    assert panel.locator("#what-if-panel [aria-invalid]").count() == 1
    expect(panel.locator("#what-if-said")).to_have_text(Wording("en").say("what_if.refused"))
    after = panel.locator("#what-if-panel :is(#what-if-drawing, table)").evaluate_all(
        "all => all.map(e => e.outerHTML)"
    )
    assert (after, panel.locator("#what-if-command").inner_text()) == (before, command)
    # Mended, the mark is gone at once.
    entry.fill({"rate": "12", "base": "2015", "due-0": "2019"}[field])
    expect(error).to_be_empty()
    expect(entry).not_to_have_attribute("aria-invalid", "true")
    assert table_of(panel) != []


def test_everything_that_is_wrong_is_marked_at_once(panel: Page) -> None:
    for field, text in (("rate", "much"), ("due-0", "2017"), ("due-1", "2017")):
        panel.locator(f"#what-if-{field}").fill(text)
    panel.locator("#what-if-due-1").press("Enter")
    marked = panel.locator("#what-if-panel [aria-invalid=true]").evaluate_all("all => all.map(field => field.id)")
    assert marked == ["what-if-rate", "what-if-due-0", "what-if-due-1"]


def test_of_two_targets_in_one_year_the_one_that_was_moved_is_marked(panel: Page) -> None:
    twice = Wording("en").say("what_if.due.twice", year=2020)
    for moved, year, other in (("due-0", "2020", "due-1"), ("due-1", "2018", "due-0")):
        panel.locator(f"#what-if-{moved}").fill(year)
        panel.locator(f"#what-if-{moved}").press("Enter")
        expect(panel.locator(f"#what-if-{moved}-error")).to_have_text(twice.replace("2020", year))
        expect(panel.locator(f"#what-if-{other}-error")).to_be_empty()
        panel.locator("#what-if-reset").click()


def test_a_rate_is_read_as_people_write_it(panel: Page, browser_page: OpenPage) -> None:
    for text, rate in ((" 25 ", "0.25"), ("+25%", "0.25"), ("\u22125.5", "-0.055"), ("1 000", "10"), ("007", "0.07")):
        panel.locator("#what-if-rate").fill(text)
        assert f"base_growth={rate}" in panel.locator("#what-if-command").inner_text()
    russian = browser_page("ru")
    for text in ("31,25", "31.25", "31,25\u00a0%"):
        russian.locator("#what-if-rate").fill(text)
        assert "base_growth=0.3125" in russian.locator("#what-if-command").inner_text()


def test_reset_brings_the_report_back(panel: Page) -> None:
    before = [table_of(panel), panel.locator("#what-if-command").inner_text()]
    panel.locator("#what-if-rate").fill("12")
    panel.locator("#what-if-rounding").select_option("floor")
    panel.locator("#what-if-base").fill("2010")
    panel.locator("#what-if-due-1").fill("never")
    panel.locator("#what-if-due-1").press("Enter")
    panel.locator("#what-if-reset").click()
    assert [table_of(panel), panel.locator("#what-if-command").inner_text()] == before
    assert panel.locator("#what-if-panel [aria-invalid]").count() == 0
    expect(panel.locator("#what-if-growth-stated")).to_be_checked()
    expect(panel.locator("#what-if-rate")).to_have_value("31.2")


def test_the_keyboard_is_enough(panel: Page) -> None:
    panel.locator("#what-if-growth-stated").focus()
    keys = panel.keyboard
    keys.press("ArrowDown")
    expect(panel.locator("#what-if-growth-own")).to_be_checked()
    keys.press("Tab")
    keys.press("Control+A")
    keys.type("25")
    keys.press("Tab")
    keys.press("Control+A")
    keys.type("2019")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Control+A")
    keys.type("2016")
    keys.press("Tab")
    keys.press("ArrowDown")
    _, parameters = given(panel.locator("#what-if-command").inner_text())
    assert parameters == checked(
        {**DRAWN, "base_growth": 0.25, "target_years": [2019, 2020], "base_year": 2016, "rounding": WAYS[1]}
    )
    keys.press("Tab")
    expect(panel.locator("#what-if-reset")).to_be_focused()
    keys.press("Enter")
    assert given(panel.locator("#what-if-command").inner_text())[1] == checked(DRAWN)


def test_what_changed_is_said_aloud(panel: Page) -> None:
    said = panel.locator("#what-if-said")
    expect(said).to_have_attribute("aria-live", "polite")
    panel.locator("#what-if-rate").fill("50")
    expect(said).to_contain_text("$3.00\u00a0billion")
    label = panel.locator("#what-if-drawing > svg").get_attribute("aria-label")
    assert "growth of 50% a year leads to $3.00\u00a0billion" in str(label)


def test_the_command_can_be_copied(panel: Page) -> None:
    panel.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.locator("#what-if-rate").fill("25")
    panel.locator("#what-if-copy").click()
    expect(panel.locator("#what-if-copied")).to_have_text(Wording("en").say("what_if.command.copied"))
    assert panel.evaluate("navigator.clipboard.readText()") == (
        'make report SET="figure_formats=[svg] base_growth=0.25" RUN=what-if'
    )


def test_where_copying_is_not_allowed_the_command_is_marked(panel: Page) -> None:
    panel.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    panel.locator("#what-if-copy").click()
    expect(panel.locator("#what-if-copied")).to_have_text(Wording("en").say("what_if.command.marked"))
    assert panel.evaluate("getSelection().toString()") == panel.locator("#what-if-command").inner_text()


@pytest.mark.parametrize("width", [PHONE, 768, DESKTOP])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_stands_on_another(browser_page: OpenPage, language: str, width: int) -> None:
    page = browser_page(language, width=width)
    for rate, years in itertools.product((None, "10", "-50", "0", "1000"), (None, ("2018", "2019"), ("2029", "2060"))):
        assume(page, [rate, "half-unit", None, years])
        assert page.evaluate(COLLIDING) == [], (rate, years)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_figure_is_drawn_for_the_room_there_is(panel: Page) -> None:
    picture = panel.locator("#what-if-drawing > svg")
    for width in (DESKTOP, PHONE, 768):
        panel.set_viewport_size({"width": width, "height": 800})
        room = panel.locator("#what-if-drawing").evaluate("element => element.clientWidth")
        expect(picture).to_have_attribute("width", str(room))


def test_nothing_of_the_panel_shows_without_its_script(browser_page: OpenPage) -> None:
    page = browser_page("en", script=False)
    expect(page.locator("#what-if-panel")).to_be_hidden()
    assert not re.search(r"What if", page.locator("main").inner_text())
