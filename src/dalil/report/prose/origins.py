"""Where the numbers of an article likely come from: a finding, and no evidence for them."""

from collections.abc import Iterator

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import blocks, paragraphs, points
from dalil.report.prose.record import origins


def origins_text(context: ReportContext) -> Markup:
    """Say which claims were likely taken from which source, and why that is thought."""
    if not context.about.taken_from:
        return Markup("")
    return blocks(paragraphs([context.wording.html("text.origins.intro")]), points(_taken(context)))


def _taken(context: ReportContext) -> Iterator[Markup]:
    wording, known = context.wording, origins(context)
    for taken in context.about.taken_from:
        claims = wording.listed(context.claim(name) for name in taken.claims if name in context.claims)
        measures = wording.listed(dict.fromkeys(context.claim(name).measure for name in taken.claims))
        yield wording.html(
            "text.origins.taken",
            measures=measures, claims=claims, source=known.get(taken.source, taken.source), why=wording.own(taken.why),
        )  # fmt: skip
