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
from typing import Final

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
