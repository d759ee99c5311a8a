"""The report's page, block by block, in the order the report notebook asks for them."""

import re
from importlib.metadata import version
from typing import Any

from dalil.parameters import checked
from dalil.report.figures.drawing.output import saved
from dalil.report.markup.html import Html, code
from dalil.report.page import record_tables, tables
from dalil.report.page.annotated import article_view
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
# What a formula that works something out has, and one that says what was counted or recorded does not.
_WORKED_OUT = re.compile(r" [-+/×] |\(")

# Sections that there is nothing to say in where no record is named.
_OF_RECORD = {"growth", "outcomes", "mirror", "open", "choices"}


class Page:
    """Headings, texts, figures and tables of the report; ``values`` are the run's parameters."""

    def __init__(self, **values: Any) -> None:
        self._material = ReportContext(checked(values, "notebook 90-report"))
        self._wording = self._material.wording
        self._set: set[str] = set()

    def heading(self, name: str) -> Html:
        """Open a section; one about the record only where one is named."""
        if name in _OF_RECORD and not self._is_held:
            return Html("")
        return Html(f'<h2 id="{name}">{self._wording.say(f"headings.{name}")}</h2>')

    def text(self, key: str) -> Html:
        """Set a text; the formulas of the numbers in each paragraph stand beside it, where there is room."""
        text = SECTIONS[key](self._material)
        return Html(_BLOCK.sub(self._noted, text))

    def figure(self, *names: str) -> Html:
        """Set the first of some figures that shows something and was not set before."""
        for name in (name for name in names if name not in self._set):
            if picture := saved(name, self._material):
                self._set.add(name)
                return Html(picture)
        return Html("")

    def article(self) -> Html:
        """Set the article itself, every numeral marked, with what each claim feeds."""
        return article_view(self._material)

    def what_if(self) -> Html:
        """Set the panel in which a reader of the page changes parameters."""
        return what_if(self._material)

    def claims(self) -> Html:
        """Set the table of claims."""
        return tables.claims_table(self._material)

    def account(self) -> Html:
        """Set the account of the numerals."""
        return tables.account_table(self._material)

    def corrections(self) -> Html:
        """Set the spelling repairs."""
        return tables.corrections_table(self._material)

    def reading(self) -> Html:
        """Set the table of how well numbers are read."""
        return tables.reading_table(self._material)

    def gaps(self) -> Html:
        """Set the table of targets and growth rates."""
        return tables.gaps_table(self._material)

    def verdicts(self, verdict: str) -> Html:
        """Set the findings with one verdict."""
        return tables.verdicts_table(self._material, verdict)

    def assessments(self) -> Html:
        """Set how every claim stands, where a record is named."""
        return record_tables.assessments_table(self._material) if self._is_held else Html("")

    def scale(self) -> Html:
        """Set what the ratings mean, where a record is named."""
        return record_tables.scale_table(self._material) if self._is_held else Html("")

    def sources(self) -> Html:
        """Set what each source says of each claim."""
        return record_tables.sources_table(self._material)

    def outcomes(self) -> Html:
        """Set what became of the targets."""
        return record_tables.outcomes_table(self._material)

    def mirror(self) -> Html:
        """Set flows as both countries record them."""
        return record_tables.mirror_table(self._material)

    def groupings(self) -> Html:
        """Set what sets of countries add up to."""
        return record_tables.groupings_table(self._material)

    def readings(self) -> Html:
        """Set the ways to read open percentages."""
        return record_tables.readings_table(self._material)

    def multiverse(self) -> Html:
        """Set every way to work a headline out."""
        return record_tables.multiverse_table(self._material)

    def origins(self) -> Html:
        """Set the sources, as the place that their names lead to."""
        return record_tables.origins_table(self._material)

    def facts(self) -> Html:
        """Set every fact, as the place that numbers in the text lead to."""
        return tables.facts_table(self._material.facts.values(), self._wording, anchored=True)

    def parameters(self) -> Html:
        """Set this run's parameters."""
        return tables.parameters_table(self._material.parameters, self._wording)

    def environment(self) -> Html:
        """Set the packages and the article's checksum."""
        versions = [(name, version(name)) for name in _PACKAGES]
        checksum = str(self._material.about.get("sha256", ""))
        return tables.environment_table([*versions, *([("article", checksum)] if checksum else [])], self._wording)

    def dictionary(self) -> Html:
        """Set the description of the tables on disk."""
        return tables.dictionary_tables(self._wording)

    def _noted(self, block: re.Match[str]) -> str:
        """A paragraph or an item with the formulas of the facts that it gives and that were worked out, each once."""
        found = (self._material.facts[name] for name in dict.fromkeys(_FACT.findall(block[0])))
        facts = [fact for fact in found if _WORKED_OUT.search(fact.formula)]
        if not facts:
            return block[0]
        notes = "".join(f"<li>{fact.number} {code(self._wording.formula(fact.formula))}</li>" for fact in facts)
        aside = f'<div class="page-only"><ul class="side">{notes}</ul></div>'
        if block[0].startswith("<li"):
            return f'<li><div class="noted">{block[0].removeprefix("<li>").removesuffix("</li>")}{aside}</div></li>'
        return f'<div class="noted">{block[0]}{aside}</div>'

    @property
    def _is_held(self) -> bool:
        """Whether the article is held against a record."""
        return self._material.has_record
