"""Generated documents: data dictionary, catalogue of figures, JSON Schemas, and what the README lists."""

import json
from pathlib import Path
from typing import Any

from dalil.claims.entries import ClaimsFile
from dalil.parameters import DIALECT, Parameters, about, json_schema
from dalil.project import DATA_PACKAGE, PACKAGE, SCHEMAS, Project, write_whole
from dalil.reference.concordance import ReferenceEntry
from dalil.reference.loading import descriptions
from dalil.report.figures import names
from dalil.tables.schema import package
from dalil.text.formats import formats
from dalil.text.record import ArticleRecord
from dalil.wording.catalogue import Wording

_GENERATED = "<!-- Written by make docs; change what it is made from instead. -->"


def write_documents() -> list[Path]:
    """Write those that have changed; return them."""
    stale = out_of_date()
    for path in stale:
        write_whole(path, _documents()[path])
    return stale


def out_of_date() -> list[Path]:
    """List the documents that are not what they are made from."""
    return [
        path for path, text in _documents().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def _documents() -> dict[Path, str]:
    checkout = Project.find(PACKAGE)
    return {
        checkout.path("data/datapackage.json"): DATA_PACKAGE.read_text(encoding="utf-8"),
        checkout.path("data/README.md"): _dictionary(checkout.reference),
        checkout.path("figures/README.md"): _catalogue(),
        checkout.path("README.md"): _readme(checkout.path("README.md")),
        **{SCHEMAS / f"{name}.schema.json": _json(schema) for name, schema in _schemas().items()},
    }


def _schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schemas of files that a user writes, which editors check while one types."""
    record, reference = ArticleRecord.model_json_schema(), ReferenceEntry.model_json_schema()
    record["$defs"] |= reference.pop("$defs")
    record["properties"]["reference"] = reference
    described = {"claims": ClaimsFile.model_json_schema(), "article": record}
    return {"parameters": json_schema(), **{name: {"$schema": DIALECT, **schema} for name, schema in described.items()}}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _dictionary(reference: Path) -> str:
    """The tables of the Data Package, column by column."""
    described = package()
    lines = [
        "# Data",
        _GENERATED,
        "`raw/` holds what the project starts from and is never edited: the article as supplied, the record of what is "
        "known about it, what its claims assert, and the spelling repairs. `reference/` holds what claims are held "
        "against, described at the end. `processed/` is built by the notebooks and "
        f"holds the tables below. {described['description']} `datapackage.json` says the same for programs. "
        "`processed/facts.json` holds every number the report shows, by name: value, low, high, unit, display, "
        "formula, claims, sources, notebook.",
    ]
    for resource in described["resources"]:
        lines.append(f"## {resource['title']}")
        maker = f"made by `{resource['notebook']}`" if resource["notebook"] else "measured by `make bench-quantities`"
        lines.append(f"`{resource['path']}`, {maker}. {resource['description']}")
        lines.append(_fields(resource))
    return "\n\n".join([*lines, *_reference(reference)]) + "\n"


def _reference(folder: Path) -> list[str]:
    """The tables of the record, those with the same columns together, and its origins."""
    packages = [(path.parent, json.loads(path.read_text(encoding="utf-8"))) for path in descriptions(folder)]
    lines = [
        "## Reference",
        packages[0][1]["description"] + " `reference/datapackage.json` says the same for programs.",
    ]
    resources = [
        {**resource, "path": (place / resource["path"]).relative_to(folder).as_posix()}
        for place, described in packages
        for resource in described["resources"]
        if not resource.get("optional")
    ]
    for fields in dict.fromkeys(_fields(resource) for resource in resources):
        alike = [resource for resource in resources if _fields(resource) == fields]
        named = [f"- `reference/{r['path']}`: {r['title']}. {r['description']}" for r in alike]
        lines += ["\n".join(named), fields]
    rule = packages[0][1].get("reliability", {})
    lines += [
        "How reliable a source is follows from its kind.",
        "\n".join(
            ["| kind | reliability | what it is |", "|---|---|---|"]
            + [f"| {kind} | {entry['reliability']} | {entry['what']} |" for kind, entry in rule.items()]
        ),
    ]
    rows = [
        f"| `{name}` | {o['kind']} | {o['reliability']} | {o['citation']} | {o['date_accessed']} | {o['licence']} |"
        for _, described in packages
        for name, o in described["origins"].items()
    ]
    head = ["| origin | kind | reliability | citation | accessed | licence |", "|---|---|---|---|---|---|"]
    return [*lines, "\n".join([*head, *rows])]


def _fields(resource: dict[str, Any]) -> str:
    """The columns of a table."""
    rows = [
        f"| `{field['name']}` | {field['type']} | {field['description']} |" for field in resource["schema"]["fields"]
    ]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def _catalogue() -> str:
    """The figures with their captions' subjects."""
    wording = Wording("en")
    rows = [f"| `{name}.svg` | {wording.say(f'figures.{name}.topic')} |" for name in names()]
    table = "\n".join(["| file | shows |", "|---|---|", *rows])
    intro = "Drawn by `make report` from the tables in `data/processed`; these files are pictures of the default run."
    return "\n\n".join(["# Figures", _GENERATED, intro, table]) + "\n"


def _readme(path: Path) -> str:
    """The README with its table of parameters, its formats and its verdicts made anew."""
    rows = []
    for name in Parameters.model_fields:
        facts = about(name)
        default = f"`{facts['default']}`" if facts["default"] else "(empty)"
        rows.append(f"| `{name}` | {default} | {facts['meaning']} | {facts['allowed']} | {facts['unit']} |")
    table = "\n".join(["| parameter | default | meaning | allowed | unit |", "|---|---|---|---|---|", *rows])
    text = _between(path.read_text(encoding="utf-8"), "parameters", f"\n\n{table}\n\n")
    wording = Wording("en")
    verdicts = (f"*{wording.say(f'verdict.word.{case}', share='…')}*" for case in wording.keys("verdict.word"))
    return _between(_between(text, "formats", formats()), "verdicts", ", ".join(verdicts))


def _between(text: str, name: str, content: str) -> str:
    """Put content between the two marks of a name."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = text.partition(start)
    return f"{before}{start}{content}{end}{rest.partition(end)[2]}"
