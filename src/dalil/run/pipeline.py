"""Running: the graph of steps from article to report; a step runs again only when something it uses has changed."""

import json
import os
import platform
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytask

from dalil.analysis.targets import targets_of
from dalil.claims.claims import read_claims
from dalil.errors import DalilError, StepError
from dalil.parameters import Parameters
from dalil.project import (
    DATA_PACKAGE,
    FIGURE_STYLE,
    FONTS,
    LOCALES,
    PACKAGE,
    TEMPLATES,
    TOKENS,
    Project,
    Run,
    resolve,
    shown,
    write_whole,
)
from dalil.reference.concordance import reference_of
from dalil.reference.loading import files_of
from dalil.report.figures import names
from dalil.text.article import read_article
from dalil.text.scoring import labelled_sets

# Steps import what they need when they run: a run with nothing to do answers at once.

ANALYSIS = ("01-clean-claims", "02-growth-rates", "03-target-gaps", "04-check-claims")
FIGURES_NOTEBOOK = "05-draw-figures"
REPORT_NOTEBOOK = "90-report"

# What the report is made as: a page, a PDF, and text for other programs.
EDITIONS = (".html", ".pdf", ".md")

# Pictures the figures notebook makes.
FIGURES = tuple(names())

# Tables that hold the article against the record.
RECORD = (
    "absent", "record", "outcomes", "mirror", "groupings", "readings", "multiverse", "sources", "assessments",
    "origins",
)  # fmt: skip

# Tables each notebook makes.
MAKES: dict[str, tuple[str, ...]] = {
    "01-clean-claims": ("sections", "corrections", "reading", "mentions", "claims"),
    "02-growth-rates": ("growth",),
    "03-target-gaps": ("gaps", "trajectories", "fan", "sensitivity"),
    "04-check-claims": ("verdicts", *RECORD),
}


@dataclass(frozen=True)
class Step:
    """One step: what it uses, what it makes, and how."""

    name: str
    uses: tuple[Path, ...]
    makes: tuple[Path, ...]
    action: Callable[[], None]


def make_report(
    parameters: Parameters,
    languages: Sequence[str] = (),
    *,
    workers: int = 0,
    backend: str = "threads",
    force: bool = False,
) -> list[str]:
    """Bring a run's report up to date.

    Parameters
    ----------
    languages
        Further languages to tell the same run in, besides that of its parameters.
    workers
        How many steps may run side by side; 0 for as many as there are processors.
    backend
        ``threads`` on this machine, ``dask`` on the cluster a Dask client is connected to.
    force
        Run every step, changed or not.

    Returns
    -------
    list[str]
        The steps that were run.

    Raises
    ------
    InputError
        An input cannot be used; nothing was run.
    StepError
        A step failed; what was there before is still there.
    """
    from dalil.wording.messages import check_messages

    told = [parameters.model_copy(update={"language": language}) for language in languages]
    for one in (parameters, *told):
        check_messages(one.language)
    steps = _steps(parameters, told, *check_inputs(parameters))
    pytask.console.quiet = True
    session = pytask.build(
        tasks=[_task(step, parameters.run) for step in steps],
        paths=Project.find().root,
        task_files=("no_task_is_collected_from_files",),
        capture="no",
        n_workers=workers or os.cpu_count() or 1,
        parallel_backend=backend,
        force=force,
        show_traceback=False,
    )
    failed = [report for report in session.execution_reports if report.outcome is pytask.TaskOutcome.FAIL]
    failures = [report.exc_info[1] for report in failed if report.exc_info]
    if failures:
        raise StepError("\n".join(_explained(failure) for failure in failures))
    if session.exit_code != pytask.ExitCode.OK:
        raise StepError(f"the steps could not be put in order (exit code {int(session.exit_code)})")
    return [report.task.name for report in session.execution_reports if report.outcome is pytask.TaskOutcome.SUCCESS]


def check_inputs(parameters: Parameters) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Refuse an article, claims, target years or a record that cannot be used, before anything runs.

    Returns
    -------
    tuple[tuple[Path, ...], tuple[Path, ...]]
        The files of the article and its claims, and those of the record it is held against.
    """
    article = read_article(resolve(parameters.article))
    claims = resolve(parameters.claims)
    targets_of(read_claims(claims, article, parameters.rounding), parameters.years, parameters.since)
    _, _, record = reference_of(article.path, article.about)
    return (*article.sources, claims), files_of(record) if record else ()


def outputs(parameters: Parameters, languages: Sequence[str] = ()) -> list[Path]:
    """Return the files a reader is after: the report in the run's language, and in further ones."""
    report = Run(Project.find(), parameters.run).report
    return [report / "report.html", report / "report.pdf"] + [
        Run(Project.find(), parameters.run, language).edition(suffix)
        for language in languages
        for suffix in (".html", ".pdf")
    ]


def tagged_parameters(notebook: str) -> list[str]:
    """Return the names of the parameters a notebook declares in its cell tagged ``parameters``."""
    cells = json.loads((Project.find().notebooks / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    tagged = next(cell for cell in cells if "parameters" in cell["metadata"].get("tags", []))
    return re.findall(r"^(\w+):", "".join(tagged["source"]), re.MULTILINE)


def _steps(
    parameters: Parameters, told: list[Parameters], raw: tuple[Path, ...], record: tuple[Path, ...]
) -> list[Step]:
    """The graph: every step with the files it uses and makes, from the raw inputs on."""
    run = Run(Project.find(), parameters.run, parameters.language)
    code = (*sorted(PACKAGE.rglob("*.py")), *sorted(PACKAGE.rglob("*.yml")), DATA_PACKAGE, run.project.lock)
    words = tuple(sorted(LOCALES.glob("*/*.yml")))

    def tables(*notebooks: str) -> tuple[Path, ...]:
        return tuple(run.processed / f"{table}.csv" for notebook in notebooks for table in MAKES[notebook])

    def part(notebook: str) -> Path:
        return run.processed / "facts" / f"{notebook}.json"

    facts = run.processed / "facts.json"
    steps = []
    for notebook in ANALYSIS:
        first = notebook == ANALYSIS[0]
        held = record if notebook == ANALYSIS[-1] else ()
        before = (*raw, *held, *words, *(labelled_sets() if first else tables(ANALYSIS[0])))
        makes = (*tables(notebook), part(notebook), *([run.text] if first else []))
        steps.append(_notebook(notebook, parameters, (*code, *before), makes, held))
    parts = tuple(part(notebook) for notebook in ANALYSIS)
    steps.append(Step("facts", (*parts, *code), (facts,), lambda: _merge_facts(parts, facts)))
    known = (*code, *words, *raw, facts, *tables(*ANALYSIS), run.text, *sorted(FONTS.iterdir()), TOKENS)
    looks = tuple(sorted(path for path in TEMPLATES.rglob("*") if path.is_file()))
    for notebook in ANALYSIS:
        steps.append(_page(run.notebooks / f"{notebook}.ipynb", (*code, *looks)))
    for one in (parameters, *(other for other in told if other.language != parameters.language)):
        steps += _edition(one, known, looks)
    steps += [
        Step(whole.name, (path,), (whole,), _copy(path, whole))
        for suffix in EDITIONS
        if (path := run.edition(suffix)) and (whole := run.report / f"report{suffix}")
    ]
    reviews = run.report / "claims.jsonld"
    steps.append(Step(reviews.name, known, (reviews,), _reviews(parameters, reviews)))
    return steps


def _edition(parameters: Parameters, known: tuple[Path, ...], looks: tuple[Path, ...]) -> list[Step]:
    """The steps that tell a run in one language, from its figures to the report."""
    run = Run(Project.find(), parameters.run, parameters.language)
    given = parameters.model_dump(mode="json", exclude={"run"} if not parameters.run else set())
    _write_given(run.parameters, "".join(f"{name}: {json.dumps(value)}\n" for name, value in given.items()))
    pictures = tuple(run.figures / f"{n}.{s}" for n in FIGURES for s in sorted({"svg", *parameters.figure_formats}))
    vectors = tuple(path for path in pictures if path.suffix == ".svg")
    steps = [
        _notebook(FIGURES_NOTEBOOK, parameters, (*known, FIGURE_STYLE), pictures),
        _notebook(REPORT_NOTEBOOK, parameters, (*known, *vectors), ()),
    ]
    drawn, report = (run.translated_notebooks / f"{notebook}.ipynb" for notebook in (FIGURES_NOTEBOOK, REPORT_NOTEBOOK))
    steps.append(_page(drawn, looks))
    executed = (*(run.notebooks / f"{notebook}.ipynb" for notebook in ANALYSIS), drawn)
    steps += [
        Step(
            path.name, (report, *executed, run.parameters, *known, *looks), (path,), _report(parameters, executed, path)
        )
        for path in map(run.edition, EDITIONS)
    ]
    steps.append(Step(run.preview.name, (*known, FIGURE_STYLE), (run.preview,), _preview(parameters, run.preview)))
    return steps


def _notebook(
    notebook: str, parameters: Parameters, uses: Iterable[Path], makes: Iterable[Path], record: Iterable[Path] = ()
) -> Step:
    """A step that runs a notebook; what it was given is a file, so that a change of it is seen.

    That includes which tables of the record were there: one that is taken away leaves no file to look at.
    """
    telling = notebook in (FIGURES_NOTEBOOK, REPORT_NOTEBOOK)
    run = Run(Project.find(), parameters.run, parameters.language)
    name = f"{notebook} {parameters.language}" if telling else notebook
    values = parameters.model_dump(include=set(tagged_parameters(notebook)), mode="json")
    given = run.inputs / f"{name.replace(' ', '.')}.json"
    there = [shown(path) for path in record]
    stamp = {"parameters": values, "record": there, "python": platform.python_version(), "system": platform.system()}
    _write_given(given, json.dumps(stamp, indent=1, sort_keys=True) + "\n")
    to = (run.translated_notebooks if telling else run.notebooks) / f"{notebook}.ipynb"
    source = Project.find().notebooks / f"{notebook}.ipynb"

    def action() -> None:
        from dalil.run.execution import execute

        execute(source, values, to)

    return Step(name, (source, given, *uses), (to, *makes), action)


def _write_given(path: Path, text: str) -> None:
    """Write down what a step is given, unless it is what it was given before."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_whole(path, text)


def _merge_facts(parts: Iterable[Path], whole: Path) -> None:
    from dalil.tables.facts import merge_facts

    merge_facts(parts, whole)


def _page(source: Path, uses: Iterable[Path]) -> Step:
    """The step that makes a working notebook's page, code and all."""
    to = source.with_suffix(".html")

    def export() -> None:
        from dalil.report.export.page import PageExporter

        page, _ = PageExporter().from_filename(str(source))
        write_whole(to, page)

    return Step(shown(to), (source, *uses), (to,), export)


def _report(parameters: Parameters, notebooks: Iterable[Path], to: Path) -> Callable[[], None]:
    """The action that makes the report, as a page, a PDF or text, in the run's language."""
    source = Run(Project.find(), parameters.run, parameters.language).translated_notebooks / f"{REPORT_NOTEBOOK}.ipynb"

    def export() -> None:
        from dalil.report.export.publishing import publish

        write_whole(to, publish(parameters, source, to.suffix, notebooks))

    return export


def _copy(source: Path, to: Path) -> Callable[[], None]:
    """The action that gives the report in the run's language its plain name."""

    def copy() -> None:
        write_whole(to, source.read_bytes())

    return copy


def _preview(parameters: Parameters, to: Path) -> Callable[[], None]:
    """The action that draws the picture that stands for the report where it is shared."""

    def draw() -> None:
        from dalil.report.figures.drawing.preview import preview
        from dalil.report.prose.context import ReportContext

        write_whole(to, preview(ReportContext(parameters)))

    return draw


def _reviews(parameters: Parameters, to: Path) -> Callable[[], None]:
    """The action that writes the claims and their reviews for programs."""

    def write() -> None:
        from dalil.report.export.jsonld import claim_reviews
        from dalil.report.prose.context import ReportContext

        write_whole(to, claim_reviews(ReportContext(parameters)))

    return write


def _task(step: Step, run: str) -> pytask.TaskWithoutPath:
    """Turn a step into a task of the graph; it says when it ends and how long it took."""

    def task(**_: object) -> None:
        start = time.perf_counter()
        step.action()
        print(f"  {step.name:<36}{time.perf_counter() - start:5.1f} s", flush=True)  # noqa: T201

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
