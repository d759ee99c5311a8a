"""One browser a session, and the report in every language to open in it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from browser.pages import DESKTOP, Scheme, Visit, launched, visit
from conftest import copy_project, once

# Ready-built pages to use instead, while working on a page or a test: DALIL_REPORTS=report make test-browser
_READY = "DALIL_REPORTS"


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
def reports(shared: Path) -> Path:
    """The folder with the report in every language; one worker makes it, and all use it."""
    if ready := os.environ.get(_READY):
        return Path(ready).resolve()
    folder = shared / "reports"

    def make() -> None:
        copy_project(folder / "project").run("make", "report-all")

    once(folder, make)
    return folder / "project" / "report"


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
