"""Claims and their reviews as schema.org sees them: a JSON-LD file that search engines and fact-checkers read.

Types and properties are those of https://schema.org/Claim and https://schema.org/ClaimReview.
"""

import json
from collections.abc import Iterator
from typing import Any

from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import origins, said
from dalil.tables.rows import AssessmentRow, ClaimRow, OriginRow, SourceRow, VerdictRow

Node = dict[str, Any]

# Where on a scale from 1 to 5 a rating stands; what neither speaks for nor against a claim has no number.
SCORES: dict[str, int] = {"contradicted": 1, "doubtful": 2, "disputed": 3, "supported": 4, "confirmed": 5}
_BEST, _WORST = 5, 1

# Rules whose findings tell that a claim derives from others: the first claim named derives from the rest, or, of a
# claim made twice, the second from the first.
_DERIVED = {"listed_items_are_counted", "stated_and_derived_agree"}


def claim_reviews(context: ReportContext) -> str:
    """Write every claim of the article, its review and the sources of that as JSON-LD."""
    graph = [_article(context)]
    assessed = {row.claim_id: row for row in context.rows(AssessmentRow)}
    for name, row in context.claims.items():
        graph += [_claim(context, row), _review(context, row, assessed[name])]
    graph += [_source(row) for row in context.rows(OriginRow)]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _article(context: ReportContext) -> Node:
    """The article as the work that claims appear in."""
    languages = [language for language in dict.fromkeys(context.languages.values()) if language != "und"]
    about = context.about
    node: Node = {"@type": "Article", "@id": "#article", "name": context.title, "inLanguage": languages}
    if about.subject:
        node["about"] = about.subject
    if about.sha256:
        node["identifier"] = f"sha256:{about.sha256}"
    return node


def _claim(context: ReportContext, row: ClaimRow) -> Node:
    """A claim: its sentence, where it appears, what is measured, and the claims it derives from."""
    words = context.claim(row.claim_id)
    node: Node = {
        "@type": "Claim",
        "@id": f"#claim-{row.claim_id}",
        "name": f"{words.measure}: {words}",
        "text": " ".join(row.quote.split()),
        "inLanguage": context.languages[row.section],
        "appearance": {"@id": "#article"},
        "about": f"{words.measure}, {words.subject}",
    }
    if row.period:
        node["temporalCoverage"] = "/".join(dict.fromkeys((row.period.start.isoformat(), row.period.end.isoformat())))
    if derived := [{"@id": f"#claim-{name}"} for name in _derived(context, row.claim_id)]:
        node["isBasedOn"] = derived
    return node


def _derived(context: ReportContext, name: str) -> list[str]:
    """The claims that one derives from: the one it repeats, those it counts, the levels its growth lies between."""
    bases = [context.repeated[name]] if name in context.repeated else []
    for row in context.rows(VerdictRow):
        if row.rule in _DERIVED and row.claims[0] == name:
            bases += row.claims[1:]
    return list(dict.fromkeys(bases))


def _review(context: ReportContext, row: ClaimRow, assessed: AssessmentRow) -> Node:
    """A review: the rating with the rule it follows from, what the sources say, and which they are."""
    wording, rating = context.wording, assessed.rating
    first = assessed.first or row.claim_id
    checks = [check for check in context.rows(SourceRow) if check.claim_id == first]
    rated: Node = {
        "@type": "Rating",
        "alternateName": wording.label("ratings", rating),
        "ratingExplanation": wording.say(f"text.record.scale.{rating}"),
    }
    if rating in SCORES:
        rated |= {"ratingValue": SCORES[rating], "bestRating": _BEST, "worstRating": _WORST}
    node: Node = {
        "@type": "ClaimReview",
        "@id": f"#review-{row.claim_id}",
        "itemReviewed": {"@id": f"#claim-{row.claim_id}"},
        "claimReviewed": " ".join(row.quote.split()),
        "reviewRating": rated,
        "author": {"@type": "Organization", "name": "Dalil"},
        "inLanguage": context.parameters.language,
        "url": f"report.html#claim-{row.claim_id}",
    }
    if body := list(_body(context, checks)):
        node["reviewBody"] = " ".join(body)
    if cited := dict.fromkeys(name for check in checks for name in check.origins):
        node["citation"] = [{"@id": f"#source-{name}"} for name in cited]
    return node


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
    node: Node = {
        "@type": "CreativeWork",
        "@id": f"#source-{row.origin}",
        "name": row.title,
        "creator": {"@type": "Organization", "name": row.producer},
        "creditText": row.citation,
        "copyrightNotice": row.licence,
        "url": row.address,
    }
    if row.date_published[:4].isdigit():
        node["datePublished"] = row.date_published
    return node
