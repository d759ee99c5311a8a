"""Formulas as readers see them, from the trees that facts carry: as text whose names are links, and as MathML."""

from collections.abc import Callable, Mapping
from typing import Any

from dalil.report.markup.html import Html, link

# An expression as data, as :meth:`dalil.numbers.expression.Expression.json` gives it.
Tree = Mapping[str, Any]

# How tightly each sign binds what stands beside it.
_TIGHT = {"+": 1, "-": 1, "×": 2, "/": 2, "periods": 2, "^": 3}
_NAME = 4
# What names of a formula lead to.
_LINKED = {"claim": "claim", "fact": "fact"}


def is_worked_out(tree: Tree) -> bool:
    """Tell whether something was worked out, and not only counted or recorded.

    Examples
    --------
    >>> is_worked_out({"table": "count(claims)"})
    False
    """
    return "op" in tree


def formula(tree: Tree, named: Callable[[str, str], str] = lambda _, name: name) -> Html:
    """Write a formula as text, with each claim and fact in it a link.

    Parameters
    ----------
    tree
        The formula.
    named
        What each part is called, by its kind and its code name.

    Examples
    --------
    >>> str(formula({"op": "/", "args": [{"claim": "part"}, {"number": "2"}]}))
    '<a class="claim" href="#claim-part">part</a> / 2'
    """
    return _text(tree, named)[0]


def mathml(tree: Tree) -> Html:
    """Write a formula as MathML (https://www.w3.org/TR/mathml-core/).

    Examples
    --------
    >>> str(mathml({"op": "/", "args": [{"claim": "part"}, {"number": "2"}]}))
    '<math><mfrac><mtext>part</mtext><mn>2</mn></mfrac></math>'
    """
    return Html("<math>{}</math>").format(_maths(tree)[0])


def _text(tree: Tree, named: Callable[[str, str], str]) -> tuple[Html, int]:
    """A formula as text, and how tightly it binds."""
    if "op" not in tree:
        (kind, name), *_ = tree.items()
        words = named(kind, name) if kind != "number" else name
        written = link(_LINKED[kind], name, words) if kind in _LINKED else Html("{}").format(words)
        return written, _TIGHT["/"] if kind == "number" and "/" in name else _NAME
    sign, parts = tree["op"], [_text(part, named) for part in tree["args"]]
    if sign == "periods":
        return _text(_logarithms(*tree["args"]), named)
    if sign not in _TIGHT:
        return Html("{}({})").format(sign, Html(", ").join(part for part, _ in parts)), _NAME
    tight = _TIGHT[sign]
    left = _bracketed(parts[0], tight + (sign == "^"))
    right = _bracketed(parts[1], tight + (sign in "-/^"))
    return Html("{}^{}" if sign == "^" else f"{{}} {sign} {{}}").format(left, right), tight


def _maths(tree: Tree) -> tuple[Html, int]:
    """A formula as MathML, and how tightly it binds."""
    if "op" not in tree:
        (kind, name), *_ = tree.items()
        return Html("<mn>{}</mn>" if kind == "number" else "<mtext>{}</mtext>").format(name), _NAME
    sign, parts = tree["op"], [_maths(part) for part in tree["args"]]
    if sign == "periods":
        return _maths(_logarithms(*tree["args"]))
    if sign == "/":
        return Html("<mfrac>{}{}</mfrac>").format(*(_grouped(part) for part, _ in parts)), _TIGHT["^"]
    if sign == "^":
        return Html("<msup>{}{}</msup>").format(
            _grouped(_bracketed(parts[0], _NAME, maths=True)), _grouped(parts[1][0])
        ), _TIGHT["^"]
    if sign not in _TIGHT:
        inner = Html("<mo>,</mo>").join(part for part, _ in parts)
        return Html("<mi>{}</mi><mo>(</mo>{}<mo>)</mo>").format(sign, inner), _NAME
    tight = _TIGHT[sign]
    sides = _bracketed(parts[0], tight, maths=True), _bracketed(parts[1], tight + (sign == "-"), maths=True)
    return Html("{}<mo>{}</mo>{}").format(sides[0], "−" if sign == "-" else sign, sides[1]), tight


def _logarithms(base: Tree, goal: Tree, growth: Tree) -> Tree:
    """The time to a goal at steady growth, written out."""
    reached = goal if base == {"number": "1"} else {"op": "/", "args": [goal, base]}
    factor = {"op": "+", "args": [{"number": "1"}, growth]}
    return {"op": "/", "args": [{"op": "ln", "args": [reached]}, {"op": "ln", "args": [factor]}]}


def _bracketed(part: tuple[Html, int], tight: int, *, maths: bool = False) -> Html:
    """A part in the brackets that it needs beside a sign."""
    written, binds = part
    if binds >= tight:
        return written
    return Html("<mo>(</mo>{}<mo>)</mo>" if maths else "({})").format(written)


def _grouped(part: Html) -> Html:
    """Several elements as one, where MathML wants one."""
    return part if part.count("</") <= 1 else Html("<mrow>{}</mrow>").format(part)
