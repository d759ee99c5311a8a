"""Claims and their reviews as schema.org sees them: a JSON-LD file that search engines and fact-checkers read.

Types and properties are those of https://schema.org/Claim and https://schema.org/ClaimReview.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dalil.analysis.consistency import RULES
from dalil.analysis.relations import WORDS
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import origins, said
from dalil.tables.rows import AssessmentRow, ClaimRow, OriginRow, SourceRow, VerdictRow
from dalil.text.record import UNDETERMINED

Node = dict[str, Any]

# Where on a scale from 1 to 5 a rating stands; what neither speaks for nor against a claim has no number.
SCORES: dict[str, int] = {"contradicted": 1, "doubtful": 2, "disputed": 3, "supported": 4, "confirmed": 5}
_BEST, _WORST = 5, 1

# Rules whose findings tell that a claim derives from others: the first claim named derives from the rest, or, of a
# claim made twice, the second from the first.
_DERIVED = {"listed_items_are_counted", "stated_and_derived_agree"}
_DERIVED |= {name for name, rule in RULES.items() if rule.words == WORDS}


def claim_reviews(context: ReportContext) -> str:
    """Write every claim of the article, its review and the sources of that as JSON-LD; a draft nobody read has none."""
    graph = [_article(context)]
    assessed = {row.claim_id: row for row in context.rows(AssessmentRow)}
    for name, row in context.claims.items():
        graph += [_claim(context, row), *([_review(context, row, assessed[name])] if row.reviewed else [])]
    graph += [_source(row) for row in context.rows(OriginRow)]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _node(kind: str, place: str, **properties: Any) -> Node:
    """A node of the graph, what is not known of it left out."""
    return {"@type": kind, "@id": f"#{place}", **{key: value for key, value in properties.items() if value}}


def _references(kind: str, names: Iterable[str]) -> list[Node]:
    return [{"@id": f"#{kind}-{name}"} for name in dict.fromkeys(names)]


def _article(context: ReportContext) -> Node:
    """The article as the work that claims appear in."""
    about = context.about
    return _node(
        "Article",
        "article",
        name=context.article_name,
        inLanguage=[language for language in dict.fromkeys(context.languages.values()) if language != UNDETERMINED],
        about=about.subject,
        identifier=f"sha256:{about.sha256}" if about.sha256 else "",
        datePublished=_date(about.published),
    )


def _claim(context: ReportContext, row: ClaimRow) -> Node:
    """A claim: its sentence, where it appears, what is measured, and the claims it derives from."""
    words, period = context.claim(row.claim_id), row.period
    days = (period.start.isoformat(), period.end.isoformat()) if period else ()
    return _node(
        "Claim",
        f"claim-{row.claim_id}",
        name=f"{words.measure}: {words}",
        text=" ".join(row.quote.split()),
        inLanguage=context.languages[row.section],
        appearance={"@id": "#article"},
        about=f"{words.measure}, {words.subject}",
        temporalCoverage="/".join(dict.fromkeys(days)),
        isBasedOn=_references("claim", _derived(context, row.claim_id)),
    )


def _derived(context: ReportContext, name: str) -> Iterator[str]:
    """The claims that one derives from: the one it repeats, those it counts, the levels its growth lies between."""
    if name in context.repeated:
        yield context.repeated[name]
    for row in context.rows(VerdictRow):
        if row.rule in _DERIVED and row.claims[0] == name:
            yield from row.claims[1:]


def _review(context: ReportContext, row: ClaimRow, assessed: AssessmentRow) -> Node:
    """A review: the rating with the rule it follows from, what the sources say, and which they are."""
    checks = [check for check in context.rows(SourceRow) if check.claim_id == (assessed.first or row.claim_id)]
    return _node(
        "ClaimReview",
        f"review-{row.claim_id}",
        itemReviewed={"@id": f"#claim-{row.claim_id}"},
        claimReviewed=" ".join(row.quote.split()),
        reviewRating=_rating(context, assessed.rating),
        author={"@type": "Organization", "name": "Dalil"},
        inLanguage=context.parameters.language,
        url=f"report.html#claim-{row.claim_id}",
        reviewBody=" ".join(_body(context, checks)),
        citation=_references("source", (name for check in checks for name in check.origins)),
    )


def _rating(context: ReportContext, rating: str) -> Node:
    scored = {"ratingValue": SCORES[rating], "bestRating": _BEST, "worstRating": _WORST} if rating in SCORES else {}
    return {
        "@type": "Rating",
        "alternateName": context.wording.label("ratings", rating),
        "ratingExplanation": context.wording.say(f"text.record.scale.{rating}"),
        **scored,
    }


def _body(context: ReportContext, checks: list[SourceRow]) -> Iterator[str]:
    """One sentence a source: who says what, and whether that agrees."""
    wording, known = context.wording, origins(context)
    for check in checks:
        names = wording.listed(str(known[name]) for name in check.origins)
        source = names or wording.say("tables.sources.no_series", country=wording.country(check.reporter))
        value = said(wording, check)
        yield f"{source}{': ' if value else ''}{value} ({wording.label('spoken', check.verdict)})."


def _source(row: OriginRow) -> Node:
    """A source: who made it, when, where it is, on what terms."""
    return _node(
        "CreativeWork",
        f"source-{row.origin}",
        name=row.title,
        creator={"@type": "Organization", "name": row.producer},
        creditText=row.citation,
        copyrightNotice=row.licence,
        url=row.address,
        datePublished=_date(row.date_published),
    )


def _date(text: str) -> str:
    """A date, where it is one and no words."""
    return text if text[:4].isdigit() else ""
