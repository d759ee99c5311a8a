"""YAML files a person edits: read with duplicate keys refused and the line of each entry kept."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from dalil.errors import InputError
from dalil.project import shown


def read_yaml(path: Path) -> Any:
    """Read a YAML 1.2 file; numbers with a point stay as written.

    Returns
    -------
    Any
        Mappings and lists that know the line of their entries (see :func:`line_of`).

    Raises
    ------
    InputError
        The file is missing, not UTF-8, not YAML, or gives a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise InputError.of(shown(path), ["no such file"], then="Check the path.") from None
    except UnicodeDecodeError as error:
        raise InputError.of(shown(path), [f"not UTF-8 at byte {error.start}"], then="Save it as UTF-8.") from None
    return parse_yaml(text, shown(path))


def parse_yaml(text: str, where: str) -> Any:
    """Read YAML text; ``where`` names it in errors.

    Examples
    --------
    >>> parse_yaml("a: [1, 2]", "example")["a"]
    [1, 2]
    """
    try:
        return YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        problem = str(error.problem or error.context).splitlines()[0]
        raise InputError.of(where, [f"{line}{problem}"], then="Mend the YAML; each name may be given once.") from None
    except (YAMLError, ValueError) as error:
        problem = " ".join(str(error).split())
        raise InputError.of(where, [problem], then="Mend the YAML; put quotation marks around dates.") from None


def line_of(container: Any, key: Any) -> int:
    """Return the 1-based line on which ``container[key]`` stands, or 0 where it is not known.

    Examples
    --------
    >>> line_of(parse_yaml("a: 1\\nb: 2", "example"), "b")
    2
    """
    marks = getattr(container, "lc", None)
    if marks is None or marks.data is None or key not in marks.data:
        return 0
    return int(marks.data[key][0]) + 1
