"""What an article says of its record is read as meant, or refused with all that is wrong with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from dalil.errors import InputError
from dalil.project import resolve
from dalil.reference.concordance import SeriesMapping, reference_of
from dalil.reference.record import Reference
from dalil.text.record import read_record

BETWEEN = {"series": "trade", "between": ["UZ", "KZ"]}
FIRST_LINE = "my.yml, reference"
LAST_LINE = "Name a package, and for each measure its series."
ONE_WAY = "give exactly one of between (two countries), over, or of and partners"


def reference(folder: Path, measures: object, **more: Any) -> tuple[Reference, dict[str, SeriesMapping], Path | None]:
    return reference_of(folder / "my.txt", {"package": "record", "measures": measures, **more})


def refusal(folder: Path, about: dict[str, Any]) -> list[str]:
    """What is said of an entry that is refused, line by line, with the folder left out."""
    with pytest.raises(InputError) as caught:
        reference_of(folder / "my.txt", about)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def put(folder: Path, **groupings: object) -> None:
    (folder / "record").mkdir()
    described = {"resources": [], "groupings": groupings}
    (folder / "record" / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")


def test_an_article_that_names_no_record_has_an_empty_one() -> None:
    assert reference_of(Path("my.txt"), {}) == (Reference(), {}, None)


def test_a_folder_that_is_not_there_is_named_as_absent(tmp_path: Path) -> None:
    held, measures, folder = reference(tmp_path, {"trade": BETWEEN, "people": {"series": "population", "over": "cis"}})
    assert folder == (tmp_path / "record").resolve()
    assert [Path(path).name for path in held.absent] == ["datapackage.json"]
    assert (held.observations, held.statements, held.origins, held.groupings) == ((), (), {}, {})
    assert set(measures) == {"trade", "people"}


def test_a_package_is_named_from_the_folder_of_the_article(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "articles").mkdir()
    about = {"package": "../record", "measures": {}}
    assert reference_of(tmp_path / "articles" / "my.txt", about)[2] == (tmp_path / "record").resolve()


def test_one_series_may_be_named_alone_and_two_are_listed(tmp_path: Path) -> None:
    work = {"series": ["employment_rate", "population"], "over": "cis"}
    partners = {"series": "trade", "of": "UZ", "partners": "cis", "years": {"then": 2020}}
    put(tmp_path, cis={"always": ["UZ"]})
    _, measures, _ = reference(tmp_path, {"trade": BETWEEN, "work": work, "partners": partners})
    assert measures == {
        "trade": SeriesMapping(series=("trade",), between=("UZ", "KZ")),
        "work": SeriesMapping(series=("employment_rate", "population"), over="cis"),
        "partners": SeriesMapping(series=("trade",), of="UZ", partners="cis", years={"then": 2020}),
    }


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"series": "trade"}, f"measures.trade: {ONE_WAY}"),
        ({**BETWEEN, "over": "cis"}, f"measures.trade: {ONE_WAY}"),
        ({**BETWEEN, "of": "UZ", "partners": "cis"}, f"measures.trade: {ONE_WAY}"),
        ({"series": "trade", "over": "cis", "of": "UZ", "partners": "cis"}, f"measures.trade: {ONE_WAY}"),
        ({**BETWEEN, "of": "UZ"}, f"measures.trade: {ONE_WAY}"),
        ({"series": "trade", "of": "UZ"}, f"measures.trade: {ONE_WAY}"),
        ({"series": "trade", "partners": "cis"}, f"measures.trade: {ONE_WAY}"),
        ({"series": "trade", "between": ["UZ"]}, f"measures.trade: {ONE_WAY}"),
        (
            {"series": ["trade", "rate"], "between": ["UZ", "KZ"]},
            "measures.trade: two series are multiplied only over a grouping; give one",
        ),
        (
            {"series": "trade", "between": ["UZ", "KZ", "RU"]},
            "measures.trade.between: Tuple should have at most 2 items after validation, not 3",
        ),
        ({"between": ["UZ", "KZ"]}, "measures.trade.series: is missing"),
        (
            {"series": [], "between": ["UZ", "KZ"]},
            "measures.trade.series: Value should have at least 1 item after validation, not 0",
        ),
        ({**BETWEEN, "betwen": "KZ"}, 'measures.trade.betwen: is not known, found "KZ"'),
        (
            {"series": "trade", "of": "UZ", "partners": "cis", "years": {"then": "soon"}},
            "measures.trade.years.then: Input should be a valid integer, unable to parse string as an integer, "
            'found "soon"',
        ),
    ],
)
def test_a_counterpart_that_is_not_understood_is_refused(entry: dict[str, Any], problem: str, tmp_path: Path) -> None:
    about: dict[str, Any] = {"package": "record", "measures": {"trade": entry}}
    assert refusal(tmp_path, about) == [FIRST_LINE, f"  - {problem}", LAST_LINE]


@pytest.mark.parametrize(
    ("about", "problems"),
    [
        ({"measures": {}}, ["package: is missing"]),
        ({"package": "record"}, ["measures: is missing"]),
        ({"package": "", "measures": {}}, ["package: String should have at least 1 character"]),
        ({"pakage": "record"}, ["package: is missing", "measures: is missing", 'pakage: is not known, found "record"']),
    ],
)  # fmt: skip
def test_an_entry_without_its_parts_is_refused_with_all_that_is_wrong(
    about: dict[str, Any], problems: list[str], tmp_path: Path
) -> None:
    assert refusal(tmp_path, about) == [FIRST_LINE, *(f"  - {problem}" for problem in problems), LAST_LINE]


@pytest.mark.parametrize(
    "entry", [{"series": "trade", "over": "cic"}, {"series": "trade", "of": "UZ", "partners": "cic"}]
)
def test_a_grouping_that_the_record_does_not_have_is_refused_with_the_one_meant(
    entry: dict[str, str], tmp_path: Path
) -> None:
    put(tmp_path, cis={"always": ["UZ"]}, baltics={"always": ["LT"]})
    about: dict[str, Any] = {
        "package": "record",
        "measures": {"trade": entry, "people": {"series": "population", "over": "asean"}},
    }
    assert refusal(tmp_path, about) == [
        FIRST_LINE,
        '  - trade: grouping "cic": did you mean "cis"?',
        '  - people: grouping "asean": allowed: baltics, cis',
        "Name what record holds.",
    ]


def test_the_shipped_article_names_a_record_that_is_there() -> None:
    article = resolve("data/raw/article.uz.txt")
    held, measures, folder = reference_of(article, read_record(article).reference)
    assert folder == resolve("data/reference")
    assert (set(measures), held.absent) == ({"trade", "partner_trade", "population", "employment"}, {})
