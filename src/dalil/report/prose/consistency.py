"""What holding the article against itself found, finding by finding."""

from dalil.report.prose.context import ReportContext
from dalil.tables.rows import VerdictRow
from dalil.wording.catalogue import Wording
from dalil.wording.messages import sentence


def finding(context: ReportContext, row: VerdictRow) -> str:
    """Say in words what a rule found.

    Parameters
    ----------
    context
        The run and the language.
    row
        The finding: which rule, which of its cases, about which claims.
    """
    wording = context.wording
    claims = [context.claim(name) for name in row.claims]
    parts: dict[str, object] = {name: _detail(wording, name, text) for name, text in row.details.items()}
    if row.outcome == "left-open":
        parts["questions"] = " ".join(_question(wording, item, row.details[item].split()) for item in row.details)
    if "marks" in row.details:
        parts["marks"] = wording.listed(row.details["marks"].split())
    if claims:
        first, again = claims[0], claims[-1]
        parts |= {"claim": first, "again": again, "claim_opening": sentence(str(first))}
        parts |= {"measure": sentence(first.measure), "claim_period": first.period}
    return wording.say(f"outcomes.{row.rule}.{row.outcome}", **parts)


def findings_with(context: ReportContext, *, verdict: str = "", rule: str = "") -> list[str]:
    """Say what the findings with a verdict, or of a rule, are."""
    rows = context.rows(VerdictRow)
    return [finding(context, row) for row in rows if row.verdict == verdict or row.rule == rule]


def _question(wording: Wording, item: str, options: list[str]) -> str:
    """What a percentage leaves open, with the ways to take it."""
    ways = wording.listed([wording.label("readings", option) for option in options], "or")
    name = sentence(wording.label("open", item))
    return wording.say("outcomes.percentages_say_of_what.question", item=name, options=ways)


def _detail(wording: Wording, name: str, text: str) -> str:
    """Put a finding's detail into words: periods and standings by their names."""
    if name in {"period", "base_period"} or (name in {"before", "after"} and text[:1].isdigit()):
        return wording.period(text)
    return wording.label("statuses", text) if name in {"before", "after"} and text else text
