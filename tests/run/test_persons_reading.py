"""A report on claims that a person has read: other units and currencies, changes, rates, indices, quarters, a split."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from conftest import Project
from dalil.project import PACKAGE

TEXT = """\
In 2022 the government of the valley set aside $800 million for clinics.
Infant deaths are to fall to 5.5 cases per 1,000 births by 2027.
Unemployment fell from 8.4 percent to 6.2 percent in 2023.
Output fell by 0.4% in Quarter 3 (July to Sept) 2022.
The number of jobs fell by 4,300 people in the school year 2022/23.
The price index stood at 104.2 in the first half of 2023.
The dam makes 19 of something each year, and exports rose by $2 million in 2023.
Box 2 lists 12 towns.
"""
READ = {"read_by": "person", "why": "the sentence says so"}


def entry(name: str, kind: str, unit: str, value: str, anchor: str, **more: Any) -> dict[str, Any]:
    like = {"id": name, "kind": kind, "measure": name, "unit": unit, "value": value, "status": "reported"}
    return {**like, "section": "text", "anchor": anchor, **READ, **more}


CLAIMS = [
    entry("clinics", "level", "SGD", "800000000", "$800 million", period="2022",
          period_anchor="In 2022", read_by="", why=""),
    entry("infant_deaths", "target", "cases per 1,000 births", "5.5", "5.5 cases per 1,000 births by 2027",
          period="2027", status="aimed"),
    entry("unemployment", "level", "ratio", "0.084", "from 8.4 percent"),
    entry("unemployment_2023", "level", "ratio", "0.062", "to 6.2 percent in 2023", period="2023",
          measure="unemployment"),
    entry("output", "change", "ratio", "-0.004", "Output fell by 0.4%", period="2022-Q3", base_period="2022-Q2",
          period_anchor="in Quarter 3 (July to Sept) 2022"),
    entry("jobs", "change", "person", "-4300", "fell by 4,300 people", period="2022-09/2023-08",
          period_anchor="the school year 2022/23"),
    entry("prices", "level", "index", "104.2", "stood at 104.2", period="2023-H1", period_anchor="first half of 2023"),
    entry("dam", "level", "GW.h", "19", "makes 19 of something"),
    entry("exports", "change", "SGD", "2000000", "exports rose by $2 million in 2023", period="2023"),
    entry("box", "none", "item", "2", "Box 2 lists 12 towns"),
]  # fmt: skip


@pytest.mark.slow
def test_everything_that_follows_survives_what_a_person_has_read(tmp_path: Path) -> None:
    (tmp_path / "my.txt").write_text(TEXT, encoding="utf-8")
    about: dict[str, Any] = {"currency": "SGD", "country": "valley", "published": "2024-01-15", "language": "en"}
    about |= {"labels": {"ru": {"units": {"cases per 1,000 births": "случая на 1 тыс. рождений"}}}}
    (tmp_path / "my.yml").write_text(json.dumps(about), encoding="utf-8")
    (tmp_path / "my.claims.yml").write_text(json.dumps({"claims": CLAIMS}), encoding="utf-8")
    parameters = "article: my.txt\nclaims: my.claims.yml\nfigure_formats: [svg]\n"
    (tmp_path / "parameters.yml").write_text(parameters, encoding="utf-8")
    (tmp_path / "src").symlink_to(PACKAGE.parent)
    made = Project(tmp_path)
    made.report()
    with (tmp_path / "data/processed/claims.csv").open(encoding="utf-8") as file:
        rows = {row["claim_id"]: row for row in csv.DictReader(file)}
    assert (rows["clinics"]["unit"], rows["clinics"]["subject"], rows["clinics"]["why"]) == ("SGD", "valley", "")
    assert (rows["output"]["period_start"], rows["output"]["period_end"]) == ("2022-07-01", "2022-09-30")
    assert (rows["jobs"]["value"], rows["jobs"]["unit"], rows["jobs"]["kind"]) == ("-4300", "person", "change")
    assert "box" not in rows
    page = BeautifulSoup((tmp_path / "report/report.html").read_text(encoding="utf-8"), "html.parser").get_text(" ")
    told = " ".join(page.split())
    for words in ("Read by a person: the sentence says so", "5.5 cases per 1,000 births", "Singapore dollars"):
        assert words in told, words
    assert (tmp_path / "report/report.pdf").stat().st_size > 10_000
