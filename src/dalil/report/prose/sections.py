"""The texts of the report's sections, by name."""

from collections.abc import Callable
from operator import attrgetter

from markupsafe import Markup

from dalil.report.prose.answer import rest_text, summary_text, sure_text
from dalil.report.prose.article import claimed_text, cleaned_text, corrections_text, itself_text, unchecked_text
from dalil.report.prose.choices import choices_text
from dalil.report.prose.context import ReportContext
from dalil.report.prose.findings import lead_text, points_text
from dalil.report.prose.growth import growth_text
from dalil.report.prose.left_open import open_text
from dalil.report.prose.method import environment_text, method_text, record_text, sources_text
from dalil.report.prose.mirror import mirror_text
from dalil.report.prose.outcomes import outcomes_text, prices_text
from dalil.report.prose.paragraphs import paragraphs
from dalil.report.prose.targets import (
    fan_text,
    follows_text,
    needed_text,
    shares_text,
    targets_text,
    width_text,
)


def _phrase(key: str, when: Callable[[ReportContext], object] = lambda _: True) -> Callable[[ReportContext], Markup]:
    """Make the text of a section that says one thing, where there is something to say it of."""
    return lambda context: paragraphs([context.wording.html(key)] if when(context) else [])


# What is said in a section, by the section and the text in it.
SECTIONS: dict[str, Callable[[ReportContext], Markup]] = {
    "short.summary": summary_text,
    "short.rest": rest_text,
    "short.sure": sure_text,
    "findings.lead": lead_text,
    "findings.points": points_text,
    "claimed.intro": claimed_text,
    "cleaned.intro": cleaned_text,
    "cleaned.corrections": corrections_text,
    "follows.intro": follows_text,
    "follows.needed": needed_text,
    "follows.shares": shares_text,
    "targets.intro": targets_text,
    "targets.width": width_text,
    "targets.fan": fan_text,
    "targets.sensitivity": _phrase("text.targets.sensitivity", attrgetter("targets")),
    "itself.intro": itself_text,
    "unchecked.intro": unchecked_text,
    "record.intro": record_text,
    "record.rules": _phrase("text.record.rules", attrgetter("has_record")),
    "record.sources": _phrase("text.record.sources", attrgetter("has_record")),
    "growth.intro": growth_text,
    "outcomes.intro": outcomes_text,
    "outcomes.prices": prices_text,
    "mirror.intro": mirror_text,
    "open.intro": open_text,
    "choices.intro": choices_text,
    "sources.intro": sources_text,
    "facts.intro": _phrase("text.facts.intro"),
    "method.body": method_text,
    "parameters.intro": _phrase("text.parameters.intro"),
    "environment.intro": environment_text,
    "dictionary.intro": _phrase("text.dictionary.intro"),
}
