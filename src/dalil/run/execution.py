"""Executing: a notebook with parameters, by papermill, kept as executed without times or random names."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from dalil.errors import StepError
from dalil.project import shown, write_whole


def execute(source: Path, values: Mapping[str, Any], to: Path) -> None:
    """Run a notebook with parameters and keep it as executed; the same run gives the same bytes.

    Raises
    ------
    StepError
        A cell failed; ``to`` is not written.
    """
    with tempfile.TemporaryDirectory() as folder:
        partial = Path(folder) / source.name
        try:
            papermill.execute_notebook(
                str(source),
                str(partial),
                parameters=dict(values),
                kernel_name="python3",
                progress_bar=False,
                cwd=str(source.parent),
                record_timing=False,
                # Its cells have ended: nothing is lost by not waiting for the kernel to say goodbye.
                shutdown_kernel="immediate",
                config=_transport(folder),
            )
        except PapermillExecutionError as error:
            # The executed notebook has one cell more than the source: the one with this run's parameters.
            where = f"{shown(source)}, cell {error.cell_index + 1 - bool(values)}"
            raise StepError(f"{where}: {error.ename}: {error.evalue}") from None
        executed = nbformat.read(partial, as_version=4)
    executed.metadata.pop("papermill", None)
    for number, cell in enumerate(executed.cells):
        cell.metadata.pop("papermill", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{number}"
    write_whole(to, f"{nbformat.writes(executed)}\n")


def _transport(folder: str) -> Config:
    """How to speak with a kernel.

    Kernels started side by side over TCP lose a race for ports now and then. Sockets in a folder of its own
    do not; without a folder of their own, two kernels would share the sockets of one.
    """
    if sys.platform == "win32":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})
