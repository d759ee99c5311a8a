"""A YAML file holds what a person writes: all else is refused in one message, at once, and runs nothing."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dalil.claims.entries import read_entries
from dalil.errors import InputError
from dalil.parameters import read_parameters
from dalil.text.article import read_article
from dalil.yamlfile import DEEPEST, LARGEST_FILE, parse_yaml, read_yaml

_DOUBLED = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
# What is refused, and a word of the reason.
REFUSED = {
    "a few lines that stand for millions": (_DOUBLED, "references"),
    "a list that holds itself": ("a: &a [*a]", "references"),
    "a map that holds itself": ("a: &a {b: *a}", "references"),
    "a name that is a reference": ("a: 1\n*a : b", "references"),
    "a reference to nothing": ("a: *b", "references"),
    "merged references": ("a: &a {b: 1}\nc: {<<: *a}", "references"),
    "deep lists": ("[" * 10_000, "deeper"),
    "deep maps": ("{a: " * 10_000, "deeper"),
    "deep blocks": ("- " * 10_000, "deeper"),
    "deep names": ("? " * 10_000, "deeper"),
    "one list too deep": ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "deeper"),
    "a call": ("a: !!python/object/apply:os.system ['touch made']", "types"),
    "a module": ("a: !!python/module:subprocess", "types"),
    "bytes": ("a: !!binary aGk=", "types"),
    "a set": ("a: !!set {x, y}", "types"),
    "a type of its own": ("a: !own b", "types"),
    "a type by another name": ("%TAG ! tag:yaml.org,2002:\n---\na: !python/name:os b", "types"),
    "a name given twice": ("a: 1\na: 2", "duplicate"),
    "half a character": ('a: "\\ud800"', "invalid Unicode"),
    "a null character": ('a: "\\0"', "no text holds"),
    "a null byte": ("a: \0", "not allowed"),
    "an escape of the terminal": ("a: \x1b[31m", "not allowed"),
    "a million digits": ("a: " + "9" * 100_000, "100 digits"),
    "hexadecimal digits": ("a: 0x" + "f" * 100_000, "100 digits"),
    "many decimals": ("a: 0." + "0" * 100_000 + "1", "100 digits"),
    "no such day": ("a: 2020-13-45", "month"),
    "two documents": ("a: 1\n---\nb: 2", "another document"),
    "no YAML": ("a: 'x", "end of stream"),
    "a tab": ("a:\n\t- b", "a tab"),
}
# What is taken as text or a number, or refused by whoever knows what should be there.
ODD = (
    "a: 1e999999999", "a: -1e999999999", "a: 1e-999999999", "a: .inf", "a: .nan", "a: 0b1111", "a: 1_000",
    "a: 12:30:45", "? [1, 2]\n: 3", "? {a: 1}\n: 3", "1: 2", "null: 3", "~: ~", "<<: {a: 1}\nb: 2",
    "a: {<<: [{b: 1}]}", "true: false", "%YAML 1.1\n---\na: yes", "\ufeffa: 1", "a: \u202eb", "a: {{ b }}",
    "a: '{{ 7 * 7 }}'", "a: ! b", "---", "!", "[]", "{}", "''", "0", "- a", "a: [1, [2, [3]]]", "a: |\n  {% b %}",
    "a: >-\n  <script>", "title: {a: b}", "title: [1, 2]", "title: 1e999999999", "labels: []",
    "labels: {en: {measures: {a: {b: c}}}}", "labels: {en: {ratings: {confirmed: x}}}",
    "labels: {en: {measures: {a: 1}}}", "labels: {1: {measures: {a: b}}}", "sections: {a: b}", "sections: [[]]",
    "sections: [{id: '', heading: '', language: ''}]", "reference: []", "reference: {package: '', measures: {}}",
    "reference: {package: /etc, measures: {}}", "reference: {package: ../../../../../etc, measures: {}}",
    "reference: {package: ~/x, measures: 1}", "corrections: [a]", "corrections: /dev/zero",
    "corrections: /etc/passwd", "corrections: ../../../../../../etc/passwd", "corrections: .", "corrections: ~root",
    "corrections: 'a\\0b'", "sha256: 0", "sha256: " + "0" * 64, "language: ../en", "language: {}", "claims: {}",
    "claims: [1]", "claims: [[]]", "claims: [{}]", "claims: [{id: 1e999999999}]", "claims: [{id: ../a}]",
    "claims: [{value: 1e999999999}]", "claims: [{value: '1e999999999', id: a}]", "claims: [{period: 1e999999999}]",
    "claims: [{counts: 1e9}]", "claims: [{leaves_open: {a: 1}}]", "claims: [{leaves_open: []}]",
    "claims:\n- <<: {id: a}", "claims: ~\nratios: 1", "claims: []\naccounted: [{phrase: '{{ x }}', reason: y}]",
    "claims: []\naccounted: [{phrase: '((', reason: y}]", "claims: []\n'{{ x }}': 1", "base_growth: 1e999999999",
    "base_growth: .nan", "scenario_rates: [1e-300]", "scenario_rates: [.inf]", "scenario_rates: 1",
    "target_years: [1e9]", "target_years: [99999999999999999999]", "run: ../../x", "run: [a]", "run: 'a\nb'",
    "article: ''", "article: {a: b}", "language: '{{ x }}'", "rounding: [exact]", "figure_formats: [exe]",
    "figure_formats: svg", "deflator: __import__('os')", "__class__: a", "model_config: {}",
)  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_person_writes_is_refused_with_the_reason(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, reason = REFUSED[case]
    monkeypatch.chdir(tmp_path)
    start = time.process_time()
    with pytest.raises(InputError, match=reason) as caught:
        parse_yaml(text, "a file")
    assert time.process_time() - start < 5
    assert len(str(caught.value)) < 400
    assert list(tmp_path.iterdir()) == []


def read_any_article(path: Path) -> object:
    article = path.with_suffix(".txt")
    article.write_text("It rose by 5 % in 2020.", encoding="utf-8")
    return read_article(article)


@pytest.mark.parametrize("read", [read_any_article, read_entries, read_parameters])
@pytest.mark.parametrize("text", ODD)
def test_an_odd_file_is_read_or_refused_in_one_message(
    read: Callable[[Path], object], text: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    try:
        read(path)
    except InputError as error:
        said = str(error)
        assert "\n  - " in said
        assert "root:" not in said  # the first line of /etc/passwd


@pytest.mark.parametrize("name", ["/etc/passwd", "/dev/zero", "../../../../../../../etc/passwd", "~/../../etc/passwd"])
def test_a_record_names_no_place_outside_its_project(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rose by 5 % in 2020.", encoding="utf-8")
    (tmp_path / "a.yml").write_text(f"corrections: {name}", encoding="utf-8")
    with pytest.raises(InputError, match=r"leads out of the project|no such file"):
        read_article(tmp_path / "a.txt")


def test_a_link_out_of_the_project_is_none_to_follow(tmp_path: Path) -> None:
    (tmp_path / "mine" / "raw").mkdir(parents=True)
    (tmp_path / "secret.yml").write_text("SECRET", encoding="utf-8")
    article = tmp_path / "mine/raw/a.txt"
    article.write_text("It rose by 5 % in 2020.", encoding="utf-8")
    article.with_suffix(".yml").write_text("corrections: b.yml", encoding="utf-8")
    article.with_name("b.yml").symlink_to(tmp_path / "secret.yml")
    with pytest.raises(InputError) as caught:
        read_article(article)
    assert "leads out of the project" in str(caught.value)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("name", [".", "/dev/zero", "/dev/stdin", "there-is-none.yml"])
def test_what_is_no_file_is_not_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file|it is a folder"):
        read_yaml(tmp_path / name)


def test_a_file_too_large_to_be_written_by_hand_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.yml").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(InputError, match=r"it has 20\.0 MB; allowed: up to 20 MB"):
        read_yaml(tmp_path / "a.yml")
