"""Values given to make reach the program as they are; what is interrupted says so; a draft takes nothing's place."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import project_in
from dalil.project import Project
from dalil.run import command_line, commands
from dalil.run.pipeline import Plan, carry_out
from dalil.run.steps import Inputs, Step

# In a name for each place that could run it.
HOSTILE = (
    "$(shell touch made)", "${shell touch made}", "$(info made)$(eval SET=x)", "a$b$$c", "$", "$$", "$(",
    "`touch made`",
    "$(touch made)", "; touch made", "' ; touch made '", '" ; touch made "', "a\\", "#x", "a#b", "%", "a=b", "*", "~",
    "a b", "|| touch made", "\u2028", "-x", "--force", "{{ x }}",
)  # fmt: skip
SHORT = {"SET": "--set", "PARAMS": "--params", "RUN": "--run", "ARTICLE": "--article", "CLAIMS": "--claims"}


def make(folder: Path, *words: str, **environment: str) -> tuple[list[str], str]:
    """Run make with a program that only says what it was given; return that, and what make says."""
    (folder / "said.py").write_text("import json, sys; print(json.dumps(sys.argv[4:]))", encoding="utf-8")
    shutil.copy(Project.find().path("Makefile"), folder)
    done = subprocess.run(
        ["make", "--silent", *words, f"PYTHON={sys.executable} said.py"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert not (folder / "made").exists()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_given_to_make_is_taken_as_it_stands(value: str, tmp_path: Path) -> None:
    given, said = make(tmp_path, "report", *(f"{name}={value}" for name in SHORT))
    assert given == ["report", *(word for option in SHORT.values() for word in (option, value))]
    assert said == ""


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_that_stands_in_the_environment_is_taken_as_it_stands_and_said(value: str, tmp_path: Path) -> None:
    given, said = make(tmp_path, "report", **dict.fromkeys(SHORT, value))
    assert given == ["report", *(word for option in SHORT.values() for word in (option, value))]
    assert said == "".join(f"From the environment: {name}={value}\n" for name in SHORT)


@pytest.mark.parametrize(
    ("word", "forced"),
    [*dict.fromkeys(["1", "yes", "true"], True).items(), *dict.fromkeys(["0", "no", "", "x"], False).items()],
)
def test_only_yes_forces(word: str, forced: bool, tmp_path: Path) -> None:
    assert ("--force" in make(tmp_path, "claims", "ARTICLE=a.txt", f"FORCE={word}")[0]) == forced


def test_what_is_interrupted_says_so_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "run", interrupted)
    assert command_line.main(["parameters"]) == 130
    assert capsys.readouterr().err == "dalil: interrupted; what was finished is kept\n"


def test_interrupted_steps_are_not_taken_for_done(tmp_path: Path) -> None:
    made = [tmp_path / name for name in "ab"]

    def interrupt() -> None:
        made[0].touch()
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

    steps = [Step("a", (), (made[0],), interrupt), Step("b", (made[0],), (made[1],), made[1].touch)]
    with pytest.raises(KeyboardInterrupt):
        carry_out(Plan(project_in(tmp_path), "", Inputs((), ()), steps), workers=1)
    assert not made[1].exists()


@pytest.mark.parametrize("taken", ["a.txt", "./a.txt", "a.yml", "linked.yml"])
def test_a_draft_never_takes_the_place_of_the_article(
    taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = {"a.txt": "It rose by 5 % in 2020.", "a.yml": "title: A"}
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    Path("linked.yml").symlink_to("a.txt")
    assert commands.run(["claims", "--article", "a.txt", "--claims", taken, "--force"]) == 2
    assert "the article is read from this file" in capsys.readouterr().err
    assert {name: Path(name).read_text(encoding="utf-8") for name in texts} == texts


def test_options_for_jupyterlab_are_words_and_nothing_in_them_is_run(tmp_path: Path) -> None:
    given, _ = make(tmp_path, "lab", "OPTIONS=--no-browser --port=9000 $(shell touch made) `touch made`")
    # Between the file of what it needs and the options stands where it opens.
    assert given[given.index("--no-browser") :][:2] == ["--no-browser", "--port=9000"]
    assert "--ServerApp.root_dir=." in given
