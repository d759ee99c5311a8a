"""YAML is forgiving where it is safe, and each common mistake has one message: where, what was found, what to write."""

from pathlib import Path

import pytest

from dalil.claims.claims import Claims, read_claims
from dalil.errors import InputError
from dalil.text.article import read_article

ARTICLE = "Exports were 16 percent of output in 2023. Imports were $5 billion in 2022: a record.\n"
CLAIMS = """\
claims:
  - id: exports
    kind: level
    measure: exports
    subject: valley
    unit: ratio
    value: 0.16
    status: reported
    period: 2023
    base_period:
    section: text
    anchor: Exports were 16 percent
    period_anchor: of output in 2023
  - id: imports
    kind: level
    measure: imports
    subject: valley
    unit: USD
    value: 5000000000
    status: reported
    period: 2022
    section: text
    anchor: Imports were $5 billion in 2022
"""


def read(folder: Path, claims: str | bytes) -> Claims:
    path = folder / "my.claims.yml"
    path.write_bytes(claims if isinstance(claims, bytes) else claims.encode())
    (folder / "my.txt").write_text(ARTICLE, encoding="utf-8")
    return read_claims(path, read_article(folder / "my.txt"), "half-unit")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 0.16", "value: 0.16"),
        ("value: 0.16", "value: .16"),
        ("value: 0.16", "value: +0.160"),
        ("value: 0.16", 'value: "0.16"'),
        ("value: 5000000000", "value: 5e9"),
        ("period: 2023", 'period: "2023"'),
        ("period: 2023", "period: 2023-01-01/2023-12-31"),
        ("period: 2023", "period: 2023-Q1/2023-Q4"),
        ("\n", "\r\n"),
        ("claims:", "\ufeffclaims:"),
    ],
)
def test_yaml_is_forgiving_where_it_is_safe(tmp_path: Path, old: str, new: str) -> None:
    exports, imports = read(tmp_path, CLAIMS.replace(old, new))
    values = [str(claim.known.value) for claim in (exports, imports)]
    assert (values, exports.period.year) == (["4/25", "5000000000"], 2023)


# What was written, what a person writes by mistake instead, and the whole message about it.
MISTAKES: dict[str, tuple[str, str, str]] = {
    "too far right": (
        "    kind: level\n    measure: exports", "     kind: level\n    measure: exports",
        "line 3: it begins further left or right than what it belongs with; begin the names of an entry in one column; "
        "found 'kind: level'",
    ),
    "too far left": (
        "    kind: level\n    measure: exports", "   kind: level\n    measure: exports",
        "line 3: it begins further left or right than what it belongs with; begin the names of an entry in one column; "
        "found 'kind: level'",
    ),
    "a tab": (
        "    kind: level\n    measure: exports", "\tkind: level\n    measure: exports",
        "line 3: a tab; write spaces; found 'kind: level'",
    ),
    "a colon in a text": (
        "anchor: Imports were $5 billion in 2022", "anchor: Imports were $5 billion in 2022: a record",
        "line 23: a colon in a text; put quotation marks around the text; found "
        "'anchor: Imports were $5 billion in 2022: a record'",
    ),
    "a name without a colon": (
        "    unit: USD\n", "    unit USD\n",
        "line 18: a name without a colon after it; write name: value; found 'unit USD'",
    ),
    "a quotation mark that is not closed": (
        "anchor: Imports", "anchor: 'Imports",
        "line 23: a quotation mark opens here and none closes; the parser met the end of stream; found "
        '"anchor: \'Imports were $5 billion in 2022"',
    ),
    "a quotation mark inside a text": (
        "anchor: Imports were $5 billion in 2022", "anchor: 'Import's were $5 billion in 2022'",
        "line 23: a quotation mark ends the text too early; write it twice, or put the other kind around the text; "
        'found "anchor: \'Import\'s were $5 billion in 2022\'"',
    ),
    "a text that begins with a sign": (
        "anchor: Imports", "anchor: @Imports",
        "line 23: a text that begins with a sign; put quotation marks around it; found "
        "'anchor: @Imports were $5 billion in 2022'",
    ),
    "a duplicate id": (
        "id: imports", "id: exports", 'line 14: id "exports" is taken by line 2; write another one',
    ),
    "a name given twice": (
        "    unit: USD\n", "    unit: USD\n    unit: EUR\n", 'line 19: found duplicate key "unit"',
    ),
    "an unknown key": (
        "    unit: USD\n", "    unit: USD\n    perod: 2022\n",
        'line 19: imports: perod: it is not known; did you mean "period"?',
    ),
    "a key left out": ("    unit: USD\n", "", "line 14: imports: unit: it is missing; write it"),
    "a key without a value": (
        "unit: USD\n", "unit:\n", "line 18: imports: unit: it is empty; write it, or leave its line out",
    ),
    "a wrong unit": (
        "unit: USD", "unit: USDD",
        "line 18: imports: unit: 'USDD' is not known; did you mean \"USD\"?; one of your own needs "
        "read_by: person and why",
    ),
    "a unit that the text does not have": (
        "unit: USD", "unit: EUR",
        'line 14: claim "imports": the anchor must hold exactly one level in EUR; the text there reads "$5 billion" '
        '(money, USD), "2022" (period, date)',
    ),
    "a text in a value": (
        "value: 0.16", "value: sixteen",
        'line 2: claim "exports": value "sixteen" is not a decimal number; the text says 0.16: write that',
    ),
    "a percent sign in a value": (
        "value: 0.16", "value: 16%",
        'line 2: claim "exports": value "16%" is not a decimal number; the text says 0.16: write that',
    ),
    "a percentage for a share": (
        "value: 0.16", "value: 16", 'line 2: claim "exports": value is 16 in the file, 0.16 in the text',
    ),
    "commas in a value": (
        "value: 5000000000", "value: 5,000,000,000",
        'line 14: claim "imports": value "5,000,000,000" is not a decimal number; the text says 5000000000: write that',
    ),
    "a value in curly quotation marks": (
        "value: 0.16", "value: “0.16”",
        'line 2: claim "exports": value "“0.16”" is not a decimal number; the text says 0.16: write that',
    ),
    "a kind in curly quotation marks": (
        "kind: level\n    measure: exports", "kind: “level”\n    measure: exports",
        "line 3: exports: kind: allowed: 'level', 'change', 'target', 'count', 'rank', 'period' or 'date', found "
        "'“level”'; its curly quotation marks are taken for part of it",
    ),
    "an anchor in curly quotation marks": (
        "anchor: Exports were 16 percent", "anchor: “Exports were 16 percent”",
        'line 2: claim "exports": the words "“Exports were 16 percent”" do not stand in section "text"; they do '
        "without the quotation marks: leave those out",
    ),
    "a wrong anchor": (
        "anchor: Exports were 16 percent", "anchor: Export were 16 percent",
        'line 2: claim "exports": the words "Export were 16 percent" do not stand in section "text"; quote the '
        'article; its line 1 reads "Exports were 16 percent of output in 2023."',
    ),
    "a wrong section": (
        "section: text\n    anchor: Imports", "section: texts\n    anchor: Imports",
        'line 14: claim "imports": there is no section "texts"; allowed: text',
    ),
    "a missing period": (
        "    period: 2022\n", "",
        'line 14: claim "imports": the text says "2022" (2022); the file has period "" and base period "": write '
        "period: 2022, or base_period: 2022",
    ),
    "a period that is none": (
        "period: 2022", "period: 01.01.2022",
        'line 21: imports: period: "01.01.2022" is not ISO 8601; allowed: 2017, 2017-03, 2017-03-22, 2017-Q1, 2017-H2, '
        "or two of them with / between, found '01.01.2022'",
    ),
    "a financial year": (
        "period: 2022", "period: 2022/23",
        "line 21: imports: period: it does not say in which months it begins and ends; write them: 2022-09/2023-08, "
        "found '2022/23'",
    ),
    "claims of another article": (
        "    anchor: ", "    anchor: In Samarkand ",
        "none of its 2 claims quotes {article}: they are of another article",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_common_mistake_has_one_message(tmp_path: Path, name: str) -> None:
    old, new, message = MISTAKES[name]
    assert old in CLAIMS
    with pytest.raises(InputError) as caught:
        read(tmp_path, CLAIMS.replace(old, new))
    (problem,) = caught.value.problems
    assert problem == message.replace("{article}", str(tmp_path / "my.txt"))
    assert str(caught.value).startswith(f"{tmp_path / 'my.claims.yml'}\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_another_encoding_is_named_where_it_can_be(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, f"# “claims”\n{CLAIMS}".encode(encoding))
    named = {"utf-16": "it is in UTF-16, which some editors call Unicode\nSave it as UTF-8."}
    assert named.get(encoding, "my.claims.yml\n  - ") in str(caught.value)
    assert len(caught.value.problems) == 1
