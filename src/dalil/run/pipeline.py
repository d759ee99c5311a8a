"""Running: the graph of steps from article to report; a step runs again only when something it uses has changed."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytask

from dalil.analysis.targets import targets_of
from dalil.claims.claims import read_claims
from dalil.errors import DalilError, StepError
from dalil.parameters import SPELT_FROM, Parameters
from dalil.project import NOTEBOOKS, PACKAGE, Project, Run, shown
from dalil.reference.concordance import reference_of
from dalil.reference.fitting import unused
from dalil.reference.loading import files_of
from dalil.reference.own import read_own
from dalil.run.steps import Inputs, Step, clear_gone, steps_of
from dalil.run.unchanged import Traces
from dalil.text.article import read_article
from dalil.text.record import record_of
from dalil.wording.messages import check_messages


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


def plan(project: Project, parameters: Parameters, languages: Sequence[str] = ()) -> Plan:
    """List the steps of a run, told in further languages too.

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
    return Plan(project, parameters.run, inputs, steps_of(project, parameters, list(told), inputs), notices)


def carry_out(plan: Plan, *, workers: int = 0, force: bool = False) -> list[str]:
    """Bring a run up to date; return the steps that were run.

    ``workers`` steps run side by side, 0 for as many as there are processors; ``force`` runs every step.

    Raises
    ------
    StepError
        A step failed; what was there before is still there.
    """
    clear_gone(plan.project, plan.run)
    for step in plan.steps:
        step.note()
    with _quiet():
        session = pytask.build(
            tasks=[_task(step, plan.run) for step in plan.steps],
            paths=plan.project.root,
            task_files=("no_task_is_collected_from_files",),
            capture="no",
            n_workers=workers or os.cpu_count() or 1,
            parallel_backend="threads",
            force=force,
            show_traceback=False,
        )
    failed = [report for report in session.execution_reports if report.outcome is pytask.TaskOutcome.FAIL]
    failures = [report.exc_info[1] for report in failed if report.exc_info]
    if failures:
        raise StepError("\n".join(_explained(failure) for failure in failures))
    if session.exit_code == pytask.ExitCode.OK and len(session.execution_reports) < len(plan.steps):
        raise KeyboardInterrupt  # which pytask keeps to itself
    if session.exit_code != pytask.ExitCode.OK:
        raise StepError(f"the steps could not be put in order (exit code {int(session.exit_code)})")
    return [report.task.name for report in session.execution_reports if report.outcome is pytask.TaskOutcome.SUCCESS]


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


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pytask says of steps to itself: they say it themselves."""
    before = pytask.console.quiet
    pytask.console.quiet = True
    try:
        yield
    finally:
        pytask.console.quiet = before


def _task(step: Step, run: str) -> pytask.TaskWithoutPath:
    """Turn a step into a task of the graph; it says when it ends and how long it took."""

    def task(**_: object) -> None:
        start = time.perf_counter()
        step.action()
        if missing := [shown(path) for path in step.makes if not path.exists()]:
            then = "A notebook keeps it by Session.open and session.close; make notebook NAME=mine writes an example."
            raise StepError(f"{step.name}: it ended without making {missing[0]}\n{then}")
        step.note()
        print(f"  {step.name:<36}{time.perf_counter() - start:5.1f} s", flush=True)  # noqa: T201

    return pytask.TaskWithoutPath(
        name=f"{run}/{step.name}",
        function=task,
        depends_on={"uses": [pytask.PathNode(name=str(path), path=path) for path in dict.fromkeys(step.uses)]},
        produces={"makes": [pytask.PathNode(name=str(path), path=path) for path in step.makes]},
    )


def _explained(failure: BaseException | None) -> str:
    """Say in one message what went wrong; what we did not foresee keeps its type."""
    return str(failure) if isinstance(failure, DalilError) else f"{type(failure).__name__}: {failure}"
