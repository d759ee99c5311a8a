"""Kernels that start warm: a process that has imported what notebooks import forks a kernel for each of them."""

import asyncio
import atexit
import os
import signal
import subprocess
import sys
import time
from functools import lru_cache
from importlib.metadata import EntryPoint
from multiprocessing import Pipe
from pathlib import Path
from threading import Lock
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from dalil.errors import InputError, nearest
from dalil.project import ENGINE
from dalil.run.apart import surroundings

_ENGINES = ("warm", "standard")
# What starts an ordinary kernel of this Python, and the module that is forked instead.
_PYTHON, _LAUNCHER, FORKS = [sys.executable, "-m"], "ipykernel_launcher", "dalil.run.forks"
# An option of some specifications of kernels, for debuggers; cells do not see it.
_FOR_DEBUGGERS = "-Xfrozen_modules=off"
# macOS has fork, but its own libraries do not bear it.
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
# Seconds between two looks at a kernel that is about to end.
_MOMENT = 0.002
_starting = Lock()


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as a fork; an ordinary one where there is no fork, or where another Python is asked for."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel as a command would."""
        forked = _forked(cmd, kwargs.get("cwd"), kwargs["env"])
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        # It leads a session of its own, as an ordinary one does, so it can be ended with all that it has started.
        self.process: Any = forked
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End it, and see it gone: who asks for that need not look again every tenth of a second."""
        await super().kill(restart)
        end = time.monotonic() + 1
        while await self.poll() is None and time.monotonic() < end:
            await asyncio.sleep(_MOMENT)


def choose_engine() -> None:
    """Have notebooks of this process run in warm kernels, or, where the variable ``ENGINE`` says so, in ordinary ones.

    An installation that is older than the provisioner's entry point has it all the same.
    """
    factory, name = KernelProvisionerFactory.instance(), "dalil-warm"
    where = f"{WarmProvisioner.__module__}:{WarmProvisioner.__name__}"
    factory.provisioners.setdefault(name, EntryPoint(name, where, factory.GROUP_NAME))
    factory.default_provisioner_name = name if _is_warm() else "local-provisioner"


def warm_up() -> None:
    """Start the process that is forked, which imports while others work.

    Raises
    ------
    InputError
        There is no engine of the name that the variable ``ENGINE`` has.
    """
    if _is_warm() and CAN_FORK:
        with _starting:
            forks()


def _is_warm() -> bool:
    name = os.environ.get(ENGINE) or _ENGINES[0]
    if name not in _ENGINES:
        raise InputError.of(f"the variable {ENGINE}", [f'found "{name}"; {nearest(name, _ENGINES)}'])
    return name == _ENGINES[0]


class _Forks:
    """The process that is forked, and the way to speak with it."""

    def __init__(self) -> None:
        self._line, theirs = Pipe()
        self._lock = Lock()
        command = [*_PYTHON, FORKS, str(theirs.fileno())]
        # In a session of its own, it is not interrupted from a keyboard: it ends with who asks it.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            env=surroundings(),
        )
        theirs.close()
        atexit.register(self.end)

    def ask(self, *question: object) -> Any:
        with self._lock:
            self._line.send(question)
            return self._line.recv()

    def end(self) -> None:
        self._line.close()
        self._process.terminate()
        self._process.wait()


class _Forked:
    """A forked kernel, which is asked after as a child process is."""

    stdin = stdout = stderr = None

    def __init__(self, forks: _Forks, pid: int) -> None:
        self._forks, self.pid = forks, pid
        self._code: int | None = None

    def poll(self) -> int | None:
        if self._code is None:
            try:
                self._code = self._forks.ask("look", self.pid)
            except (EOFError, OSError):
                # Kernels end with the process that they are forks of.
                self._code = -signal.SIGKILL
        return self._code

    def wait(self) -> int:
        while (code := self.poll()) is None:
            time.sleep(_MOMENT)
        return code

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


def _forked(command: list[str], folder: str | None, environment: dict[str, str]) -> _Forked | None:
    """Fork what a command would start; nothing where that cannot be done."""
    plain = [part for part in command if part != _FOR_DEBUGGERS]
    if not CAN_FORK or plain[:3] != [*_PYTHON, _LAUNCHER]:
        return None
    try:
        with _starting:
            server = forks()
        return _Forked(server, server.ask("fork", plain[len(_PYTHON) :], folder or str(Path.cwd()), environment))
    except (EOFError, OSError):
        return None


@lru_cache
def forks() -> _Forks:
    """Return the process that is forked, started when it is first asked for."""
    return _Forks()
