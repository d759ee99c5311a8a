"""What a report was made with and how: the record and its sources, the method, the environment."""

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs, points


def sources_text(context: ReportContext) -> Markup:
    """Say what the list of sources is."""
    return paragraphs([context.wording.html(f"text.sources.{'intro' if context.has_record else 'nothing'}")])


def method_text(context: ReportContext) -> Markup:
    """List the conventions, a point each."""
    wording = context.wording
    rounding = context.parameters.rounding
    return points(wording.html(f"text.method.{name}", rounding=rounding) for name in wording.keys("text.method"))
