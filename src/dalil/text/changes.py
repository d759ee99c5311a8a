"""Tells "from 9.4 to 8.1 percent", the two ends of a change, from a range of values."""

import re
from collections.abc import Sequence

from dalil.text.rules import Rules
from dalil.text.tokens import Token

# How many words away the verb or noun of a change may stand.
_REACH = 16
# "Oshdi" is "more than" after "from", and "rose" after "to" and "by".
BOUND_VERBS = {">": "up", "<": "down"}


# The ending of the last amount, its own token or one after it.
_CASE_AT_END = re.compile("t(?=A?.?$)|l(?=.?$)")


def tells_change(lead: str, span: tuple[int, int], tokens: Sequence[Token], rules: Rules) -> bool:
    """Say whether two numbers are the ends of a change, by what leads to the first (``F`` from, ``a`` an ending)."""
    if lead == "a":
        return _verb_after(span[1], tokens, comes_to=tokens[span[1] - 1].role == "t") is not None
    start = span[0] - 1 if lead == "T" else span[0]
    leads = lead in {"F", "T"} and start >= 0 and tokens[start].role == "F"
    return leads and _verb_around(start, span[1], tokens, rules) is not None


def verb_between_ends(
    first: tuple[int, int], last: tuple[int, int], tokens: Sequence[Token], rules: Rules
) -> str | None:
    """Return what the verb of a change from one amount to another says, or ``None`` where they are no such two."""
    if any(token.role in ".+" for token in tokens[first[1] : last[0]]):
        return None
    if rules.verb_last:
        roles = "".join(token.role for token in tokens[last[0] : last[1] + 1])
        if tokens[first[1]].role != "a" or (ending := _CASE_AT_END.search(roles)) is None:
            return None
        return _verb_after(last[0] + ending.end(), tokens, comes_to=ending[0] == "t")
    if tokens[first[0]].role == "T":
        adjoin = first[1] == last[0] - 1 and tokens[first[1]].role == "F" and last[1] > last[0]
        return _verb_around(first[0], last[1], tokens, rules) if adjoin else None
    start = first[0] - 1
    if start < 0 or tokens[start].role != "F" or tokens[last[0]].role != "T":
        return None
    return _verb_around(start, last[1], tokens, rules)


def _verb_around(start: int, end: int, tokens: Sequence[Token], rules: Rules) -> str | None:
    """Find a change told before "from" in its clause, or after the numbers."""
    if tokens[start].spelt in rules.ranges_from:
        return None
    before = tokens[max(0, start - _REACH) : start][::-1]
    if before and (before[0].spelt in rules.ranging or before[0].role == "p"):
        return None
    for side in (before, tokens[end : end + _REACH]):
        for token in side:
            if token.role == ".":
                break
            if token.role == "+" and token.value != "reach":
                return str(token.value)
    return None


def _verb_after(end: int, tokens: Sequence[Token], comes_to: bool) -> str | None:
    """Find the verb at the end of the clause; "to reach" makes a change only with the ending of "to"."""
    for token in tokens[end : end + _REACH]:
        if token.role in ".,":
            return None
        if token.role == "+" and (comes_to or token.value != "reach"):
            return str(token.value)
        if token.role == "A" and token.value in BOUND_VERBS:
            return BOUND_VERBS[token.value]
    return None
