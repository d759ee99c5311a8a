"""Vector pictures: what matplotlib draws, as a file that stands alone and as a part of a page."""

import re
from base64 import b64encode

from dalil.report.markup.fonts import BOLD, REGULAR, SIGN, Face, lacking
from dalil.report.markup.html import legible

_TEXT = re.compile(r"((?<=>)[^<>]+(?=</text>))")
_FACES = re.compile(r"\s*<style[^>]*>@font-face.*?</style>", re.DOTALL)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
# What a page has no use for: the file's own head, and what says nothing of this picture.
_HEAD = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|\s*<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL
)
_USED = re.compile(r'(?:url\(#|href="#)([^")]+)')
_SIZE = re.compile(r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"')


def with_fonts(picture: str) -> str:
    """Put the letters that a picture's text needs into it, so that it looks the same on every machine.

    Characters that no picture can hold are replaced.

    Examples
    --------
    >>> "@font-face" in with_fonts('<svg><defs/><text style="fill: #000000">A</text></svg>')
    True
    """
    picture = legible(picture)
    text = "".join(_TEXT.findall(picture))
    faces = [REGULAR, *([BOLD] if "font-weight: 700" in picture else [])]
    signs = lacking(text, REGULAR)
    rules = "".join(font_face(face, text) for face in faces) + (font_face(SIGN, signs) if SIGN.has(signs) else "")
    return re.sub(r"(<svg\b[^>]*>)", rf"\1\n <style>{rules}</style>", picture, count=1)


def font_face(face: Face, text: str) -> str:
    """Write the rule of CSS that carries what a text needs of a face."""
    data = b64encode(face.part(text)).decode()
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-style:{face.style};'
        f'src:url(data:font/woff;base64,{data})format("woff")}}'
    )


def without_fonts(picture: str) -> str:
    """Take the letters out again, for a place that has them."""
    return _FACES.sub("", picture)


def inline(picture: str, name: str) -> str:
    """Make a picture part of a page: as wide as there is room, in the page's colours, its names its own.

    A colour ``#0072b2`` becomes ``var(--f-0072b2,#0072b2)``, so that the page can give it another one in the dark.

    Examples
    --------
    >>> inline('<svg width="9pt" height="9pt" viewBox="0 0 9 9"><path id="a" fill="#FFFFFF"/></svg>', "one")
    '<svg viewBox="0 0 9 9"><path fill="var(--f-ffffff,#ffffff)"/></svg>'
    """
    # Whatever stands in a text, only what is around texts is changed.
    pieces = _TEXT.split(_HEAD.sub("", without_fonts(picture)))
    used = {place for piece in pieces[::2] for place in _USED.findall(piece)}
    pieces[::2] = [_fitted(piece, name, used) for piece in pieces[::2]]
    return "".join(pieces).strip()


def _fitted(markup: str, name: str, used: set[str]) -> str:
    """Markup of a picture without its size, its names and colours those of a page."""
    whole = _SIZE.sub(r"\1", markup)
    whole = re.sub(r'\s*\bid="([^"]+)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", whole)
    whole = _USED.sub(lambda m: m[0].replace(f"#{m[1]}", f"#{name}-{m[1]}"), whole)
    whole = _COLOUR.sub(lambda m: f"var(--f-{m[0][1:].lower()},{m[0].lower()})", whole)
    whole = whole.replace("xlink:href", "href").replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    return re.sub(r">\s+<", "><", re.sub(r"(?<=\d) ?\n", " ", whole))
