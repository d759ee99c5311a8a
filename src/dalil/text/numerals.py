"""Printed numbers to values: digits with their grouping, fractions and powers of ten."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from dalil.text.cleaning import APOSTROPHES

SPACES = r"[ \u00a0\u2007\u2009\u202f]"
GLYPHS = "½¼¾⅓⅔⅛⅕"
_GLYPH_PARTS = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8), "⅕": (1, 5)}
_GROUPED = re.compile(rf"\s|[{APOSTROPHES}]")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
# A share such as one third has no last digit; seven decimals are kept.
_SHARE = Decimal("0.0000001")
# Wide enough for every number of up to thirty digits times every scale, so that nothing is rounded.
EXACT = Context(prec=120)


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal: its value, the worth of its last printed digit, and the scale words it carries.

    ``step`` is zero where nothing was rounded: a third, a half.
    """

    value: Decimal
    step: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)


def printed(digits: str, decimal_comma: bool, rounds_after: bool) -> Number:
    """Read a number in digits.

    One point or comma before exactly three digits may group or may start the decimals. It starts them
    after a zero, after more than three digits, and where a scale word or a per cent follows
    (3.245 mlrd); else it is what the language commonly means by it, and a comma before three zeros groups.

    Parameters
    ----------
    digits
        The number without its sign.
    decimal_comma
        Whether the language writes decimals after a comma.
    rounds_after
        Whether a scale word or a per cent follows.

    Examples
    --------
    >>> printed("12 500,75", decimal_comma=True, rounds_after=False).value
    Decimal('12500.75')
    >>> printed("1,234", decimal_comma=False, rounds_after=False).value
    Decimal('1234')
    """
    bare = _GROUPED.sub("", digits)
    marks = [char for char in bare if char in ".,"]
    if len(set(marks)) == 2:
        bare = bare.replace(marks[0], "").replace(marks[-1], ".")
    elif len(marks) > 1:
        bare = bare.replace(marks[0], "")
    elif marks:
        whole, decimals = bare.split(marks[0])
        groups = len(decimals) == 3 and bare == digits and 0 < len(whole) <= 3 and whole[0] != "0"
        if groups and decimal_comma:
            groups = not rounds_after and (marks[0] == "." or decimals == "000")
        elif groups:
            groups = marks[0] == ","
        bare = whole + decimals if groups else f"{whole or 0}.{decimals}"
    return Number(Decimal(bare), Decimal(1).scaleb(-len(bare.partition(".")[2])))


def share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Return a part of a whole, to seven decimals where it has no end.

    Examples
    --------
    >>> share(1, 3), share(1, 4)
    (Decimal('0.3333333'), Decimal('0.25'))
    """
    exact = Decimal(part) / Decimal(whole)
    return exact if -exact.as_tuple().exponent <= 7 else exact.quantize(_SHARE)  # type: ignore[operator]


def fraction(text: str) -> Number | None:
    """Read ``1/3``, ``2 1/2``, ``½`` or ``2½``; ``None`` for what is no proper fraction (24/7, 9/0).

    Examples
    --------
    >>> fraction("2 1/2")
    Number(value=Decimal('2.5'), step=Decimal('0'), scale=Decimal('1'))
    """
    if text[-1] in _GLYPH_PARTS:
        part, whole = _GLYPH_PARTS[text[-1]]
        units = text[:-1].strip() or "0"
    else:
        units, rest = text.split() if len(text.split()) == 2 else ("0", text)
        part, whole = map(int, rest.split("/"))
    if part >= whole:
        return None
    return Number(int(units) + share(part, whole))


def power(text: str) -> Number:
    """Read a number with a power of ten: ``1.5e6``, ``3·10^5``, ``10⁶``.

    Examples
    --------
    >>> power("1,5 × 10⁶").value == 1_500_000
    True
    """
    plain = re.sub(r"\s|[()+]", "", text.translate(_SUPERSCRIPTS)).replace(",", ".").lower()
    written = plain if "e" in plain else re.sub(r"[·×x*⋅]?10\^?(?=-?\d+$)", "e", plain, count=1)
    mantissa, _, exponent = written.rpartition("e")
    if not mantissa:
        return Number(Decimal(f"1e{exponent}"))
    step = Decimal(1).scaleb(int(exponent) - len(mantissa.partition(".")[2]))
    return Number(Decimal(f"{mantissa}e{exponent}"), step)
