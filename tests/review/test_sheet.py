"""Claims go to a spreadsheet and come back: checked like the file, told by row and column, and never as formulas."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dalil.errors import InputError
from dalil.review.document import Document
from dalil.review.edits import accepted
from dalil.review.sheet import read_sheet, write_sheet
from drafted import drafted, text_of

KINDS = (".xlsx", ".csv")
Rows = list[list[object]]


def out(document: Document, kind: str) -> Path:
    path = document.path.with_name(f"claims{kind}")
    list(write_sheet(document, path))
    return path


def changed(path: Path, change: Callable[[Rows], None]) -> Path:
    """Change the cells of a spreadsheet, as a person would."""
    if path.suffix == ".csv":
        rows: Rows = [list(row) for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))]
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    change(rows)
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def put(row: int, column: str, value: object) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[row - 1][rows[0].index(column)] = value

    return change


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_back_as_it_was(tmp_path: Path, kind: str) -> None:
    document = drafted(tmp_path)
    before = text_of(document)
    list(read_sheet(document, out(document, kind)))
    assert text_of(document) == before


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_person_changes_is_taken_over(tmp_path: Path, kind: str) -> None:
    document = drafted(tmp_path)

    def change(rows: Rows) -> None:
        put(2, "measure", "share of exports")(rows)
        put(2, "reviewed", True if kind == ".xlsx" else "TRUE")(rows)
        put(3, "kind", "none")(rows)
        put(4, "value", 31 if kind == ".xlsx" else "31")(rows)
        put(4, "read_by", "person")(rows)
        put(4, "why", "one more was opened")(rows)
        del rows[4]

    said = list(read_sheet(document, changed(out(document, kind), change)))
    assert "3 claims taken" in said[0]
    assert "1 claims have no row there" in said[1]
    first, third, fourth = document.claims
    assert (first.entry.measure, first.entry.reviewed) == ("share of exports", True)
    assert third.known.value == 31
    assert (third.entry.why, fourth.entry.reviewed) == ("one more was opened", False)
    assert [entry.id for _, entry in document.entries.aside] == ["claim_002"]
    # Other changes can follow.
    document.change(accepted("claim_004"), only=["claim_004"])
    assert document.claims["claim_004"].entry.reviewed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("row", "column", "value", "problem"),
    [
        (2, "value", "0.17", 'row 2, column C (id): claim "claim_001": value is 0.17 in the file'),
        (3, "unit", "people", "row 3, column I (unit): claim_002: unit: 'people' is not known"),
        (3, "period", "Jul-22", 'row 3, column M (period): claim_002: period: "Jul-22" is not ISO 8601'),
        (3, "id", "claim_001", 'row 3, column C (id): id "claim_001" is taken by row 2; write one'),
        (3, "id", "", "row 3, column C (id): no id; write one"),
        (1, "unit", "units", "column I: 'units' is not known; did you mean \"unit\"?"),
        (2, "value", "=1+1", "row 2, column J (value): a formula; write what it comes to"),
    ],
)
def test_a_problem_is_told_by_row_and_column(
    tmp_path: Path, kind: str, row: int, column: str, value: str, problem: str
) -> None:
    document = drafted(tmp_path)
    before = text_of(document)
    path = changed(out(document, kind), put(row, column, value))
    with pytest.raises(InputError) as caught:
        list(read_sheet(document, path))
    assert str(caught.value).startswith(f"{path}\n  - {problem}")
    assert text_of(document) == before


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_text_becomes_a_formula(tmp_path: Path, start: str) -> None:
    text = f'{start}HYPERLINK("http://x") is 30 schools.\nExports fell by 2 percent in 2023.\n'
    document = drafted(tmp_path, text)
    before = text_of(document)
    cells = [cell for row in load_workbook(out(document, ".xlsx")).worksheets[0].iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any(str(cell.value).startswith(start) for cell in cells)
    rows = list(csv.reader(io.StringIO(out(document, ".csv").read_text(encoding="utf-8-sig"))))
    starts = [cell for row in rows for cell in row if cell[:1] in tuple("=+-@")]
    assert [cell for cell in starts if cell.lstrip("+-").replace(".", "").isdecimal() is False] == []
    for kind in KINDS:
        list(read_sheet(document, out(document, kind)))
    assert text_of(document) == before


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    document = drafted(tmp_path)
    with pytest.raises(InputError, match=r"allowed: \.xlsx and \.csv"):
        list(write_sheet(document, tmp_path / "claims.ods"))
    (tmp_path / "claims.xlsx").write_text("no spreadsheet", encoding="utf-8")
    with pytest.raises(InputError, match="it is no spreadsheet"):
        list(read_sheet(document, tmp_path / "claims.xlsx"))
