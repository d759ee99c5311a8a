"""What is compared of sweeps, languages and corpora; compare.py times it."""

import json
import shlex
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from dalil.parameters import read_parameters
from dalil.project import Project
from dalil.run.notebooks import REPORT, notebooks_of

# The command of this Python, by which all that is compared is run.
PYTHON = shlex.quote(sys.executable)


def grid(folder: Path, sets: int) -> Path:
    """Write a grid of so many growth rates."""
    path = folder / f"growth-{sets}.yml"
    path.write_text(f"product: {{base_growth: {[round(0.1 + n / 1000, 3) for n in range(sets)]}}}\n", "utf-8")
    return path


def sweep(folder: Path, sets: int) -> str:
    """The command that sweeps over so many sets, from nothing."""
    return f"{PYTHON} -m dalil sweep {grid(folder, sets)} --output {mkdtemp(dir=folder)}"


def by_papermill(project: Project, folder: Path, sets: int, workers: int) -> str:
    """The command that runs the same notebooks for so many sets by papermill's command line, each in a run of its own.

    A set is a script: later notebooks read what earlier ones have written. ``xargs`` runs scripts side by side.
    """
    given = read_parameters().model_dump(mode="json")
    scripts = folder / f"papermill-{sets}"
    scripts.mkdir(exist_ok=True)
    for number in range(sets):
        values = {**given, "base_growth": 0.1 + number / 1000, "run": f"benchmark-{number}"}
        lines = []
        for notebook in notebooks_of(project):
            if notebook.number < REPORT:
                said = "".join(f"{n}: {json.dumps(value)}\n" for n, value in values.items() if n in notebook.parameters)
                to = scripts / f"{number}-{notebook.path.name}"
                options = ["--no-progress-bar", "--cwd", ".", "-y", said, str(notebook.path), str(to)]
                lines.append(shlex.join([sys.executable, "-m", "papermill", *options]))
        (scripts / f"{number}.sh").write_text("\n".join(lines), encoding="utf-8")
    gone = f"rm -rf {project.root}/report/runs/benchmark-*"
    return f"ls {scripts}/*.sh | xargs -P{workers} -n1 env DALIL_STEP=benchmark sh -e && {gone}"


def articles(folder: Path, count: int) -> Path:
    """Make up articles of some twenty sentences in three languages."""
    made_up = Random(count)
    place = folder / f"articles-{count}"
    place.mkdir(exist_ok=True)
    shapes = (
        "In {year} trade grew by {percent}% and came to ${amount} billion. About {people} people took part.",
        "В {year} году экспорт вырос на {percent} % и достиг {amount} млрд долларов. Приехали {people} человек.",
        "{year}-yilda eksport {percent} foizga o‘sib, {amount} mlrd dollarga yetdi. Unda {people} kishi qatnashdi.",
    )
    for number in range(count):
        sentences = (
            shapes[number % 3].format(
                year=made_up.randint(1990, 2024),
                percent=made_up.randint(10, 400) / 10,
                amount=made_up.randint(1, 90),
                people=made_up.randint(100, 9999),
            )
            for _ in range(10)
        )
        (place / f"{number:06}.txt").write_text("\n\n".join(sentences), encoding="utf-8")
    return place


def corpus(folder: Path, count: int, workers: int) -> str:
    """The command that reads so many made-up articles, from nothing."""
    return f"{PYTHON} -m dalil corpus {articles(folder, count)} --workers {workers} --output {mkdtemp(dir=folder)}"


def on_dask(folder: Path, ending: ExitStack) -> str:
    """Start a scheduler and two workers; return its address."""
    from distributed import Client

    file = folder / "scheduler.json"
    parts = (("scheduler", "--port", "0"), *((("worker", "--nthreads", "1", "--no-nanny"),) * 2))
    for what, *options in parts:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", "--no-dashboard"]
        process = subprocess.Popen(
            [*command, *options, "--scheduler-file", str(file)], cwd=folder, stderr=subprocess.DEVNULL
        )
        ending.callback(process.kill)
    with Client(scheduler_file=str(file)) as client:
        client.wait_for_workers(2)
        return str(client.scheduler.address)
