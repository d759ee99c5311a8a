"""What the numbers of a report are called: a phrase for each fact that a reader may ask about."""

import re
from collections.abc import Iterator
from functools import cached_property

from dalil.report.prose.claims import ClaimPhrase, TargetPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.mirror import flow_name
from dalil.report.prose.outcomes import judged_targets
from dalil.report.prose.record import CountryRecord, country_records
from dalil.tables.rows import GroupingRow, MirrorRow, VerdictRow

Named = Iterator[tuple[str, str]]

# A figure of the record as formulas name it: what it is, of which countries, in which year.
_FIGURE = re.compile(r"(\w+)\((?:(\w\w), ([\w +]+), )?(\d{4})\)")

_WORLD = "world"


class Names:
    """The names of what formulas are made of.

    Parameters
    ----------
    context
        The run.
    """

    def __init__(self, context: ReportContext) -> None:
        self._context, self._say = context, context.wording.say

    @cached_property
    def facts(self) -> dict[str, str]:
        """Names of facts by their code names; counts, and what notebooks of one's own keep, have none."""
        sources = (_levels, _targets, _outcomes, _flows, _groups, _results, _compared)
        return {name: text for source in sources for name, text in source(self._context) if name in self._context.facts}

    def __call__(self, kind: str, name: str) -> str:
        """Name a part of a formula: a claim, a fact, a figure of the record; what has no name is as it is."""
        if kind == "claim":
            return claim_name(self._context.claim(name))
        return self._figure(name) if kind == "figure" else self.facts.get(name, name)

    def _figure(self, name: str) -> str:
        found = _FIGURE.fullmatch(name)
        if not found:
            return name
        wording, (what, area, partner, year) = self._context.wording, found.groups()
        if not area:
            return self._say("names.index_of", index=wording.label("prices_of", what), year=year)
        if not wording.has(f"names.figures.{what}"):
            return name
        codes = partner.split(" + ")
        other = self._say("names.world") if codes == [_WORLD] else wording.listed(map(wording.country, codes))
        return self._say(f"names.figures.{what}", country=wording.country(area), partner=other, year=year)


def claim_name(claim: ClaimPhrase) -> str:
    """Name what a claim gives, with its year where it has one."""
    kind = claim.row.kind if claim.row.kind in {"change", "target"} else "level"
    dated = "dated" if claim.dated else "undated"
    return claim.wording.say(f"names.claim.{kind}.{dated}", measure=claim.measure, period=claim.period)


def _levels(context: ReportContext) -> Named:
    """What each record shows year by year, and how its years stand to each other."""
    records = country_records(context)
    years = sorted({row.year for record in records for row in record.rows})
    for record in records:
        parts = {"measure": context.wording.label("measures", record.rows[0].measure), "country": record.country}
        for year in years:
            yield from _level(context, record, year, parts)
            for later in years:
                pair = {"first": year, "last": later, **parts}
                yield record.name("change", year, later), context.wording.say("names.change", **pair)
                yield record.name(later, "of", year), context.wording.say("names.share_of_year", **pair)


def _level(context: ReportContext, record: CountryRecord, year: int, parts: dict[str, str]) -> Named:
    say = context.wording.say
    level = say("names.level", year=year, **parts)
    yield record.name(year), level
    yield f"{record.name(year)}_real", say("names.real", name=level)
    for end in ("", "_low", "_high"):
        yield f"{record.name(year)}{end}", say(f"names.level{end}", year=year, **parts)
        yield f"{record.name('growth', year)}{end}", say(f"names.growth{end}", year=year, **parts)
    yield record.name(year, "implied"), say("names.implied_by", year=year, **parts)
    yield record.name(year, "revision"), say("names.revision", year=year, **parts)
    yield record.name("balance", year), say("names.balance", year=year, **parts)
    yield record.name(year, "regained"), say("names.regained", year=year, **parts)


def _targets(context: ReportContext) -> Named:
    """How far the article's own numbers lead towards each target."""
    for target in context.target_phrases():
        parts = {"target": str(target.claim), "year": target.year, "measure": target.claim.measure}
        patterns = {
            "projected": "projected_#", "gap": "gap_#", "gap_relative": "gap_#_relative", "gap_width": "gap_#_width",
            "needed": "required_growth_#", "needed_yearly": "required_cagr_#", "years": "years_to_target_#",
            "arrival": "arrival_#", "first_met": "target_#_first_met",
        }  # fmt: skip
        for key, pattern in patterns.items():
            yield pattern.replace("#", target.name), context.wording.say(f"names.{key}", **parts)
        yield from _steps(context, target, parts)
    yield "largest_revision", context.wording.say("names.largest_revision")


def _steps(context: ReportContext, target: TargetPhrase, parts: dict[str, str]) -> Named:
    if target.before:
        step = {"before": target.before.year, **parts}
        yield f"required_growth_{target.before.name}_{target.name}", context.wording.say("names.step", **step)
        yield f"required_cagr_{target.before.name}_{target.name}", context.wording.say("names.step_yearly", **step)


def _outcomes(context: ReportContext) -> Named:
    """What became of each target, by each record."""
    for judged in judged_targets(context):
        target = judged.target
        for outcome in (*judged.current, *judged.real):
            parts = {
                "target": str(target.claim), "year": target.year, "country": outcome.record.country,
                "measure": target.claim.measure, "base_year": outcome.row.base_year,
            }  # fmt: skip
            for key, fact in outcome.fact_names.items():
                name = context.wording.say(f"names.{key}", **parts)
                yield fact, context.wording.say("names.real", name=name) if outcome.row.prices == "constant" else name


def _flows(context: ReportContext) -> Named:
    """How the two records of one flow stand to each other."""
    for row in context.rows(MirrorRow):
        exporter, importer = context.wording.country(row.exporter), context.wording.country(row.importer)
        yield flow_name(row), context.wording.say("names.mirror", year=row.year, exporter=exporter, importer=importer)


def _groups(context: ReportContext) -> Named:
    """What the countries of a group come to."""
    for row in context.rows(GroupingRow):
        measure, say = context.claim(row.claim_id).measure, context.wording.say
        yield f"{row.claim_id}_members", say("names.members", measure=measure, year=row.last_year)
        for code in row.added:
            country = context.wording.country(code)
            yield f"{row.claim_id}_most_without_{code.lower()}", say("names.without", measure=measure, country=country)


def _results(context: ReportContext) -> Named:
    """What follows from claims alone."""
    for fact in context.facts.values():
        if fact.kind:
            first, last = (context.claim(fact.claims[place]) for place in (0, -1))
            parts = {"first": claim_name(first), "last": claim_name(last), "measure": first.measure}
            base = last.base_period or first.base_period
            yield fact.id, context.wording.say(f"names.{fact.kind}", period=first.period, base_period=base, **parts)


def _compared(context: ReportContext) -> Named:
    """What claims were compared with that others of the article lead to."""
    for row in (row for row in context.rows(VerdictRow) if "fact" in row.details):
        claim = context.claim(row.claims[0])
        key = "names.worked_out" if claim.dated else "names.worked_out_undated"
        yield row.details["fact"], context.wording.say(key, measure=claim.measure, period=claim.period)
