"""Context: what earlier notebooks left on disk, as figures and report read it; nothing is computed here."""

from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from dalil.analysis.targets import target_names
from dalil.parameters import Parameters
from dalil.project import Project, Run
from dalil.reference.own import read_own
from dalil.report.prose.claims import (
    ClaimPhrase,
    FactPhrase,
    Facts,
    ImpliedPhrase,
    IndexPhrase,
    SharePhrase,
    TargetPhrase,
)
from dalil.tables.facts import Fact, read_facts
from dalil.tables.further import Further, read_further
from dalil.tables.row import Row as TypedRow
from dalil.tables.rows import ClaimRow, GapRow, OriginRow, SectionRow, SourceRow, VerdictRow
from dalil.tables.schema import read_table
from dalil.text.record import ArticleRecord, read_record
from dalil.wording.catalogue import Wording

R = TypeVar("R", bound=TypedRow)

# The rule on a growth between two stated levels, and the outcomes that a part that belongs to its whole comes to.
_CHECKED_GROWTH = "changes_lie_between_levels"
_CHECKED_SHARE = {"part-fits", "part-exceeds-whole"}


class ReportContext:
    """The tables and facts of one run, in the words of one language.

    Parameters
    ----------
    parameters
        Those of the run.
    project
        Where the run is; the project that the working folder is in if none is given.
    """

    def __init__(self, parameters: Parameters, project: Project | None = None) -> None:
        self.parameters = parameters
        self.run = Run(project or Project.find(), parameters.run, parameters.language)
        self._tables: dict[str, Any] = {}

    @cached_property
    def wording(self) -> Wording:
        """The messages of the run's language, with the article's own names for what it is about."""
        return Wording(self.parameters.language, self.about.labels)

    @cached_property
    def brief(self) -> "ReportContext":
        """The same run told in short units, as tables have them."""
        brief = ReportContext(self.parameters, self.run.project)
        brief.wording, brief._tables = self.wording.short, self._tables
        return brief

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """All facts by name."""
        return read_facts(self.run.kept("facts.json"))

    @cached_property
    def fact_phrases(self) -> Facts:
        """All facts in prose, by name."""
        return Facts(self.facts, self.wording)

    @cached_property
    def further(self) -> list[Further]:
        """What notebooks of a user's own keep besides facts."""
        return read_further(self.run.kept("further.json"))

    @cached_property
    def claims(self) -> dict[str, ClaimRow]:
        """Claims by name."""
        return {row.claim_id: row for row in self.rows(ClaimRow)}

    @cached_property
    def about(self) -> ArticleRecord:
        """What is known about the article."""
        return read_record(self.run.project.path(self.parameters.article))

    @cached_property
    def has_record(self) -> bool:
        """Whether the article is held against a record."""
        return bool(self.about.reference or read_own(self.run.project.own_reference).figures)

    @property
    def article_name(self) -> str:
        """What the article is called: its title, or the name of its file."""
        return self.about.title or Path(self.parameters.article).name

    @cached_property
    def title(self) -> str:
        """What the report is called: as an editor says, or by the article's title, its subject, its file."""
        wording, own = self.wording, self.about.report_title.get(self.wording.written)
        if own:
            return wording.edited(own, str).unescape()
        if self.about.title or not self.about.subject:
            return wording.say("document.title_of", name=self.article_name)
        if not wording.knows(self.about.subject):
            return wording.say("document.title")
        return wording.say("document.title_on", subject=wording.data(self.about.subject))

    @cached_property
    def subtitle(self) -> str:
        """The line under the title: when the article was checked and by whom, and what the text came without."""
        say, about = self.wording.say, self.about
        case = ("dated" if about.checked else "undated") + ("" if about.checked_by else "_unnamed")
        date = self.wording.period(about.checked.isoformat()) if about.checked else ""
        sentences = [say(f"document.checked.{case}", date=date, who=about.checked_by)]
        known = {"title": about.title, "authors": about.authors, "published": about.published}
        known["references"] = "" if about.references == "absent" else "there"
        if lacking := [say(f"document.part.{part}") for part, there in known.items() if not there]:
            sentences.append(say("document.lacking", parts=self.wording.listed(lacking)))
        if about.contact:
            sentences.append(say("document.contact", contact=about.contact))
        return " ".join(sentences)

    @cached_property
    def languages(self) -> dict[str, str]:
        """The language of each section of the article."""
        return {row.section: row.language for row in self.rows(SectionRow)}

    def rows(self, row: type[R]) -> list[R]:
        """The rows of one table, by their type; it is read from disk once."""
        if row.table not in self._tables:
            self._tables[row.table] = read_table(self.run.kept(f"{row.table}.csv").parent, row)
        rows: list[R] = self._tables[row.table]
        return rows

    @cached_property
    def targets(self) -> list[GapRow]:
        """One row a target, in order: that of the base growth, or the first one where there is none."""
        rows: dict[str, GapRow] = {}
        for row in self.rows(GapRow):
            if row.target not in rows or row.scenario == "base":
                rows[row.target] = row
        return list(rows.values())

    @cached_property
    def series(self) -> dict[str, list[GapRow]]:
        """The targets by the claim they are counted from."""
        bases = dict.fromkeys(row.base for row in self.targets)
        return {base: [row for row in self.targets if row.base == base] for base in bases}

    @cached_property
    def repeated(self) -> dict[str, str]:
        """Claims that state another one again, with that other one, as the rules on repetition found them."""
        pairs = [row.claims for row in self.rows(VerdictRow) if row.rule == "repeated_values_agree"]
        return {again: first for first, again in pairs}

    def results(self, kind: str) -> list[Fact]:
        """The facts worked out by one of the kinds of formula (see :func:`dalil.analysis.results.kind_of`)."""
        return [fact for fact in self.facts.values() if fact.kind == kind]

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """The sources by name, with the number that each is noted by: first those of the first claim."""
        spoken = (origin for row in self.rows(SourceRow) for origin in row.origins)
        named = dict.fromkeys([*spoken, *(row.origin for row in self.rows(OriginRow))])
        return {name: number for number, name in enumerate(named, start=1)}

    def claim(self, name: str) -> ClaimPhrase:
        """A claim in prose."""
        row = self.claims[name]
        return ClaimPhrase(row, self.wording, self._measured(row), self._notes[name])

    def target_phrases(self) -> list[TargetPhrase]:
        """The targets in prose, in order."""
        claims = [self.claims[row.target] for row in self.targets]
        about = [
            (claim.measure, claim.subject, row.target_year) for claim, row in zip(claims, self.targets, strict=True)
        ]
        words: list[TargetPhrase] = []
        for row, name in zip(self.targets, target_names(about), strict=True):
            before = [target for target in words if target.row.base == row.base][-1:]
            claim, base = (self.claim(name) for name in (row.target, row.base))
            words.append(TargetPhrase(row, name, claim, base, self.fact_phrases, before[0] if before else None))
        return words

    def implied_phrases(self) -> list[ImpliedPhrase]:
        """The levels that others imply, in prose."""
        increases = {fact.claims: fact for fact in self.results("increment")}
        doublings = {fact.claims[0]: fact for fact in self.results("doubling")}
        checked = {row.claims[0] for row in self.rows(VerdictRow) if row.rule == _CHECKED_GROWTH}
        return [
            ImpliedPhrase(
                self.claim(fact.claims[0]),
                self.claim(fact.claims[1]),
                fact.claims[1] in checked,
                FactPhrase(fact, self.wording),
                FactPhrase(increases[fact.claims], self.wording),
                FactPhrase(doublings[fact.claims[1]], self.wording) if fact.claims[1] in doublings else None,
            )
            for fact in self.results("implied")
        ]

    def index_phrases(self) -> list[IndexPhrase]:
        """Growth that stands without a level, in prose."""
        return [
            IndexPhrase(self.claim(fact.claims[0]), FactPhrase(fact, self.wording)) for fact in self.results("index")
        ]

    def share_phrases(self) -> list[SharePhrase]:
        """The shares worked out, in prose; those of a part in its whole are no larger than one."""
        checked = {row.claims for row in self.rows(VerdictRow) if row.outcome in _CHECKED_SHARE}
        return [
            SharePhrase(
                self.claim(fact.claims[0]),
                self.claim(fact.claims[1]),
                FactPhrase(fact, self.wording),
                fact.claims in checked,
            )
            for fact in self.results("share")
        ]

    def is_yearly_growth(self, claim: ClaimRow) -> bool:
        """Tell whether a claim states growth from one whole year to the next, and not for a second time."""
        if claim.kind != "change" or claim.unit != "ratio" or claim.claim_id in self.repeated:
            return False
        period, base = claim.period, claim.base_period
        return bool(claim.value and period and base and base.is_year_before(period))

    def picture(self, name: str, *, narrow: bool = False) -> Path:
        """Where a figure's vector picture is, or the one for a telephone."""
        return self.run.figures / f"{name}{'-narrow' if narrow else ''}.svg"

    @cached_property
    def _notes(self) -> dict[str, str]:
        """What the notes of claims are numbered by."""
        return {name: f"C{number}" for number, name in enumerate(self.claims, start=1)}

    def _measured(self, row: ClaimRow) -> str:
        """Name a claim's measure, and its subject where the article gives the measure of several."""
        measure = self.wording.label("measures", row.measure)
        subjects = {other.subject for other in self.claims.values() if other.measure == row.measure}
        return measure if len(subjects) == 1 else f"{measure}, {self.wording.label('subjects', row.subject)}"
