"""The pictures of the report in its README: each is there, described, and small."""

import re

import pytest

from dalil.project import resolve

REPORT = resolve("report")
SHOWN = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", (REPORT / "README.md").read_text(encoding="utf-8"))

LARGEST = 200_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(("described", "name"), SHOWN, ids=[name for _, name in SHOWN])
def test_a_picture_is_described_and_small(described: str, name: str) -> None:
    content = (REPORT / name).read_bytes()
    assert content.startswith(SIGNATURE)
    assert len(content) <= LARGEST
    assert len(described) > 60


def test_every_picture_is_shown_once() -> None:
    there = sorted(path.relative_to(REPORT).as_posix() for path in (REPORT / "screenshots").iterdir())
    assert sorted(name for _, name in SHOWN) == there
