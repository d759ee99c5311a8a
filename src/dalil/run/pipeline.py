"""Running: the graph of steps from article to report; a step runs again only when something it uses has changed."""

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from errno import ENOSPC
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytask

from dalil.analysis.targets import targets_of
from dalil.claims.claims import read_claims
from dalil.errors import DalilError, StepError
from dalil.parameters import SPELT_FROM, Parameters
from dalil.project import NOTEBOOKS, PACKAGE, Project, Run
from dalil.reference.concordance import reference_of
from dalil.reference.fitting import unused
from dalil.reference.loading import files_of
from dalil.reference.own import read_own
from dalil.run.limits import DEFAULT, Limits
from dalil.run.steps import Inputs, Step, steps_of
from dalil.run.unchanged import Traces, content
from dalil.run.whole import whole
from dalil.text.article import read_article
from dalil.text.record import record_of
from dalil.wording.messages import check_messages

# Where pytask keeps what it knows of earlier runs.
_STATE = (".pytask", "pytask.lock", "pytask.lock.journal")


@dataclass(frozen=True)
class Plan:
    """The steps of a run, the files it starts from, and what in those is of no use to it."""

    project: Project
    run: str
    inputs: Inputs
    steps: list[Step]
    notices: tuple[str, ...] = ()

    def traces(self, *parameters: Path) -> tuple[Traces, Traces]:
        """Return what the run depends on, with its files of parameters, and that with all that it makes."""
        name, inputs = self.project.name, self.inputs
        # What is known of an article stands beside it, if anything is.
        files = {*parameters, *inputs.raw, record_of(inputs.raw[0]), self.project.own_reference, self.project.lock}
        trees = {PACKAGE, NOTEBOOKS, self.project.notebooks, *(path.parent for path in inputs.record)}
        made = {path for step in self.steps for path in (*step.uses, *step.makes)}
        used = Traces(sorted(map(name, files)), sorted(map(name, trees)))
        return used, Traces(sorted(map(name, files | made)), used.trees)


def plan(
    project: Project,
    parameters: Parameters,
    languages: Sequence[str] = (),
    limits: Limits = DEFAULT,
    origins: Mapping[str, str] | None = None,
) -> Plan:
    """List the steps of a run, told in further languages too; ``origins`` is what gave each parameter, if it is known.

    Raises
    ------
    InputError
        An input cannot be used.
    """
    told = dict.fromkeys((parameters.language, *languages))
    # What is spelt from a language has its phrases.
    for language in dict.fromkeys(SPELT_FROM.get(one, one) for one in told):
        check_messages(language)
    inputs, notices = check_inputs(project, parameters)
    given = {**dict.fromkeys(Parameters.model_fields, "the caller"), **(origins or {})}
    steps = steps_of(project, parameters, list(told), inputs, limits, given)
    return Plan(project, parameters.run, inputs, steps, notices)


def carry_out(plan: Plan, *, workers: int = 0, force: bool = False) -> list[str]:
    """Bring a run up to date; return the steps that were run.

    ``workers`` steps run side by side, 0 for as many as there are processors; ``force`` runs every step.

    Raises
    ------
    StepError
        A step failed; what was there before is still there.
    """
    run = Run(replace(plan.project, making=True), plan.run)
    with whole(run, (path for step in plan.steps for path in step.makes)):
        return _carried_out(plan, workers, force)


def check_inputs(project: Project, parameters: Parameters) -> tuple[Inputs, tuple[str, ...]]:
    """Refuse an article, claims, target years or a record that cannot be used, before anything runs.

    Returns
    -------
    tuple[Inputs, tuple[str, ...]]
        The files that a run starts from, and which figures of one's own are about no claim.

    Raises
    ------
    InputError
        Something cannot be used.
    """
    article = read_article(project.path(parameters.article))
    path, own = project.path(parameters.claims), read_own(project.own_reference)
    claims = read_claims(path, article, parameters.rounding)
    targets_of(claims, parameters.years, parameters.since)
    _, _, record = reference_of(article.path, article.about.reference)
    files = (*(files_of(record) if record else ()), *([own.path] if own.path.is_file() else ()))
    return Inputs((*article.sources, path), tuple(dict.fromkeys(files))), tuple(unused(own, claims))


def outputs(run: Run, languages: Sequence[str] = ()) -> list[str]:
    """Name the files a reader is after: the report in the run's language, and in further ones."""
    files = [run.report / "report.html", run.report / "report.pdf"]
    files += [run.told_in(language).edition(suffix) for language in languages for suffix in (".html", ".pdf")]
    return [run.project.name(file) for file in files]


def _carried_out(plan: Plan, workers: int, force: bool) -> list[str]:
    for step in plan.steps:
        step.note()
    session = _built(plan, workers, force)
    if session.exit_code == pytask.ExitCode.CONFIGURATION_FAILED:
        print("What was kept of earlier runs cannot be read; every step is run anew.", flush=True)  # noqa: T201
        for name in _STATE:
            _remove(plan.project.root / name)
        session = _built(plan, workers, force)
    failed = [report for report in session.execution_reports if report.outcome is pytask.TaskOutcome.FAIL]
    failures = [report.exc_info[1] for report in failed if report.exc_info]
    if failures:
        raise StepError("\n".join(_explained(failure) for failure in failures))
    if session.exit_code == pytask.ExitCode.OK and len(session.execution_reports) < len(plan.steps):
        raise KeyboardInterrupt  # which pytask keeps to itself
    if session.exit_code != pytask.ExitCode.OK:
        raise StepError(f"the steps could not be put in order (exit code {int(session.exit_code)})")
    return [report.task.name for report in session.execution_reports if report.outcome is pytask.TaskOutcome.SUCCESS]


def _built(plan: Plan, workers: int, force: bool) -> pytask.Session:
    with _quiet():
        return pytask.build(
            tasks=[_task(step, plan) for step in plan.steps],
            paths=plan.project.root,
            task_files=("no_task_is_collected_from_files",),
            capture="no",
            n_workers=workers or os.cpu_count() or 1,
            parallel_backend="threads",
            force=force,
            show_traceback=False,
        )


def _remove(path: Path) -> None:
    """Take away whatever is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pytask says of steps to itself: they say it themselves."""
    before = pytask.console.quiet
    pytask.console.quiet = True
    try:
        yield
    finally:
        pytask.console.quiet = before


@dataclass(frozen=True)
class _File:
    """A file of the graph: called as a user calls it, and its state is its content, whatever its time says."""

    name: str
    place: Path
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        return self.name

    def state(self) -> str | None:
        return content(self.place) if self.place.is_file() else None

    def load(self, is_product: bool = False) -> Path:  # noqa: ARG002
        return self.place

    def save(self, value: Any) -> None:
        """Nothing is kept of what a step returns."""


def _task(step: Step, plan: Plan) -> pytask.TaskWithoutPath:
    """Turn a step into a task of the graph; it says when it ends and how long it took."""

    def task(**_: object) -> None:
        start = time.perf_counter()
        step.action()
        step.note()
        print(f"  {step.name:<36}{time.perf_counter() - start:5.1f} s", flush=True)  # noqa: T201

    def files(paths: Iterable[Path]) -> list[_File]:
        return [_File(plan.project.name(path), path) for path in dict.fromkeys(paths)]

    return pytask.TaskWithoutPath(
        name=f"{plan.run}/{step.name}",
        function=task,
        depends_on={"uses": files(step.uses)},
        produces={"makes": files(step.makes)},
    )


def _explained(failure: BaseException | None) -> str:
    """Say in one message what went wrong; what we did not foresee keeps its type."""
    if isinstance(failure, OSError) and failure.errno == ENOSPC:
        return f"{failure.filename or gettempdir()} cannot be written: {failure.strerror}"
    return str(failure) if isinstance(failure, DalilError) else f"{type(failure).__name__}: {failure}"
