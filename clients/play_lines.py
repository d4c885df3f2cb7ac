"""Files of plays, one JSON object a line, plain or gzipped."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, cast

GZIP_MAGIC: Final = b"\x1f\x8b"
STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank; ``number`` counts from 1 and counts blank lines too."""

    number: int
    content: bytes

    def parse(self) -> object:
        """The JSON value; raises ``ValueError`` when it is none."""
        try:
            return json.loads(self.content)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


@contextmanager
def open_lines(name: str) -> Iterator[Iterator[Line]]:
    """The lines of a file, or of standard input for ``-``, unpacked when they are gzipped."""
    with _open(name) as file:
        yield _number(file)


def count_lines(name: str) -> int | None:
    """How many lines there are to post, or none for what can be read only once."""
    if name == STANDARD_INPUT or not Path(name).is_file():
        return None
    with open_lines(name) as lines:
        return sum(1 for _ in lines)


def batch_lines(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """The lines in lists of ``size``, the last one shorter."""
    lines = iter(lines)
    while batch := list(islice(lines, size)):
        yield batch


def write_lines(plays: Iterable[dict[str, Any]], file: Path) -> int:
    """Write plays as JSON lines, gzipped when the name ends in ``.gz``; returns how many.

    The file appears under its name once it is whole. Without a play, or when ``plays`` raises, there is none.
    """
    part = file.with_name(f"{file.name}.part")
    count = 0
    try:
        with _create(part, packed=file.suffix == ".gz") as lines:
            for count, play in enumerate(plays, 1):  # noqa: B007 (the last number is the count)
                lines.write(json.dumps(play, ensure_ascii=False).encode() + b"\n")
        if count:
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return count


@contextmanager
def _create(file: Path, *, packed: bool) -> Iterator[IO[bytes]]:
    with file.open("wb") as raw:
        if not packed:
            yield raw
            return
        # No name and no time inside: the same plays give the same bytes.
        with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as lines:
            yield cast(IO[bytes], lines)


@contextmanager
def _open(name: str) -> Iterator[Iterable[bytes]]:
    with _open_raw(name) as raw:
        # Looked at, not taken: what is no gzip is read from its first byte.
        if raw.peek(2)[:2] != GZIP_MAGIC:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield unpacked


def _open_raw(name: str) -> io.BufferedReader:
    path = sys.stdin.fileno() if name == STANDARD_INPUT else name
    return open(path, "rb")


def _number(file: Iterable[bytes]) -> Iterator[Line]:
    for number, content in enumerate(file, 1):
        if content.strip():
            yield Line(number, content.strip())
