"""A notebook as one HTML file that needs nothing from outside."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from markupsafe import Markup
from nbformat import NotebookNode
from traitlets import List, Unicode

from dalil.project import TEMPLATES
from dalil.report.export.document import DocumentExporter, tokens
from dalil.report.markup.fonts import BOLD, ITALIC, MONO, REGULAR, SIGN, lacking
from dalil.report.markup.vector import font_face, inline

# What a page may load and run: nothing from outside, and no script but its own. Its styles include those of pictures.
_POLICY = (
    "default-src 'none'; img-src data: blob:; font-src data:; style-src 'unsafe-inline'; script-src {scripts}; "
    "base-uri 'none'; form-action 'none'"
)
# What pandas writes into its tables that HTML has no more.
_DATED = re.compile(
    r'<style scoped>.*?</style>|(?<=<table) border="1"|(?<=<tr) style="text-align: right;"| valign="top"', re.DOTALL
)
# Styles of what only a page with scripts has.
_PARTS = ("cards.css", "what-if.css")
_PICTURE = re.compile(
    r'(?:<picture><source media="[^"]*" srcset="data:image/svg\+xml,(?P<narrow>[^"]*)">)?'
    r'<img src="data:image/svg\+xml,(?P<wide>[^"]*)" alt="(?P<alt>[^"]*)">(?:</picture>)?(?P<caption>\s*<figcaption)?'
)


class PageExporter(DocumentExporter):
    """A notebook as one HTML file that needs nothing from outside."""

    export_from_notebook = "Page (HTML, self-contained)"
    output_mimetype = "text/html"
    file_extension = Unicode(".html").tag(config=True)

    head = Unicode(help="What a page's head says of it, as HTML.").tag(config=True)
    tail = Unicode(help="What comes after the cells, as HTML.").tag(config=True)
    scripts = List(Unicode(), help="Scripts to run, as JavaScript.").tag(config=True)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert a notebook: its cells, and around them the page that they need."""
        cells, resources = super().from_notebook_node(nb, resources, **kw)
        body = "\n".join([_DATED.sub("", _PICTURE.sub(_inlined(cells), cells)), self.tail])
        soup = BeautifulSoup(body, "html.parser")
        # As the page holds them: a script's own text is what its hash is of.
        scripts = [script.strip() for script in self.scripts]
        hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
        page = self.environment.get_template("page/index.html.j2")
        around = {
            **resources["document"],
            "head": Markup(self.head),
            "scripts": [Markup(script) for script in scripts],
            "policy": _POLICY.format(scripts=" ".join(hashes) or "'none'"),
            "style": self._style(),
            "contents": _contents(soup),
        }
        bare = page.render(document=around, body="", fonts="")
        # The letters of all that the page shows, by itself or by its scripts.
        fonts = _fonts(bare + body, soup)
        return page.render(document=around, body=Markup(body), fonts=Markup(fonts)), resources

    def _style(self) -> Markup:
        """The rules of the page; those for what scripts do only where there are any."""
        parts = [(TEMPLATES / "page" / name).read_text(encoding="utf-8") for name in _PARTS if self.scripts]
        return Markup("\n".join([self.environment.get_template("page/style.css").render(tokens=tokens()), *parts]))


def _contents(soup: BeautifulSoup) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The places and texts of the headings, each with those below it, without the marks that lead to themselves."""
    headings = soup.select("h2[id], h3[id]")
    for mark in (mark for heading in headings for mark in heading.select(".anchor-link")):
        mark.decompose()
    contents: list[tuple[str, str, list[tuple[str, str]]]] = []
    for heading in headings:
        place, text = str(heading["id"]), heading.get_text().strip()
        if heading.name == "h2":
            contents.append((place, text, []))
        elif contents:
            contents[-1][2].append((place, text))
    return contents


def _inlined(page: str) -> Any:
    """What puts each picture of a page into it, under the name of its figure or by its number."""
    names = iter(re.findall(r'<figure id="figure-([^"]+)"', page))
    count = iter(range(1, page.count("<img") + 1))

    def picture(found: re.Match[str]) -> str:
        caption = found["caption"] or ""
        name = next(names) if caption else f"picture-{next(count)}"
        kinds = {name: found["wide"], f"{name}-narrow": found["narrow"]}
        drawn = "".join(inline(unquote(drawing), kind) for kind, drawing in kinds.items() if drawing)
        svg = drawn.replace("<svg", f'<svg role="img" aria-label="{found["alt"]}"')
        label = f' role="group" aria-labelledby="caption-{name}"' if caption else ""
        named = caption.replace("<figcaption", f'<figcaption id="caption-{name}"')
        return f'<div class="picture" tabindex="0"{label}>{svg}</div>{named}'

    return picture


def _fonts(page: str, soup: BeautifulSoup) -> str:
    """The rules that carry the letters a page shows, by itself or by its scripts."""
    marked = "".join(tag.get_text() for tag in soup.select("code, pre"))
    slanted = "".join(tag.get_text() for tag in soup.select("em, i, .quote"))
    signs = lacking(page, REGULAR)
    rules = [font_face(REGULAR, page), font_face(BOLD, page)]
    rules += [font_face(ITALIC, slanted)] if slanted else []
    rules += [font_face(MONO, marked)] if marked else []
    rules += [font_face(SIGN, signs)] if SIGN.has(signs) else []
    return "\n".join(rules)
