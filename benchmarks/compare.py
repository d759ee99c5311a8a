"""Times what readers wait for, as ratios of runs measured one after the other in this one process.

    python benchmarks/compare.py    # how much a second run saves, and what two workers bring

Results are ratios, so they mean the same on a slow machine as on a fast one.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

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


if __name__ == "__main__":
    running()
