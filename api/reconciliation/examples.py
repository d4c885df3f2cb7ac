"""The example of a day that adds up that the OpenAPI document shows."""

from __future__ import annotations

from typing import Final

from pydantic.config import JsonDict

_SUMS: Final[JsonDict] = {
    "plays": 300144,
    "raw_plays": 310020,
    "too_short": 8700,
    "over_cap": 1176,
    "duplicates": 212,
    "late": 95,
}

RECONCILIATION_EXAMPLE: Final[JsonDict] = {
    "date": "2026-11-22",
    "complete_through": "2026-11-22T14:32:03.450000Z",
    "open": True,
    "holds": True,
    "received": {"received": 310244, "plays": 310020, "duplicates": 212, "malformed": 12, "holds": True},
    "lines": [
        {
            "rule": "hours_sum_to_day",
            "grain": "day",
            "region": "GB",
            "window_start": "2026-11-22T00:00:00Z",
            "withheld": False,
            "whole": _SUMS,
            "sum_of_parts": _SUMS,
            "holds": True,
        }
    ],
}
