"""Steps: what each part of a report is made from, what it makes, and how."""

import hashlib
import json
import os
import platform
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from dalil.parameters import SPELT_FROM, Parameters
from dalil.project import LOCALES, PACKAGE, READING, Project, Run, write_whole
from dalil.report.figures import names
from dalil.run.limits import Limits
from dalil.run.notebooks import REPORT, Notebook, notebooks_of
from dalil.run.unchanged import content, packages
from dalil.run.uses import used_by
from dalil.wording.asking import asked_in
from dalil.wording.messages import SOURCE, locale_messages

# Where a step that asks for no message has noted those it asks for.
_NOWHERE = Path(os.devnull)

_SYSTEM = {"python": platform.python_version(), "name": platform.system()}

# What the report is made as: a page, a PDF, and text for other programs.
EDITIONS = (".html", ".pdf", ".md")


# What a step depends on that is no file of its own, by kind and name.
Given = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Step:
    """One step: the files it uses and makes, and what is done.

    What else it is ``given`` is kept in the file ``noted``, one of those that it uses, so that a change of it is seen.
    """

    name: str
    uses: tuple[Path, ...]
    makes: tuple[Path, ...]
    action: Callable[[], None]
    noted: Path | None = None
    given: Callable[[], Given] = dict

    def note(self) -> None:
        """Write down what it is given; it knows better when it has run."""
        if self.noted:
            _write_changed(self.noted, json.dumps(self.given(), indent=1, sort_keys=True) + "\n")


@dataclass(frozen=True)
class Inputs:
    """The files a run starts from: article, what is known of it and its claims; the record they are held against."""

    raw: tuple[Path, ...]
    record: tuple[Path, ...]


def steps_of(
    project: Project,
    parameters: Parameters,
    languages: Sequence[str],
    inputs: Inputs,
    limits: Limits,
    origins: Mapping[str, str],
) -> list[Step]:
    """List the steps of a run, from its inputs on, each within limits; ``origins`` is what gave each parameter.

    Raises
    ------
    InputError
        There is something wrong with the notebooks.
    """
    making = replace(project, making=True)
    graph = _Graph(Run(making, parameters.run, parameters.language), parameters, inputs, limits)
    analysis = [graph.analysis(notebook) for notebook in graph.notebooks]
    pages = [graph.page(executed) for executed in graph.executed]
    facts = graph.facts()
    editions = [step for language in languages for step in graph.edition(language)]
    return [*analysis, facts, *pages, graph.record([*analysis, facts], origins), *editions, *graph.plain()]


class _Graph:
    """The steps of one run; a step imports what it needs when it runs, so that one with nothing to do is quick."""

    def __init__(self, run: Run, parameters: Parameters, inputs: Inputs, limits: Limits) -> None:
        self.run, self.parameters, self.inputs, self.limits = run, parameters, inputs, limits
        notebooks = notebooks_of(run.project)
        self.notebooks = [notebook for notebook in notebooks if notebook.number < REPORT]
        (self.report,) = (notebook for notebook in notebooks if notebook.number == REPORT)
        self.executed = [run.notebooks / notebook.path.name for notebook in self.notebooks]
        self.whole = (run.processed / "facts.json", run.processed / "further.json")
        self.reading = run.processed / READING.name
        own = (path for path in inputs.record if path == run.project.own_reference)
        self.known = (*self.whole, run.text, self.reading, *inputs.raw, *own)
        self.known += tuple(run.processed / f"{table}.csv" for book in self.notebooks for table in book.tables)

    def analysis(self, notebook: Notebook) -> Step:
        """Run a notebook: tables, facts, and what else it keeps."""
        earlier = [other for other in self.notebooks if other.number < notebook.number]
        before = [file for other in notebook.needs(earlier) for file in self._kept(other)]
        makes = [*self._kept(notebook), *([] if earlier else [self.run.text])]
        uses = [*self.inputs.raw, *self.inputs.record, *before]
        return self._notebook(notebook.name, notebook, self.run, uses, makes)

    def facts(self) -> Step:
        """Put together what the notebooks keep, each in a file of its own."""
        folder, titles = self.run.processed, {book.name: book.title for book in self.notebooks if book.is_own}
        facts = [self._part("facts", notebook) for notebook in self.notebooks]
        further = [self._part("further", notebook) for notebook in self.notebooks if notebook.is_own]

        def merge() -> None:
            from dalil.tables.facts import merge_facts
            from dalil.tables.further import merge_further

            merge_facts(facts, self.whole[0])
            merge_further(folder / "further", titles, self.whole[1])

        uses, given = [*facts, *further], {"titles": titles}
        return self._step("facts", "import dalil.tables.further", uses, self.whole, merge, given=given)

    def record(self, steps: Sequence[Step], origins: Mapping[str, str]) -> Step:
        """Write down what was made from what, which the archive of the report carries."""
        books = {book.name: book for book in (*self.notebooks, self.report)}

        def write() -> None:
            from dalil.report.prose.context import ReportContext
            from dalil.run.crate import Action, run_record

            actions = [
                Action(
                    step.name,
                    books[step.name].title if step.name in books else "Facts of all notebooks together",
                    [path for path in step.uses if path != step.noted],
                    step.makes,
                    books[step.name].digest if step.name in books else "",
                    books[step.name].parameters if step.name in books else (),
                )
                for step in steps
            ]
            report = self.report
            editions = [self.run.report / f"report{suffix}" for suffix in EDITIONS]
            actions.append(
                Action(report.name, report.title, self.known, (), report.digest, report.parameters, editions)
            )
            write_whole(self.run.crate, run_record(ReportContext(self.parameters, self.run.project), actions, origins))

        given = {
            "origins": origins,
            "parameters": self.parameters.model_dump(mode="json"),
            "notebook": {name: book.digest for name, book in books.items()},
        }
        uses = dict.fromkeys(path for step in steps for path in (*step.uses, *step.makes) if path != step.noted)
        uses |= dict.fromkeys(self.known)
        return self._step(
            self.run.crate.name, "import dalil.run.crate", uses, [self.run.crate], write, self.run.language, given=given
        )

    def page(self, executed: Path) -> Step:
        """Make a working notebook's page, code and all."""
        page = executed.with_suffix(".html")

        def export() -> None:
            from dalil.report.export.page import PageExporter

            content, _ = PageExporter().from_filename(str(executed))
            write_whole(page, content)

        name = self.run.project.name(page)
        return self._step(name, "import dalil.report.export.page", [executed], [page], export, asked=_NOWHERE)

    def edition(self, language: str) -> list[Step]:
        """Tell the run in one language, from its figures to the report."""
        parameters = self.parameters.model_copy(update={"language": language})
        run = self.run.told_in(language)
        values = parameters.model_dump(mode="json", exclude=set() if run.name else {"run"})
        written = "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items())
        ends = [*(f".{suffix}" for suffix in sorted({"svg", *parameters.figure_formats})), "-narrow.svg"]
        pictures = [run.figures / f"{name}{end}" for name in names() for end in ends]
        vectors = [path for path in pictures if path.suffix == ".svg"]
        told = run.translated_notebooks / self.report.path.name
        keep = partial(write_whole, run.parameters, written)
        return [
            self._step(run.parameters.name, "", [], [run.parameters], keep, given={"parameters": values}),
            self._drawing(run, parameters, pictures),
            self._notebook(f"{self.report.name} {language}", self.report, run, [*self.known, *vectors], [], told),
            *(self._export(run, parameters, told, path) for path in map(run.edition, EDITIONS)),
        ]

    def plain(self) -> list[Step]:
        """Give the report its plain name; add how well numbers are read, and the claims for other programs."""
        copies = [(self.run.edition(suffix), self.run.report / f"report{suffix}") for suffix in EDITIONS]
        copies.append((READING, self.reading))
        reviews = self.run.report / "claims.jsonld"

        def review() -> None:
            from dalil.report.export.jsonld import claim_reviews
            from dalil.report.prose.context import ReportContext

            write_whole(reviews, claim_reviews(ReportContext(self.parameters, self.run.project)))

        code, language = "import dalil.report.export.jsonld", self.run.language
        return [
            *(Step(to.name, (path,), (to,), partial(_copy, path, to)) for path, to in copies),
            self._step(reviews.name, code, self.known, [reviews], review, language),
        ]

    def _drawing(self, run: Run, parameters: Parameters, pictures: list[Path]) -> Step:
        """Draw the pictures of the report, and the one that stands for it where it is shared."""

        def draw() -> None:
            from dalil.run.drawing import draw_figures
            from dalil.run.execution import in_process

            in_process(draw_figures, run.project, parameters, seconds=self.limits.seconds)

        name, uses, makes = f"figures {run.language}", [run.parameters, *self.known], [*pictures, run.preview]
        return self._step(name, "import dalil.run.drawing", uses, makes, draw, run.language, run.asked(name))

    def _export(self, run: Run, parameters: Parameters, told: Path, to: Path) -> Step:
        """Make the report of its executed notebook, as a page, a PDF or text."""

        def export() -> None:
            from dalil.report.export.publishing import publish
            from dalil.run.execution import in_process

            asked = (parameters, told, to.suffix, self.executed, run.project)
            # Typst cannot be stopped from within.
            timed = to.suffix == ".pdf"
            content = in_process(publish, *asked, seconds=self.limits.seconds) if timed else publish(*asked)
            write_whole(to, content)

        uses = [told, *self.executed, run.parameters, run.crate, *self.known]
        return self._step(to.name, "import dalil.report.export.publishing", uses, [to], export, run.language)

    def _notebook(
        self,
        name: str,
        notebook: Notebook,
        run: Run,
        uses: Iterable[Path],
        makes: Iterable[Path],
        to: Path | None = None,
    ) -> Step:
        """Run a notebook with the parameters that it declares."""
        parameters = self.parameters.model_copy(update={"language": run.language})
        values = parameters.model_dump(include=set(notebook.parameters), mode="json")
        executed = to or run.notebooks / notebook.path.name

        def execute_notebook() -> None:
            from dalil.run.kernels import warm_up

            warm_up()
            from dalil.run.execution import execute

            execute(notebook, values, executed, run.project, self.limits)

        given = {"notebook": {name: notebook.digest}, "parameters": values}
        opened = f'Session.open("{name}"'
        asked = run.asked(name) if [book for book in self.notebooks if opened in book.code] == [notebook] else None
        return self._step(
            name, notebook.code, uses, [executed, *makes], execute_notebook, run.language, asked=asked, given=given
        )

    def _step(
        self,
        name: str,
        code: str,
        uses: Iterable[Path],
        makes: Iterable[Path],
        action: Callable[[], None],
        language: str = "en",
        asked: Path | None = None,
        given: Given | None = None,
    ) -> Step:
        """A step that is given some things, and code of the package; ``asked`` is where it notes its messages."""
        code_of = code_used(code, language)
        uses = tuple(uses)
        # What is taken away leaves no file to look at.
        names = dict.fromkeys(map(self.run.project.name, uses))
        always = {**(given or {}), "uses": names, "packages": _packages(self.run.project.lock), "system": _SYSTEM}
        others = {file: found for file, found in code_of.items() if not file.endswith("/messages.yml")}

        def all_given() -> Given:
            if asked is None or others == code_of:
                return {**always, "code": code_of}
            languages = dict.fromkeys((SOURCE, SPELT_FROM.get(language, language)))
            messages = {one: asked_in(asked, locale_messages(one)) for one in languages}
            said = {f"{one} {key}": _short(text) for one, found in messages.items() for key, text in found.items()}
            return {**always, "code": others, "messages": said}

        path = self.run.inputs / f"{re.sub(r'[ /]', '.', name)}.json"
        return Step(name, (path, *uses), tuple(makes), action, path, all_given)

    def _kept(self, notebook: Notebook) -> list[Path]:
        """What a notebook keeps: tables, facts, and, if it is a user's own, what it describes itself."""
        tables = [self.run.processed / f"{table}.csv" for table in notebook.tables]
        return [*tables, *(self._part(kind, notebook) for kind in ("facts", *(["further"] if notebook.is_own else [])))]

    def _part(self, kind: str, notebook: Notebook) -> Path:
        return self.run.processed / kind / f"{notebook.name}.json"


@cache
def code_used(code: str, language: str) -> dict[str, str]:
    """What code uses of the package, in one language, by file; English takes the place of what another lacks."""
    others = {path for path in LOCALES.iterdir() if path.name not in {"en", language.split("-")[0]}}
    files = sorted(path for path in used_by(code) if path.parent not in others)
    return {path.relative_to(PACKAGE).as_posix(): _content(path)[:16] for path in files}


_content = cache(content)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _packages(lock: Path) -> dict[str, str]:
    return {name: number for name, _, number in (one.rpartition("-") for one in packages(lock))}


def _copy(source: Path, to: Path) -> None:
    write_whole(to, source.read_bytes())


def _write_changed(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_whole(path, text)
