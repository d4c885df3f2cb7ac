"""Counts as the lake hands them over, in any number: whole hours of every song in every region."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pyarrow as pa

REGIONS: Final = ("BR", "DE", "ES", "FR", "GB", "IN", "IT", "JP", "MX", "NL", "SE", "US")
DAY: Final = datetime(2026, 11, 1, tzinfo=UTC)


def counted_hours(hours: int, songs: int) -> pa.Table:
    """A row a region, hour and song, each song with plays of its own."""
    keys = [(region, hour, song) for region in REGIONS for hour in range(hours) for song in range(songs)]
    plays = [1 + (song * 7919 + hour) % 97 for _, hour, song in keys]
    starts = [DAY + timedelta(hours=hour) for _, hour, _ in keys]
    instant = pa.timestamp("us", "UTC")
    nothing = pa.array([0] * len(keys), pa.int64())
    return pa.table(
        {
            "region": pa.array([region for region, _, _ in keys], pa.string()),
            "window_start": pa.array(starts, instant),
            "song_id": pa.array([f"s2_{song:016x}" for _, _, song in keys], pa.string()),
            "plays": pa.array(plays, pa.int64()),
            "raw_plays": pa.array(plays, pa.int64()),
            "too_short": nothing,
            "over_cap": nothing,
            "duplicates": nothing,
            "late": nothing,
            "listeners": pa.array(plays, pa.int64()),
            "last_played_at": pa.array(starts, instant),
        }
    )


def counted_listeners(hours: pa.Table) -> pa.Table:
    """The listeners of every sum of these hours: none listens in two hours or regions."""
    days = hours.set_column(1, "window_start", pa.array([DAY] * len(hours), pa.timestamp("us", "UTC")))
    kinds = [("hour", hours, "global"), ("day", days, None), ("day", days, "global")]
    return pa.concat_tables([_sum_listeners(*kind) for kind in kinds])


def counted_tables(hours: int, songs: int) -> dict[str, pa.Table]:
    """What is shipped of these hours; on every day each song has one spelling of one listener."""
    rows = counted_hours(hours, songs)
    days = sorted({start.date() for start in rows["window_start"].to_pylist()})
    spelled = [(day, song) for day in days for song in range(songs)]
    spellings = pa.table(
        {
            "day": pa.array([day for day, _ in spelled], pa.date32()),
            "song_id": pa.array([f"s2_{song:016x}" for _, song in spelled], pa.string()),
            "title": pa.array([f"Song number {song}" for _, song in spelled], pa.string()),
            "artist": pa.array([f"Artist number {song % 3000}" for _, song in spelled], pa.string()),
            "listeners": pa.array([1] * len(spelled), pa.int64()),
            "first_played_at": pa.array([DAY] * len(spelled), pa.timestamp("us", "UTC")),
        }
    )
    return {"shipped_hours": rows, "shipped_listeners": counted_listeners(rows), "shipped_spellings": spellings}


def _sum_listeners(grain: str, rows: pa.Table, region: str | None) -> pa.Table:
    if region:
        rows = rows.set_column(0, "region", pa.array([region] * len(rows), pa.string()))
    summed = rows.group_by(["region", "window_start", "song_id"]).aggregate([("listeners", "sum")])
    named = summed.rename_columns(["region", "window_start", "song_id", "listeners"])
    return named.add_column(0, "grain", pa.array([grain] * len(named), pa.string()))
