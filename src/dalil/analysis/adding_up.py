"""Rules on numbers that belong together: changes and levels, sums and parts, shares, averages, indices."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dalil.analysis.relations import Relation, relation
from dalil.analysis.stated import Number, Stated, akin, halves
from dalil.numbers.amounts import Amount
from dalil.numbers.formulas import names_in, worked_out
from dalil.numbers.intervals import Estimate, Interval
from dalil.numbers.periods import Period

# What goes out, what comes in.
_SIDES = (("exports", "imports"), ("income", "spending"))
# So many words beside a number tell what it is; a whole is stated with two parts at least.
_NEAR, _PARTS = 4, 2
# Shares that may come to all are so near to it, those of which the names say it and others.
_ABOUT, _CLOSE = Fraction(1, 4), Fraction(1, 20)


@relation
def changes_lie_between_levels(stated: Stated) -> Iterator[Relation]:
    """A stated change is the one between the levels of its two periods: in percent, points, times, or by so much."""
    for change in stated.changes:
        pairs = _pairs(stated, change)
        ways = [_change(change, base.claim.amount, later.claim.amount) for base, later in pairs]
        points = [
            _points(change, base.claim.amount, later.claim.amount) for base, later in pairs if later.unit == "ratio"
        ]
        yield Relation(change.claim, ways, len(ways) == 1, points[0] if points else None)


@relation
def declared_relations_hold(stated: Stated) -> Iterator[Relation]:
    """A number that the claims file says is worked out from others comes to that."""
    for declared in stated.claims.relations:
        amounts = {name: stated.claims[name].amount for name in names_in(declared.equals)}
        yield Relation(stated.claims[declared.claim], [worked_out(declared.equals, amounts)])


@relation
def sides_and_balance_add_up(stated: Stated) -> Iterator[Relation]:
    """Exports and imports come to the turnover, and they, or income and spending, differ by the balance."""
    for out, into in _SIDES:
        for number in (n for n in stated.levels if _role(n) == into):
            about = [n for n in stated.alike(number) if _same(_rest(n), _rest(number))]
            others = [n for n in about if _role(n) == out]
            if len({n.claim.known for n in others}) != 1 or any(_differs(n, number, into) for n in about):
                continue
            one, two = others[0].claim.amount, number.claim.amount
            ahead = others[0].size >= number.size
            for n in about:
                if _role(n) == "balance":
                    yield Relation(n.claim, [one - two if ahead or n.size < 0 else two - one])
                elif _role(n) == "turnover" and out == "exports":
                    yield Relation(n.claim, [one + two])


@relation
def parts_add_up(stated: Stated) -> Iterator[Relation]:
    """Parts that are said to make a whole, and the two halves of one, add up to it."""
    for number in stated.levels:
        like = stated.alike(number)
        before = [n for n in stated.beside(number) if n in like and n.place < number.place]
        if number.told("together", (*number.before[-_NEAR:], *number.after[:_NEAR])) and len(before) >= _PARTS:
            yield Relation(number.claim, [_total(before)])
            continue
        yield from _halves(stated, number)
        # Parts that stand in one sentence are the whole where they come to it; else there may be further ones.
        parts = [n for n in like if _is_part(n, number)] or before
        first = [n for n in parts if n.claim.sentence == parts[0].claim.sentence]
        if len(first) >= _PARTS:
            yield Relation(number.claim, [_total(first)], sure=False)


@relation
def shares_are_parts_of_wholes(stated: Stated) -> Iterator[Relation]:
    """A stated share is its part in the whole."""
    for ratio in stated.claims.ratios:
        part, whole = (stated.claims[name] for name in (ratio.part, ratio.whole))
        for share in (c for c in stated.claims if c.entry.measure == ratio.id and c.entry.unit == "ratio"):
            if share.entry.period == part.entry.period and share.estimate:
                yield Relation(share, [part.amount / whole.amount])
    for number in (n for n in stated.levels if n.unit == "ratio"):
        is_share = number.told("share", (*number.words, *number.before)) or number.told("or", number.before)
        if is_share and (pair := _part_and_whole(stated, number)):
            yield Relation(number.claim, [pair[0].claim.amount / pair[1].claim.amount])


@relation
def averages_are_totals_over_numbers(stated: Stated) -> Iterator[Relation]:
    """An average is its total over the number of those it is of."""
    for number in stated.levels:
        if not number.told("average", (*number.words, *number.before[-_NEAR:])):
            continue
        near = [n for n in stated.beside(number) if n.claim.entry.period == number.claim.entry.period]
        totals = [n for n in near if n.unit == number.unit]
        others = near + [n for n in stated.during(number) if _names(number, n)]
        counts = [n for n in others if n.unit != number.unit and _is_counted(n)][:1]
        ways = [
            (t.claim.amount / c.claim.amount).in_unit(number.unit)
            for t in totals or stated.alike(number)
            for c in counts
        ]
        yield Relation(number.claim, ways, sure=bool(totals))


@relation
def indices_are_growth(stated: Stated) -> Iterator[Relation]:
    """An index against the period before is one and the growth since."""
    for index in (n for n in stated.levels if n.unit == "ratio" and n.told("index", (*n.words, *n.before))):
        rest = tuple(word for word in index.words if not index.told("index", [word]))
        for growth in stated.changes:
            near = growth.claim.sentence == index.claim.sentence or _same(growth.words, rest)
            if growth.unit == "ratio" and growth.claim.entry.period == index.claim.entry.period and near:
                yield Relation(growth.claim, [index.claim.amount - 1])


@relation
def shares_come_to_all(stated: Stated) -> Iterator[Relation]:
    """Shares of one thing that a sentence lists, and that come to about all of it, come to all of it."""
    for number in stated.levels:
        others = [n for n in stated.beside(number) if n in stated.alike(number)]
        shares = [*others, number]
        if number.unit != "ratio" or len(others) < _PARTS or any(n.place > number.place for n in others):
            continue
        alike = all(_names(number, n) and n.told("share") for n in shares)
        if abs(1 - sum((n.size for n in shares), Fraction(0))) <= (_ABOUT if alike else _CLOSE):
            yield Relation(number.claim, [1 - _total(others)])


@relation
def growth_lies_between_that_of_parts(stated: Stated) -> Iterator[Relation]:
    """Turnover grows by no more and no less than exports and imports do, and by just so much where both are stated."""
    rates = [n for n in stated.changes if n.unit == "ratio" and n.claim.entry.base_period]
    for number in (n for n in rates if _role(n) == "turnover"):
        parts = [n for n in rates if _period_of(n) == _period_of(number) and _same(_rest(n), _rest(number))]
        sides = [[n for n in parts if _role(n) == side] for side in _SIDES[0]]
        if all(len(side) == 1 for side in sides):
            yield Relation(number.claim, [_growth_of_sum(stated, [side[0] for side in sides])])


def _pairs(stated: Stated, change: Number) -> list[tuple[Number, Number]]:
    """The levels that a change lies between: those of its two periods, or those that it stands beside."""
    entry = change.claim.entry
    like = [n for n in stated.of(change.claim) if _may_change(change, n)]
    if entry.period and entry.base_period:
        bases, laters = ([n for n in like if n.claim.entry.period == p] for p in (entry.base_period, entry.period))
        if bases and laters:
            return [(base, later) for base in bases for later in laters]
    near = _changed(change, [n for n in stated.beside(change) if _may_change(change, n)])
    if len(near) == 1:
        earlier = [n for n in stated.of(near[0].claim) if n.unit == near[0].unit and _is_base(n, near[0], change)]
        near += sorted(earlier, key=lambda n: n.claim.period)[-1:]
    if len(near) != _PARTS or not near[0].claim.is_like(near[1].claim):
        return []
    dated = all(n.claim.entry.period for n in near)
    base, later = sorted(near, key=lambda n: (n.claim.period, n.place) if dated else n.place)
    periods = {None, later.claim.entry.period, *([] if entry.reviewed else [base.claim.entry.period])}
    return [(base, later)] if entry.base_period in {None, base.claim.entry.period} and entry.period in periods else []


def _is_base(number: Number, level: Number, change: Number) -> bool:
    """Whether a change to a level can be counted from another: from the year before, or from where it says."""
    base, period = number.claim.entry.period, level.claim.entry.period
    if base is None or period is None:
        return False
    return base == change.claim.entry.base_period or base.is_year_before(period)


def _may_change(change: Number, level: Number) -> bool:
    """Whether a change can be one of a level, by its unit."""
    if change.unit in {"ratio", "factor"}:
        return level.unit != "ratio" or level.claim.is_like(change.claim)
    return level.unit == {"pp": "ratio"}.get(change.unit, change.unit)


def _changed(change: Number, levels: Sequence[Number]) -> list[Number]:
    """The levels of the measure that a change is one of.

    A program that drafts claims may name a change in other words than its levels, or by its verb: the measure is then
    the one that has a word in common with it, else the one that its sentence gives most levels of.
    """
    if change.claim.entry.reviewed:
        return [n for n in levels if n.claim.is_like(change.claim)]
    groups = [[n for n in levels if n.claim.is_like(one.claim)] for one in levels]
    akin_to = [g for g in groups if any(akin(a, b) for a in change.words for b in g[0].words)]
    return max(akin_to or groups, key=len, default=[])


def _change(change: Number, base: Amount, later: Amount) -> Amount:
    if change.unit == "ratio":
        return later / base - 1
    if change.unit == "factor":
        falls = change.size < 0
        return (-base / later if falls else later / base).in_unit("factor")
    return (100 * (later - base)).in_unit("pp") if change.unit == "pp" else later - base


def _points(change: Number, base: Amount, later: Amount) -> Amount:
    """What a change of a share would be if percent and percentage points had been taken for each other."""
    return (100 * (later / base - 1)).in_unit("pp") if change.unit == "pp" else later - base


def _growth_of_sum(stated: Stated, rates: Sequence[Number]) -> Amount:
    """How a sum grows whose parts grow at some rates: exactly where their levels are stated, else between the rates."""
    levels = [
        next((n.claim.amount for n in stated.of(r.claim) if n.claim.entry.period == r.claim.entry.period), None)
        for r in rates
    ]
    grown = [(level, rate.claim.amount) for level, rate in zip(levels, rates, strict=True) if level is not None]
    if len(grown) == len(rates):
        before = [level / (1 + rate) for level, rate in grown]
        return sum((level for level, _ in grown[1:]), grown[0][0]) / sum(before[1:], before[0]) - 1
    ends = [rate.claim.known.range for rate in rates]
    lows, highs = ([end for end in side if end is not None] for side in ([e.low for e in ends], [e.high for e in ends]))
    hull = Interval(min(lows) if len(lows) == len(ends) else None, max(highs) if len(highs) == len(ends) else None)
    names = tuple(rate.claim.id for rate in rates)
    return Amount.leaf("table", f"between({', '.join(names)})", Estimate(None, hull), "ratio", claims=names)


def _period_of(change: Number) -> tuple[str, Period | None, Period | None]:
    entry = change.claim.entry
    return entry.subject, entry.period, entry.base_period


def _is_counted(number: Number) -> bool:
    """Whether it is a number of things or people, and no average of them."""
    return number.unit in {"item", "person"} and not number.told("average", (*number.words, *number.before[-_NEAR:]))


def _names(one: Number, other: Number) -> bool:
    """Whether two measures have a word in common that tells more than that they are shares or averages."""
    told = [w for w in one.words if not one.told("share", [w]) and not one.told("average", [w])]
    return any(akin(a, b) for a in told for b in other.words)


def _differs(number: Number, other: Number, role: str) -> bool:
    return _role(number) == role and number.claim.known != other.claim.known


def _role(number: Number) -> str:
    """What a measure is: the balance, one of the sides, the turnover, or nothing of these."""
    sides = [side for pair in _SIDES for side in pair if number.told(side)]
    if number.told("balance"):
        return "balance"
    return sides[0] if len(sides) == 1 else "turnover" if not sides and number.told("turnover") else ""


def _rest(number: Number) -> list[str]:
    """What the name of a measure says besides that: of what, with whom."""
    known = ("plain", "balance", "turnover", *(side for pair in _SIDES for side in pair))
    return [word for word in number.words if not any(number.told(what, [word]) for what in known)]


def _same(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names have the same words, in whatever forms."""
    pairs = ((some, others), (others, some))
    return all(any(akin(word, other) for other in there) for here, there in pairs for word in here)


def _is_part(part: Number, whole: Number) -> bool:
    """Whether the name of a measure says more than that of another, and so means a part of it."""
    return len(part.words) > len(whole.words) and all(any(akin(w, p) for p in part.words) for w in whole.words)


def _total(parts: Sequence[Number]) -> Amount:
    return sum((part.claim.amount for part in parts[1:]), parts[0].claim.amount)


def _halves(stated: Stated, whole: Number) -> Iterator[Relation]:
    """The two halves of a whole, where their names say so: women and men."""
    found: dict[str, dict[str, list[Number]]] = {}
    for part in stated.alike(whole):
        for pair, half, rest in halves(part.words):
            if rest and _same(rest, whole.words):
                found.setdefault(pair, {}).setdefault(half, []).append(part)
    for parts in found.values():
        if len(parts) == _PARTS and all(len(half) == 1 for half in parts.values()):
            yield Relation(whole.claim, [_total([half[0] for half in parts.values()])])


def _part_and_whole(stated: Stated, share: Number) -> tuple[Number, Number] | None:
    """The part that a share stands beside, and the greatest number of its unit that the share's sentence names."""
    entry = share.claim.entry
    beside = [n for n in stated.beside(share) if n.unit != "ratio" and n.claim.entry.period == entry.period]
    part = min(beside, key=lambda n: abs(n.place - share.place), default=None)
    if part is None:
        return None
    named = {*share.words, *share.around} - set(part.words if len(part.words) == 1 else ())
    # The names that a person gives tell what is meant where one of their words is there, others where all are.
    enough = any if entry.reviewed else all
    wholes = [n for n in stated.alike(part) if enough(any(akin(a, b) for b in named) for a in n.words)]
    whole = max(wholes, key=lambda n: n.size, default=None)
    if whole is None or whole.size < part.size:
        return None
    return part, whole
