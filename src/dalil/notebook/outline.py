"""The outline of the report: its sections in their order, and what stands in each."""

import re
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from dalil.parameters import checked
from dalil.report.figures.drawing.output import saved
from dalil.report.markup.formula import is_worked_out
from dalil.report.markup.html import Html, code
from dalil.report.page import record_tables, tables
from dalil.report.page.annotated import article_view
from dalil.report.page.further import further_analyses
from dalil.report.page.what_if import what_if
from dalil.report.prose.context import ReportContext
from dalil.report.prose.sections import SECTIONS

# The packages that shape the result; the lock file lists them all.
_PACKAGES = (
    "papermill", "nbconvert", "pandas", "matplotlib", "typst", "pypandoc-binary", "pydantic", "Babel", "pytask",
)  # fmt: skip

# A paragraph, or an item of a list, as Markdown is turned into HTML; a fact that it gives.
_BLOCK = re.compile(r"<p>.*?</p>|<li>(?!<p>).*?</li>", re.DOTALL)
_FACT = re.compile(r'class="fact" href="#fact-([^"]+)"')


class Picture(tuple[str, ...]):
    """A place for a picture: the first of some figures that shows something and was not set before."""


# What stands in a section: a text by its key, a picture, or what is made of the run.
Block = str | Picture | Callable[[ReportContext], Html]


class Page:
    """The report of a run, section by section."""

    def __init__(self, **values: Any) -> None:
        self._material = ReportContext(checked(values, "notebook 90-report"))
        self._wording = self._material.wording
        self._set: set[str] = set()

    def whole(self) -> Html:
        """Set every section of the outline, in its turn."""
        return Html("\n").join(self.section(name) for name in OUTLINE)

    def section(self, name: str) -> Html:
        """Set a section of :data:`OUTLINE` under its heading, or nothing where there is nothing in it."""
        blocks = Html("\n").join(map(self._block, OUTLINE[name]))
        if not blocks.strip():
            return Html("")
        return Html('<h2 id="{}">{}</h2>\n{}').format(name, self._wording.say(f"headings.{name}"), blocks)

    def _block(self, block: Block) -> Html:
        if isinstance(block, str):
            return self._text(block)
        return self._picture(block) if isinstance(block, Picture) else block(self._material)

    def _text(self, key: str) -> Html:
        """Set a text; the formulas of the numbers in each paragraph stand beside it, where there is room."""
        text = SECTIONS[key](self._material)
        return Html(_BLOCK.sub(self._noted, text))

    def _picture(self, names: Picture) -> Html:
        """Set the first of some figures that shows something and was not set before."""
        for name in (name for name in names if name not in self._set):
            if picture := saved(name, self._material):
                self._set.add(name)
                return Html(picture)
        return Html("")

    def _noted(self, block: re.Match[str]) -> str:
        """A paragraph or an item with the formulas of the facts that it gives and that were worked out, each once."""
        found = (self._material.facts[name] for name in dict.fromkeys(_FACT.findall(block[0])))
        facts = [fact for fact in found if is_worked_out(fact.expression)]
        if not facts:
            return block[0]
        notes = "".join(f"<li>{fact.number} {code(fact.formula)}</li>" for fact in facts)
        aside = f'<div class="page-only"><ul class="side">{notes}</ul></div>'
        if block[0].startswith("<li"):
            item = block[0].removeprefix("<li>").removesuffix("</li>")
            return f'<li><div class="noted"><p>{item}</p>{aside}</div></li>'
        return f'<div class="noted">{block[0]}{aside}</div>'


def _picture(*names: str) -> Picture:
    return Picture(names)


def _verdicts(verdict: str) -> Block:
    """The findings with one verdict."""
    return lambda context: tables.verdicts_table(context, verdict)


def _compared(make: Callable[[ReportContext], Html]) -> Block:
    """A table that there is only where a record is named."""
    return lambda context: make(context) if context.has_record else Html("")


def _facts(context: ReportContext) -> Html:
    """Every fact, as the place that numbers in the text lead to."""
    return tables.facts_table(context.facts.values(), context.wording, anchored=True)


def _environment(context: ReportContext) -> Html:
    """The packages, and the article's checksum."""
    versions = [(name, version(name)) for name in _PACKAGES]
    checksum = context.about.sha256
    return tables.environment_table([*versions, *([("article", checksum)] if checksum else [])], context.wording)


# The sections of the report, in their order.
OUTLINE: dict[str, tuple[Block, ...]] = {
    "findings": ("findings.lead", "findings.points", _picture("target-outcomes", "turnover")),
    "claimed": ("claimed.intro", tables.claims_table),
    "cleaned": ("cleaned.intro", tables.account_table, "cleaned.corrections", tables.corrections_table),
    "follows": ("follows.intro", "follows.needed", _picture("growth-needed"), "follows.shares"),
    "targets": (
        "targets.intro", _picture("turnover"), tables.gaps_table,
        "targets.width", "targets.fan", "targets.sensitivity",
        what_if,
    ),
    "itself": ("itself.intro", _verdicts("differs"), _verdicts("agrees")),
    "unchecked": ("unchecked.intro", _verdicts("cannot-be-checked")),
    "record": (
        "record.intro", _compared(record_tables.assessments_table), "record.rules",
        _compared(record_tables.scale_table), "record.sources", record_tables.sources_table,
    ),
    "growth": ("growth.intro", _picture("growth-on-record")),
    "outcomes": ("outcomes.intro", _picture("target-outcomes"), record_tables.outcomes_table, "outcomes.prices"),
    "mirror": ("mirror.intro", _picture("mirror-flows"), record_tables.mirror_table),
    "open": ("open.intro", record_tables.readings_table, record_tables.groupings_table, _picture("groupings")),
    "choices": ("choices.intro", record_tables.multiverse_table),
    "further": (further_analyses,),
    "facts": ("facts.intro", _facts),
    "article": (article_view,),
    "sources": ("sources.intro", record_tables.origins_table),
    "method": ("method.body", tables.reading_table),
    "parameters": ("parameters.intro", lambda run: tables.parameters_table(run.parameters, run.wording)),
    "environment": ("environment.intro", _environment),
    "dictionary": ("dictionary.intro", lambda run: tables.dictionary_tables(run.wording)),
}  # fmt: skip
