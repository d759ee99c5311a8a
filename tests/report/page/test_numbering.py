"""Figures and tables are numbered in the order of the page, and what only the page shows is not."""

import pytest

from dalil.report.page.numbering import numbered
from dalil.wording.catalogue import Wording

PAGE = (
    "<figcaption>One</figcaption><caption>Two</caption><figcaption>Three</figcaption>"
    '<caption class="page-only">Four</caption>'
)


def test_figures_and_tables_are_counted_apart_and_what_has_attributes_is_not() -> None:
    written = numbered(PAGE, Wording("en"))
    assert [part for part in ("Figure 1.", "Table 1.", "Figure 2.", "Table 2.", "Figure 3.") if part in written] == [
        "Figure 1.", "Table 1.", "Figure 2.",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "label"), [("ru", "Таблица 1."), ("uz", "1-jadval."), ("uz-Cyrl", "1-жадвал.")])
def test_a_language_puts_the_number_where_it_likes(language: str, label: str) -> None:
    assert label in numbered("<caption>Two</caption>", Wording(language)).replace("\u2011", "-")
