"""Uzbek in Cyrillic letters, from Uzbek in Latin letters: the rules of spelling, and the words that no rule gives.

Sources: the Latin alphabet and its rules of spelling (*Oʻzbek tilining asosiy imlo qoidalari*, 24 August 1995, no. 339)
and the Cyrillic ones (*Ўзбек орфографиясининг асосий қоидалари*, 4 April 1956). The Latin spelling gave up the letters
ц, щ, ы and ь, and the tutuq after oʻ; where they stand in Cyrillic is a matter of the word, so those words are listed.
The sign ь at the end of a word is left off before an ending, as the laws do it (7 февраль, but 7 февралдаги). Between a
figure and a year or a month there is no hyphen (2017 йил 22–23 март), but there is one before other words (490-ўрин).
"""

import re
from functools import cache

# Any sign people type for oʻ and gʻ, and for the tutuq.
_SIGNS = "'`\u2018\u2019\u02bb\u02bc"
_TURNED, _TUTUQ = "\u02bb", "\u02bc"

_LETTERS = {
    "a": "а", "b": "б", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "ҳ", "i": "и", "j": "ж", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "x": "х",
    "y": "й", "z": "з", "oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е",
    "ʼ": "ъ",
}  # fmt: skip

# How words begin, as patterns, that have ь, ъ or ц, or are otherwise not as their Latin letters have it. A capital Ь
# goes before an ending.
_STEMS = {
    # months
    "yanvar": "январЬ", "fevral": "февралЬ", "aprel": "апрелЬ", "iyun": "июнЬ", "iyul": "июлЬ", "sentabr": "сентябрЬ",
    "sentyabr": "сентябрЬ", "oktabr": "октябрЬ", "oktyabr": "октябрЬ", "noyabr": "ноябрЬ", "dekabr": "декабрЬ",
    "iyn(?![a-z])": "июн", "iyl(?![a-z])": "июл",
    # ь at the end
    "ansambl": "ансамблЬ", "artel": "артелЬ", "avtomobil": "автомобилЬ", "belarus": "беларусЬ",
    "brazzavil": "браззавилЬ", "bryussel": "брюсселЬ", "detal": "деталЬ", "detsil": "децилЬ", "dizel": "дизелЬ",
    "festival": "фестивалЬ", "gospital": "госпиталЬ", "kalendar": "календарЬ", "kreml": "кремлЬ",
    "kvartil": "квартилЬ", "lager": "лагерЬ", "mebel": "мебелЬ", "medal": "медалЬ", "model": "моделЬ",
    "motel": "мотелЬ", "neft": "нефтЬ", "nol": "нолЬ", "parallel": "параллелЬ", "perm": "пермЬ", "portfel": "портфелЬ",
    "profil": "профилЬ", "rol": "ролЬ", "rubl": "рублЬ", "sibir": "сибирЬ", "spektakl": "спектаклЬ", "stil": "стилЬ",
    "tekstil": "текстилЬ", "tyumen": "тюменЬ", "yuan": "юанЬ", "alkogol": "алкоголЬ", "igor": "игорЬ",
    "kabel": "кабелЬ", "kazan": "казанЬ", "magistral": "магистралЬ", "nikel": "никелЬ", "otel": "отелЬ",
    "panel": "панелЬ", "parol": "паролЬ", "tabel": "табелЬ", "tunnel": "туннелЬ",
    # ь within
    "albom": "альбом", "alfa(?!vit)": "альфа", "alternativ": "альтернатив", "alyans": "альянс", "asfalt": "асфальт",
    "batalyon": "батальон", "belgiya": "бельгия", "bulvar": "бульвар", "delta": "дельта", "fakultet": "факультет",
    "feldsher": "фельдшер", "film": "фильм", "filtr": "фильтр", "impuls": "импульс", "intervyu": "интервью",
    "kalkul": "калькул", "kompyuter": "компьютер", "konsult": "консульт", "kulminats": "кульминац",
    "kultur": "культур", "maldiv": "мальдив", "malta": "мальта", "multi": "мульти", "myanma": "мьянма",
    "nyu(?!ans)": "нью", "palto": "пальто", "polsha": "польша", "pult": "пульт", "sinxua": "синьхуа",
    "falsif": "фальсиф", "rels": "рельс", "volfram": "вольфрам", "skulpt": "скульпт", "ultimat": "ультимат",
    "ultra": "ультра", "vilnyus": "вильнюс", "volt": "вольт",
    # ъ, of which that after oʻ is not written in Latin
    "adyutant": "адъютант", "inyeks": "инъекц", "konyunktur": "конъюнктур", "obyekt": "объект", "podyezd": "подъезд",
    "obyom": "объём", "razyezd": "разъезд", "subyekt": "субъект", "syezd": "съезд", "moʻjiza": "мўъжиза",
    "moʻtabar": "мўътабар", "moʻtadil": "мўътадил",
    # й before о
    "mayonez": "майонез", "mayor": "майор", "mayotta": "майотта", "rayon": "район", "york": "йорк",
    # names with a letter or a sign of their own
    "dʼivuar": "д’Ивуар", "finland": "финлянд", "asia": "азия", "plus": "плюс", "budjet": "бюджет",
    "broshura": "брошюра", "parashut": "парашют", "cif": "сиф", "ytt": "ятт",
    # ц
    "abzas": "абзац", "aksent": "акцент", "aksept": "акцепт", "kuznetsov": "кузнецов", "yelsin": "ельцин",
    "sinsinnat": "цинциннат", "aksiz": "акциз", "desimetr": "дециметр", "dissiplin": "дисциплин",
    "fransuz": "француз", "kalsi": "кальци", "kansler": "канцлер", "konsep": "концеп", "konsern": "концерн",
    "konsert": "концерт", "konsess": "концесс", "konsorsium": "консорциум", "kvars": "кварц", "pitsa": "пицца",
    "prinsip": "принцип", "selsiy": "цельсий", "sellofan": "целлофан", "sellyuloz": "целлюлоз", "sement": "цемент",
    "sent(?![aiy])": "цент", "senz": "ценз", "sex": "цех", "sikl": "цикл", "silindr": "цилиндр", "sirk(?!a)": "цирк",
    "sitata": "цитата", "sitrus": "цитрус", "siviliz": "цивилиз", "shpris": "шприц", "shveysar": "швейцар",
    "shveytsar": "швейцар", "ssena": "сцена", "vaksin": "вакцин",
}  # fmt: skip
_LONGEST_FIRST = sorted(_STEMS, key=len, reverse=True)
_STEM = re.compile("|".join(f"({stem})" for stem in _LONGEST_FIRST))

# Where s stands for ц: in -siya and -sion after k, n and p, save in a few words, and after r in a few others.
_TSE = re.compile(
    r"(?:(?<=[knp])(?<!pen)(?<!pan)(?<!reflek)|(?<=mmer)|(?<=por)|(?<=iner)|(?<=tor))s(?=iya|ion)"
    # ts is ц before e and i, but not where an ending begins with s (shartsiz, aytsin).
    r"|ts(?=e|i(?!z|n(?:lar)?$))"
)

# Names and signs that stay as they are: foreign names, signs of standards and licences, values as they are typed.
KEPT = (
    "Arnapress", "Astana Calling", "UN Comtrade", "Comtrade", "Dalil", "Demoscope Weekly", "Eurasia.Expert",
    "Eurasianet", "Gapminder", "IntelliNews", "Markdown", "Qazaq TV", "Sputnik", "The Fortress",
    "The Astana Times", "The Times of Central Asia", "Typst", "Unipath", "Word", "World University Rankings", "bne",
    "ASCII", "BCP", "CLDR", "CSV", "DOI", "EUR", "EXPO", "GDP", "HTML", "ISO", "JSON-LD", "JSON", "PDDL", "PDF",
    "PNG", "QS", "SHA", "SVG", "URL", "USD", "UTF", "UZS", "XML", "YAML", "ZIP", "CC BY-SA", "CC BY", "CC",
    "half-unit", "exact", "floor", "ceiling", "stated", "cpi", "svg", "png", "pdf", "uz-Cyrl",
    "person", "ratio", "item", "rank", "date", "yes", "open",
)  # fmt: skip

# What a file or a site ends in.
_ENDS = (
    "az|by|com|csv|de|gov|html|info|int|ipynb|json|jsonld|kg|kz|md|net|org|pdf|png|py|ru|svg|txt|uz|xlsx|yaml|yml|zip"
)
_LEFT_ALONE = (
    # Markdown code, but not a word with ` in place of ʻ; a placeholder; a tag; an entity
    r"(?<![A-Za-z])`[^`\n]+`",
    r"\{[^{}\s]*\}",
    r"<!--.*?-->|</?[A-Za-z][^<>]*>",
    r"&(?:#?\w+);",
    # letters that are spoken of, and capitals with a figure behind them
    r"«[^«»]*»|(?<![A-Za-z])[A-Z]+(?=\d)",
    # addresses, files, names with an underscore, codes of languages one after the other
    r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    rf"(?<![\w.])[A-Za-z0-9][\w/-]+(?:\.[\w/-]+)*\.(?:{_ENDS})(?![\w])(?:/[^\s<>\"]*)?",
    r"(?<![\w/])(?:data|examples|figures|notebooks|report|src|tests)/[\w./-]*\w",
    r"(?<!\w)[A-Za-z0-9]+_[A-Za-z0-9_]+",
    r"(?<![\w-])(?:en|uz|ru|uz-Cyrl)(?:, (?:en|uz-Cyrl|uz|ru)(?![\w-]))+",
    # what is kept, which an ending may follow; the F of F-score; Roman numbers
    rf"(?<![A-Za-z{_SIGNS}-])(?:{'|'.join(re.escape(name) for name in KEPT if name.isupper())})(?=[a-z]*(?![A-Za-z]))",
    rf"(?<![A-Za-z{_SIGNS}-])(?:{'|'.join(re.escape(name) for name in KEPT)})"
    rf"(?=(?:ning|ni|ga|dan|da|dagi)?(?![A-Za-z{_SIGNS}]))",
    r"(?<![A-Za-z])F(?=-)|(?<=“)no(?=”)",
    r"(?<![A-Za-z])(?:X{1,3}(?:I[XV]|V?I{0,3})|I[XV]|VI{0,3}(?!\.)|I{1,3}(?!\.))(?![A-Za-z.])",
)
# The hyphen of a date, after a figure or a place for one.
_MONTH = "(?:yanvar|fevral|mart|aprel|may|iyun|iyul|avgust|sentabr|oktabr|noyabr|dekabr)(?:da|dan|dagi|ga|gacha|ning)?"
_DATE = re.compile(rf"(?<=[\d}}])[-\u2011](?:(?=yil|\{{month\}}|{_MONTH}(?![a-z]))| (?=va [\d{{]))")
_WORD = rf"(?:[OoGg][{_SIGNS}]|[A-Za-z]|(?<=[A-Za-z])[{_SIGNS}](?=[A-Za-z])|(?<=[A-Za-z]){_TUTUQ})+"
_PIECES = re.compile(f"(?P<alone>{'|'.join(_LEFT_ALONE)})|(?P<word>{_WORD})", re.DOTALL)
_PARTS = re.compile(f"[og]{_TURNED}|sh|ch|y[oeua](?!{_TURNED})|.", re.IGNORECASE)


def cyrillic(text: str) -> str:
    """Write Uzbek text in Cyrillic letters.

    Left alone are Markdown code between backticks, placeholders between braces, HTML tags and entities, addresses,
    names of files, names with an underscore, what :data:`KEPT` lists, what stands between « and », Roman numbers, and
    words with a letter that Uzbek does not have (a w, or a c without h).

    Parameters
    ----------
    text
        Uzbek in the Latin alphabet of 1995, with any sign for oʻ, gʻ and the tutuq belgisi.

    Returns
    -------
    str
        The same in the Cyrillic alphabet; text that is in it already is not changed.

    Examples
    --------
    >>> cyrillic("Oʻzbekiston va Qozogʻistonning savdo aylanmasi – yil boshidan eʼlon qilingan PDFda")
    'Ўзбекистон ва Қозоғистоннинг савдо айланмаси – йил бошидан эълон қилинган PDFда'
    >>> cyrillic("Inflyatsiya: `rate_2001` <b>sentabr</b>da")
    'Инфляция: `rate_2001` <b>сентябрь</b>да'
    """
    return _PIECES.sub(lambda piece: piece["alone"] or _word(piece["word"]), _DATE.sub("\u00a0", text))


@cache
def _word(word: str) -> str:
    """Write one word."""
    word = re.sub(f"(?<=[OoGg])[{_SIGNS}]", _TURNED, word)
    word = re.sub(f"(?<![OoGg])[{_SIGNS}]", _TUTUQ, word)
    small = word.lower()
    stem = _STEM.match(small)
    if not stem:
        return word if re.search("w|c(?!h)", small) else _letters(word, 0)
    assert stem.lastindex is not None
    head = _STEMS[_LONGEST_FIRST[stem.lastindex - 1]].replace("Ь", "" if stem.end() < len(small) else "ь")
    return _as_written(head, word[: stem.end()]) + _letters(word, stem.end())


def _letters(word: str, start: int) -> str:
    """Write the letters of a word from one of them on, each by what stands beside it."""
    hard = {place for found in _TSE.finditer(word.lower()) for place in range(*found.span()) if place >= start}
    written = []
    for part in _PARTS.finditer(word, start):
        place, letters = part.start(), part[0].lower()
        before, after = word[:place].lower(), word[part.end() :].lower()
        if letters == _TUTUQ and before.endswith("s") and after.startswith("h"):
            # The sign only keeps s and h apart.
            continue
        if place in hard:
            found = "" if place - 1 in hard else "ц"
        elif letters == "e" and (not before or before[-1:] in "aoue\u02bb") and not before.endswith("g\u02bb"):
            found = "э"
        elif letters == "ye" and before[-1:] not in {"", *"aoueiy\u02bb\u02bc"}:
            found = "ье"
        else:
            found = _LETTERS[letters]
        tutuq_up = letters == _TUTUQ and before and word[place - 1].isupper() and not word[part.end() :][:1].islower()
        written.append(found.upper() if part[0][0].isupper() or tutuq_up else found)
    return "".join(written)


def _as_written(stem: str, latin: str) -> str:
    """Give a stem the capitals that it has in Latin."""
    if len(latin) > 1 and latin.isupper():
        return stem.upper()
    return stem.capitalize() if latin[:1].isupper() else stem
