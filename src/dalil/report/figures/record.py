"""Figures of the record: what statistics and the press give, beside what the article says of the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import nan

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dalil.report.figures.placing import write_clear
from dalil.report.figures.style import STATED, TARGET, Drawing, Words, in_numbers, of_what, span_of
from dalil.report.prose.claims import claim_value, year_runs
from dalil.report.prose.context import ReportContext
from dalil.report.prose.record import near, nearest
from dalil.tables.writing import Row, numbers

INK, FAINT, BAR = "#333333", "#6B6B6B", "#AAAAAA"

# Years along an axis beyond which labels at each of them stand upright.
MOST_LEVEL = 10
# Sets of countries that can be told apart below one another on a page; of more, those nearest to the claim are drawn.
MOST_SETS = 26
# Runs of years that a margin has room for.
MOST_RUNS = 3
# Letters that a legend has room for beside one another.
MOST_LETTERS = 110

# Share of an axis kept free above the highest bar for a label, level or upright.
_ROOM, _ROOM_UPRIGHT = 0.16, 0.42

# A year of which the picture has to tell apart what several countries record takes up this much of it.
_FILLED = 0.8


@dataclass(frozen=True)
class Look:
    """How a country's figures are told apart from others': in colour, and in grey."""

    colour: str
    marker: str
    line: str
    hatch: str


# Okabe and Ito's colours that stand for nothing else in the figures.
LOOKS = (
    Look("#009E73", "o", "-", ""),
    Look("#CC79A7", "s", "--", "////"),
    Look("#E69F00", "v", "-.", "...."),
    Look("#000000", "P", ":", "xxxx"),
)


def looks(material: ReportContext) -> dict[str, Look]:
    """How each country on record looks, the same in every figure."""
    named = [row["reporter"] for row in material.table("record")]
    named += [row[side] for row in material.table("mirror") for side in ("exporter", "importer")]
    return {code: LOOKS[place % len(LOOKS)] for place, code in enumerate(dict.fromkeys(named))}


def _outcomes(material: ReportContext) -> list[list[Row]]:
    """What became of targets, at the prices of their time: one panel for each thing measured."""
    panels: dict[tuple[str, ...], list[Row]] = {}
    for row in material.table("outcomes"):
        if row["prices"] == "current" and row["value"]:
            panels.setdefault((*of_what(material.claims[row["target"]]), row["unit"]), []).append(row)
    return list(panels.values())


def _around(material: ReportContext, outcomes: list[Row]) -> dict[str, list[Row]]:
    """The figures around targets by reporter: from the year before their base to the last official one."""
    about, unit = of_what(material.claims[outcomes[0]["target"]]), outcomes[0]["unit"]
    listed = [row for row in material.table("record") if of_what(row) == about and row["unit"] == unit]
    first = min(int(row["base_year"]) for row in outcomes) - 1
    last = max(
        [int(row["target_year"]) for row in outcomes]
        + [int(row["year"]) for row in listed if row["status"] == "official"]
    )
    listed = [row for row in listed if row["value"] and first <= int(row["year"]) <= last]
    found: dict[str, list[Row]] = {}
    for row in sorted(listed, key=lambda row: int(row["year"])):
        found.setdefault(row["reporter"], []).append(row)
    return found


def _of_target(outcomes: list[Row]) -> list[list[Row]]:
    """What each record shows of a target, target by target."""
    return [[row for row in outcomes if row["target"] == name] for name in dict.fromkeys(r["target"] for r in outcomes)]


def _draw_outcomes(material: ReportContext, picture: Figure) -> None:
    panels, styles, say = _outcomes(material), looks(material), material.say
    grid = list(picture.subplots(len(panels), 1, squeeze=False)[:, 0])
    for axes, outcomes in zip(grid, panels, strict=True):
        scale, unit = material.wording.scale(outcomes[0]["unit"], [Fraction(row["target_value"]) for row in outcomes])
        around = _around(material, outcomes)
        for place, (reporter, rows) in enumerate(around.items()):
            look = styles[reporter]
            official = [row for row in rows if row["status"] == "official"]
            years, values = _unbroken(official, scale)
            axes.plot(years, values, look.line, color=look.colour, lw=1.5, zorder=3)
            axes.plot(
                years,
                values,
                look.marker,
                color=look.colour,
                markersize=6,
                markeredgecolor="white",
                zorder=4 - place / 10,
            )
            for row in rows:
                if row["status"] != "official":
                    _hollow(axes, row, look, scale)
        for found in _of_target(outcomes):
            due, goal = int(found[0]["target_year"]), float(Fraction(found[0]["target_value"]) / scale)
            furthest = min([float(Fraction(row["value"]) / scale) for row in found] + [goal])
            axes.plot([due, due], [furthest, goal], ":", color=TARGET, lw=1.4, zorder=2)
            axes.plot(due, goal, "D", color=TARGET, markersize=10, zorder=2.5)
        low, high = axes.get_ylim()
        axes.set_ylim(min(0, low), high + 0.32 * (high - min(0, low)))
        axes.margins(x=0.08)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        measure = material.claim(outcomes[0]["target"]).measure
        axes.set_xlabel(say("figures.target-outcomes.x"))
        in_numbers(axes.yaxis, material.wording)
        axes.set_ylabel(say("figures.target-outcomes.y", measure=measure, unit=unit))
    shown = [reporter for outcomes in panels for reporter in _around(material, outcomes)]
    press = any(
        row["status"] != "official" for one in panels for rows in _around(material, one).values() for row in rows
    )
    handles: list[Artist] = [_line(material, code, styles[code]) for code in dict.fromkeys(shown)]
    if press:
        handles.append(_key("o", FAINT, say("figures.target-outcomes.press"), hollow=True))
    handles.append(_key("D", TARGET, say("figures.target-outcomes.target")))
    handles.append(Line2D([], [], color=TARGET, ls=":", lw=1.4, label=say("figures.target-outcomes.distance")))
    _legend(picture, handles)
    for axes, outcomes in zip(grid, panels, strict=True):
        scale, _ = material.wording.scale(outcomes[0]["unit"], [Fraction(row["target_value"]) for row in outcomes])
        for found in _of_target(outcomes):
            at = int(found[0]["target_year"]), float(Fraction(found[0]["target_value"]) / scale)
            text = say("figures.target-outcomes.label", **_target_words(material, found))
            write_clear(axes, text, at, size=8, colour=INK)


def _target_words(material: ReportContext, found: list[Row]) -> Words:
    """A target and what each record shows of it."""
    return {
        "target": material.claim(found[0]["target"]),
        "year": found[0]["target_year"],
        "records": [
            {
                "name": material.wording.country(row["reporter"]),
                "value": _written(material, row),
                "gap": _percent(material, row, "gap_relative"),
                "met": row["first_met"],
            }
            for row in found
        ],
    }


def _outcomes_words(material: ReportContext) -> Words:
    panels = []
    for outcomes in _outcomes(material):
        around = _around(material, outcomes)
        panels.append(
            {
                "measure": material.claim(outcomes[0]["target"]).measure,
                "targets": [_target_words(material, found) for found in _of_target(outcomes)],
                "records": [
                    {"name": material.wording.country(code), "years": [_year_words(material, row) for row in rows]}
                    for code, rows in around.items()
                ],
                "press": any(row["status"] != "official" for rows in around.values() for row in rows),
            }
        )
    return {"panels": panels}


def _year_words(material: ReportContext, row: Row) -> Words:
    return {"year": row["year"], "value": _written(material, row), "press": row["status"] != "official"}


def _flows(material: ReportContext) -> list[list[Row]]:
    """One flow a panel: those of one measure below one another."""
    panels: dict[tuple[str, ...], list[Row]] = {}
    for row in material.table("mirror"):
        if row["exported"] or row["imported"]:
            panels.setdefault((row["measure"], row["exporter"], row["importer"], row["unit"]), []).append(row)
    return [sorted(rows, key=lambda row: int(row["year"])) for rows in panels.values()]


_SIDES = (("exported", "exporter"), ("imported", "importer"))


def _draw_flows(material: ReportContext, picture: Figure) -> None:
    panels, styles, say = _flows(material), looks(material), material.say
    grid = list(picture.subplots(len(panels), 1, squeeze=False)[:, 0])
    for axes, rows in zip(grid, panels, strict=True):
        # Flows of one measure are on one scale, so that the panels can be compared.
        alike = [row for row in material.table("mirror") if (row["measure"], row["unit"]) == _of_flow(rows[0])]
        values = [Fraction(row[side]) for row in alike for side, _ in _SIDES if row[side]]
        scale, unit = material.wording.scale(rows[0]["unit"], values)
        many = len(rows) > MOST_LEVEL
        for row in rows:
            tops = [0.0]
            for place, (side, country) in enumerate(_SIDES):
                if row[side]:
                    at = int(row["year"]) + (place - 0.5) * _FILLED / len(_SIDES)
                    low, value, high = span_of(row, scale, side)
                    hollow = row[f"{side}_status"] != "official"
                    _bar(axes, at, value, _FILLED / len(_SIDES), styles[row[country]], hollow=hollow)
                    axes.plot([at, at], [low, high], color=INK, lw=1)
                    tops.append(max(value, high))
            if row["asymmetry"]:
                axes.annotate(
                    _percent(material, row, "asymmetry"), (int(row["year"]), max(tops)), xytext=(0, 3),
                    textcoords="offset points", ha="center", va="bottom", fontsize=7.5, color=INK,
                    rotation=90 if many else 0, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
                )  # fmt: skip
        low, high = min(0.0, float(min(values) / scale)), float(max(values) / scale)
        axes.set_ylim(low * 1.2, max(high, 0.0) + (_ROOM_UPRIGHT if many else _ROOM) * (high - low))
        _years_along(axes, [int(row["year"]) for row in rows])
        axes.grid(axis="x", visible=False)
        axes.set_title(say("figures.mirror-flows.panel", **_flow_words(material, rows)))
        axes.set_xlabel(say("figures.mirror-flows.x"))
        in_numbers(axes.yaxis, material.wording)
        axes.set_ylabel(say("figures.mirror-flows.y", unit=unit))
    shown = dict.fromkeys(row[country] for rows in panels for row in rows for _, country in _SIDES)
    handles = [_patch(material, code, styles[code]) for code in shown]
    if any(row[f"{side}_status"] != "official" for rows in panels for row in rows for side, _ in _SIDES):
        handles.append(_press_patch(say("figures.mirror-flows.press")))
    _legend(picture, handles)


def _of_flow(row: Row) -> tuple[str, str]:
    return row["measure"], row["unit"]


def _flow_words(material: ReportContext, rows: list[Row]) -> Words:
    country = material.wording.country
    return {
        "measure": _measure(material, rows[0]["measure"]),
        "exporter": country(rows[0]["exporter"]),
        "importer": country(rows[0]["importer"]),
    }


def _flows_words(material: ReportContext) -> Words:
    panels = []
    for rows in _flows(material):
        years = [
            {
                "year": row["year"],
                **{
                    side: material.wording.amount(*numbers(row, side), row["unit"]) if row[side] else ""
                    for side, _ in _SIDES
                },
                **{f"{side}_press": row[f"{side}_status"] != "official" for side, _ in _SIDES},
                "asymmetry": _percent(material, row, "asymmetry") if row["asymmetry"] else "",
            }
            for row in rows
        ]
        panels.append({**_flow_words(material, rows), "years": years})
    measures = list(dict.fromkeys(panel["measure"] for panel in panels))
    press = any(year[f"{side}_press"] for panel in panels for year in panel["years"] for side, _ in _SIDES)
    return {"panels": panels, "measures": measures, "press": press}


def _growths(material: ReportContext) -> list[list[Row]]:
    """Growth on record: one panel a measure."""
    panels: dict[tuple[str, str], list[Row]] = {}
    for row in material.table("record"):
        if row["growth"]:
            panels.setdefault(of_what(row), []).append(row)
    return list(panels.values())


def _stated(material: ReportContext, row: Row) -> list[Row]:
    """The growth a year that the article states of what a row of the record is about."""
    claims = material.claims.values()
    return [claim for claim in claims if of_what(claim) == of_what(row) and material.is_yearly_growth(claim)]


def _draw_growths(material: ReportContext, picture: Figure) -> None:
    panels, styles, say = _growths(material), looks(material), material.say
    grid = list(picture.subplots(len(panels), 1, squeeze=False)[:, 0])
    for axes, rows in zip(grid, panels, strict=True):
        stated = _stated(material, rows[0])
        reporters = list(dict.fromkeys(row["reporter"] for row in rows))
        width = _FILLED / len(reporters)
        for row in rows:
            at = int(row["year"]) + (reporters.index(row["reporter"]) - (len(reporters) - 1) / 2) * width
            low, value, high = (end * 100 for end in span_of(row, 1, "growth"))
            _bar(axes, at, value, width, styles[row["reporter"]], hollow=row["status"] != "official")
            axes.plot([at, at], [low, high], color=INK, lw=1)
        for claim in stated:
            year = int(claim["period_end"][:4])
            low, value, high = (end * 100 for end in span_of(claim, 1))
            axes.fill_between([year - 0.5, year + 0.5], low, high, color=STATED, alpha=0.3, lw=0, zorder=4)
            axes.plot([year - 0.5, year + 0.5], [value, value], color=STATED, lw=2, zorder=4)
            axes.plot(year, value, "D", color=STATED, markersize=6, markeredgecolor="white", zorder=5)
        axes.axhline(0, color=INK, lw=1)
        years = [int(row["year"]) for row in rows] + [int(claim["period_end"][:4]) for claim in stated]
        _years_along(axes, years)
        axes.grid(axis="x", visible=False)
        low, high = axes.get_ylim()
        axes.set_ylim(low, high + 0.1 * (high - low))
        in_numbers(axes.yaxis, material.wording)
        axes.set_xlabel(say("figures.growth-on-record.x"))
        axes.set_ylabel(say("figures.growth-on-record.y"))
        if len(panels) > 1:
            axes.set_title(say("figures.growth-on-record.panel", measure=_measure(material, rows[0]["measure"])))
    handles: list[Artist] = []
    handles += [
        _patch(material, code, styles[code]) for code in dict.fromkeys(r["reporter"] for p in panels for r in p)
    ]
    if any(row["status"] != "official" for rows in panels for row in rows):
        handles.append(_press_patch(say("figures.growth-on-record.press")))
    _legend(picture, handles)
    for axes, rows in zip(grid, panels, strict=True):
        for claim in _stated(material, rows[0]):
            point = int(claim["period_end"][:4]), float(Fraction(claim["value"])) * 100
            text = say("figures.growth-on-record.stated", growth=claim_value(claim, material.wording))
            write_clear(axes, text, point, size=8, colour=STATED)


def _growths_words(material: ReportContext) -> Words:
    panels = []
    for rows in _growths(material):
        records = []
        for code in dict.fromkeys(row["reporter"] for row in rows):
            mine = [row for row in rows if row["reporter"] == code]
            years = [
                {
                    "year": row["year"],
                    "growth": material.wording.amount(row.growth, "ratio"),
                    "press": row["status"] != "official",
                }
                for row in mine
            ]
            falls = [row["year"] for row in mine if Fraction(row["growth"]) < 0]
            records.append({"name": material.wording.country(code), "years": years, "falls": falls})
        stated = [material.claim(claim["claim_id"]) for claim in _stated(material, rows[0])]
        ranges = [material.wording.span(claim.row.value, claim.row["unit"]) for claim in stated]
        panels.append(
            {
                "measure": _measure(material, rows[0]["measure"]),
                "records": records,
                "stated": [{"claim": claim, "range": span} for claim, span in zip(stated, ranges, strict=True)],
            }
        )
    return {"panels": panels}


def _sets(material: ReportContext) -> list[Row]:
    """The sets of countries that are drawn, claim by claim; of many, those that fit or come nearest."""
    rows = material.table("groupings")
    claims = list(dict.fromkeys(row["claim_id"] for row in rows))
    room = max(1, MOST_SETS // max(1, len(claims)))
    spare = MOST_SETS - sum(min(room, _count(rows, claim)) for claim in claims)
    shown: list[Row] = []
    for claim in claims:
        listed = [row for row in rows if row["claim_id"] == claim]
        most = min(len(listed), room + max(0, spare))
        spare -= max(0, most - room)
        chosen = sorted(nearest(listed, material.claims[claim]), key=lambda row: not row["fits"])[:most]
        shown += [row for row in listed if row in chosen]
    return shown


def _count(rows: Iterable[Row], claim: str) -> int:
    return sum(row["claim_id"] == claim for row in rows)


def _by_claim(rows: list[Row]) -> dict[str, list[Row]]:
    return {name: [r for r in rows if r["claim_id"] == name] for name in dict.fromkeys(r["claim_id"] for r in rows)}


def _draw_groupings(material: ReportContext, picture: Figure) -> None:
    panels, say = _by_claim(_sets(material)), material.say
    heights = [len(rows) + 0.9 for rows in panels.values()]
    grid = list(picture.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0])
    for axes, (name, rows) in zip(grid, panels.items(), strict=True):
        claim = material.claims[name]
        values = [Fraction(row[end]) for row in rows for end in ("lowest", "highest")] + [Fraction(claim["value"])]
        scale, unit = material.wording.scale(rows[0]["unit"], values)
        low, value, high = span_of(claim, scale)
        axes.axvspan(low, high, color=STATED, alpha=0.3, lw=0, zorder=1)
        axes.axvline(value, color=STATED, lw=1, zorder=1)
        for place, row in enumerate(rows):
            left, right = (float(Fraction(row[end]) / scale) for end in ("lowest", "highest"))
            axes.plot([left, right], [place, place], color=BAR, lw=5, solid_capstyle="butt", zorder=2)
            fits = bool(row["fits"])
            axes.plot(
                float(Fraction(row["nearest"]) / scale), place, "D" if fits else "o", color=INK, markersize=6,
                markerfacecolor=INK if fits else "white", zorder=3,
            )  # fmt: skip
            axes.annotate(
                _runs(material, row["fits"].split()) if fits else say("figures.groupings.none"),
                (1, place), xycoords=axes.get_yaxis_transform(), xytext=(6, 0), textcoords="offset points",
                va="center", fontsize=8, color=INK if fits else FAINT, weight="bold" if fits else "normal",
            )  # fmt: skip
        axes.annotate(
            say("figures.groupings.fits"), (1, -1), xycoords=axes.get_yaxis_transform(), xytext=(6, 0),
            textcoords="offset points", va="center", fontsize=8, color=FAINT,
        )  # fmt: skip
        axes.annotate(
            say("figures.groupings.added"), (0, -1), xycoords=axes.get_yaxis_transform(), xytext=(-6, 0),
            textcoords="offset points", va="center", ha="right", fontsize=8, color=FAINT,
        )  # fmt: skip
        axes.set_yticks(range(len(rows)), [_set(material, row) for row in rows], fontsize=8)
        axes.set_ylim(len(rows) - 0.5, -1.4)
        axes.grid(axis="y", visible=False)
        in_numbers(axes.xaxis, material.wording)
        axes.set_title(say("figures.groupings.panel", claim=material.claim(name)))
        axes.set_xlabel(say("figures.groupings.x", unit=unit))
    handles: list[Artist] = [
        Line2D([], [], color=BAR, lw=5, solid_capstyle="butt", label=say("figures.groupings.range"))
    ]
    shown = {bool(row["fits"]) for rows in panels.values() for row in rows}
    if True in shown:
        handles.append(_key("D", INK, say("figures.groupings.fitting")))
    if False in shown:
        handles.append(_key("o", INK, say("figures.groupings.nearest"), hollow=True))
    handles.append(Patch(color=STATED, alpha=0.3, lw=0, label=say("figures.groupings.band")))
    _legend(picture, handles)


def _set(material: ReportContext, row: Row) -> str:
    countries = [material.wording.country(code) for code in row["added"].split()]
    return material.say("figures.groupings.set", countries=countries)


def _runs(material: ReportContext, years: Sequence[str]) -> str:
    """Years as a list, those in a row together; only how many where there is no room for that."""
    runs = year_runs(years)
    return ", ".join(runs) if len(runs) <= MOST_RUNS else material.say("figures.groupings.many", n=len(years))


def _groupings_words(material: ReportContext) -> Words:
    panels = []
    for name, rows in _by_claim(_sets(material)).items():
        claim, unit = material.claim(name), rows[0]["unit"]
        ends = [(Fraction(row["lowest"]), Fraction(row["highest"])) for row in rows]
        panels.append(
            {
                "claim": claim,
                "range": material.wording.span(claim.row.value, unit),
                "left_out": _count(material.table("groupings"), name) - len(rows),
                "sets": [
                    {
                        "name": _set(material, row),
                        "range": material.wording.span(low, low, high, unit),
                        "fits": row["fits"].split(),
                        "year": row["nearest_year"],
                        "nearest": near(material.wording, Fraction(row["nearest"]), claim.row),
                        "first": row["first_year"],
                        "last": row["last_year"],
                    }
                    for row, (low, high) in zip(rows, ends, strict=True)
                ],
            }
        )
    return {"panels": panels}


RECORD_DRAWINGS: dict[str, Drawing] = {
    "target-outcomes": Drawing(
        _outcomes, _draw_outcomes, lambda panels: 0.5 + 3.4 * panels, ("outcomes", "record"), _outcomes_words
    ),
    "mirror-flows": Drawing(_flows, _draw_flows, lambda panels: 0.5 + 2.4 * panels, ("mirror",), _flows_words),
    "growth-on-record": Drawing(
        _growths, _draw_growths, lambda panels: 0.5 + 3.0 * panels, ("record",), _growths_words
    ),
    "groupings": Drawing(_sets, _draw_groupings, lambda rows: 2.2 + 0.26 * rows, ("groupings",), _groupings_words),
}


def _measure(material: ReportContext, measure: str) -> str:
    """Name a measure of the record as the first claim about it does."""
    claims = (name for name, claim in material.claims.items() if claim["measure"] == measure)
    name = next(claims, None)
    return material.claim(name).measure if name else material.wording.label("measures", measure)


def _written(material: ReportContext, row: Row) -> str:
    """A figure as printed in the press, or to the digits that count."""
    value, low, high = numbers(row)
    if value is not None and row["status"] == "press" and "comparator" in row:
        return material.wording.printed(value, row["comparator"], row["unit"])
    return material.wording.known(value, low, high, row["unit"])


def _percent(material: ReportContext, row: Row, name: str) -> str:
    """A share with its sign, above zero as well as below."""
    value, low, high = numbers(row, name)
    text = material.wording.amount(value, low, high, "ratio")
    return f"+{text}" if value is not None and value > 0 else text


def _unbroken(rows: list[Row], scale: Fraction) -> tuple[list[float], list[float]]:
    """Years and values of a line that breaks off where a year is missing."""
    years: list[float] = []
    values: list[float] = []
    for row in rows:
        if years and int(row["year"]) - years[-1] > 1:
            years.append(nan)
            values.append(nan)
        years.append(int(row["year"]))
        values.append(float(Fraction(row["value"]) / scale))
    return years, values


def _hollow(axes: Axes, row: Row, look: Look, scale: Fraction) -> None:
    """A figure from the press, with its interval; an end that is open is an arrow."""
    year, (low, value, high) = int(row["year"]), span_of(row, scale)
    axes.plot([year, year], [low, high], color=look.colour, lw=1.2, zorder=3)
    for end, up in ((row["low"], -1), (row["high"], 1)):
        if not end:
            axes.annotate(
                "", (year, value), xytext=(0, 17 * up), textcoords="offset points", zorder=2.5,
                arrowprops={"arrowstyle": "<-", "color": look.colour, "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
    axes.plot(
        year,
        value,
        look.marker,
        color=look.colour,
        markerfacecolor="white",
        markersize=8,
        markeredgewidth=1.5,
        zorder=3.2,
    )


def _bar(axes: Axes, at: float, value: float, width: float, look: Look, *, hollow: bool) -> None:
    if hollow:
        axes.bar(at, value, width * 0.92, facecolor="white", edgecolor=look.colour, lw=1.3, ls="--")
    else:
        axes.bar(at, value, width * 0.92, facecolor=look.colour, edgecolor="white", lw=0, hatch=look.hatch)


def _years_along(axes: Axes, years: Sequence[int]) -> None:
    """Years in the middle of their bars; of many every so manieth."""
    axes.set_xlim(min(years) - 0.6, max(years) + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=14, integer=True, steps=[1, 2, 5, 10]))


def _line(material: ReportContext, code: str, look: Look) -> Line2D:
    name = material.wording.country(code)
    return Line2D([], [], color=look.colour, lw=1.5, ls=look.line, marker=look.marker, markersize=5.5, label=name)


def _patch(material: ReportContext, code: str, look: Look) -> Artist:
    name = material.wording.country(code)
    return Patch(facecolor=look.colour, edgecolor="white", lw=0, hatch=look.hatch, label=name)


def _press_patch(label: str) -> Artist:
    return Patch(facecolor="white", edgecolor=FAINT, lw=1.3, ls="--", label=label)


def _key(marker: str, colour: str, label: str, *, hollow: bool = False) -> Line2D:
    face = "white" if hollow else colour
    return Line2D([], [], color=colour, ls="none", marker=marker, markerfacecolor=face, markersize=6, label=label)


def _columns(handles: Sequence[Artist]) -> int:
    """As many columns as there is room for, in rows of about one length."""
    longest = max(len(str(handle.get_label())) for handle in handles)
    most = max(1, min(len(handles), int(MOST_LETTERS / (longest + 7))))
    return -(-len(handles) // -(-len(handles) // most))


def _legend(picture: Figure, handles: Sequence[Artist]) -> None:
    picture.legend(
        handles=list(handles), loc="outside lower center", ncols=_columns(handles), handlelength=2.6, columnspacing=1.6
    )
