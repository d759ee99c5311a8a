"""Times what readers wait for, each beside what it is held against, and writes the ratios to results.json.

    python benchmarks/compare.py              # whole reports five times, the rest 25 times
    python benchmarks/compare.py --times 1    # once, and five times

What is compared alternates in one session, so that both find the machine as it is. A ratio of CPU time means about the
same on a slow machine and a busy one; one of waiting time does not on a busy one, so the load is written down too.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dalil.parameters import read_parameters
from dalil.project import Project, Run
from dalil.run.notebooks import notebooks_of

RESULTS, README = Path(__file__).with_name("results.json"), Path(__file__).with_name("README.md")
# What is made goes to a run of its own.
RUN = "benchmark"


@dataclass(frozen=True)
class Comparison:
    """Two ways of coming to the same thing, or something to hold it against."""

    name: str
    ours: Callable[[], None]
    beside: str
    other: Callable[[], None]
    turns: int = 1


def comparisons(project: Project) -> list[Comparison]:
    """List what is compared."""
    return [
        Comparison(
            "report, everything anew", lambda: report(project, "--force"), "papermill and nbconvert by hand",
            lambda: by_hand(project),
        ),
        Comparison(
            "report, nothing changed", lambda: report(project), "importing pandas and matplotlib",
            lambda: python("-c", "import pandas, matplotlib"), turns=5,
        ),
    ]  # fmt: skip


def report(project: Project, *arguments: str) -> None:
    """Make the report; everything anew includes what is kept from run to run."""
    if arguments:
        shutil.rmtree(project.root / ".dalil" / "letters", ignore_errors=True)
    python("-m", "dalil", "report", "--run", RUN, *arguments)


def by_hand(project: Project) -> None:
    """Run the same notebooks and export them by the commands of papermill and nbconvert, one after the other.

    Nobody draws the report's pictures here or sets its PDF: those of the report are taken as they are.
    """
    run = Run(project, RUN)
    given = read_parameters(run.parameters).model_dump(mode="json")
    for notebook in notebooks_of(project):
        executed = run.notebooks / f"by-hand-{notebook.path.name}"
        values = "".join(f"{name}: {json.dumps(given[name])}\n" for name in notebook.parameters)
        python("-m", "papermill", "--no-progress-bar", "--cwd", ".", "-y", values, str(notebook.path), str(executed))
        python("-m", "nbconvert", "--to", "html", str(executed))
        executed.unlink()
        executed.with_suffix(".html").unlink()


def python(*arguments: str) -> None:
    """Run Python."""
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def timed(action: Callable[[], None]) -> tuple[float, float]:
    """Return the CPU time that an action's processes take, and how long one waits for it, in seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start


def compare(comparison: Comparison, times: int) -> dict[str, object]:
    """Time both sides, turn by turn, what is quick after a first time that does not count.

    Ratios are ours to the other: their median, the lowest and the highest.
    """
    times *= comparison.turns
    if comparison.turns > 1:
        comparison.ours()
    pairs = [(timed(comparison.ours), timed(comparison.other)) for _ in range(times)]
    found: dict[str, object] = {"name": comparison.name, "beside": comparison.beside, "times": times}
    for place, measure in enumerate(("cpu", "waiting")):
        ratios = [ours[place] / other[place] for ours, other in pairs]
        found[measure] = {
            "seconds": round(statistics.median(ours[place] for ours, _ in pairs), 2),
            "beside": round(statistics.median(other[place] for _, other in pairs), 2),
            "ratio": round(statistics.median(ratios), 3),
            "spread": [round(min(ratios), 3), round(max(ratios), 3)],
        }
    return found


def table(results: list[dict[str, object]]) -> str:
    """Write the results for readers."""
    lines = ["| work | beside | times | CPU time, ratio | waiting, ratio |", "|---|---|---|---|---|"]
    for found in results:
        cells = []
        for measure in ("cpu", "waiting"):
            numbers = found[measure]
            assert isinstance(numbers, dict)
            low, high = numbers["spread"]
            cells.append(f"{numbers['seconds']} s to {numbers['beside']} s: **{numbers['ratio']}** ({low} to {high})")
        lines.append(" | ".join([f"| {found['name']}", str(found["beside"]), str(found["times"]), *cells]) + " |")
    return "\n".join(lines)


def main() -> None:
    """Compare all, and write down what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    project = Project.find()
    load = os.getloadavg()[0]
    results = [compare(comparison, times) for comparison in comparisons(project)]
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    busy = f"load before {load:.1f}, after {os.getloadavg()[0]:.1f}"
    RESULTS.write_text(json.dumps({"machine": machine, "load": busy, "results": results}, indent=1) + "\n", "utf-8")
    before, _, rest = README.read_text("utf-8").partition("<!-- results -->\n")
    after = rest.partition("<!-- /results -->")[2]
    said = f"{machine}; {busy}.\n\n{table(results)}\n"
    README.write_text(f"{before}<!-- results -->\n\n{said}\n<!-- /results -->{after}", "utf-8")
    print(said)


if __name__ == "__main__":
    main()
