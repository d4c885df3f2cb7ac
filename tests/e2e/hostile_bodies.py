"""Bodies that must not become plays: twenty with a fault in one field, and some that are no plays at all."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.ingest.builders import play_body

_IN_TWO_HOURS: Final = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
_FAULTS: Final[dict[str, tuple[str, Any]]] = {
    "no title": ("title", ...),
    "a title of spaces": ("title", " \u3000\t"),
    "a title with NUL": ("title", "a\0b"),
    "a title of 513 letters": ("title", "x" * 513),
    "a title that is a list": ("title", ["One"]),
    "an artist that is null": ("artist", None),
    "an artist that is an object": ("artist", {"$ne": ""}),
    "a listener that is a number": ("user_id", 7),
    "a listener without a name": ("user_id", ""),
    "a region that is none": ("region", "ZZ"),
    "the region of all regions": ("region", "global"),
    "SQL for a region": ("region", "GB'; drop table charts.top_songs_hourly; --"),
    "a time without a zone": ("played_at", "2026-11-01T10:00:00"),
    "a time before there were plays": ("played_at", "1999-12-31T23:59:59Z"),
    "a time to come": ("played_at", _IN_TWO_HOURS),
    "a negative length": ("ms_played", -1),
    "a length in words": ("ms_played", "30000"),
    "a path for an identity": ("play_id", "../../etc/passwd"),
    "nonsense for an ISRC": ("isrc", "nonsense"),
    "a typing error for a field": ("titel", "One"),
}

REFUSED_FIELDS: Final[dict[str, tuple[bytes, str]]] = {
    name: (json.dumps(play_body(**{field: value})).encode(), field) for name, (field, value) in _FAULTS.items()
}
"""Bodies, each with the field that its refusal must name."""

_GOOD: Final = json.dumps(play_body()).encode()

NO_PLAYS: Final[dict[str, tuple[bytes, int, str]]] = {
    "nothing": (b"", 400, "not_json"),
    "text cut off": (_GOOD[:-1], 400, "not_json"),
    "two plays in a row": (_GOOD + _GOOD, 400, "not_json"),
    "bytes that are no text": (bytes(range(256)), 400, "not_json"),
    "half a surrogate": (_GOOD.replace(b"Blue Train", rb"\ud800"), 400, "not_json"),
    "a list of lists of lists": (b"[" * 10_000, 400, "not_json"),
    "an archive that is not announced": (gzip.compress(_GOOD), 400, "not_json"),
    "more bytes than a play has": (b" " * 10_240 + _GOOD, 413, "body_too_large"),
}
"""Bodies, each with the status and the code of the refusal."""
