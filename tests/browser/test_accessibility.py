"""The pages for everyone: the rules of WCAG 2.2 A and AA that a program can check, small screens, keyboard, motion."""

from typing import Any

import pytest
from playwright.sync_api import Page

from browser.conftest import OpenPage
from browser.pages import DESKTOP, LANGUAGES, NODE_MODULES, PHONE, Scheme

AXE = NODE_MODULES / "axe-core/axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# The narrowest screen that text must still fit on: 1280 CSS pixels enlarged four times (WCAG 1.4.10).
NARROWEST = 320

# The spacing a reader may set without losing anything (WCAG 1.4.12).
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""

# What is wider than the screen although no frame scrolls it: the innermost such elements.
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = element => element.closest("svg, .wide, pre") !== null;
  const seen = [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > width + 1 && !scrolls(element);
  });
  return seen.filter(element => !seen.some(other => other !== element && element.contains(other)))
    .map(element => element.outerHTML.slice(0, 160));
}"""

# What hides a part of its text: elements that cut off what does not fit, other than those hidden from view altogether.
CLIPPED = """() => [...document.body.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  if (element.closest("svg") || box.width <= 1 || box.height <= 1 || style.display === "inline") return false;
  const cuts = way => way === "hidden" || way === "clip";
  return (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
    || (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
}).map(element => element.outerHTML.slice(0, 160))"""

# Which elements still move when the reader has asked for no motion.
MOVING = """() => [document.documentElement, ...document.querySelectorAll("*")].filter(element => {
  const lasts = text => text.split(",").some(one => parseFloat(one) * (one.trim().endsWith("ms") ? 1 : 1000) > 1);
  return ["", "::before", "::after"].some(part => {
    const style = getComputedStyle(element, part || null);
    return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration));
  }) || getComputedStyle(element).scrollBehavior === "smooth";
}).map(element => element.outerHTML.slice(0, 160))"""

# What the Tab key must reach, numbered in the order of the page, with what holds it: a table, a figure, a section.
REACHABLE = """() => {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex]";
  const all = [...document.querySelectorAll(wanted)].filter(element =>
    element.tabIndex >= 0 && !element.disabled && element.checkVisibility({visibilityProperty: true})
    // Of a group of radio buttons, the arrow keys reach the rest.
    && !(element.type === "radio" && !element.checked));
  return all.map((element, number) => {
    element.dataset.number = number;
    const holder = element.closest("table, figure, section, nav, form, .article")?.outerHTML.slice(0, 60) ?? "";
    return `${holder} ${element.tagName} ${element.className} ${element.type ?? ""}`;
  });
}"""
FOCUSED_NUMBER = "document.activeElement.dataset.number ?? ''"

# Places that a card may have before the focus goes on behind it.
MOST_IN_A_CARD = 60

# How the focused element shows that it is the one: an outline, in view, with nothing in front of it.
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const boxes = [...element.getClientRects()];
  const open = box => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right <= left || bottom <= top) return false;
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return there !== null && (element.contains(there) || there.contains(element));
  };
  return {
    what: element.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    visible: boxes.some(open),
  };
}"""


def violations(page: Page, inside: str = "html") -> list[str]:
    """What axe finds, one line an element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "([tags, inside]) => axe.run(inside, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        [list(TAGS), inside],
    )
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def open_card(page: Page) -> None:
    """Open the card of the first number of the text."""
    page.locator("main p a.fact").first.focus()
    page.locator("#card").wait_for(timeout=5_000)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser_page: OpenPage, language: str, scheme: Scheme, width: int) -> None:
    assert violations(browser_page(language, scheme=scheme, width=width)) == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_with_a_card_open_and_the_panel_changed(
    browser_page: OpenPage, language: str, scheme: Scheme, width: int
) -> None:
    page = browser_page(language, scheme=scheme, width=width)
    page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
    page.locator("#what-if-growth").fill("much")
    page.keyboard.press("Tab")
    page.locator("#what-if-growth[aria-invalid='true']").wait_for()
    assert violations(page, "#what-if-panel") == []
    page.locator("#what-if-growth").fill("40")
    page.keyboard.press("Tab")
    page.locator("#what-if-growth:not([aria-invalid='true'])").wait_for()
    page.locator("#what-if-rounding").select_option("exact")
    open_card(page)
    assert violations(page) == []


@pytest.mark.parametrize("width", [NARROWEST, PHONE, 768])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_fits_a_narrow_screen(browser_page: OpenPage, language: str, width: int) -> None:
    page = browser_page(language, width=width)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.mark.parametrize("width", [DESKTOP, NARROWEST])
@pytest.mark.parametrize("language", LANGUAGES)
def test_wider_spacing_of_text_hides_nothing(browser_page: OpenPage, language: str, width: int) -> None:
    page = browser_page(language, width=width)
    page.add_style_tag(content=SPACED)
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(OUTSIDE) == []


def test_nothing_moves_where_the_reader_wants_no_motion(browser_page: OpenPage) -> None:
    page = browser_page()
    page.emulate_media(reduced_motion="reduce")
    open_card(page)
    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_keyboard_reaches_everything(browser_page: OpenPage, width: int) -> None:
    page = browser_page(width=width)
    assert page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
    kinds: list[str] = page.evaluate(REACHABLE)
    # Of each kind in each table, figure and section the first and the last; what is between them is no different.
    first = {kind: number for number, kind in reversed(list(enumerate(kinds)))}
    last = {kind: number for number, kind in enumerate(kinds)}
    chosen = sorted({*first.values(), *last.values()} - {0})
    assert len(chosen) > 30
    for number in chosen:
        page.locator(f"[data-number='{number - 1}']").focus()
        for _ in range(MOST_IN_A_CARD):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED_NUMBER) == str(number):
                break
        else:
            missed = page.locator(f"[data-number='{number}']").evaluate("element => element.outerHTML")
            pytest.fail(f"Tab does not reach {missed}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_one_sees_where_the_focus_is(browser_page: OpenPage, width: int, scheme: Scheme) -> None:
    page = browser_page(width=width, scheme=scheme)
    # So that the page is where it scrolls to, at once.
    page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
    for _ in range(150):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUS)
        assert told["outlined"], told["what"]
        assert told["visible"], told["what"]
