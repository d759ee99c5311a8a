"""Page one of an article held against nothing but itself: what does not fit, what fits, what to look up."""

from collections.abc import Iterator

from markupsafe import Markup

from dalil.report.markup.html import quote
from dalil.report.prose.answer import counted
from dalil.report.prose.consistency import compares, finding
from dalil.report.prose.context import ReportContext
from dalil.report.prose.found import found
from dalil.report.prose.paragraphs import blocks, heading, paragraphs, points
from dalil.tables.rows import ClaimRow, VerdictRow

# So many findings that agree and numbers to look up stand on page one; what does not fit stands there whole.
_FITTING, _TO_LOOK_UP = 8, 8


def fit_text(context: ReportContext) -> Markup:
    """Say what does not fit, what fits and what to look up, where there is no record."""
    if context.has_record or not context.claims:
        return Markup("")
    wording = context.wording
    held = [row for row in context.rows(VerdictRow) if compares(row)]
    differs, agrees = ([row for row in held if row.verdict == verdict] for verdict in ("differs", "agrees"))
    alone = look_up(context)
    return blocks(
        heading(wording.say("fit.differs")),
        points(_item(context, row) for row in differs) or paragraphs([wording.html("fit.none")]),
        *_part(context, "agrees", [_item(context, row) for row in agrees[:_FITTING]], "more", len(agrees) - _FITTING),
        *_part(
            context,
            "look_up",
            [_look(context, context.claims[name]) for name in alone[:_TO_LOOK_UP]],
            "rest",
            len(alone) - _TO_LOOK_UP,
        ),
    )


def look_up(context: ReportContext) -> list[str]:
    """List the claims that nothing in the article bears out, those that weigh most first."""
    held = {name for row in context.rows(VerdictRow) if compares(row) for name in row.claims}
    alone = [name for name in counted(context) if name not in held and context.claims[name].value is not None]
    return sorted(alone, key=lambda name: -context.claims[name].weight)


def _part(context: ReportContext, name: str, items: list[Markup], more: str, left: int) -> Iterator[Markup]:
    if items:
        yield heading(context.wording.say(f"fit.{name}"))
        yield points(items)
        yield paragraphs([context.wording.html(f"fit.{more}", n=left)] if left > 0 else [])


def _item(context: ReportContext, row: VerdictRow) -> Markup:
    """A finding with the sentences that it is about, each once, as the article has them."""
    rows = {context.claims[name].quote: context.claims[name] for name in reversed(row.claims)}
    sentences = (_sentence(context, claim) for claim in reversed(rows.values()))
    return context.wording.html("fit.item", finding=finding(context, row), sentences=Markup(" ").join(sentences))


def _look(context: ReportContext, row: ClaimRow) -> Markup:
    """A number that stands alone: its sentence, why it is to be looked up, and where."""
    claim = context.claim(row.claim_id)
    kind = row.kind if row.kind in {"change", "target"} else "date" if row.unit == "date" else "level"
    case = kind if kind == "date" or claim.dated else "undated"
    told = context.wording.html(f"fit.look.{case}", claim=claim, measure=claim.measure, period=claim.period)
    leads = [found(context, row.claim_id)] if row.kind == "target" else []
    return context.wording.html("fit.item", finding=Markup(" ").join([told, *leads]), sentences=_sentence(context, row))


def _sentence(context: ReportContext, row: ClaimRow) -> Markup:
    sentence, claim = quote(row.quote, context.languages[row.section]), context.claim(row.claim_id)
    return context.wording.html("fit.sentence", sentence=sentence, claim=Markup(claim.note), line=row.line_start)
