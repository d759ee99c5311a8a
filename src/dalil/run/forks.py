"""The process that is forked: it imports what notebooks import, and becomes a kernel as often as it is asked to.

It is started by ``dalil.run.kernels``, with the number of the pipe by which the two speak.
"""

import builtins
import gc
import os
import runpy
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from types import SimpleNamespace

from dalil.text.grammar import grammar, languages

# What most kernels need.
_NEEDED = ("ipykernel.kernelapp", "matplotlib.pyplot", "pandas", "dalil.notebook.session", "dalil.notebook.outline")

# As a kernel has set it when its cells import matplotlib, and as who starts a kernel sets it: it ends with its parent.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
os.environ["JPY_PARENT_PID"] = str(os.getpid())


def main(pipe: int) -> None:
    """Fork whatever is asked for, until nobody asks; a fork returns from this and runs what it is to run."""
    _import()
    line = Connection(pipe)
    while True:
        try:
            what, *rest = line.recv()
        except EOFError:
            return
        if what == "look":
            line.send(_ended(*rest))
            continue
        pid = os.fork()
        if pid == 0:
            line.close()
            break
        line.send(pid)
    _become(*rest)


def _import() -> None:
    """Import, and do nothing that leaves threads or open files behind.

    What asks while it is imported whether and where that is, as pandas does for its options, finds it in a kernel.
    """
    sys.stdout.reconfigure(encoding="UTF-8")  # type: ignore[union-attr]
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=None)
    for module in _NEEDED:
        import_module(module)
    for language in languages():
        grammar(language)
    del vars(builtins)["get_ipython"]

    # What all share need not be looked through by each of them.
    gc.collect()
    gc.freeze()


def _ended(pid: int) -> int | None:
    """The exit code of a fork; nothing while it runs."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _become(command: list[str], folder: str, environment: dict[str, str]) -> None:
    """Run a module with its arguments as a fresh process in a folder and an environment does."""
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    if not sys.flags.safe_path:
        sys.path[0] = folder
    sys.argv = command
    # Python draws other random numbers in each fork by itself.
    sys.modules["numpy"].random.seed()
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
