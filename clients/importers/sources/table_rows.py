"""Rows of delimited text by the names of their columns, also where the file names none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain, islice
from typing import IO, Final

from clients.importers.rows import Row, SkippedRowError
from clients.importers.sources.delimited import Cells, read_cells
from clients.importers.sources.instants import read_instant

SAMPLE_ROWS: Final = 20
FIRST_YEAR: Final = 2002
"""Scrobbles of earlier years do not exist; a number that would be one is something else."""
WITHOUT_HEADER: Final = {2: ("artist", "track"), 3: ("artist", "album", "track")}
"""The order of the columns beside the time, as most exporters without a header write them."""
TIME_FIRST: Final = ("track", "artist", "album")
"""Libre.fm's lastexport: the time, these, and three identifiers."""
TIME_FOURTH: Final = ("artist", "track", "album")
"""Universal Scrobbler: these, the time, and more."""
_OTHER: Final = re.compile(r"[^a-z0-9]+")


@cache
def plain_name(column: str) -> str:
    """Return a column's name in small letters and digits without accents, and without what stands behind a ``#``."""
    name = column if column.startswith("#") else column.split("#")[0]
    return _OTHER.sub("", unicodedata.normalize("NFKD", name.lower()))


def read_table(text: IO[str]) -> Iterator[Row]:
    """Return each line as values by column. The first line names the columns unless it holds a time itself."""
    lines = read_cells(text)
    sample = list(islice(lines, SAMPLE_ROWS))
    good = [one.cells for one in sample if one.fault is None]
    width = _find_width(good)
    first = next((cells for cells in good if len(cells) == width), None)
    if first is None or _has_time(first):
        names = _name_columns(good, width)
    else:
        names = tuple(map(plain_name, first))
        before = next(number for number, one in enumerate(sample) if one.cells is first)
        yield from (Row(one.line, "", "a line before the table") for one in sample[:before])
        sample = sample[before + 1 :]
        if not sample:
            yield Row(1, ", ".join(first)[:200], "no rows behind the first line")
    for one in chain(sample, lines):
        yield _as_row(one, names)


def _as_row(one: Cells, names: tuple[str, ...]) -> Row:
    if one.fault is not None:
        return Row(one.line, one.cells[0][:80], one.fault)
    return Row(one.line, dict(zip(names, one.cells, strict=False)))


def _find_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of cells that most lines have."""
    widths = [len(row) for row in rows]
    return max(set(widths), key=lambda width: (widths.count(width), width), default=0)


def _find_time_column(rows: Sequence[Sequence[str]]) -> int:
    """Return the column with the most times, -1 without any. A title such as 20240101 may look like one too."""
    width = max(map(len, rows), default=0)
    cells = [[row[column] for row in rows if column < len(row)] for column in range(width)]
    counts = [(sum(map(_is_likely, some)), sum(map(_is_time, some)), column) for column, some in enumerate(cells)]
    _, times, column = max(counts, default=(0, 0, -1))
    return column if times else -1


def _has_time(row: Sequence[str]) -> bool:
    return any(map(_is_time, row))


def _is_time(cell: str) -> bool:
    return _read_time(cell) is not None


def _is_likely(cell: str) -> bool:
    instant = _read_time(cell)
    return instant is not None and instant.year >= FIRST_YEAR and instant < datetime.now(UTC) + timedelta(days=1)


def _read_time(cell: str) -> datetime | None:
    # A short number may be a title, such as 1979.
    if len(cell.strip()) < 9:
        return None
    try:
        return read_instant(cell, day_first=True)
    except SkippedRowError:
        return None


def _name_columns(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    time_column = _find_time_column(rows)
    if time_column < 0:
        return ()
    others = width - 1
    known: tuple[str, ...] = WITHOUT_HEADER.get(min(3, time_column or others), ())
    if time_column == 0 and others > len(TIME_FIRST):
        known = TIME_FIRST
    elif time_column == len(TIME_FOURTH) and any(any(row[time_column + 1 :]) for row in rows):
        known = TIME_FOURTH
    elif time_column > len(TIME_FOURTH):
        known = ()
    names = [*known, *(f"column{number}" for number in range(len(known), others))]
    names.insert(time_column, "time")
    return tuple(names)
