"""Finds the Python environment that satisfies the lock file, or makes it, and runs a command there.

Run as a plain script by any Python from 3.11 on; it needs no package::

    python3 tools/environment.py -m dalil report

An active environment (venv or conda) is used if it holds exactly what ``requirements.lock`` lists; otherwise
``.venv`` is made, with uv where it is installed, else with venv and pip. What only some tasks need is in a lock file of
its own, and installed on top when such a task is first run::

    python3 tools/environment.py --also tests/browser/requirements.lock -m pytest tests/browser
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main(command: list[str]) -> int:
    """Run ``python COMMAND`` in the environment, ``--also LOCK`` before it; return its exit code."""
    if command[:1] == ["--check"]:
        locks = [Path(lock) for lock in command[1:]] or [LOCK]
        return 1 if any(unsatisfied(lock) for lock in locks) else 0
    python = active() or own()
    if command[:1] == ["--also"]:
        add(python, ROOT / command[1])
        command = command[2:]
    running = subprocess.Popen([str(python), *command], cwd=ROOT)
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            # It has been interrupted as well, ends by itself, and says so.
            continue


def unsatisfied(lock: Path = LOCK) -> list[str]:
    """List the locked packages that this interpreter lacks or has at another version."""
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


def active() -> Path | None:
    """Return the interpreter of the active environment, if it satisfies the lock."""
    prefix = os.environ.get("VIRTUAL_ENV") or os.environ.get("CONDA_PREFIX")
    if not prefix:
        return None
    python = interpreter(Path(prefix))
    if not python.exists() or subprocess.call([str(python), __file__, "--check"]) != 0:
        say(f"The active environment ({prefix}) is not the locked one; using .venv instead.")
        return None
    install_project(python, Path(prefix))
    return python


def own() -> Path:
    """Return the interpreter of ``.venv``, making or renewing it where the lock asks for that."""
    python, stamp = interpreter(VENV), VENV / "locked"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    base = base_python()
    uv = shutil.which("uv")
    say(f"Making .venv with {'uv' if uv else 'venv and pip'} (once; a minute or two) …")
    if not python.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        run([uv, "venv", "--quiet", "--python", base, str(VENV)] if uv else [base, "-m", "venv", str(VENV)])
    install(python, "--require-hashes", "--requirement", str(LOCK))
    install_project(python, VENV)
    stamp.write_text(wanted)
    return python


def install_project(python: Path, prefix: Path) -> None:
    """Install the project itself, as a link to this folder, unless it is there."""
    check = "import importlib.metadata as m; m.version('dalil'); import dalil"
    found = subprocess.run([str(python), "-c", check], capture_output=True, cwd=prefix)
    if found.returncode == 0:
        return
    install(python, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def add(python: Path, lock: Path) -> None:
    """Install what a further lock file lists, unless it is there."""
    if subprocess.call([str(python), __file__, "--check", str(lock)]) != 0:
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


def base_python() -> str:
    """Return a Python new enough to make the environment with."""
    if tuple(sys.version_info[:2]) >= OLDEST:
        return sys.executable
    for minor in range(20, OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    found = ".".join(map(str, sys.version_info[:2]))
    raise SystemExit(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {found} ({sys.executable}).")


def run(command: list[str | None]) -> None:
    """Run a command of the set-up; stop with its exit code where it fails."""
    words = [word for word in command if word is not None]
    try:
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
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
