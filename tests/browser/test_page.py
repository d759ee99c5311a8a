"""What the page's script does: cards, the way back, sorting, downloads; and that the page is whole without it."""

import csv
import io
import json
import re
from base64 import b64encode
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import OpenPage
from browser.pages import DESKTOP, LANGUAGES, PHONE

FACT = "trade_2016_implied"
CLAIM, OTHER_CLAIM = "trade_2017", "trade_growth_2017"

# Whether an element is in view, with nothing in front of its middle.
IN_VIEW = """element => [...element.getClientRects()].some(box => {
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return there !== null && (element.contains(there) || there.contains(element));
})"""
FOCUSED = "() => document.activeElement.id || document.activeElement.getAttribute('href')"


def card(page: Page) -> Locator:
    return page.locator("#card")


def in_prose(page: Page, fact: str = FACT) -> Locator:
    """The first link to a fact in the report's sentences."""
    return page.locator(f'main :is(p, li) > a.fact[href="#fact-{fact}"]').first


def shown_at(page: Page, link: Locator) -> Locator:
    """Bring a link to the middle of the window, at once."""
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    link.evaluate("element => element.scrollIntoView({block: 'center'})")
    return link


def words(page: Page) -> dict[str, str]:
    """The script's words in the page's language."""
    text = page.locator("#page-words").text_content() or "{}"
    return {str(key): str(value) for key, value in json.loads(text).items()}


def unfolded(page: Page) -> Page:
    """The page with everything open that is folded away."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    return page


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_says_what_it_is_its_value_formula_and_sources(browser_page: OpenPage, language: str) -> None:
    page = browser_page(language)
    row = page.locator(f"tr:has(#fact-{FACT})")
    shown_at(page, in_prose(page)).hover()
    expect(card(page)).to_be_visible()
    assert squeezed(page.locator("#card-title").text_content()) == squeezed(row.locator("th").text_content())
    assert FACT not in squeezed(card(page).text_content())
    for cell in row.locator("td").all():
        if squeezed(cell.text_content()) != "–":
            assert squeezed(cell.text_content()) in squeezed(card(page).text_content())
    for claim in (CLAIM, OTHER_CLAIM):
        assert page.locator(f'#card a[href="#claim-{claim}"]').count() == 1
    assert card(page).get_attribute("lang") == page.locator("html").get_attribute("lang") == language
    assert page.locator(f'#card a[href="#fact-{FACT}"]').count() == 1


def test_a_number_of_the_record_leads_to_its_source_on_the_web(browser_page: OpenPage) -> None:
    page = browser_page()
    shown_at(page, in_prose(page, "trade_growth_2017_uz")).hover()
    assert re.match("https?://", page.locator("#card a.source").first.get_attribute("href") or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_shows_its_row_and_leads_to_its_sentence(browser_page: OpenPage, language: str) -> None:
    page = browser_page(language)
    row = page.locator(f"tr:has(#claim-{CLAIM})")
    shown_at(page, page.locator(f'main p a.claim[href="#claim-{CLAIM}"]').first).hover()
    expect(card(page)).to_be_visible()
    assert squeezed(page.locator("#card-title").text_content()) == squeezed(row.locator("th").text_content())
    for cell in row.locator("td").all():
        assert squeezed(cell.text_content()) in squeezed(card(page).text_content())
    place = page.locator("#card .card-ways a").nth(1)
    assert place.get_attribute("href") == f"#sentence-{CLAIM}"
    assert page.locator(f"tr:has(#sentence-{CLAIM}) .quote").get_attribute("lang") == "uz"


def test_every_link_with_a_card_can_show_it_and_has_no_second_hint(browser_page: OpenPage) -> None:
    page = browser_page()
    assert page.locator(":is(a.fact, a.claim, a.source, a.reason)[title]").count() == 0
    empty = page.evaluate(
        """() => [...document.querySelectorAll("a.fact, a.claim, a.source, a.reason")].filter(link => {
          if (!link.checkVisibility() || link.closest(".what-if, svg")) return false;
          link.focus();
          const card = document.getElementById("card");
          return card?.previousElementSibling !== link || card.textContent.length < 10;
        }).map(link => link.outerHTML)"""
    )
    assert empty == []


def test_a_card_stays_while_it_is_hovered_and_goes_when_it_is_not(browser_page: OpenPage) -> None:
    page = browser_page()
    link = shown_at(page, in_prose(page))
    link.hover()
    expect(card(page)).to_be_visible()
    card(page).hover()
    page.wait_for_timeout(600)
    expect(card(page)).to_be_visible()
    page.mouse.move(2, 2)
    expect(card(page)).to_have_count(0)


def test_escape_closes_a_card_that_is_hovered_until_it_is_hovered_again(browser_page: OpenPage) -> None:
    page = browser_page()
    link = shown_at(page, in_prose(page))
    link.hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.wait_for_timeout(300)
    expect(card(page)).to_have_count(0)
    page.mouse.move(2, 2)
    link.hover()
    expect(card(page)).to_be_visible()


def test_escape_gives_the_focus_back(browser_page: OpenPage) -> None:
    page = browser_page()
    shown_at(page, in_prose(page)).focus()
    expect(card(page)).to_be_visible()
    assert in_prose(page).get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('card').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    assert page.evaluate(FOCUSED) == f"#fact-{FACT}"
    assert in_prose(page).get_attribute("aria-expanded") is None


def test_the_keyboard_goes_through_a_card_and_on(browser_page: OpenPage) -> None:
    page = browser_page()
    shown_at(page, in_prose(page)).focus()
    stops = page.locator("#card a, #card button").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('card').contains(document.activeElement)")
        assert page.evaluate(f"({IN_VIEW})(document.activeElement)")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.getElementById('card')?.contains(document.activeElement) ?? false")
    assert page.evaluate(f"({IN_VIEW})(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == f"#fact-{FACT}"


def test_in_a_table_the_keyboard_goes_from_link_to_link(browser_page: OpenPage) -> None:
    page = browser_page()
    first, second = (page.locator(f"tr:has(#claim-{OTHER_CLAIM}) a.source").nth(n) for n in (0, 1))
    shown_at(page, first).focus()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == second.get_attribute("href")
    assert page.locator("#card-title").text_content() == page.locator(second.get_attribute("href") or "").text_content()


def test_the_way_from_a_number_to_its_sentence_and_back_by_keyboard_alone(browser_page: OpenPage) -> None:
    page = browser_page()
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")

    def tab_to(target: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == target:
                return
        raise AssertionError(f"the Tab key does not reach {target}")

    def follow(target: str) -> None:
        tab_to(target)
        page.keyboard.press("Enter")
        page.wait_for_function("id => document.activeElement.id === id", arg=target[1:])
        assert page.evaluate(f"({IN_VIEW})(document.activeElement)")
        assert page.evaluate("document.activeElement.matches(':target')")

    in_prose(page).focus()  # the number …
    page.keyboard.press("Enter")  # … its formula …
    page.wait_for_function("id => document.activeElement.id === id", arg=f"fact-{FACT}")
    follow(f"#claim-{CLAIM}")  # … a claim in it …
    follow(f"#sentence-{CLAIM}")  # … its sentence …
    follow(f"#claim-{CLAIM}")  # … and the claim again


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_cards_are_inside_the_window_and_do_not_cover_their_line(browser_page: OpenPage, width: int) -> None:
    page = browser_page(width=width)
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    wrong = page.evaluate(
        """() => [...document.querySelectorAll("main a.fact, main a.claim, main a.reason")].filter((link, n) => {
          if (n % 5 || !link.checkVisibility() || link.closest(".what-if, svg")) return false;
          link.scrollIntoView({block: ["start", "center", "end"][n % 3]});
          link.focus({preventScroll: true});
          const box = document.getElementById("card").getBoundingClientRect();
          const inside = box.left >= 0 && box.right <= document.documentElement.clientWidth
            && box.top >= -1 && box.bottom <= innerHeight + 1;
          const over = [...link.getClientRects()].some(part => box.left < part.right && part.left < box.right
            && box.top < part.bottom && part.top < box.bottom);
          return !inside || over;
        }).map(link => link.outerHTML)"""
    )
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_first_tap_shows_the_card_and_the_second_goes_on(browser_page: OpenPage) -> None:
    page = browser_page(width=PHONE, touch=True)
    link = shown_at(page, in_prose(page))
    before = page.url
    link.tap()
    expect(card(page)).to_be_visible()
    assert page.url == before
    page.locator("h1").dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    expect(card(page)).to_have_count(0)
    link.tap()
    link.tap()
    expect(page).to_have_url(re.compile(f"#fact-{FACT}$"))
    assert page.evaluate(FOCUSED) == f"fact-{FACT}"


def test_the_way_back_leads_to_where_one_was(browser_page: OpenPage) -> None:
    page = browser_page()
    link = shown_at(page, in_prose(page))
    place = page.evaluate("scrollY")
    link.click()
    back = page.locator(f"tr:has(#fact-{FACT}) button.back")
    expect(back).to_be_visible()
    assert back.text_content() == words(page)["back"]
    back.click()
    page.wait_for_function("() => document.activeElement.matches('a.fact')")
    assert page.evaluate(FOCUSED) == f"#fact-{FACT}"
    assert abs(page.evaluate("scrollY") - place) < 50
    expect(card(page)).to_have_count(0)
    assert page.locator("button.back").count() == 0


def test_the_browsers_own_way_back_does_the_same(browser_page: OpenPage) -> None:
    page = browser_page()
    shown_at(page, in_prose(page)).click()
    expect(page).to_have_url(re.compile(f"#fact-{FACT}$"))
    page.go_back()
    page.wait_for_function("() => document.activeElement.matches('a.fact')")
    assert page.evaluate(f"({IN_VIEW})(document.activeElement)")


def test_the_row_a_link_leads_to_stands_out(browser_page: OpenPage) -> None:
    page = browser_page()
    row = page.locator(f"tr:has(#fact-{FACT})")
    before = row.evaluate("row => getComputedStyle(row).backgroundColor")
    shown_at(page, in_prose(page)).click()
    page.mouse.move(2, 2)
    assert row.evaluate("row => getComputedStyle(row).backgroundColor") != before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_is_sorted_up_down_and_as_set(browser_page: OpenPage, language: str) -> None:
    page = unfolded(browser_page(language))
    head = page.locator("#table-facts thead th").nth(1)
    as_set = page.locator("#table-facts tbody th").all_inner_texts()
    numbers = (
        "() => [...document.querySelectorAll('#table-facts tbody tr')].map(row => row.cells[1].dataset.value ?? null)"
    )
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    found = [float(number) for number in page.evaluate(numbers) if number is not None]
    assert found == sorted(found)
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    everything = page.evaluate(numbers)
    found = [float(number) for number in everything if number is not None]
    assert found == sorted(found, reverse=True)
    # What has no number stands last both ways.
    assert None not in everything[: len(found)]
    head.locator("button").press("Space")
    assert head.get_attribute("aria-sort") is None
    assert page.locator("#table-facts tbody th").all_inner_texts() == as_set


def test_words_are_sorted_as_their_language_has_them(browser_page: OpenPage) -> None:
    page = unfolded(browser_page("ru"))
    page.locator("#table-account thead th button").first.click()
    found = page.evaluate(
        """() => {
          const order = new Intl.Collator("ru", {numeric: true});
          const texts = [...document.querySelectorAll("#table-account tbody th")].map(cell => cell.innerText);
          return texts.every((text, n) => n === 0 || order.compare(texts[n - 1], text) <= 0);
        }"""
    )
    assert found


def test_on_a_phone_a_list_sorts_what_has_no_heads(browser_page: OpenPage) -> None:
    page = unfolded(browser_page(width=PHONE))
    choice = page.locator(".sort-list:has(+ .wide #table-facts) select")
    expect(choice).to_be_visible()
    expect(page.locator("#table-facts thead")).to_be_hidden()
    first = page.locator("#table-facts tbody th").first
    before = first.inner_text()
    choice.select_option(index=4)
    assert page.locator("#table-facts thead th").nth(1).get_attribute("aria-sort") == "descending"
    assert first.inner_text() != before
    choice.select_option(index=0)
    assert first.inner_text() == before


def download(page: Page, pressed: Locator, folder: Path) -> Path:
    """Press a button and keep the file it gives."""
    with page.expect_download() as waiting:
        pressed.click()
    file: Path = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_downloaded_as_it_is_shown(browser_page: OpenPage, tmp_path: Path, language: str) -> None:
    page = browser_page(language)
    page.locator("#table-claims thead th button").nth(2).click()
    file = download(page, page.locator(".wide:has(#table-claims) + .tools button"), tmp_path)
    assert file.name == "report-claims.csv"
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    shown = page.evaluate(
        """() => [...document.querySelectorAll("#table-claims tr")].map(row =>
          [...row.cells].map(cell => cell.innerText))"""
    )
    assert [[cell.split() for cell in row] for row in found] == [[cell.split() for cell in row] for row in shown]
    # A line of a cell stays one.
    assert any("\n" in cell for row in found for cell in row)


def test_every_longer_table_has_its_tools(browser_page: OpenPage) -> None:
    page = unfolded(browser_page())
    for table in page.locator("main table[id]").all():
        if table.evaluate("table => table.closest('.what-if') !== null"):
            continue
        rows = table.locator("tbody tr").count()
        tools = page.locator(f".wide:has(#{table.get_attribute('id')}) + .tools button")
        assert tools.count() == (1 if rows >= 9 else 0)
        assert table.locator("thead th button").count() == (table.locator("thead th").count() if rows >= 9 else 0)


def test_a_figure_is_downloaded_as_a_drawing_that_stands_alone(browser_page: OpenPage, tmp_path: Path) -> None:
    page = browser_page(scheme="dark")
    figure = page.locator("main figure[id]:has(+ .tools)").first
    name = (figure.get_attribute("id") or "").removeprefix("figure-")
    tools = page.locator(f"#figure-{name} + .tools button")
    file = download(page, tools.filter(has_text="SVG"), tmp_path)
    assert file.name == f"{name}.svg"
    drawing = file.read_text(encoding="utf-8")
    root = ElementTree.fromstring(drawing)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in drawing
    assert "@font-face" in drawing
    assert not re.search(r"""(?:href|src)=["']?https?:|url\(["']?https?:""", drawing)
    texts = figure.locator("svg:visible text").all_text_contents()
    assert [t.text for t in root.iter("{http://www.w3.org/2000/svg}text") if t.text] == [t for t in texts if t]
    other = page.context.new_page()
    other.goto(file.as_uri())
    other.evaluate("document.fonts.ready.then(() => null)")
    assert other.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
    assert other.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_figure_is_downloaded_as_pixels(browser_page: OpenPage, tmp_path: Path) -> None:
    page = browser_page(scheme="dark")
    figure = page.locator("main figure[id]:has(+ .tools)").first
    name = (figure.get_attribute("id") or "").removeprefix("figure-")
    file = download(page, page.locator(f"#figure-{name} + .tools button", has_text="PNG"), tmp_path)
    data = file.read_bytes()
    assert file.name == f"{name}.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    box = figure.locator("svg:visible").evaluate("svg => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]")
    # Width and height stand after the name of the first chunk.
    assert [int.from_bytes(data[start : start + 4]) for start in (16, 20)] == [round(3 * side) for side in box]
    # Drawn by day, whatever the reader's system prefers: its first pixel is white.
    pixel = page.evaluate(
        """async address => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const context = new OffscreenCanvas(1, 1).getContext("2d");
          context.drawImage(image, 0, 0);
          return [...context.getImageData(0, 0, 1, 1).data];
        }""",
        f"data:image/png;base64,{b64encode(data).decode()}",
    )
    assert pixel == [255, 255, 255, 255]


def test_the_data_of_a_figure_is_offered_as_it_is_on_disk(browser_page: OpenPage, tmp_path: Path) -> None:
    page = browser_page()
    sources = page.evaluate(
        """() => [...document.querySelectorAll('script[data-figure]')]
          .map(script => [script.dataset.figure, script.dataset.file])"""
    )
    assert len(sources) > 0
    # A browser asks before it keeps a dozen files from one page, so all but one are looked at where they are made.
    page.evaluate(
        """() => {
          globalThis.given = [];
          const make = URL.createObjectURL;
          URL.createObjectURL = blob => (globalThis.given.push(blob), make(blob));
          globalThis.click = HTMLAnchorElement.prototype.click;
          HTMLAnchorElement.prototype.click = function () { globalThis.named = this.download; };
        }"""
    )
    files = {}
    for figure, name in sources:
        page.locator(f"#figure-{figure} + .tools button", has_text=f": {name}").click()
        assert page.evaluate("globalThis.named") == name
        files[name] = page.evaluate("globalThis.given.at(-1).text()")
        rows = list(csv.reader(io.StringIO(files[name], newline=""), strict=True))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
    page.evaluate("() => { HTMLAnchorElement.prototype.click = globalThis.click; }")
    figure, name = sources[0]
    file = download(page, page.locator(f"#figure-{figure} + .tools button", has_text=f": {name}"), tmp_path)
    assert file.name == name
    assert file.read_text(encoding="utf-8") == files[name]


def test_the_page_is_whole_without_its_script(browser_page: OpenPage) -> None:
    page = browser_page(script=False)
    assert page.locator(".card, .tools, .back, .sort, .sort-list").count() == 0
    in_prose(page).click()
    expect(page).to_have_url(re.compile(f"#fact-{FACT}$"))
    expect(page.locator(f"tr:has(#fact-{FACT}:target)")).to_be_in_viewport()
    assert page.locator(f'tr:has(#fact-{FACT}) a[href="#claim-{CLAIM}"]').count() > 0


def test_a_part_that_fails_leaves_the_others_working(browser_page: OpenPage) -> None:
    page = browser_page()
    # A table with a row too few for its heads, a figure without a picture, links that lead nowhere.
    page.evaluate(
        """() => {
          location.hash = "#%E0%A4%A";
          const link = document.createElement("a");
          link.href = "#fact-there-is-none";
          link.className = "fact";
          link.textContent = "nothing";
          document.querySelector("main p").append(link);
          link.focus();
          link.click();
        }"""
    )
    expect(card(page)).to_have_count(0)
    shown_at(page, in_prose(page)).focus()
    expect(card(page)).to_be_visible()
