"""A draft of any text can be read back: whatever the text and language, each numeral is claimed or accounted for."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dalil.claims.claims import read_claims
from dalil.claims.draft import draft_claims
from dalil.text.article import read_article
from dalil.text.grammar import grammar, languages

# The words that each language reads numbers by, as they are and as they begin a sentence.
WORDS = {language: sorted({*grammar(language).exact, *grammar(language).inflected}) for language in languages()}
NUMERALS = [
    "2",
    "2017",
    "31,2",
    "1 000 000",
    "2.5",
    "1/3",
    "10⁻³",
    "2017-2018",
    "15-20",
    "№ 5",
    "[1]",
    "5 %",
    "$4",
    "XXI",
]
# Punctuation, line ends, and what means something in YAML, in HTML or in a template.
GAPS = [
    " ",
    " ",
    " ",
    ". ",
    ", ",
    "; ",
    ".\n",
    "\n\n",
    "-",
    "",
    ": ",
    " # ",
    "\t",
    " — ",
    "\u00a0",
    "'",
    '"',
    " {{ ",
    "}}",
]
ODD = [
    "&amp;",
    "<b>",
    "*a",
    "&a",
    "!!str",
    "- ",
    "? ",
    "%",
    "@",
    "`",
    "null",
    "yes",
    "~",
    "|",
    ">",
    "\\",
    "\u200b",
    "\u0301",
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of one language's words, numerals and what stands between."""
    words = WORDS[draw(st.sampled_from(languages()))]
    part = st.one_of(st.sampled_from(words), st.sampled_from(words), st.sampled_from(NUMERALS), st.sampled_from(ODD))
    parts = draw(st.lists(st.tuples(part, st.booleans(), st.sampled_from(GAPS)), min_size=1, max_size=30))
    return "".join((word.capitalize() if large else word) + gap for word, large, gap in parts)


def can_be_read_back(text: str) -> None:
    """Draft the claims of a text and read the draft; every numeral has a claim or a reason."""
    with tempfile.TemporaryDirectory() as folder:
        path, draft = Path(folder) / "a.txt", Path(folder) / "a.claims.yml"
        path.write_text(text, encoding="utf-8", newline="")
        article = read_article(path)
        draft.write_text(draft_claims(article), encoding="utf-8", newline="")
        claims = read_claims(draft, article, "half-unit")
    assert [mention.text for mention in claims.mentions if not (mention.claim_id or mention.reason)] == []


@given(texts())
def test_a_draft_of_a_made_up_text_can_be_read_back(text: str) -> None:
    can_be_read_back(text + " 5 percent.")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
@example("2017: {a: 1}\n- 5%")
@example("\ufeff5 %")
@example("5 %\x0c7 %\x1c8 %\x85 9 %\u2028 10 %")
def test_a_draft_of_any_text_can_be_read_back(text: str) -> None:
    can_be_read_back("It was 5 percent. " + text)


@pytest.mark.parametrize(
    "text",
    [
        "Null was 5 percent.",
        'It rose\x1b[0m by 5 percent\x07, \U0001f600 to "8\\\\9" percent.',
        "5%. 5%. 5%. 5%.",
        "In 2017 it was 5%, 5%, 5% and 5%.",
        "Trade rose by 5% in 2017. Trade rose by 5% in 2017. Trade rose by 5% in 2017.",
        "5",
        "It was 5 percent. ¼",
        '#"2"2" 5 percent.',
        "2 2 2 of 2 2 2 2: 5 percent.",
        "5" * 5000 + " percent.",
        "From 2 to 3 to 4 to 5 million dollars.",
        "It grew 1.5-fold, i.e. by 50 percent, or half.",
        "9999-yilda 5 foiz. 0001-yilda 5 foiz.",
        "В 2017 г. — 5 %, а в 2018 г. — 6 %; в 2019 г. — 7 %.",
        "It's 5% of 'A: B' - # not a comment\n--- \n...\n5%",
    ],
)
def test_an_awkward_text_can_be_read_back(text: str) -> None:
    can_be_read_back(text)
