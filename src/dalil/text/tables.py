"""Tables of a document as sentences: each number with the headings of its row and column, and its unit."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dalil.text.leaving import left_out

# A cell that states a number: with a sign, a mark, or a few words after it.
_NUMBER = re.compile(r"[-–−+~<>≈$€£]?\s?\d[\d\s.,]*(?:\s?[%‰*†‡]|\s\w[\w.]*){0,2}")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d(?:\s?[-–/]\s?\d{2,4})?\D{0,3}")
# The unit at the end of a heading: "Exports, million dollars", "Share (%)".
_UNIT = re.compile(r"[,(\[]\s*([^,()\[\]]+?)\s*[)\]]?$")
# "2025-II" heads a quarter.
_ROMAN = ("", "I", "II", "III", "IV")
_QUARTER = re.compile(r"\b((?:19|20)\d\d)\s?[-–/]\s?(I{1,3}|IV)\b")
# A table of more numbers is a data file, which nobody reviews number by number.
MOST_NUMBERS = 300
# A longer title, or a longer heading, says more than what is measured.
_LONGEST_TITLE = 80

Block = dict[str, Any]
Grid = list[list[str]]


def as_sentences(blocks: Any, is_unit: Callable[[str], bool]) -> Any:
    """Replace tables of numbers in a document by sentences, one for each number.

    A table that has no headings, or states no number, stays; one of more than :data:`MOST_NUMBERS` is left out.

    Parameters
    ----------
    blocks
        What pandoc gives as JSON, or a part of it.
    is_unit
        Tells whether words are a unit.
    """
    if isinstance(blocks, dict):
        return {name: as_sentences(part, is_unit) for name, part in blocks.items()}
    if not isinstance(blocks, list):
        return blocks
    done: list[Any] = []
    for block in blocks:
        said = _sentences(block, is_unit) if isinstance(block, dict) and block.get("t") == "Table" else None
        done += [as_sentences(block, is_unit)] if said is None else said
    return done


def _sentences(table: Block, is_unit: Callable[[str], bool]) -> list[Block] | None:
    """Say a table, or return None where it is to stay."""
    _, caption, _, (_, head), bodies, (_, foot) = table["c"]
    grid = _grid([*head, *(row for body in bodies for row in (*body[2], *body[3])), *foot])
    top = next((place for place, row in enumerate(grid) if place >= len(head) and any(map(_is_number, row[1:]))), 0)
    while top > max(1, len(head)) and len({*filter(None, grid[top - 1])}) == 1:
        # A row of one cell heads the rows below it.
        top -= 1
    for row in grid[len(head) or top : top]:
        # Pandoc cuts cells that reach from the head into the rows below, which then stand too far left.
        while row[0] and not row[-1]:
            row.insert(0, row.pop())
    left = _labels(grid[top:])
    numbers = sum(_is_number(cell) for row in grid[top:] for cell in row[left:])
    if not top or not left or not numbers:
        return None
    title = _text(caption).strip(" .")
    if numbers > MOST_NUMBERS:
        words = title or " ".join(cell for row in grid[: top + 1] for cell in row)
        return [_paragraph(left_out(f"a table of {numbers} numbers", words))]
    return [_paragraph(line) for line in _lines(grid, top, left, title, is_unit)]


def _lines(grid: Grid, top: int, left: int, title: str, is_unit: Callable[[str], bool]) -> Iterator[str]:
    title, of_table = _parted(title, is_unit)
    group = ""
    for row in grid[top:]:
        label = ", ".join(dict.fromkeys(filter(None, row[:left])))
        if not any(row[left:]) or len({*row}) == 1:
            # A row without numbers heads those below it.
            group = label
            continue
        label, of_row = _parted(label, is_unit)
        for place in range(left, len(row)):
            if _is_number(row[place]):
                heading = ", ".join(dict.fromkeys(filter(None, (above[place] for above in grid[:top]))))
                heading, of_column = _parted(_QUARTER.sub(_quarter, heading), is_unit)
                unit = of_column or of_row or _parted(group, is_unit)[1] or of_table
                told = (title if len(title) <= _LONGEST_TITLE else "", group, label, heading)
                names = ", ".join(dict.fromkeys(name for name in told if name))
                number = (
                    row[place] if re.search(r"[%\w]$", row[place].rstrip("0123456789., ")) else f"{row[place]} {unit}"
                )
                yield f"{names[:1].upper()}{names[1:]}: {number.strip()}."


def _quarter(found: re.Match[str]) -> str:
    return f"Q{_ROMAN.index(found[2])} {found[1]}"


def _parted(heading: str, is_unit: Callable[[str], bool]) -> tuple[str, str]:
    """Part a heading and the unit at its end."""
    if is_unit(heading):
        return "", heading
    found = _UNIT.search(heading)
    return (heading[: found.start()].strip(), found[1]) if found and is_unit(found[1]) else (heading, "")


def _labels(rows: Sequence[Sequence[str]]) -> int:
    """Count the columns on the left that name rows: words, or years all the way down."""
    count = 0
    for column in zip(*rows, strict=True):
        filled = [cell for cell in column if cell]
        if any(_is_number(cell) for cell in filled) and not all(_YEAR.fullmatch(cell) for cell in filled):
            break
        count += 1
    return count if count < min(map(len, rows), default=0) else 0


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def _grid(rows: Sequence[Any]) -> Grid:
    """Lay out rows so that each has as many cells; a cell over several rows or columns stands in each."""
    grid: Grid = []
    hanging: dict[int, tuple[int, str]] = {}
    for _, cells in rows:
        line: list[str] = []
        waiting = list(cells)
        while waiting or len(line) in hanging:
            if (held := hanging.pop(len(line), None)) is not None:
                down, text, across = held[0], held[1], 1
            else:
                _, _, down, across, blocks = waiting.pop(0)
                text = " ".join(_text(blocks).split())
            for _ in range(across):
                if down > 1:
                    hanging[len(line)] = (down - 1, text)
                line.append(text)
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [[*line, *[""] * (width - len(line))] for line in grid]


def _text(node: Any) -> str:
    """Return the words of a part of a document; notes are none of them."""
    if isinstance(node, list):
        return "".join(map(_text, node))
    if not isinstance(node, dict) or node.get("t") == "Note":
        return ""
    told = {"Space": " ", "SoftBreak": " ", "LineBreak": " ", "Str": node.get("c")}.get(node["t"])
    if told is not None:
        return str(told)
    inner = _text([part for part in node.get("c", []) if isinstance(part, (list, dict))])
    return f"{inner} " if node["t"] in {"Para", "Plain"} else inner


def _paragraph(text: str) -> Block:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}
