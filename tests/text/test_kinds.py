"""Kinds of phrase that readers of numbers commonly misread, each in every language that has it.

``tests/quantities/kinds.yml`` says what each text states: value (or date) and unit of every quantity, in order, and
for a change what it does (``by``, ``from``, ``to``), with a sign for its direction.
"""

from time import process_time

import pytest

from dalil.text import Quantity, read_quantities
from dalil.text.grammar import languages
from dalil.yamlfile import read_yaml
from scoring import LABELLED, value_text

KINDS = LABELLED / "kinds.yml"


CASES = [
    (text, language, states)
    for texts in read_yaml(KINDS).values()
    for language, stated in texts.items()
    for text, states in stated.items()
]


def written(quantity: Quantity, change: bool) -> str:
    """Write a quantity as the file of kinds does."""
    sign = {"up": "+", "down": "-"}.get(quantity.direction, "")
    role = f"{sign}{quantity.change}" if change else ""
    return " ".join(filter(None, (value_text(quantity), quantity.unit, role)))


@pytest.mark.parametrize(("text", "language", "states"), CASES)
def test_each_kind_is_read_as_it_is_meant(text: str, language: str, states: str) -> None:
    expected = [part.strip() for part in states.split(";") if part.strip()]
    found = read_quantities(text, language)
    with_change = [len(part.split()) == 3 for part in expected] + [False] * len(found)
    assert [written(q, change) for q, change in zip(found, with_change, strict=False)] == expected


# Each once raised: the product of the scales is wider than the decimals of the language's own arithmetic.
@pytest.mark.parametrize(
    ("scale", "ordinal", "language"),
    [
        ("ming", "birinchi", "uz"),
        ("минг", "биринчи", "uz-Cyrl"),
        ("million", "first", "en"),
        ("миллион", "первый", "ru"),
    ],
)
@pytest.mark.parametrize("times", [2, 5, 10, 40])
def test_scales_in_a_row_never_raise(scale: str, ordinal: str, language: str, times: int) -> None:
    read_quantities(f"{scale} " * times + ordinal, language)
    read_quantities(f"5 {scale} " + f"{scale} " * times + ordinal, language)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "word",
    [
        "million",
        "миллион",
        "hundred",
        "yuz",
        "сто",
        "half",
        "one",
        "$5m",
        "+1",
        "из 1 до",
        "5 на 1000",
        "har 1000 ga 5",
        "5 (6) t",
        "1 2 3 4 x",
    ],
)
def test_a_word_said_many_times_is_read_in_linear_time(word: str, language: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        read_quantities(f"{word} " * times, language)
        return process_time() - start

    seconds(100)
    short, long = min(seconds(500) for _ in range(3)), seconds(5_000)
    assert long < 40 * short + 0.5
