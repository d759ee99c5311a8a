"""A drafted claims file of an invented article, to be reviewed."""

from pathlib import Path

from dalil.claims.draft import draft_claims
from dalil.review.document import Document
from dalil.text.article import read_article

TEXT = (
    "Exports of the valley were 16 percent of output in 2023.\n"
    "Imports of the valley were $5 billion in 2022.\n"
    "The valley has 30 schools.\n"
    "The school budget is $2 million.\n"
)


def drafted(folder: Path, text: str = TEXT) -> Document:
    article = folder / "my.txt"
    article.write_text(text, encoding="utf-8")
    read = read_article(article)
    (folder / "my.claims.yml").write_text(draft_claims(read), encoding="utf-8")
    return Document(folder / "my.claims.yml", read)


def text_of(document: Document) -> str:
    return document.path.read_text(encoding="utf-8")
