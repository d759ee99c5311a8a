"""The texts of the report's sections, by name."""

from collections.abc import Callable

from markupsafe import Markup

from dalil.report.prose.context import ReportContext
from dalil.report.prose.findings import lead_text, points_text
from dalil.report.prose.growth import growth_text
from dalil.report.prose.left_open import open_text
from dalil.report.prose.method import method_text, sources_text
from dalil.report.prose.mirror import mirror_text
from dalil.report.prose.outcomes import outcomes_text, prices_text
from dalil.report.prose.targets import follows_text, needed_text, shares_text

# What is said in a section, by the section and the text in it.
SECTIONS: dict[str, Callable[[ReportContext], Markup]] = {
    "findings.lead": lead_text,
    "findings.points": points_text,
    "growth.intro": growth_text,
    "outcomes.intro": outcomes_text,
    "outcomes.prices": prices_text,
    "mirror.intro": mirror_text,
    "open.intro": open_text,
    "follows.intro": follows_text,
    "follows.needed": needed_text,
    "follows.shares": shares_text,
    "sources.intro": sources_text,
    "method.body": method_text,
}
