"""What became of the targets, by each country's record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from dalil.report.prose.claims import FactPhrase, Linked, TargetPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.report.prose.record import CountryRecord, country_records, origins, said, source_rows
from dalil.tables.rows import OutcomeRow

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
        }

    @property
    def shortfall(self) -> FactPhrase:
        """How far the outcome is from the target."""
        return self.fact("shortfall")

    @property
    def relative(self) -> FactPhrase:
        """The same as a share of the target; at current prices only."""
        return self.fact("shortfall_relative")

    @property
    def first_met(self) -> FactPhrase:
        """The first year to reach the target."""
        return self.fact("first_met_by")

    def fact(self, kind: str) -> FactPhrase:
        """A fact about it, by what it is."""
        return self.record.facts[self.fact_names[kind]]


@dataclass(frozen=True)
class JudgedTarget:
    """A target with what each record shows of it."""

    target: TargetPhrase
    current: list[TargetOutcome]
    real: list[TargetOutcome]


def judged_targets(context: ReportContext) -> list[JudgedTarget]:
    """List the targets whose year is on record, in order."""
    records, rows = country_records(context), context.rows(OutcomeRow)
    judged = []
    for target in context.target_phrases():
        outcomes = [
            TargetOutcome(row, record)
            for row in rows
            for record in records
            if row.target == target.row.target and record.is_of(target.claim) and record.code == row.reporter
        ]
        current, real = ([o for o in outcomes if o.row.prices == prices] for prices in ("current", "constant"))
        judged += [JudgedTarget(target, current, real)] if outcomes else []
    return judged


def outcomes_text(context: ReportContext) -> Markup:
    """Say for each target what its year brought, when it was first met, and what was printed of it."""
    judged = judged_targets(context)
    if judged or not (context.has_record and context.targets):
        return paragraphs(*(_sentences(context, target) for target in judged))
    return paragraphs([context.wording.html("text.outcomes.nothing")])


def prices_text(context: ReportContext) -> Markup:
    """Say what constant prices are, where an outcome is on record."""
    if not context.rows(OutcomeRow):
        return Markup("")
    index = context.wording.label("prices_of", context.parameters.deflator)
    return paragraphs([context.wording.html("text.outcomes.prices", index=index)])


def _sentences(context: ReportContext, judged: JudgedTarget) -> Iterator[Markup]:
    say, target = context.wording.html, judged.target
    key = "target" if target.name == target.year else "target_of"
    yield say(f"text.outcomes.{key}", claim=target.claim, year=target.year, measure=target.claim.measure)
    for outcome in judged.current:
        yield from _outcome(context, outcome)
    if judged.real:
        distances = [
            _with(_distance(context, outcome, outcome.shortfall.size), outcome.record.country)
            for outcome in judged.real
        ]
        yield say("text.outcomes.real", base_year=target.row.base_year, distances=Markup("; ").join(distances))
    if printed := _printed(context, target):
        yield say("text.outcomes.printed", figures=Markup("; ").join(printed))


def _outcome(context: ReportContext, outcome: TargetOutcome) -> Iterator[Markup]:
    """What one record shows: the level and how far it is from the target, its growth, the year the target was met."""
    say, row = context.wording.html, outcome.row
    size = _with(outcome.shortfall.size, outcome.relative.size)
    yield say(
        "text.outcomes.reached",
        country=outcome.record.country,
        level=outcome.record.fact(row.target_year),
        distance=_distance(context, outcome, size),
    )
    if row.came and row.needed:
        came, needed = outcome.fact("came"), outcome.fact("needed_from")
        yield say("text.outcomes.growth", base_year=row.base_year, came=came, needed=needed)
    met = outcome.first_met
    yield say("text.outcomes.not_met", year=met.since) if met.never else say("text.outcomes.met", year=met)


def _distance(context: ReportContext, outcome: TargetOutcome, size: Markup | Linked) -> Markup:
    return context.wording.html(f"text.outcomes.distance.{outcome.side}", size=size)


def _printed(context: ReportContext, target: TargetPhrase) -> list[Markup]:
    """What was printed of a target's year, and by whom."""
    known = origins(context)
    return [
        _with(said(context.wording, row), known[row.origins[0]])
        for row in source_rows(context, target.claim)
        if row.found == "outcome" and row.status == "press" and row.period and row.period.year == target.row.target_year
    ]


def _with(text: object, beside: object) -> Markup:
    """Write something with something else in brackets."""
    return Markup("{} ({})").format(text, beside)
