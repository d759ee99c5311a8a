"""Comparing two runs that are there: what differs, for a terminal and as a page."""

from collections.abc import Iterator
from pathlib import Path

from dalil.errors import InputError, nearest
from dalil.parameters import read_parameters
from dalil.project import Project, Run, write_whole
from dalil.report.export.sheet import sheet
from dalil.report.page.comparison import comparison_tables, differences
from dalil.report.prose.context import ReportContext

# What the run without a name is called.
DEFAULT = "default"
# As many characters a column has room for in a terminal.
_WIDEST = 48


def compare(project: Project, one: str, other: str) -> tuple[list[str], Path]:
    """Compare two runs; return the lines that say what differs, and the page that was written.

    They are told in a language that both are told in, the project's own if that is one.

    Raises
    ------
    InputError
        There is no run of a name; the message names those that there are.
    """
    contexts = _told(project, one, other)
    wording = contexts[0].wording
    called = tuple(wording.say("comparison.default") if name == DEFAULT else name for name in (one, other))
    found = differences(*contexts)
    title = wording.say("comparison.title", one=called[0], other=called[1])
    page = Run(project).report / "compare.html"
    write_whole(page, sheet(title, wording, comparison_tables(wording, (called[0], called[1]), found)))
    rows = {wording.say(f"comparison.{kind}"): [(r.name, r.one, r.other) for r in rows] for kind, rows in found.items()}
    if not any(rows.values()):
        return [wording.say("comparison.same")], page
    return list(_lines(("", *called), {kind: listed for kind, listed in rows.items() if listed})), page


def _told(project: Project, one: str, other: str) -> tuple[ReportContext, ReportContext]:
    """The two runs in the language that they are told in."""
    files = [_files(project, name) for name in (one, other)]
    own = read_parameters(project.parameters).language
    both = sorted(files[0].keys() & files[1].keys(), key=lambda language: (language != own, language))
    if not both:
        told = [f"{name} is told in {', '.join(f)}" for name, f in zip((one, other), files, strict=True)]
        raise InputError.of("the runs", told, then="Make both in one language: --all-languages.")
    first, second = (ReportContext(read_parameters(file[both[0]]), project) for file in files)
    return first, second


def _files(project: Project, name: str) -> dict[str, Path]:
    """What a run was made with, by language."""
    runs = {DEFAULT: "", **{path.name: path.name for path in sorted(Run(project, "x").home.parent.glob("*"))}}
    made = {called: files for called, own in runs.items() if (files := _made(Run(project, own)))}
    if name not in made:
        problem = f'"{name}" is no run that was made; {nearest(name, made) if made else "none was made yet"}'
        raise InputError.of("the runs to compare", [problem], then="Make it: dalil report --run NAME.")
    return made[name]


def _made(run: Run) -> dict[str, Path]:
    """What a run that has ended was made with, by language."""
    files = sorted(run.inputs.glob("parameters.*.yml"))
    told = {file.name.split(".")[1]: file for file in files}
    return {name: file for name, file in told.items() if run.told_in(name).edition(".html").exists()}


def _lines(head: tuple[str, ...], found: dict[str, list[tuple[str, str, str]]]) -> Iterator[str]:
    """Write what differs below each other, in columns."""
    rows = [head, *(row for rows in found.values() for row in rows)]
    first, second = (min(_WIDEST, max(len(row[place]) for row in rows)) for place in (0, 1))

    def line(row: tuple[str, ...]) -> str:
        row = tuple(cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…" for cell in row)
        return f"  {row[0]:<{first}}  {row[1]:<{second}}  {row[2]}".rstrip()

    yield line(head)
    for kind, listed in found.items():
        yield from ("", kind, *map(line, listed))
