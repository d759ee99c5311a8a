"""Parameters have one list of names, types and ranges, and a run with a wrong one is refused before it starts."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from yaml import safe_load

from dalil.errors import InputError
from dalil.parameters import Parameters, about, checked, json_schema, notebook_line, parse_settings, read_parameters
from dalil.project import Project

NAMES = list(Parameters.model_fields)


def refusal(where: object, *problems: str) -> str:
    """Match an error that names a place and lists exactly these problems."""
    return re.escape(f"{where}\n") + "".join(f"  - {re.escape(problem)}[^\n]*\n" for problem in problems) + r"\w"


def write(folder: Path, text: str) -> Path:
    """Write a parameters file."""
    path = folder / "mine.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_are_those_of_the_file() -> None:
    in_file = safe_load(Project.find().parameters.read_text(encoding="utf-8"))
    defaults = {name: field.default for name, field in Parameters.model_fields.items()}
    assert {name: list(v) if isinstance(v, tuple) else v for name, v in defaults.items()} == {"run": "", **in_file}
    assert read_parameters() == checked({}) == Parameters()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("article", "other.txt"),
        ("claims", "other.yml"),
        ("rounding", "exact"),
        ("rounding", "floor"),
        ("rounding", "ceiling"),
        ("base_growth", "stated"),
        ("base_growth", 0.3),
        ("base_growth", 0),
        ("base_growth", -0.999),
        ("base_growth", 10),
        ("scenario_rates", (0.1,)),
        ("scenario_rates", (-0.5, 0, 0.1, 0.2, 0.3, 10)),
        ("target_years", "stated"),
        ("target_years", (1900, 2200)),
        ("figure_formats", ("pdf",)),
        ("figure_formats", ("svg", "png", "pdf")),
    ],
)
def test_values_within_the_range_are_taken(name: str, value: object) -> None:
    assert getattr(checked({name: list(value) if isinstance(value, tuple) else value}), name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("article", ""),
        ("article", 5),
        ("claims", ["claims.yml"]),
        ("language", "fr"),
        ("rounding", "Exact"),
        ("rounding", "nearest"),
        ("rounding", None),
        ("base_growth", True),
        ("base_growth", "0.3"),
        ("base_growth", "31.2%"),
        ("base_growth", -1),
        ("base_growth", 11),
        ("base_growth", 10.01),
        ("base_growth", 31.2),
        ("base_growth", float("nan")),
        ("base_growth", float("inf")),
        ("base_growth", None),
        ("base_growth", [0.3]),
        ("scenario_rates", 0.1),
        ("scenario_rates", []),
        ("scenario_rates", [True]),
        ("scenario_rates", ["0.1"]),
        ("scenario_rates", [[0.1, 0.2]]),
        ("scenario_rates", [0.1, -1]),
        ("scenario_rates", [0.1, 0.2, 0.1]),
        ("scenario_rates", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]),
        ("scenario_rates", {"low": 0.1}),
        ("target_years", 2018),
        ("target_years", "2018"),
        ("target_years", [2018.0]),
        ("target_years", [2018.5]),
        ("target_years", ["2018"]),
        ("target_years", [True]),
        ("target_years", [1800]),
        ("target_years", [2201]),
        ("target_years", [[2018]]),
        ("target_years", []),
        ("figure_formats", "svg"),
        ("figure_formats", ["gif"]),
        ("figure_formats", ["png", "png"]),
        ("figure_formats", []),
    ],
)
def test_a_wrong_type_or_a_value_out_of_range_is_refused(name: str, value: object) -> None:
    facts = about(name)
    problem = f"{name}: found {value!r}; allowed: {facts['allowed']} ({facts['unit']})"
    with pytest.raises(InputError, match="^" + refusal("parameters", problem)):
        checked({name: value})


@pytest.mark.parametrize("run", ["", "a", "2020", "low-growth", "low_growth", "a-_9", "a" * 40])
def test_names_of_runs(run: str) -> None:
    assert checked({"run": run}).run == run
    assert read_parameters(shorthands={"run": run}).run == run


@pytest.mark.parametrize("run", ["2018", "7"])
def test_a_run_may_be_named_by_a_number_that_yaml_reads_as_one(tmp_path: Path, run: str) -> None:
    assert read_parameters(settings=f"run={run}").run == run
    assert read_parameters(write(tmp_path, f"run: {run}\n")).run == run
    assert checked({"run": int(run)}).run == run


@pytest.mark.parametrize(
    ("name", "value", "twice"),
    [
        ("scenario_rates", [0.1, 0.2, 0.1], "0.1"),
        ("figure_formats", ["png"] * 2, "png"),
    ],
)
def test_what_a_list_gives_twice_is_named(name: str, value: list[object], twice: str) -> None:
    with pytest.raises(InputError, match=rf"{name}: found .*; {twice} is given twice\n"):
        checked({name: value})


@pytest.mark.parametrize(
    "run", ["../x", "..", ".", "a/b", "/tmp", "a\\b", "A", "-a", "_a", "a b", "a.b", "a\n", "é", " ", "a" * 41]
)
def test_names_of_runs_that_could_lead_out_of_their_folder_are_refused(run: str) -> None:
    problem = f"run: found {run!r}; allowed: empty, or small letters, digits, - and _ (name)"
    with pytest.raises(InputError, match="^" + refusal("settings", problem)):
        read_parameters(shorthands={"run": run})


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("roundng", 'did you mean "rounding"?'),
        ("base-growth", 'did you mean "base_growth"?'),
        ("Article", 'did you mean "article"?'),
        ("zzz", "allowed: " + ", ".join(sorted(NAMES))),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known(tmp_path: Path, name: str, hint: str) -> None:
    problem = f'"{name}" is no parameter; {hint}'
    with pytest.raises(InputError, match="^" + refusal("parameters", problem)):
        checked({name: "exact"})
    with pytest.raises(InputError, match="^" + refusal("settings", problem)):
        read_parameters(settings=f"{name}=exact")
    path = write(tmp_path, f"rounding: exact\n{name}: exact\n")
    with pytest.raises(InputError, match="^" + refusal(f"{path}, line 2", problem)):
        read_parameters(path)


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    problems = ('"roundng" is no parameter', "base_growth: found -2;", "figure_formats: found ['gif'];")
    with pytest.raises(InputError, match="^" + refusal("parameters", *problems)):
        checked({"roundng": "exact", "base_growth": -2, "figure_formats": ["gif"]})
    with pytest.raises(InputError, match="^" + refusal("settings", *problems)):
        read_parameters(settings="roundng=exact base_growth=-2 figure_formats=[gif]")
    path = write(tmp_path, "roundng: exact\nbase_growth: -2\nfigure_formats: [gif]\n")
    with pytest.raises(InputError, match="^" + refusal(f"{path}, line 1", *problems)):
        read_parameters(path)


def test_a_list_with_two_wrong_entries_is_one_problem() -> None:
    with pytest.raises(InputError, match="^" + refusal("parameters", "target_years: found [1800, 2300];")):
        checked({"target_years": [1800, 2300]})


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("", {}),
        ("   ", {}),
        ("rounding=exact", {"rounding": "exact"}),
        ("  rounding=exact \n run=a ", {"rounding": "exact", "run": "a"}),
        ("scenario_rates=[0.1,0.2] rounding=exact", {"scenario_rates": [0.1, 0.2], "rounding": "exact"}),
        ("scenario_rates=[0.1, 0.2 , 0.4] run=a", {"scenario_rates": [0.1, 0.2, 0.4], "run": "a"}),
        ("scenario_rates=[ 0.1,\n 0.2 ]", {"scenario_rates": [0.1, 0.2]}),
        ("target_years=[2018, 2021]", {"target_years": [2018, 2021]}),
        ("figure_formats=[svg, 'pdf']", {"figure_formats": ["svg", "pdf"]}),
        ("base_growth=-0.05 target_years=stated", {"base_growth": -0.05, "target_years": "stated"}),
        ('article="my article.txt" claims=a=b.yml', {"article": "my article.txt", "claims": "a=b.yml"}),
    ],
)
def test_settings_are_read_from_text(text: str, settings: dict[str, Any]) -> None:
    assert parse_settings(text) == settings


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("rounding", ['"rounding" is not name=value']),
        ("rounding=", ['"rounding=" is not name=value']),
        ("exact rounding=exact", ['"exact" is not name=value']),
        ("rounding=exact rounding=exact", ['"rounding" is given twice']),
        ("run=a rounding=exact run=b", ['"run" is given twice']),
        ("nothing run=a run=b rounding=", ['"nothing" is not', '"run" is given twice', '"rounding=" is not']),
    ],
)
def test_settings_that_cannot_be_read_are_refused(text: str, problems: list[str]) -> None:
    with pytest.raises(InputError, match="^" + refusal("settings", *problems)):
        parse_settings(text)


def test_a_setting_that_is_not_yaml_is_named() -> None:
    with pytest.raises(InputError, match="^" + refusal("setting scenario_rates", "line 1: a bracket opens and none")):
        parse_settings("scenario_rates=[0.1 rounding=exact")


def test_a_file_wins_over_defaults_and_settings_over_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "rounding: floor\nbase_growth: 0.25\nscenario_rates: [0.05]\n")
    run = read_parameters(path, "rounding=exact scenario_rates=[0.1, 0.3]", {"run": "mine"})
    assert (run.rounding, run.base_growth, run.scenario_rates, run.run) == ("exact", 0.25, (0.1, 0.3), "mine")
    assert run.target_years == "stated"


def test_a_parameter_in_settings_and_as_an_option_is_given_twice() -> None:
    with pytest.raises(InputError, match="^" + refusal("settings", '"run" is given twice')):
        read_parameters(settings="run=a", shorthands={"run": "a"})


def test_a_parameter_twice_in_the_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "rounding: exact\nbase_growth: 0.1\nrounding: floor\n")
    with pytest.raises(InputError, match="^" + refusal(path, 'line 3: found duplicate key "rounding"')):
        read_parameters(path)


@pytest.mark.parametrize("text", ["- rounding\n", "rounding exact\n", "5\n"])
def test_a_file_that_lists_no_parameters_is_refused(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError, match="^" + refusal(path, "not a list of name: value")):
        read_parameters(path)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n"])
def test_an_empty_file_means_the_defaults(tmp_path: Path, text: str) -> None:
    assert read_parameters(write(tmp_path, text)) == Parameters()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="^" + refusal(tmp_path / "none.yml", "no such file")):
        read_parameters(tmp_path / "none.yml")


@pytest.mark.parametrize("name", NAMES)
def test_the_notebook_line_assigns_the_default(name: str) -> None:
    cell: dict[str, Any] = {}
    exec(notebook_line(name), cell)
    assert getattr(checked({name: cell[name]}), name) == Parameters.model_fields[name].default
    assert "\n" not in notebook_line(name)
    assert "#" not in notebook_line(name)


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_said_about_a_parameter(name: str) -> None:
    facts = about(name)
    assert set(facts) == {"unit", "allowed", "meaning", "default"}
    assert all(facts[key] for key in facts if key != "default")


def test_rates_and_years_are_exact() -> None:
    run = checked({"base_growth": 0.312, "scenario_rates": [0.1, 0.3], "target_years": [2018, 2021]})
    assert (run.growth, run.rates) == (Fraction(312, 1000), (Fraction(1, 10), Fraction(3, 10)))
    assert run.years == (2018, 2021)
    assert (Parameters().growth, Parameters().years) == (None, None)


def test_an_editor_knows_what_a_parameters_file_may_hold() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid(safe_load(Project.find().parameters.read_text(encoding="utf-8")))
    refused: list[dict[str, Any]] = [
        {"roundng": "exact"},
        {"rounding": "nearest"},
        {"base_growth": -1},
        {"target_years": []},
    ]
    for values in refused:
        assert not validator.is_valid(values)
        with pytest.raises(InputError):
            checked(values)
    first, _, _ = Project.find().parameters.read_text(encoding="utf-8").partition("\n")
    assert first == "# yaml-language-server: $schema=src/dalil/schemas/parameters.schema.json"


@pytest.mark.parametrize("name", ["base_growth", "scenario_rates"])
@pytest.mark.parametrize("rate", [1e-300, -1e-9, 9e-7])
def test_growth_too_small_to_work_with_is_refused_at_once(name: str, rate: float) -> None:
    with pytest.raises(InputError, match=rf"{name}: found .*{rate:g} is too near to zero"):
        checked({name: [rate] if name == "scenario_rates" else rate})
    assert checked({"scenario_rates": [0, 1e-6, -1e-6]}).rates == (Fraction(0), Fraction(1, 10**6), Fraction(-1, 10**6))
