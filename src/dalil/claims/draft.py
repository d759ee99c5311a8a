"""Drafts a claims file from what was read in an article, for a person to review."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dalil.claims.entries import ARTICLE
from dalil.claims.mentions import DATED, Mention, read_mentions
from dalil.claims.when import WORD, When, aimed, dates_of, spelt
from dalil.numbers.periods import has_year
from dalil.text.article import Article, Section, Sentence
from dalil.text.grammar import Grammar, grammar

# Reasons a draft gives for numerals that it makes no claim of.
DATE_ALONE, NOT_PLACED = "date-alone", "to-be-reviewed"
# What explains itself and may stand in a claim's words.
_PASSED = {"citation", "ordinal", "identifier", "idiom"}
_KINDS = {"money": "level", "measure": "level", "percent": "level", "count": "count", "rank": "rank"}
_CHANGES = {"percent", "percentage_point", "factor"}
# Words that YAML takes for something else than text.
_YAMLWORDS = {"null", "true", "false"}
# How many words before a number name what it measures.
_NAMING = 3

HEADER = """\
# Claims drafted from {article}, to be reviewed: read each sentence, mend the entry, and set reviewed: true.
#
#   id             the name used everywhere else
#   kind           level, change, target, count, rank, period or date; none makes the entry no claim
#   measure        what is measured; subject: of whom (guesses: claims about one thing need one name for it)
#   unit           base unit of the value, as read
#   value          as read, in that unit: a share of one for per cent, the midpoint of a range; a fall is negative
#   read_by, why   read_by: person, with the reason, where you read it otherwise: what you write then stands
#   status         reported, agreed or aimed (at)
#   period, base_period   ISO 8601; left out where none is known; one marked "from" does not stand in the sentence
#   section        where it stands; anchor: words that stand once in that section and hold the number
#   period_anchor  words that give the period, where the anchor does not
#   accounted      numerals that state no claim, each with its reason
#   relations      to be added: numbers made of others, [{{claim: turnover, equals: exports + imports}}]
"""


@dataclass
class _Entry:
    """A drafted claim: its fields in the order they are written, its sentence, and where else its period is from."""

    fields: dict[str, str]
    sentence: str
    period_from: str


@dataclass
class _Draft:
    """What has been drafted so far."""

    entries: list[_Entry] = field(default_factory=list)
    accounted: dict[str, str] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    units: dict[str, str] = field(default_factory=dict)


def draft_claims(article: Article) -> str:
    """Write a claims file with an entry for every quantity, its kind, period, base and measure guessed.

    Every numeral is in an entry or accounted for, so the file can be used as it is; each entry says
    ``reviewed: false`` and stands under its sentence.

    Returns
    -------
    str
        YAML, as ``read_claims`` reads it.

    Examples
    --------
    >>> from dalil.project import resolve
    >>> from dalil.text.article import read_article
    >>> text = draft_claims(read_article(resolve("data/raw/article.uz.txt")))
    >>> "value: '0.312'" in text and "reviewed: false" in text
    True
    """
    mentions, draft = read_mentions(article), _Draft()
    by_sentence: dict[Sentence, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(article.sentence_at(mention.clean_start), []).append(mention)
    stated = {sentence: [m for m in found if _states(m)] for sentence, found in by_sentence.items()}
    stated = {sentence: found for sentence, found in stated.items() if found}
    dates = dates_of(article, stated, lambda mention: _words(mention, article))
    for sentence, found in stated.items():
        dated = [m for m in found if m.quantity.kind in DATED]
        for mention in found:
            if mention not in dated:
                _add(draft, mention, dates.get(mention.id), dated, sentence, article, mentions)
    for mention in mentions:
        if mention.id not in draft.placed and mention.quantity.kind not in _PASSED:
            reason = DATE_ALONE if mention.quantity.kind in DATED else NOT_PLACED
            draft.accounted.setdefault(_clean(article, mention), reason)
    return _written(draft, article)


def _states(mention: Mention) -> bool:
    """Tell whether a mention states a number, or a date of a known year."""
    quantity = mention.quantity
    if quantity.kind in DATED:
        return has_year(quantity.iso)
    return quantity.kind in {*_KINDS, *_CHANGES} and not _is_aside(mention)


def _is_aside(mention: Mention) -> bool:
    """Tell whether a number in words only names a pair, as in "the two countries", and asserts nothing."""
    quantity = mention.quantity
    plain = quantity.kind == "count" and quantity.value in {1, 2} and quantity.comparator == "="
    return plain and not any(map(str.isdecimal, quantity.text))


def _add(
    draft: _Draft,
    mention: Mention,
    when: When | None,
    dated: list[Mention],
    sentence: Sentence,
    article: Article,
    mentions: tuple[Mention, ...],
) -> None:
    """Draft an entry for a quantity, unless no words around it single it out."""
    quantity, section = mention.quantity, article.section_at(mention.start)
    kind = _kind(mention, sentence, article)
    base = quantity.base if kind == "change" else ""
    if when is not None and when.source and kind == "target":
        when = None
    others = [other for other in mentions if other is not mention and other.quantity.kind not in _PASSED]
    # Words that hold no other number say best what is meant; where they stand twice, more of them do.
    unlike = [o for o in others if o.quantity.unit == quantity.unit or (o in dated and o.quantity.iso != base)]
    anchor = _anchor(mention, others, sentence, section, article) or _anchor(
        mention, unlike, sentence, section, article
    )
    if anchor is None:
        return
    inside = [other for other in dated if anchor[0] <= other.clean_start and other.clean_end <= anchor[1]]
    fields = {"id": f"claim_{len(draft.entries) + 1:03d}", "kind": kind}
    fields["measure"] = _measure(draft, mention, sentence, article)
    fields["subject"] = article.about.country or ARTICLE
    fields["unit"] = quantity.unit
    fields["value"] = ("-" if quantity.direction == "down" and kind == "change" else "") + f"{quantity.value:f}"
    fields["status"] = "aimed" if kind == "target" else "reported"
    if when is not None:
        fields["period"] = when.iso
    if base:
        fields["base_period"] = base
    fields["section"] = section.id
    fields["anchor"] = article.clean.text[anchor[0] : anchor[1]]
    away = when.mention if when and when.mention not in inside else None
    if away is not None and (words := _anchor(away, others, sentence, section, article)) is not None:
        fields["period_anchor"] = article.clean.text[words[0] : words[1]]
        draft.placed.add(away.id)
    draft.placed |= {mention.id, *(other.id for other in inside)}
    text = article.clean.text[sentence.clean_start : sentence.clean_end]
    draft.entries.append(_Entry(fields, text, when.source if when else ""))


def _kind(mention: Mention, sentence: Sentence, article: Article) -> str:
    quantity = mention.quantity
    if quantity.kind in {"percentage_point", "factor"} or (quantity.kind == "percent" and quantity.change == "by"):
        return "change"
    words = _words(mention, article)
    target = quantity.kind in {"money", "measure"} and aimed(spelt(sentence, article, words), words)
    return "target" if target else _KINDS[quantity.kind]


def _words(mention: Mention, article: Article) -> Grammar:
    return grammar(next(name for start, end, name in article.passages if start <= mention.clean_start < end))


def _measure(draft: _Draft, mention: Mention, sentence: Sentence, article: Article) -> str:
    """Name a measure by the words before the number; a name that stands for another unit gets this one added."""
    words = _words(mention, article)
    before = WORD.findall(article.clean.text[sentence.clean_start : mention.clean_start])
    telling = [w.lower() for w in before if words.word(s := words.spell(w)).role == "x" and s not in words.rules.common]
    name = " ".join(telling[-_NAMING:]) or "not named"
    if draft.units.setdefault(name, mention.quantity.unit) != mention.quantity.unit:
        name = f"{name} ({mention.quantity.unit})"
    return name


def _anchor(
    mention: Mention, without: Iterable[Mention], sentence: Sentence, section: Section, article: Article
) -> tuple[int, int] | None:
    """Return the shortest words around a mention that stand once in its section and hold none of some others."""
    text = article.clean.text
    left, right = sentence.clean_start, sentence.clean_end
    for other in without:
        if left < other.clean_end <= mention.clean_start:
            left = other.clean_end
        if mention.clean_end <= other.clean_start < right:
            right = other.clean_start
    # Starts and ends of words, nearest first.
    starts = [m.start() for m in re.finditer(r"\S+", text[left : mention.clean_start])][::-1]
    ends = [m.end() for m in re.finditer(r"\S+", text[mention.clean_end : right])]
    for count in range(len(starts) + len(ends) + 1):
        for before in range(max(0, count - len(ends)), min(count, len(starts)) + 1):
            start = left + starts[before - 1] if before else mention.clean_start
            end = mention.clean_end + ends[count - before - 1] if count > before else mention.clean_end
            words = text[start:end].strip()
            if len(article.clean.places(words, section.start, section.end)) == 1:
                return start, start + len(words)
    return None


def _clean(article: Article, mention: Mention) -> str:
    return article.clean.text[mention.clean_start : mention.clean_end]


def _written(draft: _Draft, article: Article) -> str:
    """Write the file: entries under their sentences, then what is accounted for."""
    lines = [HEADER.format(article=article.path.name)]
    lines.append("claims:" if draft.entries else "claims: []")
    for entry in draft.entries:
        sentence = "".join(char if char.isprintable() else " " for char in entry.sentence)
        lines.append(f"  # to be reviewed: {sentence}")
        lines += [
            f"  {'  ' if number else '- '}{name}: {_scalar(value)}"
            + (f"  # from {entry.period_from}" if name == "period" and entry.period_from else "")
            for number, (name, value) in enumerate(entry.fields.items())
        ]
        lines += ["    reviewed: false", ""]
    if draft.accounted:
        lines.append("accounted:")
        lines += [f"  - {{phrase: {_scalar(phrase)}, reason: {reason}}}" for phrase, reason in draft.accounted.items()]
    return "\n".join(lines).rstrip() + "\n"


def _scalar(value: str) -> str:
    """Write a text so that YAML reads just that text, whatever stands in it."""
    if not value.isprintable():
        kept = (char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in value)
        return f'"{"".join(kept)}"'
    plain = re.fullmatch(r"[a-z][a-z_]*", value) and value not in _YAMLWORDS
    return value if plain else "'" + value.replace("'", "''") + "'"
