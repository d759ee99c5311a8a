"""Figures: each one a function from the run's tables to a picture, with the words that describe it."""

import math
from collections.abc import Sequence
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from dalil.analysis.results import difference_unit
from dalil.numbers.periods import year_of
from dalil.report.figures.overview import OVERVIEW_DRAWINGS
from dalil.report.figures.record import RECORD_DRAWINGS
from dalil.report.figures.style import (
    DERIVED,
    SCENARIO,
    STATED,
    TARGET,
    TARGET_INK,
    Drawing,
    Words,
    drawn_in_style,
    in_numbers,
    of_what,
    span_of,
)
from dalil.report.markup.html import Html, figure
from dalil.report.markup.vector import with_fonts, without_fonts
from dalil.report.prose.claims import ShareWords, claim_value
from dalil.report.prose.context import ReportContext
from dalil.tables.facts import Fact
from dalil.tables.writing import Row, numbers

# Percent beyond which a cell of the grid has no room for the number.
MOST_PERCENT = 10000

# Ink on the grid of shares, whose colours are the same by night: so this ink is none of those that change then.
LIGHT, DARK = "#FEFEFE", "#010101"

# Years beside one another along the axis of a narrow panel.
MOST_TICKS = 8


def draw(name: str, material: ReportContext) -> Html:
    """Draw a figure, save it in this run's formats, and show it."""
    drawing = DRAWINGS[name]
    with drawn_in_style():
        picture = drawing.picture(material)
        if drawing.shows(material):
            drawing.draw(material, picture)
        else:
            picture.text(0.5, 0.5, material.say(f"figures.{name}.nothing"), ha="center", va="center", wrap=True)
        formats = {"svg", *material.parameters.figure_formats}
        for suffix in ("svg", "png", "pdf"):
            path = material.run.figures / f"{name}.{suffix}"
            if suffix in formats:
                _save(picture, path)
            else:
                path.unlink(missing_ok=True)
    nothing = Html(f"<p>{escape(material.say(f'figures.{name}.nothing'))}</p>")
    return show(name, material) if drawing.shows(material) else nothing


def show(name: str, material: ReportContext) -> Html:
    """Show a figure drawn before, with its caption and its alternative text; nothing where it shows nothing."""
    if not DRAWINGS[name].shows(material):
        return Html("")
    words = DRAWINGS[name].words(material)
    caption = material.html(f"figures.{name}.caption", **words).removeprefix("<p>").removesuffix("</p>")
    alt = " ".join(material.say(f"figures.{name}.alt", **words).split())
    return figure(name, caption, alt, without_fonts(material.picture(name).read_text(encoding="utf-8")))


def _save(picture: Figure, path: Path) -> None:
    """Save without date or program version, so that the same picture is the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blank = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}
    partial = path.with_name(f".{path.name}")
    picture.savefig(partial, format=path.suffix[1:], metadata=blank[path.suffix[1:]])
    if path.suffix == ".svg":
        partial.write_text(with_fonts(partial.read_text(encoding="utf-8")), encoding="utf-8")
    partial.replace(path)


def _measures(material: ReportContext) -> list[str]:
    return list(dict.fromkeys(row["measure"] for row in material.claims.values()))


def _draw_strip(material: ReportContext, picture: Figure) -> None:
    axes = picture.add_subplot()
    wording, claims = material.wording, list(material.claims.values())
    lines = {row["mention_id"]: int(row["line"]) for row in material.table("mentions")}
    measures = _measures(material)
    for number, section in enumerate(material.table("sections")):
        first, last = int(section["line_start"]), int(section["line_end"])
        axes.axvspan(first, last, color="#F0F0F0" if number % 2 else "#FAFAFA", zorder=0)
        if section["section"] in {row["section"] for row in claims}:
            label = wording.label("sections", section["section"])
            axes.text((first + last) / 2, -0.8, label, ha="center", va="bottom", fontsize=8, color="#333333")
    repeated = material.repeated
    # Kinds of claim about one measure often stand in one sentence: each gets a height of its own within the row.
    height = {"level": -0.24, "target": 0.24}
    several = {row["measure"] for row in claims if row["kind"] == "target"}
    for kind, marker in zip(("level", "change", "target", "count", "rank", "period", "date"), "os^Dv|X", strict=True):
        for again in (False, True):
            chosen = [row for row in claims if row["kind"] == kind and (row["claim_id"] in repeated) == again]
            axes.plot(
                [lines.get((row["mentions"].split() or [""])[0], int(row["line_start"])) for row in chosen],
                [measures.index(row["measure"]) + height.get(kind, 0) * (row["measure"] in several) for row in chosen],
                marker,
                color=STATED if marker != "^" else TARGET,
                markerfacecolor="white" if again else None,
                markeredgewidth=1.4,
                label=wording.label("kinds", kind) if chosen and not again else None,
            )
    axes.set_yticks(range(len(measures)), [wording.label("measures", measure) for measure in measures])
    axes.invert_yaxis()
    axes.set_xlabel(material.say("figures.article-strip.x"))
    axes.set_xlim(0, max(int(section["line_end"]) for section in material.table("sections")))
    axes.grid(axis="x", visible=False)
    # Below the axis' name, however high the figure is.
    below = -0.16 * 4.4 / picture.get_figheight()
    axes.legend(ncols=7, loc="upper center", bbox_to_anchor=(0.35, below), columnspacing=1.2, handletextpad=0.3)


def _strip_words(material: ReportContext) -> Words:
    wording = material.wording
    sections = dict.fromkeys(row["section"] for row in material.claims.values())
    again = dict.fromkeys(material.claims[name]["section"] for name in material.repeated)
    return {
        "sections": [wording.label("sections", name) for name in sections],
        "repeated": [wording.label("sections", name) for name in again],
    }


def _bases(material: ReportContext) -> list[str]:
    """What targets are counted from: one panel each."""
    return list(material.series)


def _draw_turnover(material: ReportContext, picture: Figure) -> None:
    say = material.say
    for axes, (base_id, targets) in zip(_panels(picture, material), material.series.items(), strict=True):
        base, rows = material.claims[base_id], _of_base(material, "trajectories", base_id)
        scale, unit = _scale(material, targets)
        for scenario in dict.fromkeys(row["scenario"] for row in rows):
            path = [row for row in rows if row["scenario"] == scenario]
            years, values = [int(row["year"]) for row in path], _column(path, "value", scale)
            if scenario == "base":
                low, high = _column(path, "low", scale), _column(path, "high", scale)
                axes.fill_between(years, low, high, color=DERIVED, alpha=0.25, lw=0, label=say("figures.turnover.band"))
                growth = _amount(material, targets[0], "growth", "ratio")
                axes.plot(years, values, color=STATED, ls="--", label=say("figures.turnover.base", growth=growth))
            else:
                axes.plot(years, values, color=SCENARIO, lw=1, ls=":")
                label = _rate(material, scenario)
                axes.annotate(
                    say("figures.turnover.scenario", growth=label), (years[-1], values[-1]), xytext=(6, 0),
                    textcoords="offset points", va="center", fontsize=7.5, color="#555555",
                )  # fmt: skip
        _whisker(axes, int(targets[0]["base_year"]), base, scale, STATED, "o", say("figures.turnover.stated"))
        for implied in material.implied_words():
            if implied.level.row is base:
                row = _row_of(implied.before.fact)
                year = year_of(implied.growth.row["base_period"])
                _whisker(axes, year, row, scale, DERIVED, "s", say("figures.turnover.implied"))
        due = [int(row["target_year"]) for row in targets]
        levels = _column(targets, "target_value", scale)
        axes.plot(due, levels, "D", color=TARGET, markersize=8, zorder=5, label=say("figures.turnover.target"))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlim(axes.get_xlim()[0], axes.get_xlim()[1] + 0.35)
        axes.set_ylim(0, None)
        axes.set_xlabel(say("figures.turnover.x"))
        in_numbers(axes.yaxis, material.wording)
        axes.set_ylabel(say("figures.turnover.y", measure=material.claim(base_id).measure, unit=unit))
        axes.legend(loc="upper left")


def _turnover_words(material: ReportContext) -> Words:
    return {"series": _series_words(material)}


def _series_words(material: ReportContext) -> list[Words]:
    """What the words of figures say of each base: its claim, the levels it implies, its targets, its unit."""
    return [
        {
            "base": material.claim(base),
            "implied": [implied for implied in material.implied_words() if implied.level.row["claim_id"] == base],
            "targets": (targets := [target for target in material.target_words() if target.row["base"] == base]),
            "since": targets[0].since,
            "unit": _scale(material, rows)[1],
        }
        for base, rows in material.series.items()
    ]


def _gaps(material: ReportContext) -> list[Row]:
    return material.table("gaps")


def _draw_gaps(material: ReportContext, picture: Figure) -> None:
    shares = [len(_of_base(material, "gaps", base)) for base in material.series]
    for axes, (base_id, targets) in zip(_panels(picture, material, shares), material.series.items(), strict=True):
        rows = _of_base(material, "gaps", base_id)
        scale, unit = _scale(material, targets, difference_unit(targets[0]["unit"]))
        labels = []
        for place, row in enumerate(rows):
            base = row["scenario"] == "base"
            low, value, high = span_of(row, scale, "gap")
            colour = STATED if base else SCENARIO
            axes.plot(
                [low, high], [place, place], color=colour, lw=3 if base else 1.6, alpha=0.5, solid_capstyle="butt"
            )
            axes.plot(value, place, "o" if value < 0 else "D", color=colour, markersize=7 if base else 5)
            relative = material.wording.amount(row.gap_relative, "ratio")
            axes.annotate(
                relative, (value, place), xytext=(0, 5), textcoords="offset points", ha="center", fontsize=7.5
            )
            growth = _amount(material, row, "growth", "ratio")
            labels.append(
                material.say(f"figures.target-gaps.{'base' if base else 'row'}", year=row["target_year"], growth=growth)
            )
            if place and row["target"] != rows[place - 1]["target"]:
                axes.axhline(place - 0.5, color="#BBBBBB", lw=0.8)
        axes.axvline(0, color=TARGET, lw=1.5)
        axes.annotate(
            material.say("figures.target-gaps.zero"), (0, -0.75), xytext=(4, 0), textcoords="offset points",
            color=TARGET_INK, fontsize=8, va="center",
        )  # fmt: skip
        axes.set_yticks(range(len(rows)), labels)
        axes.set_ylim(len(rows) - 0.4, -1.1)
        axes.margins(x=0.12)
        axes.grid(axis="y", visible=False)
        in_numbers(axes.xaxis, material.wording)
        axes.set_xlabel(material.say("figures.target-gaps.x", measure=material.claim(base_id).measure, unit=unit))


def _gaps_words(material: ReportContext) -> Words:
    return {
        "measures": _measures_of_targets(material),
        "rows": [
            {
                "measure": material.claim(row["target"]).measure,
                "year": row["target_year"],
                "growth": _amount(material, row, "growth", "ratio"),
                "gap": _amount(material, row, "gap", difference_unit(row["unit"])),
                "relative": _amount(material, row, "gap_relative", "ratio"),
            }
            for row in material.table("gaps")
        ],
    }


def _growth_rows(material: ReportContext) -> list[tuple[str, str, Row]]:
    """Growth a year that is stated first, then what each target needs: label, colour, numbers.

    With targets, only what is stated of their measures stands beside what they need.
    """
    rows: list[tuple[str, str, Row]] = []
    about = list(dict.fromkeys(of_what(material.claims[base]) for base in material.series))
    stated = [claim for claim in material.claims.values() if material.is_yearly_growth(claim)]
    about = about or list(dict.fromkeys(of_what(claim) for claim in stated))
    for what in about:
        for claim in (claim for claim in stated if of_what(claim) == what):
            label = material.say("figures.growth-needed.stated", period=claim["period_end"][:4])
            rows.append((_told_apart(material, claim, label, about), STATED, claim))
        targets = [words for words in material.target_words() if of_what(words.claim.row) == what]
        starts = [(target, target.row["base_year"], target.needed) for target in targets]
        starts += [(target, target.before.year, target.step) for target in targets if target.before]
        for target, start, needed in starts:
            label = material.say("figures.growth-needed.needed", start=start, end=target.year)
            rows.append((_told_apart(material, target.claim.row, label, about), TARGET, _row_of(needed.fact)))
    return rows


def _draw_growth(material: ReportContext, picture: Figure) -> None:
    axes = picture.add_subplot()
    rows = _growth_rows(material)
    for place, (_, colour, row) in enumerate(rows):
        low, value, high = (end * 100 for end in span_of(row, 1))
        axes.plot([low, high], [place, place], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")
        axes.plot(value, place, "o" if colour == STATED else "D", color=colour, markersize=8)
        text = material.wording.amount(row.value, "ratio")
        axes.annotate(
            text, (value, place), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=8.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
        )  # fmt: skip
    if rows[0][1] == STATED:
        axes.axvline(float(rows[0][2]["value"]) * 100, color=STATED, lw=1, ls="--")
    axes.set_yticks(range(len(rows)), [label for label, _, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.7)
    # The line of no growth is in sight; what falls lies to its left.
    left, right = axes.get_xlim()
    falls = any(span_of(row, 1)[0] < 0 for _, _, row in rows)
    axes.set_xlim(left if falls else 0, max(right, 0))
    axes.grid(axis="y", visible=False)
    in_numbers(axes.xaxis, material.wording)
    axes.set_xlabel(material.say("figures.growth-needed.x"))


def _growth_words(material: ReportContext) -> Words:
    wording, rows = material.wording, _growth_rows(material)
    return {
        "stated": any(colour == STATED for _, colour, _ in rows),
        "needed": any(colour == TARGET for _, colour, _ in rows),
        "rows": [
            {
                "label": label,
                "value": wording.amount(row.value, "ratio"),
                "range": wording.span(row.value, "ratio"),
            }
            for label, _, row in rows
        ],
    }


def _draw_sensitivity(material: ReportContext, picture: Figure) -> None:
    for axes, targets in zip(_panels(picture, material), material.series.values(), strict=True):
        last = targets[-1]
        rows = [row for row in material.table("sensitivity") if row["target"] == last["target"]]
        rates = sorted({row["growth"] for row in rows}, key=Fraction)
        years = sorted({int(row["year"]) for row in rows})
        share = {(row["growth"], int(row["year"])): Fraction(row["reached"]) * 100 for row in rows}
        cells = [[float(share[rate, year]) for year in years] for rate in rates]
        # Drawn cell by cell, so that it stays a vector picture.
        edges = [[place - 0.5 for place in range(len(names) + 1)] for names in (years, rates)]
        axes.pcolormesh(*edges, cells, cmap="cividis", vmin=0, vmax=200)
        for y, rate in enumerate(rates):
            for x, year in enumerate(years):
                value = share[rate, year]
                # Cut off, not rounded: a hundred stands only where the target is reached.
                ink = LIGHT if value < 110 else DARK
                text = str(math.floor(value)) if value < MOST_PERCENT else f"{MOST_PERCENT - 1}+"
                axes.text(x, y, text, ha="center", va="center", fontsize=7.5, color=ink)
                if value >= 100:
                    axes.add_patch(_frame(x, y))
        axes.set_xticks(range(len(years)), [str(year) for year in years])
        axes.set_yticks(range(len(rates)), [f"{float(rate) * 100:.0f}" for rate in rates])
        axes.grid(visible=False)
        due = years.index(int(last["target_year"]))
        axes.annotate(
            material.say("figures.sensitivity.due"), (due, len(rates) - 0.5), xytext=(0, 4),
            textcoords="offset points", ha="center", fontsize=8, color=TARGET_INK,
        )  # fmt: skip
        step = float(rates[1]) - float(rates[0])
        base = (float(last["growth"]) - float(rates[0])) / step
        if last["scenario"] == "base" and -0.5 <= base <= len(rates) - 0.5:
            axes.annotate(
                material.say("figures.sensitivity.base"), (len(years) - 0.5, base), xytext=(18, 0), va="center",
                textcoords="offset points", fontsize=8, color=STATED, arrowprops={"arrowstyle": "->", "color": STATED},
            )  # fmt: skip
        axes.set_xlabel(material.say("figures.sensitivity.x"))
        axes.set_ylabel(material.say("figures.sensitivity.y"))


def _sensitivity_words(material: ReportContext) -> Words:
    grids = []
    for targets in material.series.values():
        rows = [row for row in material.table("sensitivity") if row["target"] == targets[-1]["target"]]
        described = []
        for rate in sorted({row["growth"] for row in rows}, key=Fraction):
            reached = [row["year"] for row in rows if row["growth"] == rate and float(row["reached"]) >= 1]
            described.append({"growth": _rate(material, rate), "year": min(reached, default="")})
        grids.append({"rows": described, "target": material.claim(targets[-1]["target"])})
    return {"grids": grids}


def _projected(material: ReportContext) -> list[list[Row]]:
    """The targets of each base that a base growth leads from."""
    return [rows for rows in material.series.values() if rows[-1]["scenario"] == "base"]


def _draw_fan(material: ReportContext, picture: Figure) -> None:
    shown = _projected(material)
    ways = list(dict.fromkeys(row["rounding"] for row in material.table("fan")))
    grid = picture.subplots(len(shown), len(ways), sharey="row", squeeze=False)
    for panels, targets in zip(grid, shown, strict=True):
        target, (scale, unit) = targets[-1], _scale(material, targets)
        goal = float(target["target_value"]) / scale
        for panel, way in zip(panels, ways, strict=True):
            path = [row for row in _of_base(material, "fan", target["base"]) if row["rounding"] == way]
            years = [int(row["year"]) for row in path]
            panel.fill_between(
                years, _column(path, "low", scale), _column(path, "high", scale), color=DERIVED, alpha=0.4, lw=0
            )
            panel.plot(years, _column(path, "value", scale), color=STATED, marker="o", markersize=3.5)
            panel.plot(years[-1], goal, "D", color=TARGET, markersize=7)
            panel.set_title(material.say(f"figures.rounding-fan.ways.{way}"), fontsize=9, weight="normal")
            ticks = years[:: -(-len(years) // MOST_TICKS)]
            panel.set_xticks(
                ticks, [str(year)[2:] if len(ticks) > 4 else str(year) for year in ticks], fontsize=7.5, rotation=45
            )
            panel.set_xlabel(material.say("figures.rounding-fan.x"))
        panels[0].set_ylim(0, None)
        measure = material.claim(target["base"]).measure
        in_numbers(panels[0].yaxis, material.wording)
        panels[0].set_ylabel(material.say("figures.rounding-fan.y", measure=measure, unit=unit))
        label = material.say(
            "figures.rounding-fan.target", target=claim_value(material.claims[target["target"]], material.wording)
        )
        # Above the mark, unless that is where the title stands.
        lift = 12 if goal < 0.9 * panels[0].get_ylim()[1] else -18
        panels[0].annotate(
            label,
            (years[-1], goal),
            xytext=(0, lift),
            textcoords="offset points",
            fontsize=7.5,
            color=TARGET_INK,
            ha="right",
        )


def _fan_words(material: ReportContext) -> Words:
    wording, described = material.wording, []
    for targets in _projected(material):
        rows = _of_base(material, "fan", targets[-1]["base"])
        for way in dict.fromkeys(row["rounding"] for row in rows):
            path = [row for row in rows if row["rounding"] == way]

            def ends(row: Row) -> str:
                words = wording.amount if row["low"] == row["high"] else wording.span
                return words(*numbers(row), row["unit"])

            described.append(
                {
                    "way": material.say(f"figures.rounding-fan.ways.{way}"),
                    "start": ends(path[0]),
                    "end": ends(path[-1]),
                    "year": path[-1]["year"],
                }
            )
    return {"rows": described, "bases": [material.claim(rows[-1]["base"]) for rows in _projected(material)]}


def _parts(material: ReportContext) -> list[ShareWords]:
    """Parts that belong to a whole: one panel each."""
    return [share for share in material.share_words() if share.inside]


def _draw_shares(material: ReportContext, picture: Figure) -> None:
    shares = _parts(material)
    for axes, share in zip(picture.subplots(len(shares), 1, squeeze=False)[:, 0], shares, strict=True):
        whole, part = share.whole.row, share.part.row
        ends = [Fraction(row["value"]) for row in (whole, part)]
        factor, unit = material.wording.scale(whole["unit"], ends)
        for place, (row, colour, hatch) in enumerate(((whole, DERIVED, ""), (part, STATED, "//"))):
            low, value, high = span_of(row, factor)
            axes.barh(place, value, color=colour, hatch=hatch, edgecolor="white", height=0.55)
            axes.errorbar(value, place, xerr=[[value - low], [high - value]], color="#222222", capsize=4, lw=1.2)
            text = claim_value(row, material.wording)
            if row is part:
                text += "\n" + material.say("figures.shares.share", share=share.share, whole=share.whole)
            axes.annotate(text, (high, place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5)
        labels = [material.say("figures.shares.bar", claim=claim) for claim in (share.whole, share.part)]
        axes.set_yticks([0, 1], labels)
        axes.invert_yaxis()
        axes.set_xlim(0, max(span_of(row, factor)[2] for row in (whole, part)) * 1.3)
        axes.grid(axis="y", visible=False)
        in_numbers(axes.xaxis, material.wording)
        axes.set_xlabel(material.say("figures.shares.x", unit=unit))


def _shares_words(material: ReportContext) -> Words:
    return {"parts": _parts(material)}


DRAWINGS: dict[str, Drawing] = {
    "article-strip": Drawing(
        _measures, _draw_strip, lambda rows: max(2.8, 1.8 + 0.2 * rows), ("claims",), _strip_words
    ),
    "turnover": Drawing(_bases, _draw_turnover, lambda panels: 3.4 * panels, ("trajectories", "gaps"), _turnover_words),
    "target-gaps": Drawing(_gaps, _draw_gaps, lambda rows: max(2.0, 0.9 + 0.35 * rows), ("gaps",), _gaps_words),
    "growth-needed": Drawing(
        _growth_rows, _draw_growth, lambda rows: max(1.4, 1.0 + 0.4 * rows), ("growth",), _growth_words
    ),
    "sensitivity": Drawing(
        _bases, _draw_sensitivity, lambda panels: 3.7 * panels, ("sensitivity",), _sensitivity_words
    ),
    "rounding-fan": Drawing(_projected, _draw_fan, lambda panels: 3.0 * panels, ("fan",), _fan_words),
    "shares": Drawing(_parts, _draw_shares, lambda panels: 2.0 * panels, ("growth",), _shares_words),
    **RECORD_DRAWINGS,
    **OVERVIEW_DRAWINGS,
}


def _panels(picture: Figure, material: ReportContext, heights: Sequence[int] | None = None) -> list[Axes]:
    """One panel below the other for each base, with its measure above it where there are several."""
    series = list(material.series)
    grid = picture.subplots(len(series), 1, squeeze=False, height_ratios=heights)
    panels: list[Axes] = list(grid[:, 0])
    if len(series) > 1:
        for axes, base in zip(panels, series, strict=True):
            axes.set_title(material.say("figures.panel", base=material.claim(base)))
    return panels


def _scale(material: ReportContext, targets: Sequence[Row], unit: str = "") -> tuple[Fraction, str]:
    """What to divide levels by that lead to these targets, or other numbers of their size, and the unit left."""
    return material.wording.scale(unit or targets[0]["unit"], [Fraction(row["target_value"]) for row in targets])


def _of_base(material: ReportContext, table: str, base: str) -> list[Row]:
    return [row for row in material.table(table) if row["base"] == base]


def _measures_of_targets(material: ReportContext) -> list[str]:
    return list(dict.fromkeys(material.claim(base).measure for base in material.series))


def _told_apart(material: ReportContext, claim: Row, label: str, about: Sequence[object]) -> str:
    """A label, with the claim's measure before it where the figure is about several."""
    if len(about) < 2:
        return label
    return material.say("figures.growth-needed.of", measure=material.claim(claim["claim_id"]).measure, label=label)


def _row_of(fact: Fact) -> Row:
    return {"value": fact.value, "low": fact.low, "high": fact.high}


def _column(rows: list[Row], key: str, scale: Fraction) -> list[float]:
    """Numbers of a column; where one is not there, the row's value."""
    return [float(row[key] or row["value"]) / float(scale) for row in rows]


def _amount(material: ReportContext, row: Row, name: str, unit: str) -> str:
    return material.wording.amount(*numbers(row, name), unit)


def _rate(material: ReportContext, rate: str) -> str:
    """Write an exact growth rate."""
    exact = Fraction(rate)
    return material.wording.amount(exact, exact, exact, "ratio")


def _whisker(axes: Axes, x: int, row: Row, scale: Fraction, colour: str, marker: str, label: str) -> None:
    low, value, high = span_of(row, scale)
    axes.errorbar(
        x, value, yerr=[[value - low], [high - value]], color=colour, marker=marker, markersize=8, capsize=4, lw=1.4,
        ls="none", label=label, zorder=4,
    )  # fmt: skip


def _frame(x: int, y: int) -> Any:
    return Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, fill=False, edgecolor=TARGET, lw=1.6)
