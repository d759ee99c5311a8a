"""What notebooks of a user's own keep besides facts: tables and pictures, each with what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dalil.errors import InputError
from dalil.project import shown, write_whole


@dataclass(frozen=True)
class OwnTable:
    """A table that the Data Package does not describe, with its rows as text.

    Parameters
    ----------
    name
        The name of its file, ``NAME.csv``.
    title
        What it shows.
    columns
        The meaning of each column, by its name, in order.
    rows
        The cells of each row in words, in the order of the columns.
    """

    name: str
    title: str
    columns: dict[str, str]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OwnFigure:
    """A picture.

    Parameters
    ----------
    name
        What it is called.
    caption
        The sentence below it.
    alt
        What it shows, for those who do not see it.
    svg
        The picture itself.
    """

    name: str
    caption: str
    alt: str
    svg: str


@dataclass(frozen=True)
class Further:
    """What one notebook keeps.

    Parameters
    ----------
    notebook
        Its name, ``NN-name``.
    title
        Its title.
    tables
        Its tables.
    figures
        Its pictures.
    """

    notebook: str
    title: str
    tables: tuple[OwnTable, ...] = ()
    figures: tuple[OwnFigure, ...] = ()


_KEPT = TypeAdapter(list[Further])


def write_further(path: Path, kept: list[Further]) -> None:
    """Write what notebooks keep as JSON.

    Parameters
    ----------
    path
        Where to.
    kept
        What each notebook keeps.
    """
    write_whole(path, _KEPT.dump_json(kept, indent=1) + b"\n")


def read_further(path: Path) -> list[Further]:
    """Read what :func:`write_further` wrote.

    Parameters
    ----------
    path
        Where it is.

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
    folder
        Where each has a file of its own.
    titles
        The title of each notebook, by its name, in order.
    whole
        The one file.
    """
    kept = [further for name in titles for further in read_further(folder / f"{name}.json")]
    write_further(whole, [replace(further, title=titles[further.notebook]) for further in kept])
