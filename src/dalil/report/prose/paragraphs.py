"""Sentences, put together to paragraphs."""

from collections.abc import Iterable

from markupsafe import Markup


def paragraphs(*blocks: Iterable[Markup]) -> Markup:
    """Make a paragraph of each block of sentences that has any.

    Parameters
    ----------
    blocks
        The sentences of each paragraph.

    Examples
    --------
    >>> paragraphs([Markup("It rose."), Markup("It fell.")], [])
    Markup('<p>It rose. It fell.</p>')
    """
    texts = [Markup(" ").join(block) for block in blocks]
    return Markup("\n").join(Markup("<p>{}</p>").format(text) for text in texts if text)
