"""What the sections about the article itself say: its claims, how its text was cleaned, what was found within it."""

from collections.abc import Iterator

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs


def claimed_text(context: ReportContext) -> Markup:
    """Say what the table of claims lists."""
    return paragraphs([context.wording.html(f"text.claimed.{'intro' if context.claims else 'nothing'}")])


def cleaned_text(context: ReportContext) -> Markup:
    """Say how the text was read, and account for every numeral."""
    return paragraphs(_cleaned(context))


def corrections_text(context: ReportContext) -> Markup:
    """Say how many misspellings were mended."""
    count = context.fact_phrases["corrections"]
    key = "corrections" if count.count else "no_corrections"
    return paragraphs([context.wording.html(f"text.cleaned.{key}", n=count)])


def itself_text(context: ReportContext) -> Markup:
    """Say what it means that claims agree or differ."""
    return paragraphs(_itself(context))


def unchecked_text(context: ReportContext) -> Markup:
    """Say why some claims cannot be checked from within."""
    unchecked = context.fact_phrases["findings_unchecked"]
    return paragraphs([context.wording.html(f"text.unchecked.{'intro' if unchecked.count else 'nothing'}")])


def _cleaned(context: ReportContext) -> Iterator[Markup]:
    say, facts = context.wording.html, context.fact_phrases
    yield say("text.cleaned.view")
    if not facts["numerals"].count:
        yield say("text.cleaned.nothing")
        return
    yield say("text.cleaned.numerals", n=facts["numerals"])
    uses = {
        "claims": say("text.cleaned.in_claims", n=facts["numerals_in_claims"]),
        "dates": say("text.cleaned.dates", n=facts["numerals_dates"]),
        "marks": say("text.cleaned.marks", n=facts["numerals_citation_marks"]),
        "words": say("text.cleaned.words", n=facts["numerals_words"]),
    }
    yield say("text.cleaned.account", **uses)
    yield say("text.cleaned.explained")


def _itself(context: ReportContext) -> Iterator[Markup]:
    say, facts = context.wording.html, context.fact_phrases
    if not facts["findings"].count:
        yield say("text.itself.nothing")
        return
    yield say("text.itself.intro")
    if not facts["findings_agree"].count + facts["findings_differ"].count:
        yield say("text.itself.apart")
