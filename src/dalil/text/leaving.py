"""What is left out of a file's text: said in its place while the text is taken out, and told with its line."""

import re

# A character that no text means; it stands around what is said of something left out.
_MARK = "\uf8ff"
_SAID = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")
_FIRST_WORDS = 8


def left_out(what: str, text: str) -> str:
    """Say in its place that something is left out; ``text`` is what it begins with."""
    words = " ".join(text.replace(_MARK, "").split()[:_FIRST_WORDS])
    return f'{_MARK}{what}, which begins "{words}"{_MARK}'


def noticed(text: str) -> tuple[str, tuple[str, ...]]:
    """Take out of a text what it says of things left out, and say at which line each was.

    Examples
    --------
    >>> noticed("One.\\n" + left_out("a table", "5 6") + "\\nTwo.")
    ('One.\\n\\nTwo.', ('line 2: a table, which begins "5 6", is left out',))
    """
    told = [f"line {text.count(chr(10), 0, said.start()) + 1}: {said[1]}, is left out" for said in _SAID.finditer(text)]
    return _SAID.sub("", text), tuple(told)
