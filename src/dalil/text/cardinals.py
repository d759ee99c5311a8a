"""Number tokens and numeral words in a row to one number each: ``37 million 500 ming``, ``bir yarim``."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from dalil.text.grammar import Grammar
from dalil.text.literals import OTHER, SMALL, YEAR
from dalil.text.numerals import EXACT, Number, share
from dalil.text.tokens import CASES, Token

# A number in words (it is no year and no day), a share, and a numeral that may be an article ("one", "bir").
WORDS, SHARE, ONE = "m", "f", "u"
# A share that no number or article stands before: the quarter of "the first quarter".
BARE_SHARE = "G"
DIGITS = SMALL + YEAR + OTHER
_HALF = Number(Decimal("0.5"))
# No more scale words are multiplied than make this: nobody counts further, and a row of them ends somewhere.
_LARGEST_SCALE = Decimal("1e15")


def cardinals(tokens: list[Token], words: Grammar) -> list[Token]:
    """Put one token in the place of each row of tokens that is one number.

    Examples
    --------
    >>> from dalil.text.grammar import grammar
    >>> from dalil.text.compounds import tokens
    >>> [t.value.value for t in cardinals(tokens("37 million 500 ming", grammar("uz")), grammar("uz"))]
    [Decimal('37500000')]
    """
    return _Merger(tokens, words).merge()


# "$3", "£1.2-1.5" before a scale of one letter.
_MONEY_BEFORE = re.compile(r"\$(?:[dyn][-~])?[dyn]-?$")
# How far before it people may be named that a number counts.
_REACH = 12
# Where a number, a vague word, or one that may be a scale or a unit begins.
_STARTS = re.compile("[dynwhefs_qb]")


class _Merger:
    """Goes through the tokens once; each method reads one thing at a place and returns where it ends."""

    def __init__(self, tokens: list[Token], words: Grammar) -> None:
        self.tokens, self.words = tokens, words
        self.in_millions = False
        self.roles = "".join(token.role for token in tokens) + "   "

    def merge(self) -> list[Token]:
        merged: list[Token] = []
        position = 0
        while (start := _STARTS.search(self.roles, position)) is not None:
            merged += self.tokens[position : start.start()]
            position = start.start()
            role, token = self.roles[position], self.tokens[position]
            if role == "q":
                end = self._vague(position)
                merged += self.tokens[position:end]
            elif role == "b":
                end = position + 1
                unit = token.value[1]
                merged.append(Token("U" if unit.symbol else "x", token.start, token.end, token.spelt, unit))
            elif signed := self._signed_sum(position):
                made, end = signed
                merged += made
            elif number := self._ordinal(position) or self._number(position):
                token, end = number
                merged.append(token)
            else:
                end = position + 1
                merged.append(token)
            position = end
        return merged + self.tokens[position:]

    def _ordinal(self, position: int) -> tuple[Token, int] | None:
        """Read an ordinal of several words: ``yigirma birinchi``, ``twenty-fifth``."""
        if self.roles[position] not in "ws":
            return None
        spoken = self._sum(position, bare_scale=True)
        if spoken is None:
            return None
        value, end = spoken[1].value, spoken[2]
        if self.roles[end] == "-" and self._glued(end):
            end += 1
        if self.roles[end] != "o" or int(value) % 10 or self.tokens[end].value >= (10 if int(value) % 100 else 100):
            return None
        first, last = self.tokens[position], self.tokens[end]
        whole = value + last.value
        if 1000 <= whole < 2200 and self.roles[end + 1] in "YE":
            return Token(YEAR, first.start, last.end, last.spelt, Number(whole)), end + 1
        return Token("o", first.start, last.end, last.spelt, whole), end + 1

    def _signed_sum(self, position: int) -> tuple[list[Token], int] | None:
        """Read a minus before a currency sign, ``-$5``: the sign stands first, and the number is negative."""
        if self.roles[position : position + 2] != "_$" or (found := self._number(position + 2)) is None:
            return None
        minus, sign, (number, end) = self.tokens[position], self.tokens[position + 1], found
        sign = Token("$", minus.start, sign.end, sign.spelt, sign.value)
        value = replace(number.value, value=-number.value.value)
        return [sign, Token(number.role, number.start, number.end, number.spelt, value)], end

    def _vague(self, position: int) -> int:
        """Pass over "several thousand": the scale after a vague word counts nothing one could name."""
        end = position + 1
        while self.roles[end] in "swv" and self.roles[end : end + 1].strip():
            if self.roles[end] == "v" and self.roles[end + 1] not in "sw":
                break
            self.tokens[end].role, self.tokens[end].value = "q", None
            end += 1
        return end

    def _number(self, position: int) -> tuple[Token, int] | None:
        """Read the number that begins at a place, with its sign, its scales and its halves."""
        first, negative = position, self.roles[position] == "_"
        if negative:
            # "Minus-5 degrees".
            position += 1 + (self.roles[position + 1] == "-" and self._glued(position + 1))
        found = self._share(position) or self._sum(position)
        if found is None:
            return None
        role, number, end = found
        if negative:
            number = replace(number, value=-number.value)
        tokens = self.tokens[first:end]
        spelt = " ".join(token.spelt for token in tokens)
        return Token(role, tokens[0].start, tokens[-1].end, spelt, number), end

    def _share(self, position: int) -> tuple[str, Number, int] | None:
        """Read a share of a whole: ``uchdan bir``, ``две трети``, ``one fifth``, ``half of``."""
        roles, tokens = self.roles, self.tokens
        if roles[position] == "f":
            if tokens[position].role == "Q":
                return None
            value = tokens[position].value
            printed = isinstance(value, Number)
            if value == 4 and self._of_a_year(position, position) and self.words.rules.bare_shares:
                return "x", Number(value), position + 1
            if not printed and not self.words.rules.bare_shares:
                # "Third" is then a place in a row, "quarter" may be one of the year's.
                role, number = ("o", Number(value)) if value == 3 else (BARE_SHARE, Number(share(1, value)))
                return role, number, position + 1
            return self._scaled_share(value if printed else Number(share(1, value)), position + 1, printed)
        if (of := self._part_of(position)) is not None:
            return of
        whole = self._words(position)
        if whole is None and roles[position] in "de":
            whole = (self._worth(position), position + 1)
        if whole is None:
            return None
        part, end = whole
        if roles[end] == "-" and self._glued(end):
            end += 1
        if roles[position] == "e" and roles[end] == "f" and tokens[end].value == 3 and roles[end + 1] == "x":
            return None
        if roles[end] == "f" and tokens[end].value == 4 and self._of_a_year(position, end):
            tokens[end].role = "Q"
            return WORDS, Number(part), end
        if roles[end] == "f" and isinstance(tokens[end].value, Decimal) and part < tokens[end].value:
            return self._scaled_share(Number(share(part, tokens[end].value)), end + 1)
        if roles[end] == "o" and part < 10 and 3 <= tokens[end].value <= 100 and part < tokens[end].value:
            if roles[position] == "e" and self.roles[end + 1] not in "pv":
                return None
            if self.words.rules.ordinal_shares == "any" or (self.words.rules.ordinal_shares == "one" and part == 1):
                return self._scaled_share(Number(share(part, tokens[end].value)), end + 1)
        return None

    def _of_a_year(self, position: int, quarter: int) -> bool:
        """Tell quarters of a year from shares by the words beside them: "the last three quarters of 2024"."""
        before = self.tokens[position - 1].spelt if position else ""
        after = self.tokens[quarter + 1].spelt if quarter + 1 < len(self.tokens) else ""
        rules = self.words.rules
        of_year = self.roles[quarter + 1 : quarter + 3] == "py"
        return of_year or before in rules.quarters_before or after in rules.quarters_after

    def _part_of(self, position: int) -> tuple[str, Number, int] | None:
        """Read "of three, one" as agglutinating languages say it: ``uchdan bir``, ``10 dan 3 qismi``."""
        whole = self._words(position)
        if whole is None:
            return None
        start = whole[1] + (self.roles[whole[1]] == "i") + 1
        if self.roles[start - 1] != "a":
            return None
        part = self._words(start)
        if part is None and self.roles[start] == "!" and self.tokens[start].value == "one-of":
            part = (Decimal(1), start + 1)
        if part is None or part[0] >= whole[0] or self.roles[part[1]] in CASES + "sA":
            return None
        return SHARE, Number(share(part[0], whole[0])), part[1]

    def _scaled_share(self, number: Number, end: int, printed: bool = False) -> tuple[str, Number, int]:
        """A share of a million, and one printed before a unit (½ kg), is a number; a share alone stays one."""
        after = end + 1 if self.roles[end] == "e" else end
        if self.roles[after] == "s":
            scale, end = self._scales(after)
            return OTHER, Number(EXACT.multiply(number.value, scale), number.step, scale), end
        counts = self.roles[end] in ("U$YOC" if printed else "YOC") and self.roles[end - 1] != "h"
        return OTHER if counts else SHARE, number, end

    def _sum(self, position: int, bare_scale: bool = False) -> tuple[str, Number, int] | None:
        """Read parts with falling scales and add them up."""
        total, step, scale, end, role = Decimal(0), Decimal(0), Decimal(0), position, ""
        while (part := self._part(end if not role else self._continued(end, scale), bare_scale)) is not None:
            part_role, number, part_end = part
            if role and not self._continues(part_role, number, part_end, scale):
                break
            total = EXACT.add(total, EXACT.multiply(number.value, number.scale))
            step = EXACT.multiply(number.step, number.scale)
            role = OTHER if role or number.scale != 1 else part_role
            scale, end = number.scale, part_end
            if scale == 1:
                break
        if not role:
            return None
        return role, Number(total, step, scale), end

    def _continued(self, end: int, scale: Decimal) -> int:
        """Where the next part of a sum would begin; no place where none can follow."""
        if scale < 1000:
            return len(self.tokens)
        if self.words.rules.joins_with_and and self.roles[end] == "&" and self.roles[end + 1] == "w":
            return end + 1
        if self.words.rules.joins_with_and and self.roles[max(0, end - 2) : end + 2] == "ws,w":
            hundreds = self._words(end + 1)
            return end + 1 if hundreds is not None and hundreds[0] >= 100 else end
        return end

    def _continues(self, role: str, number: Number, end: int, scale: Decimal) -> bool:
        """Say whether a part belongs to the sum before it: it is smaller, and no date of its own."""
        if EXACT.multiply(number.value, number.scale) >= scale or number.value < 0:
            return False
        if number.scale == 1:
            if role == YEAR or (number.step < 1 and role != WORDS):
                return False
            return scale == 1000 and self.roles[end : end + 1] not in tuple("-YMOEQs")
        return True

    def _part(self, position: int, bare_scale: bool = False) -> tuple[str, Number, int] | None:
        """Read a number with the half and the scales after it."""
        if position >= len(self.tokens):
            return None
        role = self.roles[position]
        if role in DIGITS:
            number, end, made = self.tokens[position].value, position + 1, role
        elif (spoken := self._words(position)) is not None:
            number, end = Number(spoken[0], Decimal(1 if spoken[0] == int(spoken[0]) else "0.1")), spoken[1]
            made = ONE if spoken[0] == 1 and end == position + 1 else WORDS
            if (decimal := self._decimals(end)) is not None:
                number, end, made = Number(number.value + decimal[0].value, decimal[0].step), decimal[1], WORDS
        elif role == "h":
            return self._half(position)
        elif role == "e":
            if self.roles[position + 1] != "s":
                return None
            number, end, made = Number(Decimal(1), Decimal(1)), position + 1, OTHER
        elif role == "s":
            before = self.roles[position - 1] if position else ""
            single = self.tokens[position].spelt in self.words.rules.single_scales
            counts = single and self.roles[position + 1] in "U$iPw"
            if not counts and not bare_scale and before != "B":
                return None
            number, end, made = Number(Decimal(1), Decimal(1)), position, OTHER
        else:
            return None
        number, end, made = self._and_half(number, end, made)
        scale, after = self._scales(end)
        if after > end:
            return OTHER, replace(number, scale=scale), after
        return made, number, end

    def _decimals(self, end: int) -> tuple[Number, int] | None:
        """Read the decimals of a number in words: ``point four``, ``целых пять десятых``, ``butun oʻndan besh``."""
        if end >= len(self.tokens) or self.tokens[end].spelt not in self.words.rules.points:
            return None
        end += 1
        start = end + 1 if self.roles[end] == "&" else end
        if (found := self._share(start)) is not None and found[0] in {SHARE, OTHER}:
            _, number, end = found
            while self.roles[end - 1] == "s":
                end -= 1
            decimals = EXACT.divide(number.value, number.scale).normalize(EXACT)
            return Number(decimals, Decimal(1).scaleb(int(decimals.as_tuple().exponent))), end
        digits = ""
        while self.roles[end] == "w" and 0 <= self.tokens[end].value < 10:
            digits, end = f"{digits}{self.tokens[end].value}", end + 1
        return (Number(Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits))), end) if digits else None

    def _and_half(self, number: Number, end: int, made: str) -> tuple[Number, int, str]:
        """Add the half of ``bir yarim`` and of ``two and a half``."""
        after = end
        if self.roles[after] == "F" and self.roles[after + 1] == "h":
            after += 1
        if self.roles[after] == "-" and self._glued(after) and self.roles[after + 1] == "&":
            after += 1
        if self.roles[after] == "&":
            after += 1 + (self.roles[after + 1] == "-")
            if self.roles[after] == "e":
                after += 1 + (self.roles[after + 1] == "-")
            elif self.roles[after] not in "hf":
                return number, end, made
        if self.roles[after] == "h" or (after > end and self.roles[after] == "f" and self.words.rules.joins_with_and):
            whole = Decimal(2) if self.roles[after] == "h" else self.tokens[after].value
            if isinstance(whole, Decimal) and number.value == int(number.value):
                return Number(number.value + share(1, whole), Decimal("0.1")), after + 1, OTHER
        return number, end, made

    def _half(self, position: int) -> tuple[str, Number, int] | None:
        """Read a half before a scale (``yarim million``) or a unit (``half a year``); else it is a share."""
        end = position + 1
        after = end + 1 if self.roles[end] in "e-" else end
        if self.roles[after] == "s":
            scale, end = self._scales(after)
            return OTHER, replace(_HALF, scale=scale), end
        if self.roles[after] in "UYOC$":
            return OTHER, _HALF, after
        return (SHARE, _HALF, end) if self.words.rules.half_is_share else None

    def _scales(self, end: int) -> tuple[Decimal, int]:
        """Multiply the scale words from a place on: ``ming``, ``ming milliard``."""
        scale = Decimal(1)
        while scale < _LARGEST_SCALE:
            after = end + 1 if self.roles[end] == "-" and self._glued(end) else end
            if self.roles[after] == "s":
                scale = EXACT.multiply(scale, self.tokens[after].value)
            elif self.roles[after] == "b" and self._is_scale(after):
                scale = EXACT.multiply(scale, self.tokens[after].value[0])
            else:
                break
            end = after + 1
        return scale, end

    def _is_scale(self, position: int) -> bool:
        """Say whether "m" is million: after a currency sign, or before what is counted in millions."""
        if _MONEY_BEFORE.search(self.roles[max(0, position - 5) : position]):
            self.in_millions = True
            return True
        if self.tokens[position].value[1].symbol == "t":
            return False
        following = list(takewhile(lambda token: token.role in "x&", self.tokens[position + 1 : position + 6]))
        if self.roles[position + 1] in "U$P" or not self.words.rules.metres:
            return self.roles[position + 1] in "U$P"
        # "$300m, down from 450m", "the population grew to 3.4m".
        if self.in_millions or "P" in self.roles[max(0, position - _REACH) : position]:
            return self.roles[position + 1] not in "x"
        return (
            self.roles[position + 1] == "x"
            and not any(token.spelt in self.words.rules.metres for token in following)
            and any(token.spelt.endswith("s") and len(token.spelt) > 3 for token in following)
        )

    def _words(self, position: int) -> tuple[Decimal, int] | None:
        """Add up numeral words: each must fit under the one before; a hundred multiplies."""
        total, floor, end = Decimal(0), Decimal(1000), position
        while end < len(self.tokens):
            start = end
            if (total and self.roles[end] == "-" and self._glued(end)) or (
                total >= 100 and self.words.rules.joins_with_and and self.roles[end] == "&"
            ):
                start += 1
            if self.roles[start] != "w":
                break
            value = self.tokens[start].value
            if value == 100 and 0 < total < 100:
                total, floor = total * 100, Decimal(100)
            elif value < floor and not (total and value >= 10 and total % 100 >= 10):
                total, floor = total + value, _room(value)
            else:
                break
            end = start + 1
        return (total, end) if end > position else None

    def _worth(self, position: int) -> Decimal:
        value = self.tokens[position].value
        return value.value if isinstance(value, Number) else Decimal(1)

    def _glued(self, position: int) -> bool:
        """Say whether a hyphen touches the words on both of its sides."""
        before, dash, after = (
            self.tokens[i] if 0 <= i < len(self.tokens) else None for i in range(position - 1, position + 2)
        )
        return (
            before is not None
            and dash is not None
            and after is not None
            and before.end == dash.start
            and dash.end == after.start
        )


def _room(value: Decimal) -> Decimal:
    """What may follow a numeral word: after a hundred less than that, after a ten a unit, after a unit nothing."""
    if value >= 100:
        return Decimal(100)
    return Decimal(10) if value >= 20 or value == 10 else Decimal(0)
