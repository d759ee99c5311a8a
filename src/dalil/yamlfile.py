"""YAML files a person edits: read with duplicate keys refused and the line of each entry kept."""

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, ScalarEvent

from dalil.errors import InputError
from dalil.project import shown

# A thousand claims are half of this, and nobody nests deeper by hand.
LARGEST_FILE = 1_000_000
DEEPEST = 20
# No text holds these.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_LONG_NUMBER = re.compile(r"[-+.]?\d[\w.+-]{99,}")


class _PlainComposer(Composer):
    """Refuses what a person does not write: references, with which a few lines stand for millions, types, non-text."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        problem = ""
        if isinstance(event, AliasEvent) or event.anchor:
            problem = "references (& and *) are not taken; write it out, or put quotation marks around it"
        elif self.depth == DEEPEST:
            problem = f"it is nested deeper than {DEEPEST}"
        elif event.tag not in {None, "!"}:
            problem = f"types ({event.tag}) are not taken"
        elif isinstance(event, ScalarEvent) and _NO_TEXT.search(event.value):
            problem = "a character that no text holds"
        elif isinstance(event, ScalarEvent) and not event.style and _LONG_NUMBER.fullmatch(event.value):
            problem = "a number of more than 100 digits"
        if problem:
            raise MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def read_yaml(path: Path) -> Any:
    """Read a YAML 1.2 file; numbers with a point stay as written.

    Returns
    -------
    Any
        Mappings and lists that know the line of their entries (see :func:`line_of`).

    Raises
    ------
    InputError
        The file is missing, too large, not UTF-8, not YAML, gives a key twice, refers to another place in it, or is
        nested deeper than :data:`DEEPEST`.
    """
    try:
        if not path.is_file():
            raise FileNotFoundError
        if path.stat().st_size > LARGEST_FILE:
            problem = f"it has {path.stat().st_size / 1e6:.1f} MB; allowed: up to {LARGEST_FILE / 1e6:.0f} MB"
            raise InputError.of(shown(path), [problem], then="Check its name.")
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
        reader = YAML(typ="rt")
        reader.Composer = _PlainComposer
        return reader.load(text)
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
