"""What a report says of the article itself, and on its first page: each case there can be, in each language."""

from dataclasses import replace
from typing import Any

import pytest

from dalil.parameters import LANGUAGES
from dalil.reference.record import Observation, Reference
from invented import Entry, figure, growth, inside, level, record, statement, target
from said import Case, TextOf, marks, plain, texts_of, unsaid

BASE = level("base", period="2017")
EARLIER = level("earlier", "1 milliard dollar", "1000000000", period="2016")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
FURTHER = target("further", "5 milliard dollar", "5000000000", period="2020", status="aimed")
EXPORTS = level("exports", "1 milliard dollar", "1000000000", measure="exports", period="2017")
# Two measures with targets for one year, so that a year alone does not name a target.
PEOPLE = (
    level("people", "30 million kishi", "30000000", measure="population", unit="person", period="2017"),
    target("more_people", "40 million kishi", "40000000", measure="population", unit="person", period="2018"),
)
OPEN = growth(
    "open",
    "20 foizdan oshdi",
    "0.2",
    leaves_open={"of_what": ["growth-over-year-before"], "with_whom": ["those-partners-together"], "when": ["then"]},
)
CITED = level("cited", "2 milliard dollar[1]", period="2017")
ORDINAL = {"phrase": "besh kishi", "reason": "ordinal"}
SIXTH = {"phrase": "olti kishi", "reason": "ordinal"}
MENDED = {"written": "Stajirofka", "meant": "Stajirovka", "count": 1, "why": "an internship"}


# What else than claims may be in an article; the rest are parameters.
BESIDES = ("ratios", "references", "accounted", "corrections", "besides")


def rose(words: str = "50 foiz", value: str = "0.5") -> Entry:
    return growth("growth", words, value, period="2017", base_period="2016")


def in_years(area: str, partner: str, **values: str) -> list[Observation]:
    """A country's turnover, year by year."""
    return [
        figure(int(year[1:]), value, area, partner, origin="office" if area == "UZ" else "bureau")
        for year, value in values.items()
    ]


UZ = in_years("UZ", "KZ", y2016="1.90", y2017="2.10", y2018="3.50")
KZ = in_years("KZ", "UZ", y2018="2.50")
PRINTED = [replace(row, status="press", origin="paper") for row in in_years("KZ", "UZ", y2016="1.80", y2017="2.00")]
RATE = statement("change", "0.50", unit="ratio", subject="all", period="2017", base_period="2016")


def case(section: str, says: str, *entries: Entry, reference: Reference | None = None, **more: Any) -> Case:
    """A case of a section; what is no part of the article is a parameter of the run."""
    article: dict[str, Any] = {name: more.pop(name) for name in BESIDES if name in more}
    return Case(section, entries, reference, says, article=article, values=more)


def point(says: str, *entries: Entry, reference: Reference | None = None, **more: Any) -> Case:
    return case("findings.points", says, *entries, reference=reference, **more)


NO_NUMBERS: dict[str, Any] = {"besides": "Unda son yoʻq.\n"}
HALF: dict[str, Any] = {"ratios": [inside("exports", "base")]}
RATIO: dict[str, Any] = {"ratios": [inside("exports", "base", is_inside=False)]}

CASES = {
    "claims": case(
        "findings.lead",
        "The article makes 2 claims that hold a number, a date or a count. This report reads each of them at the "
        "precision it was printed with, works out what they imply together, and holds them against each other. It is "
        "arithmetic on what the article says; no outside source is consulted, and a claim that agrees with the rest of "
        "the article is not thereby true. Every number below leads to its formula and from there to the sentence it "
        "comes from.",
        BASE,
        GOAL,
    ),
    "one claim beside a record": case(
        "findings.lead",
        "The article makes 1 claim that holds a number, a date or a count. This report reads each of them at the "
        "precision it was printed with, works out what they imply together, and holds them against each other and "
        "against what statistics and the press recorded. A claim that agrees with the rest of the article is not "
        "thereby true, and one that no source bears out is not thereby false.",
        BASE,
        reference=record(),
    ),
    "a claim not reviewed": case(
        "findings.lead",
        "1 claim is as drafted by the reader and not reviewed by a person: what it is about, and for when, is a guess.",
        {**BASE, "reviewed": False},
    ),
    "claims not reviewed": case(
        "findings.lead",
        "2 claims are as drafted by the reader and not reviewed by a person: what they are about, and for when, is a "
        "guess.",
        {**BASE, "reviewed": False},
        {**GOAL, "reviewed": False},
    ),
    "a numeral and no claim": case(
        "findings.lead",
        "The article makes no claim that holds a number, a date or a count: the 1 numeral in it states no quantity. "
        "There is nothing to work out and nothing to hold against anything else.",
        accounted=[ORDINAL],
        besides="Unda besh kishi bor.\n",
    ),
    "numerals and no claim": case(
        "findings.lead",
        "the 2 numerals in it state no quantity.",
        accounted=[ORDINAL, SIXTH],
        besides="Unda besh kishi, bunda olti kishi bor.\n",
    ),
    "no numeral": case(
        "findings.lead",
        "There is no number in the article, in digits or in words. There is nothing to work out and nothing to hold "
        "against anything else.",
        **NO_NUMBERS,
    ),
    "no points": point("", **NO_NUMBERS),
    "growth on record": point(
        "Growth on record. By the official record of Uzbekistan, trade came to 2.10 billion US dollars in 2017, growth "
        "of 10.5%. By figures printed for Kazakhstan, trade came to 2.00 billion US dollars in 2017, growth of 11.1%. "
        "The article states 50%.",
        BASE,
        rose(),
        reference=record(*UZ, *KZ, *PRINTED),
    ),
    "growth that a source gives": point(
        "The article states 50%, the rate given by P (2020).", BASE, rose(), reference=record(*UZ, RATE)
    ),
    "a target met": point(
        "The target for 2018 on record. Against 3 billion US dollars, the year brought 3.50 billion US dollars by the "
        "record of Uzbekistan (16.7% above) and 2.50 billion US dollars by the record of Kazakhstan (16.7% short). It "
        "was first met in 2018.",
        BASE,
        GOAL,
        reference=record(*UZ, *KZ),
    ),
    "a target not met": point(
        "The target for 2018 (trade) on record. Against 3 billion US dollars, the year brought 2.50 billion US dollars "
        "by the record of Kazakhstan (16.7% short). It had not been met by 2018.",
        BASE,
        GOAL,
        *PEOPLE,
        reference=record(*KZ),
    ),
    "a claim rated": point(
        "Every claim against the record. Of 1 claim, one made twice counted once: 1 settled by no source.",
        BASE,
        reference=record(),
    ),
    "claims rated": point(
        "Of 4 claims, one made twice counted once: 1 confirmed, 1 contradicted and 2 settled by no source.",
        BASE,
        rose(),
        GOAL,
        FURTHER,
        reference=record(*UZ, *KZ, *PRINTED),
    ),
    "a record that lacks tables": point(
        "Tables of the record are missing (data/trade.csv): what they hold could not be checked.",
        BASE,
        reference=replace(record(), absent={"data/trade.csv": "Trade"}),
    ),
    "a level implied": point(
        "A level implied, not stated. Trade of 2 billion US dollars in 2017, after growth of 50%, implies 1.33 billion "
        "US dollars in 2016. The article does not give that figure. With the rounding that the printed numbers allow, "
        "it may be 0.99 to 1.68 billion US dollars. Targets. The article sets no target for a year.",
        BASE,
        rose(),
    ),
    "a level implied by exact numbers": point(
        "implies 1.33 billion US dollars in 2016. The article does not give that figure. Targets.",
        BASE,
        rose(),
        rounding="exact",
    ),
    "a level implied and stated": point(
        "implies 1.00 billion US dollars in 2016. With the rounding that the printed numbers allow, it may be",
        BASE,
        EARLIER,
        rose("100 foiz", "1"),
    ),
    "growth without a level": point(
        "Levels and growth. Growth is stated without a level that it led to, so no earlier level follows from it.",
        rose(),
    ),
    "no growth and no target": point(
        "Levels and growth. The article states no growth from one period to another, so no earlier level follows from "
        "any. Targets. The article sets no target for a year. The article against itself. Of 1 finding 0 agree, 0 "
        "differ and 1 cannot be checked.",
        BASE,
    ),
    "a target that is out of reach": point(
        "The target for 2018. At the growth the article states, trade would come to 2.20 billion US dollars against "
        "the 3 billion US dollars agreed: 0.800 billion US dollars (26.7%) short of it. Reaching it takes growth of "
        "50.0% a year. It falls short at every value the printed numbers allow.",
        BASE,
        rose("10 foiz", "0.1"),
        GOAL,
    ),
    "a target out of reach of exact numbers": point(
        "Reaching it takes growth of 50% a year. It falls short. The article against itself.",
        BASE,
        rose("10 foiz", "0.1"),
        GOAL,
        rounding="exact",
    ),
    "a target that may be reached": point(
        "Reaching it takes growth of 50.0% a year. As printed, the gap may be −758 to 763 million US dollars, so the "
        "printed numbers do not settle whether that pace is enough.",
        BASE,
        rose(),
        GOAL,
    ),
    "a target that is reached": point(
        "3.00 billion US dollars (100%) above it. Reaching it takes growth of 50.0% a year. It is reached at every "
        "value the printed numbers allow.",
        BASE,
        rose("200 foiz", "2"),
        GOAL,
    ),
    "a target just reached by exact numbers": point(
        "Reaching it takes growth of 50% a year. It is reached. The article against itself.",
        BASE,
        rose(),
        GOAL,
        rounding="exact",
    ),
    "a target at an assumed growth": point(
        "At the growth this run assumes, trade would come to 2.20 billion US dollars", BASE, GOAL, base_growth=0.1
    ),
    "a target without growth": point(
        "The target for 2018. The target is 3 billion US dollars of trade (agreed). The article states no growth from "
        "one year to the next, so nothing in it says where this would lead; reaching the target from 2 billion US "
        "dollars in 2017 takes growth of 50.0% a year.",
        BASE,
        GOAL,
    ),
    "targets of two measures for one year": point(
        "The target for 2018 (population). The target is 40 million people of population (reported).",
        BASE,
        GOAL,
        *PEOPLE,
    ),
    "a target without a level": point(
        "Targets. Of the targets set, none can be counted from a level stated before it.", GOAL
    ),
    "a share": point(
        "Shares. The share of exports (1 billion US dollars, 2017) in trade (2 billion US dollars, 2017) is 50.0%; as "
        "printed, it may be 20.0% to 100.0%.",
        BASE,
        EXPORTS,
        **HALF,
    ),
    "a share of exact numbers": point("is 50%. The article", BASE, EXPORTS, **HALF, rounding="exact"),
    "a ratio": point(
        "Shares. The ratio of exports (1 billion US dollars, 2017) to trade (2 billion US dollars, 2017) is 50.0%;",
        BASE,
        EXPORTS,
        **RATIO,
    ),
    "a share without a year": point(
        "The share of exports (1 billion US dollars, 2017) in trade (2 billion US dollars) is 50.0%;",
        level("base"),
        EXPORTS,
        **HALF,
    ),
    "findings that differ": point(
        "The article against itself. Of 3 findings 2 agree, 1 differs and 0 cannot be checked. What differs: Trade: 2 "
        "billion US dollars at first, 3 billion US dollars later.",
        BASE,
        level("again", "3 milliard dollar", "3000000000", repeats="base", period="2017"),
    ),
    "findings that agree and differ": point(
        "Of 3 findings 1 agrees, 2 differ and 0 cannot be checked.",
        BASE,
        level("again", "3 milliard dollar", "3000000000", repeats="base", period="2018"),
    ),
    "an open percentage": point(
        "What stays open. Trade is said to have risen by more than 20% without saying of what, with whom or when.",
        OPEN,
    ),
    "a number without a year": point("What stays open. 1 number carries no year.", level("base")),
    "numbers without a year": point(
        "What stays open. 2 numbers carry no year.", level("base"), level("other", measure="exports")
    ),
    "a mark without a list": point(
        "What stays open. The 1 citation mark leads to no list of references.", CITED, references="absent"
    ),
    "marks without a list": point(
        "What stays open. The 2 citation marks lead to no list of references.",
        CITED,
        level("more", "2 milliard dollar[2]", measure="exports", period="2017"),
        references="absent",
    ),
    "a mark with a list": point(
        "What stays open. The 1 citation mark is not followed up here.", CITED, references="present"
    ),
    "marks with a list": point(
        "What stays open. The 2 citation marks are not followed up here.",
        CITED,
        level("more", "2 milliard dollar[2]", measure="exports", period="2017"),
        references="present",
    ),
    "a level before": case(
        "follows.intro",
        "Trade and its growth in 2017 give the level before, in 2016: 1.33 billion US dollars, an increase of 667 "
        "million US dollars in one year. At that pace it would double in 1.71 years.",
        BASE,
        rose(),
    ),
    "a level that stays": case(
        "follows.intro",
        "an increase of 0 million US dollars in one year. At that pace it would never double.",
        BASE,
        rose("0 foiz", "0"),
    ),
    "a level before some months": case(
        "follows.intro",
        "Trade and its growth in January – June 2017 give the level before, in January – June 2016: 1.33 billion US "
        "dollars, an increase of 667 million US dollars.",
        level("base", period="2017-01/2017-06"),
        growth(period="2017-01/2017-06", base_period="2016-01/2016-06"),
    ),
    "growth as an index": case(
        "follows.intro",
        "Of trade only growth is given; as an index it stands at 150 in 2017, with 2016 as the base.",
        rose(),
    ),
    "nothing that follows": case(
        "follows.intro",
        "The article states no growth from one period to another, so no earlier level follows from any.",
        BASE,
    ),
    "growth needed": case(
        "follows.needed",
        "From 2 billion US dollars in 2017, 3 billion US dollars by 2018 takes growth of 50.0% a year (20.0% to "
        "100.0%). From 2 billion US dollars in 2017, 5 billion US dollars by 2020 takes growth of 35.7% a year (25.9% "
        "to 49.4%). From the target for 2018 to the one for 2020 it is 29.1% a year: targets are taken as exact, so "
        "this rate is too.",
        BASE,
        GOAL,
        FURTHER,
    ),
    "growth needed from a day": case(
        "follows.needed",
        "From 2 billion US dollars on 1 March 2017, 3 billion US dollars by 2018 takes growth of",
        level("base", period="2017-03-01"),
        GOAL,
    ),
    "no growth needed": case("follows.needed", "", BASE),
    "a share worked out": case(
        "follows.shares",
        "The share of exports in trade, 50.0%, is worked out from two printed numbers; the interval is 20.0% to "
        "100.0%.",
        BASE,
        EXPORTS,
        **HALF,
    ),
    "a share worked out of exact numbers": case(
        "follows.shares",
        "The share of exports in trade, 50%, is worked out from two printed numbers.",
        BASE,
        EXPORTS,
        **HALF,
        rounding="exact",
    ),
    "a ratio is no share": case("follows.shares", "", BASE, EXPORTS, **RATIO),
}


@pytest.fixture(scope="module")
def text_of(tmp_path_factory: pytest.TempPathFactory) -> TextOf:
    """What a case comes to in a language."""
    return texts_of(CASES, lambda: tmp_path_factory.mktemp("case"))


@pytest.mark.parametrize("name", CASES)
def test_each_case_says_what_is_the_case(text_of: TextOf, name: str) -> None:
    text, says = plain(text_of(name)), CASES[name].says
    assert says in text if says else text == ""


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", CASES)
def test_each_language_says_it_of_the_same_claims_and_facts(text_of: TextOf, name: str, language: str) -> None:
    assert marks(text_of(name, language)) == marks(text_of(name))
    assert not set("{}*") & set(plain(text_of(name, language)))


@pytest.mark.parametrize("section", sorted({case.section.partition(".")[0] for case in CASES.values()}))
def test_each_phrase_of_a_section_is_said_in_some_case(text_of: TextOf, section: str) -> None:
    said = [text_of(name) for name, case in CASES.items() if case.section.startswith(f"{section}.")]
    assert unsaid(f"text.{section}", said) == []
