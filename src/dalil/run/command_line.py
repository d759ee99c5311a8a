"""The command line: a report that is up to date is told at once, anything else is done by its command."""

import io
import locale
import sys
from collections.abc import Sequence

from dalil.run.unchanged import said_before

# What commands need takes a second to import.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit code: 0 done, 1 failed, 2 misused or unusable input, 130 interrupted."""
    _write_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if said := said_before(given):
        sys.stdout.write("".join(f"{line}\n" for line in said))
        return 0
    try:
        from dalil.run.commands import run

        return run(given)
    except KeyboardInterrupt:
        sys.stderr.write("dalil: interrupted; what was finished is kept\n")
        return 130


def _write_utf8() -> None:
    """Write UTF-8 to files and pipes, whatever the locale; to a terminal, the letters that it has."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(encoding=locale.getencoding(), errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
