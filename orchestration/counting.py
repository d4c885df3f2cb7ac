"""Plays become counts: the cap and the distinct listeners, as functions of DataFrames.

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
    "title",
    "artist",
    "named_at",
    "named_by",
)
LISTENER_COLUMNS = ("grain", "region", "window_start", "song_id", "listeners")


def count_hours(plays: DataFrame, copies: DataFrame) -> DataFrame:
    """One row a region, hour and song, with :data:`HOUR_COLUMNS`.

    ``plays`` are rows of silver.plays and ``copies`` the duplicates in silver.rejected_plays, both of
    whole hours. On every row ``raw_plays = plays + over_cap + too_short``.
    """
    songs = _group_by_listener(plays).groupBy(*SLICE, "song_id").agg(*_song_counts())
    joined = songs.join(_group_copies(copies), on=[*SLICE, "song_id"], how="full")
    naming = joined.withColumn("naming", F.coalesce("naming", "copy"))
    counted = naming.fillna(0).withColumn("window_start", _hour_start())
    return counted.select("*", "naming.*").select(*HOUR_COLUMNS)


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
    kind = F.when(F.col("eligible"), "0").otherwise("1")
    return plays.groupBy(*SLICE, "song_id", "user_id").agg(
        F.count("*").alias("received"),
        F.count_if("eligible").alias("eligible"),
        F.count_if("late").alias("late"),
        F.max(F.when(F.col("eligible"), F.col("played_at"))).alias("last_played_at"),
        F.min(_naming(kind, F.col("played_at"), F.col("play_id"))).alias("naming"),
    )


def _group_copies(copies: DataFrame) -> DataFrame:
    return copies.groupBy(*SLICE, "song_id").agg(
        F.count("*").alias("duplicates"), F.min(_naming("2", _hour_start(), F.lit(""))).alias("copy")
    )


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
        F.min("naming").alias("naming"),
    ]


def _naming(kind: Column | str, played_at: Column, play_id: Column) -> Column:
    """Who names the song: its earliest eligible play, else its earliest play, else a copy."""
    named_by = F.concat(F.lit(kind) if isinstance(kind, str) else kind, play_id)
    return F.struct(
        F.substr(named_by, F.lit(1), F.lit(1)).alias("kind"),
        played_at.alias("named_at"),
        named_by.alias("named_by"),
        "title",
        "artist",
    )


def _hour_start() -> Column:
    return F.to_timestamp("date") + F.make_dt_interval(hours=F.col("hour"))
