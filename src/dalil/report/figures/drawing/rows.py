"""What the rows of figures have in common."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, fields
from typing import Any, Self, TypeVar

from dalil.tables.row import Row

T = TypeVar("T")
R = TypeVar("R", bound=Row)


class DrawnRow(Row):
    """A row that a figure is drawn from; its fields are written as those of the tables are."""

    @classmethod
    def of(cls, *tables: Row, **others: Any) -> Self:
        """Make a row of what rows of tables hold under its fields' names, the last one counting, and of others."""
        known = {name: value for row in tables for name, value in vars(row).items()} | others
        return cls(**{field.name: known[field.name] for field in fields(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True)
class MeasuredRow(DrawnRow):
    """A row about a measure, and of whom."""

    measure: str
    subject: str


def split(items: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """Put things together that have one key, in the order in which they come.

    Examples
    --------
    >>> split(["Aral", "Buxoro", "Andijon"], key=lambda name: name[0])
    [['Aral', 'Andijon'], ['Buxoro']]
    """
    groups: dict[Hashable, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def having(rows: Iterable[R], **wanted: object) -> list[R]:
    """Keep the rows whose fields have some values."""
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
