"""Every numeral of the article is a claim or explained, and a claims file that does not fit the text is refused."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from yaml import safe_load

from dalil.claims.claims import Claims, read_claims
from dalil.claims.mentions import account
from dalil.errors import InputError
from dalil.project import resolve
from dalil.text import Article, read_article

ARTICLE = resolve("data/raw/article.uz.txt")
CLAIMS = resolve("data/raw/claims.yml").read_text(encoding="utf-8")
ENTRIES: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in safe_load(CLAIMS)["claims"]}

# What each number says, worked out by hand: half of the last printed digit to either side; a target is exact;
# "more than" has no upper end; a rank among the first thousand is anywhere from 1 to 1000.
NUMBERS = {
    "accession_states": ("8", "8", "8", "="),
    "population_cis": ("283000000", "282500000", "283500000", "="),
    "employment_cis": ("120500000", "120450000", "120550000", "="),
    "trade_2017": ("2000000000", "1500000000", "2500000000", "="),
    "trade_growth_2017": ("0.312", "0.3115", "0.3125", "="),
    "rail_growth_2018": ("0.44", "0.435", "0.445", "="),
    "target_2018": ("3000000000", "3000000000", "3000000000", "="),
    "target_2020": ("5000000000", "5000000000", "5000000000", "="),
    "contracts_2017": ("1000000000", "500000000", "1500000000", "="),
    "forums_2017": ("2", "2", "2", "="),
    "documents": ("30", "30", None, ">"),
    "partner_growth": ("0.2", "0.2", None, ">"),
    "strategy_stages": ("2", "2", "2", "="),
    "university_rank": ("1000", "1", "1000", "<="),
    "trade_2017_again": ("2000000000", "1500000000", "2500000000", "="),
    "trade_growth_2017_again": ("0.312", "0.3115", "0.3125", "="),
    "target_3bn_again": ("3000000000", "3000000000", "3000000000", "="),
    "target_2020_again": ("5000000000", "5000000000", "5000000000", "="),
}

DATES = {
    "accession_date": "1991-12-21",
    "visit_2018": "2018-03-15",
    "security_council_term": "2017/2018",
    "visit_2017": "2017-03-22/2017-03-23",
    "strategy_horizon": "2030",
    "strategy_stage_1": "2021/2025",
    "strategy_stage_2": "2026/2030",
}

REPEATED = {
    "trade_2017_again": "trade_2017",
    "trade_growth_2017_again": "trade_growth_2017",
    "rail_growth_again": "rail_growth_2018",
    "target_3bn_again": "target_2018",
    "target_2020_again": "target_2020",
}


@pytest.fixture(scope="module")
def article() -> Article:
    return read_article(ARTICLE)


@pytest.fixture(scope="module")
def claims(article: Article) -> Claims:
    return read_claims(resolve("data/raw/claims.yml"), article, "half-unit")


def test_every_claim_of_the_file_is_read_in_its_order(claims: Claims) -> None:
    assert [claim.id for claim in claims] == list(ENTRIES)
    assert sorted([*NUMBERS, *DATES, "rail_growth_again"]) == sorted(ENTRIES)


@pytest.mark.parametrize("claim_id", NUMBERS)
def test_what_each_number_asserts(claims: Claims, claim_id: str) -> None:
    value, low, high, comparator = NUMBERS[claim_id]
    claim = claims[claim_id]
    estimate = claim.known
    assert (estimate.value, estimate.range.low) == (Fraction(value), Fraction(low))
    assert estimate.range.high == (None if high is None else Fraction(high))
    assert (claim.comparator, estimate.range.low_open) == (comparator, comparator == ">")
    assert Fraction(ENTRIES[claim_id]["value"]) == estimate.value


@pytest.mark.parametrize("claim_id", DATES)
def test_what_each_date_asserts(claims: Claims, claim_id: str) -> None:
    assert claims[claim_id].iso == ENTRIES[claim_id]["value"] == DATES[claim_id]
    assert claims[claim_id].estimate is None


def test_a_claim_without_a_number_says_so(claims: Claims) -> None:
    assert (claims["rail_growth_again"].estimate, claims["rail_growth_again"].iso) == (None, "")
    with pytest.raises(InputError, match=r"^claim rail_growth_again\n  - it states no number"):
        _ = claims["rail_growth_again"].known


@pytest.mark.parametrize(
    ("rounding", "low", "high", "open_ends"),
    [
        ("exact", "0.312", "0.312", (False, False)),
        ("floor", "0.312", "0.313", (False, True)),
        ("ceiling", "0.311", "0.312", (True, False)),
    ],
)
def test_the_interval_follows_the_way_of_rounding(
    article: Article, rounding: Any, low: str, high: str, open_ends: tuple[bool, bool]
) -> None:
    range_ = read_claims(resolve("data/raw/claims.yml"), article, rounding)["trade_growth_2017"].known.range
    assert (range_.low, range_.high) == (Fraction(low), Fraction(high))
    assert (range_.low_open, range_.high_open) == open_ends


@pytest.mark.parametrize("claim_id", ENTRIES)
def test_a_claims_quote_stands_in_the_raw_file_at_its_lines(claims: Claims, article: Article, claim_id: str) -> None:
    claim = claims[claim_id]
    lines = article.raw.split("\n")
    assert claim.quote == article.raw[claim.sentence.start : claim.sentence.end]
    assert claim.quote in "\n".join(lines[claim.line_start - 1 : claim.line_end])
    assert claim.quote.split("\n")[0] in lines[claim.line_start - 1]
    assert claim.quote.split("\n")[-1] in lines[claim.line_end - 1]
    assert claim.section.id == ENTRIES[claim_id]["section"]


@pytest.mark.parametrize(
    ("claim_id", "mark"),
    [("population_cis", "[1]"), ("trade_2017", "[4]"), ("documents", "[3]"), ("trade_2017_again", "")],
)
def test_a_claim_takes_the_mark_that_closes_its_passage(claims: Claims, claim_id: str, mark: str) -> None:
    assert claims[claim_id].citation == mark


def test_every_digit_of_the_article_lies_in_exactly_one_mention(claims: Claims, article: Article) -> None:
    runs = list(re.finditer(r"\d+", article.raw))
    assert len(runs) > len(claims.claims)
    for run in runs:
        assert sum(m.start <= run.start() and run.end() <= m.end for m in claims.mentions) == 1, run


@pytest.mark.parametrize("numeral", ["ikki", "ikkala", "birinchi", "har bir", "bir-bir", "chet ellik"])
def test_every_numeral_in_words_lies_in_exactly_one_mention(claims: Claims, article: Article, numeral: str) -> None:
    words = list(re.finditer(rf"\b{numeral}", article.raw, re.IGNORECASE))
    assert words
    for word in words:
        assert sum(m.start <= word.start() and word.end() <= m.end for m in claims.mentions) == 1, word


def test_every_mention_has_a_claim_or_a_reason_and_not_both(claims: Claims) -> None:
    assert [m.id for m in claims.mentions if bool(m.claim_id) == bool(m.reason)] == []
    assert {m.claim_id for m in claims.mentions if m.claim_id} <= set(ENTRIES)


def test_a_numeral_of_a_claim_takes_no_reason_from_a_phrase_that_fits_it_too(tmp_path: Path, article: Article) -> None:
    path, _ = changed(tmp_path, ("phrase: ikki davlat,", "phrase: ikki,"))
    read = read_claims(path, article, "half-unit")
    (stages,) = (m for m in read.mentions if m.id in read["strategy_stages"].mentions)
    assert (stages.claim_id, stages.reason) == ("strategy_stages", "")


def test_mentions_are_where_they_say_in_the_order_of_the_article(claims: Claims, article: Article) -> None:
    assert [m.id for m in claims.mentions] == [f"m{n:03d}" for n in range(1, len(claims.mentions) + 1)]
    end = 0
    for m in claims.mentions:
        assert end <= m.start < m.end
        assert article.raw[m.start : m.end] == m.text
        assert m.line == article.raw[: m.start].count("\n") + 1
        end = m.end


def test_a_claim_and_its_mentions_stand_in_one_section_and_name_each_other(claims: Claims) -> None:
    mentions = {m.id: m for m in claims.mentions}
    for claim in claims:
        for name in claim.mentions:
            assert mentions[name].claim_id in claims.claims
            assert claim.section.start <= mentions[name].start < claim.section.end
    assert {name for claim in claims for name in claim.mentions} == {m.id for m in claims.mentions if m.claim_id}


def test_restatements_point_at_another_place(claims: Claims) -> None:
    assert {c.id: c.entry.repeats for c in claims if c.entry.repeats} == REPEATED
    for again, first in REPEATED.items():
        assert claims[first].sentence.end <= claims[again].sentence.start
        assert not set(claims[first].mentions) & set(claims[again].mentions)
        assert (claims[first].section.id, claims[again].section.id) == ("background", "conclusion")


def test_the_account_adds_up(claims: Claims) -> None:
    counted = account(claims.mentions)
    assert counted["numerals"] == len(claims.mentions) == sum(counted.values()) - counted["numerals"]
    assert counted["numerals_citation_marks"] == len(re.findall(r"\[\d+\]", ARTICLE.read_text(encoding="utf-8")))
    assert counted["numerals_in_claims"] == len({name for claim in claims for name in claim.mentions})


POPULATION = "anchor: davlatlarning aholisi 283 mln. kishini"

# name: words of the file, what to write instead, words of the line the error names, the problem
MISFITS = {
    "anchor not there": (
        POPULATION,
        "anchor: aholisi 284 mln.",
        "id: population_cis",
        'claim "population_cis": the words "aholisi 284 mln." do not stand in section "introduction"',
    ),
    "anchor in another section": (
        "    section: introduction\n    " + POPULATION,
        "    section: conclusion\n    " + POPULATION,
        "id: population_cis",
        'claim "population_cis": the words "davlatlarning aholisi 283 mln. kishini" do not stand in section '
        '"conclusion"; they stand in section "introduction": write that',
    ),
    "anchor not alone": (
        POPULATION,
        "anchor: MDH",
        "id: population_cis",
        'claim "population_cis": the words "MDH" stand 4 times in section "introduction"; quote more of them',
    ),
    "anchor without a number": (
        POPULATION,
        "anchor: davlatlarning aholisi",
        "id: population_cis",
        'claim "population_cis": the anchor must hold exactly one level in person; the text there reads no number',
    ),
    "anchor with two numbers": (
        POPULATION,
        "anchor: 283 mln. kishini tashkil etmoqda. Bu aholining 120,5 mln. iqtisodiyotda",
        "id: population_cis",
        'claim "population_cis": the anchor must hold exactly one level in person; the text there reads "283 mln. '
        'kishini" (measure, person), "120,5 mln." (measure, person)',
    ),
    "period anchor not there": (
        "period_anchor: 2017-yilda o‘zaro savdo hajmi",
        "period_anchor: 2019-yilda",
        "id: trade_growth_2017",
        'claim "trade_growth_2017": the words "2019-yilda" do not stand in section "background"; quote the article',
    ),
    "value differs": (
        'value: "283000000"',
        'value: "284000000"',
        "id: population_cis",
        'claim "population_cis": value is 284000000 in the file, 283000000 in the text',
    ),
    "value differs in its unit": (
        'value: "0.44"',
        'value: "44"',
        "id: rail_growth_2018",
        'claim "rail_growth_2018": value is 44 in the file, 0.44 in the text',
    ),
    "value not a number": (
        'value: "283000000"',
        "value: many",
        "id: population_cis",
        'claim "population_cis": value "many" is not a decimal number',
    ),
    "value that is a date differs": (
        'value: "1991-12-21"',
        'value: "1991-12-22"',
        "id: accession_date",
        'claim "accession_date": value is "1991-12-22" in the file, "1991-12-21" in the text',
    ),
    "list of another length": (
        "anchor: Ozarbayjon, Armaniston, ",
        "anchor: Armaniston, ",
        "id: accession_states",
        'claim "accession_states": value is 8 in the file, 7 in the text',
    ),
    "unit of another kind": (
        "unit: person",
        "unit: USD",
        "id: population_cis",
        'claim "population_cis": the anchor must hold exactly one level in USD; the text there reads "283 mln. '
        'kishini" (measure, person)',
    ),
    "date differs from period": (
        'period: "2018"',
        'period: "2019"',
        "id: target_2018",
        'claim "target_2018": the text says "2018-yilda" (2018); the file has period "2019" and base period ""',
    ),
    "date differs from base period": (
        'base_period: "2016"',
        'base_period: "2015"',
        "id: trade_growth_2017",
        'claim "trade_growth_2017": the text says "2016-yilga" (2016); the file has period "2017" and base period '
        '"2015"',
    ),
    "unknown section": (
        "section: introduction",
        "section: intro",
        "id: accession_date",
        'claim "accession_date": there is no section "intro"; allowed: abstract-uz, abstract-ru, abstract-en, '
        "introduction, background, discussion, conclusion",
    ),
    "accounted phrase that matches nothing": (
        "phrase: ikki xalq,",
        "phrase: uch xalq,",
        "phrase: uch xalq,",
        'no numeral begins "uch xalq"',
    ),
    "unknown unit": (
        "unit: person",
        "unit: people",
        "unit: people",
        "population_cis: unit: 'people' is not known; allowed: ratio (of 1), pp, item, person, rank, index, date, t, "
        "km, …, or a currency such as USD; one of your own needs read_by: person and why",
    ),
    "unknown kind": (
        "kind: level",
        "kind: levels",
        "kind: levels",
        "population_cis: kind: allowed: 'level', 'change', 'target', 'count', 'rank', 'period' or 'date', found "
        "'levels'",
    ),
    "unknown status": (
        "status: reported",
        "status: rumoured",
        "status: rumoured",
        "accession_date: status: allowed: 'reported', 'agreed' or 'aimed', found 'rumoured'",
    ),
    "unknown field": (
        POPULATION,
        POPULATION + "\n    colour: red",
        "colour: red",
        "population_cis: colour: it is not known; allowed: anchor, ",
    ),
    "field left out": (
        "  - id: accession_date\n    kind: date\n",
        "  - id: accession_date\n",
        "id: accession_date",
        "accession_date: kind: it is missing; write it",
    ),
    "id that is no name": (
        "id: population_cis",
        "id: Population CIS",
        "id: Population CIS",
        "Population CIS: id: allowed: small letters, digits and _, a letter first, such as wheat_2001, found "
        "'Population CIS'",
    ),
    "empty anchor": (
        POPULATION,
        'anchor: ""',
        'anchor: ""',
        "population_cis: anchor: allowed: words of the article, found ''",
    ),
    "value that is a list": (
        'value: "283000000"',
        "value: [283000000]",
        "value: [283000000]",
        "population_cis: value: allowed: a valid string, found ['283000000']",
    ),
    "entry that is no mapping": (
        "  - id: accession_date\n",
        "  - accession_date\n  - id: accession_date\n",
        "- accession_date\n",
        "entry: allowed: a valid dictionary",
    ),
    "duplicate id": (
        "id: population_cis",
        "id: accession_date",
        "id: accession_date\n    kind: level",
        'id "accession_date" is taken by line 27',
    ),
    "id of a share taken by a claim": (
        "id: employment_share",
        "id: trade_2017",
        "id: trade_2017\n    part:",
        'id "trade_2017" is taken by line 104',
    ),
    "number in a statement that is bound to nothing": (
        "en: The countries of the CIS now have {value}",
        "en: The 12 countries of the CIS now have {value}",
        "statement:\n      en: The 12",
        'population_cis: statement: en: the number "12" is bound to nothing; name it in braces: number, value',
    ),
    "period in a statement of a claim that gives none": (
        "en: The countries of the CIS now have {value}",
        "en: In {period} the countries of the CIS had {value}",
        "statement:\n      en: In {period} the countries",
        "population_cis: statement: en: {period} is not known; allowed: number, value",
    ),
    "statement in a language that no report is written in": (
        "en: The countries of the CIS now have {value}",
        "de: Die Staaten der GUS haben nun {value}",
        "statement:\n      de:",
        'population_cis: statement: language "de": allowed: en, ru, uz',
    ),
    "period that is not ISO": (
        'period: "1991-12-21"',
        'period: "21.12.1991"',
        'period: "21.12.1991"',
        'accession_date: period: "21.12.1991" is not ISO 8601; allowed: 2017, 2017-03, 2017-03-22, 2017-Q1, 2017-H2, '
        "or two of them with / between, found '21.12.1991'",
    ),
    "base period that is not ISO": (
        'base_period: "2016"',
        "base_period: last year",
        "base_period: last year",
        'trade_growth_2017: base_period: "last year" is not ISO 8601; allowed',
    ),
    "period that ends before it starts": (
        "period: 2018-01/2018-02",
        "period: 2018-02/2018-01",
        "period: 2018-02/2018-01",
        "rail_growth_2018: period: it ends before it starts, found '2018-02/2018-01'",
    ),
    "period that ends with its stroke": (
        'period: "2018"',
        "period: 2018/",
        "period: 2018/",
        'target_2018: period: "" is not ISO 8601; allowed',
    ),
    "levels of one measure in two units": (
        "measure: employment\n    subject: cis\n    unit: person",
        "measure: population\n    subject: cis\n    unit: t",
        "id: employment_cis",
        'claim "employment_cis": the measure "population" of "cis" is in t here and in person in "population_cis" '
        "(line 60); name another measure",
    ),
    "share of what is in another unit": (
        "whole: trade_2017",
        "whole: population_cis",
        "id: contracts_to_trade",
        'ratio "contracts_to_trade": contracts_2017 is in USD, population_cis in person',
    ),
    "share of a claim without a number": (
        "whole: trade_2017",
        "whole: visit_2017",
        "id: contracts_to_trade",
        'ratio "contracts_to_trade": claim "visit_2017" states no number',
    ),
    "accounted phrase of a claim's numeral": (
        "phrase: ikki xalq,",
        "phrase: 283 mln. kishini,",
        "phrase: 283 mln. kishini,",
        'every numeral that begins "283 mln. kishini" is explained without it',
    ),
    "YAML syntax": (
        "    kind: date\n",
        "    kind: [date\n",
        "measure: accession",
        "a bracket opens and none closes, or a comma is missing; found 'measure: accession'",
    ),
    "YAML key given twice": (
        "    kind: date\n",
        "    kind: date\n    kind: level\n",
        "kind: level",
        'found duplicate key "kind"',
    ),
} | {
    f"{field} of a claim that is not there": (
        f"{field}: {old}\n",
        f"{field}: {new}\n",
        owner,
        'there is no claim "nobody"',
    )
    for field, old, new, owner in [
        ("repeats", "trade_2017", "nobody", "id: trade_2017_again"),
        ("follows", "strategy_stage_1", "nobody", "id: strategy_stage_2"),
        ("ends_with", "strategy_horizon", "nobody", "id: strategy_stage_2"),
        ("counts", "[strategy_stage_1, strategy_stage_2]", "[strategy_stage_1, nobody]", "id: strategy_stages"),
        ("part", "employment_cis", "nobody", "id: employment_share"),
        ("whole", "trade_2017", "nobody", "id: contracts_to_trade"),
    ]
}


def changed(folder: Path, *changes: tuple[str, str]) -> tuple[Path, str]:
    """Write a copy of the claims file with the first of each of these words replaced."""
    text = CLAIMS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "claims.yml"
    path.write_text(text, encoding="utf-8")
    return path, text


def refusal(path: Path, problem: str) -> str:
    """Match an error about a file that holds this problem."""
    return f"^{re.escape(str(path))}\n(.*\n)*  - {re.escape(problem)}"


@pytest.mark.parametrize(("old", "new", "at", "problem"), list(MISFITS.values()), ids=list(MISFITS))
def test_a_misfit_is_refused_with_file_line_and_reason(
    tmp_path: Path, article: Article, old: str, new: str, at: str, problem: str
) -> None:
    path, text = changed(tmp_path, (old, new))
    line = text[: text.index(at)].count("\n") + 1
    with pytest.raises(InputError, match=refusal(path, f"line {line}: {problem}")):
        read_claims(path, article, "half-unit")


@pytest.mark.parametrize(
    ("phrase", "line", "numeral"), [("ikki xalq", 261, "ikki"), ("ikkala mamlakat", 129, "ikkala")]
)
def test_a_numeral_nobody_explained_is_named_with_its_line_in_the_article(
    tmp_path: Path, article: Article, phrase: str, line: int, numeral: str
) -> None:
    path, _ = changed(tmp_path, (f"  - {{phrase: {phrase}, reason: the-two-countries}}\n", ""))
    assert phrase in article.raw.split("\n")[line - 1].lower()
    problem = f'data/raw/article.uz.txt, line {line}: nobody explained "{numeral}"\n'
    with pytest.raises(InputError, match=refusal(path, problem)):
        read_claims(path, article, "half-unit")


def test_a_claim_removed_leaves_its_numerals_unexplained(tmp_path: Path, article: Article) -> None:
    start = CLAIMS.index("  - id: documents\n")
    path, _ = changed(tmp_path, (CLAIMS[start : CLAIMS.index("  - id:", start + 1)], ""))
    problem = 'data/raw/article.uz.txt, line 300: nobody explained "30 dan ortiq"\n'
    with pytest.raises(InputError, match=refusal(path, problem)) as caught:
        read_claims(path, article, "half-unit")
    assert str(caught.value).count("nobody explained") == 1


@pytest.mark.parametrize(
    "names",
    [
        ["value differs", "value differs in its unit", "list of another length", "date differs from period"],
        ["unknown kind", "unknown unit", "unknown field", "part of a claim that is not there"],
    ],
)
def test_all_misfits_are_reported_at_once(tmp_path: Path, article: Article, names: list[str]) -> None:
    path, _ = changed(tmp_path, *(MISFITS[name][:2] for name in names))
    with pytest.raises(InputError, match=rf"^{re.escape(str(path))}\n") as caught:
        read_claims(path, article, "half-unit")
    assert [name for name in names if MISFITS[name][3] not in str(caught.value)] == []


def test_misfits_and_unexplained_numerals_are_reported_together(tmp_path: Path, article: Article) -> None:
    old, new, _, problem = MISFITS["value differs"]
    path, _ = changed(tmp_path, (old, new), ("  - {phrase: ikki xalq, reason: the-two-countries}\n", ""))
    with pytest.raises(InputError, match=re.escape(problem)) as caught:
        read_claims(path, article, "half-unit")
    assert '  - data/raw/article.uz.txt, line 261: nobody explained "ikki"\n' in str(caught.value)


@pytest.mark.parametrize("name", ["value differs", "value differs in its unit", "date differs from period"])
def test_the_numerals_of_a_refused_claim_are_not_also_called_unexplained(
    tmp_path: Path, article: Article, name: str
) -> None:
    path, _ = changed(tmp_path, MISFITS[name][:2])
    with pytest.raises(InputError) as caught:
        read_claims(path, article, "half-unit")
    assert [line for line in str(caught.value).splitlines() if line.startswith("  - ")] == [
        line for line in str(caught.value).splitlines() if MISFITS[name][3] in line
    ]


@pytest.mark.parametrize("claims", ["claims: []\n", "claims:\n"])
def test_an_article_may_make_no_claim(tmp_path: Path, claims: str) -> None:
    text, path = tmp_path / "article.txt", tmp_path / "claims.yml"
    text.write_text("Savdo o‘sdi.\n", encoding="utf-8")
    path.write_text(claims, encoding="utf-8")
    read = read_claims(path, read_article(text), "half-unit")
    assert (read.claims, read.mentions, account(read.mentions)["numerals"]) == ({}, (), 0)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a list\n", "words\n", "claims: many\n", "ratios: []\n"])
def test_a_file_without_a_list_of_claims_is_refused(tmp_path: Path, article: Article, text: str) -> None:
    path = tmp_path / "claims.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=refusal(path, "it has no list of claims\n")):
        read_claims(path, article, "half-unit")


def test_an_unknown_part_of_the_file_is_refused(tmp_path: Path, article: Article) -> None:
    path, _ = changed(tmp_path, ("\naccounted:\n", "\nexplained:\n"))
    problem = "unknown part: explained; allowed: claims, ratios, relations, accounted"
    with pytest.raises(InputError, match=refusal(path, problem)):
        read_claims(path, article, "half-unit")


def test_a_missing_file_and_one_that_is_not_utf_8_are_refused(tmp_path: Path, article: Article) -> None:
    path = tmp_path / "claims.yml"
    with pytest.raises(InputError, match=refusal(path, "no such file\n")):
        read_claims(path, article, "half-unit")
    path.write_bytes(b"claims: \xff")
    with pytest.raises(InputError, match=refusal(path, "not UTF-8 at byte 8\n")):
        read_claims(path, article, "half-unit")


def test_a_quotation_may_use_any_apostrophe_and_any_line_break(tmp_path: Path, article: Article) -> None:
    path, _ = changed(
        tmp_path,
        (
            "anchor: kelgusi yillarda tovar almashinuvi hajmini 3 milliard dollarga",
            "anchor: hajmini 3\n      milliard dollarga",
        ),
        ("anchor: bu 2016-yilga nisbatan 31,2 foizga o‘sdi", "anchor: bu 2016-yilga nisbatan 31,2 foizga o'sdi"),
    )
    assert len(read_claims(path, article, "half-unit").claims) == len(ENTRIES)
