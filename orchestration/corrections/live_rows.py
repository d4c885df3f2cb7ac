"""Silver's plays as the rows of schema `live`: functions of DataFrames."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from ingest.play import UNIT_SEPARATOR


def select_identities(plays: DataFrame) -> DataFrame:
    """Return ``day`` and ``identity`` of each play, as :func:`streaming.live.staged_plays.identify` makes it."""
    text = F.concat_ws(UNIT_SEPARATOR, "user_id", "play_id", F.unix_micros("played_at").cast("string"))
    return plays.select(F.col("date").alias("day"), F.substr(F.sha2(text, 256), F.lit(1), F.lit(32)).alias("identity"))


def count_listener_songs(plays: DataFrame) -> DataFrame:
    """Return the eligible plays of each listener, song, region and hour."""
    keyed = plays.filter("eligible").select(
        F.col("date").alias("day"),
        F.substr("user_id", F.lit(1), F.lit(32)).alias("listener"),
        pack_song_id().alias("song_id"),
        "region",
        F.col("hour").cast("int").alias("hour"),
    )
    keys = ("day", "listener", "song_id", "region", "hour")
    return keyed.groupBy(*keys).agg(F.count("*").cast("int").alias("eligible"))


def count_totals(plays: DataFrame, duplicates: DataFrame) -> DataFrame:
    """Return what does not follow from listeners, of each song, region and hour.

    ``plays`` are rows of silver.plays, ``duplicates`` those of silver.rejected_plays with that reason.
    """
    eligible_at = F.when(F.col("eligible"), F.col("played_at"))
    played = plays.select(
        *_slice(),
        F.lit(1).alias("raw_plays"),
        (~F.col("eligible")).cast("int").alias("too_short"),
        F.lit(0).alias("duplicates"),
        F.col("late").cast("int").alias("late"),
        eligible_at.alias("last_played_at"),
    )
    none = F.lit(0)
    repeated = duplicates.select(
        *_slice(),
        none.alias("raw_plays"),
        none.alias("too_short"),
        F.lit(1).alias("duplicates"),
        none.alias("late"),
        F.lit(None).cast("timestamp").alias("last_played_at"),
    )
    counters = ("raw_plays", "too_short", "duplicates", "late")
    return (
        played.unionAll(repeated)
        .groupBy("day", "hour", "region", "song_id")
        .agg(
            *(F.sum(name).cast("int").alias(name) for name in counters), F.max("last_played_at").alias("last_played_at")
        )
    )


def name_songs(plays: DataFrame) -> DataFrame:
    """Return a title and an artist for each song: those of its first play by Kafka partition and offset."""
    first = F.min(F.struct("partition", "offset", "title", "artist")).alias("first")
    return plays.groupBy(pack_song_id().alias("song_id")).agg(first).select("song_id", "first.title", "first.artist")


def pack_song_id() -> Column:
    """The 16 hex digits of ``song_id`` as a signed 64-bit integer."""
    return F.conv(F.substr("song_id", F.lit(-16), F.lit(16)), 16, -10).cast("bigint")


def _slice() -> tuple[Column, ...]:
    hour = F.col("hour").cast("int").alias("hour")
    return F.col("date").alias("day"), hour, F.col("region"), pack_song_id().alias("song_id")
