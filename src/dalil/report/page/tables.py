"""Tables as readers see them: which columns of which rows, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from markupsafe import escape

from dalil.analysis.results import difference_unit
from dalil.numbers.intervals import exactly
from dalil.parameters import Parameters
from dalil.report.markup.formula import formula, is_worked_out, mathml
from dalil.report.markup.html import Cell, Cells, Html, anchor, code, element, link, quote, strong
from dalil.report.page.layout import Layout, counted, stacked
from dalil.report.prose.consistency import finding, has_row, is_told
from dalil.report.prose.context import ReportContext
from dalil.report.prose.naming import Names
from dalil.report.prose.record import origins
from dalil.report.prose.statements import statement
from dalil.tables.facts import Fact
from dalil.tables.rows import CorrectionRow, GapRow, MentionRow, ReadingRow, VerdictRow
from dalil.tables.schema import package
from dalil.wording.catalogue import Wording
from dalil.wording.messages import sentence

# A symbol beside each verdict, so that it never rests on colour alone.
SYMBOLS = {"agrees": "✓", "differs": "≠", "cannot-be-checked": "?"}

_PACKAGES = (
    "papermill", "nbconvert", "pandas", "matplotlib", "typst", "pypandoc-binary", "pydantic", "Babel", "pytask",
)  # fmt: skip

_FACTS = Layout("facts", {"name": 34, "value": 16, "range": 20, "formula": 30})
_LEDGER = Layout("ledger", {"name": 32, "value": 16, "formula": 32, "sources": 20})
_FINDINGS = Layout("findings", {"rule": 34, "claims": 12, "verdict": 54})
_PARAMETERS = Layout("parameters", {"name": 20, "value": 25, "default": 20, "meaning": 35})
_ENVIRONMENT = Layout("environment", {"package": 25, "version": 75})
_DICTIONARY = Layout("dictionary", {"column": 24, "type": 14, "meaning": 62})


def facts_table(facts: Iterable[Fact], wording: Wording) -> Html:
    """List facts with interval and formula, by the names that notebooks give them."""
    listed = list(facts)
    if not listed:
        return element("p", wording.say("tables.facts.nothing"))
    cells = (_fact_cells(fact, wording) for fact in listed)
    return _FACTS.table(wording, cells, name=f"facts-{listed[0].id}", bare=True)


def ledger_table(context: ReportContext) -> Html:
    """List every fact in words, with its formula and its sources: the place that numbers in the text lead to."""
    wording, names, known = context.wording, Names(context), origins(context)
    rows: list[Cells] = []
    for fact in context.facts.values():
        name = anchor(f"fact-{fact.id}", sentence(names.facts.get(fact.id, "")) or code(fact.id))
        value = Cell(wording.short.known(fact.estimate, fact.unit), fact.value)
        if not fact.sources:
            # How far an official figure is rounded tells nothing of how sure it is.
            value = stacked(wording, fact.estimate, fact.unit)
        looked_up = not is_worked_out(fact.expression)
        how = wording.say("tables.ledger.looked_up") if looked_up else formula(fact.expression, names)
        rows.append([name, value, how, Html("; ").join(escape(known[origin]) for origin in fact.sources) or "–"])
    return _LEDGER.table(wording, rows, name="facts")


@Layout("sentences", {"claim": 8, "sentence": 52, "statement": 40})
def sentences_table(context: ReportContext) -> Iterator[Cells]:
    """List the sentences that claims stand in, each with what it says in the language of the report."""
    for row in context.claims.values():
        note, place = context.claim(row.claim_id).note, f"sentence-{row.claim_id}"
        words = quote(row.quote, context.languages[row.section])
        told = has_row(context, row.claim_id)
        yield [
            anchor(place, link("claim", row.claim_id, note)) if told else anchor(f"claim-{row.claim_id}", note),
            words if told else anchor(place, words),
            Html(statement(context, row.claim_id)),
        ]


@Layout("account", {"what": 76, "numerals": 24}, aligned={"numerals"})
def account_table(context: ReportContext) -> Iterator[Cells]:
    """Account for every numeral: how many stand in claims, how many do not and why."""
    wording, mentions = context.wording, context.rows(MentionRow)
    yield [wording.say("reasons.claim"), counted(sum(bool(row.claim_id) for row in mentions))]
    for reason, count in Counter(row.reason for row in mentions if row.reason).most_common():
        yield [wording.label("reasons", reason), counted(count)]
    yield [wording.say("reasons.all"), counted(len(mentions))]


@Layout("corrections", {"written": 22, "meant": 22, "count": 11, "why": 45}, aligned={"count"})
def corrections_table(context: ReportContext) -> Iterator[Cells]:
    """List the spelling repairs."""
    language = Counter(context.languages.values()).most_common(1)[0][0]
    for row in context.rows(CorrectionRow):
        repair = quote(row.written, language), quote(row.meant, language)
        yield [*repair, str(row.count), context.wording.data(row.why)]


@Layout(
    "reading",
    {"set": 28, "language": 22, "sentences": 13, "labelled": 13, "value_f1": 12, "unit_f1": 12},
    aligned={"sentences", "labelled", "value_f1", "unit_f1"},
)
def reading_table(context: ReportContext) -> Iterator[Cells]:
    """List how well numbers are read in each language, on sentences seen while the reader was written and on others."""
    wording = context.wording
    for row in context.rows(ReadingRow):
        read_in = wording.label("sets", row.set), wording.language_name(row.language)
        scores = (wording.amount(exactly(score), "ratio") for score in (row.value_f1, row.unit_f1))
        yield [*read_in, str(row.sentences), str(row.labelled), *scores]


@Layout(
    "gaps",
    {"target": 17, "growth": 16, "projected": 25, "gap": 27, "arrival": 15},
    aligned={"growth", "projected", "gap"},
    noted=True,
)
def gaps_table(context: ReportContext) -> Iterator[Cells]:
    """List each target at each growth rate."""
    wording = context.wording
    for row in context.rows(GapRow):
        goal, relative = row.target_value, wording.amount(row.gap_relative, "ratio")
        yield [
            by_year(context, row.target, row.target_year),
            stacked(wording, row.growth, "ratio"),
            stacked(wording, row.projected, row.unit, beside=goal),
            stacked(wording, row.gap, difference_unit(row.unit), beside=goal, below=relative),
            stacked(wording, row.arrival, "calendar_year"),
        ]


def findings_table(context: ReportContext, verdict: str) -> Html:
    """List the findings with one verdict, in words and with a symbol; nothing without any."""
    wording = context.wording
    label = strong(f"{SYMBOLS[verdict]} {wording.label('verdicts', verdict)}.")
    cells = (
        [
            wording.label("rules", row.rule),
            Html(", ").join(link("claim", name, context.claim(name).note) for name in row.claims) or "–",
            Html("{} {}").format(label, finding(context, row)),
        ]
        for row in context.rows(VerdictRow)
        if row.verdict == verdict and is_told(row)
    )
    caption = wording.say(f"tables.findings.caption.{verdict}")
    return _FINDINGS.table(wording, cells, caption=caption, name=f"findings-{verdict}")


def parameters_table(context: ReportContext) -> Html:
    """List this run's parameters beside their defaults."""
    parameters, wording = context.parameters, context.wording
    rows: list[Cells] = []
    for name, value in parameters.model_dump().items():
        given, default = plainly(value), plainly(Parameters.model_fields[name].default)
        meaning, unit, allowed = (wording.parameter(name, what) for what in ("meaning", "unit", "allowed"))
        same = wording.say("tables.parameters.same") if given == default else default
        rows.append([code(name), code(given), same, f"{meaning} ({unit}): {allowed}"])
    return _PARAMETERS.table(wording, rows)


def environment_table(context: ReportContext) -> Html:
    """List the packages the report was made with, and the article's checksum where that is on record."""
    checksum = [("article", context.about.sha256)] if context.about.sha256 else []
    return _ENVIRONMENT.table(context.wording, [*versions().items(), *checksum])


def versions() -> dict[str, str]:
    """The packages that shape the result, by name; the lock file lists them all."""
    return {name: version(name) for name in _PACKAGES}


def dictionary_tables(context: ReportContext) -> Html:
    """Describe every table on disk, column by column."""
    wording = context.wording
    return Html("\n").join(
        _DICTIONARY.table(
            wording,
            (
                [code(field["name"]), code(field["type"]), wording.data(field["description"])]
                for field in table["schema"]["fields"]
            ),
            caption=wording.say(
                "tables.dictionary.of", title=wording.data(table["title"]), path=f"data/{table['path']}"
            ),
            name=f"dictionary-{table['name']}",
        )
        for table in package()["resources"]
    )


def by_year(context: ReportContext, target: str, year: int) -> Html:
    """Name a target, with a link to its claim, and the year it falls due."""
    return Html(context.wording.html("tables.gaps.by", target=context.claim(target), year=year))


def _fact_cells(fact: Fact, wording: Wording) -> Cells:
    value, span = Cell(wording.known(fact.estimate, fact.unit), fact.value), wording.span(fact.estimate, fact.unit)
    written = mathml(fact.expression) if is_worked_out(fact.expression) else code(fact.formula)
    return [code(fact.id), value, span, written]


def plainly(value: object) -> str:
    """Write a parameter's value without brackets and quotation marks."""
    return (", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)) or "–"
