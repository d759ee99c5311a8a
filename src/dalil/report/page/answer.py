"""The table of page one: what the article says, what was found, and the verdict."""

from collections.abc import Iterator

from dalil.report.markup.html import Cells, Html, strong
from dalil.report.page.layout import Layout
from dalil.report.prose.answer import chosen
from dalil.report.prose.context import ReportContext
from dalil.report.prose.found import found
from dalil.report.prose.statements import statement
from dalil.report.prose.verdicts import verdict
from dalil.wording.messages import sentence


@Layout("short", {"says": 33, "found": 51, "verdict": 16})
def short_table(context: ReportContext) -> Iterator[Cells]:
    """List the claims of page one, each with what was found and the verdict; without a record, nothing was."""
    brief = context.brief
    for name in chosen(context) if context.has_record else ():
        word = strong(sentence(verdict(brief, name).word))
        yield [Html(statement(brief, name)), Html(found(brief, name)), word]
