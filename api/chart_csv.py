"""Entries of a chart as CSV, for those who ask for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from email.message import Message
from typing import Final

from pydantic import BaseModel

CSV: Final = "text/csv"
JSON: Final = "application/json"


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
    qualities = dict(_read_quality(part) for part in accept.split(","))
    return qualities.get(CSV, 0.0) > 0 and qualities[CSV] >= qualities.get(JSON, 0.0)


def write_csv(shape: type[BaseModel], entries: Sequence[BaseModel]) -> bytes:
    """UTF-8 CSV (RFC 4180): a header of ``shape``'s fields, then one line per entry, by rank."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(shape.model_fields))
    writer.writeheader()
    writer.writerows(entry.model_dump(mode="json") for entry in entries)
    return text.getvalue().encode()
