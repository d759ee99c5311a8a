"""The measures of a claims file: which there are, and giving them other names or one name together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from yaml import CSafeLoader, MappingNode, ScalarNode, SequenceNode, compose

from dalil.errors import InputError, nearest
from dalil.project import shown, write_whole
from dalil.yamlfile import read_yaml


def measures_of(path: Path) -> Counter[str]:
    """Count the claims of each measure of a claims file, in the order of their first claims.

    Parameters
    ----------
    path
        The claims file.

    Raises
    ------
    InputError
        It cannot be read as YAML.
    """
    return Counter(fields["measure"].value for fields in _claims(path) if "measure" in fields)


def rename(path: Path, names: Mapping[str, str]) -> int:
    """Give measures of a claims file other names; those that get one name are then one measure.

    Nothing else in the file is touched: comments, order and line ends stay.

    Parameters
    ----------
    path
        The claims file.
    names
        The new name of each measure, by the old one.

    Returns
    -------
    int
        How many claims have another measure now.

    Raises
    ------
    InputError
        There is no such measure, or one would have levels in two units; the file is then as it was.
    """
    known, problems = measures_of(path), []
    problems += [f'no claim has the measure "{old}"; {nearest(old, known)}' for old in names if old not in known]
    problems += [f'"{old}" would have no name' for old, new in names.items() if not new.strip()]
    found = [fields for fields in _claims(path) if fields.get("measure") and fields["measure"].value in names]
    units: dict[str, dict[str, int]] = {}
    for fields in _claims(path):
        kind, unit, measure = (fields[name].value if name in fields else "" for name in ("kind", "unit", "measure"))
        if kind in {"level", "target"}:
            units.setdefault(names.get(measure, measure), {}).setdefault(unit, fields["unit"].start_mark.line + 1)
    for new in set(names.values()):
        if len(told := units.get(new, {})) > 1:
            lines = ", ".join(f"{unit} (line {line})" for unit, line in told.items())
            problems.append(f'"{new}" would have levels in more than one unit: {lines}')
    if problems:
        raise InputError.of(shown(path), problems, then="Nothing was renamed. Give the names as the file has them.")
    text = path.read_text(encoding="utf-8")
    for node in reversed([fields["measure"] for fields in found]):
        text = text[: node.start_mark.index] + _quoted(names[node.value]) + text[node.end_mark.index :]
    write_whole(path, text)
    return len(found)


def _claims(path: Path) -> Iterator[dict[str, ScalarNode]]:
    """Yield the fields of each claim, which know where they stand."""
    read_yaml(path)
    root = compose(path.read_text(encoding="utf-8"), Loader=CSafeLoader)
    parts = {key.value: value for key, value in root.value} if isinstance(root, MappingNode) else {}
    claims = parts.get("claims")
    for claim in claims.value if isinstance(claims, SequenceNode) else ():
        if isinstance(claim, MappingNode):
            yield {key.value: value for key, value in claim.value if isinstance(value, ScalarNode)}


def _quoted(name: str) -> str:
    """Write a name so that YAML reads just that."""
    kept = "".join(char if char.isprintable() else " " for char in name)
    return "'" + kept.replace("'", "''") + "'"
