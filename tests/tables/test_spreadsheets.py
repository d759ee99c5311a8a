"""No cell of a table is a formula to a spreadsheet, and what is read back is what was written."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dalil.notebook.own import OwnWork
from dalil.project import Project, Run
from dalil.tables.row import cell_of, text_of
from dalil.tables.rows import CorrectionRow
from dalil.tables.schema import read_table, write_table

FORMULAS = (
    "=1+1", "=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-1+cmd|' /C calc'!A0", "@SUM(1+1)", "\t=1+1", "\r=1+1",
    "\n=1+1", '=HYPERLINK("http://127.0.0.1/?"&A1,"5 %")', "=IMPORTXML(A1)", "=WEBSERVICE(A1)", "+A1", "-A1", "=A1",
    "@A1", "=DDE(1)", "'=1+1", "''=1+1", "＝1+1", "＋A1", "－A1", "＠A1", "=", "-5=A1", "-5+A1", "+5-A1", "- 5*A1",
    "-(A1)", "=-5",
)  # fmt: skip
PLAIN = ("5", "-5", "-0.5", "+5", "-5 %", "5 t", "", "=", "'", "'5", "it's", "−5", "-", "a=b", "1,5", "-1,5", " x")


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet takes a cell for more than a text or a number."""
    number = cell[:1] in "+-" and not cell[1:].strip("0123456789.,% \t")
    return len(cell) > 1 and cell[0] in "=+-@\t\r\n＝＋－＠" and not number


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text_in_every_table(text: str, tmp_path: Path) -> None:
    assert not is_formula(cell_of(text))
    rows = [CorrectionRow(text, text, 1, text)]
    write_table(tmp_path, "corrections", rows)
    with (tmp_path / "corrections.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if is_formula(cell)] == []
    assert read_table(tmp_path, CorrectionRow) == rows


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cell_of(text) == text
    assert text_of(text) == text


@given(st.text(st.sampled_from("=+-@'\t5a ＝"), max_size=8))
@example("'=a")
def test_a_cell_says_what_its_text_was(text: str) -> None:
    assert text_of(cell_of(text)) == text
    assert not is_formula(cell_of(text))


def test_a_table_of_a_notebook_holds_no_formula(tmp_path: Path) -> None:
    work = OwnWork(Run(Project(tmp_path)), "50-mine")
    frame = pd.DataFrame({"a": list(FORMULAS), "b": range(len(FORMULAS))})
    work.add_table("t", frame, "T", {"a": "A", "b": "B"}, lambda cell, _: str(cell))
    work.write()
    (written,) = tmp_path.rglob("50-mine.t.csv")
    with written.open(encoding="utf-8", newline="") as file:
        assert [cell for row in csv.reader(file) for cell in row if is_formula(cell)] == []


def test_a_list_of_quantities_holds_no_formula(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("=5 % +7 % @8 t -9 dollars -5+6", encoding="utf-8")
    command = [sys.executable, "-m", "dalil", "read", str(tmp_path / "a.txt"), "--language", "en", "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    assert [cell for row in csv.reader(io.StringIO(done.stdout)) for cell in row if is_formula(cell)] == []


def test_json_keeps_every_text_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("-9 dollars", encoding="utf-8")
    command = [sys.executable, "-m", "dalil", "read", str(tmp_path / "a.txt"), "--language", "en"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    assert json.loads(done.stdout)["text"] in "-9 dollars"
