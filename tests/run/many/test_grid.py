"""Grids: which sets a file asks for, and that what cannot be is refused whole, before anything runs."""

from pathlib import Path

import pytest

from dalil.errors import InputError
from dalil.parameters import Parameters
from dalil.run.many.grid import read_grid

ALLOWED = {"rounding", "base_growth", "base_year", "target_years", "scenario_rates"}
YEARS = "{base_year: [2017, 2018], target_years: [[2019, 2022], stated]}"
GRIDS = {
    "a list": ("product: {rounding: [exact, floor]}", [{"rounding": "exact"}, {"rounding": "floor"}]),
    "a range, exactly and to its end": (
        "product: {base_growth: {from: 0.1, to: 0.3, step: 0.1}}",
        [{"base_growth": 0.1}, {"base_growth": 0.2}, {"base_growth": 0.3}],
    ),
    "a range that does not come to its end": (
        "product: {base_year: {from: 2015, to: 2018, step: 2}}",
        [{"base_year": 2015}, {"base_year": 2017}],
    ),
    "a product": (
        "product: {base_growth: [0.1, 0.2], rounding: [exact, floor]}",
        [{"base_growth": g, "rounding": r} for g in (0.1, 0.2) for r in ("exact", "floor")],
    ),
    "side by side": (
        f"zip: {YEARS}",
        [{"base_year": 2017, "target_years": [2019, 2022]}, {"base_year": 2018, "target_years": "stated"}],
    ),
    "both": (
        f"product: {{rounding: [exact, floor]}}\nzip: {YEARS}",
        [
            {"rounding": rounding, "base_year": year, "target_years": years}
            for rounding in ("exact", "floor")
            for year, years in ((2017, [2019, 2022]), (2018, "stated"))
        ],
    ),
}


def grid(folder: Path, text: str) -> Path:
    path = folder / "grid.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", GRIDS)
def test_the_sets_of_a_grid(name: str, tmp_path: Path) -> None:
    text, expected = GRIDS[name]
    given = Parameters(deflator="gdp_deflator")
    sets = read_grid(grid(tmp_path, text), given, ALLOWED)
    assert [one for one, _ in sets.values()] == expected
    assert list(sets) == [str(number) for number in range(1, len(expected) + 1)]
    for one, parameters in sets.values():
        assert parameters.deflator == "gdp_deflator"
        assert {name: one[name] for name in one} == parameters.model_dump(mode="json", include=set(one))


REFUSED = {
    "nothing": ("", ["neither product nor zip"]),
    "a list of sets": ("- rounding: exact", ["neither product nor zip"]),
    "another way": ("products: {rounding: [exact]}", ['line 1: "products": did you mean "product"?']),
    "no names": ("product: [exact]", ["names with their values are needed"]),
    "unknown": ("product: {roundng: [exact]}", ['roundng: no parameter; did you mean "rounding"?']),
    "of the report alone": ("product: {language: [en, ru]}", ["language: nothing that a sweep works out follows it"]),
    "a single value": ("product: {rounding: exact}", ["rounding: a list of values is needed"]),
    "no value": ("product: {rounding: []}", ["rounding: a list of values is needed"]),
    "a range without a step": ("product: {base_growth: {from: 0, to: 1}}", ["a list of values is needed"]),
    "a range in words": ("product: {base_growth: {from: a, to: b, step: c}}", ["which are numbers"]),
    "a range without end": ("product: {base_growth: {from: 0, to: .inf, step: 1}}", ["which are numbers"]),
    "a range downwards": ("product: {base_growth: {from: 1, to: 0, step: 0.1}}", ["a range goes up"]),
    "a range on the spot": ("product: {base_growth: {from: 0, to: 1, step: 0}}", ["a range goes up"]),
    "an endless range": ("product: {base_growth: {from: 0, to: 1, step: 1.0e-9}}", ["the range has 1000000001 values"]),
    "too many": (
        "product: {base_growth: {from: 0.001, to: 1, step: 0.001}, base_year: {from: 1900, to: 2100, step: 1}}",
        ["it has 201000 sets; allowed: up to 100000"],
    ),
    "lists of two lengths": (
        "zip: {rounding: [exact, floor], base_growth: [0.1]}",
        ["zip: lists of one length are needed; found 2 of rounding, 1 of base_growth"],
    ),
    "twice": ("product: {rounding: [exact]}\nzip: {rounding: [floor]}", ["rounding is given twice"]),
    "bad values": (
        "product: {rounding: [exact, exactly], base_growth: [0.1, -3]}",
        ["rounding: found 'exactly'; allowed: ", "base_growth: found -3; allowed: "],
    ),
    "several things": ("product: {roundng: [exact], base_growth: 1}", ["roundng: no parameter", "base_growth: a list"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_all_at_once(name: str, tmp_path: Path) -> None:
    text, said = REFUSED[name]
    with pytest.raises(InputError) as refused:
        read_grid(grid(tmp_path, text), Parameters(), ALLOWED)
    assert "Nothing was run." in str(refused.value)
    for part in said:
        assert part in str(refused.value)
