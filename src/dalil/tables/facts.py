"""Facts: named numbers on disk, each with its interval, formula, claims, sources and the notebook it came from."""

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from dalil.analysis.results import kind_of
from dalil.errors import InputError
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate, Interval, decimal_text
from dalil.project import shown, write_whole


@dataclass(frozen=True)
class Fact:
    """A result as others read it: decimal text in base units, empty where there is no number.

    ``formula`` is its formula as text, ``expression`` the same as data, ``kind`` what prose knows it as, if it does.
    ``number`` is its place among all facts read from a file, from one on: the number of its note.
    """

    id: str
    value: str
    low: str
    high: str
    unit: str
    formula: str
    kind: str
    expression: Any
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    notebook: str
    number: int = 0

    @property
    def estimate(self) -> Estimate:
        """The number with its interval."""
        value, low, high = (Fraction(text) if text else None for text in (self.value, self.low, self.high))
        return Estimate(value, Interval(low, high))


def fact_of(name: str, amount: Amount, notebook: str) -> Fact:
    """Write a result down; ends of an interval are rounded outwards in the last digit kept, a point stays one.

    Parameters
    ----------
    name
        What it is called.
    amount
        The result.
    notebook
        The notebook it comes from.

    Examples
    --------
    >>> fact_of("share", Amount.of(1) / Amount.of(4), "02-growth-rates").formula
    '1 / 4'
    """
    value, ends = amount.value, amount.range
    point = ends.width == 0
    return Fact(
        id=name,
        value=decimal_text(value),
        low=decimal_text(ends.low, towards=round if point else math.floor),
        high=decimal_text(ends.high, towards=round if point else math.ceil),
        unit=amount.unit,
        formula=str(amount.formula),
        kind=kind_of(amount),
        expression=amount.formula.json(),
        claims=amount.claims,
        sources=amount.sources,
        notebook=notebook,
    )


def write_facts(path: Path, facts: Iterable[Fact]) -> None:
    """Write facts as JSON, by name."""
    data = {}
    for fact in facts:
        entry = asdict(fact)
        del entry["number"]
        data[entry.pop("id")] = entry
    write_whole(path, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read_facts(path: Path) -> dict[str, Fact]:
    """Read facts written by :func:`write_facts`.

    Raises
    ------
    InputError
        The file is not there or not what was written.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Fact(
                id=name, number=n, **{**entry, "claims": tuple(entry["claims"]), "sources": tuple(entry["sources"])}
            )
            for n, (name, entry) in enumerate(data.items(), start=1)
        }
    except FileNotFoundError:
        raise InputError.of(
            shown(path), ["not there yet"], then="Run make report, or the notebooks before this one."
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError.of(shown(path), [f"not a file of facts: {error}"], then="Run make report again.") from None


def merge_facts(parts: Iterable[Path], whole: Path) -> None:
    """Put the facts of several notebooks into one file.

    Raises
    ------
    InputError
        Two notebooks give a fact of one name.
    """
    merged: dict[str, Fact] = {}
    for part in parts:
        facts = read_facts(part)
        if twice := sorted(set(merged) & set(facts)):
            raise InputError.of(shown(part), [f"fact {name} is there already" for name in twice])
        merged |= facts
    write_facts(whole, merged.values())
