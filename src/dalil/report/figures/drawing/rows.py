"""What the rows of figures have in common."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from dalil.tables.row import Row

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class DrawnRow(Row):
    """A row that a figure is drawn from; its fields are written as those of the tables are."""


@dataclass(frozen=True)
class MeasuredRow(DrawnRow):
    """A row about a measure, and of whom."""

    measure: str
    subject: str


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Put things together that have one key, in the order in which they come.

    Parameters
    ----------
    items
        Rows, as a rule.
    key
        What those of a group have in common.

    Examples
    --------
    >>> grouped(["Aral", "Buxoro", "Andijon"], key=lambda name: name[0])
    {'A': ['Aral', 'Andijon'], 'B': ['Buxoro']}
    """
    groups: dict[K, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
