"""Executing: a notebook with parameters, by papermill, kept as executed without times or random names."""

import json
import multiprocessing
import os
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from PIL import Image
from traitlets.config import Config

from dalil.errors import StepError
from dalil.project import MAKING, STEP, Project, shown, write_whole
from dalil.run.apart import Kernel
from dalil.run.kernels import choose_engine
from dalil.run.limits import DEFAULT, Limits
from dalil.run.notebooks import Notebook

# The longest name of a folder for sockets (a socket's own name has 103 bytes at most), and where names are short.
_LONGEST = 90
_SHORT = "/tmp"


def execute(
    notebook: Notebook, values: Mapping[str, Any], to: Path, project: Project, limits: Limits = DEFAULT
) -> None:
    """Run a notebook with values of its parameters and keep it as executed; the same run gives the same bytes.

    Raises
    ------
    StepError
        A cell failed, took too long or too much memory, or the kernel died; ``to`` is not written.
    """
    choose_engine()
    with tempfile.TemporaryDirectory(dir=_place()) as folder:
        source, partial = Path(folder) / notebook.path.name, Path(folder) / "executed.ipynb"
        source.write_text(json.dumps(notebook.content), encoding="utf-8")
        config = transport(folder)
        aside = {MAKING: "yes"} if project.making else {}
        config.Kernel.variables = {STEP: notebook.name, "IPYTHONDIR": f"{folder}/ipython", **aside}
        config.Kernel.gigabytes = limits.gigabytes
        try:
            papermill.execute_notebook(
                str(source),
                str(partial),
                parameters=dict(values),
                progress_bar=False,
                cwd=str(project.root),
                record_timing=False,
                # Its cells have ended: nothing is lost by not waiting for the kernel to say goodbye.
                shutdown_kernel="immediate",
                kernel_manager_class=Kernel,
                execution_timeout=limits.seconds,
                config=config,
            )
        except (PapermillExecutionError, CellTimeoutError, DeadKernelError) as error:
            last = error.cell_index + 1 if isinstance(error, PapermillExecutionError) else _last_cell(partial)
            # The executed notebook has one cell more than the source: the one with this run's parameters.
            cell = last - bool(values)
            raise StepError(f"{shown(notebook.path)}, cell {cell}: {_explained(error, limits)}") from None
        executed = nbformat.read(partial, as_version=4)
    write_whole(to, f"{nbformat.writes(_tidied(executed, complete=set(values) == set(notebook.parameters)))}\n")


def in_process(action: Callable[..., Any], *arguments: object, seconds: float) -> Any:
    """Run a function in a process of its own, whose settings (matplotlib's are global) nothing else shares.

    Raises
    ------
    StepError
        It has not ended after so many seconds, or its process died.
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_answer, args=(theirs, action, *arguments))
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise StepError(f"it was not done after {seconds:g} seconds; --time-limit allows more")
        result, error = ours.recv()
    except EOFError:
        raise StepError("its process died; the system may have been short of memory") from None
    finally:
        process.kill()
        process.join()
    if error:
        raise error
    return result


def _answer(line: Connection, action: Callable[..., Any], *arguments: object) -> None:
    try:
        line.send((action(*arguments), None))
    except Exception as error:  # whoever asked is told
        line.send((None, error))


def _last_cell(partial: Path) -> int:
    """The number of the last cell that was begun; papermill notes that as it goes on."""
    cells = json.loads(partial.read_text(encoding="utf-8"))["cells"]
    begun = (cell["metadata"].get("papermill", {}).get("start_time") for cell in cells)
    return max((number for number, when in enumerate(begun, start=1) if when), default=0)


def _explained(error: Exception, limits: Limits) -> str:
    """What ended a notebook, and what can be done about it where that is known."""
    if isinstance(error, CellTimeoutError):
        return f"it was not done after {limits.seconds} seconds; --time-limit allows more"
    if isinstance(error, DeadKernelError):
        return "its kernel died; it ended itself, or the system was short of memory"
    assert isinstance(error, PapermillExecutionError)
    if error.ename.endswith("MemoryError"):
        return f"it needs more than the {limits.gigabytes} GB of memory it may have; --memory-limit allows more"
    return f"{error.ename}: {error.evalue}"


def transport(folder: str) -> Config:
    """How to speak with a kernel.

    Kernels started side by side over TCP lose a race for ports now and then. Sockets in a folder of its own
    do not; without a folder of their own, two kernels would share the sockets of one.
    """
    if sys.platform == "win32" or len(os.fsencode(folder)) > _LONGEST:
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


def _place() -> str | None:
    """Where temporary folders go: where they always do, unless sockets there would have names that are too long."""
    usual = tempfile.gettempdir()
    short = len(os.fsencode(usual)) <= _LONGEST - len("/tmp12345678")
    return None if short or not os.access(_SHORT, os.W_OK) else _SHORT


def _tidied(executed: nbformat.NotebookNode, *, complete: bool) -> nbformat.NotebookNode:
    """Take out times, versions and random names; a run's parameters, if complete, take the place of the defaults."""
    executed.metadata.pop("papermill", None)
    executed.metadata.get("language_info", {}).pop("version", None)
    for cell in executed.cells:
        cell.metadata.pop("papermill", None)
        for output in cell.get("outputs", []):
            if picture := output.get("data", {}).get("image/png"):
                output.data["image/png"] = _in_few_colours(picture)
    tagged = {tag: cell for cell in executed.cells for tag in cell.metadata.get("tags", [])}
    if given := tagged.get("injected-parameters"):
        given.id = "injected-parameters"
        if complete:
            executed.cells.remove(tagged["parameters"])
    return executed


def _in_few_colours(picture: str) -> str:
    """Give a picture a palette: charts have few colours, and page and PDF carry what was executed."""
    smaller = BytesIO()
    Image.open(BytesIO(b64decode(picture))).convert("RGB").quantize(256).save(smaller, "PNG", optimize=True)
    return b64encode(smaller.getvalue()).decode()
