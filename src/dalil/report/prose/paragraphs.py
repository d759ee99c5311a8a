"""Sentences, put together to paragraphs and points."""

from collections.abc import Iterable

from markupsafe import Markup


def paragraphs(*blocks: Iterable[Markup]) -> Markup:
    """Make a paragraph of each block of sentences that has any.

    Examples
    --------
    >>> paragraphs([Markup("It rose."), Markup("It fell.")], [])
    Markup('<p>It rose. It fell.</p>')
    """
    texts = [Markup(" ").join(block) for block in blocks]
    return Markup("\n").join(Markup("<p>{}</p>").format(text) for text in texts if text)


def points(texts: Iterable[Markup]) -> Markup:
    """Make a list of texts, a point each; nothing where there are none."""
    items = Markup("\n").join(Markup("<li>{}</li>").format(text) for text in texts)
    return Markup("<ul>\n{}\n</ul>").format(items) if items else items
