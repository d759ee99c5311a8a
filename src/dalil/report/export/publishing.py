"""Publishing: the executed report notebook as page, PDF and Markdown, with the run's data, in one language."""

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten
from typing import Any

from traitlets.config import Config

from dalil import __version__
from dalil.parameters import Parameters
from dalil.project import TEMPLATES, Project
from dalil.report.export.document import LABELS
from dalil.report.export.page import PageExporter
from dalil.report.export.text import TextExporter
from dalil.report.export.typst import Attachment, TypstPDFExporter
from dalil.report.figures import names
from dalil.report.figures.drawing.output import data_of
from dalil.report.markup.html import Html, data
from dalil.report.markup.templates import filled
from dalil.report.page.tables import versions
from dalil.report.prose.answer import summary_text
from dalil.report.prose.context import ReportContext
from dalil.tables.schema import package

# Scripts of the page, in the order in which they run.
_SCRIPTS = ("page.js", "what-if.js")

# What the folder of a run holds: tables, facts, and what notebooks of a user's own keep.
_DATA = ("*.json", "*.csv", "further/*.csv", "further/*.svg")
# The types of its files (https://www.iana.org/assignments/media-types).
TYPES = {
    ".yml": "application/yaml", ".json": "application/json", ".csv": "text/csv", ".svg": "image/svg+xml",
    ".txt": "text/plain", ".ipynb": "application/x-ipynb+json",
}  # fmt: skip

# The time that files of an archive carry; the earliest there is, so that the same files are the same archive.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

# Letters of a description that search engines and previews show.
_MOST_LETTERS = 300


def publish(
    parameters: Parameters, source: Path, suffix: str, notebooks: Iterable[Path], project: Project | None = None
) -> str | bytes:
    """Export the executed report notebook, without code, in the run's language.

    Parameters
    ----------
    parameters
        Those of the run.
    source, notebooks
        The executed report notebook, and those that go with it.
    suffix
        ``.html``, ``.pdf`` or ``.md``.
    project
        Where the run is; the project that the working folder is in if none is given.
    """
    context = ReportContext(parameters, project)
    files = _files(context, [*notebooks, source])
    exporter: type[PageExporter | TypstPDFExporter | TextExporter] = TextExporter
    more: dict[str, Any] = {}
    if suffix == ".html":
        scripts = [(TEMPLATES / "page" / name).read_text(encoding="utf-8") for name in _SCRIPTS]
        exporter, more = PageExporter, {"head": _head(context), "tail": _tail(context, files), "scripts": scripts}
    elif suffix == ".pdf":
        exporter, more = TypstPDFExporter, {"attachments": _attachments(context, files)}
    content, _ = exporter(
        config=Config({"TagRemovePreprocessor": {"remove_cell_tags": ["working"]}}),
        exclude_input=True,
        title=context.title,
        subtitle=context.subtitle,
        language=parameters.language,
        labels={name: context.wording.say(f"document.{name}", page="{page}", pages="{pages}") for name in LABELS},
        **more,
    ).from_filename(str(source))
    return content


def _files(context: ReportContext, notebooks: list[Path]) -> dict[str, bytes]:
    """The whole of a run by name: parameters, tables with what their columns mean, facts, packages, notebooks.

    The text of the article is among them where its record says that it may be given away.
    """
    run = context.run
    record = [run.crate] if run.crate.exists() else []
    described = {"datapackage.json": package(), "environment.json": versions()}
    return {
        "parameters.yml": run.parameters.read_bytes(),
        **{name: json.dumps(about, ensure_ascii=False, indent=1).encode() for name, about in described.items()},
        **{path.name: path.read_bytes() for path in [*packed(context, notebooks), *record]},
    }


def packed(context: ReportContext, notebooks: Iterable[Path]) -> list[Path]:
    """List the files of a run that its archive holds as they are: tables, facts, and the executed notebooks given."""
    run = context.run
    paths = [path for pattern in _DATA for path in sorted(run.processed.glob(pattern))]
    return [*paths, *([run.text] if context.about.full_text else []), *notebooks]


def _attachments(context: ReportContext, files: dict[str, bytes]) -> dict[str, Attachment]:
    """What the PDF carries: all files of the run; the notebooks are what it was made from, the rest is data."""
    titles = {Path(table["path"]).name: context.wording.data(table["title"]) for table in package()["resources"]}
    say, carried = context.wording.say, {}
    for name, content in files.items():
        stem, suffix = Path(name).stem, Path(name).suffix
        words = "notebook" if suffix == ".ipynb" else stem if stem in context.wording.keys("document.files") else "data"
        relationship = "source" if suffix == ".ipynb" else "data"
        carried[name] = Attachment(
            content, relationship, TYPES[suffix], titles.get(name) or say(f"document.files.{words}")
        )
    return carried


def _head(context: ReportContext) -> Html:
    """What search engines, previews and programs read of the page."""
    language = context.parameters.language
    description = shorten(summary_text(context).striptags(), _MOST_LETTERS, placeholder="…")
    image = f"preview.{language}.png"
    report = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": context.title,
        "description": description,
        "inLanguage": language,
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": {"@type": "SoftwareApplication", "name": "Dalil", "softwareVersion": __version__},
        "about": {"@type": "Article", "name": context.article_name},
        "image": image,
    }
    if context.about.checked:
        report["datePublished"] = context.about.checked.isoformat()
    return filled(
        "head",
        title=context.title,
        description=description,
        locale=context.wording.name,
        image=image,
        report=data(report),
    )


def _tail(context: ReportContext, files: dict[str, bytes]) -> Html:
    """The run as an archive to take away, the data of the figures, and the words of the scripts."""
    say = context.wording.say
    figures = {name: data_of(name, context) for name in names()}
    return filled(
        "tail",
        heading=say("headings.downloads"),
        held=say("document.archive", count=len(files)),
        name=f"dalil-{context.parameters.run or 'report'}.zip",
        archive=b64encode(_archive(files)).decode(),
        take=say("document.take"),
        figures={name: data(rows) for name, rows in figures.items() if rows},
        words=data({key: say(f"script.{key}") for key in context.wording.keys("script")}),
    )


def _archive(files: dict[str, bytes]) -> bytes:
    """Pack files; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
