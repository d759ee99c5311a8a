"""How the article was checked, what could not be, and how a mistake is mended."""

from fractions import Fraction
from math import floor

from markupsafe import Markup

from dalil.numbers.intervals import exactly
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import points
from dalil.tables.rows import ReadingRow


def method_text(context: ReportContext) -> Markup:
    """List what was done and what was not, the conventions, and how a mistake is mended."""
    wording, contact = context.wording, context.about.contact
    with_record = {"limits", "page_one", "record", "reliability"}
    told = [
        name for name in wording.keys("text.method")
        if name not in {"compared", "write"} and (context.has_record or name not in with_record)
    ]  # fmt: skip
    lowest = min(row.value_f1 for row in context.rows(ReadingRow))
    parts = {
        "rounding": wording.label("roundings", context.parameters.rounding),
        "score": wording.amount(exactly(Fraction(floor(lowest * 100), 100)), "ratio"),
        "compared": wording.say(f"text.method.compared.{'record' if context.has_record else 'alone'}"),
        "unsearched": wording.own(context.about.unsearched),
        "write": wording.html(f"text.method.write.{'contact' if contact else 'nobody'}", contact=contact),
    }
    return points(wording.html(f"text.method.{name}", **parts) for name in told)
