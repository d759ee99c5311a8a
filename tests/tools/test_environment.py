"""The environment: the files that describe it, and the script that finds or makes it."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import environment
from dalil import RELEASED, __version__
from dalil.project import Project
from dalil.yamlfile import read_yaml
from environment import main, unsatisfied

ROOT = Project.find().root
LOCK = Project.find().lock
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = DECLARED["project"]
BROWSER = ROOT / "tests" / "browser"
BROWSER_LOCK = BROWSER / "requirements.lock"
LAB_LOCK = ROOT / "tools" / "lab.lock"


def locked(lock: Path = LOCK) -> dict[str, list[Requirement]]:
    """A lock's entries by package; a package may have one entry a platform."""
    entries: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[A-Za-z0-9][^\\\n]*", lock.read_text(encoding="utf-8"), re.MULTILINE):
        requirement = Requirement(line)
        entries.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return entries


LOCKED = [
    *PROJECT["dependencies"],
    *PROJECT["optional-dependencies"]["dev"],
]


@pytest.mark.parametrize(
    ("declared", "lock"),
    [
        *((one, LOCK) for one in LOCKED),
        *((one, LAB_LOCK) for one in PROJECT["optional-dependencies"]["lab"]),
        *((one, BROWSER_LOCK) for one in DECLARED["dependency-groups"]["browser"]),
    ],
)
def test_every_declared_package_is_locked_within_its_bounds(declared: str, lock: Path) -> None:
    requirement = Requirement(declared)
    pins = locked(lock)[canonicalize_name(requirement.name)]
    for pin in pins:
        (version,) = (specifier.version for specifier in pin.specifier)
        assert version in requirement.specifier


@pytest.mark.parametrize("lock", [LOCK, BROWSER_LOCK, LAB_LOCK], ids=["project", "browser", "lab"])
def test_a_lock_pins_and_hashes_everything_and_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    for pins in locked(lock).values():
        assert all(specifier.operator == "==" for pin in pins for specifier in pin.specifier)
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks if block and not block.startswith("#"))
    assert "://" not in text


def test_what_is_locked_for_the_browser_leaves_the_rest_as_it_is() -> None:
    both = set(locked()) & set(locked(BROWSER_LOCK))
    assert [name for name in both if locked()[name] != locked(BROWSER_LOCK)[name]] == []


def test_what_is_locked_for_jupyterlab_comes_on_top_of_the_rest() -> None:
    assert "jupyterlab" in locked(LAB_LOCK)
    assert set(locked()) & set(locked(LAB_LOCK)) == set()


def test_what_npm_brings_is_pinned_and_hashed_and_has_no_address() -> None:
    text = (BROWSER / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    declared = json.loads((BROWSER / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert packages.pop("")["devDependencies"] == declared
    assert {name.removeprefix("node_modules/") for name in packages} >= set(declared)
    assert all(re.match("sha512-", one["integrity"]) and one["version"] for one in packages.values())


def test_the_conda_environment_is_the_lock_on_the_same_python() -> None:
    environment = read_yaml(ROOT / "environment.yml")
    (pip,) = (entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))
    assert list(pip) == ["--require-hashes", f"--requirement {LOCK.name}", "--requirement tools/lab.lock"]
    (python,) = (entry for entry in environment["dependencies"] if str(entry).startswith("python "))
    assert python.removeprefix("python ") == PROJECT["requires-python"]


def test_this_environment_satisfies_the_lock() -> None:
    assert unsatisfied() == []


def test_a_lock_that_is_not_satisfied_is_seen(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "pandas==0.1 \\\n    --hash=sha256:00\nno-such-package==1\nother==1 ; python_version < '3'\n", encoding="utf-8"
    )
    assert unsatisfied(lock) == ["pandas==0.1", "no-such-package==1"]


def test_one_asks_for_any_lock(tmp_path: Path) -> None:
    lock = tmp_path / "more.lock"
    lock.write_text("no-such-package==1\n", encoding="utf-8")
    assert main(["--check"]) == 0
    assert main(["--check", str(lock)]) == 1
    assert main(["--check", str(LOCK), str(lock)]) == 1


def test_the_script_runs_a_command_in_the_active_environment_and_passes_its_exit_code_on() -> None:
    script = ROOT / "tools/environment.py"
    program = "import sys; sys.exit(0 if sys.prefix == sys.argv[1] else 7)"
    command = [sys.executable, str(script), "-c", program]
    variables = {"VIRTUAL_ENV": sys.prefix, "PATH": ""}
    assert subprocess.run([*command, sys.prefix], env=variables, check=False).returncode == 0
    assert subprocess.run([*command, "elsewhere"], env=variables, check=False).returncode == 7


def test_what_a_further_lock_lists_is_not_installed_again_where_it_is_there() -> None:
    script = str(ROOT / "tools/environment.py")
    command = [sys.executable, script, "--also", LOCK.name, "-c", "import sys; sys.exit(7)"]
    done = subprocess.run(command, env={"VIRTUAL_ENV": sys.prefix, "PATH": ""}, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (7, b"")


def test_the_exporters_are_registered_with_nbconvert() -> None:
    names = {entry.name for entry in entry_points(group="nbconvert.exporters")}
    assert {"dalil-html", "typst", "typst-pdf"} <= names


def test_the_version_is_the_same_everywhere() -> None:
    citation = read_yaml(ROOT / "CITATION.cff")
    assert str(citation["version"]) == __version__
    assert str(citation["date-released"]) == RELEASED.isoformat()
    assert f"## {__version__} ({RELEASED.isoformat()})" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in which environments are made at once, and hold nothing but a Python that says where it is."""
    (tmp_path / "requirements.lock").write_text("# nothing\n", encoding="utf-8")

    def run(command: list[str | None]) -> None:
        if "venv" in command:
            python = environment.interpreter(environment.VENV)
            python.parent.mkdir(parents=True)
            python.touch()

    monkeypatch.setattr(environment, "run", run)
    monkeypatch.setattr(environment, "install_project", lambda *_: None)
    monkeypatch.setattr(environment, "has_pip", lambda python: python.exists())
    _move_to(tmp_path, monkeypatch)
    return tmp_path


def _move_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, path in {"ROOT": folder, "LOCK": folder / "requirements.lock", "VENV": folder / ".venv"}.items():
        monkeypatch.setattr(environment, name, path)


def _mark(python: Path) -> None:
    (python.parent / "this one").touch()


def _is_marked(python: Path) -> bool:
    return (python.parent / "this one").exists()


def test_an_environment_is_made_once_and_kept_when_the_lock_changes(folder: Path) -> None:
    _mark(environment.own())
    assert _is_marked(environment.own())
    (folder / "requirements.lock").write_text("# changed\n", encoding="utf-8")
    assert _is_marked(environment.own())


@pytest.mark.parametrize("take", [shutil.copytree, shutil.move])
def test_one_that_is_copied_or_moved_with_its_folder_is_made_anew(
    take: Callable[[Path, Path], object], folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any
) -> None:
    _mark(environment.own())
    other = tmp_path_factory.mktemp("other") / "project"
    take(folder, other)
    _move_to(other, monkeypatch)
    python = environment.own()
    assert python.is_relative_to(other)
    assert not _is_marked(python)


def test_one_that_was_left_without_pip_is_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _mark(environment.own())
    (folder / ".venv" / "locked").unlink()
    monkeypatch.setattr(environment, "has_pip", lambda _: False)
    monkeypatch.setenv("PATH", "")
    assert not _is_marked(environment.own())


def test_whatever_the_environment_it_is_the_code_of_this_folder_that_runs(tmp_path: Path) -> None:
    (tmp_path / "dalil").mkdir()
    (tmp_path / "dalil" / "__init__.py").write_text("raise SystemExit('another one')", encoding="utf-8")
    program = "import dalil, sys; print(dalil.__file__, sys.stdout.encoding, sys.flags.optimize)"
    variables = {
        "VIRTUAL_ENV": sys.prefix,
        "PATH": "",
        "PYTHONPATH": str(tmp_path),
        "PYTHONIOENCODING": "ascii",
        "PYTHONOPTIMIZE": "2",
        "PIP_USER": "1",
        "LC_ALL": "C",
    }
    command = [sys.executable, str(ROOT / "tools/environment.py"), "-c", program]
    said = subprocess.run(command, env=variables, check=True, capture_output=True, encoding="utf-8").stdout.split()
    assert said == [str(ROOT / "src/dalil/__init__.py"), "utf-8", "0"]


def test_what_pip_is_told_by_the_user_about_where_to_install_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    assert "PIP_USER" not in environment.surroundings()
    assert environment.surroundings()["PIP_INDEX_URL"] == "kept"


@pytest.mark.parametrize("minor", range(6, 11))
def test_an_older_python_can_read_the_script(minor: int) -> None:
    ast.parse((ROOT / "tools/environment.py").read_text(encoding="utf-8"), feature_version=(3, minor))


def test_an_older_python_hands_over_to_a_newer_one_or_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 6, 15))
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed, and none was found; this is 3\.6"):
        main(["-c", ""])
    (tmp_path / "python3").symlink_to(sys.executable)
    assert main(["-c", "import sys; sys.exit(7)"]) == 7
