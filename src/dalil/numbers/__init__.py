"""Pure arithmetic on numbers that are known to a precision: it knows no file, no claim and no table.

Examples
--------
>>> trade = printed("2", "USD", scale=10**9, name="trade")
>>> growth = printed("0.312", "ratio", name="growth")
>>> before = trade / (1 + growth)
>>> str(before.formula), before.unit, round(before.value)
('trade / (1 + growth)', 'USD', 1524390244)
>>> [round(end) for end in (before.range.low, before.range.high)]
[1142857143, 1906214258]
"""

from dalil.numbers.amounts import Amount, calendar_year, ceiling, ln, years_until
from dalil.numbers.printed import printed

__all__ = ["Amount", "calendar_year", "ceiling", "ln", "printed", "years_until"]
