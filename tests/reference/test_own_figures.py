"""Figures of one's own: one table is read as meant or refused as a whole, and claims are held against it."""

from fractions import Fraction
from pathlib import Path

import pytest

from dalil.analysis.ratings import assess
from dalil.analysis.sources import check_sources
from dalil.errors import InputError
from dalil.reference.fitting import unused, with_own
from dalil.reference.own import COLUMNS, read_own, unit_of
from dalil.reference.record import Reference
from invented import Entry, claims_of, growth, level, target

F = Fraction
HEAD = ",".join(COLUMNS)
ROW = "trade,all,2017,2.1,billion USD,Office,https://example.org/t,2018-03,high"
BASE = level("base", period="2017")
PEOPLE = level("people", "10 kishi", "10", measure="population", unit="person", period="2017")


def put(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "reference.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def refusal(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_own(path)
    return list(caught.value.problems)


def rated(folder: Path, entry: Entry, *rows: str) -> list[str]:
    """What the sources say of the last claim, then how it is rated."""
    claims = claims_of(entry)
    reference = with_own(Reference(), read_own(put(folder, *rows)), claims)
    checks = check_sources(claims, reference, {}, [], {})
    (assessment,) = assess(claims, checks, {}, {}, {})
    return [*(f"{check.found} {check.verdict}" for check in checks), assessment.rating]


def test_a_row_is_a_figure_with_its_source(tmp_path: Path) -> None:
    (figure,) = read_own(put(tmp_path, ROW)).figures.values()
    assert (figure.measure, figure.subject, str(figure.period)) == ("trade", "all", "2017")
    assert (figure.value, figure.unit) == ((F("2.1"), F("0.1")), ("USD", F(10**9)))
    origin = figure.origin()
    assert (origin.producer, origin.address, origin.date_published) == ("Office", "https://example.org/t", "2018-03")
    assert (origin.kind, origin.reliability, origin.licence) == ("statistics", "high", "not stated")


def test_what_is_not_there_or_holds_but_notes_has_no_figures(tmp_path: Path) -> None:
    assert read_own(tmp_path / "reference.csv").figures == {}
    assert read_own(put(tmp_path, '# a note, "with', "", f"# {ROW}")).figures == {}
    (tmp_path / "reference.csv").write_text("", encoding="utf-8")
    assert read_own(tmp_path / "reference.csv").figures == {}


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_as_spreadsheets_save_it_is_read(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "reference.csv"
    cells = "trade", "all", "2017", "2,1", "billion USD", "Office", "", "", "high"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([mark.join(COLUMNS), mark.join(cells), ""]).encode())
    (figure,) = read_own(path).figures.values()
    assert figure.value == (F("2.1"), F("0.1"))


def test_columns_may_stand_in_another_order_and_more_may_be_said(tmp_path: Path) -> None:
    names = ["licence", *reversed(COLUMNS), "kind", "accessed", "note"]
    cells = ["CC0", *reversed(ROW.split(",")), "government", "2024-01-02", "as of May"]
    (figure,) = read_own(put(tmp_path, ",".join(cells), head=",".join(names))).figures.values()
    origin = figure.origin()
    assert (origin.kind, origin.licence, origin.date_accessed) == ("government", "CC0", "2024-01-02")
    assert figure.note == "as of May"


def test_days_as_spreadsheets_save_them_are_read(tmp_path: Path) -> None:
    row = "trade,all,14.05.2023,2,USD,Office,,15.03.2024,high"
    (figure,) = read_own(put(tmp_path, row)).figures.values()
    assert (str(figure.period), str(figure.published)) == ("2023-05-14", "2024-03-15")


def test_all_rows_that_are_wrong_are_named_with_their_lines(tmp_path: Path) -> None:
    wrong = {
        "trade,all,soon,2.1,billion USD,Office,,,high": 'line 2: period: "soon" is not ISO 8601',
        "trade,all,2017,about 2,billion USD,Office,,,high": 'line 3: value: "about 2" is not a number',
        'trade,all,2017,"1,240",USD,Office,,,high': 'line 4: value: "1,240" has a comma that may part thousands',
        "trade,all,2017,2,billion USDX,Office,,,high": 'line 5: unit: "billion USDX": did you mean "billion USD"?',
        "trade,all,2017,2,USD,,,,high": "line 6: source: ",
        "trade,all,2017,2,USD,Office,file:///etc,,high": "line 7: url: ",
        "trade,all,2017,2,USD,Office,,,sure": "line 8: reliability: allowed: 'low', 'medium' or 'high', found \"sure\"",
        ",all,2017,2,USD,Office,,,high": "line 9: measure: ",
        "trade,all,2017,2,USD,Office,,high": "line 10: it has 8 fields, and the first line 9",
    }
    problems = refusal(put(tmp_path, *wrong))
    for start in wrong.values():
        assert [one for one in problems if one.startswith(start)], start
    assert len(problems) == len(wrong)


def test_a_figure_of_one_source_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    again = ROW.replace("trade,all", "Trade,ALL")
    assert refusal(put(tmp_path, ROW, again)) == ["line 3: Trade ALL 2017 of Office stands in line 2 already"]
    assert len(read_own(put(tmp_path, ROW, ROW.replace("Office", "Bureau"))).figures) == 2


def test_a_table_of_other_columns_is_refused(tmp_path: Path) -> None:
    problems = refusal(put(tmp_path, head=HEAD.replace("unit", "units")))
    assert problems == ["columns that are missing: unit", 'column "units": did you mean "unit"?']


def test_a_table_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reference.csv").write_bytes(f"{HEAD}\n{ROW.replace('Office', 'Служба статистики')}\n".encode("cp1251"))
    assert "is not UTF-8" in refusal(tmp_path / "reference.csv")[0]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("%", ("ratio", F(1, 100))),
        ("pp", ("pp", F(1))),
        ("index", ("index", F(1))),
        ("thousand people", ("person", F(1000))),
        ("млрд сум", ("UZS", F(10**9))),
        ("ming kishi", ("person", F(1000))),
        ("million USD", ("USD", F(10**6))),
    ],
)
def test_units_are_those_of_claims_with_a_scale(text: str, unit: tuple[str, Fraction]) -> None:
    assert unit_of(text) == unit


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2.1", ["statement agrees", "confirmed"]),
        ("1.5", ["statement agrees", "confirmed"]),
        ("3.1", ["statement differs", "contradicted"]),
    ],
)
def test_a_claim_of_that_measure_subject_and_period_is_rated_by_the_rules(
    value: str, said: list[str], tmp_path: Path
) -> None:
    assert rated(tmp_path, BASE, ROW.replace("2.1", value)) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW.replace("2017", "2016"), ["statement related", "unchecked"]),
        (ROW.replace("high", "medium"), ["statement agrees", "supported"]),
        (ROW.replace("high", "low"), ["statement agrees", "unsettled"]),
        (ROW.replace("billion USD", "billion EUR"), ["statement related", "unchecked"]),
        (ROW.replace("trade,all", "TRADE,All"), ["statement agrees", "confirmed"]),
        (ROW.replace("trade,all", "trade,"), ["statement agrees", "confirmed"]),
        (ROW.replace("trade,all", "trade,nobody"), ["unchecked"]),
        (ROW.replace("trade,all", "exports,all"), ["unchecked"]),
    ],
)
def test_what_is_about_another_thing_settles_nothing(row: str, said: list[str], tmp_path: Path) -> None:
    assert rated(tmp_path, BASE, row) == said


def test_a_count_is_held_against_a_figure_of_its_unit(tmp_path: Path) -> None:
    counted = {**PEOPLE, "kind": "count", "unit": "item", "anchor": "People: 10 ta", "measure": "schools"}
    row = "schools,all,2017,10,item,Office,,,high"
    assert rated(tmp_path, counted, row) == ["statement agrees", "confirmed"]


def test_growth_is_held_against_what_two_levels_of_one_source_make(tmp_path: Path) -> None:
    grown = growth(period="2017", base_period="2016")
    before = ROW.replace("2017", "2016")
    assert rated(tmp_path, grown, ROW, before.replace("2.1", "1.4")) == ["growth agrees", "confirmed"]
    assert rated(tmp_path, grown, ROW, before.replace("2.1", "1.9")) == ["growth differs", "contradicted"]
    assert rated(tmp_path, grown, ROW, before.replace("Office", "Bureau")) == ["unchecked"]
    assert rated(tmp_path, grown, ROW, before.replace("billion USD", "billion EUR")) == ["unchecked"]


def test_growth_may_be_given_itself(tmp_path: Path) -> None:
    grown = growth(period="2017", base_period="2016")
    assert rated(tmp_path, grown, "trade,all,2017,50,percent,Office,,,high") == ["statement agrees", "confirmed"]


def test_percentage_points_are_the_difference_of_two_shares(tmp_path: Path) -> None:
    points = growth("growth", "9 foiz punkt", "9", unit="pp", period="2017", base_period="2016")
    row = "trade,all,{},percent,Office,,,high"
    assert rated(tmp_path, points, row.format("2017,64"), row.format("2016,55")) == ["growth agrees", "confirmed"]
    assert rated(tmp_path, points, row.format("2017,64"), row.format("2016,60")) == ["growth differs", "contradicted"]


def test_what_a_targets_period_brought_weighs_nothing_for_its_announcement(tmp_path: Path) -> None:
    goal = target("goal", "3 milliard dollar", "3000000000", period="2017", status="agreed")
    assert rated(tmp_path, goal, ROW) == ["outcome related", "unchecked"]


def test_figures_of_no_claim_are_told_with_what_may_have_been_meant(tmp_path: Path) -> None:
    rows = ROW.replace("trade", "trades"), ROW.replace("all", "alle"), ROW.replace("trade,all", "population,")
    more = ROW.replace("trade", "trades").replace("2017", "2018"), ROW.replace("billion USD", "billion EUR")
    claims = claims_of(BASE, PEOPLE, {**PEOPLE, "id": "more", "subject": "town", "anchor": "More: 10 kishi"})
    told = [one.partition("reference.csv, ")[2] for one in unused(read_own(put(tmp_path, ROW, *rows, *more)), claims)]
    assert told == [
        '2 lines from line 3 on: not used; no claim has the measure "trades": did you mean "trade"?',
        'line 4: not used; no claim of trade has the subject "alle": did you mean "all"?',
        "line 5: not used; the claims of population are of several subjects: all, town; name one",
        "line 7: not used; it is in EUR, and the claims of trade in USD",
    ]


def test_levels_are_of_use_where_only_their_growth_is_stated(tmp_path: Path) -> None:
    claims = claims_of(growth(period="2017", base_period="2016"))
    assert [*unused(read_own(put(tmp_path, ROW)), claims)] == []


def test_sources_of_like_names_stay_apart(tmp_path: Path) -> None:
    rows = ROW, ROW.replace("Office", "office!").replace("2.1", "2.2"), ROW.replace("2017", "2016")
    held = with_own(Reference(), read_own(put(tmp_path, *rows)), claims_of(BASE))
    assert set(held.origins) == {"office", "office-2"}
    assert [one.origin for one in held.statements] == ["office", "office-2", "office"]
