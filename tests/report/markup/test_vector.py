"""Vector pictures: with their letters as files of their own, and as parts of a page."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import Project
from dalil.report.figures import names
from dalil.report.markup.vector import inline, with_fonts, without_fonts

DRAWN = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">
 <metadata>made by</metadata>
 <defs>
  <style type="text/css">*{stroke-linejoin: round}</style>
 </defs>
 <g id="figure_1">
  <path id="mark" d="M 0 0
L 9 9
" style="stroke: #0072B2"/>
  <use xlink:href="#mark" clip-path="url(#clip)"/>
  <text style="font-weight: 700; fill: #333333">Oʻzbek \u25d0</text>
 </g>
 <clipPath id="clip"><rect width="9" height="9"/></clipPath>
</svg>
"""


def test_a_part_of_a_page_keeps_only_names_that_are_used_and_makes_them_its_own() -> None:
    part = inline(DRAWN, "one")
    assert re.findall(r'\bid="([^"]+)"', part) == ["one-mark", "one-clip"]
    assert 'href="#one-mark"' in part
    assert "url(#one-clip)" in part


def test_a_part_of_a_page_is_as_wide_as_there_is_room_and_has_no_head() -> None:
    part = inline(DRAWN, "one")
    assert part.startswith('<svg viewBox="0 0 9 9"')
    assert '<rect width="9" height="9"/>' in part
    for left_out in ("<?xml", "DOCTYPE", "metadata", "xlink", "<style"):
        assert left_out not in part
    assert ElementTree.fromstring(part).tag.endswith("svg")


def test_a_part_of_a_page_takes_its_colours_from_the_page_and_has_its_own_where_there_are_none() -> None:
    part = inline(DRAWN, "one")
    assert "stroke: var(--f-0072b2,#0072b2)" in part
    assert re.findall(r"(?<!,)#[0-9a-fA-F]{6}", part) == []


def test_a_file_of_its_own_carries_the_letters_of_its_text() -> None:
    whole = with_fonts(DRAWN)
    carried = re.findall(r'font-family:"([^"]+)";font-weight:(\d+)', whole)
    assert carried == [("Source Sans 3", "400"), ("Source Sans 3", "700"), ("DejaVu Sans", "400")]
    assert without_fonts(whole) == DRAWN
    assert with_fonts(DRAWN) == whole


def test_a_text_without_signs_of_another_face_carries_none() -> None:
    assert "DejaVu" not in with_fonts(DRAWN.replace("\u25d0", ""))


@pytest.mark.parametrize("name", names())
def test_every_figure_is_text_in_the_typeface_of_the_report(built: Project, name: str) -> None:
    picture = (built.root / Path("figures") / f"{name}.svg").read_text(encoding="utf-8")
    families = set(re.findall(r"font-family: ([^;]+);", picture))
    assert families == {"'Source Sans 3', 'DejaVu Sans'"}
    assert "@font-face" in picture
    assert not re.search(r'(?:href|src)="?\(?https?:', picture)
    assert ElementTree.fromstring(picture).tag.endswith("svg")
