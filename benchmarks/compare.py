"""Times what readers wait for, each beside what it is held against, and writes the ratios to results.json.

    python benchmarks/compare.py                   # whole reports five times, the rest 25 times
    python benchmarks/compare.py --times 1         # once, and five times
    python benchmarks/compare.py --only corpus     # what has that in its name; other results stay as they are

What is compared alternates in one session, so that both find the machine as it is. A ratio of CPU time means about the
same on a slow machine and a busy one; one of waiting time does not on a busy one, so the load is written down too.
Memory is that of the largest process.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import many
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


class Used(NamedTuple):
    """What an action has taken: seconds of CPU, seconds of waiting, MB of the largest process."""

    cpu: float
    waiting: float
    memory: float


def comparisons(project: Project, folder: Path, sets: int, count: int, dask: Callable[[], str]) -> list[Comparison]:
    """List what is compared.

    Parameters
    ----------
    project, folder
        The project, and a folder to write to.
    sets, count
        How many sets a sweep has, and how many articles a corpus.
    dask
        Starts a cluster of two workers and returns its address.
    """

    def pair(name: str, ours: Callable[[], str], beside: str, other: Callable[[], str]) -> Comparison:
        return Comparison(name, lambda: shell(ours()), beside, lambda: shell(other()))

    def swept() -> str:
        return many.sweep(folder, sets)

    def read(workers: int = 2, articles: int = count) -> str:
        return many.corpus(folder, articles, workers)

    papermill = f"papermill's command line for {sets} sets"
    return [
        Comparison(
            "report, everything anew", lambda: report(project, "--force"), "papermill and nbconvert by hand",
            lambda: by_hand(project),
        ),
        Comparison(
            "report, nothing changed", lambda: report(project), "importing pandas and matplotlib",
            lambda: python("-c", "import pandas, matplotlib"), turns=5,
        ),
        Comparison(
            "report in four languages", lambda: report(project, "--force", "--all-languages"), "in one",
            lambda: report(project, "--force"),
        ),
        pair(f"sweep of {sets} sets", swept, papermill, lambda: many.by_papermill(project, folder, sets, 1)),
        pair(f"sweep of {sets} sets", swept, f"{papermill}, two side by side", lambda: many.by_papermill(
            project, folder, sets, 2)),
        pair(f"sweep of {10 * sets} sets", lambda: many.sweep(folder, 10 * sets), f"sweep of {sets} sets", swept),
        pair(f"corpus of {count} articles, two workers", read, "one worker", lambda: read(1)),
        pair(f"corpus of {10 * count} articles", lambda: read(2, 10 * count), f"corpus of {count} articles", read),
        pair(f"corpus of {count} articles, on Dask", lambda: f"DASK_SCHEDULER_ADDRESS={dask()} {read()}",
             "two processes of this machine", read),
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


# What the commands that were run since the last look have taken.
_taken: list[Used] = []


def python(*arguments: str) -> None:
    """Run Python."""
    run([sys.executable, *arguments])


def shell(command: str) -> None:
    """Run a command of the shell."""
    run(["sh", "-c", command])


def run(command: list[str]) -> None:
    """Run a command, and note what it and all that it has started and waited for have taken."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        if code := os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise SystemExit(f"{command}\n{said.read().decode()}\nexit code {code}")
    _taken.append(Used(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024))


def timed(action: Callable[[], None]) -> Used:
    """Return what the commands that an action runs take together, and the largest of their processes."""
    _taken.clear()
    action()
    return Used(sum(u.cpu for u in _taken), sum(u.waiting for u in _taken), max(u.memory for u in _taken))


def compare(comparison: Comparison, times: int) -> dict[str, object]:
    """Time both sides, turn by turn, what is quick after a first time that does not count.

    Ratios are ours to the other: their median, the lowest and the highest.
    """
    times *= comparison.turns
    if comparison.turns > 1:
        comparison.ours()
    load = os.getloadavg()[0]
    pairs = [(timed(comparison.ours), timed(comparison.other)) for _ in range(times)]
    found: dict[str, object] = {"name": comparison.name, "beside": comparison.beside, "times": times}
    found["load"] = [round(load, 1), round(os.getloadavg()[0], 1)]
    for place, measure in enumerate(Used._fields):
        ratios = [ours[place] / other[place] for ours, other in pairs]
        found[measure] = {
            "ours": round(statistics.median(ours[place] for ours, _ in pairs), 2),
            "beside": round(statistics.median(other[place] for _, other in pairs), 2),
            "ratio": round(statistics.median(ratios), 3),
            "spread": [round(min(ratios), 3), round(max(ratios), 3)],
        }
    return found


def table(results: list[dict[str, object]]) -> str:
    """Write the results for readers."""
    lines = [
        "| work | beside | times | CPU time, ratio | waiting, ratio | largest process, ratio | load |",
        "|---|---|---|---|---|---|---|",
    ]
    for found in results:
        cells = []
        for measure, unit in zip(Used._fields, ("s", "s", "MB"), strict=True):
            if not isinstance(numbers := found.get(measure), dict):
                cells.append("")
                continue
            low, high = numbers["spread"]
            said = f"{numbers['ours']} {unit} to {numbers['beside']} {unit}"
            cells.append(f"{said}: **{numbers['ratio']}** ({low} to {high})")
        load = found["load"]
        assert isinstance(load, list)
        cells.append(" to ".join(map(str, load)))
        lines.append(" | ".join([f"| {found['name']}", str(found["beside"]), str(found["times"]), *cells]) + " |")
    return "\n".join(lines)


def main() -> None:
    """Compare all that is asked for, and write down what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--only", default="", help="what has this in its name or in what it is beside")
    parser.add_argument("--sets", type=int, default=10)
    parser.add_argument("--articles", type=int, default=1000)
    options = parser.parse_args()
    project = Project.find()
    results = json.loads(RESULTS.read_text("utf-8"))["results"]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        place = Path(folder)
        for one in comparisons(project, place, options.sets, options.articles, lambda: many.on_dask(place, ending)):
            if options.only in f"{one.name} {one.beside}":
                same = [old for old in results if (old["name"], old["beside"]) == (one.name, one.beside)]
                results = [old for old in results if old not in same] + [compare(one, options.times)]
                write(results)
    print(table(results))


def write(results: list[dict[str, object]]) -> None:
    """Write down what was found so far, for programs and for readers."""
    system, python = f"{platform.system()} {platform.machine()}", platform.python_version()
    machine = f"{system}, {os.cpu_count()} processors, Python {python}"
    RESULTS.write_text(json.dumps({"machine": machine, "results": results}, indent=1) + "\n", "utf-8")
    before, _, rest = README.read_text("utf-8").partition("<!-- results -->\n")
    after = rest.partition("<!-- /results -->")[2]
    said = f"{machine}.\n\n{table(results)}\n"
    README.write_text(f"{before}<!-- results -->\n\n{said}\n<!-- /results -->{after}", "utf-8")


if __name__ == "__main__":
    main()
