"""The preview: one picture that stands for the report where it is shared, with its title and its main numbers."""

import io
import textwrap

from matplotlib.figure import Figure

from dalil.report.figures.drawing.style import STATED, drawn_in_style
from dalil.report.prose.context import ReportContext

# What sites that show a preview ask for, in pixels (https://ogp.me): 1200 by 630.
_WIDTH, _HEIGHT, _DOTS = 12.0, 6.3, 100
_LETTERS_OF_TITLE, _LETTERS_OF_LINE = 40, 74
_LINES_OF_TITLE = 3


def preview(material: ReportContext) -> bytes:
    """Draw the preview as PNG, 1200 by 630 pixels; the same material gives the same bytes."""
    with drawn_in_style():
        picture = Figure(figsize=(_WIDTH, _HEIGHT))
        title = textwrap.wrap(material.title, _LETTERS_OF_TITLE, max_lines=_LINES_OF_TITLE, placeholder=" …")
        subtitle = textwrap.wrap(material.subtitle, _LETTERS_OF_LINE, max_lines=2, placeholder=" …")
        picture.text(0.06, 0.9, "\n".join(title), fontsize=40, weight="bold", va="top", linespacing=1.15)
        below = 0.9 - 0.13 * len(title) - 0.03
        picture.text(0.06, below, "\n".join(subtitle), fontsize=21, va="top", color="#555555", linespacing=1.3)
        for place, (number, words) in enumerate(_numbers(material)):
            left = 0.06 + 0.23 * place
            picture.text(left, 0.3, number, fontsize=44, weight="bold", va="bottom", color=STATED)
            picture.text(left, 0.275, textwrap.fill(words, 20), fontsize=17, va="top", color="#333333", linespacing=1.2)
        picture.text(0.06, 0.06, "Dalil", fontsize=18, weight="bold", color="#777777")
        written = io.BytesIO()
        picture.savefig(written, format="png", dpi=_DOTS, metadata={"Software": None})
    return written.getvalue()


def _numbers(material: ReportContext) -> list[tuple[str, str]]:
    """How many claims there are, and the ratings that most of them have."""
    facts, wording = material.facts, material.wording
    names = {rating: f"claims_{rating.replace('-', '_')}" for rating in wording.keys("ratings")}
    counts = [(int(facts[name].value), rating) for rating, name in names.items() if name in facts]
    most = sorted(counts, key=lambda found: -found[0])[:3]
    listed = [(facts["claims"].value, material.wording.say("document.claims", n=len(material.claims)))]
    return listed + [(str(count), wording.label("ratings", rating)) for count, rating in most if count]
