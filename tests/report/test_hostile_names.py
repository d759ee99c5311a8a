"""Names that mean something in HTML, Markdown, Jinja, Typst or YAML reach page, text and PDF letter for letter."""

import json
import re
import unicodedata

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from conftest import Project

# What a measure is called in the article's record, and, where it is in the claims alone, the measure itself. Page one
# tells no more than eight of them.
LABELS = {
    "jinja": "{{ 7 * 7 }}{% for x in y %}",
    "broken": "{{ 1/0 }} {# note #} {n}",
    "html": "<img src=x onerror=alert(1)>",
    "script": "</script><script>alert(2)</script>",
    "entity": "R&D &lt;b&gt; &#60; \"one\" 'two' “three”",
    "markdown": "*a* _b_ `c` [d](e) ![f](g)",
    "typst": "#let $x^2$ @ref // \\ ~",
}
UNLABELLED = "<b>loaves</b> {{ sold }}"
TITLE = 'On <i>bread</i> & {{ "butter" }}'
SENTENCES = {name: f"The number {name} was {number} million dollars in 2020." for number, name in enumerate(LABELS, 11)}


def squeezed(text: str) -> str:
    """Text without white space, which a PDF does not keep."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


@pytest.mark.slow
def test_hostile_names_are_data(project: Project) -> None:
    last = "In 2020 bakers sold 5 loaves."
    (project.root / "my.txt").write_text("\n".join([*SENTENCES.values(), last]), encoding="utf-8")
    about = {"title": TITLE, "language": "en", "labels": {"en": {"measures": LABELS}}}
    (project.root / "my.yml").write_text(json.dumps(about), encoding="utf-8")
    common = {"kind": "level", "subject": "all", "status": "reported", "section": "text", "period": "2020"}
    claims = [
        {
            "id": name,
            "measure": name,
            "unit": "USD",
            "value": f"{number}000000",
            "anchor": SENTENCES[name][:-1],
            **common,
        }
        for number, name in enumerate(LABELS, 11)
    ]
    loaves = {"id": "loaves", "measure": UNLABELLED, "unit": "item", "value": "5", "anchor": last[:-1]}
    claims.append({**common, **loaves, "kind": "count"})
    (project.root / "my.claims.yml").write_text(json.dumps({"claims": claims}), encoding="utf-8")
    project.run("make", "report", "ARTICLE=my.txt", "CLAIMS=my.claims.yml", "RUN=my")
    home = project.root / "report/runs/my"
    page = BeautifulSoup((home / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert page.h1 is not None
    assert page.h1.get_text() == f"The numbers in {TITLE}, checked"
    assert page.select("main img, main i:not(.page-only *), [onerror]") == []
    assert not any("alert(" in script.get_text() for script in page.select("script:not([type])"))
    sheets = "".join(sheet.extract_text() for sheet in PdfReader(home / "report.pdf").pages)
    for where, text in (("page", page.get_text()), ("pdf", sheets)):
        for name in [*LABELS.values(), UNLABELLED, TITLE]:
            assert squeezed(name) in squeezed(text), (where, name)
