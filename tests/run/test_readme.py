"""The README: every command in it is run, and what it says of the parameters is what the package says."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from conftest import Project
from dalil.project import resolve
from dalil.run.documents import out_of_date

README = resolve("README.md")
pytestmark = pytest.mark.xdist_group("report")

COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.strip().splitlines()
]

# conda is no part of what the project installs; test_environment.py holds its file against the lock.
ELSEWHERE = ["conda env create --file environment.yml", "conda activate dalil"]
# These run this very test: what they would run is looked at instead.
THIS = ["make check", "make test", "make test-browser"]


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
    before = project.bytes_of(("report/report.*", "data/processed/**/*.*", "figures/*.*"))
    project.run("bash", "-c", command)
    assert project.bytes_of(("report/report.*", "data/processed/**/*.*", "figures/*.*")) == before


def facts_of(project: Project, run: str, part: str = "facts.json") -> dict[str, dict[str, str]]:
    path = project.root / "report/runs" / run / "data/processed" / part
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
        "papermill notebooks/02-growth-rates.ipynb out.ipynb -p rounding exact -p run alone",
        "make claims ARTICLE=my.txt",
        "make report ARTICLE=my.txt CLAIMS=my.claims.yml RUN=my",
        "make report ARTICLE=examples/ru.md CLAIMS=examples/ru.claims.yml RUN=example",
        "python -m dalil read my.txt --language uz --format jsonl",
        "make help",
        *THIS,
    ]


@pytest.mark.parametrize("command", ["make report", "make help", "make parameters", *THIS])
def test_a_command_without_choices_works(built: Project, command: str) -> None:
    works(built, command.replace("make", "make --dry-run") if command in THIS else command)


def test_parameters_can_be_set_and_the_default_report_comes_back(built: Project) -> None:
    before = built.bytes_of(("report/report.*",))
    built.run("bash", "-c", 'make report SET="scenario_rates=[0.1,0.2] rounding=exact"')
    facts = json.loads((built.root / "data/processed/facts.json").read_text(encoding="utf-8"))
    assert facts["projected_2018"]["low"] == facts["projected_2018"]["high"] == "2624000000"
    assert built.bytes_of(("report/report.*",)) != before
    built.run("make", "report")
    assert built.bytes_of(("report/report.*",)) == before


def test_the_report_can_be_told_in_another_language_alone_and_in_all(built: Project) -> None:
    # All of them are made, and looked at, in test_languages.py.
    assert "--all-languages" in built.run("make", "--dry-run", "report-all").stdout
    before = built.bytes_of(("report/report.html", "report/report.en.*"))
    built.run("bash", "-c", 'make report SET="language=ru"')
    russian = built.bytes_of(("report/report.ru.html", "report/report.html"))
    assert russian["report/report.html"] == russian["report/report.ru.html"]
    assert '<html lang="ru">' in russian["report/report.html"].decode()
    built.run("make", "report")
    assert built.bytes_of(("report/report.html", "report/report.en.*")) == before


def test_a_file_of_odd_parameters_makes_a_report_of_its_own(built: Project) -> None:
    (built.root / "my.yml").write_text(MY_PARAMETERS, encoding="utf-8")
    works(built, "make report PARAMS=my.yml")
    facts = facts_of(built, "mine")
    assert facts["projected_2019"]["value"] == facts["projected_2019"]["low"] == "4500000000"
    assert facts["arrival_2022"]["value"] == "2020"
    assert facts["required_cagr_2022"]["low"] == facts["required_cagr_2022"]["high"]
    home = built.root / "report/runs/mine"
    assert {path.suffix for path in (home / "figures").iterdir()} == {".svg", ".pdf"}
    page = (home / "report.html").read_text(encoding="utf-8")
    assert "never at this rate" in page
    assert "-0.2, 0.0" in page
    assert "exact fits" not in page
    findings = BeautifulSoup(page, "html.parser").select_one("main ul")
    assert findings is not None
    assert len(findings.find_all("li", recursive=False)) == 10
    assert (home / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_named_run_is_kept_apart(built: Project) -> None:
    works(built, 'make report SET="target_years=[2019,2022]" RUN=later')
    assert "gap_2019" in facts_of(built, "later")


def test_an_article_of_ones_own(built: Project) -> None:
    # Parameters of that name, as a test above has them, would be taken for what is known of the article.
    (built.root / "my.yml").unlink(missing_ok=True)
    text = "Eksport 2023-yilda 2 mlrd dollarga yetdi. 2024-yilda u 5 foizga kamaydi."
    (built.root / "my.txt").write_text(text, encoding="utf-8")
    drafted = built.run("bash", "-c", "make claims ARTICLE=my.txt")
    assert "my.claims.yml: 2 claims to review" in drafted.stdout
    again = built.run("bash", "-c", "make claims ARTICLE=my.txt", check=False)
    assert "there is a claims file already" in again.stderr
    works(built, "make report ARTICLE=my.txt CLAIMS=my.claims.yml RUN=my")
    page = BeautifulSoup((built.root / "report/runs/my/report.html").read_text(encoding="utf-8"), "html.parser")
    for note in page.select("sup.note"):
        note.decompose()
    assert "2 claims are as drafted by the reader" in " ".join(page.get_text().split())
    listed = built.run("bash", "-c", "python -m dalil read my.txt --language uz --format jsonl")
    values = [json.loads(line)["value"] for line in listed.stdout.splitlines()]
    assert values == ["2023", "2000000000", "2024", "0.05"]


def test_an_example(built: Project) -> None:
    works(built, "make report ARTICLE=examples/ru.md CLAIMS=examples/ru.claims.yml RUN=example")


def test_a_notebook_runs_alone_with_papermill(built: Project) -> None:
    works(built, "papermill notebooks/02-growth-rates.ipynb out.ipynb -p rounding exact -p run alone")
    needed = facts_of(built, "alone", "facts/02-growth-rates.json")["required_growth_2018"]
    assert needed["low"] == needed["high"] == "0.5"


def test_a_working_notebook_becomes_a_pdf(built: Project) -> None:
    built.run("jupyter", "nbconvert", "--to", "typst-pdf", "report/notebooks/02-growth-rates.ipynb", "--output", "out")
    assert (built.root / "report/notebooks/out.pdf").read_bytes().startswith(b"%PDF")
    (built.root / "report/notebooks/out.pdf").unlink()


def test_what_the_readme_says_was_found_is_what_the_report_finds(built: Project) -> None:
    text = README.read_text(encoding="utf-8").partition("## What it found")[2].partition("\n## ")[0]
    stated = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text))
    facts = json.loads((built.root / "data/processed/facts.json").read_text(encoding="utf-8"))
    found = ["trade_growth_2017_uz", *(f"trade_{year}_{end}" for year in (2018, 2020) for end in ("uz", "kz"))]
    found += ["target_2018_first_met", "target_2020_first_met"]
    worked_out = {facts[name]["display"].removeprefix("not by ").split()[0].rstrip("%") for name in found}
    printed = {"2", "2017", "31.2", "3", "2018", "5", "2020"}
    assert stated == worked_out | printed


def test_the_generated_documents_are_up_to_date() -> None:
    assert out_of_date() == []
