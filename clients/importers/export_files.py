"""Opens what people download from other services: JSON, JSON lines and CSV, packed or not."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Final, cast

BYTE_ORDER_MARK: Final = "utf-8-sig"


def open_texts(path: Path, *patterns: str) -> Iterator[IO[str]]:
    """Every file behind ``path``: itself, or those in a folder or a zip that match a pattern.

    Of several patterns the first that any name matches holds. A name that ends in ``.gz`` is unpacked.
    Raises ``ValueError`` when no file matches.
    """
    for file in _open_files(path, patterns):
        with file, io.TextIOWrapper(file, encoding=BYTE_ORDER_MARK, newline="") as text:
            yield text


def read_objects(text: IO[str]) -> Iterator[object]:
    """The items of a JSON list, or the values of JSON lines; raises ``ValueError`` for anything else."""
    first = next((line for line in text if line.strip()), "")
    if first.lstrip().startswith("["):
        yield from json.loads(first + text.read())
        return
    for line in chain([first], text):
        if line.strip():
            yield json.loads(line)


def read_rows(text: IO[str]) -> Iterator[list[str]]:
    """The rows of a CSV file that are not empty."""
    yield from (row for row in csv.reader(text) if row)


def _open_files(path: Path, patterns: Sequence[str]) -> Iterator[IO[bytes]]:
    if path.is_dir():
        files = {str(file.relative_to(path)): file for file in sorted(path.rglob("*")) if file.is_file()}
        yield from (_unpack(name, files[name].open("rb")) for name in _choose(path, files, patterns))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in _choose(path, sorted(archive.namelist()), patterns):
                yield _unpack(name, archive.open(name))
    else:
        yield _unpack(path.name, path.open("rb"))


def _choose(path: Path, names: Iterable[str], patterns: Sequence[str]) -> list[str]:
    for pattern in patterns:
        if chosen := [name for name in names if Path(name).match(pattern)]:
            return chosen
    raise ValueError(f"{path} holds no file like {' or '.join(patterns)}")


def _unpack(name: str, file: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file)) if name.endswith(".gz") else file
