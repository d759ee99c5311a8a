"""Formulas of notebooks: found in Markdown and LaTeX, written as MathML, which browsers show and pandoc reads."""

import re
from collections.abc import Iterator
from html import escape, unescape

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from dalil.text.pandoc import pandoc

# A formula that waits to be written, as TeX between its dollars; what follows it may show that it is money.
_WAITING = re.compile(r'(?s)<span class="tex">(\$\$?)(.*?)\1</span>(?=(\d?))')
# The ways in which LaTeX opens and closes formulas.
_LATEX = re.compile(
    r"(?s)\$\$(?P<dollars>.+?)\$\$|\\\[(?P<brackets>.+?)\\\]|(?P<environment>\\begin\{(?P<name>\w+\*?)\}.+?\\end\{(?P=name)\})"
    r"|\$(?P<dollar>.+?)\$|\\\((?P<bracket>.+?)\\\)"
)
# What numbers equations and loads extensions, which nothing here does.
_NO_MATHS = re.compile(r"\\(?:label|require)\{[^{}]*\}")
_REFERENCE = re.compile(r"\\(?:eq)?ref\{([^{}]*)\}")
_DEFINES = re.compile(r"\s*\\(?:(?:re|provide)?newcommand|def|DeclareMathOperator)\b")


class _CellRenderer(IPythonRenderer):
    """Writes Markdown as nbconvert does, with its formulas waiting and its pictures where it says they are."""

    def block_math(self, body: str) -> str:
        return _waiting(body, "$$")

    def inline_math(self, body: str) -> str:
        return _waiting(body, "$")

    def latex_environment(self, name: str, body: str) -> str:
        return _waiting(f"\\begin{{{name}}}{body}\\end{{{name}}}", "$$")

    def _embed_image_or_attachment(self, src: str) -> str:
        return src


def markdown(text: str) -> str:
    """Write Markdown as HTML, its formulas as TeX that :func:`with_formulas` waits for.

    Examples
    --------
    >>> markdown("*From* $x$.")
    '<p><em>From</em> <span class="tex">$x$</span>.</p>'
    """
    return str(MarkdownWithMath(renderer=_CellRenderer(escape=False)).render(text)).rstrip()


def latex(text: str) -> str:
    r"""Write an output in LaTeX as HTML: its formulas as TeX that waits, the rest as it stands.

    Examples
    --------
    >>> latex(r"\[x < 1\]")
    '<p><span class="tex">$$x &lt; 1$$</span></p>'
    """
    written, end = "", 0
    for found in _LATEX.finditer(text):
        groups = found.groupdict()
        display = groups["dollars"] or groups["brackets"] or groups["environment"]
        inline = groups["dollar"] or groups["bracket"]
        written += escape(text[end : found.start()]) + (_waiting(display, "$$") if display else _waiting(inline, "$"))
        end = found.end()
    return f"<p>{written}{escape(text[end:])}</p>"


def with_formulas(body: str, notice: str) -> str:
    """Write the formulas of a document that wait as MathML.

    One that cannot be is shown as it was written, with a notice; and what a digit follows is money.

    Examples
    --------
    >>> with_formulas(markdown("From $5 to $6."), "(not set)")
    '<p>From $5 to $6.</p>'
    """
    # In the document's order, so that what defines a command comes before what uses it.
    waiting = list(
        dict.fromkeys(
            (sign, unescape(tex)) for sign, tex, digit in _WAITING.findall(body) if not _is_money(sign, tex, digit)
        )
    )
    maths = dict(zip(waiting, _maths(waiting), strict=True)) if waiting else {}

    def written(found: re.Match[str]) -> str:
        sign, tex, digit = found.groups()
        if _is_money(sign, tex, digit):
            return f"{sign}{tex}{sign}"
        return maths[sign, unescape(tex)] or f'<code class="tex">{sign}{tex}{sign}</code> <small>{notice}</small>'

    return _WAITING.sub(written, body)


def _maths(formulas: list[tuple[str, str]]) -> Iterator[str]:
    """The formulas as MathML by one call of pandoc; nothing for what it cannot read or what only defines commands."""
    paragraphs = []
    for sign, tex in formulas:
        plain = _REFERENCE.sub(r"\\text{(\1)}", _NO_MATHS.sub("", tex))
        plain = re.sub(r"\n\s*\n", "\n", plain.strip())
        ends = ("\\[", "\\]") if sign == "$$" else ("\\(", "\\)")
        paragraphs.append(plain if _DEFINES.match(plain) else f"{ends[0]}{plain}{ends[1]}")
    source = "\n\n* * *\n\n".join(paragraphs)
    html = pandoc(source.encode(), "markdown+tex_math_single_backslash", "html", "--mathml").decode()
    parts = html.split("<hr />")
    if len(parts) != len(formulas):
        parts = [""] * len(formulas)
    for (_, tex), part in zip(formulas, parts, strict=True):
        found = re.fullmatch(r"(?s)\s*<p>(<math.*</math>)</p>\s*", part)
        yield found[1] if found else "<span></span>" if _DEFINES.match(tex) and not part.strip() else ""


def _waiting(tex: str, sign: str) -> str:
    return f'<span class="tex">{sign}{escape(tex, quote=False)}{sign}</span>'


def _is_money(sign: str, tex: str, digit: str) -> bool:
    """Whether two dollars are no formula's: pandoc, and Jupyter's users, know them by what stands beside them."""
    return sign == "$" and (bool(digit) or tex != tex.strip())
