"""What the page of a review shows: each sentence once, its numbers marked, with the entries that were drafted of it."""

from typing import Any

from dalil.claims.claims import Claim
from dalil.claims.entries import NONE, Kind, Status, known_units
from dalil.claims.mentions import Mention
from dalil.claims.stated import spans_of
from dalil.review.document import Document
from dalil.review.edits import LEFT_OUT
from dalil.text.article import Sentence
from dalil.wording.catalogue import Wording

# What can be given of a claim, in the order of the form; those of which one is chosen have names in every language.
FIELDS = ("measure", "kind", "subject", "unit", "value", "comparator", "status", "period", "base_period", "anchor",
          "period_anchor", "why")  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": Kind.__args__,  # type: ignore[attr-defined]
    "status": Status.__args__,  # type: ignore[attr-defined]
}


def state_of(document: Document, wording: Wording) -> dict[str, Any]:
    """Say what stands in a document, as JSON has it.

    Parameters
    ----------
    document
        The claims file under review.
    wording
        The language of the page.
    """
    claims, article = document.claims, document.article
    by_sentence: dict[Sentence, tuple[list[Mention], list[dict[str, Any]]]] = {}
    for mention in claims.mentions:
        by_sentence.setdefault(article.sentence_at(mention.clean_start), ([], []))[0].append(mention)
    for written, sentence in zip(document.written, sentences_of(document), strict=True):
        entry = _entry(written, claims.claims.get(written["id"]), document, wording)
        by_sentence.setdefault(sentence, ([], []))[1].append(entry)
    written_units = {str(entry.get("unit", "")) for entry in document.written}
    return {
        "version": document.version,
        "article": article.path.name,
        "undo": document.can_undo,
        "sentences": [
            {
                "line": article.line(sentence.start),
                "section": article.section_at(sentence.start).id,
                "parts": _parts(sentence, mentions, document, wording),
                "claims": entries,
            }
            for sentence, (mentions, entries) in sorted(by_sentence.items(), key=lambda item: item[0].start)
        ],
        "suggested": {
            "measure": sorted({str(entry.get("measure", "")) for entry in document.written} - {""}),
            "subject": sorted({str(entry.get("subject", "")) for entry in document.written} - {""}),
            "unit": sorted((written_units - {""}) | known_units()),
        },
    }


def words_of(wording: Wording) -> dict[str, Any]:
    """The words of the page, and the names of what is chosen from."""
    return {
        **{key: wording.say(f"review.{key}", **_PLACES) for key in wording.keys("review") if key != "fields"},
        "fields": {name: wording.say(f"review.fields.{name}") for name in FIELDS},
        "choices": {
            "kind": {name: wording.label("kinds", name) for name in _CHOICES["kind"]},
            "status": {name: wording.label("statuses", name) for name in _CHOICES["status"]},
            "comparator": {sign: sign for sign in ("=", ">", ">=", "<", "<=", "~")},
        },
    }


# The script puts these in.
_PLACES = {name: f"{{{name}}}" for name in ("n", "left", "all")}


def sentences_of(document: Document) -> list[Sentence]:
    """Find the sentence of each entry, in their order; also of those that are no claim."""
    claims = {claim.id: claim.sentence for claim in document.claims}
    aside = {
        entry.id: document.article.sentence_at(spans_of(entry, document.article)[0][0])
        for _, entry in document.entries.aside
    }
    return [(claims | aside)[entry["id"]] for entry in document.written]


def _entry(written: dict[str, Any], claim: Claim | None, document: Document, wording: Wording) -> dict[str, Any]:
    """An entry as it is written, and its number as readers are told it."""
    fields = {name: str(written.get(name) or LEFT_OUT.get(name, "")) for name in FIELDS}
    fields["kind"] = "" if written["kind"] == NONE else fields["kind"]
    return {
        "id": written["id"],
        "section": written["section"],
        "fields": fields,
        "none": written["kind"] == NONE,
        "reviewed": written.get("reviewed", True) is True,
        "told": _told(claim, wording) if claim else "",
        "when": wording.period(claim.entry.period) if claim and claim.entry.period else "",
        "since": wording.period(claim.entry.base_period) if claim and claim.entry.base_period else "",
        "guessed": claim is not None and _is_guessed(claim, document),
    }


def _told(claim: Claim, wording: Wording) -> str:
    if claim.estimate is not None and claim.estimate.value is not None:
        return wording.printed(claim.estimate.value, claim.comparator, claim.entry.unit)
    return wording.period(claim.iso) if claim.iso else wording.say("number.none")


def _is_guessed(claim: Claim, document: Document) -> bool:
    """Tell whether a drafted claim's period does not stand in its words."""
    if claim.entry.period is None or claim.entry.reviewed:
        return False
    return str(claim.entry.period) not in [m.quantity.iso for m in document.mentions if m.id in claim.mentions]


def _parts(sentence: Sentence, mentions: list[Mention], document: Document, wording: Wording) -> list[dict[str, str]]:
    """The text of a sentence, cut at its numerals; each says which claim it is of, or why it is none."""
    raw, parts, end = document.article.raw, [], sentence.start
    for mention in mentions:
        parts.append({"text": raw[end : mention.start]})
        reason = wording.label("reasons", mention.reason) if mention.reason else ""
        parts.append({"text": raw[mention.start : mention.end], "claim": mention.claim_id, "reason": reason})
        end = mention.end
    return [part for part in [*parts, {"text": raw[end : sentence.end]}] if part["text"]]
