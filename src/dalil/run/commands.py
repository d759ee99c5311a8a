"""The commands: what can be given to each, and what it does."""

import argparse
import contextlib
import os
import sys
import webbrowser
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from dalil import __version__
from dalil.errors import DalilError, InputError
from dalil.parameters import LANGUAGES, Parameters, about, parameter_origins, parse_settings, read_parameters
from dalil.project import SCHEMAS, Project, Run, shown, write_whole
from dalil.run.limits import DEFAULT, Limits
from dalil.text.formats import formats
from dalil.text.grammar import languages

# Commands import what they need when they run: what is refused is answered at once.


def run(arguments: Sequence[str]) -> int:
    """Run a command as it was given; return the exit code, as :func:`dalil.run.command_line.main` does."""
    options = _parser().parse_args(arguments, argparse.Namespace(given=arguments))
    try:
        return int(options.run_command(options))
    except DalilError as error:
        print(f"dalil: {error}", file=sys.stderr)
        return 2 if isinstance(error, InputError) else 1
    except BrokenPipeError:
        # Whoever read the output has seen enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"dalil: {shown(Path(error.filename or '.'))}: {error.strerror or error}", file=sys.stderr)
        return 1


class _Command(NamedTuple):
    """A command: what the help says of it, what it does, and the arguments it takes."""

    help: str
    description: str
    action: Callable[[argparse.Namespace], int]
    arguments: tuple[tuple[str, dict[str, Any]], ...] = ()
    epilog: str = ""


def _argument(name: str, help: str = argparse.SUPPRESS, **settings: Any) -> tuple[str, dict[str, Any]]:  # noqa: A002
    return name, {"help": help, **settings}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dalil", description="The numbers of an article, read and checked.")
    parser.add_argument("--version", action="version", version=f"dalil {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, command in _COMMANDS.items():
        described = commands.add_parser(
            name,
            help=command.help,
            description=command.description,
            epilog=command.epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for argument, settings in command.arguments:
            described.add_argument(argument, **settings)
        described.set_defaults(run_command=command.action)
    return parser


def _path(given: str) -> str:
    """A path from the working folder, as the project writes it: in outputs stands no place of this machine alone."""
    path = Path.cwd() / Path(given).expanduser()
    with suppress(InputError, ValueError):  # outside a project; on another drive
        return Path(os.path.relpath(path, Project.find().root)).as_posix()
    return shown(path)


def _count(given: str) -> int:
    """A number of things, or none."""
    if not given.isdecimal():
        raise argparse.ArgumentTypeError(f'found "{given}"; allowed: a whole number from 0 on')
    return int(given)


def _positive(given: str) -> int:
    """A whole number above nothing."""
    if not given.isdecimal() or int(given) == 0:
        raise argparse.ArgumentTypeError(f'found "{given}"; allowed: a whole number from 1')
    return int(given)


def _why(options: argparse.Namespace) -> int:
    project, parameters, origins = _given(options)
    from dalil.run.pipeline import plan
    from dalil.run.reasons import reasons_of

    planned = plan(project, parameters, _told(options), origins=origins)
    for step, reasons in reasons_of(planned).items():
        more = [f"and {len(reasons) - _MOST_REASONS} more"] if len(reasons) > _MOST_REASONS else []
        print(f"  {step:<40}{'; '.join([*reasons[:_MOST_REASONS], *more]) or 'nothing to do'}")
    return 0


def _given(options: argparse.Namespace) -> tuple[Project, Parameters, dict[str, str]]:
    """The project and the parameters of a run, and what gave each of them."""
    project = Project.find()
    shorthands = {name: given for name in ("run", "article", "claims") if (given := getattr(options, name, ""))}
    file = options.params or project.parameters
    parameters = read_parameters(file, options.settings, shorthands)
    given, article = {*shorthands, *parse_settings(options.settings)}, parameters.article
    if "article" in given and "claims" not in given and article != (usual := read_parameters(file)).article:
        claims = Path(article).with_suffix(".claims.yml").as_posix()
        then = f"make claims ARTICLE={article} drafts {claims}; then give CLAIMS={claims} (--claims) too."
        raise InputError.of(
            article, [f"its claims are not named; {usual.claims} are those of {usual.article}"], then=then
        )
    return project, parameters, parameter_origins(file, options.settings, shorthands)


def _told(options: argparse.Namespace) -> Sequence[str]:
    return LANGUAGES if options.all_languages else ()


def _report(options: argparse.Namespace) -> int:
    # JupyterLab brings it along, and nbformat would import it, which takes seconds, and never ask it anything.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    project, parameters, origins = _given(options)
    from dalil.run.pipeline import carry_out, outputs, plan
    from dalil.run.unchanged import keep

    begin, nothing = "Making the report …", "Nothing to do: everything is up to date."
    print(begin, flush=True)
    languages = _told(options)
    limits = Limits(options.time_limit, options.memory_limit)
    planned = plan(project, parameters, languages, limits, origins)
    print(*planned.notices, sep="\n", end="\n" * bool(planned.notices), flush=True)
    used, whole = planned.traces(options.params.absolute() if options.params else project.parameters)
    before = used.digest(project)
    done = carry_out(planned, workers=options.workers, force=options.force)
    made = [f"  {name}" for name in outputs(Run(project, parameters.run), languages)]
    print(f"{len(done)} steps run." if done else nothing, *made, sep="\n")
    # What was changed meanwhile may have been used as it was before.
    if used.digest(project) == before and not options.force:
        keep(project, options.given, whole, [begin, *planned.notices, nothing, *made])
    return 0


def _sweep(options: argparse.Namespace) -> int:
    project, parameters, _ = _given(options)
    from dalil.run.many.store import Store
    from dalil.run.many.summary import write_summary
    from dalil.run.many.sweep import sweep

    store = Store(options.output or str(project.root / "report" / "sweeps" / options.grid.stem))
    swept = sweep(project, options.grid, parameters, store, options.workers)
    places = write_summary(store, swept, parameters.language)
    failed = {f"set {number}": one.wrong for number, one in swept.items() if one.wrong}
    return _many(f"{len(swept)} sets, {len(failed)} of them failed.", failed, places, 1)


def _corpus(options: argparse.Namespace) -> int:
    from dalil.run.many.corpus import read_corpus
    from dalil.run.many.store import Store

    total, skipped, places = read_corpus(options.folder, Store(options.output or "corpus"), options.workers)
    return _many(f"{total} files, {len(skipped)} of them skipped.", skipped, places, 0)


def _many(said: str, wrong: dict[str, str], places: list[str], code: int) -> int:
    """Say what came of many things; return the exit code, one of its own where anything went wrong."""
    local = [place if "://" in place else shown(Path(place).absolute()) for place in places]
    print(said, *(f"  {name}: {why}" for name, why in wrong.items()), *(f"  {place}" for place in local), sep="\n")
    return code if wrong else 0


def _compare(options: argparse.Namespace) -> int:
    from dalil.run.comparison import compare

    lines, page = compare(Project.find(), options.one, options.other)
    print(*lines, "", shown(page), sep="\n")
    return 0


def _claims(options: argparse.Namespace) -> int:
    from dalil.claims.draft import draft
    from dalil.text.article import read_article

    path = options.claims or options.article.with_suffix(".claims.yml")
    article = read_article(options.article)
    if path.resolve() in {file.resolve() for file in article.sources}:
        problem = "the article is read from this file; a draft would take its place"
        raise InputError.of(shown(path), [problem], then="Name another file with --claims.")
    drafted = draft(article)
    if path.exists() and not options.force:
        problem = "there is a claims file already; a draft would take its place"
        raise InputError.of(shown(path), [problem], then="Name another file with --claims, or give --force.")
    # Editors then say what a field may hold; a path, so that nothing is looked up elsewhere.
    schema = Path(os.path.relpath(SCHEMAS / "claims.schema.json", path.parent)).as_posix()
    write_whole(path, f"# yaml-language-server: $schema={schema}\n{drafted.text}")
    print(f"{shown(path)}: {drafted.measures.total()} claims to review", *drafted.notices, sep="\n  ")
    _list_measures(drafted.measures, path)
    return 0


def _measures(options: argparse.Namespace) -> int:
    from dalil.claims.measures import measures_of, rename

    names = [pair.partition("=") for given in options.rename for pair in given.split(";") if pair.strip()]
    if wrong := [old for old, sign, _ in names if not sign]:
        raise InputError.of("--rename", [f'"{wrong[0]}" names no new name'], then='Write "old name = new name".')
    if names:
        print(f"{rename(options.claims, {old.strip(): new.strip() for old, _, new in names})} claims changed")
    _list_measures(measures_of(options.claims), options.claims, most=None)
    return 0


def _list_measures(measures: Counter[str], path: Path, most: int | None = 40) -> None:
    """List measures, those of most claims first, and say how they are renamed."""
    if not measures:
        return
    print("measures and their claims:")
    for name, count in measures.most_common(most):
        print(f"{count:>6}  {name}")
    more = f"{len(measures) - most} more; list" if most and len(measures) > most else "list"
    print(f'{more}, rename or merge them: dalil measures {shown(path)} --rename "old name = new name"')


def _new(options: argparse.Namespace) -> int:
    from dalil.run.new import new_project

    print(*new_project(options.folder, options.article), sep="\n")
    return 0


def _review(options: argparse.Namespace) -> int:
    from dalil.review.document import Document
    from dalil.text.article import read_article

    document = Document(options.claims or options.article.with_suffix(".claims.yml"), read_article(options.article))
    if options.write_to or options.read_from:
        from dalil.review.sheet import read_sheet, write_sheet

        for said in (
            write_sheet(document, options.write_to) if options.write_to else read_sheet(document, options.read_from)
        ):
            print(said)
        return 0
    from dalil.review.server import Review
    from dalil.wording.catalogue import Wording

    with Review(document, Wording(options.language)) as review:
        print(f"Review {shown(document.path)} at {review.address}\nDone and Ctrl-C end it.", flush=True)
        webbrowser.open(review.address)
        with contextlib.suppress(KeyboardInterrupt):
            review.serve()
    print(f"{shown(document.path)}: {sum(not claim.entry.reviewed for claim in document.claims)} claims to review")
    return 0


def _read(options: argparse.Namespace) -> int:
    from dalil.run.listing import list_quantities

    list_quantities(options.file, options.language, options.format)
    return 0


def _parameters(_: argparse.Namespace) -> int:
    print(_parameter_lines())
    return 0


def _parameter_lines() -> str:
    """What the help says of each parameter."""
    lines = []
    for name in Parameters.model_fields:
        facts = about(name)
        lines.append(f"  {name:<15} {facts['default'] or '(empty)'}")
        lines.append(f"{'':<18}{facts['meaning']}: {facts['allowed']} ({facts['unit']})")
    return "\n".join(lines)


def _notebook(options: argparse.Namespace) -> int:
    from dalil.run.notebooks import new_notebook

    print(f"{shown(new_notebook(Project.find(), options.name))}: change it, and make the report")
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from dalil.reference.online.refresh import compare, take_over

    addresses = {"World Bank": options.world_bank, "UN Comtrade": options.comtrade}
    comparison = compare(
        options.folder.absolute() if options.folder else Project.find().reference,
        {service: address for service, address in addresses.items() if address},
        say=lambda progress: print(progress, file=sys.stderr, flush=True),
    )
    for row in comparison.lines():
        print(row)
    comparison.check()
    if options.apply:
        print("", *take_over(comparison), sep="\n")
    elif comparison.files:
        print(f"\nNothing was changed. --apply (make: APPLY=1) would write {', '.join(comparison.files)}.")
    return 0


def _reference(options: argparse.Namespace) -> int:
    from dalil.reference.online.adding import Asked, add

    asked = Asked(**{name: getattr(options, name) for name in Asked.__dataclass_fields__})
    path = options.to or Project.find().own_reference
    print(add(path, asked, address=options.address, say=lambda told: print(told, file=sys.stderr, flush=True)))
    return 0


def _docs(options: argparse.Namespace) -> int:
    from dalil.run.documents import out_of_date, write_documents

    if options.check:
        stale = out_of_date()
        for path in stale:
            print(f"{shown(path)} is out of date; run make docs", file=sys.stderr)
        return 1 if stale else 0
    for path in write_documents():
        print(shown(path))
    return 0


# How many reasons are told of one step.
_MOST_REASONS = 3

_OF_A_RUN = (
    _argument(
        "--set",
        'parameters, e.g. "rounding=exact target_years=[2019,2022]"',
        dest="settings",
        default="",
        metavar="TEXT",
    ),
    _argument("--params", "a YAML file of parameters instead of parameters.yml", type=Path, metavar="FILE"),
    _argument("--run", "keep this run apart, in report/runs/NAME", metavar="NAME"),
    _argument("--article", f"the article: {formats()}", type=_path, metavar="FILE"),
    _argument("--claims", "what its claims assert", type=_path, metavar="FILE"),
    _argument("--all-languages", f"tell the same run in {', '.join(LANGUAGES)}", action="store_true"),
)

_MANY = (
    _argument("--workers", "processes side by side (default: one a processor)", type=int, default=0, metavar="N"),
    _argument(
        "--output",
        "where results are kept: a folder (default: report/sweeps, or corpus), or an address that fsspec knows",
        metavar="PLACE",
    ),
)

_COMMANDS = {
    "report": _Command(
        "bring the report up to date",
        "Run the notebooks that need it and make report.html and report.pdf.",
        _report,
        (
            *_OF_A_RUN,
            _argument(
                "--workers", "steps side by side (default: one a processor)", type=_count, default=0, metavar="N"
            ),
            _argument("--force", "run every step, changed or not", action="store_true"),
            _argument(
                "--time-limit",
                f"how long a cell, the figures or a PDF may take (default: {DEFAULT.seconds})",
                type=_positive,
                default=DEFAULT.seconds,
                metavar="SECONDS",
            ),
            _argument(
                "--memory-limit",
                f"how much memory a notebook may take, on Linux (default: {DEFAULT.gigabytes})",
                type=_positive,
                default=DEFAULT.gigabytes,
                metavar="GB",
            ),
        ),
        f"parameters, with their defaults:\n{_parameter_lines()}",
    ),
    "why": _Command(
        "say why each step of a report would run",
        "Say for each step what has changed since it last ran: an input, a parameter, a message, code, a package.",
        _why,
        _OF_A_RUN,
    ),
    "new": _Command(
        "make a project of one's own on an article",
        "Make a folder with a copy of an article, its claims drafted, parameters, and a table for figures to hold the\n"
        "claims against.",
        _new,
        (
            _argument("folder", "the folder to make: not there yet, or empty", type=Path, metavar="FOLDER"),
            _argument("article", f"the article: {formats()}", type=Path, metavar="ARTICLE"),
        ),
    ),
    "sweep": _Command(
        "run the analysis for many sets of parameters",
        "Run the analysis notebooks for each set of a grid and put their facts into one table, with a summary page.\n"
        "What has been run with the same inputs is not run again.",
        _sweep,
        (
            _argument("grid", "a YAML file: product and zip of lists and ranges", type=Path, metavar="GRID"),
            *_OF_A_RUN[:2],
            *_MANY,
        ),
    ),
    "corpus": _Command(
        "list the quantities of many articles and draft their claims",
        "Put the quantities of all articles of a folder into one table, and claims drafted from them into another.\n"
        "A file that cannot be read is listed and skipped; what has been read before is not read again.",
        _corpus,
        (_argument("folder", "the articles; folders in it count", type=Path, metavar="FOLDER"), *_MANY),
    ),
    "compare": _Command(
        "say how two runs differ",
        "Say which facts, verdicts, tables and figures of two runs differ, here and as a page: report/compare.html.",
        _compare,
        (_argument("one", "a run: its name, or default", metavar="A"), _argument("other", "another one", metavar="B")),
    ),
    "claims": _Command(
        "draft the claims file of an article",
        "Draft the claims of an article from what is read in it, each under its sentence, to be reviewed.",
        _claims,
        (
            _argument("--article", formats(), type=Path, required=True, metavar="FILE"),
            _argument("--claims", "the file to write (default: beside the article)", type=Path, metavar="FILE"),
            _argument("--force", "write over a claims file that is there", action="store_true"),
        ),
    ),
    "measures": _Command(
        "list the measures of a claims file, rename or merge them",
        "List the measures of a claims file with the number of claims of each. With --rename they get other names;\n"
        "two that get one name are merged. Nothing else in the file is changed.",
        _measures,
        (
            _argument("claims", "the claims file", type=Path, metavar="FILE"),
            _argument(
                "--rename",
                'as often as there are measures, or apart by ";"',
                action="append",
                default=[],
                metavar="OLD=NEW",
            ),
        ),
    ),
    "review": _Command(
        "review the claims of an article on a page, or in a spreadsheet",
        "Open a page of this machine alone, on which drafted claims are accepted, mended or rejected beside their\n"
        "sentences; each change is checked and saved. Or write them to a spreadsheet, and take them from it.",
        _review,
        (
            _argument("--article", formats(), type=Path, required=True, metavar="FILE"),
            _argument("--claims", "their file (default: beside the article)", type=Path, metavar="FILE"),
            _argument("--language", "the page's language (default: en)", choices=LANGUAGES, default="en"),
            _argument("--export", "write a spreadsheet: .xlsx or .csv", type=Path, dest="write_to", metavar="FILE"),
            _argument("--import", "take what a spreadsheet says", type=Path, dest="read_from", metavar="FILE"),
        ),
    ),
    "read": _Command(
        "list the quantities of a text",
        "List every quantity that a text states, with its place, value, bounds, unit and kind.",
        _read,
        (
            _argument("file", f"{formats()}; - is standard input", metavar="FILE"),
            _argument(
                "--language",
                f"{', '.join(languages())} (default: auto, told paragraph by paragraph)",
                default="auto",
                metavar="NAME",
            ),
            _argument(
                "--format",
                "one JSON object a line, or a table (default: jsonl)",
                choices=("jsonl", "csv"),
                default="jsonl",
            ),
        ),
    ),
    "parameters": _Command("list the parameters", "List the parameters of a run.", _parameters),
    "notebook": _Command(
        "start a notebook of your own",
        "Write a notebook to change, which the next report runs and shows under Further analyses.",
        _notebook,
        (_argument("name", "what it is called: small letters, digits and -", metavar="NAME"),),
    ),
    "refresh": _Command(
        "compare the record in data/reference with its online sources",
        "Fetch population and employment rate from the World Bank and the trade of Uzbekistan and Kazakhstan from\n"
        "UN Comtrade, and show year by year how they differ from what is stored. Nothing is changed without\n"
        "--apply, nor where anything went wrong.",
        _refresh,
        (
            _argument("--apply", "take the differences over", action="store_true"),
            _argument("--folder", "the record (default: data/reference)", type=Path, metavar="FOLDER"),
            # For tests and mirrors.
            _argument("--world-bank", metavar="ADDRESS"),
            _argument("--comtrade", metavar="ADDRESS"),
        ),
        "With --apply the World Bank's figures take the place of those in population.csv and employment.csv; UN\n"
        "Comtrade's go into trade-comtrade.csv, and the statistics offices' own tables are never changed.\n"
        "No key is needed, only a connection.",
    ),
    "reference": _Command(
        "add figures of a statistics service to data/reference/reference.csv",
        "Ask a service for a series, and add its figures with their origin, all of them or none.",
        _reference,
        (
            _argument("action", "add", choices=("add",), metavar="add"),
            _argument(
                "series", "worldbank:INDICATOR, comtrade:export, comtrade:import, or eurostat:DATASET/NAME=CODE/…"
            ),
            _argument("--country", "one or more, with commas between: KZ or KAZ", dest="countries", required=True),
            _argument("--years", "one, or the first and the last: 1995:2024", required=True),
            _argument("--partner", "of trade: with which country", default=""),
            _argument("--measure", "what the claims call it (default: as the service does)", default=""),
            _argument("--subject", "what the claims call the country (default: its name)", default=""),
            _argument("--unit", "where the service tells none", default=""),
            _argument("--to", "the table (default: data/reference/reference.csv)", type=Path, metavar="FILE"),
            _argument("--address", default=""),  # for tests and mirrors
        ),
        "  dalil reference add worldbank:SP.POP.TOTL --country KAZ --years 1995:2024\n"
        "  dalil reference add comtrade:export --country KAZ --partner UZB --years 2018:2024\n"
        "  dalil reference add eurostat:demo_pjan/sex=T/age=TOTAL --country DE --years 2015:2024 --unit people",
    ),
    "docs": _Command(
        "write the generated documents",
        "Write the data dictionary, the catalogue of figures, the JSON Schemas and what the README lists.",
        _docs,
        (_argument("--check", "only say which are out of date", action="store_true"),),
    ),
}
