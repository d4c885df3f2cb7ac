"""Plays become counts: the cap, distinct listeners and spellings, as functions of DataFrames.

The hour is the atom: the cap is decided per region, hour, listener and song. Days and ``global`` are
sums of such hours and made in Postgres; only distinct listeners do not add up, so they are counted
here for every kind of window.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming.rules import CAP

RULES_VERSION = 1
"""Rises when a counting rule changes."""
GLOBAL = "global"
"""The region of charts that sum every region."""

SLICE = ("region", "date", "hour")
HOUR_COLUMNS = (
    "region",
    "window_start",
    "song_id",
    "plays",
    "raw_plays",
    "too_short",
    "over_cap",
    "duplicates",
    "late",
    "listeners",
    "last_played_at",
)
LISTENER_COLUMNS = ("grain", "region", "window_start", "song_id", "listeners")
SPELLING_COLUMNS = ("day", "song_id", "title", "artist", "listeners", "first_played_at")


def count_hours(plays: DataFrame, copies: DataFrame) -> DataFrame:
    """One row a region, hour and song, with :data:`HOUR_COLUMNS`.

    ``plays`` are rows of silver.plays and ``copies`` the duplicates in silver.rejected_plays, both of
    whole hours. On every row ``raw_plays = plays + over_cap + too_short``.
    """
    songs = _group_by_listener(plays).groupBy(*SLICE, "song_id").agg(*_song_counts())
    joined = songs.join(_group_copies(copies), on=[*SLICE, "song_id"], how="full")
    return joined.fillna(0).withColumn("window_start", _hour_start()).select(*HOUR_COLUMNS)


def count_hour_listeners(plays: DataFrame) -> DataFrame:
    """Return the distinct listeners of each hour over all regions, with :data:`LISTENER_COLUMNS`.

    `plays` are rows of silver.plays, of whole hours.
    """
    return _count_distinct(plays, [("hour", _hour_start(), F.lit(GLOBAL))])


def count_day_listeners(plays: DataFrame) -> DataFrame:
    """Return the distinct listeners of each day, per region and over all regions, with :data:`LISTENER_COLUMNS`.

    `plays` are rows of silver.plays, of whole days.
    """
    day = F.to_timestamp("date")
    return _count_distinct(plays, [("day", day, F.col("region")), ("day", day, F.lit(GLOBAL))])


def count_spellings(plays: DataFrame, copies: DataFrame) -> DataFrame:
    """Return how many listeners spelled each song how on each day, with :data:`SPELLING_COLUMNS`.

    `plays` are rows of silver.plays, `copies` the duplicates in silver.rejected_plays, both of whole days. A listener
    counts once a day for a song, as their first eligible play spells it. A song that no listener played long enough has
    its other spellings, with no listener.
    """
    columns = ("date", "song_id", "user_id", "played_at", "play_id", "title", "artist")
    kind = F.when(F.col("eligible"), 0).otherwise(1).alias("kind")
    unknown = F.lit(None).cast("string")
    copied = copies.withColumns({"user_id": unknown, "played_at": _hour_start(), "play_id": unknown})
    spelled = plays.select(*columns, kind).unionAll(copied.select(*columns, F.lit(2).alias("kind")))
    spelling = F.struct("kind", "played_at", "play_id", "title", "artist")
    chosen = spelled.groupBy("date", "song_id", "user_id").agg(F.min(spelling).alias("first"))
    return (
        chosen.groupBy(F.col("date").alias("day"), "song_id", "first.title", "first.artist")
        .agg(F.count_if(F.col("first.kind") == 0).alias("listeners"), F.min("first.played_at").alias("first_played_at"))
        .select(*SPELLING_COLUMNS)
    )


def _count_distinct(plays: DataFrame, kinds: list[tuple[str, Column, Column]]) -> DataFrame:
    windows = F.explode(
        F.array(
            *(
                F.struct(F.lit(grain).alias("grain"), region.alias("region"), start.alias("window_start"))
                for grain, start, region in kinds
            )
        )
    )
    heard = plays.filter("eligible").select(windows.alias("window"), "song_id", "user_id")
    keys = ("grain", "region", "window_start", "song_id")
    listeners = heard.select("window.*", "song_id", "user_id").distinct()
    return listeners.groupBy(*keys).agg(F.count("*").alias("listeners"))


def _group_by_listener(plays: DataFrame) -> DataFrame:
    return plays.groupBy(*SLICE, "song_id", "user_id").agg(
        F.count("*").alias("received"),
        F.count_if("eligible").alias("eligible"),
        F.count_if("late").alias("late"),
        F.max(F.when(F.col("eligible"), F.col("played_at"))).alias("last_played_at"),
    )


def _group_copies(copies: DataFrame) -> DataFrame:
    return copies.groupBy(*SLICE, "song_id").agg(F.count("*").alias("duplicates"))


def _song_counts() -> list[Column]:
    eligible = F.col("eligible")
    return [
        F.sum(F.least(eligible, F.lit(CAP))).alias("plays"),
        F.sum("received").alias("raw_plays"),
        F.sum(F.col("received") - eligible).alias("too_short"),
        F.sum(F.greatest(eligible - CAP, F.lit(0))).alias("over_cap"),
        F.sum("late").alias("late"),
        F.count_if(eligible > 0).alias("listeners"),
        F.max("last_played_at").alias("last_played_at"),
    ]


def _hour_start() -> Column:
    return F.to_timestamp("date") + F.make_dt_interval(hours=F.col("hour"))
