"""Fitting: figures of one's own become statements of the record about what an article's claims are about."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dalil.claims.claims import Claim, Claims
from dalil.errors import nearest
from dalil.numbers.intervals import as_printed
from dalil.project import shown
from dalil.reference.own import Figure, Own, folded
from dalil.reference.record import Origin, Reference, Statement

# Kinds of claim that a figure can be the value of; of the rest it can be the later or the earlier level.
_VALUES = ("level", "count", "rank")


def with_own(reference: Reference, own: Own, claims: Claims) -> Reference:
    """Add figures of one's own to a record, as statements about what the claims are about.

    A figure is about the claims whose measure and subject have its names, but for capitals, spaces, hyphens and
    underscores. One without a subject is about that of all claims of the measure, where they have but one.

    Parameters
    ----------
    reference, own, claims
        The record, the figures, and the article's claims.
    """
    origins = dict(reference.origins)
    statements = []
    for figure in own.figures.values():
        name = _name(figure.origin(), origins)
        for claim, kind in _about(figure, claims):
            origins[name] = figure.origin()
            statements.append(_statement(figure, claim, kind, name))
    return replace(reference, origins=origins, statements=(*reference.statements, *statements))


def unused(own: Own, claims: Claims) -> Iterator[str]:
    """Say of which figures no claim is about what they are about, or in their unit, and what may have been meant."""
    found: dict[str, list[int]] = {}
    for line, figure in own.figures.items():
        if why := _why_unused(figure, claims):
            found.setdefault(why, []).append(line)
    for why, lines in found.items():
        where = f"line {lines[0]}" if len(lines) == 1 else f"{len(lines)} lines from line {lines[0]} on"
        yield f"{shown(own.path)}, {where}: not used; {why}"


def _why_unused(figure: Figure, claims: Claims) -> str:
    of = [claim.entry for claim in claims if _same(claim.entry.measure, figure.measure)]
    subjects = {entry.subject for entry in of}
    about = [claim.entry for claim, _ in _about(figure, claims)]
    if not of:
        known = nearest(figure.measure, {claim.entry.measure for claim in claims})
        return f'no claim has the measure "{figure.measure}": {known}'
    if not about and not figure.subject:
        return f"the claims of {figure.measure} are of several subjects: {', '.join(sorted(subjects))}; name one"
    if not about:
        return f'no claim of {figure.measure} has the subject "{figure.subject}": {nearest(figure.subject, subjects)}'
    # Of a measure of which only changes are stated, figures in any unit are levels.
    units = {entry.unit for entry in of if entry.subject in {one.subject for one in about}}
    is_level = {entry.kind for entry in of} == {"change"} or figure.unit[0] in units
    return (
        ""
        if is_level
        else f"it is in {figure.unit[0]}, and the claims of {figure.measure} in {', '.join(sorted(units))}"
    )


def _about(figure: Figure, claims: Claims) -> Iterator[tuple[Claim, str]]:
    """One claim of each measure and subject that a figure is about, and as what kind of claim it is held against it."""
    of = [claim for claim in claims if _same(claim.entry.measure, figure.measure)]
    alone = len({claim.entry.subject for claim in of}) == 1
    of = [claim for claim in of if _same(claim.entry.subject, figure.subject) or (alone and not figure.subject)]
    for about in {(claim.entry.measure, claim.entry.subject): claim for claim in of}.values():
        alike = {claim.entry.kind for claim in of if claim.is_like(about) and claim.entry.unit == figure.unit[0]}
        kinds = [kind for kind in _VALUES if kind in alike] or [kind for kind in ("change",) if kind in alike]
        yield from ((about, kind) for kind in kinds or ["level"])


def _statement(figure: Figure, claim: Claim, kind: str, origin: str) -> Statement:
    (value, precision), (unit, factor) = figure.value, figure.unit
    estimate = as_printed(value * factor, precision * factor, "=", "half-unit")
    return Statement(
        kind, claim.entry.measure, claim.entry.subject, figure.period, None, "reported", "=", estimate, None, unit,
        origin, figure.note,
    )  # fmt: skip


def _name(origin: Origin, taken: dict[str, Origin]) -> str:
    """A name for an origin: of its producer, with a number where another one has it."""
    word = re.sub(r"\W+", "-", origin.producer.lower()).strip("-")[:40]
    names = (word if number == 1 else f"{word}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if taken.get(name, origin) == origin)


def _same(one: str, other: str) -> bool:
    return folded(one) == folded(other)
