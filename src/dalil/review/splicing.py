"""Changes parts of a YAML text and leaves the rest as it is, comments and layout of both included."""

import io
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML

from dalil.review.edits import Edit
from dalil.yamlfile import line_of

# Where a part begins and ends, as numbers of lines, and what stands above it when it is read alone.
Part = tuple[int, int, str]


def part_of_claim(text: str, data: Any, number: int) -> Part:
    """Find the lines of one claim; all of them where it does not begin on a line of its own.

    Parameters
    ----------
    text, data
        A claims file, and what was read of it.
    number
        Which of its claims.
    """
    lines, claims = text.splitlines(), data["claims"]
    start = line_of(claims, number) - 1
    ends = [line_of(claims, number + 1), *(line_of(data, key) for key in data)]
    if not lines[start].lstrip().startswith("- "):
        return 0, len(lines), ""
    return start, min((end - 1 for end in ends if end - 1 > start), default=len(lines)), "claims:\n"


def part_of(text: str, data: Any, key: str) -> Part:
    """Find the lines of a part of a file by its name; the end of the file where it is not there, with an empty one."""
    lines = text.splitlines()
    if not text.startswith(("{", " ")) and key not in data:
        return len(lines), len(lines), f"{key}: []\n"
    start = line_of(data, key) - 1
    if key not in data or not lines[start].startswith(key):
        return 0, len(lines), ""
    return start, min((line_of(data, k) - 1 for k in data if line_of(data, k) - 1 > start), default=len(lines)), ""


def spliced(text: str, parts: Iterable[Part], edit: Edit) -> str:
    """Make an edit in some parts of a text.

    Examples
    --------
    >>> text = "claims:\\n  - a: 1  # one\\n  - a: 2  # two\\n"
    >>> print(spliced(text, [(2, 3, "claims:\\n")], lambda data: data["claims"][0].update(a=3)), end="")
    claims:
      - a: 1  # one
      - a: 3  # two
    """
    lines = text.splitlines(keepends=True)
    for start, end, head in sorted(parts, reverse=True):
        yaml, out = _yaml(), io.StringIO()
        data = yaml.load(head + "".join(lines[start:end]))
        edit(data)
        yaml.dump(data, out)
        # What stood above a claim stands there already.
        lines[start:end] = [out.getvalue().removeprefix(head)]
    return "".join(lines)


def _yaml() -> YAML:
    """What reads and writes YAML with its comments, laid out as drafts are."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 10**6
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
