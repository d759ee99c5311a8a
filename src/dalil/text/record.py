"""The record of an article: what is known of it, in the file beside it."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from dalil.errors import InputError, nearest
from dalil.project import shown
from dalil.text.bound import BoundTexts, Texts, Titles
from dalil.text.currencies import all_codes
from dalil.text.grammar import languages
from dalil.yamlfile import line_of, read_yaml

# ISO 639-3 for a language that is not stated; the text then tells it.
UNDETERMINED = "und"
_HASH = "^([0-9a-f]{64})?$"
# What an article can have names of its own for.
LabelGroup = Literal["measures", "measures_of", "subjects", "sections", "reasons", "open", "readings", "units"]


def _text(value: object) -> object:
    """What is not known is empty, a date is written in full, and several names become one text."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value) if isinstance(value, date) else value


def _nothing(value: object) -> object:
    return {} if value is None else value


def _known_language(value: str) -> str:
    known = [*languages(), UNDETERMINED]
    if value not in known:
        raise ValueError(f'language "{value}": {nearest(value, known)}')
    return value


def _known_currency(value: str) -> str:
    if value and value not in all_codes():
        raise ValueError(f'"{value}" is no currency of ISO 4217, such as USD')
    return value


KnownLanguage = Annotated[str, AfterValidator(_known_language)]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "null"]})]
Names = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "array", "null"]})]


class SectionEntry(BaseModel):
    """A heading of the article as it stands, which ends the section before it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    heading: str = Field(min_length=1)
    language: KnownLanguage


class TakenFrom(BaseModel):
    """A source that claims were likely taken from, and why that is thought, by language; it bears none of them out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1)
    claims: tuple[str, ...] = Field(min_length=1)
    why: Texts


class ArticleRecord(BaseModel):
    """What is known of an article. Everything may be left out; what is not known is empty.

    The hash of the file is checked where it is given. ``currency`` is the code of the money that the article means by
    *dollar* and the like, ``country`` whom claims are about that name no subject, ``published`` the day that words such
    as *last year* are counted from. ``labels`` holds the article's own names, by language, group
    and name; they are data. What the measures are in the record of statistics, ``reference``, is checked where that
    is read (:mod:`dalil.reference.concordance`).

    ``checked``, ``checked_by`` and ``contact`` say when the article was checked, by whom, and where to write to.
    ``report_title`` and ``summary`` are an editor's own title and *In short*, by language; a number in the second is
    the name of a fact or a claim in braces, or of a claim's period (``{exports_2001.period}``). ``page_one`` names the
    claims of the first table. ``unsearched`` says, by language, where nobody looked. ``full_text`` tells that the
    article may be shown as a whole.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: Text = Field(default="", pattern=_HASH, json_schema_extra={"pattern": _HASH})
    title: Text = ""
    authors: Names = ""
    published: Text = ""
    references: Text = ""
    language: KnownLanguage = UNDETERMINED
    languages: Text = ""
    currency: Annotated[Text, AfterValidator(_known_currency)] = ""
    country: Text = ""
    subject: Text = ""
    rights: Text = ""
    corrections: Text = ""
    checked: date | None = None
    checked_by: Text = ""
    contact: Text = ""
    full_text: bool = False
    unsearched: Texts = Field(default_factory=dict)
    page_one: Annotated[tuple[str, ...], BeforeValidator(lambda value: value or ())] = ()
    report_title: Titles = Field(default_factory=dict)
    summary: BoundTexts = Field(default_factory=dict)
    sections: Annotated[tuple[SectionEntry, ...], BeforeValidator(lambda value: value or ())] = ()
    labels: Annotated[dict[str, dict[LabelGroup, dict[str, str]]], BeforeValidator(_nothing)] = Field(
        default_factory=dict
    )
    reference: Annotated[dict[str, Any], BeforeValidator(_nothing)] = Field(default_factory=dict)
    taken_from: Annotated[tuple[TakenFrom, ...], BeforeValidator(lambda value: value or ())] = ()


def record_of(article: Path) -> Path:
    """Return where the record of an article is, if it has one.

    Examples
    --------
    >>> record_of(Path("my.txt")).name
    'my.yml'
    """
    return article.with_suffix(".yml")


def read_record(article: Path) -> ArticleRecord:
    """Read what is known of an article: an empty record where there is none, or only its claims bear that name.

    Parameters
    ----------
    article
        The article's file.

    Raises
    ------
    InputError
        With every problem found and its line: a name that is not known, a value of another type, a section without
        id, heading or language.

    Examples
    --------
    >>> read_record(Path("there-is-no-such-article.txt")).title
    ''
    """
    path = record_of(article)
    written = read_yaml(path) if path.exists() else {}
    if isinstance(written, dict) and "claims" in written:
        return ArticleRecord()
    try:
        return ArticleRecord.model_validate(written)
    except ValidationError as error:
        problems = [_problem(detail, written) for detail in error.errors()]
        raise InputError.of(
            shown(path), problems, then="Start it with sha256: or title:, one name and its value a line."
        ) from None


def _problem(detail: Any, written: Any) -> str:
    """Put what the model refuses into one sentence, with the line it stands on."""
    parts = [part for part in detail["loc"] if part != "[key]"]
    line, place = 0, written
    for part in parts:
        line = line_of(place, part) or line
        there = (isinstance(place, dict) and part in place) or (isinstance(place, list) and isinstance(part, int))
        place = place[part] if there else None
    name = ".".join(map(str, parts))
    models: dict[Any, type[BaseModel]] = {"sections": SectionEntry, "taken_from": TakenFrom}
    known = (models.get(parts[0], ArticleRecord) if len(parts) > 1 else ArticleRecord).model_fields
    said = {
        "extra_forbidden": f"is not known; {nearest(parts[-1] if parts else '', known)}",
        "missing": "is missing",
        "model_type": "it is not a list of name: value",
    }.get(detail["type"], str(detail["msg"]).removeprefix("Value error, ").replace("Input should be", "allowed:"))
    return f"line {line}: {name}: {said}" if line else f"{name}: {said}" if name else said
