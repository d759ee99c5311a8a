"""How many of the ways to work a headline out bear the article out."""

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.tables.rows import UniverseRow


def choices_text(context: ReportContext) -> Markup:
    """Say for each headline how many ways there are and how many bear it out."""
    say = context.wording.html
    if headlines := [
        _headline(context, name) for name in dict.fromkeys(row.claim_id for row in context.rows(UniverseRow))
    ]:
        return paragraphs([say("text.choices.headlines", headlines=Markup("; ").join(headlines))])
    return paragraphs([say("text.choices.nothing")] if context.has_record else [])


def _headline(context: ReportContext, name: str) -> Markup:
    facts, claim = context.fact_phrases, context.claim(name)
    return context.wording.html(
        "text.choices.headline",
        supporting=facts[f"{name}_ways_supporting"],
        ways=facts[f"{name}_ways"],
        measure=claim.measure,
        claim=claim,
    )
