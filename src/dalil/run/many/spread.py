"""Spreading: work on many things, side by side on this machine, or on a cluster where one is named."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from dalil.errors import DalilError, InputError

# The variable that names the scheduler of a Dask cluster.
CLUSTER = "DASK_SCHEDULER_ADDRESS"
# As many tasks as a cluster has at least at a time, and each process that works at most: few, however many there are.
_AHEAD, _AHEAD_HERE = 1000, 2
# Seconds between two lines that say how far it is.
_QUIET = 2
_DIED = "the process that worked on it has died"

T = TypeVar("T")


def spread(action: Callable[[T], None], tasks: Iterable[T], workers: int = 0) -> Iterator[tuple[T, str]]:
    """Do something with each of many things, and go on where it fails.

    What a worker was at when it died is done by another one on a cluster, and told as failed on this machine.

    Parameters
    ----------
    action
        A function of a module, which other processes import. It puts its results where they are kept: nothing but the
        task, and what went wrong, goes from process to process.
    tasks
        The things, which are taken as work goes on; what has none for now is asked again when some have ended.
    workers
        Processes of this machine; 0 for as many as it has processors.

    Yields
    ------
    tuple
        A task that has ended and what went wrong, nothing where nothing did; in the order in which they end.

    Raises
    ------
    InputError
        The cluster that is named cannot be reached.
    """
    waiting = iter(tasks)
    while True:
        suspects: list[T] = []
        for task, wrong in _done(action, waiting, workers):
            if wrong is None:
                suspects.append(task)
            else:
                yield task, wrong
        if not suspects:
            return
        # A process that dies takes its neighbours along; each by itself shows which one it was.
        for task in suspects:
            yield from ((task, _DIED if wrong is None else wrong) for _, wrong in _done(action, iter([task]), 1))


def _done(action: Callable[[T], None], waiting: Iterator[T], workers: int) -> Iterator[tuple[T, str | None]]:
    """Work on tasks and yield them as they end; as the last those that a process may have been at when it died."""
    running: dict[Future[str], T] = {}
    with _executor(workers) as (executor, ahead):
        while True:
            for task in islice(waiting, ahead - len(running)):
                running[executor.submit(_tried, action, task)] = task
            if not running:
                return
            errors = {future: future.exception() for future in wait(running, return_when=FIRST_COMPLETED).done}
            if any(isinstance(error, BrokenExecutor) for error in errors.values()):
                yield from ((task, None) for task in running.values())
                return
            for future, error in errors.items():
                yield running.pop(future), _said(error) if error else future.result()


def progress(ended: Iterable[T], total: int) -> Iterator[T]:
    """Say on standard error how far it is and how long it takes still, while going through what has ended."""
    start = said = time.monotonic()
    for number, one in enumerate(ended, start=1):
        yield one
        now = time.monotonic()
        if now - said > _QUIET:
            said = now
            left = round((now - start) / number * (total - number))
            sys.stderr.write(f"  {number} of {total}, {left // 60} min {left % 60:02} s left\n")


def _tried(action: Callable[[T], None], task: T) -> str:
    """What goes wrong with a task; nothing where it is done."""
    try:
        action(task)
    except Exception as error:
        return _said(error)
    return ""


def _said(error: BaseException) -> str:
    return str(error) if isinstance(error, DalilError) else f"{type(error).__name__}: {error}"


@contextmanager
def _executor(workers: int) -> Iterator[tuple[Executor, int]]:
    """What works on tasks, and how many of them it is to have at a time."""
    address, count = os.environ.get(CLUSTER), workers or os.cpu_count() or 1
    if not address:
        with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
            yield pool, count * _AHEAD_HERE
        return
    try:
        from distributed import Client

        client: Any = Client(address)
    except (ImportError, OSError, ValueError) as error:
        then = f"Start the scheduler, pip install 'dalil[cluster]', or leave {CLUSTER} empty to stay on this machine."
        raise InputError.of(f"the variable {CLUSTER}", [f'found "{address}"; {error}'], then=then) from None
    with client, client.get_executor(pure=False) as executor:
        yield executor, max(_AHEAD, sum(client.nthreads().values()) * _AHEAD_HERE)
