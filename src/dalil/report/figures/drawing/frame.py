"""The frame of a picture: its finding and what it shows above, its sources below, and the room between them."""

from typing import Any

from matplotlib.figure import Figure as Picture
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from dalil.report.figures.drawing.style import FAINT, INK, SOFT

# Sizes of what stands around a picture, the height of a line as a share of that, and spaces, in points.
_TITLE, _SUBTITLE, _SOURCE = 11.0, 9.0, 8.0
_LINE, _SPACE, _EDGE = 1.3, 5.0, 2.0
# Points to an inch.
_POINTS = 72.0


def framed(title: str, subtitle: str, source: str, width: float, height: float) -> Picture:
    """Make an empty picture with words around it.

    Parameters
    ----------
    title, subtitle, source
        The words, which are broken into as many lines as they need.
    width, height
        Inches across, and inches that what is drawn between the words has.
    """
    room = width * _POINTS - 2 * _EDGE
    above = _lines(title, room, _TITLE, weight="bold", color=INK) + _lines(subtitle, room, _SUBTITLE, color=SOFT)
    below = _lines(source, room, _SOURCE, color=FAINT)
    head, foot = (sum(look["size"] * _LINE for _, look in lines) + _SPACE + _EDGE for lines in (above, below))
    whole = height * _POINTS + head + foot
    picture = Picture(figsize=(width, whole / _POINTS))
    for lines, top in ((above, whole), (below, foot - _SPACE)):
        for text, look in lines:
            picture.text(_EDGE / (width * _POINTS), top / whole, text, va="top", **look).set_in_layout(False)
            top -= look["size"] * _LINE
    picture.set_layout_engine("constrained", rect=(0, foot / whole, 1, height * _POINTS / whole))
    return picture


def _lines(text: str, room: float, size: float, **look: Any) -> list[tuple[str, dict[str, Any]]]:
    """The lines of a text, each with its look."""
    bold = look.get("weight") == "bold"
    return [(line, {"size": size, **look}) for line in wrapped(text, room, size, bold=bold).split("\n")]


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Break a text into lines that are at most so many points long, at plain spaces.

    Examples
    --------
    >>> wrapped("a few words", 30, 9).count(chr(10))
    1
    """
    font = FontProperties(family=["Source Sans 3", "DejaVu Sans"], size=size, weight="bold" if bold else "normal")
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_to_path.get_text_width_height_descent(longer, font, False)[0] > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
