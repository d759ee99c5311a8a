"""The texts of the report's sections, by name."""

from collections.abc import Callable

from markupsafe import Markup

from dalil.report.prose.choices import choices_text
from dalil.report.prose.context import ReportContext
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

# What is said in a section, by the section and the text in it.
SECTIONS: dict[str, Callable[[ReportContext], Markup]] = {
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
