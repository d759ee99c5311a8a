"""How long a part of a run may take, and how much memory: generous, and given with the command."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long a cell, the figures or a PDF may take, in seconds, and a notebook's memory, in gigabytes."""

    seconds: int = 1800
    gigabytes: int = 8


DEFAULT = Limits()
