"""Sweeps: each set has the facts of a run of its own, shared work is done once, and one that fails stops no other."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import Project, copy_project
from dalil.errors import StepError
from dalil.numbers.amounts import Amount
from dalil.project import Project as Place
from dalil.run.command_line import main
from dalil.run.many import sweep as module
from dalil.run.many.store import packed
from dalil.run.many.sweep import Part
from dalil.tables.facts import fact_of, write_facts

PARTS: list[Part] = []


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project where a notebook takes no time: it keeps two facts, one of its growth, and fails where that is 0.3."""
    root = copy_project(tmp_path / "project").root
    monkeypatch.chdir(root)
    PARTS.clear()

    def here(action: Callable[[Part], None], parts: Iterable[Part], _: int) -> Iterator[tuple[Part, str]]:
        # As spread does: asked for more when what it gave has ended.
        while part := next(iter(parts), None):
            PARTS.append(part)
            try:
                action(part)
                yield part, ""
            except StepError as error:
                yield part, str(error)

    monkeypatch.setattr(module, "spread", here)
    monkeypatch.setattr(module, "run_part", keep)
    return root


def keep(part: Part) -> None:
    assert all(part.store.has(need) for need in part.needs)
    growth = part.values.get("base_growth", 0)
    if growth == 0.3:
        raise StepError(f"{part.notebook}, cell 2: no such growth")
    name = Path(part.notebook).stem
    facts = [
        fact_of(f"same_{name}", Amount.of(1), name),
        fact_of(f"growth_{name}", Amount.of(Fraction(str(growth))), name),
    ]
    path = Path("facts.json")
    write_facts(path, facts)
    part.store.write(part.archive, packed({f"data/processed/facts/{name}.json": path.read_bytes()}))


def grid(root: Path, text: str) -> str:
    (root / "grid.yml").write_text(text, encoding="utf-8")
    return "grid.yml"


def facts(root: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((root / "report/sweeps/grid/facts.csv").read_text(encoding="utf-8"))))


def test_sets_share_what_they_have_in_common_and_are_not_run_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = grid(root, "product: {base_growth: [0.1, 0.2], deflator: [cpi, gdp_deflator]}")
    assert main(["sweep", name]) == 0
    count = {book: sum(part.notebook.startswith(book) for part in PARTS) for book in ("01", "02", "03", "05", "07")}
    assert count == {"01": 1, "02": 1, "03": 2, "05": 2, "07": 2}
    said = capsys.readouterr().out.replace("\\", "/").splitlines()
    assert said[0] == "4 sets, 0 of them failed."
    assert "  report/sweeps/grid/facts.csv" in said
    rows = facts(root)
    assert [
        (r["set"], r["base_growth"], r["deflator"], r["value"]) for r in rows if r["fact"] == "growth_03-target-gaps"
    ] == [
        ("1", "0.1", "cpi", "0.1"),
        ("2", "0.1", "gdp_deflator", "0.1"),
        ("3", "0.2", "cpi", "0.2"),
        ("4", "0.2", "gdp_deflator", "0.2"),
    ]
    before = (root / "report/sweeps/grid/facts.csv").read_bytes()
    PARTS.clear()
    assert main(["sweep", name]) == 0
    assert PARTS == []
    assert (root / "report/sweeps/grid/facts.csv").read_bytes() == before
    # A set more runs that alone; a change of an input runs all that reads it.
    grid(root, "product: {base_growth: [0.1, 0.2, 0.25], deflator: [cpi, gdp_deflator]}")
    assert main(["sweep", name]) == 0
    assert [part.notebook[:2] for part in PARTS] == ["03"]
    PARTS.clear()
    table = root / "data/reference/employment.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert main(["sweep", name]) == 0
    assert len(PARTS) == 11


def test_a_set_that_fails_stops_no_other_and_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = grid(root, "product: {base_growth: [0.1, 0.3, 0.2]}")
    assert main(["sweep", name]) == 1
    said = capsys.readouterr().out
    assert "3 sets, 1 of them failed.\n  set 2: 03-target-gaps.ipynb, cell 2: no such growth\n" in said
    assert {row["set"] for row in facts(root)} == {"1", "3"}
    page = BeautifulSoup((root / "report/sweeps/grid/sweep.html").read_text(encoding="utf-8"), "html.parser")
    assert "2: base_growth=0.3" in page.get_text()
    assert [row.th.get_text() for row in page.select("tbody tr") if row.th][-1] == "growth_03-target-gaps"
    # It is tried again, and it alone.
    PARTS.clear()
    assert main(["sweep", name]) == 1
    assert [part.values["base_growth"] for part in PARTS] == [0.3]


def test_what_needs_a_notebook_that_failed_is_not_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(part: Part) -> None:
        raise StepError(f"{part.notebook} fails")

    monkeypatch.setattr(module, "run_part", fail)
    assert main(["sweep", grid(root, "product: {rounding: [exact, floor]}")]) == 1
    assert [part.notebook[:2] for part in PARTS] == ["01", "01"]
    assert facts(root) == []


def test_a_sweep_touches_nothing_of_the_project(root: Path) -> None:
    name = grid(root, "product: {base_growth: [0.1]}")
    before = Project(root).stamps()
    assert main(["sweep", name]) == 0
    after = {path for path in Project(root).stamps() if not path.startswith("report/sweeps/")} - {"facts.json"}
    assert after == set(before)


REFUSED = {
    "unknown": ("product: {roundng: [exact]}", "roundng: no parameter"),
    "bad value": ("product: {base_growth: [0.1, fast]}", "base_growth: found 'fast'"),
    "target years that do not fit": (
        "product: {target_years: [[2016, 2020], stated]}",
        "target_years=[2016, 2020]: target_2018 falls due in 2016",
    ),
    "no article": ("product: {article: [none.txt]}", "article=none.txt: no such article"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_grids_are_refused_before_anything_runs(root: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    text, said = REFUSED[case]
    assert main(["sweep", grid(root, text)]) == 2
    assert said in capsys.readouterr().err
    assert PARTS == []
    assert not (root / "report/sweeps").exists()


@pytest.mark.slow
def test_a_set_has_the_facts_of_a_run_with_its_parameters(built: Project, tmp_path: Path) -> None:
    project = built.copy(tmp_path / "project")
    (project.root / "grid.yml").write_text("product: {rounding: [half-unit, exact]}", encoding="utf-8")
    project.dalil("sweep", "grid.yml", "--workers", "2")
    swept = [row for row in facts(project.root) if row["rounding"] == "half-unit"]
    known = json.loads((project.root / "data/processed/facts.json").read_text(encoding="utf-8"))
    assert {row["fact"]: (row["value"], row["low"], row["high"], row["unit"]) for row in swept} == {
        name: (fact["value"], fact["low"], fact["high"], fact["unit"]) for name, fact in known.items()
    }
    assert Place(project.root).path("data/processed/facts.json").stat().st_size > 0
