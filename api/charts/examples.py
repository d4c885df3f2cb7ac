"""The example chart that the OpenAPI document shows."""

from __future__ import annotations

from typing import Final

from pydantic.config import JsonDict

CHART_EXAMPLE: Final[JsonDict] = {
    "chart": {
        "grain": "hour",
        "region": "GB",
        "window_start": "2026-11-22T14:00:00Z",
        "window_end": "2026-11-22T15:00:00Z",
        "status": "provisional",
        "revision": 1,
        "computed_at": "2026-11-22T14:32:05.120000Z",
        "complete_through": "2026-11-22T14:32:03.450000Z",
        "total_plays": 12481,
        "total_songs": 3204,
        "withheld": True,
        "rules": {
            "minimum_ms_played": 30000,
            "plays_per_listener_song_hour": 10,
            "chart_size": 100,
            "minimum_listeners": 5,
        },
    },
    "entries": [
        {
            "rank": 1,
            "previous_rank": 3,
            "movement": "up",
            "peak_rank": 1,
            "peak_at": "2026-11-22T14:00:00Z",
            "windows_on_chart": 5,
            "streak": 2,
            "plays": 412,
            "raw_plays": 429,
            "listeners": 398,
            "song_id": "s2_0123456789abcdef",
            "title": "Morning Ferry",
            "artist": "The Example Band",
        }
    ],
    "history": None,
}

CSV_EXAMPLE: Final = (
    "rank,previous_rank,movement,peak_rank,peak_at,windows_on_chart,streak,"
    "plays,raw_plays,listeners,song_id,title,artist\r\n"
    "1,3,up,1,2026-11-22T14:00:00Z,5,2,"
    "412,429,398,s2_0123456789abcdef,Morning Ferry,The Example Band\r\n"
)
