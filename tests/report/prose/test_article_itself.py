"""What a report says of what follows from the article: each case there can be, in each language."""

from typing import Any

import pytest

from dalil.parameters import LANGUAGES
from dalil.reference.record import Reference
from invented import Entry, growth, inside, level, record, target
from said import Case, TextOf, marks, plain, texts_of, unsaid

BASE = level("base", period="2017")
GOAL = target("goal", "3 milliard dollar", "3000000000", period="2018", status="agreed")
FURTHER = target("further", "5 milliard dollar", "5000000000", period="2020", status="aimed")
EXPORTS = level("exports", "1 milliard dollar", "1000000000", measure="exports", period="2017")


# What else than claims may be in an article; the rest are parameters.
BESIDES = ("ratios", "references", "accounted", "corrections", "besides")


def rose(words: str = "50 foiz", value: str = "0.5") -> Entry:
    return growth("growth", words, value, period="2017", base_period="2016")


def case(section: str, says: str, *entries: Entry, reference: Reference | None = None, **more: Any) -> Case:
    """A case of a section; what is no part of the article is a parameter of the run."""
    article: dict[str, Any] = {name: more.pop(name) for name in BESIDES if name in more}
    return Case(section, entries, reference, says, article=article, values=more)


HALF: dict[str, Any] = {"ratios": [inside("exports", "base")]}
RATIO: dict[str, Any] = {"ratios": [inside("exports", "base", is_inside=False)]}

CASES = {
    "a level before": case(
        "follows.implied",
        "The article’s numbers put trade in 2016 at $1.33 billion, $667 million below 2017. At that pace it would "
        "double in 1.71 years.",
        BASE,
        rose(),
    ),
    "a level before a fall": case(
        "follows.implied",
        "The article’s numbers put trade in 2016 at $4.00 billion, $2.00 billion above 2017. At that pace it would "
        "never double.",
        BASE,
        rose("50 foizga kamaydi", "-0.5"),
    ),
    "a level that stays": case("follows.implied", "At that pace it would never double.", BASE, rose("0 foiz", "0")),
    "a level before some months": case(
        "follows.implied",
        "The article’s numbers put trade in January–June 2016 at $1.33 billion, $667 million below January–June 2017.",
        level("base", period="2017-01/2017-06"),
        growth(period="2017-01/2017-06", base_period="2016-01/2016-06"),
    ),
    "growth as an index": case(
        "follows.implied",
        "Of trade only the change is given; as an index it stands at 150 in 2017, with 2016 as the base.",
        rose(),
    ),
    "nothing that follows": case("follows.implied", "", BASE),
    "growth needed": case(
        "follows.projected",
        "From the target for 2018 to the one for 2020 it is 29% a year. At none of the scenario rates is $3 billion "
        "reached by 2018. Of the scenario rates, 40% a year reaches $5 billion by 2020.",
        BASE,
        GOAL,
        FURTHER,
    ),
    "growth needed from a day": case(
        "follows.projected",
        "From $2 billion on 1 March 2017, $3 billion in 2018 takes growth of 50% a year",
        level("base", period="2017-03-01"),
        GOAL,
    ),
    "no growth needed": case("follows.projected", "", BASE),
    "growth that falls short, or not, within rounding": case(
        "follows.projected",
        "with the rounding of the printed numbers the gap may be",
        BASE,
        rose("40 foiz", "0.4"),
        GOAL,
    ),
    "growth that falls short": case(
        "follows.projected", "short of $3 billion.", BASE, rose("10 foiz", "0.1"), GOAL, rounding="exact"
    ),
    "growth that goes beyond, or not, within rounding": case(
        "follows.projected", "above $3 billion; with the rounding", BASE, rose("60 foiz", "0.6"), GOAL
    ),
    "growth that goes beyond": case(
        "follows.projected", "above $3 billion.", BASE, rose("60 foiz", "0.6"), GOAL, rounding="exact"
    ),
    "a share worked out": case(
        "follows.implied",
        "The share of exports in trade is 20% to 100%, with rounding.",
        BASE,
        EXPORTS,
        **HALF,
    ),
    "a share worked out of exact numbers": case(
        "follows.implied", "The share of exports in trade is 50%.", BASE, EXPORTS, **HALF, rounding="exact"
    ),
    "a ratio is no share": case("follows.implied", "", BASE, EXPORTS, **RATIO),
    "statements that differ": Case(
        "claims.differing",
        (BASE, level("again", "3 milliard dollar", "3000000000", period="2017", repeats="base")),
        record(),
        "Within the article, these statements differ. Trade: $2 billion at first, $3 billion later.",
    ),
    "statements that do not differ": case("claims.differing", "", BASE),
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
