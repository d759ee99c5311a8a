"""The record of a run: a valid RO-Crate that says the truth of every file, and nothing of time and machine."""

import hashlib
import io
import json
import re
import zipfile
from base64 import b64decode
from importlib.metadata import metadata, requires
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup

from cells import NOTEBOOKS
from conftest import Project
from dalil.parameters import Parameters
from dalil.run.crate import licence_of

CRATE = "ro-crate-metadata.json"


@pytest.fixture(scope="module")
def crate(built: Project) -> dict[str, dict[str, Any]]:
    """The entities of the record, by name."""
    data = json.loads((built.root / "report" / CRATE).read_text(encoding="utf-8"))
    assert data["@context"][0] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in data["@graph"]}
    assert len(entities) == len(data["@graph"])
    return entities


@pytest.fixture(scope="module")
def archive(built: Project) -> dict[str, bytes]:
    """What the page gives away."""
    page = BeautifulSoup((built.root / "report/report.html").read_text(encoding="utf-8"), "lxml")
    (link,) = page.select("a[download]")
    with zipfile.ZipFile(io.BytesIO(b64decode(str(link["href"]).partition(",")[2]))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def references(value: Any) -> list[str]:
    """Every entity that a value refers to."""
    match value:
        case {"@id": name, **rest} if not rest:
            return [name]
        case dict():
            return [name for key, part in value.items() if key != "@id" for name in references(part)]
        case list():
            return [name for part in value for name in references(part)]
    return []


def test_it_is_an_ro_crate_with_the_profile_of_runs(crate: dict[str, dict[str, Any]]) -> None:
    about, root = crate[CRATE], crate["./"]
    assert about["about"] == {"@id": "./"}
    assert about["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert {"name", "description", "datePublished", "license", "hasPart"} <= set(root)
    assert "Profile" in crate[root["conformsTo"]["@id"]]["@type"]
    known = {*crate, "https://w3id.org/ro/crate/1.2"}
    assert [name for entity in crate.values() for name in references(entity) if name not in known] == []


def test_each_file_is_named_with_its_hash(
    crate: dict[str, dict[str, Any]], archive: dict[str, bytes], built: Project
) -> None:
    files = {name: entity for name, entity in crate.items() if entity["@type"] == "File" and "sha256" in entity}
    assert {"#data/raw/article.uz.txt", "#data/raw/claims.yml", "claims.csv", "facts.json"} <= set(files)
    for name, entity in files.items():
        content = (built.root / name[1:]).read_bytes() if name.startswith("#") else archive[name]
        assert entity["sha256"] == hashlib.sha256(content).hexdigest()
        assert entity["contentSize"] == str(len(content))
    assert set(references(crate["./"]["hasPart"])) == {name for name in files if not name.startswith("#")}
    left_out = {"datapackage.json", "environment.json", "parameters.yml", "90-report.ipynb", CRATE}
    assert set(archive) - set(files) == left_out


def test_each_notebook_is_an_action_with_what_it_used_and_made(crate: dict[str, dict[str, Any]]) -> None:
    actions = [crate[name] for name in references(crate["./"]["mentions"])]
    assert {action["@type"] for action in actions} == {"CreateAction"}
    assert all({"instrument", "object", "result", "name"} <= set(action) for action in actions)
    ran = {action["instrument"]["@id"]: action for action in actions}
    assert {*(f"#{name}" for name in NOTEBOOKS), "#90-report"} <= set(ran)
    growth = ran["#02-growth-rates"]
    assert "growth.csv" in references(growth["result"])
    assert {"#data/raw/claims.yml", "#parameter-rounding"} <= set(references(growth["object"]))


def test_each_parameter_says_what_gave_it(crate: dict[str, dict[str, Any]]) -> None:
    given = {name: crate[f"#parameter-{name}"]["description"] for name in Parameters.model_fields}
    assert given["figure_formats"] == "from parameters.yml"


def test_each_tool_has_version_and_licence_and_each_source_its_citation(crate: dict[str, dict[str, Any]]) -> None:
    tools = {entity["name"]: entity for entity in crate.values() if entity["@type"] == "SoftwareApplication"}
    needed = {re.split(r"[^\w.-]", line)[0] for line in requires("dalil") or () if "extra ==" not in line}
    assert set(tools) == {"Dalil", "pandoc", *needed}
    assert all(tool["softwareVersion"] and tool["license"] for tool in tools.values())
    assert tools["pikepdf"]["softwareVersion"] == metadata("pikepdf")["Version"]
    assert (tools["pikepdf"]["license"], tools["pandoc"]["license"]) == ("MPL-2.0", "GPL-2.0-or-later")
    cited = [crate[name] for name in references(crate["./"]["citation"])]
    assert cited
    assert all(source["creditText"] for source in cited)


def test_the_readme_names_the_licences_that_are_not_permissive() -> None:
    from dalil.project import resolve

    readme = resolve("README.md").read_text(encoding="utf-8").partition("## Cite, and licences")[2]
    permissive = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python|HPND", re.IGNORECASE)
    names = [re.split(r"[^\w.-]", line)[0] for line in requires("dalil") or () if "extra ==" not in line]
    assert [name for name in names if not permissive.search(licence_of(name)) and name not in readme] == []
    assert re.search(r"pandoc[^.]*GPL-2\.0-or-later", readme)


def test_it_tells_no_time_and_no_machine(built: Project, crate: dict[str, dict[str, Any]]) -> None:
    text = (built.root / "report" / CRATE).read_text(encoding="utf-8")
    assert str(built.root) not in text
    assert not {"startTime", "endTime", "agent"} & {key for entity in crate.values() for key in entity}


def test_page_and_pdf_carry_it(built: Project, archive: dict[str, bytes]) -> None:
    kept = (built.root / "report" / CRATE).read_bytes()
    assert archive[CRATE] == kept
    with pikepdf.open(built.root / "report/report.pdf") as document:
        assert document.attachments[CRATE].get_file().read_bytes() == kept
