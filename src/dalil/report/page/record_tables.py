"""Tables of the record as readers see them: claims against sources, outcomes, flows, sums, readings, ways, origins."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from html import escape
from itertools import groupby

from dalil.analysis.results import difference_unit
from dalil.report.markup.html import Cell, Cells, Html, anchor, code, link
from dalil.report.page.tables import amount, layout_table, number
from dalil.report.prose.claims import RATING_SIGNS, year_runs
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import near, nearest, said
from dalil.tables.writing import Row, numbers
from dalil.wording.catalogue import SOURCE

# A symbol beside each word, so that nothing rests on colour.
SPOKEN = {"agrees": "✓", "differs": "≠", "silent": "–", "related": "·"}
# Sets of countries shown of a claim that none of them fits.
MOST_NEAREST = 3
_SUPPORT = {"yes": "✓", "no": "≠", "open": "?"}


def assessments_table(material: ReportContext) -> Html:
    """List every claim with what the article and the sources say of it, and its rating; one made twice once."""
    wording = material.wording
    rows: list[Cells] = []
    for row in material.table("assessments"):
        if not row["first"]:
            counts = [
                wording.say(f"tables.assessments.counts.{name}", n=row[name])
                for name in ("agreeing", "differing", "silent")
                if row[name] != "0"
            ]
            rows.append(
                [
                    _claim(material, row["claim_id"]),
                    escape(wording.label("verdicts", row["itself"])),
                    escape(", ".join(counts) or wording.say("tables.assessments.counts.none")),
                    f"<strong>{rated(material, row['rating'])}</strong>",
                ]
            )
    return layout_table("assessments", wording, rows)


def scale_table(material: ReportContext) -> Html:
    """Explain the ratings in the order in which their rules are asked, with how many claims have each."""
    wording = material.wording
    given = Counter(row["rating"] for row in material.table("assessments") if not row["first"])
    rows: list[Cells] = [
        [
            f"<strong>{rated(material, name)}</strong>",
            escape(wording.say(f"text.record.scale.{name}")),
            str(given[name]),
        ]
        for name in wording.keys("ratings")
    ]
    return layout_table("scale", wording, rows)


def sources_table(material: ReportContext) -> Html:
    """List what each source says of each claim: verdict, difference, basis and reliability."""
    wording = material.wording
    rows: list[Cells] = []
    origins = material.record_words(linked=True).origins
    for row in material.table("sources"):
        names = [str(origins[name]) for name in row["origins"].split()]
        missing = wording.say("tables.sources.no_series", country=wording.country(row["reporter"]))
        source = "<br>".join(names) or escape(missing)
        rows.append(
            [
                _claim(material, row["claim_id"]),
                f"{source}<br><small>{escape(', '.join(_standing(material, row)))}</small>",
                _said(material, row),
                _spoken(material, row),
            ]
        )
    return layout_table("sources", wording, rows)


def outcomes_table(material: ReportContext) -> Html:
    """List what each record shows of each target, at current and at constant prices."""
    wording = material.wording
    rows: list[Cells] = []
    for row in material.table("outcomes"):
        unit = row["unit"]
        claim = material.claim(row["target"], linked=True)
        prices = wording.say(f"tables.outcomes.prices.{row['prices']}", year=row["base_year"])
        growth = [wording.amount(*numbers(row, name), "ratio") for name in ("came", "needed") if row[name]]
        relative, goal = escape(amount(wording, row, "gap_relative", "ratio")), Fraction(row["target_value"])
        rows.append(
            [
                wording.say("tables.gaps.by", target=claim, year=row["target_year"]),
                escape(wording.country(row["reporter"])) + f"<br><small>{escape(prices)}</small>",
                number(wording, row, "value", unit, beside=goal),
                number(wording, row, "gap", difference_unit(unit), beside=goal, below=relative),
                escape(wording.say("tables.outcomes.growth", came=growth[0], needed=growth[1]) if growth else "–"),
                number(wording, row, "first_met", "year_met"),
            ]
        )
    return layout_table("outcomes", wording, rows)


def mirror_table(material: ReportContext) -> Html:
    """List each flow and year as both countries record it."""
    wording = material.wording
    rows: list[Cells] = []
    for row in material.table("mirror"):
        flow = wording.say(
            "tables.mirror.of", exporter=wording.country(row["exporter"]), importer=wording.country(row["importer"])
        )
        rows.append(
            [
                escape(flow),
                Cell(row["year"], row["year"]),
                *(_recorded(material, row, side) for side in ("exported", "imported")),
                number(wording, row, "asymmetry", "ratio"),
            ]
        )
    return layout_table("mirror", wording, rows)


def groupings_table(material: ReportContext) -> Html:
    """List the sets of countries that add up to a claim; where none does, those that come nearest."""
    wording = material.wording
    rows: list[Cells] = []
    listed = material.table("groupings")
    shown: list[Row] = []
    for claim in dict.fromkeys(row["claim_id"] for row in listed):
        sets = [row for row in listed if row["claim_id"] == claim]
        shown += [row for row in sets if row["fits"]] or nearest(sets, material.claims[claim])[:MOST_NEAREST]
    for row in shown:
        added = [wording.country(code) for code in row["added"].split()]
        fits, lowest = ", ".join(row["fits"].split()), Fraction(row["lowest"])
        closest = near(wording, Fraction(row["nearest"]), material.claims[row["claim_id"]])
        rows.append(
            [
                _claim(material, row["claim_id"]),
                escape(wording.say("tables.groupings.added", countries=added)),
                escape(wording.span(lowest, lowest, Fraction(row["highest"]), row["unit"])),
                f"<strong>✓ {escape(fits)}</strong>" if fits else "–",
                escape(wording.say("tables.groupings.nearest", n=closest, year=row["nearest_year"])),
            ]
        )
    return layout_table("groupings", wording, rows)


def readings_table(material: ReportContext) -> Html:
    """List each way to read an open percentage, with the years in which it holds and in which it does not."""
    wording = material.wording
    rows: list[Cells] = []
    listed = material.table("readings")
    for (claim, what, whom), group in groupby(listed, lambda row: (row["claim_id"], row["of_what"], row["with_whom"])):
        years = list(group)
        holds, not_held = (
            ", ".join(year_runs(row["year"] for row in years if row["holds"] == answer)) for answer in ("yes", "no")
        )
        rows.append(
            [
                _claim(material, claim),
                escape(f"{wording.label('readings', what)}; {wording.label('readings', whom)}"),
                f"✓ {holds}" if holds else "–",
                f"≠ {not_held}" if not_held else "–",
            ]
        )
    return layout_table("readings", wording, rows)


def multiverse_table(material: ReportContext) -> Html:
    """List each headline's ways, those that differ in rounding alone together."""
    wording = material.wording
    rows: list[Cells] = []
    keys = ("claim_id", "reporter", "prices", "formula")
    for (claim, reporter, prices, formula), group in groupby(
        material.table("multiverse"), lambda row: tuple(row[key] for key in keys)
    ):
        ways = list(group)
        first = ways[0]
        how = [wording.label("prices", prices)] if prices else []
        how += [wording.label("growth_formulas", formula)] if formula else []
        answers = {answer: [row for row in ways if row["support"] == answer] for answer in _SUPPORT}
        given = {answer: chosen for answer, chosen in answers.items() if chosen}
        support = "; ".join(
            _support(material, answer, chosen if len(given) > 1 else []) for answer, chosen in given.items()
        )
        rows.append(
            [
                _claim(material, claim),
                escape(wording.country(reporter)),
                escape(", ".join(how) or "–"),
                Cell(escape(wording.known(*numbers(first), first["unit"])), first["value"]),
                support,
            ]
        )
    return layout_table("multiverse", wording, rows)


def origins_table(material: ReportContext) -> Html:
    """List the sources: what each is, how to cite it, where it is, on what terms, and how far it can be relied on."""
    wording = material.wording
    rows: list[Cells] = []
    for row in material.table("origins"):
        kind = f"{wording.label('origin_kinds', row['kind'])}, {wording.label('reliabilities', row['reliability'])}"
        terms = wording.say(
            "tables.origins.terms", accessed=wording.period(row["date_accessed"]), licence=wording.data(row["licence"])
        )
        note = f" {_note(material, row)}" if row["note"] else ""
        rows.append(
            [
                anchor(f"source-{row['origin']}", code(row["origin"])),
                escape(kind),
                f"{escape(row['citation'])}{note}<br><small>{escape(terms)} {code(row['address'])}</small>",
            ]
        )
    return layout_table("origins", wording, rows)


def _recorded(material: ReportContext, row: Row, side: str) -> Cell:
    """What one side records of a flow, and whether that was only printed."""
    printed = row[f"{side}_status"] == "press"
    below = escape(material.wording.say("tables.mirror.press")) if printed else ""
    largest = max(abs(Fraction(one)) for one in (row["exported"], row["imported"]) if one)
    return number(material.wording, row, side, row["unit"], beside=largest, below=below)


def rated(material: ReportContext, rating: str) -> str:
    """Write a rating in words with its symbol."""
    return f"{RATING_SIGNS[rating]} {escape(material.wording.label('ratings', rating))}"


def _claim(material: ReportContext, name: str) -> str:
    """A claim as the head of a row: what it is about and what it says, with a link to it."""
    claim = material.claim(name)
    return link("claim", name, escape(f"{claim.measure}: {claim}"), note=claim.note)


def _standing(material: ReportContext, row: Row) -> list[str]:
    """What kind of figure a source gives, what it covers, and how far it can be relied on."""
    wording = material.wording
    found = [wording.label("statuses_of_figures", status) for status in row["status"].split()]
    if row["basis"]:
        found.append(wording.label("bases", row["basis"]))
    if row["reliability"]:
        found.append(wording.say("tables.sources.reliability", n=wording.label("reliabilities", row["reliability"])))
    return found


def _said(material: ReportContext, row: Row) -> str:
    """What a source says, for when, and what is to be known of it."""
    wording = material.wording
    told = said(wording, row)
    when = wording.period(row["period"]) if row["period"] and row["unit"] != "date" else ""
    what = wording.say(f"tables.sources.found.{row['found']}", n=told, when=when)
    return escape(what) + (f"<br><small>{_note(material, row)}</small>" if row["note"] else "")


def _note(material: ReportContext, row: Row) -> str:
    """What is to be known of a figure or a source; in the language it was written in, where it is not known in this."""
    written = escape(material.wording.data(row["note"]))
    return written if material.wording.knows(row["note"]) else f'<span lang="{SOURCE}">{written}</span>'


def _spoken(material: ReportContext, row: Row) -> str:
    """A source's verdict in words, with the difference where there is one."""
    wording = material.wording
    # A date is not rounded.
    exact = row["verdict"] == "agrees" and row["unit"] == "date"
    label = wording.label("verdicts" if exact else "spoken", row["verdict"])
    words = f"<strong>{SPOKEN[row['verdict']]} {escape(label)}</strong>"
    if row["verdict"] != "differs" or not row["difference"]:
        return words
    unit = difference_unit(material.claims[row["claim_id"]]["unit"])
    value, low, high = numbers(row, "difference")
    # Where only one end is known, that is the end nearest to the claim.
    known = [end for end in (low, high) if end is not None]
    if len(known) == 1:
        return f"{words} {escape(wording.say('tables.sources.by_least', n=wording.amount(known[0], None, None, unit)))}"
    return f"{words} {escape(wording.say('tables.sources.by', n=wording.amount(value, low, high, unit)))}"


def _support(material: ReportContext, answer: str, rows: Iterable[Row]) -> str:
    """An answer in words with its symbol, and the ways of rounding that come to it where they differ."""
    say = material.wording.say
    ways = [say(f"figures.rounding-fan.ways.{row['rounding']}") for row in rows if row["rounding"]]
    which = f" ({', '.join(ways)})" if ways else ""
    return escape(f"{_SUPPORT[answer]} {say(f'tables.multiverse.support.{answer}')}{which}")
