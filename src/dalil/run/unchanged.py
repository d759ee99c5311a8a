"""Nothing to do: whether all that a run depends on, and all that it made, is what it was when it ended.

Contents are compared, not times. This module imports nothing large, so that the answer comes at once.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dalil.errors import InputError
from dalil.project import Project, write_whole

# Variables that a report depends on.
_VARIABLES = ("SOURCE_DATE_EPOCH",)
# What programs leave beside files that matter.
_LEFT = ("__pycache__", ".ipynb_checkpoints")


@dataclass(frozen=True)
class Traces:
    """What a run depends on or has made, by the names that the project has for it.

    The content counts of ``files``, which may be missing, and of all that is in ``trees`` or comes to be there.
    """

    files: Sequence[str] = ()
    trees: Sequence[str] = ()

    def digest(self, project: Project) -> str:
        """The SHA-256 of all that, and of what runs it."""
        variables = (f"{name}={os.environ.get(name, '')}" for name in _VARIABLES)
        found = hashlib.sha256("\0".join([sys.version, *packages(project.lock), *variables]).encode())
        for name, path in self._paths(project):
            found.update(f"\0{name}\0".encode())
            if path.is_file():
                found.update(content(path).encode())
        return found.hexdigest()

    def _paths(self, project: Project) -> Iterator[tuple[str, Path]]:
        for name in self.files:
            yield name, project.path(name)
        for name in self.trees:
            for folder, folders, files in os.walk(project.path(name)):
                folders[:] = sorted(set(folders).difference(_LEFT))
                yield from ((f"{project.name(Path(folder))}/{file}", Path(folder, file)) for file in sorted(files))


def said_before(arguments: Sequence[str]) -> list[str]:
    """Return what there is to say of a command that would do nothing; nothing where that is not certain.

    Parameters
    ----------
    arguments
        Those of the command line.
    """
    try:
        project = Project.find()
        kept = json.loads(_place(project, arguments).read_text(encoding="utf-8"))
        same = Traces(kept["files"], kept["trees"]).digest(project) == kept["digest"]
        return list(kept["said"]) if same else []
    except (InputError, OSError, ValueError, KeyError, TypeError):
        return []


def keep(project: Project, arguments: Sequence[str], traces: Traces, said: Iterable[str]) -> None:
    """Note what a command that has run depends on and has made, and what it says when there is nothing to do."""
    noted: Mapping[str, object] = {**vars(traces), "said": list(said), "digest": traces.digest(project)}
    write_whole(_place(project, arguments), json.dumps(noted, indent=1))


def content(path: Path) -> str:
    """The SHA-256 of a file; one that a process has read it does not read again as long as nothing touches it."""
    found = path.stat()
    # The time of last change can be set, that of the last change of anything about a file cannot.
    return _content(path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@cache
def _content(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def packages(lock: Path) -> list[str]:
    """List the packages that are installed, with their versions; of a project that locks them, those that it locks."""
    named = re.findall(r"^([\w.-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE) if lock.is_file() else []
    locked = {re.sub("[-.]", "_", name) for name in named}
    installed = {path.stem.lower() for place in map(Path, sys.path) for path in place.glob("*.dist-info")}
    return sorted(one for one in installed if not locked or re.sub("[-.]", "_", one.rpartition("-")[0]) in locked)


def _place(project: Project, arguments: Sequence[str]) -> Path:
    """Where that is noted: a file for each command, as it was given where it was given."""
    given = json.dumps([project.name(Path.cwd()), *arguments])
    return project.kept("done", f"{hashlib.sha256(given.encode()).hexdigest()[:16]}.json")
