"""The outline of the report: a section stands in it where there is something to say, and not elsewhere."""

import re
from pathlib import Path
from typing import Any

import pytest

from dalil.notebook import outline
from dalil.reference.record import Reference
from invented import BETWEEN, Entry, figure, growth, level, record, target
from invented_report import report_on

BASE = level("base", period="2017")
ROSE = growth(period="2017", base_period="2016")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
TRADE = record(*(figure(year, value) for year, value in ((2016, "1.90"), (2017, "2.10"), (2018, "2.50"))))


@pytest.mark.parametrize(
    ("entries", "reference", "sections"),
    [
        ((), None, ["short", "method", "details"]),
        ((BASE,), None, ["short", "method", "sentences", "details"]),
        ((BASE, ROSE, GOAL), None, ["short", "claims", "follows", "method", "sentences", "details"]),
        (
            (BASE, ROSE, GOAL),
            TRADE,
            ["short", "growth", "targets", "claims", "follows", "method", "sources", "sentences", "details"],
        ),
    ],
    ids=["no claims", "a claim", "no record", "a record"],
)
def test_a_section_stands_where_there_is_something_to_say(
    entries: tuple[Entry, ...],
    reference: Reference | None,
    sections: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = report_on(tmp_path, *entries, reference=reference, mappings=BETWEEN, article={"besides": "Soʻz."})
    context.__dict__["further"] = []
    nothing: Any = lambda *_: ""  # noqa: E731
    monkeypatch.setattr(outline, "ReportContext", lambda _: context)
    monkeypatch.setattr(outline, "saved", nothing)
    assert re.findall(r'<h2 id="([^"]+)"', outline.Page().whole()) == sections
