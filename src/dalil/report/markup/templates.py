"""Pieces of the page that are templates; figures use none, so that a new look of the page does not draw them again."""

from functools import cache

from jinja2 import Environment, FileSystemLoader

from dalil.project import TEMPLATES
from dalil.report.markup.html import Html, legible


def filled(template: str, **values: object) -> Html:
    """Fill in a template of the page; what is put into it and is no HTML is escaped."""
    return Html(legible(_templates().get_template(f"{template}.html.j2").render(values)))


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES / "page"), autoescape=True, trim_blocks=True)
