"""Millions of plays in seconds: every kind of trouble in known shares, made by numpy and DuckDB.

Nothing of the line is used here. The same seed and instant give the same file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

REGIONS: Final = ("US", "GB", "DE", "FR", "BR", "JP", "IN", "MX", "SE", "NG", "AU", "KR")
LISTENERS: Final = 300_000
SONGS: Final = 20_000
OBSESSED: Final = 50
"""Listeners who play one song over and over, far past the cap."""
LATEST_ON_TIME: Final = timedelta(minutes=20)
OLDEST: Final = timedelta(days=7)
FAULTS: Final = (
    '{"region":"ZZ"}',
    '{"title":null}',
    '{"ms_played":-1}',
    '{"titel":"One"}',
    '{"played_at":"yesterday"}',
)
"""Changes (RFC 7396 merge patches) after which ingest must refuse a play."""
_ROWS_AT_ONCE: Final = 100_000
_BODIES: Final = """
    select case when fault < 0 then body else json_merge_patch(body, $faults[fault + 1]) end as body
    from (
        select fault, json_object(
            'play_id', case when source % 10 < 7 then 'p-' || source end,
            'user_id', 'listener-' || listener,
            'title', case song % 7 when 0 then '歌 ' || song when 1 then 'SONG ' || song else 'Song ' || song end,
            'artist', case source % 20 when 0 then 'ARTIST ' else 'Artist ' end || song % 3000,
            'region', $regions[listener % len($regions) + 1],
            'played_at', strftime(make_timestamp(played_at), '%Y-%m-%dT%H:%M:%S.%fZ'),
            'ms_played', case when milliseconds >= 0 then milliseconds end
        )::varchar as body
        from lines
    )
"""

Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Mix:
    """How many lines there are, and the shares of them that are trouble."""

    lines: int
    duplicates: float = 0.10
    late: float = 0.05
    refused: float = 0.005
    obsessed: float = 0.01
    short: float = 0.08


def write_plays(file: Path, mix: Mix, now: datetime, seed: int) -> None:
    """Write the lines of ``mix`` as JSON, one play each; ``now`` is in UTC.

    A duplicate repeats a line anywhere before it. Plays that are not late are of the current hour's last
    minutes; late ones of any hour of the last seven days.
    """
    lines = _draw(mix, now, np.random.default_rng(seed))
    with duckdb.connect() as connection, file.open("wb") as written:
        connection.register("lines", lines)
        bodies = connection.sql(_BODIES, params={"faults": list(FAULTS), "regions": list(REGIONS)})
        for rows in bodies.to_arrow_reader(_ROWS_AT_ONCE):
            written.writelines(f"{body}\n".encode() for body in rows["body"].to_pylist())


def _draw(mix: Mix, now: datetime, random: np.random.Generator) -> pa.Table:
    fault = np.where(random.random(mix.lines) < mix.refused, random.integers(0, len(FAULTS), mix.lines), -1)
    source = _choose_sources(mix, fault, random)
    songs, listeners = _draw_songs_and_listeners(mix, random)
    columns = {
        "listener": listeners[source],
        "song": songs[source],
        "played_at": _draw_instants(mix, now, random)[source],
        "milliseconds": _draw_lengths(mix, random)[source],
    }
    return pa.table({"fault": fault, "source": source, **columns})


def _choose_sources(mix: Mix, fault: Numbers, random: np.random.Generator) -> Numbers:
    """The line whose play each line holds: its own, or for a duplicate an original before it."""
    source = np.arange(mix.lines)
    copies = (random.random(mix.lines) < mix.duplicates) & (fault < 0)
    originals, places = np.flatnonzero(~copies & (fault < 0)), np.flatnonzero(copies)
    earlier = np.searchsorted(originals, places)
    chosen = (random.random(len(places)) * earlier).astype(np.int64)
    source[places] = np.where(earlier > 0, originals[chosen], places)
    return source


def _draw_songs_and_listeners(mix: Mix, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Few songs and listeners have most of the plays, and an obsessed listener's are all of one song."""
    songs = (SONGS * random.random(mix.lines) ** 3).astype(np.int64)
    listeners = (LISTENERS * random.random(mix.lines) ** 2).astype(np.int64)
    obsessed = random.random(mix.lines) < mix.obsessed
    fan = random.integers(0, OBSESSED, mix.lines)
    return np.where(obsessed, fan * 7, songs), np.where(obsessed, LISTENERS + fan, listeners)


def _draw_instants(mix: Mix, now: datetime, random: np.random.Generator) -> Numbers:
    hour = now.replace(minute=0, second=0, microsecond=0)
    on_time = _between(max(hour, now - LATEST_ON_TIME), now, mix.lines, random)
    late = _between(now - OLDEST, hour - timedelta(minutes=10), mix.lines, random)
    return np.where(random.random(mix.lines) < mix.late, late, on_time)


def _between(first: datetime, last: datetime, count: int, random: np.random.Generator) -> Numbers:
    """Microseconds since 1970."""
    return random.integers(int(first.timestamp() * 1e6), int(last.timestamp() * 1e6), count)


def _draw_lengths(mix: Mix, random: np.random.Generator) -> Numbers:
    """Milliseconds that were played; below 0: nobody says."""
    lengths = np.where(
        random.random(mix.lines) < mix.short,
        random.integers(0, 30_000, mix.lines),
        random.integers(30_000, 300_000, mix.lines),
    )
    return np.where(random.random(mix.lines) < 0.1, -1, lengths)
