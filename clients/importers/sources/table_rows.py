"""Rows of delimited text by the names of their columns, also where the file names none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import IO, Final

from clients.importers.rows import Row, SkippedRowError
from clients.importers.sources.delimited import Cells, read_cells
from clients.importers.sources.instants import read_instant

SAMPLE_ROWS: Final = 20
WITHOUT_HEADER: Final = {2: ("artist", "track"), 3: ("artist", "album", "track")}
"""The order of the columns beside the time, as the exporters without a header write them."""
_OTHER: Final = re.compile(r"[^a-z0-9]+")


@cache
def plain_name(column: str) -> str:
    """Return a column's name in small letters and digits alone, without what stands behind a ``#``."""
    return _OTHER.sub("", column.split("#")[0].lower() if not column.startswith("#") else column.lower())


def read_table(text: IO[str]) -> Iterator[Row]:
    """Return each line as values by column. The first line names the columns unless it holds a time itself."""
    lines = read_cells(text)
    sample = list(islice(lines, SAMPLE_ROWS))
    good = [one.cells for one in sample if one.fault is None]
    time_column = _find_time_column(good)
    if good and not _has_time(good[0]):
        names = tuple(map(plain_name, good[0]))
        sample = [one for one in sample if one.cells is not good[0]]
    else:
        names = _name_columns(time_column, max(map(len, good), default=0))
    for one in chain(sample, lines):
        yield _as_row(one, names)


def _as_row(one: Cells, names: tuple[str, ...]) -> Row:
    if one.fault is not None:
        return Row(one.line, one.cells[0][:80], one.fault)
    return Row(one.line, dict(zip(names, one.cells, strict=False)))


def _find_time_column(rows: Sequence[Sequence[str]]) -> int:
    return next((column for row in rows for column, cell in enumerate(row) if _is_time(cell)), -1)


def _has_time(row: Sequence[str]) -> bool:
    return any(map(_is_time, row))


def _is_time(cell: str) -> bool:
    # A short number may be a title, such as 1979.
    if len(cell.strip()) < 9:
        return False
    try:
        read_instant(cell, day_first=True)
    except SkippedRowError:
        return False
    return True


def _name_columns(time_column: int, width: int) -> tuple[str, ...]:
    if time_column < 0:
        return ()
    others = min(3, time_column if time_column > 0 else width - 1)
    names = [*WITHOUT_HEADER.get(others, ())]
    names.insert(time_column if time_column <= len(names) else len(names), "time")
    return tuple(names)
