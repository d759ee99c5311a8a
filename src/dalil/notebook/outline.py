"""The outline of the report: its sections in their order, and what stands in each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Picture:
    """A place for a picture.

    Parameters
    ----------
    names
        Figures, of which the first one is set that shows something and was not set before.
    """

    names: tuple[str, ...]


# What stands in a section: a text by its key, a picture, or what is made of the run.
Block = str | Picture | Callable[[ReportContext], Html]


@dataclass(frozen=True)
class Section:
    """A section; where there is nothing in it, it is left out.

    Parameters
    ----------
    name
        Its name, which its heading and links to it have.
    blocks
        What stands in it, in order.
    """

    name: str
    blocks: tuple[Block, ...]


class Page:
    """The report of a run, section by section.

    Parameters
    ----------
    values
        The run's parameters.
    """

    def __init__(self, **values: Any) -> None:
        self._material = ReportContext(checked(values, "notebook 90-report"))
        self._wording = self._material.wording
        self._set: set[str] = set()

    def whole(self) -> Html:
        """Set every section of the outline, in its turn."""
        return Html("\n").join(map(self.section, OUTLINE))

    def section(self, section: Section) -> Html:
        """Set a section under its heading, or nothing where there is nothing in it.

        Parameters
        ----------
        section
            One of :data:`OUTLINE`.
        """
        blocks = Html("\n").join(map(self._block, section.blocks))
        if not blocks.strip():
            return Html("")
        heading = self._wording.say(f"headings.{section.name}")
        return Html('<h2 id="{}">{}</h2>\n{}').format(section.name, heading, blocks)

    def _block(self, block: Block) -> Html:
        if isinstance(block, str):
            return self._text(block)
        return self._picture(block.names) if isinstance(block, Picture) else block(self._material)

    def _text(self, key: str) -> Html:
        """Set a text; the formulas of the numbers in each paragraph stand beside it, where there is room."""
        text = SECTIONS[key](self._material)
        return Html(_BLOCK.sub(self._noted, text))

    def _picture(self, names: tuple[str, ...]) -> Html:
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
            return f'<li><div class="noted">{block[0].removeprefix("<li>").removesuffix("</li>")}{aside}</div></li>'
        return f'<div class="noted">{block[0]}{aside}</div>'


def _section(name: str, *blocks: Block) -> Section:
    return Section(name, blocks)


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


def _parameters(context: ReportContext) -> Html:
    return tables.parameters_table(context.parameters, context.wording)


def _environment(context: ReportContext) -> Html:
    """The packages, and the article's checksum."""
    versions = [(name, version(name)) for name in _PACKAGES]
    checksum = context.about.sha256
    return tables.environment_table([*versions, *([("article", checksum)] if checksum else [])], context.wording)


def _dictionary(context: ReportContext) -> Html:
    return tables.dictionary_tables(context.wording)


# The sections of the report, in their order.
OUTLINE = (
    _section("findings", "findings.lead", "findings.points", _picture("verdict-overview", "turnover")),
    _section("claimed", "claimed.intro", _picture("article-strip"), tables.claims_table),
    _section(
        "cleaned", "cleaned.intro", tables.account_table, "cleaned.corrections", tables.corrections_table
    ),
    _section(
        "follows", "follows.intro", "follows.needed", _picture("growth-needed"), "follows.shares", _picture("shares")
    ),
    _section(
        "targets", "targets.intro", _picture("turnover"), tables.gaps_table, _picture("target-gaps"),
        "targets.width", "targets.fan", _picture("rounding-fan"), "targets.sensitivity", _picture("sensitivity"),
        what_if,
    ),
    _section("itself", "itself.intro", _verdicts("differs"), _verdicts("agrees")),
    _section("unchecked", "unchecked.intro", _verdicts("cannot-be-checked")),
    _section(
        "record", "record.intro", _compared(record_tables.assessments_table), "record.rules",
        _compared(record_tables.scale_table), "record.sources", record_tables.sources_table,
    ),
    _section("growth", "growth.intro", _picture("growth-on-record")),
    _section(
        "outcomes", "outcomes.intro", _picture("target-outcomes"), record_tables.outcomes_table, "outcomes.prices"
    ),
    _section("mirror", "mirror.intro", _picture("mirror-flows"), record_tables.mirror_table),
    _section("open", "open.intro", record_tables.readings_table, record_tables.groupings_table, _picture("groupings")),
    _section("choices", "choices.intro", record_tables.multiverse_table),
    _section("further", further_analyses),
    _section("facts", "facts.intro", _facts),
    _section("article", article_view),
    _section("sources", "sources.intro", record_tables.origins_table),
    _section("method", "method.body", tables.reading_table),
    _section("parameters", "parameters.intro", _parameters),
    _section("environment", "environment.intro", _environment),
    _section("dictionary", "dictionary.intro", _dictionary),
)  # fmt: skip
