"""What an entry of a claims file states: where its words stand, and what the code, or a person, reads there."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dalil.claims.entries import ClaimEntry, SetAside
from dalil.claims.mentions import DATED, Mention, interval_of
from dalil.errors import InputError
from dalil.numbers.intervals import Estimate, Rounding, as_printed, decimal, decimal_text, exactly, last_digit
from dalil.numbers.periods import Period, has_year
from dalil.text.article import Article
from dalil.text.cleaning import fold

# A stretch of the cleaned text.
Span = tuple[int, int]
# Which kinds of quantity can be the value of which kind of claim.
_VALUE_KINDS: dict[str, set[str]] = {
    "level": {"money", "measure", "count", "percent"},
    "change": {"percent", "percentage_point", "factor", "money", "measure", "count"},
    "target": {"money", "measure", "count", "percent"},
    "count": {"count"},
    "rank": {"rank"},
    "period": {"period", "date"},
    "date": {"period", "date"},
}


class NotThereError(InputError):
    """An entry quotes what does not stand where it says."""


@dataclass(frozen=True)
class Reading:
    """What is taken for the value of a claim, and the numerals that it was read from."""

    estimate: Estimate | None
    iso: str
    precision: Fraction
    comparator: str
    mentions: list[Mention]
    value: Mention | None


def read_entry(
    entry: ClaimEntry, spans: list[Span], article: Article, mentions: tuple[Mention, ...], rounding: Rounding
) -> Reading:
    """Read what an entry states.

    Parameters
    ----------
    entry, spans
        The entry, and where its words stand (see :func:`spans_of`).
    article, mentions
        The article and its numerals.
    rounding
        How printed numbers are taken to have been rounded.

    Raises
    ------
    InputError
        The entry says otherwise than the text, and no person has read it.
    """
    if entry.read_by:
        return _read_by_person(entry, spans, mentions, rounding)
    return _read_by_code(entry, spans, article, mentions, rounding)


def _read_by_code(
    entry: ClaimEntry, spans: list[Span], article: Article, mentions: tuple[Mention, ...], rounding: Rounding
) -> Reading:
    """Take what the code reads in the words of an entry, which must be what the entry says."""
    start, end = spans[0]
    near = _near(spans, mentions)
    inside = [m for m in near if any(a <= m.clean_start and m.clean_end <= b for a, b in spans)]
    dated = [m for m in inside if m.quantity.kind in DATED]
    value = None
    if entry.reads == "number":
        value = _value_mention(entry, [m for m in inside if start <= m.clean_start and m.clean_end <= end])
    estimate, iso = _read_value(entry, value, article.clean.text[start:end], rounding)
    estimate = _signed(entry, estimate)
    _check_value(entry, estimate, iso)
    _check_periods(entry, dated)
    return Reading(
        estimate,
        iso,
        Fraction(value.quantity.precision) if value else Fraction(0),
        value.quantity.comparator if value else "=",
        [m for m in inside if m is value or m in dated],
        value,
    )


def _read_by_person(entry: ClaimEntry, spans: list[Span], mentions: tuple[Mention, ...], rounding: Rounding) -> Reading:
    """Take what a person has read, which outranks what the code reads; all numerals in the entry's words are its own.

    It is as precise as the number in the text that it is; else its last digit that is no zero counts, and what is
    counted, ranked or aimed at is exact.
    """
    inside = overlapping(spans, mentions)
    if entry.kind in {"date", "period"}:
        try:
            return Reading(None, str(Period.parse(entry.value)), Fraction(0), entry.comparator, inside, None)
        except InputError as error:
            raise InputError(f"value: {error.problems[0]}") from None
    if entry.reads == "nothing":
        return Reading(None, "", Fraction(0), "=", inside, None)
    stated = _stated(entry, "")
    size = abs(stated)
    value = next((m for m in inside if size in {m.quantity.value, m.quantity.low, m.quantity.high}), None)
    precision = Fraction(value.quantity.precision) if value else last_digit(size)
    if entry.kind == "target" or (value is None and entry.kind in {"count", "rank"}) or entry.reads == "list":
        precision = Fraction(0)
    estimate = as_printed(size, precision, entry.comparator, rounding)
    return Reading(estimate.negated() if stated < 0 else estimate, "", precision, entry.comparator, inside, value)


def spans_of(entry: ClaimEntry | SetAside, article: Article) -> list[Span]:
    """Where the words of an entry stand: those that hold its number, and those that give its period."""
    spans = [_find(entry.anchor, entry.section, article, entry.occurrence)]
    if entry.period_anchor:
        near = article.clean.nearest(fold(entry.period_anchor), spans[0][0])
        spans.append(near or _find(entry.period_anchor, entry.section, article))
    return spans


def overlapping(spans: Iterable[Span], mentions: tuple[Mention, ...]) -> list[Mention]:
    """The numerals of which a part stands in some words, but those that explain themselves."""
    return [mention for mention in _near(spans, mentions) if not own_reason(mention)]


def _near(spans: Iterable[Span], mentions: tuple[Mention, ...]) -> list[Mention]:
    """The numerals of which a part stands in some words, in their order."""
    places: set[int] = set()
    for start, end in spans:
        first = bisect_right(mentions, start, key=lambda mention: mention.clean_end)
        places.update(range(first, bisect_left(mentions, end, key=lambda mention: mention.clean_start)))
    return [mentions[place] for place in sorted(places)]


def _find(anchor: str, section: str, article: Article, occurrence: int = 0) -> Span:
    """Find the place in a section where the anchor's words stand, as a span of the cleaned text."""
    known = {s.id: s for s in article.sections}
    if section not in known:
        raise NotThereError(f'there is no section "{section}"; allowed: {", ".join(known)}')
    places = article.clean.places(fold(anchor), known[section].start, known[section].end)
    if not places:
        raise NotThereError(f'the words "{anchor}" do not stand in section "{section}"; {_instead(anchor, article)}')
    times = f'the words "{anchor}" stand {len(places)} times in section "{section}"'
    if len(places) > 1 and not occurrence:
        raise InputError(f"{times}; quote more of them, or say which with occurrence: 1")
    if occurrence > len(places):
        raise InputError(f"{times}; found occurrence: {occurrence}")
    return places[max(0, occurrence - 1)]


# How much of a sentence is shown that an anchor may have been meant to quote.
_SHOWN = 80


def _instead(anchor: str, article: Article) -> str:
    """What to write instead of words that do not stand where they should."""
    if elsewhere := article.clean.places(fold(anchor)):
        section = article.section_at(article.clean.raw_span(*elsewhere[0])[0])
        return f'they stand in section "{section.id}": write that'
    bare = anchor.strip("“”„«»‘’\"'")
    if bare != anchor and article.clean.places(fold(bare)):
        return "they do without the quotation marks: leave those out"
    words = set(fold(anchor).lower().split())
    texts = {s: article.clean.text[s.clean_start : s.clean_end] for s in article.sentences}
    shared = {s: len(words & set(text.lower().split())) for s, text in texts.items()}
    best = max(shared, key=lambda s: shared[s], default=None)
    if best is None or 2 * shared[best] < len(words):
        return "quote the article"
    return f'quote the article; its line {article.line(best.start)} reads "{texts[best][:_SHOWN]}"'


def _value_mention(entry: ClaimEntry, inside: list[Mention]) -> Mention:
    fitting = [m for m in inside if m.quantity.kind in _VALUE_KINDS[entry.kind] and m.quantity.unit == entry.unit]
    if len(fitting) != 1:
        read = (
            ", ".join(f'"{" ".join(m.text.split())}" ({m.quantity.kind}, {m.quantity.unit})' for m in inside)
            or "no number"
        )
        raise InputError(f"the anchor must hold exactly one {entry.kind} in {entry.unit}; the text there reads {read}")
    return fitting[0]


def _read_value(
    entry: ClaimEntry, mention: Mention | None, words: str, rounding: Rounding
) -> tuple[Estimate | None, str]:
    """Return what the text states: an estimate for a number, ISO text for a date or period."""
    if entry.reads == "list":
        return exactly(len([name for name in words.split(",") if name.strip()])), ""
    if mention is None:
        return None, ""
    quantity = mention.quantity
    if quantity.kind in DATED:
        return None, quantity.iso
    estimate = interval_of(quantity, rounding)
    assert estimate is not None
    return (exactly(estimate.value) if entry.kind == "target" and estimate.value else estimate), ""


def _signed(entry: ClaimEntry, estimate: Estimate | None) -> Estimate | None:
    """Turn a change round that the reviewer says is a fall: "fell by 3 per cent" prints no sign."""
    if entry.kind == "change" and estimate and estimate.value and estimate.value > 0 and entry.value.startswith("-"):
        return estimate.negated()
    return estimate


def _check_value(entry: ClaimEntry, estimate: Estimate | None, iso: str) -> None:
    if estimate is None:
        if entry.value != iso and not (has_year(iso) and same_period(entry.value, iso)):
            raise InputError(f'value is "{entry.value}" in the file, "{iso or "no number"}" in the text')
        return
    read = decimal_text(estimate.value)
    if _stated(entry, read) != estimate.value:
        raise InputError(f"value is {entry.value} in the file, {read} in the text")


def _stated(entry: ClaimEntry, read: str) -> Fraction:
    """The number that an entry gives; ``read`` is what the text says, to be told where it is none."""
    try:
        return decimal(entry.value)
    except ValueError as error:
        instead = f"; the text says {read}: write that" if read else "; write one such as 0.16, without unit or spaces"
        raise InputError(f'value "{entry.value}" {error}{instead}') from None


def _check_periods(entry: ClaimEntry, dated: list[Mention]) -> None:
    """Refuse a date in the anchors that is neither the claim's period, its base period nor its value."""
    given = [str(period) for period in (entry.period, entry.base_period) if period]
    for mention in dated:
        iso = mention.quantity.iso
        if has_year(iso) and not any(same_period(one, iso) for one in (*given, entry.value)):
            period, base = entry.period or "", entry.base_period or ""
            raise InputError(
                f'the text says "{" ".join(mention.text.split())}" ({iso}); the file has period "{period}" and base '
                f'period "{base}": write period: {iso}, or base_period: {iso}'
            )


def same_period(written: str, iso: str) -> bool:
    """Tell whether two texts are one date or period, however written; a number is none."""
    try:
        return Period.parse(written) == Period.parse(iso)
    except InputError:
        return False


_REASONS = {"citation": "citation-mark", "ordinal": "ordinal", "identifier": "identifier"}


def own_reason(mention: Mention) -> str:
    """Why a mention is no claim, where that can be seen from itself."""
    return _REASONS.get(mention.quantity.kind, mention.quantity.reason)
