"""Every published formula, worked out from its text on the published claims, facts and tables, gives its number.

The text is read here by Python's own arithmetic, at every corner of what the names stand for; nothing of the package's
trees is used.
"""

import csv
import itertools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from mpmath import mp

from cells import NOTEBOOKS, run_shipped
from conftest import project_in
from dalil.yamlfile import read_yaml

BEFORE = Path(__file__).parent / "facts-0.1.json"
# Stands for an end that is not there.
FAR = mp.mpf(10) ** 60
mp.dps = 50


class Number(NamedTuple):
    """A published number: its value and the ends of its interval, as text."""

    value: str
    low: str
    high: str


class Published:
    """What a run has published."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.facts: dict[str, Any] = {}
        for part in sorted((root / "data/processed/facts").glob("*.json")):
            self.facts |= json.loads(part.read_text(encoding="utf-8"))

    def table(self, name: str) -> list[dict[str, str]]:
        if name == "claims file":
            entries = read_yaml(self.root / "data/raw/claims.yml")["claims"]
            return [{"reviewed": "yes" if entry.get("reviewed", True) else "no"} for entry in entries]
        with (self.root / f"data/processed/{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def named(self, name: str) -> Number:
        if name in self.facts:
            return Number(*(self.facts[name][end] for end in ("value", "low", "high")))
        (row,) = (row for row in self.table("claims") if row["claim_id"] == name)
        return Number(row["value"], row["low"], row["high"])

    def figure(self, name: str, arguments: list[str]) -> Number:
        if name in {"cpi", "gdp_deflator"}:
            with (self.root / "data/reference/prices.csv").open(encoding="utf-8", newline="") as file:
                (row,) = (r for r in csv.DictReader(file) if (r["measure"], r["year"]) == (name, arguments[0]))
            return Number(row["value"], row["value"], row["value"])
        area, other, year = arguments
        if name == "trade":
            return self.trade(area, ["001"] if other == "world" else other.split(" + "), year)
        if name == "printed" or name.endswith("_growth"):
            return self.printed(name, area, other, year)
        name = {"import": "imports", "export": "exports"}.get(name, "value")
        rows = self.table("record" if name == "value" else "balances")
        (row,) = (r for r in rows if (r["reporter"], r["partner"], r["year"]) == (area, other, year))
        ends = ("low", "high") if name == "value" else (f"{name}_low", f"{name}_high")
        return Number(row[name], *(row[end] for end in ends))

    def reference(self, table: str, **where: str) -> list[dict[str, str]]:
        with (self.root / f"data/reference/{table}.csv").open(encoding="utf-8", newline="") as file:
            return [row for row in csv.DictReader(file) if all(row[name] == value for name, value in where.items())]

    def trade(self, area: str, partners: list[str], year: str) -> Number:
        rows = [r for r in self.reference("trade-uz", area=area, year=year) if r["partner"] in partners]
        whole = {r["partner"] for r in rows if r["flow"] == "turnover"}
        flows = [r for r in rows if (r["flow"] == "turnover") == (r["partner"] in whole)]
        both, off = sum(Decimal(r["value"]) for r in flows), sum(Decimal(r["precision"]) / 2 for r in flows)
        return Number(*(str(end * 10**6) for end in (both, both - off, both + off)))

    def printed(self, name: str, area: str, partner: str, year: str) -> Number:
        where = {"area": area, "partner": partner, "year": year}
        if name == "printed":
            rows = self.reference("trade-press", **where, flow="turnover", status="superseded")
        else:
            rows = self.reference("trade-press", **where, measure="trade_growth", flow=name.removesuffix("_growth"))
        (row,) = rows
        value, off = Decimal(row["value"]), Decimal(row["precision"]) / 2
        unit = Decimal(10**6) if name == "printed" else Decimal("0.01")
        return Number(*(str(end * unit) for end in (value, value - off, value + off)))

    def rows(self, table: str, conditions: list[str]) -> list[dict[str, str]]:
        return [row for row in self.table(table) if all(self._meets(row, condition) for condition in conditions)]

    def _meets(self, row: dict[str, str], condition: str) -> bool:
        left, sign, right = re.fullmatch(r"(.*?) ([=≠<>≥∋∌]) (.*)", condition).groups()  # type: ignore[union-attr]
        if sign in "∋∌":
            return (right in row[left].split()) == (sign == "∋")
        if sign == "<":
            return int(row[left]) < int(right)
        if sign in ">≥":
            left = left.replace("(year)", f"({row['year']})")
            number = self.worked_out(re.sub(r"\b(value|year)\b", lambda name: row[name[0]], left)).value
            bound = self.worked_out(right).value
            return bool(number > bound if sign == ">" else number >= bound)
        wanted = ["" if option == "none" else option for option in right.split(" | ")]
        return (row[left] in wanted) == (sign == "=")

    def worked_out(self, formula: str) -> "Result":
        """Work out arithmetic: plain numbers, names, and figures as ``name(arguments)``."""
        known: dict[str, Number] = {}

        def put(number: Number) -> str:
            known[name := f"x{len(known)}"] = number
            return name

        seen: dict[str, str] = {}

        def once(match: re.Match[str]) -> str:
            if match[0] not in seen:
                seen[match[0]] = put(self._number(match))
            return seen[match[0]]

        named = "count|sum|distinct|turnover|(?:im|ex)port(?:_growth)?|trade|printed|cpi|high|low"
        text = re.sub(rf"(?:{named})\([^()]*\)", once, formula)
        text = re.sub(r"\b(?!x\d|ln\b|ceiling\b)[a-z][a-z0-9_]*\b", once, text)
        text = re.sub(r"(?<![\w.])\d+(?:\.\d+)?", r"number('\g<0>')", text.replace("×", "*").replace("^", "**"))
        return Result(
            list(_corners(text, known)), eval(text, _NAMES, {k: mp.mpf(n.value) for k, n in known.items()}), known
        )

    def _number(self, match: re.Match[str]) -> Number:
        name, _, rest = match[0].partition("(")
        arguments = [part.strip() for part in rest.removesuffix(")").split(",")]
        if not rest:
            return self.named(name)
        if name in {"high", "low"}:
            end = getattr(self.named(arguments[0]), name)
            return Number(end, end, end)
        if name in {"count", "sum", "distinct"}:
            return self.counted(name, *arguments)
        return self.figure(name, arguments)

    def counted(self, what: str, of: str, *conditions: str) -> Number:
        table, _, column = of.partition(".")
        rows = self.rows(table, list(conditions))
        items = [item for row in rows for item in row[column].split()] if column else [str(row) for row in rows]
        text = str(len(set(items)) if what == "distinct" else len(items) if what == "count" else sum(map(int, items)))
        return Number(text, text, text)


class Result(NamedTuple):
    """What a formula comes to at the corners and at its centre, and what it rests on."""

    corners: list[Any]
    value: Any
    known: dict[str, Number]


_NAMES = {"__builtins__": {}, "number": mp.mpf, "ln": mp.log, "ceiling": mp.ceil}


def _corners(text: str, known: dict[str, Number]) -> Iterator[Any]:
    ends = [[mp.mpf(n.low) if n.low else -FAR, mp.mpf(n.high) if n.high else FAR] for n in known.values()]
    for corner in itertools.product(*ends):
        yield eval(text, _NAMES, dict(zip(known, corner, strict=True)))


def near(written: str, number: Any) -> bool:
    """Whether a number is what was written to fifteen digits."""
    return bool(mp.almosteq(mp.mpf(written), number, rel_eps=mp.mpf("1e-12"), abs_eps=mp.mpf("1e-13")))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    root = project_in(tmp_path_factory.mktemp("published")).root
    for notebook in NOTEBOOKS:
        run_shipped(notebook, root)
    published = Published(root)
    assert len(published.facts) > 100
    return published


def test_facts_are_those_of_the_version_before(published: Published) -> None:
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    assert {
        name: {key: fact[key] for key in ("value", "low", "high", "unit")} for name, fact in published.facts.items()
    } == before


def test_every_formula_gives_its_number_and_its_interval(published: Published) -> None:
    wrong = {name: fact["formula"] for name, fact in published.facts.items() if not gives(published, name)}
    assert wrong == {}


def test_a_number_that_is_not_that_of_its_formula_is_noticed(published: Published) -> None:
    for name, fact in list(published.facts.items()):
        for end in ("value", "low", "high"):
            if fact[end] and not fact["formula"].startswith(("first(", "last(", "most(")):
                other = str(mp.mpf(fact[end]) * (1 + mp.mpf("1e-9")) + mp.mpf("1e-9"))
                published.facts[name] = {**fact, end: other}
                assert not gives(published, name), (name, end)
        published.facts[name] = fact


def gives(published: Published, name: str) -> bool:
    """Whether the text of a fact's formula comes to its value and its interval."""
    fact = published.facts[name]
    formula, _, less = fact["formula"].partition(") - ")
    if formula.startswith("first("):
        return is_first(published, fact, formula.removesuffix(")") if less == "" else formula, int(less or 0))
    if formula.startswith("last("):
        of, *conditions = formula.removeprefix("last(").removesuffix(")").split(", ")
        table, column = of.split(".")
        return int(fact["value"]) == max(int(row[column]) for row in published.rows(table, conditions))
    if formula.startswith("most("):
        of, *conditions = formula.removeprefix("most(").removesuffix(")").split(", ")
        column, _, year = of.removeprefix("groupings.").removesuffix("]").partition("[")
        rows = published.rows("groupings", conditions)
        return near(fact["value"], max(mp.mpf(json.loads(r[column])[year] if year else r[column]) for r in rows))
    if fact["formula"].startswith("min("):
        parts = [published.named(part) for part in re.findall(r"target_\w+", fact["formula"])]
        met = [part.value for part in parts if part.value]
        ends = fact["low"] == min(part.low for part in parts), fact["high"] == (min(met) if met else "")
        return fact["value"] == (min(met) if met else "") and all(ends)
    result = published.worked_out(fact["formula"])
    low, high = min(result.corners), max(result.corners)
    endless = any("" in number for number in result.known.values())
    reached = [(fact["low"], low), (fact["high"], high)]
    return near(fact["value"], result.value) and all(near(text, end) if text else endless for text, end in reached)


def is_first(published: Published, fact: dict[str, Any], formula: str, less: int) -> bool:
    """Whether a year is the first that meets what the formula says, less some year."""
    of, *conditions = formula.removeprefix("first(").split(", ")
    table, column = of.split(".")
    years = [int(row[column]) for row in published.rows(table, conditions)]
    if years:
        return int(fact["value"]) == min(years) - less
    official = published.rows(table, conditions[:-1])
    return fact["value"] == "" and int(fact["low"]) == max(int(row[column]) for row in official) - less


def test_a_fact_says_its_kind_by_its_formula(published: Published) -> None:
    kinds = {name: fact["kind"] for name, fact in published.facts.items() if fact["kind"]}
    assert kinds == {
        "trade_2016_implied": "implied",
        "trade_increment_2017": "increment",
        "trade_doubling_time": "doubling",
        "rail_index_2018": "index",
        "employment_share": "share",
        "contracts_to_trade": "share",
    }


def test_the_claims_and_sources_of_a_fact_are_those_its_formula_names(published: Published) -> None:
    for name, fact in published.facts.items():
        named = {leaf["claim"] for leaf in leaves(fact["expression"]) if "claim" in leaf}
        assert named <= set(fact["claims"]), name
        figures = [leaf for leaf in leaves(fact["expression"]) if "figure" in leaf]
        assert not figures or fact["sources"], name


def leaves(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The named leaves of a tree."""
    for part in tree.get("args", [tree["is"]] if "is" in tree else []):
        yield from leaves(part)
    if "op" not in tree and "is" not in tree:
        yield tree
