"""The check `live = settled`: when windows settle, live counts equal a count of silver at the same offsets.

The counter froze each window at an offset of every partition. Of silver, exactly the messages before these offsets are
counted here, by the functions that count settled windows. Where the two differ the check is red and the lake wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from ingest.play import identify_song
from orchestration.counts.bulk_load import load_tables
from orchestration.counts.rules import GLOBAL, count_day_listeners, count_hour_listeners, count_hours
from orchestration.counts.windows import Settling
from orchestration.counts.withdrawn_keys import counted_plays, read_withdrawn
from orchestration.ledger.batch_ends import read_finished
from orchestration.ledger.changed_slices import newest_batch
from streaming.lake import LakeTable

LIVE_IS_SETTLED: Final = "live = settled"
COUNTERS: Final = ("plays", "raw_plays", "too_short", "over_cap", "duplicates", "late")
_COLUMNS: Final = ("region", "window_start", "song_id", *COUNTERS, "listeners", "last_played_at")
_COMPARE: Final = Path(__file__).with_suffix(".sql").read_text()
_LIMITS: Final = """
    select
        windows.start,
        offsets.partition,
        (
            select next_offset from live.freezes
            where
                freezes.grain = %(grain)s
                and freezes.partition = offsets.partition
                and freezes.counted_from > windows.start
            order by freezes.counted_from
            limit 1
        ) as next_offset
    from generate_series(%(start)s, %(end)s - interval '1 second', ('1 ' || %(grain)s)::interval) as windows (start)
    cross join live.offsets
"""
_LIMIT_SCHEMA: Final = "date date, hour int, partition int, next_offset bigint"


@dataclass(frozen=True)
class Difference:
    """A window of which live and settled counts differ, with the plays of both and the number of differing songs."""

    grain: str
    region: str
    window_start: datetime
    live_plays: int
    settled_plays: int
    songs: int

    def __str__(self) -> str:
        """Such as ``hour GB 2026-11-22T14:00Z: live has 41 plays, settled 42; 1 songs differ``."""
        return (
            f"{self.grain} {self.region} {self.window_start:%Y-%m-%dT%H:%MZ}: live has {self.live_plays} plays, "
            f"settled {self.settled_plays}; {self.songs} songs differ"
        )


def check_live(
    spark: SparkSession, lake_root: str, connection: Connection[Any], settling: Settling
) -> list[Difference]:
    """Compare the windows that settle, of every region and grain, with silver at the freezes' offsets."""
    last_batch = newest_batch(connection)
    plays, rejected = (
        read_finished(spark, lake_root, table, last_batch)
        for table in (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS)
    )
    counted = counted_plays(plays, read_withdrawn(connection))
    return [
        difference
        for grain in ("hour", "day")
        if settling.windows_of(grain)[0] < settling.windows_of(grain)[1]
        for difference in _compare_grain(connection, grain, settling, counted, rejected)
    ]


def _compare_grain(
    connection: Connection[Any], grain: str, settling: Settling, plays: DataFrame, rejected: DataFrame
) -> list[Difference]:
    start, end = settling.windows_of(grain)
    limits = _read_limits(connection, plays.sparkSession, grain, start, end)
    copies = rejected.filter("reason = 'duplicate'")
    counted = count_windows(grain, _before(plays, limits, grain), _before(copies, limits, grain))
    values = {"grain": grain, "start": start, "end": end, "prefix": identify_song(title="a", artist="a")[:-16]}
    with connection.transaction():
        load_tables(connection, {"settled_counts": counted.toArrow()})
        rows = connection.execute(_COMPARE.encode(), values).fetchall()
    return [Difference(grain, *row) for row in rows]


def _read_limits(
    connection: Connection[Any], spark: SparkSession, grain: str, start: datetime, end: datetime
) -> DataFrame:
    rows = connection.execute(_LIMITS, {"grain": grain, "start": start, "end": end}).fetchall()
    utc = [(window.astimezone(start.tzinfo), partition, offset) for window, partition, offset in rows]
    limits = [(window.date(), window.hour, partition, offset) for window, partition, offset in utc]
    return F.broadcast(spark.createDataFrame(limits, _LIMIT_SCHEMA))


def _before(rows: DataFrame, limits: DataFrame, grain: str) -> DataFrame:
    """Keep the rows of the limits' windows whose messages the counter had counted."""
    on = ["date", "partition"] if grain == "day" else ["date", "hour", "partition"]
    known = limits.drop("hour") if grain == "day" else limits
    return rows.join(known, on=on).filter(F.col("offset") < F.col("next_offset")).drop("next_offset")


def count_windows(grain: str, plays: DataFrame, copies: DataFrame) -> DataFrame:
    """Return every counter of every window of a grain: per region and over all regions.

    `plays` and `copies` are rows of silver.plays and of its duplicates, of the grain's whole windows.
    """
    hours = count_hours(plays, copies).withColumn("window_start", F.date_trunc(grain, "window_start"))
    worldwide = _sum(hours.withColumn("region", F.lit(GLOBAL)))
    if grain == "hour":
        return hours.select(*_COLUMNS).unionByName(_with_listeners(worldwide, count_hour_listeners(plays)))
    return _with_listeners(_sum(hours).unionByName(worldwide), count_day_listeners(plays))


def _sum(hours: DataFrame) -> DataFrame:
    sums = [F.sum(name).alias(name) for name in COUNTERS]
    return hours.groupBy("region", "window_start", "song_id").agg(
        *sums, F.max("last_played_at").alias("last_played_at")
    )


def _with_listeners(sums: DataFrame, listeners: DataFrame) -> DataFrame:
    joined = sums.join(listeners.drop("grain"), on=["region", "window_start", "song_id"], how="left")
    return joined.fillna(0, ["listeners"]).select(*_COLUMNS)
