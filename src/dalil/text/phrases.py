"""The shapes of phrases that state quantities, as patterns over the roles of tokens.

A sentence is written as a string with one letter a token (``grammar.ROLES``, ``tokens``, ``cardinals``);
"2018-yil 5 foizga" is ``y-YdUt``. The shapes are the same for all languages: what differs, such as whether
"more than" stands before the number or after it, is where a language's words can stand at all.
"""

import re

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


# In order: at one place the first shape that fits and makes sense is the one read.
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in [
        ("citation", "3"),
        ("identifier", "4"),
        ("dated", "1"),
        ("idiom", "[!q]"),
        ("leader", "z"),
        ("century", r"(?P<first>[Rodn])-?j?(?:[-~](?P<last>[Rodn])-?j?)?(?P<hyphen>-?)C"),
        # days
        (
            "days",
            rf"(?P<year>y)-?Y[alt]?,?(?P<day>{_DAY})-?(?P<month>M)(?:a|a?[-~T])(?P<last>{_DAY})-?(?P<last_month>M)l?",
        ),
        ("days", rf"(?P<year>y)-?Y[alt]?,?(?P<day>{_DAY})(?:[-~T&](?P<last>{_DAY}))?-?(?P<month>M)"),
        (
            "days",
            rf"[FTSL]?(?P<day>{_DAY})-?(?P<month>M)(?:a|a?[-~T])(?P<last>{_DAY})-?(?P<last_month>M)l?(?:,?(?P<year>y){_YEAR_WORD}?)?",
        ),
        (
            "days",
            rf"[FTSL]?(?P<day>{_DAY})(?:[-~T&](?P<last>{_DAY}))?p?-?(?P<month>M)(?:,?p?(?P<year>y)(?!-?[U$si]){_YEAR_WORD}?)?",
        ),
        ("month_day", rf"(?P<month>M)(?P<day>{_DAY})(?:[-~](?P<last>{_DAY}))?(?:,?(?P<year>y))?{_NOT_COUNTED}"),
        # quarters and half-years
        ("part", r"(?P<year>y)-?Y[alt]?(?P<number>[oRd])-?j?-?(?P<part>[QH])"),
        ("part", rf"(?P<number>[oRd])-?j?-?(?P<part>[QHGfh])[vp]{{0,2}}(?P<year>y){_YEAR_WORD}?"),
        ("part_alone", r"(?P<number>[oR])-?j?-?[QHGf]"),
        # months
        ("months_of", rf"(?P<year>y)-?Y(?P<count>{_N})-?i?-?O"),
        ("months_of", rf"o?(?P<count>{_N})-?Op?(?P<year>y){_YEAR_WORD}?"),
        ("months", r"(?P<year>y)-?Y(?P<month>M)(?:[-~](?P<last>M))?(?:-?O)?"),
        ("months", rf"[FK]?(?P<month>M)(?:[-~T&](?P<last>M))?(?:-?O)?,?[vp]?(?P<year>y){_NOT_COUNTED}{_YEAR_WORD}?"),
        # years
        ("years", rf"(?P<year>y)a?[-~/](?P<last>y){_NOT_COUNTED}{_YEAR_WORD}?"),
        ("years", r"(?P<year>y)-?[YE]?a?[-~](?P<last>y)-?[YE]l?"),
        ("years", rf"F(?P<year>y){_YEAR_WORD}?v?T(?P<last>y){_NOT_COUNTED}{_YEAR_WORD}?"),
        ("years", rf"K(?P<year>y)&(?P<last>y){_NOT_COUNTED}{_YEAR_WORD}?"),
        ("years", r"(?P<year>y)-?Ya(?P<last>y)-?Yl"),
        ("years", rf"(?P<year>y)[-/](?P<last_two>[dn]){_NOT_COUNTED}{_YEAR_WORD}?"),
        ("decade", r"(?P<decade>[ydn])(?:-?j)?-?E"),
        ("year", r"(?P<year>y)-?[YE](?P<case>[alt])?(?P<since>S)?"),
        ("year", r"(?P<year>y)(?=-?j?(?:(?:,|,?&|-,)y-?j?){0,30}-?[YE])(?:-(?=[,&]))?"),
        # names, ranks, ordinals
        ("rank", rf"k[vp]?-?(?P<number>{_N}|o)(?:-?j)?(?P<top>J?)"),
        ("rank", rf"(?P<number>{_N}|o)-?j?-?J"),
        ("label", r"I-?(?P<number>[dynR])(?!-?[YEU$s])(?:[-~](?P<also>[dyn]))?"),
        ("label", r"(?P<number>[dyn])-j?-?I"),
        ("bare_year", r"(?P<year>y)(?!-?j|-?[U$iPsXZJC]|~?-?[dyn]U)"),
        ("ordinal", r"(?P<number>[dyn])(?:-?j|(?P<hyphen>-)(?=x))(?!-?[U$])"),
        ("ordinal", r"(?P<number>o)"),
        # amounts
        ("factor", rf"{_BOUND}(?P<low>{_N})[-~T](?P<high>{_N})(?:-?i)?-?(?P<times>[XZ]){_TAIL}"),
        ("factor", rf"{_BOUND}(?P<high>{_N}|f)(?:-?i)?-?(?P<times>[XZ]){_TAIL}"),
        ("multiple", rf"{_BOUND}(?P<number>W)"),
        ("range", rf"{_BOUND}(?P<lead>F)v?{_amount('low')}x?v?T{_amount('high')}"),
        ("range", rf"{_BOUND}(?P<lead>K)v?{_amount('low')}x?&{_amount('high')}"),
        ("range", rf"{_BOUND}{_amount('low')}(?P<lead>a){_amount('high')}[lt]"),
        ("range", rf"{_BOUND}{_amount('low')}[-~]{_amount('high')}{_TAIL}"),
        ("range", rf"{_BOUND}(?P<low_sign>\$)?(?P<low>{_N})(?:-?(?P<low_unit>{_NOUN}))?(?P<lead>T){_amount('high')}"),
        ("share", rf"{_BOUND}(?P<number>f){_TAIL}"),
        ("inverted", r"(?P<high_unit>[UY])v?(?P<high>m)(?![U$YOCXZPsM-]|[&T]?[dynm])"),
        ("amount", rf"(?:(?P<to>T)v?)?{_BOUND}{_amount('high')}{_TAIL}"),
    ]
)

# Where a phrase can begin.
STARTS = re.compile(r"[134!qzdynmuRofFKBTSL$kIMWUY]")
