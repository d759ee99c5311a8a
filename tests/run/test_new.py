"""A project of one's own: made whole or not at all, and from nothing to a rating as the README shows it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from dalil.claims.claims import read_claims
from dalil.errors import InputError
from dalil.parameters import read_parameters
from dalil.project import Project, resolve
from dalil.reference.fitting import unused
from dalil.reference.own import read_own
from dalil.run import command_line
from dalil.run.new import new_project
from dalil.run.pipeline import check_inputs, plan
from dalil.text.article import read_article

TOWN = "In 2023 the town had 620,000 inhabitants, and unemployment was 4.2 percent. It spent $96 million."
ГОРОД = "В 2023 году в городе проживало 84,3 тыс. человек, введено 41,5 тыс. кв. м жилья."


def put(folder: Path, name: str = "town.md", text: str = TOWN) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("is_there", [False, True])
def test_a_project_has_all_that_a_report_needs_and_says_what_to_do_next(is_there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "projects" / "mine"
    if is_there:
        folder.mkdir(parents=True)
    told = new_project(folder, put(tmp_path))
    assert files(folder) == {
        ".gitignore", "README.md", "parameters.yml", "data/raw/town.md", "data/raw/town.yml",
        "data/raw/town.claims.yml", "data/reference/reference.csv",
    }  # fmt: skip
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]
    assert (folder / "data/raw/town.md").read_text(encoding="utf-8") == TOWN
    assert told[0] == f"{folder}: a project with 3 claims, 3 of them to review"
    assert "data/raw/town.claims.yml" in told[2]
    project = Project(folder)
    inputs, notices = check_inputs(project, read_parameters(project.parameters, "", {}))
    assert (inputs.record, notices) == ((project.own_reference,), ())


def test_the_example_in_the_table_is_about_a_claim(tmp_path: Path) -> None:
    new_project(tmp_path / "mine", put(tmp_path))
    project = Project(tmp_path / "mine")
    path = project.own_reference
    text = path.read_text(encoding="utf-8")
    assert read_own(path).figures == {}
    example = next(line for line in text.splitlines() if line.endswith(",high"))
    path.write_text(f"{text}{example.removeprefix('# ').replace('…', '5')}\n", encoding="utf-8")
    article = read_article(project.root / "data/raw/town.md")
    claims = read_claims(project.root / "data/raw/town.claims.yml", article, "half-unit")
    assert len(read_own(path).figures) == 1
    assert [*unused(read_own(path), claims)] == []


@pytest.mark.parametrize(("text", "language"), [(TOWN, "en"), (ГОРОД, "ru"), ("No number.", "en")])
def test_the_report_is_told_in_the_language_of_the_article(text: str, language: str, tmp_path: Path) -> None:
    new_project(tmp_path / "mine", put(tmp_path, "a.txt", text))
    assert read_parameters(tmp_path / "mine/parameters.yml", "", {}).language == language


def test_claims_and_record_beside_the_article_are_taken_along(tmp_path: Path) -> None:
    told = new_project(tmp_path / "mine", resolve("examples/en.html"))
    assert "28 claims, 0 of them to review" in told[0]
    for name in ("en.html", "en.yml", "en.claims.yml"):
        assert (tmp_path / "mine/data/raw" / name).read_bytes() == resolve(f"examples/{name}").read_bytes()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    article, folder = put(tmp_path), tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"it is not empty: notes\.txt\nName a folder that is not there yet"):
        new_project(folder, article)
    with pytest.raises(InputError, match="it is a file"):
        new_project(article, article)
    assert files(tmp_path) == {"town.md", "mine/notes.txt"}


@pytest.mark.parametrize(("name", "text"), [("none.txt", None), ("a.txt", ""), ("a.yml", TOWN)])
def test_where_the_article_cannot_be_used_nothing_is_made(name: str, text: str | None, tmp_path: Path) -> None:
    if text is not None:
        put(tmp_path, name, text)
    before = files(tmp_path)
    with pytest.raises(InputError):
        new_project(tmp_path / "mine", tmp_path / name)
    assert (files(tmp_path), [*tmp_path.glob("*mine*")]) == (before, [])


def test_the_command_says_what_is_wrong_in_one_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["new", str(tmp_path / "mine"), str(tmp_path / "none.txt")]) == 2
    assert capsys.readouterr().err.count("dalil:") == 1


def test_a_table_that_comes_to_be_there_is_something_new_to_a_report(tmp_path: Path) -> None:
    new_project(tmp_path / "mine", put(tmp_path))
    project = Project(tmp_path / "mine")
    kept = project.own_reference.read_text(encoding="utf-8")
    project.own_reference.unlink()
    used, _ = plan(project, read_parameters(project.parameters, "", {})).traces()
    before = used.digest(project)
    project.own_reference.write_text(kept, encoding="utf-8")
    assert used.digest(project) != before


@pytest.mark.slow
def test_from_nothing_to_a_rating_as_the_readme_shows_it(tmp_path: Path) -> None:
    readme = resolve("README.md").read_text(encoding="utf-8")
    (rows,) = re.findall(r"```csv\n(.*?)```", readme, re.DOTALL)
    assert "dalil new ellery examples/en.html" in readme
    told = new_project(tmp_path / "ellery", resolve("examples/en.html"))
    assert any("dalil report" in line for line in told)
    folder = tmp_path / "ellery"
    with (folder / "data/reference/reference.csv").open("a", encoding="utf-8") as table:
        table.write(
            rows + "ferries,Port Ellery,2023,8,item,Ellery Courier,,,medium\nferry,Port Ellery,2023,8,item,X,,,low\n"
        )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DALIL_"))}
    done = subprocess.run(
        [sys.executable, "-m", "dalil", "report"], cwd=folder, env={**kept, "PYTHONPATH": str(resolve("src"))},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    last = len((folder / "data/reference/reference.csv").read_text(encoding="utf-8").splitlines())
    assert f'reference.csv, line {last}: not used; no claim has the measure "ferry"' in done.stdout
    page = BeautifulSoup((folder / "report/report.html").read_text(encoding="utf-8"), "html.parser")
    said = {row.th.get_text(): row.get_text(" ", strip=True) for row in page.select("#table-claims tbody tr") if row.th}

    def verdict(words: str) -> str:
        (text,) = (" ".join(text.split()) for claim, text in said.items() if words in " ".join(claim.split()))
        return text

    assert verdict("(48.6 million people)").endswith("Right")
    assert "Differs: 3.6%" in verdict("(7.5%)")
    assert verdict("(7.5%)").endswith("Too high")
    assert verdict("(412)").endswith("Likely right")
    assert "Transport Statistics Office (2024)" in verdict("(7.5%)")
