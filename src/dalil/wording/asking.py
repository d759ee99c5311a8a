"""Which messages a process asks for: what it makes depends on these and on no others."""

from pathlib import Path
from typing import Any, TextIO

# The keys that were asked for, whether there is such a message or not; one that ends in a point is all below it.
_asked: dict[str, None] = {}
_noted: list[TextIO] = []


class Phrases(dict[str, str]):
    """Phrases by key, which note what is asked for by its key.

    Who goes through all of them notes nothing: see :data:`ALWAYS`, and :func:`ask`.
    """

    def __getitem__(self, key: str) -> str:
        ask(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        ask(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Look a phrase up."""
        ask(key)
        return super().get(key, default)

    def __or__(self, other: dict[str, str]) -> "Phrases":  # type: ignore[override]
        return Phrases({**self, **other})


# How keys begin of what every text may depend on.
ALWAYS = ("locale", "brief.", "genitive")


def ask(key: str) -> None:
    """Note that a message is asked for."""
    if key not in _asked:
        _asked[key] = None
        for file in _noted:
            file.write(f"{key}\n")


def note_in(path: Path) -> None:
    """Write what this process has asked for to a file, a key a line, and from now on each key when it is asked for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while _noted:
        _noted.pop().close()
    file = path.open("w", encoding="utf-8", buffering=1)
    file.writelines(f"{key}\n" for key in _asked)
    _noted.append(file)


def asked_in(path: Path, messages: dict[str, str]) -> dict[str, str]:
    """Choose of some messages those that a process asked for, by what it wrote to a file; all where there is none.

    A message that was asked for and is not there is empty.

    Examples
    --------
    >>> asked_in(Path("there-is-no-such-file"), {"kinds.rank": "rank"})
    {'kinds.rank': 'rank'}
    """
    if not path.exists():
        return dict(messages)
    keys = path.read_text(encoding="utf-8").splitlines()
    begin = (*ALWAYS, *(key for key in keys if key.endswith(".")))
    chosen = {key: messages.get(key, "") for key in keys if not key.endswith(".")}
    return chosen | {key: text for key, text in messages.items() if key.startswith(begin)}
