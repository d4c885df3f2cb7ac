"""The files behind what the user names: one file, a folder, or a zip, also with zips in them."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

TEXT_SUFFIXES: Final = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".log", ".html", ".htm")
MACOS_FOLDER: Final = "__MACOSX"


@dataclass(frozen=True)
class SourceFile:
    """A file that may hold rows. ``name`` is relative to what the user named."""

    name: str
    open: Callable[[], IO[bytes]]


def find_files(path: Path) -> Iterator[SourceFile]:
    """Return the files behind ``path`` in the order of their names.

    In a folder or a zip only names with a suffix of a text file are returned, and neither hidden files nor
    the ``._`` files that macOS adds. Raises ``OSError`` for a path that cannot be read.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path).as_posix()
            if file.is_file() and _is_wanted(name):
                yield from _open_zip(file, name) if name.endswith(".zip") else [_plain(file, name)]
    elif zipfile.is_zipfile(path):
        yield from _open_zip(path, None)
    else:
        path.stat()
        yield _plain(path, path.name)


def _plain(file: Path, name: str) -> SourceFile:
    return SourceFile(name, lambda: _unpack(name, file.open("rb")))


def _open_zip(path: Path, prefix: str | None) -> Iterator[SourceFile]:
    if not zipfile.is_zipfile(path):
        # Named like one; opening it says what is wrong.
        yield SourceFile(prefix or path.name, _member(path, ""))
        return
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith("/") and _is_wanted(name) and not name.endswith(".zip"):
                shown = name if prefix is None else f"{prefix}/{name}"
                yield SourceFile(shown, _member(path, name))


def _member(path: Path, name: str) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        # The member keeps the archive's file open for as long as it is open itself.
        with zipfile.ZipFile(path) as archive:
            return _unpack(name, archive.open(name))

    return open_member


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    if MACOS_FOLDER in path.parts or (path.name.startswith(".") and path.name != ".scrobbler.log"):
        return False
    return path.name.lower().removesuffix(".gz").endswith((*TEXT_SUFFIXES, ".zip"))


def _unpack(name: str, file: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file)) if name.lower().endswith(".gz") else file
