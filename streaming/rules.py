"""The rules that decide which plays count, for the stream and the lake alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MINIMUM_MS_PLAYED: Final = 30_000
"""A play of unknown length counts; one known to be shorter does not. Spotify, Luminate and the
Official Charts Company draw the same line."""
CAP: Final = 10
"""Of one listener's eligible plays of one song in one hour and region, at most this many count. The Official
Charts Company draws the same line for a day."""
LATE_AFTER: Final = timedelta(minutes=10)
"""A play received this long after its hour ended is late; it counts all the same."""
