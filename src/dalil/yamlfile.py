"""YAML files a person edits: read with duplicate keys refused and the line of each entry kept."""

import codecs
import re
from pathlib import Path
from typing import Any, ClassVar

from yaml import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    MappingNode,
    MarkedYAMLError,
    Node,
    SafeLoader,
    ScalarEvent,
    ScalarNode,
    YAMLError,
    compose,
)
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.cyaml import CParser
from yaml.resolver import BaseResolver

from dalil.errors import InputError
from dalil.project import shown

# A draft of five hundred pages is half of this, and nobody nests deeper by hand.
LARGEST_FILE = 20_000_000
DEEPEST = 20
# The parser written in Python takes seconds for more characters.
_SLOWLY = 100_000
_LONG_NUMBER = re.compile(r"[-+.]?\d[\w.+-]{99,}")


def read_yaml(path: Path, *, as_written: bool = False) -> Any:
    """Read a YAML 1.2 file.

    Parameters
    ----------
    path
        The file.
    as_written
        Leave numbers and dates the text they are written as.

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
        if path.is_dir():
            raise InputError.of(shown(path), ["it is a folder"], then="Name the file in it.")
        if not path.is_file():
            raise FileNotFoundError
        if path.stat().st_size > LARGEST_FILE:
            problem = f"it has {path.stat().st_size / 1e6:.1f} MB; allowed: up to {LARGEST_FILE / 1e6:.0f} MB"
            raise InputError.of(shown(path), [problem], then="Check its name.")
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise InputError.of(shown(path), ["no such file"], then="Check the path.") from None
    except UnicodeDecodeError as error:
        wide = path.read_bytes()[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        problem = "it is in UTF-16, which some editors call Unicode" if wide else f"not UTF-8 at byte {error.start}"
        raise InputError.of(shown(path), [problem], then="Save it as UTF-8.") from None
    return parse_yaml(text, shown(path), as_written=as_written)


def parse_yaml(text: str, where: str, *, as_written: bool = False) -> Any:
    """Read YAML text; ``where`` names it in errors, ``as_written`` is that of :func:`read_yaml`.

    Examples
    --------
    >>> parse_yaml("a: [1, 2]", "example")["a"]
    [1, 2]
    """
    try:
        _check_plain(_Loader(text))
        return (_AsWritten if as_written else _Loader)(text).get_single_data()
    except MarkedYAMLError as refused:
        error = refused if isinstance(refused, _NotPlainError) else _said_better(text) or refused
        problem = _plainly(error, text.split("\n"))
        raise InputError.of(where, [problem], then="Mend the YAML; each name may be given once.") from None
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
    lines: dict[Any, int] = getattr(container, "lines", {})
    return lines.get(key, 0)


def place_of(container: Any, key: Any) -> str:
    """Say where ``container[key]`` stands: on which line, or in which row of a table; nothing where it is not known.

    Examples
    --------
    >>> place_of(parse_yaml("a: 1\\nb: 2", "example"), "b")
    'line 2'
    """
    if (said := getattr(container, "place_of", None)) is not None:
        return str(said(key))
    line = line_of(container, key)
    return f"line {line}" if line else ""


# What parsers say, and what a person is to do; the first that fits.
_PLAINLY = (
    (r"mapping values are not allowed", "a colon in a text; put quotation marks around the text", r":\s.*:(\s|$)"),
    (r"mapping values are not allowed|expected <block end>, but found '(<block mapping start>|\?|-)'"
     r"|did not find expected ('-' indicator|key)",
     "it begins further left or right than what it belongs with; begin the names of an entry in one column", ""),
    (r"cannot start any token", "a tab; write spaces", r"^\s*\t"),
    (r"cannot start any token", "a text that begins with a sign; put quotation marks around it", ""),
    (r"expected <block end>, but found '<scalar>'",
     "a quotation mark ends the text too early; write it twice, or put the other kind around the text", ""),
    (r"unexpected end of stream", "a quotation mark opens here and none closes; the parser met the end of stream", ""),
    (r"expected ',' or '[\]}]'|node content, but found '<stream end>'",
     "a bracket opens and none closes, or a comma is missing", ""),
    (r"could not find expected ':'", "a name without a colon after it; write name: value", ""),
)  # fmt: skip


def _plainly(error: MarkedYAMLError, lines: list[str]) -> str:
    """Say on which line something is wrong, what, and what stands there."""
    said = str(error.problem or error.context).splitlines()[0]
    opened = re.search("end of stream|expected ':'", said) and error.context_mark
    mark = opened or error.problem_mark or error.context_mark
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    meant = next((plain for sign, plain, on in _PLAINLY if re.search(sign, said) and re.search(on, line)), "")
    problem = f"{meant}; found {line.strip()[:60]!r}" if meant else said
    return f"line {mark.line + 1}: {problem}" if mark else problem


class _NotPlainError(MarkedYAMLError):  # type: ignore[misc]
    """Something that a person does not write."""


def _check_plain(loader: "_Loader") -> None:
    """Refuse what a person does not write.

    That is references, with which a few lines stand for millions or hold themselves; types; endless depth and numbers.
    """
    depth = 0
    while loader.check_event():
        event = loader.get_event()
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        tag, value = getattr(event, "tag", None), event.value if isinstance(event, ScalarEvent) else ""
        problem = ""
        if isinstance(event, AliasEvent):
            problem = f"references (*{event.anchor}) are not taken; write it out, or put quotation marks around it"
        elif depth > DEEPEST:
            problem = f"it is nested deeper than {DEEPEST}"
        elif tag not in {None, "!"}:
            problem = f"types ({tag}) are not taken"
        elif "\0" in value:
            problem = "a character that no text holds"
        elif value and not event.style and _LONG_NUMBER.fullmatch(value):
            problem = "a number of more than 100 digits"
        if problem:
            raise _NotPlainError(problem=problem, problem_mark=event.start_mark)


def _said_better(text: str) -> MarkedYAMLError | None:
    """What the parser written in Python says of text that is not YAML: more than libyaml, and at the right line."""
    try:
        if len(text) <= _SLOWLY:
            compose(text, Loader=SafeLoader)
    except MarkedYAMLError as error:
        return error
    return None


class _Mapping(dict[Any, Any]):
    """A mapping that knows the line of each key."""

    lines: dict[Any, int]


class _List(list[Any]):
    """A list that knows the line of each item."""

    lines: dict[int, int]


class _Resolver(BaseResolver):  # type: ignore[misc]
    """What plain words are, by the core schema of YAML 1.2, and dates: "no" is a word, 1:30 no number."""


_MERGE = "tag:yaml.org,2002:merge"
_PLAIN = {
    "null": ("~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": ("true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)", list("-+0123456789")),
    "float": (
        r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|[0-9][0-9_]*(?=[eE])|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
    "timestamp": (r"\d{4}-\d\d-\d\d(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d.*)?", list("0123456789")),
    "merge": ("<<", ["<"]),
}
for _name, (_pattern, _first) in _PLAIN.items():
    _Resolver.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(f"^(?:{_pattern})$"), _first)


_AS_NUMBERS = tuple(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "timestamp"))


class _Loader(CParser, SafeConstructor, _Resolver):  # type: ignore[misc]
    """The parser of libyaml, which also says where everything stands."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        SafeConstructor.__init__(self)
        _Resolver.__init__(self)

    def mapping(self, node: MappingNode) -> Any:
        """Make a mapping, whole: none refers to itself."""
        keys: dict[Any, int] = {}
        for key in (key for key, _ in node.value if key.tag != _MERGE):
            if not isinstance(key, ScalarNode):
                raise ConstructorError(problem="a name is no single text", problem_mark=key.start_mark)
            name = self.construct_object(key)
            if name in keys:
                raise ConstructorError(problem=f'found duplicate key "{name}"', problem_mark=key.start_mark)
            keys[name] = key.start_mark.line + 1
        data = _Mapping(self.construct_mapping(node, deep=True))
        data.lines = keys
        return data

    def sequence(self, node: Node) -> Any:
        """Make a list, whole."""
        data = _List(self.construct_sequence(node, deep=True))
        data.lines = {place: item.start_mark.line + 1 for place, item in enumerate(node.value)}
        return data

    def integer(self, node: Node) -> int:
        """Read a whole number; one that begins with a zero is no octal one."""
        written = self.construct_scalar(node).replace("_", "")
        return int(written, 0 if re.match("[-+]?0[box]", written) else 10)


class _AsWritten(_Loader):
    """The same, but numbers and dates stay text."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _AS_NUMBERS]
        for first, resolvers in _Resolver.yaml_implicit_resolvers.items()
    }


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _Loader.sequence)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.integer)
