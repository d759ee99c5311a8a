"""The README: every command in it is run, and what it says of the parameters is what the package says."""

import json
import re
import shlex
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from conftest import DEFAULT, Project
from dalil.project import resolve
from dalil.run.documents import out_of_date
from dalil.tables.facts import read_facts
from dalil.wording.catalogue import Wording

README = resolve("README.md")

COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.strip().splitlines()
]

# conda is no part of what the project installs; test_environment.py holds its file against the lock.
ELSEWHERE = ["conda env create --file environment.yml", "conda activate dalil"]
# These run this very test: what they would run is looked at instead.
THIS = ["make check", "make test", "make test-browser"]
# What comes of it is looked at in test_notebook_files.py and test_package.py.
NOTEBOOK = "make notebook NAME=mine"
# These are run in test_new.py, and the last one's way in test_adding.py.
OWN = [
    "dalil new my my.txt",
    "dalil new ellery examples/en.html",
    "dalil report",
    "dalil reference add worldbank:SP.POP.TOTL --country KAZ --years 1995:2024 --measure population",
]
AMOUNT = (
    'python -c "from dalil.numbers import printed; '
    "print(printed('2', 'USD', name='level') / (1 + printed('0.312', 'ratio', name='growth')))\""
)


# Written for any terminal; a test's environment is the locked one already.
IN_PLACE = "python3 tools/environment.py -m"
ALONE = f"{IN_PLACE} papermill notebooks/02-growth-rates.ipynb out.ipynb -p rounding exact -p run alone"
EXPORTS = [f"{IN_PLACE} nbconvert --to {kind} out.ipynb" for kind in ("typst-pdf", "dalil-html")]

# What the README leaves to the reader's own file.
MY_PARAMETERS = """\
rounding: exact
base_growth: 0.5
scenario_rates: [-0.2, 0]
target_years: [2019, 2022]
figure_formats: [pdf]
run: mine
"""


def works(project: Project, command: str) -> None:
    before = project.bytes_of(DEFAULT)
    project.run("bash", "-c", command)
    assert project.bytes_of(DEFAULT) == before


def facts_of(project: Project, run: str = "", part: str = "facts.json") -> dict[str, dict[str, str]]:
    path = project.root / (f"report/runs/{run}" if run else "") / "data/processed" / part
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_every_command_is_run_by_a_test_below() -> None:
    assert list(dict.fromkeys(COMMANDS)) == [
        "make report",
        'make report SET="language=ru"',
        "make report-all",
        *ELSEWHERE,
        'make report SET="scenario_rates=[0.1,0.2] rounding=exact"',
        "make report PARAMS=my.yml",
        'make report SET="target_years=[2019,2022]" RUN=later',
        ALONE,
        *EXPORTS,
        NOTEBOOK,
        "make claims ARTICLE=my.txt",
        "make review ARTICLE=my.txt",
        "make report ARTICLE=my.txt CLAIMS=my.claims.yml RUN=my",
        "make report ARTICLE=examples/ru.md CLAIMS=examples/ru.claims.yml RUN=example",
        *OWN,
        "python -m dalil read my.txt --language uz --format jsonl",
        AMOUNT,
        "make help",
        *THIS,
    ]


@pytest.mark.parametrize("command", ["make report", "make help", "make parameters", NOTEBOOK, *THIS])
def test_a_command_without_choices_works(project: Project, command: str) -> None:
    works(project, command.replace("make", "make --dry-run") if command in THIS else command)


@pytest.mark.slow
def test_parameters_can_be_set_and_the_default_report_comes_back(project: Project) -> None:
    before = project.bytes_of(DEFAULT)
    project.run("bash", "-c", 'make report SET="scenario_rates=[0.1,0.2] rounding=exact"')
    projected = facts_of(project)["projected_2018"]
    assert projected["low"] == projected["high"] == "2624000000"
    project.run("make", "report")
    assert project.bytes_of(DEFAULT) == before


@pytest.mark.slow
def test_the_report_can_be_told_in_another_language_alone_and_in_all(project: Project) -> None:
    # All of them are made, and looked at, in test_languages.py.
    assert "--all-languages" in project.run("make", "--dry-run", "report-all").stdout
    before = project.bytes_of(("report/report.html", "report/report.en.*"))
    project.run("bash", "-c", 'make report SET="language=ru"')
    russian = project.bytes_of(("report/report.ru.html", "report/report.html"))
    assert russian["report/report.html"] == russian["report/report.ru.html"]
    assert '<html lang="ru">' in russian["report/report.html"].decode()
    project.run("make", "report")
    assert project.bytes_of(("report/report.html", "report/report.en.*")) == before


@pytest.mark.slow
def test_a_file_of_odd_parameters_makes_a_report_of_its_own(project: Project) -> None:
    (project.root / "my.yml").write_text(MY_PARAMETERS, encoding="utf-8")
    works(project, "make report PARAMS=my.yml")
    facts = facts_of(project, "mine")
    assert facts["projected_2019"]["value"] == facts["projected_2019"]["low"] == "4500000000"
    assert facts["arrival_2022"]["value"] == "2020"
    assert facts["required_cagr_2022"]["low"] == facts["required_cagr_2022"]["high"]
    home = project.root / "report/runs/mine"
    assert {path.suffix for path in (home / "figures").iterdir()} == {".svg", ".pdf"}
    page = (home / "report.html").read_text(encoding="utf-8")
    assert "never at this rate" in page
    assert "-0.2, 0.0" in page
    assert "exact fits" not in page
    assert BeautifulSoup(page, "html.parser").select("#table-short tbody tr")
    assert (home / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_a_named_run_is_kept_apart(project: Project) -> None:
    works(project, 'make report SET="target_years=[2019,2022]" RUN=later')
    assert "gap_2019" in facts_of(project, "later")


@pytest.mark.slow
def test_an_article_of_ones_own(project: Project) -> None:
    text = "Eksport 2023-yilda 2 mlrd dollarga yetdi. 2024-yilda u 5 foizga kamaydi."
    (project.root / "my.txt").write_text(text, encoding="utf-8")
    drafted = project.run("bash", "-c", "make claims ARTICLE=my.txt")
    assert "my.claims.yml: 2 claims to review" in drafted.stdout
    again = project.run("bash", "-c", "make claims ARTICLE=my.txt", check=False)
    assert "there is a claims file already" in again.stderr
    works(project, "make report ARTICLE=my.txt CLAIMS=my.claims.yml RUN=my")
    page = BeautifulSoup((project.root / "report/runs/my/report.html").read_text(encoding="utf-8"), "html.parser")
    for note in page.select("sup.note"):
        note.decompose()
    assert "2 claims were drafted by a program and have not been reviewed" in " ".join(page.get_text().split())
    listed = project.run("bash", "-c", "python -m dalil read my.txt --language uz --format jsonl")
    values = [json.loads(line)["value"] for line in listed.stdout.splitlines()]
    assert values == ["2023", "2000000000", "2024", "0.05"]


def test_an_amount_shows_what_the_readme_says() -> None:
    said = README.read_text(encoding="utf-8").partition(AMOUNT)[2].partition("```text\n")[2].partition("```")[0]
    command = [sys.executable, *shlex.split(AMOUNT)[1:]]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == said


def test_a_notebook_runs_alone_with_papermill(project: Project) -> None:
    works(project, ALONE)
    needed = facts_of(project, "alone", "facts/02-growth-rates.json")["required_growth_2018"]
    assert needed["low"] == needed["high"] == "0.5"
    for export in EXPORTS:
        project.run("bash", "-c", export)
    assert (project.root / "out.pdf").read_bytes().startswith(b"%PDF")
    assert "rounding" in (project.root / "out.html").read_text(encoding="utf-8")


def test_what_the_readme_says_was_found_is_what_the_report_finds(built: Project) -> None:
    text = README.read_text(encoding="utf-8").partition("## What it found")[2].partition("\n## ")[0]
    stated = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text))
    facts, words = read_facts(built.root / "data/processed/facts.json"), Wording("en")
    found = ["trade_growth_2017_uz", *(f"trade_{year}_{end}" for year in (2018, 2020) for end in ("uz", "kz"))]
    found += ["target_2018_first_met", "trade_2022_kz", "trade_growth_2017_kz_low", "trade_growth_2017_kz_high"]
    worked_out = {words.known(facts[name].estimate, facts[name].unit).split()[0].strip("$%") for name in found}
    # What the article gives, and years of the record that are told of.
    printed = {"2", "2017", "31.2", "3", "2018", "5", "2020", "2013", "2014", "2022"}
    assert stated == worked_out | printed


def test_the_generated_documents_are_up_to_date() -> None:
    assert out_of_date() == []
