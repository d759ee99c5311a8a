"""The parameters of a run: name, type, range, unit and meaning of each, in one place."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from dalil.errors import InputError, nearest
from dalil.numbers.intervals import Rounding
from dalil.project import LOCALES, Project, shown
from dalil.yamlfile import line_of, parse_yaml, read_yaml

# Growth beyond ten-fold a year is taken for a slip of units (31.2 for 0.312).
LARGEST_GROWTH = 10
# A ten-thousandth of a per cent: with less, what takes a million years cannot be told from what takes for ever.
SMALLEST_GROWTH = 1e-6


def _strict_number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    return float(value)


def _not_tiny(value: float) -> float:
    if 0 < abs(value) < SMALLEST_GROWTH:
        raise ValueError(f"{value:g} is too near to zero; give zero, or {SMALLEST_GROWTH:f} and more")
    return value


def _tuple(value: object) -> object:
    """Take a list as a tuple."""
    return tuple(value) if isinstance(value, list) else value


def _listed(value: object) -> object:
    """Take a list as a tuple, and refuse one that gives something twice."""
    if not isinstance(value, list | tuple):
        return value
    plain = [item for item in value if isinstance(item, str | int | float)]
    if twice := [str(item) for item in dict.fromkeys(plain) if plain.count(item) > 1]:
        raise ValueError(f"{', '.join(twice)} is given twice")
    return tuple(value)


# Languages that are another one in other letters: what is said is spelt from that.
SPELT_FROM = {"uz-Cyrl": "uz"}
# The languages that a report can be written in, those with words of their own: English first.
_WRITTEN = sorted((path.name for path in LOCALES.iterdir() if path.is_dir()), key=lambda name: (name != "en", name))
LANGUAGES = tuple(name for own in _WRITTEN for name in (own, *(n for n, of in SPELT_FROM.items() if of == own)))
if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[*LANGUAGES]


def _name(value: object) -> object:
    """Take a whole number as the name it spells: YAML reads a run called after a year as one."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _parameter(default: Any, meaning: str, unit: str, allowed: str = "", **limits: Any) -> Any:
    """A field; what is ``allowed`` need only be said where its type does not tell."""
    extra: JsonDict = {"unit": unit, **({"allowed": allowed} if allowed else {})}
    return Field(default, description=meaning, json_schema_extra=extra, **limits)


Rate = Annotated[
    float,
    Field(gt=-1, le=LARGEST_GROWTH, allow_inf_nan=False),
    BeforeValidator(_strict_number),
    AfterValidator(_not_tiny),
]
Rates = Annotated[tuple[Rate, ...], Field(min_length=1, max_length=6), BeforeValidator(_listed)]
Year = Annotated[int, Field(ge=1900, le=2200)]
# Targets of several measures may fall due in one year; those of one measure are told apart where they are read.
Years = Annotated[tuple[Year, ...], Field(min_length=1), BeforeValidator(_tuple)]
Deflator = Literal["cpi", "gdp_deflator"]
Formats = Annotated[tuple[Literal["svg", "png", "pdf"], ...], Field(min_length=1), BeforeValidator(_listed)]


class Parameters(BaseModel):
    """Everything that may differ from one run to the next; see each field's description."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    article: str = _parameter("data/raw/article.uz.txt", "the article", "path", "a file", min_length=1)
    claims: str = _parameter("data/raw/claims.yml", "what its claims assert", "path", "a YAML file", min_length=1)
    language: Language = _parameter("en", "language of the report", "code")
    rounding: Rounding = _parameter("half-unit", "how printed numbers were rounded", "way")
    base_growth: Literal["stated"] | Rate = _parameter("stated", "growth used to project", "ratio a year")
    base_year: Literal["stated"] | Year = _parameter("stated", "year the targets are counted from", "year")
    scenario_rates: Rates = _parameter((0.1, 0.2, 0.4), "further growth rates", "ratio a year")
    target_years: Literal["stated"] | Years = _parameter("stated", "when each target falls due", "year")
    deflator: Deflator = _parameter("cpi", "prices of the United States that constant dollars are at", "index")
    figure_formats: Formats = _parameter(("svg", "png"), "formats of the figures, besides svg", "file format")
    run: Annotated[str, BeforeValidator(_name)] = _parameter(
        "",
        "name that keeps a run apart",
        "name",
        "empty, or small letters, digits, - and _",
        pattern=r"^([a-z0-9][a-z0-9_-]{0,39})?$",
    )

    @property
    def growth(self) -> Fraction | None:
        """The base growth as an exact number, or ``None`` for the stated one."""
        return None if self.base_growth == "stated" else Fraction(str(self.base_growth))

    @property
    def since(self) -> int | None:
        """The base year, or ``None`` for the stated one."""
        return None if isinstance(self.base_year, str) else self.base_year

    @property
    def rates(self) -> tuple[Fraction, ...]:
        """The scenario rates as exact numbers."""
        return tuple(Fraction(str(rate)) for rate in self.scenario_rates)

    @property
    def years(self) -> tuple[int, ...] | None:
        """The target years, or ``None`` for the stated ones."""
        return None if isinstance(self.target_years, str) else self.target_years


def checked(values: Mapping[str, Any], where: str = "parameters") -> Parameters:
    """Check values of parameters; those not given take their defaults.

    Raises
    ------
    InputError
        With every unknown name, wrong type and value out of range.

    Examples
    --------
    >>> checked({"rounding": "exact"}).rounding
    'exact'
    """
    problems = [
        f'"{name}" is no parameter; {nearest(name, Parameters.model_fields)}'
        for name in values
        if name not in Parameters.model_fields
    ]
    known = {name: value for name, value in values.items() if name in Parameters.model_fields}
    try:
        parameters = Parameters.model_validate(known)
    except ValidationError as error:
        wrong: dict[str, str] = {}
        for detail in error.errors():
            name, why = str(detail["loc"][0]), str(detail.get("ctx", {}).get("error", ""))
            wrong[name] = wrong.get(name) or (f"; {why}" if why else "")
        problems += [
            f"{name}: found {_plain(known[name])!r}; allowed: {about(name)['allowed']} ({about(name)['unit']}){why}"
            for name, why in wrong.items()
        ]
    if problems:
        raise InputError.of(where, problems, then="Nothing was run. make parameters lists them.")
    return parameters


# What a type allows, in words; another language has its own.
ALLOWED = {
    "either": "{one}, or {other}",
    "above": "above {low} up to {high}",
    "between": "{low} to {high}",
    "some": "{least} to {most} of: {item}",
    "any": "one or more of: {item}",
}


def about(name: str, phrases: Mapping[str, str] = ALLOWED) -> dict[str, str]:
    """Return what is said of a parameter: unit, allowed, meaning and default, as text.

    Examples
    --------
    >>> about("base_growth")["allowed"]
    'stated, or above -1 up to 10'
    """
    field, described = Parameters.model_fields[name], _schema()["properties"][name]
    default = list(field.default) if isinstance(field.default, tuple) else field.default
    return {
        "unit": described["unit"],
        "allowed": described.get("allowed") or _allowed(described, phrases),
        "meaning": str(field.description),
        "default": str(default),
    }


def notebook_line(name: str) -> str:
    """Write the line that declares a parameter in a notebook's tagged cell: name, type and default.

    Examples
    --------
    >>> notebook_line("rounding"), notebook_line("base_growth")
    ('rounding: str = "half-unit"', 'base_growth: "float or str" = "stated"')
    """
    default = Parameters.model_fields[name].default
    shown_default = repr(list(default) if isinstance(default, tuple) else default).replace("'", '"')
    return f"{name}: {_kind(_schema()['properties'][name])} = {shown_default}"


# The edition of JSON Schema that the schemas are written in.
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a parameters file, for editors."""
    described = _schema()
    for entry in described["properties"].values():
        entry["description"] = f"{entry['description']} ({entry.pop('unit')})"
        entry.pop("allowed", None)
    return {"$schema": DIALECT, **described}


def read_parameters(
    file: Path | None = None, settings: str = "", shorthands: Mapping[str, str] | None = None
) -> Parameters:
    """Put a run's parameters together, each checked, from a file or the project's ``parameters.yml``.

    Over them go settings such as ``scenario_rates=[0.1,0.2] rounding=exact``, and options of their own such as ``run``.

    Raises
    ------
    InputError
        A parameter is unknown, given twice, of the wrong type or out of range.
    """
    path = file or Project.find().parameters
    raw = read_yaml(path) or {}
    if not isinstance(raw, dict):
        raise InputError.of(shown(path), ["not a list of name: value"], then="Write one parameter a line.")
    from_file = _plain(raw)
    checked(from_file, _where(path, raw))
    from_settings = parse_settings(settings)
    twice = [f'"{name}" is given twice' for name in (shorthands or {}) if name in from_settings]
    if twice:
        raise InputError.of("settings", twice, then="Give each parameter once.")
    given = {**from_settings, **(shorthands or {})}
    checked(given, "settings")
    return checked({**from_file, **given})


def parameter_origins(
    file: Path | None = None, settings: str = "", shorthands: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Say what gave each parameter that :func:`read_parameters` puts together: the command, a file, or its default.

    Examples
    --------
    >>> origins = parameter_origins(settings="rounding=exact")
    >>> origins["rounding"], origins["language"]
    ('the command', 'parameters.yml')
    """
    path = file or Project.find().parameters
    names = (Parameters.model_fields, read_yaml(path) or {}, {**parse_settings(settings), **(shorthands or {})})
    found: dict[str, str] = {}
    for given, origin in zip(names, ("default", path.name, "the command"), strict=True):
        found |= dict.fromkeys(map(str, given), origin)
    return found


def parse_settings(text: str) -> dict[str, Any]:
    """Read ``name=value`` pairs separated by spaces; values are YAML.

    Raises
    ------
    InputError
        A name is given twice, or something is not ``name=value``.

    Examples
    --------
    >>> parse_settings("scenario_rates=[0.1, 0.2] rounding=exact")
    {'scenario_rates': [0.1, 0.2], 'rounding': 'exact'}
    """
    parts = [part.strip() for part in re.split(r"(?:^|\s+)(?=[\w-]+=)", text.strip()) if part.strip()]
    settings: dict[str, Any] = {}
    problems = []
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            problems.append(f'"{part}" is not name=value')
        elif name in settings:
            problems.append(f'"{name}" is given twice')
        else:
            settings[name] = _plain(parse_yaml(value, f"setting {name}"))
    if problems:
        raise InputError.of("settings", problems, then='Write them like "scenario_rates=[0.1,0.2] rounding=exact".')
    return settings


def _where(path: Path, data: Mapping[str, Any]) -> str:
    """Name a parameters file with the lines of the names that are not known."""
    lines: Iterable[int] = (line_of(data, name) for name in data if name not in Parameters.model_fields)
    listed = ", ".join(str(line) for line in lines)
    return f"{shown(path)}{', line ' + listed if listed else ''}"


def _plain(value: Any) -> Any:
    """Turn what the YAML reader made into plain Python values."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _schema() -> dict[str, Any]:
    return Parameters.model_json_schema()


def _allowed(described: Mapping[str, Any], phrases: Mapping[str, str]) -> str:
    """Say what a type allows, by its JSON Schema."""
    match described:
        case {"anyOf": [one, other]}:
            return phrases["either"].format(one=_allowed(one, phrases), other=_allowed(other, phrases))
        case {"const": value}:
            return str(value)
        case {"enum": values}:
            return ", ".join(values)
        case {"exclusiveMinimum": low, "maximum": high}:
            return phrases["above"].format(low=low, high=high)
        case {"minimum": low, "maximum": high}:
            return phrases["between"].format(low=low, high=high)
        case {"items": item, "minItems": least, "maxItems": most}:
            return phrases["some"].format(least=least, most=most, item=_allowed(item, phrases))
        case {"items": item}:
            return phrases["any"].format(item=_allowed(item, phrases))
    raise AssertionError(described)


_KINDS = {"string": "str", "integer": "int", "number": "float"}


def _kind(described: Mapping[str, Any]) -> str:
    """Write a type as a notebook declares it; papermill does not understand ``float | str`` without quotation marks."""
    if "anyOf" in described:
        return f'"{" or ".join(_kind(option) for option in reversed(described["anyOf"]))}"'
    return f"list[{_kind(described['items'])}]" if "items" in described else _KINDS[described["type"]]
