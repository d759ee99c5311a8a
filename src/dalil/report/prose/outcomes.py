"""What became of the targets, by each country's record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from markupsafe import Markup

from dalil.analysis.ratings import Met
from dalil.report.prose.claims import FactPhrase, TargetPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import blocks, heading, paragraphs
from dalil.report.prose.record import CountryRecord, country_records, origins, said, source_rows
from dalil.tables.rows import AssessmentRow, OutcomeRow, SourceRow

Side = Literal["short", "above"]


@dataclass(frozen=True)
class TargetOutcome:
    """What one record shows of a target, at current or constant prices."""

    row: OutcomeRow
    record: CountryRecord

    @property
    def side(self) -> Side:
        """On which side of the target the outcome is; one that is just met is not above it."""
        gap = self.row.gap.value
        return "above" if gap is not None and gap > 0 else "short"

    @property
    def fact_names(self) -> dict[str, str]:
        """The names of the facts about it, by what each is."""
        row = self.row
        end = row.reporter.lower() + ("_real" if row.prices == "constant" else "")
        return {
            "shortfall": f"target_{row.name}_shortfall_{end}",
            "shortfall_relative": f"target_{row.name}_shortfall_{end}_relative",
            "first_met_by": f"target_{row.name}_first_met_{end}",
            "delay": f"target_{row.name}_delay_{end}",
            "came": f"cagr_{row.base_year}_{row.name}_{end}",
            "needed_from": f"needed_{row.base_year}_{row.name}_{end}",
            "had_before": f"target_{row.name}_had_before_{end}",
            "nearest": f"target_{row.name}_nearest_{end}",
            "nearest_year": f"target_{row.name}_nearest_year_{end}",
        }

    @property
    def shortfall(self) -> FactPhrase:
        """How far the outcome is from the target."""
        return self.fact("shortfall")

    @property
    def relative(self) -> FactPhrase:
        """The same as a share of the target; at current prices only."""
        return self.fact("shortfall_relative")

    def fact(self, kind: str) -> FactPhrase:
        """A fact about it, by what it is."""
        return self.record.facts[self.fact_names[kind]]


@dataclass(frozen=True)
class JudgedTarget:
    """A target with what each record shows of it."""

    target: TargetPhrase
    current: list[TargetOutcome]
    real: list[TargetOutcome]
    met: Met

    @property
    def missed(self) -> bool:
        """Whether some record falls short of it."""
        return self.met in {"missed", "missed-narrowly"}

    @property
    def nearest(self) -> tuple[TargetOutcome, FactPhrase, FactPhrase] | None:
        """The record, the year and the distance of the year that came nearest to it, where that is worked out."""
        found = [
            (outcome, outcome.fact("nearest_year"), outcome.fact("nearest"))
            for outcome in self.current
            if outcome.fact_names["nearest"] in outcome.record.facts
        ]
        return min(found, key=lambda near: abs(near[2].fact.estimate.value or Fraction(0)), default=None)


def judged_targets(context: ReportContext) -> list[JudgedTarget]:
    """List the targets whose year is on record, in order."""
    records, rows = country_records(context), context.rows(OutcomeRow)
    became = {row.claim_id: row.met for row in context.rows(AssessmentRow)}
    judged = []
    for target in context.target_phrases():
        outcomes = [
            TargetOutcome(row, record)
            for row in rows
            for record in records
            if row.target == target.row.target and record.is_of(target.claim) and record.code == row.reporter
        ]
        current, real = ([o for o in outcomes if o.row.prices == prices] for prices in ("current", "constant"))
        judged += [JudgedTarget(target, current, real, became[target.row.target])] if outcomes else []
    return judged


def outcomes_text(context: ReportContext) -> Markup:
    """Say whether the targets were met, what each one's year brought, and what officials said of it."""
    judged = judged_targets(context)
    if not judged:
        return Markup("")
    return blocks(
        heading(_finding(context, judged)),
        *(paragraphs(_became(context, one), _said(context, one)) for one in judged),
    )


def prices_text(context: ReportContext) -> Markup:
    """Say what inflation changes in that."""
    judged = [target for target in judged_targets(context) if target.real]
    if not judged:
        return Markup("")
    wording = context.wording
    distances = [
        wording.html(
            f"text.outcomes.real.{outcome.side}",
            year=target.target.year, country=outcome.record.country, size=outcome.shortfall.size,
        )
        for target in judged
        for outcome in target.real
    ]  # fmt: skip
    index = wording.label("prices_of", context.parameters.deflator)
    base_year = judged[0].target.row.base_year
    return paragraphs(
        [wording.html("text.outcomes.prices", base_year=base_year, index=index, distances=wording.listed(distances))]
    )


def _finding(context: ReportContext, judged: list[JudgedTarget]) -> str:
    """Whether all, some or none of the targets were met, in a line."""
    missed = [target for target in judged if target.missed]
    case = "missed" if len(missed) == len(judged) else "mixed" if missed else "met"
    number = {1: "one", 2: "both"}.get(len(judged), "all") if case != "mixed" else "some"
    return context.wording.say(f"text.outcomes.finding.{case}.{number}", count=len(judged))


def _became(context: ReportContext, judged: JudgedTarget) -> Iterator[Markup]:
    """What a target's year brought by each record, and when it was met or how near any year came."""
    wording, target = context.wording, judged.target
    results = [
        wording.html(
            f"text.outcomes.result.{outcome.side}",
            level=outcome.record.fact(outcome.row.target_year), country=outcome.record.country,
            size=outcome.relative.size,
        )
        for outcome in judged.current
    ]  # fmt: skip
    yield wording.html("text.outcomes.reached", claim=target.claim, when=target.when, results=wording.listed(results))
    facts = context.fact_phrases
    if judged.met == "missed-narrowly" and (revision := facts.find("largest_revision")):
        yield wording.html("text.outcomes.narrowly", revision=revision.size)
    if falls := _falls(context, judged):
        parts = {"year": target.year, "measure": target.claim.measure, "falls": wording.listed(falls)}
        yield wording.html("text.outcomes.fell", **parts)
    for outcome in judged.current:
        if outcome.fact_names["had_before"] in facts:
            year = outcome.fact("had_before")
            yield wording.html("text.outcomes.before", country=outcome.record.country, year=year)
    met = target.fact("target_#_first_met")
    if not met.never:
        yield wording.html("text.outcomes.met", year=met)
        return
    yield wording.html("text.outcomes.not_met", year=met.since)
    if near := judged.nearest:
        outcome, year, distance = near
        yield wording.html("text.outcomes.nearest", country=outcome.record.country, year=year, size=distance.size)


def _falls(context: ReportContext, judged: JudgedTarget) -> list[str]:
    """By how much each record fell in the year that the target fell due."""
    wording, falls = context.wording, []
    for outcome in judged.current:
        growth = next((row.growth for row in outcome.record.rows if row.year == outcome.row.target_year), None)
        if growth and growth.value is not None and growth.value < 0:
            size = wording.amount(replace(growth, value=-growth.value), "ratio")
            falls.append(wording.say("text.outcomes.fall", size=size, country=outcome.record.country))
    return falls


def _said(context: ReportContext, judged: JudgedTarget) -> Iterator[Markup]:
    """What officials and the press said of a target and its year, and who."""
    wording, known, target = context.wording, origins(context), judged.target
    rows, due = source_rows(context, target.claim), target.row.target_year
    printed = [row for row in rows if row.found == "outcome" and row.status == "press" and _year(row) == due]
    if printed:
        figures = [
            wording.html(
                f"text.outcomes.said.{'by' if row.note else 'in'}",
                value=said(wording, row), who=wording.data(row.note), source=known[row.origins[0]],
            )
            for row in printed
        ]  # fmt: skip
        yield wording.html("text.outcomes.printed", year=target.year, figures=Markup("; ").join(figures))
    for row in rows:
        origin = known[row.origins[0]]
        if row.found == "statement" and row.note and _year(row) == due <= origin.published:
            remark, who = wording.data(row.note), wording.data(origin.row.producer)
            yield wording.html("text.outcomes.remark", remark=remark, who=who, source=origin, year=origin.published)


def _year(row: SourceRow) -> int:
    return row.period.year if row.period else 0
