"""Times what a reader waits for when opening the report: the page in a browser, the first sheet of the PDF.

    python benchmarks/opening.py            # the report in report/, in every language there is
    python benchmarks/opening.py FOLDER     # the one in another folder

Needs a Chromium, pdftoppm (of poppler), and the report in several languages (make report-all). Languages take turns,
each in a fresh profile; medians are given with their ratio to the first language's, the same on any machine.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser.pages import LANGUAGES, launched, visit

ROUNDS = 7
REPORT = Path(__file__).parents[1] / "report"

# Milliseconds from the start of the navigation to when the page is loaded, and to when something is first painted.
PAGE_TIMES = """async () => {
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  while (painted() === undefined) await new Promise(requestAnimationFrame);
  return [performance.getEntriesByType("navigation")[0].loadEventEnd, painted()];
}"""

Times = dict[str, list[float]]


def main() -> None:
    """Print a table for each thing that is waited for."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT
    languages = [one for one in LANGUAGES if (folder / f"report.{one}.html").is_file()]
    if not languages:
        raise SystemExit(f"{folder}: no report.LANGUAGE.html; run make report-all.")
    loaded, painted = opening(folder, languages)
    table("page loaded", loaded)
    table("first contentful paint", painted)
    table("PDF opened, first sheet drawn", turns(languages, lambda one: drawing(folder / f"report.{one}.pdf")))


def opening(folder: Path, languages: list[str]) -> tuple[Times, Times]:
    """Open each page in turn; return how long it took until it was loaded and until something was painted."""
    loaded: Times = {language: [] for language in languages}
    painted: Times = {language: [] for language in languages}
    with launched() as browser:
        for _ in range(ROUNDS):
            for language in languages:
                opened = visit(browser, folder / f"report.{language}.html")
                first, second = opened.page.evaluate(PAGE_TIMES)
                loaded[language].append(first)
                painted[language].append(second)
                opened.context.close()
    return loaded, painted


def turns(languages: list[str], action: Callable[[str], object]) -> Times:
    """Time an action in each language in turn, in milliseconds."""
    times: Times = {language: [] for language in languages}
    for _ in range(ROUNDS):
        for language in languages:
            start = time.perf_counter()
            action(language)
            times[language].append(1000 * (time.perf_counter() - start))
    return times


def drawing(pdf: Path) -> None:
    """Open a PDF and draw its first sheet, with poppler."""
    reader = shutil.which("pdftoppm")
    if not reader:
        raise SystemExit("pdftoppm is needed (on Debian: apt-get install poppler-utils).")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([reader, "-png", "-r", "96", "-l", "1", pdf, Path(folder) / "sheet"], check=True)


def table(of: str, times: Times) -> None:
    """Print medians in milliseconds, and what they are of the first language's."""
    medians = {language: statistics.median(one) for language, one in times.items()}
    first = next(iter(medians.values()))
    print(f"{of} (median of {ROUNDS})")
    for language, median in medians.items():
        print(f"  {language:<8}{median:8.0f} ms{median / first:8.2f}")


if __name__ == "__main__":
    main()
