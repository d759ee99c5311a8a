"""Sweeps: the analysis notebooks for many sets of parameters, each run of a notebook that several share done once."""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from dalil.errors import InputError, StepError
from dalil.parameters import Parameters
from dalil.project import PARAMETERS, Project, Run, shown
from dalil.run.execution import execute
from dalil.run.kernels import warm_up
from dalil.run.many.grid import Set, read_grid
from dalil.run.many.spread import progress, spread
from dalil.run.many.store import Store, files_in, key_of, packed, unpack
from dalil.run.notebooks import REPORT, Notebook, notebooks_of
from dalil.run.pipeline import check_inputs
from dalil.run.steps import Inputs, code_used
from dalil.run.unchanged import packages
from dalil.tables.facts import Fact, read_facts
from dalil.text.record import record_of

# Parameters of the analysis that name a run or its places: a sweep has places of its own.
_OF_A_RUN = {"run"}
# Papermill changes the working folder of its process while a notebook runs.
_alone = Lock()


@dataclass(frozen=True)
class Part:
    """A run of one notebook with values of its parameters; ``needs`` are the archives that it finds unpacked.

    What it writes is kept in the ``store`` under its ``key``, which is the same for the same inputs.
    """

    store: Store
    key: str
    notebook: str
    values: Mapping[str, Any]
    needs: tuple[str, ...]

    @property
    def archive(self) -> str:
        """Where what it writes is kept."""
        return f"parts/{self.key}.zip"

    def facts(self) -> dict[str, Fact]:
        """The facts that it has kept."""
        return _facts(self.store, self.archive, f"{Path(self.notebook).stem}.json")


@lru_cache(maxsize=64)
def _facts(store: Store, archive: str, name: str) -> dict[str, Fact]:
    with tempfile.TemporaryDirectory() as folder:
        unpack(store.read(archive), Path(folder))
        return read_facts(Run(Project(Path(folder))).processed / "facts" / name)


@dataclass(frozen=True)
class Swept:
    """A set of a grid: what it varies, the notebooks that were run for it, and what went wrong with it."""

    varied: Set
    parts: tuple[Part, ...]
    wrong: str = ""

    def facts(self) -> Iterator[Fact]:
        """The facts of the set, in the order of its notebooks; none where something went wrong."""
        for part in () if self.wrong else self.parts:
            yield from part.facts().values()


def sweep(project: Project, grid: Path, given: Parameters, store: Store, workers: int = 0) -> dict[str, Swept]:
    """Run the analysis for each set of a grid; what has been run with the same inputs is not run again.

    Parameters
    ----------
    project, given
        The project, and the parameters that the grid does not name.
    grid
        A YAML file (see :func:`dalil.run.many.grid.read_grid`).
    store
        Where results are kept; nothing of the project is changed.
    workers
        Processes of this machine, where no cluster is named.

    Returns
    -------
    dict
        The sets by their numbers.

    Raises
    ------
    InputError
        The grid, a value or an input cannot be used; nothing was run.
    """
    notebooks = [notebook for notebook in notebooks_of(project) if notebook.number < REPORT]
    allowed = {name for notebook in notebooks for name in notebook.parameters} - _OF_A_RUN
    sets = read_grid(grid, given, allowed)
    plan = _Plan(project, store, notebooks, _inputs(project, grid, sets))
    parts = {number: plan.parts(parameters) for number, (_, parameters) in sets.items()}
    wrong = _run({part.key: part for own in parts.values() for part in own}, workers)
    return {
        number: Swept(one, parts[number], next((wrong[p.key] for p in parts[number] if p.key in wrong), ""))
        for number, (one, _) in sets.items()
    }


def fact_rows(swept: Mapping[str, Swept]) -> tuple[list[str], Iterator[list[str]]]:
    """Put the facts of a sweep into one long table, a row a set and fact; return its columns and its rows, as text."""
    varied = list(next(iter(swept.values())).varied)
    own = ("value", "low", "high", "unit", "formula", "notebook")
    rows = (
        [number, *(str(one.varied[name]) for name in varied), fact.id, *(getattr(fact, name) for name in own)]
        for number, one in swept.items()
        for fact in one.facts()
    )
    return ["set", *varied, "fact", *own], rows


def _inputs(project: Project, grid: Path, sets: Mapping[str, tuple[Set, Parameters]]) -> dict[tuple[str, str], Inputs]:
    """The inputs of sets, by article and claims; sets with some that cannot be used are refused, all at once."""
    problems: dict[tuple[Any, ...], str] = {}
    inputs: dict[tuple[str, str], Inputs] = {}
    for one, given in sets.values():
        what = (given.article, given.claims, given.rounding, given.base_year, given.target_years)
        if what not in problems:
            problems[what] = ""
            try:
                inputs[given.article, given.claims], _ = check_inputs(project, given)
            except InputError as error:
                told = ", ".join(f"{name}={value}" for name, value in one.items())
                problems[what] = f"{told}: {'; '.join(error.problems) or error}"
    if found := [problem for problem in problems.values() if problem]:
        raise InputError.of(shown(grid), found, then="Nothing was run.")
    return inputs


class _Plan:
    """Which runs of notebooks sets ask for; what they start from is kept as archives in the store."""

    def __init__(
        self, project: Project, store: Store, notebooks: list[Notebook], inputs: Mapping[tuple[str, str], Inputs]
    ) -> None:
        self._project, self._store, self._notebooks = project, store, notebooks
        self._packages = [sys.version, *packages(project.lock)]
        self._books = {
            notebook.name: self._kept({f"notebooks/{notebook.path.name}": json.dumps(notebook.content).encode()})
            for notebook in notebooks
        }
        self._inputs = {
            named: self._kept({PARAMETERS: b""} | {project.name(file): file.read_bytes() for file in _files(found)})
            for named, found in inputs.items()
        }

    def parts(self, parameters: Parameters) -> tuple[Part, ...]:
        """The runs that one set asks for; two sets share those with the same values that follow the same runs."""
        values = parameters.model_dump(mode="json", exclude=_OF_A_RUN)
        values |= {name: self._reached(values[name]) for name in ("article", "claims")}
        parts: dict[str, Part] = {}
        for notebook in self._notebooks:
            own = {name: values[name] for name in notebook.parameters if name in values}
            earlier = notebook.needs([other for other in self._notebooks if other.number < notebook.number])
            inputs = self._inputs[parameters.article, parameters.claims], self._books[notebook.name]
            needs = (*inputs, *(parts[other.name].archive for other in earlier))
            key = key_of(json.dumps([own, needs, code_used(notebook.code, "en"), self._packages]).encode())
            parts[notebook.name] = Part(self._store, key, notebook.path.name, own, needs)
        return tuple(parts.values())

    def _kept(self, files: Mapping[str, bytes]) -> str:
        archive = packed(files)
        name = f"parts/{key_of(archive)}.zip"
        if not self._store.has(name):
            self._store.write(name, archive)
        return name

    def _reached(self, name: str) -> str:
        """A path that leads to the same file from another folder: those of the project go along."""
        path = self._project.path(name).resolve()
        return name if path.is_relative_to(self._project.root.resolve()) else str(path)


def _files(inputs: Inputs) -> list[Path]:
    return sorted({*inputs.raw, *inputs.record, *(file for file in [record_of(inputs.raw[0])] if file.exists())})


def _run(parts: Mapping[str, Part], workers: int) -> dict[str, str]:
    """Run what is not kept yet, each part after those that it needs; return what went wrong, by the keys of parts."""
    lacking = {part.archive: part for part in parts.values() if not part.store.has(part.archive)}
    ready = _Ready(lacking)
    wrong: dict[str, str] = {}
    for part, problem in progress(spread(run_part, ready, workers), len(lacking)):
        if problem:
            wrong[part.key] = problem
        else:
            del lacking[part.archive]
    return wrong


class _Ready(Iterator[Part]):
    """The parts that can be run now: those that need nothing that is lacking."""

    def __init__(self, lacking: Mapping[str, Part]) -> None:
        self._lacking, self._waiting = lacking, dict(lacking)

    def __next__(self) -> Part:
        for part in self._waiting.values():
            if not self._lacking.keys() & part.needs:
                return self._waiting.pop(part.archive)
        raise StopIteration


def run_part(part: Part) -> None:
    """Run a notebook in a project of its own, made of archives, and keep what it writes as another one.

    Raises
    ------
    StepError
        A cell failed.
    """
    with _alone, tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        for archive in part.needs:
            unpack(part.store.read(archive), project.root)
        processed = Run(project).processed
        before = files_in([processed])
        warm_up()
        try:
            execute(Notebook(project.notebooks / part.notebook), part.values, Path(folder) / "executed.ipynb", project)
        except StepError as error:
            raise StepError(str(error).replace(f"{project.root}/", "")) from None
        written = sorted(files_in([processed]) - before)
        part.store.write(part.archive, packed({project.name(file): file.read_bytes() for file in written}))
