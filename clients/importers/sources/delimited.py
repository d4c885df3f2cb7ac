"""Rows of delimited text: the delimiter is found, and a quote that is never closed costs its own line only."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import IO, Final, NamedTuple

DELIMITERS: Final = (",", ";", "\t", "|")
SAMPLE_LINES: Final = 50
LONGEST_LINE: Final = 100_000
CONTINUED_LINES: Final = 5
"""So many lines a field with line breaks may go on; a quote that is still open then was never meant as one."""
SEPARATOR_LINE: Final = re.compile('"?sep=.?"?', re.IGNORECASE)
"""What spreadsheets write before a table to say how its cells are separated."""
OPEN_QUOTE: Final = "a quote is not closed"


class Cells(NamedTuple):
    """One line's cells, or why it has none; ``line`` counts from 1."""

    line: int
    cells: list[str]
    fault: str | None = None


def read_cells(text: IO[str]) -> Iterator[Cells]:
    """Return the lines of a file that are not blank, as cells."""
    lines = _number_lines(text)
    waiting = deque(islice(lines, SAMPLE_LINES))
    if waiting and SEPARATOR_LINE.fullmatch(waiting[0][1].strip()):
        waiting.popleft()
    delimiter, width = _find_delimiter([line for _, line in waiting])
    while True:
        waiting.extend(islice(lines, 0 if waiting else 1))
        if not waiting:
            return
        number, line = waiting.popleft()
        if not line.strip():
            continue
        cells = _split(line, delimiter)
        if cells is None:
            waiting.extend(islice(lines, max(0, CONTINUED_LINES - len(waiting))))
            cells = _join_following(line, waiting, delimiter, width)
        yield Cells(number, cells) if cells is not None else Cells(number, [line], OPEN_QUOTE)


def _number_lines(text: IO[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(iter(lambda: text.readline(LONGEST_LINE), ""), 1):
        yield number, line.rstrip("\r\n").lstrip("\ufeff").replace("\x00", "")


def _find_delimiter(sample: list[str]) -> tuple[str, int]:
    """The delimiter that gives most lines the same number of cells, and that number."""
    best, best_score = (",", 1), 0
    for delimiter in DELIMITERS:
        widths = [len(cells) for line in sample if line.strip() and (cells := _split(line, delimiter))]
        wide = [width for width in widths if width > 1]
        if wide:
            usual = max(set(wide), key=lambda one: (wide.count(one), one))
            score = wide.count(usual) * min(usual, 3)
            if score > best_score:
                best, best_score = (delimiter, usual), score
    return best


def _split(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line; None when a quoted cell does not end in it."""
    if len(line) > LONGEST_LINE:
        return None
    for strict in (True, False):
        try:
            return next(csv.reader([line], delimiter=delimiter, strict=strict, skipinitialspace=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                break
    # Tab-separated exports do not quote: the quotation mark is part of a title.
    return line.split("\t") if delimiter == "\t" else None


def _join_following(line: str, waiting: deque[tuple[int, str]], delimiter: str, width: int) -> list[str] | None:
    joined = line
    for taken, (_, following) in enumerate(islice(waiting, CONTINUED_LINES), 1):
        # A space, not a line break, which ingest refuses: to a song's identity both are the same.
        joined += f" {following}"
        cells = _split(joined, delimiter)
        if cells is not None and len(cells) == width:
            for _ in range(taken):
                waiting.popleft()
            return cells
    return None
