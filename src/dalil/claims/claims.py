"""Claims: what a reviewer says each number asserts, joined to what the code reads in the text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from dalil.claims.entries import AccountedEntry, ClaimEntry, RatioEntry, read_entries
from dalil.claims.mentions import DATED, Mention, interval_of, read_mentions, within
from dalil.errors import InputError
from dalil.numbers.amounts import Amount
from dalil.numbers.intervals import Estimate, Rounding, as_printed, decimal, decimal_text, exactly
from dalil.numbers.periods import Period, has_year
from dalil.project import shown
from dalil.text.article import Article, Section, Sentence
from dalil.text.cleaning import fold

# Which kinds of quantity can be the value of which kind of claim.
_VALUE_KINDS: dict[str, set[str]] = {
    "level": {"money", "measure", "count", "percent"},
    "change": {"percent", "percentage_point", "factor"},
    "target": {"money", "measure", "count", "percent"},
    "count": {"count"},
    "rank": {"rank"},
    "period": {"period", "date"},
    "date": {"period", "date"},
}


@dataclass(frozen=True)
class Claim:
    """A claim with its value as read, the interval its printing allows, and its sentence in the raw file."""

    entry: ClaimEntry
    estimate: Estimate | None
    iso: str
    precision: Fraction
    comparator: str
    section: Section
    sentence: Sentence
    line_start: int
    line_end: int
    quote: str
    citation: str
    mentions: tuple[str, ...]

    @property
    def id(self) -> str:
        """The claim's name."""
        return self.entry.id

    @property
    def known(self) -> Estimate:
        """The estimate of a claim that states a number."""
        if self.estimate is None:
            raise InputError.of(f"claim {self.id}", ["it states no number, so nothing can be worked out from it"])
        return self.estimate

    @property
    def amount(self) -> Amount:
        """The number of a claim that states one, as formulas start from it."""
        return Amount.leaf("claim", self.id, self.known, self.entry.unit)

    def rounded(self, rounding: Rounding) -> Amount:
        """Take its printed number for what it may stand for under one way of rounding."""
        value = self.known.value
        assert value is not None
        estimate = as_printed(value, self.precision, self.comparator, rounding)
        return Amount.leaf("claim", self.id, estimate, self.entry.unit)

    @property
    def period(self) -> Period:
        """The period of a claim that gives one."""
        return self._given(self.entry.period, "period")

    @property
    def base_period(self) -> Period:
        """The base period of a claim that gives one."""
        return self._given(self.entry.base_period, "base period")

    @property
    def date(self) -> Period | None:
        """The date or period that the claim states, where it says in which year."""
        return Period.parse(self.iso) if has_year(self.iso) else None

    def is_about(self, measure: str, subject: str) -> bool:
        """Tell whether the claim is about a measure of a subject."""
        return (self.entry.measure, self.entry.subject) == (measure, subject)

    def is_like(self, other: "Claim") -> bool:
        """Tell whether two claims are about one measure of one subject."""
        return self.is_about(other.entry.measure, other.entry.subject)

    def _given(self, period: Period | None, name: str) -> Period:
        if period is None:
            raise InputError.of(f"claim {self.id}", [f"it gives no {name}"])
        return period


@dataclass(frozen=True)
class Claims:
    """All claims of an article by name, the shares to work out, and the account of every numeral."""

    claims: dict[str, Claim]
    ratios: tuple[RatioEntry, ...]
    mentions: tuple[Mention, ...]

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims.values())

    def __getitem__(self, claim_id: str) -> Claim:
        return self.claims[claim_id]

    def first_of(self, claim: Claim) -> Claim:
        """The claim whose number or date another states again, be it in several steps; itself where it does not."""
        chain = [claim]
        while (before := self.claims.get(chain[-1].entry.repeats)) is not None and before not in chain:
            if (before.estimate, before.iso) != (claim.estimate, claim.iso):
                break
            chain.append(before)
        return chain[-1]


def read_claims(path: Path, article: Article, rounding: Rounding) -> Claims:
    """Read the claims of an article and account for each of its numerals.

    Parameters
    ----------
    path
        The claims file.
    article
        The article it is about.
    rounding
        How printed numbers are taken to have been rounded.

    Raises
    ------
    InputError
        With every problem found: an entry that is not well formed, a name given twice or not known, levels
        of one measure in two units, an anchor that is not there or not alone, a value or period that
        differs from the text, a share of what cannot be shared, a numeral that nobody explained.
    """
    entries = read_entries(path)
    mentions = read_mentions(article)
    marks = [mention for mention in mentions if mention.quantity.kind == "citation"]
    claims: dict[str, Claim] = {}
    owners: dict[str, str] = {}
    refused: set[str] = set()
    problems: list[str] = []
    for line, entry in entries.claims:
        try:
            claim = _claim(entry, article, mentions, marks, rounding)
        except InputError as error:
            problems += [f'line {line}: claim "{entry.id}": {problem}' for problem in str(error).splitlines()]
            refused |= _within(entry, article, mentions)
            continue
        claims[entry.id] = claim
        for mention in claim.mentions:
            owners.setdefault(mention, entry.id)
    _check_ratios(entries.ratios, claims, problems)
    _check_accounted(entries.accounted, article, [m for m in mentions if m.id not in owners], mentions, problems)
    phrases = [entry for _, entry in entries.accounted]
    explained = tuple(
        mention.explained(owners.get(mention.id, ""), _reason(article, mention, phrases), rounding)
        for mention in mentions
    )
    problems += [
        f'{shown(article.path)}, line {m.line}: nobody explained "{" ".join(m.text.split())}"'
        for m in explained
        if not m.claim_id and not m.reason and m.id not in refused
    ]
    if problems:
        raise InputError.of(shown(path), problems, then="Mend the entry, or account for the numeral.")
    return Claims(claims, tuple(entry for _, entry in entries.ratios), explained)


def _check_ratios(ratios: list[tuple[int, RatioEntry]], claims: dict[str, Claim], problems: list[str]) -> None:
    """Refuse shares of claims without a number or in two units."""
    for line, ratio in ratios:
        part, whole = claims.get(ratio.part), claims.get(ratio.whole)
        if part is None or whole is None:
            continue
        problems += [
            f'line {line}: ratio "{ratio.id}": claim "{claim.id}" states no number'
            for claim in (part, whole)
            if claim.estimate is None
        ]
        if part.entry.unit != whole.entry.unit:
            problems.append(
                f'line {line}: ratio "{ratio.id}": {part.id} is in {part.entry.unit}, {whole.id} in {whole.entry.unit}'
            )


def _check_accounted(
    accounted: list[tuple[int, AccountedEntry]],
    article: Article,
    unclaimed: list[Mention],
    mentions: tuple[Mention, ...],
    problems: list[str],
) -> None:
    """Refuse phrases that begin no numeral, or only ones that are explained without them."""
    for line, entry in accounted:
        if not any(_begins(article, mention, entry.phrase) for mention in mentions):
            problems.append(f'line {line}: no numeral begins "{entry.phrase}"')
        elif not any(_begins(article, m, entry.phrase) and not _own_reason(m) for m in unclaimed):
            problems.append(f'line {line}: every numeral that begins "{entry.phrase}" is explained without it')


def _within(entry: ClaimEntry, article: Article, mentions: tuple[Mention, ...]) -> set[str]:
    """The mentions in the words of an entry, wherever those stand; where it is refused, that says enough of them."""
    spans = [
        span for words in (entry.anchor, entry.period_anchor) if words for span in article.clean.places(fold(words))
    ]
    return {m.id for span in spans for m in within(mentions, *span)}


def _claim(
    entry: ClaimEntry, article: Article, mentions: tuple[Mention, ...], marks: Sequence[Mention], rounding: Rounding
) -> Claim:
    """Join an entry to the text, or raise with what does not fit."""
    start, end = _find(entry.anchor, entry.section, article, entry.occurrence)
    spans = [(start, end)]
    if entry.period_anchor:
        near = article.clean.nearest(fold(entry.period_anchor), start)
        spans.append(near or _find(entry.period_anchor, entry.section, article))
    inside = [*{m.id: m for span in spans for m in within(mentions, *span)}.values()]
    if entry.reads == "number":
        value = _value_mention(entry, [m for m in inside if start <= m.clean_start and m.clean_end <= end])
        inside = [m for m in inside if m is value or m.quantity.kind in DATED]
    else:
        value = None
        inside = [m for m in inside if m.quantity.kind in DATED]
    estimate, iso = _read_value(entry, value, article.clean.text[start:end], rounding)
    estimate = _signed(entry, estimate)
    _check_value(entry, estimate, iso)
    _check_periods(entry, [m for m in inside if m.quantity.kind in DATED])
    sentence = article.sentence_at(start)
    return Claim(
        entry=entry,
        estimate=estimate,
        iso=iso,
        precision=Fraction(value.quantity.precision) if value else Fraction(0),
        comparator=value.quantity.comparator if value else "=",
        section=article.section_at(sentence.start),
        sentence=sentence,
        line_start=article.line(sentence.start),
        line_end=article.line(sentence.end - 1),
        quote=article.raw[sentence.start : sentence.end],
        citation=_citation(article, marks, sentence),
        mentions=tuple(sorted((m.id for m in inside), key=lambda name: (value is None or name != value.id, name))),
    )


def _find(anchor: str, section: str, article: Article, occurrence: int = 0) -> tuple[int, int]:
    """Find the place in a section where the anchor's words stand, as a span of the cleaned text."""
    known = {s.id: s for s in article.sections}
    if section not in known:
        raise InputError(f'there is no section "{section}"; allowed: {", ".join(known)}')
    places = article.clean.places(fold(anchor), known[section].start, known[section].end)
    if not places:
        raise InputError(f'the words "{anchor}" do not stand in section "{section}"; quote the article')
    times = f'the words "{anchor}" stand {len(places)} times in section "{section}"'
    if len(places) > 1 and not occurrence:
        raise InputError(f"{times}; quote more of them, or say which with occurrence: 1")
    if occurrence > len(places):
        raise InputError(f"{times}; found occurrence: {occurrence}")
    return places[max(0, occurrence - 1)]


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
        if entry.value != iso:
            raise InputError(f'value is "{entry.value}" in the file, "{iso or "no number"}" in the text')
        return
    try:
        stated = decimal(entry.value)
    except ValueError as error:
        raise InputError(f'value "{entry.value}" {error}') from None
    if stated != estimate.value:
        raise InputError(f"value is {entry.value} in the file, {decimal_text(estimate.value)} in the text")


def _check_periods(entry: ClaimEntry, dated: list[Mention]) -> None:
    """Refuse a date in the anchors that is neither the claim's period, its base period nor its value."""
    period, base = (str(given or "") for given in (entry.period, entry.base_period))
    for mention in dated:
        if has_year(mention.quantity.iso) and mention.quantity.iso not in {period, base, entry.value}:
            raise InputError(
                f'the text says "{" ".join(mention.text.split())}" ({mention.quantity.iso}); '
                f'the file has period "{period}" and base period "{base}"'
            )


def _citation(article: Article, marks: Sequence[Mention], sentence: Sentence) -> str:
    """The mark that closes the passage: the first one after the sentence's start, in its section."""
    section, first = article.section_at(sentence.start), bisect_left(marks, sentence.start, key=lambda m: m.start)
    return marks[first].text if first < len(marks) and marks[first].start < section.end else ""


@lru_cache(maxsize=100_000)
def _folded(phrase: str) -> str:
    return fold(phrase).lower()


def _begins(article: Article, mention: Mention, phrase: str) -> bool:
    """Tell whether a phrase begins at a mention and holds all of it; its last word may carry an ending."""
    words = _folded(phrase)
    start = mention.clean_start
    return article.clean.text[start : start + len(words)].lower() == words and start + len(words) >= mention.clean_end


def _reason(article: Article, mention: Mention, accounted: list[AccountedEntry]) -> str:
    return _own_reason(mention) or next(
        (entry.reason for entry in accounted if _begins(article, mention, entry.phrase)), ""
    )


_REASONS = {"citation": "citation-mark", "ordinal": "ordinal", "identifier": "identifier"}


def _own_reason(mention: Mention) -> str:
    """Why a mention is no claim, where that can be seen from itself."""
    return _REASONS.get(mention.quantity.kind, mention.quantity.reason)
