"""Makes the default report twice, as differently as one machine allows, and compares the SHA-256 of every output.

    python tools/verify.py                      # also compares with report/SHA256SUMS, where that is there
    python tools/verify.py --write              # writes report/SHA256SUMS
    python tools/verify.py --python OTHER       # the second time with another Python that has the locked packages

The two are made in folders of different names, in another time zone, locale, umask and order of keys, with another
number of workers, and with notebooks in warm and in ordinary kernels.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUMS = ROOT / "report" / "SHA256SUMS"
# What a run makes, and what it is made from.
OUTPUTS = (
    "report/report.*", "report/preview.*", "report/*.json*", "report/notebooks/*",
    "data/processed/**/*.*", "figures/*.*g",
)  # fmt: skip
INPUTS = ("data/raw", "data/reference", "notebooks", "src", "parameters.yml", "requirements.lock", "pyproject.toml")
BUILT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
# How many differences are told.
MOST = 20


def main(arguments: list[str]) -> int:
    """Compare; return 0 where all is the same, 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write report/SHA256SUMS")
    parser.add_argument("--python", default=sys.executable, help="the Python that makes the second one")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        one, other = Path(place) / "one", Path(place) / "Иккинчи 2$ 'nusxa'"
        make(one, sys.executable, 0o022, "1", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"})
        second = {"TZ": "Asia/Tashkent", "LANG": "ru_RU.KOI8-R", "PYTHONHASHSEED": "2", "ENGINE": "standard"}
        make(other, options.python, 0o077, "4", second)
        found = sums(one)
        wrong = list(differences(found, sums(other), "the first one", "the second one"))
        wrong += where_they_part(one, other, wrong)
        if options.write and not wrong:
            SUMS.write_text("".join(f"{digest}  {name}\n" for name, digest in found.items()), encoding="utf-8")
    if SUMS.exists():
        wrong += differences(found, read(SUMS), "this machine", SUMS.name)
    else:
        say(f"There is no {SUMS.relative_to(ROOT)} to compare with; --write (make: WRITE=1) writes it.")
    say(*wrong[:MOST], *([f"and {len(wrong) - MOST} more"] if len(wrong) > MOST else []))
    say(f"{len(found)} files, {'the same bytes' if not wrong else 'not the same'}.")
    return 1 if wrong else 0


def make(folder: Path, python: str, umask: int, workers: str, variables: Mapping[str, str]) -> None:
    """Make the report in a copy of what it is made from."""
    folder.mkdir()
    for name in INPUTS:
        source, to = ROOT / name, folder / name
        to.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, to, ignore=BUILT)
        else:
            shutil.copyfile(source, to)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    command = [python, "-m", "dalil", "report", "--workers", workers]
    say(f"Making the report in {folder.name}, {', '.join(f'{name}={value}' for name, value in variables.items())} …")
    environment = {**kept, **variables, "PYTHONPATH": str(folder / "src")}
    subprocess.run(command, cwd=folder, env=environment, umask=umask, check=True, stdout=subprocess.DEVNULL)


def sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every output, by name."""
    paths = sorted({path for pattern in OUTPUTS for path in folder.glob(pattern) if path.is_file()})
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def read(file: Path) -> dict[str, str]:
    """The sums that a file lists, as ``sha256sum`` writes them."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def differences(one: Mapping[str, str], other: Mapping[str, str], here: str, there: str) -> Iterator[str]:
    """Say of each file that differs how."""
    for name in sorted({*one, *other}):
        if name not in one or name not in other:
            yield f"{name}: only {here if name in one else there} has it"
        elif one[name] != other[name]:
            yield f"{name}: {here} and {there} differ"


def where_they_part(one: Path, other: Path, wrong: list[str]) -> list[str]:
    """Show of the first file that differs the place where it does."""
    for name in (line.partition(":")[0] for line in wrong):
        pair = [folder / name for folder in (one, other)]
        if all(path.exists() for path in pair):
            first, second = (path.read_bytes() for path in pair)
            start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
            around = slice(max(start - 40, 0), start + 40)
            return [f"{name}, byte {start}: {first[around]!r} and {second[around]!r}"]
    return []


def say(*lines: str) -> None:
    """Tell who waits."""
    for line in lines:
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
