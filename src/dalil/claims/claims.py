"""Claims: what a reviewer says each number asserts, joined to what the code reads in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from dalil.claims.mentions import Mention, interval_of, read_mentions
from dalil.errors import InputError, nearest
from dalil.numbers.intervals import Estimate, Rounding, decimal_text, exactly
from dalil.numbers.periods import bounds, has_year
from dalil.project import shown
from dalil.text.article import Article, Section, Sentence
from dalil.text.cleaning import fold
from dalil.text.grammar import units
from dalil.yamlfile import line_of, read_yaml

Kind = Literal["level", "change", "target", "count", "rank", "period", "date"]
Status = Literal["reported", "agreed", "aimed"]

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
_DATED = {"period", "date"}

E = TypeVar("E", bound=BaseModel)


class ClaimEntry(BaseModel):
    """One entry of ``claims.yml``, as a reviewer wrote it; fields as explained at the top of that file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Kind
    measure: str
    subject: str
    unit: str
    value: str = ""
    status: Status
    period: str = ""
    base_period: str = ""
    section: str
    anchor: str = Field(pattern=r"\w")
    period_anchor: str = ""
    reads: Literal["number", "list", "nothing"] = "number"
    repeats: str = ""
    counts: tuple[str, ...] = ()
    follows: str = ""
    ends_with: str = ""
    reviewed: bool = True
    leaves_open: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("unit")
    @classmethod
    def _is_unit(cls, value: str) -> str:
        if value not in units():
            raise ValueError(nearest(value, units()))
        return value

    @field_validator("period", "base_period")
    @classmethod
    def _is_period(cls, value: str) -> str:
        try:
            if value:
                bounds(value)
        except InputError as error:
            raise ValueError("; ".join(error.problems)) from None
        return value


class RatioEntry(BaseModel):
    """A share to work out: the claim that is the part, the claim that is the whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    part: str
    whole: str
    inside: bool


class AccountedEntry(BaseModel):
    """Words that begin with a numeral that states no quantity of its own, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrase: str = Field(pattern=r"\w")
    reason: str = Field(min_length=1)


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
    data = read_yaml(path)
    listed = data.get("claims", "") if isinstance(data, dict) else ""
    if listed is not None and not isinstance(listed, list):
        raise InputError.of(
            shown(path), ["it has no list of claims"], then='Start the file with "claims:"; without any, "claims: []".'
        )
    listed = listed or []
    problems: list[str] = []
    if unknown := sorted(str(part) for part in set(data) - {"claims", "ratios", "accounted"}):
        problems.append(f"unknown part: {', '.join(unknown)}; allowed: claims, ratios, accounted")
    entries = _entries(ClaimEntry, listed, problems)
    ratios = _entries(RatioEntry, data.get("ratios") or [], problems)
    accounted = _entries(AccountedEntry, data.get("accounted") or [], problems)
    named = {str(raw["id"]) for raw in listed if isinstance(raw, dict) and "id" in raw}
    _check_names(entries, ratios, named, problems)
    _check_units(entries, problems)
    if problems:
        raise InputError.of(shown(path), problems, then="Mend these entries; the top of the file explains each field.")

    mentions = read_mentions(article)
    claims: dict[str, Claim] = {}
    owners: dict[str, str] = {}
    refused: set[str] = set()
    for line, entry in entries:
        try:
            claim = _claim(entry, article, mentions, rounding)
        except InputError as error:
            problems += [f'line {line}: claim "{entry.id}": {problem}' for problem in str(error).splitlines()]
            refused |= _within(entry, article, mentions)
            continue
        claims[entry.id] = claim
        for mention in claim.mentions:
            owners.setdefault(mention, entry.id)
    _check_ratios(ratios, claims, problems)
    for line, known in accounted:
        begun = [mention for mention in mentions if _begins(article, mention, known.phrase)]
        if not begun:
            problems.append(f'line {line}: no numeral begins "{known.phrase}"')
        elif all(mention.id in owners or _own_reason(mention) for mention in begun):
            problems.append(f'line {line}: every numeral that begins "{known.phrase}" is explained without it')
    phrases = [entry for _, entry in accounted]
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
    return Claims(claims, tuple(entry for _, entry in ratios), explained)


def _entries(model: type[E], data: Any, problems: list[str]) -> list[tuple[int, E]]:
    """Check entries against their model, each with its line; add what is wrong to ``problems``."""
    entries: list[tuple[int, E]] = []
    if not isinstance(data, list):
        problems.append(f"found {data!r} where a list of entries is expected")
        return entries
    for number, raw in enumerate(data):
        line = line_of(data, number)
        try:
            entries.append((line, model.model_validate(raw, strict=False)))
        except ValidationError as error:
            name = raw.get("id", "") if isinstance(raw, dict) else ""
            for detail in error.errors():
                field = ".".join(str(part) for part in detail["loc"])
                at = line_of(raw, detail["loc"][0]) if detail["loc"] else 0
                found = "" if detail["type"] == "missing" else f", found {detail['input']!r}"
                message = str(detail["msg"]).removeprefix("Value error, ").replace("Input should be ", "allowed: ")
                problems.append(f"line {at or line}: {name or 'entry'}: {field}: {message}{found}")
    return entries


def _check_names(
    entries: list[tuple[int, ClaimEntry]], ratios: list[tuple[int, RatioEntry]], names: set[str], problems: list[str]
) -> None:
    """Refuse names given twice and references to none of ``names``, those of malformed entries included."""
    seen: dict[str, int] = {}
    for line, name in [(line, entry.id) for line, entry in entries] + [(line, ratio.id) for line, ratio in ratios]:
        if name in seen:
            problems.append(f'line {line}: id "{name}" is taken by line {seen[name]}')
        seen.setdefault(name, line)
    references = [
        (line, name) for line, e in entries for name in (e.repeats, e.follows, e.ends_with, *e.counts) if name
    ] + [(line, name) for line, ratio in ratios for name in (ratio.part, ratio.whole)]
    problems += [f'line {line}: there is no claim "{name}"' for line, name in references if name not in names]


def _check_units(entries: list[tuple[int, ClaimEntry]], problems: list[str]) -> None:
    """Refuse levels and targets of one measure in two units: neither could be counted from the other."""
    first: dict[tuple[str, str], tuple[int, ClaimEntry]] = {}
    for line, entry in entries:
        if entry.kind in {"level", "target"}:
            at, known = first.setdefault((entry.measure, entry.subject), (line, entry))
            if entry.unit != known.unit:
                problems.append(
                    f'line {line}: claim "{entry.id}": the measure "{entry.measure}" of "{entry.subject}" is in '
                    f'{entry.unit} here and in {known.unit} in "{known.id}" (line {at}); name another measure'
                )


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


def _within(entry: ClaimEntry, article: Article, mentions: tuple[Mention, ...]) -> set[str]:
    """The mentions in the words of an entry, wherever those stand; where it is refused, that says enough of them."""
    spans = [
        match.span()
        for words in (entry.anchor, entry.period_anchor)
        if words
        for match in re.finditer(re.escape(fold(words)), article.clean.text)
    ]
    return {m.id for m in mentions if any(a <= m.clean_start and m.clean_end <= b for a, b in spans)}


def _claim(entry: ClaimEntry, article: Article, mentions: tuple[Mention, ...], rounding: Rounding) -> Claim:
    """Join an entry to the text, or raise with what does not fit."""
    start, end = _find(entry.anchor, entry.section, article)
    spans = [(start, end)]
    if entry.period_anchor:
        spans.append(_find(entry.period_anchor, entry.section, article))
    inside = [m for m in mentions if any(a <= m.clean_start and m.clean_end <= b for a, b in spans)]
    if entry.reads == "number":
        value = _value_mention(entry, [m for m in inside if start <= m.clean_start and m.clean_end <= end])
        inside = [m for m in inside if m is value or m.quantity.kind in _DATED]
    else:
        value = None
        inside = [m for m in inside if m.quantity.kind in _DATED]
    estimate, iso = _read_value(entry, value, article.clean.text[start:end], rounding)
    estimate = _signed(entry, estimate)
    _check_value(entry, estimate, iso)
    _check_periods(entry, [m for m in inside if m.quantity.kind in _DATED])
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
        citation=_citation(article, mentions, sentence),
        mentions=tuple(sorted((m.id for m in inside), key=lambda name: (value is None or name != value.id, name))),
    )


def _find(anchor: str, section: str, article: Article) -> tuple[int, int]:
    """Find the one place in a section where the anchor's words stand, as a span of the cleaned text."""
    known = {s.id: s for s in article.sections}
    if section not in known:
        raise InputError(f'there is no section "{section}"; allowed: {", ".join(known)}')
    bounds_ = known[section]
    places = [
        (match.start(), match.end())
        for match in re.finditer(re.escape(fold(anchor)), article.clean.text)
        if bounds_.start <= article.clean.starts[match.start()] < bounds_.end
    ]
    if not places:
        raise InputError(f'the words "{anchor}" do not stand in section "{section}"; quote the article')
    if len(places) > 1:
        raise InputError(f'the words "{anchor}" stand {len(places)} times in section "{section}"; quote more of them')
    return places[0]


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
    if quantity.kind in _DATED:
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
        stated = Fraction(Decimal(entry.value))
    except (InvalidOperation, ValueError, OverflowError):
        raise InputError(f'value "{entry.value}" is not a decimal number') from None
    if stated != estimate.value:
        raise InputError(f"value is {entry.value} in the file, {decimal_text(estimate.value)} in the text")


def _check_periods(entry: ClaimEntry, dated: list[Mention]) -> None:
    """Refuse a date in the anchors that is neither the claim's period, its base period nor its value."""
    stated = {entry.period, entry.base_period, entry.value}
    for mention in dated:
        if has_year(mention.quantity.iso) and mention.quantity.iso not in stated:
            raise InputError(
                f'the text says "{" ".join(mention.text.split())}" ({mention.quantity.iso}); '
                f'the file has period "{entry.period}" and base period "{entry.base_period}"'
            )


def _citation(article: Article, mentions: tuple[Mention, ...], sentence: Sentence) -> str:
    """The mark that closes the passage: the first one after the sentence's start, in its section."""
    section = article.section_at(sentence.start)
    for mention in mentions:
        if mention.quantity.kind == "citation" and sentence.start <= mention.start < section.end:
            return mention.text
    return ""


def _begins(article: Article, mention: Mention, phrase: str) -> bool:
    """Tell whether a phrase begins at a mention and holds all of it; its last word may carry an ending."""
    words = fold(phrase).lower()
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
