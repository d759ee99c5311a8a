"""A notebook of a run: nothing of the user's own changes what it finds, and it ends in time and within its memory."""

import json
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from dalil.errors import StepError
from dalil.project import ENGINE, PACKAGE, PARAMETERS, STEP, Project
from dalil.run import kernels
from dalil.run.execution import execute, in_process, transport
from dalil.run.limits import DEFAULT, Limits
from dalil.run.notebooks import Notebook


@pytest.fixture(autouse=True)
def started_here() -> None:
    """Have the process that is forked start in the surroundings of the test."""
    kernels.forks.cache_clear()


def run(folder: Path, *cells: str, limits: Limits = DEFAULT) -> str:
    """Run cells; return what the last one says."""
    (folder / PARAMETERS).touch()
    source = folder / "51-mine.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Mine"), *map(new_code_cell, cells)]), source)
    execute(Notebook(source), {}, folder / "executed.ipynb", Project(folder), limits)
    executed = nbformat.read(folder / "executed.ipynb", as_version=4)
    assert "version" not in executed.metadata.language_info
    return "".join(output["text"] for output in executed.cells[-1].outputs)


SEEN = f"""
import sys, os, dalil, statistics
print(sys.executable, dalil.__file__, statistics.__file__, sys.flags.optimize)
print(sys.stdout.encoding, "mine" in globals(), os.environ["{STEP}"], get_ipython().profile, get_ipython().colors)
print(get_ipython().ipython_dir)
"""


@pytest.mark.parametrize("engine", ["warm", "standard"])
def test_nothing_of_the_users_own_is_found(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, code = tmp_path / "home", tmp_path / "code"
    startup = home / ".ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "00-mine.py").write_text("mine = 1", encoding="utf-8")
    (home / ".ipython/profile_default/ipython_config.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    for name in ("dalil", "statistics"):
        (code / name).mkdir(parents=True)
        (code / name / "__init__.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    spec = {"argv": ["false"], "display_name": "Mine", "language": "python"}
    (home / "jupyter/kernels/python3").mkdir(parents=True)
    (home / "jupyter/kernels/python3/kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    for name, value in {
        "HOME": home,
        "IPYTHONDIR": home / ".ipython",
        "JUPYTER_PATH": home / "jupyter",
        "JUPYTER_PREFER_ENV_PATH": "0",
        "PYTHONPATH": code,
        "PYTHONSTARTUP": startup / "00-mine.py",
        "PYTHONOPTIMIZE": "2",
        "PYTHONIOENCODING": "ascii",
        "LC_ALL": "C",
        ENGINE: engine,
    }.items():
        monkeypatch.setenv(name, str(value))
    said = run(tmp_path, SEEN).splitlines()
    assert said[0].split()[:2] == [sys.executable, str(PACKAGE / "__init__.py")]
    assert said[0].endswith("statistics.py 0")
    assert said[1].lower().startswith("utf-8 false 51-mine default ")
    assert not said[2].startswith(str(home))


def test_a_notebook_runs_where_the_folder_of_temporary_files_has_a_long_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("x" * 90)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert run(tmp_path, "print(1)") == "1\n"
    assert transport(str(folder)) == Config()


ENDS = {
    "raised": ("{}['a']", "KeyError: 'a'"),
    "dead": ("import os, time; time.sleep(0.5); os._exit(3)", "its kernel died"),
    "killed": ("import os, time; time.sleep(0.5); os.kill(os.getpid(), 9)", "its kernel died"),
    "without end": ("while True: pass", "it was not done after 3 seconds; --time-limit allows more"),
}


@pytest.mark.parametrize("engine", ["warm", "standard"])
@pytest.mark.parametrize("end", ENDS)
def test_whatever_ends_a_notebook_notebook_and_cell_are_named(
    end: str, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ENGINE, engine)
    code, said = ENDS[end]
    with pytest.raises(StepError) as raised:
        run(tmp_path, "print('before')", code, "print('after')", limits=Limits(3, 4))
    assert str(raised.value).startswith(f"51-mine.ipynb, cell 3: {said}")
    assert not (tmp_path / "executed.ipynb").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of another process")
@pytest.mark.parametrize("engine", ["warm", "standard"])
def test_one_that_takes_too_much_memory_is_named_too(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ENGINE, engine)
    with pytest.raises(StepError, match="cell 2: it needs more than the 2 GB of memory it may have; --memory-limit"):
        run(tmp_path, "import numpy; numpy.ones(2**29)", limits=Limits(60, 2))
    assert run(tmp_path, "import numpy; print(len(numpy.ones(2**26)))", limits=Limits(60, 2)) == "67108864\n"


def _wait(seconds: float) -> float:
    import time

    time.sleep(seconds)
    return seconds


def _end() -> None:
    import os

    os._exit(3)


def _fail() -> None:
    raise StepError("as it says")


def test_what_runs_in_a_process_of_its_own_ends_in_time_or_says_why() -> None:
    assert in_process(_wait, 0, seconds=60) == 0
    with pytest.raises(StepError, match="not done after 1 seconds"):
        in_process(_wait, 60, seconds=1)
    with pytest.raises(StepError, match="process died"):
        in_process(_end, seconds=60)
    with pytest.raises(StepError, match="as it says"):
        in_process(_fail, seconds=60)
