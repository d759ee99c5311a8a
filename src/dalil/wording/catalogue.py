"""Wording: all that one language says: its phrases, with numbers, periods and names written its way."""

from dalil.wording.amounts import Amounts
from dalil.wording.dates import Dates
from dalil.wording.names import Names


class Wording(Amounts, Dates, Names):
    """The words of a language; its parameters are those of :class:`dalil.wording.messages.Messages`.

    Examples
    --------
    >>> from dalil.numbers.intervals import exactly
    >>> words = Wording("en")
    >>> words.amount(exactly(2 * 10**9), "USD"), words.period("2017-03"), words.country("KZ")
    ('$2\xa0billion', 'March 2017', 'Kazakhstan')
    """
