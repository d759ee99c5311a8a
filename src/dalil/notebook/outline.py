"""The outline of the report: its sections in their order, and what stands in each."""

import itertools
import re
from collections.abc import Callable
from typing import Any

from dalil.parameters import checked
from dalil.report.figures.drawing.output import saved
from dalil.report.markup.html import Html, element
from dalil.report.page import record_tables, tables
from dalil.report.page.answer import short_table
from dalil.report.page.details import details
from dalil.report.page.further import further_analyses
from dalil.report.page.numbering import numbered
from dalil.report.page.what_if import what_if
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import origins
from dalil.report.prose.sections import SECTIONS

# A paragraph of a text, and a number in it.
_BLOCK = re.compile(r"<p>.*?</p>", re.DOTALL)
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
        """Set every section of the outline, in its turn, its figures and tables numbered."""
        return numbered(Html("\n").join(filter(None, map(self.section, OUTLINE))), self._wording)

    def section(self, name: str) -> Html:
        """Set a section of :data:`OUTLINE` under its heading, or nothing where there is nothing in it."""
        blocks = Html("\n").join(filter(None, map(self._block, OUTLINE[name])))
        if not blocks.strip():
            return Html("")
        heading = element("h2", self._wording.say(f"headings.{name}"), id=name)
        section = Html("{}\n{}").format(heading, _placed(blocks, name))
        return element("div", section, class_="page-only") if name in PAGE_ONLY else section

    def _block(self, block: Block) -> Html:
        if isinstance(block, str):
            return Html(_BLOCK.sub(self._noted, SECTIONS[block](self._material)))
        return self._picture(block) if isinstance(block, Picture) else block(self._material)

    def _noted(self, block: re.Match[str]) -> str:
        """A paragraph with the sources of its numbers beside it, where there is room; those named in it left out."""
        numbers = (self._material.facts[name] for name in _FACT.findall(block[0]))
        sources = dict.fromkeys(source for fact in numbers for source in fact.sources)
        known = origins(self._material)
        notes = [element("li", known[name].__html__()) for name in sources if f"#source-{name}" not in block[0]]
        if not notes:
            return block[0]
        aside = element("div", element("ul", *notes, class_="side"), class_="page-only")
        return element("div", Html(block[0]), aside, class_="noted")

    def _picture(self, names: Picture) -> Html:
        """Set the first of some figures that shows something and was not set before."""
        for name in (name for name in names if name not in self._set):
            if picture := saved(name, self._material):
                self._set.add(name)
                return Html(picture)
        return Html("")


def _placed(content: Html, section: str) -> Html:
    """Give each heading within a section a place that the contents lead to."""
    count = itertools.count(1)
    return Html(re.sub("<h3>", lambda _: f'<h3 id="{section}-{next(count)}">', content))


def _picture(*names: str) -> Picture:
    return Picture(names)


# The sections of the report, in their order.
OUTLINE: dict[str, tuple[Block, ...]] = {
    "short": (
        "short.summary", "short.fit", short_table, "short.rest", _picture("target-outcomes", "turnover"), "short.sure",
    ),
    "growth": ("growth.given", _picture("growth-on-record")),
    "targets": ("outcomes.became", record_tables.outcomes_table, "outcomes.prices"),
    "people": ("open.counted", _picture("groupings")),
    "books": ("mirror.flows", _picture("mirror-flows")),
    "origins": ("origins.taken",),
    "claims": ("claims.differing", record_tables.claims_table,),
    "follows": ("follows.implied", _picture("turnover"), "follows.projected", _picture("growth-needed"), what_if),
    "further": (further_analyses,),
    "method": ("method.body", record_tables.verdicts_table),
    "sources": (record_tables.origins_table,),
    "sentences": (tables.sentences_table,),
    "details": (details,),
}  # fmt: skip

# Sections that only the page shows; a PDF carries what is in them as files.
PAGE_ONLY = {"details"}
