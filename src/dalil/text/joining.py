"""Makes one quantity of two that stand together: dollars and cents, the first and the last day."""

from collections.abc import Sequence
from decimal import Decimal

from dalil.text.meanings import Draft, Sentence
from dalil.text.numerals import EXACT, Number

# Between an amount and its coins; between two days.
_WITH = {"", "&", ","}
_COIN = Decimal("0.01")


def joined(drafts: Sequence[Draft], of: Sentence) -> list[Draft]:
    """Join each quantity to the one before it where both are one: ``462 тенге 15 тиынов``."""
    found: list[Draft] = []
    for draft in drafts:
        if found and _coins(found[-1], draft, of):
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
