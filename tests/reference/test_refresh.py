"""Comparing the record with its online sources: what is shown, what is taken over, and every way it can go wrong."""

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dalil.errors import InputError, StepError
from dalil.project import resolve, write_whole
from dalil.reference.loading import DESCRIPTION, read_reference
from dalil.reference.online import calling
from dalil.reference.online.refresh import COMTRADE_TABLE, KEPT, Findings, compare, take_over
from dalil.reference.online.services import YEARS_AT_ONCE, Key, alpha2, m49
from dalil.run import command_line
from serving import serving

TODAY = date(2021, 5, 6)
COLUMNS = "measure,area,partner,flow,year,comparator,value,precision,unit,basis,status,origin,note"
POPULATION = f"""\
{COLUMNS}
population,UZ,,,2018,=,32956100,1,person,,official,world-bank-population,
population,KZ,,,2018,=,18276452,1,person,,official,world-bank-population,
population,UZ,,,2019,=,33580350,1,person,,official,world-bank-population,"as printed, in 2020"
population,KZ,,,2019,=,18513673,1,person,,official,world-bank-population,
"""
EMPLOYMENT = f"""\
{COLUMNS}
population_15plus,UZ,,,2018,=,22979532,1,person,,modelled,gapminder-population,
employment_rate,UZ,,,2018,=,57.120,0.001,percent,of people aged 15 and over,modelled,gapminder-employment,
"""
TRADE_UZ = f"""\
{COLUMNS}
trade,UZ,KZ,export,2018,=,1300.250,0.001,million USD,goods and services,official,uz-statistics,
trade,UZ,KZ,import,2018,=,1550.000,0.001,million USD,goods and services,official,uz-statistics,
trade,UZ,KZ,turnover,2018,=,2850.250,0.001,million USD,goods and services,official,uz-statistics,
trade,UZ,001,export,2018,=,11000.000,0.001,million USD,goods and services,official,uz-statistics,
"""
TRADE_KZ = f"""\
{COLUMNS}
trade,KZ,UZ,export,2018,=,1639.664,0.001,million USD,goods,official,kz-statistics,
trade,KZ,UZ,import,2018,=,1155.326,0.001,million USD,goods,official,kz-statistics,
"""
TABLES = {"population": POPULATION, "employment": EMPLOYMENT, "trade-uz": TRADE_UZ, "trade-kz": TRADE_KZ}
ORIGIN = {
    "kind": "statistics", "producer": "An office", "title": "A table", "date_published": "not stated",
    "date_accessed": "2020-01-02", "licence": "CC0", "citation": "An office.", "address": "-", "reliability": "high",
}  # fmt: skip
ORIGINS = ("world-bank-population", "gapminder-population", "gapminder-employment", "uz-statistics", "kz-statistics")

# What the services say: one figure of the population is revised and one is new, 2019 of Kazakhstan is gone.
PEOPLE = {("UZ", 2018): 32956100, ("UZ", 2019): 33580000, ("UZ", 2020): 34232050, ("KZ", 2018): 18276452}
RATES = {("UZ", 2018): Decimal("57.1204"), ("UZ", 2019): Decimal("56.5")}
GOODS = {
    ("UZ", "X", 2018): 1300250499.4, ("UZ", "M", 2018): 1400000000, ("UZ", "X", 2019): 1414000000.25,
    ("KZ", "X", 2018): 1639664123.75, ("KZ", "M", 2018): 1155326000,
}  # fmt: skip

Answered = tuple[int, dict[str, str], bytes]


@dataclass
class Services:
    """Both services on this machine, answering in their own formats; ``instead`` answers for one of them."""

    address: str = ""
    people: dict[tuple[str, int], Any] = field(default_factory=PEOPLE.copy)
    rates: dict[tuple[str, int], Any] = field(default_factory=RATES.copy)
    goods: dict[tuple[str, str, int], Any] = field(default_factory=GOODS.copy)
    instead: dict[str, Callable[[], Answered]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def answer(self, path: str) -> Answered:
        self.asked.append(path)
        parts, query = urlsplit(path), {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        service = "World Bank" if parts.path.startswith("/v2/en/country/") else "UN Comtrade"
        if service in self.instead:
            return self.instead[service]()
        if service == "World Bank":
            return ok(self.world_bank(parts.path, query))
        assert parts.path == "/public/v1/preview/C/A/HS"
        return ok(self.comtrade(query))

    def world_bank(self, path: str, query: dict[str, str]) -> object:
        *_, areas, _, indicator = path.split("/")
        first, last = map(int, query["date"].split(":"))
        figures = self.people if indicator == "SP.POP.TOTL" else self.rates
        rows = [
            {
                "indicator": {"id": indicator, "value": "…"}, "country": {"id": area, "value": "…"},
                "countryiso3code": "…", "date": str(year), "value": figures.get((area, year)),
                "unit": "", "obs_status": "", "decimal": 0,
            }
            for area in areas.split(";") for year in range(last, first - 1, -1)
        ]  # fmt: skip
        size, page = 4, int(query["page"])
        head = {"page": page, "pages": -(-len(rows) // size), "per_page": size, "total": len(rows), "sourceid": "2"}
        return [head, rows[(page - 1) * size : page * size]]

    def comtrade(self, query: dict[str, str]) -> object:
        asked = {name: query[name] for name in ("cmdCode", "partner2Code", "customsCode", "motCode")}
        assert asked == {"cmdCode": "TOTAL", "partner2Code": "0", "customsCode": "C00", "motCode": "0"}
        years = query["period"].split(",")
        assert len(years) <= YEARS_AT_ONCE
        rows = [
            {
                "typeCode": "C", "freqCode": "A", "refYear": year, "period": str(year), "flowCode": flow,
                "reporterCode": int(query["reporterCode"]), "partnerCode": int(query["partnerCode"]),
                "cmdCode": "TOTAL", "primaryValue": value, "isAggregate": True,
            }
            for (area, flow, year), value in self.goods.items()
            if str(year) in years and m49(area) == query["reporterCode"] and flow in query["flowCode"].split(",")
        ]  # fmt: skip
        return {"elapsedTime": "0.10 secs", "count": len(rows), "data": rows, "error": ""}

    def compare(self, folder: Path, **changed: Any) -> Findings:
        addresses = {"World Bank": self.address, "UN Comtrade": self.address}
        given = {"say": self.told.append, "today": TODAY, **changed}
        return compare(folder, given.pop("addresses", addresses), **given)


def ok(content: object) -> Answered:
    return 200, {}, json.dumps(content, default=float).encode()


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """The services, listening; a proxy that is set up on this machine is not asked."""
    monkeypatch.setenv("NO_PROXY", "*")
    told = Services()
    clock = SimpleNamespace(sleep=told.waited.append, time=time.time)
    monkeypatch.setattr("urllib3.util.retry.time", clock)

    with serving(told.answer) as told.address:
        yield told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small record."""
    fields = [{"name": name} for name in COLUMNS.split(",")]
    described = {
        "origins": dict.fromkeys(ORIGINS, ORIGIN),
        "resources": [{"path": f"{name}.csv", "title": name, "schema": {"fields": fields}} for name in TABLES],
    }
    path = tmp_path / "reference"
    path.mkdir()
    (path / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")
    for name, table in TABLES.items():
        (path / f"{name}.csv").write_text(table, encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(folder: Path, table: str) -> list[str]:
    return (folder / table).read_text(encoding="utf-8").splitlines()[1:]


def origin(folder: Path, name: str) -> dict[str, str]:
    return dict(json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["origins"][name])


def words(lines: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines]


def test_each_series_is_counted_and_each_year_that_differs_is_shown(services: Services, folder: Path) -> None:
    before = content(folder)
    found = services.compare(folder)
    assert found.faults == []
    assert words(found.lines()) == [
        "series stored from same changed new no longer there",
        "population UZ world-bank-population 1 1 1 0",
        "population KZ world-bank-population 1 0 0 1",
        "employment_rate UZ gapminder-employment 1 0 1 0",
        "trade export UZ–KZ uz-statistics 1 0 1 0",
        "trade import UZ–KZ uz-statistics 0 1 0 0",
        "trade export KZ–UZ kz-statistics 1 0 0 0",
        "trade import KZ–UZ kz-statistics 1 0 0 0",
        "",
        "series stored from year stored fetched difference percent unit",
        "population UZ world-bank-population 2019 33,580,350 33,580,000 -350 -0.00 person",
        "population UZ world-bank-population 2020 34,232,050 person",
        "population KZ world-bank-population 2019 18,513,673 person",
        "employment_rate UZ gapminder-employment 2019 56.500 percent",
        "trade export UZ–KZ uz-statistics 2019 1,414.000 million USD",
        "trade import UZ–KZ uz-statistics 2018 1,550.000 1,400.000 -150.000 -9.68 million USD",
    ]
    assert content(folder) == before


def test_columns_stand_under_their_titles(services: Services, folder: Path) -> None:
    lines = services.compare(folder).lines()
    titles, row = (next(line for line in lines if start in line) for start in ("difference", "-9.68"))
    for title, cell in {"difference": "-150.000", "percent": "-9.68", "stored ": "1,550.000 "}.items():
        assert titles.rindex(title) + len(title) == row.index(cell) + len(cell)


def test_what_takes_time_is_told(services: Services, folder: Path) -> None:
    services.compare(folder)
    assert services.told == [
        "World Bank: population of 2 countries from 2018 on (SP.POP.TOTL) …",
        "World Bank: employment_rate of 1 countries from 2018 on (SL.EMP.TOTL.SP.ZS) …",
        "UN Comtrade: trade of UZ with KZ …",
        "UN Comtrade: trade of KZ with UZ …",
    ]


def test_what_was_fetched_is_taken_over_in_place(services: Services, folder: Path) -> None:
    before = content(folder)
    told = take_over(services.compare(folder))
    assert [line.rpartition("/")[2] for line in told[:4]] == [
        DESCRIPTION, "population.csv", "employment.csv", COMTRADE_TABLE,
    ]  # fmt: skip
    assert told[4].startswith(f"{COMTRADE_TABLE} is for your own use: © United Nations")
    assert rows(folder, "population.csv") == [
        "population,UZ,,,2018,=,32956100,1,person,,official,world-bank-population,",
        "population,KZ,,,2018,=,18276452,1,person,,official,world-bank-population,",
        'population,UZ,,,2019,=,33580000,1,person,,official,world-bank-population,"as printed, in 2020"',
        "population,UZ,,,2020,=,34232050,1,person,,official,world-bank-population,",
    ]
    assert rows(folder, "employment.csv") == [
        "population_15plus,UZ,,,2018,=,22979532,1,person,,modelled,gapminder-population,",
        "employment_rate,UZ,,,2018,=,57.120,0.001,percent,of people aged 15 and over,modelled,world-bank-employment,",
        "employment_rate,UZ,,,2019,=,56.500,0.001,percent,of people aged 15 and over,modelled,world-bank-employment,",
    ]
    assert rows(folder, COMTRADE_TABLE) == [
        "trade,UZ,KZ,export,2018,=,1300.250499,0.000001,million USD,goods,official,un-comtrade,",
        "trade,UZ,KZ,import,2018,=,1400.000000,0.000001,million USD,goods,official,un-comtrade,",
        "trade,UZ,KZ,export,2019,=,1414.000000,0.000001,million USD,goods,official,un-comtrade,",
        "trade,KZ,UZ,export,2018,=,1639.664124,0.000001,million USD,goods,official,un-comtrade,",
        "trade,KZ,UZ,import,2018,=,1155.326000,0.000001,million USD,goods,official,un-comtrade,",
    ]
    after = content(folder)
    assert after.keys() - before.keys() == {COMTRADE_TABLE}
    assert {name for name in before if after[name] == before[name]} == {"trade-uz.csv", "trade-kz.csv"}


def test_what_was_taken_over_can_be_read_and_says_whence_and_when(services: Services, folder: Path) -> None:
    take_over(services.compare(folder))
    record = read_reference(folder)
    assert [series.origin for series in record.series("trade", "UZ", "KZ", "export")] == [
        "uz-statistics",
        "un-comtrade",
    ]
    for name in ("world-bank-population", "world-bank-employment", "un-comtrade"):
        assert record.origins[name].date_accessed == "2021-05-06"
    assert record.origins["gapminder-population"].date_accessed == "2020-01-02"
    assert "gapminder-employment" not in record.origins
    comtrade = record.origins["un-comtrade"]
    assert (comtrade.kind, comtrade.reliability, comtrade.producer) == ("statistics", "high", "UN Statistics Division")
    # What the record said of a producer stays; where it was read and on what terms does not.
    assert (origin(folder, "world-bank-population")["title"], record.origins["world-bank-population"].licence) == (
        "A table", "CC BY 4.0",
    )  # fmt: skip
    (folder / COMTRADE_TABLE).unlink()
    assert read_reference(folder).absent == {}


def test_taking_over_again_changes_nothing_and_says_so(services: Services, folder: Path) -> None:
    take_over(services.compare(folder))
    before = content(folder)
    found = services.compare(folder, today=date(2021, 7, 8))
    assert take_over(found) == ["Nothing to take over: the record holds what the services say."]
    assert content(folder) == before
    own = {one.name: one.counts() for one in found.comparisons if one.origin == "un-comtrade"}
    assert own == {
        "trade export UZ–KZ": {"same": 2}, "trade import UZ–KZ": {"same": 1},
        "trade export KZ–UZ": {"same": 1}, "trade import KZ–UZ": {"same": 1},
    }  # fmt: skip


def test_an_origin_that_other_rows_still_need_stays(services: Services, folder: Path) -> None:
    employed = "employed,UZ,,,2018,=,13000000,1000,person,,modelled,gapminder-employment,\n"
    (folder / "employment.csv").write_text(EMPLOYMENT + employed)
    take_over(services.compare(folder))
    assert origin(folder, "gapminder-employment") == ORIGIN
    assert employed.strip() in rows(folder, "employment.csv")


def test_a_table_saved_by_a_spreadsheet_is_taken_as_it_is(services: Services, folder: Path) -> None:
    take_over(services.compare(folder))
    for name in ("population.csv", DESCRIPTION):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8-sig", newline="\r\n")
    assert take_over(services.compare(folder))[0].startswith("Nothing to take over")


def test_only_what_changed_gets_a_new_date(services: Services, folder: Path) -> None:
    take_over(services.compare(folder))
    services.rates[("UZ", 2019)] = Decimal("56.6")
    told = take_over(services.compare(folder, today=date(2021, 7, 8)))
    assert [line.rpartition("/")[2] for line in told] == [DESCRIPTION, "employment.csv"]
    assert origin(folder, "world-bank-employment")["date_accessed"] == "2021-07-08"
    assert origin(folder, "world-bank-population")["date_accessed"] == "2021-05-06"


def test_years_are_asked_for_a_few_at_once_and_a_part_without_figures_is_no_fault(
    services: Services, folder: Path
) -> None:
    (folder / "trade-uz.csv").write_text(TRADE_UZ + TRADE_UZ.splitlines()[1].replace("2018", "2005") + "\n")
    found = services.compare(folder)
    periods = [parse_qs(urlsplit(path).query)["period"][0] for path in services.asked if "preview" in path]
    assert periods[:2] == [",".join(map(str, range(2005, 2017))), "2017,2018,2019,2020,2021"]
    assert found.faults == []


# What a service may answer, and what is then said of it.
PAGE = b"<!DOCTYPE html><html><body>Service unavailable</body></html>"
FAULTS: dict[str, tuple[Answered, str]] = {
    "too many": ((429, {}, b"slow down"), 'status 429, which says "slow down", 3 times. Try again later.'),
    "failing": ((500, {}, b""), "status 500, 3 times. Try again later."),
    "gone": ((404, {}, b"no such page"), 'status 404, which says "no such page". The service may have changed'),
    "page": ((200, {}, PAGE), 'a web page where figures were due, which begins "<!DOCTYPE html>'),
    "cut off": ((200, {"Content-Length": "500"}, b'[{"page":'), "an answer that breaks off"),
    "half": ((200, {}, b'{"data": [{"period": "2018", '), "29 bytes that are no whole JSON (Expecting property name"),
    "not utf-8": ((200, {}, b'{"data": "\xff"}'), "13 bytes that are no whole JSON"),
    "infinite": ((200, {}, b"[Infinity]"), "Infinity is not a number"),
    "nothing": ((200, {}, b""), "an empty answer. Try again later."),
    "number": (ok(5), "an answer "),
    "list": (ok([]), "an answer "),
    "null": (ok(None), "an answer "),
    "text": (ok("no data"), "an answer "),
    "other rows": (ok([{"total": 1, "per_page": 9}, [{"value": 1}]]), "an answer of another shape ("),
    "other table": (ok({"data": [{"year": 2018, "value": 5}], "error": ""}), "an answer "),
}


@pytest.mark.parametrize("service", ["World Bank", "UN Comtrade"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_and_the_other_service_is_shown(
    services: Services, folder: Path, service: str, fault: str
) -> None:
    answer, said = FAULTS[fault]
    services.instead[service] = lambda: answer
    before = content(folder)
    found = services.compare(folder)
    with pytest.raises(StepError) as caught:
        take_over(found)
    question = "population of 2 countries" if service == "World Bank" else "trade of UZ with KZ"
    message, kept = str(caught.value).split("\n")
    assert message.startswith(f"{service}, asked for {question}")
    assert said in message
    assert kept == KEPT
    assert content(folder) == before
    assert {one.name.split()[0] for one in found.comparisons} == (
        {"trade"} if service == "World Bank" else {"population", "employment_rate"}
    )


def test_two_faults_are_told_together(services: Services, folder: Path) -> None:
    services.instead = dict.fromkeys(("World Bank", "UN Comtrade"), lambda: (200, {}, b""))
    found = services.compare(folder)
    assert (found.lines(), len(found.faults)) == ([], 2)
    with pytest.raises(StepError, match=r"^World Bank, (?s:.*)\nUN Comtrade, (?s:.*)\nNothing was changed"):
        found.check()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ([{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}], "Invalid value: not valid"),
        ([{"page": 0, "pages": 0, "per_page": 1000, "total": 0}, None], "an answer "),
    ],
)
def test_what_the_world_bank_says_is_passed_on(services: Services, folder: Path, message: object, said: str) -> None:
    services.instead["World Bank"] = lambda: ok(message)
    assert said in str(services.compare(folder).faults[0])


def test_what_un_comtrade_says_is_passed_on(services: Services, folder: Path) -> None:
    services.instead["UN Comtrade"] = lambda: ok({"count": 0, "data": [], "error": "The maintenance runs."})
    assert 'it says "The maintenance runs.". Try again later.' in str(services.compare(folder).faults[0])


@pytest.mark.parametrize("value", ["many", "5", True, -1, 10**15, [1]])
def test_a_value_that_is_no_number(services: Services, folder: Path, value: object) -> None:
    services.people[("UZ", 2019)] = services.goods[("KZ", "M", 2018)] = value
    faults = [str(fault) for fault in services.compare(folder).faults]
    # A column with a list in it is not given on by pandas as one thing; the figures before it are fine.
    assert f'"{value}" for UZ 2019, which is not a number a statistic can have' in faults[0]
    assert "for import KZ–UZ 2018, which is not a number" in faults[1]


def test_a_value_that_is_missing_is_a_year_not_there_yet_or_a_fault(services: Services, folder: Path) -> None:
    services.people[("UZ", 2019)] = services.goods[("KZ", "M", 2018)] = None
    found = services.compare(folder)
    assert found.comparisons[0].counts()["no longer there"] == 1
    assert ['"None" for import KZ–UZ 2018' in str(fault) for fault in found.faults] == [True]


def test_a_country_that_is_suddenly_unknown(services: Services, folder: Path) -> None:
    del services.people[("KZ", 2018)]
    services.goods = {key: value for key, value in GOODS.items() if key[0] == "UZ"}
    said = [str(fault) for fault in services.compare(folder).faults]
    assert ["an answer without any figure for KZ. Try" in fault for fault in said] == [True, True]


def test_figures_that_were_not_asked_for(services: Services, folder: Path) -> None:
    line = {"indicator": {"id": "SP.POP.TOTL"}, "country": {"id": "UZ"}, "date": "1999", "value": 5}
    head = {"pages": 1, "per_page": 9, "total": 1}
    services.instead["World Bank"] = lambda: ok([head, [line]])
    assert "a figure for UZ 1999, which was not asked for" in str(services.compare(folder).faults[0])
    services.instead["World Bank"] = lambda: ok([head, [line | {"indicator": {"id": "SP.DYN.LE00.IN"}}]])
    assert ": figures of SP.DYN.LE00.IN. The service" in str(services.compare(folder).faults[0])
    services.instead["World Bank"] = lambda: ok([head, [line | {"date": "2018"}] * 2])
    assert "two figures for UZ 2018" in str(services.compare(folder).faults[0])


def test_figures_the_record_would_not_be_readable_with(services: Services, folder: Path) -> None:
    before = content(folder)
    services.goods[("UZ", "X", 2019)] = 1414
    services.people[("UZ", 2020)] = 34232
    found = services.compare(folder)
    with pytest.raises(StepError) as caught:
        take_over(found)
    message = str(caught.value)
    assert message.startswith("World Bank: what it sent is whole, but with it the record could not be trusted:\n")
    assert f"{folder}/population.csv\n  - line 5: population UZ is 33,580,000 in 2019 and 34,232 in 2020" in message
    assert message.endswith(KEPT)
    assert content(folder) == before
    services.people = PEOPLE.copy()
    assert str(services.compare(folder).faults[0]).startswith("UN Comtrade: what it sent")


def test_a_service_that_does_not_answer_in_time(services: Services, folder: Path) -> None:
    def late() -> Answered:
        time.sleep(0.2)
        return ok([])

    services.instead["World Bank"] = late
    found = services.compare(folder, time_out=0.05)
    assert "no answer within 0.05 seconds. Try again later." in str(found.faults[0])
    assert len([path for path in services.asked if path.startswith("/v2")]) == calling.TRIES
    assert services.waited == [calling.PAUSE]
    assert services.told.count("  World Bank: no answer in time; asking again …") == calling.TRIES - 1


def test_an_answer_that_only_drips(services: Services, folder: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.recv(2**16)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")
            for _ in range(100):
                connection.sendall(b" ")
                time.sleep(0.02)

    threading.Thread(target=drip, daemon=True).start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    found = services.compare(folder, time_out=0.1, addresses={"World Bank": address, "UN Comtrade": services.address})
    listener.close()
    assert "no answer within 0.1 seconds. Try" in str(found.faults[0])


def test_a_connection_that_is_refused(services: Services, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = f"http://127.0.0.1:{gone.getsockname()[1]}"
    found = services.compare(folder, addresses={"World Bank": services.address, "UN Comtrade": address})
    said = f"UN Comtrade, asked for trade of UZ with KZ 2018 to 2021: no connection to {address} (Connection refused)."
    assert [str(fault) for fault in found.faults] == [f"{said} Look at the connection, then try again."]
    assert services.waited == []


def test_an_answer_without_end(services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "LARGEST_ANSWER", 2**20)
    services.instead["World Bank"] = lambda: (200, {}, b" " * (2**20 + 1))
    assert "an answer of more than 1 MB" in str(services.compare(folder).faults[0])


@pytest.mark.parametrize(("header", "waited"), [("", []), ("7", [7]), ("soon", [])])
def test_a_busy_service_is_asked_again(services: Services, folder: Path, header: str, waited: list[int]) -> None:
    def once() -> Answered:
        del services.instead["UN Comtrade"]
        return 429, {"Retry-After": header}, b""

    services.instead["UN Comtrade"] = once
    assert services.compare(folder).faults == []
    assert services.waited == waited
    assert "  UN Comtrade: status 429; asking again …" in services.told


def test_a_service_that_asks_for_a_long_wait_is_not_waited_for(services: Services, folder: Path) -> None:
    services.instead["World Bank"] = lambda: (429, {"Retry-After": "3600"}, b"quota")
    found = services.compare(folder)
    assert "status 429, and to come back in 3600 seconds. Try again later." in str(found.faults[0])
    assert services.waited == []


@pytest.mark.parametrize("fails", ["population.csv", COMTRADE_TABLE])
def test_a_table_that_cannot_be_written_leaves_all_as_it_was(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def full(path: Path, text: str | bytes) -> None:
        if path.name == fails and isinstance(text, str):
            raise OSError(28, "No space left on device")
        write_whole(path, text)

    before = content(folder)
    found = services.compare(folder)
    monkeypatch.setattr("dalil.reference.online.refresh.write_whole", full)
    with pytest.raises(StepError, match=r"cannot be written: No space left on device\. Nothing was changed"):
        take_over(found)
    assert content(folder) == before


def test_a_write_that_fails_leaves_no_part_of_it_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StepError, match=r"a\.csv cannot be written: No space left"):
        write_whole(tmp_path / "a.csv", "text")
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_is_not_there_or_broken_is_refused_before_anything_is_asked(
    services: Services, folder: Path, tmp_path: Path
) -> None:
    (folder / "population.csv").write_text(POPULATION.replace("32956100", "many"))
    with pytest.raises(InputError, match="line 2: value"):
        services.compare(folder)
    with pytest.raises(InputError, match=f"there is no {DESCRIPTION}"):
        services.compare(tmp_path)
    (folder / "population.csv").unlink()
    with pytest.raises(InputError, match=r"population\.csv\n  - no row has population\nRestore the file\."):
        services.compare(folder)
    assert services.asked == []


def test_the_command_shows_and_applies(
    services: Services, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(folder)
    command = ["refresh", "--folder", str(folder), "--world-bank", services.address, "--comtrade", services.address]
    assert command_line.main(command) == 0
    out, err = capsys.readouterr()
    tables = f"{DESCRIPTION}, population.csv, employment.csv, {COMTRADE_TABLE}"
    assert out.endswith(f"\nNothing was changed. --apply (make: APPLY=1) would write {tables}.\n")
    assert err.startswith("World Bank: population of 2 countries")
    assert content(folder) == before
    assert command_line.main([*command, "--apply"]) == 0
    assert f"\n\nWritten: {folder}/{DESCRIPTION}\n" in capsys.readouterr().out
    monkeypatch.setattr(calling, "TRIES", 1)
    services.instead["UN Comtrade"] = lambda: (500, {}, b"")
    before = content(folder)
    assert command_line.main([*command, "--apply"]) == 1
    out, err = capsys.readouterr()
    assert "population UZ" in out
    assert err.endswith(f"status 500, 1 times. Try again later.\n{KEPT}\n")
    assert content(folder) == before


def test_the_shipped_record_can_be_refreshed(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "shipped"
    shutil.copytree(resolve("data/reference"), folder)
    (folder / COMTRADE_TABLE).unlink(missing_ok=True)
    record = read_reference(folder)
    services.people = {
        (o.area, o.year): int(o.estimate.value or 0) for o in record.observations if o.measure == "population"
    }
    services.rates = {
        (o.area, o.year): float((o.estimate.value or 0) * 100)
        for o in record.observations
        if o.measure == "employment_rate"
    }
    before = content(folder)
    found = services.compare(folder, today=date(2026, 11, 22))
    assert found.faults == []
    for one in found.comparisons:
        if not one.name.startswith("trade"):
            assert one.counts().keys() == {"same"}
    take_over(found)
    after = content(folder)
    assert {name for name in before if after[name] != before[name]} <= {DESCRIPTION, "employment.csv"}
    assert after["employment.csv"] == before["employment.csv"].replace(
        b"gapminder-employment", b"world-bank-employment"
    )
    assert len(read_reference(folder).observations) == len(record.observations) + len(GOODS)


@pytest.mark.parametrize(("code", "letters"), [(860, "UZ"), ("398", "KZ"), ("KAZ", "KZ"), (51, "AM"), ("XX9", "XX9")])
def test_countries_have_letters_and_numbers(code: object, letters: str) -> None:
    assert alpha2(code) == letters
    assert letters == "XX9" or alpha2(m49(letters)) == letters


def test_keys_are_in_order() -> None:
    assert sorted([Key("UZ", "", "", 2019), Key("KZ", "", "", 2020), Key("UZ", "", "", 2018)])[0].area == "KZ"
