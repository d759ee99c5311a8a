"""The record is read whole or refused, with every reason; what is shipped holds together."""

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest

from dalil.errors import InputError
from dalil.numbers.intervals import Interval, as_printed, decimal_text
from dalil.project import resolve
from dalil.reference.loading import DESCRIPTION, LARGEST_STEP, UNITS, files_of, read_reference
from dalil.reference.record import Grouping, Origin, OriginKind, Reference

COLUMNS = "measure,area,partner,flow,year,comparator,value,precision,unit,basis,status,origin,note"
STATED = "kind,measure,subject,period,base_period,comparator,value,precision,unit,status,origin,note"
ORIGIN = {
    "kind": "statistics", "producer": "An office", "title": "A table", "date_published": "not stated",
    "date_accessed": "2020-01-02", "licence": "CC0", "citation": "An office.", "address": "-", "reliability": "high",
}  # fmt: skip
# What a field of a row is where a test says nothing of it.
ROW = {
    "measure": "trade", "area": "UZ", "partner": "KZ", "flow": "export", "year": "2018", "comparator": "=",
    "value": "5", "precision": "1", "unit": "million USD", "basis": "goods", "status": "official", "origin": "office",
}  # fmt: skip
STATEMENT = {
    "kind": "level", "measure": "trade", "subject": "uz-kz", "period": "2017", "comparator": "=", "value": "2",
    "precision": "1", "unit": "billion USD", "status": "reported", "origin": "office",
}  # fmt: skip
ORIGINS = {"office": ORIGIN, "paper": {**ORIGIN, "kind": "press", "reliability": "medium"}}


def table(*rows: dict[str, str], like: dict[str, str] = ROW, columns: str = COLUMNS) -> str:
    lines = [",".join({**like, **row}.get(name, "") for name in columns.split(",")) for row in rows]
    return "\n".join([columns, *lines]) + "\n"


def resource(name: str, columns: str, **more: object) -> dict[str, object]:
    fields = [{"name": column} for column in columns.split(",")]
    return {"path": name, "title": f"what {name} holds", "schema": {"fields": fields}, **more}


def put(folder: Path, *rows: dict[str, str], **changed: Any) -> Path:
    """Write a record of a table of series, described as told."""
    resources = [resource("series.csv", COLUMNS), resource("stated.csv", STATED, optional=True)]
    described = {"origins": ORIGINS, "resources": resources, **changed}
    (folder / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")
    (folder / "series.csv").write_text(table(*rows), encoding="utf-8")
    return folder


def state(folder: Path, *rows: dict[str, str]) -> Path:
    """Write a record of statements."""
    (put(folder) / "stated.csv").write_text(table(*rows, like=STATEMENT, columns=STATED), encoding="utf-8")
    return folder


def refusal(folder: Path) -> str:
    """What a refused record's message says, with the folder left out."""
    with pytest.raises(InputError) as caught:
        read_reference(folder)
    return str(caught.value).replace(f"{folder}/", "").replace(str(folder), "the folder")


NEEDED = "Each figure needs an origin, a unit and a number."
SOURCE = "Compare the rows with their source."


def test_a_row_is_read_in_base_units_with_what_it_may_stand_for(tmp_path: Path) -> None:
    put(tmp_path, {"value": "1639.664", "precision": "0.001", "note": "revised"})
    (one,) = read_reference(tmp_path).observations
    assert (one.measure, one.area, one.partner, one.flow, one.year) == ("trade", "UZ", "KZ", "export", 2018)
    assert (one.unit, one.basis, one.status, one.origin, one.note) == ("USD", "goods", "official", "office", "revised")
    assert one.estimate == as_printed(Fraction(1639664000), Fraction(1000), "=", "half-unit")
    assert one.estimate.range.width == 1000


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "date"])
def test_every_unit_has_its_base(tmp_path: Path, unit: str) -> None:
    base, factor = UNITS[unit]
    (one,) = read_reference(put(tmp_path, {"unit": unit})).observations
    assert (one.unit, one.estimate.value) == (base, 5 * factor)


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [(">", 5, None), (">=", 5, None), ("<", None, 5), ("<=", None, 5), ("~", 4, 6), ("=", 4.5, 5.5)],
)
def test_a_bound_is_no_level(tmp_path: Path, comparator: str, low: float | None, high: float | None) -> None:
    (one,) = read_reference(put(tmp_path, {"comparator": comparator, "unit": "item"})).observations
    assert (one.estimate.range.low, one.estimate.range.high) == (low, high)


@pytest.mark.parametrize(
    ("field", "found", "said"),
    [
        ("measure", "", "measure: String should have at least 1 character"),
        ("area", "UZB", "area: String should match pattern '^[A-Z]{2}$', found \"UZB\""),
        ("area", "001", "area: String should match pattern '^[A-Z]{2}$', found \"001\""),
        ("partner", "kz", "partner: String should match pattern '^([A-Z]{2}|001)?$', found \"kz\""),
        ("flow", "exports", "flow: Input should be '', 'export', 'import' or 'turnover', found \"exports\""),
        ("year", "1799", 'year: Input should be greater than or equal to 1800, found "1799"'),
        ("year", "2018-01", "year: Input should be a valid integer, unable to parse string as an integer"),
        ("comparator", "==", "comparator: Input should be '=', '>', '>=', '<', '<=' or '~', found \"==\""),
        ("value", "many", 'value: "many" is not a number'),
        ("value", "", 'value: "" is not a number'),
        ("value", "1/0", 'value: "1/0" is not a number'),
        ("value", "nan", 'value: "nan" is not a number'),
        ("value", "inf", 'value: "inf" is not a number'),
        ("value", "1 000", 'value: "1 000" is not a number'),
        ("precision", "-1", "precision: Input should be greater than or equal to 0"),
        ("precision", "", 'precision: "" is not a number'),
        ("unit", "milion USD", 'unit: "milion USD": did you mean "million USD"?'),
        ("unit", "", 'unit: "": allowed: billion USD, date, index, item'),
        (
            "status",
            "offical",
            "status: Input should be 'official', 'press', 'superseded', 'doubtful' or 'modelled', found \"offical\"",
        ),
        ("origin", "ofice", 'origin: "ofice": did you mean "office"?'),
        ("origin", "zzz", 'origin: "zzz": allowed: office, paper'),
        ("origin", "", "origin: none is given"),
    ],
)
def test_a_field_that_cannot_be_is_named_with_its_line(tmp_path: Path, field: str, found: str, said: str) -> None:
    put(tmp_path, {"year": "2017"}, {"note": '"one\nnote over two lines"', "year": "2016"}, {field: found})
    message = refusal(tmp_path)
    assert message.startswith(f"series.csv\n  - line 5: {said}")
    assert message.endswith(f"\n{NEEDED}")
    assert message.count("\n") == 2


def test_every_wrong_row_of_a_table_is_named(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"value": "a", "unit": "kg"},
        {"year": "2019"},
        {"year": "2020", "origin": ""},
        {"flow": "?", "origin": "papr"},
    )
    assert refusal(tmp_path) == (
        "series.csv\n"
        '  - line 2: unit: "kg": allowed: ' + ", ".join(sorted(UNITS)) + "\n"
        '  - line 2: value: "a" is not a number\n'
        "  - line 4: origin: none is given\n"
        "  - line 5: flow: Input should be '', 'export', 'import' or 'turnover', found \"?\"\n"
        '  - line 5: origin: "papr": did you mean "paper"?\n' + NEEDED
    )


@pytest.mark.parametrize("count", [1, 2, 12, 14, 20])
def test_a_row_with_too_few_or_too_many_fields(tmp_path: Path, count: int) -> None:
    put(tmp_path)
    with (tmp_path / "series.csv").open("a") as file:
        file.write(",".join(["trade"] * count) + "\n")
    assert refusal(tmp_path) == f"series.csv\n  - line 2: it has {count} fields; described are 13\n{NEEDED}"


def test_a_file_that_is_not_there_is_named_with_what_it_would_hold(tmp_path: Path) -> None:
    (put(tmp_path) / "series.csv").unlink()
    record = read_reference(tmp_path)
    assert {Path(name).name: held for name, held in record.absent.items()} == {"series.csv": "what series.csv holds"}
    assert record.origins.keys() == ORIGINS.keys()


def test_a_file_that_need_not_be_there_is_not_named(tmp_path: Path) -> None:
    assert read_reference(put(tmp_path)).absent == {}


def test_a_record_that_is_not_there_is_named(tmp_path: Path) -> None:
    record = read_reference(tmp_path / "none")
    assert record == Reference(absent={f"{tmp_path}/none/{DESCRIPTION}": ""})


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "5", "null", '"text"', "{}", '{"resources": 5}', '{"resources": {"a": 1}}',
        '{"resources": [{"path": "a.csv"}]}', '{"resources": [{"path": "a.csv", "title": "", "schema": {}}]}',
        '{"resources": [], "origins": []}', '{"resources": [], "groupings": 5}', '{"resources": [], "origins": null}',
        '{"resources": [{"path": 5, "title": "", "schema": {"fields": []}}]}',
    ],
)  # fmt: skip
def test_a_description_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / DESCRIPTION).write_text(text)
    message = refusal(tmp_path)
    assert message.startswith(f"{DESCRIPTION}\n  - not a Data Package with resources, paths, titles and fields: ")
    assert message.endswith("\nRestore the file.")


def test_a_description_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / DESCRIPTION).write_bytes('{"title": "Ўзбекистон"}'.encode("cp1251"))
    assert refusal(tmp_path).startswith(f"{DESCRIPTION}\n  - not a Data Package")


@pytest.mark.parametrize("lacking", list(ORIGIN))
def test_an_origin_that_lacks_something(tmp_path: Path, lacking: str) -> None:
    lame = {name: value for name, value in ORIGIN.items() if name != lacking}
    assert refusal(put(tmp_path, origins={"office": lame})) == (
        f"{DESCRIPTION}\n  - origin office: {lacking}: is missing\n"
        "Say of each origin who made it, when, and on what terms."
    )


def test_all_that_is_wrong_with_origins_and_groupings_is_named(tmp_path: Path) -> None:
    origins = {"a": {**ORIGIN, "licence": "", "colour": "red"}, "b": {**ORIGIN, "date_accessed": "2.1.2020"}, "c": 5}
    message = refusal(put(tmp_path, origins=origins, groupings={"cis": {"always": []}}))
    for said in (
        "origin a: licence: String should have at least 1 character",
        "origin a: colour: is not known",
        "origin b: date_accessed: String should match pattern",
        "origin c: ",
        "grouping cis: always: ",
    ):
        assert f"\n  - {said}" in message
    assert len(message.splitlines()) == 7


def test_other_columns_than_described(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "series.csv").write_text(table(columns=COLUMNS.replace("area,partner", "partner,area")))
    first, found, described, then = refusal(tmp_path).splitlines()
    assert (first, then) == ("series.csv", "Restore its first line.")
    assert found.startswith("  - its columns are measure, partner, area,")
    assert described.startswith("  - described are measure, area, partner,")


def test_an_empty_table(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "series.csv").write_text("")
    assert "  - its columns are none\n" in refusal(tmp_path)


def test_a_table_that_is_not_utf_8(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "series.csv").write_bytes(table({"note": "é"}).encode("latin-1"))
    at = len(table({"note": ""})) - 1
    assert refusal(tmp_path) == f"series.csv\n  - not UTF-8 at byte {at}\nSave it as UTF-8."


def test_a_table_that_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "series.csv").write_text(table({}), encoding="utf-8-sig")
    assert len(read_reference(tmp_path).observations) == 1


def test_a_year_given_twice(tmp_path: Path) -> None:
    put(tmp_path, {}, {"year": "2019"}, {"value": "6"}, {"origin": "paper"}, {"flow": "import"})
    assert refusal(tmp_path) == (
        f"series.csv\n  - line 4: trade export UZ–KZ in 2018 stands in line 2 already\n{SOURCE}"
    )


def flows(export: str, imported: str, turnover: str, **more: str) -> list[dict[str, str]]:
    given = {"export": export, "import": imported, "turnover": turnover}
    return [{"flow": flow, "value": value, "precision": "0.1", **more} for flow, value in given.items()]


def test_a_turnover_that_is_not_exports_plus_imports(tmp_path: Path) -> None:
    put(tmp_path, *flows("1.5", "2.5", "4.3"), *flows("1.5", "2.5", "3.7", year="2019"))
    assert refusal(tmp_path) == (
        "series.csv\n"
        "  - line 4: turnover of 4,300,000 USD; exports and imports make 4,000,000\n"
        f"  - line 7: turnover of 3,700,000 USD; exports and imports make 4,000,000\n{SOURCE}"
    )


@pytest.mark.parametrize("turnover", ["3.9", "4.0", "4.1"])
def test_a_turnover_within_rounding_is_accepted(tmp_path: Path, turnover: str) -> None:
    assert len(read_reference(put(tmp_path, *flows("1.5", "2.5", turnover))).observations) == 3


def test_a_turnover_is_not_held_against_another_origins_flows(tmp_path: Path) -> None:
    rows = flows("1.5", "2.5", "9.0")
    rows[0]["origin"] = "paper"
    assert len(read_reference(put(tmp_path, *rows)).observations) == 3


@pytest.mark.parametrize("value", [str(5 * LARGEST_STEP), decimal_text(Fraction(5, LARGEST_STEP)), "-5000"])
def test_a_hundredfold_step(tmp_path: Path, value: str) -> None:
    message = refusal(put(tmp_path, {"year": "2020", "value": value}, {"year": "2019"}))
    assert "  - line 2: trade export UZ–KZ is 5,000,000 in 2019 and " in message
    assert message.endswith(f" in 2020 USD; is one of them in another unit?\n{SOURCE}")


@pytest.mark.parametrize("value", [str(5 * LARGEST_STEP - 1), "0.051", "0", "-6"])
def test_a_smaller_step(tmp_path: Path, value: str) -> None:
    assert len(read_reference(put(tmp_path, {"year": "2020", "value": value}, {"year": "2019"})).observations) == 2


def test_several_problems_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    put(tmp_path, *flows("1.5", "2.5", "4.3"), {"precision": "0.1"}, {"year": "2019", "value": "9000"})
    assert [line[:10] for line in refusal(tmp_path).splitlines()[1:-1]] == ["  - line 5", "  - line 4", "  - line 6"]


def test_a_measure_in_two_units(tmp_path: Path) -> None:
    put(tmp_path, {}, {"origin": "paper", "unit": "percent"}, {"measure": "cpi", "unit": "index"})
    assert refusal(tmp_path) == "the folder\n  - trade is in USD and in ratio\nGive each measure in one unit."


def test_millions_and_billions_are_one_unit(tmp_path: Path) -> None:
    put(tmp_path, {"value": "5"}, {"origin": "paper", "unit": "billion USD", "value": "0.005", "precision": "0.001"})
    first, second = read_reference(tmp_path).observations
    assert first.estimate.value == second.estimate.value


def test_statements_are_read(tmp_path: Path) -> None:
    dated = {"kind": "date", "value": "1991-12-21", "unit": "date", "precision": "0", "period": "1991-12-21"}
    record = read_reference(state(tmp_path, {"base_period": "2016", "period": "2017-01/2017-06"}, dated))
    level, date = record.statements
    assert level.estimate == as_printed(Fraction(2 * 10**9), Fraction(10**9), "=", "half-unit")
    assert (level.unit, level.date, level.status) == ("USD", None, "reported")
    assert (str(level.period), str(level.base_period)) == ("2017-01/2017-06", "2016")
    assert (date.estimate, date.unit, str(date.date)) == (None, "date", "1991-12-21")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"period": "2017-13"}, 'period: "2017-13" is not ISO 8601; allowed: 2017, 2017-03, 2017-03-22, 2017-Q1'),
        ({"base_period": "2017/2016"}, 'base_period: it ends before it starts, found "2017/2016"'),
        ({"unit": "date", "value": "soon"}, 'value: "soon" is not ISO 8601'),
        ({"unit": "date", "value": ""}, 'value: "" is not ISO 8601'),
        ({"value": "1991-12-21"}, 'value: "1991-12-21" is not a number'),
        ({"value": ""}, 'value: "" is not a number'),
        ({"kind": "levels"}, "kind: Input should be 'level', 'change',"),
        ({"subject": ""}, "subject: String should have at least 1 character"),
        ({"origin": "papr"}, 'origin: "papr": did you mean "paper"?'),
    ],
)
def test_a_statement_that_cannot_be(tmp_path: Path, row: dict[str, str], said: str) -> None:
    message = refusal(state(tmp_path, {}, row))
    assert message.startswith(f"stated.csv\n  - line 3: {said}")
    assert message.count("  - ") == 1


def test_series_are_listed_by_origin_official_ones_first(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"origin": "paper", "status": "press"},
        {"year": "2019"},
        {"value": "6"},
        {"area": "KZ", "partner": "UZ", "value": "7"},
        {"flow": "import", "value": "8"},
    )
    listed = read_reference(tmp_path).series("trade", "UZ", "KZ", "export")
    assert [(one.origin, one.status, list(one.figures)) for one in listed] == [
        ("office", "official", [2018, 2019]),
        ("paper", "press", [2018]),
    ]
    assert listed[0].figures[2018].estimate.value == 6 * 10**6


def test_a_turnover_is_the_origins_own_or_its_exports_plus_imports(tmp_path: Path) -> None:
    rows = [*flows("1.5", "2.5", "4.1"), *flows("2.0", "3.0", "0", year="2019")[:2], {"year": "2020"}]
    (series,) = read_reference(put(tmp_path, *rows)).series("trade", "UZ", "KZ", "turnover")
    assert {year: one.estimate.value for year, one in series.figures.items()} == {2018: 4100000, 2019: 5000000}
    made = series.figures[2019].estimate.range
    assert made == Interval(Fraction(4900000), Fraction(5100000))
    assert series.figures[2019].flow == "turnover"


def test_nothing_is_listed_of_what_is_not_there(tmp_path: Path) -> None:
    record = read_reference(put(tmp_path, {}))
    assert record.series("trade", "UZ", "001", "export") == record.series("population", "UZ") == []


def test_a_group_stands_for_each_set_of_members_from_the_fewest() -> None:
    group = Grouping(always=("AM", "AZ"), sometimes={"GE": "left", "TM": "associate"})
    assert list(group.members()) == [
        ("AM", "AZ"),
        ("AM", "AZ", "GE"),
        ("AM", "AZ", "TM"),
        ("AM", "AZ", "GE", "TM"),
    ]
    assert list(Grouping(always=("AM",)).members()) == [("AM",)]


def test_the_files_of_a_record_are_its_tables_and_its_description(tmp_path: Path) -> None:
    (state(tmp_path) / "notes.txt").write_text("")
    assert [path.name for path in files_of(tmp_path)] == [DESCRIPTION, "series.csv", "stated.csv"]


@pytest.fixture(scope="module")
def shipped() -> Reference:
    return read_reference(resolve("data/reference"))


def used_by(record: Reference) -> set[str]:
    return {one.origin for one in record.observations} | {one.origin for one in record.statements}


def test_the_shipped_record_is_whole(shipped: Reference) -> None:
    assert shipped.absent == {}
    assert len(shipped.statements) > 30
    count = sum(
        1
        for path in resolve("data/reference").glob("*.csv")
        for _ in csv.DictReader(path.read_text("utf-8").splitlines())
    )
    assert len(shipped.observations) + len(shipped.statements) == count


def test_every_shipped_figure_has_an_origin_that_says_all(shipped: Reference) -> None:
    needed = [name for name, field in Origin.model_fields.items() if field.is_required()]
    for used in used_by(shipped):
        origin = shipped.origins[used]
        assert [name for name in needed if not getattr(origin, name).strip()] == []


def test_every_shipped_origin_is_used(shipped: Reference) -> None:
    assert shipped.origins.keys() == used_by(shipped)


def test_uzbek_turnover_with_kazakhstan_is_exports_plus_imports_in_every_year(shipped: Reference) -> None:
    parts = {
        flow: {
            one.year: one.estimate.value or Fraction(0)
            for one in shipped.observations
            if (one.origin, one.partner, one.flow) == ("uz-statistics", "KZ", flow)
        }
        for flow in ("export", "import", "turnover")
    }
    assert parts["turnover"].keys() == parts["export"].keys() == parts["import"].keys()
    assert list(parts["turnover"]) == list(range(min(parts["turnover"]), max(parts["turnover"]) + 1))
    # Each is printed to a thousand dollars, so three of them meet within one and a half of those.
    for year, turnover in parts["turnover"].items():
        assert abs(turnover - parts["export"][year] - parts["import"][year]) <= 1500, year


@pytest.mark.parametrize("measure", ["population", "employment_rate", "population_15plus"])
def test_shipped_groups_are_countries_of_the_record(shipped: Reference, measure: str) -> None:
    areas = {one.area for one in shipped.observations if one.measure == measure}
    assert set(shipped.groupings["cis"].always) <= areas


RULE = {"statistics": {"reliability": "high", "what": "tables"}, "press": {"reliability": "medium", "what": "papers"}}


def test_sources_of_one_kind_are_alike_in_reliability(tmp_path: Path) -> None:
    assert read_reference(put(tmp_path, {}, reliability=RULE)).origins["paper"].reliability == "medium"
    raised = {**ORIGINS, "other": {**ORIGINS["paper"], "reliability": "high"}}
    told = refusal(put(tmp_path, {}, reliability=RULE, origins=raised))
    assert 'origin other: reliability "high"; those of kind press are medium' in told


def test_a_source_in_a_folder_of_its_own_is_held_to_the_same_rule(tmp_path: Path) -> None:
    put(tmp_path, {}, reliability=RULE)
    (tmp_path / "mine").mkdir()
    put(tmp_path / "mine", origins={"mine": {**ORIGIN, "reliability": "low"}}, resources=[])
    assert 'reliability "low"' in refusal(tmp_path)


def test_the_rule_that_is_shipped_names_every_kind_and_every_origin_keeps_it() -> None:
    rule = json.loads((resolve("data/reference") / DESCRIPTION).read_text(encoding="utf-8"))["reliability"]
    shipped = read_reference(resolve("data/reference"))
    assert {origin.kind for origin in shipped.origins.values()} <= set(rule) == set(get_args(OriginKind))
    assert all(entry["what"] for entry in rule.values())


@pytest.mark.parametrize("allowance", ["many", ""])
def test_what_figures_may_be_off_by_is_a_number(tmp_path: Path, allowance: str) -> None:
    origins = {**ORIGINS, "model": {**ORIGIN, "allowance": allowance}}
    assert "allowance" in refusal(put(tmp_path, {}, origins=origins))


def test_who_was_in_a_group_in_a_year_is_on_record_with_its_source() -> None:
    shipped = read_reference(resolve("data/reference"))
    group = shipped.groupings["cis"]
    assert {entry.source for entry in group.membership.values()} <= set(shipped.origins)
    always, twelve = group.always, (*group.always, *group.sometimes)
    assert [group.allows(twelve, year) for year in (1996, 2009, 2010)] == [True, True, False]
    assert group.allows((*always, "MD", "TM"), 2024)
    assert not group.allows((*always, "MD", "TM", "UA"), 2019)
    assert not group.allows((*always, "MD", "UA"), 2004)
