"""The file of claims: what a reviewer may write of each number, and the checks that need no text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from dalil.errors import InputError, nearest
from dalil.numbers.formulas import names_in
from dalil.numbers.periods import Period
from dalil.project import shown
from dalil.text.bound import Texts, check_all
from dalil.text.currencies import all_codes
from dalil.text.grammar import units
from dalil.yamlfile import place_of, read_yaml

Kind = Literal["level", "change", "target", "count", "rank", "period", "date"]
Status = Literal["reported", "agreed", "aimed"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
# The kind of an entry whose numerals state nothing, and the reason that is then given for them.
NONE, NOT_A_CLAIM = "none", "not-a-claim"
# Whom a claim is about that names no subject, in an article that is of no country.
ARTICLE = "article"
PeriodField = Annotated[
    Period | None,
    BeforeValidator(Period.optional),
    WithJsonSchema(
        {
            "type": ["string", "integer", "null"],
            "description": "ISO 8601: a day, a month, a year, 2022-Q3, 2022-H1, or two of them with /",
        }
    ),
]
# What YAML may take for a number is kept as it was written.
Written = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]

E = TypeVar("E", bound=BaseModel)


def known_units() -> frozenset[str]:
    """Name the units that need no explanation: what is read in some language, an index, every currency.

    Examples
    --------
    >>> {"USD", "SGD", "person", "index"} <= known_units(), "people" in known_units()
    (True, False)
    """
    return units() | all_codes() | {"index"}


class ClaimEntry(BaseModel):
    """One entry of ``claims.yml``, as a reviewer wrote it; fields as explained at the top of that file.

    What a person has read (``read_by``), and says why, is not held against what the code reads.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    read_by: Literal["", "person"] = ""
    why: str = Field(default="", validate_default=True)
    kind: Kind
    measure: str
    subject: str = ""
    unit: str = Field(json_schema_extra=lambda schema: schema.update(examples=[*sorted(known_units())]))
    value: Written = ""
    comparator: Comparator = "="
    status: Status
    period: PeriodField = None
    base_period: PeriodField = None
    section: str
    anchor: str = Field(pattern=r"\S")
    occurrence: int = Field(default=0, ge=0)
    period_anchor: str = ""
    reads: Literal["number", "list", "nothing"] = "number"
    repeats: str = ""
    counts: tuple[str, ...] = ()
    follows: str = ""
    ends_with: str = ""
    reviewed: bool = True
    leaves_open: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    statement: Texts = Field(default_factory=dict)
    weight: int = Field(default=2, ge=1, le=3)

    @field_validator("why")
    @classmethod
    def _is_explained(cls, value: str, about: ValidationInfo) -> str:
        if bool(value.strip()) != bool(about.data.get("read_by")):
            raise ValueError('"read_by: person" and "why: …" go together: say why a person reads it otherwise')
        return value

    @field_validator("unit")
    @classmethod
    def _is_unit(cls, value: str, about: ValidationInfo) -> str:
        if not value.strip() or (value not in known_units() and not about.data.get("read_by")):
            raise ValueError(f"{_nearest_unit(value)}; one of your own needs read_by: person and why")
        return value

    @field_validator("comparator")
    @classmethod
    def _is_of_a_person(cls, value: str, about: ValidationInfo) -> str:
        if value != "=" and not about.data.get("read_by"):
            raise ValueError("it is read from the text; only beside read_by: person can it be given")
        return value

    @field_validator("statement")
    @classmethod
    def _is_bound(cls, value: dict[str, str], about: ValidationInfo) -> dict[str, str]:
        states, dated = about.data.get("reads") != "nothing", about.data.get("unit") == "date"
        given = {"value": states, "number": states and not dated}
        given |= {name: bool(about.data.get(name)) for name in ("period", "base_period")}
        check_all(value, [name for name, there in given.items() if there])
        return value


class SetAside(BaseModel):
    """An entry that a reviewer has made no claim with one word, ``kind: none``; what else was drafted may stay."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    kind: Literal["none"]
    section: str
    anchor: str = Field(pattern=r"\S")
    occurrence: int = 0
    period_anchor: str = ""
    why: str = ""


class RatioEntry(BaseModel):
    """A share to work out: the claim that is the part, the claim that is the whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    part: str
    whole: str
    inside: bool


class RelationEntry(BaseModel):
    """A number that a reviewer says is worked out from others: a claim, and a formula of claims that it equals."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str
    equals: str

    @field_validator("equals")
    @classmethod
    def _is_formula(cls, value: str) -> str:
        names_in(value)
        return value


class AccountedEntry(BaseModel):
    """Words that begin with a numeral that states no quantity of its own, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrase: str = Field(pattern=r"\S")
    reason: str = Field(min_length=1)


class ClaimsFile(BaseModel):
    """A claims file as a whole; :func:`read_entries` reads it entry by entry, so that each problem has its line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claims: list[ClaimEntry | SetAside]
    ratios: list[RatioEntry] = []
    relations: list[RelationEntry] = []
    accounted: list[AccountedEntry] = []


@dataclass(frozen=True)
class Entries:
    """All entries of a claims file, each with its place there, and what the file is called."""

    where: str
    claims: list[tuple[str, ClaimEntry]] = field(default_factory=list)
    aside: list[tuple[str, SetAside]] = field(default_factory=list)
    ratios: list[tuple[str, RatioEntry]] = field(default_factory=list)
    relations: list[tuple[str, RelationEntry]] = field(default_factory=list)
    accounted: list[tuple[str, AccountedEntry]] = field(default_factory=list)


def read_entries(path: Path) -> Entries:
    """Read a claims file and check what can be checked without the article.

    Raises
    ------
    InputError
        With every problem found: an entry that is not well formed, a name given twice or not known, levels of one
        measure in two units.
    """
    return entries_of(read_yaml(path, as_written=True), shown(path))


def entries_of(data: Any, where: str) -> Entries:
    """Check what a claims file holds, as :func:`read_entries` does.

    Parameters
    ----------
    data
        Mappings and lists that know the places of their entries (see :func:`dalil.yamlfile.place_of`).
    where
        What they are called in errors.
    """
    written = data.get("claims", "") if isinstance(data, dict) else ""
    if written is not None and not isinstance(written, list):
        raise InputError.of(
            where, ["it has no list of claims"], then='Start the file with "claims:"; without any, "claims: []".'
        )
    problems: list[str] = []
    if unknown := sorted(str(part) for part in set(data) - set(ClaimsFile.model_fields)):
        problems.append(f"unknown part: {', '.join(unknown)}; allowed: {', '.join(ClaimsFile.model_fields)}")
    placed = _placed(written or [], problems)
    aside = [(place, raw) for place, raw in placed if isinstance(raw, dict) and raw.get("kind") == NONE]
    entries = Entries(
        where,
        _entries(ClaimEntry, [pair for pair in placed if pair not in aside], problems),
        _entries(SetAside, aside, problems),
        _entries(RatioEntry, _placed(data.get("ratios") or [], problems), problems),
        _entries(RelationEntry, _placed(data.get("relations") or [], problems), problems),
        _entries(AccountedEntry, _placed(data.get("accounted") or [], problems), problems),
    )
    names = {str(raw["id"]) for _, raw in placed if isinstance(raw, dict) and "id" in raw}
    _check_names(entries, names, problems)
    _check_units(entries.claims, problems)
    if problems:
        raise InputError.of(where, problems, then="Mend these entries; the top of the file explains each field.")
    return entries


def _placed(data: Any, problems: list[str]) -> list[tuple[str, Any]]:
    """List entries with their places."""
    if not isinstance(data, list):
        problems.append(f"found {data!r} where a list of entries is expected")
        return []
    return [(place_of(data, number), raw) for number, raw in enumerate(data)]


def _entries(model: type[E], placed: Iterable[tuple[str, Any]], problems: list[str]) -> list[tuple[str, E]]:
    """Check entries against their model; add what is wrong to ``problems``."""
    entries: list[tuple[str, E]] = []
    for place, raw in placed:
        try:
            entries.append((place, model.model_validate(raw, strict=False)))
        except ValidationError as error:
            name = raw.get("id", "") if isinstance(raw, dict) else ""
            for detail in error.errors():
                at = place_of(raw, detail["loc"][0]) if detail["loc"] else ""
                part = ".".join(map(str, detail["loc"]))
                problems.append(
                    ": ".join(filter(None, [at or place, str(name) or "entry", part, _said(detail, model)]))
                )
    return entries


def _said(detail: Any, model: type[BaseModel]) -> str:
    """Say in one sentence what is wrong with a field, and what to write instead."""
    found, kind = detail["input"], detail["type"]
    if kind == "extra_forbidden":
        return f"it is not known; {nearest(detail['loc'][-1], model.model_fields)}"
    if kind == "missing":
        return "it is missing; write it"
    if found is None:
        return "it is empty; write it, or leave its line out"
    said = str(detail["msg"]).removeprefix("Value error, ").replace("Input should be ", "allowed: ")
    if kind == "string_pattern_mismatch":
        said = "allowed: words of the article" if detail["loc"] == ("anchor",) else f"allowed: {_NAMES}"
    curly = isinstance(found, str) and found[:1] in "“”„«‘’" and "; its curly quotation marks are taken for part of it"
    quoted = "" if repr(found) in said or detail["loc"] == ("statement",) else f", found {found!r}"
    return f"{said}{quoted}{curly or ''}"


_NAMES = "small letters, digits and _, a letter first, such as wheat_2001"


def _nearest_unit(unit: str) -> str:
    near = nearest(unit, known_units())
    usual = "allowed: ratio (of 1), pp, item, person, rank, index, date, t, km, …, or a currency such as USD"
    return f"{unit!r} is not known; {near if near.startswith('did') else usual}"


def _check_names(entries: Entries, names: set[str], problems: list[str]) -> None:
    """Refuse names given twice and references to none of ``names``, those of malformed entries included."""
    seen: dict[str, str] = {}
    aside = {entry.id for _, entry in entries.aside}
    named = [(place, claim.id) for place, claim in entries.claims]
    named += [(place, entry.id) for place, entry in entries.aside]
    for place, name in named + [(place, ratio.id) for place, ratio in entries.ratios]:
        if name in seen:
            problems.append(f'{place}: id "{name}" is taken by {seen[name]}; write another one')
        seen.setdefault(name, place)
    references = [
        (place, name)
        for place, claim in entries.claims
        for name in (claim.repeats, claim.follows, claim.ends_with, *claim.counts)
        if name
    ] + [(place, name) for place, ratio in entries.ratios for name in (ratio.part, ratio.whole)]
    references += [(at, name) for at, entry in entries.relations for name in (entry.claim, *names_in(entry.equals))]
    problems += [f'{place}: there is no claim "{name}"' for place, name in references if name not in names]
    problems += [f'{place}: "{name}" is no claim (kind: none)' for place, name in references if name in aside]


def _check_units(entries: list[tuple[str, ClaimEntry]], problems: list[str]) -> None:
    """Refuse levels and targets of one measure in two units: neither could be counted from the other."""
    first: dict[tuple[str, str], tuple[str, ClaimEntry]] = {}
    for place, entry in entries:
        if entry.kind in {"level", "target"}:
            at, known = first.setdefault((entry.measure, entry.subject), (place, entry))
            if entry.unit != known.unit:
                problems.append(
                    f'{place}: claim "{entry.id}": the measure "{entry.measure}" of "{entry.subject}" is in '
                    f'{entry.unit} here and in {known.unit} in "{known.id}" ({at}); name another measure'
                )
