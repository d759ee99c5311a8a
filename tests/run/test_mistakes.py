"""Mistakes that people make: each gets one short message that names what was found, and never a traceback."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pikepdf
import pytest

from conftest import project_in
from dalil.errors import InputError, StepError
from dalil.notebook.session import Session
from dalil.project import Project, write_whole
from dalil.run import command_line, pipeline
from dalil.run.execution import execute
from dalil.run.notebooks import Notebook
from dalil.run.pipeline import Plan, carry_out
from dalil.run.steps import Inputs, Step

# What a message may take to say where, what, what is allowed and what to do.
MOST_LINES = 6
ARTICLE = "Exports rose to 5 million dollars in 2020.\n"
CLAIM = """\
claims:
- {id: a, kind: level, measure: exports, subject: x, value: "5000000", unit: dolar, status: reported, section: text,
   anchor: [1, 5 million]}
"""
RUSSIAN = "Экспорт вырос на 5 %."
WITH_CLAIMS = ["--article", "a.txt", "--claims", "c.yml"]
DRAFT = ["claims", "--article", "a.txt"]
OWN = "notebooks/50-a.ipynb"


def notebook(*sources: Any, **declared: Any) -> str:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": declared, "nbformat": 4, "nbformat_minor": 5})


Files = dict[str, str | bytes]
# Files to put into a project, the command, and what the message must say.
MISTAKES: dict[str, tuple[Files, list[str], str]] = {
    # Commands
    "no command": ({}, [], "required: command"),
    "a command misspelt": ({}, ["raport"], "'raport'"),
    "an option misspelt": ({}, ["report", "--langauge", "ru"], "--langauge"),
    "a negative number of workers": ({}, ["report", "--workers", "-3"], '"-3"; allowed'),
    "workers in words": ({}, ["report", "--workers", "many"], '"many"; allowed'),
    "half a worker": ({}, ["report", "--workers", "2.5"], '"2.5"; allowed'),
    "an option without a value": ({}, ["why", "--set"], "--set"),
    "claims of no article": ({}, ["claims"], "--article"),
    "a notebook with a title for a name": ({}, ["notebook", "My Notebook"], '"My Notebook"'),
    "a notebook with other letters": ({}, ["notebook", "мой"], '"мой"'),
    "a notebook without a name": ({}, ["notebook", ""], 'found ""'),
    "a language by its name": ({"a.txt": ARTICLE}, ["read", "a.txt", "--language", "english"], '"english"'),
    "an output of another kind": ({"a.txt": ARTICLE}, ["read", "a.txt", "--format", "xml"], "'xml'"),
    "a record that is not there": ({}, ["refresh", "--folder", "nope"], "nope"),
    # Parameters
    "spaces around =": ({}, ["why", "--set", "rounding = exact"], '"rounding "'),
    "a colon for =": ({}, ["why", "--set", "rounding: exact"], '"rounding: exact"'),
    "a comma between": ({}, ["why", "--set", "rounding=exact,language=ru"], "exact,language=ru"),
    "nothing after =": ({}, ["why", "--set", "rounding="], '"rounding="'),
    "a name misspelt": ({}, ["why", "--set", "roundng=exact"], 'did you mean "rounding"'),
    "a language in words": ({}, ["why", "--set", "language=russian"], "'russian'"),
    "growth as percent": ({}, ["why", "--set", "base_growth=20%"], "'20%'"),
    "growth in percent": ({}, ["why", "--set", "base_growth=20"], "found 20;"),
    "growth with a comma": ({}, ["why", "--set", "base_growth=0,2"], "'0,2'"),
    "one rate, no list": ({}, ["why", "--set", "scenario_rates=0.1"], "found 0.1"),
    "a year in words": ({}, ["why", "--set", "base_year=last"], "'last'"),
    "a list that does not end": ({}, ["why", "--set", "target_years=[2019"], "target_years"),
    "a parameter twice": ({}, ["why", "--set", "run=a run=b"], '"run" is given twice'),
    "a parameter in two ways": ({}, ["why", "--set", "run=a", "--run", "b"], '"run" is given twice'),
    "a run in capitals": ({}, ["why", "--run", "My Run"], "'My Run'"),
    "a run elsewhere": ({}, ["why", "--run", "../x"], "'../x'"),
    "an article without a name": ({}, ["why", "--set", "article=''"], "found ''"),
    "a number for a file": ({}, ["why", "--set", "claims=5"], "found 5"),
    "a format of pictures": ({}, ["why", "--set", "figure_formats=[jpg]"], "'jpg'"),
    # Files of parameters
    "a folder of parameters": ({}, ["why", "--params", "data"], "it is a folder"),
    "no file of parameters": ({}, ["why", "--params", "x.yml"], "x.yml"),
    "a list of parameters": ({"p.yml": "- a\n- b"}, ["why", "--params", "p.yml"], "not a list of name: value"),
    "a text for parameters": ({"p.yml": "hello"}, ["why", "--params", "p.yml"], "p.yml"),
    "a tab in YAML": ({"p.yml": "a:\n\tb: 1"}, ["why", "--params", "p.yml"], "line 2"),
    "YAML in windows-1251": ({"p.yml": "run: тест".encode("cp1251")}, ["why", "--params", "p.yml"], "not UTF-8"),
    "YAML in UTF-16": ({"p.yml": "run: test".encode("utf-16")}, ["why", "--params", "p.yml"], "in UTF-16"),
    "a picture for YAML": ({"p.yml": b"\x89PNG\r\n\x1a\n"}, ["why", "--params", "p.yml"], "not UTF-8"),
    "deep YAML": ({"p.yml": "[" * 5000}, ["why", "--params", "p.yml"], "nested deeper"),
    "deep names": ({"p.yml": "".join(f"{' ' * n}a:\n" for n in range(500))}, ["why", "--params", "p.yml"], "deeper"),
    # Articles
    "no article": ({}, ["why", "--article", "none.txt", "--claims", "c.yml"], "none.txt"),
    "a folder for an article": ({}, ["read", "data"], "it is a folder"),
    "an article without its claims": ({"a.txt": ARTICLE}, ["why", "--article", "a.txt"], "CLAIMS=a.claims.yml"),
    "its claims forgotten in settings": ({"a.txt": ARTICLE}, ["report", "--set", "article=a.txt"], "a.claims.yml"),
    "windows-1251": ({"a.txt": RUSSIAN.encode("cp1251")}, DRAFT, f'windows-1251, which reads there "{RUSSIAN[:9]}'),
    "KOI8-R": ({"a.txt": RUSSIAN.encode("koi8-r")}, DRAFT, f'likely KOI8-R, which reads there "{RUSSIAN[:9]}'),
    "DOS letters": ({"a.txt": RUSSIAN.encode("cp866")}, DRAFT, f'likely IBM866, which reads there "{RUSSIAN[:9]}'),
    "text called Word": ({"a.docx": "hello"}, ["read", "a.docx"], "a.docx"),
    "text called PDF": ({"a.pdf": "hello"}, ["read", "a.pdf"], "a.pdf"),
    "a PDF called text": ({"a.txt": b"%PDF-1.4 ..."}, ["read", "a.txt"], "begins as a PDF"),
    "an empty article": ({"a.txt": " \n"}, DRAFT, "empty"),
    "a draft again": ({"a.txt": ARTICLE, "a.claims.yml": "claims: []"}, DRAFT, "a.claims.yml"),
    "a draft into a folder": ({"a.txt": ARTICLE}, [*DRAFT, "--claims", "data"], "data"),
    "a draft below a file": ({"a.txt": ARTICLE}, [*DRAFT, "--claims", "a.txt/b.yml"], "a.txt"),
    # What is known of an article
    "a record that is a list": ({"a.txt": ARTICLE, "a.yml": "- x"}, DRAFT, "a.yml"),
    "a record that is a folder": ({"a.txt": ARTICLE, "a.yml/x": ""}, DRAFT, "it is a folder"),
    "a deep record": ({"a.txt": ARTICLE, "a.yml": "[" * 3000}, DRAFT, "nested deeper"),
    "a heading that is a number": (
        {"a.txt": ARTICLE, "a.yml": "sections:\n- {id: a, heading: 5, language: en}"}, DRAFT,
        "heading: allowed: a valid string; found 5",
    ),
    "a heading that is a list": (
        {"a.txt": ARTICLE, "a.yml": "sections:\n- {id: a, heading: [x], language: en}"}, DRAFT, "found ['x']"
    ),
    "a heading that is not there": (
        {"a.txt": ARTICLE, "a.yml": "sections:\n- {id: a, heading: Intro, language: en}"}, DRAFT, '"Intro"'
    ),
    "sections in words": ({"a.txt": ARTICLE, "a.yml": "sections: intro"}, DRAFT, "found 'intro'"),
    "labels in words": ({"a.txt": ARTICLE, "a.yml": "labels: x"}, DRAFT, "found 'x'"),
    "corrections that are a number": ({"a.txt": ARTICLE, "a.yml": "corrections: 5"}, DRAFT, "found 5"),
    "corrections that are a list": ({"a.txt": ARTICLE, "a.yml": "corrections: [a, b]"}, DRAFT, "found ['a', 'b']"),
    "corrections that are not there": ({"a.txt": ARTICLE, "a.yml": "corrections: no.yml"}, DRAFT, "no.yml"),
    "a correction that is a list": (
        {"a.txt": ARTICLE, "a.yml": "corrections: c.yml", "c.yml": "- {written: 5, meant: [6], why: x, count: 1}"},
        DRAFT, "meant: [6]",
    ),
    # Claims
    "no claims": ({"a.txt": ARTICLE}, ["why", *WITH_CLAIMS], "c.yml"),
    "a folder of claims": ({"a.txt": ARTICLE}, ["why", "--article", "a.txt", "--claims", "data"], "it is a folder"),
    "an empty file of claims": ({"a.txt": ARTICLE, "c.yml": ""}, ["why", *WITH_CLAIMS], "no list of claims"),
    "claims that are a text": ({"a.txt": ARTICLE, "c.yml": "hello"}, ["why", *WITH_CLAIMS], "no list of claims"),
    "a wrong unit": ({"a.txt": ARTICLE, "c.yml": CLAIM}, ["why", *WITH_CLAIMS], 'unit: \'dolar\' is not known; '),
    "deep claims": ({"a.txt": ARTICLE, "c.yml": "{a: " * 3000}, ["why", *WITH_CLAIMS], "nested deeper"),
    # Notebooks
    "an empty notebook": ({OWN: ""}, ["why"], OWN),
    "half a notebook": ({OWN: notebook("x = 1")[:40]}, ["why"], OWN),
    "no notebook": ({OWN: "[]"}, ["why"], OWN),
    "nothing for a notebook": ({OWN: "null"}, ["why"], OWN),
    "a notebook without cells": ({OWN: '{"metadata": {}, "nbformat": 4}'}, ["why"], OWN),
    "an old notebook": ({OWN: '{"nbformat": 3, "metadata": {}, "worksheets": []}'}, ["why"], OWN),
    "a cell without a source": ({OWN: notebook(None)}, ["why"], OWN),
    "a deep notebook": ({OWN: "[" * 100_000}, ["why"], OWN),
    "letters that are none": ({OWN: b"\xff\xfe\0"}, ["why"], OWN),
    "a folder called notebook": ({f"{OWN}/x": ""}, ["why"], OWN),
    "needs that are a number": ({OWN: notebook("x = 1", dalil={"needs": 5})}, ["why"], OWN),
    "what is declared is a list": ({OWN: notebook("x = 1", dalil=[1])}, ["why"], OWN),
    "needs what is not there": ({OWN: notebook("x = 1", dalil={"needs": ["49"]})}, ["why"], "needs 49"),
    "a number twice": ({OWN: notebook("x = 1"), "notebooks/50-b.ipynb": notebook("x = 1")}, ["why"], "50-b.ipynb"),
    "a notebook after the report": ({"notebooks/95-a.ipynb": notebook("x = 1")}, ["why"], "95-a.ipynb"),
}  # fmt: skip


def told(
    files: Files, command: list[str], folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str]:
    """Run a command in a project with some files; return its exit code and what it says of a mistake."""
    project_in(folder)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(pipeline, "carry_out", lambda *_, **__: pytest.fail("It would have run."))
    try:
        code = command_line.main(command)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, capsys.readouterr().err


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_one_short_message(
    mistake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, command, said = MISTAKES[mistake]
    code, message = told(files, command, tmp_path, capsys, monkeypatch)
    # A file that cannot be written is no mistake in what was given.
    assert code == (1 if mistake == "a draft below a file" else 2)
    assert said in message
    assert "Traceback" not in message
    assert len(message.splitlines()) <= MOST_LINES


def test_outside_a_project_the_message_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command_line.main(["report"]) == 2
    message = capsys.readouterr().err
    assert str(tmp_path) in message
    assert "dalil new my my.txt" in message
    assert len(message.splitlines()) <= MOST_LINES


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("ARTCLE=a.txt", "ARTCLE is nothing that make takes; did you mean ARTICLE?"),
        ("set=rounding=exact", "set is nothing that make takes; did you mean SET?"),
        ("CLAIM=c.yml", "did you mean CLAIMS?"),
        ("LANGUAGE=ru", 'Parameters are given as in SET="language=ru"'),
        ("rounding=exact", 'Parameters are given as in SET="language=ru"'),
        ("WORKER$S='3'", "is nothing that make takes"),
    ],
)
def test_what_make_does_not_take_is_refused(given: str, said: str, tmp_path: Path) -> None:
    shutil.copy(Project.find().path("Makefile"), tmp_path)
    command = ["make", "report", given, f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_a_notebook_did_not_keep_is_named(tmp_path: Path) -> None:
    step = Step("50-a", (), (tmp_path / "facts.json",), lambda: None)
    with pytest.raises(StepError, match=r"50-a: it ended without making .*facts\.json"):
        carry_out(Plan(project_in(tmp_path), "", Inputs((), ()), [step]), workers=1)


def test_a_dead_kernel_is_told_with_its_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DALIL_STEP", "")
    path = tmp_path / "50-a.ipynb"
    path.write_text(notebook("import os, signal", "os.kill(os.getpid(), signal.SIGKILL)"), encoding="utf-8")
    with pytest.raises(StepError, match=r"50-a\.ipynb, cell 2: its kernel died"):
        execute(Notebook(path), {}, tmp_path / "out.ipynb", project_in(tmp_path))


def test_a_parameter_that_papermill_was_given_and_nothing_knows_is_refused() -> None:
    declared = 'rounding: str = "half-unit"\nmine: int = 3'
    with pytest.raises(InputError, match='"roundng" is no parameter; did you mean "rounding"'):
        Session.open("02-growth-rates", {"In": ["", declared, '# Parameters\nroundng = "exact"\nmine = 4\n']})


def test_a_file_is_made_as_the_umask_says(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "a")
    (tmp_path / "b.txt").write_text("b", encoding="utf-8")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_a_path_of_this_machine_alone_does_not_stand_in_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").mkdir()
    project_in(tmp_path / "home")
    monkeypatch.chdir(tmp_path / "home")
    for given, named in (("home/a.txt", "a.txt"), ("b.txt", "../b.txt")):
        assert command_line.main(["why", "--article", str(tmp_path / given), "--claims", "c.yml"]) == 2
        message = capsys.readouterr().err
        assert re.match(rf"dalil: .*{re.escape(named)}\n", message)


@pytest.mark.parametrize("strength", [4, 6])
@pytest.mark.parametrize(("reader", "said"), [("", "hold no text"), ("secret", "locked with a password")])
def test_only_a_readers_password_locks_a_pdf(
    reader: str, said: str, strength: Literal[4, 6], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path, encryption=pikepdf.Encryption(owner="owner", user=reader, R=strength))
    assert command_line.main(["read", str(path)]) == 2
    assert said in capsys.readouterr().err
