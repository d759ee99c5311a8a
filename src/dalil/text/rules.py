"""How a language writes numbers, beside its words: the settings of a grammar file."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Rules(BaseModel):
    """How a language writes numbers beside its words: the settings of a grammar file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # The language whose words this one writes in other letters.
    writes: str = ""
    # Letters as the grammar spells them; ``initials`` at the start of a word.
    letters: dict[str, str] = {}
    initials: dict[str, str] = {}
    # What tells the language: its first and last letter, letters only it has, letters it has not, its commonest words.
    alphabet: tuple[str, str]
    own_letters: str = ""
    strange_letters: str = ""
    common: frozenset[str]
    # Endings a word may carry; those named are tokens of their own, also on words that are not known.
    endings: str
    case_endings: str = "(?!)"
    decimal_comma: bool
    # 03/15/2018
    month_first: bool = False
    # "one hundred and five"
    joins_with_and: bool = False
    # The verb of a change follows the number.
    verb_last: bool = False
    # "5-sinf" is the fifth form.
    hyphen_orders: bool = False
    # "минут сорок" is about forty minutes.
    inverts: bool = False
    # Ordinals name shares: after "one" only ("one fifth", but "two fifths"), or after any numeral ("две пятых").
    ordinal_shares: Literal["none", "one", "any"] = "none"
    # "треть" alone is a share; "quarter" alone is not.
    bare_shares: bool = True
    # "half" before what is neither a scale nor a unit is a share.
    half_is_share: bool = False
    # "20 to 25" is a range.
    ranges_with_to: bool = False
    # "times" multiplies after and before these words; else it says how often.
    times_before: frozenset[str] = frozenset()
    times_after: frozenset[str] = frozenset()
    # Right after a number: so much more, so much less.
    more: frozenset[str] = frozenset()
    less: frozenset[str] = frozenset()
    # Words that are meant only with a capital: May.
    capitalised: frozenset[str] = frozenset()
    # Scales that say "one of it" before a unit: ming kishi.
    single_scales: frozenset[str] = frozenset()
    # Words whose full stop ends no sentence.
    abbreviations: frozenset[str] = frozenset()
    # Numerals that count people: двое.
    collectives: frozenset[str] = frozenset()
    # Numerals that begin a word: полмиллиона.
    prefixes: dict[str, Decimal] = {}
    # "От 5 до 7" is a range, "с 5 до 7" a change.
    ranges_from: frozenset[str] = frozenset()
    # After "m": it is a metre.
    metres: frozenset[str] = frozenset()
    # Between the numbers of a share: "one in three", "двое из пяти".
    shares_of: frozenset[str] = frozenset()
    # After 1990-: a decade.
    decade_endings: frozenset[str] = frozenset()
    # Four digits after these, or before a noun that does not end so, are a year.
    year_after: frozenset[str] = frozenset()
    plural: str = ""
    # How letters are written by those who have not got them.
    plain_letters: dict[str, str] = {}
    # Labels that may have decimals: section 4.2.
    sections: frozenset[str] = frozenset()
    # Beside a number of quarters that are a year's, no shares.
    quarters_before: frozenset[str] = frozenset()
    quarters_after: frozenset[str] = frozenset()
    # Between a number in words and its decimals: "two point four", "две целых пять десятых".
    points: frozenset[str] = frozenset()
    # "5 cases per 100,000"; where the 100,000 is said first, one of the words after it may be wanted too.
    per: frozenset[str] = frozenset()
    per_told: frozenset[str] = frozenset()
    # Before "from": what follows is a range.
    ranging: frozenset[str] = frozenset()
    # "Respectively": numbers and dates go in their order.
    in_order: frozenset[str] = frozenset()
    # "Last year", as years from that of the article.
    years_said: dict[str, int] = {}
    # How words of aims begin: the numbers beside them are targets.
    aims: tuple[str, ...] = ()
    # What ends the name of a measure before a number: words, endings of words; words of changes that may be its noun.
    states: frozenset[str] = frozenset()
    verb_endings: str = "(?!)"
    changes: tuple[str, ...] = ("\0",)
    # How clauses begin that name no measure.
    asides: frozenset[str] = frozenset()
    # Words after a verb that are not what it changes, and words that only point to what was named before.
    adverbs: frozenset[str] = frozenset()
    pointers: frozenset[str] = frozenset()
    # What the list of what was read is headed by; no claims stand after it.
    references: frozenset[str] = frozenset()
    # Words that tell how numbers belong together, by what they tell; "word+" is a word however it goes on.
    relating: dict[str, tuple[str, ...]] = {}
    # Words that name two halves of a whole: women and men.
    halves_named: tuple[tuple[str, str], ...] = ()
    # Before an amount by which something changed.
    by: frozenset[str] = frozenset()
