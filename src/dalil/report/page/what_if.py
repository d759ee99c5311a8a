"""The what-if panel: a form on the page, and what its script needs to answer in sentences."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, get_args

from babel.numbers import get_decimal_symbol, get_group_symbol
from pydantic.fields import FieldInfo

from dalil.analysis.targets import Target, targets_of
from dalil.claims.claims import Claims, read_claims
from dalil.numbers.amounts import Amount, ceiling, years_until
from dalil.numbers.expression import Operation
from dalil.numbers.intervals import Estimate, Rounding, decimal_text, exactly
from dalil.parameters import Rate, Year
from dalil.report.markup.html import Html, data
from dalil.report.markup.templates import filled
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import CountryRecord, country_records, deciding
from dalil.tables.rows import GroupingRow, OutcomeRow
from dalil.text.article import read_article
from dalil.wording.catalogue import Wording

WAYS: tuple[Rounding, ...] = get_args(Rounding)

# Where a reader may start from besides a country's statistics: the article's own number.
_ARTICLE = "article"
_SCALES = (10**12, 10**9, 10**6, 1)

Json = dict[str, Any]


def what_if(context: ReportContext) -> Html:
    """Set the panel, hidden until its script shows it; nothing where no target is counted from a level.

    Raises
    ------
    InputError
        The article or its claims are no longer what the run was made with, and cannot be used.
    """
    parameters, project = context.parameters, context.run.project
    article = read_article(project.path(parameters.article))
    read = {way: read_claims(project.path(parameters.claims), article, way) for way in WAYS}
    counted = {way: _counted(context, claims) for way, claims in read.items()}
    targets = [_target(context, name, counted) for name in counted[parameters.rounding]]
    if not targets:
        return Html("")
    sets, locale = list(_sets(context)), context.wording.locale
    units = {"ratio", *(one["unit"] for one in (*targets, *sets))}
    seed = {
        "targets": targets,
        "sets": sets,
        "trees": formulas(),
        "limits": {"rate": [_limit(Rate, "gt"), _limit(Rate, "le")], "years": [_limit(Year, "ge"), _limit(Year, "le")]},
        "units": {unit: _patterns(context.wording, unit) for unit in sorted(units)},
        "signs": {
            "decimal": get_decimal_symbol(locale),
            "group": get_group_symbol(locale),
        },
        "words": _words(context.wording),
    }
    script = Html('\n<script type="application/json" id="what-if-seed">{}</script>').format(data(seed))
    return _form(context, seed) + script


def formulas() -> Json:
    """The formulas of the notebooks on growth and targets as trees, on parameters that the script has values of."""
    unit, one = "USD", exactly(1)
    level, goal = (Amount.leaf("parameter", name, one, unit) for name in ("level", "goal"))
    growth = Amount.leaf("parameter", "growth", one, "ratio")
    base_year = Amount.leaf("parameter", "base_year", one, "calendar_year")
    # An amount is raised to plain numbers only; how many periods there are is the reader's to say.
    periods = Amount.leaf("parameter", "periods", one, "").expression
    projected = level * Amount(Operation("^", ((1 + growth).expression, periods)), "ratio")
    results = {
        "projected": projected,
        "relative": projected / goal - 1,
        "arrival": base_year + ceiling(years_until(level, goal, growth)),
    }
    return {name: amount.expression.json() for name, amount in results.items()}


def _counted(context: ReportContext, claims: Claims) -> dict[str, Target]:
    """The run's targets that are counted from a level, by the claims that set them."""
    parameters = context.parameters
    return {target.claim.id: target for target in targets_of(claims, parameters.years, parameters.since)}


def _target(context: ReportContext, name: str, counted: dict[Rounding, dict[str, Target]]) -> Json:
    """A target: what it may be counted from, the growth stated, and what each record shows year by year."""
    target, claim = counted[context.parameters.rounding][name], context.claim(name)
    records = [record for record in country_records(context) if record.is_of(claim)]
    ways = {way: one[name] for way, one in counted.items()}
    starts = {_ARTICLE: {way: _estimate(one.base.known) for way, one in ways.items()}}
    for record in records:
        if base := next((row.value for row in record.rows if row.year == target.base_year), None):
            starts[record.code] = dict.fromkeys(WAYS, _estimate(base))
    return {
        "id": name,
        "text": str(claim),
        "measure": claim.measure,
        "unit": claim.row.unit,
        "value": float(target.goal),
        "year": target.year,
        "base_year": target.base_year,
        "starts": starts,
        "growth": _growth(context, ways),
        "came": [_came(context, name, record) for record in records],
    }


def _growth(context: ReportContext, ways: dict[Rounding, Target]) -> Json:
    """The growth that the report carries forward, in percent and under each way of rounding."""
    own = context.parameters.growth
    if own is None and all(target.growth for target in ways.values()):
        read = {way: target.growth.known for way, target in ways.items() if target.growth}
    else:
        read = dict.fromkeys(WAYS, exactly(context.parameters.rates[0] if own is None else own))
    percent = decimal_text((read[context.parameters.rounding].value or Fraction(0)) * 100)
    sign = get_decimal_symbol(context.wording.locale)
    return {"percent": percent.replace(".", sign), "ways": {way: _estimate(estimate) for way, estimate in read.items()}}


def _came(context: ReportContext, name: str, record: CountryRecord) -> Json:
    """What a record shows at current prices, year by year, and at constant ones in the year of the target."""
    current = {row.year: row.value.value for row in record.rows if row.status == "official"}
    constant = {
        row.target_year: row.value.value
        for row in context.rows(OutcomeRow)
        if row.target == name and row.reporter == record.code and row.prices == "constant"
    }
    levels = {"current": current, "constant": constant}
    return {
        "country": record.country,
        "levels": {prices: {str(y): float(v) for y, v in of.items() if v is not None} for prices, of in levels.items()},
    }


def _sets(context: ReportContext) -> Iterator[Json]:
    """The numbers that depend on whether one country is counted, with the largest sums with and without it."""
    groups: dict[str, list[GroupingRow]] = {}
    for row in context.rows(GroupingRow):
        groups.setdefault(row.claim_id, []).append(row)
    for name, rows in groups.items():
        claim, country = context.claim(name), next(iter(deciding(rows, context.claims[name])), "")
        stated = claim.row.estimate.value if claim.row.estimate else None
        if country and stated is not None:
            sums = _by_membership(rows, country)
            yield {
                "text": str(claim), "measure": claim.measure, "country": context.wording.country(country),
                "unit": claim.row.unit, "value": float(stated), "sums": sums,
            }  # fmt: skip


def _by_membership(rows: list[GroupingRow], country: str) -> dict[str, dict[str, float]]:
    """What the members of each year come to, with and without a country."""
    sums: dict[str, dict[str, float]] = {"with": {}, "without": {}}
    totals = {frozenset(row.added): row.sums for row in rows}
    for row in sorted(rows, key=lambda row: len(row.added)):
        for year in map(str, row.member_years):
            members = frozenset(row.added) - {country}
            for counted, added in (("with", members | {country}), ("without", members)):
                if total := totals.get(added, {}).get(year):
                    sums[counted][year] = float(Fraction(total))
    return sums


def _estimate(estimate: Estimate) -> list[float | None]:
    ends = (estimate.value, estimate.range.low, estimate.range.high)
    return [None if end is None else float(end) for end in ends]


def _patterns(wording: Wording, unit: str) -> list[tuple[float, str]]:
    """How numbers of a unit are written: for each scale what it is divided by, and the pattern, with ``{n}`` in it."""
    example, sign = Fraction("1.5"), get_decimal_symbol(wording.locale)
    factors = [Fraction(1, 100)] if unit == "ratio" else [Fraction(factor) for factor in _SCALES]
    written = [(factor, wording.printed(example * factor, "=", unit)) for factor in factors]
    pattern = "1.5".replace(".", sign)
    return [(float(factor), text.replace(pattern, "{n}", 1)) for factor, text in written if pattern in text]


def _words(wording: Wording) -> Json:
    """The sentences that the script fills in, with names in braces for what it puts there."""
    names = (
        "base_year", "claim", "country", "first", "growth", "high", "last", "level", "low", "measure", "number",
        "projected", "size", "target", "text", "year",
    )  # fmt: skip
    places = {name: f"{{{name}}}" for name in names}
    keys = [key.removeprefix("what_if.said.") for key in wording.all_keys() if key.startswith("what_if.said.")]
    return {key: wording.say(f"what_if.said.{key}", **places) for key in keys}


def _limit(kind: object, name: str) -> int:
    """A limit that the type of a parameter sets; rates and years have whole ones."""
    rules = (rule for part in get_args(kind) if isinstance(part, FieldInfo) for rule in part.metadata)
    return int(next(getattr(rule, name) for rule in rules if hasattr(rule, name)))


def _form(context: ReportContext, seed: Json) -> Html:
    """The form, and the empty place that the answers are written into."""
    wording, targets = context.wording, seed["targets"]
    countries = {record.code: record.country for record in country_records(context)}
    starts = dict.fromkeys(code for target in targets for code in target["starts"] if code != _ARTICLE)
    sets = seed["sets"]
    return filled(
        "what-if",
        say=wording.say,
        starts={
            _ARTICLE: wording.say("what_if.start.article"),
            **{code: wording.say("what_if.start.record", country=countries[code]) for code in starts},
        },
        growth=targets[0]["growth"]["percent"],
        rounding=context.parameters.rounding,
        ways={way: wording.label("roundings", way) for way in WAYS},
        due=[(wording.say("what_if.due", target=one["text"], measure=one["measure"]), one["year"]) for one in targets],
        constant=any(came["levels"]["constant"] for target in targets for came in target["came"]),
        country=sets[0]["country"] if sets else "",
        last=min((max(set.intersection(*map(set, one["sums"].values())), default="") for one in sets), default=""),
    )
