"""Statements: what each claim says in plain words, and an editor's own texts, every number in them bound by name."""

from difflib import get_close_matches

from markupsafe import Markup

from dalil.errors import InputError
from dalil.project import shown
from dalil.report.markup.html import link, quote
from dalil.report.prose.claims import claim_value
from dalil.report.prose.context import ReportContext
from dalil.tables.rows import ClaimRow
from dalil.text.record import record_of

# What may follow the name of a claim in an editor's text.
_PERIODS = ("period", "base_period")


def statement(context: ReportContext, claim: str) -> Markup:
    """Say what a claim says, in the report's language.

    Where nobody has written that, it is the sentence of the article itself, in quotation marks, with the number.
    """
    row = context.claims[claim]
    text = row.statement.get(context.wording.written)
    if text is None:
        sentence = quote(row.quote, context.languages[row.section])
        return context.wording.html("answer.sentence", sentence=sentence, claim=str(context.claim(claim)))
    filled = context.wording.edited(text, lambda name: _of_claim(context, row, name))
    return filled[:1].upper() + filled[1:]


def edited(context: ReportContext, text: str, key: str) -> Markup:
    """Put numbers into a text of the article's record: facts and claims by their names, ``claim.period`` its period.

    Raises
    ------
    InputError
        It names what is neither a fact nor a claim.
    """

    def part(name: str) -> Markup:
        claim, _, period = name.partition(".")
        if claim in context.claims and period in _PERIODS and getattr(context.claims[claim], period):
            return Markup("{}").format(_of_claim(context, context.claims[claim], period))
        if name in context.facts:
            return link("fact", name, str(context.fact_phrases[name].known))
        if name in context.claims:
            return link("claim", name, str(context.claim(name)))
        close = get_close_matches(name, [*context.facts, *context.claims], n=1)
        hint = f'; did you mean "{close[0]}"?' if close else ""
        raise InputError.of(
            shown(record_of(context.run.project.path(context.parameters.article))),
            [f"{key}: {{{name}}} is neither a fact nor a claim{hint}"],
            then="The names of facts are in facts.json, those of claims in the claims file.",
        )

    return context.wording.edited(text, part)


def _of_claim(context: ReportContext, row: ClaimRow, name: str) -> str:
    """What a name in a statement stands for: the number without the bound that the statement's words give."""
    wording = context.wording
    if name in _PERIODS:
        return wording.period(getattr(row, name))
    if row.estimate is None or row.estimate.value is None:
        return claim_value(row, wording)
    if name == "number":
        return wording.tick(float(row.estimate.value))
    return wording.printed(row.estimate.value, "=", row.unit)
