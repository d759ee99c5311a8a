"""Errors planted in invented articles of ten kinds: how many the rules find, and whether they cry out without any."""

from pathlib import Path

import pytest

from dalil.analysis.consistency import check
from dalil.analysis.rules import Finding
from planted import Planted, articles, errors

# So many of the errors were found when the rules were written; the others leave numbers that still may go together, or
# parts of which nothing says that they are all.
FOUND = 26


def differing(article: Planted, folder: Path) -> list[Finding]:
    return [finding for finding in check(*article.read(folder)) if finding.verdict == "differs"]


@pytest.mark.parametrize("article", articles(), ids=lambda article: article.name)
def test_an_article_whose_numbers_go_together_is_not_said_to_differ(article: Planted, tmp_path: Path) -> None:
    assert differing(article, tmp_path) == []


@pytest.mark.parametrize("article", articles(), ids=lambda article: article.name)
def test_numbers_that_go_together_are_said_to_agree(article: Planted, tmp_path: Path) -> None:
    found = [finding for finding in check(*article.read(tmp_path)) if finding.worked_out]
    assert len(found) >= 2
    assert {finding.verdict for finding in found} == {"agrees"}


def test_planted_errors_are_found_and_nothing_else(tmp_path: Path) -> None:
    planted = errors()
    found = {error: differing(error, tmp_path) for error in planted}
    assert len(planted) == 30
    assert sum(any(error.wrong in f.claims for f in findings) for error, findings in found.items()) >= FOUND
    assert [f for error, findings in found.items() for f in findings if error.wrong not in f.claims] == []
