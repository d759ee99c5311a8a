"""Opening pages in Chromium, and what went wrong in them: shared by tests, screenshots and timings."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

LANGUAGES = ("en", "uz", "uz-Cyrl", "ru")

# What npm installed: the rules of accessibility and of HTML.
NODE_MODULES = Path(__file__).parent / "node_modules"

# A desktop screen and a phone; what is wider than high on the one is the other way round on the other.
DESKTOP, PHONE = 1440, 360
_HEIGHT = {True: 900, False: 740}

Scheme = Literal["light", "dark"]

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_ARGUMENTS = ("--disable-gpu", "--disable-background-networking", "--font-render-hinting=none")


def chromium() -> str:
    """Return the program of a Chromium that is installed: the one that CHROMIUM names, or the first on the path.

    Raises
    ------
    FileNotFoundError
        There is none; says how to get one.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise FileNotFoundError(f"CHROMIUM names {named}, which is no program.")
    if found := next((found for name in _PROGRAMS if (found := shutil.which(name))), None):
        return found
    raise FileNotFoundError(
        f"No browser was found on the path; looked for {', '.join(_PROGRAMS)}. Install one (on Debian: apt-get install "
        "chromium), or name its program in the environment variable CHROMIUM."
    )


@contextmanager
def launched() -> Iterator[Browser]:
    """Start a Chromium without a window, and end it afterwards."""
    # The sandbox does not start for root, who CI is.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*_ARGUMENTS, *alone])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page that was opened, and everything that went wrong in it."""

    page: Page
    context: BrowserContext
    troubles: list[str] = field(default_factory=list)


def visit(
    browser: Browser,
    file: Path,
    *,
    width: int = DESKTOP,
    scheme: Scheme = "light",
    script: bool = True,
    touch: bool = False,
    scale: float = 1,
) -> Visit:
    """Open a file, in a fresh profile without a network.

    Parameters
    ----------
    width
        Of the window, in CSS pixels.
    scheme
        What the reader's system prefers, ``light`` or ``dark``.
    script
        Whether scripts run.
    touch
        Whether the screen is one to touch; it then reports no hovering either.
    scale
        Dots of the screen a CSS pixel.

    Returns
    -------
    Visit
        The page once it has loaded. Its ``troubles`` grow with each console error, uncaught exception, refusal by
        the page's security policy, and request for anything but the file itself and what it carries inside.
    """
    context = browser.new_context(
        viewport={"width": width, "height": _HEIGHT[width >= 640]},
        color_scheme=scheme,
        java_script_enabled=script,
        has_touch=touch,
        is_mobile=touch,
        device_scale_factor=scale,
        offline=True,
        accept_downloads=True,
    )
    opened = Visit(context.new_page(), context)
    address = file.resolve().as_uri()

    def log(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            opened.troubles.append(f"console {message.type}: {message.text}")

    def request(asked: Request) -> None:
        if asked.url.partition("#")[0] != address and not asked.url.startswith(("data:", "blob:")):
            opened.troubles.append(f"request: {asked.url}")

    opened.page.on("console", log)
    opened.page.on("pageerror", lambda error: opened.troubles.append(f"exception: {error}"))
    opened.page.on("request", request)
    opened.page.goto(address, wait_until="load")
    # Text is measured and photographed in the page's own fonts.
    if script:
        opened.page.evaluate("document.fonts.ready.then(() => null)")
    return opened
