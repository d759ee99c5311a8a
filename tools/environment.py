"""Finds the Python environment that satisfies the lock file, or makes it, and runs a command there.

Run as a plain script by any Python 3, which finds one from 3.11 on; it needs no package::

    python3 tools/environment.py -m dalil report

An active environment (venv or conda) is used if it holds exactly what ``requirements.lock`` lists; otherwise
``.venv`` is made, with uv where it is installed, else with venv and pip. One that was copied or moved along with its
folder is made anew. Whatever the environment, it is the code of this folder that runs. What only some tasks need is in
a lock file of its own, and installed on top when such a task is first run::

    python3 tools/environment.py --also tests/browser/requirements.lock -m pytest tests/browser
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
OLDEST = (3, 11)
# Variables that change what Python and pip do, and whose code is found.
UNWANTED = ("PYTHONHOME", "PYTHONSTARTUP", "PYTHONOPTIMIZE", "PYTHONIOENCODING", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")

# Until main has seen to it that Python is new enough, an older one must be able to read this file.


def main(command: "list[str]") -> int:
    """Run ``python COMMAND`` in the environment, ``--also LOCK`` before it; return its exit code."""
    if tuple(sys.version_info[:2]) < OLDEST:
        return subprocess.call([newer_python(), __file__, *command])
    if command[:1] == ["--check"]:
        locks = [Path(lock) for lock in command[1:]] or [LOCK]
        return 1 if any(unsatisfied(lock) for lock in locks) else 0
    python = active() or own()
    if command[:1] == ["--also"]:
        add(python, ROOT / command[1])
        command = command[2:]
    running = subprocess.Popen([str(python), *command], cwd=ROOT, env=surroundings())
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            # It has been interrupted as well, ends by itself, and says so.
            continue


def surroundings() -> "dict[str, str]":
    """Return the variables to run with: the code of this folder comes first, and text is UTF-8 everywhere."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}


def unsatisfied(lock: Path = LOCK) -> "list[str]":
    """List the locked packages that this interpreter lacks or has at another version."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        from packaging.requirements import Requirement
    except ImportError:
        return ["packaging"]
    wrong = []
    for line in re.findall(r"^[A-Za-z0-9][^\\\n]*", lock.read_text(encoding="utf-8"), re.MULTILINE):
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            if version(wanted.name) not in wanted.specifier:
                wrong.append(line.strip())
        except PackageNotFoundError:
            wrong.append(line.strip())
    return wrong


def active() -> "Path | None":
    """Return the interpreter of the active environment, if it satisfies the lock."""
    prefix = os.environ.get("VIRTUAL_ENV") or os.environ.get("CONDA_PREFIX")
    if not prefix:
        return None
    python = interpreter(Path(prefix))
    if not python.exists() or subprocess.call([str(python), __file__, "--check"], env=surroundings()) != 0:
        say(f"The active environment ({prefix}) is not the locked one; using .venv instead.")
        return None
    install_project(python, Path(prefix))
    return python


def own() -> Path:
    """Return the interpreter of ``.venv``, making or renewing it where the lock asks for that."""
    python, stamp = interpreter(VENV), VENV / "locked"
    wanted = f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n{ROOT}\n"
    kept = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    if python.exists() and kept == wanted:
        return python
    uv = shutil.which("uv")
    say(f"Making .venv with {'uv' if uv else 'venv and pip'} (once; a minute or two) …")
    of_another_folder = kept.partition("\n")[2] != wanted.partition("\n")[2]
    if not python.exists() or (kept and of_another_folder) or not (uv or has_pip(python)):
        shutil.rmtree(VENV, ignore_errors=True)
        base = getattr(sys, "_base_executable", sys.executable)
        run([uv, "venv", "--quiet", "--python", base, str(VENV)] if uv else [base, "-m", "venv", str(VENV)])
    install(python, "--require-hashes", "--requirement", str(LOCK))
    install_project(python, VENV)
    stamp.write_text(wanted, encoding="utf-8")
    return python


def has_pip(python: Path) -> bool:
    """Say whether an environment has pip; one that was made without a part of the system's Python has not."""
    return subprocess.call([str(python), "-m", "pip", "--version"], stdout=subprocess.DEVNULL, env=surroundings()) == 0


def install_project(python: Path, prefix: Path) -> None:
    """Install the project itself, as a link to this folder, unless it is there."""
    check = "import importlib.metadata as m; m.version('dalil'); import dalil"
    without = {name: value for name, value in surroundings().items() if name != "PYTHONPATH"}
    found = subprocess.run([str(python), "-c", check], capture_output=True, cwd=prefix, env=without)
    if found.returncode == 0:
        return
    install(python, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def add(python: Path, lock: Path) -> None:
    """Install what a further lock file lists, unless it is there."""
    if subprocess.call([str(python), __file__, "--check", str(lock)], env=surroundings()) != 0:
        say(f"Installing what {lock.relative_to(ROOT)} lists (once) …")
        install(python, "--no-deps", "--require-hashes", "--requirement", str(lock))


def install(python: Path, *what: str) -> None:
    """Install into an environment, with uv where it is installed, else with pip."""
    uv = shutil.which("uv")
    installer = [uv, "pip", "install", "--python", str(python)] if uv else [str(python), "-m", "pip", "install"]
    run([*installer, "--quiet", *what])


def interpreter(prefix: Path) -> Path:
    """Return where an environment keeps its interpreter."""
    if os.name != "nt":
        return prefix / "bin" / "python"
    return next(
        (p for p in (prefix / "Scripts" / "python.exe", prefix / "python.exe") if p.exists()), prefix / "python.exe"
    )


def newer_python() -> str:
    """Return a Python that is new enough: that of ``.venv``, or one on the path."""
    names = [f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1)]
    for found in (str(interpreter(VENV)), *filter(None, map(shutil.which, [*names, "python3", "python"]))):
        check = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST})"
        try:
            if subprocess.call([found, "-c", check], stderr=subprocess.DEVNULL) == 0:
                return found
        except OSError:
            continue
    oldest, this = (".".join(map(str, numbers[:2])) for numbers in (OLDEST, sys.version_info))
    raise SystemExit(
        f"Python {oldest} or newer is needed, and none was found; this is {this} ({sys.executable}). "
        "Install one, or name it: make PYTHON=/where/it/is"
    )


def run(command: "list[str | None]") -> None:
    """Run a command of the set-up; stop with its exit code where it fails."""
    words = [word for word in command if word is not None]
    try:
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL, env=surroundings())
    except subprocess.CalledProcessError as error:
        raise SystemExit(
            f"The environment could not be made: {' '.join(words)} ended with {error.returncode}."
        ) from None


def say(message: str) -> None:
    """Tell the user what takes time."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
