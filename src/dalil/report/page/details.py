"""What stands on the page behind headings that open: the run in full, which a PDF carries as files."""

from collections.abc import Callable

from dalil.report.markup.html import Html, element
from dalil.report.page import tables
from dalil.report.page.annotated import article_view
from dalil.report.prose.context import ReportContext


def details(context: ReportContext) -> Html:
    """Set each part of the run that has something in it, folded under its heading."""
    folds = (_fold(context, name, make(context)) for name, make in _PARTS.items())
    intro = element("p", context.wording.say("text.details.intro"))
    return Html("\n").join([intro, *filter(None, folds)])


def _fold(context: ReportContext, name: str, content: Html) -> Html:
    if not content:
        return Html("")
    heading = element("h3", context.wording.say(f"details.{name}"), id=name)
    return element("details", element("summary", heading), content)


def _findings(context: ReportContext) -> Html:
    """The findings within the article, those that differ first."""
    given = ("differs", "agrees", "cannot-be-checked")
    return Html("\n").join(filter(None, (tables.findings_table(context, verdict) for verdict in given)))


def _article(context: ReportContext) -> Html:
    """The article as a whole, where its record says that it may be shown so."""
    return article_view(context) if context.about.full_text else Html("")


# The parts in their order, and what sets each.
_PARTS: dict[str, Callable[[ReportContext], Html]] = {
    "facts": tables.ledger_table,
    "projections": tables.gaps_table,
    "consistency": _findings,
    "numerals": tables.account_table,
    "repairs": tables.corrections_table,
    "article": _article,
    "reading": tables.reading_table,
    "parameters": tables.parameters_table,
    "environment": tables.environment_table,
    "dictionary": tables.dictionary_tables,
}
