"""What differs between two runs: what was set, the numbers worked out, the verdicts, the tables, the figures."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dalil.parameters import Parameters
from dalil.report.figures import names
from dalil.report.markup.html import Column, Html, element, table
from dalil.report.page.tables import plainly
from dalil.report.prose.context import ReportContext
from dalil.report.prose.naming import Names, claim_name
from dalil.report.prose.verdicts import verdict
from dalil.tables.facts import Fact
from dalil.tables.schema import package
from dalil.wording.catalogue import Wording
from dalil.wording.messages import sentence

# What stands for something that one run has and the other has not.
_NONE = "–"


class Difference(NamedTuple):
    """Something that two runs have otherwise: what the files call it, what readers call it, and how each has it."""

    name: str
    label: str
    one: str
    other: str


def differences(one: ReportContext, other: ReportContext) -> dict[str, list[Difference]]:
    """List what two runs have otherwise, by kind; each kind of a list that may be empty.

    Parameters
    ----------
    one, other
        The runs, both told in one language.
    """
    return {kind: list(find(one, other)) for kind, find in _KINDS.items()}


def comparison_tables(
    wording: Wording, called: tuple[str, str], found: dict[str, list[Difference]]
) -> Iterator[tuple[str, Html]]:
    """Write what differs as tables, each with its heading; where nothing does, one sentence says so.

    Parameters
    ----------
    wording, called
        The words, and what the two runs are called.
    found
        What :func:`differences` found.
    """
    say = wording.say
    yield "", element("p", say(f"comparison.{'differ' if any(found.values()) else 'same'}"))
    columns = [Column(say("comparison.name"), 40), *(Column(run, 30) for run in called)]
    for kind, rows in found.items():
        if rows:
            heading = say(f"comparison.{kind}")
            cells = [[row.label, row.one, row.other] for row in rows]
            yield heading, table(f"compared-{kind}", heading, columns, cells, headed=False)


def _parameters(one: ReportContext, other: ReportContext) -> Iterator[Difference]:
    for name in Parameters.model_fields:
        values = [plainly(getattr(context.parameters, name)) for context in (one, other)]
        # What a run is called stands above all.
        if name not in {"run", "language"} and values[0] != values[1]:
            yield Difference(name, sentence(one.wording.parameter(name, "meaning")), *values)


def _facts(one: ReportContext, other: ReportContext) -> Iterator[Difference]:
    labels = Names(other).facts | Names(one).facts
    for name in dict.fromkeys((*one.facts, *other.facts)):
        first, second = one.facts.get(name), other.facts.get(name)
        if _meaning(first) != _meaning(second):
            yield Difference(name, sentence(labels.get(name, "")) or name, *_apart(first, second, one.wording.short))


def _meaning(fact: Fact | None) -> tuple[str, ...] | None:
    return (fact.value, fact.low, fact.high, fact.unit, fact.formula) if fact else None


def _apart(one: Fact | None, other: Fact | None, wording: Wording) -> tuple[str, str]:
    """Write two numbers as readers see them, or in the next way that tells them apart."""
    for write in _WRITTEN:
        texts = [_NONE if fact is None else write(fact, wording) for fact in (one, other)]
        if texts[0] != texts[1]:
            return texts[0], texts[1]
    known = texts[0]
    return known, wording.say("comparison.otherwise", value=known)


def _known(fact: Fact, wording: Wording) -> str:
    return wording.known(fact.estimate, fact.unit)


# The ways to write a number: with more and more of it, and the first one again.
_WRITTEN: tuple[Callable[[Fact, Wording], str], ...] = (
    _known,
    lambda fact, wording: f"{_known(fact, wording)} ({wording.span(fact.estimate, fact.unit)})",
    lambda fact, wording: f"{_known(fact, wording)} ({float(fact.value or 'nan'):.6g})",
    _known,
)


def _ratings(one: ReportContext, other: ReportContext) -> Iterator[Difference]:
    for name in dict.fromkeys((*one.claims, *other.claims)):
        rated = [_rated(context, name) for context in (one, other)]
        if rated[0] != rated[1]:
            context = one if name in one.claims else other
            yield Difference(name, sentence(claim_name(context.claim(name))), *rated)


def _rated(context: ReportContext, claim: str) -> str:
    return verdict(context, claim).word if claim in context.claims else _NONE


def _tables(one: ReportContext, other: ReportContext) -> Iterator[Difference]:
    wording = one.wording
    for described in package()["resources"]:
        rows = [_rows(context, described["name"]) for context in (one, other)]
        own = [(rows[0] - rows[1]).total(), (rows[1] - rows[0]).total()]
        if any(own):
            counts = [wording.say("comparison.rows", n=r.total(), own=n) for r, n in zip(rows, own, strict=True)]
            yield Difference(described["name"], wording.data(described["title"]), *counts)


def _rows(context: ReportContext, name: str) -> Counter[tuple[str, ...]]:
    with context.run.kept(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return Counter(map(tuple, csv.reader(file)))


def _figures(one: ReportContext, other: ReportContext) -> Iterator[Difference]:
    wording = one.wording
    for name in names():
        drawn = [path.read_bytes() if (path := c.picture(name)).exists() else b"" for c in (one, other)]
        if drawn[0] != drawn[1]:
            words = [
                wording.say("comparison.picture"),
                wording.say("comparison.another" if drawn[0] else "comparison.picture"),
            ]
            texts = [word if picture else _NONE for word, picture in zip(words, drawn, strict=True)]
            yield Difference(name, wording.say(f"figures.{name}.topic"), *texts)


_KINDS: dict[str, Callable[[ReportContext, ReportContext], Iterator[Difference]]] = {
    "parameters": _parameters,
    "facts": _facts,
    "ratings": _ratings,
    "tables": _tables,
    "figures": _figures,
}
