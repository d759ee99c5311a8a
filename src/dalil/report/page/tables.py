"""Tables as readers see them: which columns of which rows, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator

from dalil.analysis.results import difference_unit
from dalil.parameters import Parameters
from dalil.report.markup.formula import formula, is_worked_out, mathml
from dalil.report.markup.html import Cell, Cells, Html, anchor, code, element, lines, link, quote, strong
from dalil.report.page.annotated import article_place
from dalil.report.page.layout import Layout, counted, stacked
from dalil.report.prose.claims import claim_period, claim_place, claim_value
from dalil.report.prose.consistency import finding
from dalil.report.prose.context import ReportContext
from dalil.tables.facts import Fact
from dalil.tables.rows import ClaimRow, CorrectionRow, GapRow, MentionRow, ReadingRow, VerdictRow
from dalil.tables.schema import package
from dalil.wording.amounts import about
from dalil.wording.catalogue import Wording

# A symbol beside each verdict, so that it never rests on colour alone.
SYMBOLS = {"agrees": "✓", "differs": "≠", "cannot-be-checked": "?"}

_FACTS = Layout("facts", {"name": 34, "value": 16, "range": 20, "formula": 30}, noted=True)
_VERDICTS = Layout("verdicts", {"rule": 27, "claims": 31, "verdict": 42})
_PARAMETERS = Layout("parameters", {"name": 20, "value": 25, "default": 20, "meaning": 35})
_ENVIRONMENT = Layout("environment", {"package": 25, "version": 75})
_DICTIONARY = Layout("dictionary", {"column": 24, "type": 14, "meaning": 62})


def facts_table(facts: Iterable[Fact], wording: Wording, *, anchored: bool = False) -> Html:
    """List facts with interval and formula.

    Parameters
    ----------
    facts, wording
        The facts, and the language.
    anchored
        Whether they are the places that links lead to.
    """
    listed = list(facts)
    if not listed:
        return element("p", wording.say("tables.facts.nothing"))
    cells = (_fact_cells(fact, wording, anchored=anchored) for fact in listed)
    name = "facts" if anchored else f"facts-{listed[0].id}"
    return _FACTS.table(wording, cells, name=name, bare=not anchored)


@Layout("claims", {"claim": 25, "says": 19, "status": 11, "sentence": 45})
def claims_table(context: ReportContext) -> Iterator[Cells]:
    """List the claims, each with what it measures, its number as printed, its standing, its sentence with its place."""
    wording = context.wording
    for row in context.rows(ClaimRow):
        name = Html("{} {}").format(context.claim(row.claim_id).note, code(row.claim_id))
        measure = f"{wording.label('measures', row.measure)}, {wording.label('subjects', row.subject)}"
        value, period = claim_value(row, wording), claim_period(row, wording)
        place = element("a", claim_place(row, wording), href=f"#{article_place(row)}")
        yield [
            lines(anchor(f"claim-{row.claim_id}", name), measure),
            lines(value, "" if period == value else period),
            wording.label("statuses", row.status),
            lines(quote(row.quote, context.languages[row.section]), place),
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
        scores = (wording.amount(about(score), "ratio") for score in (row.value_f1, row.unit_f1))
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


def verdicts_table(context: ReportContext, verdict: str) -> Html:
    """List the findings with one verdict, in words and with a symbol; nothing without any."""
    wording = context.wording
    label = strong(f"{SYMBOLS[verdict]} {wording.label('verdicts', verdict)}.")
    cells = (
        [
            wording.label("rules", row.rule),
            Html(" ").join(link("claim", name, code(name)) for name in row.claims) or "–",
            Html("{} {}").format(label, finding(context, row)),
        ]
        for row in context.rows(VerdictRow)
        if row.verdict == verdict
    )
    caption = wording.say(f"tables.verdicts.caption.{verdict}")
    return _VERDICTS.table(wording, cells, caption=caption, name=f"verdicts-{verdict}")


def parameters_table(parameters: Parameters, wording: Wording) -> Html:
    """List this run's parameters beside their defaults."""
    rows: list[Cells] = []
    for name, value in parameters.model_dump().items():
        given, default = _plainly(value), _plainly(Parameters.model_fields[name].default)
        meaning, unit, allowed = (wording.parameter(name, what) for what in ("meaning", "unit", "allowed"))
        same = wording.say("tables.parameters.same") if given == default else default
        rows.append([code(name), code(given), same, f"{meaning} ({unit}): {allowed}"])
    return _PARAMETERS.table(wording, rows)


def environment_table(versions: Iterable[tuple[str, str]], wording: Wording) -> Html:
    """List the packages the report was made with."""
    return _ENVIRONMENT.table(wording, versions)


def dictionary_tables(wording: Wording) -> Html:
    """Describe every table on disk, column by column."""
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


def _fact_cells(fact: Fact, wording: Wording, *, anchored: bool) -> Cells:
    value, span = Cell(wording.known(fact.estimate, fact.unit), fact.value), wording.span(fact.estimate, fact.unit)
    if anchored:
        name = anchor(f"fact-{fact.id}", Html("{} {}").format(fact.number, code(fact.id)))
        return [name, value, span, code(formula(fact.expression))]
    worked_out = is_worked_out(fact.expression)
    return [code(fact.id), value, span, mathml(fact.expression) if worked_out else code(fact.formula)]


def _plainly(value: object) -> str:
    """Write a parameter's value without brackets and quotation marks."""
    return (", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)) or "–"
