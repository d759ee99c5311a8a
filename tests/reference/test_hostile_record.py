"""A record that somebody else has made is read or refused in one message, and names no file outside its folder."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dalil.errors import InputError
from dalil.reference.concordance import reference_of
from dalil.reference.loading import DESCRIPTION, read_reference

COLUMNS = "measure,area,partner,flow,year,comparator,value,precision,unit,basis,status,origin,note"
ROW = "trade,UZ,KZ,export,2018,=,{},1,million USD,goods,official,office,"
ORIGIN = {
    "kind": "statistics", "producer": "An office", "title": "A table", "date_published": "not stated",
    "date_accessed": "2020-01-02", "licence": "CC0", "citation": "An office.", "address": "-", "reliability": "high",
}  # fmt: skip


def record(folder: Path, *, value: str = "5", path: str = "a.csv", origin: str = "office") -> Path:
    fields = [{"name": name} for name in COLUMNS.split(",")]
    described: dict[str, Any] = {
        "origins": {"office": ORIGIN, origin: ORIGIN},
        "resources": [{"path": path, "title": "A", "schema": {"fields": fields}}],
    }
    (folder / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")
    (folder / "a.csv").write_text(f"{COLUMNS}\n{ROW.format(value)}\n", encoding="utf-8")
    return folder


def refusal(folder: Path) -> str:
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_reference(folder)
    assert time.process_time() - start < 5
    return str(caught.value)


NUMBERS = (
    "1e999999999", "-1e999999999", "1e-999999999", "1e9999999999999999999", "9" * 100_000, "0." + "0" * 100_000, "1/3",
    "0x10", "1_000", "١٢٣", "inf", "nan", "1e", "e5", "--5", "5-", "=1+1", "{{ 5 }}", "5\x00", "\ufeff5",
)  # fmt: skip


@pytest.mark.parametrize("value", NUMBERS)
def test_what_is_no_number_of_a_size_that_there_is_is_refused_at_once(value: str, tmp_path: Path) -> None:
    assert "is not a number" in refusal(record(tmp_path, value=value))


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a.csv", "/dev/zero", "b/../../a.csv", "../../../../../../etc/passwd", "linked.csv"]
)
def test_a_table_outside_the_folder_of_the_record_is_refused(path: str, tmp_path: Path) -> None:
    (tmp_path / "record").mkdir()
    (tmp_path / "record/linked.csv").symlink_to("/etc/passwd")
    said = refusal(record(tmp_path / "record", path=path))
    assert "leads elsewhere" in said
    assert "root:" not in said


@pytest.mark.parametrize("path", ["", ".", "there-is-none.csv"])
def test_a_table_that_is_no_file_is_not_there(path: str, tmp_path: Path) -> None:
    assert read_reference(record(tmp_path, path=path)).absent != {}


@pytest.mark.parametrize("name", ["", "a b", '"><script>', "#a", "a]", "{{ x }}", "../a", "-a", "a\n"])
def test_a_name_of_an_origin_that_links_could_not_lead_to_is_refused(name: str, tmp_path: Path) -> None:
    assert "its name is not of letters" in refusal(record(tmp_path, origin=name))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"resources": ' * 50_000, '{"title": "\\ud800", "resources": []}', "0"]
)
def test_a_description_that_is_none_is_refused_at_once(text: str, tmp_path: Path) -> None:
    record(tmp_path)
    (tmp_path / DESCRIPTION).write_text(text, encoding="utf-8")
    assert "not a Data Package" in refusal(tmp_path)


def test_a_field_without_end_is_refused_in_one_message(tmp_path: Path) -> None:
    record(tmp_path)
    (tmp_path / "a.csv").write_text(f'{COLUMNS}\n"{"x" * 200_000}', encoding="utf-8")
    assert "line" in refusal(tmp_path)


@pytest.mark.parametrize("package", ["/etc", "../../../../../../../etc", "linked"])
def test_an_article_names_no_record_outside_its_project(package: str, tmp_path: Path) -> None:
    (tmp_path / "mine/raw").mkdir(parents=True)
    (tmp_path / "mine/raw/linked").symlink_to("/etc")
    with pytest.raises(InputError, match="leads out of the project"):
        reference_of(tmp_path / "mine/raw/a.txt", {"package": package, "measures": {}})
