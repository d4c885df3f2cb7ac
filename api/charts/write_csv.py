"""Entries of a chart as CSV, for those who ask for it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from email.message import Message
from typing import Final

from pydantic import BaseModel

CSV: Final = "text/csv"
JSON: Final = "application/json"
GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""How a text starts that spreadsheets take for a formula, some in their wide East Asian forms; and the guard."""


LONGEST_ACCEPT: Final = 1_024
"""Characters of an ``Accept`` header that are read: each media range costs time of the one event loop."""
# Where a list's separator is `;`, a spreadsheet splits a cell there.
_CELL_WITHIN: Final = re.compile(r";(?=[=+\-@\t\r\n＝＋－＠'])")


def _read_quality(media_range: str) -> tuple[str, float]:
    message = Message()
    message["content-type"] = media_range.strip()
    try:
        quality = float(str(message.get_param("q", "1")))
    except ValueError:
        quality = 0.0
    return message.get_content_type(), quality


def prefers_csv(accept: str) -> bool:
    """Whether an ``Accept`` header asks for CSV by name, and not for JSON more."""
    qualities = dict(_read_quality(part) for part in accept[:LONGEST_ACCEPT].split(","))
    return qualities.get(CSV, 0.0) > 0 and qualities[CSV] >= qualities.get(JSON, 0.0)


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
