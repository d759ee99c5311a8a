"""Stores: a folder where results are kept, on this machine or anywhere that fsspec reaches."""

import hashlib
import io
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from dalil.errors import InputError
from dalil.project import write_whole

# What files of an archive carry for their times, so that the same files are the same archive.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_FILE = "file://"


class Store(NamedTuple):
    """Files by name below an address: the path of a folder, or one that fsspec knows, such as ``s3://bucket/folder``.

    Examples
    --------
    >>> Store("s3://bucket/folder").place("facts.csv")
    's3://bucket/folder/facts.csv'
    """

    address: str

    def place(self, name: str) -> str:
        """Where a file is."""
        return f"{self.address.rstrip('/')}/{name}"

    def has(self, name: str) -> bool:
        """Tell whether a file is there, which it is only whole."""
        return bool(_files(self.address).exists(self.place(name)))

    def read(self, name: str) -> bytes:
        """Read a file."""
        return bytes(_files(self.address).cat_file(self.place(name)))

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file."""
        _files(self.address).pipe_file(self.place(name), content.encode() if isinstance(content, str) else content)

    def take(self, name: str, file: Path) -> None:
        """Take over a file of this machine, however large."""
        _files(self.address).put_file(str(file), self.place(name))


def key_of(*parts: bytes) -> str:
    """A name for what is made from some parts: the same for the same ones, and for no others."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:24]


def packed(files: Mapping[str, bytes]) -> bytes:
    """Pack files; the same files give the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in sorted(files.items()):
            into.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def unpack(archive: bytes, folder: Path) -> None:
    """Unpack what was packed into a folder."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        source.extractall(folder)


def files_in(places: Iterable[Path]) -> set[Path]:
    """List files and what is in folders, however deep."""
    return {file for place in places for file in (place, *place.rglob("*")) if file.is_file()}


class _Here:
    """The files of this machine, as fsspec has them; what is written is there whole or not at all."""

    def exists(self, path: str) -> bool:
        return _local(path).exists()

    def cat_file(self, path: str) -> bytes:
        return _local(path).read_bytes()

    def pipe_file(self, path: str, content: bytes) -> None:
        write_whole(_local(path), content)

    def put_file(self, file: str, path: str) -> None:
        _local(path).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, f"{_local(path)}.new")
        Path(f"{_local(path)}.new").replace(_local(path))


def _local(path: str) -> Path:
    return Path(path.removeprefix(_FILE))


@cache
def _files(address: str) -> Any:
    if "://" not in address or address.startswith(_FILE):
        return _Here()
    try:
        import fsspec

        return fsspec.url_to_fs(address)[0]
    except (ImportError, ValueError) as error:
        then = "Install what reads it, pip install 'dalil[cluster]' first, or give a folder."
        raise InputError.of(address, [str(error)], then=then) from None
