"""Kernels that start warm: notebooks come out of them as out of ordinary ones, and know nothing of each other."""

import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from dalil.errors import InputError
from dalil.project import ENGINE
from dalil.run import kernels
from dalil.run.apart import Kernel
from dalil.run.execution import transport

# Each with what it must say, so that two kernels that both say nothing are not taken for equal.
CELLS = {
    "value": ("6 * 7", "42"),
    "nothing": ("None; ", ""),
    "streams": ("import sys; print('out'); print('err', file=sys.stderr); print('more')", "err"),
    "system": ("import subprocess; subprocess.run(['echo', 'from a child']); !echo from a shell", "from a shell"),
    "display": ("from IPython.display import *; display(HTML('<b>b</b>'), Latex('$x$')); Markdown('*m*')", "<b>b</b>"),
    "updated": ("shown = display('first', display_id='mine'); shown.update('second')", "second"),
    "frame": ("import pandas as pd; pd.DataFrame({'a': [1, 2], 'b': ['x', None]})", "dataframe"),
    "options": ("pd.describe_option(_print_desc=False)", "display.max_columns"),
    "filters": ("import warnings; sorted(map(str, warnings.filters))", "DeprecationWarning"),
    "figure": ("import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.title('t')", "image/png"),
    "figure shown": ("plt.bar([1], [2]); plt.show(); print('after')", "after"),
    "backend": ("import matplotlib; matplotlib.get_backend()", "inline"),
    "style": ("print(matplotlib.rcParams)", "svg.hashsalt"),
    "svg": ("%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.hashsalt'] = ''; plt.plot(1);", "svg"),
    "magics": ("%%timeit -n1 -r1 -q\npass", ""),
    "capture": ("%%capture held\nprint('held')", ""),
    "captured": ("held.stdout", "held"),
    "history": ("print(In[1], _, sep=' / ')", "6 * 7"),
    "async": ("import asyncio\nawait asyncio.sleep(0, 'awaited')", "awaited"),
    "task": ("async def later():\n    print('later')\nawait asyncio.gather(later(), later())", "later"),
    "warning": ("import warnings; warnings.warn('careful')", "careful"),
    "deprecated": ("warnings.warn('old', DeprecationWarning)", "old"),
    "main": ("print(__name__, sys.argv[0].rpartition('/')[2], sys.path[0], len(sys.argv))", "__main__"),
    "folder": ("import os; os.getcwd()", ""),
    "class": ("class Mine: pass\nMine.__module__, Mine.__qualname__", "__main__"),
    "pickle": ("import pickle; pickle.loads(pickle.dumps(Mine())).__class__ is Mine", "True"),
    "worker": ("import multiprocessing; multiprocessing.current_process().name", "Main"),
    "thread": ("import threading; t = threading.Thread(target=print, args='1'); t.start(); t.join()", "1"),
    "large": ("print('x' * 3_000_000)", "x" * 3_000_000),
    "many": ("for n in range(2000): print(n, flush=n % 100 == 0)", "1999"),
    "signals": ("import signal; signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGCHLD)", "SIG_DFL"),
    "logging": ("import logging; logging.warning('logged'); logging.getLogger().handlers", "logged"),
    "interrupted": ("signal.raise_signal(signal.SIGINT)", "KeyboardInterrupt"),
    "raised": ("def f():\n    return 1 / 0\nf()", "ZeroDivisionError"),
    "chained": ("try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError from error", "direct cause"),
    "mistyped": ("print('never'", "SyntaxError"),
    "input": ("input('name? ')", "StdinNotImplementedError"),
    "shadowed": ("raise SystemExit(3)", "SystemExit"),
    "counted": ("print(get_ipython().execution_count)", ""),
}  # fmt: skip
# A number of a process, a place in memory, a time: what differs from one ordinary kernel to the next.
CHANCE = re.compile(r"ipykernel_\d+|0x[0-9a-f]{6,}|\d{4}-\d\d-\d\dT[\d:.+]+")
TIMES = ("id", "start_time", "end_time", "duration")


@pytest.fixture(autouse=True)
def started_here() -> None:
    """Have the process that is forked start in the surroundings of the test, not in those of one before it."""
    kernels.forks.cache_clear()


def ran(sources: Iterable[str], folder: Path) -> dict[str, Any]:
    """Run cells in a notebook of its own, and return all of it that is not left to chance."""
    source, to = folder / "source.ipynb", folder / "executed.ipynb"
    goes_on = {"tags": ["raises-exception"]}
    cells = [new_markdown_cell("# Cells"), *(new_code_cell(text, metadata=goes_on) for text in sources)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": ""}}), source)
    kernels.choose_engine()
    with suppress(PapermillExecutionError, DeadKernelError):
        papermill.execute_notebook(
            str(source),
            str(to),
            progress_bar=False,
            language="python",
            cwd=str(folder),
            kernel_manager_class=Kernel,
            config=transport(str(folder)),
        )
    executed: dict[str, Any] = settled(json.loads(to.read_text(encoding="utf-8")), str(folder))
    return executed


def settled(part: Any, folder: str) -> Any:
    """Take out of a part of a notebook what is left to chance."""
    match part:
        case dict():
            return {key: settled(value, folder) for key, value in part.items() if key not in TIMES}
        case list():
            return [settled(value, folder) for value in part]
        case str():
            return CHANCE.sub("…", part).replace(folder, "…")
    return part


def said(notebook: dict[str, Any]) -> list[str]:
    """What each of the cells that were run has said, as text."""
    return [
        json.dumps(cell["outputs"])
        for cell in notebook["cells"]
        if "raises-exception" in cell["metadata"].get("tags", [])
    ]


def both(sources: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], dict[str, Any]]:
    found = []
    for engine in ("warm", "standard"):
        monkeypatch.setenv(ENGINE, engine)
        (tmp_path / engine).mkdir()
        found.append(ran(sources, tmp_path / engine))
    return found[0], found[1]


def test_every_kind_of_cell_comes_out_as_of_an_ordinary_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warm, standard = both([source for source, _ in CELLS.values()], tmp_path, monkeypatch)
    shown = dict(zip(CELLS, said(standard), strict=True))
    assert [name for name, (_, part) in CELLS.items() if part not in shown[name]] == []
    assert [pair for pair in zip(warm["cells"], standard["cells"], strict=True) if pair[0] != pair[1]] == []
    assert warm == standard


@pytest.mark.parametrize("end", ["raise ValueError('no such thing')", "import os, time; time.sleep(0.5); os._exit(3)"])
def test_what_ends_a_notebook_ends_it_the_same_way(end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warm, standard = both(["print('before')", end, "print('after')"], tmp_path, monkeypatch)
    assert "before" in said(warm)[0]
    assert warm == standard


CHANGE = """
import numpy, pandas, matplotlib, warnings, os
pandas.mine = numpy.mine = 1
matplotlib.rcParams['font.size'], pandas.options.display.max_rows = 99, 1
os.environ['MINE'] = 'of the other'
warnings.simplefilter('error')
"""
LOOK = """
import numpy, pandas, matplotlib, warnings, os
print(hasattr(pandas, 'mine'), hasattr(numpy, 'mine'), os.environ['MINE'])
print(matplotlib.rcParams['font.size'], pandas.options.display.max_rows)
warnings.warn('only a warning')
"""


def test_a_notebook_finds_nothing_that_another_has_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran([CHANGE], tmp_path)
    monkeypatch.setenv("MINE", "of the caller")
    (seen,) = said(ran([LOOK], tmp_path))
    assert "False False of the caller" in seen
    assert "10.0 60" in seen
    assert "UserWarning: only a warning" in seen


# A thread that has run a notebook leaves its loop of events to the collector of garbage.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_run_side_by_side_and_draw_other_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Papermill changes the working folder of the process; two at once may not change it back.
    monkeypatch.chdir(tmp_path)
    draw = "import random, numpy; print(random.random(), numpy.random.rand())"
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor() as pool:
        drawn = [
            set(re.findall(r"0\.\d+", said(found)[0]))
            for found in pool.map(lambda folder: ran([draw], folder), folders)
        ]
    gc.collect()
    assert [len(numbers) for numbers in drawn] == [2, 2]
    assert not drawn[0] & drawn[1]


WARM = "import sys; print('warm' if 'pandas' in sys.modules else 'cold')"


@pytest.mark.parametrize(
    ("engine", "can_fork", "found"),
    [("warm", True, "warm"), ("", True, "warm"), ("standard", True, "cold"), ("warm", False, "cold")],
)
def test_a_kernel_starts_warm_unless_it_cannot_or_is_not_to(
    engine: str, can_fork: bool, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENGINE, engine)
    monkeypatch.setattr(kernels, "CAN_FORK", can_fork and kernels.CAN_FORK)
    assert found in said(ran([WARM], tmp_path))[0]


def test_kernels_are_ordinary_ones_where_the_process_that_forks_has_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernels, "FORKS", "there_is_no_such_module")
    kernels.forks.cache_clear()
    try:
        assert "cold" in said(ran([WARM], tmp_path))[0]
    finally:
        kernels.forks.cache_clear()


def test_a_kernel_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    waiting = "import os, time; print(os.getpid(), file=open('pid', 'w'), flush=True); time.sleep(600)"
    code = f"from test_kernels import *; ran([{waiting!r}], Path({str(tmp_path)!r}))"
    with subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent) as process:
        wait_until(lambda: bool((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
        process.kill()
    kernel = int((tmp_path / "pid").read_text())
    wait_until(lambda: not is_running(kernel))


def wait_until(there: Callable[[], bool]) -> None:
    """Wait for something that takes seconds, on a busy machine many."""
    end = time.monotonic() + 120
    while not there():
        assert time.monotonic() < end
        time.sleep(0.1)


def is_running(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_an_engine_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENGINE, "standart")
    with pytest.raises(InputError, match='found "standart"; did you mean "standard"'):
        kernels.warm_up()
