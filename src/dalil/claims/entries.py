"""The file of claims: what a reviewer may write of each number, and the checks that need no text."""

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
from dalil.numbers.periods import Period
from dalil.project import shown
from dalil.text.bound import Texts, check_all
from dalil.text.grammar import units
from dalil.yamlfile import line_of, read_yaml

Kind = Literal["level", "change", "target", "count", "rank", "period", "date"]
Status = Literal["reported", "agreed", "aimed"]
PeriodField = Annotated[
    Period | None,
    BeforeValidator(Period.optional),
    WithJsonSchema({"type": "string", "description": "ISO 8601: a day, a month, a year, or two of them with /"}),
]

E = TypeVar("E", bound=BaseModel)


class ClaimEntry(BaseModel):
    """One entry of ``claims.yml``, as a reviewer wrote it; fields as explained at the top of that file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Kind
    measure: str
    subject: str
    unit: str = Field(json_schema_extra=lambda schema: schema.update(enum=[*sorted(units())]))
    value: str = ""
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

    @field_validator("unit")
    @classmethod
    def _is_unit(cls, value: str) -> str:
        if value not in units():
            raise ValueError(nearest(value, units()))
        return value

    @field_validator("statement")
    @classmethod
    def _is_bound(cls, value: dict[str, str], about: ValidationInfo) -> dict[str, str]:
        states, dated = about.data.get("reads") != "nothing", about.data.get("unit") == "date"
        given = {"value": states, "number": states and not dated}
        given |= {name: bool(about.data.get(name)) for name in ("period", "base_period")}
        check_all(value, [name for name, there in given.items() if there])
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

    phrase: str = Field(pattern=r"\S")
    reason: str = Field(min_length=1)


class ClaimsFile(BaseModel):
    """A claims file as a whole; :func:`read_entries` reads it entry by entry, so that each problem has its line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claims: list[ClaimEntry]
    ratios: list[RatioEntry] = []
    accounted: list[AccountedEntry] = []


@dataclass(frozen=True)
class Entries:
    """All entries of a claims file, each with the line it stands on."""

    claims: list[tuple[int, ClaimEntry]] = field(default_factory=list)
    ratios: list[tuple[int, RatioEntry]] = field(default_factory=list)
    accounted: list[tuple[int, AccountedEntry]] = field(default_factory=list)


def read_entries(path: Path) -> Entries:
    """Read a claims file and check what can be checked without the article.

    Raises
    ------
    InputError
        With every problem found: an entry that is not well formed, a name given twice or not known, levels of one
        measure in two units.
    """
    data = read_yaml(path)
    written = data.get("claims", "") if isinstance(data, dict) else ""
    if written is not None and not isinstance(written, list):
        raise InputError.of(
            shown(path), ["it has no list of claims"], then='Start the file with "claims:"; without any, "claims: []".'
        )
    written = written or []
    problems: list[str] = []
    if unknown := sorted(str(part) for part in set(data) - set(ClaimsFile.model_fields)):
        problems.append(f"unknown part: {', '.join(unknown)}; allowed: {', '.join(ClaimsFile.model_fields)}")
    entries = Entries(
        _entries(ClaimEntry, written, problems),
        _entries(RatioEntry, data.get("ratios") or [], problems),
        _entries(AccountedEntry, data.get("accounted") or [], problems),
    )
    names = {str(raw["id"]) for raw in written if isinstance(raw, dict) and "id" in raw}
    _check_names(entries, names, problems)
    _check_units(entries.claims, problems)
    if problems:
        raise InputError.of(shown(path), problems, then="Mend these entries; the top of the file explains each field.")
    return entries


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


def _check_names(entries: Entries, names: set[str], problems: list[str]) -> None:
    """Refuse names given twice and references to none of ``names``, those of malformed entries included."""
    seen: dict[str, int] = {}
    named = [(line, entry.id) for line, entry in entries.claims] + [(line, ratio.id) for line, ratio in entries.ratios]
    for line, name in named:
        if name in seen:
            problems.append(f'line {line}: id "{name}" is taken by line {seen[name]}')
        seen.setdefault(name, line)
    references = [
        (line, name)
        for line, entry in entries.claims
        for name in (entry.repeats, entry.follows, entry.ends_with, *entry.counts)
        if name
    ] + [(line, name) for line, ratio in entries.ratios for name in (ratio.part, ratio.whole)]
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
