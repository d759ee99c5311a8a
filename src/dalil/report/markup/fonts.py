"""Fonts: those the report is set in, bundled or carried by matplotlib, whole for drawing and in part for embedding.

The text is Source Sans 3 (SIL Open Font License 1.1, report/fonts/OFL.txt); what it lacks, and code, is DejaVu
(Bitstream Vera licence), which matplotlib carries.
"""

import hashlib
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from fontTools import subset, version
from fontTools.ttLib import TTFont, TTLibError
from matplotlib import font_manager

from dalil.project import FONTS, kept_for, write_whole

CARRIED = Path(mpl.get_data_path()) / "fonts" / "ttf"

TEXT, SIGNS, CODE = "Source Sans 3", "DejaVu Sans", "DejaVu Sans Mono"

# What any report may hold besides its own words: a part that most texts share is cut out once.
_ALWAYS = frozenset(
    [*map(chr, range(0x20, 0x7F)), *"\u00a0\u202f«»°±·×÷–—‘’“”„…ʻʼ−≠≤≥→№§"]  # Latin letters, digits, punctuation
)
_CYRILLIC = frozenset([*map(chr, range(0x410, 0x450)), *"ЁёЎўҚқҒғҲҳ"])

# Layout that a part keeps: kerning, marks, letters of a language; hinting is of no use at the sizes of today.
_FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]


@dataclass(frozen=True)
class Face:
    """One file of a family."""

    family: str
    path: Path
    weight: int = 400
    style: str = "normal"

    def part(self, text: str) -> bytes:
        """Cut out what a text needs, as a web font (WOFF); its own name is left out, as its licence asks of a part."""
        letters = frozenset(text)
        if self.family != SIGNS:
            letters |= _ALWAYS | (_CYRILLIC if letters & _CYRILLIC else frozenset())
        return _part(self.path, letters & _letters(self.path))

    def has(self, text: Iterable[str]) -> bool:
        """Tell whether it has any letter of a text."""
        return bool(frozenset(text) & _letters(self.path))


REGULAR = Face(TEXT, FONTS / "SourceSans3-Regular.ttf")
ITALIC = Face(TEXT, FONTS / "SourceSans3-Italic.ttf", style="italic")
BOLD = Face(TEXT, FONTS / "SourceSans3-Bold.ttf", weight=700)
SIGN = Face(SIGNS, CARRIED / "DejaVuSans.ttf")
MONO = Face(CODE, CARRIED / "DejaVuSansMono.ttf")
# What the PDF is set in: not matplotlib's font of last resort, which has a box for every letter.
_TYPESET = (*FONTS.glob("*.ttf"), *CARRIED.glob("DejaVuSans*.ttf"), *CARRIED.glob("STIXGeneral*.ttf"))


@lru_cache
def register() -> None:
    """Make the bundled fonts known to matplotlib, which knows its own."""
    for face in (REGULAR, ITALIC, BOLD):
        font_manager.fontManager.addfont(face.path)


def lacking(text: str, face: Face) -> str:
    """List the letters of a text that a face does not have.

    Examples
    --------
    >>> lacking("Oʻzbek ◐", REGULAR)
    '◐'
    """
    return "".join(sorted(frozenset(text) - _letters(face.path)))


def with_letters(text: str) -> tuple[list[Path], str]:
    """Choose fonts that have the letters of a text: those the PDF is set in, and of the system's what they lack.

    Returns
    -------
    tuple[list[Path], str]
        The fonts, and the letters that none has.

    Examples
    --------
    >>> with_letters("Oʻzbek ◐")[1]
    ''
    """
    fonts = sorted(_TYPESET)
    # Letters that draw nothing need no font.
    unseen = {"Cc", "Cf", "Zl", "Zp", "Zs"}
    lacking = {letter for letter in frozenset(text) if unicodedata.category(letter) not in unseen}
    lacking -= {*map(chr, range(0xFE00, 0xFE10))}.union(*map(_letters, fonts))
    for path in map(Path, sorted(font_manager.findSystemFonts()) if lacking else ()):
        if "LastResort" not in path.name and lacking & (found := _letters_of_any(path)):
            fonts.append(path)
            lacking -= found
    return fonts, "".join(sorted(lacking))


def _letters_of_any(path: Path) -> frozenset[str]:
    """The letters of a font that may be no good one."""
    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (OSError, TTLibError, AssertionError, ValueError, KeyError):
        return frozenset()


@lru_cache(maxsize=64)
def _part(path: Path, letters: frozenset[str]) -> bytes:
    """Cut letters out of a font, or take them as they were cut out before in this project."""
    made_of = "\0".join([version, *_FEATURES, *sorted(letters)])
    kept = kept_for("letters", hashlib.sha256(path.read_bytes() + made_of.encode()).hexdigest())
    if kept and kept.exists():
        return kept.read_bytes()
    part = _cut(path, letters)
    if kept:
        write_whole(kept, part)
    return part


def _cut(path: Path, letters: frozenset[str]) -> bytes:
    options = subset.Options(
        flavor="woff", layout_features=_FEATURES, name_IDs=[], hinting=False, recalc_timestamp=False,
        notdef_outline=True, drop_tables=[*subset.Options().drop_tables, "FFTM"],
    )  # fmt: skip
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[ord(letter) for letter in letters])
    written = io.BytesIO()
    with subset.load_font(str(path), options) as font:
        cut.subset(font)
        subset.save_font(font, written, options)
    return written.getvalue()


@lru_cache
def _letters(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
