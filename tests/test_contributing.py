"""CONTRIBUTING.md: its commands are there, its files are there, and each thing that can be added has its section."""

import re
import shlex

import pytest

from contributing import COMMANDS, TEXT, examples
from dalil.project import resolve

THINGS = ["A figure", "A rule", "A parameter", "A source", "A language", "A format of articles", "A notebook"]
# What is not made by the project's own commands; each is looked at in another way below.
OTHERS = {".venv/bin/python", ".ci/run", "git", "python"}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", resolve("Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def words(command: str) -> list[str]:
    """The words of a command, without variables set before it."""
    return [word for word in shlex.split(command) if not re.match(r"[A-Z_]+=/", word)]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_one_that_there_is(command: str) -> None:
    program, *rest = words(command)
    if program == "make":
        assert {word for word in rest if "=" not in word} <= targets()
    else:
        assert program in OTHERS
        for path in (word for word in [program, *rest] if word.startswith(("tests/", ".ci/"))):
            assert resolve(path).exists()


def test_each_make_target_that_is_named_is_there() -> None:
    assert set(re.findall(r"`make ([a-z-]+)", TEXT)) <= targets()


def test_each_path_that_is_named_is_there() -> None:
    made = {"data/processed", "notebooks/50-mine.ipynb"}
    named = set(
        re.findall(r"`((?:src|tests|data|notebooks|examples)/[\w./-]+|[A-Z]+\.(?:md|cff)|wording/[\w.]+)`", TEXT)
    )
    named |= {f"src/dalil/{path}" for path in named if path.startswith("wording/")}
    named -= {path for path in named if path.startswith("wording/")}
    added = {example.path for thing in THINGS for example in examples(thing) if not example.after}
    assert {path for path in named - made - added if not resolve(path).exists()} == set()


def test_each_room_is_described() -> None:
    rooms = {path.parent.name for path in resolve("src/dalil").glob("*/__init__.py")}
    described = set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    assert described == rooms


def test_each_environment_variable_and_fixture_that_is_named_is_there() -> None:
    conftest = resolve("tests/conftest.py").read_text(encoding="utf-8")
    assert '"DALIL_BUILT"' in conftest
    for fixture in ("built", "project"):
        assert f"\ndef {fixture}(" in conftest
