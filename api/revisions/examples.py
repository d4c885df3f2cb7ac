"""The example of a restated chart that the OpenAPI document shows."""

from __future__ import annotations

from typing import Final

from pydantic.config import JsonDict

_COUNTS: Final[JsonDict] = {
    "total_songs": 3204,
    "withheld": False,
    "raw_plays": 12903,
    "too_short": 371,
    "over_cap": 50,
    "duplicates": 7,
}

REVISIONS_EXAMPLE: Final[JsonDict] = {
    "grain": "hour",
    "region": "GB",
    "window_start": "2026-11-22T14:00:00Z",
    "window_end": "2026-11-22T15:00:00Z",
    "revisions": [
        {
            "revision": 2,
            "opened_at": "2026-11-23T07:15:20Z",
            "changed_at": "2026-11-23T07:15:20Z",
            "settled": True,
            "causes": ["late_plays"],
            "total_plays": 12482,
            **_COUNTS,
            "late": 12,
            "moved": [
                {
                    "song_id": "s2_0123456789abcdef",
                    "title": "Morning Ferry",
                    "artist": "The Example Band",
                    "before": {"rank": 2, "plays": 411, "listeners": 397},
                    "after": {"rank": 1, "plays": 412, "listeners": 398},
                }
            ],
        },
        {
            "revision": 1,
            "opened_at": None,
            "changed_at": "2026-11-22T15:04:11Z",
            "settled": True,
            "causes": [],
            "total_plays": 12481,
            **_COUNTS,
            "raw_plays": 12902,
            "late": 11,
            "moved": None,
        },
    ],
}
