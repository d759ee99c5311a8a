"""Tables as readers see them: which columns of which rows, in words."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape

from dalil.analysis.results import difference_unit
from dalil.parameters import Parameters
from dalil.report.markup.html import Cell, Cells, Column, Html, anchor, code, link, quote, table
from dalil.report.page.annotated import article_place
from dalil.report.prose.claims import claim_period, claim_value, line_range
from dalil.report.prose.context import ReportContext
from dalil.tables.facts import Fact
from dalil.tables.schema import package
from dalil.tables.writing import Row, numbers
from dalil.wording.catalogue import Wording

# Columns of each table, with their share of the width in percent.
_LAYOUT: dict[str, dict[str, int]] = {
    "facts": {"name": 34, "value": 16, "range": 20, "formula": 30},
    "claims": {"claim": 25, "says": 19, "status": 11, "sentence": 45},
    "account": {"what": 76, "numerals": 24},
    "corrections": {"written": 22, "meant": 22, "count": 11, "why": 45},
    "reading": {"set": 28, "language": 22, "sentences": 13, "labelled": 13, "value_f1": 12, "unit_f1": 12},
    "gaps": {"target": 17, "growth": 16, "projected": 25, "gap": 27, "arrival": 15},
    "verdicts": {"rule": 27, "claims": 31, "verdict": 42},
    "parameters": {"name": 20, "value": 25, "default": 20, "meaning": 35},
    "environment": {"package": 25, "version": 75},
    "assessments": {"claim": 36, "itself": 16, "sources": 22, "rating": 26},
    "scale": {"rating": 28, "rule": 60, "rated": 12},
    "sources": {"claim": 24, "source": 30, "says": 26, "verdict": 20},
    "outcomes": {"target": 16, "record": 18, "value": 17, "gap": 17, "growth": 18, "met": 14},
    "mirror": {"flow": 26, "year": 9, "exported": 24, "imported": 24, "asymmetry": 17},
    "groupings": {"claim": 20, "countries": 28, "sums": 20, "fits": 14, "nearest": 18},
    "readings": {"claim": 24, "reading": 34, "holds": 21, "not_held": 21},
    "multiverse": {"claim": 22, "record": 14, "how": 22, "value": 16, "support": 26},
    "origins": {"origin": 21, "kind": 17, "citation": 62},
    "dictionary": {"column": 24, "type": 14, "meaning": 62},
}
# Columns of numbers of one kind, whose decimal marks stand below each other.
_ALIGNED = {
    "account": {"numerals"}, "scale": {"rated"}, "corrections": {"count"},
    "reading": {"sentences", "labelled", "value_f1", "unit_f1"}, "gaps": {"growth", "projected", "gap"},
    "outcomes": {"value", "gap"}, "mirror": {"exported", "imported", "asymmetry"},
}  # fmt: skip
# Tables whose cells want more of a word than their heads can say.
_NOTED = {"facts", "gaps", "outcomes", "mirror", "assessments"}

# A symbol beside each verdict, so that it never rests on colour alone.
SYMBOLS = {"agrees": "✓", "differs": "≠", "cannot-be-checked": "?"}


def facts_table(facts: Iterable[Fact], wording: Wording, *, anchored: bool = False) -> Html:
    """List facts with interval and formula; ``anchored`` makes them the places that links lead to."""
    listed = list(facts)
    # A name of one word is a plain word as well; what is counted under it stands in no formula.
    ids = [fact.id for fact in listed if "_" in fact.id]
    rows: list[Cells] = []
    for fact in listed:
        name = code(fact.id)
        words = wording.known(*fact.numbers, fact.unit)
        formula = code(wording.formula(fact.formula))
        if anchored:
            name = anchor(f"fact-{fact.id}", f"{fact.number} {name}")
            known = {**dict.fromkeys(ids, "fact"), **dict.fromkeys(fact.claims, "claim")}
            formula = _linked(formula, known | dict.fromkeys(fact.sources, "source"))
        value = Cell(escape(words), fact.value)
        rows.append([name, value, escape(wording.span(*fact.numbers, fact.unit)), formula])
    if not rows:
        return Html(f"<p>{escape(wording.say('tables.facts.nothing'))}</p>")
    return layout_table("facts", wording, rows, name="facts" if anchored else f"facts-{listed[0].id}")


def claims_table(material: ReportContext) -> Html:
    """List the claims, each with its number as printed, its standing, and its sentence; nothing without any."""
    wording = material.wording
    rows: list[Cells] = []
    for row in material.table("claims"):
        measure = f"{wording.label('measures', row['measure'])}, {wording.label('subjects', row['subject'])}"
        note = material.claim(row["claim_id"]).note
        name = anchor(f"claim-{row['claim_id']}", f"{note} {code(row['claim_id'])}")
        value, period = claim_value(row, wording), claim_period(row, wording)
        says = escape(value) + ("" if period == value else f"<br>{escape(period)}")
        section = wording.label("sections", row["section"])
        place = wording.say("claim.place", lines=line_range(row), section=section, citation=row["citation"])
        rows.append(
            [
                f"{name}<br>{escape(measure)}",
                says,
                escape(wording.label("statuses", row["status"])),
                f"{quote(row['quote'], material.languages[row['section']])}<br>"
                f'<a href="#{article_place(row)}">{escape(place)}</a>',
            ]
        )
    return layout_table("claims", wording, rows)


def account_table(material: ReportContext) -> Html:
    """Account for every numeral: how many stand in claims, how many do not and why."""
    wording = material.wording
    mentions = material.table("mentions")
    counts = Counter(row["reason"] for row in mentions if row["reason"])
    in_claims = sum(1 for row in mentions if row["claim_id"])
    rows: list[Cells] = [[escape(wording.say("reasons.claim")), Cell(str(in_claims), str(in_claims))]]
    rows += [
        [escape(wording.label("reasons", reason)), Cell(str(count), str(count))]
        for reason, count in counts.most_common()
    ]
    rows.append([escape(wording.say("reasons.all")), Cell(str(len(mentions)), str(len(mentions)))])
    return layout_table("account", wording, rows)


def corrections_table(material: ReportContext) -> Html:
    """List the spelling repairs; nothing without any."""
    wording, language = material.wording, Counter(material.languages.values()).most_common(1)[0][0]
    rows: list[Cells] = [
        [quote(row["written"], language), quote(row["meant"], language), row["count"], escape(wording.data(row["why"]))]
        for row in material.table("corrections")
    ]
    return layout_table("corrections", wording, rows)


def reading_table(material: ReportContext) -> Html:
    """List how well numbers are read in each language, on sentences seen while the reader was written and on others."""
    wording = material.wording
    rows: list[Cells] = [
        [
            escape(wording.label("sets", row["set"])),
            escape(wording.language_name(row["language"])),
            row["sentences"],
            row["labelled"],
            *(wording.amount(Fraction(row[name]), None, None, "ratio") for name in ("value_f1", "unit_f1")),
        ]
        for row in material.table("reading")
    ]
    return layout_table("reading", wording, rows)


def gaps_table(material: ReportContext) -> Html:
    """List each target at each growth rate; nothing without targets."""
    wording = material.wording
    rows: list[Cells] = []
    for row in material.table("gaps"):
        unit = row["unit"]
        claim = material.claim(row["target"], linked=True)
        relative = escape(amount(wording, row, "gap_relative", "ratio"))
        rows.append(
            [
                wording.say("tables.gaps.by", target=claim, year=row["target_year"]),
                stacked(wording, row, "growth", "ratio"),
                stacked(wording, row, "projected", unit, beside=Fraction(row["target_value"])),
                stacked(
                    wording, row, "gap", difference_unit(unit), beside=Fraction(row["target_value"]), below=relative
                ),
                stacked(wording, row, "arrival", "calendar_year"),
            ]
        )
    return layout_table("gaps", wording, rows)


def verdicts_table(material: ReportContext, verdict: str) -> Html:
    """List the findings with one verdict, in words and with a symbol; nothing without any."""
    wording = material.wording
    rows: list[Cells] = []
    for row in material.table("verdicts"):
        if row["verdict"] == verdict:
            claims = [link("claim", name, code(name)) for name in row["claims"].split()]
            words = verdict_words(material, row)
            said = f"<strong>{SYMBOLS[verdict]} {escape(wording.label('verdicts', verdict))}.</strong> {words}"
            rows.append([escape(wording.label("rules", row["rule"])), " ".join(claims) or "–", said])
    caption = wording.say(f"tables.verdicts.caption.{verdict}")
    return layout_table("verdicts", wording, rows, caption=caption, name=f"verdicts-{verdict}")


def verdict_words(material: ReportContext, row: Row) -> str:
    """Say in words what a rule found."""
    wording = material.wording
    details = json.loads(row["details"])
    named = {key: _detail(wording, key, value) for key, value in details.items()}
    claims = [material.claim(name) for name in row["claims"].split()]
    return escape(
        wording.say(
            f"outcomes.{row['rule']}.{row['outcome']}", claims=claims, open=details, label=wording.label, **named
        ),
        quote=False,
    )


def parameters_table(parameters: Parameters, wording: Wording) -> Html:
    """List this run's parameters beside their defaults."""
    rows: list[Cells] = []
    for name, value in parameters.model_dump().items():
        given, default = _plainly(value), _plainly(Parameters.model_fields[name].default)
        same = wording.say("tables.parameters.same") if given == default else default
        what, unit, allowed = (wording.parameter(name, said) for said in ("meaning", "unit", "allowed"))
        meaning = f"{what} ({unit}): {allowed}"
        rows.append([code(name), code(given), escape(same), escape(meaning)])
    return layout_table("parameters", wording, rows)


def environment_table(versions: Iterable[tuple[str, str]], wording: Wording) -> Html:
    """List the packages the report was made with."""
    return layout_table("environment", wording, [[escape(name), escape(version)] for name, version in versions])


def dictionary_tables(wording: Wording) -> Html:
    """Describe every table on disk, column by column."""
    parts = []
    for resource in package()["resources"]:
        rows = [
            [code(f["name"]), code(f["type"]), escape(wording.data(f["description"]))]
            for f in resource["schema"]["fields"]
        ]
        title = wording.data(resource["title"])
        caption = wording.say("tables.dictionary.of", title=title, path=f"data/{resource['path']}")
        parts.append(layout_table("dictionary", wording, rows, caption=caption, name=f"dictionary-{resource['name']}"))
    return Html("\n".join(part.markup for part in parts))


def layout_table(layout: str, wording: Wording, rows: Sequence[Cells], caption: str = "", name: str = "") -> Html:
    """Set a table in one of the layouts; nothing where it has no rows."""
    columns = [
        Column(wording.say(f"tables.{layout}.columns.{key}"), width, key in _ALIGNED.get(layout, ()))
        for key, width in _LAYOUT[layout].items()
    ]
    caption = caption or wording.say(f"tables.{layout}.caption")
    note = escape(wording.say(f"tables.{layout}.note")) if layout in _NOTED else ""
    return table(name or layout, caption, columns, rows, note) if rows else Html("")


def amount(wording: Wording, row: Row, name: str, unit: str) -> str:
    """Write a number of a row with its unit."""
    return wording.amount(*numbers(row, name), unit)


def number(
    wording: Wording, row: Row, name: str, unit: str, *, beside: Fraction | None = None, below: str = ""
) -> Cell:
    """Write a number of a row with its unit, in the scale of one beside it, and HTML below it."""
    written = wording.amount(*numbers(row, name), unit, beside=beside)
    return Cell(escape(written) + (f"<br>{below}" if below else ""), row[name])


def stacked(
    wording: Wording, row: Row, name: str, unit: str, *, beside: Fraction | None = None, below: str = ""
) -> Cell:
    """Write a number above its interval, in the scale of one beside it, and HTML below both."""
    written, span = (write(*numbers(row, name), unit, beside=beside) for write in (wording.amount, wording.span))
    interval = "" if span == written else f"<small>{escape(span)}</small>"
    return Cell("<br>".join(part for part in (escape(written), interval, below) if part), row[name])


def _linked(formula: str, kinds: dict[str, str]) -> str:
    """Make the names in a formula lead to what they stand for."""
    return re.sub(r"\b[a-z][\w-]*\b(?!\.)", lambda m: link(kinds[m[0]], m[0], m[0]) if m[0] in kinds else m[0], formula)


def _plainly(value: object) -> str:
    """Write a parameter's value without brackets and quotation marks."""
    return (", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)) or "–"


def _detail(wording: Wording, key: str, value: str) -> str:
    """Put a finding's detail into words: periods and standings by their names."""
    if key in {"period", "base_period"} or (key in {"before", "after"} and value[:1].isdigit()):
        return wording.period(value)
    if key in {"before", "after"} and value:
        return wording.label("statuses", value)
    return value
