"""What a report was made with and how: the record and its sources, the method, the environment."""

from collections.abc import Iterator

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs, points
from dalil.tables.rows import AbsentRow


def record_text(context: ReportContext) -> Markup:
    """Say what claims were held against, and which tables of that are missing."""
    return paragraphs(_record(context))


def _record(context: ReportContext) -> Iterator[Markup]:
    say = context.wording.html
    yield say("text.record.intro" if context.has_record else "text.record.nothing")
    if absent := [_table(row) for row in context.rows(AbsentRow)]:
        yield say("text.record.absent", tables=Markup("; ").join(absent))


def _table(row: AbsentRow) -> Markup:
    path = Markup("<code>{}</code>").format(row.path)
    return Markup("{} ({})").format(path, row.title) if row.title else path


def sources_text(context: ReportContext) -> Markup:
    """Say what the list of sources is."""
    return paragraphs([context.wording.html(f"text.sources.{'intro' if context.has_record else 'nothing'}")])


def method_text(context: ReportContext) -> Markup:
    """List the conventions, a point each."""
    wording = context.wording
    rounding = context.parameters.rounding
    return points(wording.html(f"text.method.{name}", rounding=rounding) for name in wording.keys("text.method"))


def environment_text(context: ReportContext) -> Markup:
    """Say which packages are listed, and that the article is the one on record."""
    say = context.wording.html
    checked = [say("text.environment.checksum")] if context.about.sha256 else []
    return paragraphs([say("text.environment.intro"), *checked])
