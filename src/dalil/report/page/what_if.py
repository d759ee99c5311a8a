"""The what-if panel: a form on the page, and all that its script needs to work the targets out anew in the browser."""

import shlex
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from babel.numbers import get_decimal_symbol, get_group_symbol
from pydantic.fields import FieldInfo

from dalil.analysis.results import difference_unit
from dalil.analysis.targets import Target, targets_of
from dalil.claims.claims import Claim, Claims, read_claims
from dalil.errors import InputError
from dalil.numbers.amounts import Amount, ceiling, years_until
from dalil.numbers.expression import Operation
from dalil.numbers.intervals import Estimate, Interval, Rounding, decimal_text, exactly
from dalil.parameters import Parameters, Rate, Year, checked
from dalil.report.markup.html import Html, data
from dalil.report.markup.templates import filled
from dalil.report.prose.context import ReportContext
from dalil.text.article import read_article
from dalil.wording.catalogue import Wording
from dalil.wording.messages import sentence

WAYS: tuple[Rounding, ...] = get_args(Rounding)

# The parameters that the panel changes; what else a run was made with goes into the command as it is.
CHANGED = ("rounding", "base_growth", "base_year", "target_years")
# Parameters that make has a variable of their own for.
_OWN_VARIABLE = ("article", "claims")

# Decimals of a percentage that a reader may give: with them a rate is the same decimal number here and in Python.
MOST_DECIMALS = 4

# Plural forms repeat after the hundreds in the languages of the report; below them each number is asked for.
_FORMS_UP_TO = 200
_FACTORS = (10**12, 10**9, 10**6, 1)

# The columns of the table, with their shares of its width in percent.
_COLUMNS = {"target": 17, "growth": 16, "projected": 25, "gap": 27, "arrival": 15}

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
    counted = targets_of(read[parameters.rounding], parameters.years, parameters.since)
    if not counted:
        return Html("")
    seed = _seed(context, read, counted)
    script = Html('\n<script type="application/json" id="what-if-seed">{}</script>').format(data(seed))
    return _form(context.wording, seed) + script


def _seed(context: ReportContext, read: dict[Rounding, Claims], counted: list[Target]) -> Json:
    """What the script starts from; exact numbers are texts such as ``"39/125"``.

    ``read`` are the claims under each way of rounding, ``counted`` the run's targets that are counted from a level.
    """
    wording, parameters = context.wording, context.parameters
    claims = read[parameters.rounding]
    # The targets that a run gives years to, in the order of the text.
    stated = [c for c in claims if c.entry.kind == "target" and c.estimate and c.entry.period and not c.entry.repeats]
    years = parameters.years or tuple(claim.period.year for claim in stated)
    targets = [_target_seed(context, claims, claim, year) for claim, year in zip(stated, years, strict=True)]
    used = {name for target in targets for name in _claims_of(target) if name}
    units = {target["unit"] for target in targets} | {target["apart"] for target in targets}
    own = {target.base.period.year for target in counted}
    growths = {target.growth.id: target.growth for target in counted if target.growth}
    return {
        "run": _settings(parameters),
        "defaults": _settings(checked({})),
        "rates": [str(rate) for rate in parameters.rates],
        "command": _command(parameters),
        "limits": {
            "rate": [str(_limit(Rate, "gt")), str(_limit(Rate, "le"))],
            "decimals": MOST_DECIMALS,
            "years": [_limit(Year, "ge"), _limit(Year, "le")],
        },
        "base": own.pop() if len(own) == 1 else None,
        "growth": _percent(next(iter(growths.values())).known.value) if len(growths) == 1 else None,
        "claims": {name: _claim_seed(context, read, claims[name]) for name in sorted(used)},
        "targets": targets,
        "trees": formulas(),
        "units": {unit: _unit_seed(wording, unit) for unit in sorted({*units, "ratio", "calendar_year"})},
        "signs": {
            "decimal": get_decimal_symbol(wording.locale),
            "group": get_group_symbol(wording.locale),
            "plural": {
                "whole": _forms(wording, (Decimal(n) for n in range(_FORMS_UP_TO))),
                "decimals": _forms(wording, (Decimal(f"{n}.0") for n in range(_FORMS_UP_TO))),
            },
        },
        "words": _words(wording, several=len({target["measure"] for target in targets if target["shown"]}) > 1),
    }


def formulas() -> Json:
    """The formulas of the notebook on targets as trees, on parameters that the script has the values of."""
    unit, one = "USD", exactly(1)
    level, goal = (Amount.leaf("parameter", name, one, unit) for name in ("level", "goal"))
    growth = Amount.leaf("parameter", "growth", one, "ratio")
    base_year = Amount.leaf("parameter", "base_year", one, "calendar_year")
    # An amount is raised to plain numbers only; how many periods there are is the reader's to say.
    exponent = Amount.leaf("parameter", "periods", one, "").expression
    projected = level * Amount(Operation("^", ((1 + growth).expression, exponent)), "ratio")
    results = {
        "projected": projected,
        "gap": projected - goal,
        "relative": projected / goal - 1,
        "arrival": base_year + ceiling(years_until(level, goal, growth)),
    }
    return {name: amount.expression.json() for name, amount in results.items()}


def _target_seed(context: ReportContext, claims: Claims, claim: Claim, year: int) -> Json:
    """A target with the level that it is counted from, for each year in which it may fall due."""
    steps = _steps(claims, claim)
    latest = _counted_from(claims, claim, _limit(Year, "le"), _limit(Year, "ge"))
    found = [one for one in (latest, *(step for _, step, _ in steps)) if one]
    growth = next((one.growth for one in found if one.growth), None)
    words, unit = context.claim(claim.id), claim.entry.unit
    # One that no level leads up to in any year is carried along and not shown.
    too_early = next(late for first, _, late in reversed(steps) if first <= year)
    return {
        "id": claim.id,
        "text": str(words),
        "measure": words.measure,
        "of": f"{claim.entry.measure}|{claim.entry.subject}",
        "value": str(claim.known.value),
        "unit": unit,
        "apart": difference_unit(unit),
        "stated": claim.period.year,
        "year": year,
        "shown": bool(found) or too_early,
        "steps": [{"from": first, "base": one.base.id if one else None, "late": late} for first, one, late in steps],
        "latest": latest.base.id if latest else None,
        "growth": growth.id if growth else None,
        "axis": sentence(context.wording.say("figures.turnover.y", measure=words.measure, unit="{unit}")),
        "alt": context.wording.say(
            "what_if.alt.level", measure=sentence(words.measure),
            **{name: f"{{{name}}}" for name in ("unit", "year", "level", "range")},
        ),
    }  # fmt: skip


def _claims_of(target: Json) -> Iterable[str | None]:
    """The level that a target is counted from in any year, and its growth."""
    return target["latest"], target["growth"], *(step["base"] for step in target["steps"])


def _steps(claims: Claims, claim: Claim) -> list[tuple[int, Target | None, bool]]:
    """What a target is counted from by the year it falls due: from which year on, what, whether it is too early then.

    It changes only in the year after a level of its measure, so that no other year need be tried.
    """
    about = (claim.entry.measure, claim.entry.subject)
    after = {
        c.period.year + 1
        for c in claims
        if c.entry.kind == "level" and c.entry.period and (c.entry.measure, c.entry.subject) == about
    }
    first, last = _limit(Year, "ge"), _limit(Year, "le")
    steps: list[tuple[int, Target | None, bool]] = []
    for year in sorted({first, *(year for year in after if first < year <= last)}):
        try:
            steps.append((year, _counted_from(claims, claim, year), False))
        except InputError:
            steps.append((year, None, True))
    return steps


def _counted_from(claims: Claims, claim: Claim, year: int, since: int | None = None) -> Target | None:
    """The target as it is counted in a year, with no other beside it; nothing where it is counted from no level."""
    alone = Claims({c.id: c for c in claims if c.entry.kind != "target" or c is claim}, (), ())
    return next(iter(targets_of(alone, (year,), since)), None)


def _claim_seed(context: ReportContext, read: dict[Rounding, Claims], claim: Claim) -> Json:
    """A level or a growth: its year, and what its printed number may stand for under each way of rounding."""
    return {
        "text": str(context.claim(claim.id)),
        "year": claim.period.year,
        "ways": {way: _estimate_seed(claims[claim.id].known) for way, claims in read.items()},
    }


def _estimate_seed(estimate: Estimate) -> Json:
    value, low, high = (
        None if n is None else str(n) for n in (estimate.value, estimate.range.low, estimate.range.high)
    )
    return {"value": value, "low": low, "high": high, "lowOpen": estimate.range.low_open}


def _unit_seed(wording: Wording, unit: str) -> Json:
    """How numbers of a unit are written, read off from some that the wording writes: so it keeps the rules alone."""
    hundred = 100 if wording.scale(unit, [Fraction(1)])[0] == Fraction(1, 100) else 1
    two = Fraction(2, hundred)
    return {
        "hundred": hundred,
        "whole": wording.amount(Estimate(two, Interval(None, None)), unit) == wording.printed(two, "=", unit),
        "named": not (wording.has(f"units.{unit}") or wording.has(f"units.{unit}.other")),
        "grouped": "2000" not in wording.printed(two * 1000, "=", unit),
        "scales": [
            {
                "factor": str(factor),
                "axis": wording.scale(unit, [Fraction(factor)])[1],
                "forms": _patterns(wording, unit, Fraction(factor, hundred)),
            }
            for factor in _FACTORS
            if factor == 1 or wording.scale(unit, [Fraction(factor)])[0] == factor
        ],
    }


def _patterns(wording: Wording, unit: str, factor: Fraction) -> dict[str, str]:
    """The pattern of a unit for each plural form, with ``{n}`` where the number stands."""
    examples: dict[str, Decimal] = {}
    for number in (*(Decimal(n) for n in range(1, _FORMS_UP_TO)), Decimal("1.5")):
        examples.setdefault(wording.locale.plural_form(number), number)
    decimal = get_decimal_symbol(wording.locale)
    return {
        form: wording.printed(Fraction(number) * factor, "=", unit).replace(str(number).replace(".", decimal), "{n}", 1)
        for form, number in examples.items()
    }


def _forms(wording: Wording, numbers: Iterable[Decimal]) -> dict[str, list[int]]:
    """The whole numbers that take another plural form than most."""
    forms: dict[str, list[int]] = {}
    for number in numbers:
        if (form := wording.locale.plural_form(number)) != "other":
            forms.setdefault(form, []).append(int(number))
    return forms


def _words(wording: Wording, *, several: bool) -> Json:
    """The messages that the script fills in, with names in braces for what it puts there."""
    said = "said_of" if several else "said"
    keys = {
        "exact": "number.exact", "never": "number.never", "unbounded": "number.unbounded",
        "from": "number.from", "up_to": "number.up_to", "by": "tables.gaps.by", "wrong_rate": "what_if.growth.wrong",
        "wrong_year": "what_if.year", "earlier": "what_if.base.earlier", "later": "what_if.due.later",
        "twice": "what_if.due.twice", "nothing_left": "what_if.nothing_left", "said": f"what_if.{said}",
        "no_growth": "what_if.no_growth", "nothing": "figures.turnover.nothing", "refused": "what_if.refused",
        "projected": "what_if.alt.projected", "target": "what_if.alt.target", "x": "figures.turnover.x",
        "stated_level": "figures.turnover.stated", "band": "figures.turnover.band", "base": "figures.turnover.base",
        "rate": "figures.turnover.scenario", "rates": "what_if.rates", "goal": "figures.turnover.target",
        "copied": "what_if.command.copied", "marked": "what_if.command.marked",
    }  # fmt: skip
    names = ("n", "target", "year", "measure", "projected", "gap", "relative", "arrival", "growth", "range")
    places = {name: f"{{{name}}}" for name in names}
    limits = {"low": _rate(wording, "gt"), "high": _rate(wording, "le"), "decimals": str(MOST_DECIMALS)}
    limits |= {"first": str(_limit(Year, "ge")), "last": str(_limit(Year, "le"))}
    columns = [wording.say(f"tables.gaps.columns.{name}") for name in ("growth", "projected", "gap", "arrival")]
    words = {name: wording.say(key, **{**places, **limits}) for name, key in keys.items()}
    ranges = {name: wording.say(f"number.{name}", low="{low}", high="{high}") for name in ("between", "between_signed")}
    return words | ranges | {"columns": columns}


def _settings(parameters: Parameters) -> dict[str, str]:
    """The parameters that the panel changes, as they stand in a command."""
    return {name: _setting(getattr(parameters, name)) for name in CHANGED}


def _command(parameters: Parameters) -> Json:
    """The parts of the command: what comes first, the settings the run was made with, the name of the new run."""
    others = {
        name: value
        for name, value in parameters.model_dump().items()
        if name not in {*CHANGED, "run"} and value != Parameters.model_fields[name].default
    }
    # Make puts a variable in the place of a single dollar sign.
    first = [
        f"{name.upper()}={shlex.quote(others[name])}".replace("$", "$$") for name in _OWN_VARIABLE if name in others
    ]
    return {
        "start": " ".join(["make report", *first]),
        "settings": [f"{name}={_setting(value)}" for name, value in others.items() if name not in _OWN_VARIABLE],
        "run": "what-if" if parameters.run != "what-if" else "what-if-2",
    }


def _setting(value: object) -> str:
    """Write a parameter's value as YAML without a space in it."""
    if isinstance(value, tuple):
        return f"[{','.join(_setting(item) for item in value)}]"
    return decimal_text(Fraction(str(value))) if isinstance(value, float) else str(value)


def _limit(kind: object, name: str) -> int:
    """A limit that the type of a parameter sets; rates and years have whole ones."""
    rules = (rule for part in get_args(kind) if isinstance(part, FieldInfo) for rule in part.metadata)
    return int(next(getattr(rule, name) for rule in rules if hasattr(rule, name)))


def _percent(rate: Fraction | None) -> str | None:
    """A rate in percent, as the text of a decimal number."""
    return None if rate is None else decimal_text(rate * 100)


def _rate(wording: Wording, name: str) -> str:
    """A limit of the rates, as a percentage."""
    return wording.amount(exactly(_limit(Rate, name)), "ratio")


def _form(wording: Wording, seed: Json) -> Html:
    """The form, and the empty places that the script draws into."""
    say, shown = wording.say, {n: target for n, target in enumerate(seed["targets"]) if target["shown"]}
    label = "due.label_of" if len({target["measure"] for target in shown.values()}) > 1 else "due.label"
    return filled(
        "what-if",
        say=say,
        due={
            number: say(f"what_if.{label}", target=target["text"], measure=sentence(target["measure"]))
            for number, target in shown.items()
        },
        growth=_stated_growth(wording, seed),
        hint=say("what_if.growth.hint", low=_rate(wording, "gt"), high=_rate(wording, "le")),
        base="" if seed["base"] else say("what_if.base.empty"),
        ways=WAYS,
        columns=_COLUMNS,
    )


def _stated_growth(wording: Wording, seed: Json) -> str:
    """The choice of what the article states: one growth, one for each measure, or none."""
    if seed["growth"]:
        growth = wording.amount(exactly(Fraction(seed["growth"]) / 100), "ratio")
        return wording.say("what_if.growth.stated", growth=growth)
    each = any(target["growth"] for target in seed["targets"] if target["shown"])
    return wording.say(f"what_if.growth.{'stated_each' if each else 'not_stated'}")
