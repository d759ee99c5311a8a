"""What comes of a figure: its pictures on disk, its place in a page or a notebook, its data to take away."""

import csv
import io

from matplotlib.figure import Figure as Picture

from dalil.project import write_whole
from dalil.report.figures.drawing.figure import Description, FigureContext, find
from dalil.report.figures.drawing.style import drawn_in_style
from dalil.report.markup import html
from dalil.report.markup.html import Html
from dalil.report.markup.vector import with_fonts, without_fonts
from dalil.report.prose.context import ReportContext

# What would differ from one drawing to the next is left blank: the same picture is the same file.
_BLANK = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}


def draw(name: str, report: ReportContext) -> Html:
    """Draw a figure, save it in the formats that the run asks for, as SVG in any case, and show it.

    Returns the figure with its caption, or a sentence where there is nothing to show.
    """
    figure, context = find(name), FigureContext(name, report)
    picture = figure.picture(figure.rows(report), context)
    wanted = {"svg", *report.parameters.figure_formats}
    # SVG comes first, since the layout is solved for it.
    for suffix in ("svg", "png", "pdf"):
        path = report.picture(name).with_suffix(f".{suffix}")
        if suffix in wanted:
            write_whole(path, _written(picture, suffix))
        else:
            path.unlink(missing_ok=True)
    return saved(name, report) or _nothing(context)


def show(name: str, report: ReportContext) -> Html:
    """Draw a figure where a notebook asks for it, as :func:`draw` does, and save nothing."""
    figure, context = find(name), FigureContext(name, report)
    rows = figure.rows(report)
    picture = _written(figure.picture(rows, context), "svg").decode()
    return _set(name, figure.describe(rows, context), picture) if rows else _nothing(context)


def saved(name: str, report: ReportContext) -> Html:
    """Set a figure as :func:`draw` has saved it; nothing where it has nothing to show."""
    figure, picture = find(name), report.picture(name)
    rows = figure.rows(report)
    if not rows:
        return Html("")
    return _set(name, figure.describe(rows, FigureContext(name, report)), picture.read_text(encoding="utf-8"))


def data_of(name: str, report: ReportContext) -> str:
    """Write the rows that a figure is drawn from as CSV, no more and no less; nothing where it has nothing to show."""
    rows = find(name).rows(report)
    if not rows:
        return ""
    written = io.StringIO()
    writer = csv.DictWriter(written, type(rows[0]).columns(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.texts() for row in rows)
    return written.getvalue()


def _nothing(context: FigureContext) -> Html:
    return Html("<p>{}</p>").format(context.say("nothing"))


def _set(name: str, description: Description, picture: str) -> Html:
    alt = " ".join(description.alt.split())
    return html.figure(name, description.caption, alt, without_fonts(picture))


def _written(picture: Picture, suffix: str) -> bytes:
    """A picture as a file; its layout, solved for the first file, stays as it is for others."""
    file = io.BytesIO()
    with drawn_in_style():
        picture.savefig(file, format=suffix, metadata=_BLANK[suffix])
    # Not "none", which would have each picture drawn twice, the first time for nothing.
    picture.set_layout_engine(None)
    return with_fonts(file.getvalue().decode()).encode() if suffix == "svg" else file.getvalue()
