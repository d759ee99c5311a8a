"""Tables as readers see them: which columns of which rows, in words."""

import json
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from html import escape

from dalil.parameters import Parameters, about
from dalil.report.datapackage import package
from dalil.report.facts import Fact
from dalil.report.html import Column, Html, anchor, code, link, quote, table
from dalil.report.material import ClaimWords, Material, claim_period, claim_value, line_range
from dalil.report.wording import Wording

# Share of the width of each column, in percent, and whether it holds numbers.
_LAYOUT: dict[str, dict[str, tuple[int, bool]]] = {
    "facts": {"name": (34, False), "value": (20, False), "range": (23, False), "formula": (23, False)},
    "claims": {"claim": (30, False), "says": (27, False), "status": (12, False), "sentence": (31, False)},
    "account": {"what": (76, False), "numerals": (24, True)},
    "corrections": {"written": (22, False), "meant": (22, False), "count": (11, True), "why": (45, False)},
    "gaps": {"target": (20, False), "growth": (20, False), "projected": (20, False), "gap": (20, False), "arrival": (20, False)},
    "verdicts": {"rule": (27, False), "claims": (31, False), "verdict": (42, False)},
    "parameters": {"name": (20, False), "value": (25, False), "default": (20, False), "meaning": (35, False)},
    "environment": {"package": (50, False), "version": (50, False)},
    "dictionary": {"column": (24, False), "type": (14, False), "meaning": (62, False)},
}  # fmt: skip

# A symbol beside each verdict, so that it never rests on colour alone.
SYMBOLS = {"agrees": "✓", "differs": "≠", "cannot-be-checked": "?"}


def facts_table(facts: Iterable[Fact], wording: Wording, *, anchored: bool = False) -> Html:
    """List facts with interval and formula; ``anchored`` makes them the places that links lead to."""
    rows = []
    for fact in facts:
        name = code(fact.id)
        words = wording.amount(*fact.numbers, fact.unit)
        formula = code(fact.formula)
        if anchored:
            name = anchor(f"fact-{fact.id}", name)
            formula += "".join(f" {link(f'claim-{claim}', '↑', title=claim)}" for claim in fact.claims)
        rows.append([name, escape(words), escape(wording.span(*fact.numbers, fact.unit)), formula])
    return _table("facts", wording, rows)


def claims_table(material: Material) -> Html:
    """List the claims, each with its number as printed, its standing, and its sentence."""
    wording = material.wording
    rows = []
    for row in material.table("claims"):
        language = "uz"
        measure = f"{wording.label('measures', row['measure'])}, {wording.label('subjects', row['subject'])}"
        name = anchor(f"claim-{row['claim_id']}", code(row["claim_id"]))
        says = f"{escape(claim_value(row, wording))}<br>{escape(claim_period(row, wording))}"
        place = wording.say("claim.place", lines=line_range(row), section=wording.label("sections", row["section"]))
        rows.append(
            [
                f"{name}<br>{escape(measure)}",
                says,
                escape(wording.label("statuses", row["status"])),
                f"{quote(row['quote'], language)}<br>{escape(place)}",
            ]
        )
    return _table("claims", wording, rows)


def account_table(material: Material) -> Html:
    """Account for every numeral: how many stand in claims, how many do not and why."""
    wording = material.wording
    mentions = material.table("mentions")
    counts = Counter(row["reason"] for row in mentions if row["reason"])
    in_claims = sum(1 for row in mentions if row["claim_id"])
    rows = [[escape(wording.say("reasons.claim")), str(in_claims)]]
    rows += [[escape(wording.label("reasons", reason)), str(count)] for reason, count in counts.most_common()]
    rows.append([escape(wording.say("reasons.all")), str(len(mentions))])
    return _table("account", wording, rows)


def corrections_table(material: Material) -> Html:
    """List the spelling repairs."""
    rows = [
        [quote(row["written"], "uz"), quote(row["meant"], "uz"), row["count"], escape(row["why"])]
        for row in material.table("corrections")
    ]
    return _table("corrections", material.wording, rows)


def gaps_table(material: Material) -> Html:
    """List each target at each growth rate."""
    wording = material.wording
    rows = []
    for row in material.table("gaps"):
        unit = row["unit"]
        claim = link(f"claim-{row['target']}", escape(claim_value(material.claims[row["target"]], wording)))
        rows.append(
            [
                wording.say("tables.gaps.by", target=claim, year=row["target_year"]),
                _stacked(wording, row, "growth", "ratio"),
                _stacked(wording, row, "projected", unit),
                _stacked(wording, row, "gap", unit) + f"<br>{escape(_amount(wording, row, 'gap_relative', 'ratio'))}",
                _stacked(wording, row, "arrival", "calendar_year"),
            ]
        )
    return _table("gaps", wording, rows)


def verdicts_table(material: Material, verdicts: tuple[str, ...]) -> Html:
    """List the findings with these verdicts, in words and with a symbol."""
    wording = material.wording
    rows = []
    for row in material.table("verdicts"):
        if row["verdict"] in verdicts:
            claims = [link(f"claim-{name}", code(name)) for name in row["claims"].split()]
            words = verdict_words(material, row)
            verdict = f"<strong>{SYMBOLS[row['verdict']]} {escape(wording.label('verdicts', row['verdict']))}.</strong> {words}"
            rows.append([escape(wording.label("rules", row["rule"])), " ".join(claims) or "–", verdict])
    return _table("verdicts", wording, rows, name="-".join(("verdicts", *verdicts)))


def verdict_words(material: Material, row: dict[str, str]) -> str:
    """Say in words what a rule found."""
    wording = material.wording
    details = json.loads(row["details"])
    named = {key: _detail(wording, key, value) for key, value in details.items()}
    claims = [ClaimWords(material.claims[name], wording, linked=False) for name in row["claims"].split()]
    return escape(wording.say(f"outcomes.{row['rule']}.{row['outcome']}", claims=claims, open=details, label=wording.label, **named), quote=False)


def parameters_table(parameters: Parameters, wording: Wording) -> Html:
    """List this run's parameters beside their defaults."""
    rows = []
    for name, value in parameters.model_dump().items():
        facts = about(name)
        given = str(list(value) if isinstance(value, tuple) else value) or "–"
        same = wording.say("tables.parameters.same") if given == (facts["default"] or "–") else facts["default"] or "–"
        meaning = f"{facts['meaning']} ({facts['unit']}): {facts['allowed']}"
        rows.append([code(name), code(given), escape(same), escape(meaning)])
    return _table("parameters", wording, rows)


def environment_table(versions: Iterable[tuple[str, str]], wording: Wording) -> Html:
    """List the packages the report was made with."""
    return _table("environment", wording, [[escape(name), escape(version)] for name, version in versions])


def dictionary_tables(wording: Wording) -> Html:
    """Describe every table on disk, column by column."""
    parts = []
    for resource in package()["resources"]:
        rows = [[code(f["name"]), escape(f["type"]), escape(f["description"])] for f in resource["schema"]["fields"]]
        caption = wording.say("tables.dictionary.of", title=resource["title"], path=f"data/{resource['path']}")
        parts.append(_table("dictionary", wording, rows, caption=caption, name=f"dictionary-{resource['name']}"))
    return Html("\n".join(part.markup for part in parts))


def _table(layout: str, wording: Wording, rows: list[list[str]], caption: str = "", name: str = "") -> Html:
    columns = [
        Column(wording.say(f"tables.{layout}.columns.{key}"), width, number)
        for key, (width, number) in _LAYOUT[layout].items()
    ]
    return table(name or layout, caption or wording.say(f"tables.{layout}.caption"), columns, rows)


def _numbers(row: dict[str, str], name: str) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    value, low, high = (Fraction(row[key]) if row[key] else None for key in (name, f"{name}_low", f"{name}_high"))
    return value, low, high


def _amount(wording: Wording, row: dict[str, str], name: str, unit: str) -> str:
    return wording.amount(*_numbers(row, name), unit)


def _stacked(wording: Wording, row: dict[str, str], name: str, unit: str) -> str:
    """A number above its interval."""
    numbers = _numbers(row, name)
    span = wording.span(*numbers, unit)
    return f"{escape(wording.amount(*numbers, unit))}<br><small>{escape(span)}</small>"


def _detail(wording: Wording, key: str, value: str) -> str:
    """Put a finding's detail into words: periods and standings by their names."""
    if key in {"period", "base_period"} or (key in {"before", "after"} and value[:1].isdigit()):
        return wording.period(value)
    if key in {"before", "after"} and value:
        return wording.label("statuses", value)
    return value
