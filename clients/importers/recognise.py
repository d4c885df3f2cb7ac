"""Tells of each file how it is read and which format it is in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final

from clients.importers.formats import find_format
from clients.importers.rows import BrokenFileError, Format, Row
from clients.importers.scrobblers.log import FIRST_LINE, read_log
from clients.importers.sources.binary import find_binary
from clients.importers.sources.files import UNREADABLE, SourceFile
from clients.importers.sources.json_rows import is_in_lines, read_json_document, read_json_lines
from clients.importers.sources.table_rows import read_table
from clients.importers.sources.text import find_encoding, open_text
from clients.importers.sources.xml_rows import read_tracks

START_CHARACTERS: Final = 1 << 16
SAMPLE_ROWS: Final = 50
SHOWN_NAMES: Final = 12
LONGEST_SEEN: Final = 300
VIDEO_HISTORY: Final = "streaming_history_video"


@dataclass(frozen=True)
class Recognised:
    """A file, its encoding, and its format; without one ``seen`` says what it holds instead."""

    file: SourceFile
    encoding: str
    format: Format | None
    seen: str

    @contextmanager
    def open_rows(self) -> Iterator[Iterator[Row]]:
        """Open the file's rows."""
        with _open_rows(self.file, self.encoding) as rows:
            yield self.format.prepare(rows) if self.format and self.format.prepare else rows


def recognise(file: SourceFile, family: str | None) -> Recognised:
    """Return how a file is read; raises ``OSError``, ``EOFError`` or ``ValueError`` for one that cannot be."""
    encoding = find_encoding(file)
    if VIDEO_HISTORY in file.name.lower():
        return Recognised(file, encoding, None, "Spotify's history of videos, which are not songs")
    with _open_rows(file, encoding) as rows:
        sample = list(islice(_until_broken(rows), SAMPLE_ROWS))
    known = (find_format(row.value, family) for row in sample)
    return Recognised(file, encoding, next(filter(None, known), None), describe_rows(sample))


@contextmanager
def _open_rows(file: SourceFile, encoding: str) -> Iterator[Iterator[Row]]:
    with open_text(file, encoding) as text:
        start = text.read(START_CHARACTERS).lstrip("\ufeff \t\r\n")
    with open_text(file, encoding) as text:
        if start.startswith(FIRST_LINE):
            yield read_log(text)
        elif is_in_lines(start, file.name):
            yield read_json_lines(text)
        elif start.startswith(("{", "[")):
            yield read_json_document(text)
        elif start.startswith("<"):
            yield read_tracks(text, start)
        elif reason := find_binary(start):
            raise BrokenFileError(reason)
        else:
            yield read_table(text)


def _until_broken(rows: Iterator[Row]) -> Iterator[Row]:
    try:
        yield from rows
    except UNREADABLE as error:
        yield Row(0, "", str(error))


def describe_rows(sample: Iterable[Row]) -> str:
    """Return what rows hold, for the person who wonders why nothing was recognised."""
    rows = list(sample)
    row = next((row for row in rows if row.fault is None), None)
    if row is None:
        return ": ".join(filter(None, (rows[0].fault, rows[0].value))) if rows else "no rows"
    if isinstance(row.value, dict):
        names = list(map(str, row.value))
        return (
            f"rows with {', '.join(names[:SHOWN_NAMES])}"[:LONGEST_SEEN]
            if names
            else "rows without a time in any column"
        )
    return f"rows such as {json.dumps(row.value)[:80]}"
