"""Running: the graph of steps from article to report; a step runs again only when something it uses has changed."""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytask
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from dalil.analysis.results import targets_of
from dalil.claims.claims import read_claims
from dalil.errors import DalilError, StepError
from dalil.parameters import Parameters
from dalil.paths import (
    CORRECTIONS,
    DATA_PACKAGE,
    FIGURE_STYLE,
    LOCK,
    NOTEBOOKS,
    PACKAGE,
    ROOT,
    TEMPLATES,
    Run,
    resolve,
    shown,
    write_whole,
)
from dalil.report.exporters import PageExporter, TypstPDFExporter
from dalil.report.facts import merge_facts
from dalil.report.figures import FIGURES
from dalil.report.material import Material
from dalil.text.article import read_article

ANALYSIS = ("01-clean-claims", "02-growth-rates", "03-target-gaps", "04-check-claims")
FIGURES_NOTEBOOK = "05-draw-figures"
REPORT_NOTEBOOK = "90-report"
WORKING = (*ANALYSIS, FIGURES_NOTEBOOK)

# Tables each notebook makes.
MAKES: dict[str, tuple[str, ...]] = {
    "01-clean-claims": ("sections", "corrections", "mentions", "claims"),
    "02-growth-rates": ("growth",),
    "03-target-gaps": ("gaps", "trajectories", "fan", "sensitivity"),
    "04-check-claims": ("verdicts",),
}



@dataclass(frozen=True)
class Step:
    """One step: what it uses, what it makes, and how."""

    name: str
    uses: tuple[Path, ...]
    makes: tuple[Path, ...]
    action: Callable[[], None]


def make_report(parameters: Parameters, *, workers: int = 0, backend: str = "threads", force: bool = False) -> list[str]:
    """Bring a run's report up to date.

    Parameters
    ----------
    workers
        How many steps may run side by side; 0 for as many as there are processors.
    backend
        ``threads`` on this machine, ``dask`` on the cluster a Dask client is connected to.
    force
        Run every step, changed or not.

    Returns
    -------
    list[str]
        The steps that were run, in the order in which they ended.

    Raises
    ------
    InputError
        An input cannot be used; nothing was run.
    StepError
        A step failed; what was there before is still there.
    """
    check_inputs(parameters)
    steps = _steps(parameters)
    done: list[str] = []
    pytask.console.quiet = True
    session = pytask.build(
        tasks=[_task(step, done, parameters.run) for step in steps],
        paths=ROOT,
        task_files=("no_task_is_collected_from_files",),
        capture="no",
        n_workers=workers or os.cpu_count() or 1,
        parallel_backend=backend,
        force=force,
        show_traceback=False,
    )
    failures = [report.exc_info[1] for report in session.execution_reports if report.outcome is pytask.TaskOutcome.FAIL]
    if failures:
        raise StepError("\n".join(_explained(failure) for failure in failures))
    if session.exit_code != pytask.ExitCode.OK:
        raise StepError(f"the steps could not be put in order (exit code {int(session.exit_code)})")
    return done


def check_inputs(parameters: Parameters) -> None:
    """Refuse an article, claims or target years that cannot be used, before anything runs."""
    path = resolve(parameters.article)
    article = read_article(path, CORRECTIONS if CORRECTIONS.parent == path.parent else None)
    claims = read_claims(resolve(parameters.claims), article, parameters.rounding)
    targets_of(claims, parameters.years)


def outputs(parameters: Parameters) -> list[Path]:
    """Return the files a reader is after."""
    report = Run(parameters.run).report
    return [report / "report.html", report / "report.pdf"]


def execute(notebook: str, values: dict[str, Any], to: Path) -> None:
    """Run a notebook with parameters and keep it as executed, without times or random names.

    Raises
    ------
    StepError
        A cell failed; ``to`` is not written.
    """
    source = NOTEBOOKS / f"{notebook}.ipynb"
    with tempfile.TemporaryDirectory() as folder:
        partial = Path(folder) / source.name
        try:
            papermill.execute_notebook(
                str(source),
                str(partial),
                parameters=values,
                kernel_name="python3",
                progress_bar=False,
                cwd=str(NOTEBOOKS),
                record_timing=False,
                config=_transport(folder),
            )
        except PapermillExecutionError as error:
            where = f"{shown(source)}, cell {error.cell_index + 1}"
            raise StepError(f"{where}: {error.ename}: {error.evalue}") from None
        executed = nbformat.read(partial, as_version=4)
    executed.metadata.pop("papermill", None)
    for number, cell in enumerate(executed.cells):
        cell.metadata.pop("papermill", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{number}"
    write_whole(to, nbformat.writes(executed) + "\n")


def _transport(folder: str) -> Config:
    """How to speak with a kernel.

    Kernels started side by side over TCP lose a race for ports now and then. Sockets in a folder of its own
    do not; without a folder of their own, two kernels would share the sockets of one.
    """
    if sys.platform == "win32":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


def tagged_parameters(notebook: str) -> list[str]:
    """Return the names of the parameters a notebook declares."""
    return list(papermill.inspect_notebook(str(NOTEBOOKS / f"{notebook}.ipynb")))


def _steps(parameters: Parameters) -> list[Step]:
    """The graph: every step with the files it uses and makes."""
    run = Run(parameters.run)
    code = (*sorted(PACKAGE.rglob("*.py")), *sorted(PACKAGE.rglob("*.yml")), DATA_PACKAGE, LOCK)
    words = tuple(sorted((TEMPLATES / "wording").glob("*.yml")))
    article = resolve(parameters.article)
    record = article.with_suffix(".yml")
    raw = (article, *([record] if record.exists() else []), CORRECTIONS, resolve(parameters.claims))

    def tables(*notebooks: str) -> tuple[Path, ...]:
        return tuple(run.processed / f"{table}.csv" for notebook in notebooks for table in MAKES[notebook])

    def part(notebook: str) -> Path:
        return run.processed / "facts" / f"{notebook}.json"

    facts = run.processed / "facts.json"
    steps = []
    for notebook in ANALYSIS:
        before = (*raw, *words, *(() if notebook == ANALYSIS[0] else tables(ANALYSIS[0])))
        steps.append(_notebook(notebook, parameters, (*code, *before), (*tables(notebook), part(notebook))))
    parts = tuple(part(notebook) for notebook in ANALYSIS)
    steps.append(Step("facts", (*parts, *code), (facts,), lambda: merge_facts(parts, facts)))
    known = (*code, *words, *raw, facts, *tables(*ANALYSIS))
    pictures = tuple(run.figures / f"{n}.{s}" for n in FIGURES for s in sorted({"svg", *parameters.figure_formats}))
    steps.append(_notebook(FIGURES_NOTEBOOK, parameters, (*known, FIGURE_STYLE), pictures))
    vectors = tuple(path for path in pictures if path.suffix == ".svg")
    steps.append(_notebook(REPORT_NOTEBOOK, parameters, (*known, *vectors), ()))

    looks = tuple(sorted(path for path in TEMPLATES.rglob("*") if path.is_file()))
    for notebook in WORKING:
        source, page = run.notebooks / f"{notebook}.ipynb", run.notebooks / f"{notebook}.html"
        action = _export(PageExporter, source, page, lambda name=notebook: {"title": name})  # type: ignore[misc]
        steps.append(Step(f"{notebook}.html", (source, *code, *looks), (page,), action))
    report = run.notebooks / f"{REPORT_NOTEBOOK}.ipynb"
    html, pdf = outputs(parameters)
    material = Material(parameters)
    about = _about(material)
    linked = lambda: {**about(), "working": list(WORKING)}  # noqa: E731
    steps.append(Step("report.html", (report, *known, *looks), (html,), _export(PageExporter, report, html, linked)))
    steps.append(Step("report.pdf", (report, *known, *looks), (pdf,), _export(TypstPDFExporter, report, pdf, about)))
    return steps


def _notebook(notebook: str, parameters: Parameters, uses: Iterable[Path], makes: Iterable[Path]) -> Step:
    """A step that runs a notebook; what it was given is a file, so that a change of it is seen."""
    run = Run(parameters.run)
    values = parameters.model_dump(include=set(tagged_parameters(notebook)), mode="json")
    given = run.inputs / f"{notebook}.json"
    stamp = {"parameters": values, "python": platform.python_version(), "system": platform.system()}
    text = json.dumps(stamp, indent=1, sort_keys=True) + "\n"
    if not given.exists() or given.read_text(encoding="utf-8") != text:
        write_whole(given, text)
    to = run.notebooks / f"{notebook}.ipynb"
    source = NOTEBOOKS / f"{notebook}.ipynb"
    return Step(notebook, (source, given, *uses), (to, *makes), lambda: execute(notebook, values, to))


def _export(exporter: type, source: Path, to: Path, traits: Callable[[], dict[str, Any]]) -> Callable[[], None]:
    def export() -> None:
        content, _ = exporter(exclude_input=to.parent != source.parent, **traits()).from_filename(str(source))
        write_whole(to, content)

    return export


def _about(material: Material) -> Callable[[], dict[str, Any]]:
    """What the report says of itself, in the run's language."""

    def about() -> dict[str, Any]:
        labels = ("contents", "skip", "page", "figure", "table", "working", "made")
        return {
            "title": material.say("document.title"),
            "subtitle": material.say("document.subtitle"),
            "language": material.parameters.language,
            "labels": {label: material.say(f"document.{label}") for label in labels},
        }

    return about


def _task(step: Step, done: list[str], run: str) -> pytask.TaskWithoutPath:
    """Turn a step into a task of the graph; it says when it ends and how long it took."""

    def task(**_: object) -> None:
        start = time.perf_counter()
        step.action()
        done.append(step.name)
        print(f"  {step.name:<22}{time.perf_counter() - start:5.1f} s", flush=True)  # noqa: T201

    return pytask.TaskWithoutPath(
        name=f"{run}/{step.name}",
        function=task,
        depends_on={"uses": [_node(path) for path in dict.fromkeys(step.uses)]},
        produces={"makes": [_node(path) for path in step.makes]},
    )


def _node(path: Path) -> pytask.PathNode:
    return pytask.PathNode(name=path.as_posix(), path=path)


def _explained(failure: BaseException | None) -> str:
    """Say in one message what went wrong; what we did not foresee keeps its type."""
    return str(failure) if isinstance(failure, DalilError) else f"{type(failure).__name__}: {failure}"
