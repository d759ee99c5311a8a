"""YAML is read as version 1.2 has it, with the line of each entry."""

from datetime import date
from typing import Any

import pytest

from dalil.errors import InputError
from dalil.yamlfile import line_of, parse_yaml

# Version 1.1, which the parser knows by itself, has the first ones as truth values, base eight and base sixty.
WORDS: dict[str, Any] = {
    "no": "no", "Off": "Off", "y": "y", "017": 17, "1:30": "1:30", "0o17": 15, "0x1F": 31, "1_000": 1000, "-7": -7,
    "true": True, "~": None, "": None, "0.50": 0.5, ".5": 0.5, "1e3": 1000.0, "1.2.3": "1.2.3", "2018-1-2": "2018-1-2",
    "2018-01-02": date(2018, 1, 2), "'7'": "7",
}  # fmt: skip


@pytest.mark.parametrize("written", WORDS)
def test_a_plain_word_is_what_version_1_2_says(written: str) -> None:
    found = parse_yaml(f"a: {written}", "x")["a"]
    assert (found, type(found)) == (WORDS[written], type(WORDS[written]))


def test_entries_know_their_lines_also_below_others_and_merged_ones_give_way() -> None:
    read = parse_yaml("a: &a\n  - b: 1\n    c: 2\n  -\n    d: 3\ne:\n  <<: {f: 4, g: 5}\n  g: 6\n", "x")
    assert (line_of(read, "a"), line_of(read["a"], 1), line_of(read["a"][0], "c"), line_of(read["e"], "g")) == (
        1,
        5,
        3,
        8,
    )
    assert read["e"] == {"f": 4, "g": 6}


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", "a:\n  b: 1\n  c: {d: 1, d: 2}\n", "a: [\n\n", "a: b: c\n"])
def test_what_is_wrong_is_said_with_its_line(text: str) -> None:
    line = {"a: 1": 3, "a:\n ": 3, "a: [": 3, "a: b": 1}[text[:4]]
    with pytest.raises(InputError, match=rf"x\n  - line {line}: "):
        parse_yaml(text, "x")
