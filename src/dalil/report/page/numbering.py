"""Numbers of figures and tables, the same on the page and in the PDF."""

import re
from collections import Counter

from dalil.report.markup.html import Html, element
from dalil.wording.catalogue import Wording

# Captions in the order of the page. One with attributes is of something that only the page can show.
_CAPTION = re.compile(r"<(figcaption|caption)>")
_KINDS = {"figcaption": "figure", "caption": "table"}


def numbered(content: str, wording: Wording) -> Html:
    """Give each figure and each table the number that both are cited by.

    Parameters
    ----------
    content
        The report as HTML.
    wording
        Its language.

    Examples
    --------
    >>> str(numbered("<caption>Sources</caption>", Wording("en")))
    '<caption><span class="number">Table 1.</span> Sources</caption>'
    """
    count: Counter[str] = Counter()

    def labelled(found: re.Match[str]) -> str:
        kind = _KINDS[found[1]]
        count[kind] += 1
        label = element("span", wording.say(f"document.numbered.{kind}", n=str(count[kind])), class_="number")
        return f"{found[0]}{label} "

    return Html(_CAPTION.sub(labelled, content))
