"""Writes small tables like the ones plays are imported from."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path


def write_table(file: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A gzipped, tab-separated table with a header."""
    lines = ["\t".join(map(str, row)) for row in (columns, *rows)]
    file.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
