"""Makes one quantity of two that stand together: dollars and cents, the first and the last day."""

import re
from collections.abc import Sequence
from decimal import Decimal

from dalil.text.drafts import Draft, Sentence
from dalil.text.grammar import Unit
from dalil.text.numerals import EXACT, Number

# Between an amount and its coins; between two days or months.
_WITH = {"", "&", ","}
_UNTIL = re.compile("a|,?[TL]v?|[-~]")
# A day or a month, of a known year or of none.
_DAY_OR_MONTH = re.compile(r"(?:\d{4}|-)-\d\d(?:-\d\d)?")
_COIN = Decimal("0.01")


def joined(drafts: Sequence[Draft], of: Sentence) -> list[Draft]:
    """Join each quantity to the one before it where both are one: ``462 тенге 15 тиынов``."""
    found: list[Draft] = []
    for draft in drafts:
        if found and (_coins(found[-1], draft, of) or _days(found[-1], draft, of)):
            found[-1] = draft
        else:
            found.append(draft)
    return found


def _coins(whole: Draft, coins: Draft, of: Sentence) -> bool:
    """Add an amount of money to its coins, in ``coins``, if they are that."""
    number, rest = whole.number, coins.number
    if not (_is_money(whole, Decimal(1)) and _is_money(coins, _COIN) and number and rest):
        return False
    if number.scale != 1 or number.step != 1 or not 0 < rest.value < 100 or coins.comparator != "=":
        return False
    if of.roles[whole.last : coins.first] not in _WITH:
        return False
    value = EXACT.add(number.value, EXACT.multiply(rest.value, _COIN))
    coins.number, coins.unit = Number(value, _COIN), whole.unit
    coins.first, coins.comparator, coins.to = whole.first, whole.comparator, whole.to
    return True


def _is_money(draft: Draft, scale: Decimal) -> bool:
    """Tell whether a draft is one amount of money, in notes or in coins."""
    unit = draft.unit
    return unit is not None and unit.kind == "money" and unit.scale == scale and draft.low is None


def _days(first: Draft, last: Draft, of: Sentence) -> bool:
    """Make a period of two days or two months, in ``last``, if one stands for its beginning and one for its end."""
    start, end = first.iso, last.iso
    if not (_DAY_OR_MONTH.fullmatch(start) and _DAY_OR_MONTH.fullmatch(end)):
        return False
    lead = of.roles[last.first] if of.roles[last.first] in "TL" else ""
    gap = of.roles[first.last : last.first] + lead
    between = gap == "&" and of.roles[max(0, first.first - 1) : first.first + 1].startswith("K")
    if not _UNTIL.fullmatch(gap) and not between:
        return False
    # A year that is said once is that of both.
    start = end[:4] + start[1:] if start[0] == "-" != end[0] else start
    end = start[:4] + end[1:] if end[0] == "-" != start[0] else end
    if len(start) != len(end) or start >= end:
        return False
    last.iso, last.kind, last.unit = f"{start}/{end}", "period", Unit("date", "period")
    last.first, last.comparator = first.first, "="
    return True
