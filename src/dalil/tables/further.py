"""What notebooks of a user's own keep besides facts: tables and pictures, each with what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dalil.errors import InputError
from dalil.project import shown, write_whole


@dataclass(frozen=True)
class OwnTable:
    """A table that the Data Package does not describe; its file is ``NAME.csv``.

    ``columns`` are the meaning of each column by its name, in order; ``rows`` the cells of each row in words.
    """

    name: str
    title: str
    columns: dict[str, str]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OwnFigure:
    """A picture, with the sentence below it and what it shows for those who do not see it."""

    name: str
    caption: str
    alt: str
    svg: str


@dataclass(frozen=True)
class Further:
    """What one notebook ``NN-name`` keeps, under its title."""

    notebook: str
    title: str
    tables: tuple[OwnTable, ...] = ()
    figures: tuple[OwnFigure, ...] = ()


_KEPT = TypeAdapter(list[Further])


def write_further(path: Path, kept: list[Further]) -> None:
    """Write what notebooks keep as JSON."""
    write_whole(path, _KEPT.dump_json(kept, indent=1) + b"\n")


def read_further(path: Path) -> list[Further]:
    """Read what :func:`write_further` wrote.

    Raises
    ------
    InputError
        It is not there, or not what was written.
    """
    try:
        return _KEPT.validate_json(path.read_bytes())
    except FileNotFoundError:
        raise InputError.of(shown(path), ["not there yet"], then="Run make report.") from None
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise InputError.of(shown(path), problems, then="Run make report again.") from None


def merge_further(folder: Path, titles: Mapping[str, str], whole: Path) -> None:
    """Put what several notebooks keep into one file.

    Parameters
    ----------
    folder, whole
        Where each has a file of its own, and the one file.
    titles
        The title of each notebook, by its name, in order.
    """
    kept = [further for name in titles for further in read_further(folder / f"{name}.json")]
    write_further(whole, [replace(further, title=titles[further.notebook]) for further in kept])
