"""The record of a run: what was made from what, by which tools, with which parameters, as programs read it.

It is an RO-Crate 1.2 (https://w3id.org/ro/crate/1.2) with the profile Process Run Crate 0.5, and describes the archive
that page and PDF carry. It holds no time and no machine, so that the same run has the same record.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import metadata, requires
from pathlib import Path
from typing import Any

from dalil import RELEASED, __version__
from dalil.project import Project
from dalil.report.export.publishing import TYPES, packed
from dalil.report.prose.context import ReportContext
from dalil.run.unchanged import content
from dalil.tables.rows import OriginRow

Node = dict[str, Any]

# RO-Crate has no word of its own for this hash.
_CONTEXT = ["https://w3id.org/ro/crate/1.2/context", {"sha256": "http://schema.org/sha256"}]
_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DALIL = "#dalil"
# The longest name of a licence.
_LONGEST = 60
# What wheels carry whose licence is not that of their package.
_CARRIED = {"pandoc": ("pypandoc-binary", "GPL-2.0-or-later")}


@dataclass(frozen=True)
class Action:
    """One step of a run: what it used and made; if it ran a notebook, the hash of that, and its parameters."""

    name: str
    title: str
    uses: Sequence[Path]
    makes: Sequence[Path]
    digest: str = ""
    values: tuple[str, ...] = ()
    # What carries this record, and so cannot be in it by hash.
    leads_to: Sequence[Path] = ()


def run_record(context: ReportContext, actions: Sequence[Action], origins: Mapping[str, str]) -> str:
    """Write the record of a run as JSON-LD.

    Parameters
    ----------
    context
        The run.
    actions
        Its steps, in their order.
    origins
        For each parameter what it was given by.
    """
    files = list(dict.fromkeys(path for action in actions for path in (*action.uses, *action.makes)))
    names = _names(context, files)
    article = context.run.project.path(context.parameters.article)
    parts = [name for name in names.values() if not name.startswith("#")]
    root = _node(
        "Dataset",
        "./",
        name=context.title,
        description=f"What the report on {context.article_name} was made from, and all that it states.",
        datePublished=RELEASED.isoformat(),
        license={"@id": _LICENCE},
        conformsTo={"@id": _PROFILE},
        hasPart=_references(parts),
        mentions=_references(f"#run-{action.name}" for action in actions),
        about=_references(name for path, name in names.items() if path == article),
        citation=_references(_cited(row) for row in context.rows(OriginRow)),
    )
    graph = [
        _node(
            "CreativeWork",
            "ro-crate-metadata.json",
            about={"@id": "./"},
            conformsTo={"@id": "https://w3id.org/ro/crate/1.2"},
        ),
        root,
        _node(["CreativeWork", "Profile"], _PROFILE, name="Process Run Crate", version="0.5"),
        _node("CreativeWork", _LICENCE, name="CC BY 4.0", description="Creative Commons Attribution 4.0 International"),
        *(_file(path, name) for path, name in names.items()),
        *(_node("File", _promised(path), name=path.name) for action in actions for path in action.leads_to),
        *(_parameter(context, name, origin) for name, origin in origins.items()),
        *(node for action in actions for node in _action(action, names)),
        *(_source(row) for row in context.rows(OriginRow)),
        *_tools(),
    ]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _node(kind: str | list[str], place: str, /, **properties: Any) -> Node:
    """An entity of the graph, what is not known of it left out."""
    return {"@id": place, "@type": kind, **{key: value for key, value in properties.items() if value}}


def _references(names: Iterable[str]) -> list[Node] | Node:
    """Refer to entities; to one alone without a list."""
    found = [{"@id": name} for name in dict.fromkeys(names)]
    return found[0] if len(found) == 1 else found


def _names(context: ReportContext, files: Sequence[Path]) -> dict[Path, str]:
    """What files are called: those in the archive as they are there, others by a name that leads to no file."""
    inside = set(packed(context, (path for path in files if path.suffix == ".ipynb")))
    return {path: path.name if path in inside else f"#{_shown(context.run.project, path)}" for path in files}


def _shown(project: Project, path: Path) -> str:
    """A file's name in the project; of one elsewhere the last part alone, which says nothing of the machine."""
    return project.name(path) if path.is_relative_to(project.root) else path.name


def _file(path: Path, name: str) -> Node:
    kind, size = TYPES.get(path.suffix, "application/octet-stream"), str(path.stat().st_size)
    return _node("File", name, name=path.name, encodingFormat=kind, contentSize=size, sha256=content(path))


def _promised(path: Path) -> str:
    return f"#{path.name}"


def _parameter(context: ReportContext, name: str, origin: str) -> Node:
    value = context.parameters.model_dump(mode="json")[name]
    if name in {"article", "claims"}:
        value = _shown(context.run.project, context.run.project.path(value))
    return _node(
        "PropertyValue", f"#parameter-{name}", name=name, value=json.dumps(value), description=f"from {origin}"
    )


def _action(action: Action, names: Mapping[Path, str]) -> Iterator[Node]:
    """A step, and the notebook that it ran."""
    yield _node(
        "CreateAction",
        f"#run-{action.name}",
        name=action.title,
        description=f"Made {', '.join(path.name for path in (*action.makes, *action.leads_to))}.",
        instrument={"@id": f"#{action.name}" if action.digest else _DALIL},
        object=_references([*(names[path] for path in action.uses), *(f"#parameter-{name}" for name in action.values)]),
        result=_references([*(names[path] for path in action.makes), *map(_promised, action.leads_to)]),
        actionStatus="http://schema.org/CompletedActionStatus",
    )
    if action.digest:
        yield _node(
            ["File", "SoftwareSourceCode"],
            f"#{action.name}",
            name=f"{action.name}.ipynb",
            programmingLanguage="Python",
            encodingFormat=TYPES[".ipynb"],
            version=__version__,
            sha256=action.digest,
            softwareRequirements={"@id": _DALIL},
        )


def _source(row: OriginRow) -> Node:
    return _node(
        "CreativeWork",
        _cited(row),
        name=row.title,
        creditText=row.citation,
        copyrightNotice=row.licence,
        url=row.address,
    )


def _cited(row: OriginRow) -> str:
    """A source's name for programs; its address may be no link, or that of others too."""
    return f"urn:dalil:source:{row.origin}"


def _tools() -> Iterator[Node]:
    """The program and what it needs, each with its version and licence."""
    needed = [line for line in requires("dalil") or () if "extra ==" not in line]
    names = sorted(re.split(r"[^\w.-]", line)[0] for line in needed)
    tools = [_tool(name, name, licence_of(name)) for name in names]
    tools += [_tool(name, package, licence) for name, (package, licence) in _CARRIED.items()]
    yield _node(
        "SoftwareApplication",
        _DALIL,
        name="Dalil",
        softwareVersion=__version__,
        version=__version__,
        license="MIT",
        softwareRequirements=_references(tool["@id"] for tool in tools),
    )
    yield from tools


def _tool(name: str, package: str, licence: str) -> Node:
    """A package, or what it carries, by its package URL (ECMA-427)."""
    number = metadata(package)["Version"]
    address = f"pkg:pypi/{package}@{number}"
    return _node(
        "SoftwareApplication",
        address if name == package else f"{address}#{name}",
        name=name,
        softwareVersion=number,
        version=number,
        license=licence,
    )


def licence_of(package: str) -> str:
    """Return the licence of a package as it names it.

    Examples
    --------
    >>> licence_of("pikepdf")
    'MPL-2.0'
    """
    about = metadata(package)
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if "License ::" in line]
    named = [*(about.get_all("License-Expression") or ()), *(about.get_all("License") or ()), ", ".join(classified)]
    # Some have the whole text of their licence there.
    return next((name for name in named if name and "\n" not in name and len(name) < _LONGEST), "")
