"""Count plays for live windows in the plainest way: the truth that the counter's SQL is compared with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ingest.play import Play, identify_song
from streaming.live.staged_plays import pack_song_id
from streaming.rules import CAP, LATE_AFTER, MINIMUM_MS_PLAYED

Window = tuple[date, int, str, int]
"""Day, hour (-1 for the whole day), region or global, song."""


@dataclass(frozen=True)
class SongCounts:
    """The counters of one song in one window."""

    plays: int = 0
    raw_plays: int = 0
    too_short: int = 0
    over_cap: int = 0
    duplicates: int = 0
    late: int = 0
    listeners: int = 0
    last_played_at: datetime | None = None


def count_naively(plays: Iterable[Play], hours_from: datetime, days_from: datetime) -> dict[Window, SongCounts]:
    """Return the counts of all windows from their limits on; ``plays`` are in the order of their offsets."""
    sums: dict[Window, Counter[str]] = defaultdict(Counter)
    listeners: dict[Window, set[str]] = defaultdict(set)
    last: dict[Window, datetime] = {}
    known: set[tuple[str, str, datetime]] = set()
    heard: Counter[tuple[str, int, date, int, str]] = Counter()
    for play in plays:
        start = play.played_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        if start.date() < days_from.astimezone(UTC).date():
            continue
        song = pack_song_id(identify_song(play.title, play.artist))
        identity = (play.user_id, play.play_id, play.played_at)
        counted: Counter[str] = Counter()
        eligible = False
        if identity in known:
            counted["duplicates"] = 1
        else:
            known.add(identity)
            counted["raw_plays"] = 1
            counted["late"] = int(play.received_at > start + timedelta(hours=1) + LATE_AFTER)
            eligible = play.ms_played is None or play.ms_played >= MINIMUM_MS_PLAYED
            if eligible:
                slice_of = (play.user_id, song, start.date(), start.hour, play.region)
                heard[slice_of] += 1
                counted["plays" if heard[slice_of] <= CAP else "over_cap"] = 1
            else:
                counted["too_short"] = 1
        for hour in (start.hour, -1):
            if hour >= 0 and start < hours_from:
                continue
            for region in (play.region, "global"):
                window = (start.date(), hour, region, song)
                sums[window] += counted
                if eligible:
                    listeners[window].add(play.user_id)
                    last[window] = max(play.played_at, last.get(window, play.played_at))
    return {
        window: SongCounts(**counters, listeners=len(listeners[window]), last_played_at=last.get(window))
        for window, counters in sums.items()
    }
