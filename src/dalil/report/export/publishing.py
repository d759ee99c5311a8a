"""Publishing: the executed report notebook as page, PDF and Markdown, with the run's data, in one language."""

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from traitlets.config import Config

from dalil import RELEASED, __version__
from dalil.parameters import Parameters
from dalil.project import TEMPLATES, Project, Run
from dalil.report.export.document import LABELS
from dalil.report.export.page import PageExporter
from dalil.report.export.text import TextExporter
from dalil.report.export.typst import Attachment, TypstPDFExporter
from dalil.report.figures import names
from dalil.report.figures.drawing.output import data_of
from dalil.report.prose.context import ReportContext

# Scripts of the page, in the order in which they run.
_SCRIPTS = ("page.js", "what-if-rules.js", "what-if.js")

# Types of the files of a run (https://www.iana.org/assignments/media-types).
_TYPES = {
    ".csv": "text/csv", ".json": "application/json", ".yml": "application/yaml", ".ipynb": "application/x-ipynb+json",
    ".txt": "text/plain",
}  # fmt: skip
# What a PDF carries besides the notebooks.
_CARRIED = ("claims.csv", "facts.json", "parameters.yml")

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
    suffix
        ``.html``, ``.pdf`` or ``.md``.
    notebooks
        The executed notebooks that go with it.
    project
        Where the run is; the project that the working folder is in if none is given.
    """
    material = ReportContext(parameters, project)
    carried = [*notebooks, source]
    exporter: type[PageExporter | TypstPDFExporter | TextExporter]
    more: dict[str, Any] = {}
    if suffix == ".html":
        exporter, more = PageExporter, _page(material, _files(material.run, carried))
    elif suffix == ".pdf":
        exporter, more = TypstPDFExporter, {"attachments": _attachments(material, _files(material.run, carried))}
    else:
        exporter = TextExporter
    content, _ = exporter(
        config=Config({"TagRemovePreprocessor": {"remove_cell_tags": ["working"]}}),
        exclude_input=True,
        title=material.title,
        subtitle=material.subtitle,
        language=parameters.language,
        labels={name: material.wording.say(f"document.{name}") for name in LABELS},
        **more,
    ).from_filename(str(source))
    return content


def _files(run: Run, notebooks: list[Path]) -> dict[str, bytes]:
    """The whole of a run: its parameters, tables, facts and notebooks, by name."""
    tables = sorted([*run.processed.glob("*.csv"), *run.processed.glob("further/*.csv")])
    listed = [run.parameters, run.processed / "facts.json", run.text, *tables, *notebooks]
    return {path.name if path != run.parameters else "parameters.yml": path.read_bytes() for path in listed}


def _attachments(material: ReportContext, files: dict[str, bytes]) -> dict[str, Attachment]:
    """What the PDF carries: the notebooks it was made from, and the data behind what it shows."""
    chosen = [name for name in files if name in _CARRIED or name.endswith(".ipynb")]
    return {
        name: Attachment(
            files[name],
            "source" if name.endswith(".ipynb") else "data",
            _TYPES[Path(name).suffix],
            material.wording.say(f"document.files.{'notebook' if name.endswith('.ipynb') else Path(name).stem}"),
        )
        for name in chosen
    }


def _page(material: ReportContext, files: dict[str, bytes]) -> dict[str, Any]:
    """What the page has besides its cells: what it says of itself, the run to take away, its scripts."""
    scripts = [(TEMPLATES / "page" / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return {"head": _head(material), "tail": _tail(material, files), "scripts": scripts}


def _head(material: ReportContext) -> str:
    """What search engines, previews and programs read of the page."""
    language, title = material.parameters.language, material.title
    description = material.description[:_MOST_LETTERS]
    image = f"preview.{language}.png"
    named = {"description": description, "twitter:card": "summary_large_image"}
    shared = {
        "og:type": "article",
        "og:title": title,
        "og:description": description,
        "og:locale": str(material.wording.locale),
        "og:image": image,
        "og:image:alt": title,
    }
    report = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": title,
        "description": description,
        "inLanguage": language,
        "datePublished": RELEASED.isoformat(),
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": {"@type": "SoftwareApplication", "name": "Dalil", "softwareVersion": __version__},
        "about": {"@type": "Article", "name": title, "abstract": material.subtitle},
        "image": image,
    }
    lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in named.items()]
    lines += [f'<meta property="{name}" content="{escape(value)}">' for name, value in shared.items()]
    return "\n".join([*lines, _json("application/ld+json", report)])


def _tail(material: ReportContext, files: dict[str, bytes]) -> str:
    """The run as an archive to take away, the data of the figures, and the words of the scripts."""
    say = material.wording.say
    archive = b64encode(_archive(files)).decode()
    name = f"dalil-{material.parameters.run or 'report'}.zip"
    words = {key: say(f"script.{key}") for key in material.wording.keys("script")}
    return "\n".join(
        [
            '<section class="page-only">',
            f'<h2 id="downloads">{escape(say("headings.downloads"))}</h2>',
            f"<p>{escape(say('document.archive', count=len(files)))}</p>",
            f'<p><a class="button" download="{name}" href="data:application/zip;base64,{archive}">'
            f"{escape(say('document.take'))}</a></p>",
            "</section>",
            *_figure_data(material),
            _json("application/json", words, ' id="page-words"'),
        ]
    )


def _figure_data(material: ReportContext) -> list[str]:
    """The rows that each figure is drawn from, for the page's script to hand out."""
    data = {name: data_of(name, material).replace("</", "<\\/") for name in names()}
    return [
        f'<script type="text/csv" id="data-{name}" data-figure="{name}" data-file="{name}.csv">{rows}</script>'
        for name, rows in data.items()
        if rows
    ]


def _archive(files: dict[str, bytes]) -> bytes:
    """Pack files; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _json(kind: str, data: Any, more: str = "") -> str:
    """JSON as a page holds it."""
    written = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="{kind}"{more}>{written}</script>'
