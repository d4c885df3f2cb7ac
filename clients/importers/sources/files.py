"""The files behind what the user names: one file, a folder, or a zip, also with zips in them."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from clients.importers.rows import BrokenFileError

TEXT_SUFFIXES: Final = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".log", ".xml", ".html", ".htm")
ZIP_SUFFIXES: Final = (".zip", ".xlsx", ".ods")
DEEPEST_ZIP: Final = 3
MACOS_FOLDER: Final = "__MACOSX"
GZIP_MAGIC: Final = b"\x1f\x8b"
ZIP_MAGIC: Final = b"PK\x03\x04"
SPREADSHEETS: Final = ("xl/workbook.xml", "content.xml")
CUT_OFF: Final = "it is a zip that is cut off or damaged; download or copy it again"
SPREADSHEET: Final = "it is a spreadsheet; save its sheet as CSV, and import that"

UNREADABLE: Final = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError)
"""What a file raises that is cut off, spoilt, or packed with a password."""
Open = Callable[[], IO[bytes]]


@dataclass(frozen=True)
class SourceFile:
    """A file that may hold rows. ``name`` is relative to what the user named."""

    name: str
    open: Open


def find_files(path: Path) -> Iterator[SourceFile]:
    """Return the files behind ``path`` in the order of their names.

    In a folder or a zip only names with a suffix of a text file or a zip are returned, and neither hidden files nor
    the ``._`` files that macOS adds. Raises ``OSError`` for a path that cannot be read.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path).as_posix()
            if file.is_file() and _is_wanted(name):
                yield from _look_into(name, name, file, 1)
    else:
        path.stat()
        if not path.is_file():
            raise OSError(f"{path} is neither a file nor a folder")
        yield from _look_into(path.name, "", path, 1)


def _open(source: Path | Open) -> IO[bytes]:
    return source.open("rb") if isinstance(source, Path) else source()


def _look_into(name: str, prefix: str, source: Path | Open, depth: int) -> Iterator[SourceFile]:
    """Return the file, or the files in it when it is a zip; their names begin with ``prefix``."""
    try:
        with _open(source) as file:
            is_zip, start = zipfile.is_zipfile(file), _read_start(file)
    except UNREADABLE as error:
        yield _broken(name, str(error))
        return
    if is_zip and depth <= DEEPEST_ZIP:
        yield from _list_members(name, prefix, source, depth)
    elif is_zip or start.startswith(ZIP_MAGIC) or name.lower().endswith(ZIP_SUFFIXES):
        yield _broken(name, CUT_OFF if depth <= DEEPEST_ZIP else "it is a zip in too many others")
    else:
        yield SourceFile(name, lambda: _unpack(name, _open(source)))


def _list_members(name: str, prefix: str, source: Path | Open, depth: int) -> Iterator[SourceFile]:
    try:
        with _open(source) as file, zipfile.ZipFile(file) as archive:
            members = sorted(archive.namelist())
    except UNREADABLE as error:
        yield _broken(name, str(error))
        return
    if set(SPREADSHEETS) & set(members):
        yield _broken(name, SPREADSHEET)
        return
    for member in members:
        if not member.endswith("/") and _is_wanted(member):
            shown = f"{prefix}/{member}" if prefix else member
            if member.lower().endswith(ZIP_SUFFIXES):
                yield from _look_into(shown, shown, _member(source, member), depth + 1)
            else:
                yield SourceFile(shown, _unpacked_member(shown, _member(source, member)))


def _member(source: Path | Open, name: str) -> Open:
    def open_member() -> IO[bytes]:
        # The member keeps the archive's file open for as long as it is open itself.
        with zipfile.ZipFile(source if isinstance(source, Path) else source()) as archive:
            return archive.open(name)

    return open_member


def _unpacked_member(name: str, open_member: Open) -> Open:
    return lambda: _unpack(name, open_member())


def _broken(name: str, reason: str) -> SourceFile:
    def raise_reason() -> IO[bytes]:
        raise BrokenFileError(reason)

    return SourceFile(name, raise_reason)


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    if MACOS_FOLDER in path.parts or (path.name.startswith(".") and path.name != ".scrobbler.log"):
        return False
    return path.name.lower().removesuffix(".gz").endswith((*TEXT_SUFFIXES, *ZIP_SUFFIXES))


def _read_start(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(len(ZIP_MAGIC))


def _unpack(name: str, file: IO[bytes]) -> IO[bytes]:
    """Unpack a gzip, which its first bytes tell, whatever it is called."""
    buffered = io.BufferedReader(cast(io.RawIOBase, file)) if not isinstance(file, io.BufferedReader) else file
    if buffered.peek(2)[:2] == GZIP_MAGIC or name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(buffered))
    return buffered
