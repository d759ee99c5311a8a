"""Which countries, in which year, make up a number: on groups small enough to add up by hand."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import run_cells
from dalil.analysis.groupings import joint_sums, landmarks, moved_numbers, sums_of
from dalil.numbers.intervals import Interval
from dalil.reference.concordance import SeriesMapping
from dalil.reference.record import Grouping, Membership, Observation, Reference
from formulas import product
from invented import claims_of, entry, figure, inside, level, read, record

F = Fraction
PEOPLE = {"measure": "population", "unit": "person", "subject": "cis"}
GROUP = Grouping(always=("AM", "AZ"), sometimes={"GE": "left", "MD": "leaves"})
OVER = {"population": SeriesMapping(series=("population",), over="cis")}
CLAIM = level("people", "10 nafar kishi", "10", **PEOPLE)


def people(area: str, year: int, value: str, **more: str) -> Observation:
    like = {"measure": "population", "unit": "person", "partner": "", "flow": "", **more}
    return figure(year, value, area, **like)


def in_2020(**counts: str) -> list[Observation]:
    return [people(area, 2020, value) for area, value in counts.items()]


def test_every_set_of_countries_is_added_up_in_every_year_all_of_them_have_a_figure_for() -> None:
    figures = in_2020(AM="3", AZ="4", GE="2", MD="1")
    figures += [people("AM", 2021, "3"), people("AZ", 2021, "5"), people("MD", 2021, "2"), people("GE", 2019, "9")]
    found = sums_of(claims_of(CLAIM), record(*figures, cis=GROUP), OVER)
    values = {one.added: {year: sum_.value for year, sum_ in one.sums.items()} for one in found}
    assert values == {
        (): {2020: 7, 2021: 8},
        ("GE",): {2020: 9},
        ("MD",): {2020: 8, 2021: 10},
        ("GE", "MD"): {2020: 10},
    }
    # Three figures, each to within a half, make eight to within one and a half: that reaches what rounds to ten.
    fits = {one.added: one.fits for one in found}
    assert fits == {(): (), ("GE",): (2020,), ("MD",): (2020, 2021), ("GE", "MD"): (2020,)}
    assert {one.grouping for one in found} == {"cis"}


@pytest.mark.parametrize(
    ("words", "sum_", "fits"),
    [
        ("10 nafar kishi", "10", True),
        ("10 nafar kishi", "11", True),
        ("10 nafar kishi", "12", False),
        ("10 dan ortiq kishi", "30", True),
        ("10 dan ortiq kishi", "9", False),
    ],
)
def test_a_sum_fits_where_it_is_what_both_printings_allow(words: str, sum_: str, fits: bool) -> None:
    claims = claims_of(level("people", words, "10", **PEOPLE))
    figures = record(people("AM", 2020, sum_), cis=Grouping(always=("AM",)))
    (one,) = sums_of(claims, figures, OVER)
    assert one.fits == ((2020,) if fits else ())


def test_the_nearest_year_is_that_whose_sum_is_nearest_on_either_side() -> None:
    figures = [people("AM", year, value) for year, value in ((2018, "6"), (2019, "13"), (2020, "17"))]
    (one,) = sums_of(claims_of(CLAIM), record(*figures, cis=Grouping(always=("AM",))), OVER)
    assert (one.nearest, one.fits) == (2019, ())


def test_the_ends_of_a_sum_are_the_sums_of_the_ends() -> None:
    (one,) = sums_of(claims_of(CLAIM), record(*in_2020(AM="3", AZ="4"), cis=Grouping(always=("AM", "AZ"))), OVER)
    assert one.sums[2020].range == Interval(F(6), F(8))


@pytest.mark.parametrize("missing", ["AM", "AZ"])
def test_without_a_country_that_is_always_in_it_a_group_has_no_sum(missing: str) -> None:
    figures = [one for one in in_2020(AM="3", AZ="4", GE="2") if one.area != missing]
    assert sums_of(claims_of(CLAIM), record(*figures, cis=GROUP), OVER) == []


def test_origins_are_those_of_the_countries_in_the_sum_official_ones_first() -> None:
    figures = [
        people("AM", 2020, "9", status="press", origin="paper"), people("AM", 2020, "3"),
        people("AZ", 2020, "4", origin="bureau"), people("GE", 2020, "2", origin="rumour"),
    ]  # fmt: skip
    found = sums_of(claims_of(CLAIM), record(*figures, cis=GROUP), OVER)
    assert [(one.sums[2020].value, one.origins) for one in found] == [
        (F(7), ("office", "bureau")),
        (F(9), ("office", "bureau", "rumour")),
    ]


RATE = {"measure": "rate", "unit": "ratio"}
WORK = {"people": SeriesMapping(series=("rate", "population"), over="cis")}
WORKING = level("workers", "10 nafar kishi", "10", **{**PEOPLE, "measure": "people"})


def test_a_rate_is_multiplied_by_what_it_is_a_rate_of() -> None:
    figures = [*in_2020(AM="10", AZ="30"), people("AM", 2021, "10")]
    figures += [people("AM", 2020, "0.4", **RATE), people("AZ", 2020, "0.2", **RATE), people("AM", 2019, "0.9", **RATE)]
    (one,) = sums_of(claims_of(WORKING), record(*figures, cis=Grouping(always=("AM", "AZ"))), WORK)
    assert {year: sum_.value for year, sum_ in one.sums.items()} == {2020: 10}
    assert one.sums[2020].range.low == F("0.35") * F("9.5") + F("0.15") * F("29.5")


def test_a_country_without_one_of_two_series_has_no_product() -> None:
    assert sums_of(claims_of(WORKING), record(*in_2020(AM="10"), cis=Grouping(always=("AM",))), WORK) == []


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rate=st.fractions(0, 1), people=st.fractions(0, 1000))
def test_a_product_is_divided_back(rate: Fraction, people: Fraction) -> None:
    found = product(rate, people)
    assert found is not None
    assert found == people * rate
    assert not rate or found / rate == people


@pytest.mark.parametrize(
    "claim",
    [
        entry("people", "count", "10 ta forum", "10", measure="population"),
        entry("people", "level", "ko‘p kishi", "", reads="nothing", **PEOPLE),
        level("people", "10 tonna", "10", **{**PEOPLE, "unit": "t"}),
        level("people", "10 nafar kishi", "10", **{**PEOPLE, "measure": "visitors"}),
    ],
    ids=["no-level", "no-number", "another-unit", "no-mapping"],
)
def test_what_no_group_adds_up_to_is_not_added_up(claim: dict[str, str]) -> None:
    assert sums_of(claims_of(claim), record(*in_2020(AM="10"), cis=Grouping(always=("AM",))), OVER) == []


def test_a_group_that_the_record_does_not_have_or_a_claim_made_again_is_not_added_up() -> None:
    assert sums_of(claims_of(CLAIM), record(*in_2020(AM="10")), OVER) == []
    again = level("again", "10 nafar kishi", "10", repeats="people", **PEOPLE)
    found = sums_of(claims_of(CLAIM, again), record(*in_2020(AM="10"), cis=Grouping(always=("AM",))), OVER)
    assert [one.claim.id for one in found] == ["people"]


def test_sums_and_those_that_fit_are_counted_by_claim() -> None:
    figures = [*in_2020(AM="3", AZ="4", GE="3"), people("AM", 2021, "1"), people("AZ", 2021, "1")]
    results = run_cells("06-open", claims_of(CLAIM), record(*figures, cis=GROUP), OVER).results
    counted = [(name, r.value, r.unit, str(r.formula)) for name, r in results.items() if "_sums" in name]
    assert counted == [
        ("people_sums", F(3), "count", "count(groupings.member_years, claim_id = people)"),
        ("people_sums_fitting", F(1), "count", "count(groupings.member_fits, claim_id = people)"),
    ]
    assert all((results[name].claims, results[name].sources) == (("people",), ("office",)) for name, *_ in counted)
    assert run_cells("06-open", claims_of(CLAIM)).results == {}


@settings(max_examples=30, deadline=None, derandomize=True)
@given(counts=st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_a_set_of_more_countries_never_adds_up_to_less(counts: list[int]) -> None:
    figures = in_2020(**dict(zip(("AM", "AZ", "GE", "MD"), map(str, counts), strict=True)))
    found = {one.added: one.sums[2020].value for one in sums_of(claims_of(CLAIM), record(*figures, cis=GROUP), OVER)}
    assert len(found) == 4
    assert found["GE", "MD"] == sum(counts)
    assert found["GE", "MD"] == (found["GE",] or 0) + (found["MD",] or 0) - (found[()] or 0)


def test_a_claim_that_gives_its_year_is_tried_in_that_year_alone() -> None:
    figures = [people("AM", year, value) for year, value in ((2019, "10"), (2020, "20"), (2021, "10"))]
    group = record(*figures, cis=Grouping(always=("AM",)))
    (undated,) = sums_of(claims_of(CLAIM), group, OVER)
    (dated,) = sums_of(claims_of({**CLAIM, "period": "2020"}), group, OVER)
    assert (undated.fits, list(dated.sums), dated.fits) == ((2019, 2021), [2020], ())


# Georgia left after 2019; from 2020 on Moldova may be left out.
LEAVING = GROUP.model_copy(
    update={
        "membership": {
            "GE": Membership(until=2019, source="office"),
            "MD": Membership(loose_since=2020, source="office"),
        }
    }
)


def over_years(years: tuple[int, ...] = (2019, 2020), **counts: str) -> list[Observation]:
    return [people(area, year, value) for area, value in counts.items() for year in years]


def test_a_set_counts_in_the_years_in_which_these_may_have_been_the_members() -> None:
    held = record(*over_years(AM="3", AZ="4", GE="2", MD="1"), cis=LEAVING)
    found = sums_of(claims_of(CLAIM), held, OVER)
    assert {one.added: one.member_years for one in found} == {
        (): (2020,),
        ("GE",): (),
        ("MD",): (2020,),
        ("GE", "MD"): (2019,),
    }
    assert {one.added: one.member_fits for one in found} == {
        (): (),
        ("GE",): (),
        ("MD",): (2020,),
        ("GE", "MD"): (2019,),
    }


def test_the_printed_number_is_moved_from_the_lowest_sum_to_the_highest() -> None:
    figures = [people("AM", year, value) for year, value in ((2019, "7"), (2020, "9"), (2021, "13"))]
    found = sums_of(claims_of(CLAIM), record(*figures, cis=Grouping(always=("AM",))), OVER)
    moved = moved_numbers(found)
    assert [one.value.value for one in moved] == list(range(7, 14))
    # Each sum is known to within a half, and each number stands for a half to either side.
    assert [int(one.value.value or 0) for one in moved if not one.fits] == [11]


def test_a_bound_is_not_moved() -> None:
    claim = level("people", "10 dan ortiq kishi", "10", **PEOPLE)
    figures = record(people("AM", 2020, "9"), cis=Grouping(always=("AM",)))
    assert moved_numbers(sums_of(claims_of(claim), figures, OVER)) == []


def test_the_last_members_and_the_most_without_who_decides_are_named() -> None:
    held = record(*over_years(AM="3", AZ="3", GE="4", MD="1"), cis=LEAVING)
    found = dict(landmarks(sums_of(claims_of(CLAIM), held, OVER)))
    assert {name: (amount.value, str(amount.formula)) for name, amount in found.items()} == {
        "people_members": (F(7), "most(groupings.sums[2020], claim_id = people, member_years ∋ 2020)"),
        "people_most_without_ge": (F(7), "most(groupings.highest, claim_id = people, added ∌ GE)"),
    }


def together(tmp_path: Path, figures: list[Observation], group: Grouping = GROUP, off: str = "0") -> list[str]:
    """The sets and years in which 4 people at work and 10 people are both found."""
    mappings = {**OVER, "people": SeriesMapping(series=("workers",), over="cis")}
    workers = level("workers", "4 nafar ishchi", "4", **{**PEOPLE, "measure": "people"})
    claims, _ = read(tmp_path, [CLAIM, workers], [inside("workers", "people")])
    held = record(*figures, cis=group)
    origins = {name: origin.model_copy(update={"allowance": F(off)}) for name, origin in held.origins.items()}
    found = joint_sums(claims, replace(held, origins=origins), mappings)
    return [f"{'+'.join(one.added)} {one.year}" for one in found if one.fits]


def at_work(area: str, year: int, value: str) -> Observation:
    return people(area, year, value, measure="workers")


def test_two_numbers_are_held_against_the_same_countries_in_the_same_year(tmp_path: Path) -> None:
    figures = over_years((2018, 2019, 2020), AM="5", AZ="5") + over_years((2018, 2019, 2020), GE="9", MD="9")
    # Of 2018 the people fit and the workers do not; of 2020 the other way round.
    figures += [at_work("AM", year, value) for year, value in ((2018, "9"), (2019, "2"), (2020, "2"))]
    figures += [at_work("AZ", year, "2") for year in (2018, 2019, 2020)]
    figures = [
        one if (one.area, one.year) != ("AM", 2020) or one.measure == "workers" else people("AM", 2020, "50")
        for one in figures
    ]
    assert together(tmp_path, figures) == [" 2019"]


@pytest.mark.parametrize(("off", "fits"), [("0", []), ("0.2", [" 2020"])])
def test_figures_that_may_be_off_by_a_part_fit_within_it(tmp_path: Path, off: str, fits: list[str]) -> None:
    figures = [*over_years((2020,), AM="9"), at_work("AM", 2020, "6")]
    assert together(tmp_path, figures, Grouping(always=("AM",)), off) == fits


@pytest.mark.parametrize(("inhabitants", "fits"), [("1", []), ("3", ["GE 2020"])])
def test_a_country_without_a_figure_for_the_part_may_have_anything_up_to_the_whole(
    tmp_path: Path, inhabitants: str, fits: list[str]
) -> None:
    rest = str(10 - int(inhabitants))
    figures = [*over_years((2020,), AM=rest, GE=inhabitants), at_work("AM", 2020, "1")]
    assert together(tmp_path, figures, Grouping(always=("AM",), sometimes={"GE": "left"})) == fits


def test_a_set_that_was_not_the_group_in_a_year_is_not_tried(tmp_path: Path) -> None:
    figures = [
        *over_years((2019, 2020), AM="8", GE="2"),
        *(at_work(a, y, "2") for a in ("AM", "GE") for y in (2019, 2020)),
    ]
    group = Grouping(
        always=("AM",), sometimes={"GE": "left"}, membership={"GE": Membership(until=2019, source="office")}
    )
    assert together(tmp_path, figures, group) == ["GE 2019"]


def test_numbers_that_do_not_belong_together_are_not_held_together() -> None:
    assert joint_sums(claims_of(CLAIM), Reference(), OVER) == []
