"""Claims reviewed on the page: by keys alone, each change saved, what is wrong said where it can be mended."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from yaml import safe_load

from browser.pages import LANGUAGES, NODE_MODULES
from dalil.review.server import Review
from dalil.wording.catalogue import Wording
from drafted import drafted


@pytest.fixture(params=["en"])
def review(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Review]:
    with Review(drafted(tmp_path), Wording(request.param)) as served:
        thread = threading.Thread(target=served.serve)
        thread.start()
        yield served
        served.done = True
        thread.join(timeout=30)


@pytest.fixture
def page(browser: Browser, review: Review) -> Iterator[Page]:
    """The page, which asks for nothing from elsewhere and meets no error."""
    context = browser.new_context()
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("request", lambda asked: troubles.extend([asked.url] * (not asked.url.startswith(review.address))))
    opened.goto(review.address)
    expect(opened.locator(".claim").first).to_be_visible()
    yield opened
    context.close()
    assert [trouble for trouble in troubles if not trouble.endswith("/favicon.ico")] == []


def written(review: Review) -> dict[str, dict[str, object]]:
    entries = safe_load(review.document.path.read_text(encoding="utf-8"))["claims"]
    return {entry["id"]: entry for entry in entries}


def test_claims_are_accepted_mended_rejected_renamed_and_taken_back_by_keys(page: Page, review: Review) -> None:
    keys = page.keyboard
    expect(page.locator(".sentence")).to_have_count(4)
    expect(page.locator("#claim-claim_001")).to_be_focused()
    keys.press("a")
    expect(page.locator("#claim-claim_002")).to_be_focused()
    assert written(review)["claim_001"]["reviewed"] is True
    keys.press("r")
    expect(page.locator("#claim-claim_003")).to_be_focused()
    assert written(review)["claim_002"]["kind"] == "none"
    keys.press("u")
    expect(page.locator("#claim-claim_002 .open")).to_be_visible()
    assert written(review)["claim_002"]["kind"] == "level"
    # What does not fit is said, what was typed stays, and a word why makes it a person's reading.
    expect(page.locator("#claim-claim_002")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("e")
    page.get_by_label("Value", exact=True).fill("31")
    keys.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("value is 31 in the file, 30 in the text")
    expect(page.get_by_label("Value", exact=True)).to_have_value("31")
    page.get_by_label("Why you read it otherwise").fill("one was opened since")
    keys.press("Enter")
    expect(page.locator("form")).to_have_count(0)
    expect(page.locator("#claim-claim_003")).to_contain_text("read by a person: one was opened since")
    assert (written(review)["claim_003"]["value"], written(review)["claim_003"]["read_by"]) == ("31", "person")
    keys.press("m")
    page.get_by_label("New name of the measure").fill("money for schools")
    keys.press("Enter")
    expect(page.locator("form")).to_have_count(0)
    assert "money for schools" in [entry["measure"] for entry in written(review).values()]


def test_escape_leaves_a_form_and_changes_nothing(page: Page, review: Review) -> None:
    before = written(review)
    page.keyboard.press("e")
    page.get_by_label("Value", exact=True).fill("1")
    page.keyboard.press("Escape")
    expect(page.locator("form")).to_have_count(0)
    expect(page.locator("#claim-claim_001")).to_be_focused()
    assert written(review) == before


def test_a_claim_is_split_in_two(page: Page, review: Review) -> None:
    page.keyboard.press("s")
    page.get_by_label("Value", exact=True).fill("0.84")
    page.get_by_label("Why you read it otherwise").fill("the rest")
    page.keyboard.press("Enter")
    expect(page.locator("#claim-claim_001_2")).to_be_visible()
    assert written(review)["claim_001_2"]["value"] == "0.84"


def test_done_ends_the_review(page: Page, review: Review) -> None:
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("The review is saved")).to_be_visible()
    for _ in range(20):
        page.wait_for_timeout(50)
        if review.done:
            break
    assert review.done


@pytest.mark.parametrize("review", LANGUAGES, indirect=True)
def test_the_page_is_accessible(page: Page) -> None:
    page.keyboard.press("e")
    expect(page.locator("form")).to_be_visible()
    page.evaluate((NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations.map(one => [one.id, one.nodes[0].html])")
    assert found == []
