"""What a notebook of one's own keeps: tables and pictures, described by itself; and where, when it is run by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from conftest import project_in
from dalil.errors import InputError
from dalil.notebook.session import Session
from dalil.project import BY_HAND, STEP, Run
from dalil.tables.further import merge_further, read_further

FRAME = pd.DataFrame({"year": [2017, 2018], "share": ["<b>1</b>", ""]})
COLUMNS = {"year": "when", "share": "of what"}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The session of a notebook of one's own, as a step of a run has it."""
    monkeypatch.setenv(STEP, "50-mine")
    return Session("50-mine", project_in(tmp_path))


def picture() -> Figure:
    figure = Figure()
    figure.add_subplot().plot([1, 2])
    return figure


def test_a_table_of_columns_of_its_own_is_kept_with_what_they_mean(session: Session) -> None:
    shown = session.add_table("mine", FRAME, "Mine & yours", COLUMNS)
    assert "Mine &amp; yours" in shown
    assert "&lt;b&gt;1&lt;/b&gt;" in shown
    session.close()
    folder = session.run.processed / "further"
    assert (folder / "50-mine.mine.csv").read_text(encoding="utf-8") == "year,share\n2017,<b>1</b>\n2018,\n"
    (kept,) = read_further(folder / "50-mine.json")
    assert (kept.tables[0].title, kept.tables[0].columns) == ("Mine & yours", COLUMNS)


@pytest.mark.parametrize(
    ("name", "columns", "problem"),
    [
        ("claims", COLUMNS, 'table "claims": the report has one of that name'),
        ("mine", {"year": "when"}, "its columns are year, share"),
        ("mine", {"share": "of what", "year": "when"}, "its columns are year, share"),
    ],
)
def test_a_table_that_is_not_described_is_refused(
    session: Session, name: str, columns: dict[str, str], problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        session.add_table(name, FRAME, "Mine", columns)


def test_a_picture_is_kept_and_the_same_one_is_the_same_file(session: Session) -> None:
    path = session.run.processed / "further/50-mine.mine.svg"
    drawn = []
    for _ in range(2):
        assert "A &lt; B" in session.add_figure("mine", picture(), "A < B", "A line.")
        session.close()
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1]
    assert b"<svg" in drawn[0]


def test_a_notebook_that_keeps_nothing_is_named_all_the_same(session: Session, tmp_path: Path) -> None:
    session.close()
    folder = session.run.processed / "further"
    merge_further(folder, {"50-mine": "My question"}, tmp_path / "further.json")
    (kept,) = read_further(tmp_path / "further.json")
    assert (kept.title, kept.tables, kept.figures) == ("My question", (), ())


@pytest.mark.parametrize("text", ["[]x", '[{"notebook": 5}]', "{}"])
def test_what_no_notebook_kept_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "further.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"further\.json\n  - "):
        read_further(tmp_path / "further.json")


def test_run_by_hand_it_says_where_it_writes_and_leaves_the_default_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(STEP, raising=False)
    session = Session("02-growth-rates", project_in(tmp_path))
    session.close()
    assert session.run == Run(session.run.project, BY_HAND)
    assert "report/runs/by-hand; the default run stays as it is" in capsys.readouterr().out
    assert not (tmp_path / "data/processed").exists()
    assert json.loads((session.run.processed / "facts/02-growth-rates.json").read_text(encoding="utf-8")) == {}
