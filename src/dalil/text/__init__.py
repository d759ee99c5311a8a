"""Characters to numbers: an article's text, its cleaned view, and the quantities it states."""

from dalil.text.article import Article, Section, Sentence, read_article
from dalil.text.quantities import Quantity, read_numerals, read_quantities

__all__ = ["Article", "Quantity", "Section", "Sentence", "read_article", "read_numerals", "read_quantities"]
