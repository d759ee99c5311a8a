"""Times what readers wait for, as ratios of runs measured one after the other in this one process.

    python benchmarks/compare.py            # how much a second run saves, and what two workers bring
    python benchmarks/compare.py reading    # how reading an article grows with its length

Results are ratios, so they mean the same on a slow machine as on a fast one.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from dalil.paths import resolve
from dalil.text.article import read_article
from dalil.text.quantities import read_quantities

RUN = ["--run", "benchmark"]
REPEATS = 3


def seconds(action: Callable[[], object]) -> float:
    """Return the median time an action takes."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def report(*arguments: str) -> Callable[[], object]:
    """An action that makes the report in a run of its own."""
    command = [sys.executable, "-m", "dalil", "report", *RUN, *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def running() -> None:
    """Compare full runs with one and two workers, and a run with nothing to do."""
    one, two = seconds(report("--force", "--workers", "1")), seconds(report("--force", "--workers", "2"))
    idle = seconds(report())
    print(f"two workers take {two / one:.2f} of the time of one")
    print(f"a run with nothing to do takes {idle / two:.2f} of the time of a full one")


def reading() -> None:
    """Compare reading an article with reading it many times over."""
    text = read_article(resolve("data/raw/article.uz.txt")).clean.text
    once = seconds(lambda: read_quantities(text, "uz"))
    for times in (4, 16):
        longer = text * times
        ratio = seconds(lambda longer=longer: read_quantities(longer, "uz")) / once  # type: ignore[misc]
        print(f"{times} times the text takes {ratio:.1f} times as long")


if __name__ == "__main__":
    reading() if sys.argv[1:] == ["reading"] else running()
