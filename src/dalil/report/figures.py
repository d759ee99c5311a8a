"""Figures: each one a function from the run's tables to a picture, with the words that describe it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from dalil.paths import FIGURE_STYLE
from dalil.report.html import Html, figure
from dalil.report.material import ClaimWords, Material, claim_value
from dalil.report.rows import Row, numbers

# Okabe and Ito's colours by what they stand for.
STATED, DERIVED, TARGET, SCENARIO = "#0072B2", "#56B4E9", "#D55E00", "#777777"
BILLION, MILLION = 10**9, 10**6

Words = dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """A figure: how to draw it, and what its words need besides facts and claims."""

    draw: Callable[[Material, Figure], None]
    words: Callable[[Material], Words] = lambda _: {}
    size: tuple[float, float] = (6.7, 3.6)


def draw(name: str, material: Material) -> Html:
    """Draw a figure, save it in this run's formats, and show it."""
    drawing = DRAWINGS[name]
    with mpl.rc_context(fname=FIGURE_STYLE):
        picture = Figure(figsize=drawing.size)
        drawing.draw(material, picture)
        formats = {"svg", *material.parameters.figure_formats}
        for suffix in ("svg", "png", "pdf"):
            path = material.run.figures / f"{name}.{suffix}"
            if suffix in formats:
                _save(picture, path)
            else:
                path.unlink(missing_ok=True)
    return show(name, material)


def show(name: str, material: Material) -> Html:
    """Show a figure drawn before, with its caption and its alternative text."""
    words = DRAWINGS[name].words(material)
    caption = material.html(f"figures.{name}.caption", **words).removeprefix("<p>").removesuffix("</p>")
    return figure(name, caption, " ".join(material.say(f"figures.{name}.alt", **words).split()), material.picture(name))


def _save(picture: Figure, path: Path) -> None:
    """Save without date or program version, so that the same picture is the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blank = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}
    partial = path.with_name(f".{path.name}")
    picture.savefig(partial, format=path.suffix[1:], metadata=blank[path.suffix[1:]])
    partial.replace(path)


def _draw_strip(material: Material, picture: Figure) -> None:
    axes = picture.add_subplot()
    wording, claims = material.wording, list(material.claims.values())
    lines = {row["mention_id"]: int(row["line"]) for row in material.table("mentions")}
    measures = list(dict.fromkeys(row["measure"] for row in claims))
    for number, section in enumerate(material.table("sections")):
        first, last = int(section["line_start"]), int(section["line_end"])
        axes.axvspan(first, last, color="#F0F0F0" if number % 2 else "#FAFAFA", zorder=0)
        if section["section"] in {row["section"] for row in claims}:
            label = wording.label("sections", section["section"])
            axes.text((first + last) / 2, -0.8, label, ha="center", va="bottom", fontsize=8, color="#333333")
    repeated = _repeated(material)
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
    axes.legend(ncols=7, loc="upper center", bbox_to_anchor=(0.35, -0.16), columnspacing=1.2, handletextpad=0.3)


def _strip_words(material: Material) -> Words:
    wording = material.wording
    sections = dict.fromkeys(row["section"] for row in material.claims.values())
    again = dict.fromkeys(material.claims[name]["section"] for name in _repeated(material))
    return {
        "sections": [wording.label("sections", name) for name in sections],
        "repeated": [wording.label("sections", name) for name in again],
    }


def _draw_turnover(material: Material, picture: Figure) -> None:
    axes = picture.add_subplot()
    say = material.say
    rows = material.table("trajectories")
    for scenario in dict.fromkeys(row["scenario"] for row in rows):
        path = [row for row in rows if row["scenario"] == scenario]
        years, values = [int(row["year"]) for row in path], _column(path, "value", BILLION)
        if scenario == "base":
            low, high = _column(path, "low", BILLION), _column(path, "high", BILLION)
            axes.fill_between(years, low, high, color=DERIVED, alpha=0.25, lw=0, label=say("figures.turnover.band"))
            growth = _amount(material, material.targets[0], "growth", "ratio")
            axes.plot(years, values, color=STATED, ls="--", label=say("figures.turnover.base", growth=growth))
        else:
            axes.plot(years, values, color=SCENARIO, lw=1, ls=":")
            label = _rate(material, scenario)
            axes.annotate(
                say("figures.turnover.scenario", growth=label), (years[-1], values[-1]), xytext=(6, 0),
                textcoords="offset points", va="center", fontsize=7.5, color="#555555",
            )  # fmt: skip
    base = material.claims[material.targets[0]["base"]]
    _whisker(axes, int(base["period_end"][:4]), base, STATED, "o", say("figures.turnover.stated"))
    before = int(base["period_end"][:4]) - 1
    if implied := material.facts.get(f"{base['measure']}_{before}_implied"):
        row = {"value": implied.value, "low": implied.low, "high": implied.high}
        _whisker(axes, before, row, DERIVED, "s", say("figures.turnover.implied"))
    due = [int(row["target_year"]) for row in material.targets]
    levels = _column(material.targets, "target_value", BILLION)
    axes.plot(due, levels, "D", color=TARGET, markersize=8, zorder=5, label=say("figures.turnover.target"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(axes.get_xlim()[0], axes.get_xlim()[1] + 0.35)
    axes.set_ylim(0, None)
    axes.set_xlabel(say("figures.turnover.x"))
    axes.set_ylabel(say("figures.turnover.y"))
    axes.legend(loc="upper left")


def _turnover_words(material: Material) -> Words:
    base = material.claims[material.targets[0]["base"]]
    return {"base": ClaimWords(base, material.wording, linked=False)}


def _draw_gaps(material: Material, picture: Figure) -> None:
    axes = picture.add_subplot()
    rows = material.table("gaps")
    labels = []
    for place, row in enumerate(rows):
        base = row["scenario"] == "base"
        low, value, high = (float(row[key]) / BILLION for key in ("gap_low", "gap", "gap_high"))
        colour = STATED if base else SCENARIO
        axes.plot([low, high], [place, place], color=colour, lw=3 if base else 1.6, alpha=0.5, solid_capstyle="butt")
        axes.plot(value, place, "o" if value < 0 else "D", color=colour, markersize=7 if base else 5)
        relative = material.wording.amount(*numbers(row, "gap_relative"), "ratio")
        axes.annotate(relative, (value, place), xytext=(0, 5), textcoords="offset points", ha="center", fontsize=7.5)
        growth = _amount(material, row, "growth", "ratio")
        labels.append(
            material.say(f"figures.target-gaps.{'base' if base else 'row'}", year=row["target_year"], growth=growth)
        )
        if place and row["target"] != rows[place - 1]["target"]:
            axes.axhline(place - 0.5, color="#BBBBBB", lw=0.8)
    axes.axvline(0, color=TARGET, lw=1.5)
    axes.annotate(
        material.say("figures.target-gaps.zero"), (0, -0.75), xytext=(4, 0), textcoords="offset points",
        color=TARGET, fontsize=8, va="center",
    )  # fmt: skip
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.4, -1.1)
    axes.margins(x=0.12)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(material.say("figures.target-gaps.x"))


def _gaps_words(material: Material) -> Words:
    return {
        "rows": [
            {
                "year": row["target_year"],
                "growth": _amount(material, row, "growth", "ratio"),
                "gap": _amount(material, row, "gap", row["unit"]),
                "relative": _amount(material, row, "gap_relative", "ratio"),
            }
            for row in material.table("gaps")
        ]
    }


def _growth_rows(material: Material) -> list[tuple[str, str, Row]]:
    """Stated growth first, then what each target needs a year: label, colour, numbers."""
    rows: list[tuple[str, str, Row]] = []
    say, first = material.say, material.targets[0]
    base = material.claims[first["base"]]
    start = base["period_end"][:4]
    for claim in material.claims.values():
        same = (claim["measure"], claim["subject"]) == (base["measure"], base["subject"])
        if claim["kind"] == "change" and same and claim["value"] and claim["claim_id"] not in _repeated(material):
            rows.append((say("figures.growth-needed.stated", period=claim["period_end"][:4]), STATED, claim))
    starts = [start] + [row["target_year"] for row in material.targets]
    for name, fact in material.facts.items():
        for begin in starts:
            for row in material.targets:
                year = row["target_year"]
                names = (
                    [f"required_cagr_{year}", f"required_growth_{year}"]
                    if begin == start
                    else [f"required_cagr_{begin}_{year}"]
                )
                if begin < year and name == next((n for n in names if n in material.facts), None):
                    label = say("figures.growth-needed.needed", start=begin, end=year)
                    rows.append((label, TARGET, {"value": fact.value, "low": fact.low, "high": fact.high}))
    return rows


def _draw_growth(material: Material, picture: Figure) -> None:
    axes = picture.add_subplot()
    rows = _growth_rows(material)
    for place, (_, colour, row) in enumerate(rows):
        low, value, high = (float(row[key]) * 100 for key in ("low", "value", "high"))
        axes.plot([low, high], [place, place], color=colour, lw=4, alpha=0.35, solid_capstyle="butt")
        axes.plot(value, place, "o" if colour == STATED else "D", color=colour, markersize=8)
        text = material.wording.amount(*numbers(row), "ratio")
        axes.annotate(
            text, (value, place), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=8.5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
        )  # fmt: skip
    axes.axvline(float(rows[0][2]["value"]) * 100, color=STATED, lw=1, ls="--")
    axes.set_yticks(range(len(rows)), [label for label, _, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.7)
    axes.set_xlim(0, None)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(material.say("figures.growth-needed.x"))


def _growth_words(material: Material) -> Words:
    wording = material.wording
    return {
        "rows": [
            {
                "label": label,
                "value": wording.amount(*numbers(row), "ratio"),
                "range": wording.span(*numbers(row), "ratio"),
            }
            for label, _, row in _growth_rows(material)
        ]
    }


def _draw_sensitivity(material: Material, picture: Figure) -> None:
    axes = picture.add_subplot()
    rows = material.table("sensitivity")
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
            ink = "white" if value < 110 else "black"
            axes.text(x, y, str(math.floor(value)), ha="center", va="center", fontsize=7.5, color=ink)
            if value >= 100:
                axes.add_patch(_frame(x, y))
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_yticks(range(len(rates)), [f"{float(rate) * 100:.0f}" for rate in rates])
    axes.grid(visible=False)
    due = years.index(int(material.targets[-1]["target_year"]))
    axes.annotate(
        material.say("figures.sensitivity.due"), (due, len(rates) - 0.5), xytext=(0, 4), textcoords="offset points",
        ha="center", fontsize=8, color=TARGET,
    )  # fmt: skip
    step = float(rates[1]) - float(rates[0])
    base = (float(material.targets[-1]["growth"]) - float(rates[0])) / step
    if -0.5 <= base <= len(rates) - 0.5:
        axes.annotate(
            material.say("figures.sensitivity.base"), (len(years) - 0.5, base), xytext=(18, 0), va="center",
            textcoords="offset points", fontsize=8, color=STATED, arrowprops={"arrowstyle": "->", "color": STATED},
        )  # fmt: skip
    axes.set_xlabel(material.say("figures.sensitivity.x"))
    axes.set_ylabel(material.say("figures.sensitivity.y"))


def _sensitivity_words(material: Material) -> Words:
    rows = material.table("sensitivity")
    described = []
    for rate in sorted({row["growth"] for row in rows}, key=Fraction):
        reached = [row["year"] for row in rows if row["growth"] == rate and float(row["reached"]) >= 1]
        described.append({"growth": _rate(material, rate), "year": min(reached, default="")})
    target = material.claims[material.targets[-1]["target"]]
    return {"rows": described, "target": claim_value(target, material.wording)}


def _draw_fan(material: Material, picture: Figure) -> None:
    rows = material.table("fan")
    ways = list(dict.fromkeys(row["rounding"] for row in rows))
    target = material.targets[-1]
    panels: Sequence[Axes] = picture.subplots(1, len(ways), sharey=True)
    for panel, way in zip(panels, ways, strict=True):
        path = [row for row in rows if row["rounding"] == way]
        years = [int(row["year"]) for row in path]
        panel.fill_between(
            years, _column(path, "low", BILLION), _column(path, "high", BILLION), color=DERIVED, alpha=0.4, lw=0
        )
        panel.plot(years, _column(path, "value", BILLION), color=STATED, marker="o", markersize=3.5)
        panel.plot(years[-1], float(target["target_value"]) / BILLION, "D", color=TARGET, markersize=7)
        panel.set_title(material.say(f"figures.rounding-fan.ways.{way}"), fontsize=9, weight="normal")
        panel.set_xticks(
            years, [str(year)[2:] if len(years) > 4 else str(year) for year in years], fontsize=7.5, rotation=45
        )
        panel.set_xlabel(material.say("figures.rounding-fan.x"))
    panels[0].set_ylim(0, None)
    panels[0].set_ylabel(material.say("figures.rounding-fan.y"))
    label = material.say(
        "figures.rounding-fan.target", target=claim_value(material.claims[target["target"]], material.wording)
    )
    panels[0].annotate(
        label, (years[-1], float(target["target_value"]) / BILLION), xytext=(0, 12), textcoords="offset points",
        fontsize=7.5, color=TARGET, ha="right",
    )  # fmt: skip


def _fan_words(material: Material) -> Words:
    rows, wording = material.table("fan"), material.wording
    described = []
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
    base = material.claims[material.targets[-1]["base"]]
    return {"rows": described, "base": claim_value(base, wording)}


def _draw_population(material: Material, picture: Figure) -> None:
    axes = picture.add_subplot()
    say = material.say
    whole, part = material.claims["population_cis"], material.claims["employment_cis"]
    for place, (row, colour, hatch) in enumerate(((whole, DERIVED, ""), (part, STATED, "//"))):
        low, value, high = (float(row[key]) / MILLION for key in ("low", "value", "high"))
        axes.barh(place, value, color=colour, hatch=hatch, edgecolor="white", height=0.55)
        axes.errorbar(value, place, xerr=[[value - low], [high - value]], color="#222222", capsize=4, lw=1.2)
        text = claim_value(row, material.wording)
        if row is part:
            text += "\n" + say("figures.population-employment.share", share=say_fact(material, "employment_share"))
        axes.annotate(text, (high, place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5)
    axes.set_yticks([0, 1], [say(f"figures.population-employment.{key}") for key in ("population", "employment")])
    axes.invert_yaxis()
    axes.set_xlim(0, float(whole["high"]) / MILLION * 1.3)
    axes.grid(axis="y", visible=False)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:.0f}"))
    axes.set_xlabel(say("figures.population-employment.x"))


def say_fact(material: Material, name: str) -> str:
    """Write a fact with its unit."""
    fact = material.facts[name]
    return material.wording.amount(*fact.numbers, fact.unit)


DRAWINGS: dict[str, Drawing] = {
    "article-strip": Drawing(_draw_strip, _strip_words, (6.7, 4.4)),
    "turnover": Drawing(_draw_turnover, _turnover_words, (6.7, 3.8)),
    "target-gaps": Drawing(_draw_gaps, _gaps_words, (6.7, 3.7)),
    "growth-needed": Drawing(_draw_growth, _growth_words, (6.7, 2.6)),
    "sensitivity": Drawing(_draw_sensitivity, _sensitivity_words, (6.7, 3.7)),
    "rounding-fan": Drawing(_draw_fan, _fan_words, (6.7, 3.0)),
    "population-employment": Drawing(_draw_population, size=(6.7, 2.0)),
}


def _repeated(material: Material) -> dict[str, None]:
    """Claims that state another one again, as the rules on repetition found them."""
    pairs = [row["claims"].split() for row in material.table("verdicts") if row["rule"] == "repeated_values_agree"]
    return dict.fromkeys(pair[1] for pair in pairs)


def _column(rows: list[Row], key: str, scale: int) -> list[float]:
    return [float(row[key]) / scale for row in rows]


def _amount(material: Material, row: Row, name: str, unit: str) -> str:
    return material.wording.amount(*numbers(row, name), unit)


def _rate(material: Material, rate: str) -> str:
    """Write an exact growth rate."""
    exact = Fraction(rate)
    return material.wording.amount(exact, exact, exact, "ratio")


def _whisker(axes: Axes, x: int, row: Row, colour: str, marker: str, label: str) -> None:
    low, value, high = (float(row[key]) / BILLION for key in ("low", "value", "high"))
    axes.errorbar(
        x, value, yerr=[[value - low], [high - value]], color=colour, marker=marker, markersize=8, capsize=4, lw=1.4,
        ls="none", label=label, zorder=4,
    )  # fmt: skip


def _frame(x: int, y: int) -> Any:
    return Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, fill=False, edgecolor=TARGET, lw=1.6)
