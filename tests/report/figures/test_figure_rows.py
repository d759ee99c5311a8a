"""The rows of figures: what can be taken away is what is drawn, no more and no less."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from matplotlib.collections import Collection
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from dalil.errors import DomainError
from dalil.numbers.intervals import Estimate, Interval
from dalil.numbers.periods import Period
from dalil.report.figures import names
from dalil.report.figures.drawing.figure import FigureContext, find
from dalil.report.figures.drawing.output import data_of, show
from dalil.report.prose.context import ReportContext
from dalil.tables.row import Row

# What leads back to a claim or a source, or keeps the rows of a panel together, is in no picture itself.
KEYS = {"claim", "base", "target"}


def read_back(data: str, row: type[Row]) -> list[Row]:
    """The rows that somebody has who took a figure's data away."""
    return [row.of_texts(texts) for texts in csv.DictReader(io.StringIO(data))]


def drawn(picture: Picture) -> Iterator[object]:
    """What there is to see on a picture: lines, bars, bands, marks and texts, with where they are."""
    for artist in picture.findobj():
        if isinstance(artist, Line2D):
            look = artist.get_marker(), artist.get_color(), artist.get_markerfacecolor()
            yield np.asarray(artist.get_xydata(), dtype=float).tolist(), *look
        elif isinstance(artist, Patch):
            yield str(artist), artist.get_facecolor(), artist.get_hatch()
        elif isinstance(artist, Text):
            at = getattr(artist, "xy", None), artist.get_position()
            yield artist.get_text(), at, artist.get_color(), artist.get_fontweight()
        elif isinstance(artist, Collection):
            yield [np.asarray(path.vertices).tolist() for path in artist.get_paths()], str(artist.get_array())


def said(name: str, rows: list[Row], context: FigureContext) -> str:
    """All that a figure says of some rows."""
    return f"{find(name).describe(rows, context)} {context.source(rows)}"


def shown(name: str, rows: list[Row], context: FigureContext) -> tuple[str, str]:
    """All that a figure says and shows of some rows."""
    picture = find(name).picture(rows, context)
    return said(name, rows, context), repr([*drawn(picture), picture.get_size_inches().tolist()])


@pytest.fixture(scope="module", params=names())
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(material: ReportContext, name: str) -> FigureContext:
    return FigureContext(name, material)


@pytest.fixture
def rows(material: ReportContext, name: str) -> list[Row]:
    return list(find(name).rows(material))


def test_who_has_the_rows_can_draw_the_figure_again(
    material: ReportContext, context: FigureContext, rows: list[Row], name: str
) -> None:
    again = read_back(data_of(name, material), type(rows[0]))
    assert again == rows
    assert shown(name, again, context) == shown(name, rows, context)


def test_a_figure_is_drawn_and_described_without_a_look_at_any_table(
    material: ReportContext, rows: list[Row], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ReportContext(material.parameters, material.run.project)
    context = FigureContext(name, other)
    # Whose measures there are, and in which order countries come, is how things are called and look.
    names_and_looks = context._subjects, context._countries
    assert all(names_and_looks)

    def none(*_: object) -> Any:
        raise AssertionError("a table was opened")

    monkeypatch.setattr(ReportContext, "rows", none)
    monkeypatch.setattr(ReportContext, "facts", property(none))
    assert all(shown(name, rows, context))


def test_every_row_is_in_the_picture_or_in_its_words(context: FigureContext, rows: list[Row], name: str) -> None:
    before = shown(name, rows, context)
    (main, *_) = [name for name in ("lowest", "exported", "value") if hasattr(rows[0], name)]
    for place in {0, len(rows) // 2, len(rows) - 1}:
        row, others = rows[place], (rows[:place], rows[place + 1 :])
        assert differs(name, [*others[0], *others[1]], context, before), f"{row} left out"
        if getattr(row, main) is not None:
            assert differs(name, [*others[0], altered(row, main), *others[1]], context, before), f"{row} changed"


def test_every_column_is_in_the_picture_or_in_its_words(context: FigureContext, rows: list[Row], name: str) -> None:
    # Subjects are named where there are several of a measure.
    context.__dict__["_subjects"] = {measure: {"one", "other"} for measure in context._subjects}
    context.__dict__["_countries"] = [*context._countries, "KG"]
    before = shown(name, rows, context)
    for column in (field.name for field in fields(rows[0]) if field.name not in KEYS):  # type: ignore[arg-type]
        other = [altered(row, column) for row in rows]
        # What all rows have in common may be told only where some have it and others have not.
        some = [two if place % 2 else one for place, (one, two) in enumerate(zip(rows, other, strict=True))]
        assert differs(name, other, context, before) or differs(name, some, context, before), column


def differs(name: str, rows: list[Row], context: FigureContext, before: tuple[str, str]) -> bool:
    """Whether rows give other words or another picture, or none: what they tell apart no longer fits together."""
    try:
        return said(name, rows, context) != before[0] or shown(name, rows, context) != before
    except (KeyError, ValueError, IndexError, AssertionError, DomainError):
        return True


def altered(row: Row, column: str) -> Row:
    """The row with another value of the same kind in a column."""
    kind = get_type_hints(type(row))[column]
    value = getattr(row, column)
    if get_origin(kind) is Literal:
        other: Any = next(name for name in reversed(get_args(kind)) if name != value)
    elif isinstance(value, str):
        other = OTHERS.get(value, f"{value} too" if value else value)
    else:
        other = next((change(value) for known, change in CHANGES.items() if isinstance(value, known)), None)
    return replace(row, **{column: other})  # type: ignore[type-var]


OTHERS = {
    "=": ">", "USD": "person", "person": "USD", "official": "press", "press": "official", "UZ": "KG", "KZ": "KG",
    "confirmed": "disputed", "high": "low",
}  # fmt: skip
CHANGES: dict[type, Callable[[Any], object]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    Fraction: lambda value: value * 1000 + 1,
    Estimate: lambda value: Estimate(
        _larger(value.value), Interval(_larger(value.range.low), _larger(value.range.high))
    ),
    Period: lambda value: Period.parse(str(value.year + 1)),
    tuple: lambda value: value[1:],
}


def _larger(number: Fraction | None) -> Fraction | None:
    return None if number is None else number * 1000 + 1


@pytest.mark.parametrize("name", ["turnover", "mirror-flows"], scope="module")
def test_a_cell_can_show_a_figure_without_saving_it(material: ReportContext, name: str) -> None:
    before = material.picture(name).stat().st_mtime_ns
    markup = show(name, material)
    assert markup.startswith(f'<figure id="figure-{name}"><picture><source ')
    assert '<img src="data:image/svg+xml,' in markup
    assert "<figcaption>" in markup
    assert material.picture(name).stat().st_mtime_ns == before
