"""The shapes of phrases that state quantities, as patterns over the roles of tokens.

A sentence is written as a string with one letter a token (``grammar.ROLES``, ``tokens``, ``cardinals``);
"2018-yil 5 foizga" is ``y-YdUt``. The shapes are the same for all languages: what differs, such as whether
"more than" stands before the number or after it, is where a language's words can stand at all.
"""

import re
from dataclasses import dataclass

# Numbers: small, a possible year, other digits, in words, "one".
_N = "[dynmu]"
_DAY = "[do](?:-?j)?"
_YEAR_WORD = "(?:-?[YE])"
# Nouns a number counts: units and signs, and years, months, centuries as lengths of time.
_NOUN = "[U$YEOC]"
_BOUND = "(?:(?P<bound>B)[vp]{0,2})?"
_TAIL = "(?:(?:-?|x|x{0,2}P)[at](?P<after>A)(?P<late_unit>[U$YOC])?|x?(?P<beside>V)|-?(?P<upto>l))?"
_NOT_COUNTED = r"(?!-?[U$iPsXZJ])"


def _amount(name: str) -> str:
    """A number with what stands around it: sign before, counting word, unit."""
    return rf"(?P<{name}_sign>\$)?(?P<{name}>{_N})(?:-?j)?(?:-?i)?(?:-?(?P<{name}_unit>{_NOUN}))?"


@dataclass(frozen=True)
class Shape:
    """A kind of phrase: its name in ``meanings``, the roles it can begin with, and its pattern."""

    name: str
    starts: str
    pattern: re.Pattern[str]


def _shape(name: str, starts: str, *parts: str) -> Shape:
    return Shape(name, starts, re.compile("".join(parts)))


_AMOUNT_STARTS = "B$dynmu"
_TO = "(?:(?P<to>T)v?)?"

# In order: at one place the first shape that fits and makes sense is the one read.
SHAPES = (
    _shape("citation", "3", "3"),
    _shape("identifier", "4", "4"),
    _shape("named_period", "6", "6"),
    _shape("every", "7", "7(?P<whole>o)"),
    _shape("proportion", "7", rf"7(?P<whole>{_N})-?i?(?:-?[UP]|x{{1,2}})?a(?P<part>[!umd])i?(?!-?U)"),
    _shape("proportion", "Bdmnu", rf"{_BOUND}(?P<part>[dmnu])(?P<of>v)(?P<whole>[dmn])(?!-?[$siYOMQXZ])"),
    _shape("dated", "1", "1"),
    _shape("idiom", "!q", "[!q]"),
    _shape("leader", "z", "z"),
    _shape("century", "Rodn", r"(?P<first>[Rodn])-?j?(?:[-~](?P<last>[Rodn])-?j?)?(?P<hyphen>-?)C"),
    # days
    _shape(
        "days",
        "y",
        rf"(?P<year>y)-?Y[alt]?,?(?P<day>{_DAY})-?(?P<month>M)",
        rf"(?:a|a?[-~T])(?P<last>{_DAY})-?(?P<last_month>M)l?",
    ),
    _shape("days", "y", rf"(?P<year>y)-?Y[alt]?,?(?P<day>{_DAY})(?:[-~T&](?P<last>{_DAY}))?-?(?P<month>M)"),
    _shape(
        "days",
        "FTSLdo",
        rf"[FTSL]?(?P<day>{_DAY})-?(?P<month>M)",
        rf"(?:a|a?[-~T])(?P<last>{_DAY})-?(?P<last_month>M)l?(?:,?(?P<year>y){_YEAR_WORD}?)?",
    ),
    _shape(
        "days",
        "FTSLdo",
        rf"[FTSL]?(?P<day>{_DAY})(?:[-~T&](?P<last>{_DAY}))?p?-?(?P<month>M)",
        rf"(?:,?p?(?P<year>y)(?!-?[U$si]){_YEAR_WORD}?)?",
    ),
    _shape("month_day", "M", rf"(?P<month>M)(?P<day>{_DAY})(?:[-~](?P<last>{_DAY}))?(?:,?(?P<year>y))?{_NOT_COUNTED}"),
    # quarters and half-years
    _shape("part", "y", r"(?P<year>y)-?Y[alt]?(?P<number>[oRd])-?j?-?(?P<part>[QH])"),
    _shape("part", "oRd", rf"(?P<number>[oRd])-?j?-?(?P<part>[QHGfh])[vp]{{0,2}}(?P<year>y)(?![-/][dn]){_YEAR_WORD}?"),
    _shape("part", "QHG", rf"(?P<part>[QHG])-?(?P<number>d)(?:\(M[-~T]M\))?,?p?(?P<year>y){_YEAR_WORD}?"),
    _shape("part_alone", "G", r"G(?P<number>d)(?!-?[U$siP])"),
    _shape("part_alone", "oR", r"(?P<number>[oR])-?j?-?[QHGf]"),
    # months and quarters from the first on
    _shape("quarters_of", "y", r"(?P<year>y)-?Y[alt]?[5o]?(?P<count>[dm])-?i?-?Q"),
    _shape("quarters_of", "5o", rf"[5o](?P<count>[dm])-?Qp?(?P<year>y){_YEAR_WORD}?"),
    _shape("quarters_of", "m", rf"(?P<count>m)Q(?P<year>y){_YEAR_WORD}?"),
    _shape("months_of", "y", rf"(?P<year>y)-?Y[alt]?[5o]?(?P<count>{_N})-?i?-?O"),
    _shape("months_of", "odynmu", rf"o?(?P<count>{_N})-?Op?(?P<year>y){_YEAR_WORD}?"),
    _shape("months", "y", r"(?P<year>y)-?Y[alt]?(?P<month>M)a(?P<last>M)[lt]"),
    _shape("months", "y", r"(?P<year>y)-?Y(?P<month>M)(?:[-~](?P<last>M))?(?:-?O)?"),
    _shape(
        "months",
        "FKM",
        rf"[FK]?(?P<month>M)(?:[-~T&](?P<last>M))?(?:-?O)?,?[vp]?(?P<year>y){_NOT_COUNTED}{_YEAR_WORD}?",
    ),
    # years
    _shape("years", "y", rf"(?P<year>y)a?[-~/](?P<last>y){_NOT_COUNTED}{_YEAR_WORD}?"),
    _shape("years", "y", r"(?P<year>y)-?[YE]?a?[-~](?P<last>y)-?[YE]l?"),
    _shape("years", "F", rf"F(?P<year>y){_YEAR_WORD}?v?T(?P<last>y){_NOT_COUNTED}{_YEAR_WORD}?"),
    _shape("years", "K", rf"K(?P<year>y)&(?P<last>y){_NOT_COUNTED}{_YEAR_WORD}?"),
    _shape("years", "y", r"(?P<year>y)-?Ya(?P<last>y)-?Yl"),
    _shape("years", "y", rf"(?P<year>y)[-/](?P<last_two>[dn]){_NOT_COUNTED}{_YEAR_WORD}?"),
    _shape("decade", "ydn", r"(?P<decade>[ydn])(?:-?j)?-?E"),
    _shape("decade", "ydn", r"(?P<decade>[ydn])-(?P<mark>j)(?!-?[YE])"),
    _shape("year", "y", r"(?P<year>y)-?[YE](?P<case>[alt])?(?P<since>S)?"),
    _shape("year", "y", r"(?P<year>y)(?=-?j?(?:(?:,|,?&|-,)y-?j?){0,30}-?[YE])(?:-(?=[,&]))?"),
    # names, ranks, ordinals
    _shape("rank", "k", rf"k[vp]?-?(?P<number>{_N}|o)(?:-?j)?(?P<top>J?)"),
    _shape("rank", "dynmuo", rf"(?P<number>{_N}|o)-?j?-?J"),
    _shape("label", "I", r"I-?(?P<number>[dynR])(?!-?[YEU$siP]|xP)(?:[-~](?P<also>[dyn]))?"),
    _shape("label", "dyn", r"(?P<number>[dyn])-j?-?I"),
    _shape("bare_year", "y", r"(?P<year>y)(?!-?j|-?[U$iPsXZJC]|~?-?[dyn]U)"),
    _shape("ordinal", "dyn", r"(?P<number>[dyn])(?:-?j|(?P<hyphen>-)(?=x))(?!-?[U$])"),
    _shape("ordinal", "o", r"(?P<number>o)"),
    # amounts
    _shape("factor", "TBdynmu", rf"{_TO}{_BOUND}(?P<low>{_N})[-~T](?P<high>{_N})(?:-?i)?-?(?P<times>[XZ]){_TAIL}"),
    _shape("factor", "TBdynmuf", rf"{_TO}{_BOUND}(?P<high>{_N}|f)(?:-?i)?-?(?P<times>[XZ]){_TAIL}"),
    _shape("multiple", "BW", rf"{_BOUND}(?P<number>W)"),
    _shape("range", "BF", rf"{_BOUND}(?P<lead>F)v?{_amount('low')}x?v?T{_amount('high')}"),
    _shape("range", "BK", rf"{_BOUND}(?P<lead>K)v?{_amount('low')}x?&{_amount('high')}"),
    _shape("range", _AMOUNT_STARTS, rf"{_BOUND}{_amount('low')}(?P<lead>a){_amount('high')}[lt]"),
    _shape("range", f"T{_AMOUNT_STARTS}", rf"{_TO}{_BOUND}{_amount('low')}[-~]{_amount('high')}{_TAIL}"),
    _shape(
        "range",
        _AMOUNT_STARTS,
        rf"{_BOUND}(?P<low_sign>\$)?(?P<low>{_N})(?:-?(?P<low_unit>{_NOUN}))?(?P<lead>T){_amount('high')}",
    ),
    _shape("share", "Bf", rf"{_BOUND}(?P<number>f){_TAIL}"),
    _shape("inverted", "UY", r"(?P<high_unit>[UY])v?(?P<high>m)(?![U$YOCXZPsM-]|[&T]?[dynm])"),
    _shape("amount", f"T{_AMOUNT_STARTS}", rf"{_TO}{_BOUND}{_amount('high')}{_TAIL}"),
)

# The shapes that can begin with each role, and where a phrase can begin at all.
SHAPES_AT = {role: [shape for shape in SHAPES if role in shape.starts] for shape in SHAPES for role in shape.starts}
STARTS = re.compile(f"[{re.escape(''.join(sorted(SHAPES_AT)))}]")
