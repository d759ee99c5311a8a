"""A parameter that a notebook is given stays the value that it is, whatever code it looks like."""

import ast

import pytest
from papermill.translators import PythonTranslator

VALUES = (
    '"; import os; os.mkdir("made"); "', "'''", '"""', "\\", "\\\"", "a\nimport os", "a\r\nb", "{run}", "{{ x }}",
    "%run x", "!touch made", "?x", "$(touch made)", "#", "\u2028import os", "\x00", "\ud800", "\u202e", "f'{1}'",
    "\\N{DIGIT ONE}", "",
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_a_text_given_to_a_notebook_is_that_text(value: str) -> None:
    code = PythonTranslator.codify({"article": value, "target_years": [value]}, "Parameters")
    body = ast.parse(code).body
    assert [ast.literal_eval(part.value) for part in body if isinstance(part, ast.Assign)] == [value, [value]]
    assert len(body) == 2
