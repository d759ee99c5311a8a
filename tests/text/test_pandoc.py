"""Pandoc: what it is told it understands, in every locale."""

import pytest

from dalil.text.pandoc import pandoc


@pytest.mark.parametrize("locale", ["C", "POSIX", "ru_RU.KOI8-R", ""])
def test_its_options_are_read_as_they_are_written(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("LANG", locale)
    page = pandoc(b"<p>x</p>", "html", "html", "--standalone", "--variable=pagetitle=Ўзбекистон – 1").decode()
    assert "<title>Ўзбекистон – 1</title>" in page
