"""One browser a session, and the report in every language to open in it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from browser.pages import DESKTOP, Scheme, Visit, launched, visit
from conftest import copy_project

# Ready-built pages to use instead, while working on a page or a test: DALIL_REPORTS=report make test-browser
_READY = "DALIL_REPORTS"
_PATIENCE = 1200


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
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the report in every language; one worker makes it, and all use it."""
    if ready := os.environ.get(_READY):
        return Path(ready).resolve()
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "reports"

    def make() -> None:
        copy_project(shared / "project").run("make", "report-all")

    _once(shared, make)
    return shared / "project" / "report"


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


def _once(folder: Path, make: Callable[[], None]) -> None:
    """Have the first of several processes make what goes into a folder, while the others wait for it."""
    done, failed = folder / "done", folder / "failed"
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        for _ in range(_PATIENCE):
            if done.exists() or failed.exists():
                break
            time.sleep(1)
        assert done.exists(), "Another worker could not make the report; its own message says why."
        return
    try:
        make()
    except BaseException:
        failed.touch()
        raise
    done.touch()
