"""What holding the article against itself found, finding by finding."""

from collections.abc import Callable

from markupsafe import Markup

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


def finding(context: ReportContext, row: VerdictRow) -> str:
    """Say in words what a rule found."""
    wording = context.wording
    claims = [context.claim(name) for name in row.claims]
    parts = _details(wording, row)
    if claims:
        first, again = claims[0], claims[-1]
        parts |= {"claim": str(first), "again": str(again), "measure": first.measure, "claim_period": first.period}
    return wording.say(f"outcomes.{row.rule}.{row.outcome}", **parts)


def differing_text(context: ReportContext) -> Markup:
    """Say which statements of the article differ from each other."""
    found = [finding(context, row) for row in context.rows(VerdictRow) if row.verdict == "differs"]
    return paragraphs([context.wording.html("text.claims.differing", findings=" ".join(found))] if found else [])


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
