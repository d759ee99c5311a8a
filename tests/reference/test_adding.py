"""Adding figures of a service to a table of one's own: what is written, what is kept, and every way it can go wrong."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dalil.errors import InputError, StepError
from dalil.reference.online.adding import Asked, add
from dalil.reference.own import COLUMNS, read_own
from dalil.run import command_line
from serving import serving

TODAY = date(2024, 7, 8)
PEOPLE = Asked("worldbank:SP.POP.TOTL", "KAZ", "2021:2023")
TRADE = Asked("comtrade:export", "KZ", "2021:2022", partner="UZB")
GERMANS = Asked("eurostat:demo_pjan/sex=T/age=TOTAL", "DE", "2022:2023", unit="people")


def world_bank(values: dict[int, Any], title: str = "Population, total", **more: Any) -> list[Any]:
    rows = [
        {"indicator": {"id": "SP.POP.TOTL", "value": title}, "country": {"id": "KZ"}, "date": str(year), "value": value}
        for year, value in values.items()
    ]
    return [{"page": 1, "pages": 1, "lastupdated": "2024-06-28"}, [{**row, **more} for row in rows]]


def comtrade(**flows: float) -> dict[str, Any]:
    about = {"reporterCode": 398, "partnerCode": 860, "period": "2021"}
    return {"data": [{**about, "flowCode": flow, "primaryValue": value} for flow, value in flows.items()], "error": ""}


def dimension(*codes: str) -> dict[str, Any]:
    return {
        "category": {
            "index": {code: place for place, code in enumerate(codes)},
            "label": {code: code for code in codes},
        }
    }


def json_stat(values: dict[str, Any], *sexes: str, unit: str = "Number") -> dict[str, Any]:
    units = {"category": {"index": {"NR": 0}, "label": {"NR": unit}}}
    dimensions = {"unit": units, "sex": dimension(*sexes), "geo": dimension("DE"), "time": dimension("2022", "2023")}
    size = [1, len(sexes), 1, 2]
    about = {"label": "Population on 1 January", "updated": "2024-05-02T23:00:00+0200"}
    return {**about, "id": [*dimensions], "size": size, "dimension": dimensions, "value": values}


@dataclass
class Service:
    """A service on this machine, which gives its answers one after the other, the last one again and again."""

    answers: list[tuple[int, bytes]] = field(default_factory=list)
    address: str = ""
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    pause: float = 0

    def says(self, *answers: object, pause: float = 0) -> None:
        """Give answers as JSON, or as they are where they are bytes with a status; each after a pause, in seconds."""
        self.pause = pause
        self.answers = [one if isinstance(one, tuple) else (200, json.dumps(one).encode()) for one in answers]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        time.sleep(self.pause)
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return status, {}, body

    def add(self, path: Path, asked: Asked, **more: Any) -> str:
        return add(path, asked, address=self.address, say=self.told.append, today=TODAY, **more)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr("urllib3.util.retry.time", SimpleNamespace(sleep=lambda _: None, time=time.time))
    here = Service()

    with serving(here.answer) as here.address:
        yield here


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with a note and a figure."""
    path = tmp_path / "reference.csv"
    rows = "# a note", "trade,all,2017,2.1,billion USD,Office,,,high"
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_figures_are_written_with_their_origin(service: Service, tmp_path: Path) -> None:
    service.says(world_bank({2023: 20330104, 2022: 20034609, 2021: None}))
    path = tmp_path / "data" / "reference.csv"
    said = service.add(path, PEOPLE)
    assert said.endswith("Population, total, in people (CC BY 4.0); figures added: 2, years without one: 1")
    source = '"World Bank, Population, total (SP.POP.TOTL)",https://data.worldbank.org/indicator/SP.POP.TOTL,2024-06-28'
    end = "high,statistics,CC BY 4.0,2024-07-08"
    assert lines(path) == [
        f"{','.join(COLUMNS)},kind,licence,accessed",
        f'"Population, total",Kazakhstan,2022,20034609,people,{source},{end}',
        f'"Population, total",Kazakhstan,2023,20330104,people,{source},{end}',
    ]
    assert len(read_own(path).figures) == 2


def test_a_row_is_called_as_the_claims_call_it(service: Service, tmp_path: Path) -> None:
    service.says(world_bank({2022: 4.876}, "Unemployment, total (% of total labor force) (modeled ILO estimate)"))
    path = tmp_path / "reference.csv"
    service.add(path, Asked("worldbank:SP.POP.TOTL", "kz", "2022", measure="unemployment", subject="the country"))
    (figure,) = read_own(path).figures.values()
    assert (figure.measure, figure.subject, figure.unit[0]) == ("unemployment", "the country", "ratio")
    assert (figure.kind, figure.reliability) == ("model", "medium")


def test_notes_and_other_rows_stay_and_the_same_figures_are_replaced(service: Service, table: Path) -> None:
    service.says(world_bank({2022: 20034609}), world_bank({2022: 20034610, 2023: 20330104}))
    service.add(table, PEOPLE)
    service.add(table, PEOPLE)
    assert lines(table)[1:3] == ["# a note", "trade,all,2017,2.1,billion USD,Office,,,high,,,"]
    figures = [(str(one.period), int(one.value[0])) for one in read_own(table).figures.values()]
    assert figures[1:] == [("2022", 20034610), ("2023", 20330104)]


def test_a_figure_may_be_below_zero(service: Service, tmp_path: Path) -> None:
    service.says(world_bank({2020: -2.6}, "GDP growth (annual %)"))
    service.add(tmp_path / "reference.csv", Asked("worldbank:SP.POP.TOTL", "KZ", "2020"))
    assert "GDP growth (annual %),Kazakhstan,2020,-2.6,percent," in lines(tmp_path / "reference.csv")[1]


def test_trade_is_asked_of_comtrade(service: Service, tmp_path: Path) -> None:
    service.says(comtrade(X=1639664123.75, M=1155326000))
    service.add(tmp_path / "reference.csv", TRADE)
    (figure,) = read_own(tmp_path / "reference.csv").figures.values()
    assert (figure.measure, figure.subject, figure.unit[0]) == ("exports of goods, yearly", "Kazakhstan", "USD")
    assert "not to be passed on" in figure.licence
    assert parse_qs(urlsplit(service.asked[0]).query)["partnerCode"] == ["860"]


def test_a_data_set_is_asked_of_eurostat(service: Service, tmp_path: Path) -> None:
    service.says(json_stat({"0": 83237124, "1": 84358845}, "T"))
    service.add(tmp_path / "reference.csv", GERMANS)
    figures = read_own(tmp_path / "reference.csv").figures.values()
    assert [(str(one.period), int(one.value[0])) for one in figures] == [("2022", 83237124), ("2023", 84358845)]
    assert {(one.source, str(one.published)) for one in figures} == {
        ("Eurostat, Population on 1 January (demo_pjan/sex=T/age=TOTAL)", "2024-05-02")
    }
    query = parse_qs(urlsplit(service.asked[0]).query)
    assert (query["geo"], query["sex"], query["sinceTimePeriod"]) == (["DE"], ["T"], ["2022"])


def test_a_dimension_of_eurostat_that_is_left_open_is_named_with_its_choices(service: Service, tmp_path: Path) -> None:
    service.says(json_stat({"0": 1}, "T", "F"))
    with pytest.raises(InputError, match=r"sex is left open: T \(T\), F \(F\)"):
        service.add(tmp_path / "reference.csv", GERMANS)


WHOLE = world_bank({2022: 20034609})
FAULTS: dict[str, tuple[Callable[[Service], None], str]] = {
    "not there": (lambda one: one.says((404, b"no such thing")), 'status 404, which says "no such thing"'),
    "always busy": (lambda one: one.says((500, b"")), "status 500, 3 times"),
    "no JSON": (lambda one: one.says((200, b'[{"page": 1')), "no whole JSON"),
    "nothing": (lambda one: one.says((200, b"")), "an empty answer"),
    "a web page": (lambda one: one.says((200, b"<html>")), "a web page where figures were due"),
    "no figure": (lambda one: one.says(world_bank({2022: None})), "an answer without any figure for KZ"),
    "another shape": (lambda one: one.says({"data": []}), "an answer of another shape"),
    "another country": (lambda one: one.says(world_bank({2022: 1}, country={"id": "UZ"})), "which was not asked for"),
    "no number": (lambda one: one.says(world_bank({2022: "many"})), "not a number a statistic can have"),
    "one figure twice": (lambda one: one.says([WHOLE[0], WHOLE[1] * 2]), "two figures for KZ 2022"),
    "too slow": (lambda one: one.says(WHOLE, pause=0.5), "no answer within 0.1 seconds"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_where_anything_goes_wrong_the_table_is_as_it_was(fault: str, service: Service, table: Path) -> None:
    before, (arrange, said) = table.read_bytes(), FAULTS[fault]
    arrange(service)
    with pytest.raises(StepError, match=said):
        service.add(table, PEOPLE, time_out=0.1 if service.pause else 5)
    assert (table.read_bytes(), [one.name for one in table.parent.iterdir()]) == (before, [table.name])


def test_a_service_that_is_busy_for_a_moment_is_asked_again(service: Service, table: Path) -> None:
    service.says((500, b""), (503, b""), WHOLE)
    service.add(table, PEOPLE)
    assert len(service.asked) == 3
    assert "status 500; asking again" in service.told[1]


@pytest.mark.parametrize("title", ["GDP (constant 2015 US$)", "Livestock index", "Forest area (sq. km)"])
def test_a_unit_that_is_not_known_is_asked_for(title: str, service: Service, table: Path) -> None:
    before = table.read_bytes()
    service.says(world_bank({2022: 5}, title))
    with pytest.raises(InputError, match="Say the unit"):
        service.add(table, PEOPLE)
    assert table.read_bytes() == before


def test_what_would_make_the_table_unreadable_is_not_written(service: Service, table: Path) -> None:
    before = table.read_bytes()
    service.says(world_bank({2022: 5}, unit="", title="\u00a0"))
    with pytest.raises(StepError, match="measure"):
        service.add(table, Asked("worldbank:SP.POP.TOTL", "KZ", "2022", unit="people"))
    assert table.read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (Asked("worldbnk:X", "KZ", "2020"), 'series "worldbnk:X": did you mean "worldbank"?'),
        (Asked("worldbank:../x", "KZ", "2020"), "allowed: such as worldbank:SP.POP.TOTL"),
        (Asked("eurostat:x/sex", "DE", "2020"), "allowed: such as eurostat:"),
        (Asked("comtrade:export", "KZ", "2020"), "partner: is missing"),
        (Asked("worldbank:X", "Atlantis", "2020"), 'country "Atlantis": allowed: two or three letters'),
        (Asked("worldbank:X", ",", "2020"), "country: is missing"),
        (Asked("worldbank:X", "KZ", "2024:2020"), 'years "2024:2020": allowed: 2020, or'),
        (Asked("worldbank:X", "KZ,UZ", "2020", subject="both"), "there are several countries"),
        (Asked("worldbank:X", "KZ", "2020", unit="flocks"), 'unit "flocks": '),
    ],
)
def test_what_is_not_understood_is_refused_before_anybody_is_asked(
    asked: Asked, problem: str, service: Service, table: Path
) -> None:
    with pytest.raises(InputError) as caught:
        service.add(table, asked)
    assert problem in str(caught.value)
    assert service.asked == []


def test_the_command_adds_to_the_table_of_the_project(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "parameters.yml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    service.says(WHOLE)
    given = ["--country", "KAZ", "--years", "2021:2023", "--address", service.address]
    assert command_line.main(["reference", "add", "worldbank:SP.POP.TOTL", *given]) == 0
    assert capsys.readouterr().out.startswith("data/reference/reference.csv: Population, total, in people")
    assert len(read_own(tmp_path / "data/reference/reference.csv").figures) == 1
