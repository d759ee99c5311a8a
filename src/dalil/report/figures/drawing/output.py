"""What comes of a figure: its pictures on disk, its place in a page or a notebook, its data to take away."""

import csv
import io

from matplotlib.figure import Figure as Picture

from dalil.project import write_whole
from dalil.report.figures.drawing.figure import Description, FigureContext, find
from dalil.report.figures.drawing.style import drawn_in_style
from dalil.report.markup.html import Html, figure
from dalil.report.markup.vector import with_fonts, without_fonts
from dalil.report.prose.context import ReportContext

# What would differ from one drawing to the next is left blank: the same picture is the same file.
_BLANK = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}


def draw(name: str, report: ReportContext) -> Html:
    """Draw a figure, save it in the formats that the run asks for, as SVG in any case, and show it.

    Parameters
    ----------
    name
        One of :func:`dalil.report.figures.names`.
    report
        The run and the language.

    Returns
    -------
    Html
        The figure with its caption, or a sentence where there is nothing to show.
    """
    found, context = find(name), FigureContext(name, report)
    rows = found.rows(report)
    picture = found.picture(rows, context)
    wanted = {"svg", *report.parameters.figure_formats}
    # SVG comes first, since the layout is solved for it.
    for suffix in ("svg", "png", "pdf"):
        path = report.picture(name).with_suffix(f".{suffix}")
        if suffix in wanted:
            write_whole(path, _written(picture, suffix))
        else:
            path.unlink(missing_ok=True)
    return saved(name, report) if rows else _nothing(context)


def show(name: str, report: ReportContext) -> Html:
    """Draw a figure where a notebook asks for it, and save nothing.

    Parameters
    ----------
    name
        One of :func:`dalil.report.figures.names`.
    report
        The run and the language.

    Returns
    -------
    Html
        The figure with its caption, or a sentence where there is nothing to show.
    """
    found, context = find(name), FigureContext(name, report)
    rows = found.rows(report)
    if not rows:
        return _nothing(context)
    picture = _written(found.picture(rows, context), "svg").decode()
    return _set(name, found.describe(rows, context), picture)


def saved(name: str, report: ReportContext) -> Html:
    """Set a figure as :func:`draw` has saved it; nothing where it has nothing to show.

    Parameters
    ----------
    name
        One of :func:`dalil.report.figures.names`.
    report
        The run and the language.
    """
    found = find(name)
    rows = found.rows(report)
    if not rows:
        return Html("")
    description = found.describe(rows, FigureContext(name, report))
    return _set(name, description, report.picture(name).read_text(encoding="utf-8"))


def data_of(name: str, report: ReportContext) -> str:
    """Write the rows that a figure is drawn from as CSV, no more and no less; nothing where it has nothing to show.

    Parameters
    ----------
    name
        One of :func:`dalil.report.figures.names`.
    report
        The run.
    """
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
    return figure(name, description.caption, alt, without_fonts(picture))


def _written(picture: Picture, suffix: str) -> bytes:
    """A picture as a file; its layout, solved for the first file, stays as it is for others."""
    file = io.BytesIO()
    with drawn_in_style():
        picture.savefig(file, format=suffix, metadata=_BLANK[suffix])
    picture.set_layout_engine("none")
    return with_fonts(file.getvalue().decode()).encode() if suffix == "svg" else file.getvalue()
