"""Entries of a chart as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel

GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""How a text starts that spreadsheets take for a formula, some in their wide East Asian forms; and the guard."""

# Where a list's separator is `;`, a spreadsheet splits a cell there.
_CELL_WITHIN: Final = re.compile(r";(?=[=+\-@\t\r\n＝＋－＠'])")


def guard_cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front, anything else stays.

    So does what follows a ``;`` in a text. An apostrophe in these places gets one too, so that taking one away always
    gives the text back.
    """
    if not isinstance(value, str):
        return value
    guarded = _CELL_WITHIN.sub(";'", value) if ";" in value else value
    return f"'{guarded}" if value.startswith(GUARDED) else guarded


def write_csv(shape: type[BaseModel], entries: Sequence[BaseModel]) -> bytes:
    """UTF-8 CSV (RFC 4180): a header of ``shape``'s fields, then one line per entry, by rank."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(shape.model_fields))
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: guard_cell(value) for name, value in entry.model_dump(mode="json").items()})
    return text.getvalue().encode()
