"""Sentences, put together to headings, paragraphs and points."""

from collections.abc import Iterable

from markupsafe import Markup


def heading(text: str) -> Markup:
    """Make a heading within a section.

    Examples
    --------
    >>> heading("Trade fell")
    Markup('<h3>Trade fell</h3>')
    """
    return Markup("<h3>{}</h3>").format(text)


def blocks(*parts: Markup) -> Markup:
    """Put headings, paragraphs and points below each other, those that say nothing left out."""
    return Markup("\n").join(filter(None, parts))


def paragraphs(*sentences: Iterable[Markup]) -> Markup:
    """Make a paragraph of each block of sentences that has any.

    Examples
    --------
    >>> paragraphs([Markup("It rose."), Markup("It fell.")], [])
    Markup('<p>It rose. It fell.</p>')
    """
    texts = [Markup(" ").join(block) for block in sentences]
    return blocks(*(Markup("<p>{}</p>").format(text) for text in texts if text))


def points(texts: Iterable[Markup]) -> Markup:
    """Make a list of texts, a point each; nothing where there are none."""
    items = Markup("\n").join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup("<ul>\n{}\n</ul>").format(items) if items else items
