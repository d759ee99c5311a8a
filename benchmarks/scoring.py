"""How well quantities are read: a labelled set against what the reader finds in it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from dalil.project import PACKAGE
from dalil.tables.rows import ReadingRow
from dalil.text.quantities import Quantity, read_quantities

LABELLED = PACKAGE.parents[1] / "tests" / "quantities"


# Shares are kept to a hundredth of a per cent.
_SHARE_DIGITS = 4


@dataclass(frozen=True)
class Labelled:
    """A sentence with its quantities as a reader labelled them: value and unit of each."""

    language: str
    topic: str
    text: str
    gold: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Score:
    """Quantities labelled, read, and read right: by value alone, and by value and unit.

    Precision is the share of the read ones that are right, recall the share of the labelled ones that
    were found, F1 their harmonic mean (van Rijsbergen 1979).
    """

    sentences: int
    labelled: int
    read: int
    right: int

    @property
    def precision(self) -> Fraction:
        """The share of what was read that is right."""
        return Fraction(self.right, self.read) if self.read else Fraction(1)

    @property
    def recall(self) -> Fraction:
        """The share of what is there that was read right."""
        return Fraction(self.right, self.labelled) if self.labelled else Fraction(1)

    @property
    def f1(self) -> Fraction:
        """The harmonic mean of precision and recall.

        Examples
        --------
        >>> Score(sentences=1, labelled=4, read=4, right=3).f1
        Fraction(3, 4)
        """
        total = self.labelled + self.read
        return Fraction(2 * self.right, total) if total else Fraction(1)


def labelled_sets() -> list[Path]:
    """List the labelled sets, one file a language: those the reader was written with, and others.

    Examples
    --------
    >>> sorted({path.parent.name for path in labelled_sets()})
    ['retold', 'seen', 'unseen']
    """
    return sorted(LABELLED.glob("*/*.jsonl"))


@lru_cache
def labelled(path: Path) -> tuple[Labelled, ...]:
    """Load a labelled set: one JSON object a line with ``topic``, ``text``, ``gold``; its language is its name."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Labelled(path.stem, row["topic"], row["text"], tuple((entry["value"], entry["unit"]) for entry in row["gold"]))
        for row in rows
    )


def read_as(sentence: Labelled) -> tuple[tuple[str, str], ...]:
    """Return the values and units that the reader finds in a sentence."""
    return tuple((value_text(q), q.unit) for q in read_quantities(sentence.text, sentence.language))


def value_text(quantity: Quantity) -> str:
    """Write a quantity's value as decimal text, or as ISO 8601 where it is a date.

    Examples
    --------
    >>> [value_text(q) for q in read_quantities("2 mlrd dollar, 2018-yil", "uz")]
    ['2000000000', '2018']
    """
    return quantity.iso or f"{quantity.value:f}"


def score(sentences: Iterable[Labelled], with_units: bool) -> Score:
    """Score the reader on labelled sentences; quantities are matched within each sentence.

    Parameters
    ----------
    sentences
        What to read.
    with_units
        Whether the unit must be right too.
    """
    count = there = found = right = 0
    for sentence in sentences:
        gold = Counter(entry if with_units else entry[0] for entry in sentence.gold)
        read = Counter(entry if with_units else entry[0] for entry in read_as(sentence))
        count += 1
        there, found, right = there + gold.total(), found + read.total(), right + (gold & read).total()
    return Score(count, there, found, right)


def misses(sentence: Labelled) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what of a sentence's label was not read, and what was read and is not in the label."""
    gold, read = Counter(sentence.gold), Counter(read_as(sentence))
    return list((gold - read).elements()), list((read - gold).elements())


def reading_rows() -> list[ReadingRow]:
    """One row a labelled set: how much of it is read right, by value alone and by value and unit."""
    rows = []
    for path in labelled_sets():
        sentences = labelled(path)
        value, unit = score(sentences, with_units=False), score(sentences, with_units=True)
        rows.append(
            ReadingRow(
                set=path.parent.name,
                language=path.stem,
                sentences=value.sentences,
                labelled=value.labelled,
                read=value.read,
                value_right=value.right,
                unit_right=unit.right,
                value_f1=round(value.f1, _SHARE_DIGITS),
                unit_f1=round(unit.f1, _SHARE_DIGITS),
            )
        )
    return rows
