"""What every answer of the mocked api is made of: the examples of its own description, a time and some regions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from local.environment import ROOT

DOCUMENT: Final = json.loads((ROOT / "frontend" / "openapi.json").read_text())
SCHEMAS: Final = DOCUMENT["components"]["schemas"]
NOW: Final = datetime(2026, 11, 22, 14, 32, 10, tzinfo=UTC)
HOUR: Final = datetime(2026, 11, 22, 14, tzinfo=UTC)
REGIONS: Final = {
    "global": "Global",
    "BR": "Brazil",
    "CA": "Canada",
    "FR": "France",
    "GB": "United Kingdom",
    "JP": "Japan",
}
Query = Mapping[str, str]
Answer = dict[str, Any]


def example_of(schema: str) -> Answer:
    """The example that the api's description gives of one of its answers."""
    example: Answer = json.loads(json.dumps(SCHEMAS[schema]["example"]))
    return example


def write(time: datetime) -> str:
    """RFC 3339, as the api writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def start_of(query: Query, grain: str) -> datetime:
    """The window that a request names, else the newest."""
    asked = query.get("hour") or query.get("date") or query.get("window_start")
    start = datetime.fromisoformat(asked).replace(tzinfo=UTC) if asked else HOUR
    return start if grain == "hour" else start.replace(hour=0)
