"""Formulas as people write them: names and numbers, with +, -, *, / and brackets; nothing else is read."""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from dalil.numbers.amounts import Amount

_SIGNS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def names_in(formula: str) -> tuple[str, ...]:
    """List the names in a formula.

    Raises
    ------
    ValueError
        It is none.

    Examples
    --------
    >>> names_in("(exports + imports) / 2")
    ('exports', 'imports')
    """
    try:
        tree = ast.parse(formula, mode="eval").body
        names = _names(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        names = []
    if not names:
        raise ValueError("allowed: names of claims and numbers with + - * / and brackets, such as exports + imports")
    return tuple(dict.fromkeys(names))


def worked_out(formula: str, amounts: Mapping[str, Amount]) -> Amount:
    """Work a formula out.

    Parameters
    ----------
    formula
        One whose names :func:`names_in` lists.
    amounts
        What they stand for.

    Raises
    ------
    DomainError
        What it adds or divides has no sum or quotient.

    Examples
    --------
    >>> worked_out("2 * a + 1", {"a": Amount.of(3)}).value
    Fraction(7, 1)
    """
    amount: Amount = _value(ast.parse(formula, mode="eval").body, amounts)
    return amount


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return _names(node.left) + _names(node.right)
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return []
    raise ValueError


def _value(node: ast.AST, amounts: Mapping[str, Amount]) -> Any:
    if isinstance(node, ast.BinOp):
        return _SIGNS[type(node.op)](_value(node.left, amounts), _value(node.right, amounts))
    if isinstance(node, ast.Name):
        return amounts[node.id]
    assert isinstance(node, ast.Constant)
    return Decimal(str(node.value))
