"""The what-if panel in a browser: it answers what a run with the same assumptions answers, in sentences."""

from fractions import Fraction

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import OpenPage
from browser.pages import LANGUAGES
from dalil.numbers.intervals import exactly
from dalil.wording.catalogue import Wording


@pytest.fixture
def panel(browser_page: OpenPage) -> Page:
    """The page with the panel, in English."""
    return browser_page("en")


def said(page: Page) -> str:
    return str(page.locator("#what-if-said").inner_text())


def write(value: Fraction, unit: str, language: str = "en") -> str:
    return Wording(language).amount(exactly(value), unit, beside=Fraction(3 * 10**9) if unit == "USD" else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_starts_from_the_report_itself(browser_page: OpenPage, language: str) -> None:
    page = browser_page(language)
    assert write(2 * 10**9 * Fraction("1.312"), "USD", language) in said(page)
    assert write(2 * 10**9 * Fraction("1.312") ** 3, "USD", language) in said(page)


@pytest.mark.parametrize(("growth", "projected"), [("50", 3), ("0", 2), ("-50", 1), ("100", 4)])
def test_it_works_out_what_a_run_works_out(panel: Page, growth: str, projected: int) -> None:
    panel.fill("#what-if-growth", growth)
    assert f"leads to {write(Fraction(projected * 10**9), 'USD')} in 2018" in said(panel).replace("\u2212", "-")


def test_an_exact_hit_counts_and_what_does_not_grow_never_arrives(panel: Page) -> None:
    panel.fill("#what-if-growth", "50")
    assert "is reached in 2018." in said(panel)
    panel.fill("#what-if-growth", "0")
    assert "is never reached." in said(panel)


@pytest.mark.parametrize("text", ["31,2", "31.2", " 31,2 % ", "+31.2"])
def test_a_rate_is_read_as_people_write_it(panel: Page, text: str) -> None:
    before = said(panel)
    panel.fill("#what-if-growth", text)
    assert "31.2%" in said(panel)
    assert said(panel).split("leads to")[1][:16] == before.split("leads to")[1][:16]


def test_another_record_another_year_and_other_prices_change_the_answer(panel: Page) -> None:
    before = said(panel)
    panel.select_option("#what-if-start", "UZ")
    assert said(panel) != before
    assert "From $2.06\u00a0billion in 2017" in said(panel)
    panel.fill("#what-if-due-0", "2019")
    assert "in 2019" in said(panel)
    panel.select_option("#what-if-prices", "constant")
    assert "In dollars of 2017, 2020 brought" in said(panel)


def test_people_are_counted_with_a_country_and_without(panel: Page) -> None:
    with_it = said(panel)
    panel.select_option("#what-if-counted", "without")
    assert "with Ukraine" in with_it
    assert "without Ukraine" in said(panel)


@pytest.mark.parametrize(
    ("field", "text"),
    [("growth", "much"), ("growth", "-100"), ("growth", "1001"), ("due-0", "2017"), ("due-0", "soon")],
)
def test_what_no_run_would_take_is_named_beside_its_field(panel: Page, field: str, text: str) -> None:
    panel.fill(f"#what-if-{field}", text)
    expect(panel.locator(f"#what-if-{field}-error")).to_contain_text(f"“{text}”")
    expect(panel.locator(f"#what-if-{field}")).to_have_attribute("aria-invalid", "true")


def test_reset_brings_the_report_back(panel: Page) -> None:
    before = said(panel)
    panel.fill("#what-if-growth", "5")
    panel.click("#what-if-reset")
    assert said(panel) == before


def test_nothing_of_the_panel_shows_without_its_script(browser_page: OpenPage) -> None:
    assert not browser_page("en", script=False).locator("#what-if-panel").is_visible()
