"""Content negotiation: JSON, or CSV where ``Accept`` names it."""

from __future__ import annotations

from email.message import Message
from typing import Final

CSV: Final = "text/csv"
JSON: Final = "application/json"
LONGEST_ACCEPT: Final = 1_024
"""Characters of an ``Accept`` header that are read: each media range costs time of the one event loop."""


def _read_quality(media_range: str) -> tuple[str, float]:
    message = Message()
    message["content-type"] = media_range.strip()
    try:
        quality = float(str(message.get_param("q", "1")))
    except ValueError:
        quality = 0.0
    return message.get_content_type(), quality


def prefers_csv(accept: str) -> bool:
    """Return whether an ``Accept`` header names CSV, and does not prefer JSON."""
    qualities = dict(_read_quality(part) for part in accept[:LONGEST_ACCEPT].split(","))
    return qualities.get(CSV, 0.0) > 0 and qualities[CSV] >= qualities.get(JSON, 0.0)
