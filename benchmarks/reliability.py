"""Breaks the making of a report in many ways, counts what was lost, and writes docs/reliability.md.

    python benchmarks/reliability.py                # a plan of small steps, carried out as a report is; minutes
    python benchmarks/reliability.py --whole        # the report of a small article, notebooks and all; an hour

What is made is made with two settings in turn, whose bytes are known. After each fault readers must find all of one of
them, or a note that says that it is half replaced; and the next run must bring all of its settings.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dalil.project import Project

TABLE = Project.find(Path(__file__)).path("docs/reliability.md")
ARTICLE = "In 2020 trade was 3 billion dollars, up 20 percent. It is to be 6 billion by 2030.\n"
SETTINGS = ("rounding=half-unit", "rounding=exact")
OUTPUTS = ("report", "data", "figures")
NOTE = "report/report.INCOMPLETE.txt"
# Seconds that a process has to end in which nobody needs any more.
PATIENCE = 20


@dataclass
class Fault:
    """A kind of fault: what it is, and how each try of it ended."""

    name: str
    tries: int = 0
    lost: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


class Bench:
    """The small project, and what is made of it with each of the settings."""

    def __init__(self, root: Path, *, is_whole: bool) -> None:
        self.root = root
        self.program = ["-m", "dalil", "report", "--set"] if is_whole else [__file__, "--make"]
        (root / "my.txt").write_text(ARTICLE, encoding="utf-8")
        (root / "parameters.yml").write_text(
            "article: my.txt\nclaims: my.claims.yml\nfigure_formats: [svg]\n", encoding="utf-8"
        )
        subprocess.run([sys.executable, "-m", "dalil", "claims", "--article", "my.txt"], cwd=root, check=True)
        started = time.monotonic()
        self.whole = {}
        for settings in SETTINGS:
            assert self.report(settings).returncode == 0
            self.whole[settings] = self.seen()
        self.usual = (time.monotonic() - started) / len(SETTINGS)
        assert self.whole[SETTINGS[0]] != self.whole[SETTINGS[1]]

    def start(self, settings: str, *more: str, most: int = 0) -> subprocess.Popen[str]:
        """Start a run; where ``most`` is given, no file that it writes may have more bytes, as on a full disk."""

        def limit() -> None:
            if most:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        return subprocess.Popen(
            [sys.executable, *self.program, settings, *more],
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=limit,
            start_new_session=True,
        )

    def report(self, settings: str, *more: str, most: int = 0) -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        with self.start(settings, *more, most=most) as process:
            said = process.communicate()[0]
        return subprocess.CompletedProcess((), process.returncode, said)

    def seen(self) -> dict[str, str]:
        """The hash of everything that readers find."""
        files = (path for folder in OUTPUTS for path in (self.root / folder).rglob("*") if path.is_file())
        return {str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def other(self) -> str:
        """The settings that the report at hand was not made with."""
        return next(settings for settings in SETTINGS if self.seen() != self.whole[settings])

    def check(self, fault: Fault, settings: str, said: str = "", undo: Callable[[], object] = lambda: None) -> None:
        """Count a try: what readers find now, which processes are left, and what they find after the next run."""
        fault.tries += 1
        if last := [line for line in said.splitlines() if line.startswith("dalil: ")]:
            fault.said.add(last[0].replace(str(self.root), "…"))
        if "Traceback" in said:
            fault.lost.append("a traceback")
        if self.seen() not in self.whole.values() and not (self.root / NOTE).exists():
            fault.lost.append("the report was mixed")
        if not self.is_quiet():
            fault.lost.append("a process was left")
        undo()
        after = self.report(settings)
        if after.returncode != 0 or self.seen() != self.whole[settings]:
            fault.lost.append("the next run did not bring the report")

    def is_quiet(self) -> bool:
        """Whether no process works in the project any more."""
        end = time.monotonic() + PATIENCE
        while any(_works_in(self.root, pid) for pid in Path("/proc").iterdir() if pid.name.isdecimal()):
            if time.monotonic() > end:
                return False
            time.sleep(0.2)
        return True


def _works_in(folder: Path, process: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        return False


_SMALL = "what seven small steps make of an input, carried out as the steps of a report are,"
_BIG = 200_000


def make(settings: str) -> int:
    """Carry out a plan of small steps in the working folder; end as the program does."""
    try:
        return _carried_out(settings)
    except KeyboardInterrupt:
        print("dalil: interrupted; what was finished is kept")
        return 130


def _carried_out(settings: str) -> int:
    from dalil.errors import DalilError
    from dalil.project import Run, write_whole
    from dalil.run.pipeline import Plan, carry_out
    from dalil.run.steps import Inputs, Step

    project = Project(Path.cwd())
    run = Run(Project(project.root, making=True))
    pages = [run.report / f"report.{number}.html" for number in range(3)]
    tables = [run.processed / f"{number}.csv" for number in range(4)]
    noted = run.inputs / "settings.json"

    def write(path: Path) -> Callable[[], None]:
        def action() -> None:
            time.sleep(0.1)
            write_whole(path, f"{path.name} {settings}\n" * (_BIG // 40))

        return action

    steps = [
        *(Step(path.name, (noted,), (path,), write(path), noted, lambda: {"set": {settings: 1}}) for path in tables),
        *(Step(path.name, tuple(tables), (path,), write(path)) for path in pages),
    ]
    try:
        carry_out(Plan(project, "", Inputs((), ()), steps))
    except DalilError as error:
        print(f"dalil: {error}")
        return 1
    return 0


def kills(bench: Bench, count: int) -> Iterator[Fault]:
    """End the process at moments left to chance, as a power cut does."""
    fault = Fault("killed at a moment left to chance")
    for _ in range(count):
        settings = bench.other()
        process = bench.start(settings)
        try:
            process.wait(random.uniform(0, bench.usual * 1.1))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        bench.check(fault, settings)
    yield fault
    fault = Fault("interrupted from the keyboard")
    for part in (0.3, 0.7):
        settings = bench.other()
        process = bench.start(settings)
        time.sleep(bench.usual * part)
        os.killpg(process.pid, signal.SIGINT)
        bench.check(fault, settings, process.communicate()[0])
    yield fault


def disks(bench: Bench) -> Iterator[Fault]:
    """Let no file grow beyond some size, as where a disk is full."""
    fault = Fault("the disk takes no more")
    for most in (5_000, 150_000):
        settings = bench.other()
        bench.check(fault, settings, bench.report(settings, most=most).stdout)
    yield fault
    fault = Fault("a folder cannot be written")
    for name in (".dalil", "report"):
        folder, aside = bench.root / name, bench.root / f"{name}.aside"
        before = bench.seen()
        folder.rename(aside)
        folder.touch()
        settings = bench.other()
        said = bench.report(settings).stdout
        folder.unlink()
        aside.rename(folder)
        if bench.seen() != before:
            fault.lost.append("the report was changed")
        bench.check(fault, settings, said)
    yield fault


def together(bench: Bench) -> Iterator[Fault]:
    """Make the report twice at once, with other settings."""
    fault = Fault("two processes make it at once, with other settings")
    both = [bench.start(settings) for settings in (bench.other(), *SETTINGS)]
    ends = [process.communicate()[0] for process in both]
    fault.lost += [f"one failed: {end[-300:]}" for process, end in zip(both, ends, strict=True) if process.returncode]
    bench.check(fault, bench.other(), "".join(ends))
    yield fault


NOTEBOOKS = {
    "raises": "raise ValueError('broken')",
    "kills its kernel": "import os; os.kill(os.getpid(), 9)",
    "ends never": "while True: pass",
    "takes all memory": "x = [bytearray(2**28) for _ in range(64)]",
}


def notebooks(bench: Bench) -> Iterator[Fault]:
    """Add a notebook that is broken."""
    fault = Fault("a notebook raises, dies, ends never, takes all memory, or is none")
    path = bench.root / "notebooks/51-broken.ipynb"
    path.parent.mkdir(exist_ok=True)
    cell: dict[str, object] = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
    for source in NOTEBOOKS.values():
        book = {"cells": [{**cell, "source": source}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(book), encoding="utf-8")
        settings = bench.other()
        said = bench.report(settings, "--time-limit", "30", "--memory-limit", "4").stdout
        bench.check(fault, settings, said, path.unlink)
    for text in ("", "{"):
        path.write_text(text, encoding="utf-8")
        settings = bench.other()
        bench.check(fault, settings, bench.report(settings).stdout, path.unlink)
    yield fault


STATES = {
    "pytask.lock": (b"", b"no lock\0"),
    ".pytask/pytask.sqlite3": (b"no database" * 99,),
}


def states(bench: Bench) -> Iterator[Fault]:
    """Spoil what is kept of earlier runs, and the times of files."""
    fault = Fault("what is kept of earlier runs is cut off, empty or of another program")
    for name, contents in STATES.items():
        for content in contents:
            (bench.root / name).write_bytes(content)
            settings = bench.other()
            bench.check(fault, settings, bench.report(settings).stdout)
    yield fault
    fault = Fault("the clock jumps: files are of 1980, or of 2100")
    for when in (315_532_800, 4_102_444_800):
        for path in bench.root.rglob("*"):
            os.utime(path, (when, when))
        settings = bench.other()
        bench.check(fault, settings, bench.report(settings).stdout)
    yield fault


def main() -> int:
    """Try everything, write the table; return 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--whole", action="store_true", help="make a whole report each time")
    parser.add_argument("--make", metavar="SETTINGS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        return make(options.make)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder).resolve(), is_whole=options.whole)
        faults = []
        kinds = [together(bench), states(bench), disks(bench), kills(bench, options.kills)]
        for kind in (*kinds, *([notebooks(bench)] if options.whole else [])):
            for fault in kind:
                print(fault, flush=True)
                faults.append(fault)
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(_document(faults, "the report of a small article" if options.whole else _SMALL), encoding="utf-8")
    return 1 if any(fault.lost for fault in faults) else 0


def _document(faults: list[Fault], what: str) -> str:
    rows = [f"| {fault.name} | {fault.tries} | {len(fault.lost)} |" for fault in faults]
    said = dict.fromkeys(message for fault in faults for message in sorted(fault.said))
    lost = [f"- {fault.name}: {', '.join(sorted(set(fault.lost)))}" for fault in faults if fault.lost]
    return "\n".join(
        [
            "# Reliability",
            "",
            f"Written by `make reliability`, which makes {what}",
            "with two settings in turn, and breaks that on the way. A try is lost where readers then find neither all",
            "of before nor all of the new, and no note that says so; where a process is left, or a traceback is shown;",
            "or where the next run does not bring all of its settings.",
            "",
            f"{platform.system()} {platform.machine()}, Python {platform.python_version()}.",
            "",
            "| fault | tries | lost |",
            "|---|---|---|",
            *rows,
            "",
            *(["What was lost:", "", *lost, ""] if lost else []),
            "What was said, once each:",
            "",
            "```text",
            *said,
            "```",
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
