"""The command line: ``python -m dalil report`` makes a report, ``python -m dalil read`` lists a text's quantities."""

import argparse
import os
import sys
from pathlib import Path

from dalil.errors import DalilError, InputError
from dalil.parameters import LANGUAGES, Parameters, about, read_parameters
from dalil.project import Project, resolve, shown, write_whole


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit code: 0 done, 1 failed, 2 misused or given something that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except DalilError as error:
        print(f"dalil: {error}", file=sys.stderr)
        return 2 if isinstance(error, InputError) else 1
    except BrokenPipeError:
        # Whoever read the output has seen enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _report(options: argparse.Namespace) -> int:
    shorthands = {name: given for name in ("run", "article", "claims") if (given := getattr(options, name))}
    parameters = read_parameters(options.params, options.settings, shorthands)
    # Imported here, so that a refused parameter is answered at once.
    from dalil.run.pipeline import make_report, outputs

    print("Making the report …", flush=True)
    languages = LANGUAGES if options.all_languages else ()
    done = make_report(parameters, languages, workers=options.workers, backend=options.backend, force=options.force)
    print(f"{len(done)} steps run." if done else "Nothing to do: everything is up to date.")
    for path in outputs(parameters, languages):
        print(f"  {shown(path)}")
    return 0


def _read(options: argparse.Namespace) -> int:
    from dalil.run.listing import list_quantities

    list_quantities(options.file, options.language, options.format)
    return 0


def _claims(options: argparse.Namespace) -> int:
    from dalil.claims.draft import draft_claims
    from dalil.text.article import read_article

    article = resolve(options.article)
    path = resolve(options.claims) if options.claims else article.with_suffix(".claims.yml")
    text = draft_claims(read_article(article))
    if path.exists() and not options.force:
        problem = "there is a claims file already; a draft would take its place"
        raise InputError.of(shown(path), [problem], then="Name another file with --claims, or give --force.")
    write_whole(path, text)
    count = text.count("reviewed: false")
    print(f"{shown(path)}: {count} claims to review")
    return 0


def _parameters(_: argparse.Namespace) -> int:
    print("\n".join(_parameter_lines()))
    return 0


def _refresh(options: argparse.Namespace) -> int:
    from dalil.reference.online.refresh import compare, take_over

    addresses = {"World Bank": options.world_bank, "UN Comtrade": options.comtrade}
    found = compare(
        options.folder or Project.find().reference,
        {service: address for service, address in addresses.items() if address},
        say=lambda told: print(told, file=sys.stderr, flush=True),
    )
    for row in found.lines():
        print(row)
    found.check()
    if options.apply:
        print("", *take_over(found), sep="\n")
    elif found.files:
        print(f"\nNothing was changed. --apply (make: APPLY=1) would write {', '.join(found.files)}.")
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dalil", description="The numbers of an article, read and checked.")
    commands = parser.add_subparsers(required=True, metavar="command")
    report = commands.add_parser(
        "report",
        help="bring the report up to date",
        description="Run the notebooks that need it and make report.html and report.pdf.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="parameters, with their defaults:\n" + "\n".join(_parameter_lines()),
    )
    report.add_argument(
        "--set",
        dest="settings",
        default="",
        metavar="TEXT",
        help='parameters, e.g. "rounding=exact target_years=[2019,2022]"',
    )
    report.add_argument(
        "--params", type=Path, metavar="FILE", help="a YAML file of parameters instead of parameters.yml"
    )
    report.add_argument("--run", metavar="NAME", help="keep this run apart, in report/runs/NAME")
    report.add_argument("--article", metavar="FILE", help="the article")
    report.add_argument("--claims", metavar="FILE", help="what its claims assert")
    report.add_argument("--all-languages", action="store_true", help=f"tell the same run in {', '.join(LANGUAGES)}")
    report.add_argument(
        "--workers", type=int, default=0, metavar="N", help="steps side by side (default: one a processor)"
    )
    report.add_argument(
        "--backend",
        choices=("threads", "dask"),
        default="threads",
        help="where steps run: here, or on a Dask cluster (needs the package distributed; default: threads)",
    )
    report.add_argument("--force", action="store_true", help="run every step, changed or not")
    report.set_defaults(command=_report)
    reading = commands.add_parser(
        "read",
        help="list the quantities of a text",
        description="List every quantity that a text states, with its place, value, bounds, unit and kind.",
    )
    reading.add_argument("file", metavar="FILE", help="text, Markdown, HTML, Word or PDF; - is standard input")
    reading.add_argument(
        "--language",
        default="auto",
        metavar="NAME",
        help="uz, uz-Cyrl, ru or en (default: auto, told paragraph by paragraph)",
    )
    reading.add_argument(
        "--format",
        choices=("jsonl", "csv"),
        default="jsonl",
        help="one JSON object a line, or a table (default: jsonl)",
    )
    reading.set_defaults(command=_read)
    claims = commands.add_parser(
        "claims",
        help="draft the claims file of an article",
        description="Draft the claims of an article from what is read in it, each under its sentence, to be reviewed.",
    )
    claims.add_argument("--article", required=True, metavar="FILE", help="text, Markdown, HTML, Word or PDF")
    claims.add_argument("--claims", metavar="FILE", help="the file to write (default: beside the article)")
    claims.add_argument("--force", action="store_true", help="write over a claims file that is there")
    claims.set_defaults(command=_claims)
    listing = commands.add_parser("parameters", help="list the parameters")
    listing.set_defaults(command=_parameters)
    refresh = commands.add_parser(
        "refresh",
        help="compare the record in data/reference with its online sources",
        description=(
            "Fetch population and employment rate from the World Bank and the trade of Uzbekistan and Kazakhstan from "
            "UN Comtrade, and show year by year how they differ from what is stored. Nothing is changed without "
            "--apply, nor where anything went wrong."
        ),
        epilog=(
            "With --apply the World Bank's figures take the place of those in population.csv and employment.csv; UN "
            "Comtrade's go into trade-comtrade.csv, and the statistics offices' own tables are never changed. "
            "No key is needed, only a connection and the packages of the extra refresh."
        ),
    )
    refresh.add_argument("--apply", action="store_true", help="take the differences over")
    refresh.add_argument("--folder", type=resolve, metavar="FOLDER", help="the record (default: data/reference)")
    # For tests and mirrors.
    refresh.add_argument("--world-bank", metavar="ADDRESS", help=argparse.SUPPRESS)
    refresh.add_argument("--comtrade", metavar="ADDRESS", help=argparse.SUPPRESS)
    refresh.set_defaults(command=_refresh)
    docs = commands.add_parser(
        "docs", help="write the generated documents: data dictionary, figure catalogue, README table"
    )
    docs.add_argument("--check", action="store_true", help="only say which are out of date")
    docs.set_defaults(command=_docs)
    return parser


def _parameter_lines() -> list[str]:
    """One line a parameter, for the help."""
    lines = []
    for name in Parameters.model_fields:
        facts = about(name)
        lines.append(f"  {name:<15} {facts['default'] or '(empty)'}")
        lines.append(f"{'':<18}{facts['meaning']}: {facts['allowed']} ({facts['unit']})")
    return lines


if __name__ == "__main__":
    sys.exit(main())
