"""The currencies of the world by code, sign and name in each language, from CLDR."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

# Codes that are words in capital letters too, and nouns that mean something else more often.
_WORDS_TOO = {"ALL", "ANG", "BAM", "COP", "CUP", "MAD", "MOP", "PEN", "SOS", "TOP", "TRY"}
_NOUNS_TOO = {"BRL", "PEN"}
_SIGNS = {
    "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₫": "VND", "฿": "THB", "₦": "NGN", "₱": "PHP", "₾": "GEL",
    "֏": "AMD", "₼": "AZN", "₮": "MNT", "₵": "GHS", "₲": "PYG", "₡": "CRC", "₭": "LAK", "៛": "KHR", "৳": "BDT",
    "₹": "INR", "R $": "BRL", "NT $": "TWD", "MX $": "MXN",
}  # fmt: skip
# The last word of a longer name is no name of its own.
_LONGEST_NAME = 3
# A noun has other forms after other numbers.
_COUNTS = (1, 2, 5, 1.5)


@lru_cache
def codes() -> frozenset[str]:
    """Name the currencies that are legal tender somewhere now, by ISO 4217.

    Examples
    --------
    >>> {"UZS", "EUR", "THB"} <= codes(), "DEM" in codes()
    (True, False)
    """
    territories = get_global("territory_currencies").values()
    return frozenset(code for used in territories for code, _, end, tender in used if tender and end is None)


@lru_cache
def all_codes() -> frozenset[str]:
    """Name every currency of ISO 4217, those that are no longer in use included.

    Examples
    --------
    >>> {"SGD", "DEM"} <= all_codes()
    True
    """
    return frozenset(Locale.parse("en").currencies)


def plain_codes() -> frozenset[str]:
    """Name the codes that can be read as such wherever they stand in capital letters."""
    return codes() - _WORDS_TOO


def signs() -> dict[str, str]:
    """Give the currency of each sign that only one has."""
    return _SIGNS


def names(language: str) -> Iterator[tuple[str, str]]:
    """Yield the names of currencies in a language with their codes: whole, and the noun alone if only one has it.

    Examples
    --------
    >>> [name for name, code in names("en") if code == "THB"]
    ['thai baht', 'baht']
    """
    locale = Locale.parse(language)
    forms = {
        code: list(dict.fromkeys(get_currency_name(code, count, locale).lower() for count in _COUNTS))
        for code in sorted(codes())
    }
    nouns = Counter(noun for known in forms.values() for noun in {_noun(form, language) for form in known})
    for code, known in forms.items():
        for form in known:
            noun = _noun(form, language)
            if form != noun:
                yield f"{form.rsplit(' ', 1)[0]} {noun}", code
            if nouns[noun] == 1 and "-" not in noun and code not in _NOUNS_TOO and len(form.split()) <= _LONGEST_NAME:
                yield noun, code


def _noun(name: str, language: str) -> str:
    """Return the last word of a name, which in Uzbek drops its possessive ending and may take any other."""
    noun = name.split()[-1]
    if language != "uz":
        return noun
    return noun.removesuffix("si").removesuffix("i") + "*"
