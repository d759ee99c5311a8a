"""Claims: what a reviewer says each number asserts, joined to what the code reads in the text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from dalil.claims.entries import (
    ARTICLE,
    NOT_A_CLAIM,
    AccountedEntry,
    ClaimEntry,
    Entries,
    RatioEntry,
    RelationEntry,
    SetAside,
    read_entries,
)
from dalil.claims.mentions import Mention, read_mentions
from dalil.claims.stated import NotThereError, overlapping, own_reason, read_entry, spans_of
from dalil.errors import DomainError, InputError
from dalil.numbers.amounts import Amount
from dalil.numbers.formulas import names_in, worked_out
from dalil.numbers.intervals import Estimate, Rounding, as_printed
from dalil.numbers.periods import Period, has_year
from dalil.project import shown
from dalil.text.article import Article, Section, Sentence
from dalil.text.cleaning import fold


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
    relations: tuple[RelationEntry, ...] = ()

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
        differs from the text and that no person says to have read, a share of what cannot be shared, a numeral that
        nobody explained, claims of another article.
    """
    return join_claims(read_entries(path), article, read_mentions(article), rounding)


def join_claims(entries: Entries, article: Article, mentions: tuple[Mention, ...], rounding: Rounding) -> Claims:
    """Join entries to the numerals of their article, as :func:`read_claims` does."""
    marks = [mention for mention in mentions if mention.quantity.kind == "citation"]
    claims: dict[str, Claim] = {}
    owners: dict[str, str] = {}
    refused: set[str] = set()
    problems: list[str] = []
    lost = 0
    for place, written in entries.claims:
        subject = written.subject or article.about.country or ARTICLE
        entry = written.model_copy(update={"subject": subject})
        try:
            claim = _claim(entry, article, mentions, marks, rounding)
        except InputError as error:
            problems += [f'{place}: claim "{entry.id}": {problem}' for problem in str(error).splitlines()]
            refused |= _within(entry, article, mentions)
            lost += isinstance(error, NotThereError)
            continue
        claims[entry.id] = claim
        for mention in claim.mentions:
            owners.setdefault(mention, entry.id)
    if 1 < lost == len(entries.claims):
        problem = f"none of its {lost} claims quotes {shown(article.path)}: they are of another article"
        raise InputError.of(entries.where, [problem], then="Give the article that they quote, or draft claims of this.")
    aside = _set_aside(entries.aside, article, mentions, problems)
    _check_ratios(entries.ratios, claims, problems)
    _check_relations(entries.relations, claims, problems)
    unclaimed = [m for m in mentions if m.id not in owners and m.id not in aside]
    wrong = len(problems)
    idle = _check_accounted(entries.accounted, article, unclaimed, mentions, problems)
    phrases = [entry for _, entry in entries.accounted]
    explained = tuple(
        mention.explained(
            owners.get(mention.id, ""), aside.get(mention.id) or _reason(article, mention, phrases), rounding
        )
        for mention in mentions
    )
    unexplained = tuple(m for m in explained if not m.claim_id and not m.reason and m.id not in refused)
    problems += [
        f'{shown(article.path)}, line {m.line}: nobody explained "{" ".join(m.text.split())}"' for m in unexplained
    ]
    if problems:
        if wrong:
            raise InputError.of(entries.where, problems, then=_THEN)
        unsettled = AccountError(str(InputError.of(entries.where, problems, then=_THEN)))
        unsettled.problems, unsettled.idle, unsettled.unexplained = tuple(problems), idle, unexplained
        raise unsettled
    ratios, relations = [entry for _, entry in entries.ratios], [entry for _, entry in entries.relations]
    return Claims(claims, tuple(ratios), explained, tuple(relations))


_THEN = (
    "Mend the entry, or account for the numeral. What you read otherwise than the program stands with read_by: person "
    "and why: …; what is no claim with kind: none."
)


class AccountError(InputError):
    """All claims are as they should be, but some numerals are explained by nothing, or some phrases explain nothing."""

    idle: tuple[str, ...] = ()
    unexplained: tuple[Mention, ...] = ()


def _set_aside(
    aside: list[tuple[str, SetAside]], article: Article, mentions: tuple[Mention, ...], problems: list[str]
) -> dict[str, str]:
    """Say of each numeral in the words of an entry that is no claim why it is none."""
    reasons: dict[str, str] = {}
    for place, entry in aside:
        try:
            reasons |= {m.id: entry.why or NOT_A_CLAIM for m in overlapping(spans_of(entry, article), mentions)}
        except InputError as error:
            problems.append(f'{place}: "{entry.id}" (kind: none): {error}')
    return reasons


def _check_ratios(ratios: list[tuple[str, RatioEntry]], claims: dict[str, Claim], problems: list[str]) -> None:
    """Refuse shares of claims without a number or in two units."""
    for place, ratio in ratios:
        part, whole = claims.get(ratio.part), claims.get(ratio.whole)
        if part is None or whole is None:
            continue
        problems += [
            f'{place}: ratio "{ratio.id}": claim "{claim.id}" states no number'
            for claim in (part, whole)
            if claim.estimate is None
        ]
        if part.entry.unit != whole.entry.unit:
            problems.append(
                f'{place}: ratio "{ratio.id}": {part.id} is in {part.entry.unit}, {whole.id} in {whole.entry.unit}'
            )


def _check_relations(relations: list[tuple[str, RelationEntry]], claims: dict[str, Claim], problems: list[str]) -> None:
    """Refuse formulas of claims that state no number, or whose numbers have no sum or quotient."""
    for place, relation in relations:
        names = names_in(relation.equals)
        if not {relation.claim, *names} <= set(claims):
            continue
        try:
            claims[relation.claim].known  # noqa: B018
            worked_out(relation.equals, {name: claims[name].amount for name in names}).estimate  # noqa: B018
        except (InputError, DomainError) as error:
            problems.append(f"{place}: relation of {relation.claim}: {' '.join(str(error).split())}")


def _check_accounted(
    accounted: list[tuple[str, AccountedEntry]],
    article: Article,
    unclaimed: list[Mention],
    mentions: tuple[Mention, ...],
    problems: list[str],
) -> tuple[str, ...]:
    """Refuse phrases that begin no numeral, or only ones that are explained without them; return those."""
    idle = []
    for place, entry in accounted:
        if not any(_begins(article, mention, entry.phrase) for mention in mentions):
            problems.append(f'{place}: no numeral begins "{entry.phrase}"')
        elif not any(_begins(article, m, entry.phrase) and not own_reason(m) for m in unclaimed):
            problems.append(f'{place}: every numeral that begins "{entry.phrase}" is explained without it')
        else:
            continue
        idle.append(entry.phrase)
    return tuple(idle)


def _within(entry: ClaimEntry, article: Article, mentions: tuple[Mention, ...]) -> set[str]:
    """The mentions in the words of an entry, wherever those stand, and those that are its number or its periods.

    Where it is refused, that says enough of them.
    """
    spans = [
        span for words in (entry.anchor, entry.period_anchor) if words for span in article.clean.places(fold(words))
    ]
    given = {entry.value.removeprefix("-"), str(entry.period or ""), str(entry.base_period or "")} - {""}
    return {
        m.id
        for m in mentions
        if any(a <= m.clean_start and m.clean_end <= b for a, b in spans)
        or (m.quantity.iso or f"{m.quantity.value or 0:f}") in given
    }


def _claim(
    entry: ClaimEntry, article: Article, mentions: tuple[Mention, ...], marks: Sequence[Mention], rounding: Rounding
) -> Claim:
    """Join an entry to the text, or raise with what does not fit."""
    spans = spans_of(entry, article)
    read = read_entry(entry, spans, article, mentions, rounding)
    sentence = article.sentence_at(spans[0][0])
    first = read.value.id if read.value else ""
    return Claim(
        entry=entry,
        estimate=read.estimate,
        iso=read.iso,
        precision=read.precision,
        comparator=read.comparator,
        section=article.section_at(sentence.start),
        sentence=sentence,
        line_start=article.line(sentence.start),
        line_end=article.line(sentence.end - 1),
        quote=article.raw[sentence.start : sentence.end],
        citation=_citation(article, marks, sentence),
        mentions=tuple(sorted((m.id for m in read.mentions), key=lambda name: (bool(first) and name != first, name))),
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
    return own_reason(mention) or next(
        (entry.reason for entry in accounted if _begins(article, mention, entry.phrase)), ""
    )
