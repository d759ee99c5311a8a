"""Comparing two runs: what differs is said as readers see it, in the terminal and as a page, and nothing else is."""

import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import Project
from dalil.parameters import read_parameters
from dalil.project import Project as Place
from dalil.project import Run
from dalil.report.page.comparison import differences
from dalil.report.prose.context import ReportContext
from dalil.run.command_line import main


@pytest.fixture
def two(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A project with a run ``later`` that is the default one over again, to be changed."""
    root = built.copy(tmp_path / "project").root
    project = Place(root)
    run, later = Run(project), Run(project, "later")
    for one, other in ((run.processed, later.processed), (run.figures, later.figures), (run.inputs, later.inputs)):
        shutil.copytree(one, other)
    shutil.copy(run.edition(".html"), later.edition(".html"))
    with later.parameters.open("a", encoding="utf-8") as parameters:
        parameters.write('run: "later"\n')
    monkeypatch.chdir(root)
    return project


def compared(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["compare", "default", "later"]) == 0
    return capsys.readouterr().out.splitlines()


def change(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_two_runs_with_the_same_results_say_so(two: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert compared(capsys) == ["The two runs say the same.", "", "report/compare.html"]
    assert "The two runs say the same." in (two.root / "report/compare.html").read_text(encoding="utf-8")


def test_what_differs_is_said_in_the_units_of_readers_and_nothing_else(
    two: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    later = Run(two, "later")
    facts = json.loads((later.processed / "facts.json").read_text(encoding="utf-8"))
    gap = facts["gap_2018"]
    gap["value"] = gap["low"] = gap["high"] = "-500000000"
    facts["arrival_2018"]["formula"] = "another one"
    facts["mine"] = {**gap, "unit": "ratio", "value": "0.5", "low": "0.5", "high": "0.5"}
    del facts["arrival_2020"]
    (later.processed / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    change(later.processed / "assessments.csv", "doubtful", "confirmed")
    change(later.processed / "gaps.csv", "\ntarget_2018,2018,", "\ntarget_2018,2019,")
    change(later.figures / "turnover.svg", "<svg", "<svg ")
    (later.figures / "groupings.svg").unlink()
    change(later.inputs / "parameters.en.yml", 'rounding: "half-unit"', 'rounding: "exact"')
    lines = compared(capsys)
    said = [re.sub(r"\s{2,}", " | ", line.strip()).replace("\u00a0", " ") for line in lines if line.strip()]
    assert said[0] == "the default run | later"
    assert said[1:3] == ["What was set", "rounding | half-unit | exact"]
    start, end = said.index("Numbers worked out"), said.index("Verdicts")
    assert said[start + 1 : end] == [
        "arrival_2018 | 2019 | 2019, worked out otherwise",
        "arrival_2020 | 2021 | –",
        "gap_2018 | −$0.376 bn | −$500 m",
        "mine | – | 50%",
    ]
    assert [line.rpartition(" | ")[2] for line in said[end + 1 : said.index("Tables")]] == ["right"]
    figures = said.index("Figures")
    tables = dict(line.split(" | ", 1) for line in said[said.index("Tables") + 1 : figures])
    assert set(tables) == {"assessments", "gaps"}
    assert tables["assessments"].count("of them only here: 1") == 2
    drawn = [line for line in said[figures + 1 :] if " | " in line]
    assert sorted(drawn) == ["groupings | a picture | –", "turnover | a picture | another picture"]
    # Columns stand below each other.
    first = lines[0].index("the default run")
    rows = [line for line in lines if line.startswith("  ")]
    assert all(line[first - 1] == " " and line[first] != " " for line in rows)
    page = BeautifulSoup((two.root / "report/compare.html").read_text(encoding="utf-8"), "html.parser")
    assert "−$0.376 bn" in page.get_text().replace("\u00a0", " ")
    assert len(page.select("table")) == 5


def test_it_is_told_in_the_language_of_the_runs(two: Place, capsys: pytest.CaptureFixture[str]) -> None:
    for run in (Run(two), Run(two, "later")):
        change(run.inputs / "parameters.en.yml", 'language: "en"', 'language: "ru"')
        (run.inputs / "parameters.en.yml").rename(run.inputs / "parameters.ru.yml")
        run.edition(".html").rename(run.told_in("ru").edition(".html"))
    assert "В обоих расчетах сказано одно и то же." in compared(capsys)
    Run(two, "later").told_in("ru").edition(".html").rename(Run(two, "later").edition(".html"))
    (Run(two, "later").inputs / "parameters.ru.yml").rename(Run(two, "later").inputs / "parameters.en.yml")
    assert main(["compare", "default", "later"]) == 2
    assert "default is told in ru" in capsys.readouterr().err


@pytest.mark.parametrize("names", [("default", "latr"), ("latr", "default"), ("", "later"), ("later", "../later")])
def test_a_run_that_is_not_there_is_refused_with_those_that_are(
    names: tuple[str, str], two: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *names]) == 2
    said = capsys.readouterr().err
    assert "is no run that was made" in said
    assert '"later"' in said or "default, later" in said
    assert not (two.root / "report/compare.html").exists()


def test_markup_in_what_a_run_says_is_data(two: Place) -> None:
    later = Run(two, "later")
    change(later.inputs / "parameters.en.yml", '"data/raw/claims.yml"', '"data/raw/<b>claims</b>.yml"')
    parameters = [read_parameters(run.parameters) for run in (Run(two), later)]
    one, other = (ReportContext(given, two) for given in parameters)
    (found,) = differences(one, other)["parameters"]
    assert found.other == "data/raw/<b>claims</b>.yml"
    assert main(["compare", "default", "later"]) == 0
    page = (two.root / "report/compare.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;claims" in page
    assert "<b>claims" not in page
