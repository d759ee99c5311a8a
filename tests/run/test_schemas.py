"""Editors are told what the files that a user writes may hold: each names its JSON Schema in its first line."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from yaml import safe_load

from dalil.project import SCHEMAS, Project
from dalil.run.command_line import main
from dalil.run.documents import out_of_date, write_documents

ROOT = Project.find().root
FILES = {
    "claims": ["data/raw/claims.yml", "examples/en.claims.yml", "examples/ru.claims.yml"],
    "article": ["data/raw/article.uz.yml", "examples/en.yml", "examples/ru.yml"],
    "parameters": ["parameters.yml"],
}
CLAIM = {
    "id": "a", "kind": "level", "measure": "m", "subject": "s", "unit": "USD", "value": "2", "status": "reported",
    "period": "2017", "section": "text", "anchor": "2 dollars",
}  # fmt: skip


def validator(name: str) -> Any:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def named(path: Path) -> Path:
    """The schema that the first line of a file names."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    return (path.parent / first.partition("=")[2]).resolve()


@pytest.mark.parametrize(("name", "file"), [(name, file) for name, files in FILES.items() for file in files])
def test_each_file_names_the_schema_that_it_keeps_to(name: str, file: str) -> None:
    path = ROOT / file
    assert named(path) == SCHEMAS / f"{name}.schema.json"
    content = safe_load(path.read_text(encoding="utf-8"))
    assert list(validator(name).iter_errors(content)) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("claims", {"claims": [CLAIM | {"kind": "levels"}]}),
        ("claims", {"claims": [CLAIM | {"perod": "2017"}]}),
        ("claims", {"claims": [{key: CLAIM[key] for key in CLAIM if key != "unit"}]}),
        ("claims", {"claims": [CLAIM], "ratio": []}),
        ("claims", {"claims": [CLAIM], "ratios": [{"id": "share", "part": "a"}]}),
        ("article", {"refrence": {}}),
        ("article", {"sha256": "abc"}),
        ("article", {"labels": {"en": {"mesures": {"a": "b"}}}}),
        ("article", {"sections": [{"id": "a", "heading": "A"}]}),
        ("article", {"reference": {"package": "x", "measures": {"m": {"series": "trade", "betwen": ["UZ", "KZ"]}}}}),
    ],
)
def test_a_schema_refuses_what_the_program_would_refuse(name: str, content: dict[str, Any]) -> None:
    assert list(validator(name).iter_errors(content)) != []


def test_a_schema_allows_what_is_not_known_to_stay_empty() -> None:
    assert list(validator("article").iter_errors({"sha256": None, "title": None})) == []


def test_a_draft_names_its_schema_and_keeps_to_it(tmp_path: Path) -> None:
    article = tmp_path / "my.txt"
    article.write_text("Exports were 5 billion dollars in 2020, up 7 percent.", encoding="utf-8")
    assert main(["claims", "--article", str(article)]) == 0
    draft = tmp_path / "my.claims.yml"
    assert named(draft) == SCHEMAS / "claims.schema.json"
    content = safe_load(draft.read_text(encoding="utf-8"))
    assert len(content["claims"]) >= 2
    assert list(validator("claims").iter_errors(content)) == []


def test_a_schema_that_is_not_what_the_models_say_is_noticed() -> None:
    assert [path for path in out_of_date() if path.parent == SCHEMAS] == []
    assert write_documents() == []
