"""A kernel apart: this Python and this program, none of the user's own settings, and so much memory."""

import os
import sys
import sysconfig
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Dict, Int

from dalil.project import PACKAGE

# What begins like this changes how Python, IPython and Jupyter behave.
_SETTINGS = ("PYTHON", "IPYTHON", "JUPYTER")
_GIGABYTE = 2**30


class Kernel(AsyncKernelManager):
    """Starts the kernel of a step: this Python, whatever kernels the user has."""

    variables = Dict(help="Variables of the kernel's environment besides those of every kernel.").tag(config=True)
    gigabytes = Int(help="How much memory the kernel may have; any where the system cannot tell.").tag(config=True)

    @property
    def kernel_spec(self) -> KernelSpec:
        """What is started."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Start it in surroundings of its own."""
        await self._async_start_kernel(**options, env={**surroundings(), **self.variables})
        if self.gigabytes and sys.platform == "linux":
            import resource

            most = self.gigabytes * _GIGABYTE
            assert isinstance(self.provisioner, LocalProvisioner)
            assert self.provisioner.pid
            resource.prlimit(self.provisioner.pid, resource.RLIMIT_DATA, (most, most))


def surroundings() -> dict[str, str]:
    """Return the environment of this process without the user's settings of Python, and with the code that runs here.

    Examples
    --------
    >>> "PYTHONSTARTUP" in surroundings()
    False
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
    if str(PACKAGE.parent) != sysconfig.get_path("purelib"):
        kept["PYTHONPATH"] = str(PACKAGE.parent)
    return {**kept, "PYTHONUTF8": "1"}
