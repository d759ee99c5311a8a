"""One place for one thing: each is added in a copy, as CONTRIBUTING.md says, touching no other file, and works."""

import json
import re
import sys
from pathlib import Path

import pytest

from conftest import Project, copy_project
from contributing import Example, examples

LOCALES = "src/dalil/wording/locales"


@pytest.fixture
def fresh(tmp_path: Path) -> Project:
    """A copy in which nothing was made."""
    return copy_project(tmp_path / "project")


def put(project: Project, example: Example) -> None:
    """Put a worked example in its place."""
    path = project.root / example.path
    if not path.exists():
        assert not example.after
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.content, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if not example.after:
        path.write_text(f"{text}\n\n{example.content}", encoding="utf-8")
        return
    place = re.search(rf"^ *{re.escape(example.after)}\n+", text, re.MULTILINE)
    assert place, (example.path, example.after)
    path.write_text(text[: place.end()] + example.content + text[place.end() :], encoding="utf-8")


def add(project: Project, thing: str) -> None:
    """Add a thing as CONTRIBUTING.md does; words that it gives in English alone are put into the other languages."""
    given = examples(thing)
    for example in given:
        put(project, example)
        for language in ("uz", "ru") if example.path.startswith(f"{LOCALES}/en/") else ():
            other = example.path.replace("/en/", f"/{language}/")
            if other not in {one.path for one in given}:
                put(project, Example(other, example.after, example.content))


def python(project: Project, code: str) -> str:
    """Run some code in a copy, and return what it prints."""
    return project.run(sys.executable, "-c", code).stdout


def test_a_figure_is_one_file(project: Project) -> None:
    add(project, "A figure")
    code = """
from pathlib import Path
from dalil.parameters import checked
from dalil.project import Project
from dalil.report.figures import names
from dalil.report.figures.drawing.output import draw
from dalil.report.prose.context import ReportContext
for language in ("en", "ru"):
    report = ReportContext(checked({"language": language, "figure_formats": ["svg"]}), Project(Path.cwd()))
    print("claim-kinds" in names(), draw("claim-kinds", report))
"""
    english, russian = python(project, code).split("True ")[1:]
    assert "How many claims there are of each kind." in english
    assert "Claims of each kind: change" in english
    assert "Утверждения по видам: прирост" in russian
    assert project.dalil("docs").stdout.split() == ["figures/README.md"]
    for check in (["ruff", "format", "--check", "src"], ["ruff", "check", "src"], ["dalil", "docs", "--check"]):
        project.run(sys.executable, "-m", *check)
    outline = "from dalil.notebook.outline import OUTLINE; print(OUTLINE['claims'][-1])"
    assert python(project, outline) == "('claim-kinds',)\n"
    assert (project.root / "figures/claim-kinds.svg").stat().st_size > 0


def test_a_rule_is_one_function(fresh: Project) -> None:
    add(fresh, "A rule")
    code = """
from dalil.analysis.consistency import RULES, check
from dalil.claims.claims import read_claims
from dalil.project import resolve
from dalil.text.article import read_article
from dalil.wording.messages import check_messages
article = read_article(resolve("data/raw/article.uz.txt"))
claims = read_claims(resolve("data/raw/claims.yml"), article, "half-unit")
found = [finding for finding in check(claims, article) if finding.rule == "counts_are_not_negative"]
print(len(found) > 0, {finding.verdict for finding in found}, list(RULES)[-1])
for language in ("en", "uz", "ru"):
    check_messages(language)
"""
    assert python(fresh, code) == "True {'agrees'} counts_are_not_negative\n"


def test_a_parameter_is_one_field(fresh: Project) -> None:
    add(fresh, "A parameter")
    listed = fresh.dalil("parameters").stdout
    assert "how sure a range is to be" in listed
    refused = fresh.report("--set", "confidence=2", check=False)
    assert refused.returncode == 2
    assert "confidence: found 2" in refused.stderr
    code = 'from dalil.parameters import checked; print(checked({"confidence": 0.5}).confidence)'
    assert python(fresh, code) == "0.5\n"


def test_a_format_is_one_entry(fresh: Project) -> None:
    add(fresh, "A format of articles")
    (fresh.root / "my.rst").write_text("Exports grew by 5 percent in 2020.", encoding="utf-8")
    read = fresh.dalil("read", "my.rst", "--language", "en").stdout
    assert [json.loads(line)["value"] for line in read.splitlines()] == ["0.05", "2020"]
    assert "reStructuredText" in fresh.dalil("report", "--help").stdout


def test_a_language_is_one_folder_and_one_grammar(fresh: Project) -> None:
    words = (fresh.root / LOCALES / "en/messages.yml").read_text(encoding="utf-8")
    words = words.replace("locale: en_GB", "locale: kk_KZ")
    folder = fresh.root / LOCALES / "kk"
    folder.mkdir()
    (folder / "messages.yml").write_text(
        words.replace("{reported: reported,", "{reported: мәлімделген,"), encoding="utf-8"
    )
    grammars = fresh.root / "src/dalil/text/grammars"
    grammar = (grammars / "en.yml").read_text(encoding="utf-8")
    (grammars / "kk.yml").write_text(
        grammar.replace("million, millions,", "million, millions, миллион,"), encoding="utf-8"
    )
    assert "kk" in fresh.dalil("parameters").stdout
    (fresh.root / "my.txt").write_text("5 миллион", encoding="utf-8")
    read = fresh.dalil("read", "my.txt", "--language", "kk").stdout
    assert json.loads(read)["text"] == "5 миллион"
    code = """
from dalil.wording.catalogue import Wording
from dalil.wording.messages import check_messages
check_messages("kk")
print(Wording("kk").label("statuses", "reported"), Wording("kk").country("UZ"))
"""
    assert python(fresh, code) == "мәлімделген Өзбекстан\n"
    (folder / "messages.yml").write_text(words.replace("{reported: ", "{reportd: "), encoding="utf-8")
    refused = fresh.report("--set", "language=kk", check=False)
    assert refused.returncode == 2
    assert "no message statuses.reported" in refused.stderr


SOURCE = {
    "name": "my-office",
    "origins": {
        "my-office": {
            "kind": "statistics", "producer": "An office", "title": "A yearbook", "date_published": "2024",
            "date_accessed": "2026-01-02", "licence": "CC0", "citation": "An office: A yearbook.", "address": "-",
            "reliability": "high",
        }
    },
    "resources": [{"path": "rail.csv", "title": "Rail freight", "description": "Yearly.", "schema": {"fields": []}}],
}  # fmt: skip


def test_a_source_is_one_folder(fresh: Project) -> None:
    before = set(fresh.root.rglob("*"))
    fields = "measure,area,partner,flow,year,comparator,value,precision,unit,basis,status,origin,note"
    described = json.loads(json.dumps(SOURCE))
    described["resources"][0]["schema"]["fields"] = [
        {"name": name, "type": "string", "description": "-"} for name in fields.split(",")
    ]
    folder = fresh.root / "data/reference/my-office"
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    rows = [f"rail,UZ,,,{year},=,{value},1,item,,official,my-office," for year, value in ((2019, 5), (2020, 7))]
    (folder / "rail.csv").write_text("\n".join([fields, *rows]) + "\n", encoding="utf-8")
    code = """
from dalil.project import resolve
from dalil.reference.loading import files_of, read_reference
record = read_reference(resolve("data/reference"))
print([series.origin for series in record.series("rail", "UZ")], len(files_of(resolve("data/reference"))))
"""
    files = len([path for path in before if path.parent.name == "reference" and path.suffix in {".csv", ".json"}])
    assert python(fresh, code) == f"['my-office'] {files + 2}\n"
    assert {path.parent.name for path in set(fresh.root.rglob("*.csv")) - before} == {"my-office"}
    described["origins"]["un-comtrade"] = described["origins"]["uz-statistics"] = described["origins"]["my-office"]
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    refused = fresh.report(check=False)
    assert refused.returncode == 2
    assert "another folder has one of that name" in refused.stderr


@pytest.mark.slow
def test_a_notebook_is_the_notebook(project: Project) -> None:
    before = project.bytes_of(("data/processed/*.csv", "data/processed/facts.json"))
    assert project.run("make", "notebook", "NAME=mine").stdout
    (notebook,) = project.root.glob("notebooks/*-mine.ipynb")
    run = project.report().stdout
    assert notebook.stem in run
    assert "01-clean-claims" not in run
    page = (project.root / "report/report.html").read_text(encoding="utf-8")
    assert "How high do the targets reach?" in page
    after = project.bytes_of(("data/processed/*.csv",))
    assert {name: after[name] for name in after if name in before} == {
        name: content for name, content in before.items() if name.endswith(".csv")
    }
