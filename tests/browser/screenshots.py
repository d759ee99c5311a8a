"""Takes the pictures that report/README.md shows of the report, from the report as it is built: make screenshots."""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.pages import DESKTOP, PHONE, Scheme, launched, visit

REPORT = Path(__file__).parents[2] / "report"
TO = REPORT / "screenshots"

# The most one may weigh, and with how many colours that is tried, from the best on.
LARGEST = 200_000
_COLOURS = (256, 128, 64, 32, 16)
# Dots an inch of a sheet of paper.
_RESOLUTION = 80


def main() -> None:
    """Take them all."""
    TO.mkdir(exist_ok=True)
    with launched() as browser:
        save("desktop", page(browser, "en"))
        save("dark", page(browser, "en", scheme="dark", show=figure))
        save("phone", page(browser, "ru", width=PHONE, scale=2, show=answer))
        save("card", page(browser, "en", show=card))
        save("what-if", page(browser, "en", show=panel))
        save("uzbek", page(browser, "uz-Cyrl"))
    save("paper", sheets(REPORT / "report.en.pdf", 1, 3))


def page(
    browser: Browser,
    language: str,
    *,
    width: int = DESKTOP,
    scheme: Scheme = "light",
    scale: float = 1,
    show: Callable[[Page], None] | None = None,
) -> Image.Image:
    """Photograph what the window shows of the report."""
    file = REPORT / f"report.{language}.html"
    opened = visit(browser, file, width=width, scheme=scheme, scale=scale, touch=width < DESKTOP)
    opened.page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
    if show:
        show(opened.page)
    picture = opened.page.screenshot(animations="disabled")
    opened.context.close()
    if opened.troubles:
        raise SystemExit(f"{file.name}: {'; '.join(opened.troubles)}")
    return Image.open(io.BytesIO(picture))


def answer(page: Page) -> None:
    """Go to the answer."""
    page.evaluate("document.getElementById('short').scrollIntoView()")


def figure(page: Page) -> None:
    """Go to the picture of the targets and what became of them."""
    page.evaluate("document.getElementById('figure-target-outcomes').scrollIntoView()")


def card(page: Page) -> None:
    """Open the card of a number in a sentence of the report."""
    link = page.locator("main p > a.fact[href='#fact-trade_2017_uz']").first
    link.evaluate("link => link.scrollIntoView({block: 'center'})")
    link.focus()
    page.locator("#card").wait_for()


def panel(page: Page) -> None:
    """Ask what would be if trade had grown by a quarter a year."""
    page.locator("#what-if-growth").fill("25")
    page.evaluate("document.activeElement.blur(), document.getElementById('what-if-panel').scrollIntoView()")


def sheets(pdf: Path, *numbers: int) -> Image.Image:
    """Show sheets of a PDF side by side."""
    reader = shutil.which("pdftoppm")
    if not reader:
        raise SystemExit("pdftoppm is needed (on Debian: apt-get install poppler-utils).")
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            at = ["-f", str(number), "-l", str(number), "-r", str(_RESOLUTION)]
            subprocess.run([reader, "-png", *at, pdf, Path(folder) / f"{number:03}"], check=True)
        shown = [Image.open(path).convert("RGB") for path in sorted(Path(folder).iterdir())]
    gap = 16
    whole = Image.new("RGB", (sum(one.width + gap for one in shown) + gap, shown[0].height + 2 * gap), "#8a9096")
    left = gap
    for one in shown:
        whole.paste(one, (left, gap))
        left += one.width + gap
    return whole


def save(name: str, picture: Image.Image) -> None:
    """Write a picture with as many colours as its weight allows."""
    for colours in _COLOURS:
        packed = io.BytesIO()
        # The way of choosing colours that keeps those of which there is little, such as a single mark's.
        few = picture.convert("RGB").quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(packed, "PNG", optimize=True)
        if packed.tell() <= LARGEST:
            break
    else:
        raise SystemExit(f"{name}: {packed.tell()} bytes with {colours} colours; allowed: {LARGEST}")
    (TO / f"{name}.png").write_bytes(packed.getvalue())


if __name__ == "__main__":
    main()
