"""CONTRIBUTING.md as data: the commands that it gives, and the worked examples with where each belongs."""

import re
from dataclasses import dataclass

from dalil.project import resolve

TEXT = resolve("CONTRIBUTING.md").read_text(encoding="utf-8")

COMMANDS = [
    line.strip()
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
    for line in block.strip().splitlines()
]


@dataclass(frozen=True)
class Example:
    """A piece of a file: a whole one, what goes after a line of it, or what goes at its end."""

    path: str
    after: str
    content: str


def examples(heading: str) -> list[Example]:
    """The worked examples under a heading."""
    part = TEXT.partition(f"\n### {heading}\n")[2]
    assert part, heading
    part = re.split(r"^#{2,3} ", part, maxsplit=1, flags=re.MULTILINE)[0]
    pattern = r"^In `([^`]+)`(?:, after `([^`]+)`)?:\n\n```\w+\n(.*?)^```"
    return [Example(*found) for found in re.findall(pattern, part, re.DOTALL | re.MULTILINE)]
