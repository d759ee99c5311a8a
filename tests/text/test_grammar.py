"""A language is one file of words: a new one is read as it stands, and one that is not well formed is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dalil.errors import InputError
from dalil.project import GRAMMARS
from dalil.text import grammar as module
from dalil.text import read_quantities

# Enough Kazakh to read a sentence; Kazakh is next.
KAZAKH = """
alphabet: [а, ӿ]
own_letters: "әіңғүұқөһ"
common: [және, үшін, бойынша, жылы, болды, өсті]
decimal_comma: true
verb_last: true
endings: "(?:лар|лер|дар|дер)?(?:ы|і|сы|сі)?(?:ның|нің|ға|ге|қа|ке|да|де|(?P<a>дан|ден|тан|тен))?"
numerals: {бір: 1, екі*: 2, үш*: 3, жиырма*: 20, бес*: 5}
scales: {мың*: 1e3, "миллион*, млн": 1e6, "миллиард*, млрд": 1e9}
years: [жыл*, жылы]
bounds_after: {"астам, артық": ">"}
units:
  - {words: "пайыз*, %", unit: ratio, kind: percent, scale: 0.01}
  - {words: теңге*, unit: KZT, kind: money}
signs: []
up: [өс+]
"""


@pytest.fixture
def grammars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of grammars of one's own, with the project's in it."""
    for path in GRAMMARS.glob("*.yml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(module, "GRAMMARS", tmp_path)
    caches = (module.languages, module.grammar, module.units, module._data)
    for cache in caches:
        cache.cache_clear()
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


def test_a_new_language_is_one_new_file(grammars: Path) -> None:
    (grammars / "kk.yml").write_text(KAZAKH, encoding="utf-8")
    text = "2018 жылы экспорт жиырма бес пайызға өсті және 3,5 миллиард теңгеден астам болды."
    read = [(q.iso or str(q.value), q.unit, q.comparator, q.direction) for q in read_quantities(text, "kk")]
    assert read == [
        ("2018", "date", "=", ""),
        ("0.25", "ratio", "=", "up"),
        ("3500000000", "KZT", ">", ""),
    ]
    assert [q.text for q in read_quantities(text)] == [q.text for q in read_quantities(text, "kk")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("numerals:", "numeral:", 'numeral: did you mean "numerals"?'),
        ("decimal_comma: true", "", "decimal_comma: Field required"),
        ("verb_last: true", "verb_last: perhaps", "verb_last: Input should be a valid boolean"),
    ],
)
def test_a_grammar_that_is_not_well_formed_is_refused(grammars: Path, old: str, new: str, message: str) -> None:
    (grammars / "kk.yml").write_text(KAZAKH.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=r"kk\.yml") as refused:
        read_quantities("5 пайыз", "kk")
    assert message in str(refused.value)
