"""The texts of the report's sections, by name."""

from collections.abc import Callable

from markupsafe import Markup

from dalil.report.prose.answer import rest_text, summary_text, sure_text
from dalil.report.prose.consistency import differing_text
from dalil.report.prose.context import ReportContext
from dalil.report.prose.fit import fit_text
from dalil.report.prose.growth import growth_text
from dalil.report.prose.left_open import open_text
from dalil.report.prose.method import method_text
from dalil.report.prose.mirror import mirror_text
from dalil.report.prose.origins import origins_text
from dalil.report.prose.outcomes import outcomes_text, prices_text
from dalil.report.prose.targets import follows_text, projected_text

# What is said in a section, by the section and the text in it.
SECTIONS: dict[str, Callable[[ReportContext], Markup]] = {
    "short.summary": summary_text,
    "short.fit": fit_text,
    "short.rest": rest_text,
    "short.sure": sure_text,
    "growth.given": growth_text,
    "outcomes.became": outcomes_text,
    "outcomes.prices": prices_text,
    "open.counted": open_text,
    "mirror.flows": mirror_text,
    "origins.taken": origins_text,
    "claims.differing": differing_text,
    "follows.implied": follows_text,
    "follows.projected": projected_text,
    "method.body": method_text,
}
