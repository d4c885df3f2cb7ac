"""The example of a receipt that the OpenAPI document shows."""

from __future__ import annotations

from typing import Final

from pydantic.config import JsonDict

RECEIPTS_EXAMPLE: Final[JsonDict] = {
    "play_id": "phone-4711",
    "played_at": "2026-11-22T14:03:27.250000Z",
    "complete_through": "2026-11-22T14:32:03.450000Z",
    "plays": [
        {
            "received_at": "2026-11-22T14:06:41.870000Z",
            "region": "GB",
            "song_id": "s2_0123456789abcdef",
            "title": "Morning Ferry",
            "artist": "The Example Band",
            "late": False,
            "counted": True,
            "reason": None,
            "charts": [
                {"grain": "hour", "region": "GB", "window_start": "2026-11-22T14:00:00Z", "rank": 1},
                {"grain": "hour", "region": "global", "window_start": "2026-11-22T14:00:00Z", "rank": 7},
                {"grain": "day", "region": "GB", "window_start": "2026-11-22T00:00:00Z", "rank": 4},
                {"grain": "day", "region": "global", "window_start": "2026-11-22T00:00:00Z", "rank": None},
            ],
        }
    ],
}
