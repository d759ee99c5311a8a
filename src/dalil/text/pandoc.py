"""Pandoc: the one that is installed with this program, which reads no file, asks no server, and comes to an end."""

import os
import subprocess
from pathlib import Path

from dalil.errors import StepError

# The largest file takes pandoc seconds and half of this; a small one made to unpack without end takes all there is.
LONGEST_CONVERSION = 120  # seconds
LARGEST_CONVERSION = "2g"  # memory
# It reads its options in the locale's letters.
_UTF8 = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
_HEAP_EXHAUSTED = 251  # exit code of Haskell programs that reach it


def pandoc(data: bytes, source: str, target: str, *options: str, folder: Path | None = None) -> bytes:
    """Convert a document.

    Parameters
    ----------
    data
        The document.
    source, target
        Its format, and the one wanted, as pandoc names them.
    options
        Further options of pandoc. Filters are not held back; ours fetch nothing.
    folder
        The folder it works in, for filters that write.

    Raises
    ------
    StepError
        It cannot be converted, in the time and memory there is.

    Examples
    --------
    >>> pandoc(b"<p>From $5 &amp; up</p>", "html", "plain")
    b'From $5 & up\\n'
    """
    command = [_program(), "--sandbox", f"--data-dir={os.devnull}", "--wrap=none", "--eol=lf", "--quiet"]
    command += [f"--from={source}", f"--to={target}", *options, "+RTS", f"-M{LARGEST_CONVERSION}", "-RTS"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=LONGEST_CONVERSION, cwd=folder, env=os.environ | _UTF8
        )
    except subprocess.TimeoutExpired:
        raise StepError(f"pandoc was not done with it after {LONGEST_CONVERSION} seconds") from None
    if done.returncode == 0:
        return done.stdout
    said = " ".join(done.stderr.decode("utf-8", "replace").split()) or f"exit code {done.returncode}"
    if done.returncode == _HEAP_EXHAUSTED:
        said = f"it needs more than {LARGEST_CONVERSION} of memory"
    raise StepError(f"pandoc cannot read it: {said}")


def _program() -> str:
    """Pandoc's path: never another one that happens to be found first, whose formats may differ."""
    import pypandoc

    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    return str(Path(pypandoc.__file__).parent / "files" / name)
