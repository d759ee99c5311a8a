"""Tables as readers see them: which columns of which rows, in words."""

from collections import Counter
from collections.abc import Iterable

from dalil.analysis.results import difference_unit
from dalil.parameters import Parameters
from dalil.report.markup.formula import formula, is_worked_out, mathml
from dalil.report.markup.html import Cell, Cells, Html, anchor, code, lines, link, quote, strong
from dalil.report.page.annotated import article_place
from dalil.report.page.layout import layout_table, stacked
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


def facts_table(facts: Iterable[Fact], wording: Wording, *, anchored: bool = False) -> Html:
    """List facts with interval and formula.

    Parameters
    ----------
    facts
        The facts.
    wording
        The language.
    anchored
        Whether they are the places that links lead to.
    """
    listed = list(facts)
    if not listed:
        return Html("<p>{}</p>").format(wording.say("tables.facts.nothing"))
    rows: list[Cells] = []
    for fact in listed:
        called = code(fact.id)
        written = mathml(fact.expression) if is_worked_out(fact.expression) else code(fact.formula)
        if anchored:
            called = anchor(f"fact-{fact.id}", Html("{} {}").format(fact.number, called))
            written = code(formula(fact.expression))
        value = Cell(wording.known(fact.estimate, fact.unit), fact.value)
        rows.append([called, value, wording.span(fact.estimate, fact.unit), written])
    name = "facts" if anchored else f"facts-{listed[0].id}"
    return layout_table("facts", wording, rows, name=name, bare=not anchored)


def claims_table(context: ReportContext) -> Html:
    """List the claims, each with its number as printed, its standing, and its sentence; nothing without any."""
    return layout_table("claims", context.wording, [_claim_cells(context, row) for row in context.rows(ClaimRow)])


def account_table(context: ReportContext) -> Html:
    """Account for every numeral: how many stand in claims, how many do not and why."""
    wording, mentions = context.wording, context.rows(MentionRow)
    in_claims = sum(bool(row.claim_id) for row in mentions)
    reasons = Counter(row.reason for row in mentions if row.reason)
    counts = [(wording.say("reasons.claim"), in_claims)]
    counts += [(wording.label("reasons", reason), count) for reason, count in reasons.most_common()]
    counts.append((wording.say("reasons.all"), len(mentions)))
    return layout_table("account", wording, [[what, Cell(str(count), str(count))] for what, count in counts])


def corrections_table(context: ReportContext) -> Html:
    """List the spelling repairs; nothing without any."""
    wording, language = context.wording, Counter(context.languages.values()).most_common(1)[0][0]
    rows: list[Cells] = [
        [quote(row.written, language), quote(row.meant, language), str(row.count), wording.data(row.why)]
        for row in context.rows(CorrectionRow)
    ]
    return layout_table("corrections", wording, rows)


def reading_table(context: ReportContext) -> Html:
    """List how well numbers are read in each language, on sentences seen while the reader was written and on others."""
    wording = context.wording
    rows: list[Cells] = [
        [
            wording.label("sets", row.set),
            wording.language_name(row.language),
            str(row.sentences),
            str(row.labelled),
            *(wording.amount(about(score), "ratio") for score in (row.value_f1, row.unit_f1)),
        ]
        for row in context.rows(ReadingRow)
    ]
    return layout_table("reading", wording, rows)


def gaps_table(context: ReportContext) -> Html:
    """List each target at each growth rate; nothing without targets."""
    wording = context.wording
    rows: list[Cells] = [
        [
            by_year(context, row.target, row.target_year),
            stacked(wording, row.growth, "ratio"),
            stacked(wording, row.projected, row.unit, beside=row.target_value),
            stacked(
                wording,
                row.gap,
                difference_unit(row.unit),
                beside=row.target_value,
                below=wording.amount(row.gap_relative, "ratio"),
            ),
            stacked(wording, row.arrival, "calendar_year"),
        ]
        for row in context.rows(GapRow)
    ]
    return layout_table("gaps", wording, rows)


def verdicts_table(context: ReportContext, verdict: str) -> Html:
    """List the findings with one verdict, in words and with a symbol; nothing without any."""
    wording = context.wording
    label = strong(f"{SYMBOLS[verdict]} {wording.label('verdicts', verdict)}.")
    rows: list[Cells] = [
        [
            wording.label("rules", row.rule),
            Html(" ").join(link("claim", name, code(name)) for name in row.claims) or "–",
            Html("{} {}").format(label, finding(context, row)),
        ]
        for row in context.rows(VerdictRow)
        if row.verdict == verdict
    ]
    caption = wording.say(f"tables.verdicts.caption.{verdict}")
    return layout_table("verdicts", wording, rows, caption=caption, name=f"verdicts-{verdict}")


def parameters_table(parameters: Parameters, wording: Wording) -> Html:
    """List this run's parameters beside their defaults."""
    rows: list[Cells] = []
    for name, value in parameters.model_dump().items():
        given, default = _plainly(value), _plainly(Parameters.model_fields[name].default)
        meaning, unit, allowed = (wording.parameter(name, what) for what in ("meaning", "unit", "allowed"))
        same = wording.say("tables.parameters.same") if given == default else default
        rows.append([code(name), code(given), same, f"{meaning} ({unit}): {allowed}"])
    return layout_table("parameters", wording, rows)


def environment_table(versions: Iterable[tuple[str, str]], wording: Wording) -> Html:
    """List the packages the report was made with."""
    return layout_table("environment", wording, [list(version) for version in versions])


def dictionary_tables(wording: Wording) -> Html:
    """Describe every table on disk, column by column."""
    return Html("\n").join(
        layout_table(
            "dictionary",
            wording,
            [
                [code(field["name"]), code(field["type"]), wording.data(field["description"])]
                for field in table["schema"]["fields"]
            ],
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


def _claim_cells(context: ReportContext, row: ClaimRow) -> Cells:
    """A claim: its name and what it measures, what it says and for when, its standing, its sentence with its place."""
    wording = context.wording
    claim = context.claim(row.claim_id)
    measure = f"{wording.label('measures', row.measure)}, {wording.label('subjects', row.subject)}"
    value, period = claim_value(row, wording), claim_period(row, wording)
    place = claim_place(row, wording)
    sentence = quote(row.quote, context.languages[row.section])
    led = Html('<a href="#{}">{}</a>').format(article_place(row), place)
    return [
        lines(anchor(f"claim-{row.claim_id}", Html("{} {}").format(claim.note, code(row.claim_id))), measure),
        lines(value, "" if period == value else period),
        wording.label("statuses", row.status),
        lines(sentence, led),
    ]


def _plainly(value: object) -> str:
    """Write a parameter's value without brackets and quotation marks."""
    return (", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)) or "–"
