"""Reads the tables that plays are made from: tab-separated, gzipped, with a header."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path


def read_table(file: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Every row by column name; raises ``ValueError`` when a column is missing."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        # Without quoting: a quotation mark is part of a title, not the table's.
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = set(columns) - set(rows.fieldnames or ())
        if missing:
            raise ValueError(f"{file} has no column {', '.join(sorted(missing))}")
        yield from rows
