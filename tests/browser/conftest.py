"""One browser a session, and the report in every language to open in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from browser.pages import DESKTOP, Scheme, Visit, launched, visit
from conftest import Project


class OpenPage(Protocol):
    """Opens the report in one language and returns the page."""

    def __call__(
        self,
        language: str = "en",
        *,
        width: int = DESKTOP,
        scheme: Scheme = "light",
        script: bool = True,
        touch: bool = False,
    ) -> Page:
        """Open ``report.LANGUAGE.html``; see `browser.pages.visit`."""


@pytest.fixture(scope="session")
def reports(built_all: Project) -> Path:
    """The folder with the report in every language."""
    return built_all.root / "report"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with launched() as running:
        yield running


@pytest.fixture
def browser_page(browser: Browser, reports: Path) -> Iterator[OpenPage]:
    """Opens pages; the test fails if anything goes wrong in one of them or one asks for something from outside."""
    visits: list[Visit] = []

    def open_page(
        language: str = "en",
        *,
        width: int = DESKTOP,
        scheme: Scheme = "light",
        script: bool = True,
        touch: bool = False,
    ) -> Page:
        file = reports / f"report.{language}.html"
        visits.append(visit(browser, file, width=width, scheme=scheme, script=script, touch=touch))
        return visits[-1].page

    yield open_page
    for one in visits:
        one.context.close()
    troubles = [trouble for one in visits for trouble in one.troubles]
    assert troubles == []
