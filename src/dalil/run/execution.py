"""Executing: a notebook with parameters, by papermill, kept as executed without times or random names."""

import json
import multiprocessing
import os
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError
from PIL import Image
from traitlets.config import Config

from dalil.errors import StepError
from dalil.project import STEP, Project, shown, write_whole
from dalil.run.kernels import choose_engine
from dalil.run.notebooks import Notebook


def execute(notebook: Notebook, values: Mapping[str, Any], to: Path, project: Project) -> None:
    """Run a notebook with values of its parameters and keep it as executed; the same run gives the same bytes.

    Raises
    ------
    StepError
        A cell failed; ``to`` is not written.
    """
    os.environ[STEP] = notebook.name
    choose_engine()
    with tempfile.TemporaryDirectory() as folder:
        source, partial = Path(folder) / notebook.path.name, Path(folder) / "executed.ipynb"
        source.write_text(json.dumps(notebook.content), encoding="utf-8")
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
                config=transport(folder),
            )
        except PapermillExecutionError as error:
            # The executed notebook has one cell more than the source: the one with this run's parameters.
            where = f"{shown(notebook.path)}, cell {error.cell_index + 1 - bool(values)}"
            raise StepError(f"{where}: {error.ename}: {error.evalue}") from None
        except DeadKernelError:
            problem = "its kernel died: out of memory, or ended from outside"
            raise StepError(f"{shown(notebook.path)}: {problem}") from None
        executed = nbformat.read(partial, as_version=4)
    write_whole(to, f"{nbformat.writes(_tidied(executed, complete=set(values) == set(notebook.parameters)))}\n")


def in_process(action: Callable[..., None], *arguments: object) -> None:
    """Run a function in a process of its own, whose settings (matplotlib's are global) nothing else shares."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(action, *arguments).result()


def transport(folder: str) -> Config:
    """How to speak with a kernel.

    Kernels started side by side over TCP lose a race for ports now and then. Sockets in a folder of its own
    do not; without a folder of their own, two kernels would share the sockets of one.
    """
    if sys.platform == "win32":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


def _tidied(executed: nbformat.NotebookNode, *, complete: bool) -> nbformat.NotebookNode:
    """Take out times and random names; where a run's parameters are complete, they take the place of the defaults."""
    executed.metadata.pop("papermill", None)
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
