"""Drafts a claims file from what was read in an article, for a person to review."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dalil.claims.anchors import Anchor, anchor_of, nearest_words
from dalil.claims.entries import ARTICLE
from dalil.claims.mentions import DATED, Mention, read_mentions
from dalil.claims.naming import Names, has_verb
from dalil.claims.when import WORD, When, aimed, dates_of, spelt
from dalil.numbers.periods import has_year
from dalil.progress import told
from dalil.text.article import Article, Sentence
from dalil.text.cleaning import fold
from dalil.text.grammar import Grammar, grammar, languages

# Reasons a draft gives for numerals that it makes no claim of.
DATE_ALONE, NOT_PLACED, REFERENCES = "date-alone", "to-be-reviewed", "list-of-references"
# What explains itself and may stand in a claim's words.
_PASSED = {"citation", "ordinal", "identifier", "idiom"}
_KINDS = {"money": "level", "measure": "level", "percent": "level", "count": "count", "rank": "rank"}
_CHANGES = {"percent", "percentage_point", "factor"}
# Words that YAML takes for something else than text.
_YAMLWORDS = {"null", "true", "false"}
# A line so short that it may be a heading.
_LINE = re.compile(r"(?m)^.{3,60}$")
# How much of a longer sentence is shown on either side of a number.
_SHOWN = 300

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
#   section        where it stands; anchor: words in that section that hold the number
#   occurrence     which of the places is meant, from 1, where those words stand more than once
#   repeats        the claim that says the same before, where a sentence stands again
#   period_anchor  words that give the period, where the anchor does not; of several places the nearest
#   accounted      numerals that state no claim, each with its reason
#   relations      to be added: numbers made of others, [{{claim: turnover, equals: exports + imports}}]
"""


@dataclass
class _Entry:
    """A drafted claim: its fields in the order they are written, its sentence, where else its period is from.

    And what numbers after it may go on from: its mention, the name of its measure, the direction of its change.
    """

    fields: dict[str, str | int]
    sentence: str
    period_from: str
    mention: Mention
    name: str
    direction: str


@dataclass(frozen=True)
class Draft:
    """A drafted claims file: its text, how many claims there are of each measure, and what its reader should know."""

    text: str
    measures: Counter[str]
    notices: tuple[str, ...]


@dataclass
class _Drafting:
    """What has been drafted so far."""

    article: Article
    names: Names
    entries: list[_Entry] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    # The claims of each sentence by its words, and how many sentences stand again.
    told: dict[str, list[str]] = field(default_factory=dict)
    again: int = 0


def draft_claims(article: Article) -> str:
    """Write a claims file as :func:`draft` does, and return its text.

    Examples
    --------
    >>> from dalil.project import resolve
    >>> from dalil.text.article import read_article
    >>> text = draft_claims(read_article(resolve("data/raw/article.uz.txt")))
    >>> "value: '0.312'" in text and "reviewed: false" in text
    True
    """
    return draft(article).text


def draft(article: Article) -> Draft:
    """Draft a claims file with an entry for every quantity, its kind, period, base and measure guessed.

    Every numeral is in an entry or accounted for, so the file can be used as it is; each entry says
    ``reviewed: false`` and stands under its sentence. A sentence that stands again gives claims that repeat those of
    the first.
    """
    mentions, drafting = read_mentions(article), _Drafting(article, Names(article))
    by_sentence: dict[Sentence, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(article.sentence_at(mention.clean_start), []).append(mention)
    end = references_of(article)
    stated = {s: [m for m in found if _states(m) and m.start < end] for s, found in by_sentence.items()}
    stated = {sentence: found for sentence, found in stated.items() if found}
    dates = dates_of(article, stated, lambda mention: _words(mention, article))
    for sentence, found in told([*stated.items()], "Drafting claims"):
        _add_all(drafting, sentence, found, by_sentence[sentence], dates)
    accounted: dict[str, str] = {}
    for mention in mentions:
        if mention.id not in drafting.placed and mention.quantity.kind not in _PASSED:
            words = article.clean.text[mention.clean_start : mention.clean_end]
            reason = DATE_ALONE if mention.quantity.kind in DATED else NOT_PLACED
            accounted.setdefault(words, reason if mention.start < end else REFERENCES)
    measures = Counter(str(entry.fields["measure"]) for entry in drafting.entries)
    notices = tuple(_notices(drafting, mentions))
    return Draft(_written(drafting, accounted, notices), measures, notices)


def _notices(drafting: _Drafting, mentions: Sequence[Mention]) -> Iterator[str]:
    """Say what is not to be seen from the claims."""
    article = drafting.article
    yield from article.notices
    if (end := references_of(article)) < len(article.raw):
        yield f"line {article.line(end)}: no claims are drafted after this heading of the references"
    if drafting.again:
        yield f"sentences with numbers that stand more than once: {drafting.again}; their claims repeat the first ones"
    if drafting.entries:
        return
    kinds = Counter("dates" if m.quantity.kind in DATED else "names, marks and set phrases" for m in mentions)
    found = ", ".join(f"{kind}: {count}" for kind, count in kinds.items())
    yield f"no claims: {f'all numerals are none ({found})' if found else 'there is no numeral in the text'}"


def references_of(article: Article) -> int:
    """Return where the list of what was read begins, as an offset of the raw text; the text's end if there is none."""
    heads = {head for name in languages() for head in grammar(name).rules.references}
    start = len(article.raw)
    for line in _LINE.finditer(article.raw, len(article.raw) // 2):
        if fold(line[0]).strip(" .:").lower() in heads:
            start = line.start()
    return start


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


def _add_all(
    drafting: _Drafting,
    sentence: Sentence,
    stated: Sequence[Mention],
    mentions: Sequence[Mention],
    dates: dict[str, When],
) -> None:
    """Draft the entries of a sentence."""
    text = drafting.article.clean.text[sentence.clean_start : sentence.clean_end]
    before = drafting.told.get(text, [])
    added: list[_Entry] = []
    for mention in stated:
        if mention.quantity.kind not in DATED:
            first = before[len(added)] if len(added) < len(before) else ""
            latest = added[-1] if added else None
            if entry := _entry(drafting, mention, dates.get(mention.id), sentence, mentions, latest, first):
                added.append(entry)
                drafting.entries.append(entry)
    words = _words(stated[0], drafting.article)
    if any(f" {phrase} " in spelt(sentence, drafting.article, words) for phrase in words.rules.in_order):
        for name, group in groupby(added, key=lambda entry: entry.name):
            of_name = list(group)
            for entry, part in zip(of_name, drafting.names.in_order(name, len(of_name), words), strict=True):
                entry.fields["measure"] = part
    drafting.again += bool(before)
    drafting.told.setdefault(text, [str(entry.fields["id"]) for entry in added])


def _entry(
    drafting: _Drafting,
    mention: Mention,
    when: When | None,
    sentence: Sentence,
    mentions: Sequence[Mention],
    latest: _Entry | None,
    repeats: str,
) -> _Entry | None:
    """Draft the entry of a number, if there are words to find it by."""
    article, quantity = drafting.article, mention.quantity
    section, words = article.section_at(mention.start), _words(mention, article)
    if (anchor := anchor_of(mention, _within(mention, mentions, sentence), section, article)) is None:
        return None
    kind, direction = _kind(mention, latest, sentence, article)
    base = quantity.base if kind == "change" else ""
    if when is not None and when.source and kind == "target":
        when = None
    name = drafting.names.name(
        mention, sentence, mentions[: mentions.index(mention)], latest.name if latest else "", words
    )
    told = [word.value for part in name.split() if (word := words.word(words.spell(part))).role == "+"]
    if kind == "level" and quantity.unit == "ratio" and (told[:1] == ["up"] or told[:1] == ["down"]):
        kind, direction = "change", told[0]
    fields: dict[str, str | int] = {"id": f"claim_{len(drafting.entries) + 1:03d}", "kind": kind}
    fields["measure"] = drafting.names.of_level(name, quantity.unit) if kind in {"level", "target"} else name
    fields["subject"] = article.about.country or ARTICLE
    fields["unit"] = quantity.unit
    falls = direction == "down" and kind == "change" and quantity.value and quantity.value > 0
    fields["value"] = ("-" if falls else "") + f"{quantity.value:f}"
    fields["status"] = "aimed" if kind == "target" else "reported"
    if when is not None:
        fields["period"] = when.iso
    if base:
        fields["base_period"] = base
    if repeats:
        fields["repeats"] = repeats
    fields["section"] = section.id
    fields["anchor"] = anchor.words
    if anchor.occurrence:
        fields["occurrence"] = anchor.occurrence
    drafting.placed.add(mention.id)
    date = when.mention if when else None
    if date and (given := nearest_words(date, _within(date, mentions, sentence), anchor, article)):
        fields["period_anchor"] = given
        drafting.placed.add(date.id)
    return _Entry(fields, _around(anchor, sentence, article), when.source if when else "", mention, name, direction)


def _within(mention: Mention, mentions: Sequence[Mention], sentence: Sentence) -> tuple[int, int]:
    """The span around a mention in its sentence in which no other stands."""
    place = mentions.index(mention)
    start = mentions[place - 1].clean_end if place else sentence.clean_start
    return start, mentions[place + 1].clean_start if place + 1 < len(mentions) else sentence.clean_end


def _around(anchor: Anchor, sentence: Sentence, article: Article) -> str:
    """Return a sentence to be shown; of a long one what is near its number."""
    start, end = max(sentence.clean_start, anchor.start - _SHOWN), min(sentence.clean_end, anchor.end + _SHOWN)
    text = article.clean.text[start:end]
    text = text if start == sentence.clean_start else f"… {text.partition(' ')[2]}"
    return text if end == sentence.clean_end else f"{text.rpartition(' ')[0]} …"


def _kind(mention: Mention, latest: _Entry | None, sentence: Sentence, article: Article) -> tuple[str, str]:
    """Guess the kind of a claim, and the direction of a change.

    A share with a sign is a change, and one without may go on with a change told before it.
    """
    quantity, words = mention.quantity, _words(mention, article)
    # "850 (+19.9%)"
    signed = quantity.kind == "percent" and quantity.text[:1] in "+-−–"
    if signed or quantity.kind in {"percentage_point", "factor"}:
        return "change", quantity.direction
    if quantity.kind == "percent" and latest is not None:
        before, between = latest.mention.quantity, article.clean.text[latest.mention.clean_end : mention.clean_start]
        came_to = before.change == "to" and before.direction
        goes_on = not has_verb(between, words)
        if goes_on and came_to and before.unit == "ratio":
            # "From 8.7 to 6.8 percent, and 5.2 percent in 2024"
            return _KINDS["percent"], before.direction
        changed = came_to or (latest.fields["kind"], before.unit) == ("change", "ratio")
        if goes_on and changed and not quantity.change:
            return "change", latest.direction
    if quantity.kind == "percent" and quantity.change == "by":
        return "change", quantity.direction
    if (
        quantity.kind in _KINDS
        and quantity.change == "by"
        and quantity.direction
        and _is_by(mention, sentence, article)
    ):
        return "change", quantity.direction
    target = quantity.kind in {"money", "measure"} and aimed(spelt(sentence, article, words), words)
    return "target" if target else _KINDS[quantity.kind], quantity.direction


def _is_by(mention: Mention, sentence: Sentence, article: Article) -> bool:
    """Tell whether an amount is by how much something changed: "by 4,300 people", "50,000 fewer"."""
    words, text = _words(mention, article), article.clean.text
    before = WORD.findall(text[sentence.clean_start : mention.clean_start])[-1:]
    after = WORD.findall(text[mention.clean_end : sentence.clean_end])[:1]
    compared = {words.spell(word) for word in after} & {*words.rules.more, *words.rules.less}
    return words.rules.verb_last or words.spell("".join(before)) in words.rules.by or bool(compared)


def _words(mention: Mention, article: Article) -> Grammar:
    return grammar(article.language_at(mention.clean_start))


def _written(drafting: _Drafting, accounted: dict[str, str], notices: Sequence[str]) -> str:
    """Write the file: what to know, entries under their sentences, then what is accounted for."""
    lines = [HEADER.format(article=drafting.article.path.name)]
    lines += [*(_comment(f"# {notice}") for notice in notices), ""] if notices else []
    lines.append("claims:" if drafting.entries else "claims: []")
    for entry in drafting.entries:
        lines.append(_comment(f"  # to be reviewed: {entry.sentence}"))
        lines += [
            f"  {'  ' if number else '- '}{name}: {_scalar(value)}"
            + (f"  # from {entry.period_from}" if name == "period" and entry.period_from else "")
            for number, (name, value) in enumerate(entry.fields.items())
        ]
        lines += ["    reviewed: false", ""]
    if accounted:
        lines.append("accounted:")
        lines += [f"  - {{phrase: {_scalar(phrase)}, reason: {reason}}}" for phrase, reason in accounted.items()]
    return "\n".join(lines).rstrip() + "\n"


def _comment(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _scalar(value: str | int) -> str:
    """Write a text so that YAML reads just that text, whatever stands in it."""
    if isinstance(value, int):
        return str(value)
    if not value.isprintable():
        kept = (char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in value)
        return f'"{"".join(kept)}"'
    plain = re.fullmatch(r"[a-z][a-z_]*", value) and value not in _YAMLWORDS
    return value if plain else "'" + value.replace("'", "''") + "'"
