"""Scores the reader on the labelled sentences, and shows the sentences it reads worst.

    python benchmarks/quantities.py [--worst N]

The scores are kept as data in the package, where reports find them.

The reader was written with the sentences that are *seen*; the *unseen* ones were labelled apart. What is *retold* from
real texts says how it does on those: see ``tests/quantities/README.md``.
"""

import argparse
import textwrap
from collections.abc import Iterator, Sequence

from dalil.project import READING, shown
from dalil.tables.schema import write_table
from scoring import Labelled, labelled, labelled_sets, misses, reading_rows, score

HEADINGS = ("set", "language", "sentences", "quantities", "value: P", "R", "F1", "with unit: P", "R", "F1")


def main() -> None:
    """Print the table and the worst misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worst", type=int, default=15, metavar="N", help="misread sentences to show (default: 15)")
    options = parser.parse_args()
    rows, everything = [], []
    for name in sorted({path.parent.name for path in labelled_sets()}):
        sets = {path.stem: labelled(path) for path in labelled_sets() if path.parent.name == name}
        together = [sentence for sentences in sets.values() for sentence in sentences]
        rows += [row(name, language, sentences) for language, sentences in sets.items()]
        rows.append(row(name, "together", together))
        everything += [(name, sentence) for sentence in together]
    print(table([HEADINGS, *rows]))
    write_table(READING.parent, READING.stem, reading_rows())
    print(f"\nKept in {shown(READING)}, which reports show.")
    print("\n".join(worst(everything, options.worst)))


def row(name: str, language: str, sentences: Sequence[Labelled]) -> tuple[str, ...]:
    """Score a set, by value and by value and unit: precision, recall and F1 in per cent."""
    by_value, by_both = score(sentences, with_units=False), score(sentences, with_units=True)
    shares = [share for found in (by_value, by_both) for share in (found.precision, found.recall, found.f1)]
    counts = (str(by_value.sentences), str(by_value.labelled))
    return (name, language, *counts, *(f"{float(100 * share):.1f}" for share in shares))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Write rows in columns: words to the left, numbers to the right, a line under the headings."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        for cells in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def worst(sentences: Sequence[tuple[str, Labelled]], number: int) -> Iterator[str]:
    """Describe the sentences with most wrong in them: what was missed, and what was read instead."""
    found = [(*misses(sentence), name, sentence) for name, sentence in sentences]
    wrong = sorted((case for case in found if case[0] or case[1]), key=lambda case: -len(case[0]) - len(case[1]))
    yield f"\n{len(wrong)} of {len(sentences)} sentences are not read as labelled" + (
        f"; the {number} worst:" if number < len(wrong) else ":"
    )
    for missed, instead, name, sentence in wrong[:number]:
        heading = f"{name}, {sentence.language}, {sentence.topic}: "
        yield "\n" + textwrap.fill(heading + sentence.text, 110, subsequent_indent="  ")
        yield f"  missed:       {listed(missed)}"
        yield f"  read instead: {listed(instead)}"


def listed(quantities: Sequence[tuple[str, str]]) -> str:
    """Write values with their units in a row."""
    return ", ".join(f"{value} {unit}".strip() for value, unit in quantities) or "–"


if __name__ == "__main__":
    main()
