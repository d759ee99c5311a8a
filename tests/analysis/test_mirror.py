"""One flow of goods by both records: who is held against whom, and what is left out."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import run_cells
from dalil.analysis.mirror import balances, mirrors
from dalil.numbers.intervals import Interval
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Observation
from invented import BETWEEN, BILLION, claims_of, figure, level, record

F = Fraction
PRESS = {"status": "press", "origin": "paper"}


def exported(year: int, value: str, area: str = "UZ", **more: str) -> Observation:
    return figure(year, value, area, "KZ" if area == "UZ" else "UZ", flow="export", **more)


def imported(year: int, value: str, area: str = "KZ", **more: str) -> Observation:
    return figure(year, value, area, "KZ" if area == "UZ" else "UZ", flow="import", **{"origin": "bureau", **more})


@pytest.mark.parametrize(
    ("there", "asymmetry"),
    [("2.1", F(1, 20)), ("2.0", F(0)), ("1.5", F(-1, 4)), ("0.0", F(-1))],
    ids=["freight", "equal", "less", "nothing"],
)
def test_an_asymmetry_is_the_importers_figure_over_the_exporters_less_one(there: str, asymmetry: Fraction) -> None:
    (mirror,) = mirrors(record(exported(2018, "2"), imported(2018, there)), BETWEEN)
    assert (mirror.imported / mirror.exported - 1).value == asymmetry
    assert (mirror.measure, mirror.year, mirror.exporter, mirror.importer) == ("trade", 2018, "UZ", "KZ")
    assert [str(flow.expression) for flow in (mirror.exported, mirror.imported)] == [
        "export(UZ, KZ, 2018)",
        "import(KZ, UZ, 2018)",
    ]


def test_an_asymmetry_has_the_precision_of_both_figures() -> None:
    (mirror,) = mirrors(record(exported(2018, "2"), imported(2018, "3")), BETWEEN)
    assert (mirror.imported / mirror.exported - 1).range == Interval(F("2.5") / F("2.5") - 1, F("3.5") / F("1.5") - 1)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(here=st.integers(1, 999), freight=st.integers(-99, 300))
def test_the_asymmetry_that_went_in_comes_out(here: int, freight: int) -> None:
    there = F(here * (100 + freight), 100)
    (mirror,) = mirrors(record(exported(2018, str(here)), imported(2018, f"{float(there):.2f}")), BETWEEN)
    assert (mirror.imported / mirror.exported - 1).value == F(freight, 100)


def test_both_flows_and_every_year_with_two_figures_are_listed() -> None:
    held = record(
        exported(2019, "2"), imported(2019, "3"), exported(2017, "2"), imported(2017, "3"), exported(2018, "2"),
        exported(2017, "4", "KZ"), imported(2017, "4", "UZ"), imported(2020, "4", "UZ"), figure(2020, "9"),
    )  # fmt: skip
    assert [(m.exporter, m.importer, m.year) for m in mirrors(held, BETWEEN)] == [
        ("UZ", "KZ", 2017),
        ("UZ", "KZ", 2019),
        ("KZ", "UZ", 2017),
    ]


@pytest.mark.parametrize("value", ["0", "0.0"])
def test_an_export_of_nothing_is_left_out(value: str) -> None:
    assert mirrors(record(exported(2018, value), imported(2018, "3")), BETWEEN) == []


def test_official_figures_come_before_printed_ones() -> None:
    held = record(exported(2018, "9", **PRESS), exported(2018, "2"), imported(2018, "3", **PRESS))
    (mirror,) = mirrors(held, BETWEEN)
    assert (mirror.exported_origin, mirror.imported_origin) == ("office", "paper")


@pytest.mark.parametrize(
    "mapping",
    [SeriesMapping(series=("trade",), over="cis"), SeriesMapping(series=("trade",), of="UZ", partners="cis")],
    ids=["over", "of"],
)
def test_only_what_two_countries_report_has_a_mirror(mapping: SeriesMapping) -> None:
    assert mirrors(record(exported(2018, "2"), imported(2018, "3")), {"trade": mapping}) == []


def test_asymmetries_are_named_by_measure_year_and_countries() -> None:
    flows = [exported(2018, "2"), imported(2018, "3"), exported(2018, "4", "KZ", origin="bureau")]
    held = record(*flows, imported(2018, "5", "UZ"), exported(2017, "1"), imported(2017, "1"))
    results = run_cells("05-record", claims_of(level("later", period="2018")), held, BETWEEN).results
    named = {name: amount for name, amount in results.items() if name.startswith("mirror")}
    assert [(name, r.value, r.unit, str(r.formula), r.claims, r.sources) for name, r in named.items()] == [
        (
            "mirror_trade_2018_uz_kz",
            *(F(1, 2), "ratio", "import(KZ, UZ, 2018) / export(UZ, KZ, 2018) - 1", (), ("bureau", "office")),
        ),
        (
            "mirror_trade_2018_kz_uz",
            *(F(1, 4), "ratio", "import(UZ, KZ, 2018) / export(KZ, UZ, 2018) - 1", (), ("bureau",)),
        ),
    ]


def test_figures_are_held_as_they_are() -> None:
    (mirror,) = mirrors(record(exported(2018, "2"), imported(2018, "3")), BETWEEN)
    assert (mirror.exported.estimate.value, mirror.imported.estimate.value) == (F(2 * BILLION), F(3 * BILLION))


def test_a_balance_is_of_both_flows_by_one_origin() -> None:
    flows = [exported(2018, "2"), imported(2018, "3"), exported(2018, "4", "KZ", origin="bureau")]
    held = record(*flows, imported(2018, "5", "UZ"), exported(2017, "1"))
    results = run_cells("05-record", claims_of(level("later", period="2018")), held, BETWEEN).results
    named = {name: amount for name, amount in results.items() if "balance" in name}
    assert [(name, r.value, r.unit, str(r.formula)) for name, r in named.items()] == [
        ("trade_balance_2018_kz", F(BILLION), "USD", "export(KZ, UZ, 2018) - import(KZ, UZ, 2018)")
    ]
    # What Uzbekistan has of the two flows here is from two origins.
    assert [(b.year, b.reporter) for b in balances(held, BETWEEN)] == [(2018, "KZ")]
