"""The texts of the report's sections, by name."""

from collections.abc import Callable

from markupsafe import Markup

from dalil.report.prose.article import claimed_text, cleaned_text, corrections_text, itself_text, unchecked_text
from dalil.report.prose.choices import choices_text
from dalil.report.prose.context import ReportContext
from dalil.report.prose.findings import lead_text, points_text
from dalil.report.prose.growth import growth_text
from dalil.report.prose.left_open import open_text
from dalil.report.prose.method import (
    environment_text,
    method_text,
    phrase,
    record_text,
    rules_text,
    sources_text,
    verdicts_text,
)
from dalil.report.prose.mirror import mirror_text
from dalil.report.prose.outcomes import outcomes_text, prices_text
from dalil.report.prose.targets import (
    fan_text,
    follows_text,
    needed_text,
    sensitivity_text,
    shares_text,
    targets_text,
    width_text,
)

# What is said in a section, by the section and the text in it.
SECTIONS: dict[str, Callable[[ReportContext], Markup]] = {
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
    "targets.sensitivity": sensitivity_text,
    "itself.intro": itself_text,
    "unchecked.intro": unchecked_text,
    "record.intro": record_text,
    "record.rules": rules_text,
    "record.sources": verdicts_text,
    "growth.intro": growth_text,
    "outcomes.intro": outcomes_text,
    "outcomes.prices": prices_text,
    "mirror.intro": mirror_text,
    "open.intro": open_text,
    "choices.intro": choices_text,
    "sources.intro": sources_text,
    "facts.intro": phrase("facts.intro"),
    "method.body": method_text,
    "parameters.intro": phrase("parameters.intro"),
    "environment.intro": environment_text,
    "dictionary.intro": phrase("dictionary.intro"),
}
