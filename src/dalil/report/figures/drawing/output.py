"""What comes of a figure: its pictures on disk, its place in a page or a notebook, its data to take away."""

import io
from collections.abc import Callable

from matplotlib.figure import Figure as Picture

from dalil.project import write_whole
from dalil.report.figures.drawing.figure import FigureContext, find
from dalil.report.figures.drawing.style import drawn_in_style
from dalil.report.markup import html
from dalil.report.markup.html import Html
from dalil.report.markup.vector import with_fonts, without_fonts
from dalil.report.prose.context import ReportContext
from dalil.tables.row import csv_of

# What would differ from one drawing to the next is left blank: the same picture is the same file.
_BLANK = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}


def draw(name: str, report: ReportContext) -> Html:
    """Draw a figure and show it, as :func:`saved` does.

    It is saved as SVG, wide and narrow, and wide in the other formats that the run asks for.
    """
    wide, narrow = (_picture(name, report, narrow=narrow) for narrow in (False, True))
    for suffix in ("svg", "png", "pdf"):
        path = report.picture(name).with_suffix(f".{suffix}")
        if suffix in {"svg", *report.parameters.figure_formats}:
            write_whole(path, written(wide, suffix))
        else:
            path.unlink(missing_ok=True)
    write_whole(report.picture(name, narrow=True), written(narrow, "svg"))
    return saved(name, report) or Html("<p>{}</p>").format(FigureContext(name, report).say("nothing"))


def show(name: str, report: ReportContext) -> Html:
    """Draw a figure where a notebook asks for it, as :func:`draw` does, and save nothing."""
    shown = _set(name, report, lambda narrow: written(_picture(name, report, narrow=narrow), "svg").decode())
    return shown or Html("<p>{}</p>").format(FigureContext(name, report).say("nothing"))


def saved(name: str, report: ReportContext) -> Html:
    """Set a figure as :func:`draw` has saved it; nothing where it has nothing to show."""
    return _set(name, report, lambda narrow: report.picture(name, narrow=narrow).read_text(encoding="utf-8"))


def data_of(name: str, report: ReportContext) -> str:
    """Write the rows that a figure is drawn from as CSV, no more and no less; nothing where it has nothing to show."""
    rows = find(name).rows(report)
    if not rows:
        return ""
    return csv_of([type(rows[0]).columns(), *(row.texts().values() for row in rows)])


def _set(name: str, report: ReportContext, drawing: Callable[[bool], str]) -> Html:
    """Set a figure, wide or narrow as there is room; nothing where it has nothing to show."""
    figure = find(name)
    rows = figure.rows(report)
    if not rows:
        return Html("")
    said = figure.describe(rows, FigureContext(name, report))
    alt = " ".join(f"{said.title}. {said.alt}".split())
    return html.figure(name, said.caption, alt, *(without_fonts(drawing(narrow)) for narrow in (False, True)))


def _picture(name: str, report: ReportContext, *, narrow: bool) -> Picture:
    figure = find(name)
    return figure.picture(figure.rows(report), FigureContext(name, report, narrow=narrow))


def written(picture: Picture, suffix: str) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    with drawn_in_style():
        picture.savefig(file, format=suffix, metadata=_BLANK[suffix])
    return with_fonts(file.getvalue().decode()).encode() if suffix == "svg" else file.getvalue()
