"""How far long work has come, for whoever waits for it at a terminal."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

# Work that is done sooner says nothing.
QUIET = 2.0  # seconds


def told(items: Sequence[Item], doing: str) -> Iterable[Item]:
    """Give items one by one, and say on the error output how many are done once that takes long.

    Nothing is said where the error output is no terminal, and nothing of it stays.

    Parameters
    ----------
    items
        What is worked on.
    doing
        What is done with them.

    Examples
    --------
    >>> list(told([1, 2], "Counting"))
    [1, 2]
    """
    from tqdm import tqdm

    shown: Iterable[Item] = tqdm(items, desc=doing, delay=QUIET, leave=False, disable=None)
    return shown
