"""Numbers that belong together are found and compared, others are not: each rule, on a text that shows it."""

import json
from pathlib import Path

import pytest

from dalil.analysis import adding_up
from dalil.analysis.consistency import RULES, check
from dalil.analysis.relations import CASES, WORDS
from dalil.analysis.rules import Finding
from dalil.claims.claims import read_claims
from dalil.errors import InputError
from dalil.text.article import read_article
from dalil.yamlfile import read_yaml
from invented import entry, level, read
from planted import Planted

TEXTS = read_yaml(Path(__file__).parent / "together.yml")
FOUND, SILENT, SIDES = (TEXTS[part] for part in ("found", "silent", "sides"))


def found(marked: str, folder: Path, language: str = "en") -> list[Finding]:
    return [f for f in check(*Planted("text", language, marked).read(folder)) if f.worked_out]


@pytest.mark.parametrize("told", FOUND, ids=lambda told: f"{told['rule']}-{told['case']}")
def test_numbers_that_belong_together_are_compared(told: dict[str, str], tmp_path: Path) -> None:
    (finding,) = (f for f in found(told["text"], tmp_path) if f.rule == told["rule"])
    assert (finding.case, finding.verdict) == (told["case"], CASES[told["case"]])
    assert finding.worked_out is not None
    assert str(finding.worked_out.formula) == told["formula"]
    assert finding.details["fact"].startswith(f"{told['rule']}_claim")


@pytest.mark.parametrize("name", SILENT)
def test_nothing_differs_where_numbers_need_not_go_together(name: str, tmp_path: Path) -> None:
    assert [f for f in found(SILENT[name], tmp_path) if f.verdict == "differs"] == []


def test_every_rule_and_every_case_is_tested() -> None:
    rules = {rule.name for rule in RULES.values() if rule.words == WORDS}
    assert {told["rule"] for told in FOUND} | {"declared_relations_hold"} == rules
    assert {told["case"] for told in FOUND} == set(CASES)
    assert rules <= set(dir(adding_up))


@pytest.mark.parametrize("language", SIDES)
def test_sides_are_known_by_their_names_in_each_language(language: str, tmp_path: Path) -> None:
    (finding,) = found(SIDES[language], tmp_path, language)
    assert (finding.case, finding.claims) == ("does-not-fit", ("claim2", "claim0", "claim1"))


def test_the_factor_of_a_slip_is_told(tmp_path: Path) -> None:
    (slip,) = (told for told in FOUND if told["case"] == "slip")
    assert found(slip["text"], tmp_path)[0].details["factor"] == "1/1000"


def test_of_a_change_that_nobody_reviewed_the_size_counts(tmp_path: Path) -> None:
    base, later = level("base", period="2016"), level("later", "1 milliard dollar", "1000000000", period="2017")
    fall = entry("fall", "change", "50 foiz", "0.5", period="2017", base_period="2016", reviewed=False)
    (finding,) = (f for f in check(*read(tmp_path, [base, later, fall])) if f.worked_out)
    assert finding.case == "fits"


PARTS = [
    level("one", "1,0 milliard dollar", "1000000000", measure="salt", period="2017"),
    level("two", "2,0 milliard dollar", "2000000000", measure="fish", period="2017"),
    level("all", "4,0 milliard dollar", "4000000000", measure="goods", period="2017"),
]


def related(folder: Path, **relation: str) -> list[Finding]:
    """What is found of three numbers of which the reviewer says how they belong together."""
    read(folder, PARTS)
    path = folder / "claims.yml"
    path.write_text(json.dumps({**json.loads(path.read_text()), "relations": [relation]}))
    article = read_article(folder / "article.txt")
    return [f for f in check(read_claims(path, article, "half-unit"), article) if f.worked_out]


@pytest.mark.parametrize(
    ("equals", "case"), [("one + two", "does-not-fit"), ("2 * two", "fits"), ("(one + two) / 0.75", "fits")]
)
def test_a_relation_that_the_reviewer_declares_is_checked(equals: str, case: str, tmp_path: Path) -> None:
    (finding,) = related(tmp_path, claim="all", equals=equals)
    assert (finding.rule, finding.case, finding.claims[0]) == ("declared_relations_hold", case, "all")


@pytest.mark.parametrize(
    ("equals", "problem"),
    [
        ("one + tow", 'there is no claim "tow"'),
        ("one ** two", "allowed: names of claims and numbers with"),
        ("__import__('os')", "allowed: names of claims and numbers with"),
        ("one.real", "allowed: names of claims and numbers with"),
        ("", "allowed: names of claims and numbers with"),
        ("one / (two - two)", "relation of all"),
    ],
)
def test_a_relation_that_cannot_be_worked_out_is_refused(equals: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"claims\.yml") as refused:
        related(tmp_path, claim="all", equals=equals)
    assert problem in str(refused.value)


def test_a_number_that_a_person_read_is_compared_like_others(tmp_path: Path) -> None:
    person = {"read_by": "person", "why": "it is told in words"}
    base = level("base", "savdo bir yarim milliardga yaqin edi", "1500000000", period="2016", **person)
    later = level("later", "3,0 milliard dollar", "3000000000", period="2017")
    rise = entry("rise", "change", "50 foiz", "0.5", period="2017", base_period="2016")
    (finding,) = (f for f in check(*read(tmp_path, [base, later, rise])) if f.worked_out)
    assert (finding.case, finding.claims) == ("does-not-fit", ("rise", "later", "base"))
