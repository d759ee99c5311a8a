"""What holding the article against itself found, finding by finding."""

from collections.abc import Callable
from fractions import Fraction

from markupsafe import Markup

from dalil.analysis.consistency import RULES
from dalil.report.markup.formula import formula
from dalil.report.markup.html import Html, link
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.tables.rows import VerdictRow
from dalil.wording.catalogue import Wording

# How the details of findings are said, by the rule that gives them; those of others stand as they are.
_DETAILS: dict[str, Callable[[Wording, str], str]] = {
    "repeated_periods_agree": Wording.period,
    "repeated_status_agrees": lambda wording, status: wording.label("statuses", status),
    "stated_and_derived_agree": Wording.period,
    "percentages_say_of_what": Wording.period,
    "citations_lead_somewhere": lambda wording, marks: wording.listed(marks.split()),
}


def finding(context: ReportContext, row: VerdictRow) -> Markup:
    """Say in words what a rule found; the formula and the number that a claim was compared with lead to them."""
    wording = context.wording
    claims = [context.claim(name) for name in row.claims]
    parts: dict[str, str] = _details(wording, row)
    if claims:
        first, again = claims[0], claims[-1]
        parts |= {"claim": str(first), "again": str(again), "measure": first.measure, "claim_period": first.period}
    if "fact" in row.details:
        parts |= _compared(context, row)
    words = RULES[row.rule].words if row.rule in RULES else row.rule
    return wording.html(f"outcomes.{words}.{row.outcome}", **parts)


def compares(row: VerdictRow) -> bool:
    """Tell whether numbers were compared; a base that comes before its period agrees with none."""
    return row.verdict == "differs" or (row.verdict == "agrees" and RULES[row.rule].compares)


def is_told(row: VerdictRow) -> bool:
    """Tell whether a finding is one for readers: numbers agree or differ, or something stands in the way of that."""
    return compares(row) or (row.verdict == "cannot-be-checked" and row.rule in RULES)


def told_of(context: ReportContext, claim: str) -> list[VerdictRow]:
    """The findings for readers that are about a claim."""
    return [row for row in context.rows(VerdictRow) if claim in row.claims and is_told(row)]


def has_row(context: ReportContext, claim: str) -> bool:
    """Tell whether a claim stands in the table of claims: without a record, where a finding is about it."""
    return context.has_record or bool(told_of(context, claim))


def differing_text(context: ReportContext) -> Markup:
    """Say which statements of the article differ from each other."""
    found = [finding(context, row) for row in context.rows(VerdictRow) if row.verdict == "differs"]
    if not found or not context.has_record:
        # Without a record, page one begins with them.
        return Markup("")
    return paragraphs([context.wording.html("text.claims.differing", findings=Markup(" ").join(found))])


def _compared(context: ReportContext, row: VerdictRow) -> dict[str, str]:
    """The formula, each claim in it as its number, what it gives, and by what the claim is off."""
    wording, fact = context.wording, context.fact_phrases[row.details["fact"]]
    number = str(fact.known) if fact.exact else fact.range
    parts = wording.listed([str(context.claim(name)) for name in row.claims[1:]])
    named: Html | str = (
        parts
        if "op" not in fact.fact.expression
        else formula(fact.fact.expression, lambda kind, name: str(context.claim(name)) if kind == "claim" else name)
    )
    factor = Fraction(row.details.get("factor", "1"))
    return {
        "formula": named,
        "worked_out": link("fact", fact.fact.id, number),
        "claim": context.claim(row.claims[0]).__html__(),
        "factor": wording.tick(float(max(factor, 1 / factor))),
    }


def _details(wording: Wording, row: VerdictRow) -> dict[str, str]:
    """What a finding gives besides its claims: periods, standings, citation marks, or what is left open."""
    if row.outcome == "left-open":
        questions = (_question(wording, item, options.split()) for item, options in row.details.items())
        return {"questions": " ".join(questions)}
    say = _DETAILS.get(row.rule)
    return {name: say(wording, text) if say else text for name, text in row.details.items()}


def _question(wording: Wording, item: str, options: list[str]) -> str:
    """What a percentage leaves open, with the ways to take it."""
    ways = wording.listed([wording.label("readings", option) for option in options], "or")
    return wording.say("claim.question", item=wording.label("open", item), options=ways)
