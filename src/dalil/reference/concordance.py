"""Counterparts: which series of the record are about what an article measures."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema, model_validator

from dalil.claims.claims import Claim
from dalil.errors import InputError, nearest
from dalil.project import beside, shown
from dalil.reference.loading import read_reference, refusal
from dalil.reference.record import Reference
from dalil.text.record import record_of

_SERIES = {"type": ["string", "array"], "items": {"type": "string"}, "minItems": 1, "maxItems": 2}


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class SeriesMapping(BaseModel):
    """What one measure of the article is in the record.

    Either ``between`` names two countries that both report on it, or ``over`` a grouping of countries that adds up
    to it, or ``of`` a country and ``partners`` the grouping of countries it trades with. Two ``series`` of the
    countries of a grouping are multiplied. ``years`` says which year a reading of a claim means, where that is known.
    ``subject`` is whose measure it is, where the article gives the measure of several.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    series: Annotated[
        tuple[str, ...], BeforeValidator(_listed), Field(min_length=1, max_length=2), WithJsonSchema(_SERIES)
    ]
    subject: str = ""
    between: tuple[str, ...] = Field(default=(), max_length=2)
    over: str = ""
    of: str = ""
    partners: str = ""
    years: dict[str, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> "SeriesMapping":
        ways = [len(self.between) == 2, bool(self.over), bool(self.of and self.partners)]
        if sum(ways) != 1 or bool(self.of) != bool(self.partners):
            raise ValueError("give exactly one of between (two countries), over, or of and partners")
        if len(self.series) > 1 and not self.over:
            raise ValueError("two series are multiplied only over a grouping; give one")
        return self

    def is_of(self, claim: Claim) -> bool:
        """Tell whether it is what a claim about the measure is about."""
        return not self.subject or claim.entry.subject == self.subject


class ReferenceEntry(BaseModel):
    """What an article's record says of the reference data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    package: str = Field(min_length=1)
    measures: dict[str, SeriesMapping]


def reference_of(article: Path, named: dict[str, Any]) -> tuple[Reference, dict[str, SeriesMapping], Path | None]:
    """Read the record an article is held against, with its measures' mappings and the folder it is in.

    Parameters
    ----------
    article, named
        The article's file, and what its record says under ``reference``; nothing gives an empty record.

    Raises
    ------
    InputError
        The entry is not what :class:`SeriesMapping` allows, or names a grouping that the record does not have.

    Examples
    --------
    >>> reference_of(Path("my.txt"), {})
    (Reference(origins={}, groupings={}, observations=(), statements=(), absent={}), {}, None)
    """
    if not named:
        return Reference(), {}, None
    where = f"{shown(record_of(article))}, reference"
    try:
        mapped = ReferenceEntry.model_validate(named)
    except ValidationError as error:
        problems = [refusal(detail) for detail in error.errors()]
        raise InputError.of(where, problems, then="Name a package, and for each measure its series.") from None
    folder = beside(record_of(article), mapped.package)
    reference = read_reference(folder)
    known = reference.groupings
    unknown = [
        f'{measure}: grouping "{name}": {nearest(name, known)}'
        for measure, entry in mapped.measures.items()
        for name in (entry.over, entry.partners)
        if name and known and name not in known
    ]
    # Where a table is missing, its series are as well.
    series = {one.measure for one in reference.observations} if not reference.absent else set()
    unknown += [
        f'{measure}: series "{name}": {nearest(name, series)}'
        for measure, entry in mapped.measures.items()
        for name in entry.series
        if series and name not in series
    ]
    if unknown:
        raise InputError.of(where, unknown, then=f"Name what {shown(folder)} holds.")
    return reference, mapped.measures, folder
