"""Times the reading of quantities: against other readers, as texts grow, and on lines made to be slow.

    python benchmarks/reading.py             # growth of time and memory with length; lines made to be slow
    python benchmarks/reading.py --others    # the same, and side by side with quantulum3 and natasha

What is compared is processor time in one run, so that the ratios mean the same on any machine; readers take turns and
the best of their turns counts, since whatever else the machine does only makes them slower.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from dalil.text.grammar import grammar
from dalil.text.quantities import read_quantities, read_stream
from scoring import labelled, labelled_sets

OTHERS = {"quantulum3": "en", "natasha": "ru"}
# natasha's dictionaries and quantulum3's stems are looked up in ways that newer setuptools no longer has.
PACKAGES = [*OTHERS, "setuptools<80", "stemming"]
ROUNDS = 5
# Ours in one turn, so that it is not much shorter than that of the others.
# How many sentences make one text; some readers slow down steeply with its length.
TOGETHER = 60
PASSES = 10
LENGTHS = (10_000, 100_000, 1_000_000, 10_000_000)
# Lines with neither end nor sense, as what is repeated in them.
SLOW_LINES = {
    "digits": "1",
    "digits, commas": "1,",
    "numbers in a list": "1, ",
    "years in a list": "2018, ",
    "endings on endings": "beshtadangachadan",
    "words with endings": "5 foizlarimizdagidan ",
    "open brackets": "[1,",
    "brackets of dashes": "[1-----",
    "numbers with dashes": "5-",
}
SHORT, LONG = 250_000, 1_000_000


def main() -> None:
    """Print each comparison as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--others",
        nargs="?",
        const="",
        metavar="PYTHON",
        help="compare with quantulum3 and natasha: they are installed from the package index in an environment in a "
        "temporary folder, which is removed afterwards; PYTHON names an interpreter that has them instead",
    )
    parser.add_argument("--length", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.length:
        print(*stream(options.length))
        return
    if options.others is not None:
        with tempfile.TemporaryDirectory() as folder:
            against(Path(options.others) if options.others else environment(Path(folder)))
    growth()
    slow_lines()


def environment(folder: Path) -> Path:
    """Make an environment with the other readers; return its interpreter."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def sentences(*languages: str) -> list[str]:
    """List the labelled sentences of some languages, or of all."""
    paths = [path for path in labelled_sets() if not languages or path.stem in languages]
    return [sentence.text for path in paths for sentence in labelled(path)]


def against(python: Path) -> None:
    """Compare with other readers, sentence by sentence and on the sentences as one text, the readers taking turns."""
    print("thousands of characters a second")
    print(f"{'reader':<12}{'language':>9}  {'text':<22}{'its own':>9}{'ours':>9}{'ratio':>9}")
    for name, language in OTHERS.items():
        apart = sentences(language)
        for texts, shown in ((apart, "sentence by sentence"), (["\n".join(apart[:TOGETHER])], "as one")):
            their, our = turns(python, name, texts, language)
            size = sum(map(len, texts)) / 1000
            print(f"{name:<12}{language:>9}  {shown:<22}{size / their:>9.1f}{size / our:>9.1f}{their / our:>9.1f}")
    print()


def turns(python: Path, name: str, texts: list[str], language: str) -> tuple[float, float]:
    """Let another reader and ours read the same texts in turn; return the best time of each, in seconds."""
    command = [str(python), str(Path(__file__).with_name("others.py")), name]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        print(json.dumps(texts), file=other.stdin, flush=True)
        theirs, ours = [], []
        for _ in range(ROUNDS):
            print(file=other.stdin, flush=True)
            theirs.append(float(other.stdout.readline()))
            start = time.process_time()
            for text in texts * PASSES:
                read_quantities(text, language)
            ours.append((time.process_time() - start) / PASSES)
        other.stdin.close()
    return min(theirs), min(ours)


def growth() -> None:
    """Show how time and memory grow with the length of a stream, each length in a process of its own."""
    print("a stream of all languages, told paragraph by paragraph; time and peak memory against the line above")
    print(f"{'bytes':>12}{'times as long':>15}{'time':>9}{'memory':>9}{'MB':>7}{'kB/s':>7}")
    before: tuple[int, float, float] | None = None
    for length in LENGTHS:
        command = [sys.executable, __file__, "--length", str(length)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        taken, memory = float(answer[0]), float(answer[1])
        ratios = (
            [f"{now / then:.1f}" for now, then in zip((length, taken, memory), before, strict=True)] if before else []
        )
        first, second, third = ratios or ("", "", "")
        print(f"{length:>12}{first:>15}{second:>9}{third:>9}{memory:>7.0f}{length / taken / 1000:>7.0f}", flush=True)
        before = length, taken, memory
    print()


def stream(length: int) -> tuple[float, float]:
    """Read a stream of so many bytes; return the seconds it took, grammars loaded, and the peak memory in MB."""

    def pieces() -> Iterator[str]:
        left = length
        for sentence in cycle(sentences()):
            if left <= 0:
                return
            piece = (sentence + "\n\n").encode()[:left].decode(errors="ignore")
            left -= len(piece.encode()) or left
            yield piece

    for text in sentences():
        read_quantities(text)
    start = time.process_time()
    for _ in read_stream(pieces()):
        pass
    # Bytes on macOS, kilobytes elsewhere.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def slow_lines() -> None:
    """Show how the time for one line grows when it is four times as long."""
    times = LONG // SHORT
    grammar("uz")
    print(f"one line of {LONG} characters, of something repeated, and its time against one of {SHORT}")
    print(f"{'line':<22}{'repeated':<24}{'seconds':>9}{'times as long':>15}{'time':>9}")
    for name, repeated in SLOW_LINES.items():
        short, long = (seconds(repeated * (size // len(repeated))) for size in (SHORT, LONG))
        print(f"{name:<22}{repeated!r:<24}{long:>9.1f}{times:>15}{long / short:>9.1f}", flush=True)


def seconds(text: str) -> float:
    """Return the processor time that reading a text as Uzbek takes."""
    start = time.process_time()
    for _ in read_stream([text], "uz"):
        pass
    return time.process_time() - start


if __name__ == "__main__":
    main()
