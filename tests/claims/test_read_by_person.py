"""What a person has read outranks what the code reads; one word makes a numeral no claim; the article has defaults."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dalil.claims.claims import Claim, Claims, read_claims
from dalil.errors import InputError
from dalil.text.article import read_article

PERSON = {"read_by": "person", "why": "two levels, as the sentence says"}


def entry(anchor: str, value: str, **more: Any) -> dict[str, Any]:
    like = {"id": "a", "kind": "level", "measure": "unemployment", "subject": "valley", "unit": "ratio"}
    return like | {"value": value, "status": "reported", "section": "text", "anchor": anchor} | more


def read(
    folder: Path, text: str, *entries: dict[str, Any], record: dict[str, Any] | None = None, **parts: Any
) -> Claims:
    article, claims = folder / "my.txt", folder / "my.claims.yml"
    article.write_text(text, encoding="utf-8")
    claims.write_text(json.dumps({"claims": entries, **parts}), encoding="utf-8")
    if record:
        (folder / "my.yml").write_text(json.dumps(record), encoding="utf-8")
    return read_claims(claims, read_article(article), "half-unit")


def only(claims: Claims) -> Claim:
    (claim,) = claims
    return claim


FROM_TO = "Unemployment in the valley fell from 8.4 percent to 6.2 percent in 2023."


def test_one_numeral_that_is_two_levels_is_split(tmp_path: Path) -> None:
    claims = read(
        tmp_path,
        FROM_TO,
        entry("from 8.4 percent", "0.084", **PERSON),
        entry("to 6.2 percent in 2023", "0.062", id="b", period="2023", **PERSON),
    )
    before, after = claims
    assert (before.known.range.low, before.known.range.high) == (Fraction("0.0835"), Fraction("0.0845"))
    assert (after.known.value, str(after.period)) == (Fraction("0.062"), "2023")
    assert not [m for m in claims.mentions if not m.claim_id]


QUARTERS = "Output of the region fell by 0.4% in Quarter 3 (July to Sept) 2022, after growing by 0.2% in Quarter 2."


def test_quarters_are_periods_and_bases_and_their_numerals_are_explained(tmp_path: Path) -> None:
    quarter = {"kind": "change", **PERSON}
    claims = read(
        tmp_path,
        QUARTERS,
        entry("fell by 0.4%", "-0.004", period="2022-Q3", base_period="2022-04/2022-06",
              period_anchor="in Quarter 3 (July to Sept) 2022", **quarter),
        entry("growing by 0.2%", "0.002", id="b", period="2022-Q2", period_anchor="in Quarter 2", **quarter),
    )  # fmt: skip
    first, second = claims
    assert first.known.value == Fraction("-0.004")
    assert (first.known.range.low, first.known.range.high) == (Fraction("-0.0045"), Fraction("-0.0035"))
    assert first.base_period == second.period


# The text, the words that hold the number, what the person reads, and what is then known of it.
READ: dict[str, tuple[str, str, str, dict[str, Any], tuple[str, str | None, str | None]]] = {
    "another currency": (
        "In 2020 the government set aside $800 million.", "$800 million", "800000000",
        {"unit": "SGD"}, ("800000000", "799500000", "800500000"),
    ),
    "a rate": (
        "Deaths fell to 90 per 100 thousand people.", "90 per 100 thousand people", "90",
        {"unit": "deaths per 100,000 people"}, ("90", "85", "95"),
    ),
    "an index": ("The index of prices was 104.2 in May.", "104.2", "104.2", {"unit": "index"},
                 ("104.2", "104.15", "104.25")),
    "a unit of UCUM": ("The dam made 19 GWh.", "19 GWh", "19", {"unit": "GW.h"}, ("19", "18.5", "19.5")),
    "a bound": ("They built 40 schools.", "40 schools", "40", {"unit": "item", "comparator": ">"}, ("40", "40", None)),
    "a target": ("By 2030 it will be 40 percent.", "40 percent", "0.4", {"kind": "target"}, ("0.4", "0.4", "0.4")),
    "a change in words": ("It doubled.", "It doubled", "2", {"kind": "change", "unit": "factor"}, ("2", "2", "2")),
    "a count in no numeral": ("A pair came.", "A pair came", "2", {"kind": "count", "unit": "item"}, ("2", "2", "2")),
    "a sum as a person rounds it": (
        "Some sold a few.", "Some sold a few", "1200", {"unit": "USD"}, ("1200", "1150", "1250"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_any_value_unit_and_role_may_be_given_by_a_person(tmp_path: Path, name: str) -> None:
    text, anchor, value, more, expected = READ[name]
    accounted = [{"phrase": "2020", "reason": "date"}] if "2020" in text else []
    accounted += [{"phrase": "2030", "reason": "date"}] if "2030" in text else []
    try:
        claims = read(tmp_path, text, entry(anchor, value, **more, **PERSON), accounted=accounted)
    except InputError as error:
        pytest.fail(str(error))
    range_ = only(claims).known.range
    high = None if expected[2] is None else Fraction(expected[2])
    low = Fraction(expected[1] or 0)
    assert (only(claims).known.value, range_.low, range_.high) == (Fraction(expected[0]), low, high)
    assert (only(claims).entry.unit, only(claims).entry.kind) == (more.get("unit", "ratio"), more.get("kind", "level"))


def test_a_change_of_so_many_people_or_dollars_needs_no_person(tmp_path: Path) -> None:
    claims = read(
        tmp_path,
        "The number of jobs fell by 4,300 people.",
        entry("fell by 4,300 people", "-4300", kind="change", unit="person"),
    )
    assert only(claims).known.value == -4300


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"read_by": "person"}, 'why: "read_by: person" and "why: …" go together'),
        ({"why": "because"}, 'why: "read_by: person" and "why: …" go together'),
        ({"read_by": "robot", "why": "x"}, "read_by: allowed: '' or 'person'"),
        ({"comparator": ">"}, "comparator: it is read from the text"),
        ({"unit": "SGDD"}, "unit: 'SGDD' is not known; did you mean \"SGD\"?"),
    ],
)
def test_what_a_person_has_read_is_said_with_why(tmp_path: Path, more: dict[str, str], problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, FROM_TO, entry("8.4 percent", "0.084", **more))
    assert f": a: {problem}" in str(caught.value)


def test_one_word_makes_an_entry_no_claim(tmp_path: Path) -> None:
    text = "Box 2 has 12 figures, and 30 towns took part."
    claims = read(
        tmp_path,
        text,
        entry("12 figures", "12", id="figures", kind="none", unit="item", reviewed=True),
        entry("Box 2", "2", id="box", kind="none", why="number of a box"),
        entry("30 towns", "30", id="towns", kind="count", unit="item"),
    )
    assert [claim.id for claim in claims] == ["towns"]
    assert {m.text: m.reason for m in claims.mentions if not m.claim_id} in (
        {"12": "not-a-claim", "Box 2": "identifier"}, {"12": "not-a-claim", "2": "number of a box"},
        {"12 figures": "not-a-claim", "Box 2": "identifier"},
    )  # fmt: skip


def test_what_is_no_claim_is_not_referred_to(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'"a" is no claim \(kind: none\)'):
        read(tmp_path, FROM_TO, entry("8.4", "", kind="none"), entry("6.2 percent", "0.062", id="b", repeats="a"))


def test_the_record_of_an_article_gives_currency_country_and_date(tmp_path: Path) -> None:
    money = entry("$800 million", "800000000", unit="SGD")
    del money["subject"]
    record = {"currency": "SGD", "country": "Singapore", "published": "2021-05-04"}
    claims = read(tmp_path, "The government set aside $800 million.", money, record=record)
    assert (only(claims).entry.unit, only(claims).entry.subject) == ("SGD", "Singapore")


def test_a_currency_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match='currency: "SDG2" is no currency of ISO 4217'):
        read(tmp_path, FROM_TO, record={"currency": "SDG2"})
